//! Loose words in one segment: how much there is in all, and which articles may hold the best of it.

use super::about::About;
use super::bounds::{AboutRead, BoundTable, Share, raised};
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
    /// Whether each unit that was found has all leaves.
    pub all: bool,
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
        // Where there is one word, or each unit has all of them, nothing has to be looked for in another list.
        let are_same = self.all || leaves.len() == 1;
        if !self.best && are_same {
            return Ok(self.figures_of_same_units(&lists));
        }
        charge.grow_to(all * EACH);
        Ok(if are_same { self.of_same_units(&leaves) } else { self.by_stretches(leaves) })
    }

    /// Only how much there is of words that were all found in the same units.
    fn figures_of_same_units(&self, lists: &[&[(DocId, u32)]]) -> Loose {
        let Some(docs) = lists.first() else { return Loose::default() };
        self.segment.budget.step(2 * docs.len());
        Loose {
            bounds: Vec::new(),
            articles: self.rows.articles_of(docs),
            units: docs.len(),
            mentions: lists.iter().map(|list| mentions(list)).sum(),
            long: self.several(docs, lists.len()),
        }
    }

    /// Of words that were all found in the same units.
    fn of_same_units(&self, leaves: &[ScoredLeaf]) -> Loose {
        let Some(docs) = leaves.first().map(|leaf| leaf.found) else { return Loose::default() };
        let scoring = self.scoring;
        let mut bounds: Vec<Share> = Vec::with_capacity(docs.len());
        for (number, leaf) in leaves.iter().enumerate() {
            self.segment.budget.step(3 * docs.len());
            let about = told(self.rows, leaf.about);
            let mut at = 0;
            table_of(leaf, scoring).each(leaf.found, self.rows, &mut AboutRead::new(&about), |share| {
                if number == 0 {
                    bounds.push(share);
                } else {
                    bounds[at].worth += share.worth;
                    at += 1;
                }
            });
        }
        let wanted = Scorer::new(scoring, leaves).wanted;
        let coverage = scoring.coverage(wanted, wanted);
        bounds.iter_mut().for_each(|bound| bound.worth = raised(bound.worth + coverage, scoring));
        Loose {
            articles: bounds.len(),
            bounds,
            units: docs.len(),
            mentions: leaves.iter().map(|leaf| mentions(leaf.found)).sum(),
            long: self.several(docs, leaves.len()),
        }
    }

    /// Those units that are cut into several passages, and have several mentions, of one word or one of each; none where nobody counts.
    fn several(&self, docs: &[(DocId, u32)], words: usize) -> Vec<DocId> {
        if !self.totals {
            return Vec::new();
        }
        let long = self.rows.long();
        let several = docs.iter().filter(|(doc, count)| (*count > 1 || words > 1) && long.has(*doc as usize));
        several.map(|(doc, _)| *doc).collect()
    }

    fn by_stretches(&self, mut leaves: Vec<ScoredLeaf>) -> Loose {
        let (scoring, budget) = (self.scoring, &self.segment.budget);
        let tables: Vec<BoundTable> = leaves.iter().map(|leaf| table_of(leaf, scoring)).collect();
        let wanted = Scorer::new(scoring, &leaves).wanted;
        let abouts: Vec<Vec<(u32, bool)>> = leaves.iter().map(|leaf| told(self.rows, leaf.about)).collect();
        let mut abouts: Vec<AboutRead> = abouts.iter().map(|about| AboutRead::new(about)).collect();
        let (mut loose, mut stretch) = (Loose::default(), Stretch::new(self.totals));
        // Broken off, it is nothing: whoever gathers looks at the budget.
        while let Some(next) = leaves.iter().filter_map(ScoredLeaf::next_unit).min()
            && budget.step(leaves.len())
        {
            stretch.go_to(next, self.rows);
            for ((leaf, table), about) in leaves.iter_mut().zip(&tables).zip(&mut abouts) {
                let docs = leaf.up_to(stretch.end());
                stretch.add(docs, table, self.rows, about);
                budget.step(2 * docs.len());
            }
            for (table, about) in tables.iter().zip(&abouts) {
                stretch.add_alone(&about.alone, table);
            }
            stretch.bounds(wanted, scoring, &mut loose.bounds);
            if let Some(seen) = stretch.units_seen() {
                loose.units += seen.units();
                loose.mentions += seen.mentions();
                seen.several_of(self.rows.long(), &mut loose.long);
            }
        }
        loose.articles = loose.bounds.len();
        if !self.totals {
            loose.units = leaves.iter().map(|leaf| leaf.found.len()).sum();
        }
        loose
    }
}

fn table_of<'a>(leaf: &ScoredLeaf, scoring: &Scoring<'a>) -> BoundTable<'a> {
    BoundTable::new(leaf.rarity(), leaf.outlet_worth(scoring.weights), scoring)
}

fn mentions(docs: &[(DocId, u32)]) -> usize {
    docs.iter().map(|(_, count)| *count as usize).sum()
}

/// The articles with a word in a field about them, ascending, each with whether the name of its outlet has it.
fn told(rows: &UnitRows, about: &About) -> Vec<(u32, bool)> {
    let articles = |heads: &[DocId], outlet| heads.iter().map(|head| (rows.look(*head).0, outlet)).collect::<Vec<_>>();
    let mut all = articles(&about.origin, false);
    all.extend(articles(&about.outlet, true));
    all.sort_unstable();
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 |= same && next.1;
        same
    });
    all
}

/// Of lists that are counted by a bit for each of the units.
fn only_figures(lists: &[&[(DocId, u32)]], rows: &UnitRows, units: usize, budget: &Budget) -> Loose {
    let mut seen = Seen::new(units);
    budget.step(units / DENSE);
    lists.iter().take_while(|list| budget.step(list.len())).for_each(|list| seen.add(list));
    let mut long = Vec::new();
    seen.several_of(rows.long(), &mut long);
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
