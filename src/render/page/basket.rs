//! The passages that a reader has kept, to be taken along.

use super::clipping::{foot, formats, passage_address, speakers};
use super::parts::{Piece, counted, dateline, spoken};
use super::{PageView, address, frame};
use crate::render::cite::Citation;
use crate::results::RankedPassage;
use maud::{Markup, html};

/// The page of the kept `passages`; `missing` are the ids of those that are not there any more.
pub fn basket(passages: &[RankedPassage], missing: &[String]) -> String {
    let body = html! {
        main #content.verify {
            h1 { "Kept passages" }
            p role="status" {
                @if passages.is_empty() { "Nothing is kept. Tick \u{201c}keep\u{201d} below what a search has found, and take it along." }
                @else { (counted(passages.len(), "passage")) }
            }
            @if !missing.is_empty() { p.complaint { "Not in the archive any more, or changed: " (missing.join(", ")) } }
            @if !passages.is_empty() {
                (along(passages))
                form #basket action="/basket" method="get" {
                    ol.clippings { @for passage in passages { (clipping(passage)) } }
                    button type="submit" { "Keep only those that are ticked" }
                }
            }
        }
    };
    frame::framed("Kept passages \u{b7} newshound", &PageView::default(), None, &body)
}

/// The same as other programs take it.
fn along(passages: &[RankedPassage]) -> Markup {
    let ids: Vec<&str> = passages.iter().map(|passage| passage.id.as_str()).collect();
    let ids = ids.join(",");
    let all = |format: &str| address("/v1/passages", &[("ids", &ids), ("format", format), ("provenance", "true")]);
    html! {
        div.along {
            span { "as " a href=(all("csv")) { "CSV" } ", " a href=(all("json")) { "JSON" } }
            span { "as " (formats(&ids)) }
            a href=(address(&format!("/v1/citations/{ids}"), &[("format", "plain")])) { "as footnotes" }
        }
    }
}

fn clipping(passage: &RankedPassage) -> Markup {
    let facts = &passage.facts;
    html! {
        li.clipping {
            article {
                (dateline(facts.place.as_deref(), facts.published.as_deref(), facts.outlet.as_deref()))
                h2 { a href=(passage_address("", passage)) { (facts.headline.as_deref().unwrap_or("(no headline)")) } }
                p.passage { (spoken(&Piece::of(passage))) }
                (speakers(&passage.speakers))
                (foot(&Citation::of_passage(passage), facts.url.as_deref()))
                (tick(&passage.id, true))
            }
        }
    }
}

/// The box by which a passage is kept.
pub(super) fn tick(id: &str, is_kept: bool) -> Markup {
    html! {
        label.keep { input type="checkbox" name="ids" value=(id) form="basket" checked[is_kept]; " keep" }
    }
}
