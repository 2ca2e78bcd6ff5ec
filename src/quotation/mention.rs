//! Finds everybody and everything an article could be quoting.
//!
//! Takes a [`Reading`] and gives its [`Mention`]s in reading order: names with the title or role printed before them, pronouns, and
//! descriptions ("the Russian president", "two officials"). Who a name belongs to is settled in [`super::names`].

use super::words::{Reading, Shape, Symbol, Word};
use crate::lexicon::*;
use std::ops::Range;

pub use runs::initials;

mod description;
mod implied;
mod noun_first;
mod noun_phrase;
mod phrase;
mod runs;

/// What a mention looks like; the model has learned the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// A run of capitals that can be a person.
    Name = 0,
    /// A run of capitals that looks like an organisation, a nation or a place.
    Organisation = 1,
    /// "he", "she", "they", "it", "who".
    Pronoun = 2,
    /// "the president", "officials".
    Description = 3,
}

/// Somebody or something named in the text.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Its words: the name alone, without title; the whole description.
    pub words: Range<usize>,
    /// The word that decides: the last name, the head noun.
    pub head: usize,
    /// What it looks like.
    pub kind: MentionKind,
    /// Title and role before the name ("Kremlin spokesman").
    pub role: Option<Range<usize>>,
    /// Who it is: a number in [`super::names::People`], once known.
    pub person: Option<u32>,
    /// True inside quotation marks, where nobody is a speaker.
    pub quoted: bool,
    /// True for the subject that a verb does without (`afirmou.`): a pronoun of no words, right before the verb.
    pub implied: bool,
    /// Everything that belongs to it: `an analyst with a foreign firm in Shanghai`, of which [`Mention::words`] are "an analyst"; the
    /// same as `words` for a name.
    pub whole: Range<usize>,
    /// Whose it is or who made it: "the ministry" in `the ministry's statement`, "Ann Lee" in `a letter by Ann Lee`.
    pub owner: Option<Range<usize>>,
    /// True within the [`Mention::whole`] of another: "Okri" in `a friend of Okri`.
    pub inside: bool,
    /// True for the subject of a verb of saying outside marks: `Ann Lee, the mayor, later said`, `..., said Ann Lee`.
    pub speaks: bool,
}

impl Mention {
    /// First word, with title and role.
    pub fn start(&self) -> usize {
        self.role.as_ref().map_or(self.words.start, |role| role.start)
    }

    /// Its first word, or the article before a name: "the" in `the Harbour Office`.
    pub fn begins(&self, words: &[Word]) -> usize {
        const ARTICLES: [u32; 3] = all_known(["the", "a", "an"]);
        let start = self.start();
        let article = |k: &usize| ARTICLES.contains(&words[*k].hash) && words[*k].line == words[start].line;
        let name = matches!(self.kind, MentionKind::Name | MentionKind::Organisation);
        start.checked_sub(1).filter(article).filter(|_| name).unwrap_or(start)
    }

    /// The number of its sentence.
    pub fn sentence(&self, reading: &Reading) -> u32 {
        reading.words[self.head].sentence
    }

    /// One past the last word.
    pub fn end(&self) -> usize {
        self.words.end
    }

    /// One past the last word of all that belongs to it: where its verb stands.
    pub fn reach(&self) -> usize {
        self.whole.end
    }
}

/// All mentions of the article, in reading order, none overlapping another.
pub fn mentions(reading: &Reading) -> Vec<Mention> {
    let mut found = Vec::with_capacity(reading.words.len() / 8);
    let read = |number: &usize| !reading.lines[*number].heading || is_signature(reading, *number);
    for line in (0..reading.lines.len()).filter(read).map(|number| &reading.lines[number]) {
        let mut at = line.words.start;
        while at < line.words.end {
            at = match mention_at(reading, at, line.words.end) {
                Some(mut mention) => {
                    let next = mention.end().max(at + 1);
                    if let Some(role) = found.last().and_then(|before| noun_phrase::apposed(reading, before, &mention)) {
                        mention.role = Some(role);
                    }
                    push(&mut found, mention);
                    next
                }
                None => at + 1,
            };
        }
    }
    phrase::mark_inner(&mut found);
    phrase::mark_owners(&reading.words, &mut found);
    if reading.grammar.drops_subject {
        implied::add(reading, &mut found);
    }
    found.iter_mut().for_each(|mention| mention.speaks = !mention.quoted && speaks(reading, mention));
    found
}

