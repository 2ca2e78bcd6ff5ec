//! A sketch as a few whole numbers: the steps between its hashes, which are small, by the code of Rice.
//!
//! Hashes are spread evenly, so that steps are geometrically distributed; a number of bits near their mean is within a twentieth of the
//! best there is. Bits are written from the highest of the first number on.

use super::least::{self, KEPT, Least, Of};
use super::{LOOKED_UP, Sketch};

/// Set in the first number of a packed sketch, and in no number of one as version 12 kept it.
pub(super) const PACKED: u64 = 1 << 31;

/// Bits of how many hashes stand in a list.
const COUNT: u32 = 7;
/// Bits of how many bits a hash has.
const WIDTH: u32 = 5;
/// The first bits of a sketch; version 13 has fewer ones.
const MARK: u32 = 0b111;
const MARK_WIDTH: u32 = 3;
/// Bits of how many bits a number or the rest of a step had in version 13.
const LOOSE_WIDTH: u32 = 6;
/// Bits of a number.
const WHOLE: u32 = u32::BITS;

/// A packed sketch, as numbers below 2^32: how many shingles there were, the keys, the other shingles, the figures.
pub(super) fn packed(sketch: &Sketch) -> Vec<u64> {
    let mut bits = BitWriter::default();
    bits.push(MARK.into(), MARK_WIDTH);
    bits.number(sketch.all);
    bits.steps(0, &sketch.keys, width_of_keys(sketch.all));
    let base = base(&sketch.keys, sketch.shingles.bits);
    let others = sketch.shingles.hashes.partition_point(|hash| *hash <= base);
    bits.least(&sketch.shingles, others, base, Of::Shingles);
    bits.least(&sketch.figures, 0, 0, Of::Figures);
    bits.finish()
}

/// The sketch that was packed.
pub(super) fn unpacked(numbers: impl Iterator<Item = u64>) -> Sketch {
    let mut bits = BitReader::new(numbers);
    let (all, keys) = match bits.head() {
        Head::Loose(all) => return bits.rest_of_loose(all),
        Head::Tight(all, keys) => (all, keys),
    };
    let shingles = bits.least(Of::Shingles, |bits| {
        let mut shingles: Vec<u32> = Vec::with_capacity(KEPT);
        shingles.extend(keys.iter().map(|key| least::of(*key, bits)));
        shingles.dedup();
        shingles
    });
    let figures = bits.least(Of::Figures, |_| Vec::new());
    Sketch { keys, shingles, all, figures }
}

/// Its keys alone.
pub(super) fn keys(numbers: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut bits = BitReader::new(numbers);
    match bits.head() {
        Head::Loose(_) => bits.list(0),
        Head::Tight(_, keys) => keys,
    }
}

/// What a packed sketch begins with.
enum Head {
    /// In version 13: how many shingles there were.
    Loose(u32),
    /// The same and the keys.
    Tight(u32, Vec<u32>),
}

/// What all other shingles are above.
fn base(keys: &[u32], bits: u32) -> u32 {
    keys.last().map_or(0, |key| least::of(*key, bits))
}

/// Bits of the rest of a step from one key to the next, among so many shingles.
fn width_of_keys(all: u32) -> u32 {
    u32::BITS - 1 - all.max(1).ilog2()
}

/// Writes the bits of numbers, the highest first.
#[derive(Default)]
struct BitWriter {
    numbers: Vec<u64>,
    /// Bits that do not fill a number yet, and how many they are.
    rest: u64,
    bits: u32,
}

impl BitWriter {
    /// Adds a number below 2^`width`, which is at most 32.
    fn push(&mut self, number: u64, width: u32) {
        self.rest = self.rest << width | number;
        self.bits += width;
        if self.bits >= WHOLE {
            self.bits -= WHOLE;
            self.numbers.push(self.rest >> self.bits);
            self.rest &= (1 << self.bits) - 1;
        }
    }

    /// Adds a number by how many bits it has.
    fn number(&mut self, number: u32) {
        let width = u32::BITS - number.leading_zeros();
        self.push(width.into(), WIDTH);
        self.push(number.into(), width);
    }

