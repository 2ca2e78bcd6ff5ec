//! Where sentences end, in news prose.
//!
//! This looks at the text alone. Attribution counts sentences in its own way (`quotation/words/sentences.rs`), for there a quotation is part
//! of the sentence around it, whatever stops stand between its marks; the two share the list of abbreviations and nothing else.

use crate::article::Span;
use crate::lexicon;

/// The bytes that a mark at the end of a sentence begins with: letters are passed over without being put together.
const MAY_STOP: [bool; 256] = {
    let mut may = [false; 256];
    // The last three begin `…`, `。`, and both of `！` and `？`.
    let bytes = [b'.', b'!', b'?', 0xE2, 0xE3, 0xEF];
    let mut at = 0;
    while at < bytes.len() {
        may[bytes[at] as usize] = true;
        at += 1;
    }
    may
};

/// The sentences of `unit`, in order, without the white space between them.
///
/// A sentence ends at `.`, `!`, `?` or `…` and what closes after it, when white space and something that can begin a
/// sentence follow, and when the full stop is not that of an abbreviation.
pub fn sentences(text: &str, unit: Span) -> Vec<Span> {
    let body = unit.of(text);
    let base = unit.start as usize;
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(next) = body.as_bytes()[at..].iter().position(|byte| MAY_STOP[usize::from(*byte)]) {
        let stop = at + next;
        let Some(c) = body[stop..].chars().next() else { break };
        at = stop + c.len_utf8();
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            continue;
        }
        at += body[at..].chars().take_while(|c| is_closer(*c)).map(char::len_utf8).sum::<usize>();
        let wide = matches!(c, '。' | '！' | '？');
        if wide || (begins_sentence(&body[at..]) && !(c == '.' && is_abbreviation(&body[start..stop]))) {
            push(&mut out, body, base, start, at);
            start = at;
        }
    }
    push(&mut out, body, base, start, body.len());
    out
}

fn push(out: &mut Vec<Span>, body: &str, base: usize, start: usize, end: usize) {
    let piece = &body[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let from = start + (piece.len() - piece.trim_start().len());
        out.push(Span::new(base + from, base + from + trimmed.len()));
    }
}

fn is_closer(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '\u{201d}' | '\u{2019}' | '\u{bb}' | '\u{201c}')
}

/// White space, then a capital, a digit or a mark that opens.
fn begins_sentence(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    trimmed.len() < rest.len()
        && trimmed
            .trim_start_matches([
                '"', '\'', '(', '[', '\u{201c}', '\u{2018}', '\u{ab}', '\u{201e}', '-', '\u{2013}', '\u{2014}', ' ',
            ])
            .chars()
            .next()
            .is_some_and(|c| !c.is_lowercase())
}

/// True when the full stop after `before` belongs to its last word: `Mr`, `U.S`, `Jan`, an initial.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '\u{201c}' | '-')).next().unwrap_or("");
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || word.contains('.') && word.len() <= 6 || lexicon::is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check("Mr. Vell met U.S. Sen. J. Orr on Jan. 3. He left.", &["Mr. Vell met U.S. Sen. J. Orr on Jan. 3.", "He left."]);
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        check(
            "\u{201c}We wait.\u{201d} \u{201c}Why?\u{201d} he said. No 3.5 per cent.",
            &["\u{201c}We wait.\u{201d}", "\u{201c}Why?\u{201d} he said.", "No 3.5 per cent."],
        );
    }
}
