//! What was typed in an office's program or exported for one: a story, or the many documents of a news database.
//!
//! Takes the text of a file as its reader has set it, a paragraph a line. Offsets and lines count in that text.

use super::{factiva, lexis, proquest, text};
use crate::source::desk::desk::Desk;
use crate::source::desk::records::Lines;
use crate::source::file::input::Input;
use std::io::Cursor;
use std::ops::ControlFlow;

/// Reads the story or stories of the text.
pub(crate) fn read(plain: &str, desk: &mut Desk<'_>) -> ControlFlow<()> {
    if lexis::is(plain) || plain.contains("\nEnd of Document") {
        // A form feed opens each document, as in the text form of these exports.
        let bytes = format!("\u{c}\n{}", plain.replace("End of Document\n", "End of Document\n\u{c}\n"));
        return by_lines(bytes, desk, lexis::read);
    }
    if factiva::is(plain) {
        return by_lines(plain.into(), desk, factiva::read);
    }
    if proquest::is(plain) {
        return by_lines(plain.into(), desk, proquest::read);
    }
    text::read(plain, desk)
}

fn by_lines(text: String, desk: &mut Desk<'_>, read: fn(Lines<'_>, &mut Desk<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    let input = Input::from_reader(Box::new(Cursor::new(text.into_bytes())));
    read(Lines::new(input.stream(), desk.limits().record), desk)
}
