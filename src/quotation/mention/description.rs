//! Descriptions: noun phrases that can speak without a name.
//!
//! With a determiner any noun phrase counts ("the man at the door" up to "man"), without one only people and sources where a phrase can
//! begin ("officials", "police"). `Okri's lawyer` is a description too, and not a mention of Okri.

use super::noun_phrase;
use super::phrase::whole;
use super::runs::is_of;
use super::{Mention, MentionKind, begins_sentence, mention};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Symbol, Word};

/// The description that begins at word `at`, if one does.
pub fn at(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    if reading.language == Language::German {
        return noun_phrase::at(reading, at, end);
    }
    let words = &reading.words;
    let word = &words[at];
    // Nouns without capitals and one article for each: what is told here by word order holds for English.
    let english = reading.language == Language::English;
    if english && word.hash == THAT && !begins_sentence(reading, at) {
        // "said that his wife": a conjunction, and what it points at begins behind it.
        return None;
    }
    if english && (points_at_verb(reading, at) || at > 0 && points_at_verb(reading, at - 1)) {
        return None;
    }
    let opens = word.is(DETERMINER) && !word.is(OTHER_PRONOUN);
    let first = if opens { one_of(words, at, end).unwrap_or(at + 1) } else { at };
    if let Some(number) = alone(words, at, end) {
        return Some(mention(reading, at..number + 1, number, MentionKind::Description));
    }
    if !opens && !may_begin(reading, at) {
        return None;
    }
    let mut stop = phrase_end(words, first, end);
    if !opens && !words[first..stop].iter().any(|w| w.is(ROLE | SOURCE)) {
        return None;
    }
    if english {
        stop = before_another(words, first, stop);
        stop = if opens { before_verb(words, first, stop) } else { stop };
    }
    let head = head(reading, first, stop, opens)?;
    if opens && english && names_last(words, first, head) {
        return super::name(reading, head, end).filter(|name| name.kind == MentionKind::Name);
    }
    if opens && (is_name(words, first, head) || english && (acting_name(words, first, head) || goes_on(words, head))) {
        return None;
    }
    if !opens && !bare(reading, at, head, stop) {
        return None;
    }
    Some(whole(reading, mention(reading, at..head + 1, head, MentionKind::Description), end))
}

const THAT: u32 = known("that");

/// `That includes 1.1 million people`: behind "this" or "that", which point at one thing, a word in "s" before a number or an article is what it does.
fn points_at_verb(reading: &Reading, at: usize) -> bool {
    const ONE: [u32; 2] = all_known(["this", "that"]);
    let words = &reading.words;
    let line = words[at].line;
    let word = |k: usize| words.get(k).filter(|w| w.line == line);
    let Some(verb) = word(at + 1).filter(|w| ONE.contains(&words[at].hash) && w.shape == Shape::Lower) else { return false };
    let object = word(at + 2).is_some_and(|w| w.shape == Shape::Number || w.is(DETERMINER | OTHER_PRONOUN));
    object && verb.span().of(reading.text).ends_with('s') && !verb.is(SPOKEN | ROLE | SOURCE)
}

/// `one of the men`, `some of his friends`: where the noun phrase behind "of the" begins.
fn one_of(words: &[Word], at: usize, end: usize) -> Option<usize> {
    const SOME: [u32; 12] =
        all_known(["one", "two", "three", "some", "many", "several", "most", "both", "each", "another", "few", "any"]);
    let of = SOME.contains(&words[at].hash) && at + 3 < end && words[at + 1].hash == known("of");
    (of && words[at + 2].is(DETERMINER) && words[at + 3].quote == words[at].quote).then_some(at + 3)
}

