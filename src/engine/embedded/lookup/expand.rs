//! Slots of a pattern to the terms of one segment's dictionary.

use super::alike::Alike;
use super::budget::Budget;
use super::misread::{MisreadTerms, width};
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::query::Slot;
use crate::words::{MAX_JOINED, joined_key};
use std::collections::HashMap;
use std::io;
use std::rc::Rc;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// Most words a prefix or wildcard stands for.
pub(in crate::engine::embedded) const MOST_WORDS: usize = 1_000;

/// Most words a fuzzy or misread word or a regular expression stands for.
const MOST_SCANNED: usize = 16_384;

/// The words of a field in one segment.
pub(in crate::engine::embedded) struct Dictionary<'a> {
    pub index: &'a InvertedIndexReader,
    pub field: Field,
    pub snapshot: &'a Snapshot,
    /// The segment's number.
    pub segment: usize,
}

/// One word of the dictionary that a slot accepts.
#[derive(Debug, Clone)]
pub(in crate::engine::embedded) struct TermEntry {
    pub info: TermInfo,
    /// How many words of the text it spans.
    pub width: u8,
}

/// Steps to look at a word of the dictionary, to try a regular expression on it, and to look one up.
const SCANNED: usize = 8;
const TRIED: usize = 128;
const LOOKED_UP: usize = 64;

/// What the slots of a question accept in one segment: each is looked up once, and its words are held once, however often it stands there.
/// They are charged to the question for as long as this is there.
#[derive(Debug)]
pub(in crate::engine::embedded) struct Expansions {
    known: HashMap<(Field, String), Rc<[TermEntry]>>,
    charged: usize,
    /// There were more words than may be used.
    pub cut: bool,
    budget: Rc<Budget>,
}

impl Expansions {
    pub fn charged_to(budget: &Rc<Budget>) -> Self {
        Self { known: HashMap::new(), charged: 0, cut: false, budget: Rc::clone(budget) }
    }

    /// Every term that `slot` accepts; none when the question is at its end.
    pub fn of(&mut self, slot: &Slot, dictionary: &Dictionary) -> io::Result<Rc<[TermEntry]>> {
        let name = match slot {
            // Its printed form is a whole automaton.
            Slot::Regex(_) => None,
            // By far the most; no other is printed with such a beginning.
            Slot::Key(key) => Some((dictionary.field, format!("\0{key}"))),
            slot => Some((dictionary.field, format!("{slot:?}"))),
        };
        if let Some(known) = name.as_ref().and_then(|name| self.known.get(name)) {
            return Ok(Rc::clone(known));
        }
        let mut found = Expansion { terms: Vec::new(), cut: false, budget: &self.budget };
        if !self.budget.is_spent() {
            found.slot(slot, dictionary)?;
        }
        self.cut |= found.cut;
        let bytes = found.terms.len() * size_of::<TermEntry>();
        let terms: Rc<[TermEntry]> = if self.budget.hold(bytes) { found.terms.into() } else { Rc::new([]) };
        self.charged += size_of_val(&*terms);
        if let Some(name) = name {
            self.known.insert(name, Rc::clone(&terms));
        }
        Ok(terms)
    }
}

impl Drop for Expansions {
    fn drop(&mut self) {
        self.budget.release(self.charged);
    }
}

/// The words of a segment that a slot accepts, and whether there were more than may be used.
struct Expansion<'a> {
    terms: Vec<TermEntry>,
    cut: bool,
    budget: &'a Budget,
}

