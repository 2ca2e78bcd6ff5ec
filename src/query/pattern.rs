//! A word or phrase of a query in the form both the matcher and an engine can follow: paths of slots.
//!
//! `"U.S. plan"` has two paths, `u s plan` and `US plan` (printed in capitals). Each slot says which forms of a text it
//! accepts; an accepted form may span several words (`longterm` accepts `long-term`), and the next slot goes on after it.

use super::{Exactness, Misread, Phrase, Word};
use crate::words::{Joint, Stem, Words, fold};
use regex_automata::meta::{self, Regex};
use regex_automata::util::syntax;

/// All ways a word or phrase may be printed.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The ways, at most `MAX_PATHS`.
    pub paths: Vec<Path>,
    /// 0: slots in a row. Otherwise in any order with so many other words among them.
    pub slop: u32,
}

/// One way: slots that follow each other.
pub type Path = Vec<Slot>;

/// Most paths of one phrase: four places with two spellings each. Further joined spellings are not tried.
pub(super) const MAX_PATHS: usize = 16;

/// What may stand at one place of a phrase.
#[derive(Debug, Clone)]
pub enum Slot {
    /// This word, in one piece or joined (`longterm` accepts `long-term`).
    Key(String),
    /// This word where it is printed in capitals.
    Capitals(String),
    /// Every form of this word.
    Forms(Stem, String),
    /// Words with this beginning.
    Prefix(String),
    /// Words like this; `*` is any letters, `?` one.
    Wildcard(String),
    /// Words at most so many edits away.
    Fuzzy(String, u8),
    /// Every form of this word, or this word, also misread by a machine.
    Misread(Misread),
    /// Words a regular expression covers from end to end.
    Regex(Box<Regex>),
    /// Any one word.
    Anything,
}

impl Pattern {
    /// The pattern of one bare word. `forms`: other forms of the word count too.
    pub fn of_word(word: &Word, forms: bool) -> Pattern {
        let single = |slot| Pattern { paths: vec![vec![slot]], slop: 0 };
        match word {
            Word::Forms(text) => {
                let words = Words::of(text);
                match words.len() {
                    1 if forms => single(forms_slot(words.key(words.word(0)))),
                    _ => Pattern { paths: paths(text, false, MAX_PATHS), slop: 0 },
                }
            }
            Word::Misread(text) => Pattern::of_word(&Word::Forms(text.clone()), forms).misread(),
            Word::Wildcard(text) => Pattern { paths: paths(text, true, MAX_PATHS), slop: 0 },
            Word::Fuzzy(text, distance) => single(Slot::Fuzzy(fold(text), *distance)),
            Word::Regex(text) => match compile_regex(text) {
                Ok(regex) => single(Slot::Regex(Box::new(regex))),
                Err(_) => Pattern { paths: Vec::new(), slop: 0 },
            },
        }
    }

    /// The pattern of a phrase by its words; letters and punctuation are looked at elsewhere.
    pub fn of_phrase(phrase: &Phrase) -> Pattern {
        let pattern = Pattern { paths: paths(&phrase.text, phrase.exactness <= Exactness::Words, MAX_PATHS), slop: phrase.slop };
        if phrase.exactness == Exactness::Misread { pattern.misread() } else { pattern }
    }

    /// The same with every word also as it may be misread.
    fn misread(mut self) -> Pattern {
        for path in &mut self.paths {
            let in_company = path.len() > 1;
            for slot in path {
                match slot {
                    Slot::Key(key) => *slot = Slot::Misread(Misread::of(key, false, in_company)),
                    Slot::Forms(_, key) => *slot = Slot::Misread(Misread::of(key, true, in_company)),
                    _ => {}
                }
            }
        }
        self
    }

    /// True when a phrase may be printed in more ways than are looked for.
    pub(super) fn is_cut(phrase: &Phrase) -> bool {
        paths(&phrase.text, phrase.exactness <= Exactness::Words, MAX_PATHS + 1).len() > MAX_PATHS
    }
}

fn forms_slot(key: &str) -> Slot {
    Slot::Forms(Stem::of(key), key.to_owned())
}

