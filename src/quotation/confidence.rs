//! How sure an attribution is.
//!
//! Takes a [`Decision`] and gives the probability that the speaker is right, learned from decisions about articles that the weights deciding
//! had not seen (docs/attribution.md, "Confidence").

use super::decision::Decision;
use super::evidence::templates::ConfidenceTemplate as T;
use super::evidence::{Gather, appearance, bucket, few};
use super::history::Referent;
use super::scene::Scene;
use super::weights::{Skill, Weights, probability};
use crate::lexicon::*;

/// The probability that the speaker a decision gives is right; for speech without a speaker that it is speech.
pub fn confidence(weights: &Weights, scene: Scene, decision: &Decision) -> f32 {
    if decision.choice.is_none() {
        return decision.odds;
    }
    let mut sum = weights.adding(Skill::Confidence);
    features(scene, decision, &mut sum);
    probability(weights.scaled(Skill::Confidence, sum.steps))
}

/// What speaks for a decision being right.
pub fn features(scene: Scene, decision: &Decision, f: &mut impl Gather) {
    let Some((number, answer)) = decision.choice else { return };
    let words = &scene.reading.words;
    let mention = &scene.mentions[number];
    let (odds, sure) = (level(decision.odds), level(answer.sure));
    let kind = appearance(scene, number);
    let language = match scene.reading.language {
        Language::English => 0,
        Language::German => 1,
        _ => 2,
    };
    // 6 for nobody.
    let who = answer.who.map_or(6, |who| scene.kind(who));
    let quoted = &scene.reading.quotes[decision.quote];
    let lines = few(quoted.line.abs_diff(words[mention.head].line as usize), 3);
    let whole = u32::from(decision.context.is_whole());
    f.add(T::Always, &[]);
    f.add(T::OddsSure, &[odds, sure]);
    f.add(T::OddsKind, &[odds, kind, language]);
    f.add(T::SureKind, &[sure, kind, language]);
    f.add(T::WhoKind, &[who, kind, language]);
    f.add(T::WhoOdds, &[who, odds]);
    f.add(T::Lines, &[lines, kind]);
    let cues = u32::from(decision.context.cue_before.is_some()) * 2 + u32::from(decision.context.cue_after.is_some());
    f.add(T::Cues, &[cues, kind, whole]);
    f.add(T::Speech, &[level(decision.speech), whole]);
    f.add(T::Again, &[u32::from(decision.again), kind, odds]);
    f.add(T::Language, &[language, odds]);
    f.add(T::Ruled, &[u32::from(answer.ruled), kind, sure]);
    f.add(T::Settled, &[u32::from(decision.settled), who]);
    if let Some(Referent::Person(person)) = answer.who {
        let person = &scene.people.people[person as usize];
        let name = &words[person.name.clone()];
        let given = u32::from(name[0].is(MAN | WOMAN));
        f.add(T::Name, &[few(name.len(), 5), given, language]);
        let common = |class| name.iter().any(|w| w.is(class));
        let function = common(DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY | SAY | ADVERB | CALENDAR | OPENER);
        let noun = common(ROLE | SOURCE | SPOKEN);
        let small = name.iter().any(|w| scene.reading.occurs_lower(w.hash));
        f.add(T::NameWords, &[u32::from(function), u32::from(noun), u32::from(small), u32::from(language > 0)]);
        f.add(T::Count, &[bucket(person.count as usize), who]);
    }
}

/// A probability in a few levels, finer near 1.
fn level(probability: f32) -> u32 {
    const LEVELS: [f32; 12] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.997];
    LEVELS.iter().filter(|level| probability >= **level).count() as u32
}
