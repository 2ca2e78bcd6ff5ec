//! What a quotation looks like from outside: how it begins and ends, and the words right before and after it.

use super::features::symbol;
use crate::lexicon::*;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Reading, Shape, Symbol};

/// What can be seen of a quotation without a thought of who said it.
pub struct Context {
    /// Opens its line.
    pub opens: bool,
    /// Short, or begins without a capital: a piece of a sentence.
    pub fragment: bool,
    /// The mark it ends in, as a character; 0 when it ends in a word.
    pub ending: u32,
    /// The [`Symbol`] of the word before it.
    pub before: u32,
    /// Of the second word before it.
    pub before2: u32,
    /// Of the word behind it.
    pub after: u32,
    /// Of the second.
    pub after2: u32,
    /// Of the third.
    pub after3: u32,
    /// The quotation before stands in the same line.
    pub follows: bool,
    /// The first verb of saying after it in its sentence.
    pub cue_after: Option<usize>,
    /// The last one before it.
    pub cue_before: Option<usize>,
    /// In one number: whether it opens its line, is a fragment, how it ends, whether verbs of saying stand after and before it in its
    /// sentence, and whether it has four words at most.
    pub style: u32,
    /// How many words it has.
    pub words: usize,
    /// One past its last word or mark, with the comma that belongs to it.
    pub end: usize,
}

impl Context {
    /// Looks at a quotation.
    pub fn new(scene: Scene, quote: usize) -> Context {
        seen(scene, quote)
    }

    /// Begins with a capital and ends with a mark of its own.
    pub fn is_sentence(&self) -> bool {
        !self.fragment && self.ending != 0
    }

    /// A whole utterance or clause, not a few words of one.
    pub fn is_whole(&self) -> bool {
        self.is_sentence() || !self.fragment && self.words > 4 || self.words > 8
    }
}

/// [`Context::new`].
fn seen(scene: Scene, quote: usize) -> Context {
    let reading = scene.reading;
    let quoted = &reading.quotes[quote];
    let line = &reading.lines[quoted.line];
    let (from, to) = (quoted.words.start, quoted.words.end);
    let inner = from + 1..if quoted.marked.closed { to - 1 } else { to };
    let words = reading.words[inner.clone()].iter().filter(|w| w.is_word()).count();
    let capital = reading.words.get(inner.start).is_some_and(|w| w.is_capital());
    let outside = comma_outside(reading, to);
    let ending = match reading.words[inner.clone()].last().filter(|w| w.shape == Shape::Point) {
        Some(word) => u32::from(word.point),
        None if outside => u32::from(b','),
        None => 0,
    };
    let to = to + usize::from(outside);
    let side = |at: Option<usize>| at.filter(|k| line.words.contains(k)).map_or(Symbol::Outside as u32, |k| symbol(reading, k));
    let opens = from == line.words.start;
    let fragment = !capital || (words <= 2 && ending == 0);
    let before = side(from.checked_sub(1));
    let after = side(Some(to));
    let cue_after = cue_after(reading, to, line.words.end);
    let cue_before = cue_before(reading, from, line.words.start);
    let ended = match ending as u8 {
        b',' => Ended::Comma,
        b'.' => Ended::Stop,
        b'?' | b'!' => Ended::Loud,
        _ => Ended::Otherwise,
    };
    let flags = u32::from(opens) | u32::from(fragment) << 1 | (ended as u32) << 2 | u32::from(cue_after.is_some()) << 4;
    let style = flags | u32::from(cue_before.is_some()) << 5 | u32::from(words <= 4) << 6;
    Context {
        opens,
        fragment,
        ending,
        before,
        before2: side(from.checked_sub(2)),
        after,
        after2: side(Some(to + 1)),
        after3: side(Some(to + 2)),
        follows: quote > 0 && reading.quotes[quote - 1].line == quoted.line,
        cue_after,
        cue_before,
        style,
        words,
        end: to,
    }
}

/// Whether the comma between a quotation and its verb of saying stands behind the closing mark, as most languages print it
/// (`„...“, sagte er`, `«...», — сказал он`); it is read as if it stood before, as it does in English.
fn comma_outside(reading: &Reading, to: usize) -> bool {
    let comma = reading.words.get(to).is_some_and(|w| w.is_point(b','));
    let dash = reading.words.get(to + 1).is_some_and(|w| w.is_point(b'-'));
    comma && reading.words.get(to + 1 + usize::from(dash)).is_some_and(|w| w.shape == Shape::Lower && w.is(SAY) && w.quote == 0)
}

/// How a quotation ends, as the model has learned to number it.
enum Ended {
    Otherwise = 0,
    Comma = 1,
    Stop = 2,
    Loud = 3,
}

fn cue_after(reading: &Reading, from: usize, end: usize) -> Option<usize> {
    let first = reading.words.get(from)?;
    let same = |k: &usize| reading.words[*k].sentence == first.sentence && reading.words[*k].quote == 0;
    (from..end.min(from + 24)).take_while(same).find(|k| reading.words[*k].is(SAY | SAYING))
}

fn cue_before(reading: &Reading, at: usize, start: usize) -> Option<usize> {
    let sentence = reading.words[at].sentence;
    let colon = at > start && reading.words[at - 1].is_point(b':');
    let same = |k: &usize| {
        let word = &reading.words[*k];
        (word.sentence == sentence || colon && word.sentence + 1 == sentence) && word.quote == 0
    };
    (start..at).rev().take(30).take_while(same).find(|k| reading.words[*k].is(SAY | SAYING | SPOKEN))
}
