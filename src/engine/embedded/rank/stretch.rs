//! Loose words in articles that follow each other: which have one, what a unit of each may score at most, and how many units there are. So few
//! articles at a time that what is added up for them stays in the nearest cache of a processor.

use super::bounds::{BoundTable, Share, raised};
use super::scores::Scoring;
use crate::engine::embedded::store::bits::Bits;
use crate::engine::embedded::store::units::UnitRows;
use std::ops::Range;
use tantivy::DocId;

/// Articles of a stretch.
const ARTICLES: u32 = 1 << 11;

/// What is added up for some articles.
#[derive(Default)]
pub(super) struct Stretch {
    articles: Range<u32>,
    units: Range<DocId>,
    /// Articles with a word, counted from the first.
    seen: Bits,
    /// For each of these articles what its words may be worth, and their rarities together; nothing between one stretch and the next.
    sums: Vec<(f32, f32)>,
    /// Units with a word, counted from the first; none where nobody counts them.
    units_seen: Bits,
    /// Units with a word that are cut into several passages; one with several words as often.
    long: Vec<(DocId, u32)>,
}

impl Stretch {
    /// Goes on to the articles from that of unit `next` on, and counts units if that is wanted.
    pub fn go_to(&mut self, next: DocId, rows: &UnitRows, counts: bool) {
        let from = rows.look(next).0;
        self.articles = from..rows.articles().min(from + ARTICLES);
        self.units = rows.row(from).head..rows.row(self.articles.end - 1).end;
        self.seen.clear_for(self.articles.len());
        self.units_seen.clear_for(if counts { self.units.len() } else { 0 });
        self.sums.resize(ARTICLES as usize, (0.0, 0.0));
        self.long.clear();
    }

    /// One past its last unit.
    pub fn end(&self) -> DocId {
        self.units.end
    }

    /// Adds the units of a word that are of these articles.
    pub fn add(&mut self, docs: &[(DocId, u32)], table: &BoundTable, rows: &UnitRows) {
        let Stretch { articles, seen, sums, long, .. } = self;
        let rarity = table.rarity();
        table.each(docs, rows, long, |share| {
            let at = (share.article - articles.start) as usize;
            seen.set(at);
            let (worth, covered) = &mut sums[at];
            (*worth, *covered) = (*worth + share.worth, *covered + rarity);
        });
        if !self.units_seen.words().is_empty() {
            docs.iter().for_each(|(doc, _)| self.units_seen.set((doc - self.units.start) as usize));
        }
    }

    /// Adds what a word in dateline, byline or outlet is worth at most to those articles of `about`, which ascend, that have any in their text.
    pub fn add_about(&mut self, about: &[u32], worth: f32, rarity: f32) {
        let from = about.partition_point(|article| *article < self.articles.start);
        for article in about[from..].iter().take_while(|article| **article < self.articles.end) {
            let at = (article - self.articles.start) as usize;
            if self.seen.has(at) {
                let (so_far, covered) = self.sums[at];
                self.sums[at] = (so_far + worth, covered + rarity);
            }
        }
    }

    /// Adds the most that a unit of each article with a word may score, of so much rarity that is `wanted`, and forgets what was added up.
    pub fn bounds(&mut self, wanted: f32, scoring: &Scoring, bounds: &mut Vec<Share>) {
        self.seen.each(|at| {
            let (worth, covered) = std::mem::take(&mut self.sums[at]);
            let worth = raised(worth + scoring.coverage(covered, wanted), scoring);
            bounds.push(Share { article: self.articles.start + at as u32, worth });
        });
    }

    /// How many units there are, if they were counted.
    pub fn counted(&self) -> usize {
        self.units_seen.count()
    }

    /// Adds the units with several mentions that are cut into several passages.
    pub fn several(&mut self, docs: &mut Vec<DocId>) {
        self.long.sort_unstable_by_key(|(doc, _)| *doc);
        let units = self.long.chunk_by(|one, other| one.0 == other.0);
        docs.extend(units.filter(|unit| unit.len() > 1 || unit[0].1 > 1).map(|unit| unit[0].0));
    }
}
