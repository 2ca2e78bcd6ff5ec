//! Noun phrases where nouns are told from other words: German.
//!
//! A phrase goes from its article over its adjectives to the first noun, and on over what belongs to the noun ("die Sprecherin der
//! Gewerkschaft", "ein Anwohner aus Velberg") where it can speak. An article with no noun behind it is a relative pronoun, or stands before a name.

use super::runs::is_of;
use super::{Mention, MentionKind, description, is_sent_to, mention};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Symbol, Word};
use std::ops::Range;

/// Whether the first word of a German sentence ends as adverbs do: the verb follows it as it would follow a name.
pub fn is_adverb(reading: &Reading, at: usize) -> bool {
    const ENDINGS: [&str; 14] =
        ["isch", "lich", "ig", "weise", "mals", "end", "haft", "sam", "los", "bar", "dings", "wegs", "seits", "falls"];
    let printed = reading.words[at].span().of(reading.text);
    reading.language == Language::German && ENDINGS.iter().any(|ending| printed.ends_with(ending))
}

/// The most words between an article and its noun.
const ADJECTIVES: usize = 5;

/// The phrase that begins at word `at`, if one does.
pub fn at(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let determined = words[at].is(DETERMINER) && !words[at].is(COMMON);
    let first = if determined { at + 1 } else { at };
    let head = noun(words, first, end)?;
    if is_words(reading, head) {
        return None;
    }
    let speaks = if determined { may_speak(reading, at, head) } else { description::bare(reading, at, head, head + 1) };
    if !speaks {
        return None;
    }
    let stop = if words[head].is(ROLE | SOURCE) { belongings(reading, head + 1, end) } else { head + 1 };
    Some(mention(reading, at..stop, head, MentionKind::Description))
}

/// `der Sprecher der Gewerkschaft, Max Roe,`, `said the mayor, Ada Roe.`, `the minister for civil aviation Ada Roe`: the phrase is the role of the name behind it.
pub fn apposed(reading: &Reading, before: &Mention, name: &Mention) -> Option<Range<usize>> {
    let words = &reading.words;
    // `the ambassador to Norland Ada Roe`
    let sent = name.role.as_ref().is_some_and(|country| is_sent_to(words, country.start) && before.end() + 1 == country.start);
    let person = name.kind == MentionKind::Name && (name.role.is_none() || sent) && name.words.len() >= 2;
    let described = before.kind == MentionKind::Description && words[before.head].is(ROLE);
    if !person || !described {
        return None;
    }
    if reading.language == Language::English && (sent || runs_into(words, before, name)) {
        return Some(without_article(words, before).start..name.words.start);
    }
    let comma = before.end() + 1 == name.start() && words[before.end()].is_point(b',');
    // A line's end may have broken the name at its hyphen.
    let closed = words.get(name.end()).is_none_or(|w| [b',', b'.', b'(', b'-'].iter().any(|point| w.is_point(*point)));
    let said = || before.start().checked_sub(1).is_some_and(|k| words[k].is(SAY) && words[k].line == words[before.head].line);
    let alone = match reading.language {
        Language::German => true,
        // "He met the mayor, Ann Lee, and ..." may list two; "said the mayor, Ann Lee" does not.
        Language::English => said(),
        _ => false,
    };
    (comma && closed && alone).then(|| without_article(words, before))
}

/// The words of a description behind its article.
fn without_article(words: &[Word], described: &Mention) -> Range<usize> {
    described.words.start + usize::from(words[described.words.start].is(DETERMINER))..described.end()
}

/// `the minister for civil aviation Ada Roe`: an office, what it is for, and a name without a comma.
fn runs_into(words: &[Word], before: &Mention, name: &Mention) -> bool {
    // Whoever holds such an office is the one named; a lawyer or a mother is somebody else's.
    const OFFICES: [u32; 6] = all_known(["minister", "secretary", "commissioner", "director", "chief", "head"]);
    let between = before.end()..name.words.start;
    let lower = |k: usize| {
        words[k].shape == Shape::Lower && !words[k].is(SAY | SAYING | AUXILIARY | PRONOUN | OTHER_PRONOUN | ADVERB | ROLE | TITLE)
    };
    let plain = |k: usize| !words[k].is(PREPOSITION | CONJUNCTION | DETERMINER) && words[k].point != Symbol::Past as u8;
    OFFICES.contains(&words[before.head].hash)
        && (2..=5).contains(&between.len())
        && is_of(&words[between.start])
        && between.clone().all(lower)
        && between.clone().skip(1).all(|k| plain(k) || words[k].hash == known("and"))
        && words[before.head].quote == words[name.head].quote
}

