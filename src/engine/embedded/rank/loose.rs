//! Loose words in one segment: how much there is in all, and which articles may hold the best of it.

use super::about::About;
use super::bounds::{AboutBound, BoundTable, Share, both, complete};
use super::scores::{Scorer, Scoring, counted};
use super::seen::Seen;
use crate::engine::embedded::lookup::budget::{Budget, Charge};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::lists::merged;
use crate::engine::embedded::store::bits::Bits;
use crate::engine::embedded::store::units::UnitRows;
use tantivy::DocId;

/// Bytes that each unit of a word takes at most while its articles are gathered: in its own list, and where two become one.
const EACH: usize = 2 * size_of::<Share>();

/// Lists with one unit for every so many of the segment are counted by a bit for each unit; shorter ones are put together.
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
        let scorer = Scorer::new(scoring, &leaves);
        let norms = segment.reader.get_fieldnorms_reader(segment.fields.text)?;
        let (mut shares, mut long, mut mentions) = (Vec::new(), Vec::new(), 0);
        for leaf in &leaves {
            // Broken off, it is nothing: whoever gathers looks at the budget.
            if !segment.budget.step(2 * leaf.found.len()) {
                break;
            }
            let (of_leaf, long_ones) = BoundTable::new(leaf.rarity(), scoring, norms.clone()).shares(leaf.found, self.rows);
            shares.push(of_leaf);
            long = if long.is_empty() { long_ones } else { merged(&long, &long_ones) };
            mentions += leaf.found.iter().map(|(_, count)| *count as usize).sum::<usize>();
        }
        let about = AboutBound {
            articles: about_articles(self.rows, self.abouts),
            worth: leaves.iter().map(|leaf| leaf.most_about(scoring)).sum(),
        };
        let mut bounds = of_all(shares, &segment.budget);
        complete(&mut bounds, &about, scorer.wanted, scoring);
        Ok(Loose {
            articles: bounds.len(),
            bounds,
            units: if self.totals { units_of_any(&lists, units, &segment.budget) } else { all },
            mentions,
            long: long.into_iter().filter(|(_, count)| *count > 1).map(|(doc, _)| doc).collect(),
        })
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

/// The shares of all words in each article, the shortest lists put together first.
fn of_all(mut shares: Vec<Vec<Share>>, budget: &Budget) -> Vec<Share> {
    shares.sort_unstable_by_key(|list| std::cmp::Reverse(list.len()));
    while shares.len() > 1 && !budget.is_spent() {
        let (one, other) = (shares.pop().unwrap_or_default(), shares.pop().unwrap_or_default());
        budget.step(one.len() + other.len());
        let of_both = both(&one, &other);
        let at = shares.partition_point(|list| list.len() > of_both.len());
        shares.insert(at, of_both);
    }
    shares.pop().unwrap_or_default()
}

/// The articles with a word in a field about them, ascending.
pub(super) fn about_articles(rows: &UnitRows, abouts: &[About]) -> Vec<u32> {
    let heads = abouts.iter().flat_map(|about| about.origin.iter().chain(&about.outlet));
    let mut articles: Vec<u32> = heads.map(|head| rows.look(*head).0).collect();
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// How many units are in any of the lists.
fn units_of_any(lists: &[&[(DocId, u32)]], most: usize, budget: &Budget) -> usize {
    let all: usize = lists.iter().map(|list| list.len()).sum();
    match lists {
        [] => 0,
        [one] => one.len(),
        lists if all * DENSE > most => {
            budget.step(most / DENSE);
            let mut bits = Bits::of(most);
            for list in lists.iter().take_while(|_| !budget.is_spent()) {
                list.iter().for_each(|(doc, _)| bits.set(*doc as usize));
                budget.step(list.len());
            }
            bits.count()
        }
        [first, rest @ ..] => {
            let mut docs = first.to_vec();
            for list in rest {
                if !budget.step(docs.len() + list.len()) {
                    break;
                }
                docs = merged(&docs, list);
            }
            docs.len()
        }
    }
}
