//! A word that may report speech, seen in its sentence, and what speaks for its doing so.
//!
//! The numbers that stand for what was not found (and those of the enums) are known to the model and stay as they are.

use crate::lexicon::*;
use crate::quotation::evidence::templates::CueTemplate as T;
use crate::quotation::evidence::{Gather, bucket, printed, symbol};
use crate::quotation::mention::{Mention, MentionKind};
use crate::quotation::scene::Scene;
use crate::quotation::words::{Reading, Shape, Symbol, Word};
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
    /// The nearest one before the word and outside marks.
    subject: Option<&'a Mention>,
    /// What stands before the subject: an [`Opening`], or the character of a mark.
    pub(super) opening: u32,
    /// The auxiliaries right before the word, hashed into one number.
    pub(super) auxiliaries: u32,
    /// How soon a "that" follows: a [`That`].
    pub(super) that: u32,
}

/// How far from a cue anything is looked for.
pub(super) const REACH: usize = 70;

/// Stands for a kind of mention or a distance where there is none.
const ABSENT: u32 = 9;

/// What stands before the subject, where it is no mark.
enum Opening {
    /// Nothing: it begins the sentence.
    Sentence = 0,
    Conjunction = 1,
    Preposition = 2,
    Other = 3,
}

/// Whether the subject is a human being.
enum Human {
    NoSubject = 0,
    /// By given name, title or the like.
    Surely = 1,
    /// It has a name that may be a body's.
    Named = 2,
    /// It has no name; the kind of mention is added to this.
    Unnamed = 3,
}

/// How soon a "that" follows.
enum That {
    /// It is the next word.
    AtOnce = 0,
    /// Up to three words later.
    Soon = 1,
    /// Up to seven words later.
    Later = 2,
    Absent = 3,
}

/// A sentence from its first word to its last, with the mentions in it; found once for all its cues.
pub struct Sentence {
    pub words: Range<usize>,
    mentions: Range<usize>,
}

impl Sentence {
    /// The one that word `at` stands in.
    pub fn around(scene: Scene, at: usize) -> Sentence {
        let words = &scene.reading.words;
        let same = |word: &&Word| (word.line, word.sentence) == (words[at].line, words[at].sentence);
        let start = at - words[..at].iter().rev().take_while(same).count();
        let end = at + words[at..].iter().take_while(same).count();
        let all = 0..scene.mentions.len();
        Sentence { words: start..end, mentions: mentions_within(scene, all, &(start..end)) }
    }
}

/// Those of some mentions that begin within some words.
fn mentions_within(scene: Scene, of: Range<usize>, words: &Range<usize>) -> Range<usize> {
    let first = of.start + scene.mentions[of.clone()].partition_point(|m| m.words.start < words.start);
    first..first + scene.mentions[first..of.end].partition_point(|m| m.words.start < words.end)
}

