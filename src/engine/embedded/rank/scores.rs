//! Scores of the units of one segment: of their own words, and of those of their article and headline.

use super::about::About;
use super::weights::{RankingWeights, Rarities, ScorePart, Sum};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::snapshot::Totals;
use crate::engine::embedded::store::units::Row;
use crate::engine::plan::{Leaf, LeafField, Planned};
use tantivy::DocId;

/// The first step to a unit that is looked for.
const NEAR: usize = 32;

/// What scoring needs beside the units.
pub(in crate::engine::embedded) struct Scoring<'a> {
    pub planned: &'a Planned,
    pub rarities: &'a Rarities,
    pub totals: Totals,
    pub weights: &'a RankingWeights,
}

/// A leaf that counts, with the units it was found in and how far they were read.
pub(super) struct ScoredLeaf<'a> {
    /// Its number among the leaves.
    pub number: usize,
    pub found: &'a [(DocId, u32)],
    pub about: &'a About,
    rarity: f32,
    outlet_rarity: f32,
    /// How far it was read.
    next: usize,
}

/// Scores the units in `docs`, which ascend and are of the articles in `groups`. `abouts` is of the same segment.
pub(in crate::engine::embedded) fn scores<T: Sum>(
    segment: &Segment,
    docs: &[(DocId, u32)],
    groups: &[(Row, usize)],
    abouts: &[About],
    scoring: &Scoring,
) -> tantivy::Result<Vec<T>> {
    let mut leaves = counted(segment, &scoring.planned.leaves, abouts, scoring.rarities);
    scores_from(segment, (docs, groups), &mut leaves, &[], scoring)
}

/// Units that ascend, and the articles they are of with how many are of each.
type Grouped<'u> = (&'u [(DocId, u32)], &'u [(Row, usize)]);

/// The same with the leaves as [`counted`] gives them. `starts` tells where the units of each article begin in each of the leaves, article by
/// article, or nothing.
pub(super) fn scores_from<T: Sum>(
    segment: &Segment,
    (docs, groups): Grouped,
    leaves: &mut [ScoredLeaf],
    starts: &[usize],
    scoring: &Scoring,
) -> tantivy::Result<Vec<T>> {
    let norms = segment.reader.get_fieldnorms_reader(segment.fields.text)?;
    let scorer = Scorer::new(scoring, leaves);
    let mut starts = starts.chunks(leaves.len().max(1));
    let average = scoring.totals.average_unit();
    let lengths: Vec<f32> = docs.iter().map(|(doc, _)| norms.fieldnorm(*doc) as f32 / average).collect();
    let mut scores: Vec<T> = Vec::with_capacity(docs.len());
    let mut counts = Vec::new();
    let (mut rest, mut rest_of_lengths) = (docs, lengths.as_slice());
    for (row, own) in groups {
        if !segment.budget.score(4 * leaves.len() + own) {
            break;
        }
        let (group, after) = rest.split_at(*own);
        let (lengths, lengths_after) = rest_of_lengths.split_at(*own);
        (rest, rest_of_lengths) = (after, lengths_after);
        let starts = starts.next().unwrap_or_default();
        leaves.iter_mut().zip(starts).for_each(|(leaf, start)| leaf.next = *start);
        scorer.article(leaves, &ArticleUnits { row, group, lengths }, &mut counts, &mut scores);
    }
    scores.resize(docs.len(), T::default());
    Ok(scores)
}

/// Adds to `units` those with a leaf that counts in the articles of `rows`, which ascend; gives how many each has. Adds to `starts` where they
/// begin in each leaf, article by article.
pub(super) fn units_of(
    leaves: &mut [ScoredLeaf],
    rows: &[Row],
    units: &mut Vec<(DocId, u32)>,
    starts: &mut Vec<usize>,
) -> Vec<(Row, usize)> {
    let (mut own, mut groups) = (Vec::new(), Vec::with_capacity(rows.len()));
    for row in rows {
        own.clear();
        for leaf in leaves.iter_mut() {
            leaf.skip_to(row.head);
            starts.push(leaf.next);
            leaf.read_up_to(row.end, &mut own);
        }
        own.sort_unstable_by_key(|(doc, _)| *doc);
        own.dedup_by_key(|(doc, _)| *doc);
        groups.push((*row, own.len()));
        units.append(&mut own);
    }
    groups
}

