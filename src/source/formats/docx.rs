//! DOCX: the paragraphs of a Word file, or the documents of a news database's export in one.
//!
//! Takes `word/document.xml`, and sets a paragraph a line, an empty line between two ([`typed`]).

use super::typed;
use super::xml::Xml;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::traced::Position;
use std::ops::ControlFlow;

/// Reads the story or stories of the file.
pub(crate) fn read(document: &str, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(Cut { text: document, position: Position::start() }, &[], desk.limits());
    let mut plain = String::new();
    for paragraph in xml.all(0, &["p"]) {
        // A paragraph in a text box stands within another.
        if xml.is_within(paragraph, "p") {
            continue;
        }
        for run in xml.all(paragraph, &["t", "br", "tab"]) {
            match xml.name(run) {
                "t" => plain.push_str(&xml.text(run).text),
                _ => plain.push(' '),
            }
        }
        plain.push_str("\n\n");
    }
    desk.format("docx");
    typed::read(&plain, desk)?;
    xml.settle(desk)
}
