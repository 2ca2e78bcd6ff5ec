//! Tells nouns from names where both have a capital.
//!
//! In German a noun is read as if it were printed in small letters, so that everything later sees the same text an English reporter would
//! have written: "the minister Ann Lee", not "the Minister Ann Lee". What a word can be by its letters the lexicon knows; what stands before it
//! decides where it can be both.

use super::{Reading, Shape, Word, symbol};
use crate::lexicon::nouns::{Noun, german};
use crate::lexicon::*;
use std::collections::HashSet;

/// What a word loses when it is no name.
const OF_NAMES: Class = MAN | WOMAN | PLACE | NATION | PARTICLE | SUFFIX | OPENER | CALENDAR;

impl Reading<'_> {
    /// Reads the nouns of the article as words in small letters.
    pub(super) fn tell_nouns(&mut self) {
        // "Jan" and "Jun" are months in English only.
        let months = self.words.iter_mut().filter(|w| w.is(CALENDAR) && w.end - w.start <= 3);
        months.for_each(|w| w.class &= !CALENDAR);
        let mut known = WordMap::default();
        let nouns: Vec<Noun> = (0..self.words.len()).map(|k| self.noun(k, &mut known)).collect();
        let families = self.families(&nouns);
        for at in 0..self.words.len() {
            self.join_particles(at);
            self.tell_they(at);
            self.tell_expletive(at);
            if self.is_age(at) {
                self.lower(at, hash("man"));
                self.words[at].class &= !(MASCULINE | MISTER);
            } else if self.is_noun(at, &nouns, &families) {
                let placed = self.is_of_place(at, &nouns);
                self.lower_noun(at);
                self.words[at].class |= if placed { NATION } else { 0 };
            }
            self.tell_reported(at);
        }
    }

    fn printed(&self, at: usize) -> &str {
        self.words[at].span().of(self.text)
    }

    /// What the word is by its letters; each word is looked up once.
    fn noun(&self, at: usize, known: &mut WordMap<u32, Noun>) -> Noun {
        let word = &self.words[at];
        if word.shape != Shape::Capital || word.is(CALENDAR | PRONOUN | OTHER_PRONOUN) {
            return Noun::Unknown;
        }
        let function = word.is(DETERMINER | PREPOSITION | CONJUNCTION | AUXILIARY | ADVERB) && !word.is(ROLE | SOURCE);
        if function {
            return Noun::Unknown;
        }
        if word.is(ROLE | SOURCE | SPOKEN) && !word.is(MISTER | MISSES) {
            return Noun::Certain;
        }
        *known.entry(word.hash).or_insert_with(|| {
            let printed = self.printed(at).to_lowercase();
            match self.role(&printed) {
                // A given name may end like a noun: "Rainer".
                None if word.is(MAN | WOMAN) => Noun::Unknown,
                None => german(&printed),
                Some(_) if german(&printed) == Noun::OrFamily => Noun::OrFamily,
                Some(_) => Noun::Certain,
            }
        })
    }

    /// The English word that does the work of a compound, in any of its cases.
    fn role(&self, printed: &str) -> Option<u32> {
        let cut = ["s", "es", "n", "en", "nen"].iter().filter_map(|case| printed.strip_suffix(case));
        std::iter::once(printed).chain(cut).find_map(|stem| english_by_ending(self.language, stem))
    }

    /// The words that stand behind a given name or "Herr" somewhere in the article: last names here, whatever else they mean.
    fn families(&self, nouns: &[Noun]) -> HashSet<u32> {
        let behind = |k: &usize| {
            let (before, word) = (&self.words[k - 1], &self.words[*k]);
            let given = before.is(MAN | WOMAN) && nouns[k - 1] == Noun::Unknown && before.is_capital();
            word.shape == Shape::Capital && before.line == word.line && (given || before.is(MISTER | MISSES) && before.is(TITLE))
        };
        (1..self.words.len()).filter(behind).map(|k| self.words[k].hash).collect()
    }

    fn is_noun(&self, at: usize, nouns: &[Noun], families: &HashSet<u32>) -> bool {
        let word = &self.words[at];
        let opens = at.checked_sub(1).is_some_and(|before| self.words[before].shape == Shape::Open);
        if word.shape != Shape::Capital || opens && word.quote != 0 {
            return false;
        }
        if word.is(MISTER | MISSES) && word.is(TITLE) {
            let name = self.words.get(at + 1).is_some_and(|next| next.is_capital() || next.is_point(b'.'));
            return !name;
        }
        let own = self.is_adjective_of_name(at);
        if self.is_adjective_of_name(at + 1) {
            return false;
        }
        match nouns[at] {
            Noun::Unknown => self.is_of_place(at, nouns),
            _ if own => false,
            _ if families.contains(&word.hash) => self.determined(at),
            Noun::Certain => true,
            Noun::OrFamily | Noun::Perhaps => self.determined(at),
        }
    }

    /// `Europäische Union`: an adjective with a capital within a sentence is part of a name.
    fn is_adjective_of_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| at < self.words.len() && self.words[at].shape == Shape::Capital) else {
            return false;
        };
        let (adjective, word) = (&self.words[before], &self.words[at]);
        let begins = before == 0 || {
            let earlier = &self.words[before - 1];
            earlier.sentence != adjective.sentence || earlier.line != adjective.line || !earlier.is_word()
        };
        let printed = self.printed(before);
        adjective.line == word.line
            && adjective.shape == Shape::Capital
            && !begins
            && adjective.class & (COMMON | TITLE | MAN | WOMAN) == 0
            && ["sche", "schen", "scher", "sches", "schem", "igte", "igten", "weiße", "weißen", "rote", "roten", "rotes"]
                .iter()
                .any(|ending| printed.to_lowercase().ends_with(ending))
    }

    /// `Velberger Polizei`: a place with `-er` before a noun describes it.
    fn is_of_place(&self, at: usize, nouns: &[Noun]) -> bool {
        let word = &self.words[at];
        let Some(next) = self.words.get(at + 1) else { return false };
        let same = next.line == word.line && next.quote == word.quote && next.shape == Shape::Capital;
        same && self.printed(at).ends_with("er")
            && !word.is(MAN | WOMAN | TITLE)
            && matches!(nouns[at + 1], Noun::Certain)
            && at.checked_sub(1).is_some_and(|before| !self.words[before].is_capital() && !self.words[before].is(SAY))
    }

    /// Whether an article, a possessive or a preposition with an article in it stands before, with adjectives between at most.
    fn determined(&self, at: usize) -> bool {
        const MERGED: [&str; 9] = ["im", "am", "zum", "zur", "beim", "vom", "ins", "ans", "aufs"];
        let line = self.words[at].line;
        let mut back = (0..at).rev().take(4).take_while(|k| self.words[*k].line == line);
        let adjective = |word: &Word, printed: &str| {
            word.shape == Shape::Lower && ["e", "en", "er", "es", "em"].iter().any(|ending| printed.ends_with(ending))
                || word.shape == Shape::Number
        };
        back.find_map(|k| {
            let word = &self.words[k];
            let printed = self.printed(k);
            match word.is(DETERMINER) || MERGED.contains(&printed.to_lowercase().as_str()) {
                true => Some(true),
                false if adjective(word, printed) && !word.is(SAY | AUXILIARY | PREPOSITION | CONJUNCTION) => None,
                false => Some(false),
            }
        })
        .unwrap_or(false)
    }

    /// `der 22-Jährige`.
    fn is_age(&self, at: usize) -> bool {
        self.words[at].shape == Shape::Number
            && ["Jährige", "Jährigen", "Jähriger", "jährige", "jähriger"].iter().any(|e| self.printed(at).ends_with(e))
            && self.printed(at).contains("-J")
    }

    fn lower_noun(&mut self, at: usize) {
        let word = &self.words[at];
        let known = word.is(ROLE | SOURCE | SPOKEN | WORK | ORGANISATION | TITLE);
        let printed = self.printed(at).to_lowercase();
        let english = if known { Some(word.hash) } else { self.role(&printed) };
        self.lower(at, english.unwrap_or(0));
        let word = &mut self.words[at];
        if word.is(ROLE) && !word.is(FEMININE | MASCULINE) {
            let ends = |endings: &[&str]| endings.iter().any(|ending| printed.ends_with(ending));
            word.class |= match () {
                () if ends(&["in"]) => FEMININE,
                () if ends(&["er", "or", "ist", "ent", "ant", "eur", "loge", "chef", "ekt", "wirt", "mann"]) => MASCULINE,
                () => 0,
            };
        }
    }

    /// Reads a word as a noun that does the work of an English one.
    fn lower(&mut self, at: usize, english: u32) {
        let word = &mut self.words[at];
        let class = if english == word.hash { word.class } else { classes(english) };
        word.class = class & !OF_NAMES | COMMON;
        word.shape = Shape::Lower;
        word.symbol = symbol(word.shape, word.hash, word.class, word.point);
        let (hash, bit) = ((word.hash >> 6) as usize & 1023, 1u64 << (word.hash & 63));
        self.seen[0][hash] |= bit;
    }

    /// `Ursula von der Leyen`, `Karl zu Berg`: a preposition behind a given name is part of the name.
    fn join_particles(&mut self, at: usize) {
        const JOINING: [&str; 5] = ["von", "zu", "van", "vom", "zur"];
        let given = at.checked_sub(1).is_some_and(|k| self.words[k].is(MAN | WOMAN) && self.words[k].is_capital());
        if !given || !JOINING.contains(&self.printed(at)) {
            return;
        }
        let article = self.words.get(at + 1).is_some_and(|w| w.shape == Shape::Lower && w.is(DETERMINER));
        let name = at + 1 + usize::from(article);
        if self.words.get(name).is_some_and(|w| w.shape == Shape::Capital) {
            for word in &mut self.words[at..name] {
                word.class = PARTICLE;
            }
        }
    }

    /// "die Regierung verkenne": a verb in `-e` behind its subject is reported speech, and the subject is talked about; read as "would".
    fn tell_reported(&mut self, at: usize) {
        let word = &self.words[at];
        let printed = self.printed(at);
        let plain = word.shape == Shape::Lower && word.class == 0 && printed.ends_with('e') && !printed.ends_with("te");
        let Some(before) = at.checked_sub(1).map(|k| &self.words[k]).filter(|w| plain && w.line == word.line) else { return };
        let behind = self.words.get(at + 1).is_none_or(|w| !w.is_capital() && !w.is(COMMON));
        if behind && (before.is(COMMON | PRONOUN) || before.shape == Shape::Capital) {
            let word = &mut self.words[at];
            word.hash = known("would");
            word.class = classes(word.hash);
            word.symbol = symbol(word.shape, word.hash, word.class, word.point);
        }
    }

    /// The "es" of "heißt es in dem Bericht" is nobody.
    fn tell_expletive(&mut self, at: usize) {
        const SAYS: [&str; 3] = ["heißt", "hieß", "heiße"];
        let word = &self.words[at];
        if !word.is(THEY) || !self.printed(at).eq_ignore_ascii_case("es") {
            return;
        }
        let beside =
            |k: usize| self.words.get(k).is_some_and(|w| w.is_word()) && SAYS.contains(&self.printed(k).to_lowercase().as_str());
        if beside(at + 1) || at > 0 && beside(at - 1) {
            self.words[at].class = OTHER_PRONOUN;
        }
    }

    /// "sie" beside a verb of many is "they".
    fn tell_they(&mut self, at: usize) {
        if !self.words[at].is(SHE) || self.printed(at).to_lowercase() != "sie" {
            return;
        }
        let many = |k: usize| {
            let verb = self.words.get(k).is_some_and(|w| w.shape == Shape::Lower && w.is(SAY | AUXILIARY));
            verb && (self.printed(k).ends_with("en") || self.printed(k) == "sind")
        };
        if many(at + 1) || at > 0 && many(at - 1) && !many(at + 1) {
            let word = &mut self.words[at];
            word.hash = known("they");
            word.class = classes(word.hash);
            word.symbol = symbol(word.shape, word.hash, word.class, word.point);
        }
    }
}
