//! Phrases matched letter by letter, punctuation included.

use crate::words::{is_dash, is_ignorable, quote_class};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A phrase whose letters and punctuation must be printed as typed.
///
/// White space of any kind is one space; quotation marks, apostrophes and dashes are equal to their typographic variants;
/// soft hyphens are not there. Accents count. A match does not begin or end inside a run of letters and digits.
#[derive(Debug)]
pub(super) struct ExactPhrase {
    wanted: Vec<char>,
    case: bool,
}

/// A normalised character and the bytes of the text it stands for.
type PrintedChar = (char, u32, u32);

impl ExactPhrase {
    /// `case`: capitals must agree too.
    pub fn new(phrase: &str, case: bool) -> ExactPhrase {
        let wanted = normalised(phrase.trim(), case).into_iter().map(|(c, _, _)| c).collect();
        ExactPhrase { wanted, case }
    }

    /// The byte ranges of `text` where the phrase is printed.
    pub fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let printed = normalised(text, self.case);
        let Some(&first) = self.wanted.first() else { return Vec::new() };
        let length = self.wanted.len();
        let mut found = Vec::new();
        for start in 0..(printed.len() + 1).saturating_sub(length) {
            if printed[start].0 == first
                && printed[start..start + length].iter().map(|p| p.0).eq(self.wanted.iter().copied())
                && !cuts_a_word(&printed, start)
                && !cuts_a_word(&printed, start + length)
            {
                found.push((printed[start].1 as usize, printed[start + length - 1].2 as usize));
            }
        }
        found
    }
}

/// True when the characters on both sides of `at` belong to one run of letters and digits.
fn cuts_a_word(printed: &[PrintedChar], at: usize) -> bool {
    at > 0 && at < printed.len() && is_of_word(printed[at - 1].0) && is_of_word(printed[at].0)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || canonical_combining_class(c) != 0
}

fn normalised(text: &str, case: bool) -> Vec<PrintedChar> {
    let mut out: Vec<PrintedChar> = Vec::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        if c.is_ascii_alphanumeric() && chars.peek().is_none_or(|(_, next)| canonical_combining_class(*next) == 0) {
            push(&mut out, if case { c } else { c.to_ascii_lowercase() }, at, end);
            continue;
        }
        while let Some(&(next, mark)) = chars.peek().filter(|(_, mark)| canonical_combining_class(*mark) != 0) {
            end = next + mark.len_utf8();
            chars.next();
        }
        for c in text[at..end].nfc() {
            normalise_char(c, case, at, end, &mut out);
        }
    }
    out
}

fn normalise_char(c: char, case: bool, at: usize, end: usize, out: &mut Vec<PrintedChar>) {
    match c {
        c if is_ignorable(c) => {}
        '\u{2026}' => (0..3).for_each(|_| push(out, '.', at, end)),
        c if c.is_whitespace() || c.is_control() => {
            if out.last().is_none_or(|last| last.0 != ' ') {
                push(out, ' ', at, end);
            }
        }
        c if is_dash(c) => push(out, '-', at, end),
        c => match quote_class(c) {
            Some(plain) => push(out, plain, at, end),
            None if case => push(out, c, at, end),
            None => c.to_lowercase().for_each(|lower| push(out, lower, at, end)),
        },
    }
}

fn push(out: &mut Vec<PrintedChar>, c: char, at: usize, end: usize) {
    out.push((c, at as u32, end as u32));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, text: &str, expected: &[&str]) {
        let found: Vec<&str> = ExactPhrase::new(phrase, false).find(text).iter().map(|&(s, e)| &text[s..e]).collect();
        assert_eq!(found, expected, "{phrase:?} in {text:?}");
    }

    #[test]
    fn punctuation_counts_and_its_variants_are_equal() {
        check("long-term", "long term, long\u{2013}term, Long-term", &["long\u{2013}term", "Long-term"]);
        check("\"serious questions\"", "had \u{201c}serious questions\u{201d}", &["\u{201c}serious questions\u{201d}"]);
        check("U.S.", "the US and the U.S. plan", &["U.S."]);
        check("peace", "peacetime peace", &["peace"]);
        check("caf\u{e9}", "cafe cafe\u{301} caf\u{e9}", &["cafe\u{301}", "caf\u{e9}"]);
        check("of  the", "of\u{a0}the end", &["of\u{a0}the"]);
        check("government", "gov\u{ad}ernment", &["gov\u{ad}ernment"]);
    }

    #[test]
    fn case_counts_when_asked() {
        assert!(ExactPhrase::new("Peace", true).find("peace").is_empty());
        assert_eq!(ExactPhrase::new("Peace", true).find("Peace").len(), 1);
    }
}
