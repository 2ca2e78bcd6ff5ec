//! Tells which articles are copies of one story: wire copies, updates, another headline, a cut tail.
//!
//! Takes the [`Sketch`] of each article and gives the [`groups`]. A sketch holds the smallest hashes of the body's word shingles
//! (MinHash in its bottom-k form) and of its figures, about 250 bytes; two sketches tell how much of the bodies is the same
//! ([`Likeness`]). Headlines and credits do not count: they are what desks change. Two reports of one template with other figures
//! are two stories, however alike their words. Groups depend on the articles alone, never on their order or on threads.

use crate::article::{Article, ParagraphKind};
use std::borrow::Cow;
use std::cmp::Reverse;

/// Words of a shingle. Four in a row are seldom the same in two stories, and a changed word spoils only four of them.
pub const SHINGLE: usize = 4;

/// Hashes that a sketch keeps of a body: with twice as many no corpus of `examples/duplicates` is told better.
const KEPT: usize = 64;

/// Bits of a hash that are compared, its first ones: of 64 hashes of a body of 5,000 words one in 200 is like another by chance.
const COMPARED: u32 = 20;

/// Figures that a sketch keeps.
const FIGURES: usize = 64;

/// A body of fewer shingles is no evidence: "no comment, he said" is printed in many stories.
const LEAST: usize = 20;

/// Hashes under which a sketch is looked up, its smallest.
const LOOKED_UP: usize = 16;

/// Of these, how many two copies must share to be compared at all: two with half of their shingles in common share fewer once in
/// 500 times, with a third in common once in 20; two other stories seldom share more than a stock phrase.
const MET: u8 = 3;

/// So many of the next shorter bodies with the same hash are looked at: thousands may share a stock phrase. A story in more variants
/// than that (copies that are the same to the letter count as one) may fall into several groups.
const NEXT: usize = 64;

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
    shingles: Vec<u32>,
    /// Distinct shingles of the whole body, as far as they are counted.
    all: u32,
    /// The smallest hashes of words with a digit in them, ascending, by what is compared of them.
    figures: Vec<u32>,
}

/// What a number of a sketch is, in the bits above its hash: see [`Sketch::numbers`].
const FIGURE: u64 = 1 << COMPARED;
/// See [`FIGURE`].
const ALL: u64 = 2 << COMPARED;

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
        let all = (shingles.len() as u32).min(ALL as u32 / 2 - 1);
        let keys = shingles[..shingles.len().min(LOOKED_UP)].to_vec();
        Some(Sketch { keys, shingles: compared(shingles, KEPT), all, figures: compared(figures, FIGURES) })
    }

    /// The hashes under which it is looked up, ascending.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// A hash of all that is compared.
    fn content(&self) -> u64 {
        let words = self.shingles.iter().chain([&u32::MAX]).chain(&self.figures);
        words.fold(u64::from(self.all), |hash, word| (hash.rotate_left(23) ^ u64::from(*word)).wrapping_mul(SPREAD))
    }

    /// What there is beside the keys as numbers below 2^22: the other shingles ascending, the figures, how many shingles there were.
    pub fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        let figures = self.figures.iter().map(|hash| FIGURE | u64::from(*hash));
        let others = self.shingles.iter().filter(|hash| !self.keys.iter().any(|key| of(*key) == **hash));
        others.map(|hash| u64::from(*hash)).chain(figures).chain([ALL | u64::from(self.all)])
    }

    /// The sketch that gave these keys and numbers.
    pub fn of_numbers(keys: Vec<u32>, numbers: impl Iterator<Item = u64>) -> Sketch {
        let (mut shingles, mut all, mut figures) = (keys.iter().map(|key| of(*key)).collect::<Vec<_>>(), 0, Vec::new());
        shingles.dedup();
        for number in numbers {
            let hash = (number % FIGURE) as u32;
            match number - u64::from(hash) {
                0 => shingles.push(hash),
                FIGURE => figures.push(hash),
                _ => all = hash,
            }
        }
        Sketch { keys, shingles, all, figures }
    }

    /// How much this body and another have in common: exact while both are short, else within about 0.06.
    pub fn likeness(&self, other: &Sketch) -> Likeness {
        let (one, two) = (reach(&self.shingles, KEPT), reach(&other.shingles, KEPT));
        let (common, contained) = overlap(&self.shingles, &other.shingles, one.min(two));
        let (one, two) = (reach(&self.figures, FIGURES), reach(&other.figures, FIGURES));
        let (_, figures) = overlap(&self.figures, &other.figures, one.min(two));
        Likeness { common, contained, figures }
    }
}

/// What is compared of a hash.
fn of(hash: u32) -> u32 {
    hash >> (u32::BITS - COMPARED)
}

