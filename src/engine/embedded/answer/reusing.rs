//! Articles that have sequences of words in common with a text, by the fingerprints of their bodies: one pass over a column.

use super::search::IndexReader;
use crate::article::ArticleId;
use crate::day::{Day, Days};
use crate::duplicates::sequences;
use crate::engine::embedded::lookup::budget::{Budget, Charge};
use crate::engine::embedded::store::schema::{FINGERPRINTS, failed};
use crate::engine::{Error, Reuse, Reusing};
use std::time::Instant;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// Fingerprints that are read at once.
const AT_ONCE: u32 = 1 << 12;

/// Fingerprints that cost about as much as one posting.
const A_STEP: usize = 4;

/// Bits of a fingerprint that tell most of those that are not wanted.
const SIEVED: u32 = 16;

/// The sequences of a text.
struct Wanted {
    sequences: Vec<u32>,
    sieve: Vec<u64>,
}

impl Wanted {
    fn new(sequences: Vec<u32>) -> Wanted {
        let mut sieve = vec![0u64; 1 << (SIEVED - 6)];
        for sequence in &sequences {
            let low = sequence % (1 << SIEVED);
            sieve[low as usize / 64] |= 1 << (low % 64);
        }
        Wanted { sequences, sieve }
    }

    /// The number of the sequence with this fingerprint.
    fn number(&self, print: u64) -> Option<u32> {
        let low = (print % (1 << SIEVED)) as usize;
        let passes = self.sieve[low / 64] >> (low % 64) & 1 == 1;
        passes.then(|| self.sequences.binary_search(&(print as u32)).ok()).flatten().map(|at| at as u32)
    }
}

/// An article that has some of them.
struct Met {
    id: u64,
    /// When: the last day on which it may have been printed, then the first.
    when: Option<(Day, Day)>,
    sequences: Vec<u32>,
}

impl IndexReader {
    pub(in crate::engine::embedded) fn reuse_of(&self, asked: &Reusing) -> Result<Reuse, Error> {
        let snapshot = self.snapshot();
        let (budget, _) = self.budget(&snapshot, &asked.caller, Instant::now(), asked.deadline)?;
        let wanted = Wanted::new(sequences(&asked.text));
        let (mut met, mut charge) = (Vec::new(), Charge::new(&budget));
        for segment in snapshot.searcher.segment_readers() {
            let hits = hits(segment, &wanted, &budget).map_err(|error| failed(&self.dir, error))?;
            gather(segment, hits, &mut met).map_err(|error| failed(&self.dir, error))?;
            if !charge.grow_to(met.len() * size_of::<Met>()) {
                break;
            }
        }
        let articles = snapshot.totals(&self.fields).map_err(|error| failed(&self.dir, error))?.articles;
        let mut articles = by_evidence(&wanted, met, articles);
        let others = articles.len().saturating_sub(asked.most);
        articles.truncate(asked.most);
        Ok(Reuse { articles, others, partial: budget.spent().map(|why| why.in_words().to_owned()) })
    }
}

/// Places of the column that hold a wanted sequence, ascending, each with its number.
fn hits(segment: &SegmentReader, wanted: &Wanted, budget: &Budget) -> tantivy::Result<Vec<(DocId, u32)>> {
    let column = segment.fast_fields().u64(FINGERPRINTS)?;
    let all = column.values.num_vals();
    let (mut hits, mut read) = (Vec::new(), vec![0u64; AT_ONCE as usize]);
    let mut charge = Charge::new(budget);
    for start in (0..all).step_by(AT_ONCE as usize) {
        let some = &mut read[..AT_ONCE.min(all - start) as usize];
        column.values.get_range(u64::from(start), some);
        let found = some.iter().zip(start..).filter_map(|(print, at)| Some((at, wanted.number(*print)?)));
        hits.extend(found);
        if !budget.step(some.len() / A_STEP) || !charge.grow_to(hits.len() * size_of::<(DocId, u32)>()) {
            break;
        }
    }
    Ok(hits.into_iter().map(|(at, sequence)| (head_of(&column, at), sequence)).collect())
}

/// The article whose value stands at `at` in the column.
fn head_of(column: &Column<u64>, at: u32) -> DocId {
    let (mut low, mut high) = (0, column.num_docs());
    while low < high {
        let middle = low + (high - low) / 2;
        if column.index.docid_range_to_rowids(0..middle + 1).end > at { high = middle } else { low = middle + 1 }
    }
    low
}

/// Adds the articles of these hits that were not deleted.
fn gather(segment: &SegmentReader, hits: Vec<(DocId, u32)>, met: &mut Vec<Met>) -> tantivy::Result<()> {
    let (ids, days) = (segment.fast_fields().u64("id")?, segment.fast_fields().u64("days")?);
    for own in hits.chunk_by(|one, other| one.0 == other.0) {
        let head = own[0].0;
        if segment.alive_bitset().is_none_or(|alive| alive.is_alive(head)) {
            let when = days.first(head).and_then(Days::unpacked).map(|days| (days.to, days.from));
            let sequences = own.iter().map(|(_, sequence)| *sequence).collect();
            met.push(Met { id: ids.first(head).unwrap_or(0), when, sequences });
        }
    }
    Ok(())
}

/// Those with most evidence first: a sequence is worth more the fewer articles have it.
fn by_evidence(wanted: &Wanted, met: Vec<Met>, articles: u64) -> Vec<ArticleId> {
    let mut having = vec![0u32; wanted.sequences.len()];
    met.iter().flat_map(|met| &met.sequences).for_each(|sequence| having[*sequence as usize] += 1);
    let worth = |sequence: &u32| (1.0 + articles as f64 / f64::from(having[*sequence as usize])).ln();
    let mut order: Vec<(f64, &Met)> = met.iter().map(|met| (met.sequences.iter().map(worth).sum(), met)).collect();
    order.sort_by(|(one, a), (other, b)| {
        let when = |met: &Met| (met.when.is_none(), met.when, met.id);
        other.total_cmp(one).then_with(|| when(a).cmp(&when(b)))
    });
    order.into_iter().map(|(_, met)| ArticleId(met.id)).collect()
}
