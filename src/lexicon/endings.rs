//! Words looked up by how they end.

use super::{Hash, WordMap};

/// A table of words, asked for those that a longer word ends in.
pub struct Endings<T> {
    /// By the hash of the letters from the last to the first.
    table: WordMap<u32, T>,
}

impl<T> Default for Endings<T> {
    fn default() -> Endings<T> {
        Endings { table: WordMap::default() }
    }
}

impl<T: Copy> Endings<T> {
    /// Adds a word in small letters.
    pub fn add(&mut self, word: &str, value: T) {
        let mut hash = Hash::new();
        word.bytes().rev().for_each(|b| hash.byte(b));
        self.table.entry(hash.finish()).or_insert(value);
    }

    /// The value of a word that is in the table itself.
    pub fn whole(&self, word: &str) -> Option<T> {
        let mut hash = Hash::new();
        word.bytes().rev().for_each(|b| hash.byte(b));
        self.table.get(&hash.finish()).copied()
    }

    /// Each word of the table that `word` ends in, with its length in bytes, shortest first.
    pub fn all(&self, word: &str) -> impl Iterator<Item = (usize, T)> {
        let mut hash = Hash::new();
        let bytes = word.bytes().rev().enumerate();
        bytes.filter_map(move |(k, b)| {
            hash.byte(b);
            self.table.get(&hash.finish()).map(|value| (k + 1, *value))
        })
    }

    /// The length of the longest word of the table that `word` ends in and `fits` takes.
    pub fn longest(&self, word: &str, fits: impl Fn(T, usize) -> bool) -> Option<usize> {
        self.all(word).filter(|(length, value)| fits(*value, *length)).map(|(length, _)| length).last()
    }
}