    /// Adds numbers that ascend from `base` on, by the lower `width` bits of each step and as many ones as are above.
    fn steps(&mut self, base: u32, numbers: &[u32], width: u32) {
        let mut before = base;
        for number in numbers {
            let step = u64::from(number - before);
            (0..step >> width).for_each(|_| self.push(1, 1));
            self.push(step & ((1 << width) - 1), width + 1);
            before = *number;
        }
    }

    /// Adds a list but for its first, which are up to `base`.
    fn least(&mut self, least: &Least, first: usize, base: u32, what: Of) {
        let others = &least.hashes[first..];
        self.push(least.bits.into(), WIDTH);
        self.push(least.is_cut.into(), 1);
        self.push(others.len() as u64, COUNT);
        self.steps(base, others, what.clearance());
    }

    fn finish(mut self) -> Vec<u64> {
        if self.bits > 0 {
            self.push(0, WHOLE - self.bits);
        }
        self.numbers
    }
}

/// Reads what a [`BitWriter`] wrote, and zeros behind its end.
struct BitReader<I> {
    numbers: I,
    /// The lowest `bits` of it are still to be read.
    rest: u64,
    bits: u32,
}

impl<I: Iterator<Item = u64>> BitReader<I> {
    fn new(numbers: I) -> BitReader<I> {
        BitReader { numbers, rest: 0, bits: 0 }
    }

    fn read_on(&mut self) {
        self.rest = self.rest << WHOLE | self.numbers.next().unwrap_or(0) & u64::from(u32::MAX);
        self.bits += WHOLE;
    }

    /// A number of `width` bits, of 32 at the most.
    fn take(&mut self, width: u32) -> u32 {
        let width = width.min(WHOLE);
        if self.bits < width {
            self.read_on();
        }
        self.bits -= width;
        (self.rest >> self.bits & ((1 << width) - 1)) as u32
    }

    /// How many ones stand before the next zero.
    fn ones(&mut self) -> u32 {
        let mut ones = 0;
        loop {
            if self.bits == 0 {
                self.read_on();
            }
            let run = (self.rest << (u64::BITS - self.bits)).leading_ones().min(self.bits);
            ones += run;
            self.bits -= run;
            if self.bits > 0 {
                self.bits -= 1;
                return ones;
            }
        }
    }

    /// A number by how many bits it has.
    fn number(&mut self) -> u32 {
        let width = self.take(WIDTH);
        self.take(width)
    }

    fn head(&mut self) -> Head {
        let mark = self.take(MARK_WIDTH);
        if mark != MARK {
            // A bit that it is packed, and the first two of the bits of how many shingles there were, which are no more than 20.
            let width = (mark & 0b11) << (LOOSE_WIDTH - 2) | self.take(LOOSE_WIDTH - 2);
            return Head::Loose(self.take(width));
        }
        let all = self.number();
        let keys = self.steps(0, all.min(LOOKED_UP as u32), width_of_keys(all));
        Head::Tight(all, keys)
    }

    /// What follows the number of shingles in version 13.
    fn rest_of_loose(&mut self, all: u32) -> Sketch {
        let keys = self.list(0);
        let others = self.list(base(&keys, least::CHOSEN));
        let figures = self.list(0);
        Sketch::of_chosen(keys, others, all, figures)
    }

    /// A list of version 13, that ascends from `base` on.
    fn list(&mut self, base: u32) -> Vec<u32> {
        let count = self.take(COUNT);
        let width = if count == 0 { 0 } else { self.take(LOOSE_WIDTH) };
        self.steps(base, count, width)
    }

    /// A list; `first` gives its first ones by how many bits they have.
    fn least(&mut self, what: Of, first: impl Fn(u32) -> Vec<u32>) -> Least {
        let bits = self.take(WIDTH).clamp(1, least::CHOSEN);
        let is_cut = self.take(1) == 1;
        let count = self.take(COUNT);
        let mut hashes = first(bits);
        let others = self.steps(hashes.last().copied().unwrap_or(0), count, what.clearance());
        hashes.extend(others);
        Least { hashes, bits, is_cut }
    }