/// The first `most` paths through a text, word by word; with `wild`, a piece between spaces may hold `*` and `?`.
fn paths(text: &str, wild: bool, most: usize) -> Vec<Path> {
    if !wild || !text.contains(['*', '?']) {
        return plain_paths(text, most);
    }
    let mut all = vec![Vec::new()];
    for piece in text.split_whitespace() {
        let ways = if piece.contains('*') || piece.trim_end_matches(['?', '.', ',', '!']).contains('?') {
            wild_paths(piece)
        } else {
            plain_paths(piece, most)
        };
        if ways.is_empty() {
            continue;
        }
        all = all.iter().flat_map(|head: &Path| ways.iter().map(|way| [head.clone(), way.clone()].concat())).take(most).collect();
    }
    // `"* peace"` begins anywhere: a word that may be anything at either end only asks that there is one.
    all.retain(|path| path.iter().any(|slot| !matches!(slot, Slot::Anything)));
    all
}

/// A piece with wildcards: `*` alone is any word; parts split by punctuation follow each other.
fn wild_paths(piece: &str) -> Vec<Path> {
    if piece == "*" {
        return vec![vec![Slot::Anything]];
    }
    let keep = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?') || ('\u{300}'..='\u{36f}').contains(&c);
    let path: Path = piece
        .split(|c| !keep(c))
        .filter(|part| !part.is_empty())
        .map(|part| {
            let key = fold(part);
            match key.strip_suffix('*') {
                Some("") => Slot::Anything,
                Some(prefix) if !prefix.contains(['*', '?']) => Slot::Prefix(prefix.to_owned()),
                None if !key.contains(['*', '?']) => Slot::Key(key),
                _ => Slot::Wildcard(key),
            }
        })
        .collect();
    if path.is_empty() { Vec::new() } else { vec![path] }
}

fn plain_paths(text: &str, most: usize) -> Vec<Path> {
    let words = Words::of(text);
    let mut walk = Walk { text, words: &words, most, path: Vec::new(), all: Vec::new() };
    walk.on_from(0);
    walk.all.retain(|path| !path.is_empty());
    walk.all
}

/// Goes every way through the words of a phrase.
struct Walk<'a> {
    text: &'a str,
    words: &'a Words,
    most: usize,
    /// The way so far.
    path: Path,
    all: Vec<Path>,
}

impl Walk<'_> {
    /// Adds every way from word `at` to the end, the plain one first.
    fn on_from(&mut self, at: u32) {
        let words = self.words;
        if at as usize >= words.len() {
            self.all.push(self.path.clone());
            return;
        }
        if self.all.len() >= self.most {
            return;
        }
        self.over(Slot::Key(words.key(words.word(at)).to_owned()), at + 1);
        for form in words.forms().iter().filter(|form| form.position == at && form.width > 1) {
            let key = words.key(form)[1..].to_owned();
            let (left, right) = (words.word(at), words.word(at + 1));
            let gap = &self.text[left.end as usize..right.start as usize];
            let dotted = Joint::of(gap, left.of(self.text), right.of(self.text)) == Some(Joint::Dot);
            self.over(if dotted { Slot::Capitals(key) } else { Slot::Key(key) }, at + u32::from(form.width));
        }
    }

    /// Adds every way that goes over `slot` to word `next`.
    fn over(&mut self, slot: Slot, next: u32) {
        self.path.push(slot);
        self.on_from(next);
        self.path.pop();
    }
}

impl Slot {
    /// True when this slot accepts the form with `key`, as [`Words::key`] gives it.
    pub fn accepts(&self, key: &str) -> bool {
        match key.as_bytes().first() {
            None => false,
            Some(1) => matches!(self, Slot::Capitals(own) if own == &key[1..]),
            Some(0..=4) => self.accepts_joined(&key[1..]),
            Some(_) => self.accepts_plain(key),
        }
    }

    fn accepts_joined(&self, key: &str) -> bool {
        match self {
            Slot::Key(own) | Slot::Forms(_, own) => own == key,
            Slot::Prefix(prefix) => key.starts_with(prefix.as_str()),
            Slot::Wildcard(pattern) => wildcard(pattern, key),
            Slot::Misread(word) => word.accepts_spelling(key),
            _ => false,
        }
    }

