//! Finds what is reported without quotation marks: "said that he would go", "according to the ministry".
//!
//! Takes a [`Scene`] and gives [`Reported`] words with the word that reports them and the mention they are ascribed to. Precision first:
//! what is not surely reported speech is left out, and so is everything that overlaps a quotation.

use super::evidence::{Features, Scene, bucket, ending, printed, symbol};
use super::lexicon::*;
use super::mention::MentionKind;
use super::weights::{Skill, Weights, probability};
use super::words::{Reading, Shape};
use std::ops::Range;

mod clause;

pub use clause::{Clause, clauses};

/// Words reported without marks.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The words, in one or two pieces.
    pub content: Clause,
    /// The word that reports them.
    pub cue: usize,
    /// The mention they are ascribed to.
    pub source: Option<usize>,
    /// How sure it is that this is reported speech.
    pub confidence: f32,
}

/// How likely a word must be to report speech before its content is looked at.
const LEAST: f32 = 0.3;

/// How likely it must be that a word reports speech, and about these words. Chosen on the training articles for a precision of about .75.
const THRESHOLD: f32 = 0.5;

/// Everything reported in the article, in the order of the cues.
pub fn reported(weights: &Weights, scene: Scene) -> Vec<Reported> {
    let mut found = Vec::new();
    let mut list = Vec::with_capacity(64);
    for line in scene.reading.lines.iter().filter(|line| !line.heading) {
        for cue in line.words.clone() {
            let word = &scene.reading.words[cue];
            if word.quote == 0 && weights.is_cue(word.hash) {
                found.extend(report(weights, scene, cue, &mut list));
            }
        }
    }
    found
}