/// The leaves that count, unread.
pub(super) fn counted<'a>(
    segment: &'a Segment,
    leaves: &[Leaf],
    abouts: &'a [About],
    rarities: &Rarities,
) -> Vec<ScoredLeaf<'a>> {
    let of_text = leaves.iter().enumerate().filter(|(_, leaf)| leaf.wanted && leaf.field == LeafField::Text);
    let counted = of_text.filter_map(|(number, leaf)| {
        let found = segment.found[number].as_ref()?;
        let times = leaf.times as f32;
        let (rarity, outlet_rarity) = (rarities.of_text[number] * times, rarities.of_outlet[number] * times);
        Some(ScoredLeaf { number, found, about: &abouts[number], rarity, outlet_rarity, next: 0 })
    });
    counted.collect()
}

impl Scoring<'_> {
    /// What it is worth that an article has words of so much rarity, of so much that is `wanted`.
    pub fn coverage(&self, covered: f32, wanted: f32) -> f32 {
        // Squared: two thirds of the words are worth more than twice one third.
        let share = (covered / f32::max(wanted, f32::MIN_POSITIVE)).min(1.0);
        self.weights.coverage * wanted * share * share
    }
}

pub(super) struct Scorer<'a> {
    scoring: &'a Scoring<'a>,
    /// The rarities of all leaves together.
    pub wanted: f32,
}

/// The units of one article that are scored.
pub(super) struct ArticleUnits<'a> {
    pub row: &'a Row,
    pub group: &'a [(DocId, u32)],
    /// Theirs, in average units.
    pub lengths: &'a [f32],
}

/// Where in an article a leaf is, beside the units that are scored.
#[derive(Default)]
struct Elsewhere {
    count: u32,
    headline: bool,
    lead: bool,
}

impl<'a> Scorer<'a> {
    pub fn new(scoring: &'a Scoring<'a>, leaves: &[ScoredLeaf]) -> Scorer<'a> {
        Scorer { scoring, wanted: leaves.iter().map(|leaf| leaf.rarity).sum() }
    }

    /// Adds the scores of the units of one article to `scores`. What `counts` holds does not matter: it is lent, to be used again.
    pub fn article<T: Sum>(&self, leaves: &mut [ScoredLeaf], article: &ArticleUnits, counts: &mut Vec<u32>, scores: &mut Vec<T>) {
        let ArticleUnits { row, group, lengths } = *article;
        let weights = self.scoring.weights;
        let from = scores.len();
        scores.resize(from + group.len(), T::default());
        let scores = &mut scores[from..];
        let length = row.length as f32 / self.scoring.totals.average_article();
        let mut covered = 0.0;
        counts.clear();
        counts.resize(group.len(), 0);
        for leaf in leaves {
            let there = leaf.read(row, group, counts);
            let is_outlet = leaf.about.outlet.binary_search(&row.head).is_ok();
            let is_about = is_outlet || leaf.about.origin.binary_search(&row.head).is_ok();
            if there.count == 0 && !is_about {
                continue;
            }
            covered += leaf.rarity;
            let in_article = saturated(there.count as f32, length, weights.article_k1, weights.article_b);
            let more = [
                (ScorePart::Headline, if there.headline { weights.headline } else { 0.0 }),
                (ScorePart::Lead, if there.lead { weights.lead } else { 0.0 }),
                (ScorePart::About, if is_about { weights.about } else { 0.0 }),
            ];
            for ((score, count), length) in scores.iter_mut().zip(counts.iter()).zip(lengths) {
                score.add(ScorePart::Article, weights.article * leaf.rarity * in_article);
                if is_outlet {
                    score.add(ScorePart::Outlet, weights.outlet_word * leaf.outlet_rarity);
                }
                self.unit(score, *length, *count, leaf.rarity, &more);
            }
        }
        let coverage = self.scoring.coverage(covered, self.wanted);
        let day = if self.scoring.planned.names_day(row.days) { weights.day * self.wanted } else { 0.0 };
        for score in scores.iter_mut() {
            score.add(ScorePart::Coverage, coverage);
            score.add(ScorePart::Day, day);
        }
        if group.len() > 1 && group[0].0 == row.head {
            let kept = scores[0].total();
            scores[0].add(ScorePart::Head, (weights.head - 1.0) * kept);
        }
    }

    /// Adds what a word found `count` times in a unit of `length` average ones is worth to it. What the article says elsewhere counts as if the unit
    /// said it `more` times: each word only saturates once.
    fn unit(&self, score: &mut impl Sum, length: f32, count: u32, rarity: f32, more: &[(ScorePart, f32); 3]) {
        let RankingWeights { k1, b, .. } = *self.scoring.weights;
        let mut weight = count as f32 / (1.0 - b + b * length);
        let mut so_far = worth_of(weight, k1);
        score.add(ScorePart::Unit, rarity * so_far);
        for (part, times) in more.iter().filter(|(_, times)| *times > 0.0) {
            weight += times;
            let now = worth_of(weight, k1);
            score.add(*part, rarity * (now - so_far));
            so_far = now;
        }
    }
}

