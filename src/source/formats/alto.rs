//! ALTO, what text recognition finds on a scanned page: one article a page.
//!
//! The blocks of the page are its paragraphs, in the order of the file; margins are shown and are no passages. A place is that of the word
//! in the file, which says in which region of the scan it stands. Which blocks make an article only the METS file of an issue tells,
//! and that is not read.

use super::xml::{ElementId, Xml};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use std::ops::ControlFlow;

/// Reads every page of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, &["Page"], desk.limits());
    for page in xml.all(0, &["Page"]) {
        let mut galley = Galley::with_room(4096);
        let (margins, printed): (Vec<_>, Vec<_>) = xml.all(page, &["TextBlock"]).partition(|block| is_margin(&xml, *block));
        for block in printed {
            set(&xml, block, ParagraphKind::Text, &mut galley);
        }
        for block in margins {
            set(&xml, block, ParagraphKind::Boilerplate, &mut galley);
        }
        if galley.is_empty() {
            desk.refuse(Reason::NoText, "a scanned page on which no words were recognised".into())?;
        } else {
            desk.hand_over(galley)?;
        }
    }
    xml.settle(desk)
}

/// Says what a METS file is, which holds no words itself.
pub(crate) fn refuse_mets(_: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let message = "the METS file of an issue: it names the pages, which are read where they lie (ALTO), each an article";
    desk.refuse_file(Reason::NotAnArticle, message.into())
}

fn is_margin(xml: &Xml<'_>, block: ElementId) -> bool {
    ["TopMargin", "BottomMargin", "LeftMargin", "RightMargin"].iter().any(|name| xml.is_within(block, name))
}

/// Sets a block: a paragraph, or several where lines are indented.
fn set(xml: &Xml<'_>, block: ElementId, kind: ParagraphKind, galley: &mut Galley) {
    let lines: Vec<ElementId> = xml.all(block, &["TextLine"]).collect();
    let mut paragraph = Traced::empty();
    // The second half of a word that was set whole.
    let mut begun = None;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && is_indented(xml, &lines, at) {
            let whole = std::mem::replace(&mut paragraph, Traced::empty());
            galley.paragraph(&mut whole.follow(), 0..whole.text.len(), kind);
        }
        push_line(xml, *line, &mut paragraph, &mut begun);
    }
    galley.paragraph(&mut paragraph.follow(), 0..paragraph.text.len(), kind);
}

/// Does the line begin further in than the lines beside it, by half its height at least?
fn is_indented(xml: &Xml<'_>, lines: &[ElementId], at: usize) -> bool {
    let number = |line: &ElementId, name| xml.attribute(*line, name).and_then(|value| value.parse::<f64>().ok());
    let left = |line: &ElementId| number(line, "HPOS");
    let Some((here, above)) = left(&lines[at]).zip(left(&lines[at - 1])) else { return false };
    let below = lines.get(at + 1).and_then(left).unwrap_or(above);
    let step = number(&lines[at], "HEIGHT").unwrap_or(0.0) / 2.0;
    step > 0.0 && here - above > step && here - below > step
}

/// Appends the words of a line. A word that is parted between two lines is set whole where it begins, as the file gives it; the hyphen
/// of any other is kept.
fn push_line(xml: &Xml<'_>, line: ElementId, paragraph: &mut Traced<'static>, begun: &mut Option<String>) {
    let mut first = true;
    for id in xml.all(line, &["String", "HYP"]) {
        if xml.name(id) == "HYP" {
            if begun.is_none() {
                push(xml, id, "CONTENT", paragraph, "");
            }
            continue;
        }
        let whole = xml.attribute(id, "SUBS_CONTENT").filter(|whole| !whole.trim().is_empty());
        let part = xml.attribute(id, "SUBS_TYPE").unwrap_or_default();
        let is_rest = begun.take().is_some_and(|begun| part == "HypPart2" && whole.as_ref() == Some(&begun));
        if !is_rest {
            let is_begun = part == "HypPart1" && whole.is_some();
            push(xml, id, if is_begun { "SUBS_CONTENT" } else { "CONTENT" }, paragraph, if first { "\n" } else { " " });
            *begun = whole.filter(|_| is_begun);
        }
        first = false;
    }
}

/// Appends what an attribute holds, after `joint`.
fn push(xml: &Xml<'_>, id: ElementId, attribute: &str, paragraph: &mut Traced<'static>, joint: &str) {
    let Some(printed) = xml.attribute_cut(id, attribute) else { return };
    if !paragraph.text.is_empty() {
        paragraph.push_decoded(joint, printed.position, 0);
    }
    printed.push_with_entities(paragraph);
}
