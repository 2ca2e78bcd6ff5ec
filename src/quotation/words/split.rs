//! Splits text into words and marks.
//!
//! A word keeps its inner hyphens and apostrophes and the full stop of an abbreviation; a possessive `'s` is a word of its own. Foreign
//! function words are looked up as the English words that do the same work.

use super::shapes::{BEYOND, KINDS, SMALL, ending, shape};
use super::{Reading, Shape, Symbol, Word};
use crate::lexicon::{self, Hash, Language};
use crate::quotation::words;

const THAT: u32 = lexicon::known("that");
const AND: u32 = lexicon::known("and");

impl Reading<'_> {
    pub(super) fn mark(&mut self, start: u32, end: u32, shape: Shape) {
        let hash = if shape == Shape::Open { Symbol::OpenMark as u32 } else { Symbol::CloseMark as u32 };
        let line = self.lines.len() as u32;
        self.words.push(Word { start, end, hash, class: 0, shape, point: b'"', sentence: 0, line, quote: 0, symbol: hash });
    }

    /// Splits `start..end` into words and marks.
    pub(super) fn plain(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            let byte = bytes[at];
            if byte == b' ' || byte == b'\n' || byte == b'\t' || byte == b'\r' {
                at += 1;
            } else if byte.is_ascii_alphanumeric() {
                at = self.word(at, end);
            } else if byte < 0x80 {
                self.point(at, at + 1, byte);
                at += 1;
            } else {
                at = self.foreign(at, end);
            }
        }
    }

    /// A character beyond ASCII: part of a word, white space, or a mark.
    fn foreign(&mut self, at: usize, end: usize) -> usize {
        let Some(c) = self.text[at..end].chars().next() else { return end };
        let next = at + c.len_utf8();
        match c {
            _ if c.is_alphanumeric() => return self.word(at, end),
            _ if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => {}
            '—' | '–' | '―' | '‒' | '‐' => self.point(at, next, b'-'),
            '…' => self.point(at, next, b'.'),
            '’' | '‘' => self.point(at, next, b'\''),
            _ => self.point(at, next, b'*'),
        }
        next
    }

    fn point(&mut self, start: usize, end: usize, point: u8) {
        let (start, end) = (start as u32, end as u32);
        let (hash, line) = (u32::from(point), self.lines.len() as u32);
        self.words.push(Word {
            start,
            end,
            hash,
            class: 0,
            shape: Shape::Point,
            point,
            sentence: 0,
            line,
            quote: 0,
            symbol: hash,
        });
    }

    /// Reads one word; a possessive `'s` becomes a word of its own, an abbreviation keeps its full stop.
    fn word(&mut self, start: usize, end: usize) -> usize {
        let Ended { stop, hash: printed, kinds } = self.word_end(start, end);
        let word = &self.text[start..stop];
        let shape = shape(word, kinds);
        let Known { hash, class, finite } = self.known(word, printed, shape);
        let point = if finite { Symbol::Past } else { ending(word) } as u8;
        let (symbol, line) = (hash, self.lines.len() as u32);
        self.words.push(Word {
            start: start as u32,
            end: stop as u32,
            hash,
            class,
            shape,
            point,
            sentence: 0,
            line,
            quote: 0,
            symbol,
        });
        let bytes = self.text.as_bytes();
        let apostrophe = apostrophe(bytes, stop, end);
        let s = stop + apostrophe;
        if apostrophe > 0 && s < end && bytes[s] | 32 == b's' && !(s + 1 < end && bytes[s + 1].is_ascii_alphanumeric()) {
            const HASH: u32 = lexicon::known("'s");
            let (start, end) = (stop as u32, s as u32 + 1);
            let class = if self.grammar.noun_first { lexicon::classes(HASH) } else { 0 };
            let (hash, shape, point) = (HASH, Shape::Lower, Symbol::Other as u8);
            self.words.push(Word { start, end, hash, class, shape, point, sentence: 0, line, quote: 0, symbol: hash });
            return s + 1;
        }
        stop
    }

    /// Gives the words from `first` on their classes, if they have none yet, and what is left of them for grammar.
    pub(super) fn classify(&mut self, first: usize) {
        let words = &mut self.words[first..];
        if !self.grammar.noun_first {
            lexicon::classes_of(words.iter_mut().filter(|word| word.is_word()).map(|word| (word.hash, &mut word.class)));
        }
        let lost = if self.language == Language::German { lexicon::COMMON } else { 0 };
        for word in words.iter_mut().filter(|word| word.is_word()) {
            word.class &= !lost;
            if self.language != Language::English && word.hash == THAT {
                // "que", "che", "dass" join clauses and point at nothing: only English has one word for both.
                word.class &= !lexicon::DETERMINER;
            }
            if word.shape == Shape::Shouted {
                word.class &= !(lexicon::OTHER_PRONOUN | lexicon::PRONOUN);
            }
            word.symbol = words::symbol(word.shape, word.hash, word.class, word.point);
        }
    }

    /// A foreign function word as the English one that does its work; `so` in `"...", so Meier` reports.
    fn in_english(&self, hash: u32) -> u32 {
        if self.language == Language::English {
            return hash;
        }
        let behind = self.words.last().is_some_and(|w| w.is_point(b',') || w.shape == Shape::Close);
        if behind && self.language == Language::German && hash == lexicon::hash("so") {
            return lexicon::hash("said");
        }
        lexicon::english(self.language, hash).unwrap_or(hash)
    }

    /// `l'`, `dell'`: a word that has lost its vowel before the next; `D'Alessio` stays whole.
    fn elided(&self, start: usize, hash: u32) -> bool {
        self.grammar.elides(hash) && (self.text.as_bytes()[start].is_ascii_lowercase() || self.sentence_begins_at(start))
    }

    /// Whether nothing or a full stop stands before a place.
    fn sentence_begins_at(&self, start: usize) -> bool {
        self.words
            .last()
            .is_none_or(|w| w.shape == Shape::Open || w.is_point(b'.') || self.text[w.end as usize..start].contains('\n'))
    }

    fn word_end(&self, start: usize, end: usize) -> Ended {
        let bytes = &self.text.as_bytes()[..end];
        let mut hash = Hash::new();
        let mut at = start;
        if SMALL[usize::from(bytes[start])] != 0 {
            hash.byte(SMALL[usize::from(bytes[start])]);
            at += 1;
        }
        let mut kinds = 0;
        let ended = |stop, hash: &Hash, kinds| Ended { stop, hash: hash.finish(), kinds };
        while let Some(byte) = bytes.get(at).filter(|byte| SMALL[usize::from(**byte)] != 0) {
            hash.byte(SMALL[usize::from(*byte)]);
            kinds |= KINDS[usize::from(*byte)];
            at += 1;
        }
        // Most words end here.
        if at > start && bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b')' | b'"' | b':' | b';' | b'!' | b'?')) {
            return ended(at, &hash, kinds);
        }
        while let Some(byte) = bytes.get(at).copied() {
            let small = SMALL[usize::from(byte)];
            if small != 0 {
                hash.byte(small);
                kinds |= KINDS[usize::from(byte)];
                at += 1;
            } else if byte >= 0x80 {
                let Some(c) = self.text[at..end].chars().next() else { break };
                if is_unseen(c) && letter_at(self.text, at + c.len_utf8(), end) {
                    kinds |= BEYOND;
                    at += c.len_utf8();
                    continue;
                }
                if !c.is_alphanumeric() && c != '\u{301}' {
                    let inside = c == '’' && letter_at(self.text, at + 3, end) && !possessive(bytes, at + 3, end);
                    if c == '’' && letter_at(self.text, at + 3, end) && self.elided(start, hash.finish()) {
                        return ended(at + 3, &hash, kinds | BEYOND);
                    }
                    if !inside {
                        break;
                    }
                    hash.byte(b'\'');
                    kinds |= BEYOND;
                    at += 3;
                    continue;
                }
                kinds |= BEYOND;
                let mut buffer = [0; 4];
                c.to_lowercase().for_each(|c| c.encode_utf8(&mut buffer).bytes().for_each(|b| hash.byte(b)));
                at += c.len_utf8();
            } else if byte == b'\'' && letter_at(self.text, at + 1, end) && self.elided(start, hash.finish()) {
                return ended(at + 1, &hash, kinds);
            } else if (byte == b'\'' && !possessive(bytes, at + 1, end) || byte == b'-') && letter_at(self.text, at + 1, end) {
                hash.byte(byte);
                at += 1;
            } else if byte == b'.' && at > start && self.dot_belongs(start, at, end, &hash) {
                if at + 1 < end && bytes[at + 1].is_ascii_alphanumeric() {
                    hash.byte(b'.');
                    at += 1;
                } else {
                    return ended(at + 1, &hash, kinds);
                }
            } else if (byte == b',' || byte == b'.')
                && bytes[start].is_ascii_digit()
                && at + 1 < end
                && bytes[at + 1].is_ascii_digit()
            {
                hash.byte(byte);
                at += 1;
            } else {
                break;
            }
        }
        ended(at, &hash, kinds)
    }

    /// Whether the full stop at `at` is part of the word begun at `start` (`U.S.`, `Mr.`, `J.`).
    fn dot_belongs(&self, start: usize, at: usize, end: usize, hash: &Hash) -> bool {
        let bytes = self.text.as_bytes();
        let word = &bytes[start..at];
        let letter_after = at + 1 < end && bytes[at + 1].is_ascii_alphabetic();
        let single = word.len() == 1 || word[word.len() - 2] == b'.';
        if letter_after {
            // "D-N.H.": a party and a state
            let party = word.len() == 3 && word[1] == b'-' && word[0].is_ascii_uppercase();
            return (single || party) && word[word.len() - 1].is_ascii_alphabetic();
        }
        let initial = single && word[word.len() - 1].is_ascii_uppercase();
        let next_word = at + 1 < end && bytes[at + 1] == b' ';
        (initial && (next_word || word.len() > 1 || at + 1 >= end || bytes[at + 1] == b','))
            || (word.len() <= 5
                && word[0].is_ascii_alphabetic()
                && lexicon::classes(hash.finish()) & lexicon::ABBREVIATION != 0
                && { word[0].is_ascii_uppercase() || word.contains(&b'.') })
    }
}

