//! What stands around every page: the head, the box, and the list of keys.

use super::PageView;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// The style sheet.
pub const STYLE: &str = include_str!("page.css");
/// The script: keys, and dragging over the timeline.
pub const SCRIPT: &str = include_str!("page.js");

/// The sign of the pages in a browser's tabs.
pub const ICON: &str = include_str!("icon.svg");

/// Names this style and this script: others have another name, so that a browser may keep them for good.
pub fn stamp() -> &'static str {
    static STAMP: LazyLock<String> = LazyLock::new(|| format!("{:016x}", xxh3_64(format!("{STYLE}{SCRIPT}").as_bytes())));
    &STAMP
}

/// A page. `title` stands in the browser's tab; `view` fills the box; `feed` is the query of what can be followed as a feed.
pub(super) fn framed(title: &str, view: &PageView, feed: Option<&str>, body: &Markup) -> String {
    framed_beside(title, view, feed, &[], body)
}

/// The same, and the box offers these queries before any script has asked for others.
pub(super) fn framed_beside(title: &str, view: &PageView, feed: Option<&str>, offered: &[String], body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href=(format!("/page.css?v={}", stamp()));
                link rel="icon" type="image/svg+xml" href="/icon.svg";
                link rel="search" type="application/opensearchdescription+xml" title="newshound" href="/opensearch.xml";
                @if let Some(query) = feed {
                    link rel="alternate" type="application/atom+xml" title="This search as a feed"
                        href=(super::address("/v1/search.atom", &[("q", query)]));
                }
                script src=(format!("/page.js?v={}", stamp())) defer {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header { (search_box(view, offered)) }
                (body)
                output #said role="status" {}
                footer {
                    nav aria-label="More" {
                        a href="/verify" { "Check a quotation" } a href="/trail" { "Follow words" } a href="/speakers" { "Speakers" } a href="/outlets" { "Outlets" } a href="/timeline" { "Over time" } a href="/help" { "How to ask" }
                    }
                    p { "newshound searches the words as they are printed; press " kbd { "?" } " for the keys." }
                    (keys())
                }
            }
        }
    };
    page.into_string()
}

fn search_box(view: &PageView, offered: &[String]) -> Markup {
    html! {
        form.box action="/" method="get" role="search" {
            a.name href="/" { "newshound" }
            label.hidden for="q" { "Search the archive" }
            input #q type="search" name="q" value=(view.q) autocomplete="off" spellcheck="false" list="near"
                placeholder="words, \"a phrase\", speaker:name" maxlength="4000";
            datalist #near { @for query in offered { option value=(query) {} } }
            @for (name, value) in view.fields() {
                @if name != "q" && name != "page" { input type="hidden" name=(name) value=(value); }
            }
            button type="submit" { "Search" }
        }
    }
}

fn keys() -> Markup {
    let keys =
        [("/", "the box"), ("j", "next"), ("k", "previous"), ("o", "open"), ("c", "copy the citation"), ("?", "this list")];
    html! {
        dialog #keys aria-label="Keys" {
            dl { @for (key, about) in keys { div { dt { kbd { (key) } } dd { (about) } } } }
            form method="dialog" { button { "Close" } }
        }
    }
}

/// A page that says what is wrong and what to do, or that there is nothing.
pub fn notice(view: &PageView, title: &str, detail: &str) -> String {
    let body = html! {
        main #content.notice {
            h1 { (title) }
            @for line in detail.lines() { p { (line) } }
            p { a href="/" { "Begin anew" } }
        }
    };
    framed(&format!("{title} \u{b7} newshound"), view, None, &body)
}

/// The OpenSearch description, by which a browser takes the archive for a search engine. `here` is the service's own address, such as
/// `http://127.0.0.1:8080`.
pub fn opensearch(here: &str) -> String {
    let description = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { "newshound" }
            Description { "Passages of the news archive, with their speakers" }
            InputEncoding { "UTF-8" }
            (PreEscaped(format!("<Url type=\"text/html\" template=\"{}/?q={{searchTerms}}\"/>", escaped(here))))
            (PreEscaped(format!("<Url type=\"application/atom+xml\" template=\"{}/v1/search.atom?q={{searchTerms}}\"/>", escaped(here))))
        }
    };
    description.into_string()
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}
