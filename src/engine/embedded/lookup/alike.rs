//! The words of a dictionary that are few edits from a word.
//!
//! The dictionary is a tree of letters, walked with an automaton. tantivy's stream goes to each letter's node before it asks whether a word may go
//! on there; here a node is looked at when one may, and where no edit is left the letters of the word alone are looked for.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use tantivy::Term;
use tantivy::directory::OwnedBytes;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy_fst::Automaton;
use tantivy_fst::raw::{Fst, Node};

/// The first byte of a word as it is printed: those of joined spellings are less.
const FIRST: u8 = b' ';

/// The words at most so many edits from a word.
pub(super) struct Alike {
    word: String,
    distance: u8,
    automaton: DfaWrapper,
    /// The bytes of the word, ascending.
    letters: Vec<u8>,
    /// Bytes that it has not: one that begins a letter, and one that goes on with one.
    others: [Option<u8>; 2],
}

thread_local! {
    /// The one that was asked for last: it is the same for all fields and segments.
    static LAST: RefCell<Option<Rc<Alike>>> = const { RefCell::new(None) };
}

impl Alike {
    /// Those for a word and a number of edits.
    ///
    /// # Errors
    /// When there is no automaton for so many edits.
    pub fn to(word: &str, distance: u8) -> io::Result<Rc<Alike>> {
        let last = LAST.take().filter(|last| last.word == word && last.distance == distance);
        let alike = match last {
            Some(alike) => alike,
            None => Rc::new(Alike::new(word, distance)?),
        };
        LAST.set(Some(Rc::clone(&alike)));
        Ok(alike)
    }

    fn new(word: &str, distance: u8) -> io::Result<Alike> {
        // Any field will do: only the text is looked at.
        let term = Term::from_field_text(Field::from_field_id(0), word);
        let automaton = FuzzyTermQuery::new(term, distance, true).automaton().map_err(io::Error::other)?;
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters.dedup();
        let other = |mut bytes: std::ops::Range<u8>| bytes.find(|byte| !letters.contains(byte));
        let others = [other(0..0x80), other(0x80..0xC0)];
        Ok(Alike { word: word.to_owned(), distance, automaton, letters, others })
    }

    /// What accepts them.
    pub fn automaton(&self) -> &DfaWrapper {
        &self.automaton
    }

    /// Calls `found` with each of them that `words` has, ascending, until it gives false.
    pub fn each_of(&self, words: &Fst<OwnedBytes>, found: &mut dyn FnMut(&[u8]) -> bool) {
        Walk { alike: self, words, found, key: Vec::new() }.from(&words.root(), self.automaton.start());
    }

    /// Whether any letter may come next, and not only one of the word.
    fn may_edit(&self, state: u32) -> bool {
        let goes_on = |byte| self.automaton.can_match(&self.automaton.accept(&state, byte));
        self.others.iter().any(|other| other.is_none_or(goes_on))
    }
}

struct Walk<'a> {
    alike: &'a Alike,
    words: &'a Fst<OwnedBytes>,
    found: &'a mut dyn FnMut(&[u8]) -> bool,
    /// The bytes so far.
    key: Vec<u8>,
}

impl Walk<'_> {
    /// Goes on from a node; false when no more are wanted.
    fn from(&mut self, node: &Node, state: u32) -> bool {
        if node.is_empty() {
            return true;
        }
        if node.len() > 1 && !self.alike.may_edit(state) {
            let alike = self.alike;
            return alike.letters.iter().all(|letter| match alike.automaton.accept(&state, *letter) {
                next if alike.automaton.can_match(&next) => match node.find_input(*letter) {
                    Some(number) => self.along(node, number, *letter, next),
                    None => true,
                },
                _ => true,
            });
        }
        (0..node.len()).all(|number| {
            let letter = node.transition(number).inp;
            let next = self.alike.automaton.accept(&state, letter);
            !self.alike.automaton.can_match(&next) || self.along(node, number, letter, next)
        })
    }

    /// The same behind the next letter.
    fn along(&mut self, node: &Node, number: usize, letter: u8, state: u32) -> bool {
        if self.key.is_empty() && letter < FIRST {
            return true;
        }
        self.key.push(letter);
        let next = self.words.node(node.transition_addr(number));
        let goes_on =
            (!next.is_final() || !self.alike.automaton.is_match(&state) || (self.found)(&self.key)) && self.from(&next, state);
        self.key.pop();
        goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy_fst::{IntoStreamer, MapBuilder, Streamer};

    /// Numbers that are the same in every run.
    fn next(state: &mut u64) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*state >> 33) as usize
    }

    fn word(state: &mut u64) -> String {
        const LETTERS: [char; 8] = ['a', 'b', 'n', 'ä', 'å', 'ж', '€', '7'];
        (0..next(state) % 7).map(|_| LETTERS[next(state) % LETTERS.len()]).collect()
    }

    /// A tree of these words, which ascend.
    fn tree(words: &[String]) -> Fst<OwnedBytes> {
        let mut builder = MapBuilder::memory();
        words.iter().zip(0..).for_each(|(word, number)| builder.insert(word, number).unwrap());
        Fst::new(OwnedBytes::new(builder.into_inner().unwrap())).unwrap()
    }

    #[test]
    fn as_many_words_are_found_as_by_a_stream_with_the_same_automaton() {
        let mut state = 3;
        let mut words: Vec<String> = (0..3000).map(|_| word(&mut state)).chain(["\u{2}ab".to_owned()]).collect();
        words.sort_unstable();
        words.dedup();
        let tree = tree(&words);
        let mut all = 0;
        for round in 0..400 {
            let alike = Alike::to(&word(&mut state), 1 + (round % 2) as u8).unwrap();
            let mut found = Vec::new();
            alike.each_of(&tree, &mut |word| {
                found.push(word.to_vec());
                true
            });
            let mut expected = Vec::new();
            let mut stream = tree.search(alike.automaton()).ge(b" ").into_stream();
            while let Some((word, _)) = stream.next() {
                expected.push(word.to_vec());
            }
            assert_eq!(found, expected, "of {}", alike.word);
            all += found.len();
        }
        assert!(all > 4_000, "{all}");
    }

    #[test]
    fn no_word_is_given_to_who_wants_no_more() {
        let tree = tree(&["an".to_owned(), "bn".to_owned(), "cn".to_owned()]);
        let mut found = Vec::new();
        Alike::to("xn", 1).unwrap().each_of(&tree, &mut |word| {
            found.push(word.to_vec());
            found.len() < 2
        });
        assert_eq!(found, [b"an", b"bn"]);
    }
}
