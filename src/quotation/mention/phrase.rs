//! How far a noun phrase reaches behind its noun, and whose it is.
//!
//! Takes a description up to its noun ("an analyst") and gives it with what follows and belongs to it: prepositions with their nouns
//! ("with a foreign firm in Shanghai"), participles ("working for the ministry", "familiar with the matter") and what an unnamed source
//! asked for ("who asked not to be named"). Time and occasion ("on Monday", "in a statement") do not belong to it.

use super::description::is_possessive;
use super::{Mention, MentionKind};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Symbol, Word};
use std::ops::Range;

/// The description with all that belongs to it.
pub fn whole(reading: &Reading, mut mention: Mention, end: usize) -> Mention {
    let words = &reading.words;
    if reading.language != Language::English {
        // Which words bind to a noun is told by English prepositions.
        mention.owner = owner(words, &mention);
        return mention;
    }
    let quote = words[mention.head].quote;
    let end = (mention.end()..end.min(mention.end() + MOST))
        .find(|k| words[*k].quote != quote)
        .unwrap_or(end.min(mention.end() + MOST));
    let mut stop = mention.end();
    while let Some(further) = further(words, mention.head, stop, end) {
        stop = further;
    }
    mention.whole = mention.whole.start..stop;
    mention.owner = owner(words, &mention);
    mention
}

/// The most words behind the noun that belong to it.
const MOST: usize = 24;

/// Marks the mentions that stand within the phrase of another.
pub fn mark_inner(found: &mut [Mention]) {
    let mut outer = 0..0;
    for mention in found {
        mention.inside = mention.head < outer.end && mention.start() >= outer.start;
        if !mention.inside {
            outer = mention.end()..mention.whole.end;
        }
    }
}

/// Marks whoever has somebody that is named behind: Okri in `Okri's lawyer, Petra Vasko,` is not who speaks.
pub fn mark_owners(words: &[Word], found: &mut [Mention]) {
    for k in 1..found.len() {
        // The noun may be a mention of its own, and so may a nation before it: `Halden Insight's chief US economist, Ann Lee`.
        let (owner, behind) = (&found[k - 1], &found[k..found.len().min(k + 3)]);
        let Some(held) = behind.iter().find(|m| m.kind == MentionKind::Name) else { continue };
        let named = matches!(owner.kind, MentionKind::Name | MentionKind::Organisation);
        let between = words.get(owner.end()..held.words.start).filter(|between| named && between.len() <= MOST_OWNED);
        let owned = between.and_then(|between| between.split_first()).filter(|(mark, _)| is_possessive(mark));
        let role = owned.and_then(|(_, role)| role.split_last()).map(|(last, role)| match role.split_last() {
            Some((noun, adjectives)) if last.is_point(b',') => (noun, adjectives),
            _ => (last, role),
        });
        let holds = |(noun, adjectives): (&Word, &[Word])| {
            noun.is(ROLE) && adjectives.iter().all(|w| w.is_word() && !w.is(SAY | PREPOSITION | CONJUNCTION | AUXILIARY))
        };
        if role.is_some_and(holds) {
            found[k - 1].inside = true;
        }
    }
}

/// The most words of `'s former lawyer,`.
const MOST_OWNED: usize = 6;

/// One past the next part that belongs to the noun `head`, if one begins at `at`.
fn further(words: &[Word], head: usize, at: usize, end: usize) -> Option<usize> {
    let word = words.get(at).filter(|_| at < end)?;
    if word.is(PREPOSITION) {
        // "plan to oppose"
        let verb = word.hash == known("to") && !words.get(at + 1).is_some_and(|w| w.is(DETERMINER | ROLE) || w.is_capital());
        if verb {
            return None;
        }
        return object(words, head, at, end);
    }
    if word.hash == known("who") {
        return anonymous(words, at, end);
    }
    let next = words.get(at + 1).filter(|_| at + 1 < end)?;
    let participle =
        word.shape == Shape::Lower && word.point == Symbol::Participle as u8 && !word.is(SAYING | SAY | SOURCE | ROLE);
    if participle && (next.is(PREPOSITION | DETERMINER) || next.is_capital())
        || STATES.contains(&word.hash) && next.is(PREPOSITION)
    {
        return object(words, head, if next.is(PREPOSITION) { at + 1 } else { at }, end);
    }
    None
}

/// Words behind a noun that say in what state it is, with a preposition behind: `people familiar with the matter`.
const STATES: [u32; 30] = all_known([
    "familiar",
    "close",
    "based",
    "stationed",
    "linked",
    "briefed",
    "involved",
    "published",
    "released",
    "issued",
    "written",
    "signed",
    "obtained",
    "seen",
    "affiliated",
    "employed",
    "conducted",
    "charged",
    "convicted",
    "accused",
    "responsible",
    "loyal",
    "opposed",
    "present",
    "posted",
    "commissioned",
    "prepared",
    "attributed",
    "identified",
    "quoted",
]);

