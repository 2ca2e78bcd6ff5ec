//! Who can be the speaker of a quotation, and what speaks for each.
//!
//! Takes a quotation and the [`History`] of those before and gives the mentions that may be its speaker, each with a list of features. A
//! **feature** is one observation ("the symbol before the quotation is a comma, and the candidate is the nearest on its left"), hashed into
//! a number by which [`super::weights`] finds its weight; the sum of the weights says how likely the candidate is. What is looked at stands
//! in [`templates`]. Training and attribution both come here, so they cannot see different things.

use super::mention::MentionKind;
use super::reference::{References, Referent};
use super::scene::Scene;
use super::words::Shape;
use crate::lexicon::{SAYING, known};

mod context;
mod candidate;
pub mod templates;
mod features;

pub use context::Context;
pub use features::{Features, Lists, bucket, printed, symbol};

use candidate::{Candidate, nobody};

/// What was decided for the quotations before.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The quotation before and the mention it was given to.
    pub last: Option<(usize, Option<usize>)>,
    /// The last mention that was given anything, with the quotation it was given.
    pub speaker: Option<(usize, usize)>,
    /// Who that was.
    pub who: Option<Referent>,
    /// How many quotations each person was given so far.
    pub spoken: Vec<u16>,
}

impl History {
    /// Remembers a decision.
    pub fn decide(&mut self, scene: Scene, references: &mut References, quote: usize, mention: Option<usize>) {
        self.last = Some((quote, mention));
        if let Some(mention) = mention {
            let again = self.speaker.is_some_and(|(_, m)| m == mention);
            self.speaker = Some((quote, mention));
            if !again {
                self.who = references.who(scene, mention, self.who);
            }
            if let Some(Referent::Person(person)) = self.who {
                self.spoken.resize(scene.people.people.len(), 0);
                let times = &mut self.spoken[person as usize];
                *times = times.saturating_add(1);
            }
        }
    }
}

/// The mentions that could be the speaker of `quote`: those outside marks in its own line and the two before and the one before's
/// speaker.
pub fn candidates(scene: Scene, quote: usize, history: &History) -> Vec<usize> {
    let quoted = &scene.reading.quotes[quote];
    let lines = &scene.reading.lines;
    let first_line = quoted.line.saturating_sub(2);
    let at = quoted.words.start;
    let middle = scene.mentions.partition_point(|m| m.words.start < at);
    let mut list: Vec<usize> = Vec::with_capacity(32);
    if let Some((_, speaker)) = history.speaker.filter(|(q, _)| quote - q <= 6) {
        list.push(speaker);
    }
    let back = |k: &usize| scene.mentions[*k].words.start >= lines[first_line].words.start;
    let before = (0..middle).rev().take(120).take_while(back).filter(|k| !scene.mentions[*k].quoted).take(9);
    let fresh: Vec<usize> = before.filter(|k| !list.contains(k)).collect();
    list.extend(fresh);
    let end = lines[quoted.line].words.end;
    let ahead = |k: &usize| scene.mentions[*k].words.start < end;
    list.extend((middle..scene.mentions.len()).take(60).take_while(ahead).filter(|k| !scene.mentions[*k].quoted).take(6));
    list
}

/// The mention that signs a quotation, where the layout leaves no doubt: `"..." ― Ann Lee` at the end of a line, the same on the
/// line below, or `"WALLIS: ..."` in a transcript.
pub fn signed(scene: Scene, quote: usize) -> Option<usize> {
    let quoted = &scene.reading.quotes[quote];
    let words = &scene.reading.words;
    let lines = &scene.reading.lines;
    let line = &lines[quoted.line];
    let label = mention_from(scene, quoted.words.start + 1).filter(|m| !scene.mentions[*m].quoted);
    if label.is_some() {
        return label;
    }
    if let Some(inner) = quoted_as(scene, quote) {
        return Some(inner);
    }
    let dash = if quoted.words.end < line.words.end { quoted.words.end } else { lines.get(quoted.line + 1)?.words.start };
    let end = lines[words.get(dash)?.line as usize].words.end;
    let stop = words[dash..end].iter().take_while(|w| w.shape == Shape::Point && w.point == b'-').count();
    if stop == 0 || words[dash..end].iter().filter(|w| w.is_word()).count() > 8 {
        return None;
    }
    mention_from(scene, dash + stop).filter(|m| scene.mentions[*m].kind == MentionKind::Name && !scene.mentions[*m].quoted)
}

