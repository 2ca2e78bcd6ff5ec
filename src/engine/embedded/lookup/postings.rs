//! Units of one segment in which a pattern occurs, and how often.

mod crossing;
mod fixed;
mod terms;

use super::budget::{Budget, Charge, LIST};
use super::expand::TermEntry;
use fixed::FixedPhrase;
use std::io;
use std::rc::Rc;
use tantivy::directory::FileSlice;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};
use terms::add_up;

pub(in crate::engine::embedded) use super::budget::Docs;
pub(in crate::engine::embedded) use crossing::Places;
pub(in crate::engine::embedded) use terms::{in_ranges, of_terms};

/// One place of a phrase, in a segment: the terms that may stand there; `None` for any one word.
pub(in crate::engine::embedded) type Spellings = Option<Rc<[TermEntry]>>;

/// Of a term that fewer than so many units have for each that is looked for, the list is read from one end to the other.
const DENSE: usize = 64;

/// Steps to open a list of postings.
const OPENED: usize = 64;

/// One way a phrase may be printed, in a segment.
#[derive(Debug, Clone)]
pub(in crate::engine::embedded) enum Way {
    /// Places that follow each other.
    Row(Vec<Spellings>),
    /// Terms, each so many words after the beginning of the phrase, which has so many words; they may overlap.
    Fixed(Vec<(u32, TermEntry)>, u32),
}

impl Way {
    /// At most so many units: those of its rarest place.
    pub fn size(&self) -> u64 {
        let sum = |terms: &[TermEntry]| terms.iter().map(|term| u64::from(term.info.doc_freq)).sum();
        match self {
            Way::Row(places) => places.iter().flatten().map(|terms| sum(terms)).min().unwrap_or(0),
            Way::Fixed(terms, _) => terms.iter().map(|(_, term)| u64::from(term.info.doc_freq)).min().unwrap_or(0),
        }
    }
}

/// Where a phrase is looked for.
#[derive(Clone, Copy)]
enum Among<'a> {
    /// In these units, which ascend.
    These(&'a [DocId]),
    /// In all, with the file of the places of words where that is at hand.
    All(Option<&'a Places>),
}

impl<'a> Among<'a> {
    /// The units it is looked for in, where it is not all of them.
    fn units(self) -> Option<&'a [DocId]> {
        match self {
            Among::These(units) => Some(units),
            Among::All(_) => None,
        }
    }
}

/// Units in which the phrase stands in one of these ways; the same place found in two ways counts once. `places` is the file of the places of
/// words, where it is at hand.
pub(in crate::engine::embedded) fn of_phrase(
    index: &InvertedIndexReader,
    ways: &[Way],
    places: Option<&Places>,
    budget: &Rc<Budget>,
) -> io::Result<Docs> {
    let among = Among::All(places);
    let mut charge = Charge::new(budget);
    if let [way] = ways {
        let mut docs: Vec<(DocId, u32)> = Vec::new();
        each_match(index, way, among, budget, |doc, starts| {
            if charge.grow_to((docs.len() + 1) * size_of::<(DocId, u32)>()) {
                docs.push((doc, starts.len() as u32));
            }
        })?;
        drop(charge);
        return Ok(Docs::charged(docs, budget));
    }
    let mut all: Vec<(DocId, u32, u32)> = Vec::new();
    for way in ways {
        each_match(index, way, among, budget, |doc, found| {
            if charge.grow_to((all.len() + found.len()) * size_of::<(DocId, u32, u32)>()) {
                all.extend(found.iter().map(|&(first, end)| (doc, first, end)));
            }
        })?;
    }
    // Stable: it begins with a run for each way.
    budget.step(all.len());
    all.sort();
    all.dedup();
    let mut docs: Vec<(DocId, u32)> = all.into_iter().map(|(doc, _, _)| (doc, 1)).collect();
    drop(charge);
    add_up(&mut docs);
    Ok(Docs::charged(docs, budget))
}

