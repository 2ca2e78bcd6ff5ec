//! What was typed in an office's program or exported for one: a story, or the many documents of a news database.
//!
//! Takes the text of a file as its reader has set it, a paragraph a line. Offsets and lines count in that text.

use super::{exports, text};
use crate::source::desk::desk::Desk;
use crate::source::desk::traced::{Position, Traced};
use std::ops::ControlFlow;

/// Reads the story or stories of the text.
pub(crate) fn read(plain: &str, desk: &mut Desk<'_>) -> ControlFlow<()> {
    match exports::of(plain) {
        Some((_, read)) => read(&Traced::verbatim(plain, Position::start()), desk),
        None => text::read(plain, desk),
    }
}
