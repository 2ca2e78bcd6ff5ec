//! A closer look at the best candidates: what only their text and their article can say about their rank.

use super::found::Candidate;
use super::likeness::Likeness;
use super::weights::{RankingWeights, ScorePart, Sum};
use crate::engine::Error;
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::plan::{LeafField, Planned};
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

/// The farthest that two words of the query are apart and still neighbours.
const NEIGHBOURS: usize = 3;

/// What the closer look added to the scores of units, each with its segment and number. Only an explanation asks for it.
#[derive(Default)]
pub(in crate::engine::embedded) struct Rerank(Vec<((u32, DocId), ScorePart, f32)>);

impl Rerank {
    /// Adds what was found out about a candidate to its explanation.
    pub fn add_to(&self, score: &mut impl Sum, candidate: &Candidate) {
        let own = (candidate.segment, candidate.doc);
        self.0.iter().filter(|(unit, _, _)| *unit == own).for_each(|(_, part, worth)| score.add(*part, *worth));
    }

    fn add(&mut self, candidate: &mut Candidate, part: ScorePart, worth: f32) {
        candidate.score += worth;
        if worth != 0.0 {
            self.0.push(((candidate.segment, candidate.doc), part, worth));
        }
    }
}

/// The closer look at the candidates of one query.
struct Look<'a> {
    snapshot: &'a Snapshot,
    planned: &'a Planned,
    weights: &'a RankingWeights,
    budget: &'a Budget,
    order: &'a dyn Fn(&Candidate, &Candidate) -> Ordering,
    rerank: Rerank,
    /// The outlet of each article whose outlet the query names.
    named: HashMap<u64, String>,
}

/// The first words of each leaf in each unit, by leaf, segment and unit.
pub(in crate::engine::embedded) type Places = HashMap<(usize, u32, DocId), Vec<u32>>;

/// Reads them for some units.
pub(in crate::engine::embedded) type ReadPlaces<'a> = dyn Fn(&[Candidate]) -> tantivy::Result<Places> + 'a;

/// Reads the text of the best candidates, or what `places` says of it, and ranks them anew: those with neighbouring words of the query near each other,
/// or of an outlet the query names in full, or that are like the best come first, and the further passages of an article and articles
/// of an outlet make room for others.
pub(in crate::engine::embedded) fn look(
    snapshot: &Snapshot,
    planned: &Planned,
    weights: &RankingWeights,
    candidates: &mut [Candidate],
    order: &dyn Fn(&Candidate, &Candidate) -> Ordering,
    places: Option<&ReadPlaces>,
    budget: &Budget,
) -> Result<Rerank, Error> {
    let best = candidates.len().min(LOOKED_AT);
    if best < candidates.len() {
        candidates.select_nth_unstable_by(best, order);
    }
    let candidates = &mut candidates[..best];
    let mut look = Look { snapshot, planned, weights, budget, order, rerank: Rerank::default(), named: HashMap::new() };
    // One word or phrase has no neighbours.
    if planned.near.len() > 1 {
        match places {
            Some(places) => look.add_nearness(candidates, places(candidates).map_err(|error| snapshot.failed(error))?),
            None => {
                let likeness = look.read(candidates)?;
                look.add_likeness(candidates, &likeness);
            }
        }
    }
    look.put_subheads_behind(candidates)?;
    candidates.sort_unstable_by(order);
    look.make_room_for_articles(candidates);
    candidates.sort_unstable_by(order);
    if look.make_room_for_outlets(candidates) {
        candidates.sort_unstable_by(order);
    }
    Ok(look.rerank)
}

