//! Subjects that a verb of saying does without: `"Não há carvão", afirmou.`
//!
//! Spanish, Portuguese, Italian and others tell by the verb alone that somebody speaks who was named before. Such a verb is given a mention of no
//! words right before it, which is to the other steps what "he" is in "he said".

use super::{Mention, MentionKind};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Word};

/// How many words before a verb its subject is looked for.
const REACH: usize = 40;

/// Adds a mention for every verb of saying without a subject.
pub fn add(reading: &Reading, found: &mut Vec<Mention>) {
    let before = found.len();
    for line in reading.lines.iter().filter(|line| !line.heading) {
        for verb in line.words.clone() {
            if is_verb(reading, verb) && !has_subject(reading, &found[..before], verb) {
                let start = start(reading, verb, line.words.start);
                found.push(Mention {
                    words: start..start,
                    whole: start..start,
                    owner: None,
                    inside: false,
                    speaks: false,
                    head: verb,
                    kind: MentionKind::Pronoun,
                    role: None,
                    person: None,
                    quoted: false,
                    implied: true,
                });
            }
        }
    }
    found.sort_by_key(|mention| mention.words.start);
}

fn is_verb(reading: &Reading, at: usize) -> bool {
    let word = &reading.words[at];
    let lower = word.shape == Shape::Lower || word.shape == Shape::Capital && super::begins_sentence(reading, at);
    let text = word.span().of(reading.text);
    word.quote == 0 && lower && word.is(SAY) && !word.is(SPOKEN & !SAY) && !reading.grammar.ends_like_plural(text)
}

/// Where the verb begins, with auxiliaries and a "not" before it.
fn start(reading: &Reading, verb: usize, line: usize) -> usize {
    let joined = |k: &usize| {
        let word = &reading.words[*k];
        word.shape == Shape::Lower && word.is(AUXILIARY | ADVERB | OTHER_PRONOUN) && word.quote == 0
    };
    (line.max(verb.saturating_sub(3))..verb).rev().take_while(joined).last().unwrap_or(verb)
}

/// Whether somebody stands behind the verb or, in its clause, before it.
fn has_subject(reading: &Reading, mentions: &[Mention], verb: usize) -> bool {
    let words = &reading.words;
    let line = words[verb].line;
    let start = start(reading, verb, reading.lines[line as usize].words.start);
    let next = mentions.partition_point(|m| m.start() < verb);
    let follows = |m: &Mention| {
        let gap = &words[verb + 1..m.start().max(verb + 1)];
        m.start() > verb
            && gap.len() <= 2
            && words[m.start()].line == line
            && gap.iter().all(|w| w.is(ADVERB | OTHER_PRONOUN) || is_article(reading, w, m))
    };
    let inside = mentions[..next].last().is_some_and(|m| m.end() > start);
    if inside || mentions.get(next).is_some_and(|m| !m.quoted && follows(m)) {
        return true;
    }
    let mut before = mentions[..next].iter().rev().take_while(|m| m.end() + REACH > start && words[m.head].line == line);
    before.any(|m| !m.quoted && words[m.head].sentence == words[verb].sentence && governs(reading, m, start))
}

/// The article of a subject behind its verb: `disse o Observatório`. Portuguese "a" is "to" as well: `disse a Bo Ruiz`.
fn is_article(reading: &Reading, word: &Word, mention: &Mention) -> bool {
    let to = word.span().of(reading.text) == "a";
    let she = mention.kind == MentionKind::Organisation || reading.words[mention.words.start].is(WOMAN);
    word.is(DETERMINER) && (!to || she)
}

/// Whether a mention may be the subject of the verb at `verb`: nothing governs it, and no other clause begins between.
fn governs(reading: &Reading, mention: &Mention, verb: usize) -> bool {
    let words = &reading.words;
    let governed = mention
        .start()
        .checked_sub(1)
        .is_some_and(|k| words[k].line == words[verb].line && (words[k].is(PREPOSITION | SAY) || words[k].hash == known("of")));
    let between = &words[mention.end().min(verb)..verb];
    let joined = between.iter().any(|w| w.is(CONJUNCTION) && !is_relative(w.hash) || w.quote != 0 || w.is_point(b';'));
    let apposed = mention.role.as_ref().is_some_and(|role| words[role.end..mention.words.start].iter().any(|w| w.is_point(b',')));
    let commas = between.iter().filter(|w| w.is_point(b',')).count() + usize::from(apposed);
    let relative = between.last().is_some_and(|w| is_relative(w.hash));
    !governed && !joined && (commas != 1 || relative)
}

/// `o ministro, que disse`: the one before the comma says it.
fn is_relative(word: u32) -> bool {
    word == known("that") || word == known("who")
}
