//! Numbers as bits, the highest first: small ones, and ones that are mostly the same, take few.

/// Most bits that a number is pushed or taken with.
const MOST: u32 = 32;

/// Writes numbers, of which the last byte may be filled with zeros.
#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet, and how many they are.
    rest: u64,
    bits: u32,
}

impl BitWriter {
    /// Adds a number below 2^`width`.
    pub fn push(&mut self, number: u64, width: u32) {
        self.rest = self.rest << width | number;
        self.bits += width;
        while self.bits >= u8::BITS {
            self.bits -= u8::BITS;
            self.bytes.push((self.rest >> self.bits) as u8);
        }
    }

    /// Adds a number by the code of Golomb with exponents: how many bits it has above the lower `width` ones, in ones, and then these bits.
    pub fn number(&mut self, number: u64, width: u32) {
        let above = (number >> width) + 1;
        let more = above.ilog2();
        let rest = (above - (1 << more)) << width | number & ((1 << width) - 1);
        if 2 * more + width < MOST {
            self.push(((1 << more) - 1) << (more + width + 1) | rest, 2 * more + width + 1);
            return;
        }
        (0..more).for_each(|_| self.push(1, 1));
        self.push(0, 1);
        self.long(rest, more + width);
    }

    /// Adds a number that mostly is `usual`.
    pub fn mostly(&mut self, number: u64, usual: u64, width: u32) {
        self.push(u64::from(number != usual), 1);
        if number != usual {
            self.number(number, width);
        }
    }

    /// Adds a number that mostly is one of `usual`, the first of them the most often.
    pub fn one_of(&mut self, number: u64, usual: &[u64], width: u32) {
        let rank = usual.iter().position(|usual| *usual == number).unwrap_or(usual.len());
        self.number(rank as u64, 0);
        if rank == usual.len() {
            self.number(number, width);
        }
    }

    fn long(&mut self, number: u64, width: u32) {
        if width > MOST {
            self.push(number >> MOST, width - MOST);
        }
        self.push(number & ((1 << MOST) - 1), width.min(MOST));
    }

    pub fn finish(mut self) -> Vec<u8> {
        if self.bits > 0 {
            self.push(0, u8::BITS - self.bits);
        }
        self.bytes
    }
}

/// Reads what a [`BitWriter`] wrote, and nothing behind its end.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// The bit that is next.
    at: usize,
}

impl BitReader<'_> {
    pub fn new(bytes: &[u8]) -> BitReader<'_> {
        BitReader { bytes, at: 0 }
    }

    /// The bits from the next one on as the highest of a number, 57 at least, and zeros behind the end.
    fn ahead(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(word) => u64::from_be_bytes(*word),
            None => {
                let mut word = [0; 8];
                word[..rest.len()].copy_from_slice(rest);
                u64::from_be_bytes(word)
            }
        };
        word << (self.at % 8)
    }

    /// Goes on by so many bits; nothing when they are not there.
    fn skip(&mut self, bits: u32) -> Option<()> {
        self.at += bits as usize;
        (self.at <= 8 * self.bytes.len()).then_some(())
    }

    /// A number of `width` bits, of 32 at the most.
    pub fn take(&mut self, width: u32) -> Option<u64> {
        let ahead = self.ahead();
        self.skip(width)?;
        Some(ahead.checked_shr(u64::BITS - width).unwrap_or(0))
    }

    /// A number that [`BitWriter::number`] added.
    pub fn number(&mut self, width: u32) -> Option<u64> {
        let ahead = self.ahead();
        let more = ahead.leading_ones();
        let rest = if 2 * more + width < MOST {
            self.skip(2 * more + width + 1)?;
            (ahead << (more + 1)).checked_shr(u64::BITS - more - width).unwrap_or(0)
        } else if more + width < MOST + 16 {
            self.skip(more + 1)?;
            let above = (more + width).saturating_sub(MOST);
            self.take(above)? << MOST | self.take(more + width - above)?
        } else {
            return None;
        };
        Some(((rest >> width) + (1 << more) - 1) << width | rest & ((1 << width) - 1))
    }

    /// A number that [`BitWriter::mostly`] added.
    pub fn mostly(&mut self, usual: u64, width: u32) -> Option<u64> {
        if self.take(1)? == 0 { Some(usual) } else { self.number(width) }
    }

    /// A number that [`BitWriter::one_of`] added.
    pub fn one_of(&mut self, usual: &[u64], width: u32) -> Option<u64> {
        match usual.get(self.number(0)? as usize) {
            Some(number) => Some(*number),
            None => self.number(width),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_from_their_bits() {
        let numbers: Vec<u64> = (0..40).flat_map(|bit| [1 << bit, (1 << bit) - 1, (1 << bit) + 5]).collect();
        for width in [0, 1, 3, 6] {
            let mut bits = BitWriter::default();
            for number in &numbers {
                bits.number(*number, width);
                bits.mostly(*number, 4, width);
                bits.one_of(*number, &[7, 1, 0], width);
            }
            let bytes = bits.finish();
            let mut bits = BitReader::new(&bytes);
            for number in &numbers {
                let read = [bits.number(width), bits.mostly(4, width), bits.one_of(&[7, 1, 0], width)];
                assert_eq!(read, [Some(*number); 3]);
            }
        }
        // Whatever stands there, nothing panics.
        for byte in 0..=u8::MAX {
            let bytes = [byte; 40];
            let mut bits = BitReader::new(&bytes);
            while bits.one_of(&[1], 6).is_some() {}
            assert!(bits.number(6).is_none());
        }
    }
}
