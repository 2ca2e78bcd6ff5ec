//! The best candidates of loose words: the articles that may be best are scored first, and those that cannot reach the worst of what is
//! wanted by then are left out.

use super::about::About;
use super::bounds::Share;
use super::found::{Candidate, order};
use super::loose::Loose;
use super::scores::{ArticleUnits, ScoredLeaf, Scorer, Scoring, counted};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::units::{Row, UnitRows};
use crate::engine::{Recency, Sort};
use std::borrow::Cow;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

/// Bounds are sorted into so many bins, to find about as many of the highest as are wanted.
const BINS: usize = 256;

/// As many of the best candidates as are wanted.
pub(in crate::engine::embedded) struct Best {
    wanted: usize,
    recency: Option<Recency>,
    candidates: Vec<Candidate>,
    /// What one more has to score at least.
    least: f32,
}

impl Best {
    pub fn new(wanted: usize, recency: Option<Recency>) -> Best {
        Best { wanted, recency, candidates: Vec::new(), least: f32::NEG_INFINITY }
    }

    /// Whether any are wanted.
    pub fn wants_any(&self) -> bool {
        self.wanted > 0
    }

    /// Takes a candidate whose score knows nothing of its age yet.
    pub fn add(&mut self, candidate: Candidate) {
        let candidate = candidate.aged(self.recency);
        if candidate.score < self.least {
            return;
        }
        self.candidates.push(candidate);
        if self.candidates.len() >= 2 * self.wanted {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.wanted == 0 {
            self.candidates.clear();
        } else if self.wanted < self.candidates.len() {
            let (_, last, _) = self.candidates.select_nth_unstable_by(self.wanted - 1, order(Sort::Relevance));
            self.least = last.score;
            self.candidates.truncate(self.wanted);
        }
    }

    /// The best, in no order.
    pub fn into_candidates(mut self) -> Vec<Candidate> {
        self.cut();
        self.candidates
    }
}

/// A segment, what it has of the words, and what its articles say of themselves.
pub(in crate::engine::embedded) struct LooseSegment<'a> {
    pub number: u32,
    pub segment: &'a Segment<'a>,
    pub rows: &'a UnitRows,
    pub loose: &'a Loose<'a>,
    pub abouts: &'a [About],
}

/// Adds the best units of the segments to `best`. What is left out when the budget is spent on the way is for the caller to see.
pub(in crate::engine::embedded) fn best_of(segments: &[LooseSegment], scoring: &Scoring, best: &mut Best) -> tantivy::Result<()> {
    if best.wanted == 0 {
        return Ok(());
    }
    let likely: Vec<Cow<[Share]>> = segments.iter().map(|of_segment| of_segment.likely(best.wanted, scoring)).collect();
    let first = highest(&likely, best.wanted);
    let mut scored: Vec<Vec<u32>> = Vec::with_capacity(segments.len());
    for (of_segment, likely) in segments.iter().zip(&likely) {
        let shares: Vec<Share> = likely.iter().filter(|share| share.worth >= first).copied().collect();
        of_segment.score(&shares, scoring, best)?;
        scored.push(shares.iter().map(|share| share.article).collect());
    }
    best.cut();
    for (of_segment, scored) in segments.iter().zip(scored) {
        let least = best.least;
        let is_new = |share: &&Share| share.worth >= least && scored.binary_search(&share.article).is_err();
        let shares: Vec<Share> = of_segment.reaching(least, scoring).iter().filter(is_new).copied().collect();
        of_segment.score(&shares, scoring, best)?;
    }
    Ok(())
}

/// A bound that at least `wanted` articles reach, and not many more.
fn highest(shares: &[Cow<[Share]>], wanted: usize) -> f32 {
    let bounds = || shares.iter().flat_map(|of_segment| of_segment.iter()).map(|share| share.worth);
    let most = bounds().fold(f32::MIN_POSITIVE, f32::max);
    let width = most / BINS as f32;
    let mut bins = [0usize; BINS + 1];
    for bound in bounds() {
        bins[((bound / width) as usize).min(BINS)] += 1;
    }
    let (mut reached, mut bin) = (0, BINS + 1);
    while bin > 0 && reached < wanted {
        bin -= 1;
        reached += bins[bin];
    }
    // A little less, for a bound may be rounded into the bin above its own.
    bin as f32 * width * 0.9999
}

