//! How like the best passage each of the others is, by the words they share.
//!
//! Stories of one subject say it in the same words, also in those that the query does not have: what is like the best answer is more
//! often an answer than what is not. Only the passages that are looked at anyway are compared, and how rare a word is, is
//! told among them; so an archive is asked for nothing more.

use super::weights::idf;
use crate::words::{Words, is_stop_word};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// The words of each passage, by their hashes and ascending, with how often it has them.
#[derive(Default)]
pub(super) struct Likeness(Vec<Vec<(u64, u32)>>);

impl Likeness {
    /// Adds the next passage; without words it is like no other.
    pub fn add(&mut self, words: Option<&Words>) {
        self.0.push(words.map_or_else(Vec::new, counted));
    }

    /// The cosine between the words of each passage and those of the passage number `best`: 0 for no word in common, 1 for the same words.
    pub fn to(&self, best: usize) -> Vec<f32> {
        let mut with: HashMap<u64, u64> = HashMap::new();
        self.0.iter().flatten().for_each(|(word, _)| *with.entry(*word).or_default() += 1);
        // A word of one passage only makes none like another.
        let shared = |(word, _): &&(u64, u32)| with[word] > 1;
        let worth = |(word, count): &(u64, u32)| (*word, (1.0 + (*count as f32).ln()) * idf(self.0.len() as u64, with[word]));
        let weighed = |passage: &Vec<(u64, u32)>| unit_vector(passage.iter().filter(shared).map(worth).collect());
        let best: HashMap<u64, f32> = self.0.get(best).map_or_else(Vec::new, weighed).into_iter().collect();
        let cosine = |passage: Vec<(u64, f32)>| passage.iter().map(|(word, worth)| worth * best.get(word).unwrap_or(&0.0)).sum();
        self.0.iter().map(|passage| cosine(weighed(passage))).collect()
    }
}

fn counted(words: &Words) -> Vec<(u64, u32)> {
    let keys = (0..words.len() as u32).map(|position| words.key(words.word(position)));
    let says_something = |key: &&str| key.len() > 2 && !is_stop_word(key);
    let mut numbers: Vec<u64> = keys.filter(says_something).map(|key| xxh3_64(key.as_bytes())).collect();
    numbers.sort_unstable();
    numbers.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u32)).collect()
}

fn unit_vector(mut worths: Vec<(u64, f32)>) -> Vec<(u64, f32)> {
    let length = worths.iter().map(|(_, worth)| worth * worth).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    worths.iter_mut().for_each(|(_, worth)| *worth /= length);
    worths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(texts: &[&str]) -> Vec<f32> {
        let mut likeness = Likeness::default();
        texts.iter().for_each(|text| likeness.add(Some(&Words::of(text))));
        likeness.add(None);
        likeness.to(0)
    }

    #[test]
    fn passages_of_one_story_are_more_alike_than_others() {
        let all = likeness(&[
            "The ferry sank off Port Ellery in a storm",
            "Divers reached the ferry off Port Ellery",
            "A storm in the budget debate",
            "Rents went up",
        ]);
        assert!((all[0] - 1.0).abs() < 1e-5 && all[1] > all[2] && all[2] > all[3], "{all:?}");
        assert_eq!(all[3..], [0.0, 0.0]);
    }

    #[test]
    fn nothing_is_like_a_passage_that_was_not_read() {
        assert_eq!(likeness(&[]), [0.0]);
        assert_eq!(likeness(&["", "rents went up"]), [0.0; 3]);
    }
}
