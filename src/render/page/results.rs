//! The answer to a search: clippings, lines or quotations, what was understood, and ways to narrow it and to take it along.

use super::clipping::{Story, clipping, formats, more};
use super::compared::Comparison;
use super::lines::{Lines, lines};
use super::paging::Paging;
use super::parts::counted;
use super::rail::{Filter, rail};
use super::timeline::{Timeline, timeline};
use super::{PageView, address, frame, quoted};
use crate::query::Complaint;
use crate::render::concordance::LineOrder;
use crate::results::{RankedQuotation, Summary};
use maud::{Markup, html};
use std::collections::HashSet;

/// What a search gave.
#[derive(Debug, Default)]
pub struct Answer {
    /// One page of it.
    pub listed: Listed,
    /// Which page.
    pub paging: Paging,
    /// All of the answer.
    pub summary: Summary,
    /// Quotations in all, where these are listed.
    pub quotations: usize,
    /// The query as it was understood.
    pub understood: Option<String>,
    /// What was not taken as typed.
    pub complaints: Vec<Complaint>,
    /// Passages in each month, without the limits of time.
    pub over_time: Timeline,
    /// What it can be narrowed by.
    pub facets: Vec<Filter>,
    /// Not all passages were counted for the facets.
    pub facets_partial: bool,
    /// Queries that are spelt nearly so and find something; where this one does not.
    pub respelt: Vec<String>,
    /// What there is in all is counted by another request.
    pub later: bool,
}

/// What a page lists.
#[derive(Debug)]
pub enum Listed {
    /// Articles with their best passages.
    Stories(Vec<Story>),
    /// Mentions, each on a line.
    Lines(Lines),
    /// Quotations, and the number of the first.
    Quotations(usize, Vec<RankedQuotation>),
}

impl Default for Listed {
    fn default() -> Listed {
        Listed::Stories(Vec::new())
    }
}

impl Listed {
    fn is_empty(&self) -> bool {
        match self {
            Listed::Stories(stories) => stories.is_empty(),
            Listed::Lines(listed) => listed.lines.is_empty(),
            Listed::Quotations(_, quotations) => quotations.is_empty(),
        }
    }

    /// What to cite of it, joined by commas.
    fn ids(&self) -> String {
        let ids: Vec<&str> = match self {
            Listed::Stories(stories) => stories.iter().map(|story| story.passage.id.as_str()).collect(),
            Listed::Lines(listed) => listed.lines.iter().map(|(passage, _)| passage.id.as_str()).collect(),
            Listed::Quotations(_, quotations) => quotations.iter().map(|quotation| quotation.id.as_str()).collect(),
        };
        let mut known = HashSet::new();
        ids.into_iter().filter(|id| known.insert(*id)).collect::<Vec<_>>().join(",")
    }
}

/// The page of an answer.
pub fn answer(view: &PageView, answer: &Answer) -> String {
    let body = html! {
        main #content.desk.answer {
            h1.hidden { "Search results" }
            (account(view, answer))
            (rail(view, &answer.facets, answer.facets_partial))
            (over_time(view, answer))
            div #answers.list {
                @if answer.listed.is_empty() { (nothing(view, answer)) } @else { (listed(view, &answer.listed)) }
                (answer.paging.links("/", view))
            }
        }
    };
    let title = if view.q.is_empty() { "Search".to_owned() } else { view.q.clone() };
    let offered: Vec<String> = answer.facets.iter().flat_map(Filter::queries).collect();
    frame::framed_beside(&format!("{title} \u{b7} newshound"), view, answer.understood.as_deref(), &offered, &body)
}

/// When it was printed, and the way to how much was printed at all.
fn over_time(view: &PageView, answer: &Answer) -> Markup {
    html! {
        div #time {
            (timeline("/", view, &answer.over_time, "passage"))
            @if !view.q.is_empty() && !answer.over_time.months.is_empty() {
                p.beside { a href=(Comparison::address_of(&view.q)) { "Compare over time" } }
            }
        }
    }
}

/// The parts of the page that need the whole answer counted, for a page that was sent without them.
pub fn counts(view: &PageView, answer: &Answer) -> String {
    let parts = html! {
        (count(view, answer))
        (rail(view, &answer.facets, answer.facets_partial))
        (over_time(view, answer))
        @if let Listed::Stories(stories) = &answer.listed { @for story in stories { (more(view, story)) } }
    };
    parts.into_string()
}

fn listed(view: &PageView, listed: &Listed) -> Markup {
    match listed {
        Listed::Stories(stories) => html! {
            ol.clippings start=(stories.first().map_or(1, |story| story.number)) { @for story in stories { (clipping(view, story)) } }
        },
        Listed::Lines(listed) => lines(view, listed),
        Listed::Quotations(first, quotations) => html! {
            (quoted::switch(&view.speech, |speech| view.with("speech", speech).address("/")))
            ol.clippings start=(first) {
                @for (at, quotation) in quotations.iter().enumerate() { (quoted::clipping(first + at, quotation, false)) }
            }
        },
    }
}

