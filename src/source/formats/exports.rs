//! Exports of news databases in the text of another format: a Word file, a saved page.
//!
//! Takes the beginning of such a text and gives the reader of its documents.

use super::{cuttings, europresse, factiva, lexis, proquest};
use crate::source::desk::desk::Desk;
use crate::source::desk::traced::Traced;
use std::ops::ControlFlow;

/// Reads all documents of a text.
pub(crate) type ReadText = fn(&Traced<'_>, &mut Desk<'_>) -> ControlFlow<()>;

/// The name and the reader of the export that `text` is, if it is one.
pub(crate) fn of(text: &str) -> Option<(&'static str, ReadText)> {
    // As much as is looked at of a file.
    let end = (0..=text.len().min(4096)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text[..end].trim_start();
    if proquest::is(head) {
        Some(("proquest", proquest::read_text))
    } else if cuttings::is_marked(head) {
        Some(("cuttings", cuttings::read_text))
    } else if lexis::is(head) || text.contains("\nEnd of Document") && text.contains("\nLength:") {
        Some(("lexisnexis", lexis::read_text))
    } else if factiva::is(head) {
        Some(("factiva", factiva::read_all))
    } else if europresse::is(head) {
        Some(("europresse", europresse::read_all))
    } else {
        None
    }
}
