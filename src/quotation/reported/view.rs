//! A word that may report speech, seen in its sentence, and what speaks for it.

use crate::lexicon::*;
use crate::quotation::evidence::{Features, bucket, printed, symbol};
use crate::quotation::mention::{Mention, MentionKind};
use crate::quotation::scene::Scene;
use crate::quotation::words::{Reading, Shape};
use std::ops::Range;

/// A word that may report speech, in its sentence.
pub struct View<'a> {
    pub(super) scene: Scene<'a>,
    /// The word.
    pub cue: usize,
    /// Its sentence, at most [`REACH`] words to either side.
    pub sentence: Range<usize>,
    /// The mentions in the sentence.
    pub(super) mentions: Range<usize>,
    /// What stands before the subject.
    pub(super) begins: u32,
    /// The auxiliaries right before the word.
    pub(super) modal: u32,
    /// How soon a "that" follows.
    pub(super) that: u32,
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
        let view = View { scene, cue, sentence: start..end, mentions: first..after, begins: 0, modal: 0, that: 0 };
        View { begins: view.before_subject(), modal: view.auxiliaries(), that: view.distance_of_that(), ..view }
    }

    /// The article as words.
    pub fn reading(&self) -> &'a Reading<'a> {
        self.scene.reading
    }

    /// The symbol of a word of the sentence, 1 outside it.
    pub(super) fn symbol(&self, at: Option<usize>) -> u32 {
        at.filter(|k| self.sentence.contains(k)).map_or(1, |k| symbol(self.scene.reading, k))
    }

    pub(super) fn hash(&self, at: Option<usize>) -> u32 {
        at.filter(|k| self.sentence.contains(k)).map_or(1, |k| printed(self.scene.reading, k))
    }

    pub(super) fn back(&self, n: usize) -> Option<usize> {
        self.cue.checked_sub(n)
    }

    /// What speaks for the word reporting speech.
    pub fn cue_features(&self, f: &mut Features) {
        let words = &self.scene.reading.words;
        let word = words[self.cue].hash;
        let suffix = u32::from(words[self.cue].point);
        let (p1, p2, p3) = (self.symbol(self.back(1)), self.symbol(self.back(2)), self.symbol(self.back(3)));
        let ahead = |n: usize| self.symbol(Some(self.cue + n));
        let (n1, n2, n3) = (ahead(1), ahead(2), ahead(3));
        let (subject, gap) = self.subject();
        let object = self.object();
        let that = self.that;
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
        let finite = self.finite();
        f.add(236, &[word, finite]);
        f.add(237, &[finite, n1, subject]);
        f.add(238, &[suffix, finite, that, subject]);
        let (begins, modal) = (self.begins, self.modal);
        f.add(239, &[begins, subject, gap, suffix]);
        f.add(240, &[begins, word]);
        f.add(241, &[modal, word]);
        f.add(242, &[modal, p1, suffix]);
        f.add(243, &[self.subject_human(), word]);
        f.add(244, &[self.subject_human(), gap, suffix, finite]);
        f.add(226, &[words[self.cue].class & (SAY | SAYING | SPOKEN | AUXILIARY | PREPOSITION), n1, subject]);
        let others =
            self.sentence.clone().filter(|k| *k < self.cue && words[*k].is(SAY | SAYING) && words[*k].quote == 0).count();
        f.add(227, &[others.min(3) as u32, word]);
    }

    /// Kind of the nearest mention before the cue and how far it is.
    pub(super) fn subject(&self) -> (u32, u32) {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        match mentions.iter().rev().find(|m| m.end() <= self.cue && !m.quoted) {
            Some(mention) => (mention.kind as u32, ((self.cue - mention.end()).min(4)) as u32),
            None => (9, 9),
        }
    }

    /// How soon a finite verb follows the cue before any mark: the sign of a clause.
    fn finite(&self) -> u32 {
        let words = &self.scene.reading.words;
        let ahead = (self.cue + 1..self.sentence.end.min(self.cue + 12)).take_while(|k| words[*k].shape != Shape::Point);
        ahead.clone().position(|k| words[k].is_finite()).map_or(9, |n| bucket(n + 1))
    }

    /// What stands before the subject: the sentence's beginning, a comma, a conjunction or something else.
    fn before_subject(&self) -> u32 {
        let Some(start) = self.subject_start() else { return 9 };
        match start.checked_sub(1).filter(|k| self.sentence.contains(k)).map(|k| &self.scene.reading.words[k]) {
            None => 0,
            Some(word) if word.shape == Shape::Point => u32::from(word.point),
            Some(word) if word.is(CONJUNCTION) => 1,
            Some(word) if word.is(PREPOSITION) => 2,
            Some(_) => 3,
        }
    }

    /// The auxiliaries right before the cue ("would", "to", "has been"), in one number.
    fn auxiliaries(&self) -> u32 {
        let words = &self.scene.reading.words;
        let back = (self.sentence.start..self.cue).rev().take(3).take_while(|k| words[*k].is(AUXILIARY | ADVERB | PREPOSITION));
        back.filter(|k| !words[*k].is(ADVERB)).fold(0, |all, k| all * 31 + words[k].hash % 1009)
    }

    /// Whether the subject is surely a human being, a pronoun, a body or none.
    fn subject_human(&self) -> u32 {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        let near = |m: &&Mention| m.end() <= self.cue && !m.quoted && self.cue - m.end() <= 3;
        match mentions.iter().rev().find(near) {
            None => 0,
            Some(mention) => match mention.person.map(|p| &self.scene.people.people[p as usize]) {
                Some(person) if person.is_human() => 1,
                Some(_) => 2,
                None => 3 + mention.kind as u32,
            },
        }
    }

    /// Where the nearest mention before the cue begins.
    pub fn subject_start(&self) -> Option<usize> {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        mentions.iter().rev().find(|m| m.end() <= self.cue && !m.quoted).map(|m| m.start())
    }

    fn subject_word(&self) -> u32 {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        let near = |m: &&Mention| m.end() <= self.cue && !m.quoted && self.cue - m.end() <= 3;
        let subject = mentions.iter().rev().find(near);
        subject.map_or(0, |m| match m.kind {
            MentionKind::Name => 3,
            _ => self.scene.reading.words[m.head].hash,
        })
    }

    /// Kind of the mention right after the cue.
    fn object(&self) -> u32 {
        self.mention_behind().map_or(9, |m| m.kind as u32)
    }

    /// Where the mention right after the cue ends.
    pub(super) fn object_end(&self) -> Option<usize> {
        self.mention_behind().map(Mention::end)
    }

    fn mention_behind(&self) -> Option<&Mention> {
        let mentions = &self.scene.mentions[self.mentions.clone()];
        mentions.iter().find(|m| m.start() > self.cue).filter(|m| m.start() <= self.cue + 2)
    }

    /// How soon a "that" follows.
    fn distance_of_that(&self) -> u32 {
        let words = &self.scene.reading.words;
        let that = (self.cue + 1..self.sentence.end.min(self.cue + 9)).position(|k| words[k].hash == THAT);
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
}

const THAT: u32 = known("that");