/// The most words and points of a line that signs what stands above it.
pub const LONGEST_SIGNATURE: usize = 10;

/// A short line below words that fill a line of their own, which looks like a heading and may name who said them.
pub fn is_signature(reading: &Reading, number: usize) -> bool {
    let Some(above) = number.checked_sub(1).filter(|_| reading.lines[number].words.len() <= LONGEST_SIGNATURE) else {
        return false;
    };
    let first = reading.quotes.partition_point(|quoted| quoted.line < above);
    reading.quotes.get(first).is_some_and(|quoted| quoted.line == above && quoted.words == reading.lines[above].words)
}

/// Adds a mention and lets its role swallow the mentions it covers ("White House" in "White House spokesman Sam Roe").
fn push(found: &mut Vec<Mention>, mention: Mention) {
    while found.last().is_some_and(|last| last.end() > mention.start()) {
        found.pop();
    }
    found.push(mention);
}

fn mention_at(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    let word = &reading.words[at];
    if !word.is_word() {
        return None;
    }
    if word.is(PRONOUN) && word.shape != Shape::Shouted {
        return Some(mention(reading, at..at + 1, at, MentionKind::Pronoun));
    }
    if let Some(signature) = signature(reading, at, end) {
        return Some(signature);
    }
    if starts_name(reading, at) || runs::particle_begins(reading, at, end) {
        return name(reading, at, end);
    }
    if reading.grammar.noun_first { noun_first::at(reading, at, end) } else { description::at(reading, at, end) }
}

fn mention(reading: &Reading, words: Range<usize>, head: usize, kind: MentionKind) -> Mention {
    let quoted = reading.words[words.start].quote != 0 && !labels_speech(reading, &words);
    Mention {
        whole: words.clone(),
        words,
        head,
        kind,
        role: None,
        person: None,
        quoted,
        implied: false,
        owner: None,
        inside: false,
        speaks: false,
    }
}

/// The name on a line of its own behind a dash, below a quotation: `– Ann Lee`, also masked as in `– An**`.
fn signature(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let dash = at.checked_sub(1).filter(|dash| words[*dash].is_point(b'-') && words[*dash].line == words[at].line)?;
    let above =
        dash.checked_sub(1).filter(|above| words[*above].shape == Shape::Close && words[*above].line + 1 == words[dash].line)?;
    let last = (at..end).rev().find(|k| words[*k].is_word())?;
    let few = words[at..=last].iter().filter(|w| w.is_word()).count() <= 6;
    let name = few && last - at <= 40 && words[at].is_capital() && above < dash;
    name.then(|| mention(reading, at..last + 1, last, MentionKind::Name))
}

/// `"WALLIS: If I may ...`: a name in capitals before a colon, as transcripts have it, stands outside the speech it labels.
fn labels_speech(reading: &Reading, words: &Range<usize>) -> bool {
    let colon = reading.words.get(words.end).is_some_and(|w| w.is_point(b':'));
    let shouted = reading.words[words.clone()].iter().all(|w| w.shape == Shape::Shouted || w.shape == Shape::Point);
    colon && shouted && words.start > 0 && reading.words[words.start - 1].shape == Shape::Open
}

/// Whether a sentence (or a quotation) begins at this word, where a capital means nothing.
pub fn begins_sentence(reading: &Reading, at: usize) -> bool {
    match at.checked_sub(1).map(|before| &reading.words[before]) {
        None => true,
        Some(before) => {
            let word = &reading.words[at];
            before.line != word.line
                || before.sentence != word.sentence
                || before.shape == Shape::Open
                || (before.shape == Shape::Point && matches!(before.point, b'.' | b'?' | b'!' | b':'))
                || before.shape == Shape::Close
        }
    }
}

