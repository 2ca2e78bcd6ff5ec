//! Gives each quotation its speaker: the last step, which asks all the others.
//!
//! Takes a [`Scene`] and gives every [`Quotation`] of the article in reading order. Each stretch between marks is first told from titles and
//! terms; then the mentions near it are weighed against each other and against "nobody", with what was decided for the quotations before
//! in view. What is quoted twice takes the surer speaker. Indirect speech is added last, where no marks are.

use crate::article::Span;

use super::confidence::confidence;
use super::decision::decisions;
use super::eastern;
use super::evidence::{self, Context};
use super::history::{Answer, History, Referent};
use super::indirect;
use super::mention::MentionKind;
use super::names::as_seen;
use super::reference::References;
use super::repeated;
use super::scene::Scene;
use super::weights::Weights;
use super::{Kind, Quotation, Speaker};
use crate::lexicon::{Language, MISSES, MISTER, NATION, ORGANISATION, ROLE, SOURCE, SPOKEN, TITLE, WORK};

/// Every stretch between marks as a quotation, with its speaker.
pub fn attributed(weights: &Weights, scene: Scene) -> Vec<Quotation> {
    if scene.reading.language == Language::Other {
        return unattributed(scene);
    }
    let mut references = References::new(scene);
    let (decisions, history) = decisions(weights, scene, &mut references);
    let mut found: Vec<Quotation> = Vec::with_capacity(decisions.len());
    for (number, decision) in decisions.iter().enumerate() {
        let sure = confidence(weights, scene, decision, decisions.get(number + 1));
        let kind = match decision.is_speech {
            false => Kind::NotSpeech,
            true if decision.is_whole(scene) => Kind::Direct,
            true => Kind::Partial,
        };
        found.push(quotation(scene, decision.quote, kind, decision.choice, &decision.context, sure));
    }
    repeated::shared(scene, &decisions, &mut found);
    add_indirect(weights, scene, (&mut references, &history), &mut found);
    found
}

/// The quotations of a text in a language whose words are not known: signed ones have a speaker, the others honestly none.
fn unattributed(scene: Scene) -> Vec<Quotation> {
    let mut found = Vec::with_capacity(scene.reading.quotes.len());
    let asked = evidence::asked(scene);
    for quote in 0..scene.reading.quotes.len() {
        let context = Context::new(scene, quote);
        let kind = match context.is_whole() {
            _ if evidence::is_named_in_corners(scene, quote) => Kind::NotSpeech,
            true => Kind::Direct,
            false => Kind::Partial,
        };
        let signed = evidence::turn(scene, quote, asked).unwrap_or_else(|| evidence::signed(scene, quote));
        let who = |mention: usize| Answer { who: scene.mentions[mention].person.map(Referent::Person), sure: 1.0, ruled: true };
        let choice = signed.map(|mention| (mention, who(mention)));
        found.push(quotation(scene, quote, kind, choice, &context, 0.5));
    }
    eastern::attribute(scene.reading, &mut found);
    found
}

/// Adds what is reported without marks, where it overlaps no quotation.
fn add_indirect(weights: &Weights, scene: Scene, (references, history): (&mut References, &History), found: &mut Vec<Quotation>) {
    let words = &scene.reading.words;
    for told in indirect::indirect(weights, scene) {
        let who = told.source.map(|source| references.reporter(weights, scene, source, history));
        let who = told.source.zip(who).and_then(|(source, who)| named(scene, source, who, who.sure * who.sure));
        let speaker = told.source.and_then(|source| speaker(scene, source, who));
        let role = told.source.and_then(|source| role(scene, source));
        let mention = told.source.and_then(|source| printed(scene, source));
        let cue = Some(words[told.cue].span());
        let (kind, confidence) = (Kind::Indirect, told.confidence);
        found.extend(told.content.pieces().map(|piece| Quotation {
            span: scene.reading.span(piece),
            kind,
            speaker: speaker.clone(),
            mention,
            cue,
            role,
            confidence,
        }));
    }
    found.sort_by_key(|q| (q.span.start, q.span.end));
}

fn quotation(
    scene: Scene,
    quote: usize,
    kind: Kind,
    choice: Option<(usize, Answer)>,
    context: &Context,
    confidence: f32,
) -> Quotation {
    let reading = scene.reading;
    let whose =
        |(mention, who)| named(scene, mention, who, confidence).filter(|who| confidence >= LEAST || can_speak(scene, *who));
    let speaker = choice.and_then(|choice| speaker(scene, choice.0, whose(choice)));
    let role = choice.and_then(|(mention, _)| role(scene, mention));
    let mention = choice.and_then(|(mention, _)| printed(scene, mention));
    let cue = choice.and(context.cue_after.or(context.cue_before)).map(|cue| reading.words[cue].span());
    Quotation { span: reading.quotes[quote].marked.inner, kind, speaker, mention, cue, role, confidence }
}

/// A name that is less sure than this is left out, and what is printed beside the quotation kept: a wrong name is worse than no name.
/// Below it two names in three are wrong (`attribution_scores --folds`).
const LEAST: f32 = 0.4;

/// Whom to name: nobody where the name is not sure enough, the words as printed where they describe somebody.
fn named(scene: Scene, mention: usize, who: Answer, confidence: f32) -> Option<Referent> {
    let found = &scene.mentions[mention];
    let name = matches!(who.who, Some(Referent::Person(_)));
    let described = found.kind == MentionKind::Description;
    // "the Russian president" is of nobody who is not printed with that nation.
    let nation = || found.words.clone().any(|k| k != found.head && scene.reading.words[k].is(NATION));
    // "der Bericht der Behörde" is no human being's whom nothing leads to.
    let head = &scene.reading.words[found.head];
    let german = scene.reading.language == Language::German && head.is(SOURCE) && !head.is(ROLE);
    let paper = || german && found.whole.end > found.head + 1 && who.who.is_some_and(|who| scene.kind(who) < 2);
    match name && (confidence < LEAST || described && !who.ruled && (nation() || paper())) {
        false => who.who,
        true => described.then_some(Referent::Described(mention)),
    }
}

/// Whether somebody is named, or described by a word for people, bodies or papers: "a long day" says nothing.
fn can_speak(scene: Scene, who: Referent) -> bool {
    let speaks = ROLE | SOURCE | ORGANISATION | SPOKEN | WORK | TITLE;
    match who {
        Referent::Person(_) => true,
        Referent::Described(mention) => scene.reading.words[scene.mentions[mention].head].is(speaks),
    }
}

/// The role printed beside a mention; "Mr" alone is none.
fn role(scene: Scene, mention: usize) -> Option<Span> {
    let role = scene.mentions[mention].role.clone()?;
    let tells = scene.reading.words[role.clone()].iter().any(|w| w.is_word() && (w.is(ROLE) || !w.is(MISTER | MISSES)));
    tells.then(|| scene.reading.span(role))
}

/// The speaker by the fullest name the article gives.
fn speaker(scene: Scene, mention: usize, who: Option<Referent>) -> Option<Speaker> {
    let name = match who? {
        Referent::Person(person) => scene.people.name(scene.reading, person),
        Referent::Described(description) => {
            let printed = scene.reading.span(scene.mentions[description].whole.clone()).of(scene.reading.text);
            as_seen(printed)
        }
    };
    Some(Speaker { name, mention: printed(scene, mention) })
}

/// The words of a mention; one that a verb implies has none.
fn printed(scene: Scene, mention: usize) -> Option<Span> {
    let mention = &scene.mentions[mention];
    (!mention.implied).then(|| scene.reading.span(mention.words.clone()))
}