/// "Worten": with them somebody says something, and they say nothing.
fn is_words(reading: &Reading, at: usize) -> bool {
    let printed = reading.words[at].span().of(reading.text);
    matches!(printed, "Worte" | "Worten")
}

/// A phrase that is no subject (`dem Weg`, `mit der Frage`) can speak only if it is a person, a body or a paper; "mit den Worten" is only how.
fn may_speak(reading: &Reading, at: usize, head: usize) -> bool {
    const OBLIQUE: [&str; 7] = ["dem", "den", "des", "einem", "einen", "einer", "eines"];
    let words = &reading.words;
    let is_one_of = |k: usize, list: &[&str]| list.contains(&words[k].span().of(reading.text).to_lowercase().as_str());
    let before = at.checked_sub(1).filter(|k| words[*k].line == words[at].line);
    if before.is_some_and(|k| is_one_of(k, &["mit"])) && words[head].is(SPOKEN) {
        return false;
    }
    let governed = before.is_some_and(|k| words[k].is(PREPOSITION));
    words[head].is(ROLE | SOURCE | SPOKEN) || !is_one_of(at, &OBLIQUE) && !governed
}

/// Articles that join a noun to the one before.
const GENITIVE: [&str; 9] = ["der", "des", "einer", "eines", "dieser", "dieses", "seiner", "ihrer", "unserer"];

/// The first noun behind adjectives and places.
fn noun(words: &[Word], first: usize, end: usize) -> Option<usize> {
    const TWO: u32 = known("two");
    let stops = |w: &Word| {
        !w.is_word() && !w.is_point(b'-')
            || w.is(PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | OTHER_PRONOUN | DETERMINER) && w.hash != TWO
            || w.quote != words[first - usize::from(first > 0)].quote && w.shape == Shape::Open
    };
    for k in first..end.min(first + ADJECTIVES) {
        // "Velberger" in "die Velberger Feuerwehr".
        let placed = words[k].is(NATION) && words.get(k + 1).is_some_and(|w| w.is(COMMON));
        if words[k].is(COMMON) && !placed {
            return Some(k);
        }
        let place = words[k].is_capital() && words[k].end - words[k].start >= 5 && words.get(k + 1).is_some_and(|w| w.is(COMMON));
        if stops(&words[k]) || words[k].is_capital() && !place {
            return None;
        }
    }
    None
}

/// One past what belongs to the noun before `at`: a genitive, or a phrase with "von", "aus", "bei", "für"; "in" a place.
fn belongings(reading: &Reading, at: usize, end: usize) -> usize {
    let mut stop = at;
    while stop - at < 9 {
        let Some(next) = belonging(reading, stop, end) else { break };
        stop = next;
    }
    stop
}

fn belonging(reading: &Reading, at: usize, end: usize) -> Option<usize> {
    const JOINING: [&str; 6] = ["von", "vom", "aus", "bei", "beim", "für"];
    let words = &reading.words;
    let word = words.get(at).filter(|w| at < end && w.shape == Shape::Lower)?;
    let printed = word.span().of(reading.text);
    let same = |k: usize| k < end && words[k].quote == word.quote;
    let (genitive, joined, placed) = (GENITIVE.contains(&printed), JOINING.contains(&printed), printed == "in");
    let article = (joined || placed) && same(at + 1) && words[at + 1].is(DETERMINER);
    let inner = at + 1 + usize::from(article);
    if !(genitive || joined || placed) || !same(inner) {
        return None;
    }
    match noun(words, inner, end) {
        Some(head) if !placed => same(head).then_some(head + 1),
        Some(_) => None,
        None => {
            let names = (inner..end).take_while(|k| same(*k) && words[*k].is_capital()).count();
            (names > 0).then_some(inner + names)
        }
    }
}
