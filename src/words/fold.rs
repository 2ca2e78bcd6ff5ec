//! One word at a time: where it begins and ends, and its folded key.

use super::scripts::{self, is_pointing};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Which bytes are letters and digits of ASCII.
const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0);
    while byte < 0x80 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// The bytes covered by the next word at or after byte `at`.
pub(super) fn next_word(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = at;
    loop {
        let byte = *bytes.get(start)?;
        if PLAIN[usize::from(byte)] {
            break;
        }
        if byte < 0x80 {
            start += 1;
            continue;
        }
        let c = text[start..].chars().next()?;
        // What folding takes away is no word by itself.
        if c.is_alphanumeric() && !is_pointing(c) && !is_accent(c) {
            break;
        }
        start += c.len_utf8();
    }
    let plain = bytes[start..].iter().take_while(|byte| PLAIN[usize::from(**byte)]).count();
    let end = start + plain;
    let goes_on = plain == 0 || bytes.get(end).is_some_and(|byte| *byte >= 0x80 && !ends_a_word(&bytes[end..]));
    Some((start, if goes_on { end_of_word(text, start) } else { end }))
}

/// Whether a dash, a quotation mark, an apostrophe or an ellipsis comes next (U+2010 to U+2027), with which no word goes on.
fn ends_a_word(rest: &[u8]) -> bool {
    matches!(rest, [0xe2, 0x80, 0x90..=0xa7, ..])
}

/// One past the last byte of the word that begins at `start`, for words that are not plain ASCII.
fn end_of_word(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices();
    let Some((_, first)) = chars.next() else { return start };
    let alone = stands_alone(first);
    let mut end = start + first.len_utf8();
    for (offset, c) in chars {
        let after = start + offset + c.len_utf8();
        if is_combining_mark(c) || (alone && scripts::is_half_width_voicing(c)) {
            end = after;
        } else if is_ignorable(c) {
            if c == ZWNJ && scripts::parts_letters(&text[start..end], &text[after..]) {
                break;
            }
        } else if c.is_alphanumeric() && !alone && !stands_alone(c) {
            end = after;
        } else {
            break;
        }
    }
    end
}

/// The folded key of a single word (or of any text, without cutting it).
pub fn fold(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    fold_into(word, &mut key);
    key
}

pub(super) fn fold_into(word: &str, key: &mut String) {
    if word.is_ascii() {
        let from = key.len();
        key.push_str(word);
        key[from..].make_ascii_lowercase();
        return;
    }
    if word.contains(scripts::is_compatible) {
        let from = key.len();
        word.nfkc().for_each(|c| fold_letter(c, key));
        // A shape that is nothing but signs.
        if key.len() == from {
            key.push_str(word);
        }
    } else {
        word.nfc().for_each(|c| fold_letter(c, key));
    }
}

fn fold_letter(c: char, key: &mut String) {
    if c.is_ascii() {
        key.push(c.to_ascii_lowercase());
    } else if !(is_ignorable(c) || is_accent(c) || is_pointing(c)) {
        fold_char(scripts::plain(c), key);
    }
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold_char(c: char, key: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'ø' => key.push('o'),
            'ł' => key.push('l'),
            'đ' | 'ð' => key.push('d'),
            'þ' => key.push_str("th"),
            'ı' => key.push('i'),
            // As old newspapers print it.
            'ſ' => key.push('s'),
            'ё' => key.push('е'),
            'ς' => key.push('σ'),
            '\u{fb00}' => key.push_str("ff"),
            '\u{fb01}' => key.push_str("fi"),
            '\u{fb02}' => key.push_str("fl"),
            '\u{fb03}' => key.push_str("ffi"),
            '\u{fb04}' => key.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => key.push_str("st"),
            // Full-width forms of ASCII.
            '\u{ff01}'..='\u{ff5e}' => {
                key.extend(char::from_u32(c as u32 - 0xfee0).map(|c| c.to_ascii_lowercase()));
            }
            c if has_latin_or_greek_accents(c) => {
                decompose_canonical(c, |part| {
                    if !is_accent(part) {
                        key.push(if part == 'ſ' { 's' } else { part });
                    }
                });
            }
            c if is_accent(c) => {}
            c => key.push(c),
        }
    }
}

fn has_latin_or_greek_accents(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

/// Characters that change nothing for a reader: soft hyphen, zero-width joiners and marks of direction.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{61c}' | '\u{202a}'..='\u{202e}')
}

/// Parts what belongs together in Persian, where others print a space; elsewhere it only keeps letters from being tied.
pub(super) const ZWNJ: char = '\u{200c}';

/// Characters of scripts written without spaces: each is a word of its own, and a run of them a phrase.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// True for every hyphen and dash: hyphen-minus, the Unicode hyphens, figure, en and em dash, bar and minus.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The plain mark a quotation mark or apostrophe is a variant of: `"` or `'`.
pub fn quote_class(c: char) -> Option<char> {
    match c {
        '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => Some('"'),
        '\'' | '`' | '\u{b4}' | '\u{2bc}' | '\u{2018}'..='\u{201b}' => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any letter or mark behind plain letters ends the word where it is told to end letter by letter.
    #[test]
    fn a_word_ends_at_the_same_place_however_it_is_read() {
        for c in (0x80..=0x10_FFFF).filter_map(char::from_u32) {
            let mut text = String::from("ab");
            text.push(c);
            text.push('c');
            assert_eq!(next_word(&text, 0), Some((0, end_of_word(&text, 0))), "{c:?}");
        }
    }
}
