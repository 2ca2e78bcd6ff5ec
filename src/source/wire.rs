//! Sets the body of wire copy: hard-wrapped lines, a new paragraph at each indented line, tables among them.
//!
//! Takes the decoded body and appends its paragraphs to the galley. Lines of a table stay lines.

use super::galley::{Galley, trimmed};
use super::traced::Traced;
use crate::article::ParagraphKind;
use std::ops::Range;

/// Spaces that open a paragraph in wire copy: four, and now and then three.
const INDENT: usize = 3;

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
    for line in body.split_inclusive('\n') {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let words = line.trim_matches(super::galley::is_blank);
        let tail = matches!(words, "Reuter" | "REUTER" | "reuter" | "Reuters" | "REUTERS" | "More" | "MORE");
        if (indent >= INDENT || words.is_empty() || tail) && start > 0 && !words.is_empty() {
            cuts.push(start);
        }
        start += line.len();
    }
    cuts.push(body.len());
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// Mostly figures: rows such as `Net 807,000 vs 858,000`.
fn is_table(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 4 && digits * 2 >= letters
}
