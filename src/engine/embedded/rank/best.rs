//! The best candidates of loose words: the articles that may be best are scored first, and those that cannot reach the worst of what is
//! wanted by then are left out.

use super::about::About;
use super::found::{Candidate, order};
use super::loose::Loose;
use super::scores::{ArticleUnits, ScoredLeaf, Scorer, Scoring, counted};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::units::{Row, UnitRows};
use crate::engine::{Recency, Sort};
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

    /// The same with none yet.
    pub fn again(&self) -> Best {
        Best::new(self.wanted, self.recency)
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
    pub loose: &'a Loose,
    pub abouts: &'a [About],
}

/// Adds the best units of the segments to `best`. What is left out when the budget is spent on the way is for the caller to see.
pub(in crate::engine::embedded) fn best_of(segments: &[LooseSegment], scoring: &Scoring, best: &mut Best) -> tantivy::Result<()> {
    if best.wanted == 0 {
        return Ok(());
    }
    let first = highest(segments, best.wanted);
    for of_segment in segments {
        of_segment.score(scoring, best, |bound, least| bound >= first.max(least))?;
    }
    best.cut();
    for of_segment in segments {
        of_segment.score(scoring, best, |bound, least| bound < first && bound >= least)?;
    }
    Ok(())
}

/// Adds the units of all articles of the segments to `best`, and gives the least score that still counts then.
pub(in crate::engine::embedded) fn all_of(segments: &[LooseSegment], scoring: &Scoring, best: &mut Best) -> tantivy::Result<f32> {
    for of_segment in segments {
        of_segment.score(scoring, best, |_, _| true)?;
    }
    best.cut();
    Ok(best.least)
}

/// A bound that at least `wanted` articles reach, and not many more.
fn highest(segments: &[LooseSegment], wanted: usize) -> f32 {
    let bounds = || segments.iter().flat_map(|of_segment| &of_segment.loose.bounds).map(|share| share.worth);
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
    /// Scores the articles for whose bound `is_wanted` holds, told the least score that still counts.
    fn score(&self, scoring: &Scoring, best: &mut Best, is_wanted: impl Fn(f32, f32) -> bool) -> tantivy::Result<()> {
        let budget = &self.segment.budget;
        if !budget.step(self.loose.bounds.len()) {
            return Ok(());
        }
        let norms = self.segment.reader.get_fieldnorms_reader(self.segment.fields.text)?;
        let mut leaves = counted(self.segment, &scoring.planned.leaves, self.abouts, scoring.rarities);
        let mut units = ScoredUnits::new(Scorer::new(scoring, &leaves), scoring.totals.average_unit(), norms);
        for share in &self.loose.bounds {
            if is_wanted(share.worth, best.least) {
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
