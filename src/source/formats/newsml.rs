//! NewsML-G2 and NewsML 1.2: news items of agencies, alone or many in a message.
//!
//! Items that are no text (pictures, packages) and cancelled ones are named and passed over.

use super::xml::{ElementId, Xml};
use super::{nitf, parts};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
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
    if let Some(span) = xml.first(item, &["dateline", "DateLine"]).and_then(|line| galley.set_all(&xml.text(line))) {
        galley.dateline_at(span);
    }
    let by = xml.words_of(item, &["by", "ByLine"]).or_else(|| {
        let creators = xml.all(item, &["creator"]).filter_map(|creator| xml.words_of(creator, &["name"]));
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
    set_body(xml, item, &mut galley, desk);
    galley
}

fn set_body(xml: &Xml<'_>, item: ElementId, galley: &mut Galley, desk: &mut Desk<'_>) {
    let Some(content) = xml.first(item, &["inlineXML", "inlineData", "DataContent", "contentSet"]) else { return };
    if let Some(inner) = xml.first(content, &["nitf"]) {
        return nitf::set(xml, inner, galley, desk);
    }
    parts::set_parts(xml, content, galley, desk);
}
