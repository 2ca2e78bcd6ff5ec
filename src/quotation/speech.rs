//! Tells speech from titles, nicknames, slogans and terms in quotation marks.
//!
//! Takes a quotation and what stands around it and gives a probability. Whose words they are is decided elsewhere.

use super::evidence::templates::SpeechTemplate as T;
use super::evidence::{Context, Gather, bucket, few, printed, symbol};
use super::scene::Scene;
use super::weights::{Skill, Weights, probability, size};
use super::words::{Shape, Symbol};
use crate::lexicon::*;

/// The probability that a quotation is somebody's words.
pub fn is_speech(weights: &Weights, scene: Scene, quote: usize, context: &Context) -> f32 {
    let mut sum = weights.adding::<{ size(Skill::Speech) }>(Skill::Speech);
    features(scene, quote, context, &mut sum);
    probability(weights.scaled(Skill::Speech, sum.steps))
}

/// How many words of a stretch between marks have a capital (`case`), as the model has learned to number it.
enum Capitals {
    None = 0,
    /// All but function words: a title.
    All = 1,
    One = 2,
    Several = 3,
}

/// What speaks for a stretch between marks being speech.
pub fn features(scene: Scene, quote: usize, context: &Context, f: &mut impl Gather) {
    let reading = scene.reading;
    let quoted = &reading.quotes[quote];
    let inside = quoted.words.start + 1..quoted.words.end - usize::from(quoted.marked.closed);
    let words = || reading.words[inside.clone()].iter().filter(|w| w.is_word());
    let count = words().count();
    let small = |w: &&super::words::Word| !w.is_capital() && !w.is(DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY);
    let lower = words().filter(small).count();
    let capital = words().filter(|w| w.is_capital()).count();
    let case = match (capital, lower) {
        (0, _) => Capitals::None,
        (_, 0) => Capitals::All,
        (1, _) => Capitals::One,
        _ => Capitals::Several,
    } as u32;
    let person = words().any(|w| w.is(OTHER_PRONOUN | PRONOUN));
    let verb = words().any(|w| w.is(AUXILIARY));
    let size = bucket(count);
    let shape = size * 8 + case * 2 + u32::from(person || verb);
    let line = &reading.lines[quoted.line].words;
    let at = |k: Option<usize>| k.filter(|k| line.contains(k)).map_or(Symbol::Outside as u32, |k| symbol(reading, k));
    let word = |k: Option<usize>| k.filter(|k| line.contains(k)).map_or(Symbol::Outside as u32, |k| printed(reading, k));
    let (from, to) = (quoted.words.start, context.end);
    let (before, before2) = (word(from.checked_sub(1)), word(from.checked_sub(2)));
    let inner = |k: Option<usize>| k.map_or(Symbol::Outside as u32, |k| printed(reading, k));
    let ended = context.ending;
    f.add(T::Always, &[]);
    f.add(T::SizeCase, &[size, case]);
    f.add(T::ShapeEnding, &[shape, ended]);
    f.add(T::ShapeLine, &[shape, u32::from(context.opens), u32::from(to == line.end)]);
    f.add(T::Before, &[before]);
    f.add(T::BeforeCaseSize, &[before, case, size.min(4)]);
    f.add(T::TwoBefore, &[before2, before]);
    f.add(T::AfterCaseEnding, &[at(Some(to)), case, ended]);
    f.add(T::AroundCase, &[at(from.checked_sub(1)), at(Some(to)), case]);
    f.add(T::After, &[word(Some(to))]);
    f.add(T::CuesShape, &[u32::from(context.cue_after.is_some()), u32::from(context.cue_before.is_some()), shape]);
    f.add(T::CueAfterCase, &[context.cue_after.map_or(Symbol::Outside as u32, |k| reading.words[k].hash), case]);
    f.add(T::CueBeforeCase, &[context.cue_before.map_or(Symbol::Outside as u32, |k| reading.words[k].hash), case]);
    f.add(T::PersonVerbCase, &[u32::from(person), u32::from(verb), case]);
    f.add(T::EndingCaseFollows, &[ended, case, u32::from(context.follows)]);
    f.add(T::SingleCase, &[u32::from(quoted.marked.single), case]);
    f.add(T::ClosedSizeOpens, &[u32::from(quoted.marked.closed), size, u32::from(context.opens)]);
    f.add(T::FirstInside, &[inner(inside.clone().next())]);
    f.add(T::LastInside, &[inner(inside.clone().next_back()), size.min(4)]);
    f.add(T::HeadingCase, &[u32::from(reading.lines[quoted.line].heading), case]);
    f.add(T::AroundSizeCue, &[at(from.checked_sub(1)), at(Some(to)), size.min(4), u32::from(context.cue_before.is_some())]);
    let gap = context.cue_before.map_or(NO_CUE, |cue| bucket(from - cue));
    f.add(T::CueGapSizeCase, &[gap, size.min(4), case]);
    f.add(T::CueGapBeforeSize, &[gap, before, size.min(4)]);
    f.add(T::Governor, &[governor(scene, from, line.start), case, size.min(4)]);
    let finite = few(words().filter(|w| w.is_finite()).count(), 2);
    let own = u32::from(words().any(|w| OWN.contains(&w.hash)));
    f.add(T::Clause, &[finite, own, ended, case]);
    f.add(T::Listed, &[listed(scene, quote), case, u32::from(context.cue_before.is_some())]);
    let (again, plain) = (u32::from(quoted.echoes.quoted), u32::from(quoted.echoes.plain));
    f.add(T::Echoes, &[again, plain, size.min(4)]);
    f.add(T::EchoesCase, &[again, plain, case]);
    let determined = from > line.start && reading.words[from - 1].is(DETERMINER);
    let behind = reading.words.get(to).filter(|w| line.contains(&to) && w.shape == Shape::Lower);
    let noun = behind
        .is_some_and(|w| !w.is(SAY | AUXILIARY | PREPOSITION | CONJUNCTION | PRONOUN | OTHER_PRONOUN | DETERMINER | ADVERB));
    f.add(T::Attribute, &[u32::from(determined), u32::from(noun), size.min(4), case]);
    f.add(T::EnglishSizeCase, &[u32::from(reading.language == Language::English), size, case]);
    nearby(scene, f, from, line.start, case);
    let kept = words().filter(|w| w.shape == Shape::Lower).take(4);
    kept.for_each(|w| f.add(T::Inside, &[w.hash]));
}

