//! Counts how often the words of a quotation are printed again, between marks and without.
//!
//! What is quoted twice in the same words, or printed without marks too, is oftener a title or a term than somebody's words.

use super::{Quoted, Word};
use crate::lexicon::WordMap;

/// How often a quotation's words are printed elsewhere in the article; counted up to three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Echoes {
    /// As another quotation.
    pub quoted: u8,
    /// Without marks.
    pub plain: u8,
}

/// The longest quotation looked for, in words.
const LONGEST: usize = 8;
/// The most quotations that may begin with the same two words.
const RIVALS: usize = 4;

/// Fills in the echoes of the quotations of an article.
pub fn count(words: &[Word], quotes: &mut [Quoted]) {
    let texts: Vec<Vec<u32>> = quotes.iter().map(|quoted| content(&words[quoted.words.clone()])).collect();
    let mut same: WordMap<&[u32], u8> = WordMap::default();
    let mut begun: WordMap<(u32, u32), Vec<usize>> = WordMap::default();
    let mut seen = [0u64; 64];
    for (k, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let times = same.entry(text).or_default();
        *times = times.saturating_add(1);
        if let [first, second, ..] = text[..] {
            let list = begun.entry((first, second)).or_default();
            if list.len() < RIVALS {
                list.push(k);
            }
            seen[(first >> 6) as usize & 63] |= 1 << (first & 63);
        }
    }
    for (quoted, text) in quotes.iter_mut().zip(&texts) {
        quoted.echoes.quoted = same.get(text.as_slice()).map_or(0, |times| (times - 1).min(3));
    }
    for (at, word) in words.iter().enumerate() {
        if word.quote != 0 || seen[(word.hash >> 6) as usize & 63] >> (word.hash & 63) & 1 == 0 {
            continue;
        }
        let Some(list) = words.get(at + 1).and_then(|next| begun.get(&(word.hash, next.hash))) else { continue };
        for k in list {
            let text = &texts[*k];
            let here = words.get(at..at + text.len()).is_some_and(|run| run.iter().zip(text).all(|(w, t)| w.hash == *t));
            if here {
                quotes[*k].echoes.plain = (quotes[*k].echoes.plain + 1).min(3);
            }
        }
    }
}

/// The words of a quotation without marks at its ends; none for a long one.
fn content(words: &[Word]) -> Vec<u32> {
    if words.len() > LONGEST + 4 {
        return Vec::new();
    }
    let inner = words.iter().filter(|word| word.is_word()).map(|word| word.hash);
    Some(inner.collect::<Vec<u32>>()).filter(|text| text.len() <= LONGEST).unwrap_or_default()
}
