//! Loose words in one segment: how much there is in all, and which articles may hold the best of it.

use super::about::About;
use super::bounds::{BoundTable, Share};
use super::scores::{ScoredLeaf, Scorer, Scoring, counted};
use super::seen::Seen;
use super::stretch::Stretch;
use crate::engine::embedded::lookup::budget::{Budget, Charge};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::units::UnitRows;
use tantivy::DocId;

/// Bytes that each unit of a word takes at most once its articles are gathered.
const EACH: usize = size_of::<Share>();

/// Lists with one unit for every so many of the segment are counted by a bit for each unit; shorter ones as if the best were wanted.
const DENSE: usize = 64;

/// What a segment has of the words.
#[derive(Default)]
pub(in crate::engine::embedded) struct Loose {
    /// The articles that have one, ascending, each with the most that a unit of it can score; none where only figures are wanted.
    pub bounds: Vec<Share>,
    pub articles: usize,
    /// Units with one; where they are not counted, no fewer.
    pub units: usize,
    pub mentions: usize,
    /// Units with several mentions that are cut into several passages.
    pub long: Vec<DocId>,
}

/// What is to be told of a segment.
pub(in crate::engine::embedded) struct Gathering<'a> {
    pub segment: &'a Segment<'a>,
    pub rows: &'a UnitRows,
    pub abouts: &'a [About],
    pub scoring: &'a Scoring<'a>,
    /// Which articles may be best.
    pub best: bool,
    /// How much there is.
    pub totals: bool,
}

impl Gathering<'_> {
    /// Of the leaves that were looked up in the segment.
    pub fn gather(&self) -> tantivy::Result<Loose> {
        let (segment, scoring) = (self.segment, self.scoring);
        let leaves = counted(segment, &scoring.planned.leaves, self.abouts, scoring.rarities);
        let lists: Vec<&[(DocId, u32)]> = leaves.iter().map(|leaf| leaf.found).collect();
        let (all, units) = (lists.iter().map(|list| list.len()).sum::<usize>(), segment.reader.max_doc() as usize);
        let mut charge = Charge::new(&segment.budget);
        if !self.best && all * DENSE > units {
            charge.grow_to(units / 4);
            return Ok(only_figures(&lists, self.rows, units, &segment.budget));
        }
        charge.grow_to(all * EACH);
        Ok(self.by_stretches(leaves))
    }

    fn by_stretches(&self, mut leaves: Vec<ScoredLeaf>) -> Loose {
        let (scoring, budget) = (self.scoring, &self.segment.budget);
        let tables: Vec<BoundTable> = leaves.iter().map(|leaf| BoundTable::new(leaf.rarity(), scoring)).collect();
        let wanted = Scorer::new(scoring, &leaves).wanted;
        let abouts: Vec<Vec<u32>> =
            leaves.iter().map(|leaf| about_articles(self.rows, std::slice::from_ref(leaf.about))).collect();
        // Units of one word are as many as it was found in.
        let counts = self.totals && leaves.len() > 1;
        let (mut loose, mut stretch) = (Loose::default(), Stretch::default());
        // Broken off, it is nothing: whoever gathers looks at the budget.
        while let Some(next) = leaves.iter().filter_map(ScoredLeaf::next_unit).min()
            && budget.step(leaves.len())
        {
            stretch.go_to(next, self.rows, counts);
            for (leaf, table) in leaves.iter_mut().zip(&tables) {
                let docs = leaf.up_to(stretch.end());
                stretch.add(docs, table, self.rows);
                loose.mentions += docs.iter().map(|(_, count)| *count as usize).sum::<usize>();
                budget.step(2 * docs.len());
            }
            for (leaf, about) in leaves.iter().zip(&abouts) {
                stretch.add_about(about, leaf.most_about(scoring), leaf.rarity());
            }
            stretch.bounds(wanted, scoring, &mut loose.bounds);
            loose.units += stretch.counted();
            stretch.several(&mut loose.long);
        }
        loose.articles = loose.bounds.len();
        if !counts {
            loose.units = leaves.iter().map(|leaf| leaf.found.len()).sum();
        }
        loose
    }
}

/// Of lists that are counted by a bit for each of the units.
fn only_figures(lists: &[&[(DocId, u32)]], rows: &UnitRows, units: usize, budget: &Budget) -> Loose {
    let mut seen = Seen::new(units);
    budget.step(units / DENSE);
    lists.iter().take_while(|list| budget.step(list.len())).for_each(|list| seen.add(list));
    let long = seen.several_of(rows.long());
    let (articles, units, mentions) = (seen.articles(rows.ends()), seen.units(), seen.mentions());
    Loose { bounds: Vec::new(), articles, units, mentions, long }
}

/// The articles with a word in a field about them, ascending.
pub(super) fn about_articles(rows: &UnitRows, abouts: &[About]) -> Vec<u32> {
    let heads = abouts.iter().flat_map(|about| about.origin.iter().chain(&about.outlet));
    let mut articles: Vec<u32> = heads.map(|head| rows.look(*head).0).collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}
