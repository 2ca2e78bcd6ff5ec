//! Lists of features, and the few classes that words and numbers are put into before they go into one.

use super::templates::Template;
use crate::quotation::weights::Sum;
use crate::quotation::words::{Reading, Shape, Symbol};

/// Several lists of features, one for each answer to a question.
#[derive(Debug)]
pub struct Lists {
    flat: Vec<u32>,
    ends: Vec<usize>,
}

impl Default for Lists {
    /// With room for some twenty answers, as many as there are to whom a pronoun stands for.
    fn default() -> Lists {
        Lists { flat: Vec::with_capacity(1024), ends: Vec::with_capacity(24) }
    }
}

impl Lists {
    /// Adds a list of what `add` adds.
    pub fn push(&mut self, add: impl FnOnce(&mut Features)) {
        add(&mut Features { list: &mut self.flat });
        self.ends.push(self.flat.len());
    }

    /// Empties it for the next question.
    pub fn clear(&mut self) {
        self.flat.clear();
        self.ends.clear();
    }

    /// The same lists with only the features that `keep` says yes to.
    #[cfg(feature = "learning")]
    pub fn kept(&self, mut keep: impl FnMut() -> bool) -> Lists {
        let mut kept = Lists::default();
        for list in self.iter() {
            kept.flat.extend(list.iter().filter(|_| keep()));
            kept.ends.push(kept.flat.len());
        }
        kept
    }

    /// The lists, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.flat[start..*end])
    }
}

/// Takes features as they are found: a list, to learn from, or the sum of their weights, for an answer.
pub trait Gather {
    /// Takes one feature.
    fn take(&mut self, feature: u32);

    /// Takes the feature of a template with the values it found.
    #[inline(always)]
    fn add<const N: usize>(&mut self, template: impl Template, values: &[u32; N]) {
        self.take(hashed(template.number(), values));
    }
}

impl Gather for Vec<u32> {
    #[inline(always)]
    fn take(&mut self, feature: u32) {
        self.push(feature);
    }
}

impl<const N: usize> Gather for Sum<'_, N> {
    #[inline(always)]
    fn take(&mut self, feature: u32) {
        self.add(feature);
    }
}

/// Written into whoever asks: template and number of values are known there.
#[inline(always)]
fn hashed<const N: usize>(template: u32, values: &[u32; N]) -> u32 {
    let mut h = template.wrapping_mul(0x9E37_79B1) ^ 0x85EB_CA6B;
    for value in values {
        h = (h ^ *value).wrapping_mul(0xCC9E_2D51);
        h ^= h >> 15;
    }
    h.wrapping_mul(0x1B87_3593) ^ (h >> 13)
}

/// A list of features under construction.
pub struct Features<'f> {
    list: &'f mut Vec<u32>,
}

#[cfg(feature = "learning")]
impl<'f> Features<'f> {
    /// Adds to `list`.
    pub fn new(list: &'f mut Vec<u32>) -> Features<'f> {
        Features { list }
    }
}

impl Gather for Features<'_> {
    #[inline(always)]
    fn take(&mut self, feature: u32) {
        self.list.push(feature);
    }
}

/// The [`Symbol`] of a word, [`Symbol::Outside`] beyond the last one.
pub fn symbol(reading: &Reading, at: usize) -> u32 {
    reading.words.get(at).map_or(Symbol::Outside as u32, |word| word.symbol)
}

/// A word as printed, if in lower case; a name only as a name, so that nothing is learned about anybody.
pub fn printed(reading: &Reading, at: usize) -> u32 {
    match reading.words.get(at) {
        Some(word) if word.shape == Shape::Lower => word.hash,
        _ => symbol(reading, at),
    }
}

/// A number of things in a few classes.
pub fn bucket(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

/// A number up to `most`.
pub fn few(n: usize, most: usize) -> u32 {
    n.min(most) as u32
}
