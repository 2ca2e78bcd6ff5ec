//! Phrases with one term for each place: the common case, and the one that has to be fast.

use crate::engine::embedded::lookup::budget::{Budget, Charge, LIST};
use crate::engine::embedded::lookup::expand::TermEntry;
use std::io;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// A term's postings, and how many words less than the others it stands after the beginning of the phrase: with that added,
/// all terms of one occurrence have the same number.
struct FixedCursor {
    postings: SegmentPostings,
    lead: u32,
}

impl FixedCursor {
    fn seek(&mut self, target: DocId) -> DocId {
        if self.postings.doc() < target { self.postings.seek(target) } else { self.postings.doc() }
    }
}

/// Terms, each so many words after the beginning of the phrase, which has so many words.
pub(super) struct FixedPhrase<'a> {
    pub terms: &'a [(u32, TermEntry)],
    pub words: u32,
}

/// See [`super::each_match`].
pub(super) fn each_match(
    index: &InvertedIndexReader,
    &FixedPhrase { terms, words }: &FixedPhrase,
    within: Option<&[DocId]>,
    budget: &Budget,
    mut found: impl FnMut(DocId, &[(u32, u32)]),
) -> io::Result<()> {
    let mut charge = Charge::new(budget);
    if !charge.grow_to(terms.len() * LIST) || !budget.step(terms.len()) {
        return Ok(());
    }
    let last = terms.iter().map(|(offset, _)| *offset).max().unwrap_or(0);
    let mut terms: Vec<&(u32, TermEntry)> = terms.iter().collect();
    terms.sort_by_key(|(_, term)| term.info.doc_freq);
    let open = |(offset, term): &(u32, TermEntry)| {
        let postings = index.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(FixedCursor { postings, lead: last - offset })
    };
    let mut cursors = terms.into_iter().map(open).collect::<io::Result<Vec<FixedCursor>>>()?;
    let Some((rarest, others)) = cursors.split_first_mut() else { return Ok(()) };
    let (mut numbers, mut next, mut runs) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = within.unwrap_or_default();
    let mut doc = rarest.postings.doc();
    let mut work = 0;
    'units: while doc != TERMINATED {
        if !budget.step(1 + std::mem::take(&mut work)) {
            break;
        }
        if within.is_some() {
            rest = &rest[rest.partition_point(|wanted| *wanted < doc)..];
            match rest.first() {
                None => break,
                Some(&wanted) if wanted > doc => {
                    doc = rarest.seek(wanted);
                    continue;
                }
                Some(_) => {}
            }
        }
        for other in others.iter_mut() {
            let there = other.seek(doc);
            work += 1;
            if there > doc {
                doc = rarest.seek(there);
                continue 'units;
            }
        }
        rarest.postings.positions_with_offset(rarest.lead, &mut numbers);
        for other in others.iter_mut() {
            other.postings.positions_with_offset(other.lead, &mut next);
            work += next.len();
            keep_common(&mut numbers, &next);
            if numbers.is_empty() {
                break;
            }
        }
        if !numbers.is_empty() {
            runs.clear();
            runs.extend(numbers.iter().filter(|number| **number >= last).map(|number| (number - last, number - last + words)));
            if !runs.is_empty() {
                found(doc, &runs);
            }
        }
        doc = rarest.postings.advance();
    }
    Ok(())
}

/// Keeps the numbers that `other` has too; both ascend.
fn keep_common(numbers: &mut Vec<u32>, other: &[u32]) {
    let (mut kept, mut from) = (0, 0);
    for at in 0..numbers.len() {
        let number = numbers[at];
        while other.get(from).is_some_and(|there| *there < number) {
            from += 1;
        }
        if other.get(from) == Some(&number) {
            numbers[kept] = number;
            kept += 1;
        }
    }
    numbers.truncate(kept);
}
