//! What the order of German words leaves no doubt about.

use super::{Context, mention_from};
use crate::lexicon::{ADVERB, Language, PREPOSITION, ROLE, SOURCE};
use crate::quotation::mention::MentionKind;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Quoted, Shape, Word};
use std::ops::Range;

/// The most words between a subject behind its verb and the colon.
const MOST_BETWEEN: usize = 6;

/// The most words before a "heißt es" that are looked at: keeps long sentences linear.
const MOST_BEFORE: usize = 40;

/// The subject behind its verb, where it stands if anything else opens the sentence: `Über Ann Lee sagte Bo Ruiz: "..."`.
pub fn subject_behind(scene: Scene, quote: usize, context: &Context, candidates: &[usize]) -> Option<usize> {
    // Verbs that say something and are said of nobody: "kritisierte Bo Ruiz" is as often about him.
    const VERBS: [&str; 29] = [
        "sagte",
        "sagt",
        "sagten",
        "erklärte",
        "erklärt",
        "erklärten",
        "meinte",
        "meint",
        "betonte",
        "betont",
        "schrieb",
        "schreibt",
        "ergänzte",
        "bemerkte",
        "antwortete",
        "äußerte",
        "rief",
        "fragte",
        "verkündete",
        "verkündet",
        "beteuerte",
        "beteuert",
        "urteilte",
        "urteilt",
        "resümierte",
        "behauptete",
        "klagte",
        "twitterte",
        "scherzte",
    ];
    const OBLIQUE: [&str; 6] = ["dem", "den", "des", "einem", "einen", "eines"];
    let (reading, words) = (scene.reading, &scene.reading.words);
    let printed = |k: usize| words[k].span().of(reading.text);
    // "er" is nobody's object, whatever the verb.
    let he = |k: usize| words.get(k + 1).is_some_and(|w| w.span().of(reading.text) == "er");
    let verb = context.cue_before.filter(|k| reading.language == Language::German && (VERBS.contains(&printed(*k)) || he(*k)))?;
    let subject = *candidates.iter().find(|m| scene.mentions[**m].start() == verb + 1)?;
    let between = scene.mentions[subject].reach()..reading.quotes[quote].words.start;
    let alone = candidates.iter().all(|m| !between.contains(&scene.mentions[*m].start()));
    let (colon, rest) = words.get(between)?.split_last()?;
    let plain = colon.is_point(b':') && rest.len() <= MOST_BETWEEN && rest.iter().all(Word::is_word);
    // `Max Halm sagte Ann Lee: "..."`: whoever stands before the verb with no preposition says it.
    let taken = scene.mentions[..subject].last().is_some_and(|m| {
        let person = m.kind != MentionKind::Description || words[m.head].is(ROLE | SOURCE);
        let governed =
            m.begins(words).checked_sub(1).is_some_and(|k| words[k].line == words[verb].line && words[k].is(PREPOSITION));
        m.reach() == verb && person && !governed
    });
    (alone && plain && !OBLIQUE.contains(&printed(verb + 1)) && (!taken || printed(verb + 1) == "er")).then_some(subject)
}

/// A quotation of a German text, and the words of its paragraph.
fn in_german(scene: Scene<'_>, quote: usize) -> Option<(&Quoted, &Range<usize>)> {
    let quoted = &scene.reading.quotes[quote];
    (scene.reading.language == Language::German).then(|| (quoted, &scene.reading.lines[quoted.line].words))
}

/// The paper something stands in: `"...", heißt es in dem Bericht`, `In dem Bericht heißt es: "..."`.
pub fn told_in(scene: Scene, quote: usize) -> Option<usize> {
    let (quoted, line) = in_german(scene, quote)?;
    let words = &scene.reading.words;
    let sentence = words[quoted.words.start].sentence;
    let told = |k: &usize| words[*k].quote == 0 && words[*k].sentence.abs_diff(sentence) <= 1 && is_told(scene, *k);
    let behind = (quoted.words.end..line.end.min(quoted.words.end + 3)).find(told);
    let before = || (line.start.max(quoted.words.start.saturating_sub(25))..quoted.words.start).rev().find(told);
    let verb = behind.or_else(before)?;
    named_in(scene, verb + 2, line.end).or_else(|| {
        let same = |k: &usize| words[*k].sentence == words[verb].sentence;
        let opens = (line.start..verb).rev().take(MOST_BEFORE).take_while(same).last()?;
        let whole = opens == line.start || !same(&(opens - 1));
        named_in(scene, opens, verb).filter(|_| whole)
    })
}

