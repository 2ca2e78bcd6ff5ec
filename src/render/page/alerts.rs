//! What was found for saved searches, the newest first.

use super::parts::{dateline, original, speaker_address};
use super::{PageView, address, frame};
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
    let passage = &line["passage"];
    let known = |name: &str| passage[name].as_str();
    let article = known("article").unwrap_or_default();
    let fields = [("q", line["query"].as_str().unwrap_or_default()), ("passage", known("id").unwrap_or_default())];
    let target = format!("{}#p{}", address(&format!("/articles/{article}"), &fields), passage["paragraph"]);
    let name = line["search"].as_str().unwrap_or_default();
    let place = passage["source"]["line"].as_u64().map_or(String::new(), |line| format!(":{line}"));
    html! {
        li.clipping {
            article {
                (dateline(known("place"), known("published"), known("outlet")))
                h2 { a href=(target) { (known("headline").unwrap_or("(no headline)")) } }
                p.why { a href=(page_of(Some(name), None)) { (name) } ", found " (line["found"].as_str().unwrap_or_default()) }
                p.passage { (marked(known("text").unwrap_or_default(), &passage["matches"])) }
                (speakers(&passage["speakers"]))
                p.place { code { (passage["source"]["path"].as_str().unwrap_or_default()) (place) } (original(known("url"))) }
            }
        }
    }
}

fn speakers(speakers: &Value) -> Markup {
    html! {
        @if let Some(speakers) = speakers.as_array().filter(|speakers| !speakers.is_empty()) {
            p.speakers {
                @for (name, doubtful) in speakers.iter().filter_map(|who| Some((who["name"].as_str()?, who["doubtful"] == true))) {
                    a href=(speaker_address(name)) { (name) }
                    @if doubtful { span.doubt title="the speaker is not certain" { " (?)" } }
                    " "
                }
            }
        }
    }
}

/// The words with the matches marked, which are counted in characters.
fn marked(text: &str, matches: &Value) -> Markup {
    let characters: Vec<char> = text.chars().collect();
    let piece =
        |from: usize, to: usize| characters[from.min(characters.len())..to.min(characters.len())].iter().collect::<String>();
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut at = 0;
    for pair in matches.as_array().into_iter().flatten() {
        let (Some(start), Some(end)) = (pair[0].as_u64(), pair[1].as_u64()) else { continue };
        let start = (start as usize).max(at);
        let end = (end as usize).max(start);
        pieces.extend([(piece(at, start), false), (piece(start, end), true)]);
        at = end;
    }
    pieces.push((piece(at, characters.len().max(at)), false));
    html! {
        @for (piece, is_match) in &pieces { @if *is_match { mark { (piece) } } @else { (piece) } }
    }
}