/// "one", "another", "some" with a verb of saying beside: `another said`, `one wrote`.
fn alone(words: &[Word], at: usize, end: usize) -> Option<usize> {
    const ALONE: [u32; 8] = all_known(["one", "another", "some", "others", "many", "both", "someone", "several"]);
    // Asked of every word: all of these are of one of the classes, and few others are.
    if !words[at].is(DETERMINER | ROLE) || !ALONE.contains(&words[at].hash) || words[at].is(ROLE) && !words[at].is(DETERMINER) {
        return None;
    }
    let says = |k: usize| k < end && words[k].is(SAY | SAYING) && words[k].shape == Shape::Lower && !words[k].is(SOURCE);
    let spoken = says(at + 1) || at + 1 < end && words[at + 1].is(ADVERB) && says(at + 2);
    let ends = at + 1 >= end || !words[at + 1].is_word();
    let inverted = ends && at > 0 && words[at - 1].is(SAY) && words[at - 1].line == words[at].line;
    (spoken || inverted).then_some(at)
}

/// `Okri's lawyer`: the person who belongs to a name, where no name of their own follows. `Okri's claim` stays Okri's.
pub fn owned(reading: &Reading, name: &Mention, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let owner = name.end();
    if owner + 1 >= end || !is_possessive(&words[owner]) || words[owner].quote != words[owner + 1].quote {
        return None;
    }
    let stop = phrase_end(words, owner + 1, end);
    let stop = if reading.language == Language::English { before_another(words, owner + 1, stop) } else { stop };
    let person = |k: &usize| {
        words[*k].is(ROLE) || words[*k].is(SOURCE) && !words[*k].is(SPOKEN) && (words[*k].is_body() || is_camp(&words[*k]))
    };
    let head = (owner + 1..stop).rev().find(person)?;
    let named =
        words[head + 1..end.min(head + 3)].iter().take_while(|w| w.is_point(b',') || w.is_capital()).any(Word::is_capital);
    let plain = words[owner + 1..head].iter().all(|w| w.shape == Shape::Lower || w.is_point(b'-'));
    let owned = || mention(reading, name.start()..head + 1, head, MentionKind::Description);
    (plain && !named && head + 1 == stop).then(|| whole(reading, owned(), end))
}

/// `Ruiz's statement said`: what a paper says whose owner is named, the owner says. One past the paper, where a verb of saying follows it.
pub fn paper(reading: &Reading, name: &Mention, end: usize) -> Option<usize> {
    const OWN: [u32; 7] = all_known(["own", "latest", "first", "second", "written", "resignation", "original"]);
    let words = &reading.words;
    let owner = name.end();
    if reading.language != Language::English || owner + 2 >= end || !is_possessive(&words[owner]) {
        return None;
    }
    // `Ruiz's autopsy report` is no word of hers.
    let last = owner + 1 + usize::from(OWN.contains(&words[owner + 1].hash));
    let same = |k: usize| k < end && words[k].shape == Shape::Lower && words[k].quote == words[owner].quote;
    let says = same(last) && same(last + 1) && words[last + 1].is(SAY);
    (says && words[last].is(SPOKEN)).then_some(last + 1)
}

/// `Harbour Securities officials`, `White House staff`: the people of a body, where no name of their own follows.
pub fn staffed(reading: &Reading, name: &Mention, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let from = name.end();
    let lower = |k: usize| k < end && words[k].shape == Shape::Lower && words[k].quote == words[from - 1].quote;
    let run = words[name.words.clone()].iter().any(|w| w.is(MAN | WOMAN)) && name.kind == MentionKind::Name;
    if reading.language != Language::English || run || name.role.is_some() || !lower(from) {
        return None;
    }
    let stop = before_another(words, from, phrase_end(words, from, end));
    let people = |w: &Word| w.is(ROLE) || CROWDS.contains(&w.hash);
    let head = (from..stop).rev().find(|k| people(&words[*k]) && !words[*k].is(SAY))?;
    let plain = (from..=head).all(lower);
    let named = words.get(head + 1).is_some_and(Word::is_capital)
        || words.get(head + 1).is_some_and(|w| w.is_point(b',')) && words.get(head + 2).is_some_and(Word::is_capital);
    (plain && !named && head + 1 == stop && head - from <= 2)
        .then(|| whole(reading, mention(reading, name.start()..head + 1, head, MentionKind::Description), end))
}