/// Whom a paper quotes: `Die Rundschau zitiert Ann Lee mit den Worten: "..."`, `Ann Lee wird von der Rundschau zitiert: "..."`, `"...", zitiert die
/// Rundschau Ann Lee`.
pub fn cited(scene: Scene, quote: usize) -> Option<usize> {
    let (quoted, line) = in_german(scene, quote)?;
    let (reading, words) = (scene.reading, &scene.reading.words);
    let open = quoted.words.start;
    let sentence = words[open].sentence;
    let plain = |k: &usize| words[*k].quote == 0;
    let before = (line.start..open).rev().take(MOST_BEFORE).take_while(|k| words[*k].sentence == sentence).filter(plain);
    let printed = |k: usize| words[k].span().of(reading.text);
    if let Some(verb) = before.clone().find(|k| is_citing(printed(*k))) {
        let last = words[verb + 1..open].iter().all(|w| !w.is_word()) && printed(verb) == "zitiert";
        let passive = before.clone().find(|k| *k < verb && matches!(printed(*k), "wird" | "wurde" | "werden" | "wurden"));
        if let Some(passive) = passive.filter(|_| last) {
            return mention_from(scene, passive + 1).or_else(|| mention_to(scene, passive));
        }
        // "zitierte Ann Lee mit den Worten", not "zitierte Ann Lee ins Ministerium und sagte".
        let whom = (verb + 1..open.min(verb + 3)).find_map(|k| mention_from(scene, k))?;
        let reach = scene.mentions[whom].reach();
        return (words[reach].is_point(b':') || matches!(printed(reach), "mit" | "so" | "wie")).then_some(whom);
    }
    let ends = words.get(quoted.words.end)?.sentence;
    let behind = (quoted.words.end..line.end).take(MOST_BEHIND).take_while(|k| words[*k].sentence == ends).filter(plain);
    let first = behind.clone().find(|k| words[*k].is_word())?;
    if matches!(printed(first), "wird" | "wurde") {
        return mention_from(scene, first + 1).filter(|_| behind.clone().any(|k| printed(k) == "zitiert"));
    }
    let paper = mention_from(scene, first + 1).filter(|_| is_citing(printed(first)))?;
    mention_from(scene, scene.mentions[paper].reach())
}

/// So many words behind a quotation a "zitiert" is looked for.
const MOST_BEHIND: usize = 16;

fn is_citing(printed: &str) -> bool {
    matches!(printed, "zitiert" | "zitierte" | "zitieren" | "zitierten")
}

/// The mention that ends where a verb or the comma before it stands.
fn mention_to(scene: Scene, verb: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let ends = verb.checked_sub(1).filter(|k| words[*k].line == words[verb].line)?;
    let comma = usize::from(words[ends].is_point(b','));
    let before = scene.mentions.partition_point(|m| m.start() < verb).checked_sub(1)?;
    (scene.mentions[before].reach() + comma >= verb).then_some(before)
}

/// Whether "heißt es" or "es hieß" begins at a word.
fn is_told(scene: Scene, at: usize) -> bool {
    let words = &scene.reading.words;
    let printed = |k: usize| words.get(k).map_or("", |w| w.span().of(scene.reading.text));
    let says = |k: usize| matches!(printed(k), "heißt" | "hieß" | "heiße");
    says(at) && printed(at + 1) == "es" || printed(at).eq_ignore_ascii_case("es") && says(at + 1)
}

/// The description behind an "in", which stands behind a few adverbs at most. A name there is a place: `In Velberg heißt es: "..."`.
fn named_in(scene: Scene, from: usize, end: usize) -> Option<usize> {
    let words = &scene.reading.words;
    let adverbs =
        words.get(from..end)?.iter().take(3).take_while(|w| w.is(ADVERB) || w.shape == Shape::Lower && w.class == 0).count();
    let printed = words.get(from + adverbs)?.span().of(scene.reading.text);
    let within = matches!(printed, "in" | "im" | "auf" | "aus" | "In" | "Im" | "Auf" | "Aus");
    let described = |m: &usize| scene.mentions[*m].kind == MentionKind::Description && !scene.mentions[*m].quoted;
    mention_from(scene, from + adverbs + 1).filter(|m| within && described(m))
}
