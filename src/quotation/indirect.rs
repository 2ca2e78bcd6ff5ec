//! Finds what is reported without quotation marks: "said that he would go", "according to the ministry".
//!
//! Takes a [`Scene`] and gives [`Indirect`] speech: some words, the word that reports them (the **cue**) and the mention they are ascribed
//! to (the **source**). For each word that can be a cue the model answers three questions in turn: does it report anything here
//! (`view.rs`), which stretch of its sentence (`clause.rs`), and whose words these are (`answers.rs`). What is not likely on the first two
//! counts is left out: a wrong quotation is worse than none. What overlaps quotation marks is left out by the caller.

use super::evidence::Features;
use super::scene::Scene;
use super::weights::{Skill, Weights, probability};
use super::words::{Reading, Shape};
use crate::lexicon::CALENDAR;

mod answers;
mod clause;
mod counts;
mod view;

pub use clause::{Clause, clauses};
use view::Sentence;
pub use view::View;

/// Words reported without marks.
#[derive(Debug, Clone)]
pub struct Indirect {
    /// The words, in one or two pieces.
    pub content: Clause,
    /// The word that reports them.
    pub cue: usize,
    /// The mention they are ascribed to.
    pub source: Option<usize>,
    /// How sure it is that this is reported speech.
    pub confidence: f32,
}

/// How likely it must be that a word reports speech, and about these words: a precision of about .75 on the development articles.
const THRESHOLD: f32 = 0.385;

/// Everything reported in the article, in the order of the cues.
pub fn indirect(weights: &Weights, scene: Scene) -> Vec<Indirect> {
    let mut found = Vec::new();
    let mut list = Vec::with_capacity(64);
    let mut sentence: Option<Sentence> = None;
    for line in scene.reading.lines.iter().filter(|line| !line.heading) {
        for cue in line.words.clone() {
            let word = &scene.reading.words[cue];
            if may_report(scene.reading, cue) && weights.is_cue(word.hash) {
                let known = sentence.take().filter(|sentence| sentence.words.contains(&cue));
                let around = sentence.insert(known.unwrap_or_else(|| Sentence::around(scene, cue)));
                found.extend(report(weights, View::within(scene, cue, around), &mut list));
            }
        }
    }
    found
}

/// Whether a word stands outside marks and is no name by its looks: the first of a sentence may have a capital.
pub fn may_report(reading: &Reading, at: usize) -> bool {
    let word = &reading.words[at];
    let begins = || at == 0 || (reading.words[at - 1].line, reading.words[at - 1].sentence) != (word.line, word.sentence);
    word.quote == 0 && (word.shape == Shape::Lower || word.is_word() && begins())
}

fn report(weights: &Weights, view: View, list: &mut Vec<u32>) -> Option<Indirect> {
    let (scene, cue) = (view.scene, view.cue);
    list.clear();
    view.cue_features(&mut Features::new(list));
    let reports = probability(weights.score(Skill::Cue, list));
    if reports < THRESHOLD {
        return None;
    }
    let (content, sure) = likeliest(weights, &view, list)?;
    let confidence = reports * sure;
    if confidence < THRESHOLD {
        return None;
    }
    let told = content.pieces().flatten().filter(|k| scene.reading.words[*k].is_word() && !scene.reading.words[*k].is(CALENDAR));
    if told.count() < 3 {
        return None;
    }
    let sources: Vec<Option<usize>> = view.sources().into_iter().map(Some).chain([None]).collect();
    let source = best(weights, Skill::Source, sources, |source, f| view.source_features(*source, f), list)?;
    // Nobody reports words that he stands in himself as the one who reports them.
    if source.is_some_and(|source| content.pieces().any(|piece| piece.contains(&scene.mentions[source].words.start))) {
        return None;
    }
    Some(Indirect { content, cue, source, confidence })
}

/// The words most likely reported, and how likely about these: the odds of all that agree with them on more than half.
fn likeliest(weights: &Weights, view: &View, list: &mut Vec<u32>) -> Option<(Clause, f32)> {
    let (clauses, counts) = (clauses(view), view.counts());
    let mut odds: Vec<f32> = Vec::with_capacity(clauses.len());
    let (mut beginnings, mut ends) = (Shared::default(), Shared::default());
    for clause in &clauses {
        let edges = view.edges(clause);
        let mut sum = |add: &dyn Fn(&mut Features)| {
            list.clear();
            add(&mut Features::new(list));
            weights.sum(Skill::Content, list)
        };
        let beginning = beginnings.sum((edges.side, edges.start), || sum(&|f| view.beginning_features(edges, f)));
        let end = ends.sum((edges.side, edges.end), || sum(&|f| view.end_features(edges, &counts, f)));
        let extent = sum(&|f| view.extent_features(clause, edges, &counts, f));
        odds.push(weights.scaled(Skill::Content, beginning + end + extent));
    }
    let top = odds.iter().copied().fold(f32::MIN, f32::max);
    odds.iter_mut().for_each(|score| *score = (*score - top).exp());
    let all: f32 = odds.iter().sum();
    let support = |k: usize| -> f32 {
        let agrees = |other: &usize| clauses[k].agreement(&clauses[*other]) >= 0.5;
        (0..clauses.len()).filter(agrees).map(|other| odds[other]).sum::<f32>() / all
    };
    let first = odds.iter().position(|o| *o >= 1.0)?;
    Some((clauses[first].clone(), support(first)))
}

/// Sums of weights that clauses with an edge in common share, by the side of the cue and the word.
#[derive(Default)]
struct Shared(Vec<((u32, usize), i32)>);

impl Shared {
    fn sum(&mut self, edge: (u32, usize), sum: impl FnOnce() -> i32) -> i32 {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| *known == edge) {
            return *known;
        }
        let sum = sum();
        self.0.push((edge, sum));
        sum
    }
}

/// The answer with the highest score.
fn best<T>(
    weights: &Weights,
    skill: Skill,
    answers: Vec<T>,
    features: impl Fn(&T, &mut Features),
    list: &mut Vec<u32>,
) -> Option<T> {
    let scored = answers.into_iter().map(|answer| {
        list.clear();
        features(&answer, &mut Features::new(list));
        (weights.score(skill, list), answer)
    });
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, answer)| answer)
}