impl<'a> View<'a> {
    /// Looks at the sentence around a word.
    #[cfg(feature = "learning")]
    pub fn new(scene: Scene<'a>, cue: usize) -> View<'a> {
        View::within(scene, cue, &Sentence::around(scene, cue))
    }

    /// Looks at a word in its sentence.
    pub fn within(scene: Scene<'a>, cue: usize, whole: &Sentence) -> View<'a> {
        let sentence = whole.words.start.max(cue.saturating_sub(REACH))..whole.words.end.min(cue + REACH);
        let mentions = match sentence == whole.words {
            true => whole.mentions.clone(),
            false => mentions_within(scene, whole.mentions.clone(), &sentence),
        };
        let subject = scene.mentions[mentions.clone()].iter().rev().find(|m| m.end() <= cue && !m.quoted);
        let view = View { scene, cue, sentence, mentions, subject, opening: 0, auxiliaries: 0, that: 0 };
        let (opening, auxiliaries, that) = (view.before_subject(), view.auxiliaries(), view.distance_of_that() as u32);
        View { opening, auxiliaries, that, ..view }
    }

    /// The article as words.
    pub fn reading(&self) -> &'a Reading<'a> {
        self.scene.reading
    }

    /// The [`Symbol`] of a word of the sentence, [`Symbol::Outside`] outside it.
    pub(super) fn symbol(&self, at: Option<usize>) -> u32 {
        at.filter(|k| self.sentence.contains(k)).map_or(Symbol::Outside as u32, |k| symbol(self.scene.reading, k))
    }

    /// A word of the sentence as printed.
    pub(super) fn hash(&self, at: Option<usize>) -> u32 {
        at.filter(|k| self.sentence.contains(k)).map_or(Symbol::Outside as u32, |k| printed(self.scene.reading, k))
    }

    pub(super) fn back(&self, n: usize) -> Option<usize> {
        self.cue.checked_sub(n)
    }

    /// What speaks for the word reporting speech.
    pub fn cue_features(&self, f: &mut impl Gather) {
        let words = &self.scene.reading.words;
        let word = words[self.cue].hash;
        let suffix = u32::from(words[self.cue].point);
        let (p1, p2, p3) = (self.symbol(self.back(1)), self.symbol(self.back(2)), self.symbol(self.back(3)));
        let ahead = |n: usize| self.symbol(Some(self.cue + n));
        let (n1, n2, n3) = (ahead(1), ahead(2), ahead(3));
        let (subject, gap) = self.subject();
        let object = self.object();
        let (that, head, human, quotes) = (self.that, self.subject_word(), self.subject_human(), self.quotes());
        f.add(T::Always, &[]);
        f.add(T::Word, &[word]);
        f.add(T::WordNext, &[word, n1]);
        f.add(T::WordPrevious, &[word, p1]);
        f.add(T::Around, &[p1, n1]);
        f.add(T::TwoPreviousEnding, &[p2, p1, suffix]);
        f.add(T::TwoNextEnding, &[n1, n2, suffix]);
        f.add(T::WordTwoNext, &[word, n1, n2]);
        f.add(T::WordTwoPrevious, &[word, p2, p1]);
        f.add(T::WordSubjectGap, &[word, subject, gap]);
        f.add(T::SubjectGapEndingNext, &[subject, gap, suffix, n1]);
        f.add(T::WordThat, &[word, that]);
        f.add(T::ThatSubjectGap, &[that, subject, gap]);
        f.add(T::WordObject, &[word, object]);
        f.add(T::ObjectSubjectNext, &[object, subject, n1]);
        f.add(T::PreviousEnding, &[p1, suffix]);
        f.add(T::NextEnding, &[n1, suffix]);
        f.add(T::ThreePrevious, &[p3, p2, p1]);
        f.add(T::ThreeNext, &[n1, n2, n3]);
        f.add(T::NextPrintedEnding, &[self.hash(Some(self.cue + 1)), suffix]);
        f.add(T::PreviousPrintedEnding, &[self.hash(self.back(1)), suffix]);
        let place = u32::from(self.cue - self.sentence.start < 4) | u32::from(self.sentence.end - self.cue < 5) << 1;
        f.add(T::WordEdge, &[word, place]);
        f.add(T::QuotesWord, &[quotes, word]);
        f.add(T::QuotesAround, &[quotes, n1, p1]);
        f.add(T::SubjectHead, &[head]);
        f.add(T::SubjectHeadWord, &[head, word]);
        f.add(T::AroundPrintedWord, &[word, self.hash(self.back(1)), self.hash(Some(self.cue + 1))]);
        f.add(T::AroundPrinted, &[self.hash(self.back(1)), self.hash(Some(self.cue + 1))]);
        f.add(T::WordNextSubject, &[word, n1, subject]);
        f.add(T::AroundEndingGap, &[p1, n1, suffix, gap]);
        f.add(T::SubjectHeadNextEnding, &[head, n1, suffix]);
        f.add(T::WordSecondPrevious, &[word, self.hash(self.back(2))]);
        f.add(T::WordSecondNext, &[word, self.hash(Some(self.cue + 2))]);
        f.add(T::TwoAround, &[p2, p1, n1, n2]);
        let finite = self.finite();
        f.add(T::WordFinite, &[word, finite]);
        f.add(T::FiniteNextSubject, &[finite, n1, subject]);
        f.add(T::EndingFiniteThatSubject, &[suffix, finite, that, subject]);
        let (opening, auxiliaries) = (self.opening, self.auxiliaries);
        f.add(T::OpeningSubjectGapEnding, &[opening, subject, gap, suffix]);
        f.add(T::OpeningWord, &[opening, word]);
        f.add(T::AuxiliariesWord, &[auxiliaries, word]);
        f.add(T::AuxiliariesPreviousEnding, &[auxiliaries, p1, suffix]);
        f.add(T::HumanWord, &[human, word]);
        f.add(T::HumanGapEndingFinite, &[human, gap, suffix, finite]);
        f.add(T::ClassNextSubject, &[words[self.cue].class & (SAY | SAYING | SPOKEN | AUXILIARY | PREPOSITION), n1, subject]);
        let others =
            self.sentence.clone().filter(|k| *k < self.cue && words[*k].is(SAY | SAYING) && words[*k].quote == 0).count();
        f.add(T::OthersWord, &[others.min(3) as u32, word]);
    }

    /// Kind of the nearest mention before the cue and how far it is.
    pub(super) fn subject(&self) -> (u32, u32) {
        match self.subject {
            Some(mention) => (mention.kind as u32, ((self.cue - mention.end()).min(4)) as u32),
            None => (ABSENT, ABSENT),
        }
    }

    /// How soon a finite verb follows the cue before any mark: the sign of a clause.
    fn finite(&self) -> u32 {
        let words = &self.scene.reading.words;
        let ahead = (self.cue + 1..self.sentence.end.min(self.cue + 12)).take_while(|k| words[*k].shape != Shape::Point);
        ahead.clone().position(|k| words[k].is_finite()).map_or(ABSENT, |n| bucket(n + 1))
    }

    /// What stands before the subject: the sentence's beginning, a comma, a conjunction or something else.
    fn before_subject(&self) -> u32 {
        let Some(start) = self.subject_start() else { return ABSENT };
        match start.checked_sub(1).filter(|k| self.sentence.contains(k)).map(|k| &self.scene.reading.words[k]) {
            None => Opening::Sentence as u32,
            Some(word) if word.shape == Shape::Point => u32::from(word.point),
            Some(word) if word.is(CONJUNCTION) => Opening::Conjunction as u32,
            Some(word) if word.is(PREPOSITION) => Opening::Preposition as u32,
            Some(_) => Opening::Other as u32,
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
        match self.near_subject() {
            None => Human::NoSubject as u32,
            Some(mention) => match mention.person.map(|p| &self.scene.people.people[p as usize]) {
                Some(person) if person.is_human() => Human::Surely as u32,
                Some(_) => Human::Named as u32,
                None => Human::Unnamed as u32 + mention.kind as u32,
            },
        }
    }

    /// Where the nearest mention before the cue begins.
    pub fn subject_start(&self) -> Option<usize> {
        self.subject.map(Mention::start)
    }

    fn near_subject(&self) -> Option<&Mention> {
        self.subject.filter(|m| self.cue - m.end() <= 3)
    }

    /// The head of a subject close by, 0 for none.
    fn subject_word(&self) -> u32 {
        self.near_subject().map_or(0, |m| match m.kind {
            MentionKind::Name => Symbol::Name as u32,
            _ => self.scene.reading.words[m.head].hash,
        })
    }

    /// Kind of the mention right after the cue.
    fn object(&self) -> u32 {
        self.mention_behind().map_or(ABSENT, |m| m.kind as u32)
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
    fn distance_of_that(&self) -> That {
        let words = &self.scene.reading.words;
        let that = (self.cue + 1..self.sentence.end.min(self.cue + 9)).position(|k| words[k].hash == THAT);
        match that {
            Some(0) => That::AtOnce,
            Some(1..=3) => That::Soon,
            Some(_) => That::Later,
            None => That::Absent,
        }
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
