//! NewsML-G2 and NewsML 1.2: news items of agencies, alone or many in a message.
//!
//! Items that are no text (pictures, packages) and cancelled ones are named and passed over.

use super::parts::Elements;
use super::xml::{ElementId, Xml};
use super::{nitf, parts, wire};
use crate::article::{Paragraph, ParagraphKind};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use crate::source::print::byline;
use std::ops::ControlFlow;

/// Reads every item of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, ITEMS, desk.limits());
    each(&xml, desk)?;
    xml.settle(desk)
}

/// Elements that hold one item each.
pub(crate) const ITEMS: &[&str] = &["newsItem", "NewsItem", "packageItem", "conceptItem", "knowledgeItem"];

/// Hands over every item within `xml`, whatever stands around them.
pub(crate) fn each(xml: &Xml<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    for item in xml.outermost(ITEMS) {
        match why_not(xml, item) {
            Some(message) => desk.refuse(Reason::NotAnArticle, message)?,
            None => {
                let galley = article(xml, item, desk);
                desk.hand_over(galley)?;
            }
        }
    }
    ControlFlow::Continue(())
}

fn why_not(xml: &Xml<'_>, item: ElementId) -> Option<String> {
    let code =
        |name: &str| xml.first(item, &[name]).and_then(|id| xml.attribute(id, "qcode").or_else(|| xml.attribute(id, "uri")));
    if !matches!(xml.name(item), "newsItem" | "NewsItem") {
        return Some(format!("a {}, which holds no text of its own", xml.name(item)));
    }
    let class = code("itemClass").unwrap_or_default();
    let status = code("pubStatus").unwrap_or_default();
    if status.ends_with("canceled") || status.ends_with("withheld") {
        return Some(format!("marked `{status}` by its agency"));
    }
    let is_text = class.is_empty() || class.ends_with("text") || class.ends_with("composite");
    (!is_text).then(|| format!("an item of class `{class}`, not text"))
}

fn article(xml: &Xml<'_>, item: ElementId, desk: &mut Desk<'_>) -> Galley {
    let mut galley = Galley::with_room(4096);
    if let Some(headline) = xml.first(item, &["headline", "HeadLine", "title"]) {
        let traced = xml.text(headline);
        galley.headline(&mut traced.follow(), 0..traced.text.len());
    }
    let below = |line: &ElementId| {
        xml.name(*line) == "SubHeadLine" || xml.attribute(*line, "role").is_some_and(|role| role.to_lowercase().contains("sub"))
    };
    for line in xml.all(item, &["headline", "HeadLine", "SubHeadLine"]).filter(below) {
        let traced = xml.text(line);
        if traced.text.trim() != galley.article.headline() {
            galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Subhead);
        }
    }
    if let Some(span) = xml.first(item, &["dateline", "DateLine"]).and_then(|line| galley.set_all(&xml.text(line))) {
        galley.dateline_at(span);
    }
    let by = xml.words_of(item, &["by", "ByLine"]).or_else(|| {
        let creators = xml.all(item, &["creator"]).filter_map(|creator| xml.words_of(creator, &["name"]));
        let creators = creators.filter(|name| !is_sign_off(name));
        Some(creators.collect::<Vec<_>>().join("; "))
    });
    galley.credit(by.map(|by| byline::names(&by)).unwrap_or_default(), None);
    let date = xml.words_of(
        item,
        &["contentCreated", "firstCreated", "versionCreated", "FirstCreated", "ThisRevisionCreated", "DateAndTime"],
    );
    galley.article.published = date.and_then(|date| desk.date(&date));
    let meta = xml.first(item, &["contentMeta"]).unwrap_or(item);
    let tag = xml
        .first(meta, &["language", "Language"])
        .and_then(|id| xml.attribute(id, "tag").or_else(|| xml.attribute(id, "FormalName")));
    galley.article.language =
        tag.or_else(|| xml.attribute(item, "lang")).and_then(|tag| crate::source::print::language::code(&tag));
    galley.article.outlet = xml.words_of(item, &["infoSource", "provider", "copyrightHolder", "CreditLine"]);
    let named = |id| xml.attribute(id, "literal").or_else(|| Some(xml.attribute(id, "qcode")?.rsplit(':').next()?.to_string()));
    galley.article.outlet = galley.article.outlet.take().or_else(|| xml.first(item, &["provider"]).and_then(named));
    set_body(xml, item, &mut galley, desk);
    galley
}

/// `VRG`, `gr/bp`: who worked on it, in letters that name nobody.
fn is_sign_off(name: &str) -> bool {
    name.is_ascii() && !name.contains(' ') && (name.chars().count() <= 4 || name.contains('/'))
}

/// The story in a page within the item: keywords, genre, byline and notes stand in elements of their own.
const ELEMENTS: Elements = Elements {
    parts: &["p", "P", "para", "paragraph", "h1", "h2", "h3", "h4", "h5", "li", "dt", "dd", "tr", "pre"],
    apart: &["media", "head", "script", "style", "footer"],
    classes: &["keyword", "keywords", "genre", "byline", "notepad", "nonpublic", "author", "authors", "slug", "copyright"],
};

fn set_body(xml: &Xml<'_>, item: ElementId, galley: &mut Galley, desk: &mut Desk<'_>) {
    let Some(content) = xml.first(item, &["inlineXML", "inlineData", "DataContent", "contentSet"]) else { return };
    if let Some(inner) = xml.first(content, &["nitf"]) {
        return nitf::set(xml, inner, galley, desk);
    }
    let is_plain = xml.attribute(content, "contenttype").is_some_and(|kind| kind.starts_with("text/plain"));
    if is_plain && set_plain(&xml.text(content), galley) {
        return;
    }
    if xml.all(content, ELEMENTS.parts).next().is_none() {
        return parts::set_parts(xml, content, galley, desk);
    }
    let before = galley.article.paragraphs.len();
    parts::set_elements(xml, content, &ELEMENTS, galley);
    // The page prints the headline again.
    let repeated = |paragraph: &Paragraph| paragraph.span.of(&galley.article.text) == galley.article.headline();
    let repeats: Vec<usize> =
        (before..galley.article.paragraphs.len()).filter(|at| repeated(&galley.article.paragraphs[*at])).collect();
    for at in repeats.into_iter().rev() {
        galley.article.paragraphs.remove(at);
    }
}

/// Sets text that is plain but for one `<p>` around it, its paragraphs indented; false when it is something else.
fn set_plain(text: &Traced<'_>, galley: &mut Galley) -> bool {
    let start = text.text.find("<p>").map_or(0, |at| at + 3);
    let end = text.text.rfind("</p>").unwrap_or(text.text.len());
    let Some(inner) = text.text.get(start..end).filter(|inner| !inner.contains('<')) else { return false };
    let indents = |line: &str| line.starts_with("   ") && !line.trim().is_empty();
    let is_indented = inner.lines().any(indents) && inner.lines().any(|line| !indents(line) && !line.trim().is_empty());
    let mut plain = Traced::empty();
    text.follow().runs(start..end, |run, position, width| plain.push_run(run, position, width));
    if is_indented {
        wire::set(galley, &plain)
    } else {
        super::text::set_body(galley, &plain)
    }
    true
}
