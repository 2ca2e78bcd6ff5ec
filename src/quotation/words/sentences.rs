//! Numbers the sentences of a line, and remembers which words occur in lower case and which with a capital.
//!
//! A quotation is part of the sentence around it, so its full stops count only where it closes and a new sentence follows. Passages are cut
//! at the sentences a reader sees (`passage/sentence.rs`); both take the abbreviations from the lexicon.

use super::{Reading, Shape, Word};
use crate::lexicon;

impl Reading<'_> {
    /// Numbers the sentences of a line, treating a quotation as part of the sentence around it.
    pub(super) fn sentences(&mut self, first: usize) {
        let mut sentence = first.checked_sub(1).map_or(0, |last| self.words[last].sentence + 1);
        let count = self.words.len();
        let heading = self.lines.last().is_some_and(|line| line.heading);
        for k in first..count {
            self.words[k].sentence = sentence;
            let word = &self.words[k];
            if word.shape == Shape::Shouted && (3..=8).contains(&(word.end - word.start)) {
                self.letters.insert(word.hash);
            }
            if !heading && word.is_word() {
                let begins = || k == first || self.words[k - 1].sentence != sentence || !self.words[k - 1].is_word();
                let (which, bit) = (usize::from(word.is_capital()), word.hash);
                if which == 0 || !begins() {
                    self.seen[which][(bit >> 6) as usize & 1023] |= 1 << (bit & 63);
                }
            }
            if self.ends_sentence(k, count) {
                sentence += 1;
            }
        }
    }

    fn ends_sentence(&self, k: usize, count: usize) -> bool {
        let word = &self.words[k];
        if word.is_word() {
            return false;
        }
        let Some(next) = self.words.get(k + 1).filter(|_| k + 1 < count) else { return false };
        let fresh = next.is_capital() || matches!(next.shape, Shape::Open | Shape::Number);
        if word.quote == 0 {
            return word.shape == Shape::Point && matches!(word.point, b'.' | b'!' | b'?') && fresh;
        }
        if word.shape != Shape::Close || !fresh {
            return false;
        }
        match self.words[k - 1] {
            Word { shape: Shape::Point, point: b'.', .. } => true,
            Word { shape: Shape::Point, point: b'!' | b'?', .. } => {
                !self.words[k + 1..count.min(k + 6)].iter().take_while(|w| w.shape != Shape::Point).any(|w| w.is(lexicon::SAY))
            }
            _ => false,
        }
    }
}