    /// So many numbers that ascend from `base` on.
    fn steps(&mut self, base: u32, count: u32, width: u32) -> Vec<u32> {
        let mut before = base;
        let mut step = || {
            // Of a damaged one anything may come, but nothing panics.
            let step = self.ones().checked_shl(width).unwrap_or(0) | self.take(width);
            before = before.wrapping_add(step);
            before
        };
        (0..count).map(|_| step()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ALL, FIGURE, Of};
    use super::*;

    /// Numbers that are the same in every run.
    fn hashes(count: usize, mut seed: u64) -> Vec<u32> {
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 32) as u32
        };
        let mut hashes: Vec<u32> = (0..count).map(|_| next()).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    /// What versions before kept of so many shingles and figures: keys, the other shingles and the figures by their first 20 bits.
    fn chosen(shingles: &[u32], figures: &[u32]) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
        let short = |hashes: &[u32]| {
            let mut short: Vec<u32> = hashes.iter().map(|hash| least::of(*hash, least::CHOSEN)).collect();
            short.dedup();
            short.truncate(64);
            short
        };
        let keys = shingles[..LOOKED_UP].to_vec();
        let others = short(shingles).into_iter().filter(|hash| keys.iter().all(|key| least::of(*key, least::CHOSEN) != *hash));
        (keys.clone(), others.collect(), short(figures))
    }

    /// As version 13 packed it.
    fn loose(all: u32, keys: &[u32], others: &[u32], figures: &[u32]) -> Vec<u64> {
        let mut bits = BitWriter::default();
        let width = u32::BITS - all.leading_zeros();
        bits.push(1, 1);
        bits.push(width.into(), LOOSE_WIDTH);
        bits.push(all.into(), width);
        for (base, list) in [(0, keys), (base(keys, least::CHOSEN), others), (0, figures)] {
            bits.push(list.len() as u64, COUNT);
            let Some(last) = list.last() else { continue };
            let width = ((last - base) / list.len() as u32).checked_ilog2().unwrap_or(0);
            bits.push(width.into(), LOOSE_WIDTH);
            bits.steps(base, list, width);
        }
        bits.finish()
    }

    #[test]
    fn a_sketch_is_the_same_whichever_version_kept_it() {
        for (at, count) in [20, 33, 63, 64, 65, 128, 129, 250, 700, 5_000, 40_000].into_iter().enumerate() {
            for figures in [0, 1, 2, 9, 63, 64, 65, 300] {
                let (shingles, figures) = (hashes(count, at as u64), hashes(figures, 77));
                let all = shingles.len() as u32;
                let (keys, others, few) = chosen(&shingles, &figures);
                let sketch = Sketch {
                    keys: keys.clone(),
                    shingles: Least::of(shingles, Of::Shingles),
                    all,
                    figures: Least::of(figures, Of::Figures),
                };
                assert_eq!(Sketch::of_numbers(Vec::new(), sketch.numbers().into_iter()), sketch, "{count} shingles");
                assert_eq!(Sketch::keys_of_numbers(sketch.numbers().into_iter()), keys);
                let loose = loose(all, &keys, &others, &few);
                assert_eq!(Sketch::of_numbers(Vec::new(), loose.iter().copied()), sketch, "{count} shingles of version 13");
                assert_eq!(Sketch::keys_of_numbers(loose.into_iter()), keys);
                let numbers = others.iter().map(|hash| u64::from(*hash));
                let numbers = numbers.chain(few.iter().map(|hash| FIGURE + u64::from(*hash))).chain([ALL + u64::from(all)]);
                assert_eq!(Sketch::of_numbers(keys, numbers), sketch, "{count} shingles of version 12");
            }
        }
    }

    #[test]
    fn of_a_damaged_sketch_anything_comes_and_nothing_panics() {
        let sketch = |numbers: Vec<u64>| Sketch::of_numbers(Vec::new(), numbers.into_iter());
        let words: Vec<String> = (0..90).map(|number| format!("word{number} and 7{number}")).collect();
        let own = Sketch::of_paragraphs([words.join(" ").as_str()].into_iter()).unwrap();
        let numbers = own.numbers();
        for bit in 0..numbers.len() * 32 {
            let mut changed = numbers.clone();
            changed[bit / 32] ^= 1 << (bit % 32);
            let changed = sketch(changed);
            let _ = (changed.likeness(&own), own.likeness(&changed));
        }
    }
}