/// How much there is, how the query was taken, and how else to look at it.
fn account(view: &PageView, answer: &Answer) -> Markup {
    let shows = [("", "passages"), ("lines", "lines"), ("quotations", "quotations")];
    let of_passages = [("", "best first"), ("-date", "newest first"), ("date", "oldest first")];
    let of_lines = [("before", "by words before"), ("after", "by words after"), ("speaker", "by speaker")];
    let orders = of_passages.iter().chain(of_lines.iter().filter(|_| view.show == "lines"));
    // Passages and quotations cannot be sorted as lines are.
    let otherwise = if LineOrder::named(&view.sort).is_some() { view.with("sort", "") } else { view.clone() };
    html! {
        div.account {
            (count(view, answer))
            @if !answer.listed.is_empty() {
                nav.orders aria-label="Order" { (choices(view, "sort", orders)) }
                nav.orders.shows aria-label="Shown as" { (choices(&otherwise, "show", shows.iter())) }
            }
            @let filters = view.filters();
            @if !filters.is_empty() {
                ul.filters aria-label="Filters" {
                    @for (name, words, value) in filters {
                        li { (words) " " b { (value) } " " a href=(view.without(name, value).address("/")) aria-label=(format!("Without {words} {value}")) { "\u{d7}" } }
                    }
                }
            }
            @if let Some(understood) = &answer.understood {
                @if *understood != view.q { p.understood { "understood as " code { (understood) } } }
            }
            @for complaint in &answer.complaints { p.complaint { (complaint.to_string()) } }
            (along(view, answer))
        }
    }
}

fn choices<'a>(view: &PageView, name: &str, choices: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Markup {
    let chosen = if name == "sort" { &view.sort } else { &view.show };
    html! {
        @for (value, words) in choices {
            @if chosen == value || (chosen == "relevance" && value.is_empty()) { b aria-current="true" { (words) } }
            @else { a href=(view.with(name, value).address("/")) { (words) } }
            " "
        }
    }
}

fn count(view: &PageView, answer: &Answer) -> Markup {
    let Summary { passages, mentions, articles, partial, .. } = &answer.summary;
    let quoting = view.show == "quotations";
    let copies = articles - answer.summary.stories.unwrap_or(*articles).min(*articles);
    html! {
        div #count.count {
            p role="status" {
                @if answer.later { a href=(view.address("/")) data-later="" { "Count them" } }
                @else {
                    @if quoting { strong { (counted(answer.quotations, "quotation")) } " \u{b7} " (counted(*mentions, "mention")) }
                    @else { strong { (counted(*mentions, "mention")) } }
                    " in " (counted(*passages, "passage")) " of " (counted(*articles, "article"))
                    @if let Some(why) = partial { span.partial { " or more: " (why) } }
                }
            }
            @if quoting {} @else if view.duplicates == "show" {
                p.folded { a href=(view.with("duplicates", "").address("/")) { "fold the copies of a story" } }
            } @else if copies > 0 {
                p.folded { (copies) (if copies == 1 { " of them is a copy and folded \u{b7} " } else { " of them are copies and folded \u{b7} " }) a href=(view.with("duplicates", "show").address("/")) { "show each" } }
            }
        }
    }
}

/// The answer as other programs take it.
fn along(view: &PageView, answer: &Answer) -> Markup {
    let Some(query) = answer.understood.as_deref().filter(|_| !answer.listed.is_empty()) else { return html! {} };
    let all = |path: &str, format: &str| address(path, &[("q", query), ("format", format)]);
    // What is taken along tells what was asked, and of which index.
    let mentions = |format: &str| address("/v1/mentions", &[("q", query), ("provenance", "true"), ("format", format)]);
    let quoting = view.show == "quotations";
    html! {
        div.along {
            a href=(address("/v1/search.atom", &[("q", query)])) { "Follow this search" }
            @if quoting {
                span { "quotations as " a href=(all("/v1/quotes", "csv")) { "CSV" } ", " a href=(all("/v1/quotes", "json")) { "JSON" } }
            } @else {
                span { "all mentions as " a href=(mentions("csv")) { "CSV" } ", " a href=(mentions("json")) { "JSON Lines" } }
            }
            span { "this page as " (formats(&answer.listed.ids())) }
            @if matches!(answer.listed, Listed::Stories(_)) {
                form #basket action="/basket" method="get" { button type="submit" { "Take the kept ones along" } }
            }
        }
    }
}

fn nothing(view: &PageView, answer: &Answer) -> Markup {
    let is_mark = |c: char| matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
    let loose: String = view.q.chars().filter(|c| !is_mark(*c)).collect();
    html! {
        div.nothing {
            h2 { @if answer.summary.partial.is_some() { "Nothing found so far" } @else { "Nothing found" } }
            ul {
                @for query in &answer.respelt { li { "Did you mean " a.meant href=(view.with("q", query).address("/")) { (query) } "?" } }
                @for (name, words, value) in view.filters() {
                    li { a href=(view.without(name, value).address("/")) { "Without \u{201c}" (words) " " (value) "\u{201d}" } }
                }
                @if loose != view.q { li { a href=(view.with("q", loose.trim()).address("/")) { "The words in any order, without quotation marks" } } }
                li { "A word can be shortened: " code { "ceasef*" } "; spelt nearly so: " code { "witkof~1" } "; " a href="/help" { "how to ask" } }
            }
        }
    }
}
