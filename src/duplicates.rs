//! Tells which articles are copies of one story: wire copies, updates, another headline, a cut tail.
//!
//! Takes the [`Sketch`] of each article and gives the [`groups`]. A sketch holds the smallest hashes of the body's word shingles
//! (MinHash in its bottom-k form) and of its figures, about 107 bytes; two sketches tell how much of the bodies is the same
//! ([`Likeness`]). Headlines and credits do not count: they are what desks change. Two reports of one template with other figures
//! are two stories, however alike their words. Groups depend on the articles alone, never on their order or on threads.
//!
//! What is shared by articles that are no copies, a sentence or two, is found by the [`fingerprints`] of their bodies.

mod fingerprints;
mod grouping;
mod least;
mod packed;

pub use fingerprints::{CERTAIN, SEQUENCE, fingerprints, sequences};
pub use grouping::{groups, groups_of, meeting};

use crate::article::{Article, ParagraphKind};
use least::{CHOSEN, Least, Of};

/// Words of a shingle. Four in a row are seldom the same in two stories, and a changed word spoils only four of them.
pub const SHINGLE: usize = 4;

/// A body of fewer shingles is no evidence: "no comment, he said" is printed in many stories.
const LEAST: usize = 20;

/// Hashes under which a sketch is looked up, its smallest.
const LOOKED_UP: usize = 16;

/// Least part of all shingles of two copies that stand in both.
const COMMON: f64 = 0.35;

/// Least part of the shorter copy's shingles that stand in the longer one.
const CONTAINED: f64 = 0.7;

/// Least part of the figures of the copy with fewer of them that the other has too.
const SAME_FIGURES: f64 = 0.9;

/// What is kept of a body to compare it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The smallest hashes of shingles, ascending, whole: under these it is looked up.
    keys: Vec<u32>,
    /// The same and more, by what is compared of them.
    shingles: Least,
    /// Distinct shingles of the whole body, as far as they are counted.
    all: u32,
    /// The smallest hashes of words with a digit in them.
    figures: Least,
}

/// What a number of a sketch is, in the bits above its hash: see [`Sketch::of_loose_numbers`].
const FIGURE: u64 = 1 << CHOSEN;
/// See [`FIGURE`].
const ALL: u64 = 2 << CHOSEN;

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

/// The words of a body, as they are compared.
#[derive(Debug, Default)]
pub struct Body {
    words: Vec<u64>,
    /// Hashes of the words with a digit in them.
    figures: Vec<u32>,
}

impl Body {
    /// The body of an article: its paragraphs, but for what the desk prints under every story.
    pub fn new(article: &Article) -> Body {
        let body = article.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Boilerplate);
        Body::of_paragraphs(body.map(|paragraph| paragraph.span.of(&article.text)))
    }

    /// The body of these paragraphs.
    pub fn of_paragraphs<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Body {
        let mut body = Body::default();
        paragraphs.for_each(|paragraph| read_words(paragraph, &mut body.words, &mut body.figures));
        body
    }
}

impl Sketch {
    /// The sketch of an article's body, or `None` when it is too short to tell.
    pub fn new(article: &Article) -> Option<Sketch> {
        Sketch::of(&Body::new(article))
    }

    /// The sketch of the paragraphs of a body, or `None` when they are too short to tell.
    pub fn of_paragraphs<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Option<Sketch> {
        Sketch::of(&Body::of_paragraphs(paragraphs))
    }

    /// The sketch of a body, or `None` when it is too short to tell.
    pub fn of(body: &Body) -> Option<Sketch> {
        let mut shingles: Vec<u32> = body.words.windows(SHINGLE).map(shingle).collect();
        shingles.sort_unstable();
        shingles.dedup();
        if shingles.len() < LEAST {
            return None;
        }
        let all = (shingles.len() as u32).min(ALL as u32 / 2 - 1);
        let keys = shingles[..shingles.len().min(LOOKED_UP)].to_vec();
        Some(Sketch {
            keys,
            shingles: Least::of(shingles, Of::Shingles),
            all,
            figures: Least::of(body.figures.clone(), Of::Figures),
        })
    }

    /// The hashes under which it is looked up, ascending.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// A hash of all that is compared.
    fn content(&self) -> u64 {
        let words = self.shingles.hashes.iter().chain([&u32::MAX]).chain(&self.figures.hashes);
        words.fold(u64::from(self.all), |hash, word| (hash.rotate_left(23) ^ u64::from(*word)).wrapping_mul(SPREAD))
    }

    /// All of it as some 27 numbers below 2^32.
    pub fn numbers(&self) -> Vec<u64> {
        packed::packed(self)
    }

    /// The sketch that gave these numbers; `keys` are those that a version before kept beside them, if it was one.
    pub fn of_numbers(keys: Vec<u32>, numbers: impl Iterator<Item = u64>) -> Sketch {
        let mut numbers = numbers.peekable();
        if numbers.peek().is_none_or(|first| *first < packed::PACKED) {
            return Sketch::of_loose_numbers(keys, numbers);
        }
        packed::unpacked(numbers)
    }

    /// The keys alone of what gave these numbers; nothing where they are kept beside them.
    pub fn keys_of_numbers(numbers: impl Iterator<Item = u64>) -> Vec<u32> {
        let mut numbers = numbers.peekable();
        numbers.next_if(|first| *first < packed::PACKED).map_or_else(|| packed::keys(numbers), |_| Vec::new())
    }

    /// The same of what versions before kept beside the keys: the other shingles ascending, the figures, how many shingles there were.
    fn of_loose_numbers(keys: Vec<u32>, numbers: impl Iterator<Item = u64>) -> Sketch {
        let (mut shingles, mut all, mut figures) = (Vec::new(), 0, Vec::new());
        for number in numbers {
            let hash = (number % FIGURE) as u32;
            match number - u64::from(hash) {
                0 => shingles.push(hash),
                FIGURE => figures.push(hash),
                _ => all = hash,
            }
        }
        Sketch::of_chosen(keys, shingles, all, figures)
    }

    /// The same of the shingles beside the keys and of the figures as versions before kept them.
    fn of_chosen(keys: Vec<u32>, others: Vec<u32>, all: u32, figures: Vec<u32>) -> Sketch {
        let mut shingles: Vec<u32> = keys.iter().map(|key| least::of(*key, CHOSEN)).chain(others).collect();
        shingles.dedup();
        Sketch { keys, shingles: Least::of_chosen(shingles, Of::Shingles), all, figures: Least::of_chosen(figures, Of::Figures) }
    }

    /// How much this body and another have in common: within about 0.02 while both are short, else within about 0.06.
    pub fn likeness(&self, other: &Sketch) -> Likeness {
        let (common, contained) = self.shingles.overlap(&other.shingles, Of::Shingles);
        let (_, figures) = self.figures.overlap(&other.figures, Of::Figures);
        Likeness { common, contained, figures }
    }
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

/// 2^64 by the golden ratio: multiplying by it spreads bits upwards.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

fn shingle(words: &[u64]) -> u32 {
    mixed(words.iter().fold(0, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(SPREAD)))
}

/// Spreads a hash over all bits (the finisher of MurmurHash3): the smallest must be a fair sample.
fn mixed(mut hash: u64) -> u32 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (hash >> 32) as u32
}
