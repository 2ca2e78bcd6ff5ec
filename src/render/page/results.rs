//! The answer to a search: clippings, what was understood, and ways to narrow it.

use super::parts::{counted, dateline, marked, original, speaker_address};
use super::timeline::{Timeline, timeline};
use super::{PageView, address, frame};
use crate::query::Complaint;
use crate::results::{Printing, RankedPassage, Summary};
use maud::{Markup, html};

/// What a search gave.
#[derive(Debug, Default)]
pub struct Answer {
    /// One page of passages.
    pub passages: Vec<RankedPassage>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// All of the answer.
    pub summary: Summary,
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
}

/// What an answer can be narrowed by.
#[derive(Debug)]
pub struct Filter {
    /// The field of the [`PageView`].
    pub name: &'static str,
    /// What stands above the values.
    pub title: &'static str,
    /// The values and how many passages each has.
    pub values: Vec<(String, usize)>,
}

/// The page of an answer.
pub fn answer(view: &PageView, answer: &Answer) -> String {
    let body = html! {
        div.desk {
            main #content {
                h1.hidden { "Search results" }
                (account(view, answer))
                (timeline("/", view, &answer.over_time, "passage"))
                @if answer.passages.is_empty() { (nothing(view, answer.summary.partial.is_some())) } @else {
                    ol.clippings start=(answer.passages[0].rank) {
                        @for passage in &answer.passages { (clipping(view, passage)) }
                    }
                }
                nav.pages aria-label="Pages" {
                    @if !view.after.is_empty() { a href=(view.with("after", "").address("/")) { "First page" } }
                    @if let Some(next) = &answer.next { a rel="next" href=(view.with("after", next).address("/")) { "Next page" } }
                }
            }
            (rail(view, answer))
        }
    };
    let title = if view.q.is_empty() { "Search".to_owned() } else { view.q.clone() };
    frame::framed(&format!("{title} \u{b7} newshound"), view, answer.understood.as_deref(), &body)
}

/// How much there is, and how the query was taken.
fn account(view: &PageView, answer: &Answer) -> Markup {
    let Summary { passages, mentions, articles, partial, .. } = &answer.summary;
    let orders = [("", "best first"), ("-date", "newest first"), ("date", "oldest first")];
    html! {
        div.account {
            p.count role="status" {
                strong { (counted(*mentions, "mention")) } " in " (counted(*passages, "passage")) " of " (counted(*articles, "article"))
                @if let Some(why) = partial { span.partial { " or more: " (why) } }
            }
            p.orders {
                @for (sort, words) in orders {
                    @if view.sort == sort { b aria-current="true" { (words) } } @else { a href=(view.with("sort", sort).address("/")) { (words) } } " "
                }
            }
            @let filters = view.filters();
            @if !filters.is_empty() {
                ul.filters aria-label="Filters" {
                    @for (name, words, value) in filters {
                        li { (words) " " b { (value) } " " a href=(view.with(name, "").address("/")) aria-label=(format!("Without {words} {value}")) { "\u{d7}" } }
                    }
                }
            }
            @if let Some(understood) = &answer.understood {
                @if *understood != view.q { p.understood { "understood as " code { (understood) } } }
            }
            @if view.duplicates == "group" {
                p.folded { (articles - answer.summary.stories.unwrap_or(*articles)) " of " (counted(*articles, "article")) " are copies and folded \u{b7} " a href=(view.with("duplicates", "").address("/")) { "show each" } }
            } @else if *articles > 1 {
                p.folded { a href=(view.with("duplicates", "group").address("/")) { "fold the copies of a story" } }
            }
            @for complaint in &answer.complaints { p.complaint { (complaint.to_string()) } }
        }
    }
}

/// Where a passage is shown in its article, with what `query` matches marked.
pub fn passage_address(query: &str, passage: &RankedPassage) -> String {
    let article = address(&format!("/articles/{}", passage.article), &[("q", query), ("passage", &passage.id)]);
    format!("{article}#p{}", passage.paragraph)
}

