//! Words that many units of a segment have: what each unit may be worth by its own words is added up in a byte, and only the articles
//! of those that may be among the best are looked at.

use super::bounds::{AboutBound, BoundTable, Share, both, complete};
use super::scores::{ScoredLeaf, Scoring, worth_of};
use crate::engine::embedded::store::units::UnitRows;
use std::cell::RefCell;
use std::ops::Range;
use tantivy::DocId;

/// Units of which the highest is kept, to pass over all of them at once.
const AT_ONCE: usize = 64;

/// A unit worth as much may be worth more.
const MOST: u8 = u8::MAX;

/// Bytes that a thread keeps to use again: pages that are given back and asked for anew are cleared every time.
const KEPT: usize = 8 << 20;

thread_local! {
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What the units of a segment may be worth.
pub(in crate::engine::embedded) struct Dense<'a> {
    /// For each unit what its words are worth at most, in steps; 0 where it has none.
    worth: Vec<u8>,
    /// The highest of every [`AT_ONCE`].
    highest: Vec<u8>,
    /// What a step is worth.
    step: f32,
    /// What headline, lead and article may add to that.
    beside: f32,
    tables: Vec<BoundTable<'a>>,
    about: AboutBound,
    /// The rarities of all words together.
    wanted: f32,
}

impl<'a> Dense<'a> {
    /// Of `leaves`, each with its table, in a segment of so many units.
    pub(super) fn gather(
        leaves: &[ScoredLeaf],
        tables: Vec<BoundTable<'a>>,
        about: AboutBound,
        units: usize,
        scoring: &Scoring,
    ) -> Dense<'a> {
        let weights = scoring.weights;
        let wanted: f32 = leaves.iter().map(ScoredLeaf::rarity).sum();
        let elsewhere = worth_of(weights.headline + weights.lead, weights.k1);
        // Each word is rounded up by less than one step.
        let steps = f32::from(MOST - 1) - leaves.len().min(usize::from(MOST) / 2) as f32;
        let step = f32::max(wanted * (weights.k1 + 1.0 - elsewhere) / steps, f32::MIN_POSITIVE);
        let mut worth = BYTES.take();
        worth.clear();
        worth.resize(units, 0);
        for (leaf, table) in leaves.iter().zip(&tables) {
            table.add_up(leaf.found, step, &mut worth);
        }
        let highest = worth.chunks(AT_ONCE).map(|some| some.iter().fold(0, |most, own| most.max(*own))).collect();
        let in_article = weights.article * (weights.article_k1 + 1.0);
        let beside = wanted * (elsewhere + in_article) + scoring.coverage(wanted, wanted);
        Dense { worth, highest, step, beside, tables, about, wanted }
    }

    /// The articles of about so many units with the highest worth, and of a few more.
    pub(super) fn likely(&self, wanted: usize, leaves: &mut [ScoredLeaf], rows: &UnitRows, scoring: &Scoring) -> Vec<Share> {
        let mut bins = [0usize; MOST as usize + 1];
        self.highest.iter().for_each(|highest| bins[usize::from(*highest)] += 1);
        let (mut reached, mut least) = (0, MOST);
        while least > 1 && reached + bins[usize::from(least)] < wanted {
            reached += bins[usize::from(least)];
            least -= 1;
        }
        self.shares(self.articles(least, rows), leaves, rows, scoring)
    }

    /// The articles of which a unit may score at least so much.
    pub(super) fn reaching(&self, least: f32, leaves: &mut [ScoredLeaf], rows: &UnitRows, scoring: &Scoring) -> Vec<Share> {
        let own = (least / scoring.roundings() - self.beside) / self.step;
        // A number that is none is 0 here, and leaves nothing out.
        let mut articles = self.articles((own.floor() as u8).max(1), rows);
        articles.extend(&self.about.articles);
        articles.sort_unstable();
        articles.dedup();
        self.shares(articles, leaves, rows, scoring)
    }

    /// The articles of units worth at least so many steps, ascending.
    fn articles(&self, least: u8, rows: &UnitRows) -> Vec<u32> {
        let mut articles = Vec::new();
        for (at, _) in self.highest.iter().enumerate().filter(|(_, highest)| **highest >= least) {
            let from = at * AT_ONCE;
            let some = &self.worth[from..self.worth.len().min(from + AT_ONCE)];
            let units = some.iter().enumerate().filter(|(_, own)| **own >= least);
            articles.extend(units.map(|(unit, _)| rows.look((from + unit) as DocId).0));
        }
        articles.dedup();
        articles
    }

    /// The most that a unit of each of these articles can score; those without a word are left out.
    fn shares(&self, articles: Vec<u32>, leaves: &mut [ScoredLeaf], rows: &UnitRows, scoring: &Scoring) -> Vec<Share> {
        leaves.iter_mut().for_each(|leaf| leaf.next = 0);
        let share = |article: u32| {
            let row = rows.row(article);
            let of_leaf = |(leaf, table): (&mut ScoredLeaf, &BoundTable)| {
                let Range { start, end } = leaf.within(row);
                (start < end).then(|| table.share_of(&leaf.found[start..end], article, rows))
            };
            let of_leaves = leaves.iter_mut().zip(&self.tables).filter_map(of_leaf);
            of_leaves.reduce(|one, other| both(&[one], &[other])[0])
        };
        let mut shares: Vec<Share> = articles.into_iter().filter_map(share).collect();
        complete(&mut shares, &self.about, self.wanted, scoring);
        shares
    }
}

impl Drop for Dense<'_> {
    fn drop(&mut self) {
        let worth = std::mem::take(&mut self.worth);
        if worth.capacity() <= KEPT {
            BYTES.set(worth);
        }
    }
}
