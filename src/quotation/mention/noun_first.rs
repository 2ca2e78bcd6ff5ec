//! Descriptions in languages whose noun comes first: `o ministro da Fazenda`, `el portavoz adjunto de la OMS`, `глава ведомства`.
//!
//! A phrase is a noun with the adjectives behind it and all that belongs to it. Where a name follows, at once or behind a comma, the phrase
//! is the role of the one named: `o ministro da Fazenda, João Lira, disse`.

use super::description::bare;
use super::{Mention, MentionKind, mention};
use crate::lexicon::*;
use crate::quotation::words::{Reading, Shape, Word};

/// The most words a phrase may have.
const LONGEST: usize = 14;

/// What ends every phrase.
const ENDS: Class = PREPOSITION | CONJUNCTION | AUXILIARY | PRONOUN | OTHER_PRONOUN | SAYING;

/// The description, or the name behind it, that begins at word `at`.
pub fn at(reading: &Reading, at: usize, end: usize) -> Option<Mention> {
    let words = &reading.words;
    let determined = words[at].is(DETERMINER) && !words[at].is(OTHER_PRONOUN);
    let same = |k: usize| k < end && words[k].quote == words[at].quote;
    let mut first = at;
    while determined && first < at + 3 && same(first) && words[first].is(DETERMINER) {
        first += 1;
    }
    let phrase = Phrase { reading, first, end };
    let head = phrase.head(determined)?;
    // "o Ministério Público": the noun is part of the body's name.
    let body = words[head].is_capital() && words[head].is_body() && !words[head].is(ROLE | TITLE);
    let of =
        (head + 1..head + 3).take_while(|k| phrase.word(*k).is_some_and(|w| w.hash == known("of") || w.is(DETERMINER))).count();
    if body && phrase.word(head + 1 + of).is_some_and(|w| w.is_capital() && !w.is(MAN | WOMAN)) {
        return super::name(reading, head, end);
    }
    let stop = phrase.stop(head);
    if let Some(named) = phrase.named(head, stop) {
        return Some(named);
    }
    let name = words[head].is_capital() && !words[head].is(ROLE | TITLE | SOURCE);
    if name || !determined && !bare(reading, at, head, head + 1) {
        return None;
    }
    let mut found = mention(reading, at..stop, head, MentionKind::Description);
    found.head = head;
    Some(found)
}

/// What ministers and prosecutors are for.
const FIELDS: [u32; 12] = all_known([
    "finance",
    "judiciary",
    "defence",
    "health",
    "education",
    "economy",
    "interior",
    "culture",
    "employment",
    "security",
    "agriculture",
    "energy",
]);

/// A noun phrase behind its determiners.
struct Phrase<'a> {
    reading: &'a Reading<'a>,
    /// Its first word.
    first: usize,
    /// One past the last word of the line.
    end: usize,
}

