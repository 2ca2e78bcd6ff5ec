//! How good a unit is: BM25 of the unit and of its article, and whether the headline says it too.
//!
//! A passage says little of what it is about; measured on retrieval tasks, units ranked without their article lose up to
//! 20 points of nDCG. Nothing of the article is indexed twice for that: the units of an article stand next to each other,
//! so its words are added up while the postings are read.

use super::evaluate::{Leaf, LeafField, Segment};
use super::postings::Docs;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

/// The constants of the ranking. Each was tuned on the development tasks `time`, `multihop` and `knownitem` together.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
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
    /// What it is worth to be published on a day the query names.
    pub day: f32,
    /// What a word in the outlet's name counts for, beside its rarity among such names.
    pub outlet_word: f32,
    /// What it is worth to be of an outlet whose whole name the query has.
    pub outlet: f32,
    /// What a headline keeps of its worth when other units of its article answer too: each is printed below the headline.
    pub head: f32,
    /// What each further passage of an article keeps of its worth, so that a few articles do not fill a page.
    pub again: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            k1: 2.75,
            b: 0.6,
            article_k1: 2.9,
            article_b: 1.0,
            article: 0.45,
            headline: 0.8,
            about: 9.0,
            coverage: 0.5,
            lead: 0.3,
            near: 0.3,
            day: 6.0,
            outlet_word: 2.0,
            outlet: 6.0,
            head: 0.6,
            again: 0.9,
        }
    }
}

/// Figures of the whole index that a score needs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Totals {
    pub units: u64,
    pub words: u64,
    pub articles: u64,
}

impl Totals {
    /// Words of the average unit.
    fn unit_length(&self) -> f32 {
        self.words as f32 / self.units.max(1) as f32
    }

    /// Words of the average article.
    fn article_length(&self) -> f32 {
        self.words as f32 / self.articles.max(1) as f32
    }
}

/// BM25's inverse document frequency (Robertson and Zaragoza 2009, with 1 added so that it is never negative).
pub(super) fn idf(units: u64, with: u64) -> f32 {
    let with = with.min(units);
    (1.0 + ((units - with) as f32 + 0.5) / (with as f32 + 0.5)).ln()
}

/// The rarity of each leaf: of its rarest spelling's words together.
pub(super) fn rarities(leaves: &[Leaf], segments: &[Segment], totals: &Totals) -> Vec<f32> {
    (0..leaves.len())
        .map(|number| {
            let Some(slots) = leaves[number].pattern.paths.first().map(Vec::len) else { return 0.0 };
            let with = |slot: usize| -> u64 {
                let terms = segments.iter().filter_map(|segment| segment.places[number].first()?.get(slot)?.as_ref());
                terms.flatten().map(|term| u64::from(term.info.doc_freq)).sum()
            };
            let sum: f32 = (0..slots).map(|slot| idf(totals.units, with(slot))).sum();
            sum * leaves[number].boost
        })
        .collect()
}

/// The heads of one segment's articles that have a leaf in the fields about the article.
#[derive(Debug, Default)]
pub(super) struct About {
    /// In the dateline or a byline.
    origin: Vec<DocId>,
    /// In the outlet's name.
    outlet: Vec<DocId>,
}

/// For each leaf, the articles of the segment that have it in the fields about them.
pub(super) fn abouts(segment: &Segment, leaves: &[Leaf]) -> tantivy::Result<Vec<About>> {
    let of_leaf = |leaf: &Leaf| {
        let single = leaf.pattern.paths.first().is_some_and(|path| path.len() == 1);
        if !leaf.wanted || leaf.field != LeafField::Text || !single {
            return Ok(About::default());
        }
        let origin = heads_with(segment, leaf, &[LeafField::Dateline, LeafField::Byline])?;
        Ok(About { origin, outlet: heads_with(segment, leaf, &[LeafField::Outlet])? })
    };
    leaves.iter().map(of_leaf).collect()
}

fn heads_with(segment: &Segment, leaf: &Leaf, fields: &[LeafField]) -> tantivy::Result<Vec<DocId>> {
    let mut heads: Vec<DocId> = Vec::new();
    for field in fields {
        let index = segment.index(*field)?;
        for slot in leaf.pattern.paths.iter().filter(|path| path.len() == 1).flatten() {
            let terms = super::expand::expand(slot, &index)?.terms;
            heads.extend(super::postings::of_terms(&index, &terms, None)?.into_iter().map(|(doc, _)| doc));
        }
    }
    heads.sort_unstable();
    heads.dedup();
    Ok(heads)
}

/// The rarity of each leaf among the names of outlets: `abouts` of all segments.
pub(super) fn outlet_rarities(leaves: &[Leaf], abouts: &[Vec<About>], totals: &Totals) -> Vec<f32> {
    let with = |number: usize| abouts.iter().map(|of_segment| of_segment[number].outlet.len() as u64).sum();
    (0..leaves.len()).map(|number| idf(totals.articles, with(number)) * leaves[number].boost).collect()
}

/// What a score is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Score {
    pub unit: f32,
    pub article: f32,
    pub headline: f32,
    pub about: f32,
    pub coverage: f32,
    pub lead: f32,
    pub near: f32,
    pub day: f32,
    pub outlet: f32,
    /// Never above 0, as the next.
    pub head: f32,
    pub again: f32,
}

