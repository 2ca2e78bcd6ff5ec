//! What a word looks like: small, with a capital, a number; and how it ends.

use super::{Shape, Symbol};

/// Kinds of characters: small letters, capitals and digits of ASCII, and all others that are beyond it.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
pub const BEYOND: u8 = 8;

/// The kind of the character a byte belongs to; none for a mark of ASCII.
pub const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80.. => BEYOND,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The small letter or the digit that a byte is; 0 for anything else.
pub const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            small[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// [`shape_of`] a word by the kinds of its characters, where all are of ASCII.
#[inline]
pub fn shape(word: &str, kinds: u8) -> Shape {
    match (KINDS[usize::from(word.as_bytes()[0])], kinds) {
        (LOWER, 0 | LOWER) => Shape::Lower,
        (UPPER, LOWER) => Shape::Capital,
        (first, _) => mixed(word, first, kinds),
    }
}

/// The same for words of which small letters are not all.
fn mixed(word: &str, first: u8, kinds: u8) -> Shape {
    if (first | kinds) & BEYOND != 0 {
        return shape_of(word);
    }
    let coded = word.len() < 6 && kinds & DIGIT != 0;
    let named = word.len() < 24 && kinds & UPPER != 0;
    match first {
        LOWER | UPPER if coded => Shape::Number,
        LOWER if named => Shape::Capital,
        LOWER => Shape::Lower,
        UPPER if kinds & (UPPER | LOWER) == UPPER => Shape::Shouted,
        UPPER => Shape::Capital,
        _ => Shape::Number,
    }
}

/// The ending of a word, see [`Word::point`].
pub fn ending(word: &str) -> Symbol {
    match word.as_bytes() {
        [.., b'e', b'd'] => Symbol::Past,
        [.., b'i', b'n', b'g'] => Symbol::Participle,
        [.., b'l', b'y'] => Symbol::Adverbial,
        [.., b's'] => Symbol::Plural,
        _ => Symbol::Other,
    }
}

fn shape_of(word: &str) -> Shape {
    if word.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) {
        let coded = word.len() < 6 && word.bytes().any(|b| b.is_ascii_digit());
        // "al-Munir", "d'Orsay", "eBay": names that begin small.
        let inner = word.len() < 24 && word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
        return match (coded, inner) {
            (true, _) => Shape::Number,
            (_, true) => Shape::Capital,
            _ => Shape::Lower,
        };
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(c) if c.is_numeric() || word.len() < 6 && word.bytes().any(|b| b.is_ascii_digit()) => Shape::Number,
        Some(c) if c.is_uppercase() => {
            let mut rest = letters.filter(|c| c.is_alphabetic()).peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Shape::Shouted } else { Shape::Capital }
        }
        _ => Shape::Lower,
    }
}
