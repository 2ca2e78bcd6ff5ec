//! What the order of German words leaves no doubt about.

use super::{Context, mention_from};
use crate::lexicon::{ADVERB, Language};
use crate::quotation::mention::MentionKind;
use crate::quotation::scene::Scene;
use crate::quotation::words::{Shape, Word};

/// The most words between a subject behind its verb and the colon.
const MOST_BETWEEN: usize = 6;

/// The most words before a "heißt es" that are looked at: keeps long sentences linear.
const MOST_BEFORE: usize = 40;

/// The subject behind its verb, where it stands if anything else opens the sentence: `Über Ann Lee sagte Bo Ruiz: "..."`.
pub fn subject_behind(scene: Scene, quote: usize, context: &Context, candidates: &[usize]) -> Option<usize> {
    // Verbs that say something and are said of nobody: "kritisierte Bo Ruiz" is as often about him.
    const VERBS: [&str; 18] = [
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
    ];
    const OBLIQUE: [&str; 6] = ["dem", "den", "des", "einem", "einen", "eines"];
    let (reading, words) = (scene.reading, &scene.reading.words);
    let printed = |k: usize| words[k].span().of(reading.text);
    let verb = context.cue_before.filter(|k| reading.language == Language::German && VERBS.contains(&printed(*k)))?;
    let subject = *candidates.iter().find(|m| scene.mentions[**m].start() == verb + 1)?;
    let between = scene.mentions[subject].reach()..reading.quotes[quote].words.start;
    let alone = candidates.iter().all(|m| !between.contains(&scene.mentions[*m].start()));
    let (colon, rest) = words.get(between)?.split_last()?;
    let plain = colon.is_point(b':') && rest.len() <= MOST_BETWEEN && rest.iter().all(Word::is_word);
    (alone && plain && !OBLIQUE.contains(&printed(verb + 1))).then_some(subject)
}

/// The paper something stands in: `"...", heißt es in dem Bericht`, `In dem Bericht heißt es: "..."`.
pub fn told_in(scene: Scene, quote: usize) -> Option<usize> {
    let reading = scene.reading;
    if reading.language != Language::German {
        return None;
    }
    let words = &reading.words;
    let quoted = &reading.quotes[quote];
    let line = &reading.lines[quoted.line].words;
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
