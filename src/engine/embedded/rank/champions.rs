//! A frequent word where it is worth most: articles that are kept for it, and what any other article of the segment can score at most.

use super::about::{About, about_articles};
use super::bounds::{AboutRead, BoundTable, Share, whole};
use super::scores::Scoring;
use super::weights::RankingWeights;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::champions::{AboutOthers, Basis, Champions};
use crate::engine::embedded::store::snapshot::Totals;
use crate::engine::embedded::store::units::UnitRows;
use std::ops::Range;
use tantivy::DocId;

/// Articles with a word in dateline, byline or outlet that are looked at beside the champions; of more, the best in their text are champions.
const ABOUT: usize = 2_048;

/// A unit and an article may be so much longer on average before the lists have to be made anew.
const LONGER: f32 = 1.05;

/// A word in a segment by its champions.
pub(in crate::engine::embedded) struct ByChampions {
    pub champions: Champions,
    /// Those, and the articles with the word in a field about them unless these are many.
    pub articles: Vec<u32>,
    /// What the articles may be worth that are left out.
    pub others: Others,
}

/// What articles may be worth that are not looked at, if the rarity of the word is 1; 0 where there is none.
#[derive(Clone, Copy)]
pub(in crate::engine::embedded) struct Others {
    plain: f32,
    /// Of those with the word in a field about them.
    about: f32,
}

impl Others {
    /// The most that a unit of one may score; `outlet` is what the word is worth in the name of an outlet.
    pub fn most(self, rarity: f32, outlet: f32, scoring: &Scoring) -> f32 {
        let of = |rest: f32, more: f32| match rest > 0.0 {
            true => whole(rest * rarity + more, rarity, scoring),
            false => f32::NEG_INFINITY,
        };
        of(self.plain, 0.0).max(of(self.about, outlet))
    }
}

impl ByChampions {
    /// What is kept of the leaf `number`; nothing where that does not hold any more, or where `counted` is asked for and cannot be said.
    pub fn of(
        segment: &Segment,
        number: usize,
        rows: &UnitRows,
        abouts: &[About],
        scoring: &Scoring,
        counted: bool,
    ) -> Option<ByChampions> {
        segment.champions.filter(|file| file.counts() || !counted)?;
        let champions = best_of_word(segment, number, scoring)?;
        let about = &abouts[number];
        let (looked_at, rest) = match (about.len() > ABOUT, champions.about) {
            (false, _) => (about_articles(rows, &abouts[number..=number]), 0.0),
            (true, others) => (Vec::new(), others.filter(|others| others.which == about.key())?.rest),
        };
        let mut articles: Vec<u32> = champions.list().filter(|article| *article < rows.articles()).chain(looked_at).collect();
        articles.sort_unstable();
        articles.dedup();
        let others = Others { plain: champions.rest, about: rest };
        Some(ByChampions { champions, articles, others })
    }

    /// The units of the articles.
    pub fn ranges(&self, rows: &UnitRows) -> Vec<Range<DocId>> {
        self.articles.iter().map(|article| rows.row(*article)).map(|row| row.head..row.end).collect()
    }
}

/// What is kept of the leaf `number`, which is a frequent word; nothing where that does not hold any more.
pub(in crate::engine::embedded) fn best_of_word(segment: &Segment, number: usize, scoring: &Scoring) -> Option<Champions> {
    let file = segment.champions.filter(|file| file.holds_for(&basis(scoring.weights, &scoring.totals)))?;
    file.of(segment.key_of_word(number)?)
}

/// What bounds depend on, as an index is now.
pub(in crate::engine::embedded) fn basis(weights: &RankingWeights, totals: &Totals) -> Basis {
    let constants = [
        weights.k1,
        weights.b,
        weights.article_k1,
        weights.article_b,
        weights.article,
        weights.headline,
        weights.lead,
        weights.about,
    ];
    Basis { constants, unit: totals.average_unit(), article: totals.average_article() }
}

/// The same for an index that may grow yet.
pub(in crate::engine::embedded) fn basis_for_longer(now: Basis) -> Basis {
    Basis { unit: now.unit * LONGER, article: now.article * LONGER, ..now }
}

/// The articles of a segment where a word may be worth most.
pub(in crate::engine::embedded) struct BestArticles {
    /// Ascending.
    pub articles: Vec<u32>,
    /// What any other may be worth.
    pub rest: f32,
    /// The same for those with the word in a field about them, where they are too many to be looked at in each search.
    pub about: Option<AboutOthers>,
}

/// The `most` articles where a word may be worth most, and as many among those that `about` tells, by bounds that hold for `basis`.
pub(in crate::engine::embedded) fn best_articles(
    docs: &[(DocId, u32)],
    about: &About,
    rows: &UnitRows,
    table: BoundTable,
    most: usize,
) -> BestArticles {
    let (mut shares, mut with_about) = (shares_of(&table, docs, rows), Vec::new());
    let many = about.len() > ABOUT;
    if many {
        let articles = about_articles(rows, std::slice::from_ref(about));
        let told = |(doc, _): &&(DocId, u32)| articles.binary_search(&rows.look(*doc).0).is_ok();
        let docs: Vec<(DocId, u32)> = docs.iter().filter(told).copied().collect();
        with_about = shares_of(&table.about(), &docs, rows);
    }
    let rest = cut_to_best(&mut shares, most);
    let rest_about = cut_to_best(&mut with_about, most);
    let mut articles: Vec<u32> = shares.iter().chain(&with_about).map(|share| share.article).collect();
    articles.sort_unstable();
    articles.dedup();
    BestArticles { articles, rest, about: many.then(|| AboutOthers { which: about.key(), rest: rest_about }) }
}

fn shares_of(table: &BoundTable, docs: &[(DocId, u32)], rows: &UnitRows) -> Vec<Share> {
    let mut shares = Vec::new();
    table.each(docs, rows, &mut AboutRead::new(&[]), |share| shares.push(share));
    shares
}

/// Keeps the `most` best of some articles; gives what the best of the others is worth, 0 where there is none.
fn cut_to_best(shares: &mut Vec<Share>, most: usize) -> f32 {
    if shares.len() <= most {
        return 0.0;
    }
    let (_, next, _) = shares.select_nth_unstable_by(most, |a, b| b.worth.total_cmp(&a.worth));
    let rest = next.worth;
    shares.truncate(most);
    rest
}