/// One past the noun phrase behind the preposition (or participle) at `at`; `None` where it tells a time or an occasion.
fn object(words: &[Word], head: usize, at: usize, end: usize) -> Option<usize> {
    let from = at + 1;
    let paper = words[head].is(SPOKEN | SOURCE) && !words[head].is_body();
    let mut stop = from;
    while stop < end && stop - from < 9 && (belongs(words, from, stop, end) || paper && shared(words, stop, end)) {
        stop += 1;
    }
    let last = (from..stop).rev().find(|k| words[*k].is_word())?;
    let noun = &words[last];
    let ends_clause =
        noun.is(DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY) && !noun.is_capital() && !NUMBERS.contains(&noun.hash);
    let when = words[from..stop].iter().any(|w| w.is(CALENDAR) || TIMES.contains(&w.hash))
        || words[from].shape == Shape::Number && words[at].hash != known("of");
    // "of" and "for" bind to the noun; "in a statement", "at the meeting" tell how something was said.
    let binds = words[at].hash == known("of") || words[at].hash == known("for") || words[at].hash == known("from");
    let occasion = !binds
        && (noun.is(SPOKEN | SAY) || noun.is(SOURCE) && !noun.is_body() && !noun.is_capital() || OCCASIONS.contains(&noun.hash));
    let belongs = !ends_clause && !when && (paper || !occasion);
    belongs.then_some(last + 1)
}

/// Numbers that may end a phrase: `a mother of two`.
const NUMBERS: [u32; 6] = all_known(["two", "three", "four", "five", "six", "both"]);

/// Nouns of time.
const TIMES: [u32; 22] = all_known([
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "morning",
    "afternoon",
    "evening",
    "night",
    "time",
    "hour",
    "hours",
    "minutes",
    "today",
    "yesterday",
    "tomorrow",
    "weekend",
    "past",
    "decade",
]);

/// Nouns of occasions.
const OCCASIONS: [u32; 16] = all_known([
    "conference",
    "interview",
    "court",
    "meeting",
    "hearing",
    "rally",
    "event",
    "press",
    "trial",
    "ceremony",
    "session",
    "summit",
    "phone",
    "telephone",
    "television",
    "radio",
]);

/// Whether word `k` goes on with the noun phrase begun at `from`.
fn belongs(words: &[Word], from: usize, k: usize, end: usize) -> bool {
    let word = &words[k];
    if word.is_point(b'-') {
        return k > from && k + 1 < end && words[k + 1].is_word();
    }
    if k > from && word.end - word.start <= 4 && is_possessive(word) {
        return k + 1 < end && words[k + 1].is_word();
    }
    let joins = k > from && (word.hash == known("and") || word.is_point(b'&'));
    if joins {
        let capital = |k: usize| words.get(k).is_some_and(Word::is_capital);
        return k + 1 < end && (capital(k - 1) == capital(k + 1)) && !acts(words, k + 1, end);
    }
    if !word.is_word() || word.is(PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | OTHER_PRONOUN | SAYING | ADVERB) {
        return false;
    }
    let article = word.is(DETERMINER);
    if article {
        return k == from || words[k - 1].is(DETERMINER);
    }
    // The verb of the sentence: "said", or a word in "ed" behind a noun.
    let noun_before = k > from && !words[k - 1].is(DETERMINER);
    let verb = word.shape == Shape::Lower
        && (word.is(SAY) && !word.is(SPOKEN | SOURCE | ROLE)
            || word.is(SAY) && noun_before
            || word.point == Symbol::Past as u8 && noun_before);
    !verb
}

/// `a letter by Ann Lee and Bo Ruiz said`: the paper is what speaks, so both wrote it.
fn shared(words: &[Word], k: usize, end: usize) -> bool {
    words[k].hash == known("and") && k + 1 < end && words[k - 1].is_capital() && words[k + 1].is_capital()
}

/// Whether the phrase at `from` is the subject of a verb of its own.
fn acts(words: &[Word], from: usize, end: usize) -> bool {
    let stop = (from..end.min(from + 6)).find(|k| !words[*k].is_word() || words[*k].is(SAY | AUXILIARY));
    stop.is_some_and(|k| words[k].is(SAY | AUXILIARY) && words[k].shape == Shape::Lower)
}

/// `who asked not to be named`: one past its end.
fn anonymous(words: &[Word], at: usize, end: usize) -> Option<usize> {
    const ASKS: [u32; 8] = all_known(["asked", "declined", "requested", "refused", "spoke", "wished", "wanted", "works"]);
    let verb = words.get(at + 1).filter(|w| at + 1 < end && ASKS.contains(&w.hash))?;
    let stops = |k: &usize| !words[*k].is_word() && !words[*k].is_point(b'-') || words[*k].is(SAY) && words[*k].hash != verb.hash;
    let stop = (at + 2..end).find(stops).unwrap_or(end);
    (stop > at + 3).then_some(stop)
}

/// Whose the noun is: the owner before it, or the body or person behind "by", "from" or "of" of a paper.
fn owner(words: &[Word], mention: &Mention) -> Option<Range<usize>> {
    const POSSESSIVES: [u32; 6] = all_known(["his", "her", "its", "their", "our", "my"]);
    const MAKERS: [u32; 3] = all_known(["by", "from", "of"]);
    let start = mention.words.start;
    if POSSESSIVES.contains(&words[start].hash) {
        return Some(start..start + 1);
    }
    if let Some(s) = (start + 1..mention.head).find(|k| words[*k].end - words[*k].start <= 4 && is_possessive(&words[*k])) {
        return Some(start..s);
    }
    let head = &words[mention.head];
    if mention.kind != MentionKind::Description || !head.is(SPOKEN | SOURCE) || head.is_body() {
        return None;
    }
    let by = (mention.end()..mention.whole.end).find(|k| MAKERS.contains(&words[*k].hash))?;
    (by + 1 < mention.whole.end).then_some(by + 1..mention.whole.end)
}
