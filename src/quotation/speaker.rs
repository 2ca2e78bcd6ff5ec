//! Gives each quotation its speaker: the last step, which asks all the others.
//!
//! Takes a [`Scene`] and gives every [`Quotation`] of the article in reading order. Each stretch between marks is first told from titles and
//! terms; then the mentions near it are weighed against each other and against "nobody", with what was decided for the quotations before
//! in view. Quotations in headings take the speaker of the same words in the story. Indirect speech is added last, where no marks are.

use crate::article::Span;

use super::evidence::{self, Context, History, Lists};
use super::indirect;
use super::mention::MentionKind;
use super::reference::{References, Referent};
use super::scene::Scene;
use super::speech;
use super::weights::{Skill, Weights};
use super::words::Word;
use super::{Kind, Quotation, Speaker};
use crate::lexicon::{Language, MISSES, MISTER, ROLE};

/// Every stretch between marks as a quotation, with its speaker.
pub fn attributed(weights: &Weights, scene: Scene) -> Vec<Quotation> {
    if scene.reading.language == Language::Other {
        return unattributed(scene);
    }
    let mut found: Vec<Quotation> = Vec::with_capacity(scene.reading.quotes.len());
    let mut history = History::default();
    let mut lists = Lists::default();
    let mut references = References::new(scene);
    let mut list = Vec::with_capacity(64);
    for quote in 0..scene.reading.quotes.len() {
        let context = Context::new(scene, quote);
        if scene.reading.lines[scene.reading.quotes[quote].line].heading {
            found.push(quotation(scene, quote, Kind::NotSpeech, None, &context, 0.5));
            continue;
        }
        if let Some(mention) = evidence::continued(scene, quote, &history) {
            let sure = found.last().map_or(1.0, |before: &Quotation| before.confidence);
            history.decide(scene, &mut references, quote, Some(mention));
            found.push(quotation(scene, quote, Kind::Direct, Some((mention, history.who)), &context, sure));
            continue;
        }
        let speech = speech::is_speech(weights, scene, quote, &context, &mut list);
        let same_sentence = history.last.is_some_and(|(last, _)| last + 1 == quote && context.follows);
        if speech < threshold(&context, same_sentence) || is_term(scene, quote, &context) {
            found.push(quotation(scene, quote, Kind::NotSpeech, None, &context, 1.0 - speech));
            continue;
        }
        let (choice, sure) = choose(weights, scene, quote, &context, &history, &mut lists);
        if !context.is_whole() && (choice.is_none() || speech * sure < UNOWNED) {
            found.push(quotation(scene, quote, Kind::NotSpeech, None, &context, 1.0 - speech * sure));
            continue;
        }
        history.decide(scene, &mut references, quote, choice);
        let kind = if context.is_whole() { Kind::Direct } else { Kind::Partial };
        found.push(quotation(scene, quote, kind, choice.map(|mention| (mention, history.who)), &context, sure));
    }
    headings(scene, &mut found);
    add_indirect(weights, scene, &mut references, &mut found);
    found
}

/// A word or two that a verb follows are its subject, something talked about: `she said "blog" was the word of the year`.
fn is_term(scene: Scene, quote: usize, context: &Context) -> bool {
    let behind = scene.reading.words.get(scene.reading.quotes[quote].words.end);
    context.words <= 2 && !context.opens && behind.is_some_and(Word::is_finite)
}

/// The quotations of a text in a language whose words are not known: signed ones have a speaker, the others honestly none.
fn unattributed(scene: Scene) -> Vec<Quotation> {
    let mut found = Vec::with_capacity(scene.reading.quotes.len());
    for quote in 0..scene.reading.quotes.len() {
        let context = Context::new(scene, quote);
        let kind = if context.is_whole() { Kind::Direct } else { Kind::Partial };
        let signed = evidence::signed(scene, quote);
        let choice = signed.map(|mention| (mention, scene.mentions[mention].person.map(Referent::Person)));
        found.push(quotation(scene, quote, kind, choice, &context, 0.5));
    }
    found
}

