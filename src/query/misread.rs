//! What character recognition makes of a word: which printed words may be a misread one.
//!
//! Takes a folded word and says of any other whether it comes from it by a few of the usual confusions: `m` read as `rn`, `e` as `c`, the
//! long s of old print as `f`. The confusions of a word are one small automaton. The matcher runs it over the words of a text and an
//! engine over its dictionary, so both mean the same words by it.

use crate::words::Stem;
use std::fmt;

/// Letters that recognition takes for each other, either way, in folded words. Most are in what proofreaders of scanned books list
/// (Project Gutenberg, MobileRead, Oxford University Press); some (c/o, o/e, l/t, b/6, b/8, g/9, k/lc) are a judgement of ours. Misread capitals and
/// punctuation are not among them.
/// No digit stands for another digit: a year or a sum is never found by a different one.
const ALIKE: &[(&str, &str)] = &[
    ("c", "e"),
    ("c", "o"),
    ("e", "o"),
    ("b", "h"),
    ("n", "u"),
    ("i", "l"),
    ("i", "j"),
    ("l", "t"),
    ("f", "t"),
    ("v", "y"),
    ("g", "q"),
    // The long s.
    ("s", "f"),
    ("ss", "ff"),
    // Digits.
    ("l", "1"),
    ("i", "1"),
    ("o", "0"),
    ("s", "5"),
    ("z", "2"),
    ("b", "8"),
    ("b", "6"),
    ("g", "9"),
    // One letter and two.
    ("m", "rn"),
    ("m", "in"),
    ("m", "ni"),
    ("m", "iii"),
    ("d", "cl"),
    ("h", "li"),
    ("h", "ii"),
    ("h", "ll"),
    ("k", "lc"),
    ("n", "ri"),
    ("n", "ii"),
    ("u", "ii"),
    ("u", "li"),
    ("u", "ll"),
    ("w", "vv"),
    ("th", "di"),
    ("hn", "lm"),
    ("im", "un"),
];

/// Confusions allowed in a word of so many letters: short words have too many neighbours that are words themselves (`hat`, `bat`).
fn most(letters: usize, in_company: bool) -> usize {
    match letters {
        0..=2 => 0,
        3 => usize::from(in_company),
        4..=6 => 1,
        _ => 2,
    }
}

/// A word and everything it may be misread as.
#[derive(Clone)]
pub struct Misread {
    word: String,
    forms: Option<Stem>,
    /// How many confusions there may be.
    most: usize,
    /// From each node the bytes that may come next, and where they lead. Node `n * (length + 1) + at` has read `at` bytes of the word
    /// with `n` confusions; further ones stand within the letters of a confusion.
    steps: Vec<Vec<(u8, u32)>>,
}

/// How far a word has been read: the nodes it may be at.
#[derive(Debug, Clone)]
pub struct Progress {
    nodes: Vec<u32>,
    /// The beginning that all forms share has been read: any ending may follow.
    is_form: bool,
}

impl Misread {
    /// What `word`, a folded key, may be misread as; with `forms`, also its other forms, as long as the ending is read right.
    /// `in_company`: other words stand beside it, which make up for one that is short.
    pub fn of(word: &str, forms: bool, in_company: bool) -> Misread {
        let most = most(word.chars().count(), in_company);
        let mut steps = vec![Vec::new(); (word.len() + 1) * (most + 1)];
        for confusions in 0..=most {
            for (at, byte) in word.bytes().enumerate() {
                let node = confusions * (word.len() + 1) + at;
                steps[node].push((byte, (node + 1) as u32));
                if confusions < most {
                    confuse(word, at, node, &mut steps);
                }
            }
        }
        Misread { word: word.to_owned(), forms: forms.then(|| Stem::of(word)), most, steps }
    }

    /// True when a text's word with the key `key` may be this one.
    pub fn accepts(&self, key: &str) -> bool {
        self.reads(key, true)
    }

    /// True for spellings of the word itself, without other forms.
    pub fn accepts_spelling(&self, key: &str) -> bool {
        self.reads(key, false)
    }

    fn reads(&self, key: &str, forms: bool) -> bool {
        // Most words of a text are turned down by their first letter.
        if !key.bytes().next().is_some_and(|byte| self.steps[0].iter().any(|(wanted, _)| *wanted == byte)) {
            return false;
        }
        let (mut nodes, mut next) = (vec![0], Vec::new());
        for (at, byte) in key.bytes().enumerate() {
            self.advance(&nodes, byte, &mut next);
            std::mem::swap(&mut nodes, &mut next);
            if nodes.is_empty() {
                return false;
            }
            if forms && self.are_at(&nodes, self.shared()) && self.is_form(key.get(at + 1..)) {
                return true;
            }
        }
        self.are_at(&nodes, self.word.len())
    }

