//! A bit for each unit of a segment.

/// Bits, 64 in a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Bits(Vec<u64>);

impl Bits {
    /// One for each of so many units, none of them set.
    pub fn of(units: usize) -> Bits {
        Bits(vec![0; units.div_ceil(64)])
    }

    pub fn set(&mut self, unit: usize) {
        self.0[unit / 64] |= 1 << (unit % 64);
    }

    /// How many are set.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn words(&self) -> &[u64] {
        &self.0
    }

    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }
}
