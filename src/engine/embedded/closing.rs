//! The end of a run: what searches would otherwise have to find out is found out, and kept beside the segments.

use super::lookup::budget::Budget;
use super::lookup::evaluate::{Segment, least_frequent};
use super::rank::about::abouts;
use super::rank::bounds::BoundTable;
use super::rank::champions::{basis, basis_for_longer, best_articles};
use super::rank::weights::RankingWeights;
use super::store::champions::{self, Basis, ChampionFile, Champions, Figures};
use super::store::dictionary::Dictionaries;
use super::store::disk::Disk;
use super::store::intake::IndexWriter;
use super::store::schema::Fields;
use super::store::snapshot::Snapshot;
use super::store::stories::Stories;
use crate::engine::plan::Planned;
use crate::engine::{Caller, Error};
use crate::query::{Exactness, Phrase, Query, Word};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::{Index, ReloadPolicy};

/// Articles that are kept of a frequent word: for ten answers the 96 best units are wanted. At 250 MB they were among these for all of the bench's
/// 40 common words, at 1000 MB not for all (docs/performance.md).
const ARTICLES: usize = 256;

impl IndexWriter {
    /// Makes merges finish, finds out which articles tell one story and where frequent words are worth most, and closes the index.
    ///
    /// # Errors
    /// [`Error`] when a merge fails.
    pub fn close(self) -> Result<(), Error> {
        let IndexWriter { disk, fields, writer, kept, packing } = self;
        let index = writer.index().clone();
        writer.wait_merging_threads().map_err(|e| disk.failed(e))?;
        // What cannot be kept is found anew by whoever asks for it.
        if let Some(kept) = kept {
            if let Ok(stories) = Stories::of_last_commit(&index) {
                let _ = stories.keep(&disk, &kept);
            }
            let _ = keep_champions(&disk, &index, fields, packing.dictionaries());
        }
        Ok(())
    }
}

/// Keeps the champions of all segments that have none, or some that do not hold any more.
fn keep_champions(disk: &Disk, index: &Index, fields: Fields, dictionaries: &Arc<Dictionaries>) -> Result<(), Error> {
    let failed = |error| disk.failed(error);
    let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
    let snapshot = Snapshot::new(disk.dir(), reader.searcher(), Arc::clone(dictionaries));
    let segments = snapshot.searcher.segment_readers();
    let weights = RankingWeights::default();
    let now = basis(&weights, &snapshot.totals(&fields).map_err(failed)?);
    for (number, segment) in segments.iter().enumerate() {
        let there = ChampionFile::open(disk.dir(), segment);
        if !there.is_some_and(|file| file.holds_for(&now)) {
            let basis = basis_for_longer(now);
            let words =
                OfSegment { snapshot: &snapshot, number, fields, weights: &weights, basis: &basis }.words().map_err(failed)?;
            champions::keep(disk, segment, basis, words)?;
        }
    }
    champions::forget_others(disk, segments);
    Ok(())
}

struct OfSegment<'a> {
    snapshot: &'a Snapshot,
    number: usize,
    fields: Fields,
    weights: &'a RankingWeights,
    basis: &'a Basis,
}

impl OfSegment<'_> {
    /// The frequent words of the segment, each with its forms and as it is.
    fn words(&self) -> tantivy::Result<Vec<(u64, Champions)>> {
        let segment = self.snapshot.searcher.segment_reader(self.number as u32);
        let (index, least) = (segment.inverted_index(self.fields.text)?, least_frequent(segment));
        // What stands before the space is not a word as it is printed.
        let mut stream = index.terms().range().ge(b" ").into_stream()?;
        let (mut known, mut words) = (HashSet::new(), Vec::new());
        while stream.advance() {
            // Of a word and its forms one at least has a quarter of the units, or they are read as they are.
            if u64::from(stream.value().doc_freq) >= least / 4
                && let Ok(word) = std::str::from_utf8(stream.key())
            {
                let exact = Phrase { text: word.to_owned(), slop: 0, exactness: Exactness::Words };
                for query in [Query::Word(Word::Forms(word.to_owned())), Query::Phrase(exact)] {
                    words.extend(self.word(&query, &mut known)?);
                }
            }
        }
        Ok(words)
    }

    /// What is kept of a word; nothing if it is not frequent, or known already: by another of its forms, or because it has none.
    fn word(&self, query: &Query, known: &mut HashSet<u64>) -> tantivy::Result<Option<(u64, Champions)>> {
        let planned = Planned::new(query);
        let budget: Rc<Budget> =
            Budget::new(&Caller::default(), None, u64::from(self.snapshot.searcher.segment_reader(self.number as u32).max_doc()));
        let mut segment = Segment::open(self.snapshot, self.number, self.fields, &planned.leaves, &budget)?;
        let rows = self.snapshot.rows(self.number)?;
        if planned.any_of().is_none_or(|leaves| leaves != [0]) || !segment.is_frequent(0) {
            return Ok(None);
        }
        let Some(key) = segment.key_of_word(0).filter(|key| known.insert(*key)) else { return Ok(None) };
        let docs = segment.answer(&planned)?;
        let about = abouts(&segment, &planned.leaves)?.swap_remove(0);
        let table = BoundTable::for_averages(1.0, self.weights, self.basis.unit, self.basis.article);
        let best = best_articles(&docs, &about, rows, table, ARTICLES);
        let mut all: Vec<u32> = docs.iter().map(|(doc, _)| rows.look(*doc).0).collect();
        all.dedup();
        let figures = Figures {
            passages: segment.passages(&planned, &docs)?,
            units: docs.len(),
            mentions: docs.iter().map(|(_, count)| *count as usize).sum(),
            articles: all.len(),
        };
        let champions = Champions::new(figures, &best.articles, best.rest, best.about);
        // A word whose list was cut short on the way would be given out as rarer than it is.
        Ok((!budget.is_spent() && !segment.expansions.cut).then_some((key, champions)))
    }
}