fn report(weights: &Weights, scene: Scene, cue: usize, list: &mut Vec<u32>) -> Option<Reported> {
    let view = View::new(scene, cue);
    list.clear();
    view.cue_features(&mut Features::new(list));
    let reports = probability(weights.score(Skill::Cue, list));
    if reports < LEAST {
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
    Some(Reported { content, cue, source, confidence })
}

/// The words most likely reported, and how likely about these: the odds of all that agree with them on more than half.
fn likeliest(weights: &Weights, view: &View, list: &mut Vec<u32>) -> Option<(Clause, f32)> {
    let clauses = clauses(view);
    let mut odds: Vec<f32> = Vec::with_capacity(clauses.len());
    for clause in &clauses {
        list.clear();
        view.clause_features(clause, &mut Features::new(list));
        odds.push(weights.score(Skill::Content, list));
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

/// A word that may report speech, in its sentence.
pub struct View<'a> {
    scene: Scene<'a>,
    /// The word.
    pub cue: usize,
    /// Its sentence, at most [`REACH`] words to either side.
    pub sentence: Range<usize>,
    /// The mentions in the sentence.
    mentions: Range<usize>,
}

/// How far from a cue anything is looked for.
const REACH: usize = 70;

impl<'a> View<'a> {
    /// Looks at the sentence around a word.
    pub fn new(scene: Scene<'a>, cue: usize) -> View<'a> {
        let words = &scene.reading.words;
        let here = (words[cue].line, words[cue].sentence);
        let same = |k: &usize| (words[*k].line, words[*k].sentence) == here;
        let start = (0..cue).rev().take(REACH).take_while(same).last().unwrap_or(cue);
        let end = (cue..words.len()).take(REACH).take_while(same).last().unwrap_or(cue) + 1;
        let first = scene.mentions.partition_point(|m| m.words.start < start);
        let after = first + scene.mentions[first..].partition_point(|m| m.words.start < end);
        View { scene, cue, sentence: start..end, mentions: first..after }
    }

    /// The article as words.
    pub fn reading(&self) -> &'a Reading<'a> {
        self.scene.reading
    }

    /// The symbol of a word of the sentence, 1 outside it.
    fn symbol(&self, at: Option<usize>) -> u32 {
        at.filter(|k| self.sentence.contains(k)).map_or(1, |k| symbol(self.scene.reading, k))
    }

    fn hash(&self, at: Option<usize>) -> u32 {
        at.filter(|k| self.sentence.contains(k)).map_or(1, |k| printed(self.scene.reading, k))
    }

    fn back(&self, n: usize) -> Option<usize> {
        self.cue.checked_sub(n)
    }

    /// What speaks for the word reporting speech.
    pub fn cue_features(&self, f: &mut Features) {
        let words = &self.scene.reading.words;
        let word = words[self.cue].hash;
        let suffix = ending(self.scene.reading, &words[self.cue]);
        let (p1, p2, p3) = (self.symbol(self.back(1)), self.symbol(self.back(2)), self.symbol(self.back(3)));
        let ahead = |n: usize| self.symbol(Some(self.cue + n));
        let (n1, n2, n3) = (ahead(1), ahead(2), ahead(3));
        let (subject, gap) = self.subject();
        let object = self.object();
        let that = self.that();
        f.add(200, &[]);
        f.add(201, &[word]);
        f.add(202, &[word, n1]);
        f.add(203, &[word, p1]);
        f.add(204, &[p1, n1]);
        f.add(205, &[p2, p1, suffix]);
        f.add(206, &[n1, n2, suffix]);
        f.add(207, &[word, n1, n2]);
        f.add(208, &[word, p2, p1]);
        f.add(209, &[word, subject, gap]);
        f.add(210, &[subject, gap, suffix, n1]);
        f.add(211, &[word, that]);
        f.add(212, &[that, subject, gap]);
        f.add(213, &[word, object]);
        f.add(214, &[object, subject, n1]);
        f.add(215, &[p1, suffix]);
        f.add(216, &[n1, suffix]);
        f.add(217, &[p3, p2, p1]);
        f.add(218, &[n1, n2, n3]);
        f.add(219, &[self.hash(Some(self.cue + 1)), suffix]);
        f.add(220, &[self.hash(self.back(1)), suffix]);
        let place = u32::from(self.cue - self.sentence.start < 4) | u32::from(self.sentence.end - self.cue < 5) << 1;
        f.add(221, &[word, place]);
        f.add(222, &[self.quotes(), word]);
        f.add(223, &[self.quotes(), n1, p1]);
        f.add(224, &[self.subject_word()]);
        f.add(225, &[self.subject_word(), word]);
        f.add(228, &[word, self.hash(self.back(1)), self.hash(Some(self.cue + 1))]);
        f.add(229, &[self.hash(self.back(1)), self.hash(Some(self.cue + 1))]);
        f.add(230, &[word, n1, subject]);
        f.add(231, &[p1, n1, suffix, gap]);
        f.add(232, &[self.subject_word(), n1, suffix]);
        f.add(233, &[word, self.hash(self.back(2))]);
        f.add(234, &[word, self.hash(Some(self.cue + 2))]);
        f.add(235, &[p2, p1, n1, n2]);
        f.add(226, &[words[self.cue].class & (SAY | SAYING | SPOKEN | AUXILIARY | PREPOSITION), n1, subject]);
        let others =
            self.sentence.clone().filter(|k| *k < self.cue && words[*k].is(SAY | SAYING) && words[*k].quote == 0).count();
        f.add(227, &[others.min(3) as u32, word]);
    }

    /// Kind of the nearest mention before the cue and how far it is.
    fn subject(&self) -> (u32, u32) {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        match mentions.iter().rev().find(|m| m.end() <= self.cue && !m.quoted) {
            Some(mention) => (mention.kind as u32, ((self.cue - mention.end()).min(4)) as u32),
            None => (9, 9),
        }
    }

    fn subject_word(&self) -> u32 {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        let near = |m: &&super::mention::Mention| m.end() <= self.cue && !m.quoted && self.cue - m.end() <= 3;
        let subject = mentions.iter().rev().find(near);
        subject.map_or(0, |m| match m.kind {
            MentionKind::Name => 3,
            _ => self.scene.reading.words[m.head].hash,
        })
    }

    /// Kind of the mention right after the cue.
    fn object(&self) -> u32 {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        mentions.iter().find(|m| m.start() > self.cue).filter(|m| m.start() <= self.cue + 2).map_or(9, |m| m.kind as u32)
    }

    /// How soon a "that" follows.
    fn that(&self) -> u32 {
        let words = &self.scene.reading.words;
        let that = (self.cue + 1..self.sentence.end.min(self.cue + 9)).position(|k| words[k].hash == hash_that());
        that.map_or(3, |n| {
            if n == 0 {
                0
            } else if n < 4 {
                1
            } else {
                2
            }
        })
    }

    /// Whether quotations stand before or after the cue in its sentence, and how near.
    fn quotes(&self) -> u32 {
        let words = &self.scene.reading.words;
        let before = self.back(1).is_some_and(|k| words[k].quote != 0) || self.back(3).is_some_and(|k| words[k].quote != 0);
        let after =
            words.get(self.cue + 1).is_some_and(|w| w.quote != 0) || words.get(self.cue + 2).is_some_and(|w| w.quote != 0);
        let any = (self.cue..self.sentence.end).any(|k| words[k].shape == Shape::Open);
        u32::from(before) | u32::from(after) << 1 | u32::from(any) << 2
    }

    /// The mentions that could be the source: those of the sentence, the nearest first.
    pub fn sources(&self) -> Vec<usize> {
        let mut list: Vec<usize> = self.mentions.clone().filter(|m| !self.scene.mentions[*m].quoted).collect();
        list.sort_by_key(|m| self.scene.mentions[*m].words.start.abs_diff(self.cue));
        list.truncate(10);
        list
    }

    /// What speaks for a mention being the source.
    pub fn source_features(&self, source: Option<usize>, f: &mut Features) {
        let words = &self.scene.reading.words;
        let cue = words[self.cue].hash;
        let Some(source) = source else {
            f.add(300, &[cue]);
            f.add(301, &[self.symbol(self.back(1)), self.symbol(Some(self.cue + 1))]);
            return;
        };
        let mention = &self.scene.mentions[source];
        let after = mention.start() > self.cue;
        let gap = if after { mention.start() - self.cue - 1 } else { self.cue.saturating_sub(mention.end()) };
        let between = if after { self.cue + 1..mention.start() } else { mention.end().min(self.cue)..self.cue };
        let rivals =
            self.mentions.clone().filter(|m| between.contains(&self.scene.mentions[*m].words.start)).count().min(3) as u32;
        let mut path = 1u32;
        between.clone().take(8).for_each(|k| path = path.wrapping_mul(31) ^ symbol(self.scene.reading, k));
        let side = u32::from(after);
        let kind = mention.kind as u32;
        let commas = words[between].iter().filter(|w| w.is_point(b',')).count().min(3) as u32;
        f.add(310, &[side, bucket(gap), rivals]);
        f.add(311, &[side, rivals, kind]);
        f.add(312, &[side, path]);
        f.add(313, &[side, path, cue]);
        f.add(314, &[side, rivals, cue]);
        f.add(315, &[side, rivals, commas, self.symbol(Some(self.cue + 1))]);
        f.add(316, &[side, self.symbol(mention.start().checked_sub(1)), rivals]);
        f.add(317, &[side, self.symbol(Some(mention.end())), rivals]);
        f.add(318, &[u32::from(mention.start() == self.sentence.start), rivals, side]);
        f.add(319, &[self.subject().1, rivals, side, kind]);
        f.add(320, &[self.hash(Some(mention.end())), side]);
    }

    /// What speaks for some words being what the cue reports.
    pub fn clause_features(&self, clause: &Clause, f: &mut Features) {
        let words = &self.scene.reading.words;
        let cue = words[self.cue].hash;
        let first = &clause.first;
        let after = first.start > self.cue;
        let side = u32::from(after) | u32::from(clause.second.is_some()) << 1;
        let (start, end) = (first.start, clause.second.as_ref().unwrap_or(first).end);
        let gap = if after { start - self.cue - 1 } else { self.cue.saturating_sub(first.end) };
        let whole = end >= self.sentence.end || words[end].is_point(b'.');
        let length = bucket(clause.len());
        let (begin, before) = (self.symbol(Some(start)), self.symbol(start.checked_sub(1)));
        let (last, next, next2) = (self.symbol(end.checked_sub(1)), self.symbol(Some(end)), self.symbol(Some(end + 1)));
        let ends = u32::from(whole);
        f.add(400, &[side, bucket(gap), ends]);
        f.add(401, &[side, cue, ends]);
        f.add(402, &[side, begin, bucket(gap)]);
        f.add(403, &[side, before, begin]);
        f.add(404, &[side, next, next2]);
        f.add(405, &[side, last, next]);
        f.add(406, &[side, length, ends]);
        f.add(407, &[side, self.symbol(self.back(1)), self.symbol(Some(self.cue + 1))]);
        f.add(408, &[side, cue, bucket(gap)]);
        f.add(409, &[side, next, cue]);
        f.add(410, &[side, self.that(), begin]);
        f.add(411, &[u32::from(start == self.sentence.start), side, ends]);
        f.add(412, &[side, length, self.symbol(Some(self.cue + 1)), ends]);
        f.add(413, &[side, self.hash(Some(end)), self.hash(Some(end + 1))]);
        let commas = words[first.clone()].iter().filter(|w| w.is_point(b',')).count().min(3) as u32;
        f.add(414, &[side, commas, next]);
        let verb = first.clone().any(|k| words[k].is(AUXILIARY) || ending(self.scene.reading, &words[k]) == 6);
        f.add(415, &[side, u32::from(verb), next, ends]);
    }
}

fn hash_that() -> u32 {
    static THAT: std::sync::LazyLock<u32> = std::sync::LazyLock::new(|| hash("that"));
    *THAT
}
