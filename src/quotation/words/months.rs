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
                    named |= self.is_addressed(at) && !self.is_dated(at) && !self.lines[self.words[at].line as usize].heading;
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

    /// `Jan Kessel`: no month has a last name behind it. `Jan PMI`, `Jan Retail Sales` are of January.
    fn is_given(&self, at: usize) -> bool {
        const OTHERS: Class = CALENDAR | OTHER_PRONOUN | COMMON | ORGANISATION | NATION | PLACE | SAY;
        let name = |next: &Word| next.line == self.words[at].line && next.shape == Shape::Capital && !next.is(OTHERS);
        self.words[at].shape == Shape::Capital && self.words.get(at + 1).is_some_and(name)
    }

    /// `Theresa May`, `Mrs May`.
    fn is_addressed(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|k| &self.words[k]).filter(|w| w.line == self.words[at].line && w.is_capital());
        before.is_some_and(|w| w.is(MAN | WOMAN | MISTER | MISSES))
    }

    /// `in May`, `5 May`, `May 5`, `April and May`: also what may be said of a person ("by May"), for a date is no wrong name.
    fn is_dated(&self, at: usize) -> bool {
        const BEFORE: [u32; 7] = all_known(["last", "next", "this", "early", "late", "mid", "every"]);
        let word = |k: usize| self.words.get(k).filter(|w| w.line == self.words[at].line);
        let before = at.checked_sub(1).and_then(word);
        let pair = at.checked_sub(2).and_then(word).filter(|_| before.is_some_and(|w| w.is(CONJUNCTION)));
        before.is_some_and(|w| BEFORE.contains(&w.hash) || w.is(PREPOSITION | CALENDAR) || w.shape == Shape::Number)
            || word(at + 1).is_some_and(|w| w.shape == Shape::Number)
            || pair.is_some_and(|w| w.is(CALENDAR))
    }
}
