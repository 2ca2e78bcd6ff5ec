//! Word forms that say the same: `talk`, `talks`, `talking`.
//!
//! Loose words of a query match every form with the same English (Porter 2) stem, and a Korean noun with a particle; phrases never do. Nothing stemmed is
//! stored: the engine looks the forms up in its dictionary of words, and the matcher stems the words of a passage.

use super::scripts::has_particle;

/// The forms of one loose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stem {
    word: String,
    stem: String,
}

impl Stem {
    /// The forms of `word`, a folded key.
    pub fn of(word: &str) -> Stem {
        Stem { word: word.to_owned(), stem: stem(word) }
    }

    /// What every form begins with: the stem without a last letter that inflection may change (`happ` for `happy`).
    pub fn prefix(&self) -> &str {
        let trimmed = self.stem.strip_suffix(['e', 'i', 'y']).unwrap_or(&self.stem);
        if trimmed.len() >= 3 && self.word.starts_with(trimmed) { trimmed } else { &self.word }
    }

    /// What the forms of this word have in common; the word itself where nothing was taken off.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// True when the forms of this word are the regular words with its stem, all of them and no others, but for Korean particles.
    pub fn is_regular(&self) -> bool {
        let prefix = self.stem.strip_suffix(['e', 'i', 'y']).unwrap_or(&self.stem);
        prefix.len() >= 3 && self.word.starts_with(prefix) && self.word.len() <= self.stem.len() + LONGEST_ENDING
    }

    /// True when `key`, a folded key, is a form of this word.
    pub fn covers(&self, key: &str) -> bool {
        if key.as_bytes().first() != self.word.as_bytes().first() {
            return false;
        }
        key == self.word
            || has_particle(key, &self.word)
            || key.len() <= self.stem.len() + LONGEST_ENDING && key.starts_with(self.prefix()) && stem(key) == self.stem
    }
}

/// No English inflection handled by the stemmer adds more: `-ational`, `-fulness`.
const LONGEST_ENDING: usize = 8;

fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    frostem::Stemmer::new(frostem::Algorithm::English).stem(word).to_string()
}

/// True for words that say nothing about what a text is on; they are ranked only when a query has no others.
pub fn is_stop_word(key: &str) -> bool {
    let letter = key.bytes().next().map_or(usize::MAX, |letter| usize::from(letter).wrapping_sub(usize::from(b'a')));
    letter < LETTERS && STOP_WORDS[FIRST[letter]..FIRST[letter + 1]].contains(&key)
}

const LETTERS: usize = 26;

/// Where the stop words with each letter begin: every word of the passages that are compared is looked for.
const FIRST: [usize; LETTERS + 1] = {
    let mut first = [0; LETTERS + 1];
    let mut at = 0;
    while at < STOP_WORDS.len() {
        first[(STOP_WORDS[at].as_bytes()[0] - b'a') as usize + 1] = at + 1;
        at += 1;
    }
    let mut letter = 1;
    while letter <= LETTERS {
        if first[letter] < first[letter - 1] {
            first[letter] = first[letter - 1];
        }
        letter += 1;
    }
    first
};

/// English function words, in order. Prepositions of place and negations are few on purpose: "off", "against" and
/// "not" carry sense in news.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "between", "both", "but",
    "by", "can", "could", "did", "do", "does", "each", "for", "from", "had", "has", "have", "having", "he", "her", "his", "how",
    "i", "if", "in", "into", "is", "it", "its", "may", "might", "more", "most", "my", "of", "on", "or", "other", "our", "over",
    "s", "shall", "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "through", "to", "under", "upon", "was", "we", "were", "what", "when", "where", "whether", "which",
    "while", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_are_covered() {
        for (word, form) in
            [("talks", "talk"), ("hoping", "hope"), ("happy", "happiness"), ("ceasefire", "ceasefires"), ("agree", "agreed")]
        {
            assert!(Stem::of(word).covers(form), "{word} {form}");
            assert!(Stem::of(form).covers(word), "{form} {word}");
        }
        for (word, other) in [("peace", "peach"), ("us", "use"), ("war", "warm"), ("1986", "19861")] {
            assert!(!Stem::of(word).covers(other), "{word} {other}");
        }
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP_WORDS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
        assert!(!["", "peace", "{", "A", "élan", "zone", "thee"].iter().any(|word| is_stop_word(word)));
    }
}
