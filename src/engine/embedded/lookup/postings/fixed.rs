//! Phrases with one term for each place: the common case, and the one that has to be fast.

use super::Among;
use super::crossing::{CROSSING, Crossing, are_near};
use crate::engine::embedded::lookup::budget::{Budget, Charge, LIST};
use crate::engine::embedded::lookup::expand::TermEntry;
use std::io;
use tantivy::directory::FileSlice;
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

impl FixedPhrase<'_> {
    /// Words from its beginning to the last of the terms.
    fn last(&self) -> u32 {
        self.terms.iter().map(|(offset, _)| *offset).max().unwrap_or(0)
    }

    /// The terms, the rarest first.
    fn sorted(&self) -> Vec<&(u32, TermEntry)> {
        let mut terms: Vec<&(u32, TermEntry)> = self.terms.iter().collect();
        terms.sort_by_key(|(_, term)| term.info.doc_freq);
        terms
    }

    fn cursors(&self, index: &InvertedIndexReader, terms: &[&(u32, TermEntry)]) -> io::Result<Vec<FixedCursor>> {
        let open = |(offset, term): &&(u32, TermEntry)| {
            let postings = index.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqsAndPositions)?;
            Ok(FixedCursor { postings, lead: self.last() - offset })
        };
        terms.iter().map(open).collect()
    }

    /// The first word of each occurrence and the one past its last, told from what all terms have the same.
    fn runs(&self, numbers: &[u32], runs: &mut Vec<(u32, u32)>) {
        let last = self.last();
        runs.clear();
        runs.extend(numbers.iter().filter(|number| **number >= last).map(|number| (number - last, number - last + self.words)));
    }
}

/// See [`super::each_match`].
pub(super) fn each_match(
    index: &InvertedIndexReader,
    phrase: &FixedPhrase,
    among: Among,
    budget: &Budget,
    found: impl FnMut(DocId, &[(u32, u32)]),
) -> io::Result<()> {
    let terms = phrase.sorted();
    let crossing = match (among, terms.as_slice()) {
        (Among::All(Some(places)), [first, second, ..]) if are_near(&first.1, &second.1, places.units) => Some(places),
        _ => None,
    };
    let mut charge = Charge::new(budget);
    let held = terms.len() * LIST + if crossing.is_some() { CROSSING } else { 0 };
    if !charge.grow_to(held) || !budget.step(terms.len()) {
        return Ok(());
    }
    match crossing {
        Some(places) => each_crossed(index, phrase, (&terms, &places.file), budget, found),
        None => each_in_turn(phrase, phrase.cursors(index, &terms)?, among.units(), budget, found),
    }
}

/// Looks for the units of the rarest term in the lists of the others, one by one.
fn each_in_turn(
    phrase: &FixedPhrase,
    mut cursors: Vec<FixedCursor>,
    within: Option<&[DocId]>,
    budget: &Budget,
    mut found: impl FnMut(DocId, &[(u32, u32)]),
) -> io::Result<()> {
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
        work += keep_common_of(others, &mut numbers, &mut next);
        phrase.runs(&numbers, &mut runs);
        if !runs.is_empty() {
            found(doc, &runs);
        }
        doc = rarest.postings.advance();
    }
    Ok(())
}

/// Crosses the two rarest of the terms, and looks for the units with both in the lists of the others.
fn each_crossed(
    index: &InvertedIndexReader,
    phrase: &FixedPhrase,
    (terms, places): (&[&(u32, TermEntry)], &FileSlice),
    budget: &Budget,
    mut found: impl FnMut(DocId, &[(u32, u32)]),
) -> io::Result<()> {
    let (two, others) = terms.split_at(2);
    let mut crossing = Crossing::open(index, [&two[0].1, &two[1].1], places)?;
    let leads = [phrase.last() - two[0].0, phrase.last() - two[1].0];
    let mut others = phrase.cursors(index, others)?;
    let (mut numbers, mut next, mut runs) = (Vec::new(), Vec::new(), Vec::new());
    let mut work = 0;
    while let Some(read) = crossing.go_on()
        && budget.step(1 + 2 * read + std::mem::take(&mut work))
    {
        for number in 0..crossing.crossed() {
            let doc = crossing.unit(number);
            work += 1 + others.len();
            if others.iter_mut().any(|other| other.seek(doc) > doc) {
                continue;
            }
            crossing.places(number, leads, &mut numbers, &mut next);
            work += next.len();
            keep_common(&mut numbers, &next);
            work += keep_common_of(&mut others, &mut numbers, &mut next);
            phrase.runs(&numbers, &mut runs);
            if !runs.is_empty() {
                found(doc, &runs);
            }
        }
    }
    Ok(())
}

/// Keeps the numbers that all of these have too in the unit they stand at; gives how many were read.
fn keep_common_of(others: &mut [FixedCursor], numbers: &mut Vec<u32>, next: &mut Vec<u32>) -> usize {
    let mut read = 0;
    for other in others {
        if numbers.is_empty() {
            break;
        }
        other.postings.positions_with_offset(other.lead, next);
        read += next.len();
        keep_common(numbers, next);
    }
    read
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
