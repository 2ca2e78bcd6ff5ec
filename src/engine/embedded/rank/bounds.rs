//! What the best unit of an article can be worth at most, told from how often the article has each word and how long it is.

use super::scores::{Scoring, saturated, worth_of};
use crate::engine::embedded::store::units::{LENGTHS, UnitRows, least_length};
use tantivy::DocId;

/// Counts from here on are worth as much as any.
const COUNTS: usize = 16;

/// A bound is added up in another order than a score; it is that much higher, so that rounding never hides a unit.
const ROUNDING: f32 = 1.0001;

/// Units that are gathered before their articles are written down.
const AT_ONCE: usize = 512;

/// What the words seen so far may be worth in an article.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::embedded) struct Share {
    pub article: u32,
    /// Of these words alone, and at last all that a unit of the article may score.
    pub worth: f32,
    /// The rarities of these words together.
    covered: f32,
}

/// For one word the most that it may be worth, by the length of the article and its count there.
pub(in crate::engine::embedded) struct BoundTable {
    worth: Vec<[f32; COUNTS]>,
    rarity: f32,
}

impl BoundTable {
    pub fn new(rarity: f32, scoring: &Scoring) -> BoundTable {
        let weights = scoring.weights;
        let average = scoring.average_article();
        let row = |class: usize| {
            let length = least_length(class) as f32 / average;
            std::array::from_fn(|count| {
                let count = if count + 1 == COUNTS { f32::MAX.sqrt() } else { count.max(1) as f32 };
                let in_article = saturated(count, length, weights.article_k1, weights.article_b);
                // All of them in the shortest of units, and in the headline and the lead too.
                let in_unit = worth_of(count / (1.0 - weights.b) + weights.headline + weights.lead, weights.k1);
                rarity * (weights.article * in_article + in_unit)
            })
        };
        BoundTable { worth: (0..LENGTHS).map(row).collect(), rarity }
    }

    /// The share of this word in each article of the units in `docs`, and those units that are cut into several passages.
    ///
    /// Whether the next unit is of the same article is as good as a coin thrown, so that nothing is asked: the share is written anew for
    /// every unit, in the same place or in the next.
    pub fn shares(&self, docs: &[(DocId, u32)], rows: &UnitRows) -> (Vec<Share>, Vec<(DocId, u32)>) {
        let (mut shares, mut long) = (Vec::new(), Vec::new());
        let Some(&(first, _)) = docs.first() else { return (shares, long) };
        let mut buffer = [Share { covered: self.rarity, ..Share::default() }; AT_ONCE + 1];
        let (mut last, mut so_far) = (rows.look(first).0, 0);
        for some in docs.chunks(AT_ONCE) {
            let mut at = 0;
            for &(doc, count) in some {
                let (article, is_long) = rows.look(doc);
                let is_next = article != last;
                so_far = count + so_far * u32::from(!is_next);
                (last, at) = (article, at + usize::from(is_next));
                let worth = self.worth[rows.length_class(article)][(so_far as usize).min(COUNTS - 1)];
                buffer[at] = Share { article, worth, covered: self.rarity };
                // Few are.
                if is_long {
                    long.push((doc, count));
                }
            }
            shares.extend_from_slice(&buffer[..at]);
            buffer[0] = buffer[at];
        }
        shares.push(buffer[0]);
        (shares, long)
    }
}

/// The shares of two lists of articles, which ascend, put together as [`merged`](crate::engine::embedded::lookup::lists::merged) does.
pub(in crate::engine::embedded) fn both(one: &[Share], other: &[Share]) -> Vec<Share> {
    let mut out = Vec::with_capacity(one.len() + other.len());
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        let (a, b) = (one[i], other[j]);
        let (of_one, of_other) = (a.article <= b.article, b.article <= a.article);
        let (of_a, of_b) = (f32::from(of_one), f32::from(of_other));
        out.push(Share {
            article: a.article.min(b.article),
            worth: a.worth * of_a + b.worth * of_b,
            covered: a.covered * of_a + b.covered * of_b,
        });
        (i, j) = (i + usize::from(of_one), j + usize::from(of_other));
    }
    out.extend_from_slice(&one[i..]);
    out.extend_from_slice(&other[j..]);
    out
}

/// What is added for words in the dateline, the byline or the outlet's name.
pub(in crate::engine::embedded) struct AboutBound {
    /// The articles that have one, ascending.
    pub articles: Vec<u32>,
    /// The most they may be worth.
    pub worth: f32,
}

/// Makes each share the most that a unit of its article may score.
pub(in crate::engine::embedded) fn complete(shares: &mut [Share], about: &AboutBound, wanted: f32, scoring: &Scoring) {
    // What a headline keeps beside other units is less than all, unless somebody tries out other weights.
    let times = ROUNDING * scoring.weights.head.max(1.0);
    let mut rest = about.articles.as_slice();
    for share in shares {
        while rest.first().is_some_and(|article| *article < share.article) {
            rest = &rest[1..];
        }
        let is_about = rest.first() == Some(&share.article);
        let covered = if is_about { wanted } else { share.covered };
        let more = if is_about { about.worth } else { 0.0 };
        share.worth = (share.worth + more + scoring.coverage(covered, wanted)) * times;
    }
}