impl Look<'_> {
    /// Adds what the text of each candidate and the outlet of its article say.
    fn read(&mut self, candidates: &mut [Candidate]) -> Result<Likeness, Error> {
        let (planned, budget) = (self.planned, self.budget);
        let (mut words, mut likeness) = (Words::default(), Likeness::default());
        let outlet = self.weights.outlet * wanted(planned);
        for candidate in candidates {
            if budget.is_spent() {
                break;
            }
            let stored = self.snapshot.readable(DocAddress::new(candidate.segment, candidate.head))?;
            let Some((article, unit)) =
                stored.as_ref().and_then(|stored| Some((&stored.0, unit(&stored.0, (candidate.doc - candidate.head) as usize)?)))
            else {
                likeness.add(None);
                continue;
            };
            words.read(unit.span.of(&article.text));
            budget.step(words.len() + planned.near.len());
            let go_on = |steps| budget.step(steps);
            let patience = Patience::of(&go_on);
            // A word may be typed often.
            let mut found: HashMap<usize, Vec<u32>> = HashMap::new();
            for &number in &planned.near {
                let read =
                    || places(&planned.leaves[number].pattern, &words, patience).into_iter().map(|place| place.0).collect();
                found.entry(number).or_insert_with(read);
            }
            let near = nearness(planned, |number| &found[&number], self.weights.between);
            self.rerank.add(candidate, ScorePart::Near, self.weights.near * near);
            if let Some(name) = article.outlet.as_ref().filter(|name| names_outlet(&planned.loose, name)) {
                self.named.insert(candidate.article, name.clone());
                self.rerank.add(candidate, ScorePart::Outlet, outlet);
            }
            // Phrases say themselves what they want.
            likeness.add(Some(&words).filter(|_| planned.loose.len() > 1));
        }
        Ok(likeness)
    }

    /// Adds what the places of words and phrases say.
    fn add_nearness(&mut self, candidates: &mut [Candidate], places: Places) {
        for candidate in candidates {
            let of_leaf = |number| places.get(&(number, candidate.segment, candidate.doc)).map_or(&[][..], Vec::as_slice);
            let near = nearness(self.planned, of_leaf, self.weights.between);
            self.rerank.add(candidate, ScorePart::Near, self.weights.near * near);
        }
    }

    fn add_likeness(&mut self, candidates: &mut [Candidate], likeness: &Likeness) {
        let numbers = 0..candidates.len();
        let Some(best) = numbers.min_by(|one, other| (self.order)(&candidates[*one], &candidates[*other])) else { return };
        let most = self.weights.like * candidates[best].score;
        for (candidate, like) in candidates.iter_mut().zip(likeness.to(best)) {
            self.rerank.add(candidate, ScorePart::Like, most * like);
        }
    }

    fn put_subheads_behind(&mut self, candidates: &mut [Candidate]) -> Result<(), Error> {
        for candidate in candidates {
            let subheads = self.snapshot.subheads(candidate.segment as usize).map_err(|error| self.snapshot.failed(error))?;
            if subheads.first(candidate.doc).is_some() {
                self.rerank.add(candidate, ScorePart::Subhead, (self.weights.subhead - 1.0) * candidate.score.max(0.0));
            }
        }
        Ok(())
    }

    fn make_room_for_articles(&mut self, candidates: &mut [Candidate]) {
        let mut seen: HashMap<u64, i32> = HashMap::with_capacity(candidates.len());
        for candidate in candidates {
            let before = seen.entry(candidate.article).or_default();
            let again = (self.weights.again.powi(*before) - 1.0) * candidate.score;
            *before += 1;
            self.rerank.add(candidate, ScorePart::Again, again);
        }
    }

    /// False where the query does not name several outlets.
    fn make_room_for_outlets(&mut self, candidates: &mut [Candidate]) -> bool {
        let Some(first) = self.named.values().next() else { return false };
        if self.named.values().all(|name| name == first) {
            return false;
        }
        let (mut articles, mut keeps): (HashMap<&str, i32>, HashMap<u64, f32>) = Default::default();
        for candidate in candidates {
            let Some(name) = self.named.get(&candidate.article) else { continue };
            let keeps = *keeps.entry(candidate.article).or_insert_with(|| {
                let before = articles.entry(name).or_default();
                *before += 1;
                self.weights.outlet_again.powi(*before - 1)
            });
            let again = (keeps - 1.0) * candidate.score;
            self.rerank.add(candidate, ScorePart::OutletAgain, again);
        }
        true
    }
}

/// What all words of the query are worth.
fn wanted(planned: &Planned) -> f32 {
    let leaves = planned.leaves.iter().zip(&planned.rarities).filter(|(leaf, _)| leaf.wanted && leaf.field == LeafField::Text);
    leaves.map(|(leaf, rarity)| rarity * leaf.times as f32).sum()
}

/// The worth of neighbours in the query that stand near each other in a text, each at these words: that of the commoner, less with distance. For
/// each word between them in the query they keep `between` of it.
fn nearness<'a>(planned: &Planned, places: impl Fn(usize) -> &'a [u32], between: f32) -> f32 {
    let mut worth = 0.0;
    for apart in 1..=NEIGHBOURS {
        let keeps = between.powi(apart as i32 - 1);
        for (&one, &other) in planned.near.iter().zip(planned.near.iter().skip(apart)).filter(|(one, other)| one != other) {
            if let Some(distance) = distance(places(one), places(other)).filter(|distance| *distance <= FAR) {
                worth += keeps * planned.rarities[one].min(planned.rarities[other]) / distance as f32;
            }
        }
    }
    worth
}

/// Words from one of `left` to one of `right`, at the nearest: neighbours are 1 apart.
fn distance(left: &[u32], right: &[u32]) -> Option<u32> {
    let (mut i, mut j) = (0, 0);
    let mut least: Option<u32> = None;
    while i < left.len() && j < right.len() {
        let apart = left[i].abs_diff(right[j]).max(1);
        least = Some(least.map_or(apart, |least| least.min(apart)));
        if left[i] < right[j] { i += 1 } else { j += 1 }
    }
    least
}

/// True when all words of the outlet's name stand in a row among the loose words of the query, a capital where it has one.
/// Stop words do not count: they are not among the query's words.
fn names_outlet(typed: &[String], outlet: &str) -> bool {
    let parts = outlet.split_whitespace().map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    let name: Vec<&str> = parts.filter(|part| !part.is_empty() && !is_stop_word(&fold(part))).collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let same = |(typed, named): (&String, &&str)| fold(typed) == fold(named) && (capital(typed) || !capital(named));
    !name.is_empty() && typed.windows(name.len()).any(|window| window.iter().zip(&name).all(same))
}
