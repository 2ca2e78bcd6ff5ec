//! A closer look at the best candidates: what only their text and their article can say about their rank.

use super::found::Candidate;
use super::weights::{RankingWeights, ScorePart, Sum};
use crate::article::Article;
use crate::engine::Error;
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::plan::Planned;
use crate::matching::{Patience, places};
use crate::passage::unit;
use crate::words::{Words, fold, is_stop_word};
use std::cmp::Ordering;
use std::collections::HashMap;
use tantivy::{DocAddress, DocId};

/// Units that are looked at. It does not depend on how many are wanted, so that a longer answer begins like a shorter one.
pub(in crate::engine::embedded) const LOOKED_AT: usize = 60;

/// Words farther apart than this say nothing about each other.
const FAR: u32 = 8;

/// What the closer look added to the scores of units, by segment and unit.
#[derive(Default)]
pub(in crate::engine::embedded) struct Rerank(HashMap<(u32, DocId), [(ScorePart, f32); 3]>);

impl Rerank {
    /// Adds what was found out about a candidate to its explanation.
    pub fn add_to(&self, score: &mut impl Sum, candidate: &Candidate) {
        for (part, worth) in self.0.get(&(candidate.segment, candidate.doc)).into_iter().flatten() {
            score.add(*part, *worth);
        }
    }
}

/// Reads the text of the best candidates and ranks them anew: those with neighbouring words of the query near each other,
/// or of an outlet the query names in full, come first, and the further passages of an article make room for others.
pub(in crate::engine::embedded) fn look(
    snapshot: &Snapshot,
    planned: &Planned,
    weights: &RankingWeights,
    candidates: &mut [Candidate],
    order: &dyn Fn(&Candidate, &Candidate) -> Ordering,
    budget: &Budget,
) -> Result<Rerank, Error> {
    let best = candidates.len().min(LOOKED_AT);
    if best < candidates.len() {
        candidates.select_nth_unstable_by(best, order);
    }
    let candidates = &mut candidates[..best];
    let mut added = vec![(0.0, 0.0); best];
    // One word or phrase has no neighbours.
    if planned.near.len() > 1 {
        let mut words = Words::default();
        for (candidate, (near, outlet)) in candidates.iter_mut().zip(&mut added) {
            if budget.is_spent() {
                break;
            }
            let Some(stored) = snapshot.readable(DocAddress::new(candidate.segment, candidate.head))? else { continue };
            let Some(unit) = unit(&stored.0, (candidate.doc - candidate.head) as usize) else { continue };
            words.read(unit.span.of(&stored.0.text));
            budget.step(words.len() + planned.near.len());
            *near = weights.near * nearness(planned, &words, Patience::of(&|steps| budget.step(steps)));
            *outlet = if names_outlet(&planned.loose, &stored.0) { weights.outlet } else { 0.0 };
            candidate.score += *near + *outlet;
        }
    }
    let keys = candidates.iter().map(|candidate| (candidate.segment, candidate.doc));
    let parts =
        added.into_iter().map(|(near, outlet)| [(ScorePart::Near, near), (ScorePart::Outlet, outlet), (ScorePart::Again, 0.0)]);
    let mut rerank = Rerank(keys.zip(parts).collect());
    candidates.sort_unstable_by(order);
    let mut seen: HashMap<u64, i32> = HashMap::new();
    for candidate in candidates.iter_mut() {
        let before = seen.entry(candidate.article).or_default();
        let again = (weights.again.powi(*before) - 1.0) * candidate.score;
        *before += 1;
        candidate.score += again;
        if let Some(parts) = rerank.0.get_mut(&(candidate.segment, candidate.doc)) {
            parts[2].1 = again;
        }
    }
    candidates.sort_unstable_by(order);
    Ok(rerank)
}

/// The worth of neighbours in the query that stand near each other in a text: that of the commoner word, less with distance.
fn nearness(planned: &Planned, words: &Words, patience: Patience) -> f32 {
    let mut worth = 0.0;
    // A word may be typed often.
    let mut found: HashMap<usize, Vec<(u32, u32)>> = HashMap::new();
    for &number in &planned.near {
        found.entry(number).or_insert_with(|| places(&planned.leaves[number].pattern, words, patience));
    }
    for pair in planned.near.windows(2) {
        let (one, other) = (pair[0], pair[1]);
        if let Some(distance) = distance(&found[&one], &found[&other]).filter(|distance| *distance <= FAR) {
            worth += planned.rarities[one].min(planned.rarities[other]) / distance as f32;
        }
    }
    worth
}

/// Words from one of `left` to one of `right`, at the nearest: neighbours are 1 apart.
fn distance(left: &[(u32, u32)], right: &[(u32, u32)]) -> Option<u32> {
    let (mut i, mut j) = (0, 0);
    let mut least: Option<u32> = None;
    while i < left.len() && j < right.len() {
        let apart = left[i].0.abs_diff(right[j].0).max(1);
        least = Some(least.map_or(apart, |least| least.min(apart)));
        if left[i].0 < right[j].0 { i += 1 } else { j += 1 }
    }
    least
}

/// True when all words of the outlet's name stand in a row among the loose words of the query, a capital where it has one.
/// Stop words do not count: they are not among the query's words.
fn names_outlet(typed: &[String], article: &Article) -> bool {
    let Some(outlet) = &article.outlet else { return false };
    let parts = outlet.split_whitespace().map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    let name: Vec<&str> = parts.filter(|part| !part.is_empty() && !is_stop_word(&fold(part))).collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let same = |(typed, named): (&String, &&str)| fold(typed) == fold(named) && (capital(typed) || !capital(named));
    !name.is_empty() && typed.windows(name.len()).any(|window| window.iter().zip(&name).all(same))
}
