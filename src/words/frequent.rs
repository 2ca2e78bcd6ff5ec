//! The words of which a phrase like "one of the" is made: so frequent that an index keeps their pairs.
//!
//! Reading the places of `of` and of `the` to find "of the" takes time with every text of an archive; one of ten words of
//! English follows another one of this list, and their pairs are a thirtieth of the index.

/// True for the words whose pairs are kept. Asked of every word of an archive, so words are compared as numbers.
pub fn is_frequent(key: &str) -> bool {
    key.len() <= LONGEST && NUMBERS.binary_search(&number(key.as_bytes())).is_ok()
}

/// The key under which two frequent words in a row are found. No plain word can have it.
pub fn pair_key(first: &str, second: &str) -> String {
    let mut key = String::with_capacity(first.len() + second.len() + 2);
    push_pair_key(&mut key, first, second);
    key
}

/// Adds the [`pair_key`] of two words to `key`.
pub fn push_pair_key(key: &mut String, first: &str, second: &str) {
    key.push(PAIR);
    key.push_str(first);
    key.push(' ');
    key.push_str(second);
}

const PAIR: char = '\u{5}';

const LONGEST: usize = 5;

/// The most frequent words of English news, in order; `s` is what follows an apostrophe.
const FREQUENT: [&str; 47] = [
    "a", "after", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his",
    "i", "in", "is", "it", "its", "more", "not", "of", "on", "one", "or", "s", "said", "that", "the", "their", "there", "they",
    "this", "to", "u", "was", "we", "were", "which", "who", "will", "with", "would",
];

/// The same words as numbers, in the same order.
const NUMBERS: [u64; FREQUENT.len()] = {
    let mut numbers = [0; FREQUENT.len()];
    let mut at = 0;
    while at < numbers.len() {
        numbers[at] = number(FREQUENT[at].as_bytes());
        at += 1;
    }
    numbers
};

/// At most eight bytes as a number that sorts as they do.
const fn number(bytes: &[u8]) -> u64 {
    let mut number = 0;
    let mut at = 0;
    while at < bytes.len() {
        number |= (bytes[at] as u64) << (56 - 8 * at);
        at += 1;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(
            FREQUENT.is_sorted() && NUMBERS.is_sorted() && FREQUENT.iter().all(|word| word.len() <= LONGEST && is_frequent(word))
        );
        assert!(!is_frequent("peace") && !is_frequent(""));
        assert!(crate::words::is_extra_key(pair_key("of", "the").as_bytes()));
    }
}
