//! Common nouns of a language that prints them with a capital.
//!
//! In German a capital tells no name. A word is taken for a noun when the list has it, in any of its cases, when it ends in a noun of the
//! list (`Haushalts|ausschuss`), or in what only nouns end in (`-ung`, `-schaft`). What else it may be, a family name above all, its
//! neighbours tell (`quotation/words/nouns.rs`).

use super::endings::Endings;
use std::sync::LazyLock;

/// What a word is by its letters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A noun of the list, or one by its ending.
    Certain,
    /// A noun of the list that is a family name too: "Richter".
    OrFamily,
    /// It ends in a noun, and what stands before is no word that is known: "Zughalt", but "Westerwelle" too.
    Perhaps,
    /// Nothing of a noun.
    Unknown,
}

/// What a German word is, given in small letters.
pub fn german(word: &str) -> Noun {
    let word = word.rsplit('-').next().unwrap_or(word);
    match LIST.whole(word) {
        Some(Entry::Family) => return Noun::OrFamily,
        Some(_) => return Noun::Certain,
        None => {}
    }
    if SUFFIXES.iter().any(|(suffix, least)| word.len() >= *least && word.ends_with(suffix)) {
        return Noun::Certain;
    }
    match LIST.last_part(word) {
        Some(head) if LIST.is_part(&head) => Noun::Certain,
        Some(_) => Noun::Perhaps,
        None => Noun::Unknown,
    }
}

/// What only nouns end in, with the length from which it tells: "Samsung" is none.
const SUFFIXES: [(&str, usize); 16] = [
    ("ung", 8),
    ("ungen", 9),
    ("heit", 7),
    ("heiten", 9),
    ("keit", 8),
    ("keiten", 9),
    ("schaft", 9),
    ("schaften", 10),
    ("tion", 8),
    ("tionen", 9),
    ("tät", 7),
    ("ismus", 8),
    ("innen", 8),
    ("jährige", 8),
    ("jährigen", 9),
    ("jähriger", 9),
];

/// What stands before a noun in a compound and is no noun itself.
const BEFORE: [&str; 48] = [
    "auf", "ab", "an", "aus", "ein", "vor", "nach", "über", "unter", "um", "mit", "zu", "bei", "gegen", "wieder", "neben",
    "innen", "außen", "haupt", "ober", "vize", "ex", "euro", "miss", "un", "hoch", "groß", "klein", "jung", "alt", "neu", "rück",
    "hin", "durch", "zwischen", "mittel", "nord", "süd", "ost", "west", "zentral", "sozial", "bundes", "fach", "fern", "fehl",
    "sonder", "landes",
];

/// The endings of the cases, longest first; what is left is looked up with and without an umlaut.
const CASES: [&str; 10] = ["innen", "nen", "ern", "en", "es", "er", "in", "n", "s", "e"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// Alone and at the end of compounds.
    Plain,
    /// Alone only.
    Alone,
    /// A family name too.
    Family,
}

struct List(Endings<Entry>);

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = Endings::default();
    for word in include_str!("nouns/de.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let entry = match word.as_bytes()[0] {
            b'=' => Entry::Alone,
            b'+' => Entry::Family,
            _ => Entry::Plain,
        };
        list.add(word.trim_start_matches(['=', '+']), entry);
    }
    List(list)
});

/// The word, and what is left of it without the ending of a case, each with and without its umlaut.
fn stems(word: &str) -> impl Iterator<Item = String> {
    let cut = CASES.iter().filter_map(|case| word.strip_suffix(case)).filter(|stem| stem.len() >= 3);
    std::iter::once(word).chain(cut).flat_map(|stem| [Some(stem.to_string()), plain(stem)]).flatten()
}

/// The word with its last umlaut undone: `städt` is `stadt`.
fn plain(stem: &str) -> Option<String> {
    let (at, umlaut) = stem.char_indices().rev().find(|(_, c)| matches!(c, 'ä' | 'ö' | 'ü'))?;
    let vowel = match umlaut {
        'ä' => 'a',
        'ö' => 'o',
        _ => 'u',
    };
    let mut plain = stem.to_string();
    plain.replace_range(at..at + umlaut.len_utf8(), vowel.encode_utf8(&mut [0; 4]));
    Some(plain)
}

impl List {
    fn whole(&self, word: &str) -> Option<Entry> {
        stems(word).find_map(|stem| self.0.whole(&stem).or_else(|| self.0.whole(&format!("{stem}e")).filter(|_| stem != word)))
    }

    /// What stands before the longest noun that ends the word.
    fn last_part(&self, word: &str) -> Option<String> {
        let plain = |entry, length| entry == Entry::Plain && length >= 4;
        let longest = |mut stem: String| {
            let length = self.0.longest(&stem, plain)?;
            stem.truncate(stem.len() - length);
            (stem.len() >= 3 || BEFORE.contains(&stem.as_str())).then_some((length, stem))
        };
        stems(word).filter_map(longest).max().map(|(_, head)| head)
    }

    /// Whether a piece can begin a compound: a noun, with or without what links it to the next one.
    fn is_part(&self, head: &str) -> bool {
        const LINKS: [&str; 7] = ["", "s", "es", "n", "en", "er", "e"];
        let noun = |stem: &str| stem.len() >= 3 && (self.0.whole(stem).is_some() || self.0.whole(&format!("{stem}e")).is_some());
        BEFORE.contains(&head)
            || LINKS
                .iter()
                .filter_map(|link| head.strip_suffix(link))
                .any(|stem| noun(stem) || plain(stem).is_some_and(|s| noun(&s)))
            || SUFFIXES.iter().any(|(suffix, _)| head.trim_end_matches('s').ends_with(suffix))
            || head.len() >= 8 && self.last_part(head).is_some_and(|first| first.len() >= 3 && first.len() < head.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_known_in_any_case_and_as_the_end_of_compounds() {
        for word in
            ["minister", "ministers", "städte", "verbänden", "häuser", "experten", "haushaltsausschuss", "us-regierung", "ärztin"]
        {
            assert_eq!(german(word), Noun::Certain, "{word}");
        }
    }

    #[test]
    fn names_are_no_nouns() {
        for word in ["merkel", "habeck", "scholz", "berlin", "oldenburg", "gauland", "samsung"] {
            assert_eq!(german(word), Noun::Unknown, "{word}");
        }
        assert_eq!(german("richter"), Noun::OrFamily);
    }
}
