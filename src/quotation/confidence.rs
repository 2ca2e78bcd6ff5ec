//! How sure an attribution is.
//!
//! Takes a [`Decision`] and gives the probability that the speaker is right, learned from decisions about articles that the weights deciding
//! had not seen (docs/attribution.md, "Confidence").

use super::decision::Decision;
use super::evidence::templates::ConfidenceTemplate as T;
use super::evidence::{Gather, appearance, bucket, few};
use super::history::Referent;
use super::mention::Mention;
use super::names::Person;
use super::scene::Scene;
use super::weights::{Skill, Weights, probability, size};
use super::words::Shown;
use crate::lexicon::*;

/// The probability that the speaker a decision gives is right; for speech without a speaker that it is speech. `next` is what was decided
/// about the stretch behind.
pub fn confidence(weights: &Weights, scene: Scene, decision: &Decision, next: Option<&Decision>) -> f32 {
    let Some((mention, answer)) = decision.choice else { return decision.odds };
    if is_labelled(scene, decision, mention, answer.who) {
        return LABELLED;
    }
    let mut sum = weights.adding::<{ size(Skill::Confidence) }>(Skill::Confidence);
    features(scene, decision, next, &mut sum);
    probability(weights.scaled(Skill::Confidence, sum.steps))
}

/// How sure the name is that stands before a turn of a transcript. Of names beside a quotation .93 are right (our own labels); some of what looks like a
/// transcript is none.
const LABELLED: f32 = 0.9;

/// Whether the name of somebody who is printed elsewhere stands before a turn, or first within the marks. Of 5,094 labelled stretches 35 are turns, too few
/// to learn from.
fn is_labelled(scene: Scene, decision: &Decision, mention: usize, who: Option<Referent>) -> bool {
    let quoted = &scene.reading.quotes[decision.quote];
    let label = matches!(quoted.shown, Shown::Label(_)) || scene.mentions[mention].start() == quoted.words.start + 1;
    let known = |person: u32| scene.people.people[person as usize].count > 1;
    decision.settled && label && who.and_then(Referent::person).is_some_and(known)
}

/// What speaks for a decision being right.
pub fn features(scene: Scene, decision: &Decision, next: Option<&Decision>, f: &mut impl Gather) {
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
    let (both, next) = (level(decision.odds * answer.sure), following(answer.who, next));
    f.add(T::NextBoth, &[next, both]);
    f.add(T::NextKind, &[next, who, kind]);
    surroundings(scene, decision, number, kind, f);
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
        introduction(person, mention, (who, kind, both), f);
    } else {
        f.add(T::NoPerson, &[kind, both]);
    }
}

/// Who speaks next: 0 nobody, 1 the same, 2 somebody whom the article does not tell, 3 another.
fn following(who: Option<Referent>, next: Option<&Decision>) -> u32 {
    let next = next.filter(|next| next.is_speech).map(|next| next.choice.and_then(|(_, answer)| answer.who));
    match next {
        None => 0,
        Some(None) => 2,
        Some(next) => 1 + 2 * u32::from(next != who),
    }
}

/// How the quotation and the mention stand to each other and to what is beside them.
fn surroundings(scene: Scene, decision: &Decision, number: usize, kind: u32, f: &mut impl Gather) {
    let words = &scene.reading.words;
    let mention = &scene.mentions[number];
    let context = &decision.context;
    let from = scene.reading.quotes[decision.quote].words.start;
    let before = mention.head < from;
    let between = if before { from.saturating_sub(mention.reach()) } else { mention.start().saturating_sub(context.end) };
    let comma = |k: Option<usize>| u32::from(k.and_then(|k| words.get(k)).is_some_and(|w| w.is_point(b',')));
    let commas = comma(mention.start().checked_sub(1)) * 2 + comma(Some(mention.reach()));
    let form = u32::from(context.opens) * 4 + u32::from(context.fragment) * 2 + u32::from(context.follows);
    f.add(T::Distance, &[bucket(between), u32::from(before), kind]);
    f.add(T::Commas, &[commas, kind]);
    f.add(T::Form, &[form, kind]);
}

/// How the article brings in whoever speaks: a name is oftener right that says something elsewhere, too, and was printed in full before.
fn introduction(person: &Person, mention: &Mention, (who, kind, both): (u32, u32, u32), f: &mut impl Gather) {
    let first = person.name.start;
    let far = bucket(mention.head.abs_diff(first)) * 2 + u32::from(first > mention.head);
    let speaks = u32::from(person.speaks());
    f.add(T::Speaks, &[speaks, who]);
    f.add(T::SpeaksBoth, &[speaks, both]);
    f.add(T::Introduced, &[far, who]);
    f.add(T::IntroducedKind, &[far, kind]);
    f.add(T::Signs, &[u32::from(person.signs), who]);
    f.add(T::Gender, &[person.gender as u32, kind]);
}

/// A probability in a few levels, finer near 1.
fn level(probability: f32) -> u32 {
    const LEVELS: [f32; 12] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.997];
    LEVELS.iter().filter(|level| probability >= **level).count() as u32
}
