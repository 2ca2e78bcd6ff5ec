//! Sets the body of wire copy: hard-wrapped lines, a new paragraph at each indented line, tables among them.
//!
//! Takes the decoded body and appends its paragraphs to the galley. Lines of a table stay lines.

use crate::article::ParagraphKind;
use crate::source::desk::galley::{Galley, trimmed};
use crate::source::desk::traced::Traced;
use std::ops::Range;

/// Spaces that open a paragraph in wire copy: four, and now and then three.
const INDENT: usize = 3;
/// Bytes of a line that may still be an agency's name alone, blanks around it and all.
const LONGEST_TAIL: usize = 32;

/// Appends the paragraphs of `body`.
pub(crate) fn set(galley: &mut Galley, body: &Traced<'_>) {
    let mut from = body.follow();
    for paragraph in paragraphs(&body.text) {
        let text = &body.text[trimmed(&body.text, paragraph.clone())];
        let kind = if is_table(text) { ParagraphKind::Table } else { ParagraphKind::Text };
        galley.paragraph(&mut from, paragraph, kind);
    }
}

/// Cuts at indented lines, at blank lines, and before an agency's name alone on the last line.
fn paragraphs(body: &str) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    let mut start = 0;
    while start < body.len() {
        let end = memchr::memchr(b'\n', &body.as_bytes()[start..]).map_or(body.len(), |end| start + end + 1);
        let line = &body[start..end];
        if start > 0 && opens(line) {
            cuts.push(start);
        }
        start = end;
    }
    cuts.push(body.len());
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// True for a line that begins a paragraph.
fn opens(line: &str) -> bool {
    let indent = line.bytes().take_while(|byte| *byte == b' ').count();
    if indent < INDENT && line.trim_ascii_end().len() > LONGEST_TAIL {
        return false;
    }
    let words = line.trim_matches(crate::source::desk::galley::is_blank);
    let tail = matches!(words, "Reuter" | "REUTER" | "reuter" | "Reuters" | "REUTERS" | "More" | "MORE");
    (indent >= INDENT && !words.is_empty()) || tail
}

/// Mostly figures: rows such as `Net 807,000 vs 858,000`.
fn is_table(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 4 && digits * 2 >= letters
}
