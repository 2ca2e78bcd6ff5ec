//! The smallest hashes of a body, by so many of their first bits as tell them apart: two of them say how much is in both bodies.
//!
//! A hash has to differ from those of one other body, not from all of the archive. The more a body has, the nearer they stand: of each
//! are kept the bits that number all of them, and some more.

use std::borrow::Cow;

/// Bits of a hash from which the smallest are chosen, its first ones.
pub(super) const CHOSEN: u32 = 20;

/// What hashes are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Shingles,
    Figures,
}

impl Of {
    /// Bits of a hash beyond those that number all of its body. One shingle in 32 to 64 is like one of another body by chance, which is less
    /// than a sketch may err (with 7 bits no corpus of `examples/duplicates` is told better, with 4 one pair in 280 more is wrong); of
    /// figures a single one that differs makes another story.
    pub fn clearance(self) -> u32 {
        match self {
            Of::Shingles => 5,
            Of::Figures => 9,
        }
    }

    /// How many are kept: with twice as many shingles no corpus of `examples/duplicates` is told better.
    pub fn most(self) -> usize {
        64
    }
}

/// The smallest hashes of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Least {
    /// Ascending, by their first `bits`.
    pub hashes: Vec<u32>,
    pub bits: u32,
    /// The body has larger ones too.
    pub is_cut: bool,
}

impl Least {
    /// The smallest of these whole hashes.
    pub fn of(mut hashes: Vec<u32>, what: Of) -> Least {
        hashes.iter_mut().for_each(|hash| *hash = of(*hash, CHOSEN));
        hashes.sort_unstable();
        hashes.dedup();
        Least::of_chosen(hashes, what)
    }

    /// The smallest of those that are by their first [`CHOSEN`] bits, and ascend.
    pub fn of_chosen(mut chosen: Vec<u32>, what: Of) -> Least {
        let is_cut = chosen.len() >= what.most();
        chosen.truncate(what.most());
        let reach = if is_cut { chosen.last().map_or(0, |last| u64::from(*last)) } else { (1 << CHOSEN) - 1 };
        // As many would the whole body have, were it like these.
        let all = ((chosen.len() as u64) << CHOSEN) / (reach + 1);
        let bits = (all.max(1).next_power_of_two().ilog2() + what.clearance()).min(CHOSEN);
        chosen.iter_mut().for_each(|hash| *hash >>= CHOSEN - bits);
        chosen.dedup();
        chosen.shrink_to_fit();
        Least { hashes: chosen, bits, is_cut }
    }

    /// Of the hashes up to where both lists are complete: the part in both of all, and of the shorter list. Nothing is contained in everything.
    pub fn overlap(&self, other: &Least) -> (f64, f64) {
        let bits = self.bits.min(other.bits);
        let reach = self.reach(bits).min(other.reach(bits));
        let (one, two) = (self.up_to(reach, bits), other.up_to(reach, bits));
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

    /// Up to where the list is complete, by these bits.
    fn reach(&self, bits: u32) -> u32 {
        if self.is_cut { self.hashes.last().map_or(0, |last| last >> (self.bits - bits)) } else { u32::MAX }
    }

    /// Those up to `reach`, by these bits.
    fn up_to(&self, reach: u32, bits: u32) -> Cow<'_, [u32]> {
        let fewer = self.bits - bits;
        let own = &self.hashes[..self.hashes.partition_point(|hash| hash >> fewer <= reach)];
        if fewer == 0 {
            return Cow::Borrowed(own);
        }
        let mut coarse: Vec<u32> = own.iter().map(|hash| hash >> fewer).collect();
        coarse.dedup();
        Cow::Owned(coarse)
    }
}

/// The first `bits` of a hash.
pub(super) fn of(hash: u32, bits: u32) -> u32 {
    hash >> (u32::BITS - bits)
}
