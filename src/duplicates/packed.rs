//! A sketch as a few whole numbers: the steps between its hashes, which are small, by the code of Rice.
//!
//! Hashes are spread evenly, so that steps are geometrically distributed; a number of bits that fits their mean is within a twentieth of the
//! best there is. Bits are written from the highest of the first number on.

use super::Sketch;

/// Set in the first number of a packed sketch, and in no number of one as versions before kept it.
pub(super) const PACKED: u64 = 1 << 31;

/// Bits of how many hashes stand in a list, and of how many bits a number or the rest of a step has.
const COUNT: u32 = 7;
const WIDTH: u32 = 6;
/// Bits of a number.
const WHOLE: u32 = u32::BITS;

/// A packed sketch, as numbers below 2^32: how many shingles there were, the keys, the other shingles, the figures.
pub(super) fn packed(sketch: &Sketch, others: &[u32]) -> Vec<u64> {
    let mut bits = BitWriter::default();
    bits.push(1, 1);
    let width = u32::BITS - sketch.all.leading_zeros();
    bits.push(u64::from(width), WIDTH);
    bits.push(u64::from(sketch.all), width);
    bits.list(0, &sketch.keys);
    bits.list(base(&sketch.keys), others);
    bits.list(0, &sketch.figures);
    bits.finish()
}

/// The sketch that was packed.
pub(super) fn unpacked(numbers: impl Iterator<Item = u64>) -> Sketch {
    let mut bits = BitReader::new(numbers);
    let all = bits.all();
    let keys = bits.list(0, Vec::new());
    let mut shingles: Vec<u32> = Vec::with_capacity(super::KEPT);
    shingles.extend(keys.iter().map(|key| super::of(*key)));
    shingles.dedup();
    let shingles = bits.list(base(&keys), shingles);
    Sketch { keys, shingles, all, figures: bits.list(0, Vec::new()) }
}

/// Its keys alone.
pub(super) fn keys(numbers: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut bits = BitReader::new(numbers);
    bits.all();
    bits.list(0, Vec::new())
}

/// What all other shingles are above.
fn base(keys: &[u32]) -> u32 {
    keys.last().map_or(0, |key| super::of(*key))
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

    /// Adds numbers that ascend from `base` on.
    fn list(&mut self, base: u32, numbers: &[u32]) {
        self.push(numbers.len() as u64, COUNT);
        let Some(last) = numbers.last() else { return };
        let mean = (last - base) / numbers.len() as u32;
        let width = mean.checked_ilog2().unwrap_or(0);
        self.push(u64::from(width), WIDTH);
        let mut before = base;
        for number in numbers {
            let step = u64::from(number - before);
            (0..step >> width).for_each(|_| self.push(1, 1));
            self.push(step & ((1 << width) - 1), width + 1);
            before = *number;
        }
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

    /// Reads the mark that it is packed, and how many shingles there were.
    fn all(&mut self) -> u32 {
        self.take(1);
        let width = self.take(WIDTH);
        self.take(width)
    }

    /// Adds the numbers of a list to these.
    fn list(&mut self, base: u32, mut numbers: Vec<u32>) -> Vec<u32> {
        let count = self.take(COUNT);
        let width = if count == 0 { 0 } else { self.take(WIDTH) };
        numbers.reserve(count as usize);
        let mut before = base;
        for _ in 0..count {
            // Of a damaged one anything may come, but nothing panics.
            let step = self.ones().checked_shl(width).unwrap_or(0) | self.take(width);
            before = before.wrapping_add(step);
            numbers.push(before);
        }
        numbers
    }
}
