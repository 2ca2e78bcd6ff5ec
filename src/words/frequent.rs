//! The words of which a phrase like "one of the" is made: so frequent that an index keeps their pairs.
//!
//! Reading the places of `of` and of `the` to find "of the" takes time with every text of an archive; one of ten words of
//! English follows another one of this list, and their pairs are a thirtieth of the index.

/// True for the words whose pairs are kept.
pub fn is_frequent(key: &str) -> bool {
    key.len() <= LONGEST && FREQUENT.binary_search(&key).is_ok()
}

/// The key under which two frequent words in a row are found. No plain word can have it.
pub fn pair_key(first: &str, second: &str) -> String {
    format!("{PAIR}{first} {second}")
}

const PAIR: char = '\u{5}';

const LONGEST: usize = 5;

/// The most frequent words of English news, in order; `s` is what follows an apostrophe.
const FREQUENT: &[&str] = &[
    "a", "after", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his",
    "i", "in", "is", "it", "its", "more", "not", "of", "on", "one", "or", "s", "said", "that", "the", "their", "there", "they",
    "this", "to", "u", "was", "we", "were", "which", "who", "will", "with", "would",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(FREQUENT.is_sorted() && FREQUENT.iter().all(|word| word.len() <= LONGEST && is_frequent(word)));
        assert!(!is_frequent("peace") && !is_frequent(""));
        assert!(crate::words::is_extra_key(pair_key("of", "the").as_bytes()));
    }
}