/// Where a word ends.
struct Ended {
    stop: usize,
    hash: u32,
    /// Of its characters but the first, see [`KINDS`].
    kinds: u8,
}

/// A place where a line may or may not be broken, within a word.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// What the word lists tell of a word.
struct Known {
    hash: u32,
    class: lexicon::Class,
    /// It ends as finite verbs do, and no list has it.
    finite: bool,
}

impl Reading<'_> {
    /// What is known of a word, printed as `word` with the hash `printed`.
    fn known(&self, word: &str, printed: u32, shape: Shape) -> Known {
        if !self.grammar.noun_first {
            // Its classes are looked up with those of the words beside it.
            return Known { hash: self.in_english(printed), class: 0, finite: false };
        }
        let given = lexicon::given(self.language, printed);
        let capital = matches!(shape, Shape::Capital | Shape::Shouted);
        // A word of one language may look like one of another: only names are looked up as printed.
        let own = lexicon::classes(printed) & if capital { IN_NAMES } else { lexicon::PARTICLE };
        if let Some(hash) = lexicon::english(self.language, printed) {
            // "Silva e Souza" are two.
            let particle = if hash == AND { 0 } else { own & lexicon::PARTICLE };
            return Known { hash, class: lexicon::classes(hash) | given | particle, finite: false };
        }
        if let Some(class) = self.compound(word) {
            return Known { hash: printed, class: class | given, finite: false };
        }
        if self.grammar.inflects() {
            return self.inflected(word, own | given, capital);
        }
        let finite = shape == Shape::Lower && own | given == 0 && self.grammar.ends_like_verb(word);
        Known { hash: printed, class: own | given, finite }
    }

    /// `ex-ministra`, `procurador-geral`: a person by one of its parts, and a word of its own.
    fn compound(&self, word: &str) -> Option<lexicon::Class> {
        const PEOPLE: lexicon::Class = lexicon::ROLE | lexicon::TITLE;
        let parts = word.contains('-').then(|| word.split('-'))?;
        let person = |part: &str| {
            let hash = lexicon::hash(part);
            let class = lexicon::english(self.language, hash).map_or(0, lexicon::classes);
            (class & PEOPLE != 0).then_some(class & PEOPLE | lexicon::given(self.language, hash))
        };
        parts.rev().find_map(person)
    }

    /// A word of a language whose names are inflected: what its forms share stands for all of them.
    fn inflected(&self, word: &str, class: lexicon::Class, capital: bool) -> Known {
        const NAME: lexicon::Class = lexicon::MAN | lexicon::WOMAN;
        let lower = word.to_lowercase();
        let stem = self.grammar.stem(&lower);
        let role = lexicon::stemmed(self.language, lexicon::hash(stem));
        if let Some(hash) = role.filter(|_| class & NAME == 0) {
            return Known { hash, class: lexicon::classes(hash) | class, finite: false };
        }
        if !capital {
            let finite = class == 0 && self.grammar.ends_like_verb(word);
            return Known { hash: lexicon::hash(stem), class, finite };
        }
        let names = ["", "й", "ий", "а", "я", "ь", "ek", "eł"].map(|ending| lexicon::hash(&format!("{stem}{ending}")));
        let name = names.into_iter().map(lexicon::classes).map(|class| class & NAME).find(|class| *class != 0);
        let name = if class & NAME == 0 { name.unwrap_or(0) } else { 0 };
        Known { hash: lexicon::hash(stem), class: class | name, finite: false }
    }
}

/// Classes that a name may have as printed, whatever the language.
const IN_NAMES: lexicon::Class = lexicon::MAN
    | lexicon::WOMAN
    | lexicon::PLACE
    | lexicon::NATION
    | lexicon::PARTICLE
    | lexicon::SUFFIX
    | lexicon::ORGANISATION
    | lexicon::CALENDAR
    | lexicon::ABBREVIATION;

/// The length of an apostrophe at `at`, or 0.
fn apostrophe(bytes: &[u8], at: usize, end: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') if at < end => 1,
        Some(0xE2) if at + 2 < end && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x99 => 3,
        _ => 0,
    }
}

/// Whether `at` holds the `s` of a possessive and the word ends there.
fn possessive(bytes: &[u8], at: usize, end: usize) -> bool {
    at < end && bytes[at] | 32 == b's' && !(at + 1 < end && (bytes[at + 1].is_ascii_alphanumeric() || bytes[at + 1] == b'-'))
}

fn letter_at(text: &str, at: usize, end: usize) -> bool {
    at < end && text[at..end].chars().next().is_some_and(char::is_alphanumeric)
}