/// The smallest `most` of what is compared of these hashes.
fn compared(hashes: Vec<u32>, most: usize) -> Vec<u32> {
    let mut hashes: Vec<u32> = hashes.into_iter().map(of).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(most);
    hashes.shrink_to_fit();
    hashes
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

/// For each sketch the number of its group's first member (its longest body), or its own number when it is alone: as [`groups_of`].
pub fn groups<N: Ord>(sketches: &[Sketch], names: &[N]) -> Vec<usize> {
    let keys = sketches.iter().zip(0..).flat_map(|(sketch, at)| sketch.keys.iter().map(move |key| (*key, at))).collect();
    groups_of(names, keys, |at| Cow::Borrowed(&sketches[at]))
}

/// The same of sketches that are read when they are needed, by their number: a large archive has more of them than memory.
/// `keys` are the [`Sketch::keys`] of all, each with the number of its sketch, in any order.
///
/// Every member is a copy of the longest: a chain of small changes never joins two stories. `names` (article ids) break ties
/// between bodies of one length, so that the same articles in another order give the same groups. An article that
/// [`meeting`] leaves out is alone, whether it is among the sketches or not.
pub fn groups_of<'a, N: Ord>(names: &[N], keys: Vec<(u32, u32)>, sketch: impl Fn(usize) -> Cow<'a, Sketch>) -> Vec<usize> {
    let length_and_content = |at: usize| {
        let sketch = sketch(at);
        (Reverse(sketch.all), sketch.content())
    };
    let mut order: Vec<((Reverse<u32>, u64), u32)> = (0..names.len()).map(|at| (length_and_content(at), at as u32)).collect();
    order.sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| names[*a as usize].cmp(&names[*b as usize])));
    let mut first: Vec<usize> = (0..names.len()).collect();
    // The same to the letter, and next to each other: only one of them is looked up.
    for same in order.chunk_by(|one, other| one.0 == other.0) {
        same.iter().for_each(|(_, at)| first[*at as usize] = same[0].1 as usize);
    }
    let mut distinct: Vec<u32> = order.into_iter().map(|(_, at)| at).collect();
    distinct.retain(|at| first[*at as usize] == *at as usize);
    let holders = Holders::of(keys, &distinct);
    let mut met = Met { times: vec![0; distinct.len()], touched: Vec::new() };
    for (number, &leader) in distinct.iter().enumerate() {
        let leader = leader as usize;
        if first[leader] != leader {
            continue;
        }
        // Whoever comes before the leader leads itself.
        met.count(&holders, number);
        let mut own = None;
        for other in met.touched.drain(..) {
            let (at, times) = (distinct[other as usize] as usize, std::mem::take(&mut met.times[other as usize]));
            let may_be = times >= MET && first[at] == at;
            if may_be && own.get_or_insert_with(|| sketch(leader)).likeness(&sketch(at)).is_copy() {
                first[at] = leader;
            }
        }
    }
    // A copy to the letter follows the one that was looked up.
    (0..names.len()).map(|at| first[first[at]]).collect()
}

/// Which sketches have a key.
struct Holders {
    /// For each key, one after another, the numbers of the sketches that have it, ascending, each with where those of its key end.
    all: Vec<(u32, u32)>,
    /// For each sketch, one after another, where it stands in `all`.
    places: Vec<u32>,
    /// Where the places of each sketch begin.
    from: Vec<u32>,
}

impl Holders {
    /// Of keys with the numbers of their sketches; a sketch that is not among `distinct` is left out, and counts by its place there.
    fn of(mut all: Vec<(u32, u32)>, distinct: &[u32]) -> Holders {
        const NONE: u32 = u32::MAX;
        let mut numbers = vec![NONE; all.iter().map(|(_, at)| *at as usize + 1).max().unwrap_or(0)];
        for (at, number) in distinct.iter().zip(0..) {
            if let Some(place) = numbers.get_mut(*at as usize) {
                *place = number;
            }
        }
        all.iter_mut().for_each(|(_, at)| *at = numbers[*at as usize]);
        all.retain(|(_, number)| *number != NONE);
        all.sort_unstable();
        let mut from = vec![0u32; distinct.len() + 1];
        all.iter().for_each(|(_, number)| from[*number as usize + 1] += 1);
        for number in 0..distinct.len() {
            from[number + 1] += from[number];
        }
        let (mut filled, mut places) = (from.clone(), vec![0; all.len()]);
        let mut start = 0;
        for sharing in all.chunk_by_mut(|one, other| one.0 == other.0) {
            let end = start + sharing.len() as u32;
            for (at, (key, number)) in (start..).zip(sharing) {
                let place = &mut filled[*number as usize];
                places[*place as usize] = at;
                *place += 1;
                *key = end;
            }
            start = end;
        }
        Holders { all, places, from }
    }

    /// Of each key of a sketch the next ones behind it that have it too.
    fn behind(&self, number: usize) -> impl Iterator<Item = &[(u32, u32)]> {
        let places = &self.places[self.from[number] as usize..self.from[number + 1] as usize];
        places.iter().map(|place| {
            let (place, (end, _)) = (*place as usize, self.all[*place as usize]);
            &self.all[place + 1..(place + 1 + NEXT).min(end as usize)]
        })
    }
}

/// How many keys the sketches behind one share with it.
struct Met {
    times: Vec<u8>,
    touched: Vec<u32>,
}

impl Met {
    fn count(&mut self, holders: &Holders, number: usize) {
        for &(_, other) in holders.behind(number).flatten() {
            let times = &mut self.times[other as usize];
            if *times == 0 {
                self.touched.push(other);
            }
            *times += 1;
        }
    }
}

/// Of keys, each with the number of its sketch, leaves those that several share; gives the numbers of their sketches, ascending:
/// the rest have no copy.
pub fn meeting(keys: &mut Vec<(u32, u32)>) -> Vec<u32> {
    keys.sort_unstable();
    let mut at = 0;
    let alone = |keys: &[(u32, u32)], at: usize| {
        let key = |at: usize| keys.get(at).map(|(key, _)| *key);
        key(at) != key(at + 1) && (at == 0 || key(at) != key(at - 1))
    };
    let is_alone: Vec<bool> = (0..keys.len()).map(|at| alone(keys, at)).collect();
    keys.retain(|_| {
        at += 1;
        !is_alone[at - 1]
    });
    let mut met: Vec<u32> = keys.iter().map(|(_, number)| *number).collect();
    met.sort_unstable();
    met.dedup();
    met
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
