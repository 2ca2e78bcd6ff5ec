//! Noun phrases where nouns are told from other words: German.
//!
//! A phrase goes from its article over its adjectives to the first noun, and on over what belongs to the noun ("die Sprecherin der
//! Gewerkschaft", "ein Anwohner aus Velberg") where it can speak. An article with no noun behind it is a relative pronoun, or stands before a name.

use super::{Mention, MentionKind, description, mention};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Word};

/// The most words between an article and its noun.
const ADJECTIVES: usize = 5;

/// The phrase that begins at word `at`, if one does.
pub fn at(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let determined = words[at].is(DETERMINER) && !words[at].is(NOUN);
    let first = if determined { at + 1 } else { at };
    let head = noun(words, first, end)?;
    let speaks = if determined { may_speak(reading, at, head) } else { description::bare(reading, at, head) };
    if !speaks {
        return None;
    }
    let stop = if words[head].is(ROLE | SOURCE) { belongings(words, head + 1, end) } else { head + 1 };
    Some(mention(reading, at..stop, head, MentionKind::Description))
}

/// A phrase that is no subject (`dem Weg`, `mit der Frage`) can speak only if it is a person, a body or a paper.
fn may_speak(reading: &Reading, at: usize, head: usize) -> bool {
    const OBLIQUE: [&str; 7] = ["dem", "den", "des", "einem", "einen", "einer", "eines"];
    let words = &reading.words;
    let oblique = OBLIQUE.contains(&words[at].span().of(reading.text).to_lowercase().as_str());
    let governed = at.checked_sub(1).is_some_and(|k| words[k].is(PREPOSITION) && words[k].line == words[at].line);
    words[head].is(ROLE | SOURCE | SPOKEN) || !oblique && !governed
}

/// The first noun behind adjectives and places.
fn noun(words: &[Word], first: usize, end: usize) -> Option<usize> {
    let stops = |w: &Word| {
        !w.is_word() && !w.is_point(b'-')
            || w.is(PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | OTHER_PRONOUN | DETERMINER)
            || w.quote != words[first - usize::from(first > 0)].quote && w.shape == Shape::Open
    };
    for k in first..end.min(first + ADJECTIVES) {
        if words[k].is(NOUN) {
            return Some(k);
        }
        let place = words[k].is_capital() && words[k].end - words[k].start >= 5 && words.get(k + 1).is_some_and(|w| w.is(NOUN));
        if stops(&words[k]) || words[k].is_capital() && !place {
            return None;
        }
    }
    None
}

/// One past what belongs to the noun before `at`: a genitive, or a phrase with "von", "aus", "bei", "für", "in".
fn belongings(words: &[Word], at: usize, end: usize) -> usize {
    let mut stop = at;
    while stop - at < 9 {
        let Some(next) = belonging(words, stop, end) else { break };
        stop = next;
    }
    stop
}

fn belonging(words: &[Word], at: usize, end: usize) -> Option<usize> {
    let word = words.get(at).filter(|_| at < end)?;
    let same = |k: usize| k < end && words[k].quote == word.quote;
    let genitive = word.is(DETERMINER) && word.end - word.start >= 3;
    let with = word.shape == Shape::Lower && WITH.contains(&word.hash);
    if !(genitive || with) {
        return None;
    }
    let first = at + usize::from(genitive);
    let inner = if genitive { first } else { at + 1 };
    let inner = if !genitive && same(inner) && words[inner].is(DETERMINER) { inner + 1 } else { inner };
    if !same(inner) {
        return None;
    }
    if let Some(head) = noun(words, inner, end) {
        return same(head).then_some(head + 1);
    }
    let names = (inner..end).take_while(|k| same(*k) && words[*k].is_capital()).count();
    (names > 0).then_some(inner + names)
}

/// "von", "aus", "bei", "für", "in" as the English words that do their work.
const WITH: [u32; 5] = all_known(["of", "from", "with", "for", "in"]);