/// Nouns of many who act together.
const CROWDS: [u32; 18] = all_known([
    "police",
    "authorities",
    "groups",
    "agencies",
    "companies",
    "firms",
    "banks",
    "unions",
    "military",
    "army",
    "government",
    "ministry",
    "troops",
    "staff",
    "charities",
    "councils",
    "insurers",
    "retailers",
]);

/// "campaign", "office": bodies around one person.
fn is_camp(word: &Word) -> bool {
    const CAMPS: [u32; 4] = all_known(["campaign", "office", "team", "administration"]);
    CAMPS.contains(&word.hash)
}

/// "the Harbour Board" is a name behind an article; "the US President" is not.
fn is_name(words: &[Word], first: usize, head: usize) -> bool {
    words[first..=head].iter().all(Word::is_capital) && !words[head].is(ROLE | TITLE | NATION)
}

/// `the 14th-ranked Lee`: what stands before a last name tells of the person, and the name is who speaks.
fn names_last(words: &[Word], first: usize, head: usize) -> bool {
    const THINGS: Class = ROLE | TITLE | SOURCE | SPOKEN | ORGANISATION | PLACE | NATION | CALENDAR | COMMON;
    let name = words[head].shape == Shape::Capital && !words[head].is(THINGS) && words.get(head + 1).is_some_and(|w| w.is(SAY));
    let told = |w: &Word| w.shape == Shape::Lower && !w.is(COMMON | SAY) || w.is_point(b'-') || w.shape == Shape::Number;
    name && head > first && words[first..head].iter().all(told)
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

const ARTICLES: [u32; 14] =
    all_known(["a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"]);

/// A noun phrase has one article, and "reports" behind "the paper" is what it does.
fn before_another(words: &[Word], first: usize, stop: usize) -> usize {
    let another = |k: &usize| {
        let (word, before) = (&words[*k], &words[*k - 1]);
        let subject = before.is(ROLE | SOURCE) || before.is_capital() && !words.get(*k + 1).is_some_and(|w| w.is(SAY));
        let verb = word.shape == Shape::Lower && word.is(SAY) && !word.is(ROLE) && subject;
        verb || word.is(DETERMINER) && ARTICLES.contains(&word.hash) || FINITE.contains(&word.hash)
    };
    (first + 1..stop).find(another).unwrap_or(stop)
}

/// Where a noun phrase without a noun for people or sources surely ends: before a last word in "ed", and before a name behind a noun in
/// small letters (`the story portrayed`, `the film Lena Ruiz`).
fn before_verb(words: &[Word], first: usize, stop: usize) -> usize {
    let speaks = |w: &Word| w.is(ROLE | SOURCE | SPOKEN);
    if stop <= first + 1 || words[first..stop].iter().any(speaks) {
        return stop;
    }
    let name = (first + 1..stop).find(|k| words[*k].is_capital() && words[*k - 1].shape == Shape::Lower);
    let stop = name.unwrap_or(stop);
    let last = &words[stop - 1];
    let verb = stop > first + 1 && last.shape == Shape::Lower && last.point == Symbol::Past as u8;
    if verb { stop - 1 } else { stop }
}

/// `The ADL issued`, `The Tories want to`: a name in capitals and what it does is no noun phrase.
fn acting_name(words: &[Word], first: usize, head: usize) -> bool {
    let capitals = words[first..=head].iter().take_while(|w| w.is_capital()).count();
    let behind = first + capitals;
    let titled = capitals > 0 && words[behind - 1].is(ROLE | TITLE);
    let described = titled || words[behind..=head].iter().any(|w| w.is(ROLE | SOURCE | SPOKEN | NATION));
    let Some(verb) = words.get(behind).filter(|w| w.shape == Shape::Lower && !described) else { return false };
    let to = words.get(behind + 1).is_some_and(|w| w.hash == known("to") || ARTICLES.contains(&w.hash) || w.is(OTHER_PRONOUN));
    capitals > 0 && (verb.point == Symbol::Past as u8 || to || FINITE.contains(&verb.hash))
}

/// Verbs that no noun is spelt like.
const FINITE: [u32; 34] = all_known([
    "found", "took", "became", "went", "came", "held", "made", "gave", "got", "kept", "lost", "met", "won", "saw", "sent",
    "began", "brought", "built", "drew", "fell", "led", "paid", "rose", "sold", "spent", "stood", "struck", "comes", "seeks",
    "wants", "gives", "takes", "makes", "shows",
]);

/// `the US Secretary of State Ann Lee`: a title that goes on in capitals belongs to the name behind it.
fn goes_on(words: &[Word], head: usize) -> bool {
    let title = words[head].is_capital() && words[head].is(TITLE);
    title
        && words.get(head + 1).is_some_and(is_of)
        && words.get(head + 2).is_some_and(Word::is_capital)
        && words.get(head + 3).is_some_and(Word::is_capital)
}

pub(super) fn is_possessive(word: &Word) -> bool {
    const S: u32 = known("'s");
    word.hash == S
}

/// The noun that decides: the last of the first run of people or sources, else the last word.
fn head(reading: &Reading, first: usize, stop: usize, with_determiner: bool) -> Option<usize> {
    let words = &reading.words;
    // "economist Bill Sandor" names no bill.
    let given = |k: usize| words[k].is_capital() && words[k].is(MAN | WOMAN) && words.get(k + 1).is_some_and(Word::is_capital);
    let speaks = |k: usize| words[k].is(ROLE | SOURCE | SPOKEN) && words[k].shape != Shape::Point && !given(k);
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
    head.or(last).filter(|head| words[*head].shape != Shape::Number || is_age(reading, *head))
}

/// "56-year-old": the person who is so old.
fn is_age(reading: &Reading, at: usize) -> bool {
    let text = reading.words[at].span().of(reading.text);
    text.ends_with("-old") || text.ends_with("-olds")
}

/// Without a determiner only people and sources count, and only where a noun phrase can begin.
pub(super) fn bare(reading: &Reading, at: usize, head: usize, stop: usize) -> bool {
    const VERBS: [u32; 10] = all_known(["get", "give", "make", "let", "help", "dare", "keep", "see", "urge", "want"]);
    let words = &reading.words;
    // "get people to", "have included giving people", and "document" in "document security firm"
    let participle = words[at].point == Symbol::Participle as u8 || words[at].point == Symbol::Past as u8;
    let verb = VERBS.contains(&words[at].hash) || participle && at > 0 && words[at - 1].is(AUXILIARY) && at < head;
    let modifies = (head + 2..stop).any(|k| words[k].is(ROLE | SOURCE) && words[k].shape == Shape::Lower);
    if reading.language == Language::English && (verb || modifies && !words[head].is(ROLE)) {
        return false;
    }
    if !words[head].is(ROLE | SOURCE) || (words[head].is(SAY) && !words[head].is(ROLE)) {
        return false;
    }
    if words[at].is_capital() && !begins_sentence(reading, at) {
        return false;
    }
    may_begin(reading, at)
}

/// Whether a noun phrase without a determiner can begin here.
fn may_begin(reading: &Reading, at: usize) -> bool {
    let words = &reading.words;
    at == 0 || words[at - 1].line != words[at].line || starts_here(&words[at - 1]) || begins_sentence(reading, at)
}

fn starts_here(before: &Word) -> bool {
    !before.is_word()
        || before.is(PREPOSITION | CONJUNCTION | AUXILIARY | SAY | SAYING | DETERMINER | ADVERB)
        || before.is_capital()
}