/// Adds to `numbers` the word numbers at which one of `ways` begins, for each of the units `within`. `file` is that of the places of words, where
/// it is at hand.
pub(in crate::engine::embedded) fn first_words(
    index: &InvertedIndexReader,
    ways: &[Way],
    file: Option<&FileSlice>,
    within: &[DocId],
    numbers: &mut [Vec<u32>],
    budget: &Budget,
) -> io::Result<()> {
    for way in ways {
        if let Way::Row(places) = way
            && let [Some(terms)] = places.as_slice()
        {
            places_of_word((index, file), terms, within, numbers, budget)?;
            continue;
        }
        each_match(index, way, Among::These(within), budget, |doc, runs| {
            if let Ok(at) = within.binary_search(&doc) {
                numbers[at].extend(runs.iter().map(|run| run.0));
            }
        })?;
    }
    Ok(())
}

/// The same for one word: each of its terms by itself, for of hundreds a unit has one or two.
fn places_of_word(
    (index, file): (&InvertedIndexReader, Option<&FileSlice>),
    terms: &[TermEntry],
    within: &[DocId],
    numbers: &mut [Vec<u32>],
    budget: &Budget,
) -> io::Result<()> {
    let mut charge = Charge::new(budget);
    if !charge.grow_to(LIST) {
        return Ok(());
    }
    let mut places = Vec::new();
    for term in terms {
        let has = term.info.doc_freq as usize;
        let through = file.filter(|_| has < DENSE * within.len());
        if !budget.step(OPENED + if through.is_some() { has } else { 2 * within.len().min(has) }) {
            break;
        }
        if let Some(file) = through {
            crossing::each_among(index, term, file, within, |at, places| numbers[at].extend_from_slice(places))?;
            continue;
        }
        let mut postings = index.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqsAndPositions)?;
        let mut at = 0;
        while let Some(&wanted) = within.get(at) {
            if postings.doc() < wanted {
                postings.seek(wanted);
            }
            let doc = postings.doc();
            if doc > wanted {
                at += within[at..].partition_point(|wanted| *wanted < doc);
                continue;
            }
            postings.positions(&mut places);
            numbers[at].extend_from_slice(&places);
            at += 1;
        }
    }
    Ok(())
}

/// Calls `found` with every unit in which the phrase stands this way and the (first, one past last) word numbers of each
/// occurrence.
fn each_match(
    index: &InvertedIndexReader,
    way: &Way,
    among: Among,
    budget: &Budget,
    found: impl FnMut(DocId, &[(u32, u32)]),
) -> io::Result<()> {
    match way {
        Way::Fixed(terms, words) => fixed::each_match(index, &FixedPhrase { terms, words: *words }, among, budget, found),
        Way::Row(places) => each_row(index, places, among.units(), budget, found),
    }
}

fn each_row(
    index: &InvertedIndexReader,
    path: &[Spellings],
    within: Option<&[DocId]>,
    budget: &Budget,
    mut found: impl FnMut(DocId, &[(u32, u32)]),
) -> io::Result<()> {
    let mut cursors = Vec::new();
    let mut charge = Charge::new(budget);
    let mut lists = 0;
    for place in path {
        let of_place = place.as_ref().map_or(0, |terms| terms.len());
        lists += of_place;
        if !charge.grow_to(lists * LIST) || !budget.step(of_place * OPENED) {
            return Ok(());
        }
        cursors.push(match place {
            Some(terms) if terms.is_empty() => return Ok(()),
            Some(terms) => Some(Cursor::open(index, terms)?),
            None => None,
        });
    }
    let mut order: Vec<usize> = (0..cursors.len()).filter(|&i| cursors[i].is_some()).collect();
    order.sort_by_key(|&i| cursors[i].as_ref().map_or(0, |cursor| cursor.size));
    let Some(&rarest) = order.first() else { return Ok(()) };
    let mut buffers = Buffers::default();
    let mut rest = within.unwrap_or_default();
    let mut doc = cursors[rarest].as_ref().map_or(TERMINATED, Cursor::doc);
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
                    doc = cursors[rarest].as_mut().map_or(TERMINATED, |cursor| cursor.seek(wanted));
                    continue;
                }
                Some(_) => {}
            }
        }
        for &i in &order {
            let there = cursors[i].as_mut().map_or(TERMINATED, |cursor| cursor.seek(doc));
            work += cursors[i].as_ref().map_or(0, |cursor| 2 * cursor.lists.len());
            if there > doc {
                doc = cursors[rarest].as_mut().map_or(TERMINATED, |cursor| cursor.seek(there));
                continue 'units;
            }
        }
        buffers.occurrences(&mut cursors, budget);
        work += lists + buffers.runs.len();
        if !buffers.runs.is_empty() {
            found(doc, &buffers.runs);
        }
        doc = cursors[rarest].as_mut().map_or(TERMINATED, |cursor| cursor.seek(doc + 1));
    }
    Ok(())
}