    /// Before the first byte of a key.
    pub fn start(&self) -> Progress {
        Progress { nodes: vec![0], is_form: false }
    }

    /// After one more byte of it.
    pub fn step(&self, progress: &Progress, byte: u8) -> Progress {
        let mut nodes = Vec::new();
        self.advance(&progress.nodes, byte, &mut nodes);
        let is_form = progress.is_form || self.forms.is_some() && self.are_at(&nodes, self.shared());
        Progress { nodes, is_form }
    }

    /// The nodes that `byte` leads to.
    fn advance(&self, nodes: &[u32], byte: u8, next: &mut Vec<u32>) {
        next.clear();
        for (_, node) in nodes.iter().flat_map(|node| &self.steps[*node as usize]).filter(|(wanted, _)| *wanted == byte) {
            if !next.contains(node) {
                next.push(*node);
            }
        }
    }

    /// True when a key that ends here may be accepted; [`Misread::accepts`] decides.
    pub fn may_end(&self, progress: &Progress) -> bool {
        progress.is_form || self.are_at(&progress.nodes, self.word.len())
    }

    /// True when a key that goes on from here may be accepted.
    pub fn may_go_on(progress: &Progress) -> bool {
        progress.is_form || !progress.nodes.is_empty()
    }

    /// Bytes of the word that all its forms begin with.
    fn shared(&self) -> usize {
        self.forms.as_ref().map_or(self.word.len(), |stem| stem.prefix().len())
    }

    fn is_form(&self, ending: Option<&str>) -> bool {
        let covers = |(stem, ending): (&Stem, &str)| stem.covers(&format!("{}{ending}", stem.prefix()));
        self.forms.as_ref().zip(ending).is_some_and(covers)
    }

    /// Is one of the nodes where so many bytes of the word are read?
    fn are_at(&self, nodes: &[u32], at: usize) -> bool {
        let length = self.word.len() + 1;
        nodes.iter().any(|node| *node as usize % length == at && (*node as usize) < length * (self.most + 1))
    }
}

/// Adds the ways over every confusion of the letters at byte `at`, which `node` stands before.
fn confuse(word: &str, at: usize, node: usize, steps: &mut Vec<Vec<(u8, u32)>>) {
    let Some(rest) = word.get(at..) else { return };
    for (letters, read) in ALIKE.iter().flat_map(|&(one, other)| [(one, other), (other, one)]) {
        if !rest.starts_with(letters) {
            continue;
        }
        let mut from = node;
        for byte in read[..read.len() - 1].bytes() {
            steps.push(Vec::new());
            let within = steps.len() - 1;
            steps[from].push((byte, within as u32));
            from = within;
        }
        let last = read.as_bytes()[read.len() - 1];
        steps[from].push((last, (node + word.len() + 1 + letters.len()) as u32));
    }
}

impl PartialEq for Misread {
    fn eq(&self, other: &Misread) -> bool {
        self.word == other.word && self.forms == other.forms && self.most == other.most
    }
}

impl fmt::Debug for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Misread({:?}, {}, {})", self.word, self.forms.is_some(), self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(word: &str, key: &str) -> bool {
        Misread::of(word, false, false).accepts(key)
    }

    #[test]
    fn the_usual_confusions_are_seen_through() {
        for (word, read) in [
            ("harbour", "barbonr"),
            ("government", "govemment"),
            ("ceasefire", "ccascfire"),
            ("modern", "modem"),
            ("paffage", "passage"),
            ("ship", "fhip"),
            ("1914", "l914"),
            ("brandauer", "branclauer"),
            ("the", "the"),
        ] {
            assert!(finds(word, read), "{word} {read}");
            assert!(finds(read, word) || read.len() < 7 && word.len() >= 7, "{read} {word}");
        }
    }

    #[test]
    fn confusions_are_few_and_short_words_stand_for_themselves() {
        for (word, read) in [
            ("hat", "bat"),
            ("he", "be"),
            ("peace", "pcacc"),
            ("harbour", "barbonn"),
            ("harbour", "darbour"),
            ("1914", "1911"),
            ("talk", "talks"),
            ("harbour", "harbou"),
            ("harbour", "harbourm"),
        ] {
            assert!(!finds(word, read), "{word} {read}");
        }
        assert!(Misread::of("the", false, true).accepts("tbe") && Misread::of("the", false, true).accepts("tlie"));
    }

    #[test]
    fn forms_are_found_with_their_beginning_misread() {
        let word = Misread::of("negotiate", true, false);
        assert!(["negotiate", "negotiating", "ncgotiating", "uegotiated", "negotiato"].iter().all(|key| word.accepts(key)));
        assert!(!word.accepts("negation") && !word.accepts("ncgctiatinq") && !word.accepts_spelling("negotiating"));
    }
}
