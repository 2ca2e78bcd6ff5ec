//! Tells which articles are copies of one story: wire copies, updates, another headline, a cut tail.
//!
//! Takes the [`Sketch`] of each article and gives the [`groups`]. A sketch holds the smallest hashes of the body's word shingles
//! (MinHash in its bottom-k form) and of its figures, about half a kilobyte; two sketches tell how much of the bodies is the same
//! ([`Likeness`]). Headlines and credits do not count: they are what desks change. Two reports of one template with other figures
//! are two stories, however alike their words. Groups depend on the articles alone, never on their order or on threads.

use crate::article::{Article, ParagraphKind};
use std::collections::HashMap;

/// Words of a shingle. Four in a row are seldom the same in two stories, and a changed word spoils only four of them.
pub const SHINGLE: usize = 4;

/// Hashes that a sketch keeps of a body: all of them up to about 130 words, which half of the wire stories do not exceed.
const KEPT: usize = 128;

/// Figures that a sketch keeps.
const FIGURES: usize = 64;

/// A body of fewer shingles is no evidence: "no comment, he said" is printed in many stories.
const LEAST: usize = 20;

/// Hashes under which a sketch is looked up. A copy with half of its shingles in common is missed once in 2^16.
const LOOKED_UP: usize = 16;

/// A hash that more sketches share is boilerplate and leads nowhere; copies that are the same to the letter count as one here.
const CROWD: usize = 256;

/// Least part of all shingles of two copies that stand in both.
const COMMON: f64 = 0.35;

/// Least part of the shorter copy's shingles that stand in the longer one.
const CONTAINED: f64 = 0.7;

/// Least part of the figures of the copy with fewer of them that the other has too.
const SAME_FIGURES: f64 = 0.9;

/// What is kept of a body to compare it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The smallest hashes of shingles, ascending.
    shingles: Vec<u32>,
    /// Distinct shingles of the whole body.
    all: u32,
    /// The smallest hashes of words with a digit in them, ascending.
    figures: Vec<u32>,
}

/// How much two bodies have in common, as parts of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// Shingles in both, of all (Jaccard).
    pub common: f64,
    /// Shingles in both, of the shorter body's.
    pub contained: f64,
    /// Figures in both, of the body's that has fewer; 1 when it has none.
    pub figures: f64,
}

impl Likeness {
    /// True when the two are one story.
    pub fn is_copy(self) -> bool {
        self.common >= COMMON && self.contained >= CONTAINED && self.figures >= SAME_FIGURES
    }
}

impl Sketch {
    /// The sketch of an article's body, or `None` when it is too short to tell.
    pub fn of(article: &Article) -> Option<Sketch> {
        let body = article.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Boilerplate);
        Sketch::of_paragraphs(body.map(|paragraph| paragraph.span.of(&article.text)))
    }

    /// The sketch of the paragraphs of a body, or `None` when they are too short to tell.
    pub fn of_paragraphs<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Option<Sketch> {
        let mut words = Vec::new();
        let mut figures = Vec::new();
        for paragraph in paragraphs {
            read_words(paragraph, &mut words, &mut figures);
        }
        let mut shingles: Vec<u32> = words.windows(SHINGLE).map(shingle).collect();
        shingles.sort_unstable();
        shingles.dedup();
        if shingles.len() < LEAST {
            return None;
        }
        let all = shingles.len() as u32;
        shingles.truncate(KEPT);
        shingles.shrink_to_fit();
        figures.sort_unstable();
        figures.dedup();
        figures.truncate(FIGURES);
        Some(Sketch { shingles, all, figures })
    }

    /// How much this body and another have in common: exact while both are short, else within about 0.04.
    pub fn likeness(&self, other: &Sketch) -> Likeness {
        let (one, two) = (reach(&self.shingles, KEPT), reach(&other.shingles, KEPT));
        let (common, contained) = overlap(&self.shingles, &other.shingles, one.min(two));
        let (one, two) = (reach(&self.figures, FIGURES), reach(&other.figures, FIGURES));
        let (_, figures) = overlap(&self.figures, &other.figures, one.min(two));
        Likeness { common, contained, figures }
    }
}

