//! XML that holds a story in plainly named elements: RCV1 and RCV2 (`newsitem`), ProQuest (`Record`), and whatever else has a
//! headline and a text.

use super::xml::{ElementId, Xml};
use super::{newsml, nitf, parts};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::unread::Reason;
use crate::source::print::byline;
use std::ops::ControlFlow;

/// Elements that hold one story each, when a file holds several.
const STORIES: &[&str] =
    &["newsitem", "Record", "article", "Article", "story", "Story", "document", "doc", "DOC", "item", "record"];

/// Reads every story of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, &["newsitem", "Record", "nitf", "newsItem"], desk.limits());
    // Documents of other formats are often put into one file, within an element of somebody's own.
    if xml.first(0, newsml::ITEMS).is_some() {
        desk.format("newsml");
        newsml::each(&xml, desk)?;
    } else if xml.first(0, &["nitf"]).is_some() {
        desk.format("nitf");
        nitf::each(&xml, desk)?;
    } else {
        each(&xml, desk)?;
    }
    xml.settle(desk)
}

/// Hands over every story within `xml`.
fn each(xml: &Xml<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut stories = xml.outermost(STORIES);
    if stories.is_empty() {
        stories = under_root(xml);
    }
    for story in stories {
        let galley = article(xml, story, desk);
        if galley.is_empty() {
            desk.refuse(Reason::NotAnArticle, format!("XML `{}` without a headline or text known here", xml.name(story)))?;
        } else {
            desk.hand_over(galley)?;
        }
    }
    ControlFlow::Continue(())
}

/// The root, or what stands in it, where several of one name have a headline each.
fn under_root(xml: &Xml<'_>) -> Vec<ElementId> {
    let Some(root) = xml.children(0).next() else { return Vec::new() };
    let headed = |id: &ElementId| xml.children(*id).any(|child| HEADLINES.contains(&xml.name(child)));
    let inner: Vec<ElementId> = xml.children(root).filter(headed).collect();
    let same = inner.windows(2).all(|pair| xml.name(pair[0]) == xml.name(pair[1]));
    if inner.len() > 1 && same { inner } else { vec![root] }
}

const HEADLINES: &[&str] = &["headline", "Headline", "Title", "title", "HEADLINE", "head", "heading"];

fn article(xml: &Xml<'_>, story: ElementId, desk: &mut Desk<'_>) -> Galley {
    let mut galley = Galley::with_room(4096);
    // What stands directly in the story goes before the title of its newspaper.
    let direct = HEADLINES.iter().find_map(|name| xml.children(story).find(|child| xml.name(*child) == *name));
    if let Some(headline) = direct.or_else(|| xml.first(story, HEADLINES)) {
        let traced = xml.text(headline);
        galley.headline(&mut traced.follow(), 0..traced.text.len());
    }
    if let Some(line) = xml.first(story, &["byline", "OriginalForm", "Byline", "byLine", "author", "Author", "creator"]) {
        let traced = xml.text(line);
        let span = if matches!(xml.name(line), "byline" | "byLine") { galley.set_all(&traced) } else { None };
        galley.credit(byline::names(&traced.text), span);
    }
    if let Some(span) = xml.first(story, &["dateline", "Dateline", "DATELINE"]).and_then(|line| galley.set_all(&xml.text(line))) {
        galley.dateline_at(span);
    }
    if let Some(span) = xml.first(story, &["town"]).and_then(|town| galley.set_all(&xml.text(town))) {
        galley.place_at(span);
    }
    let date = xml.attribute(story, "date");
    let date = date.or_else(|| xml.words_of(story, DATES));
    galley.article.published = date.and_then(|date| desk.date(&date));
    galley.article.language = xml
        .attribute(story, "lang")
        .or_else(|| xml.words_of(story, &["LanguageCode", "language", "baseLanguage"]))
        .and_then(|code| crate::source::print::language::code(&code));
    galley.article.outlet = xml.first(story, &["Publication"]).and_then(|publication| xml.words_of(publication, &["Title"]));
    galley.article.outlet = galley.article.outlet.take().or_else(|| {
        // Agencies sign between slashes.
        xml.words_of(story, &["sourceName", "origin"]).map(|name| name.trim_matches('/').to_string())
    });
    let section =
        ["section", "Section", "sectionName"].iter().find_map(|name| xml.children(story).find(|child| xml.name(*child) == *name));
    galley.article.section =
        section.map(|section| xml.words(section)).filter(|section| !section.is_empty() && section.len() < 80);
    for line in xml.children(story).filter(|child| matches!(xml.name(*child), "subtitle" | "subheadline" | "SubTitle")) {
        let traced = xml.text(line);
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Subhead);
    }
    set_body(xml, story, &mut galley, desk);
    galley
}

/// Elements that hold the day of a story, best first.
const DATES: &[&str] = &[
    "NumericPubDate",
    "NumericDate",
    "AlphaPubDate",
    "publicationDate",
    "PublishDate",
    "publishDate",
    "pubdate",
    "date",
    "Date",
    "published",
    "pubDate",
];

fn set_body(xml: &Xml<'_>, story: ElementId, galley: &mut Galley, desk: &Desk<'_>) {
    // Factiva parts the first paragraphs from the others.
    let halves: Vec<ElementId> = xml.all(story, &["leadParagraph", "tailParagraphs"]).collect();
    if !halves.is_empty() {
        return halves.into_iter().for_each(|half| parts::set_parts(xml, half, galley, desk));
    }
    let Some(body) = xml.first(story, &["text", "FullText", "Text", "body", "Body", "TEXT", "content", "fulltext"]) else {
        return;
    };
    parts::set_parts(xml, body, galley, desk);
}
