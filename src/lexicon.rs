//! What common words do: lists of verbs of saying, titles, pronouns, nations, given names, abbreviations and the like.
//!
//! Takes the [`hash`] of a word and gives the set of [`Class`]es it belongs to; [`english`] leads from a foreign function word to the English
//! one that does the same work. Who is quoted, who is who and where a sentence ends are decided elsewhere with their help. The lists hold
//! common words and common given names; nothing here names a person, a party or a newspaper.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

mod abbreviations;
mod eastern;
mod endings;
mod foreign;
mod grammar;
pub mod nouns;
mod words;

pub use abbreviations::is_abbreviation;
pub use eastern::{Eastern, is_eastern_description, is_han};
pub use foreign::{Language, english, english_by_ending, given, stemmed};
pub use grammar::Grammar;

/// A set of word classes, one bit each.
pub type Class = u32;

/// A verb that can report speech in any form ("said", "added", "warned").
pub const SAY: Class = 1;
/// Articles, demonstratives, possessive pronouns and quantifiers: words that open a noun phrase.
pub const DETERMINER: Class = 1 << 1;
/// Prepositions.
pub const PREPOSITION: Class = 1 << 2;
/// Conjunctions and relative words.
pub const CONJUNCTION: Class = 1 << 3;
/// Auxiliary and copular verbs.
pub const AUXILIARY: Class = 1 << 4;
/// Third-person pronouns standing for a man.
pub const HE: Class = 1 << 5;
/// Third-person pronouns standing for a woman.
pub const SHE: Class = 1 << 6;
/// "they", "it", "who": pronouns that can speak, gender untold.
pub const THEY: Class = 1 << 7;
/// Any other pronoun ("I", "us", "him"), never a speaker outside the marks.
pub const OTHER_PRONOUN: Class = 1 << 8;
/// A title printed before a name ("President", "Sen.").
pub const TITLE: Class = 1 << 9;
/// A title that tells a man ("Mr").
pub const MISTER: Class = 1 << 10;
/// A title that tells a woman ("Mrs").
pub const MISSES: Class = 1 << 11;
/// Nouns for people by what they do ("spokesman", "analyst", "officials").
pub const ROLE: Class = 1 << 12;
/// Nouns for things that speak ("report", "statement", "poll", "police").
pub const SOURCE: Class = 1 << 13;
/// Words that end the name of an organisation ("Corp", "University", "Ministry").
pub const ORGANISATION: Class = 1 << 14;
/// A given name of men.
pub const MAN: Class = 1 << 15;
/// A given name of women.
pub const WOMAN: Class = 1 << 16;
/// Days, months.
pub const CALENDAR: Class = 1 << 17;
/// Countries and cities.
pub const PLACE: Class = 1 << 18;
/// "Russian", "Europeans".
pub const NATION: Class = 1 << 19;
/// Lower-case words inside a name ("van", "de", "al").
pub const PARTICLE: Class = 1 << 20;
/// Adverbs that stand between a speaker and a verb ("also", "later").
pub const ADVERB: Class = 1 << 21;
/// Words a sentence may begin with in capitals that start no name ("However", "When").
pub const OPENER: Class = 1 << 22;
/// "Jr", "III".
pub const SUFFIX: Class = 1 << 23;
/// Abbreviations whose full stop ends no sentence, in attribution.
pub const ABBREVIATION: Class = 1 << 24;
/// A role only a woman has ("spokeswoman", "mother").
pub const FEMININE: Class = 1 << 25;
/// A role only a man has ("chairman", "father").
pub const MASCULINE: Class = 1 << 26;
/// Participles of saying ("saying", "calling", "adding").
pub const SAYING: Class = 1 << 27;
/// Nouns that hold words ("claim", "statement", "description").
pub const SPOKEN: Class = 1 << 28;
/// Nouns for a work with a title ("book", "film", "show", "song").
pub const WORK: Class = 1 << 29;
/// "called", "dubbed", "known as": words that put a name in marks.
pub const NAMING: Class = 1 << 30;
/// Any other common word: with a capital at the beginning of a sentence it is no name. In German, where every noun has a capital, it is
/// told of nouns alone, wherever they stand (`quotation/words/nouns.rs`).
pub const COMMON: Class = 1 << 31;

