//! The best candidates of loose words: the articles that may be best are scored first, and those that cannot reach the worst of what is
//! wanted by then are left out.

use super::about::About;
use super::bounds::Share;
use super::found::{Candidate, candidates, order};
use super::loose::{Gathering, Loose, others};
use super::scores::{ScoredLeaf, Scoring, counted, scores_from, units_of};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::store::units::{Row, UnitRows};
use crate::engine::{Recency, Sort};

/// Bounds are sorted into so many bins, 128 for each halving of the highest, to find about as many of the highest as are wanted.
const BINS: usize = 512;

/// Articles that are scored together.
const AT_ONCE: usize = 128;

/// Bounds whose highest is kept.
const PEAK: usize = 16;

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
        } else if self.wanted <= self.candidates.len() {
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
    let peaks: Vec<Vec<f32>> = segments.iter().map(LooseSegment::peaks).collect();
    let first = highest(segments, &peaks, best.wanted);
    for (of_segment, peaks) in segments.iter().zip(&peaks) {
        of_segment.score(peaks, scoring, best, first, None)?;
    }
    best.cut();
    for (of_segment, peaks) in segments.iter().zip(&peaks) {
        of_segment.score(peaks, scoring, best, f32::NEG_INFINITY, Some(first))?;
    }
    best.cut();
    // What was thought unlikely may be as good.
    segments.iter().try_for_each(|of_segment| of_segment.score_others(scoring, best))
}

/// Adds the units of all articles of the segments, which may be worth anything, to `best`, and gives the least score that still counts then.
pub(in crate::engine::embedded) fn all_of(segments: &[LooseSegment], scoring: &Scoring, best: &mut Best) -> tantivy::Result<f32> {
    for of_segment in segments {
        of_segment.score(&of_segment.peaks(), scoring, best, f32::NEG_INFINITY, None)?;
    }
    best.cut();
    Ok(best.least)
}

/// A bound that at least `wanted` articles reach, and not many more.
fn highest(segments: &[LooseSegment], peaks: &[Vec<f32>], wanted: usize) -> f32 {
    let bounds = segments.iter().map(|of_segment| of_segment.loose.bounds.as_slice());
    // Of a number that is not negative the first bits are a logarithm.
    let level = |bound: f32| (bound.max(0.0).to_bits() >> 16) as usize;
    let most = level(peaks.iter().flatten().copied().fold(0.0, f32::max));
    let mut bins = [0usize; BINS];
    for bound in bounds.flatten() {
        bins[(most - level(bound.worth)).min(BINS - 1)] += 1;
    }
    let mut reached = 0;
    let enough = bins[..BINS - 1].iter().position(|bin| {
        reached += bin;
        reached >= wanted
    });
    enough.filter(|bin| *bin <= most).map_or(f32::NEG_INFINITY, |bin| f32::from_bits(((most - bin) as u32) << 16))
}

/// The highest of some bounds, 0 if none is higher. Numbers that are not negative are in the same order as their bits, which are compared
/// several at once.
fn most_of(bounds: &[Share]) -> f32 {
    f32::from_bits(bounds.iter().fold(0, |most, share| most.max(share.worth.to_bits() as i32)) as u32)
}

impl LooseSegment<'_> {
    /// The highest of so many bounds, and of the next ones.
    fn peaks(&self) -> Vec<f32> {
        self.loose.bounds.chunks(PEAK).map(most_of).collect()
    }

    /// Scores the articles with a bound from `at_least` on and below `below` that reaches the least score that still counts. `peaks` are those of
    /// the segment.
    fn score(&self, peaks: &[f32], scoring: &Scoring, best: &mut Best, at_least: f32, below: Option<f32>) -> tantivy::Result<()> {
        let budget = &self.segment.budget;
        if !budget.step(self.loose.bounds.len()) {
            return Ok(());
        }
        let mut leaves = counted(self.segment, &scoring.planned.leaves, self.abouts, scoring.rarities);
        let mut rows = Vec::with_capacity(2 * AT_ONCE);
        for (some, peak) in self.loose.bounds.chunks(PEAK).zip(peaks) {
            let least = at_least.max(best.least);
            // Most have none that is high enough.
            if *peak < least {
                continue;
            }
            let chosen = some.iter().filter(|share| share.worth >= least && below.is_none_or(|below| share.worth < below));
            rows.extend(chosen.map(|share| *self.rows.row(share.article)));
            // Looks that do not depend on each other wait for memory at the same time.
            if rows.len() >= AT_ONCE {
                self.score_rows(&rows, &mut leaves, scoring, best)?;
                rows.clear();
            }
            if budget.is_spent() {
                return Ok(());
            }
        }
        self.score_rows(&rows, &mut leaves, scoring, best)
    }

    /// Scores the articles that have no bound and may have as good a unit.
    fn score_others(&self, scoring: &Scoring, best: &mut Best) -> tantivy::Result<()> {
        let LooseSegment { segment, rows, abouts, .. } = *self;
        let gathering = Gathering { segment, rows, abouts, scoring, best: true, totals: false, all: false };
        let loose = Loose { bounds: others(&gathering, self.loose, best.least), ..Loose::default() };
        let others = LooseSegment { loose: &loose, ..*self };
        others.score(&others.peaks(), scoring, best, f32::NEG_INFINITY, None)
    }

    fn score_rows(&self, rows: &[Row], leaves: &mut [ScoredLeaf], scoring: &Scoring, best: &mut Best) -> tantivy::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let (mut units, mut starts) = (Vec::new(), Vec::with_capacity(rows.len() * leaves.len()));
        let groups = units_of(leaves, rows, &mut units, &mut starts);
        let mut leaves = counted(self.segment, &scoring.planned.leaves, self.abouts, scoring.rarities);
        let scores: Vec<f32> = scores_from(self.segment, (&units, &groups), &mut leaves, &starts, scoring)?;
        candidates(self.number, &units, &groups, &scores).for_each(|candidate| best.add(candidate));
        Ok(())
    }
}
