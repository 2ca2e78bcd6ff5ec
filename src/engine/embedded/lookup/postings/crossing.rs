//! Two terms that are about as frequent: the units with both, and where each stands there.
//!
//! tantivy's own cursor asks for the places of a unit by adding up the counts of all units before it in its block, for each unit anew, and looks for
//! a unit in the other list by halves. Here both lists are read from one end to the other, the counts are added up on the way, and units are crossed
//! in an array.

use crate::engine::embedded::lookup::expand::TermEntry;
use std::io;
use tantivy::directory::FileSlice;
use tantivy::index::InvertedIndexReader;
use tantivy::positions::PositionReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, TERMINATED};

/// Units that are crossed together: what is kept of them stays in the nearest cache of a processor.
const STRETCH: usize = 1 << 11;

/// Bytes that crossing takes at most.
pub(super) const CROSSING: usize = STRETCH * (size_of::<u16>() + size_of::<(DocId, Stood)>() + size_of::<Crossed>());

/// Of a term that fewer than one unit in so many has, or one that is so many times as frequent as another, units are looked for one by one: from
/// 256 units on, whatever the segment has, and up to 8 times as many, phrases with a hyphen and rare ones took a tenth longer.
const RARE: u32 = 128;
const FAR: u32 = 6;

/// The file of the places of words, and how many units its segment has.
pub(in crate::engine::embedded) struct Places {
    pub file: FileSlice,
    pub units: DocId,
}

/// The places of a term in a unit: how many there are, and how many of it stand in the units before.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stood {
    count: u32,
    before: u64,
}

/// A unit with both terms.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Crossed {
    pub doc: DocId,
    /// The number of the first term among those of the stretch, from 1.
    first: u16,
    second: Stood,
}

/// A term read from one end to the other.
struct Reading {
    blocks: BlockSegmentPostings,
    places: PositionReader,
    /// Units of the block that were read.
    at: usize,
    /// Places of all units that were read.
    before: u64,
}

/// Both terms, as far as they were read.
pub(super) struct Crossing {
    first: Reading,
    second: Reading,
    /// For each unit of a stretch the number of its place in `of_first`, from 1; 0 outside of [`Crossing::go_on`].
    numbers: Vec<u16>,
    of_first: Vec<(DocId, Stood)>,
    crossed: Vec<Crossed>,
}

impl Reading {
    fn open(index: &InvertedIndexReader, term: &TermEntry, places: &FileSlice) -> io::Result<Reading> {
        let blocks = index.read_block_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
        let places = PositionReader::open(places.read_bytes_slice(term.info.positions_range.clone())?)?;
        Ok(Reading { blocks, places, at: 0, before: 0 })
    }

    fn next(&self) -> Option<DocId> {
        self.blocks.docs().get(self.at).copied().filter(|doc| *doc < TERMINATED)
    }

    /// The rest of the block.
    fn rest(&self) -> (&[DocId], &[u32]) {
        let (docs, counts) = (self.blocks.docs(), self.blocks.freqs());
        (docs.get(self.at..).unwrap_or_default(), counts.get(self.at..).unwrap_or_default())
    }

    fn next_block(&mut self) {
        self.blocks.advance();
        self.at = 0;
    }

    /// Passes by the units before this one.
    fn skip_to(&mut self, doc: DocId) {
        while self.blocks.docs().last().is_some_and(|last| *last < doc) {
            self.before += u64::from(self.rest().1.iter().sum::<u32>());
            self.next_block();
        }
        self.each_before(doc, |_, _| {});
    }

    /// Calls `with` with each unit before `end`.
    fn each_before(&mut self, end: DocId, mut with: impl FnMut(DocId, Stood)) {
        loop {
            let mut before = self.before;
            let (docs, counts) = self.rest();
            let (all, own) = (docs.len(), docs.partition_point(|doc| *doc < end));
            for (doc, count) in docs[..own].iter().zip(counts) {
                with(*doc, Stood { count: *count, before });
                before += u64::from(*count);
            }
            (self.before, self.at) = (before, self.at + own);
            if own < all || all == 0 {
                return;
            }
            self.next_block();
        }
    }