/// Adds what is reported without marks, where it overlaps no quotation.
fn add_indirect(weights: &Weights, scene: Scene, references: &mut References, found: &mut Vec<Quotation>) {
    let words = &scene.reading.words;
    for told in indirect::indirect(weights, scene) {
        if told.content.pieces().any(|piece| words[piece].iter().any(|w| w.quote != 0)) {
            continue;
        }
        let who = told.source.and_then(|source| references.who(scene, source, None));
        let speaker = told.source.and_then(|source| speaker(scene, source, who));
        let role = told.source.and_then(|source| role(scene, source));
        let mention = told.source.map(|source| scene.reading.span(scene.mentions[source].words.clone()));
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

/// A few words in marks whose speaker is less sure than this are taken for a term. Chosen on the training articles: fewer false claims
/// at no loss of right ones.
const UNOWNED: f32 = 0.4;

/// How likely speech must be: a word or two in marks is oftener a term than a quotation, unless speech stands beside it.
fn threshold(context: &Context, beside_speech: bool) -> f32 {
    match context.words {
        _ if context.opens && context.is_sentence() => 0.35,
        ..=2 if beside_speech => 0.6,
        ..=2 => 0.8,
        _ if beside_speech => 0.4,
        _ => 0.6,
    }
}

/// The most quotations in headings looked for in the story: keeps long articles linear.
const MOST_HEADINGS: usize = 16;

/// Words quoted in a headline or sub-head are those of whoever says them in the story.
fn headings(scene: Scene, found: &mut [Quotation]) {
    let in_heading = |quote: &usize| scene.reading.lines[scene.reading.quotes[*quote].line].heading;
    let all: Vec<usize> = (0..found.len()).filter(in_heading).take(MOST_HEADINGS).collect();
    for quote in all {
        let Some(source) = repeated(scene, found, quote) else { continue };
        let speaker = found[source].speaker.as_ref().map(|s| Speaker { name: s.name.clone(), mention: None });
        let (kind, confidence) = (Kind::Partial, found[source].confidence);
        found[quote] = Quotation { kind, speaker, confidence, ..found[quote].clone() };
    }
}

/// The quotation of the story that holds the same words.
fn repeated(scene: Scene, found: &[Quotation], heading: usize) -> Option<usize> {
    let hashes = |quote: usize| -> Vec<u32> {
        let words = &scene.reading.words[scene.reading.quotes[quote].words.clone()];
        words.iter().filter(|w| w.is_word()).map(|w| w.hash).collect()
    };
    let wanted = hashes(heading);
    let same = |quote: &usize| {
        wanted.len() > 1 && found[*quote].speaker.is_some() && hashes(*quote).windows(wanted.len()).any(|w| w == wanted)
    };
    (0..found.len()).find(|quote| *quote != heading && same(quote))
}

/// How much surer "nobody" must be than any mention. Chosen by cross-validation: annotators rarely leave speech unattributed.
const NOBODY: f32 = 1.5;

/// The likeliest speaker and how likely it is.
fn choose(
    weights: &Weights,
    scene: Scene,
    quote: usize,
    context: &Context,
    history: &History,
    lists: &mut Lists,
) -> (Option<usize>, f32) {
    if let Some(mention) = evidence::signed(scene, quote) {
        return (Some(mention), 1.0);
    }
    let candidates = evidence::answers(scene, quote, context, history, lists);
    let mut scores: Vec<f32> = lists.iter().map(|list| weights.score(Skill::Speaker, list)).collect();
    if let Some(nobody) = scores.last_mut() {
        *nobody -= NOBODY;
    }
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    let all: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
    (candidates[best], 1.0 / all)
}

fn quotation(
    scene: Scene,
    quote: usize,
    kind: Kind,
    choice: Option<(usize, Option<Referent>)>,
    context: &Context,
    confidence: f32,
) -> Quotation {
    let Scene { reading, mentions, .. } = scene;
    let confidence = choice.map_or(confidence, |(mention, who)| confidence * trust(scene, mention, who));
    let named = choice.filter(|(_, who)| confidence >= LEAST || !matches!(who, Some(Referent::Person(_))));
    let speaker = named.and_then(|(mention, who)| speaker(scene, mention, who));
    let role = choice.and_then(|(mention, _)| role(scene, mention));
    let mention = choice.map(|(mention, _)| reading.span(mentions[mention].words.clone()));
    let cue = choice.and(context.cue_after.or(context.cue_before)).map(|cue| reading.words[cue].span());
    Quotation { span: reading.quotes[quote].marked.inner, kind, speaker, mention, cue, role, confidence }
}

/// A name that is less sure than this is left out, and what is printed beside the quotation kept: a wrong name is worse than no name.
/// Below it two names in three are wrong (`attribution_scores --folds`).
const LEAST: f32 = 0.4;

/// How often the model is right where it is sure of the mention, by what the mention is: a name is the speaker's, "he" and "the
/// minister" have to be led back to one. Measured on our own labels by weights that saw nothing of the same outlet
/// (docs/attribution.md, "Confidence"), in English and in the other languages; a description led to a name is the exception: .48 of 42
/// and .2 of 10 were measured, too few to go by, and .6 and .4 are set by hand.
fn trust(scene: Scene, mention: usize, who: Option<Referent>) -> f32 {
    let english = scene.reading.language == Language::English;
    let (here, elsewhere) = match (scene.mentions[mention].kind, who) {
        (MentionKind::Name | MentionKind::Organisation, _) => (0.97, 0.82),
        (MentionKind::Pronoun, _) => (0.79, 0.54),
        (MentionKind::Description, Some(Referent::Person(_))) => (0.6, 0.4),
        (MentionKind::Description, _) => (0.55, 0.2),
    };
    if english { here } else { elsewhere }
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
            printed.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    Some(Speaker { name, mention: Some(scene.reading.span(scene.mentions[mention].words.clone())) })
}
