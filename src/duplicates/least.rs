//! The smallest hashes of a body, by so many of their first bits as tell them apart: two of them say how much is in both bodies.
//!
//! A hash has to differ from those of one other body, not from all of the archive. The more a body has, the nearer they stand: of each
//! are kept the bits that number all of them, and some more.

use std::borrow::Cow;

/// Bits of a hash from which the smallest are chosen, its first ones.
pub(super) const CHOSEN: u32 = 20;

/// How many are kept: with twice as many shingles no corpus of `examples/duplicates` is told better.
pub(super) const KEPT: usize = 64;

/// What hashes are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Shingles,
    Figures,
}

impl Of {
    /// Bits of a hash beyond those that number all of its body. One shingle in 32 to 64 is like one of another body as long by chance, which is
    /// taken into account (with 7 bits no corpus of `examples/duplicates` is told better); of figures a single one that differs makes
    /// another story.
    pub fn clearance(self) -> u32 {
        match self {
            Of::Shingles => 5,
            Of::Figures => 9,
        }
    }
}

/// The smallest hashes of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Least {
    /// Ascending, by their first `bits`.
    pub hashes: Vec<u32>,
    pub bits: u32,
    /// The body may have larger ones too.
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
        let is_cut = chosen.len() >= KEPT;
        chosen.truncate(KEPT);
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
    pub fn overlap(&self, other: &Least, what: Of) -> (f64, f64) {
        let bits = self.bits.min(other.bits);
        let reach = self.reach(bits).min(other.reach(bits));
        let (one, two) = (self.up_to(reach, bits), other.up_to(reach, bits));
        let both = shared(&one, &two);
        let by_chance = match what {
            Of::Shingles => (one.len() - both) as f64 * (two.len() - both) as f64 / (f64::from(reach) + 1.0),
            Of::Figures => 0.0,
        };
        let both = (both as f64 - by_chance).max(0.0);
        let part = |of: f64| if of == 0.0 { 1.0 } else { both / of };
        (part((one.len() + two.len()) as f64 - both), part(one.len().min(two.len()) as f64))
    }

    /// Up to where the list is complete, by these bits.
    fn reach(&self, bits: u32) -> u32 {
        let last = self.hashes.last().filter(|_| self.is_cut);
        last.map_or((1 << bits) - 1, |last| last >> (self.bits - bits))
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

/// How many numbers stand in both lists, which ascend.
fn shared(one: &[u32], two: &[u32]) -> usize {
    let (mut left, mut right, mut both) = (0, 0, 0);
    while left < one.len() && right < two.len() {
        match one[left].cmp(&two[right]) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => (left, right, both) = (left + 1, right + 1, both + 1),
        }
    }
    both
}

/// The first `bits` of a hash.
pub(super) fn of(hash: u32, bits: u32) -> u32 {
    hash >> (u32::BITS - bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every so manieth of all whole hashes, and all of another sequence.
    fn spread(count: u32, first: u32) -> Vec<u32> {
        (0..count).map(|at| first.wrapping_add(at.wrapping_mul(0x9e37_79b9))).collect()
    }

    #[test]
    fn what_two_bodies_share_is_told_without_what_is_the_same_by_chance() {
        for (own, shared) in [(40, 60), (150, 150), (400, 100), (3_000, 5_000)] {
            let body = |first| Least::of([spread(own, first), spread(shared, 7_000_000)].concat(), Of::Shingles);
            let (common, contained) = body(1).overlap(&body(2_000_003), Of::Shingles);
            let part = |of: u32| f64::from(shared) / f64::from(of);
            assert!(
                (common - part(2 * own + shared)).abs() < 0.15 && (contained - part(own + shared)).abs() < 0.15,
                "{own} {shared}: {common} {contained}"
            );
        }
    }

    #[test]
    fn a_body_is_the_same_as_itself_and_shares_all_of_its_hashes_with_a_longer_one() {
        let body = |count| Least::of(spread(count, 5), Of::Shingles);
        for count in [1, 20, 63, 64, 65, 300, 9_000] {
            assert_eq!(body(count).overlap(&body(count), Of::Shingles), (1.0, 1.0));
            let (common, contained) = body(count).overlap(&body(3 * count), Of::Shingles);
            assert!((common - 1.0 / 3.0).abs() < 0.1 && contained > 0.99, "{count}: {common} {contained}");
        }
        assert_eq!(Least::of(Vec::new(), Of::Figures).overlap(&body(30), Of::Figures), (0.0, 1.0));
    }
}