/// The postings of all terms of one place, as one list.
struct Cursor {
    lists: Vec<(SegmentPostings, u8)>,
    size: u64,
}

impl Cursor {
    fn open(index: &InvertedIndexReader, terms: &[TermEntry]) -> io::Result<Cursor> {
        let open = |term: &TermEntry| {
            let postings = index.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqsAndPositions)?;
            Ok((postings, term.width))
        };
        let lists: io::Result<Vec<_>> = terms.iter().map(open).collect();
        Ok(Cursor { lists: lists?, size: terms.iter().map(|term| u64::from(term.info.doc_freq)).sum() })
    }

    fn doc(&self) -> DocId {
        self.lists.iter().map(|(postings, _)| postings.doc()).min().unwrap_or(TERMINATED)
    }

    /// The first unit at or after `target`.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut least = TERMINATED;
        for (postings, _) in &mut self.lists {
            if postings.doc() < target {
                postings.seek(target);
            }
            least = least.min(postings.doc());
        }
        least
    }

    /// The word numbers in the current unit, ascending, as (first, one past last).
    fn runs(&mut self, doc: DocId, numbers: &mut Vec<u32>, runs: &mut Vec<(u32, u32)>) {
        runs.clear();
        for (postings, width) in self.lists.iter_mut().filter(|(postings, _)| postings.doc() == doc) {
            postings.positions(numbers);
            runs.extend(numbers.iter().map(|&n| (n, n + u32::from(*width))));
        }
        if self.lists.len() > 1 {
            runs.sort_unstable();
        }
    }
}

#[derive(Default)]
struct Buffers {
    numbers: Vec<u32>,
    /// Occurrences of the places so far: (first, one past last).
    runs: Vec<(u32, u32)>,
    next: Vec<(u32, u32)>,
    merged: Vec<(u32, u32)>,
}

impl Buffers {
    /// Leaves in `runs` the occurrences of the whole path in the unit all cursors stand at; none when the budget is spent on the way.
    fn occurrences(&mut self, cursors: &mut [Option<Cursor>], budget: &Budget) {
        let doc = cursors.iter().flatten().map(Cursor::doc).max().unwrap_or(TERMINATED);
        let mut lead = 0;
        let mut begun = false;
        for cursor in cursors {
            match cursor {
                None if begun => self.runs.iter_mut().for_each(|run| run.1 += 1),
                None => lead += 1,
                Some(cursor) if !begun => {
                    cursor.runs(doc, &mut self.numbers, &mut self.runs);
                    self.runs.retain(|run| run.0 >= lead);
                    self.runs.iter_mut().for_each(|run| run.0 -= lead);
                    begun = true;
                }
                Some(cursor) => {
                    cursor.runs(doc, &mut self.numbers, &mut self.next);
                    self.follow();
                }
            }
            if begun && self.runs.is_empty() {
                return;
            }
            if !budget.step(4 * self.runs.len()) {
                self.runs.clear();
                return;
            }
        }
    }

    /// Keeps the runs that are followed at once by one of `next`, made longer by it.
    fn follow(&mut self) {
        if !self.runs.is_sorted_by_key(|run| run.1) {
            self.runs.sort_unstable_by_key(|run| run.1);
        }
        self.merged.clear();
        let mut from = 0;
        for &(first, end) in &self.runs {
            while from < self.next.len() && self.next[from].0 < end {
                from += 1;
            }
            let same = self.next[from..].iter().take_while(|next| next.0 == end);
            self.merged.extend(same.map(|next| (first, next.1)));
        }
        // `no-no-no` is `n* n*` from its beginning to its end in two ways; in a long row of it the ways would double with every place.
        self.merged.sort_unstable();
        self.merged.dedup();
        std::mem::swap(&mut self.runs, &mut self.merged);
    }
}