impl Phrase<'_> {
    fn word(&self, at: usize) -> Option<&Word> {
        let here = &self.reading.words[self.first.min(self.end - 1)];
        self.reading.words[..self.end].get(at).filter(|word| word.quote == here.quote && word.sentence == here.sentence)
    }

    fn text(&self, word: &Word) -> &str {
        word.span().of(self.reading.text)
    }

    /// A word in lower case that no list knows.
    fn is_plain(&self, word: &Word) -> bool {
        word.shape == Shape::Lower && word.class & !(PARTICLE | FEMININE | MASCULINE) == 0 && !word.is_finite()
    }

    /// The noun: the first of people or sources near the beginning, else behind a determiner the first word.
    fn head(&self, determined: bool) -> Option<usize> {
        for at in self.first..self.first + 3 {
            // `disse um auxiliar.`: what ends the phrase ends the search, and the first word stays.
            let Some(word) = self.word(at).filter(|word| word.is_word()) else { break };
            if word.is(ROLE | SOURCE | SPOKEN) && (word.shape == Shape::Lower || at == self.first) && !word.is(SAY & !ROLE) {
                return Some(at);
            }
            let before = self.is_plain(word) && (determined || self.reading.grammar.ends_like_adjective(self.text(word)));
            if !before {
                break;
            }
        }
        let word = self.word(self.first).filter(|word| determined && self.is_plain(word))?;
        let long = word.end - word.start > 3;
        long.then_some(self.first)
    }

    /// One past the last word that belongs to the noun.
    fn stop(&self, head: usize) -> usize {
        let mut stop = head + 1;
        let mut adjectives = 0;
        while stop - head < LONGEST {
            let Some(word) = self.word(stop) else { break };
            if word.hash == known("of") && !self.reading.grammar.genitive {
                let Some(next) = self.belonging(stop) else { break };
                (stop, adjectives) = (next, 0);
            } else if (self.is_plain(word) || word.hash == known("general")) && adjectives < 2
                || self.is_genitive(word) && adjectives < 4
            {
                stop += 1;
                adjectives += 1;
            } else if word.is_capital() && self.belongs(head, stop) {
                stop = self.capitals(stop);
            } else if word.hash == known("and") && self.word(stop + 1).is_some_and(|w| w.is(ROLE) && w.shape == Shape::Lower) {
                stop += 2;
            } else {
                break;
            }
        }
        stop
    }

    /// `глава российского правительства`: a noun that belongs to the one before it without a word for "of".
    fn is_genitive(&self, word: &Word) -> bool {
        let noun = word.is(SOURCE | ORGANISATION | ROLE | SPOKEN) && !word.is(ENDS | SAY);
        self.reading.grammar.genitive && word.shape == Shape::Lower && (noun || self.is_plain(word))
    }

    /// Whether the capitals at `at` are part of the phrase and name nobody: `глава Казахстана`, `la coalición Todos`.
    fn belongs(&self, head: usize, at: usize) -> bool {
        let words = &self.reading.words;
        if words[at].is(MAN | WOMAN) {
            return false;
        }
        let several = self.capitals(at) - at > 1;
        let nested = at > head + 1 && !words[at - 1].is_capital() && !words[head..at].iter().skip(1).any(|w| w.is(ROLE));
        let person = (at..self.capitals(at)).any(|k| words[k].is(MAN | WOMAN)) || several && words[at - 1].is(NATION);
        if self.reading.grammar.genitive {
            let place = words[at].is(PLACE | NATION | ORGANISATION) || words[at].shape == Shape::Shouted;
            return !person
                && (place
                    || !several && self.is_oblique(at)
                    || several && self.word(at + 1).is_some_and(|w| w.shape == Shape::Lower));
        }
        nested && !person
    }

    /// `Казахстана`, `России`: in the case that says whose.
    fn is_oblique(&self, at: usize) -> bool {
        let text = self.text(&self.reading.words[at]);
        ["ии", "ы", "ана", "и", "ей", "ów", "ii", "ji"].iter().any(|ending| text.ends_with(ending))
    }

    /// One past the run of capitals at `at`.
    fn capitals(&self, at: usize) -> usize {
        let capital = |k: usize| self.word(k).is_some_and(Word::is_capital);
        let mut stop = at;
        while capital(stop) {
            stop += 1;
            let links = |w: &Word| w.hash == known("of") || w.is(PARTICLE) || w.is_point(b'&');
            let link = (stop..stop + 2).take_while(|k| self.word(*k).is_some_and(links)).count();
            if link > 0 && capital(stop + link) {
                stop += link;
            } else if self.word(stop).is_some_and(|w| w.hash == known("and")) && capital(stop + 1) && stop - at > 1 {
                stop += 1;
            }
        }
        stop
    }

    /// One past what follows the "of" at `of`.
    fn belonging(&self, of: usize) -> Option<usize> {
        let mut start = of + 1;
        while start < of + 3 && self.word(start)?.is(DETERMINER) {
            start += 1;
        }
        let word = self.word(start)?;
        if word.is_capital() && !word.is(CALENDAR) {
            let stop = self.capitals(start);
            if let Some(end) = self.field(start, stop) {
                return Some(end);
            }
            // `do Rio Sérgio Cabral`: the name of a person begins within.
            let given = (start + 1..stop.saturating_sub(1)).find(|k| self.reading.words[*k].is(MAN | WOMAN));
            // Behind "do" and "del", which hold an article, a person's name is rare.
            let article = start > of + 1 || !["de", "di", "d'", "d’"].contains(&self.text(&self.reading.words[of]));
            let person = self.reading.words[start].is(MAN | WOMAN) && !article;
            return Some(given.filter(|_| !person).unwrap_or(stop));
        }
        let noun = word.shape == Shape::Lower && !word.is(ENDS | SAY) && !word.is_finite() || word.shape == Shape::Number;
        noun.then_some(start + 1)
    }

    /// One past a party or a field, where a name of two words or more follows: `o deputado do PT Bo Ruiz`, `o promotor de Justiça Bo Ruiz`, `o
    /// secretário de Segurança Pública Bo Ruiz`.
    fn field(&self, start: usize, stop: usize) -> Option<usize> {
        const KINDS: [&str; 6] = ["Nacional", "Social", "Pública", "Público", "Federal", "Superior"];
        let words = &self.reading.words;
        let field = FIELDS.contains(&words[start].hash);
        let kind = field && start + 1 < stop && KINDS.contains(&self.text(&words[start + 1]));
        let end = start + 1 + usize::from(kind);
        let party = words[start].shape == Shape::Shouted && words.get(end).is_some_and(|w| w.shape != Shape::Shouted);
        let named = stop.saturating_sub(end) == 2 || stop > end + 1 && words[end].is(MAN | WOMAN);
        (named && (field || party)).then_some(end)
    }

    /// The one named behind the phrase, with the phrase as role.
    fn named(&self, head: usize, stop: usize) -> Option<Mention> {
        let words = &self.reading.words;
        let next = self.word(stop)?;
        // `a auxiliar de limpeza Ana Lira`: whatever she does, it is a person.
        let person = next.is(MAN | WOMAN) && self.capitals(stop) - stop > 1;
        if !words[head].is(ROLE | TITLE) && !words[head].is_body() && !person {
            return None;
        }
        if next.is_capital() {
            return self.name(head, stop, stop);
        }
        if !words[head].is(ROLE | TITLE) {
            return None;
        }
        let mut comma = if next.is_point(b',') { stop } else { self.comma(stop)? };
        // `a presidente do partido, senadora Ana Lira,`
        if self.word(comma + 1)?.is(ROLE) && self.word(comma + 1)?.shape == Shape::Lower {
            comma += 1;
        }
        let full = self.word(comma + 1)?.is_capital() && self.capitals(comma + 1) - comma > 2;
        if full { self.name(head, comma + 1, stop) } else { None }
    }

    /// The comma before a name, behind something of place: `a embaixadora na ONU, Nadia Hale,`.
    fn comma(&self, stop: usize) -> Option<usize> {
        let here = |word: &Word| word.is(PREPOSITION) && word.shape == Shape::Lower;
        self.word(stop).filter(|word| here(word))?;
        let passed = |k: &usize| {
            let inside = |w: &Word| {
                w.is_word() && !w.is(SAY | SAYING | AUXILIARY | PRONOUN | CALENDAR) && !w.is_finite() && w.hash != known("that")
            };
            self.word(*k).is_some_and(inside)
        };
        let comma = (stop..stop + 9).find(|k| !passed(k))?;
        let name = self.word(comma + 1).is_some_and(Word::is_capital);
        (self.word(comma)?.is_point(b',') && name).then_some(comma)
    }

    fn name(&self, head: usize, at: usize, stop: usize) -> Option<Mention> {
        let words = &self.reading.words;
        let mut found = super::name(self.reading, at, self.end).filter(|found| found.kind != MentionKind::Description)?;
        if words[found.words.clone()].iter().all(|w| w.is(CALENDAR)) || found.words.start != at && stop != at {
            return None;
        }
        let person = words[head].is(ROLE | TITLE) && !words[found.head].is(ORGANISATION);
        if person && words[head].shape == Shape::Lower && found.words.len() > 1 {
            found.kind = MentionKind::Name;
        }
        let end = if words[at - 1].is_point(b',') { at - 1 } else { stop.max(found.words.start.min(at)) };
        found.role = Some(self.first..end);
        Some(found)
    }
}
