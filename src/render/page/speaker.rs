//! A speaker: names, roles, words that are more frequent here than elsewhere, and quotations over time.

use super::parts::{counted, dateline, day, marked, original};
use super::timeline::{Timeline, timeline};
use super::{PageView, frame};
use crate::quotation::Kind;
use crate::results::{QuotedSpeaker, RankedQuotation};
use maud::{Markup, html};

/// What is known of somebody.
#[derive(Debug)]
pub struct Portrait {
    /// Who it is.
    pub speaker: QuotedSpeaker,
    /// One page of quotations.
    pub quotations: Vec<RankedQuotation>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// Quotations in each month.
    pub over_time: Timeline,
    /// Others who may have been meant.
    pub others: Vec<String>,
}

/// The page of a speaker. Of `view`, `speaker`, `from`, `to` and `after` count.
pub fn speaker(view: &PageView, portrait: &Portrait) -> String {
    let Portrait { speaker, quotations, next, over_time, others } = portrait;
    let view = PageView { speaker: speaker.name.clone(), ..view.clone() };
    let here = |name: &str, value: &str| view.with(name, value).address("/speaker");
    let body = html! {
        div.desk {
            main #content {
                h1 { (speaker.name) }
                p.count { (counted(speaker.quotations, "quotation")) " in " (counted(speaker.articles, "article"))
                    @if let (Some(first), Some(last)) = (&speaker.first, &speaker.last) { ", " (day(first)) " to " (day(last)) } }
                @if let Some(role) = &speaker.role { p.role { (role) } }
                @if !speaker.names.is_empty() { p.names { "also printed as " (speaker.names.join(", ")) } }
                @if !speaker.may_be.is_empty() { p.complaint { "may be " (speaker.may_be.join(" or ")) } }
                (timeline("/speaker", &view, over_time, "quotation"))
                ol.clippings { @for quotation in quotations { (clipping(quotation)) } }
                nav.pages aria-label="Pages" {
                    @if !view.after.is_empty() { a href=(here("after", "")) { "First page" } }
                    @if let Some(next) = next { a rel="next" href=(here("after", next)) { "Next page" } }
                }
            }
            aside.rail aria-label="More" {
                @if !speaker.terms.is_empty() {
                    section {
                        h2 { "Words more frequent here" }
                        ul { @for term in &speaker.terms { li { a href=(PageView { q: term.word.clone(), speaker: speaker.name.clone(), ..PageView::default() }.address("/")) { (term.word) } } } }
                    }
                }
                @if !others.is_empty() {
                    section { h2 { "Others of that name" } ul { @for name in others { li { a href=(super::parts::speaker_address(name)) { (name) } } } } }
                }
            }
        }
    };
    frame::framed(&format!("{} \u{b7} newshound", speaker.name), &PageView::default(), None, &body)
}

fn clipping(quotation: &RankedQuotation) -> Markup {
    let how = match quotation.kind {
        Kind::Indirect => "indirect",
        _ => "quoted",
    };
    let line = quotation.location.line.map(|line| format!(":{line}")).unwrap_or_default();
    html! {
        li.clipping {
            article {
                (dateline(None, quotation.facts.published.as_deref(), quotation.facts.outlet.as_deref()))
                h2 { a href=(format!("/articles/{}#p{}", quotation.article, quotation.paragraph)) { (quotation.facts.headline.as_deref().unwrap_or("(no headline)")) } }
                p.passage { (marked(&quotation.context, &[quotation.said])) }
                p.speakers { @if let Some(mention) = &quotation.mention { (mention) " " } span.how { (how) } }
                p.place { code { (quotation.location.path) (line) } (original(quotation.facts.url.as_deref())) }
            }
        }
    }
}
