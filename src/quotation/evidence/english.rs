//! What the order of English words leaves no doubt about.

use super::Context;
use crate::lexicon::{ADVERB, AUXILIARY, CONJUNCTION, Class, DETERMINER, Language, PREPOSITION, SAY, SAYING, all_known, known};
use crate::quotation::mention::MentionKind;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Shape, Word};

/// Verbs whose object is told something.
const TELLS: [u32; 4] = all_known(["told", "tells", "tell", "telling"]);

/// Takes out whoever is told what the quotation says: `Ruiz told reporters`, and `Ruiz was asked, "Why?" He laughed.`, where nobody behind it says so.
pub fn leave_out_the_told(scene: Scene, quote: usize, context: &Context, candidates: &mut Vec<usize>) {
    if scene.reading.language != Language::English {
        return;
    }
    let words = &scene.reading.words;
    let start = scene.reading.quotes[quote].words.start;
    let asked = context.cue_before.and_then(|cue| passive(scene, cue, start));
    let is_asked = |m: usize| asked.and_then(|verb| verb.checked_sub(scene.mentions[m].reach())).is_some_and(|gap| gap <= 2);
    // `"...," and she said, "..."` goes on with what she answers.
    let goes_on = words.get(context.end).is_none_or(|w| w.is(CONJUNCTION));
    let alone = asked.is_some() && context.is_whole() && (context.cue_after.is_none() || goes_on);
    let by = |m: usize| scene.mentions[m].begins(words).checked_sub(1).is_some_and(|k| FROM.contains(&words[k].hash));
    let behind = |m: usize| alone && scene.mentions[m].start() > start && !by(m);
    candidates.retain(|m| !is_told(scene, *m) && !is_asked(*m) && !behind(*m));
}

/// What stands before whoever asks: `was told "..." by his boss`.
const FROM: [u32; 2] = all_known(["by", "from"]);

/// Whether a mention is whom somebody tells. Nobody speaks who stands there; "were told" has its own subject behind it.
fn is_told(scene: Scene, mention: usize) -> bool {
    let words = &scene.reading.words;
    let at = scene.mentions[mention].start();
    let before = |k: usize, class: Class| k - usize::from(k > 0 && words[k - 1].is(class));
    // "the" stands before a name, and is within a description.
    let Some(verb) = before(at, DETERMINER).checked_sub(1).filter(|k| words[*k].line == words[at].line) else { return false };
    let passive = before(verb, ADVERB).checked_sub(1).is_some_and(|k| words[k].is(AUXILIARY));
    TELLS.contains(&words[verb].hash) && !passive
}

/// The auxiliary of "was asked" or "had been warned that", if such a verb stands at `cue` and what is said begins at `start`, before another clause does.
fn passive(scene: Scene, cue: usize, start: usize) -> Option<usize> {
    const ASKED: [u32; 4] = all_known(["asked", "told", "warned", "informed"]);
    const PASSIVE: [u32; 6] = all_known(["was", "were", "been", "is", "are", "being"]);
    const LINKS: [u32; 3] = all_known(["that", "if", "whether"]);
    let words = &scene.reading.words;
    let auxiliary = (cue.saturating_sub(2)..cue).rev().find(|k| !words[*k].is(ADVERB))?;
    let is = ASKED.contains(&words[cue].hash) && PASSIVE.contains(&words[auxiliary].hash);
    let (last, between) = words.get(cue + 1..start)?.split_last().unzip();
    let plain = |w: &Word| w.is_word() && (LINKS.contains(&w.hash) || !w.is(CONJUNCTION | AUXILIARY | SAY));
    let points = last.is_none_or(|w| plain(w) || w.is_point(b',') || w.is_point(b':'));
    let close = points && between.is_none_or(|between| between.len() <= MOST_BETWEEN && between.iter().all(plain));
    (is && close && words[auxiliary].line == words[cue].line).then_some(auxiliary)
}

/// The subject of the verb that stands between it and the quotation, with nothing else between: `In a post on X, the port wrote: "..."`,
/// `"...," the port wrote.`, `Ruiz remembered the pilot telling them: "..."`.
pub fn subject_beside(scene: Scene, quote: usize, context: &Context, candidates: &[usize]) -> Option<usize> {
    let words = &scene.reading.words;
    let quoted = &scene.reading.quotes[quote];
    if scene.reading.language != Language::English {
        return None;
    }
    let says = |k: usize| {
        words.get(k).is_some_and(|w| w.shape == Shape::Lower && w.quote == 0 && (w.is(SAY) || TELLS.contains(&w.hash)))
    };
    let same = |k: usize| words[k].line as usize == quoted.line;
    let described = |m: usize| scene.mentions[m].kind == MentionKind::Description && scene.mentions[m].owner.is_none();
    let colon = quoted.words.start.checked_sub(1).filter(|k| words[*k].is_point(b':'));
    let before = |verb: usize| {
        colon.is_some_and(|colon| colon > verb && colon - verb <= MOST_BETWEEN && words[verb + 1..colon].iter().all(is_where))
    };
    // `what Jones wrote` and `a man in Velden says` have other subjects, and "who" stands for the one before it.
    let part = |m: usize| {
        let before = scene.mentions[m].begins(words).checked_sub(1);
        let who = [known("who"), known("which")].contains(&words[scene.mentions[m].head].hash);
        who || before.is_some_and(|k| words[k].hash == known("what") || words[k].is(PREPOSITION))
    };
    let beside = |m: usize| {
        let behind = scene.mentions[m].start() == context.end && context.ending == u32::from(b',');
        let verb = scene.mentions[m].reach();
        says(verb) && same(verb) && !part(m) && (before(verb) || behind && described(m) && !TELLS.contains(&words[verb].hash))
    };
    let mut subjects = candidates.iter().copied().filter(|m| beside(*m));
    subjects.next().filter(|_| subjects.next().is_none())
}

/// The most words from a verb to the colon behind it: "told the crowd outside: ".
const MOST_BETWEEN: usize = 6;

/// A word of where something was written, or of whom it was told: `on X`, `in a letter`, `them`.
fn is_where(word: &Word) -> bool {
    word.quote == 0 && word.is_word() && !word.is(SAY | SAYING)
}
