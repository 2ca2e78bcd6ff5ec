//! Units with one of several words: the postings of each read a block at a time, and put together.

use crate::engine::embedded::lookup::budget::{Budget, Charge, Docs};
use crate::engine::embedded::lookup::expand::TermEntry;
use crate::engine::embedded::lookup::lists::{give_back, merged, taken};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::ops::Range;
use std::rc::Rc;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet};

/// Units whose postings are read between two looks at the budget.
const AT_ONCE: usize = 1 << 12;

/// Lists of fewer units are gathered and sorted together; a list for each would cost more to get than to fill.
const SHORT: usize = 128;

/// Units that are added up together, and how many of them must have a word on average.
const STRETCH: usize = 1 << 12;
const DENSE: usize = 48;

/// Words of 64 bits for the units of a stretch, and units of a word that are told at a time.
const WORDS: usize = STRETCH / 64;
const AT_A_TIME: usize = 6;

/// Every unit with one of `terms`. Only those among `within`, if given.
pub(in crate::engine::embedded) fn of_terms(
    index: &InvertedIndexReader,
    terms: &[TermEntry],
    within: Option<&[(DocId, u32)]>,
    budget: &Rc<Budget>,
) -> io::Result<Docs> {
    let mut lists = Lists::default();
    let mut charge = Charge::new(budget);
    // What is put together is held twice for a while.
    let times = if terms.len() > 1 { 2 } else { 1 };
    for term in terms {
        let few = within.filter(|within| within.len() * 8 < term.info.doc_freq as usize);
        let most = few.map_or(term.info.doc_freq as usize, <[_]>::len);
        let bytes = times * (lists.units + most) * size_of::<(DocId, u32)>();
        if !charge.grow_to(bytes) || !budget.step(1 + most % AT_ONCE) {
            break;
        }
        lists.read(most, |docs| match few {
            Some(within) => {
                let mut postings = index.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
                seek_each(&mut postings, within, docs, budget);
                Ok(())
            }
            None => read_all(index, term, docs, budget),
        })?;
        // Of many words each may stand in every unit.
        if lists.units > 2 * lists.merged + (1 << 16) {
            lists.put_together();
        }
    }
    let docs = lists.into_one(budget);
    drop(charge);
    Ok(Docs::charged(docs, budget))
}

/// Every unit with one of `terms` in these ranges, which ascend.
pub(in crate::engine::embedded) fn in_ranges(
    index: &InvertedIndexReader,
    terms: &[TermEntry],
    ranges: &[Range<DocId>],
    budget: &Rc<Budget>,
) -> io::Result<Docs> {
    let mut docs = Vec::new();
    let mut charge = Charge::new(budget);
    for term in terms {
        let mut postings = index.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
        for range in ranges {
            if postings.doc() < range.start {
                postings.seek(range.start);
            }
            while postings.doc() < range.end {
                docs.push((postings.doc(), postings.term_freq()));
                postings.advance();
            }
        }
        if !budget.step(4 * ranges.len() + docs.len()) || !charge.grow_to(docs.len() * size_of::<(DocId, u32)>()) {
            break;
        }
    }
    if terms.len() > 1 {
        add_up(&mut docs);
    }
    drop(charge);
    Ok(Docs::charged(docs, budget))
}

/// What was read of some words.
#[derive(Default)]
struct Lists {
    long: Vec<Vec<(DocId, u32)>>,
    /// All that were short, one after the other.
    short: Vec<(DocId, u32)>,
    /// Units in all of them.
    units: usize,
    /// How many there were when they were last put together.
    merged: usize,
}

impl Lists {
    /// Adds a list of at most so many units.
    fn read(&mut self, most: usize, read: impl FnOnce(&mut Vec<(DocId, u32)>) -> io::Result<()>) -> io::Result<()> {
        if most < SHORT {
            let before = self.short.len();
            read(&mut self.short)?;
            self.units += self.short.len() - before;
            return Ok(());
        }
        let mut docs = taken(most);
        read(&mut docs)?;
        self.units += docs.len();
        self.long.push(docs);
        Ok(())
    }

    /// Makes one list of all, the shortest two first: so each unit is copied as seldom as can be.
    fn put_together(&mut self) {
        let mut short = std::mem::take(&mut self.short);
        add_up(&mut short);
        let mut lists: Vec<Vec<(DocId, u32)>> = std::mem::take(&mut self.long);
        lists.push(short);
        if are_dense(&lists) {
            self.long.push(added_up(&lists));
            lists.into_iter().for_each(give_back);
            self.units = self.long[0].len();
            self.merged = self.units;
            return;
        }
        let mut order: BinaryHeap<Reverse<(usize, usize)>> =
            lists.iter().enumerate().map(|(at, list)| Reverse((list.len(), at))).collect();
        while let (Some(Reverse((_, one))), Some(mut next)) = (order.pop(), order.peek_mut()) {
            let other = next.0.1;
            lists[other] = match lists[one].is_empty() {
                true => continue,
                false => of_both(std::mem::take(&mut lists[one]), std::mem::take(&mut lists[other])),
            };
            next.0.0 = lists[other].len();
        }
        self.long.extend(lists.into_iter().filter(|list| !list.is_empty()));
        self.units = self.long.iter().map(Vec::len).sum();
        self.merged = self.units;
    }

    fn into_one(mut self, budget: &Budget) -> Vec<(DocId, u32)> {
        if self.short.is_empty() && self.long.len() == 1 {
            return self.long.pop().unwrap_or_default();
        }
        budget.step(self.units);
        self.put_together();
        self.long.pop().unwrap_or_default()
    }
}

