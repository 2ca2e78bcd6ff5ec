//! The parts of a marked-up body: paragraphs, sub-heads, rows of tables.

use super::body;
use super::xml::{ElementId, Xml};
use crate::article::ParagraphKind;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;

/// Sets what stands in `body`: its paragraphs where they are marked, else its text.
pub(crate) fn set_parts(xml: &Xml<'_>, body: ElementId, galley: &mut Galley, desk: &Desk<'_>) {
    const PARTS: &[&str] = &["p", "P", "para", "paragraph", "h2", "h3", "h4", "li", "tr"];
    let mut end = 0;
    for part in xml.all(body, PARTS) {
        // A paragraph in a table's cell stands in its row.
        if part < end || xml.is_within(part, "media") {
            continue;
        }
        end = xml.end(part);
        let (kind, traced) = match xml.name(part) {
            "tr" => (ParagraphKind::Table, xml.row(part)),
            "h2" | "h3" | "h4" => (ParagraphKind::Subhead, xml.text(part)),
            _ => (ParagraphKind::Text, xml.text(part)),
        };
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), kind);
    }
    if end == 0 {
        body::set_body(galley, &xml.text(body), desk.limits());
    }
}