/// Any third-person pronoun that can be the speaker.
pub const PRONOUN: Class = HE | SHE | THEY;

/// FNV-1a over lower-case bytes, folded to 32 bits: the identity of a word everywhere in this station.
pub fn hash(word: &str) -> u32 {
    let mut h = Hash::new();
    if word.is_ascii() {
        word.bytes().for_each(|b| h.byte(b.to_ascii_lowercase()));
    } else {
        let mut buffer = [0; 4];
        word.chars().flat_map(char::to_lowercase).for_each(|c| c.encode_utf8(&mut buffer).bytes().for_each(|b| h.byte(b)));
    }
    h.finish()
}

/// [`hash`] of a word in lower-case ASCII, known when the program is built: asking for it costs nothing.
pub const fn known(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut h = Hash::new();
    let mut at = 0;
    while at < bytes.len() {
        assert!(bytes[at].is_ascii() && !bytes[at].is_ascii_uppercase());
        h.byte(bytes[at]);
        at += 1;
    }
    h.finish()
}

/// [`known`] for a list of words.
pub const fn all_known<const N: usize>(words: [&str; N]) -> [u32; N] {
    let mut hashes = [0; N];
    let mut at = 0;
    while at < N {
        hashes[at] = known(words[at]);
        at += 1;
    }
    hashes
}

/// The running hash behind [`hash`].
pub struct Hash(u64);

impl Hash {
    /// The hash of nothing yet.
    pub const fn new() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    /// Takes one more byte in.
    pub const fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// The 32 bits.
    pub const fn finish(&self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}

/// A table by words, most of them by their [`hash`]: asked for every word of an article, and seeded anew for every table, so that no text can
/// be made of words that are all in one place of it.
pub type WordMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The same without values.
pub type WordSet<K> = HashSet<K, foldhash::fast::RandomState>;

/// The classes of a word, by its [`hash`]. An unknown word has none.
pub fn classes(hash: u32) -> Class {
    TABLE.get(hash)
}

/// The classes of some words at once: what is asked for with nothing between comes sooner from a table larger than the nearest memory.
pub fn classes_of<'w>(words: impl Iterator<Item = (u32, &'w mut Class)>) {
    let table = &*TABLE;
    words.for_each(|(hash, class)| *class = table.get(hash));
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::build);

/// An open-addressed table from word hash to classes, as small as it can be: every word of an article is looked up in it, and what does not
/// stay near is waited for.
struct Table {
    /// From the highest bits down: the upper half of the hash, how many places behind its own it stands and 1 (5 bits), and the number of its
    /// set of classes (11 bits). The lower half of the hash is the place itself. 0 is empty.
    slots: Vec<u32>,
    /// The sets of classes that words have.
    sets: Vec<Class>,
}

const SLOTS: usize = 1 << 16;

/// As many as 5 bits tell; the most is 11 today.
const MOST_STEPS: u32 = 31;

impl Table {
    fn build() -> Table {
        let lists = words::LISTS.iter().map(|(class, list)| (*class, list.split_whitespace().collect::<Vec<&str>>()));
        let short = [abbreviations::BOTH, abbreviations::IN_QUOTATIONS].map(|list| (ABBREVIATION, list.to_vec()));
        let mut all: WordMap<u32, Class> = WordMap::default();
        // In the order of the lists, so that each word is in the same place in every run.
        let mut keys: Vec<u32> = Vec::new();
        for (class, word) in lists.chain(short).flat_map(|(class, list)| list.into_iter().map(move |word| (class, word))) {
            let key = hash(word);
            *all.entry(key).or_insert_with(|| {
                keys.push(key);
                0
            }) |= class;
        }
        let mut table = Table { slots: vec![0; SLOTS], sets: Vec::new() };
        let mut numbers: WordMap<Class, u32> = WordMap::default();
        for key in keys {
            let class = all[&key];
            let number = *numbers.entry(class).or_insert_with(|| {
                table.sets.push(class);
                table.sets.len() as u32 - 1
            });
            table.add(key, number);
        }
        table
    }