/// Stands for the distance of a verb of saying that is not there; 25 to 49 words have the same number, and none is looked for so far away.
const NO_CUE: u32 = 9;

/// "I" and its like, in which people speak of themselves.
const OWN: [u32; 10] = all_known(["i", "we", "my", "our", "me", "us", "you", "i'm", "we're", "i've"]);

/// The nearest word before that can govern the marks: its class and how far away it is.
fn governor(scene: Scene, from: usize, start: usize) -> u32 {
    let words = &scene.reading.words;
    let near = words[start.max(from.saturating_sub(8))..from].iter().rev().take_while(|w| w.quote == 0);
    let mut distance = 0;
    for word in near {
        if word.shape == Shape::Point && matches!(word.point, b'.' | b'!' | b'?') {
            break;
        }
        let class = word.class & (WORK | NAMING | SPOKEN | SAY | SAYING);
        if class != 0 {
            return (class.trailing_zeros() + 1) * 4 + few(distance, 3);
        }
        distance += usize::from(word.is_word());
    }
    0
}

/// 1 where only commas and conjunctions part it from the quotation before, 2 from the next, 3 from both.
fn listed(scene: Scene, quote: usize) -> u32 {
    let quotes = &scene.reading.quotes;
    let joined = |first: usize| {
        let (Some(one), Some(other)) = (quotes.get(first), quotes.get(first + 1)) else { return false };
        let between = &scene.reading.words[one.words.end..other.words.start];
        one.line == other.line && between.len() <= 3 && between.iter().all(|w| w.is_point(b',') || w.is(CONJUNCTION))
    };
    u32::from(quote > 0 && joined(quote - 1)) | u32::from(joined(quote)) << 1
}

/// The nouns and verbs just before that say what the marks hold: "the film", "a band called".
fn nearby(scene: Scene, f: &mut impl Gather, from: usize, start: usize, case: u32) {
    let words = &scene.reading.words;
    for word in words[start.max(from.saturating_sub(5))..from].iter().filter(|w| w.quote == 0 && w.is_word()) {
        let hash = if word.shape == Shape::Lower { word.hash } else { Symbol::Name as u32 };
        f.add(T::NearbyWord, &[hash, case.min(1)]);
        let class = word.class & (WORK | NAMING | SPOKEN | SAY | SAYING);
        if class != 0 {
            f.add(T::NearbyClass, &[class, case]);
        }
    }
}
