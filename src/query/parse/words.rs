//! Bare words: what is left of them without the punctuation around, and headlines as they are pasted.

use super::near;
use super::shape::joined;
use crate::query::lex::opens_phrase;
use crate::query::{Query, Word};
use crate::words::{Words, fold, is_stop_word};

/// Reads `text` as loose words only: a question or a headline in which no sign is meant as an operator.
/// `None` when there is no word in it.
pub fn loose(text: &str) -> Option<Query> {
    let words = text.split_whitespace().map(trim_word).filter(|word| !word.is_empty());
    let words: Vec<String> = words.flat_map(|word| glued(&word).unwrap_or(vec![word])).collect();
    let says_something = |word: &String| !is_stop_word(&fold(word));
    let all: Vec<&String> = if words.iter().any(says_something) {
        words.iter().filter(|word| says_something(word)).collect()
    } else {
        words.iter().collect()
    };
    let parts = all.into_iter().map(|word| if is_reserved(word) { word.to_lowercase() } else { word.clone() });
    joined(parts.map(|word| Query::Word(Word::Forms(word))).collect(), Query::Any)
}

/// The words of a bare word that headlines glue together: `CORN/OATS`, `ECHLIN<ECH>`, `SUNFLOWER--USDA`. `24/7` and `AC/DC` are one.
fn glued(text: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> =
        text.split(['/', '<', '>', '|', '\u{2014}']).flat_map(|part| part.split("--")).filter(|part| !part.is_empty()).collect();
    let is_word = |part: &&str| {
        part.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '\u{2019}'))
            && part.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    let apart = parts.len() > 1 && !text.contains("://") && parts.iter().all(is_word);
    let word = |part: &str| Some(trim_word(part)).map(|word| if is_reserved(&word) { word.to_lowercase() } else { word });
    apart.then(|| parts.into_iter().filter_map(word).collect())
}

/// A bare word as the words it is glued from.
pub(super) fn unglued(part: Query) -> Vec<Query> {
    let words = if let Query::Word(Word::Forms(text)) = &part { glued(text) } else { None };
    match words {
        Some(words) => words.into_iter().map(|word| Query::Word(Word::Forms(word))).collect(),
        None => vec![part],
    }
}

/// A bare word without the punctuation around it, and without a possessive 's.
pub(super) fn trim_word(typed: &str) -> String {
    let unescaped: String = unescape(typed);
    let words = Words::of(&unescaped);
    if words.is_empty() {
        return String::new();
    }
    let mut last = words.len() as u32 - 1;
    if last >= 1 && words.key(words.word(last)) == "s" {
        let gap = words.word(last - 1).end as usize..words.word(last).start as usize;
        let possessive = unescaped[gap].chars().all(|c| crate::words::quote_class(c) == Some('\''));
        last -= u32::from(possessive);
    }
    let (start, end) = words.extent(0, last);
    // What could not be typed as one bare word again is not part of it.
    unescaped[start..end].chars().filter(|c| can_stand_in_word(*c) && *c != '*').collect()
}

/// A bare word with wildcards, without punctuation around it.
pub(super) fn trim_wild(typed: &str) -> String {
    let text: String = unescape(typed).chars().filter(|c| can_stand_in_word(*c)).collect();
    let keep = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?');
    // A question mark at the end is punctuation.
    text.trim_start_matches(|c| !keep(c)).trim_end_matches(|c| !keep(c) || c == '?').to_owned()
}

/// False for signs that are never part of a bare word, however they were typed.
fn can_stand_in_word(c: char) -> bool {
    !matches!(c, '(' | ')' | '\\' | '~' | '^') && !c.is_control() && !opens_phrase(c)
}

fn unescape(typed: &str) -> String {
    let mut out = String::new();
    let mut chars = typed.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    out
}

pub(super) fn is_reserved(text: &str) -> bool {
    matches!(text, "AND" | "OR" | "NOT" | "SENTENCE") || near(text).is_some()
}
