//! Learns indirect speech: which words report, what they report and whose words it is.
//!
//! First the words that are cues often enough are counted; only these are looked at, in training and later. Then each of their uses outside
//! quotation marks is a lesson: a cue or not, and if so the stretch that fits the marked words best, and the mention that is their source.

use super::{Attribution, Lesson, learner::Learner};
use crate::article::Span;
use crate::lexicon::*;
use crate::quotation::evidence::{Features, Lists};
use crate::quotation::indirect::{Clause, View, clauses, may_report};
use crate::quotation::weights::{Skill, Weights};
use crate::quotation::words::Word;
use std::collections::HashMap;

/// The words that report speech in the examples.
pub struct Cues {
    /// Their hashes.
    pub words: Vec<u32>,
    /// How often each was (part of) a cue.
    counts: HashMap<u32, u32>,
    gate: Weights,
}

/// A word must report this often, and in this share of its uses, to be looked at.
const LEAST: u32 = 3;
const SHARE: f32 = 0.04;

/// Counts the words that report.
pub fn cues(lessons: &[&Lesson]) -> Cues {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for lesson in lessons {
        for attribution in lesson.attributions {
            lesson.cue_words(attribution).for_each(|w| *counts.entry(w.hash).or_default() += 1);
        }
    }
    let mut heads: HashMap<u32, u32> = HashMap::new();
    let mut uses: HashMap<u32, u32> = HashMap::new();
    for lesson in lessons.iter().filter(|lesson| lesson.has_reports) {
        lesson.reading.words.iter().filter(|w| w.is_word() && w.quote == 0).for_each(|w| *uses.entry(w.hash).or_default() += 1);
        for attribution in lesson.attributions {
            if let Some(head) = lesson.cue_head(attribution, &counts) {
                *heads.entry(lesson.reading.words[head].hash).or_default() += 1;
            }
        }
    }
    let often = |hash: &u32, n: u32| n >= LEAST && n as f32 >= SHARE * uses.get(hash).copied().unwrap_or(1) as f32;
    let mut words: Vec<u32> = heads.iter().filter(|(hash, n)| often(hash, **n)).map(|(hash, _)| *hash).collect();
    words.sort_unstable();
    let mut gate = Weights::default();
    gate.set_cues(words.clone());
    Cues { words, counts, gate }
}

impl Lesson<'_> {
    fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let words = &self.reading.words;
        words.partition_point(|w| w.end <= span.start)..words.partition_point(|w| w.start < span.end)
    }

    fn cue_words<'b>(&'b self, attribution: &'b Attribution) -> impl Iterator<Item = &'b Word> {
        const FUNCTION: Class = AUXILIARY | PREPOSITION | DETERMINER | CONJUNCTION | PRONOUN | OTHER_PRONOUN | ADVERB;
        let words = attribution.cue.iter().flat_map(|span| &self.reading.words[self.words_in(*span)]);
        words.filter(|w| w.is_word() && (!w.is(FUNCTION) || w.is(SAY)))
    }

    /// The word of a cue that is a cue most often.
    fn cue_head(&self, attribution: &Attribution, counts: &HashMap<u32, u32>) -> Option<usize> {
        let head = self.cue_words(attribution).max_by_key(|w| counts.get(&w.hash))?;
        let at = self.reading.words.partition_point(|w| w.start < head.start);
        (self.reading.words.get(at)?.quote == 0).then_some(at)
    }

    /// One pass over the words of the article that can report.
    pub(super) fn reports(&self, cues: &Cues, learners: &mut [Learner]) {
        let mut reporting: HashMap<usize, Vec<&Attribution>> = HashMap::new();
        for attribution in self.attributions {
            if let Some(head) = self.cue_head(attribution, &cues.counts) {
                reporting.entry(head).or_default().push(attribution);
            }
        }
        let mut list = Vec::new();
        for line in self.reading.lines.iter().filter(|line| !line.heading) {
            for cue in line.words.clone() {
                let word = &self.reading.words[cue];
                if !may_report(&self.reading, cue) || !cues.gate.is_cue(word.hash) {
                    continue;
                }
                let view = View::new(self.scene(), cue);
                let unmarked = |a: &&&Attribution| a.content.iter().any(|s| self.is_unmarked(*s));
                let attribution = reporting.get(&cue).and_then(|all| all.iter().find(unmarked));
                list.clear();
                view.cue_features(&mut Features::new(&mut list));
                learners[Skill::Cue as usize].decide(&list, attribution.is_some());
                if let Some(attribution) = attribution {
                    self.clause(&view, attribution, &mut learners[Skill::Content as usize]);
                    self.source(&view, attribution, &mut learners[Skill::Source as usize]);
                }
            }
        }
    }

    /// Whether some of the words stand outside marks.
    fn is_unmarked(&self, span: Span) -> bool {
        let words = &self.reading.words[self.words_in(span)];
        words.iter().filter(|w| w.is_word() && w.quote == 0).count() * 2 > words.iter().filter(|w| w.is_word()).count()
    }

    fn clause(&self, view: &View, attribution: &Attribution, learner: &mut Learner) {
        let candidates = clauses(view);
        let gold: Vec<_> = attribution.content.iter().map(|s| self.words_in(*s)).collect();
        let agreement = |clause: &Clause| {
            let inside = |k: &usize| gold.iter().any(|g| g.contains(k));
            let shared = clause.pieces().flatten().filter(inside).count();
            let total = gold.iter().map(|g| g.len()).sum::<usize>() + clause.len() - shared;
            1000 * shared / total.max(1)
        };
        let Some(top) = candidates.iter().map(agreement).max().filter(|top| *top >= 500) else { return };
        let right: Vec<usize> = (0..candidates.len()).filter(|k| agreement(&candidates[*k]) == top).collect();
        let mut lists = Lists::default();
        candidates.iter().for_each(|clause| lists.push(|f| view.clause_features(clause, f)));
        learner.choose(&lists, &right);
    }

    fn source(&self, view: &View, attribution: &Attribution, learner: &mut Learner) {
        let candidates: Vec<Option<usize>> = view.sources().into_iter().map(Some).chain([None]).collect();
        let is_source = |k: &usize| match candidates[*k] {
            Some(mention) => self.is_inside(mention, &attribution.source),
            None => attribution.source.is_empty(),
        };
        let inside: Vec<usize> = (0..candidates.len()).filter(is_source).collect();
        let named: Vec<usize> = inside
            .iter()
            .copied()
            .filter(|k| candidates[*k].is_some_and(|m| self.is_named(m, attribution.speaker.as_deref())))
            .collect();
        let right = match (named.first(), inside.iter().min_by_key(|k| candidates[**k].map(|m| self.mentions[m].words.start))) {
            (Some(named), _) => *named,
            (None, Some(first)) => *first,
            (None, None) => return,
        };
        let mut lists = Lists::default();
        candidates.iter().for_each(|source| lists.push(|f| view.source_features(*source, f)));
        learner.choose(&lists, &[right]);
    }
}
