//! What the best unit of an article can be worth at most, told from its units with each word: how often they have it, how long they and
//! the article are, and whether the headline or the lead is among them.

use super::scores::{Scoring, saturated, worth_of};
use super::weights::RankingWeights;
use crate::engine::embedded::store::units::{LENGTHS, UnitRows, least_length};
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

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

/// What the units of one article with a word say of it.
#[derive(Debug, Clone, Copy, Default)]
struct Gathered {
    article: u32,
    count: u32,
    /// The count of the unit that has most of it, for its length.
    heaviest: f32,
    /// How many times more it counts in any unit, for headline and lead.
    more: f32,
}

/// For one word the most that it may be worth.
pub(in crate::engine::embedded) struct BoundTable<'a> {
    /// In the article, by the class of its length and the count there.
    in_article: Vec<[f32; COUNTS]>,
    /// What one mention weighs in a unit, by the number that its length is stored as.
    weight: [f32; 256],
    norms: FieldNormReader,
    rarity: f32,
    weights: &'a RankingWeights,
    /// See [`BoundTable::about`].
    about: f32,
}

impl<'a> BoundTable<'a> {
    pub fn new(rarity: f32, scoring: &Scoring<'a>, norms: FieldNormReader) -> BoundTable<'a> {
        let totals = &scoring.totals;
        BoundTable::for_averages(rarity, scoring.weights, totals.average_unit(), totals.average_article(), norms)
    }

    /// The same with so many words in an average unit and article.
    pub fn for_averages(
        rarity: f32,
        weights: &'a RankingWeights,
        unit: f32,
        article: f32,
        norms: FieldNormReader,
    ) -> BoundTable<'a> {
        let of_class = |class: usize| {
            let length = least_length(class) as f32 / article;
            std::array::from_fn(|count| {
                let count = if count + 1 == COUNTS { f32::MAX.sqrt() } else { count.max(1) as f32 };
                rarity * weights.article * saturated(count, length, weights.article_k1, weights.article_b)
            })
        };
        let length = |norm: usize| FieldNormReader::id_to_fieldnorm(norm as u8) as f32 / unit;
        BoundTable {
            in_article: (0..LENGTHS).map(of_class).collect(),
            weight: std::array::from_fn(|norm| 1.0 / (1.0 - weights.b + weights.b * length(norm))),
            norms,
            rarity,
            weights,
            about: 0.0,
        }
    }

    /// The same for articles that have the word in dateline, byline or outlet as well, which counts as if their units said it so many times more.
    pub fn about(self) -> BoundTable<'a> {
        BoundTable { about: self.weights.about, ..self }
    }

    /// The share of this word in each article of the units in `docs`, and those units that are cut into several passages.
    ///
    /// Whether the next unit is of the same article is as good as a coin thrown, so that nothing is asked: what is gathered is written
    /// anew for every unit, in the same place or in the next.
    pub fn shares(&self, docs: &[(DocId, u32)], rows: &UnitRows) -> (Vec<Share>, Vec<(DocId, u32)>) {
        let (mut shares, mut long) = (Vec::new(), Vec::new());
        let Some(&(first, _)) = docs.first() else { return (shares, long) };
        let mut buffer = [Gathered::default(); AT_ONCE + 1];
        let mut last = Gathered { article: rows.look(first).0, ..Gathered::default() };
        for some in docs.chunks(AT_ONCE) {
            let mut at = 0;
            for &(doc, count) in some {
                let (article, is_long) = rows.look(doc);
                let is_next = article != last.article;
                let kept = if is_next { Gathered { article, ..Gathered::default() } } else { last };
                last = self.with(kept, doc, count, rows);
                at += usize::from(is_next);
                buffer[at] = last;
                // Few are.
                if is_long {
                    long.push((doc, count));
                }
            }
            shares.extend(buffer[..at].iter().map(|gathered| self.share(gathered, rows)));
            buffer[0] = buffer[at];
        }
        shares.push(self.share(&buffer[0], rows));
        (shares, long)
    }

    fn with(&self, gathered: Gathered, doc: DocId, count: u32, rows: &UnitRows) -> Gathered {
        let RankingWeights { headline, lead, .. } = *self.weights;
        let is_first = |back: DocId| doc < back || rows.look(doc - back).0 != gathered.article;
        let (is_head, is_above) = (is_first(1), is_first(2));
        let more = headline * f32::from(is_head) + lead * f32::from(is_above && !is_head);
        Gathered {
            count: gathered.count + count,
            heaviest: gathered.heaviest.max(count as f32 * self.weight[usize::from(self.norms.fieldnorm_id(doc))]),
            // Each of them is met once in an article.
            more: gathered.more + more,
            ..gathered
        }
    }

    fn share(&self, gathered: &Gathered, rows: &UnitRows) -> Share {
        let in_article = self.in_article[rows.length_class(gathered.article)][(gathered.count as usize).min(COUNTS - 1)];
        let in_unit = self.rarity * worth_of(gathered.heaviest + gathered.more + self.about, self.weights.k1);
        Share { article: gathered.article, worth: in_article + in_unit, covered: self.rarity }
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

/// Articles of which anything may be worth anything.
pub(in crate::engine::embedded) fn most(articles: &[u32]) -> Vec<Share> {
    articles.iter().map(|article| Share { article: *article, worth: f32::INFINITY, covered: 0.0 }).collect()
}

/// The most that a unit may score whose article has one word, in its text alone, with a share of `worth`.
pub(in crate::engine::embedded) fn whole(worth: f32, rarity: f32, scoring: &Scoring) -> f32 {
    (worth + scoring.coverage(rarity, rarity)) * ROUNDING * scoring.weights.head.max(1.0)
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