/// Whether lists are several, and have so many units that to add them up in an array is the shorter way.
fn are_dense(lists: &[Vec<(DocId, u32)>]) -> bool {
    let stretches = lists.iter().filter_map(|list| list.last()).map(|(doc, _)| *doc as usize / STRETCH + 1).max();
    let units: usize = lists.iter().map(Vec::len).sum();
    lists.iter().filter(|list| !list.is_empty()).count() > 2 && stretches.is_some_and(|stretches| units > DENSE * stretches)
}

/// The units of any of the lists, mentions added up: so few at a time that they stay in the nearest cache of a processor. Put together two by
/// two, each unit is compared and copied several times.
fn added_up(lists: &[Vec<(DocId, u32)>]) -> Vec<(DocId, u32)> {
    let mut docs = taken(lists.iter().map(Vec::len).sum());
    let mut rests: Vec<&[(DocId, u32)]> = lists.iter().map(Vec::as_slice).collect();
    let (mut counts, mut positions) = (Box::new([0u32; STRETCH]), Box::new([0u16; STRETCH + AT_A_TIME]));
    // Two, in turns: a bit that is set beside one set just before would have to wait for it.
    let mut seen = [[0u64; WORDS]; 2];
    while let Some(start) = rests.iter().filter_map(|rest| rest.first()).map(|(doc, _)| *doc).min() {
        let mut add = |(doc, count): (DocId, u32), seen: &mut [u64; WORDS]| {
            let at = (doc - start) as usize % STRETCH;
            counts[at] += count;
            seen[at / 64] |= 1 << (at % 64);
        };
        for rest in &mut rests {
            while let [one, other, after @ ..] = *rest
                && ((other.0 - start) as usize) < STRETCH
            {
                add(*one, &mut seen[0]);
                add(*other, &mut seen[1]);
                *rest = after;
            }
            if let [last, after @ ..] = *rest
                && ((last.0 - start) as usize) < STRETCH
            {
                add(*last, &mut seen[0]);
                *rest = after;
            }
        }
        let units = told(&seen, &mut positions);
        let entry = |at: &u16| (start + DocId::from(*at), std::mem::take(&mut counts[usize::from(*at) % STRETCH]));
        docs.extend(positions[..units].iter().map(entry));
        seen = [[0; WORDS]; 2];
    }
    docs
}

/// Writes down which bits are set in either of two rows, and gives how many there are: some at a time, whether there are so many left or not, for
/// how many a word has is as good as a die thrown.
fn told([one, other]: &[[u64; WORDS]; 2], positions: &mut [u16; STRETCH + AT_A_TIME]) -> usize {
    let mut units = 0;
    for (word, (one, other)) in one.iter().zip(other).enumerate() {
        let mut rest = one | other;
        let all = units + rest.count_ones() as usize;
        while let Some(some) = positions.get_mut(units..).and_then(|rest| rest.first_chunk_mut::<AT_A_TIME>()) {
            for at in some {
                *at = (64 * word) as u16 + rest.trailing_zeros() as u16;
                rest &= rest.wrapping_sub(1);
            }
            units += AT_A_TIME;
            if units >= all {
                break;
            }
        }
        units = all;
    }
    units
}

fn of_both(one: Vec<(DocId, u32)>, other: Vec<(DocId, u32)>) -> Vec<(DocId, u32)> {
    let docs = merged(&one, &other);
    give_back(one);
    give_back(other);
    docs
}

fn read_all(index: &InvertedIndexReader, term: &TermEntry, docs: &mut Vec<(DocId, u32)>, budget: &Budget) -> io::Result<()> {
    let mut blocks = index.read_block_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
    let mut read = 0;
    while blocks.block_len() > 0 {
        match (blocks.docs(), blocks.freqs()) {
            // Of a field without counts each unit counts once.
            (block, []) => docs.extend(block.iter().map(|doc| (*doc, 1))),
            (block, counts) => docs.extend(block.iter().copied().zip(counts.iter().copied())),
        }
        read += blocks.block_len();
        if read >= AT_ONCE {
            read = 0;
            if !budget.step(AT_ONCE) {
                break;
            }
        }
        blocks.advance();
    }
    Ok(())
}

fn seek_each(postings: &mut SegmentPostings, within: &[(DocId, u32)], docs: &mut Vec<(DocId, u32)>, budget: &Budget) {
    for some in within.chunks(AT_ONCE) {
        if !budget.step(4 * some.len()) {
            return;
        }
        for &(doc, _) in some {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                docs.push((doc, postings.term_freq()));
            }
        }
    }
}

/// Sorts by unit and adds up the counts of the same unit.
pub(super) fn add_up(docs: &mut Vec<(DocId, u32)>) {
    docs.sort_unstable_by_key(|entry| entry.0);
    docs.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_added_up_are_as_merged_one_after_the_other() {
        let mut state = 11u64;
        let mut next = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % most
        };
        for round in 0..40 {
            let list = |one_in: u64, next: &mut dyn FnMut(u64) -> u64| -> Vec<(DocId, u32)> {
                (0..3 * STRETCH as DocId)
                    .filter(|_| next(one_in) == 0)
                    .map(|doc| (doc + 5_000 * (round % 3), 1 + doc % 3))
                    .collect()
            };
            let lists: Vec<Vec<(DocId, u32)>> = (0..4).map(|at| list(2 + at, &mut next)).collect();
            let expected = lists.iter().fold(Vec::new(), |all, list| merged(&all, list));
            assert_eq!(added_up(&lists), expected);
            assert!(are_dense(&lists) && !are_dense(&lists[..2]) && !are_dense(&[vec![(9, 1)], vec![(8, 1)], vec![(7, 1)]]));
        }
    }
}
