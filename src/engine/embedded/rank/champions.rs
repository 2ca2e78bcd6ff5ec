//! A frequent word where it is worth most: articles that are kept for it, and what any other article of the segment can score at most.

use super::about::About;
use super::bounds::{BoundTable, most};
use super::loose::{Loose, about_articles};
use super::scores::Scoring;
use super::weights::RankingWeights;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::champions::{Basis, Champions, Figures};
use crate::engine::embedded::store::snapshot::Totals;
use crate::engine::embedded::store::units::UnitRows;
use std::ops::Range;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

/// Articles about a word in dateline, byline or outlet that are looked at beside the champions: no more than there are of these.
const ABOUT: usize = 2_048;

/// A unit and an article may be so much longer on average before the lists have to be made anew.
const LONGER: f32 = 1.05;

/// A word in a segment by its champions.
pub(in crate::engine::embedded) struct ByChampions {
    pub champions: Champions,
    /// Those, and the articles with the word in a field about them.
    pub articles: Vec<u32>,
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
        let file = segment
            .champions
            .filter(|file| file.holds_for(&basis(scoring.weights, &scoring.totals)) && (file.counts() || !counted))?;
        let champions = file.of(segment.key_of_word(number)?)?;
        let about = about_articles(rows, &abouts[number..=number]);
        if about.len() > ABOUT {
            return None;
        }
        let mut articles: Vec<u32> = champions.list().filter(|article| rows.has(*article)).chain(about).collect();
        articles.sort_unstable();
        articles.dedup();
        Some(ByChampions { champions, articles })
    }

    /// The units of the articles.
    pub fn ranges(&self, rows: &UnitRows) -> Vec<Range<DocId>> {
        self.articles.iter().map(|article| rows.row(*article)).map(|row| row.head..row.end).collect()
    }

    /// The articles as those that may be best, with the figures of all.
    pub fn loose(&self) -> Loose {
        let Figures { articles, units, mentions, .. } = self.champions.figures;
        Loose { bounds: most(&self.articles), articles, units, mentions, long: Vec::new() }
    }
}

/// What bounds depend on, as an index is now.
pub(in crate::engine::embedded) fn basis(weights: &RankingWeights, totals: &Totals) -> Basis {
    let constants =
        [weights.k1, weights.b, weights.article_k1, weights.article_b, weights.article, weights.headline, weights.lead];
    Basis { constants, unit: totals.average_unit(), article: totals.average_article() }
}

/// The same for an index that may grow yet.
pub(in crate::engine::embedded) fn basis_for_longer(now: Basis) -> Basis {
    Basis { unit: now.unit * LONGER, article: now.article * LONGER, ..now }
}

/// The `most` articles where a word may be worth most, and what any other may be worth, by bounds that hold for `basis`.
pub(in crate::engine::embedded) fn best_articles(
    docs: &[(DocId, u32)],
    rows: &UnitRows,
    weights: &RankingWeights,
    basis: &Basis,
    norms: FieldNormReader,
    most: usize,
) -> (Vec<u32>, f32) {
    let table = BoundTable::for_averages(1.0, weights, basis.unit, basis.article, norms);
    let (mut shares, _) = table.shares(docs, rows);
    let mut rest = 0.0;
    if shares.len() > most {
        let (_, next, _) = shares.select_nth_unstable_by(most, |a, b| b.worth.total_cmp(&a.worth));
        rest = next.worth;
        shares.truncate(most);
    }
    let mut articles: Vec<u32> = shares.iter().map(|share| share.article).collect();
    articles.sort_unstable();
    (articles, rest)
}
