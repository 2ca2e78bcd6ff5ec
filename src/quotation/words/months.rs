//! Tells Theresa May and Jan Kessel from months, and May from the verb.

use super::{Reading, Shape, Word};
use crate::lexicon::*;

const MAY: u32 = known("may");
const JAN: u32 = known("jan");

impl Reading<'_> {
    /// "Jan" before a name is a given name. "May" alone is a person where the article prints it behind a given name or a form of address, unless a
    /// date stands there. Of other articles nothing changes.
    pub(super) fn tell_months(&mut self) {
        let (mut named, mut alone) = (false, Vec::new());
        for at in 0..self.words.len() {
            match self.words[at].hash {
                JAN if self.is_given(at) => self.words[at].class &= !CALENDAR,
                MAY if self.words[at].shape == Shape::Capital => {
                    named |= self.is_addressed(at);
                    alone.push(at);
                }
                _ => {}
            }
        }
        for at in alone.into_iter().filter(|_| named) {
            if !self.is_dated(at) {
                // It is no verb and opens no question then.
                self.words[at].class &= MAN | WOMAN;
            }
        }
    }

    /// `Jan Kessel`: no month has a name behind it.
    fn is_given(&self, at: usize) -> bool {
        let name = |next: &Word| next.line == self.words[at].line && next.is_capital() && !next.is(CALENDAR | OTHER_PRONOUN);
        self.words[at].shape == Shape::Capital && self.words.get(at + 1).is_some_and(name)
    }

    /// `Theresa May`, `Mrs May`.
    fn is_addressed(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|k| &self.words[k]).filter(|w| w.line == self.words[at].line && w.is_capital());
        before.is_some_and(|w| w.is(MAN | WOMAN | MISTER | MISSES))
    }

    /// `in May`, `5 May`, `May 5`, `the end of May`.
    fn is_dated(&self, at: usize) -> bool {
        const BEFORE: [u32; 12] =
            all_known(["in", "on", "since", "until", "till", "during", "last", "next", "this", "early", "late", "mid"]);
        const PARTS: [u32; 6] = all_known(["end", "start", "beginning", "middle", "month", "rest"]);
        let word = |k: usize| self.words.get(k).filter(|w| w.line == self.words[at].line);
        let before = at.checked_sub(1).and_then(word);
        let of = at.checked_sub(2).and_then(word).filter(|_| before.is_some_and(|w| w.hash == known("of")));
        before.is_some_and(|w| BEFORE.contains(&w.hash) || w.shape == Shape::Number)
            || word(at + 1).is_some_and(|w| w.shape == Shape::Number)
            || of.is_some_and(|w| PARTS.contains(&w.hash))
    }
}
