//! What a language is like beyond its words: the lines of its file that are named in capitals.
//!
//! `GRAMMAR` says how noun phrases and subjects stand, `VERBS` and `PLURALS` how finite verbs end, `ADJECTIVES` how adjectives end
//! that stand before their noun, `CASES` how names are inflected, `LETTERS` which letters tell the language, `ELISIONS` which words lose their vowel before another (`l'avocat`).

use super::foreign::{Language, files};
use super::hash;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What reading needs to know of a language beyond its words.
#[derive(Debug, Default)]
pub struct Grammar {
    /// The noun that decides comes first, what belongs to it behind it: `o ministro da Fazenda`.
    pub noun_first: bool,
    /// What belongs to a noun follows it without a word for "of": `глава правительства`.
    pub genitive: bool,
    /// A verb needs no subject: `afirmou.`
    pub drops_subject: bool,
    /// Endings of finite verbs, the longest first.
    verbs: Vec<&'static str>,
    /// Endings of finite verbs of several people.
    plurals: Vec<&'static str>,
    /// Endings of adjectives.
    adjectives: Vec<&'static str>,
    /// Endings of inflected names, the longest first.
    cases: Vec<&'static str>,
    /// Letters and marks that others do not have, by which a sentence is told.
    letters: Vec<char>,
    /// Hashes of words that may stand before an apostrophe.
    elisions: Vec<u32>,
}

impl Grammar {
    /// The grammar of a language; English and languages whose file says nothing have the plainest.
    pub fn of(language: Language) -> &'static Grammar {
        static PLAIN: LazyLock<Grammar> = LazyLock::new(Grammar::default);
        ALL.get(&language).unwrap_or(&PLAIN)
    }

    fn read(lines: impl Iterator<Item = (&'static str, &'static str)>) -> Grammar {
        let mut grammar = Grammar::default();
        for (name, words) in lines {
            let mut list: Vec<&'static str> = words.split_whitespace().map(|word| word.trim_start_matches('-')).collect();
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
            match name {
                "GRAMMAR" => {
                    grammar.noun_first = list.contains(&"noun-first");
                    grammar.genitive = list.contains(&"genitive");
                    grammar.drops_subject = list.contains(&"drops-subject");
                }
                "VERBS" => grammar.verbs = list,
                "PLURALS" => grammar.plurals = list,
                "ADJECTIVES" => grammar.adjectives = list,
                "CASES" => grammar.cases = list,
                "LETTERS" => grammar.letters = words.chars().filter(|c| !c.is_whitespace()).collect(),
                "ELISIONS" => grammar.elisions = list.into_iter().map(hash).collect(),
                _ => {}
            }
        }
        grammar
    }

    /// Whether a word ends like a finite verb.
    pub fn ends_like_verb(&self, word: &str) -> bool {
        ends(&self.verbs, word, 2)
    }

    /// Whether a verb ends as one of several people does.
    pub fn ends_like_plural(&self, verb: &str) -> bool {
        ends(&self.plurals, verb, 2)
    }

    /// Whether a word ends like an adjective that may stand before its noun.
    pub fn ends_like_adjective(&self, word: &str) -> bool {
        ends(&self.adjectives, word, 4)
    }

    /// Whether a letter or mark tells this language from the others.
    pub fn has_letter(&self, letter: char) -> bool {
        self.letters.contains(&letter)
    }

    /// Whether names are inflected.
    pub fn inflects(&self) -> bool {
        !self.cases.is_empty()
    }

    /// A name without the ending of its case; what is left tells its forms from those of other names.
    pub fn stem<'w>(&self, word: &'w str) -> &'w str {
        let fits = |ending: &&&str| word.ends_with(**ending) && word[..word.len() - ending.len()].chars().count() >= 3;
        self.cases.iter().find(fits).map_or(word, |ending| &word[..word.len() - ending.len()])
    }

    /// Whether a word (by hash) may lose its vowel before an apostrophe.
    pub fn elides(&self, word: u32) -> bool {
        self.elisions.contains(&word)
    }
}

/// Whether a word has one of the endings behind at least `least` other letters.
fn ends(endings: &[&str], word: &str, least: usize) -> bool {
    endings.iter().any(|ending| word.ends_with(ending) && word[..word.len() - ending.len()].chars().count() >= least)
}

static ALL: LazyLock<HashMap<Language, Grammar>> =
    LazyLock::new(|| files().map(|(language, lines)| (language, Grammar::read(lines))).collect());
