//! Loose words in one segment: how much there is in all, and which articles may hold the best of it.

use super::about::About;
use super::bounds::{AboutRead, BoundTable, Share, most, raised};
use super::champions::best_of_word;
use super::scores::{ScoredLeaf, Scorer, Scoring, counted};
use super::seen::Seen;
use super::several::{Likely, MOST};
use super::stretch::Stretch;
use crate::engine::embedded::lookup::budget::{Budget, Charge};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::champions::Champions;
use crate::engine::embedded::store::units::UnitRows;
use tantivy::DocId;

/// Bytes that each unit of a word takes at most once its articles are gathered.
const EACH: usize = size_of::<Share>();

/// Lists with one unit for every so many of the segment are counted by a bit for each unit; shorter ones as if the best were wanted.
const DENSE: usize = 64;

/// Of a word that has less than one unit in so many, all articles are looked at.
const RARE: usize = 8;

/// Fewer articles are scored without asking what they may be worth.
const FEW: usize = 512;

/// What a segment has of the words.
#[derive(Default)]
pub(in crate::engine::embedded) struct Loose {
    /// The articles that may be best, ascending, each with the most that a unit of it can score; none where only figures are wanted.
    pub bounds: Vec<Share>,
    /// For each word that counts what a unit of an article can score at most that is not among `bounds` and has that word alone, in its text; below
    /// all numbers where all that have it are there, and empty where all articles are.
    pub rest: Vec<f32>,
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
        Ok(if are_same { self.of_same_units(&leaves) } else { self.by_stretches(leaves, true) })
    }

    /// Only how much there is of words that were all found in the same units.
    fn figures_of_same_units(&self, lists: &[&[(DocId, u32)]]) -> Loose {
        let Some(docs) = lists.first() else { return Loose::default() };
        self.segment.budget.step(2 * docs.len());
        Loose {
            articles: self.rows.articles_of(docs),
            units: docs.len(),
            mentions: lists.iter().map(|list| mentions(list)).sum(),
            long: self.several(docs, lists.len()),
            ..Loose::default()
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
            ..Loose::default()
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

    /// The bounds of the articles that are not among `known`, which ascend.
    fn others(&self, known: &[Share]) -> Vec<Share> {
        let leaves = counted(self.segment, &self.scoring.planned.leaves, self.abouts, self.scoring.rarities);
        let mut bounds = self.by_stretches(leaves, false).bounds;
        let mut rest = known;
        bounds.retain(|bound| {
            let is_known = rest.first().is_some_and(|known| known.article == bound.article);
            rest = &rest[usize::from(is_known)..];
            !is_known
        });
        bounds
    }

    /// Of `likely` articles alone if that is enough to begin with.
    fn by_stretches(&self, mut leaves: Vec<ScoredLeaf>, likely: bool) -> Loose {
        let (scoring, budget) = (self.scoring, &self.segment.budget);
        let tables: Vec<BoundTable> = leaves.iter().map(|leaf| table_of(leaf, scoring)).collect();
        let wanted = Scorer::new(scoring, &leaves).wanted;
        let abouts: Vec<Vec<(u32, bool)>> = leaves.iter().map(|leaf| told(self.rows, leaf.about)).collect();
        let mut likely = if likely { self.likely(&leaves, &tables, &abouts) } else { None };
        let mut abouts: Vec<AboutRead> = abouts.iter().map(|about| AboutRead::new(about)).collect();
        let (mut loose, mut stretch) = (Loose::default(), Stretch::new(self.totals));
        // Broken off, it is nothing: whoever gathers looks at the budget.
        while let Some(next) = leaves.iter().filter_map(ScoredLeaf::next_unit).min()
            && budget.step(leaves.len())
        {
            stretch.go_to(next, self.rows);
            let lists: Vec<&[(DocId, u32)]> = leaves.iter_mut().map(|leaf| leaf.up_to(stretch.end())).collect();
            if let Some(likely) = &mut likely {
                loose.articles += likely.choose(&lists, stretch.articles(), self.rows);
            }
            for (word, docs) in lists.into_iter().enumerate() {
                let units = likely.as_mut().map_or(docs, |likely| likely.units(docs));
                stretch.add(units, &tables[word], self.rows, &mut abouts[word]);
                stretch.count(docs);
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
        match likely {
            Some(likely) => loose.rest = likely.rest,
            None => loose.articles = loose.bounds.len(),
        }
        if !self.totals {
            loose.units = leaves.iter().map(|leaf| leaf.found.len()).sum();
        }
        loose
    }

    /// Which articles are likely to be among the best: those with several words, or with one in a field about them, and those where a frequent word
    /// is worth most.
    fn likely(&self, leaves: &[ScoredLeaf], tables: &[BoundTable], abouts: &[Vec<(u32, bool)>]) -> Option<Likely> {
        if !self.best || !(2..=MOST).contains(&leaves.len()) {
            return None;
        }
        let all: usize = leaves.iter().map(|leaf| leaf.found.len()).sum();
        let wanted = Scorer::new(self.scoring, leaves).wanted;
        let mut articles: Vec<u32> = abouts.iter().flatten().map(|(article, _)| *article).collect();
        let (mut rest, mut whole) = (Vec::new(), Vec::new());
        for (leaf, table) in leaves.iter().zip(tables) {
            let is_rare = leaf.found.len() * RARE < all;
            whole.push(is_rare);
            if is_rare {
                rest.push(f32::NEG_INFINITY);
                continue;
            }
            let kept = best_of_word(self.segment, leaf.number, self.scoring);
            articles.extend(kept.iter().flat_map(Champions::list).filter(|article| *article < self.rows.articles()));
            let most = kept.map_or_else(|| table.most(), |kept| kept.rest * table.rarity());
            rest.push(raised(most + self.scoring.coverage(table.rarity(), wanted), self.scoring));
        }
        articles.sort_unstable();
        Some(Likely::new(articles, whole, rest))
    }
}

/// The articles beside those of `loose` that may have a unit that scores as much as `least`: what is kept of them tells no more than that.
pub(super) fn others(gathering: &Gathering, loose: &Loose, least: f32) -> Vec<Share> {
    if loose.rest.iter().all(|rest| *rest < least.max(f32::MIN)) {
        return Vec::new();
    }
    let Gathering { segment, rows, abouts, scoring, .. } = *gathering;
    let leaves = counted(segment, &scoring.planned.leaves, abouts, scoring.rarities);
    let wanted = Scorer::new(scoring, &leaves).wanted;
    let mut charge = Charge::new(&segment.budget);
    charge.grow_to(leaves.iter().map(|leaf| leaf.found.len()).sum::<usize>() * EACH);
    let mut articles = Vec::new();
    for (leaf, rest) in leaves.iter().zip(&loose.rest) {
        if *rest >= least.max(f32::MIN) && segment.budget.step(leaf.found.len()) {
            table_of(leaf, scoring).heavy(leaf.found, rows, (least, wanted), scoring, &mut articles);
        }
    }
    articles.sort_unstable();
    articles.dedup();
    let mut known = loose.bounds.as_slice();
    articles.retain(|article| {
        known = &known[known.partition_point(|share| share.article < *article)..];
        known.first().is_none_or(|share| share.article != *article)
    });
    if articles.len() < FEW { most(&articles) } else { gathering.others(&loose.bounds) }
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
    Loose { articles, units, mentions, long, ..Loose::default() }
}
