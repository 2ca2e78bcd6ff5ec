//! Which capitals in a row are one name, and which are a date, a place or what somebody does.
//!
//! Takes the place of a first capital and gives the end of the name: over particles ("van den"), over "of" and "and" within the name of a
//! body ("Ministry of Trade and Industry"), over a nickname in marks (`Otto "Boots" Karlsen`), but not over a verb in title case.

use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Word};
use std::ops::Range;

/// One past the last word of the run of capitals at `at`.
pub fn end(reading: &Reading, at: usize, end: usize) -> usize {
    let words = &reading.words;
    let same = |k: usize| k < end && words[k].quote == words[at].quote;
    let english = reading.language == Language::English;
    let capital = |k: usize| {
        same(k)
            && words[k].is_capital()
            && !words[k].is(OTHER_PRONOUN)
            && !is_date(reading, k)
            && !(english && (is_verb(reading, k) || begins_clause(&words[k]) || is_letters(reading, k)))
    };
    // "Otto Karlsen For The Ferry": a headline's small words end a person's name.
    let small = |k: usize| {
        let function = PREPOSITION | DETERMINER | CONJUNCTION | AUXILIARY;
        let person = k >= at + 2 && words[at].is(MAN | WOMAN) && !words[k].is(PARTICLE | SUFFIX | CALENDAR | MAN | WOMAN);
        english && person && words[k].is(function) && words[k].end - words[k].start > 1
    };
    // "цитирует РБК Климова": one is the paper, the other is quoted.
    let cited = reading.grammar.genitive && at.checked_sub(1).is_some_and(|k| words[k].hash == known("cites"));
    let party = |k: usize| reading.grammar.noun_first && is_acronym(&words[k]);
    if let Some(stop) = lettered(reading, at, end).filter(|_| english) {
        return stop;
    }
    let mut stop = at + 1;
    while stop < end && !small(stop) && !(cited && is_acronym(&words[at])) {
        let word = &words[stop];
        let of = if reading.grammar.noun_first { word.hash == known("of") && !word.is(PARTICLE) } else { is_of(word) };
        let body = || {
            let person = words.get(stop + 1).is_some_and(|w| w.is(MAN | WOMAN));
            reading.grammar.noun_first && !person && (is_compass(words, stop + 1) || goes_on(&words[at..stop]))
        };
        let joins = word.is(PARTICLE)
            || word.is_point(b'&')
            || of && (takes_of(words, at, stop) || body())
            || takes_to(words, stop) && is_to(word);
        let and = english && stop + 1 < end && word.hash == known("and") && joins_by_and(words, at, stop, end);
        let suffix = |k: usize| same(k) && words[k].is(SUFFIX) && words[k].is_capital();
        let the = same(stop + 1) && words[stop + 1].hash == known("the") && (is_of(word) || is_to(word));
        if is_caption(words, at, stop) {
            break;
        } else if capital(stop) {
            stop += 1;
        } else if same(stop) && (joins || and) && capital(stop + 1) && !party(stop + 1) {
            stop += 2;
        } else if same(stop)
            && (word.is(PARTICLE) && same(stop + 1) && words[stop + 1].is(PARTICLE) || joins && the)
            && capital(stop + 2)
        {
            stop += 3;
        } else if word.is_point(b',') && suffix(stop + 1) {
            stop += 2;
        } else if let Some(after) = nickname(reading, stop, end).filter(|_| words[stop].quote != words[at].quote) {
            stop = after;
        } else {
            break;
        }
    }
    stop
}

/// The most words of a name that its letters hold together.
const LONGEST_LETTERED: usize = 14;

/// One past a name over small words whose letters are printed behind it in brackets, or elsewhere in the article: `Securities and Exchange
/// Commission (SEC)`.
fn lettered(reading: &Reading, at: usize, end: usize) -> Option<usize> {
    const SMALL: [u32; 6] = all_known(["and", "of", "for", "the", "on", "to"]);
    let words = &reading.words;
    let capital = |k: usize| words[k].is_capital() && !words[k].is(OTHER_PRONOUN | CALENDAR);
    let (mut stop, mut joined) = (at, false);
    for k in at..end.min(at + LONGEST_LETTERED) {
        let word = &words[k];
        if word.quote != words[at].quote || word.is(MAN | WOMAN) && word.is_capital() {
            break;
        } else if capital(k) {
            joined |= stop < k;
            stop = k + 1;
        } else if k == at || !(SMALL.contains(&word.hash) || word.is_point(b'&')) {
            break;
        }
    }
    if !joined {
        return None;
    }
    let short = bracketed(reading, stop, end);
    let told = |form: &u32| short.map_or_else(|| reading.has_letters(*form), |short| short == *form);
    initials(reading, at..stop).iter().any(told).then_some(stop)
}