    /// The numbers of the words at which the term stands, each with `lead` added.
    fn places(&mut self, stood: Stood, lead: u32, numbers: &mut Vec<u32>) {
        numbers.clear();
        numbers.resize(stood.count as usize, 0);
        self.places.read(stood.before, numbers);
        let mut number = lead;
        for step in numbers {
            number += *step;
            *step = number;
        }
    }
}

/// Calls `with` for each of the units `within` that has the term, which ascend: with its number among them and the numbers of the words at which
/// the term stands there.
pub(super) fn each_among(
    index: &InvertedIndexReader,
    term: &TermEntry,
    file: &FileSlice,
    within: &[DocId],
    mut with: impl FnMut(usize, &[u32]),
) -> io::Result<()> {
    let mut reading = Reading::open(index, term, file)?;
    let (mut numbers, mut at) = (Vec::new(), 0);
    while let Some(&wanted) = within.get(at) {
        reading.skip_to(wanted);
        let Some(doc) = reading.next() else { break };
        if doc == wanted {
            let count = reading.rest().1.first().copied().unwrap_or(0);
            reading.places(Stood { count, before: reading.before }, 0, &mut numbers);
            with(at, &numbers);
            at += 1;
        } else {
            at += within[at..].iter().take_while(|wanted| **wanted < doc).count();
        }
    }
    Ok(())
}

/// Whether it is worth it to read two terms of a segment with so many units from one end to the other, of which the first is the rarer.
pub(super) fn are_near(first: &TermEntry, second: &TermEntry, units: DocId) -> bool {
    let (first, second) = (first.info.doc_freq, second.info.doc_freq);
    first > units / RARE && second <= FAR.saturating_mul(first)
}

impl Crossing {
    /// Of two terms whose places are in this file.
    pub fn open(index: &InvertedIndexReader, terms: [&TermEntry; 2], places: &FileSlice) -> io::Result<Crossing> {
        let [first, second] = terms.map(|term| Reading::open(index, term, places));
        let (numbers, of_first, crossed) = (vec![0; STRETCH], Vec::new(), Vec::new());
        Ok(Crossing { first: first?, second: second?, numbers, of_first, crossed })
    }

    /// Goes on to the next stretch where both terms stand, and gives how many units have the first; nothing at the end.
    pub fn go_on(&mut self) -> Option<usize> {
        let start = self.first.next()?.max(self.second.next()?);
        let Crossing { first, second, numbers, of_first, crossed } = self;
        first.skip_to(start);
        second.skip_to(start);
        let (at, end) = (|doc: DocId| (doc - start) as usize % STRETCH, start.saturating_add(STRETCH as DocId));
        of_first.clear();
        first.each_before(end, |doc, stood| {
            of_first.push((doc, stood));
            numbers[at(doc)] = of_first.len() as u16;
        });
        // One more, for what is written before it is known to have both.
        crossed.resize(crossed.len().max(of_first.len() + 1), Crossed::default());
        let mut next = 0;
        second.each_before(end, |doc, stood| {
            let first = numbers[at(doc)];
            // A damaged list may have more units than there is room for.
            let Some(place) = crossed.get_mut(next) else { return };
            *place = Crossed { doc, first, second: stood };
            next += usize::from(first > 0);
        });
        crossed.truncate(next);
        of_first.iter().for_each(|(doc, _)| numbers[at(*doc)] = 0);
        Some(of_first.len())
    }

    /// The units of the stretch with both.
    pub fn crossed(&self) -> usize {
        self.crossed.len()
    }

    /// The unit of this number.
    pub fn unit(&self, number: usize) -> DocId {
        self.crossed[number].doc
    }

