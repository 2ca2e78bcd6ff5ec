//! How much of something stands in a stretch of a sentence: the sentence is read once, and no stretch of it again.

use super::view::REACH;
use crate::lexicon::{CONJUNCTION, SAY};
use crate::quotation::words::Word;
use std::ops::Range;

/// Counts for every stretch of the words a cue may report.
pub struct Counts {
    start: usize,
    /// What stands before each word, and before the end.
    before: [Count; 2 * REACH + 1],
}

/// What stands in a stretch. A sentence has no more words than fit a byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub commas: u8,
    /// Auxiliaries and forms of the past.
    pub finite: u8,
    /// Verbs of saying behind a conjunction.
    pub said: u8,
}

impl Counts {
    /// Of a sentence of [`REACH`] words to either side at most.
    pub fn new(words: &[Word], sentence: &Range<usize>) -> Counts {
        let mut counts = Counts { start: sentence.start, before: [Count::default(); 2 * REACH + 1] };
        let mut joined = false;
        for (k, word) in words[sentence.clone()].iter().enumerate() {
            let Count { commas, finite, said } = counts.before[k];
            counts.before[k + 1] = Count {
                commas: commas + u8::from(word.is_point(b',')),
                finite: finite + u8::from(word.is_finite()),
                said: said + u8::from(joined && word.is(SAY)),
            };
            joined = word.is(CONJUNCTION);
        }
        counts
    }

    /// What stands in a stretch of the sentence; a verb of saying at its beginning stands behind nothing.
    pub fn within(&self, words: &Range<usize>) -> Count {
        let at = |word: usize| self.before[word - self.start];
        let (start, behind, end) = (at(words.start), at((words.start + 1).min(words.end)), at(words.end));
        Count { commas: end.commas - start.commas, finite: end.finite - start.finite, said: end.said - behind.said }
    }
}
