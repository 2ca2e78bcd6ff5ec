//! Finds what is reported without quotation marks: "said that he would go", "according to the ministry".
//!
//! Takes a [`Scene`] and gives [`Indirect`] speech: some words, the word that reports them (the **cue**) and the mention they are ascribed
//! to (the **source**). For each word that can be a cue the model answers three questions in turn: does it report anything here
//! (`view.rs`), which stretch of its sentence (`clause.rs`), and whose words these are (`answers.rs`). What is not likely on the first two
//! counts is left out: a wrong quotation is worse than none. What overlaps quotation marks is left out too.

use super::scene::Scene;
use super::weights::{Skill, Sum, Weights, probability, size};
use super::words::{Reading, Shape};
use crate::lexicon::CALENDAR;

mod answers;
mod clause;
mod counts;
mod view;

pub use clause::Clause;
use clause::add_clauses;
#[cfg(feature = "learning")]
pub use clause::clauses;
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
    let mut sentence: Option<Sentence> = None;
    let mut desk = Desk::default();
    for line in scene.reading.lines.iter().filter(|line| !line.heading) {
        let words = line.words.clone().zip(&scene.reading.words[line.words.clone()]);
        let cues = words.filter(|(cue, word)| weights.is_cue(word.hash) && may_report(scene.reading, *cue));
        for (cue, _) in cues {
            let known = sentence.take().filter(|sentence| sentence.words.contains(&cue));
            let around = sentence.insert(known.unwrap_or_else(|| Sentence::around(scene, cue)));
            found.extend(report(weights, View::within(scene, cue, around), &mut desk));
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

/// Room for what is weighed, used again for every cue.
#[derive(Default)]
struct Desk {
    clauses: Vec<Clause>,
    odds: Vec<f32>,
    beginnings: Shared,
    ends: Shared,
}

fn report(weights: &Weights, view: View, desk: &mut Desk) -> Option<Indirect> {
    let (scene, cue) = (view.scene, view.cue);
    let mut sum = weights.adding::<{ size(Skill::Cue) }>(Skill::Cue);
    view.cue_features(&mut sum);
    let reports = probability(weights.scaled(Skill::Cue, sum.steps));
    if reports < THRESHOLD {
        return None;
    }
    let (content, sure) = likeliest(weights, &view, desk)?;
    let confidence = reports * sure;
    if confidence < THRESHOLD {
        return None;
    }
    // What overlaps quotation marks is theirs.
    if content.pieces().any(|piece| scene.reading.words[piece].iter().any(|w| w.quote != 0)) {
        return None;
    }
    let told = content.pieces().flatten().filter(|k| scene.reading.words[*k].is_word() && !scene.reading.words[*k].is(CALENDAR));
    if told.count() < 3 {
        return None;
    }
    let source = best(weights, &view, view.sources())?;
    // Nobody reports words that he stands in himself as the one who reports them.
    if source.is_some_and(|source| content.pieces().any(|piece| piece.contains(&scene.mentions[source].words.start))) {
        return None;
    }
    Some(Indirect { content, cue, source, confidence })
}

/// The words most likely reported, and how likely about these: the odds of all that agree with them on more than half.
fn likeliest(weights: &Weights, view: &View, desk: &mut Desk) -> Option<(Clause, f32)> {
    let Desk { clauses, odds, beginnings, ends } = desk;
    clauses.clear();
    odds.clear();
    beginnings.0.clear();
    ends.0.clear();
    add_clauses(view, clauses);
    let counts = view.counts();
    let (mut reach, mut length, mut count, mut verb) = (Last(None), Last(None), Last(None), Last(None));
    for clause in clauses.iter() {
        let edges = view.edges(clause);
        let extent = view.extent(clause, edges, &counts);
        let (side, whole) = (extent.side, extent.whole);
        let mut sum = weights.adding::<{ size(Skill::Content) }>(Skill::Content);
        reach.add((side, extent.start, extent.gap, whole), &mut sum, |sum| view.reach_features(&extent, sum));
        length.add((side, extent.length, whole), &mut sum, |sum| view.length_features(&extent, sum));
        count.add((side, extent.commas, extent.said, whole), &mut sum, |sum| view.count_features(&extent, sum));
        verb.add((side, extent.start, extent.verb), &mut sum, |sum| view.verb_features(&extent, sum));
        view.close_features(&extent, &mut sum);
        beginnings.add((edges.side, edges.start), &mut sum, |sum| view.beginning_features(edges, sum));
        ends.add((edges.side, edges.end), &mut sum, |sum| view.end_features(edges, &counts, sum));
        odds.push(weights.scaled(Skill::Content, sum.steps));
    }
    let top = odds.iter().copied().fold(f32::MIN, f32::max);
    odds.iter_mut().for_each(|score| *score = (*score - top).exp());
    let all: f32 = odds.iter().sum();
    let support = |k: usize| -> f32 {
        let agrees = |other: &usize| clauses[k].agrees(&clauses[*other]);
        (0..clauses.len()).filter(agrees).map(|other| odds[other]).sum::<f32>() / all
    };
    let first = odds.iter().position(|o| *o >= 1.0)?;
    Some((clauses[first].clone(), support(first)))
}

/// Sums of weights that clauses with an edge in common share, by the side of the cue and the word.
#[derive(Default)]
struct Shared(Vec<((u32, usize), i32)>);

impl Shared {
    /// Adds what is known of an edge, else what `add` adds, which is known from then on.
    fn add<'w, const N: usize>(&mut self, edge: (u32, usize), sum: &mut Sum<'w, N>, add: impl FnOnce(&mut Sum<'w, N>)) {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| *known == edge) {
            sum.steps += *known;
            return;
        }
        let before = sum.steps;
        add(sum);
        self.0.push((edge, sum.steps - before));
    }
}

/// The sum of weights that a clause often shares with the one before it, by what decides it.
struct Last<K>(Option<(K, i32)>);

impl<K: PartialEq> Last<K> {
    /// Adds what is known if the same decides again, else what `add` adds.
    fn add<'w, const N: usize>(&mut self, by: K, sum: &mut Sum<'w, N>, add: impl FnOnce(&mut Sum<'w, N>)) {
        if let Some((_, known)) = self.0.as_ref().filter(|(last, _)| *last == by) {
            sum.steps += *known;
            return;
        }
        let before = sum.steps;
        add(sum);
        self.0 = Some((by, sum.steps - before));
    }
}

/// The source with the highest score; `None` stands for nobody.
fn best(weights: &Weights, view: &View, sources: Vec<usize>) -> Option<Option<usize>> {
    let scored = sources.into_iter().map(Some).chain([None]).map(|source| {
        let mut sum = weights.adding::<{ size(Skill::Source) }>(Skill::Source);
        view.source_features(source, &mut sum);
        (weights.scaled(Skill::Source, sum.steps), source)
    });
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, source)| source)
}