fn starts_name(reading: &Reading, at: usize) -> bool {
    let word = &reading.words[at];
    if !word.is_capital() || word.is(OTHER_PRONOUN) || runs::is_date(reading, at) || runs::is_letters(reading, at) {
        return false;
    }
    let function = word.is(OPENER | DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY) && !word.is(MAN | WOMAN | CALENDAR);
    if function || runs::is_glued(reading, at) || runs::is_platform(reading, at) {
        return false;
    }
    let plain_noun = word.is(ROLE | SOURCE | SAYING | ADVERB) && !word.is(TITLE | ORGANISATION | PLACE | NATION | MAN | WOMAN);
    let particle = |w: &Word| word.is(PARTICLE) && w.is(PARTICLE);
    if reading.grammar.noun_first && begins_sentence(reading, at) && reading.occurs_lower(word.hash) && !word.is(MAN | WOMAN) {
        return false;
    }
    let next = reading.words.get(at + 1).filter(|w| w.line == word.line);
    let behind = reading.words.get(at + 2).is_some_and(|w| w.is_capital() && w.line == word.line);
    // "Rogier van der Berg said": the small words are the family's.
    let named = !word.is(COMMON | SAY | SAYING | ADVERB)
        && runs::particle_begins(reading, at + 1, reading.lines[word.line as usize].words.end);
    let next_capital = named || next.is_some_and(|w| w.is_capital() || particle(w) || w.is_point(b'&') && behind);
    if next_capital || runs::is_body_of_days(&reading.words, at) || !begins_sentence(reading, at) {
        return true;
    }
    let listed = word.is(TITLE | ORGANISATION | PLACE | NATION | MAN | WOMAN);
    let says = |k: usize| reading.words.get(k).is_some_and(|w| w.is(SAY) && w.shape == Shape::Lower);
    let noun = word.is(COMMON) && !(says(at + 1) && word.point != Symbol::Plural as u8);
    if noun && !listed && !reading.occurs_capital(word.hash) {
        return false;
    }
    !plain_noun
        && (listed
            || reading.occurs_capital(word.hash)
            || (!reading.occurs_lower(word.hash) && verb_follows(reading, at + 1) && !noun_phrase::is_adverb(reading, at)))
}

fn verb_follows(reading: &Reading, at: usize) -> bool {
    reading
        .words
        .get(at)
        .is_some_and(|w| w.shape == Shape::Lower && w.is(SAY | AUXILIARY | ADVERB) || w.is_point(b',') || w.is_point(b':'))
}

/// Reads the run of capitals at `at`, sets its title apart and looks back for a role.
fn name(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    let stop = runs::end(reading, at, end);
    let words = &reading.words;
    let start = person_start(reading, at, stop);
    let kind = run_kind(reading, start, stop);
    let mut found = mention(reading, start..stop, last_name(words, start, stop), kind);
    let earliest = without_opening(reading, role_start(reading, at, start > at), start);
    if earliest < start {
        found.role = Some(earliest..start);
    }
    if found.role.is_some() && found.kind == MentionKind::Organisation && stop - start >= 2 && titled(words, earliest, start) {
        found.kind = MentionKind::Name;
    }
    if found.role.is_none() && only_title(reading, &found) {
        found.kind = MentionKind::Description;
    }
    if let Some(stop) = description::paper(reading, &found, end) {
        found.whole = found.whole.start..stop;
        return Some(found);
    }
    let described = description::owned(reading, &found, end).or_else(|| description::staffed(reading, &found, end));
    Some(described.unwrap_or(found))
}

/// A role without the word that opens its sentence and tells nothing of the person: "Bemused", "Earlier".
fn without_opening(reading: &Reading, from: usize, to: usize) -> usize {
    let word = &reading.words[from];
    let tells = word.is(ROLE | TITLE | NATION | ORGANISATION | PLACE | MISTER | MISSES)
        || !word.is(COMMON | OPENER | ADVERB | SAY | SAYING);
    if from < to && word.shape == Shape::Capital && begins_sentence(reading, from) && !tells { from + 1 } else { from }
}

/// "Scottish Finance Minister", "Prime Minister": a title without a name.
fn only_title(reading: &Reading, mention: &Mention) -> bool {
    let words = &reading.words[mention.words.clone()];
    let last = &words[words.len() - 1];
    let title = last.is(TITLE) && last.is(ROLE) && !last.is(MAN | WOMAN | ORGANISATION | MISTER | MISSES);
    reading.language == Language::English && title && words.len() >= 2 && !words.iter().any(|w| w.is(MAN | WOMAN))
}

fn titled(words: &[Word], from: usize, to: usize) -> bool {
    to > from && words[to - 1].is(TITLE | ROLE)
}

