//! One frequent word: the best of it, from the articles where it is worth most, without reading the others.

use super::finding::{Finding, of_segment};
use crate::engine::embedded::rank::best::{Best, LooseSegment, all_of, best_of};
use crate::engine::embedded::rank::bounds::most;
use crate::engine::embedded::rank::champions::{ByChampions, Others};
use crate::engine::embedded::rank::found::Found;
use crate::engine::embedded::rank::loose::Loose;
use crate::engine::embedded::store::champions::Figures;
use crate::engine::embedded::store::units::Units;

/// What is found of the word in each segment.
#[derive(Default)]
struct OneWord {
    /// Where it is frequent: the articles that are kept, and what any other may be worth.
    frequent: Vec<(usize, Loose, Others)>,
    /// Where all of it was read.
    rare: Vec<(usize, Loose)>,
}

impl OneWord {
    fn units(&self) -> usize {
        let frequent = self.frequent.iter().map(|(_, loose, _)| loose.units);
        frequent.chain(self.rare.iter().map(|(_, loose)| loose.units)).sum()
    }
}

/// The articles that are kept as those that may be best, with the figures of all.
fn loose_of(known: &ByChampions) -> Loose {
    let Figures { articles, units, mentions, .. } = known.champions.figures;
    Loose { bounds: most(&known.articles), articles, units, mentions, ..Loose::default() }
}

impl Finding<'_> {
    /// Finds the best of a plan that is one frequent word, or counts it where none is wanted; false where all of it has to be read, with nothing
    /// found then.
    pub(super) fn one_frequent_word(&mut self, found: &mut Found) -> tantivy::Result<bool> {
        let Some(mut best) = self.best.as_ref().map(Best::again) else { return Ok(false) };
        let Some(&[number]) = self.planned.any_of().as_deref() else { return Ok(false) };
        if !found.segments.iter().any(|segment| segment.is_frequent(number)) {
            return Ok(false);
        }
        let before = (found.passages, found.mentions, found.articles);
        if let Some(word) = self.looked_up(found, number, best.wants_any())? {
            let are_best = !best.wants_any() || self.are_best(found, number, &word, &mut best)?;
            if are_best || self.budget.is_spent() {
                found.candidates = best.into_candidates();
                found.left_out = word.units() - found.candidates.len();
                if self.budget.is_spent() {
                    self.add_unscored(found);
                }
                return Ok(true);
            }
        }
        (found.passages, found.mentions, found.articles) = before;
        found.segments.iter_mut().for_each(|segment| segment.found[number] = None);
        Ok(false)
    }

    /// What there is of the word in each segment, its best places read where that is asked for; nothing where all of it has to be.
    fn looked_up(&self, found: &mut Found, number: usize, read: bool) -> tantivy::Result<Option<OneWord>> {
        let mut word = OneWord::default();
        for at in 0..found.segments.len() {
            let (segment, abouts) = (&mut found.segments[at], &found.abouts[at]);
            let Units::Rows(rows) = segment.units else { return Ok(None) };
            if segment.is_frequent(number) {
                let known = ByChampions::of(segment, number, rows, abouts, &self.scoring, self.wanted.totals);
                let Some(known) = known else { return Ok(None) };
                if read {
                    segment.look_up_in(number, &known.ranges(rows))?;
                }
                let figures = known.champions.figures;
                found.passages += figures.passages;
                found.mentions += figures.mentions;
                found.articles += figures.articles;
                word.frequent.push((at, loose_of(&known), known.others));
            } else {
                segment.look_up_any(self.planned)?;
                let Some(gathered) = self.gathered(found, at, false)? else { return Ok(None) };
                word.rare.push((at, gathered));
            }
        }
        Ok(Some(word))
    }

    /// Adds the best to `best`; false when another article may have a better one.
    fn are_best(&self, found: &Found, number: usize, word: &OneWord, best: &mut Best) -> tantivy::Result<bool> {
        let frequent: Vec<LooseSegment> =
            word.frequent.iter().filter_map(|(at, loose, _)| of_segment(found, *at, loose)).collect();
        let rare: Vec<LooseSegment> = word.rare.iter().filter_map(|(at, loose)| of_segment(found, *at, loose)).collect();
        let least = all_of(&frequent, &self.scoring, best)?;
        let times = self.planned.leaves[number].times as f32;
        let (rarity, of_outlet) =
            (self.scoring.rarities.of_text[number] * times, self.scoring.rarities.of_outlet[number] * times);
        let of_others = |(at, _, others): &(usize, Loose, Others)| {
            let named = !found.abouts[*at][number].outlet.is_empty();
            let outlet = if named { self.scoring.weights.outlet_word * of_outlet } else { 0.0 };
            others.most(rarity, outlet, &self.scoring)
        };
        if self.budget.is_spent() || word.frequent.iter().any(|of_segment| of_others(of_segment) >= least) {
            return Ok(false);
        }
        best_of(&rare, &self.scoring, best)?;
        Ok(!self.budget.is_spent())
    }
}
