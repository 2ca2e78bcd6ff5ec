//! ODT: the paragraphs of an OpenDocument text.
//!
//! Takes `content.xml`, and sets a paragraph a line, an empty line between two ([`typed`]).

use super::typed;
use super::xml::{ElementId, Xml};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::traced::Position;
use std::ops::ControlFlow;

/// What is written beside the text: notes of the desk, what was struck out, the lists of headings that the program keeps.
const BESIDE: &[&str] = &["annotation", "tracked-changes", "note-citation", "table-of-content", "desc", "title", "forms"];

/// Reads the story or stories of the file.
pub(crate) fn read(document: &str, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(Cut { text: document, position: Position::start() }, &[], desk.limits());
    let mut plain = String::new();
    let mut id = xml.first(0, &["body"]).unwrap_or(0) + 1;
    while id < xml.end(0) {
        let name = xml.name(id);
        if matches!(name, "p" | "h") {
            set(&xml, id, &mut plain);
        }
        id = if matches!(name, "p" | "h") || BESIDE.contains(&name) { xml.end(id) } else { id + 1 };
    }
    desk.format("odt");
    typed::read(&plain, desk)?;
    xml.settle(desk)
}

/// Sets a paragraph, and as paragraphs of their own those of a frame that stands in it.
fn set(xml: &Xml<'_>, paragraph: ElementId, plain: &mut String) {
    let mut id = paragraph + 1;
    while id < xml.end(paragraph) {
        match xml.name(id) {
            "" => plain.push_str(&xml.text_in(id..id + 1).text.replace(['\n', '\r', '\t'], " ")),
            "p" | "h" => plain.push_str("\n\n"),
            "s" | "tab" | "line-break" => plain.push(' '),
            name if BESIDE.contains(&name) => {
                id = xml.end(id);
                continue;
            }
            _ => {}
        }
        id += 1;
    }
    plain.push_str("\n\n");
}
