//! Loose words in one segment: how much there is in all, and which articles may hold the best of it.

use super::about::About;
use super::bounds::{AboutBound, BoundTable, Share, both, complete};
use super::dense::Dense;
use super::scores::{ScoredLeaf, Scoring, counted};
use super::seen::Seen;
use crate::engine::embedded::lookup::budget::Charge;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::lists::merged;
use crate::engine::embedded::store::units::UnitRows;
use std::borrow::Cow;
use tantivy::DocId;

/// Bytes that each unit of a word takes at most while its articles are gathered: in its own list, and where two become one.
const EACH: usize = 2 * size_of::<Share>();

/// Lists with one unit for every so many of the segment are looked through by a byte and a bit for each unit; shorter ones are put
/// together.
const DENSE: usize = 64;

/// What a segment has of the words.
pub(in crate::engine::embedded) struct Loose<'a> {
    reach: Reach<'a>,
    /// Units with one; where they were not counted, no fewer.
    pub units: usize,
    pub counted: Counted,
}

/// How much there is; nothing where nobody wants to know.
#[derive(Default)]
pub(in crate::engine::embedded) struct Counted {
    pub articles: usize,
    pub mentions: usize,
    /// Units with several mentions that are cut into several passages.
    pub long: Vec<DocId>,
}

/// Which articles may hold the best.
enum Reach<'a> {
    /// All that have one, ascending, each with the most that a unit of it can score.
    Listed(Vec<Share>),
    ByUnit(Dense<'a>),
}

/// What is to be told of a segment.
pub(in crate::engine::embedded) struct Gathering<'s, 'a> {
    pub segment: &'s Segment<'s>,
    pub rows: &'s UnitRows,
    pub abouts: &'s [About],
    pub scoring: &'s Scoring<'a>,
    /// Which are best; otherwise only how much there is.
    pub best: bool,
    /// How much there is.
    pub totals: bool,
}

impl<'a> Gathering<'_, 'a> {
    /// Of the leaves that were looked up in the segment.
    pub fn gather(&self) -> tantivy::Result<Loose<'a>> {
        let (segment, scoring) = (self.segment, self.scoring);
        let leaves = counted(segment, &scoring.planned.leaves, self.abouts, scoring.rarities);
        let norms = segment.reader.get_fieldnorms_reader(segment.fields.text)?;
        let table = |leaf: &ScoredLeaf| BoundTable::new(leaf.rarity(), scoring, norms.clone());
        let tables: Vec<BoundTable> = leaves.iter().map(table).collect();
        let about = AboutBound {
            articles: about_articles(self.rows, self.abouts),
            worth: leaves.iter().map(|leaf| leaf.most_about(scoring)).sum(),
        };
        let (all, units) = (leaves.iter().map(|leaf| leaf.found.len()).sum::<usize>(), segment.reader.max_doc() as usize);
        let mut charge = Charge::new(&segment.budget);
        if all * DENSE < units {
            charge.grow_to(all * EACH);
            segment.budget.step(2 * all);
            return Ok(listed(&leaves, &tables, &about, self.rows, scoring));
        }
        charge.grow_to(2 * units);
        segment.budget.step(2 * all + units / DENSE);
        let dense = || Reach::ByUnit(Dense::gather(&leaves, tables, about, units, scoring));
        let reach = if self.best { dense() } else { Reach::Listed(Vec::new()) };
        if !self.totals {
            return Ok(Loose { reach, units: all, counted: Counted::default() });
        }
        let mut seen = Seen::new(units);
        leaves.iter().for_each(|leaf| seen.add(leaf.found));
        let long = seen.several_of(self.rows.long());
        let counted = Counted { articles: seen.articles(self.rows.ends()), mentions: seen.mentions(), long };
        Ok(Loose { reach, units: seen.units(), counted })
    }
}

impl Loose<'_> {
    /// Articles among which the best of so many units most likely are.
    pub(super) fn likely(
        &self,
        wanted: usize,
        leaves: &mut [ScoredLeaf],
        rows: &UnitRows,
        scoring: &Scoring,
    ) -> Cow<'_, [Share]> {
        match &self.reach {
            Reach::Listed(shares) => Cow::Borrowed(shares),
            Reach::ByUnit(dense) => Cow::Owned(dense.likely(wanted, leaves, rows, scoring)),
        }
    }

    /// All articles of which a unit may score at least so much, and some others.
    pub(super) fn reaching(&self, least: f32, leaves: &mut [ScoredLeaf], rows: &UnitRows, scoring: &Scoring) -> Cow<'_, [Share]> {
        match &self.reach {
            Reach::Listed(shares) => Cow::Borrowed(shares),
            Reach::ByUnit(dense) => Cow::Owned(dense.reaching(least, leaves, rows, scoring)),
        }
    }
}

/// Of leaves that few units have.
fn listed<'a>(leaves: &[ScoredLeaf], tables: &[BoundTable], about: &AboutBound, rows: &UnitRows, scoring: &Scoring) -> Loose<'a> {
    let (mut shares, mut long, mut mentions) = (Vec::new(), Vec::new(), 0);
    for (leaf, table) in leaves.iter().zip(tables) {
        let (of_leaf, long_ones) = table.shares(leaf.found, rows);
        shares.push(of_leaf);
        long = if long.is_empty() { long_ones } else { merged(&long, &long_ones) };
        mentions += leaf.found.iter().map(|(_, count)| *count as usize).sum::<usize>();
    }
    let mut bounds = of_all(shares);
    complete(&mut bounds, about, leaves.iter().map(ScoredLeaf::rarity).sum(), scoring);
    let long = long.into_iter().filter(|(_, count)| *count > 1).map(|(doc, _)| doc).collect();
    let counted = Counted { articles: bounds.len(), mentions, long };
    let lists: Vec<&[(DocId, u32)]> = leaves.iter().map(|leaf| leaf.found).collect();
    Loose { reach: Reach::Listed(bounds), units: units_of_any(&lists), counted }
}

/// The shares of all words in each article, the shortest lists put together first.
fn of_all(mut shares: Vec<Vec<Share>>) -> Vec<Share> {
    shares.sort_unstable_by_key(|list| std::cmp::Reverse(list.len()));
    while shares.len() > 1 {
        let (one, other) = (shares.pop().unwrap_or_default(), shares.pop().unwrap_or_default());
        let of_both = both(&one, &other);
        let at = shares.partition_point(|list| list.len() > of_both.len());
        shares.insert(at, of_both);
    }
    shares.pop().unwrap_or_default()
}

fn about_articles(rows: &UnitRows, abouts: &[About]) -> Vec<u32> {
    let heads = abouts.iter().flat_map(|about| about.origin.iter().chain(&about.outlet));
    let mut articles: Vec<u32> = heads.map(|head| rows.look(*head).0).collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// How many units are in any of the lists.
fn units_of_any(lists: &[&[(DocId, u32)]]) -> usize {
    match lists {
        [] => 0,
        [one] => one.len(),
        [first, rest @ ..] => rest.iter().fold(first.to_vec(), |docs, list| merged(&docs, list)).len(),
    }
}
