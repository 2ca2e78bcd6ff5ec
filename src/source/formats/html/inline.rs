//! Sets the words of a block as a browser does: white space across elements, `br`, and the marks that `q` prints.
//!
//! Takes the pieces that stand in the block and gives stretches of the page and what is put between them. White space runs become one
//! space wherever the tags among them stand, none follows a line break, and a no-break space is a character like any other (CSS Text,
//! white space processing). A line break of the page's source is handed on as one: what joins lines further down does the same as a browser.

use super::tree::{NodeId, Tree};
use std::ops::Range;

/// What stands in a block, in the order of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    /// A text node.
    Text(NodeId),
    /// A line break (`br`), at this byte of the page.
    Break(u32),
    /// A mark that a browser prints and the page does not hold, at this byte.
    Mark(&'static str, u32),
}

/// What is printed of a block, one after the other.
pub(crate) enum Printed {
    /// Bytes of the page, entities not decoded.
    Words(Range<usize>),
    /// These characters, at this byte of the page.
    Put(&'static str, usize),
}

/// Hands over what is printed of `pieces`; `kept` white space (of `pre`) is left as it stands.
pub(crate) fn print(tree: &Tree<'_>, pieces: &[Piece], kept: bool, mut each: impl FnMut(Printed)) {
    // At the beginning of a line, white space is nothing.
    let mut after_space = true;
    for piece in pieces {
        match *piece {
            Piece::Text(id) if kept => each(Printed::Words(tree.range(id))),
            Piece::Text(id) => fold(tree.text, tree.range(id), &mut after_space, &mut each),
            Piece::Break(at) => {
                after_space = true;
                each(Printed::Put("\n", at as usize));
            }
            Piece::Mark(mark, at) => {
                after_space = false;
                each(Printed::Put(mark, at as usize));
            }
        }
    }
}

/// Hands over the bytes of `range`, of each run of white space one character.
fn fold(text: &str, range: Range<usize>, after_space: &mut bool, each: &mut impl FnMut(Printed)) {
    let bytes = &text.as_bytes()[..range.end];
    let (mut begin, mut at) = (range.start, range.start);
    while at < bytes.len() {
        if !is_space(bytes[at]) {
            *after_space = false;
            at += 1;
            continue;
        }
        let run = at..bytes[at..].iter().position(|byte| !is_space(*byte)).map_or(bytes.len(), |length| at + length);
        at = run.end;
        if run.len() == 1 && !*after_space {
            *after_space = true;
            continue;
        }
        if begin < run.start {
            each(Printed::Words(begin..run.start));
        }
        if !*after_space {
            let stays = run.start + memchr::memchr(b'\n', &bytes[run.clone()]).unwrap_or(0);
            each(Printed::Words(stays..stays + 1));
        }
        *after_space = true;
        begin = at;
    }
    if begin < bytes.len() {
        each(Printed::Words(begin..bytes.len()));
    }
}

/// White space of HTML; a no-break space is none.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0c)
}

/// The marks of `q` in a language, outer and inner, as browsers print them (CLDR).
#[rustfmt::skip]
const MARKS: &[(&str, [&str; 4])] = &[
    ("ar", ["”", "“", "’", "‘"]), ("bg", ["„", "“", "’", "‘"]), ("ca", ["«", "»", "“", "”"]), ("cs", ["„", "“", "‚", "‘"]),
    ("da", ["“", "”", "‘", "’"]), ("de", ["„", "“", "‚", "‘"]), ("el", ["«", "»", "“", "”"]), ("es", ["«", "»", "“", "”"]),
    ("et", ["„", "“", "‚", "‘"]), ("fa", ["«", "»", "‹", "›"]), ("fi", ["”", "”", "’", "’"]), ("fr", ["«", "»", "‹", "›"]),
    ("he", ["”", "”", "’", "’"]), ("hr", ["„", "”", "‚", "’"]), ("hu", ["„", "”", "»", "«"]), ("is", ["„", "“", "‚", "‘"]),
    ("it", ["«", "»", "“", "”"]), ("ja", ["「", "」", "『", "』"]), ("lt", ["„", "“", "„", "“"]), ("nb", ["«", "»", "‘", "’"]),
    ("no", ["«", "»", "‘", "’"]), ("pl", ["„", "”", "«", "»"]), ("ro", ["„", "”", "«", "»"]), ("ru", ["«", "»", "„", "“"]),
    ("sk", ["„", "“", "‚", "‘"]), ("sl", ["„", "“", "‚", "‘"]), ("sr", ["„", "“", "‘", "’"]), ("sv", ["”", "”", "’", "’"]),
    ("uk", ["«", "»", "„", "“"]), ("yue", ["「", "」", "『", "』"]),
];

/// The marks of every other language.
const USUAL: [&str; 4] = ["“", "”", "‘", "’"];

/// The opening and closing mark of a `q` within `depth` others, where the page is in `language`.
pub(crate) fn marks(language: Option<&str>, depth: usize) -> [&'static str; 2] {
    let code = language.unwrap_or_default().split(['-', '_']).next().unwrap_or_default();
    let marks = MARKS.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map_or(USUAL, |(_, marks)| *marks);
    if depth.is_multiple_of(2) { [marks[0], marks[1]] } else { [marks[2], marks[3]] }
}

/// Is this a quotation mark, of whatever script?
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201f}' | '「'..='』' | '〝'..='〟' | '＂')
}