/// `the Courier quoted Ann Lee as saying "..."`: Ann Lee.
fn quoted_as(scene: Scene, quote: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    let sentence = words[quoted.words.start].sentence;
    let near = quoted.words.start.saturating_sub(12)..words.len().min(quoted.words.end + 8);
    let quoting = |k: &usize| words[*k].sentence == sentence && words[*k].quote == 0 && words[*k].hash == known("quoted");
    let mention = mention_from(scene, near.into_iter().find(quoting)? + 1)?;
    let [first, second] = words.get(scene.mentions[mention].end()..)?.first_chunk::<2>()?;
    let saying = first.hash == known("as") && second.is(SAYING) && second.line as usize == quoted.line;
    (saying && !scene.mentions[mention].quoted).then_some(mention)
}

/// The mention whose speech goes on: a paragraph that ends without a closing mark is taken up by the mark that opens the next one,
/// as printers have set long speeches since the eighteenth century.
pub fn continued(scene: Scene, quote: usize, history: &History) -> Option<usize> {
    let quotes = &scene.reading.quotes;
    let before = &quotes[quote.checked_sub(1)?];
    let line = &scene.reading.lines[quotes[quote].line].words;
    // A line that says more than the words may say whose they are.
    let fills = quotes[quote].words.start == line.start && quotes[quote].words.end == line.end;
    // A straight mark left open is as often a slip.
    let marked = scene.reading.text[before.marked.outer.start as usize..].starts_with(['“', '‘', '«', '„', '”']);
    let goes_on = marked && !before.marked.closed && before.line + 1 == quotes[quote].line && fills;
    history.last.filter(|(last, _)| goes_on && last + 1 == quote)?.1
}

/// The mention that begins at word `at`.
fn mention_from(scene: Scene, at: usize) -> Option<usize> {
    let mention = scene.mentions.partition_point(|m| m.start() < at);
    scene.mentions.get(mention).filter(|m| m.start() == at).map(|_| mention)
}

/// Every answer to "who said this?", its features added to `lists`; `None` stands for "the article does not tell".
pub fn answers(scene: Scene, quote: usize, context: &Context, history: &History, lists: &mut Lists) -> Vec<Option<usize>> {
    lists.clear();
    let mut candidates = candidates(scene, quote, history);
    if let Some(turn) = context.cue_before.and_then(|cue| candidate::turn(scene, cue)) {
        let passed =
            |m: usize| m < turn && scene.mentions[m].sentence(scene.reading) == scene.mentions[turn].sentence(scene.reading);
        candidates.retain(|m| !passed(*m));
    }
    for candidate in &candidates {
        let rank = rank(scene, quote, &candidates, *candidate);
        lists.push(|f| Candidate::new(scene, history, context, quote, (*candidate, rank)).features(f));
    }
    lists.push(|f| nobody(context, history, quote, f));
    candidates.into_iter().map(Some).chain([None]).collect()
}

/// How many candidates on its side of the quotation are nearer.
fn rank(scene: Scene, quote: usize, candidates: &[usize], candidate: usize) -> usize {
    let at = scene.reading.quotes[quote].words.start;
    let place = scene.mentions[candidate].words.start;
    let nearer = |k: &usize| {
        let other = scene.mentions[*k].words.start;
        if place < at { other > place && other < at } else { other < place && other > at }
    };
    candidates.iter().filter(|k| nearer(k)).count()
}