    /// The slot `steps` places behind that of a hash, and what it holds above the number of its set if it is that word's.
    #[inline(always)]
    fn place(key: u32, steps: u32) -> (usize, u32) {
        (key.wrapping_add(steps) as usize & (SLOTS - 1), key >> 16 << 5 | (steps + 1))
    }

    fn add(&mut self, key: u32, number: u32) {
        let free = (0..MOST_STEPS).map(|steps| Table::place(key, steps)).find(|(slot, _)| self.slots[*slot] == 0);
        let (slot, above) = free.expect("the table has room beside every place");
        assert!(number < 1 << 11, "the sets of classes have numbers of 11 bits");
        self.slots[slot] = above << 11 | number;
    }

    #[inline]
    fn get(&self, key: u32) -> Class {
        let (slot, above) = Table::place(key, 0);
        match self.slots[slot] {
            0 => 0,
            found if found >> 11 == above => self.set(found),
            _ => self.further(key),
        }
    }

    #[inline(always)]
    fn set(&self, found: u32) -> Class {
        self.sets[(found & 0x7FF) as usize]
    }

    /// The classes of a word that does not stand in its own place.
    fn further(&self, key: u32) -> Class {
        for (slot, above) in (1..MOST_STEPS).map(|steps| Table::place(key, steps)) {
            match self.slots[slot] {
                0 => break,
                found if found >> 11 == above => return self.set(found),
                _ => {}
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// The words that stand more than once, whatever their capitals.
    pub(super) fn repeated<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        words.filter(|word| !seen.insert(word.to_lowercase())).collect()
    }

    #[test]
    fn no_list_of_words_has_a_word_twice() {
        for (class, list) in words::LISTS {
            assert_eq!(repeated(list.split_whitespace()), [""; 0], "in the list of class 1 << {}", class.trailing_zeros());
        }
        let classes: HashSet<Class> = words::LISTS.iter().map(|(class, _)| *class).collect();
        assert_eq!(classes.len(), words::LISTS.len(), "a class with two lists could have a word in both");
        let all = [abbreviations::BOTH, abbreviations::IN_PASSAGES, abbreviations::IN_QUOTATIONS].concat();
        assert_eq!(repeated(all.into_iter()), [""; 0], "an abbreviation that two know stands in the list of both");
    }

    #[test]
    fn said_is_a_verb_of_saying_in_any_case() {
        assert_eq!(classes(hash("SAID")) & SAY, SAY);
        assert_eq!(english(Language::German, hash("erklärte")), Some(hash("said")));
        assert_eq!(classes(hash("quayside")), 0);
    }

    #[test]
    fn the_packed_table_gives_each_word_the_classes_of_its_lists() {
        let mut all: HashMap<u32, Class> = HashMap::new();
        for (class, list) in words::LISTS {
            list.split_whitespace().for_each(|word| *all.entry(hash(word)).or_default() |= class);
        }
        let short = abbreviations::BOTH.iter().chain(abbreviations::IN_QUOTATIONS);
        short.for_each(|word| *all.entry(hash(word)).or_default() |= ABBREVIATION);
        for (word, class) in &all {
            assert_eq!(classes(*word), *class);
            // The same place, and another word.
            let other = word ^ 0x8001_0000;
            assert_eq!(classes(other), all.get(&other).copied().unwrap_or(0));
        }
    }

    #[test]
    fn the_table_is_less_than_half_full() {
        assert!(TABLE.slots.iter().filter(|slot| **slot != 0).count() < SLOTS / 2);
    }
}
