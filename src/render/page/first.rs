//! The page before anything is asked: what the archive holds.

use super::parts::{counted, dateline, speaker_address};
use super::timeline::{Timeline, timeline};
use super::{PageView, frame};
use crate::results::{Facts, QuotedSpeaker};
use maud::{Markup, html};

/// What an archive holds.
#[derive(Debug, Default)]
pub struct FirstVisit {
    /// Articles in all.
    pub articles: u64,
    /// Queries that find something.
    pub examples: Vec<String>,
    /// Articles in each month.
    pub over_time: Timeline,
    /// Who is quoted most.
    pub speakers: Vec<QuotedSpeaker>,
    /// The articles published last: id and facts.
    pub latest: Vec<(String, Facts)>,
}

/// The page before anything is asked.
pub fn first_visit(archive: &FirstVisit) -> String {
    let view = PageView::default();
    let body = html! {
        main #content.first {
            h1 { "Who said it, where, word for word" }
            p { "Search " strong { (counted(archive.articles as usize, "article")) } ": words, a phrase in quotation marks, or what somebody said. " a href="/help" { "How to ask" } }
            @if !archive.examples.is_empty() {
                ul.examples { @for example in &archive.examples { li { a href=(view.with("q", example).address("/")) { (example) } } } }
            }
            (timeline("/", &view, &archive.over_time, "article"))
            div.holdings { (most(&archive.speakers)) (latest(&archive.latest)) }
        }
    };
    let offered: Vec<String> = archive.speakers.iter().map(|speaker| format!("speaker:\"{}\"", speaker.name)).collect();
    frame::framed_beside("newshound", &view, None, &offered, &body)
}

fn most(speakers: &[QuotedSpeaker]) -> Markup {
    html! {
        @if !speakers.is_empty() {
            section {
                h2 { "Quoted most" }
                ul { @for speaker in speakers { li { a href=(speaker_address(&speaker.name)) { (speaker.name) } " " span.number { (speaker.quotations) } } } }
                p { a href="/speakers" { "everybody who is quoted" } " \u{b7} " a href="/outlets" { "outlets" } }
            }
        }
    }
}

fn latest(latest: &[(String, Facts)]) -> Markup {
    html! {
        @if !latest.is_empty() {
            section {
                h2 { "Latest" }
                ul {
                    @for (id, facts) in latest {
                        li {
                            (dateline(None, facts.published.as_deref(), facts.outlet.as_deref()))
                            a href=(format!("/articles/{id}")) { (facts.headline.as_deref().unwrap_or("(no headline)")) }
                        }
                    }
                }
            }
        }
    }
}
