//! What is kept of a body to find its passages again in others: a sample of its sequences of words.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, 2003): of every [`WINDOW`] sequences that follow each other the one with the smallest hash is
//! kept. Which one that is depends on these words alone. So whoever asks with all sequences of a text meets every body that has
//! [`CERTAIN`] of its words in a row, and most of those that have half as many.

use super::{Body, shingle};

/// Words of a sequence: with four the common phrases of any news would meet, with six one altered word in six would hide everything.
pub const SEQUENCE: usize = 5;

/// Sequences of which one is kept, that is one for every twelve words: as many as 3 % of an index hold.
const WINDOW: usize = 22;

/// So many words in a row that two bodies share are found for certain.
pub const CERTAIN: usize = WINDOW + SEQUENCE - 1;

/// Bits of a hash that are kept. Of an archive of a gigabyte one article in 10,000 has a given one by chance.
const BITS: u32 = 24;

/// The fingerprints of a body, ascending.
pub fn fingerprints(body: &Body) -> Vec<u32> {
    let sequences: Vec<u32> = body.words.windows(SEQUENCE).map(shingle).collect();
    let mut kept: Vec<u32> = Vec::with_capacity(2 * sequences.len() / WINDOW + 1);
    let mut last = None;
    for (first, window) in sequences.windows(WINDOW.min(sequences.len().max(1))).enumerate() {
        let newest = first + window.len() - 1;
        let least = match last {
            Some(last) if last >= first && sequences[newest] > sequences[last] => continue,
            Some(last) if last >= first => newest,
            _ => first + smallest(window),
        };
        kept.push(of(sequences[least]));
        last = Some(least);
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Every sequence of a text as a body that has it may keep it, ascending.
pub fn sequences(text: &str) -> Vec<u32> {
    let body = Body::of_paragraphs([text].into_iter());
    let mut all: Vec<u32> = body.words.windows(SEQUENCE).map(|words| of(shingle(words))).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The last of the smallest.
fn smallest(window: &[u32]) -> usize {
    window.iter().enumerate().rev().min_by_key(|(_, hash)| **hash).map_or(0, |(at, _)| at)
}

fn of(hash: u32) -> u32 {
    hash >> (u32::BITS - BITS)
}
