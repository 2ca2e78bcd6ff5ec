//! What stands between words: signs that change what is said, and those that only change how it looks.

use crate::article::Span;
use crate::words::{is_dash, is_ignorable, quote_class};
use unicode_normalization::UnicodeNormalization;

/// Whether something between two words is an ellipsis: `…`, `...`, `. . .`, in brackets or not.
pub fn has_ellipsis(gap: &str) -> bool {
    let plain: String = gap.chars().filter(|c| !c.is_whitespace() && !is_ignorable(*c)).collect();
    plain.contains('\u{2026}') || plain.contains("...")
}

/// The same letters, capitals and accents alike.
pub fn same_letters(one: &str, other: &str) -> bool {
    one == other || seen(one).eq(seen(other))
}

fn seen(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc().filter(|c| !is_ignorable(*c))
}

/// The same punctuation: white space of any kind is a space, and a mark its typographic variants.
pub fn same_punctuation(one: &str, other: &str) -> bool {
    one == other || plain(one) == plain(other)
}

fn plain(gap: &str) -> String {
    let mut out = String::new();
    for c in gap.chars().filter(|c| !is_ignorable(*c)) {
        match c {
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_dash(c) => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            c => out.push(quote_class(c).unwrap_or(c)),
        }
    }
    // `. . .` and `...` are one mark.
    while let Some(at) = out.find(". .") {
        out.remove(at + 1);
    }
    out
}

/// A gap between two words, with the words at its sides.
#[derive(Clone, Copy)]
pub struct Gap<'a> {
    pub before: &'a str,
    pub gap: &'a str,
    pub after: &'a str,
}

/// Whether two gaps say the same: no sign of a number or currency, no point within a number, nothing that is no punctuation differs.
pub fn same_meaning(one: Gap, other: Gap) -> bool {
    signs(one) == signs(other) && within_number(one) == within_number(other)
}

/// The signs in a gap that are no punctuation.
fn signs(gap: Gap) -> String {
    let mut out: String = gap.gap.chars().filter(|c| is_sign(*c)).collect();
    if is_minus(gap) {
        out.push('-');
    }
    out
}

/// A sign that is read out: `$`, `%`, `+`, `&`.
fn is_sign(c: char) -> bool {
    let punctuation =
        c.is_ascii_punctuation() && !matches!(c, '$' | '%' | '+' | '&' | '=' | '<' | '>' | '/' | '#' | '@' | '~' | '^');
    !(punctuation
        || c.is_whitespace()
        || c.is_control()
        || is_ignorable(c)
        || is_dash(c)
        || quote_class(c).is_some()
        || c.is_alphanumeric()
        || matches!(c, '\u{2026}' | '\u{2022}' | '\u{b7}' | '\u{2032}' | '\u{2033}' | '\u{a0}' | '\u{201a}' | '\u{2039}' | '\u{203a}')
        || ('\u{3000}'..='\u{303f}').contains(&c)
        || ('\u{300}'..='\u{36f}').contains(&c)
        // Marks of other scripts, and decoration.
        || matches!(c, '\u{a1}' | '\u{bf}' | '\u{a7}' | '\u{b6}' | '\u{a9}' | '\u{ae}' | '\u{2122}' | '\u{2020}' | '\u{2021}' | '\u{fffd}')
        || matches!(c, '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{ff01}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}'))
}

/// A dash that belongs to the number after it alone: ` -5`.
fn is_minus(gap: Gap) -> bool {
    let mut before = gap.gap.chars().rev().skip_while(|c| is_sign(*c));
    let dash = before.next().is_some_and(is_dash);
    let alone = match before.next() {
        Some(c) => c.is_whitespace() || matches!(c, '(' | '[') || quote_class(c).is_some(),
        None => gap.before.is_empty(),
    };
    dash && alone && starts_with_digit(gap.after)
}

/// What stands within a number: `.` of `1.5`; nothing where a blank parts two numbers.
fn within_number(gap: Gap) -> Option<String> {
    let ends_with_digit = gap.before.chars().next_back().is_some_and(char::is_numeric);
    let apart = gap.gap.chars().any(char::is_whitespace) || gap.gap.is_empty();
    (ends_with_digit && starts_with_digit(gap.after) && !apart).then(|| plain(gap.gap))
}

fn starts_with_digit(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_numeric)
}

/// What stands between two words of a text.
pub fn gap(text: &str, before: Span, after: Span) -> Gap<'_> {
    Gap { before: before.of(text), gap: &text[before.end as usize..after.start as usize], after: after.of(text) }
}

/// The signs right before a word; a dash only before a number, and with nothing before it.
pub fn leading(text: &str, word: Span) -> String {
    let mut signs = String::new();
    let mut before = text[..word.start as usize].chars().rev().peekable();
    while let Some(sign) = before.next_if(|c| is_sign(*c)) {
        signs.push(sign);
    }
    let dash = before.next().is_some_and(is_dash);
    let alone = before.peek().is_none_or(|c| c.is_whitespace());
    if dash && alone && word.of(text).starts_with(char::is_numeric) {
        signs.push('-');
    }
    signs
}

/// The signs right after a word.
pub fn trailing(text: &str, word: Span) -> String {
    text[word.end as usize..].chars().take_while(|c| is_sign(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: [&str; 3], other: [&str; 3]) -> bool {
        same_meaning(Gap { before: one[0], gap: one[1], after: one[2] }, Gap { before: other[0], gap: other[1], after: other[2] })
    }

    #[test]
    fn a_sign_of_a_number_is_no_punctuation() {
        for (one, other, expected) in [
            (["of", " $", "5"], ["of", " \u{a3}", "5"], false),
            (["5", "% ", "of"], ["5", " ", "of"], false),
            (["1", ".", "5"], ["1", ",", "5"], false),
            (["at", " -", "5"], ["at", " ", "5"], false),
            (["3", "-", "5"], ["3", "\u{2013}", "5"], true),
            (["3", "-", "5"], ["3", " ", "5"], false),
            (["1986", ", ", "200"], ["1986", " ", "200"], true),
            (["A", "+ ", "rating"], ["A", "- ", "rating"], false),
            (["peace", ", ", "not"], ["peace", " \u{2014} ", "not"], true),
            (["it", "\u{2019}", "s"], ["it", "'", "s"], true),
        ] {
            assert_eq!(same(one, other), expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn an_ellipsis_is_one_however_it_is_set() {
        for gap in ["... ", " \u{2026} ", ". . . ", " [...] ", " (\u{2026}) ", ".... "] {
            assert!(has_ellipsis(gap), "{gap}");
        }
        assert!(!has_ellipsis(". ") && !has_ellipsis(", ") && !has_ellipsis(".. "));
        assert!(same_punctuation(" . . . ", " ... ") && same_punctuation(",\n", ", ") && !same_punctuation(", ", " "));
    }
}