    /// Where the first term stands in it, and where the second, each with a lead added to the numbers of the words.
    pub fn places(&mut self, number: usize, leads: [u32; 2], of_first: &mut Vec<u32>, of_second: &mut Vec<u32>) {
        let Crossed { first, second, .. } = self.crossed[number];
        let (_, stood) = self.of_first[usize::from(first) - 1];
        self.first.places(stood, leads[0], of_first);
        self.second.places(second, leads[1], of_second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Caller;
    use crate::engine::embedded::lookup::budget::Budget;
    use crate::engine::embedded::lookup::postings::{Way, first_words, of_phrase};
    use crate::engine::embedded::store::tantivy::PlacesFile;
    use std::rc::Rc;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, TantivyDocument};

    /// Numbers that are the same in every run.
    fn next(state: &mut u64, most: usize) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*state >> 33) as usize % most
    }

    /// An index of so many short texts, in which the first words are the most frequent.
    fn index(units: usize) -> Index {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 50_000_000).unwrap();
        let mut state = 3;
        for unit in 0..units {
            // Long stretches have none of them.
            let words = if unit / 5_000 % 2 == 1 { 0 } else { next(&mut state, 24) };
            let text: Vec<String> = (0..words)
                .map(|_| {
                    let most = 1 + next(&mut state, 12);
                    format!("w{}", next(&mut state, most))
                })
                .collect();
            let mut document = TantivyDocument::default();
            document.add_text(field, text.join(" "));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    #[test]
    fn crossed_terms_give_what_terms_that_are_looked_for_one_by_one_do() {
        let index = index(24_000);
        let reader = index.reader().unwrap().searcher().segment_reader(0).clone();
        let field = reader.schema().get_field("text").unwrap();
        let inverted = reader.inverted_index(field).unwrap();
        let term = |word: usize| {
            let info = inverted.terms().get(format!("w{word}")).unwrap().unwrap();
            TermEntry { info, width: 1 }
        };
        let file = PlacesFile::open(&index, &reader).and_then(|places| places.of(field)).unwrap();
        let places = Places { file, units: reader.max_doc() };
        let budget = Budget::new(&Caller::default(), None, u64::from(reader.max_doc()));
        let mut crossed = 0;
        for phrase in [&[0usize, 1][..], &[4, 0], &[2, 2], &[9, 11], &[0, 11], &[1, 3, 2], &[7, 0, 5, 1]] {
            let terms: Vec<(u32, TermEntry)> = (0..).zip(phrase).map(|(at, word)| (at, term(*word))).collect();
            let mut sorted: Vec<&TermEntry> = terms.iter().map(|(_, term)| term).collect();
            sorted.sort_by_key(|term| term.info.doc_freq);
            crossed += usize::from(are_near(sorted[0], sorted[1], places.units));
            let ways = [Way::Fixed(terms, phrase.len() as u32)];
            let one_by_one = of_phrase(&inverted, &ways, None, &budget).unwrap();
            assert_eq!(**of_phrase(&inverted, &ways, Some(&places), &budget).as_ref().unwrap(), *one_by_one, "{phrase:?}");
            assert!(one_by_one.len() > 5, "{phrase:?}");
        }
        assert_eq!(crossed, 6);
    }

    #[test]
    fn the_places_of_a_word_are_those_of_each_of_its_terms() {
        let index = index(3_000);
        let reader = index.reader().unwrap().searcher().segment_reader(0).clone();
        let field = reader.schema().get_field("text").unwrap();
        let inverted = reader.inverted_index(field).unwrap();
        let terms: Rc<[TermEntry]> = [1, 8, 11]
            .map(|word| TermEntry { info: inverted.terms().get(format!("w{word}")).unwrap().unwrap(), width: 1 })
            .into();
        let within: Vec<DocId> = (0..3_000).step_by(7).collect();
        let budget = Budget::new(&Caller::default(), None, 3_000);
        // Before any one word the same places begin one earlier.
        let (mut alone, mut with_another) = (vec![Vec::new(); within.len()], vec![Vec::new(); within.len()]);
        let mut read_through = alone.clone();
        let file = PlacesFile::open(&index, &reader).and_then(|places| places.of(field)).unwrap();
        let ways = [Way::Row(vec![Some(Rc::clone(&terms))])];
        first_words(&inverted, &ways, None, &within, &mut alone, &budget).unwrap();
        first_words(&inverted, &ways, Some(&file), &within, &mut read_through, &budget).unwrap();
        assert_eq!(alone, read_through);
        first_words(&inverted, &[Way::Row(vec![Some(terms), None])], None, &within, &mut with_another, &budget).unwrap();
        alone.iter_mut().for_each(|places| places.sort_unstable());
        assert!(alone.iter().flatten().count() > 100);
        assert_eq!(alone, with_another);
    }
}
