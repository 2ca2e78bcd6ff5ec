//! A speaker: names, roles, words that are more frequent here than elsewhere, and quotations over time.

use super::paging::Paging;
use super::parts::{counted, day};
use super::timeline::{Timeline, timeline};
use super::{PageView, frame, quoted};
use crate::results::{QuotedSpeaker, RankedQuotation};
use maud::html;

/// What is known of somebody.
#[derive(Debug)]
pub struct Portrait {
    /// Who it is.
    pub speaker: QuotedSpeaker,
    /// One page of quotations.
    pub quotations: Vec<RankedQuotation>,
    /// The number of the first of them.
    pub first: usize,
    /// Which page.
    pub paging: Paging,
    /// Quotations in each month.
    pub over_time: Timeline,
    /// Others who may have been meant.
    pub others: Vec<String>,
}

/// The page of a speaker. Of `view`, `speaker`, `from`, `to`, `speech` and `page` count.
pub fn speaker(view: &PageView, portrait: &Portrait) -> String {
    let Portrait { speaker, quotations, first, paging, over_time, others } = portrait;
    let view = PageView { speaker: speaker.name.clone(), ..view.clone() };
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
                (quoted::switch(&view.speech, |speech| view.with("speech", speech).address("/speaker")))
                ol.clippings start=(first) {
                    @for (at, quotation) in quotations.iter().enumerate() { (quoted::clipping(first + at, quotation, true)) }
                }
                (paging.links("/speaker", &view))
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

/// The page that says that nobody is quoted under this name, and who is spelt nearly so.
pub fn nobody(view: &PageView, near: &[String]) -> String {
    let body = html! {
        main #content.notice {
            h1 { "no such speaker" }
            p { "Nobody is quoted here under the name \u{201c}" (view.speaker) "\u{201d}." }
            @if !near.is_empty() {
                p { "Did you mean" @for name in near { " " a.meant href=(super::parts::speaker_address(name)) { (name) } } "?" }
            }
            p { a href="/speakers" { "Everybody who is quoted" } }
        }
    };
    frame::framed("no such speaker \u{b7} newshound", view, None, &body)
}
