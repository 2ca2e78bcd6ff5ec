//! What a search found before any text is looked at, and the order it comes in.

use super::about::About;
use super::rerank::Places;
use super::weights::Rarities;
use crate::day::Day;
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::lists::merged;
use crate::engine::embedded::lookup::postings::Docs;
use crate::engine::embedded::store::units::Row;
use crate::engine::plan::Planned;
use crate::engine::{Recency, Sort};
use std::cmp::{Ordering, Reverse};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use tantivy::DocId;

/// Candidates that are put in order at once: some hundred to begin with, at most as many as take 10 ms.
const SORTED_AT_ONCE: Range<usize> = 1 << 8..1 << 17;

/// A unit that may answer.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::embedded) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub head: DocId,
    pub score: f32,
    /// The article's number: equal places are ordered by it, whatever segment they are in.
    pub article: u64,
    /// First day of publication, if known.
    pub day: Option<Day>,
}

impl Candidate {
    /// The same when newer articles are preferred.
    pub fn aged(self, recency: Option<Recency>) -> Candidate {
        let keeps = recency.map_or(1.0, |recency| recency.keeps(self.day));
        Candidate { score: self.score * keeps, ..self }
    }
}

/// The units that may answer: all, or the best of them.
#[derive(Default)]
pub(in crate::engine::embedded) struct Found<'a> {
    pub segments: Vec<Segment<'a>>,
    /// For each segment the articles that each leaf is about.
    pub abouts: Vec<Vec<About>>,
    pub rarities: Rarities,
    /// For each segment its units, ascending, where they were put together.
    pub docs: HashMap<u32, Rc<Docs>>,
    pub candidates: Vec<Candidate>,
    /// Units that are not among the candidates, since they cannot be among the best.
    pub left_out: usize,
    /// The figures of the answer, when the plan is exact.
    pub passages: usize,
    pub mentions: usize,
    pub articles: usize,
}

/// The units of a segment, which are of the articles in `groups`, as candidates.
pub(in crate::engine::embedded) fn candidates<'a>(
    segment: u32,
    docs: &'a [(DocId, u32)],
    groups: &'a [(Row, usize)],
    scores: &'a [f32],
) -> impl Iterator<Item = Candidate> + 'a {
    let rows = groups.iter().flat_map(|(row, own)| std::iter::repeat_n(row, *own));
    let units = docs.iter().zip(scores).zip(rows);
    units.map(move |((unit, score), row)| {
        let day = row.days.map(|days| days.from);
        Candidate { segment, doc: unit.0, head: row.head, score: *score, article: row.id, day }
    })
}

impl Found<'_> {
    /// Where words and phrases of an exact plan that are looked at together stand in units, without their text.
    pub fn places(&self, planned: &Planned, units: &[Candidate], budget: &Budget) -> tantivy::Result<Places> {
        let leaves: HashSet<usize> = planned.near.iter().copied().collect();
        let mut places = Places::with_capacity(leaves.len() * units.len());
        for (number, segment) in (0..).zip(&self.segments) {
            let mut docs: Vec<DocId> = units.iter().filter(|unit| unit.segment == number).map(|unit| unit.doc).collect();
            docs.sort_unstable();
            for leaf in &leaves {
                let found = segment.places_of(*leaf, &docs, budget)?;
                places.extend(docs.iter().zip(found).map(|(doc, found)| ((*leaf, number, *doc), found)));
            }
        }
        Ok(places)
    }

    /// The units of the candidate's article.
    pub fn group(&self, candidate: &Candidate) -> Vec<(DocId, u32)> {
        let segment = &self.segments[candidate.segment as usize];
        let own = |docs: &[(DocId, u32)]| {
            let from = docs.partition_point(|(doc, _)| *doc < candidate.head);
            docs[from..].iter().take_while(|(doc, _)| segment.units.head(*doc) == candidate.head).copied().collect::<Vec<_>>()
        };
        match self.docs.get(&candidate.segment) {
            Some(docs) => own(docs),
            None => segment.found.iter().flatten().fold(Vec::new(), |group, docs| merged(&group, &own(docs))),
        }
    }
}

/// Puts the next of the candidates in order, of which the first `sorted` are: ever more of them, but never so many that it takes long. Gives
/// how many are in order then.
pub(in crate::engine::embedded) fn sort_on(
    candidates: &mut [Candidate],
    sorted: usize,
    order: &dyn Fn(&Candidate, &Candidate) -> Ordering,
) -> usize {
    let next = (4 * sorted).clamp(SORTED_AT_ONCE.start, SORTED_AT_ONCE.end);
    let rest = &mut candidates[sorted..];
    let next = next.min(rest.len());
    if next < rest.len() {
        rest.select_nth_unstable_by(next, order);
    }
    rest[..next].sort_unstable_by(order);
    sorted + next
}

/// Ascending is better.
pub(in crate::engine::embedded) fn order(sort: Sort) -> impl Fn(&Candidate, &Candidate) -> Ordering {
    move |a, b| {
        let first = match sort {
            Sort::Relevance => b.score.total_cmp(&a.score),
            // What is not known is less than any day, and comes last in either order.
            Sort::Oldest => b.day.map(Reverse).cmp(&a.day.map(Reverse)),
            Sort::Newest => b.day.cmp(&a.day),
        };
        first.then_with(|| a.article.cmp(&b.article)).then_with(|| (a.doc - a.head).cmp(&(b.doc - b.head)))
    }
}
