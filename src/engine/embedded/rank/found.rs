//! What a search found before any text is looked at, and the order it comes in.

use super::about::About;
use super::weights::Rarities;
use crate::day::Day;
use crate::engine::Sort;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::postings::Docs;
use crate::engine::embedded::store::snapshot::Row;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;
use tantivy::DocId;

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

/// All units that may answer.
#[derive(Default)]
pub(in crate::engine::embedded) struct Found<'a> {
    pub segments: Vec<Segment<'a>>,
    /// For each segment the articles that each leaf is about.
    pub abouts: Vec<Vec<About>>,
    pub rarities: Rarities,
    /// For each segment its units, ascending.
    pub docs: Vec<Rc<Docs>>,
    pub candidates: Vec<Candidate>,
    /// The figures of the answer, when the plan is exact.
    pub passages: usize,
    pub mentions: usize,
    pub articles: usize,
}

impl Found<'_> {
    /// Adds the units of a segment, which are of the articles in `groups`.
    pub fn add(&mut self, segment: u32, docs: Rc<Docs>, groups: &[(Row, usize)], scores: &[f32]) {
        self.candidates.reserve(docs.len());
        self.articles += groups.len();
        self.mentions += docs.iter().map(|(_, count)| *count as usize).sum::<usize>();
        let mut units = docs.iter().zip(scores);
        for (row, own) in groups {
            let day = row.days.map(|days| days.from);
            let of_article = units.by_ref().take(*own);
            let candidate = |(unit, score): (&(DocId, u32), &f32)| Candidate {
                segment,
                doc: unit.0,
                head: row.head,
                score: *score,
                article: row.id,
                day,
            };
            self.candidates.extend(of_article.map(candidate));
        }
        self.docs.push(docs);
    }

    /// The units of the candidate's article.
    pub fn group(&self, candidate: &Candidate) -> &[(DocId, u32)] {
        let docs = &self.docs[candidate.segment as usize];
        let units = &self.segments[candidate.segment as usize].units;
        let from = docs.partition_point(|(doc, _)| *doc < candidate.head);
        let own = docs[from..].iter().take_while(|(doc, _)| units.head(*doc) == candidate.head).count();
        &docs[from..from + own]
    }
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