pub(super) fn clipping(view: &PageView, passage: &RankedPassage) -> Markup {
    let place = match passage.location.line {
        Some(line) => format!("{}:{line}", passage.location.path),
        None => passage.location.path.clone(),
    };
    let headline = passage.facts.headline.as_deref().unwrap_or("(no headline)");
    let is_head = passage.facts.headline.as_ref().is_some_and(|headline| *headline == passage.text);
    html! {
        li.clipping value=(passage.rank) data-cite=(citation(passage)) {
            article {
                (dateline(passage.facts.place.as_deref(), passage.facts.published.as_deref(), passage.facts.outlet.as_deref()))
                h2 {
                    a href=(passage_address(&view.q, passage)) {
                        @if is_head { (marked(&passage.text, &passage.matches)) } @else { (headline) }
                    }
                }
                @if !is_head { p.passage { (marked(&passage.text, &passage.matches)) } }
                @if !passage.speakers.is_empty() {
                    p.speakers {
                        @for speaker in &passage.speakers {
                            a href=(speaker_address(&speaker.name)) { (speaker.name) }
                            @if speaker.doubtful { span.doubt title="the speaker is not certain" { " (?)" } }
                            span.how { " " (if speaker.indirect { "indirect" } else { "quoted" }) }
                            " "
                        }
                    }
                }
                p.place { code { (place) } (original(passage.facts.url.as_deref())) }
                (copies(&passage.copies))
            }
        }
    }
}

/// Who else prints the story.
fn copies(copies: &[Printing]) -> Markup {
    let others = if copies.len() == 1 { "+1 other".to_owned() } else { format!("+{} others", copies.len()) };
    html! {
        @if !copies.is_empty() {
            details.copies {
                summary { (others) }
                ul { @for copy in copies { li { a href=(format!("/articles/{}", copy.article)) { (copy.name()) } @if let Some(published) = &copy.published { " " span.number { (super::parts::day(published)) } } } } }
            }
        }
    }
}

/// What `c` copies.
fn citation(passage: &RankedPassage) -> String {
    let about =
        [passage.facts.headline.clone(), passage.facts.outlet.clone(), passage.facts.published.as_deref().map(super::parts::day)];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let line = passage.location.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("\u{201c}{}\u{201d} \u{2014} {} ({}{line})", passage.text, about.join(", "), passage.location.path)
}

fn nothing(view: &PageView, is_partial: bool) -> Markup {
    let loose: String =
        view.q.chars().filter(|c| !matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')).collect();
    html! {
        div.nothing {
            h2 { @if is_partial { "Nothing found so far" } @else { "Nothing found" } }
            ul {
                @for (name, words, value) in view.filters() {
                    li { a href=(view.with(name, "").address("/")) { "Without \u{201c}" (words) " " (value) "\u{201d}" } }
                }
                @if loose != view.q { li { a href=(view.with("q", loose.trim()).address("/")) { "The words in any order, without quotation marks" } } }
                li { "A word can be shortened: " code { "ceasef*" } "; spelt nearly so: " code { "witkof~1" } }
            }
        }
    }
}

fn rail(view: &PageView, answer: &Answer) -> Markup {
    html! {
        aside.rail aria-label="Narrow the answer" {
            details open {
                summary { "Narrow" }
                @if answer.facets_partial { p.beside { "Counting stopped early: there are more." } }
                @for Filter { name, title, values } in &answer.facets {
                    @if !values.is_empty() {
                        section {
                            h2 { (title) }
                            ul {
                                @for (value, count) in values {
                                    li { a href=(view.with(name, value).address("/")) { (value) } " " span.number { (count) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The page before anything is asked: how much there is, and `examples` of queries of this archive.
pub fn first_visit(articles: u64, examples: &[String]) -> String {
    let view = PageView::default();
    let body = html! {
        main #content.first {
            h1 { "Who said it, where, word for word" }
            p { "Search " strong { (counted(articles as usize, "article")) } ": words, a phrase in quotation marks, or what somebody said." }
            @if !examples.is_empty() {
                ul.examples { @for example in examples { li { a href=(view.with("q", example).address("/")) { (example) } } } }
            }
        }
    };
    frame::framed("newshound", &view, None, &body)
}
