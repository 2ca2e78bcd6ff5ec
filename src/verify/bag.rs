//! Given words in any order: how many of them stand in a stretch of an article.

use super::given::Given;
use super::judge::MOST_HIDDEN;
use super::printed::Token;
use crate::article::Span;
use std::ops::Range;

/// Words that are nearly all there, close together, are the same in another order.
const TURNED: f64 = 0.85;
/// Cells of an alignment; of a longer article only the part with most of the words is looked at.
const MOST_CELLS: usize = 400_000;

/// The part of the words that stands around `extent` in any order, when it is nearly all of them.
pub fn in_any_order(given: &Given, tokens: &[Token], extent: Span) -> f64 {
    let first = tokens.partition_point(|token| token.span.start < extent.start);
    let last = tokens.partition_point(|token| token.span.start < extent.end);
    let mut bag = Bag::new(given);
    let around = first.saturating_sub(given.len())..(last + given.len()).min(tokens.len());
    tokens[around].iter().for_each(|token| bag.put(token.name));
    if bag.part() >= TURNED { bag.part() } else { 0.0 }
}

/// The part of a long article to align with: the one that has most of the words, each counted as often as it is given.
pub fn window(given: &Given, tokens: &[Token]) -> Range<usize> {
    if given.len() * tokens.len() <= MOST_CELLS {
        return 0..tokens.len();
    }
    let size = (2 * given.len() + MOST_HIDDEN).min(tokens.len());
    let mut bag = Bag::new(given);
    tokens[..size].iter().for_each(|token| bag.put(token.name));
    let (mut best, mut start) = (bag.worth, 0);
    for at in size..tokens.len() {
        bag.put(tokens[at].name);
        bag.take(tokens[at - size].name);
        if bag.worth > best {
            (best, start) = (bag.worth, at + 1 - size);
        }
    }
    start.saturating_sub(size / 2)..(start + size + size / 2).min(tokens.len())
}

/// Printed words, as far as they are given.
pub struct Bag<'a> {
    given: &'a Given<'a>,
    /// How often each word is given.
    wanted: Vec<u32>,
    held: Vec<u32>,
    worth: i32,
}

impl<'a> Bag<'a> {
    pub fn new(given: &'a Given<'a>) -> Bag<'a> {
        let mut wanted = vec![0; given.len()];
        (0..given.len()).for_each(|at| wanted[given.name(at) as usize] += 1);
        Bag { given, wanted, held: vec![0; given.len()], worth: 0 }
    }

    pub fn put(&mut self, name: u32) {
        let Some(held) = self.held.get_mut(name as usize) else { return };
        *held += 1;
        if *held <= self.wanted[name as usize] {
            self.worth += self.given.weight(name as usize);
        }
    }

    fn take(&mut self, name: u32) {
        let Some(held) = self.held.get_mut(name as usize) else { return };
        *held -= 1;
        if *held < self.wanted[name as usize] {
            self.worth -= self.given.weight(name as usize);
        }
    }

    /// The part of what is given, weighed, that is held.
    pub fn part(&self) -> f64 {
        f64::from(self.worth) / f64::from(self.given.whole())
    }
}
