//! Loose words in one segment: how much there is in all, and which articles may hold the best of it.

use super::about::About;
use super::bounds::{AboutBound, BoundTable, Share, both, complete, none_yet};
use super::scores::{ScoredLeaf, Scoring, counted};
use super::seen::Seen;
use crate::engine::embedded::lookup::budget::{Budget, Charge};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::lists::union;
use crate::engine::embedded::store::units::UnitRows;
use tantivy::DocId;

/// Bytes that each unit of a word takes at most while its articles are gathered: in its own list, and where two become one.
const EACH: usize = 2 * size_of::<Share>();

/// Lists with one unit for every so many of the segment are counted by a bit for each unit; shorter ones are put together.
const DENSE: usize = 64;

/// What a segment has of the words.
#[derive(Default)]
pub(in crate::engine::embedded) struct Loose {
    /// The articles that may be best, ascending, each with the most that a unit of it can score; none where only figures are wanted.
    pub bounds: Vec<Share>,
    pub articles: usize,
    /// Units with one; where they are not counted, no fewer. The figures around it are 0 then.
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
    /// Which articles may be best: those that may reach so much. Nothing if none is asked for.
    pub best: Option<f32>,
    /// How much there is.
    pub totals: bool,
}

impl Gathering<'_> {
    /// Of the leaves that were looked up in the segment.
    pub fn gather(&self) -> tantivy::Result<Loose> {
        let budget = &self.segment.budget;
        let leaves = counted(self.segment, &self.scoring.planned.leaves, self.abouts, self.scoring.rarities);
        let lists: Vec<&[(DocId, u32)]> = leaves.iter().map(|leaf| leaf.found).collect();
        let Some(least) = self.best else {
            return Ok(figures(&lists, self.rows, self.segment.reader.max_doc() as usize, budget));
        };
        let (bounds, long) = self.bounds(&leaves, least)?;
        let all = lists.iter().map(|list| list.len()).sum();
        let loose = match lists.as_slice() {
            // Each of its articles is there.
            [list] if bounds.len() > 0 => Loose {
                articles: bounds.len(),
                units: all,
                mentions: list.iter().map(|(_, count)| *count as usize).sum(),
                long: long.into_iter().filter(|(_, count)| *count > 1).map(|(doc, _)| doc).collect(),
                bounds: Vec::new(),
            },
            lists if self.totals => figures(lists, self.rows, self.segment.reader.max_doc() as usize, budget),
            _ => Loose { units: all, ..Loose::default() },
        };
        Ok(Loose { bounds, ..loose })
    }

    /// The articles that may reach `least`, and perhaps others; and of a single word its units that are cut into several passages.
    ///
    /// MaxScore (Turtle and Flood 1995): words that cannot reach it together are not read, but looked up in the articles of the others.
    fn bounds(&self, leaves: &[ScoredLeaf], least: f32) -> tantivy::Result<(Vec<Share>, Vec<(DocId, u32)>)> {
        let budget = &self.segment.budget;
        let norms = self.segment.reader.get_fieldnorms_reader(self.segment.fields.text)?;
        let table = |leaf: &ScoredLeaf| BoundTable::new(leaf.rarity(), self.scoring, norms.clone());
        let about = AboutBound {
            articles: about_articles(self.rows, self.abouts),
            worth: leaves.iter().map(|leaf| leaf.most_about(self.scoring)).sum(),
        };
        let mut leaves: Vec<&ScoredLeaf> = leaves.iter().collect();
        leaves.sort_by(|a, b| b.rarity().total_cmp(&a.rarity()));
        let wanted: f32 = leaves.iter().map(|leaf| leaf.rarity()).sum();
        let reach = Reach { least, wanted, scoring: self.scoring };
        let (read, looked_up) = leaves.split_at(reach.first(&leaves));
        let mut charge = Charge::new(budget);
        charge.grow_to(read.iter().map(|leaf| leaf.found.len() * EACH).sum());
        let (mut shares, mut long) = (Vec::new(), Vec::new());
        for leaf in read {
            // Broken off, it is nothing: whoever gathers looks at the budget.
            if !budget.step(2 * leaf.found.len()) {
                break;
            }
            let (of_leaf, of_long) = table(leaf).shares(leaf.found, self.rows);
            shares.push(of_leaf);
            long = of_long;
        }
        if looked_up.is_empty() {
            let mut bounds = of_all(shares, budget);
            complete(&mut bounds, &about, wanted, self.scoring);
            return Ok((bounds, long));
        }
        shares.push(none_yet(&about.articles));
        let mut bounds = of_all(shares, budget);
        for (at, leaf) in looked_up.iter().enumerate() {
            bounds.retain(|share| reach.may(share, &looked_up[at..]) || about.articles.binary_search(&share.article).is_ok());
            if !budget.step(8 * bounds.len()) {
                break;
            }
            table(leaf).add_to(&mut bounds, leaf.found, self.rows);
        }
        bounds.retain(Share::is_any);
        complete(&mut bounds, &about, wanted, self.scoring);
        Ok((bounds, long))
    }
}

/// What has to be reached, and what words may reach.
struct Reach<'a> {
    least: f32,
    /// The rarities of all words together.
    wanted: f32,
    scoring: &'a Scoring<'a>,
}

impl Reach<'_> {
    /// So many of the words, rarest first, have to be read: a unit with none but the others cannot reach it.
    fn first(&self, leaves: &[&ScoredLeaf]) -> usize {
        let others = |from: &usize| self.may(&Share::default(), &leaves[*from..]);
        (0..=leaves.len()).find(|from| !others(from)).unwrap_or(leaves.len())
    }

    /// Whether an article with this share, and as much as can be of the words in `rest`, may.
    fn may(&self, share: &Share, rest: &[&ScoredLeaf]) -> bool {
        let rarity: f32 = rest.iter().map(|leaf| leaf.rarity()).sum();
        share.with_most(rarity, self.wanted, self.scoring) >= self.least
    }
}

/// How much there is of words that are in these lists.
fn figures(lists: &[&[(DocId, u32)]], rows: &UnitRows, units: usize, budget: &Budget) -> Loose {
    let all: usize = lists.iter().map(|list| list.len()).sum();
    let mut charge = Charge::new(budget);
    match lists {
        _ if all * DENSE > units => {
            charge.grow_to(units / 4);
            figures_by_bits(lists, rows, units, budget)
        }
        [list] => figures_of(list, rows, budget),
        lists => {
            charge.grow_to(2 * all * size_of::<(DocId, u32)>());
            let merged = lists.iter().fold(Vec::new(), |docs, list| union(&docs, list, budget));
            figures_of(&merged, rows, budget)
        }
    }
}

fn figures_of(docs: &[(DocId, u32)], rows: &UnitRows, budget: &Budget) -> Loose {
    budget.step(docs.len());
    let (mut loose, mut last) = (Loose { units: docs.len(), ..Loose::default() }, None);
    for (doc, count) in docs {
        let (article, is_long) = rows.look(*doc);
        loose.articles += usize::from(last != Some(article));
        loose.mentions += *count as usize;
        if is_long && *count > 1 {
            loose.long.push(*doc);
        }
        last = Some(article);
    }
    loose
}

/// Of lists that are counted by a bit for each of the units.
fn figures_by_bits(lists: &[&[(DocId, u32)]], rows: &UnitRows, units: usize, budget: &Budget) -> Loose {
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
