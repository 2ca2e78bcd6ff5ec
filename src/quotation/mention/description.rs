//! Descriptions: noun phrases that can speak without a name.
//!
//! With a determiner any noun phrase counts ("the man at the door" up to "man"), without one only people and sources where a phrase can
//! begin ("officials", "police"). `Okri's lawyer` is a description too, and not a mention of Okri.

use super::noun_phrase;
use super::{Mention, MentionKind, begins_sentence, mention};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Word};

/// The description that begins at word `at`, if one does.
pub fn at(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    if reading.language == Language::German {
        return noun_phrase::at(reading, at, end);
    }
    let words = &reading.words;
    let word = &words[at];
    let first = if word.is(DETERMINER) && !word.is(OTHER_PRONOUN) { at + 1 } else { at };
    let with_determiner = first > at;
    let stop = phrase_end(words, first, end);
    let head = head(words, first, stop, with_determiner)?;
    if with_determiner && is_name(words, first, head) {
        return None;
    }
    if !with_determiner && !bare(reading, at, head) {
        return None;
    }
    Some(mention(reading, at..head + 1, head, MentionKind::Description))
}

/// `Okri's lawyer`: the person who belongs to a name, where no name of their own follows. `Okri's claim` stays Okri's.
pub fn owned(reading: &Reading, name: &Mention, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let owner = name.end();
    if owner + 1 >= end || !is_possessive(&words[owner]) || words[owner].quote != words[owner + 1].quote {
        return None;
    }
    let stop = phrase_end(words, owner + 1, end);
    let person = |k: &usize| {
        words[*k].is(ROLE) || words[*k].is(SOURCE) && !words[*k].is(SPOKEN) && (words[*k].is_body() || is_camp(&words[*k]))
    };
    let head = (owner + 1..stop).rev().find(person)?;
    let named =
        words[head + 1..end.min(head + 3)].iter().take_while(|w| w.is_point(b',') || w.is_capital()).any(Word::is_capital);
    let plain = words[owner + 1..head].iter().all(|w| w.shape == Shape::Lower || w.is_point(b'-'));
    (plain && !named && head + 1 == stop).then(|| mention(reading, name.start()..head + 1, head, MentionKind::Description))
}

/// "campaign", "office": bodies around one person.
fn is_camp(word: &Word) -> bool {
    const CAMPS: [u32; 4] = all_known(["campaign", "office", "team", "administration"]);
    CAMPS.contains(&word.hash)
}

/// "the Harbour Board" is a name behind an article; "the US President" is not.
fn is_name(words: &[Word], first: usize, head: usize) -> bool {
    words[first..=head].iter().all(Word::is_capital) && !words[head].is(ROLE | TITLE | NATION)
}

/// One past the last word that can belong to the noun phrase beginning at `first`.
fn phrase_end(words: &[Word], first: usize, end: usize) -> usize {
    let stops = |word: &Word| {
        !word.is_word()
            || word.is(PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | OTHER_PRONOUN | CALENDAR | ADVERB)
            || word.is(SAYING)
            || (word.is(SAY) && !word.is(SPOKEN | ROLE | SOURCE))
    };
    let mut stop = first;
    while stop < end && stop - first < 7 && words[stop].quote == words[first].quote {
        let hyphen = words[stop].is_point(b'-') && stop > first;
        let possessive =
            stop > first && words[stop].end - words[stop].start <= 4 && words[stop].is(AUXILIARY) && is_possessive(&words[stop]);
        if !hyphen && !possessive && stops(&words[stop]) {
            break;
        }
        stop += 1;
    }
    stop
}

fn is_possessive(word: &Word) -> bool {
    const S: u32 = known("'s");
    word.hash == S
}

/// The noun that decides: the last of the first run of people or sources, else the last word.
fn head(words: &[Word], first: usize, stop: usize, with_determiner: bool) -> Option<usize> {
    let speaks = |k: usize| words[k].is(ROLE | SOURCE | SPOKEN) && words[k].shape != Shape::Point;
    let mut head = (first..stop).find(|k| speaks(*k));
    while let Some(k) = head {
        if k + 1 < stop && speaks(k + 1) {
            head = Some(k + 1);
        } else if k + 2 < stop && is_possessive(&words[k + 1]) {
            head = (k + 2..stop).find(|k| speaks(*k)).or(Some(stop - 1));
            break;
        } else {
            break;
        }
    }
    let last = stop.checked_sub(1).filter(|last| *last >= first && with_determiner && words[*last].is_word());
    head.or(last).filter(|head| words[*head].shape != Shape::Number)
}

/// Without a determiner only people and sources count, and only where a noun phrase can begin.
pub(super) fn bare(reading: &Reading, at: usize, head: usize) -> bool {
    let words = &reading.words;
    if !words[head].is(ROLE | SOURCE) || (words[head].is(SAY) && !words[head].is(ROLE)) {
        return false;
    }
    if words[at].is_capital() && !begins_sentence(reading, at) {
        return false;
    }
    at == 0 || words[at - 1].line != words[at].line || starts_here(&words[at - 1]) || begins_sentence(reading, at)
}

fn starts_here(before: &Word) -> bool {
    !before.is_word()
        || before.is(PREPOSITION | CONJUNCTION | AUXILIARY | SAY | SAYING | DETERMINER | ADVERB)
        || before.is_capital()
}