    fn accepts_plain(&self, key: &str) -> bool {
        match self {
            Slot::Key(own) => own == key,
            Slot::Capitals(_) => false,
            Slot::Forms(stem, _) => stem.covers(key),
            Slot::Prefix(prefix) => key.starts_with(prefix.as_str()),
            Slot::Wildcard(pattern) => wildcard(pattern, key),
            Slot::Misread(word) => word.accepts(key),
            Slot::Fuzzy(own, distance) => edits(own, key, *distance as usize).is_some(),
            Slot::Regex(regex) => regex.is_match(key),
            Slot::Anything => true,
        }
    }
}

/// A regular expression over a whole folded word, of at most 256 bytes.
pub(super) fn compile_regex(text: &str) -> Result<Regex, String> {
    if text.len() > 256 {
        return Err("longer than 256 bytes".into());
    }
    let syntax = syntax::Config::new().case_insensitive(true);
    let parsed = syntax::parse_with(&format!("^(?:{text})$"), &syntax)
        .map_err(|error| error.to_string().lines().last().unwrap_or("not valid").trim().to_owned())?;
    // Without a prefilter: it would look ahead in long texts, here are single words, and for many alternatives in any case of
    // letters it alone takes 100 ms to make.
    // What it keeps of its states is small: a query has many expressions, and each is made twice.
    let limits = meta::Config::new().nfa_size_limit(Some(1 << 20)).hybrid_cache_capacity(1 << 19).auto_prefilter(false);
    meta::Builder::new().configure(limits).build_from_hir(&parsed).map_err(|error| error.to_string())
}

/// True when `pattern` covers the whole of `key`: `*` any characters, `?` exactly one. Linear in practice, quadratic at worst.
fn wildcard(pattern: &str, key: &str) -> bool {
    let (pattern, key): (Vec<char>, Vec<char>) = (pattern.chars().collect(), key.chars().collect());
    let (mut p, mut k, mut star) = (0, 0, None);
    while k < key.len() {
        if p < pattern.len() && (pattern[p] == '?' || pattern[p] == key[k]) && pattern[p] != '*' {
            p += 1;
            k += 1;
        } else if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, k));
            p += 1;
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            p = at + 1;
            k = taken + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Letters added, left out, changed or swapped with a neighbour to make `a` into `b`; `None` when more than `most`.
///
/// The restricted Damerau-Levenshtein distance (optimal string alignment).
pub fn edits(a: &str, b: &str, most: usize) -> Option<usize> {
    // What both begin and end with costs nothing; most words of a dictionary are turned down by what is left.
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let same = (0..=same).rev().find(|&at| a.is_char_boundary(at) && b.is_char_boundary(at)).unwrap_or(0);
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    let fits = |at: &usize| a.is_char_boundary(a.len() - at) && b.is_char_boundary(b.len() - at);
    let tail = (0..=tail).rev().find(fits).unwrap_or(0);
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if most == 1 && a.is_ascii() && b.is_ascii() {
        let swapped = a.len() == 2 && b.len() == 2 && a.bytes().eq(b.bytes().rev());
        return (a.len().max(b.len()) <= 1 || swapped).then_some(usize::from(!(a.is_empty() && b.is_empty())));
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|cost| *cost > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    Some(above[b.len()]).filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_cover_whole_words() {
        assert!(
            wildcard("ceasef*", "ceasefires")
                && wildcard("wom?n", "women")
                && wildcard("*fire", "ceasefire")
                && wildcard("*a*b*", "xaxbx")
        );
        assert!(!wildcard("wom?n", "womn") && !wildcard("?", "ab") && !wildcard("a*b", "abc"));
    }

    #[test]
    fn edits_are_counted_with_swaps() {
        assert_eq!(edits("witkof", "witkoff", 1), Some(1));
        assert_eq!(edits("wiktoff", "witkoff", 1), Some(1));
        assert_eq!(edits("wolf", "witkoff", 2), None);
        assert_eq!(edits("", "ab", 2), Some(2));
    }
}