impl ScoredLeaf<'_> {
    /// The rarity of its words.
    pub fn rarity(&self) -> f32 {
        self.rarity
    }

    /// What it is worth in the name of an outlet, beside what it is worth in any field about an article.
    pub fn outlet_worth(&self, weights: &RankingWeights) -> f32 {
        weights.outlet_word * self.outlet_rarity
    }

    /// The first unit that was not read.
    pub fn next_unit(&self) -> Option<DocId> {
        self.found.get(self.next).map(|(doc, _)| *doc)
    }

    /// Reads the units before `end`.
    pub fn up_to(&mut self, end: DocId) -> &[(DocId, u32)] {
        let from = self.next;
        self.skip_to(end);
        &self.found[from..self.next]
    }

    /// Reads the units before `end`, which are few.
    fn read_up_to(&mut self, end: DocId, docs: &mut Vec<(DocId, u32)>) {
        while let Some(&unit) = self.found.get(self.next).filter(|(doc, _)| *doc < end) {
            docs.push(unit);
            self.next += 1;
        }
    }

    /// Goes on to the first unit at or after `doc`, with steps that grow: what is looked for is mostly near.
    fn skip_to(&mut self, doc: DocId) {
        let rest = &self.found[self.next..];
        if rest.first().is_none_or(|(unit, _)| *unit >= doc) {
            return;
        }
        let (mut from, mut step) = (0, NEAR);
        while rest.get(step - 1).is_some_and(|(unit, _)| *unit < doc) {
            (from, step) = (step, 2 * step);
        }
        let within = &rest[from..rest.len().min(step)];
        // Halving waits for one unit after the other.
        self.next += from
            + match within.len() <= 2 * NEAR {
                true => within.iter().map(|(unit, _)| usize::from(*unit < doc)).sum(),
                false => within.partition_point(|(unit, _)| *unit < doc),
            };
    }

    /// How often the leaf is in each unit of `group`, and where it is in their article.
    fn read(&mut self, row: &Row, group: &[(DocId, u32)], counts: &mut [u32]) -> Elsewhere {
        counts.fill(0);
        let mut there = Elsewhere::default();
        self.skip_to(row.head);
        let mut unit = 0;
        while let Some(&(doc, count)) = self.found.get(self.next) {
            if doc >= row.end {
                break;
            }
            there.count += count;
            there.headline |= doc == row.head;
            there.lead |= doc == row.head + 1;
            while unit < group.len() && group[unit].0 < doc {
                unit += 1;
            }
            if unit < group.len() && group[unit].0 == doc {
                counts[unit] = count;
            }
            self.next += 1;
        }
        there
    }
}

/// What a count weighed by length is worth: grows ever more slowly towards k1 + 1.
pub(super) fn worth_of(weight: f32, k1: f32) -> f32 {
    weight * (k1 + 1.0) / (weight + k1)
}

/// BM25's count of a word: grows ever more slowly, and less in a long text. `length` is in average texts.
pub(super) fn saturated(count: f32, length: f32, k1: f32, b: f32) -> f32 {
    count * (k1 + 1.0) / (count + k1 * (1.0 - b + b * length))
}
