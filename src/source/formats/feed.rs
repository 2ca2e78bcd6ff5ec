//! News feeds: RSS 0.9 to 2.0 and Atom. (JSON Feed is read as JSON.)
//!
//! Gives an article for each item; its body is the fullest text the item has.

use super::xml::{ElementId, Xml};
use super::{html, parts};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::host::link;
use crate::source::print::byline;
use std::ops::ControlFlow;

/// Reads every item of the feed.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, &["item", "entry"], desk.limits());
    let outlet = xml.first(0, &["channel", "feed"]).and_then(|channel| direct(&xml, channel, &["title"]));
    let outlet = outlet.map(|title| xml.words(title));
    let language = xml.words_of(0, &["language"]).or_else(|| xml.attribute(xml.first(0, &["feed"])?, "lang"));
    for item in xml.outermost(&["item", "entry"]) {
        let mut galley = Galley::with_room(1024);
        galley.article.outlet.clone_from(&outlet);
        galley.article.language = language.as_deref().and_then(crate::source::print::language::code);
        set(&xml, item, &mut galley, desk);
        desk.hand_over(galley)?;
    }
    xml.settle(desk)
}

/// The first child of `id` with the first of these names that occurs.
fn direct(xml: &Xml<'_>, id: ElementId, names: &[&str]) -> Option<ElementId> {
    names.iter().find_map(|name| xml.children(id).find(|child| xml.name(*child) == *name))
}

fn set(xml: &Xml<'_>, item: ElementId, galley: &mut Galley, desk: &mut Desk<'_>) {
    if let Some(title) = direct(xml, item, &["title"]) {
        let traced = html::title(&xml.text(title));
        galley.headline(&mut traced.follow(), 0..traced.text.len());
    }
    for author in xml.children(item).filter(|child| matches!(xml.name(*child), "creator" | "author")) {
        let name = xml.words_of(author, &["name"]).unwrap_or_else(|| xml.words(author));
        // RSS wants an address there: `ada@vexia.example (Ada Quill)`.
        let name = name.split_once(" (").map_or(name.as_str(), |(_, name)| name.trim_end_matches(')')).to_string();
        galley.credit(byline::names(&name), None);
    }
    let date = direct(xml, item, &["pubDate", "published", "date", "issued", "created", "updated", "modified"]);
    galley.article.published = date.and_then(|date| desk.date(&xml.words(date)));
    galley.article.section =
        direct(xml, item, &["category"]).map(|category| xml.attribute(category, "term").unwrap_or_else(|| xml.words(category)));
    galley.article.url = original(xml, item);
    let bodies = ["encoded", "content", "description", "summary"].iter().filter_map(|name| direct(xml, item, &[*name]));
    let mut bodies = bodies;
    if let Some(body) = bodies.find(|body| !xml.text(*body).text.trim().is_empty()) {
        parts::set_parts(xml, body, galley, desk);
    }
}

/// Where the item is on the web: the element `link` of RSS, the attribute `href` of Atom, or a `guid` that is an address. Feeds
/// that count clicks keep the true address in `origLink`.
fn original(xml: &Xml<'_>, item: ElementId) -> Option<String> {
    let named = |name: &'static str| xml.children(item).filter(move |child| xml.name(*child) == name);
    let told = named("origLink").chain(named("link")).chain(named("guid"));
    told.filter(|id| xml.attribute(*id, "rel").is_none_or(|rel| rel == "alternate"))
        .find_map(|id| link(&xml.attribute(id, "href").unwrap_or_else(|| xml.words(id))))
}
