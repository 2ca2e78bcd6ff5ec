//! NITF, the News Industry Text Format: whole files, and bodies within NewsML.

use super::parts::{self, Elements};
use super::xml::{ElementId, Xml};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::said::Said;
use crate::source::print::byline;
use std::ops::ControlFlow;

/// Reads every NITF document of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, &["nitf"], desk.limits());
    each(&xml, desk)?;
    xml.settle(desk)
}

/// Hands over every NITF document within `xml`, whatever stands around them.
pub(crate) fn each(xml: &Xml<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    for nitf in xml.outermost(&["nitf"]) {
        let mut galley = Galley::with_room(4096);
        set(xml, nitf, &mut galley, desk);
        desk.hand_over(galley)?;
    }
    ControlFlow::Continue(())
}

/// Sets the document `nitf`.
pub(crate) fn set(xml: &Xml<'_>, nitf: ElementId, galley: &mut Galley, desk: &mut Desk<'_>) {
    if let Some(headline) = xml.first(nitf, &["hl1", "hedline", "title"]) {
        let traced = xml.text(headline);
        galley.headline(&mut traced.follow(), 0..traced.text.len());
    }
    for line in xml.all(nitf, &["byline"]) {
        let names = xml.words_of(line, &["person"]).unwrap_or_else(|| xml.words(line));
        let span = galley.set_all(&xml.text(line));
        galley.credit(byline::names(&names), span);
    }
    if let Some(span) = xml.first(nitf, &["dateline"]).and_then(|line| galley.set_all(&xml.text(line))) {
        galley.dateline_at(span);
    }
    let attribute = |name: &str, attribute: &str| xml.first(nitf, &[name]).and_then(|id| xml.attribute(id, attribute));
    let date = attribute("pubdata", "date.publication")
        .or_else(|| attribute("date.issue", "norm"))
        .or_else(|| attribute("story.date", "norm"));
    galley.article.published = galley.article.published.take().or_else(|| desk.date(&date?));
    galley.article.section = galley.article.section.take().or_else(|| attribute("tobject", "tobject.type"));
    galley.article.outlet = galley.article.outlet.take().or_else(|| attribute("pubdata", "name"));
    let language = xml.attribute(nitf, "baselang").or_else(|| xml.attribute(nitf, "lang"));
    galley.article.language = galley.article.language.take().or_else(|| crate::source::print::language::code(&language?));
    for line in xml.all(nitf, &["hedline"]).flat_map(|head| xml.all(head, &["hl2"])) {
        let traced = xml.text(line);
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Subhead);
    }
    set_abstract(xml, nitf, galley);
    set_body(xml, nitf, galley);
    set_notes(xml, nitf, galley);
    for line in xml.all(nitf, &["tagline"]) {
        let traced = xml.text(line);
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Boilerplate);
    }
}

/// The parts of `body.content`, and what stands apart from the story in it.
const ELEMENTS: Elements = Elements {
    parts: &["p", "hl2", "tr", "li", "dt", "dd", "pre"],
    apart: &["media", "body.head", "body.end", "note", "fn", "nitf-table-metadata"],
    classes: &[],
};

/// The paragraphs of `body.content`. The New York Times repeats its lead in a block of its own.
fn set_body(xml: &Xml<'_>, nitf: ElementId, galley: &mut Galley) {
    let is_full = |id: &ElementId| xml.attribute(*id, "class").is_some_and(|class| class == "full_text");
    let body = body(xml, nitf);
    let body = xml.all(body, &["block"]).find(is_full).unwrap_or(body);
    parts::set_elements(xml, body, &ELEMENTS, galley);
}

/// The element of the story. A note, in the head of the document or of the body, has a `body.content` too.
fn body(xml: &Xml<'_>, nitf: ElementId) -> ElementId {
    let outer = xml.children(nitf).find(|child| xml.name(*child) == "body");
    let outer = outer.or_else(|| xml.first(nitf, &["body"])).unwrap_or(nitf);
    let mut noted = 0;
    for id in xml.all(outer, &["note", "body.content"]) {
        match xml.name(id) {
            "note" => noted = noted.max(xml.end(id)),
            _ if id >= noted => return id,
            _ => {}
        }
    }
    outer
}

/// What editors wrote to editors; the story itself where nothing else is told.
fn set_notes(xml: &Xml<'_>, nitf: ElementId, galley: &mut Galley) {
    let told = galley.article.paragraphs.iter().any(|paragraph| paragraph.kind == ParagraphKind::Text);
    for note in xml.all(nitf, &["note"]) {
        if !told {
            parts::set_elements(xml, note, &ELEMENTS, galley);
            continue;
        }
        let traced = xml.text(note);
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Boilerplate);
    }
}

/// The summary above the story, unless the story says the same.
fn set_abstract(xml: &Xml<'_>, nitf: ElementId, galley: &mut Galley) {
    let mut said = None;
    for summary in xml.all(nitf, &["abstract"]) {
        let traced = xml.text(summary);
        // A story may be long, and few have a summary.
        let said = said.get_or_insert_with(|| Said::new(&xml.words(body(xml, nitf))));
        if !said.has(&traced.text) {
            galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Subhead);
        }
    }
}