/// What a name may be shortened to, by hash: "DEA" of "Drug Enforcement Administration". Small words give no letter; words of a body or a country
/// before the others need not ("Department of"), nor the last one behind an "and" (CDC of "Centers for Disease Control and Prevention").
pub fn initials(reading: &Reading, name: Range<usize>) -> Vec<u32> {
    let words = &reading.words;
    let capitals: Vec<usize> = name.filter(|k| words[*k].is_capital()).collect();
    let letters: Vec<u8> =
        capitals.iter().map(|k| reading.text.as_bytes()[words[*k].start as usize].to_ascii_lowercase()).collect();
    let unsaid = |k: &usize| words[*k].is(ORGANISATION | NATION | PLACE | SOURCE) && !words[*k].is(TITLE | ROLE);
    let left_out = capitals.iter().take_while(|k| unsaid(k)).count().min(2);
    let last = capitals.last().is_some_and(|k| *k > 0 && words[k - 1].hash == known("and"));
    let ends = [letters.len(), letters.len().saturating_sub(usize::from(last))];
    let parts = ends[..1 + usize::from(last)].iter().flat_map(|end| (0..=left_out).map(move |start| start..*end));
    let long = parts.filter(|part| part.len() >= 3);
    let hashed = |part: Range<usize>| {
        let mut hash = Hash::new();
        letters[part].iter().for_each(|letter| hash.byte(*letter));
        hash.finish()
    };
    long.map(hashed).collect()
}

/// The letters in the bracket that opens at `open`, by hash.
fn bracketed(reading: &Reading, open: usize, end: usize) -> Option<u32> {
    let [first, letters, last] = reading.words.get(open..end.min(open + 3))?.first_chunk::<3>()?;
    (first.is_point(b'(') && letters.shape == Shape::Shouted && last.is_point(b')')).then_some(letters.hash)
}

/// `João Lira do PSB`: the party is no part of the name.
fn is_acronym(word: &Word) -> bool {
    word.shape == Shape::Shouted
}

/// "Fridays for Future": a body called after its day.
pub fn is_body_of_days(words: &[Word], at: usize) -> bool {
    const DAYS: [u32; 7] = all_known(["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"]);
    let next = |k: usize| words.get(at + k).filter(|w| w.line == words[at].line && w.quote == words[at].quote);
    DAYS.contains(&words[at].hash)
        && words[at].is_capital()
        && next(1).is_some_and(|w| w.hash == known("for"))
        && next(2).is_some_and(|w| w.is_capital() && !w.is(CALENDAR))
}

/// `Organización Mundial de la Salud`: a body, whose name may go on over "de" behind any of its words.
fn goes_on(name: &[Word]) -> bool {
    name[0].is_body() && !name.iter().any(|w| w.is(MAN | WOMAN | ROLE | PREPOSITION))
}

/// `Coreia do Norte`: a country told by where it lies.
fn is_compass(words: &[Word], at: usize) -> bool {
    const COMPASS: [u32; 4] = all_known(["north", "south", "east", "west"]);
    words.get(at).is_some_and(|w| w.is_capital() && COMPASS.contains(&w.hash))
}

/// `READ WHAT THE MINISTER SAID Ann Lee ...`: three words in capitals or more are no part of the name behind them.
fn is_caption(words: &[Word], at: usize, stop: usize) -> bool {
    // A single letter is "A" or "O", or with its accent two bytes long.
    let shouted = |w: &Word| w.shape == Shape::Shouted || w.is_capital() && w.end - w.start <= 2;
    // What follows is looked at first: a run of nothing but capitals is then not read anew for each of its words.
    words[stop].is_word() && !shouted(&words[stop]) && stop - at >= 3 && words[at..stop].iter().all(shouted)
}

/// "Secretary of State", "Bank of England", "Port of Velden", but not "Peter King of New York".
fn takes_of(words: &[Word], at: usize, stop: usize) -> bool {
    is_body_of_days(words, stop - 1)
        || words[stop - 1].is(TITLE | ORGANISATION | SOURCE) && !words[at..stop].iter().any(|w| w.is(MAN | WOMAN))
}

/// "Ambassador to the United Nations".
fn takes_to(words: &[Word], stop: usize) -> bool {
    const SENT: [u32; 4] = all_known(["ambassador", "envoy", "representative", "adviser"]);
    SENT.contains(&words[stop - 1].hash)
}

