//! METS, the file of a newspaper's issue: which blocks of its pages make an article.
//!
//! It holds no words itself: the pages (ALTO) are read where they lie, and each is cut into the articles that the METS file beside it
//! names. Known are the profiles that divide articles in a logical structure (`div TYPE="ARTICLE"` with `area FILEID BEGIN`: ENMAP of
//! Europeana, docWorks); where a profile has pages only (NDNP), it gives the day and the name of the paper.

use super::xml::{ElementId, Xml};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::{Desk, Issue};
use crate::source::desk::division::{Division, Part};
use crate::source::desk::traced::Position;
use crate::source::desk::unread::Reason;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// Says what a METS file is.
pub(crate) fn refuse(_: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let message = "the METS file of an issue: the pages it names are read where they lie (ALTO), cut into the articles it names";
    desk.refuse_file(Reason::NotAnArticle, message.into())
}

/// What the METS file `text` says of the page in the file called `page`; `None` when it does not name that file.
pub(crate) fn division(text: &str, page: &str, desk: &mut Desk<'_>) -> Option<Division> {
    // Most files beside a page are about others; to see that costs next to nothing.
    if !text.contains(page) {
        return None;
    }
    let xml = Xml::parse(Cut { text, position: Position::start() }, &[], desk.limits());
    let files: Vec<String> =
        xml.all(0, &["file"]).filter(|file| is_of(&xml, *file, page)).filter_map(|f| xml.attribute(f, "ID")).collect();
    if files.is_empty() {
        return None;
    }
    let articles = articles(&xml);
    let titled: Vec<Vec<String>> = articles.iter().map(|article| described_in(&xml, *article)).collect();
    let titles = titles(&xml);
    let parts = articles.iter().zip(&titled).filter_map(|(article, sections)| part(&xml, *article, sections, &titles, &files));
    Some(Division { parts: parts.collect(), issue: issue(&xml, &titled, desk) })
}

/// Does this entry of the list of files mean the file called `page`?
fn is_of(xml: &Xml<'_>, file: ElementId, page: &str) -> bool {
    let mut links = xml.all(file, &["FLocat"]).filter_map(|at| xml.attribute(at, "href"));
    links.any(|link| link.rsplit(['/', '\\']).next() == Some(page))
}

/// The divisions that are articles: those called so, and sections without such.
fn articles(xml: &Xml<'_>) -> Vec<ElementId> {
    let is_logical =
        |map: &ElementId| xml.attribute(*map, "TYPE").is_some_and(|kind| kind.to_ascii_uppercase().starts_with("LOGICAL"));
    let mut found = Vec::new();
    for map in xml.all(0, &["structMap"]).filter(is_logical) {
        let mut end = map;
        for div in xml.all(map, &["div"]).filter(|div| is_called(xml, *div, &["ARTICLE", "SECTION"])) {
            let holds_articles = xml.all(div, &["div"]).any(|inner| is_called(xml, inner, &["ARTICLE"]));
            if div >= end && (is_called(xml, div, &["ARTICLE"]) || !holds_articles) {
                end = xml.end(div);
                found.push(div);
            }
        }
    }
    found
}

fn is_called(xml: &Xml<'_>, div: ElementId, names: &[&str]) -> bool {
    xml.attribute(div, "TYPE").is_some_and(|kind| names.iter().any(|name| kind.eq_ignore_ascii_case(name)))
}

/// Ids of the sections that describe a division.
fn described_in(xml: &Xml<'_>, div: ElementId) -> Vec<String> {
    xml.attribute(div, "DMDID").iter().flat_map(|ids| ids.split_whitespace()).map(str::to_owned).collect()
}

/// The title in each section, by its id.
fn titles(xml: &Xml<'_>) -> HashMap<String, String> {
    let sections = xml.all(0, &["dmdSec"]);
    sections.filter_map(|section| Some((xml.attribute(section, "ID")?, xml.words_of(section, &["title"])?))).collect()
}

/// What stands of an article in one of `files`, if anything does.
fn part(
    xml: &Xml<'_>,
    article: ElementId,
    sections: &[String],
    titles: &HashMap<String, String>,
    files: &[String],
) -> Option<Part> {
    let (mut heading, mut body) = (Vec::new(), Vec::new());
    let mut heads_end = 0;
    for id in xml.all(article, &["div", "area"]) {
        if xml.name(id) == "div" {
            if is_called(xml, id, &["HEADING", "HEADLINE", "TITLE", "MAIN_TITLE"]) {
                heads_end = heads_end.max(xml.end(id));
            }
        } else if xml.attribute(id, "FILEID").is_some_and(|file| files.contains(&file)) {
            let blocks = if id < heads_end { &mut heading } else { &mut body };
            blocks.extend(xml.attribute(id, "BEGIN"));
        }
    }
    if heading.is_empty() && body.is_empty() {
        return None;
    }
    let title = sections.iter().find_map(|id| titles.get(id).cloned());
    let title = title.or_else(|| xml.attribute(article, "LABEL")).filter(|title| !title.trim().is_empty());
    Some(Part { title, heading, body })
}

/// The day and the paper, from the section that gives the day and describes none of the articles. The title of any other may be that of a
/// picture.
fn issue(xml: &Xml<'_>, of_articles: &[Vec<String>], desk: &mut Desk<'_>) -> Issue {
    let described: HashSet<&String> = of_articles.iter().flatten().collect();
    let is_of_article = |id: &String| described.contains(id);
    let of_issue = |section: &ElementId| !xml.attribute(*section, "ID").is_some_and(|id| is_of_article(&id));
    let day_in = |section: ElementId| Some((section, xml.words_of(section, &["dateIssued", "dateCreated"])?));
    match xml.all(0, &["dmdSec"]).filter(of_issue).find_map(day_in) {
        Some((section, day)) => Issue { published: desk.date(&day), outlet: xml.words_of(section, &["title"]), language: None },
        None => Issue::default(),
    }
}