/// Where the person's own name begins in the run: after the last title, or at the first given name.
fn person_start(reading: &Reading, at: usize, stop: usize) -> usize {
    let words = &reading.words;
    // "Singapore-based Harbour Securities"
    let at = if at + 1 < stop && runs::is_compound(reading, at) { at + 1 } else { at };
    let title = (at..stop - 1).rev().find(|k| words[*k].is(TITLE) && !(words[*k].is(MAN | WOMAN) && *k + 1 < stop && *k == at));
    if let Some(title) = title {
        let after = title + 1;
        if !runs::is_of(&words[after]) && !runs::is_to(&words[after]) {
            return after;
        }
        let given = (after + 1..stop).find(|k| words[*k].is(MAN | WOMAN) && *k + 1 < stop);
        return given.unwrap_or(if stop - after >= 4 { stop - 2 } else { at });
    }
    // "Realtor Molloy"
    const STARS: [u32; 4] = all_known(["star", "fan", "player", "master"]);
    let role = words[at].is(ROLE)
        && !words[at].is(ORGANISATION | SOURCE | MAN | WOMAN | NATION | WORK)
        && !STARS.contains(&words[at].hash);
    if role && stop - at == 2 && !words[at + 1].is(ORGANISATION | SOURCE | ROLE | PLACE | NATION) {
        return at + 1;
    }
    let given = (at..stop - 1).find(|k| words[*k].is(MAN | WOMAN));
    match given {
        Some(given) if given > at && stop - given >= 2 && !words[stop - 1].is(ORGANISATION) => given,
        _ if is_sent_to(words, at) => {
            (at..stop - 1).find(|k| !words[*k].is(PLACE)).unwrap_or(stop - 1).min(stop.saturating_sub(2)).max(at)
        }
        _ if words[at].is(NATION) && stop - at >= 3 && !words[stop - 1].is(ORGANISATION) => at + 1,
        _ => at,
    }
}

/// A country behind the role of whoever is sent there: `the ambassador to Norland Ann Lee`.
fn is_sent_to(words: &[Word], at: usize) -> bool {
    const SENT: [u32; 3] = all_known(["ambassador", "envoy", "consul"]);
    at >= 2 && words[at].is(PLACE) && runs::is_to(&words[at - 1]) && SENT.contains(&words[at - 2].hash)
}

fn run_kind(reading: &Reading, start: usize, stop: usize) -> MentionKind {
    let run = &reading.words[start..stop];
    let last = &run[run.len() - 1];
    let organisation = last.is(ORGANISATION) || run.iter().any(|w| runs::is_of(w) || w.is_point(b'&'));
    let place = run.len() == 1 && last.is(PLACE | NATION | ORGANISATION)
        || run.len() == 2 && run.iter().all(|w| w.is(PLACE | NATION))
        || runs::is_place(reading, start, stop);
    let acronym = run.len() == 1 && last.shape == Shape::Shouted;
    if run[0].is(MAN | WOMAN) && run.len() > 1 && !last.is(ORGANISATION) {
        MentionKind::Name
    } else if organisation || place || acronym {
        MentionKind::Organisation
    } else {
        MentionKind::Name
    }
}

fn last_name(words: &[Word], start: usize, stop: usize) -> usize {
    (start..stop).rev().find(|k| words[*k].is_word() && !words[*k].is(SUFFIX)).unwrap_or(stop - 1)
}

/// `die Ernährungsberaterin Ada Roe`: a German noun right before a person's name tells what the person is.
fn of_person(words: &[Word], noun: usize, name: usize) -> bool {
    words[noun].is(COMMON) && !words[noun].is(SOURCE | ORGANISATION | SPOKEN | WORK) && words[name].is(MAN | WOMAN)
}