pub fn is_of(word: &Word) -> bool {
    const OF: [u32; 2] = all_known(["of", "for"]);
    OF.contains(&word.hash)
}

pub fn is_to(word: &Word) -> bool {
    word.hash == known("to")
}

/// Whether the "and" at `stop` is part of a name: "Ministry of Foreign Affairs and Trade", "Securities and Exchange Commission", "Trade and
/// Industry Minister".
fn joins_by_and(words: &[Word], at: usize, stop: usize, end: usize) -> bool {
    const BODIES: [u32; 14] = all_known([
        "commission",
        "administration",
        "ministry",
        "department",
        "agency",
        "office",
        "committee",
        "board",
        "council",
        "services",
        "bureau",
        "institute",
        "association",
        "society",
    ]);
    let person = |w: &Word| w.is(MAN | WOMAN | PLACE | NATION);
    if words[at..stop].iter().any(|w| w.is(MAN | WOMAN)) || person(&words[stop - 1]) || person(&words[stop + 1]) {
        return false;
    }
    let of = words[at..stop].iter().position(is_of);
    let title = words[stop + 1].is(TITLE) && !words[stop + 1].is(ORGANISATION);
    let ahead = words[stop + 1..end.min(stop + 5)].iter().take_while(|w| w.is_capital()).count();
    let last = &words[stop + ahead];
    match of {
        Some(of) => !title && words[at..at + of].iter().any(|w| w.is(ORGANISATION)) && !last.is(ORGANISATION | SAY),
        None => {
            let minister = (stop + 2..stop + 1 + ahead).any(|k| words[k].is(TITLE) && !words[k].is(MISTER | MISSES))
                && words[stop - 1].is(COMMON | ORGANISATION);
            let body = stop == at + 1 && ahead >= 2 && BODIES.contains(&last.hash);
            minister || body
        }
    }
}

/// A nickname in marks of its own within a name: one past the marks.
fn nickname(reading: &Reading, open: usize, end: usize) -> Option<usize> {
    let words = &reading.words;
    if words[open].shape != Shape::Open || words[open].quote == 0 {
        return None;
    }
    let quoted = &reading.quotes[words[open].quote as usize - 1];
    let inner = open + 1..quoted.words.end.checked_sub(1)?;
    let few = !inner.is_empty() && inner.len() <= 3 && quoted.marked.closed;
    let name = few && words[inner].iter().all(|w| w.is_capital() || w.is(DETERMINER));
    let after = quoted.words.end;
    let next = words.get(after).filter(|w| after < end && w.is_capital() && !w.is(SAY | OPENER | OTHER_PRONOUN | CALENDAR));
    (name && next.is_some()).then_some(after + 1)
}

/// "Monday", "May", unless a given name or title before it or a verb of saying behind it makes "May" a person.
pub fn is_date(reading: &Reading, at: usize) -> bool {
    const PEOPLE: [u32; 4] = all_known(["may", "april", "june", "august"]);
    let words = &reading.words;
    let word = &words[at];
    if is_body_of_days(words, at) || word.hash == known("jan") && particle_begins(reading, at + 1, words.len()) {
        return false;
    }
    if !word.is(CALENDAR) || !PEOPLE.contains(&word.hash) {
        return word.is(CALENDAR);
    }
    let before = at.checked_sub(1).map(|k| &words[k]).filter(|w| w.line == word.line);
    let named = before.is_some_and(|w| w.is_capital() && w.is(MAN | WOMAN | MISTER | MISSES | TITLE));
    let in_may = before.is_some_and(|w| w.is(PREPOSITION | DETERMINER | ADVERB | CALENDAR) || w.shape == Shape::Number);
    let says = words.get(at + 1).is_some_and(|w| w.is(SAY) && w.shape == Shape::Lower);
    !(named || says && !in_may)
}

/// A verb of saying in title case within a headline's clause: "Confirms" in `Lena Ruiz Confirms Otto Karlsen`.
fn is_verb(reading: &Reading, at: usize) -> bool {
    let word = &reading.words[at];
    if !word.is(SAY) || word.is(ORGANISATION | SPOKEN | SOURCE | ROLE | MAN | WOMAN | TITLE) || word.shape != Shape::Capital {
        return false;
    }
    let text = word.span().of(reading.text);
    text.ends_with('s')
        || text.ends_with("ed")
        || word.hash == known("said")
        || word.hash == known("told")
        || word.hash == known("wrote")
}

/// A word in a capital that begins a clause and no name: `Bo Ruiz If the records`.
fn begins_clause(word: &Word) -> bool {
    const CLAUSES: [u32; 18] = all_known([
        "if",
        "but",
        "when",
        "while",
        "although",
        "because",
        "however",
        "though",
        "meanwhile",
        "what",
        "which",
        "why",
        "how",
        "where",
        "this",
        "these",
        "those",
        "after",
    ]);
    CLAUSES.contains(&word.hash)
}

