//! What was found for saved searches, the newest first.

use super::clipping::{foot, passage_address, speakers};
use super::parts::{Piece, dateline, spoken};
use super::{PageView, address, frame};
use crate::render::cite::Citation;
use crate::render::json::passage_of;
use maud::{Markup, html};
use serde_json::Value;

/// Saved searches that are listed; the others are reached by the passages found for them.
const LISTED: usize = 200;

/// The page of what was found: of the saved search `name` or of all, with the names and comments of the `searches`, the newest `lines` of the
/// journal, and where older ones begin.
pub fn alerts(name: Option<&str>, searches: &[(&str, &str)], lines: &[&Value], older: Option<u64>) -> String {
    let title = name.map_or("Saved searches".to_owned(), |name| format!("Saved search: {name}"));
    let body = html! {
        main #content.verify {
            h1 { (title) }
            @if name.is_none() { (listed(searches)) } @else { p { a href="/alerts" { "all saved searches" } } }
            p role="status" { (figures(lines, older)) }
            ol.clippings { @for line in lines { (clipping(line)) } }
            @if let Some(older) = older {
                p { a href=(page_of(name, Some(older))) rel="next" { "older" } }
            }
            p { a href=(feed_of(name)) { "as a feed" } }
        }
    };
    frame::framed(&format!("{title} \u{b7} newshound"), &PageView::default(), None, &body)
}

fn figures(lines: &[&Value], older: Option<u64>) -> &'static str {
    match (lines.is_empty(), older) {
        (false, _) => "The newest first.",
        (true, Some(_)) => "Nothing among the newest of all; perhaps among older ones.",
        (true, None) => "Nothing was found yet. What comes in from now on is told of here.",
    }
}

fn page_of(name: Option<&str>, older: Option<u64>) -> String {
    let older = older.map(|older| older.to_string());
    let fields = [name.map(|name| ("search", name)), older.as_deref().map(|older| ("after", older))];
    address("/alerts", &fields.into_iter().flatten().collect::<Vec<_>>())
}

fn feed_of(name: Option<&str>) -> String {
    address("/v1/alerts.atom", &name.map(|name| ("search", name)).into_iter().collect::<Vec<_>>())
}

fn listed(searches: &[(&str, &str)]) -> Markup {
    html! {
        @if !searches.is_empty() {
            ul {
                @for (name, comment) in searches.iter().take(LISTED) {
                    li { a href=(page_of(Some(name), None)) { (name) } @if !comment.is_empty() { " \u{b7} " (comment) } }
                }
            }
            @if searches.len() > LISTED { p { "and " (searches.len() - LISTED) " more" } }
        }
    }
}

fn clipping(line: &Value) -> Markup {
    let Some(passage) = passage_of(line) else { return html! {} };
    let said = |name: &str| line[name].as_str().unwrap_or_default();
    let facts = &passage.facts;
    html! {
        li.clipping {
            article {
                (dateline(facts.place.as_deref(), facts.published.as_deref(), facts.outlet.as_deref()))
                h2 { a href=(passage_address(said("query"), &passage)) { (facts.headline.as_deref().unwrap_or("(no headline)")) } }
                p.why { a href=(page_of(Some(said("search")), None)) { (said("search")) } ", found " (said("found")) }
                p.passage { (spoken(&Piece::of(&passage))) }
                (speakers(&passage.speakers))
                (foot(&Citation::of_passage(&passage), facts.url.as_deref()))
            }
        }
    }
}
