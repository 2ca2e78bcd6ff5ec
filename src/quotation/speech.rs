//! Tells speech from titles, nicknames, slogans and terms in quotation marks.

use super::evidence::{Features, Look, bucket, printed, symbol};
use super::scene::Scene;
use super::weights::{Skill, Weights, probability};
use super::words::Shape;
use crate::lexicon::*;

/// The probability that a quotation is somebody's words.
pub fn is_speech(weights: &Weights, scene: Scene, quote: usize, look: &Look, list: &mut Vec<u32>) -> f32 {
    list.clear();
    features(scene, quote, look, list);
    probability(weights.score(Skill::Speech, list))
}

/// What a stretch between marks looks like.
pub fn features(scene: Scene, quote: usize, look: &Look, list: &mut Vec<u32>) {
    let reading = scene.reading;
    let quoted = &reading.quotes[quote];
    let f = &mut Features::new(list);
    let inside = quoted.words.start + 1..quoted.words.end - usize::from(quoted.marked.closed);
    let words = || reading.words[inside.clone()].iter().filter(|w| w.is_word());
    let count = words().count();
    let small = |w: &&super::words::Word| !w.is_capital() && !w.is(DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY);
    let lower = words().filter(small).count();
    let capital = words().filter(|w| w.is_capital()).count();
    let case = match (capital, lower) {
        (0, _) => 0,
        (_, 0) => 1,
        (1, _) => 2,
        _ => 3,
    };
    let person = words().any(|w| w.is(OTHER_PRONOUN | PRONOUN));
    let verb = words().any(|w| w.is(AUXILIARY));
    let size = bucket(count);
    let shape = size * 8 + case * 2 + u32::from(person || verb);
    let line = &reading.lines[quoted.line].words;
    let at = |k: Option<usize>| k.filter(|k| line.contains(k)).map_or(1, |k| symbol(reading, k));
    let word = |k: Option<usize>| k.filter(|k| line.contains(k)).map_or(1, |k| printed(reading, k));
    let (from, to) = (quoted.words.start, quoted.words.end);
    let (before, before2) = (word(from.checked_sub(1)), word(from.checked_sub(2)));
    let inner = |k: Option<usize>| k.map_or(1, |k| printed(reading, k));
    let ended = look.ending;
    f.add(100, &[]);
    f.add(101, &[size, case]);
    f.add(102, &[shape, ended]);
    f.add(103, &[shape, u32::from(look.opens), u32::from(to == line.end)]);
    f.add(104, &[before]);
    f.add(105, &[before, case, size.min(4)]);
    f.add(106, &[before2, before]);
    f.add(107, &[at(Some(to)), case, ended]);
    f.add(108, &[at(from.checked_sub(1)), at(Some(to)), case]);
    f.add(109, &[word(Some(to))]);
    f.add(110, &[u32::from(look.cue_after.is_some()), u32::from(look.cue_before.is_some()), shape]);
    f.add(111, &[look.cue_after.map_or(1, |k| reading.words[k].hash), case]);
    f.add(112, &[look.cue_before.map_or(1, |k| reading.words[k].hash), case]);
    f.add(113, &[u32::from(person), u32::from(verb), case]);
    f.add(114, &[ended, case, u32::from(look.follows)]);
    f.add(115, &[u32::from(quoted.marked.single), case]);
    f.add(116, &[u32::from(quoted.marked.closed), size, u32::from(look.opens)]);
    f.add(117, &[inner(inside.clone().next())]);
    f.add(118, &[inner(inside.clone().next_back()), size.min(4)]);
    f.add(119, &[u32::from(reading.lines[quoted.line].heading), case]);
    f.add(123, &[at(from.checked_sub(1)), at(Some(to)), size.min(4), u32::from(look.cue_before.is_some())]);
    let gap = look.cue_before.map_or(9, |cue| bucket(from - cue));
    f.add(124, &[gap, size.min(4), case]);
    f.add(125, &[gap, before, size.min(4)]);
    nearby(scene, f, from, line.start, case);
    let kept = words().filter(|w| w.shape == Shape::Lower).take(4);
    kept.for_each(|w| f.add(121, &[w.hash]));
}

/// The nouns and verbs just before that say what the marks hold: "the film", "a band called".
fn nearby(scene: Scene, f: &mut Features, from: usize, start: usize, case: u32) {
    let words = &scene.reading.words;
    for word in words[start.max(from.saturating_sub(5))..from].iter().filter(|w| w.quote == 0 && w.is_word()) {
        let hash = if word.shape == Shape::Lower { word.hash } else { 3 };
        f.add(120, &[hash, case.min(1)]);
        let class = word.class & (WORK | NAMING | SPOKEN | SAY | SAYING);
        if class != 0 {
            f.add(122, &[class, case]);
        }
    }
}