/// "MP", "QC", "PhD" behind a name.
pub fn is_letters(reading: &Reading, at: usize) -> bool {
    const LETTERS: [u32; 12] = all_known(["mp", "mep", "msp", "qc", "kc", "obe", "mbe", "cbe", "phd", "md", "mps", "rn"]);
    let words = &reading.words;
    let behind =
        at.checked_sub(1).is_some_and(|k| words[k].line == words[at].line && (words[k].is_capital() || words[k].is_point(b',')));
    behind && LETTERS.contains(&words[at].hash) && !words.get(at + 1).is_some_and(Word::is_capital)
}

/// "on X", "auf X": where something was written, not who wrote it.
pub fn is_platform(reading: &Reading, at: usize) -> bool {
    const X: [u32; 2] = all_known(["x", "x."]);
    const ON: [u32; 7] = all_known(["on", "via", "auf", "op", "en", "no", "su"]);
    let word = &reading.words[at];
    let before = at.checked_sub(1).map(|k| &reading.words[k]).filter(|before| before.line == word.line);
    X.contains(&word.hash) && before.is_some_and(|before| before.shape == Shape::Lower && ON.contains(&before.hash))
}

/// A word in a capital before a name that is no part of it: a verb (`Tweeted Finch`, `Ask Lena Ruiz`), what opens a sentence (`Pictured Lena
/// Ruiz`), or who took the picture (`Getty Images Massa`).
pub fn is_glued(reading: &Reading, at: usize) -> bool {
    const AGENCIES: [u32; 8] = all_known(["reuters", "afp", "epa", "shutterstock", "alamy", "instagram", "imago", "zumapress"]);
    const ORDERS: [u32; 6] = all_known(["ask", "meet", "watch", "read", "see", "photo"]);
    let words = &reading.words;
    let word = &words[at];
    if reading.language != Language::English {
        return false;
    }
    let next = |k: usize| words.get(at + k).filter(|w| w.line == word.line && w.is_capital());
    if at > 0 && words[at - 1].is_capital() && words[at - 1].line == word.line && is_verb(reading, at) {
        return true;
    }
    let Some(behind) = next(1) else { return false };
    let getty = word.hash == known("getty") && behind.hash == known("images")
        || word.hash == known("images") && at > 0 && words[at - 1].hash == known("getty");
    if getty || AGENCIES.contains(&word.hash) && behind.is(MAN | WOMAN) {
        return !getty || next(2).is_some() || word.hash == known("images");
    }
    if !super::begins_sentence(reading, at) || word.is(MAN | WOMAN) {
        return false;
    }
    let opens = word.is(COMMON) && behind.is(MAN | WOMAN) && next(2).is_some() && !reading.occurs_capital(word.hash);
    is_verb(reading, at) || ORDERS.contains(&word.hash) || opens
}

/// `van den Berghe said`, `bin Karim said`: a last name that begins with small words.
pub fn particle_begins(reading: &Reading, at: usize, end: usize) -> bool {
    let words = &reading.words;
    let small = |k: usize| k < end && words[k].is(PARTICLE) && words[k].shape == Shape::Lower && !words[k].is(MAN | WOMAN);
    if reading.language != Language::English || !small(at) || words[at].hash == known("do") {
        return false;
    }
    let capital = if small(at + 1) { at + 2 } else { at + 1 };
    capital < end && words[capital].is_capital() && !words[capital].is(CALENDAR) && words[capital].quote == words[at].quote
}

/// "Singapore-based", "Velden-born": what a reporter says of a name.
pub fn is_compound(reading: &Reading, at: usize) -> bool {
    const ENDINGS: [&str; 12] =
        ["based", "born", "led", "owned", "backed", "listed", "trained", "raised", "controlled", "registered", "era", "run"];
    let text = reading.words[at].span().of(reading.text);
    text.rsplit_once('-').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// Whether these words together are the name of a place and of nothing else: "Cape Town".
pub fn is_place(reading: &Reading, start: usize, stop: usize) -> bool {
    if !(2..=3).contains(&(stop - start)) {
        return false;
    }
    let mut hash = Hash::new();
    for k in start..stop {
        if k > start {
            hash.byte(b'_');
        }
        let text = reading.words[k].span().of(reading.text);
        text.bytes().for_each(|b| hash.byte(b.to_ascii_lowercase()));
    }
    classes(hash.finish()) & PLACE != 0
}
