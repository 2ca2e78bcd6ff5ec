//! The words that are given, as they are compared: their keys, and where an ellipsis may hide others.

use super::signs::has_ellipsis;
use crate::article::Span;
use crate::words::{Words, is_stop_word};
use std::collections::HashMap;

/// What no word of the given ones is.
pub const FOREIGN: u32 = u32::MAX;

/// Given words; a word is named by the first position that has its key.
pub struct Given<'a> {
    /// The text they stand in.
    pub text: &'a str,
    spans: Vec<Span>,
    names: Vec<u32>,
    by_key: HashMap<String, u32>,
    weights: Vec<i32>,
    breaks: Vec<bool>,
}

impl Given<'_> {
    /// The words of `text`.
    pub fn new(text: &str) -> Given<'_> {
        let words = Words::of(text);
        let mut given =
            Given { text, spans: Vec::new(), names: Vec::new(), by_key: HashMap::new(), weights: Vec::new(), breaks: Vec::new() };
        for at in 0..words.len() as u32 {
            let (form, key) = (words.word(at), words.key(words.word(at)));
            let before = given.spans.last().map_or(0, |last: &Span| last.end as usize);
            given.breaks.push(at > 0 && has_ellipsis(&text[before..form.start as usize]));
            given.names.push(*given.by_key.entry(key.to_owned()).or_insert(at));
            given.weights.push(if is_stop_word(key) { 1 } else { 3 });
            given.spans.push(Span { start: form.start, end: form.end });
        }
        given
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// What a word with this key is called; [`FOREIGN`] when it is none of these.
    pub fn name_of(&self, key: &str) -> u32 {
        self.by_key.get(key).copied().unwrap_or(FOREIGN)
    }

    /// The name of the word at `at`.
    pub fn name(&self, at: usize) -> u32 {
        self.names[at]
    }

    /// How much the word says: a common one says little.
    pub fn weight(&self, at: usize) -> i32 {
        self.weights[at]
    }

    /// What all of them say.
    pub fn whole(&self) -> i32 {
        self.weights.iter().sum()
    }

    /// Whether an ellipsis stands before the word.
    pub fn is_break(&self, at: usize) -> bool {
        self.breaks[at]
    }

    /// Where the word stands.
    pub fn span(&self, at: usize) -> Span {
        self.spans[at]
    }

    /// From the word at `range.start` to the last one of it.
    pub fn extent(&self, range: std::ops::Range<usize>) -> Span {
        Span { start: self.spans[range.start].start, end: self.spans[range.end - 1].end }
    }

    /// The words of `range` as they are given.
    pub fn of(&self, range: std::ops::Range<usize>) -> &str {
        self.extent(range).of(self.text)
    }
}
