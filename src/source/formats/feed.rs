//! News feeds: RSS 0.9 to 2.0 and Atom (JSON Feed is read as JSON), the exports of WordPress, which are feeds, and news sitemaps.
//!
//! Gives an article for each item; its body is the fullest text the item has. A sitemap has headlines only.

use super::wordpress::Authors;
use super::xml::{ElementId, Xml};
use super::{html, parts, wordpress};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::host::link;
use crate::source::desk::said::{Said, letters};
use crate::source::desk::unread::Reason;
use crate::source::print::byline;
use crate::source::print::headline::without_outlet;
use std::ops::ControlFlow;

/// Reads every item of the feed.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, &["item", "entry"], desk.limits());
    if let Some(sitemap) = xml.first(0, &["urlset"]) {
        addresses(&xml, sitemap, desk)?;
        return xml.settle(desk);
    }
    let authors = wordpress::authors(&xml);
    let outlet = xml.first(0, &["channel", "feed"]).and_then(|channel| direct(&xml, channel, &["title"]));
    let outlet = outlet.map(|title| xml.words(title));
    let language = xml.words_of(0, &["language"]).or_else(|| xml.attribute(xml.first(0, &["feed"])?, "lang"));
    for item in xml.outermost(&["item", "entry"]) {
        if let Some(message) = wordpress::no_story(&xml, item) {
            desk.refuse(Reason::NotAnArticle, message)?;
            continue;
        }
        let mut galley = Galley::with_room(1024);
        galley.article.outlet.clone_from(&outlet);
        galley.article.language = language.as_deref().and_then(crate::source::print::language::code);
        set(&xml, item, &authors, &mut galley, desk);
        desk.hand_over(galley)?;
    }
    xml.settle(desk)
}

/// The first child of `id` with the first of these names that occurs.
fn direct(xml: &Xml<'_>, id: ElementId, names: &[&str]) -> Option<ElementId> {
    names.iter().find_map(|name| xml.children(id).find(|child| xml.name(*child) == *name))
}

fn set(xml: &Xml<'_>, item: ElementId, authors: &Authors, galley: &mut Galley, desk: &mut Desk<'_>) {
    let outlet = source(xml, item);
    let title = direct(xml, item, &["title"]).map(|title| html::title(&xml.text(title)));
    if let Some(traced) = &title {
        let outlet = outlet.as_deref().or(galley.article.outlet.as_deref());
        let length = without_outlet(&traced.text, outlet).len();
        galley.headline(&mut traced.follow(), 0..length);
    }
    for author in xml.children(item).filter(|child| matches!(xml.name(*child), "creator" | "author")) {
        let name = xml.words_of(author, &["name"]).unwrap_or_else(|| xml.words(author));
        // RSS wants an address there: `ada@vexia.example (Ada Quill)`.
        let name = name.split_once(" (").map_or(name.as_str(), |(_, name)| name.trim_end_matches(')')).to_string();
        match authors.get(&name) {
            Some(display) => galley.credit(byline::names(display), None),
            None => galley.credit(byline::names(&name), None),
        }
    }
    let date = direct(xml, item, &["pubDate", "published", "date", "issued", "created", "updated", "modified"]);
    galley.article.published = date.and_then(|date| desk.date(&xml.words(date)));
    galley.article.section =
        direct(xml, item, &["category"]).map(|category| xml.attribute(category, "term").unwrap_or_else(|| xml.words(category)));
    galley.article.url = original(xml, item);
    // Only feeds that name an outlet repeat it.
    let named = title.as_ref().filter(|_| outlet.is_some());
    let repeats =
        |body: ElementId| named.is_some_and(|title| letters(&title.text) == letters(&html::title(&xml.text(body)).text));
    const BODIES: &[&str] = &["encoded", "content", "description", "summary"];
    let bodies = BODIES.iter().flat_map(|name| xml.children(item).filter(|child| xml.name(*child) == *name));
    let mut bodies =
        bodies.map(|body| (body, xml.text(body))).filter(|(body, text)| !text.text.trim().is_empty() && !repeats(*body));
    if let Some((body, text)) = bodies.next() {
        let mut said = None;
        for (_, summary) in bodies {
            let said = said.get_or_insert_with(|| {
                let mut said = Said::new(&html::title(&text).text);
                title.iter().for_each(|title| said.add(&title.text));
                said
            });
            html::set_summary(galley, &summary, said, desk.limits());
        }
        match wordpress::is_item(xml, item) {
            true => wordpress::set_body(&text, galley, desk.limits()),
            false => {
                drop(text);
                parts::set_parts(xml, body, galley, desk);
            }
        }
    }
    galley.article.outlet = outlet.or(galley.article.outlet.take());
}

/// The outlet an item was taken from, which feeds that gather those of others name (Google News).
fn source(xml: &Xml<'_>, item: ElementId) -> Option<String> {
    let source = direct(xml, item, &["source"]).filter(|source| xml.attribute(*source, "url").is_some())?;
    Some(xml.words(source)).filter(|source| !source.is_empty())
}

/// Reads the addresses of a sitemap that tell of news.
fn addresses(xml: &Xml<'_>, sitemap: ElementId, desk: &mut Desk<'_>) -> ControlFlow<()> {
    for address in xml.all(sitemap, &["url"]) {
        let Some(title) = xml.first(address, &["news"]).and_then(|news| xml.first(news, &["title"])) else {
            desk.refuse(Reason::NotAnArticle, "an address without a headline".into())?;
            continue;
        };
        let mut galley = Galley::with_room(256);
        let title = html::title(&xml.text(title));
        galley.headline(&mut title.follow(), 0..title.text.len());
        galley.article.published = xml.words_of(address, &["publication_date"]).and_then(|date| desk.date(&date));
        galley.article.outlet = xml.words_of(address, &["name"]);
        let language = xml.words_of(address, &["language"]);
        galley.article.language = language.and_then(|code| crate::source::print::language::code(&code));
        galley.article.url = direct(xml, address, &["loc"]).and_then(|loc| link(&xml.words(loc)));
        desk.hand_over(galley)?;
    }
    ControlFlow::Continue(())
}

/// Where the item is on the web: the element `link` of RSS, the attribute `href` of Atom, or a `guid` that is an address. Feeds
/// that count clicks keep the true address in `origLink`.
fn original(xml: &Xml<'_>, item: ElementId) -> Option<String> {
    let named = |name: &'static str| xml.children(item).filter(move |child| xml.name(*child) == name);
    let told = named("origLink").chain(named("link")).chain(named("guid"));
    told.filter(|id| xml.attribute(*id, "rel").is_none_or(|rel| rel == "alternate"))
        .find_map(|id| link(&xml.attribute(id, "href").unwrap_or_else(|| xml.words(id))))
}
