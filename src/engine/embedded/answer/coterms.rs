//! Words characteristic of what a speaker says, and the role printed beside the name.

use super::passages::UNPACKED;
use super::register::{Present, Register, Whose};
use crate::directory::terms::log_likelihood;
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::embedded::store::schema::{Fields, failed};
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::{Error, Speech};
use crate::results::{Term as Characteristic, Unreadable};
use crate::words::{Stem, Words, is_stop_word};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use tantivy::{DocAddress, Term};

/// Articles read for the words of one speaker, spread evenly over all of theirs: a few milliseconds.
const MOST_READ: usize = 150;

/// Steps to count a word in the archive.
const COUNTED: usize = 64;

/// A word must stand in this many quotations: one alone says nothing about a speaker.
const LEAST: usize = 2;

/// Least log-likelihood: chance gives more in one of a thousand words.
const CHANCE: f64 = 10.83;

/// Where quotations of a speaker stand: an article, and which of its quotations, or all of theirs.
pub(in crate::engine::embedded) type Spot = (DocAddress, Option<usize>);

/// Reads what a speaker says.
pub(in crate::engine::embedded) struct SpeechReader<'a, 'b> {
    pub snapshot: &'a Snapshot,
    pub fields: Fields,
    pub dir: &'a Path,
    pub register: &'a mut Register<'b>,
    pub speech: &'a Speech,
    pub unreadable: &'a mut Unreadable,
    pub budget: &'a Budget,
}

/// What was read of one speaker.
#[derive(Default)]
pub(in crate::engine::embedded) struct Read {
    words: usize,
    /// For each folded word its printings, and the quotations it stands in.
    found: BTreeMap<String, (usize, BTreeMap<String, usize>)>,
    roles: BTreeMap<String, usize>,
}

impl SpeechReader<'_, '_> {
    /// Reads the quotations of `whose` at these spots, or as many as are enough.
    pub fn read(&mut self, whose: Whose, spots: &[Spot]) -> Result<Read, Error> {
        let mut read = Read::default();
        let mut words = Words::default();
        let step = spots.len().div_ceil(MOST_READ).max(1);
        let addresses: Vec<DocAddress> = spots.iter().step_by(step).map(|(address, _)| *address).collect();
        self.snapshot.will_read(&addresses);
        for (address, number) in spots.iter().step_by(step) {
            if !self.budget.step(UNPACKED) {
                break;
            }
            let Some(stored) = self.snapshot.readable(*address)? else {
                self.unreadable.note(self.snapshot.id_of(*address));
                continue;
            };
            let (article, quotations) = (&stored.0, &stored.1);
            let present = Present::new(article, quotations);
            for (_, quotation) in quotations.iter().enumerate().filter(|(at, _)| number.is_none_or(|number| number == *at)) {
                let wanted = self.speech.takes(quotation.kind, quotation.is_unsure_report());
                let Some(speaker) = quotation.speaker.as_ref().filter(|_| wanted) else { continue };
                let theirs = number.is_some()
                    || self.register.whose(&speaker.name, &present).map_err(|error| failed(self.dir, error))? == Some(whose);
                if !theirs {
                    continue;
                }
                let text = quotation.span.of(&article.text);
                words.read(text);
                read.add(text, &words);
                if let Some(role) = quotation.role {
                    *read.roles.entry(role.of(&article.text).to_owned()).or_default() += 1;
                }
            }
        }
        Ok(read)
    }

    /// The most characteristic words, without those of the speaker's own names.
    pub fn terms(&self, read: &Read, names: &[String], most: usize) -> Result<Vec<Characteristic>, Error> {
        let mut own = HashSet::new();
        for name in names {
            let words = Words::of(name);
            own.extend(words.forms().iter().map(|form| words.key(form).to_owned()));
        }
        let archive = self.archive_words()?;
        if let Some(whole) = &self.snapshot.whole {
            whole.will_ask_for(
                &mut read.found.iter().filter(|(_, (quotations, _))| *quotations >= LEAST).map(|(key, _)| key.as_str()),
            );
        }
        let mut out = Vec::new();
        for (key, (quotations, printings)) in &read.found {
            if *quotations < LEAST || own.contains(key) {
                continue;
            }
            if !self.budget.step(COUNTED) {
                break;
            }
            let worth = log_likelihood(*quotations as f64, read.words as f64, self.archive_count(key)?, archive);
            if worth >= CHANCE {
                let word = printings.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(*text)));
                let word = word.map_or_else(|| key.clone(), |(text, _)| text.clone());
                out.push((key.as_str(), Characteristic { word, quotations: *quotations, worth }));
            }
        }
        out.sort_by(|(_, a), (_, b)| b.worth.total_cmp(&a.worth).then_with(|| a.word.cmp(&b.word)));
        Ok(one_of_each(out, most))
    }

    fn archive_words(&self) -> Result<f64, Error> {
        if let Some(whole) = &self.snapshot.whole {
            return Ok(whole.totals().words as f64);
        }
        let mut words = 0;
        for segment in self.snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.text).map_err(|error| failed(self.dir, error))?;
            words += index.total_num_tokens();
        }
        Ok(words as f64)
    }

    /// Paragraphs and headlines of the archive with this word.
    fn archive_count(&self, key: &str) -> Result<f64, Error> {
        if let Some(whole) = &self.snapshot.whole {
            return Ok(whole.units_with_word(key) as f64);
        }
        let term = Term::from_field_text(self.fields.text, key);
        self.snapshot.searcher.doc_freq(&term).map(|count| count as f64).map_err(|error| failed(self.dir, error))
    }
}

impl Read {
    fn add(&mut self, text: &str, words: &Words) {
        let mut seen = HashSet::new();
        for form in words.forms().iter().filter(|form| form.plain) {
            self.words += 1;
            let key = words.key(form);
            let says_something = key.chars().count() > 2 && key.chars().any(char::is_alphabetic) && !is_stop_word(key);
            if says_something && seen.insert(key) {
                let (count, printings) = self.found.entry(key.to_owned()).or_default();
                *count += 1;
                *printings.entry(form.of(text).to_owned()).or_default() += 1;
            }
        }
    }

    /// The role most often printed beside the name.
    pub fn role(&self) -> Option<String> {
        let best = self.roles.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(*text)))?;
        Some(best.0.clone())
    }
}

/// The first so many of which none is a form of another.
fn one_of_each(terms: Vec<(&str, Characteristic)>, most: usize) -> Vec<Characteristic> {
    let mut stems: Vec<Stem> = Vec::new();
    let mut out = Vec::new();
    for (key, term) in terms {
        if out.len() == most {
            break;
        }
        if !stems.iter().any(|stem| stem.covers(key)) {
            stems.push(Stem::of(key));
            out.push(term);
        }
    }
    out
}