impl Score {
    pub fn total(&self) -> f32 {
        let of_text = self.unit + self.article + self.headline + self.coverage + self.lead + self.near;
        of_text + self.about + self.day + self.outlet + self.head + self.again
    }
}

/// How rare the leaves are.
pub(super) struct Rarities {
    /// In the text.
    pub of_text: Vec<f32>,
    /// Among the names of outlets.
    pub of_outlet: Vec<f32>,
}

/// Scores the units in `docs`.
pub(super) fn scores(
    segment: &Segment,
    docs: &Docs,
    leaves: &[Leaf],
    rarities: &Rarities,
    abouts: &[About],
    totals: &Totals,
    weights: &Weights,
) -> tantivy::Result<Vec<Score>> {
    let norms = segment.reader.get_fieldnorms_reader(segment.fields.text)?;
    let lengths = segment.reader.fast_fields().u64("length")?;
    let heads: Vec<DocId> = docs.iter().map(|(doc, _)| segment.head_of(*doc)).collect();
    let mut scores = vec![Score::default(); docs.len()];
    let scorer = Scorer { segment, docs, heads: &heads, norms: &norms, totals, weights };
    let mut wanted = 0.0;
    for (number, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| leaf.wanted) {
        if let (LeafField::Text, Some(found)) = (leaf.field, &segment.found[number]) {
            let length = |head: DocId| lengths.first(head).unwrap_or(0) as f32;
            let rarity = (rarities.of_text[number], rarities.of_outlet[number]);
            scorer.add(found, &abouts[number], rarity, &length, &mut scores);
            wanted += rarity.0;
        }
    }
    for score in &mut scores {
        // Squared: two thirds of the words are worth more than twice one third.
        let share = (score.coverage / f32::max(wanted, f32::MIN_POSITIVE)).min(1.0);
        score.coverage = weights.coverage * wanted * share * share;
    }
    for at in 0..docs.len().saturating_sub(1) {
        if docs[at].0 == heads[at] && heads[at + 1] == heads[at] {
            scores[at].head = (weights.head - 1.0) * scores[at].total();
        }
    }
    Ok(scores)
}

struct Scorer<'a> {
    segment: &'a Segment<'a>,
    docs: &'a Docs,
    heads: &'a [DocId],
    norms: &'a FieldNormReader,
    totals: &'a Totals,
    weights: &'a Weights,
}

impl Scorer<'_> {
    /// Adds what one leaf, found in these units, is worth to each unit and to all units of its article.
    fn add(
        &self,
        found: &Docs,
        about: &About,
        (rarity, outlet_rarity): (f32, f32),
        length: &dyn Fn(DocId) -> f32,
        scores: &mut [Score],
    ) {
        let mut counts: Vec<u32> = Vec::new();
        let weights = self.weights;
        let mut next = 0;
        let mut at = 0;
        while at < self.docs.len() {
            let head = self.heads[at];
            let end = at + self.heads[at..].iter().take_while(|other| **other == head).count();
            next += found[next..].partition_point(|(doc, _)| *doc < head);
            let mut in_article = 0;
            let (mut in_headline, mut in_lead) = (false, false);
            counts.clear();
            counts.resize(end - at, 0);
            let mut unit = at;
            while let Some(&(doc, count)) = found.get(next) {
                if self.segment.head_of(doc) != head {
                    break;
                }
                in_article += count;
                in_headline |= doc == head;
                in_lead |= doc == head + 1;
                while unit < end && self.docs[unit].0 < doc {
                    unit += 1;
                }
                if unit < end && self.docs[unit].0 == doc {
                    counts[unit - at] = count;
                }
                next += 1;
            }
            let is_outlet = about.outlet.binary_search(&head).is_ok();
            let is_about = is_outlet || about.origin.binary_search(&head).is_ok();
            if in_article > 0 || is_about {
                let words = length(head) / self.totals.article_length();
                let worth = weights.article * rarity * saturated(in_article as f32, words, weights.article_k1, weights.article_b);
                let worths = [(in_headline, weights.headline), (in_lead, weights.lead), (is_about, weights.about)];
                for (number, score) in scores[at..end].iter_mut().enumerate() {
                    score.article += worth;
                    score.coverage += rarity;
                    score.outlet += if is_outlet { weights.outlet_word * outlet_rarity } else { 0.0 };
                    let norm = self.norms.fieldnorm(self.docs[at + number].0) as f32 / self.totals.unit_length();
                    let mut weight = counts[number] as f32 / (1.0 - weights.b + weights.b * norm);
                    let mut so_far = worth_of(weight, weights.k1);
                    score.unit += rarity * so_far;
                    // What the article says elsewhere counts as if the unit said it: each word only saturates once.
                    for (slot, (there, more)) in worths.iter().enumerate() {
                        if *there {
                            weight += more;
                            let now = worth_of(weight, weights.k1);
                            *[&mut score.headline, &mut score.lead, &mut score.about][slot] += rarity * (now - so_far);
                            so_far = now;
                        }
                    }
                }
            }
            at = end;
        }
    }
}

/// What a count weighed by length is worth: grows ever more slowly towards k1 + 1.
fn worth_of(weight: f32, k1: f32) -> f32 {
    weight * (k1 + 1.0) / (weight + k1)
}

/// BM25's count of a word: grows ever more slowly, and less in a long text. `length` is in average texts.
fn saturated(count: f32, length: f32, k1: f32, b: f32) -> f32 {
    count * (k1 + 1.0) / (count + k1 * (1.0 - b + b * length))
}