impl Expansion<'_> {
    fn slot(&mut self, slot: &Slot, dictionary: &Dictionary) -> io::Result<()> {
        let index = dictionary.index;
        match slot {
            Slot::Key(key) => {
                self.get(key, 1, index)?;
                self.joined(key, index)
            }
            Slot::Capitals(key) => self.get(&crate::words::capitals_key(key), 1, index),
            Slot::Forms(stem, key) => {
                self.scan(stem.prefix(), 1, MOST_WORDS, index, |term| stem.covers(term))?;
                self.joined(key, index)
            }
            Slot::Prefix(prefix) => self.scan_all_widths(prefix, index, |_| true),
            Slot::Wildcard(pattern) => {
                let literal = pattern.split(['*', '?']).next().unwrap_or("");
                self.scan_all_widths(literal, index, |term| slot.accepts(term))
            }
            Slot::Fuzzy(word, distance) => self.alike(&*Alike::to(word, *distance)?, dictionary),
            Slot::Misread(word) => self.misread(slot, MisreadTerms(word), index),
            Slot::Regex(_) => self.scan("", 1, MOST_SCANNED, index, |term| self.budget.step(TRIED) && slot.accepts(term)),
            Slot::Anything => Ok(()),
        }
    }

    fn get(&mut self, key: &str, width: u8, index: &InvertedIndexReader) -> io::Result<()> {
        self.budget.step(LOOKED_UP);
        self.terms.extend(index.terms().get(key.as_bytes())?.map(|info| TermEntry { info, width }));
        Ok(())
    }

    /// The spellings of `key` in several parts.
    fn joined(&mut self, key: &str, index: &InvertedIndexReader) -> io::Result<()> {
        if key.len() > 1 {
            for parts in 2..=MAX_JOINED {
                self.get(&joined_key(key, parts), parts as u8, index)?;
            }
        }
        Ok(())
    }

    fn scan_all_widths(&mut self, prefix: &str, index: &InvertedIndexReader, accepts: impl Fn(&str) -> bool) -> io::Result<()> {
        self.scan(prefix, 1, MOST_WORDS, index, &accepts)?;
        for parts in 2..=MAX_JOINED {
            self.scan(&joined_key(prefix, parts), parts as u8, MOST_WORDS, index, |term| accepts(&term[1..]))?;
        }
        Ok(())
    }

    /// Every plain word that is alike. The automaton is of the same distance as [`Slot::accepts`] is.
    fn alike(&mut self, alike: &Alike, dictionary: &Dictionary) -> io::Result<()> {
        let terms = dictionary.index.terms();
        let Some(tree) = dictionary.snapshot.trees(dictionary.segment).and_then(|trees| trees.of(dictionary.field)) else {
            let mut stream = terms.search(alike.automaton()).ge(b" ").into_stream()?;
            while stream.advance() && self.may_look_up() {
                self.terms.push(TermEntry { info: stream.value().clone(), width: 1 });
            }
            return Ok(());
        };
        let mut keys: Vec<Vec<u8>> = Vec::new();
        alike.each_of(&tree, &mut |key| {
            keys.push(key.to_vec());
            keys.len() <= MOST_SCANNED
        });
        for key in keys {
            if !self.may_look_up() {
                break;
            }
            self.terms.extend(terms.get(key)?.map(|info| TermEntry { info, width: 1 }));
        }
        Ok(())
    }

    /// Takes the steps to look up one more word of many; false when there are too many.
    fn may_look_up(&mut self) -> bool {
        let may = self.terms.len() < MOST_SCANNED && self.budget.step(LOOKED_UP);
        self.cut |= !may;
        may
    }

    /// Every word that may be a misread one, in one piece or joined.
    fn misread(&mut self, slot: &Slot, terms: MisreadTerms<'_>, index: &InvertedIndexReader) -> io::Result<()> {
        let mut stream = index.terms().search(terms).into_stream()?;
        while stream.advance() && self.may_look_up() {
            let key = stream.key();
            if std::str::from_utf8(key).is_ok_and(|term| slot.accepts(term)) {
                self.terms.push(TermEntry { info: stream.value().clone(), width: width(key) });
            }
        }
        Ok(())
    }

    /// Every term that begins with `prefix` and is accepted. An empty prefix scans the plain words.
    fn scan(
        &mut self,
        prefix: &str,
        width: u8,
        most: usize,
        index: &InvertedIndexReader,
        accepts: impl Fn(&str) -> bool,
    ) -> io::Result<()> {
        let from = if prefix.is_empty() { " " } else { prefix };
        let mut stream = index.terms().range().ge(from.as_bytes()).into_stream()?;
        let mut taken = 0;
        while stream.advance() {
            let key = stream.key();
            if !self.budget.step(SCANNED) {
                self.cut = true;
                break;
            }
            if !prefix.is_empty() && !key.starts_with(prefix.as_bytes()) {
                break;
            }
            if std::str::from_utf8(key).is_ok_and(&accepts) {
                if taken == most {
                    self.cut = true;
                    break;
                }
                taken += 1;
                self.terms.push(TermEntry { info: stream.value().clone(), width });
            }
        }
        Ok(())
    }
}