/// Looks back from a name over the words of a role ("former White House press secretary", "chairman and chief of staff"); gives `at`
/// when there is none. `titled` tells that the name's own run of capitals begins with a title.
fn role_start(reading: &Reading, at: usize, titled: bool) -> usize {
    let words = &reading.words;
    let german = reading.language == Language::German;
    let same =
        |k: usize| (words[k].line, words[k].quote, words[k].sentence) == (words[at].line, words[at].quote, words[at].sentence);
    let role = |k: usize| same(k) && words[k].is(ROLE | TITLE);
    let of = |k: usize| k > 0 && words[k].hash == known("of") && role(k - 1);
    let and = |k: usize| k > 0 && words[k].hash == known("and") && role(k - 1);
    let Some(before) = at.checked_sub(1).filter(|k| same(*k)) else { return at };
    // "the accused Ann Lee", but not "Bo Ruiz accused Ann Lee"
    let verb = words[before].is(SAY) && !before.checked_sub(1).is_some_and(|k| words[k].is(DETERMINER));
    let lower = words[before].shape == Shape::Lower && (role(before) && !verb || german && of_person(words, before, at));
    let of_something = words[before].shape == Shape::Lower && !words[before].is(DETERMINER) && before > 1 && of(before - 1);
    if !(lower || of_something || titled && and(before)) {
        return at;
    }
    let mut start = before;
    if titled && and(before) {
        start = before - 1;
    }
    while let Some(k) = start.checked_sub(1).filter(|k| same(*k) && at - k <= 10) {
        let word = &words[k];
        let stops = word.is(PREPOSITION | CONJUNCTION | AUXILIARY | SAY | SAYING | PRONOUN | OTHER_PRONOUN | DETERMINER);
        let belongs = word.is_word() || word.is_point(b'-');
        let verb = reading.language == Language::English && k > 0 && same(k - 1) && is_verb_of_name(words, k);
        if !belongs || verb || (stops && !word.is(ROLE | TITLE) && !of(k) && !and(k)) {
            break;
        }
        start = k;
    }
    start
}

/// `Ann Lee endorsed`, `Norland recently ousted`: a word in "-ed" behind a name, which is no part of the role behind it.
fn is_verb_of_name(words: &[Word], at: usize) -> bool {
    const OF_NAMES: [u32; 14] = all_known([
        "based",
        "born",
        "educated",
        "trained",
        "appointed",
        "nominated",
        "elected",
        "retired",
        "affiliated",
        "backed",
        "owned",
        "controlled",
        "sponsored",
        "funded",
    ]);
    let past = words[at].shape == Shape::Lower && words[at].point == Symbol::Past as u8 && !OF_NAMES.contains(&words[at].hash);
    let Some(before) = at.checked_sub(1).filter(|_| past) else { return false };
    let adverb =
        words[before].shape == Shape::Lower && (words[before].is(ADVERB) || words[before].point == Symbol::Adverbial as u8);
    let name = if adverb { before.checked_sub(1) } else { Some(before) };
    name.is_some_and(|k| words[k].is_capital())
}

/// Whether a mention is likely the subject of its clause: a verb follows, at once or after an appositive.
pub fn is_subject(words: &[Word], mention: &Mention) -> bool {
    let verb = |k: usize| words.get(k).is_some_and(|w| w.is(SAY | AUXILIARY | ADVERB) && w.shape == Shape::Lower);
    let begins = mention.start() == 0 || words[mention.start() - 1].sentence != words[mention.start()].sentence;
    verb(mention.end()) || begins
}

/// After `, ... ,` the word that follows: the verb behind an appositive.
pub fn after_appositive(reading: &Reading, end: usize, stop: usize) -> Option<usize> {
    let words = &reading.words;
    if end >= stop || !(words[end].is_point(b',') || words[end].is_point(b'(')) {
        return None;
    }
    let sentence = words[end].sentence;
    let close = if words[end].is_point(b'(') { b')' } else { b',' };
    let same = |k: &usize| words[*k].sentence == sentence && words[*k].quote == 0;
    let comma = (end + 1..stop.min(end + 28)).take_while(same).find(|k| words[*k].is_point(close))?;
    Some(comma + 1).filter(|k| *k < stop)
}

/// [`Mention::speaks`], marks around the mention itself left aside.
fn speaks(reading: &Reading, mention: &Mention) -> bool {
    let words = &reading.words;
    let line = &reading.lines[words[mention.head].line as usize].words;
    let says = |from: usize| {
        let ahead = words[from..line.end].iter().take(4).take_while(|w| w.quote == 0);
        let mut passed = ahead.skip_while(|w| w.is(AUXILIARY | ADVERB) && !w.is(SAY));
        passed.next().is_some_and(|w| w.is(SAY) && w.shape == Shape::Lower)
    };
    let behind =
        says(mention.end()) || says(mention.reach()) || after_appositive(reading, mention.end(), line.end).is_some_and(says);
    let inverted = || {
        let verb =
            mention.begins(words).checked_sub(1).filter(|k| words[*k].is(SAY) && words[*k].quote == 0 && line.contains(k))?;
        let before = verb.checked_sub(1).map(|k| &words[k])?;
        Some(before.shape == Shape::Close || before.is_point(b',') || before.line != words[verb].line)
    };
    behind || inverted() == Some(true)
}
