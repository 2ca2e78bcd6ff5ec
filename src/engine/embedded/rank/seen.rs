//! Units of a segment as one bit each: how many have any of some words, and of how many articles, told without a look at any of them.

use crate::engine::embedded::store::bits::Bits;
use std::ops::Range;
use tantivy::DocId;

/// The units that have a word, and those that have it more than once, or several words.
#[derive(Default)]
pub(super) struct Seen {
    /// The unit of the first bit, a multiple of 64.
    start: DocId,
    once: Bits,
    again: Bits,
    mentions: usize,
}

impl Seen {
    /// None yet of all units of a segment, which are so many.
    pub fn new(units: usize) -> Seen {
        Seen { start: 0, once: Bits::of(units), again: Bits::of(units), mentions: 0 }
    }

    /// Goes on to these units, of which none was seen yet.
    pub fn go_to(&mut self, units: &Range<DocId>) {
        self.start = units.start / 64 * 64;
        self.once.clear_for((units.end - self.start) as usize);
        self.again.clear_for((units.end - self.start) as usize);
        self.mentions = 0;
    }

    /// Adds the units of a word.
    pub fn add(&mut self, docs: &[(DocId, u32)]) {
        let (once, again) = (self.once.words_mut(), self.again.words_mut());
        for &(doc, count) in docs {
            let at = (doc - self.start) as usize;
            let (word, bit) = (at / 64, 1u64 << (at % 64));
            let several = u64::from(count > 1) * bit;
            again[word] |= (once[word] & bit) | several;
            once[word] |= bit;
            self.mentions += count as usize;
        }
    }

    pub fn mentions(&self) -> usize {
        self.mentions
    }

    pub fn units(&self) -> usize {
        self.once.count()
    }

    /// Of how many articles the units are; `ends` are the last units of all articles.
    ///
    /// The units of an article are a run of bits up to its end. To the other bits of each run, those below it are added, all set: that
    /// carries into the end if there is any. An article of two words of 64 bits is counted in each of them, and taken off once.
    pub fn articles(&self, ends: &Bits) -> usize {
        let (mut articles, mut goes_on) = (0, false);
        for (&seen, &ends) in self.once.words().iter().zip(ends.words()) {
            let tops = ends | 1 << 63;
            let there = (((seen & !tops) + !tops) | seen) & tops;
            articles += there.count_ones() as usize;
            let first = there & tops & tops.wrapping_neg() != 0;
            articles -= usize::from(goes_on && first);
            let is_cut = ends >> 63 == 0;
            goes_on = is_cut && (there >> 63 == 1 || (goes_on && ends == 0));
        }
        articles
    }

    /// Adds the units seen more than once that are among `long` to `docs`.
    pub fn several_of(&self, long: &Bits, docs: &mut Vec<DocId>) {
        let long = &long.words()[self.start as usize / 64..];
        for (at, (again, long)) in self.again.words().iter().zip(long).enumerate() {
            let mut both = again & long;
            while both != 0 {
                docs.push(self.start + at as DocId * 64 + both.trailing_zeros());
                both &= both - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance and are the same every time.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        *state >> 33
    }

    #[test]
    fn articles_are_counted_as_one_by_one() {
        let mut state = 7;
        for round in 0..300 {
            let units = 1 + next(&mut state) as usize % 700;
            let (most, one_in) = (1 + next(&mut state) % [3, 20, 200][round % 3], 1 + next(&mut state) % 40);
            let (mut ends, mut article_of, mut article) = (Bits::of(units), Vec::new(), 0);
            for unit in 0..units {
                article_of.push(article);
                if next(&mut state).is_multiple_of(most) || unit + 1 == units {
                    ends.set(unit);
                    article += 1;
                }
            }
            let docs: Vec<(DocId, u32)> =
                (0..units as DocId).filter(|_| next(&mut state).is_multiple_of(one_in)).map(|doc| (doc, 1)).collect();
            let mut articles: Vec<i32> = docs.iter().map(|(doc, _)| article_of[*doc as usize]).collect();
            articles.dedup();
            let mut seen = Seen::new(units);
            seen.add(&docs);
            assert_eq!((seen.units(), seen.articles(&ends)), (docs.len(), articles.len()), "round {round}");
        }
    }

    #[test]
    fn units_with_a_word_twice_or_two_words_are_told() {
        let (mut seen, mut long) = (Seen::new(200), Bits::of(200));
        [3, 70, 130, 199].iter().for_each(|unit| long.set(*unit));
        seen.add(&[(3, 1), (70, 2), (71, 5), (199, 1)]);
        seen.add(&[(3, 1), (130, 1)]);
        let several = |seen: &Seen| {
            let mut docs = Vec::new();
            seen.several_of(&long, &mut docs);
            docs
        };
        assert_eq!((several(&seen), seen.mentions()), (vec![3, 70], 11));
        seen.go_to(&(67..200));
        seen.add(&[(70, 1), (130, 1)]);
        seen.add(&[(71, 1), (130, 1), (199, 2)]);
        assert_eq!((several(&seen), seen.mentions(), seen.units()), (vec![130, 199], 6, 4));
    }
}
