//! Words characteristic of what a speaker says, and the role printed beside the name.

use super::passages::UNPACKED;
use super::register::{Present, Register, Whose};
use crate::directory::terms::{Characteristic, Spoken};
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::embedded::store::schema::{Fields, failed};
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::{Error, Speech};
use crate::results::{Term, Unreadable};
use crate::words::Words;
use std::collections::BTreeMap;
use std::path::Path;
use tantivy::DocAddress;

/// Articles read for the words of one speaker, spread evenly over all of theirs: a few milliseconds.
const MOST_READ: usize = 150;

/// Steps to count a word in the archive.
const COUNTED: usize = 64;

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
    spoken: Spoken,
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
                read.spoken.add(text, &words);
                if let Some(role) = quotation.role {
                    *read.roles.entry(role.of(&article.text).to_owned()).or_default() += 1;
                }
            }
        }
        Ok(read)
    }

    /// The most characteristic words, without those of the speaker's own names.
    pub fn terms(&self, read: &Read, names: &[String], most: usize) -> Result<Vec<Term>, Error> {
        let archive = self.archive_words()?;
        if let Some(whole) = &self.snapshot.whole {
            whole.will_ask_for(&mut read.spoken.candidates());
        }
        let count = |key: &str| if self.budget.step(COUNTED) { self.archive_count(key).map(Some) } else { Ok(None) };
        let found = read.spoken.characteristic(names, most, archive, count)?;
        let term = |term: Characteristic| Term { word: term.word, quotations: term.quotations, worth: term.worth };
        Ok(found.into_iter().map(term).collect())
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
        let term = tantivy::Term::from_field_text(self.fields.text, key);
        self.snapshot.searcher.doc_freq(&term).map(|count| count as f64).map_err(|error| failed(self.dir, error))
    }
}

impl Read {
    /// The role most often printed beside the name.
    pub fn role(&self) -> Option<String> {
        let best = self.roles.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(*text)))?;
        Some(best.0.clone())
    }
}
