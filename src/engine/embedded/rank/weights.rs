//! How good a unit is: BM25 of the unit and of its article, and whether the headline says it too.
//!
//! A passage says little of what it is about; measured on retrieval tasks, units ranked without their article lose up to
//! 20 points of nDCG. Nothing of the article is indexed twice for that: the units of an article stand next to each other,
//! so its words are added up while the postings are read.

use crate::engine::embedded::excerpt::Whole;
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::snapshot::Totals;
use crate::engine::plan::{Leaf, LeafField};

/// The constants of the ranking. Each was tuned on the development tasks `time`, `multihop` and `knownitem` together, by
/// `examples/tune.rs`; a long question scores 50 to 100 in all. `between`, `day`, `outlet`, `outlet_again` and `like` are round numbers from
/// the middle of what holds on every fold (`docs/ranking.md`).
#[derive(Debug, Clone, Copy)]
pub struct RankingWeights {
    /// Saturation of a word's count in a unit (BM25's k1).
    pub k1: f32,
    /// How much a long unit is held back (BM25's b). Low: a paragraph is long because it says more.
    pub b: f32,
    /// The same two for the whole article.
    pub article_k1: f32,
    /// See `article_k1`.
    pub article_b: f32,
    /// How much the article counts beside the unit.
    pub article: f32,
    /// How many times in the unit a word in the headline counts for.
    pub headline: f32,
    /// The same for a word in the dateline, the byline or the outlet's name. High: who names the paper means that paper.
    pub about: f32,
    /// How much it counts that an article has many of the query's words, beyond each word's own worth.
    pub coverage: f32,
    /// The same for a word in the first paragraph: the lead says what the story is.
    pub lead: f32,
    /// How much it counts that neighbours in the query are near each other in the unit.
    pub near: f32,
    /// What each word between them in the query leaves of that.
    pub between: f32,
    /// What it is worth to be published on a day the query names, beside all its words: a long question's words are worth much.
    pub day: f32,
    /// What a word in the outlet's name counts for, beside its rarity among such names.
    pub outlet_word: f32,
    /// What it is worth to be of an outlet whose whole name the query has, beside all its words.
    pub outlet: f32,
    /// What each further article of such an outlet keeps when the query names several: who asks what two papers say wants both.
    pub outlet_again: f32,
    /// What it is worth to say the same as the best passage, beside that passage's score.
    pub like: f32,
    /// What a headline keeps of its worth when other units of its article answer too: each is printed below the headline.
    pub head: f32,
    /// What a heading within a story keeps of its worth: what it announces is said below it.
    pub subhead: f32,
    /// What each further passage of an article keeps of its worth, so that a few articles do not fill a page.
    pub again: f32,
}

impl Default for RankingWeights {
    fn default() -> RankingWeights {
        RankingWeights {
            k1: 2.2,
            b: 0.6,
            article_k1: 3.2,
            article_b: 1.0,
            article: 0.4,
            headline: 0.29,
            about: 2.6,
            coverage: 0.5,
            lead: 0.35,
            near: 0.38,
            between: 0.5,
            day: 0.6,
            outlet_word: 0.45,
            outlet: 0.6,
            outlet_again: 0.9,
            like: 0.2,
            head: 0.4,
            subhead: 0.5,
            again: 0.88,
        }
    }
}

/// BM25's inverse document frequency (Robertson and Zaragoza 2009, with 1 added so that it is never negative).
pub(in crate::engine::embedded) fn idf(units: u64, with: u64) -> f32 {
    let with = with.min(units);
    (1.0 + ((units - with) as f32 + 0.5) / (with as f32 + 0.5)).ln()
}

/// The rarity of each leaf: of its rarest spelling's words together.
pub(in crate::engine::embedded) fn rarities(
    leaves: &[Leaf],
    segments: &[Segment],
    totals: &Totals,
    whole: Option<&dyn Whole>,
) -> Vec<f32> {
    (0..leaves.len())
        .map(|number| {
            let Some(slots) = leaves[number].pattern.paths.first().map(Vec::len) else { return 0.0 };
            let with = |slot: usize| -> u64 {
                let leaf = &leaves[number];
                if let Some(whole) = whole.filter(|_| leaf.wanted && leaf.field == LeafField::Text) {
                    return whole.units_with(&leaf.pattern.paths[0][slot]);
                }
                let terms = segments.iter().filter_map(|segment| segment.places[number].first()?.get(slot)?.as_ref());
                terms.flat_map(|terms| terms.iter()).map(|term| u64::from(term.info.doc_freq)).sum()
            };
            let sum: f32 = (0..slots).map(|slot| idf(totals.units, with(slot))).sum();
            sum * leaves[number].boost
        })
        .collect()
}

/// How rare the leaves are.
#[derive(Default)]
pub(in crate::engine::embedded) struct Rarities {
    /// In the text.
    pub of_text: Vec<f32>,
    /// Among the names of outlets.
    pub of_outlet: Vec<f32>,
}

/// What counts in a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::embedded) enum ScorePart {
    Unit,
    Article,
    Headline,
    Lead,
    About,
    Coverage,
    Near,
    Day,
    Outlet,
    Like,
    /// Never above 0, as the next four.
    Recency,
    Head,
    Subhead,
    Again,
    OutletAgain,
}

/// Each part as an explanation names it.
const PARTS: [(ScorePart, &str); 15] = [
    (ScorePart::Unit, "words in the passage"),
    (ScorePart::Article, "words in the article"),
    (ScorePart::Headline, "words in the headline"),
    (ScorePart::Lead, "words in the first paragraph"),
    (ScorePart::About, "words in dateline, byline or outlet"),
    (ScorePart::Coverage, "share of the query's words in the article"),
    (ScorePart::Near, "words of the query near each other"),
    (ScorePart::Day, "published on a day the query names"),
    (ScorePart::Outlet, "name of its outlet in the query"),
    (ScorePart::Like, "words of the best passage"),
    (ScorePart::Recency, "the article's age"),
    (ScorePart::Head, "a headline, printed above its passages anyway"),
    (ScorePart::Subhead, "a heading, which announces what is said below it"),
    (ScorePart::Again, "a further passage of an article above"),
    (ScorePart::OutletAgain, "a further article of an outlet above, where the query names several"),
];

/// Adds up a score: a number alone orders the answers, the parts explain one.
pub(in crate::engine::embedded) trait Sum: Clone + Default {
    fn add(&mut self, part: ScorePart, worth: f32);
    fn total(&self) -> f32;
}

impl Sum for f32 {
    fn add(&mut self, _: ScorePart, worth: f32) {
        *self += worth;
    }

    fn total(&self) -> f32 {
        *self
    }
}

/// A score by its parts.
#[derive(Debug, Clone, Default)]
pub(in crate::engine::embedded) struct Score([f32; PARTS.len()]);

impl Sum for Score {
    fn add(&mut self, part: ScorePart, worth: f32) {
        self.0[part as usize] += worth;
    }

    fn total(&self) -> f32 {
        self.0.iter().sum()
    }
}

impl Score {
    /// What counted, in words, and how much.
    pub fn in_words(&self) -> Vec<(String, f32)> {
        let named = PARTS.iter().map(|(part, name)| ((*name).to_owned(), self.0[*part as usize]));
        named.filter(|(_, worth)| *worth != 0.0).collect()
    }
}
