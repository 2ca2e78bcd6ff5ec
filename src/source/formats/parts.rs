//! The parts of a marked-up body: paragraphs, sub-heads, rows of tables.

use super::xml::{ElementId, Xml};
use super::{body, text};
use crate::article::ParagraphKind;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;

/// Which elements of a body are parts, and which are none of the story.
pub(crate) struct Elements {
    pub parts: &'static [&'static str],
    pub apart: &'static [&'static str],
    /// Classes of parts that say what the story is about or who made it.
    pub classes: &'static [&'static str],
}

/// Of HTML and its like.
const USUAL: Elements = Elements {
    parts: &["p", "P", "para", "paragraph", "h1", "h2", "h3", "h4", "h5", "li", "dt", "dd", "tr", "pre"],
    apart: &["media", "head", "script", "style"],
    classes: &[],
};

/// Elements that stand within a line; every other parts the text around it.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "alt-code",
    "b",
    "bdo",
    "cite",
    "classifier",
    "code",
    "copyrite",
    "del",
    "em",
    "event",
    "font",
    "frac",
    "frac-num",
    "function",
    "i",
    "ins",
    "inline",
    "keyword",
    "location",
    "mark",
    "money",
    "name.family",
    "name.given",
    "num",
    "object.title",
    "org",
    "person",
    "postaddr",
    "pronounce",
    "q",
    "rb",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "virtloc",
    "wbr",
];

/// Sets what stands in `body`: its paragraphs where they are marked, else its text.
pub(crate) fn set_parts(xml: &Xml<'_>, body: ElementId, galley: &mut Galley, desk: &Desk<'_>) {
    if xml.all(body, USUAL.parts).next().is_none() {
        return body::set_body(galley, &xml.text(body), desk.limits());
    }
    set_elements(xml, body, &USUAL, galley);
}

/// Sets the parts in `body`, and as paragraphs of their own whatever text stands between them.
pub(crate) fn set_elements(xml: &Xml<'_>, body: ElementId, elements: &Elements, galley: &mut Galley) {
    let mut loose = body + 1..body + 1;
    let mut ends: Vec<ElementId> = Vec::new();
    let mut id = body + 1;
    while id < xml.end(body) {
        let name = xml.name(id);
        let is_part = elements.parts.contains(&name);
        let is_apart = elements.apart.contains(&name) || is_of_class(xml, id, elements);
        let parted = !name.is_empty() && !INLINE.contains(&name);
        // A text is parted from the one before it by every element but those of a line, where it begins and where it ends.
        if parted || ends.last().is_some_and(|end| *end <= id) {
            ends.retain(|end| *end > id);
            set_loose(xml, loose.start..id, galley);
            loose.start = id;
        }
        if is_part && !is_apart {
            set_part(xml, id, galley);
        }
        if is_part || is_apart {
            id = xml.end(id);
            loose.start = id;
            continue;
        }
        if parted {
            ends.push(xml.end(id));
        }
        id += 1;
    }
    set_loose(xml, loose.start..id, galley);
}

fn is_of_class(xml: &Xml<'_>, id: ElementId, elements: &Elements) -> bool {
    !elements.classes.is_empty()
        && xml
            .attribute(id, "class")
            .is_some_and(|names| names.split_ascii_whitespace().any(|name| elements.classes.contains(&name)))
}

fn set_part(xml: &Xml<'_>, part: ElementId, galley: &mut Galley) {
    let (kind, traced) = match xml.name(part) {
        "tr" => (ParagraphKind::Table, xml.row(part)),
        "h1" | "h2" | "h3" | "h4" | "h5" | "hl2" => (ParagraphKind::Subhead, xml.text(part)),
        // Set by hand, line for line.
        "pre" => return text::set_body(galley, &xml.text(part)),
        _ => (ParagraphKind::Text, xml.text(part)),
    };
    galley.paragraph(&mut traced.follow(), 0..traced.text.len(), kind);
}

fn set_loose(xml: &Xml<'_>, range: std::ops::Range<ElementId>, galley: &mut Galley) {
    let traced = xml.text_in(range);
    galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Text);
}
