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

    pub fn has(&self, unit: usize) -> bool {
        self.0[unit / 64] & 1 << (unit % 64) != 0
    }

    /// Makes it one for each of so many units, none of them set.
    pub fn clear_for(&mut self, units: usize) {
        self.0.clear();
        self.0.resize(units.div_ceil(64), 0);
    }

    /// Calls `with` with each that is set, ascending.
    pub fn each(&self, mut with: impl FnMut(usize)) {
        for (at, word) in self.0.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                with(at * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
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