impl LooseSegment<'_> {
    fn leaves(&self, scoring: &Scoring) -> Vec<ScoredLeaf<'_>> {
        counted(self.segment, &scoring.planned.leaves, self.abouts, scoring.rarities)
    }

    fn likely(&self, wanted: usize, scoring: &Scoring) -> Cow<'_, [Share]> {
        let likely = self.loose.likely(wanted, &mut self.leaves(scoring), self.rows, scoring);
        self.segment.budget.weigh(likely.len());
        likely
    }

    fn reaching(&self, least: f32, scoring: &Scoring) -> Cow<'_, [Share]> {
        let reaching = self.loose.reaching(least, &mut self.leaves(scoring), self.rows, scoring);
        // A list that is lent is the one of before.
        if let Cow::Owned(reaching) = &reaching {
            self.segment.budget.weigh(reaching.len());
        }
        reaching
    }

    /// Scores these articles, as long as their bounds reach what still counts.
    fn score(&self, shares: &[Share], scoring: &Scoring, best: &mut Best) -> tantivy::Result<()> {
        let budget = &self.segment.budget;
        if !budget.step(shares.len()) {
            return Ok(());
        }
        let norms = self.segment.reader.get_fieldnorms_reader(self.segment.fields.text)?;
        let mut leaves = self.leaves(scoring);
        let mut units = ScoredUnits::new(Scorer::new(scoring, &leaves), scoring.average_unit(), norms);
        for share in shares {
            if share.worth >= best.least {
                if !budget.score(4 * leaves.len()) {
                    return Ok(());
                }
                let row = self.rows.row(share.article);
                units.score(&mut leaves, row);
                units.candidates(self.number, row).for_each(|candidate| best.add(candidate));
            }
        }
        Ok(())
    }
}

/// The units of one article after the other, with their scores.
struct ScoredUnits<'a> {
    scorer: Scorer<'a>,
    average: f32,
    norms: FieldNormReader,
    group: Vec<(DocId, u32)>,
    lengths: Vec<f32>,
    counts: Vec<u32>,
    scores: Vec<f32>,
}

impl<'a> ScoredUnits<'a> {
    fn new(scorer: Scorer<'a>, average: f32, norms: FieldNormReader) -> ScoredUnits<'a> {
        let (group, lengths, counts, scores) = Default::default();
        ScoredUnits { scorer, average, norms, group, lengths, counts, scores }
    }

    fn score(&mut self, leaves: &mut [ScoredLeaf], row: &Row) {
        self.group.clear();
        for leaf in leaves.iter_mut() {
            leaf.skip_to(row.head);
            self.group.extend(leaf.found[leaf.next..].iter().take_while(|(doc, _)| *doc < row.end));
        }
        self.group.sort_unstable_by_key(|(doc, _)| *doc);
        self.group.dedup_by_key(|(doc, _)| *doc);
        self.lengths.clear();
        self.lengths.extend(self.group.iter().map(|(doc, _)| self.norms.fieldnorm(*doc) as f32 / self.average));
        self.scores.clear();
        let article = ArticleUnits { row, group: &self.group, lengths: &self.lengths };
        self.scorer.article(leaves, &article, &mut self.counts, &mut self.scores);
    }

    fn candidates(&self, segment: u32, row: &Row) -> impl Iterator<Item = Candidate> {
        let (head, article, day) = (row.head, row.id, row.days.map(|days| days.from));
        let candidate =
            move |(unit, score): (&(DocId, u32), &f32)| Candidate { segment, doc: unit.0, head, score: *score, article, day };
        self.group.iter().zip(&self.scores).map(candidate)
    }
}