/// Up to where a list of the smallest hashes is complete.
fn reach(hashes: &[u32], most: usize) -> u32 {
    if hashes.len() < most { u32::MAX } else { hashes.last().copied().unwrap_or(u32::MAX) }
}

/// Of the hashes up to `reach`: the part in both of all, and of the shorter list. Nothing is contained in everything.
fn overlap(one: &[u32], two: &[u32], reach: u32) -> (f64, f64) {
    let one = &one[..one.partition_point(|hash| *hash <= reach)];
    let two = &two[..two.partition_point(|hash| *hash <= reach)];
    let (mut left, mut right, mut both) = (0, 0, 0);
    while left < one.len() && right < two.len() {
        match one[left].cmp(&two[right]) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => (left, right, both) = (left + 1, right + 1, both + 1),
        }
    }
    let all = one.len() + two.len() - both;
    let fewer = one.len().min(two.len());
    let part = |of: usize| if of == 0 { 1.0 } else { both as f64 / of as f64 };
    (part(all), part(fewer))
}

/// For each sketch the number of its group's first member (its longest body), or its own number when it is alone.
///
/// Every member is a copy of the longest: a chain of small changes never joins two stories. `names` (article ids) break ties
/// between bodies of one length, so that the same articles in another order give the same groups.
pub fn groups(sketches: &[Sketch], names: &[&str]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(sketches[at].all), &sketches[at].shingles, &sketches[at].figures, names[at]));
    let mut place = vec![0; sketches.len()];
    for (number, &at) in order.iter().enumerate() {
        place[at] = number;
    }
    let mut first: Vec<usize> = (0..sketches.len()).collect();
    // The same to the letter, and next to each other: only one of them is looked up.
    let mut distinct: Vec<usize> = Vec::new();
    for &at in &order {
        match distinct.last() {
            Some(&last) if sketches[last] == sketches[at] => first[at] = last,
            _ => distinct.push(at),
        }
    }
    let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
    for &at in &distinct {
        for hash in sketches[at].shingles.iter().take(LOOKED_UP) {
            holders.entry(*hash).or_default().push(at);
        }
    }
    for &leader in &distinct {
        if first[leader] != leader {
            continue;
        }
        for hash in sketches[leader].shingles.iter().take(LOOKED_UP) {
            let Some(found) = holders.get(hash).filter(|found| found.len() <= CROWD) else { continue };
            for &at in found {
                // Whoever comes before the leader leads itself.
                let free = first[at] == at && place[at] > place[leader];
                if free && sketches[leader].likeness(&sketches[at]).is_copy() {
                    first[at] = leader;
                }
            }
        }
    }
    // A copy to the letter follows the one that was looked up.
    (0..sketches.len()).map(|at| first[first[at]]).collect()
}

/// The words of `text` as hashes, without case and punctuation, and those of them with a digit. `1,000` is one word.
fn read_words(text: &str, words: &mut Vec<u64>, figures: &mut Vec<u32>) {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let (mut hash, mut digit, mut within) = (START, false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_alphanumeric() {
            digit |= c.is_ascii_digit();
            hash = add(hash, c.to_ascii_lowercase());
            within = true;
        } else if !c.is_ascii() && c.is_alphanumeric() {
            hash = c.to_lowercase().fold(hash, add);
            within = true;
        } else if within && digit && matches!(c, '.' | ',' | '/') && chars.peek().is_some_and(char::is_ascii_digit) {
            // Inside a figure: 8.5 is not 85, but 12,480 is 12480.
            if c != ',' {
                hash = add(hash, c);
            }
        } else if c != '\u{ad}' && within {
            push(hash, digit, words, figures);
            (hash, digit, within) = (START, false, false);
        }
    }
    if within {
        push(hash, digit, words, figures);
    }
}

fn add(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn push(hash: u64, digit: bool, words: &mut Vec<u64>, figures: &mut Vec<u32>) {
    words.push(hash);
    if digit {
        figures.push(mixed(hash));
    }
}

fn shingle(words: &[u64]) -> u32 {
    mixed(words.iter().fold(0, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

/// Spreads a hash over all bits (the finisher of MurmurHash3): the smallest must be a fair sample.
fn mixed(mut hash: u64) -> u32 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (hash >> 32) as u32
}
