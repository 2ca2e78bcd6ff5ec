//! Lists to browse: everybody who is quoted, and every outlet.

use super::paging::Paging;
use super::parts::{counted, day, speaker_address};
use super::{PageView, frame};
use crate::results::QuotedSpeaker;
use maud::{Markup, html};

/// A newspaper, agency or site of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// As it is printed.
    pub name: String,
    /// Articles of it.
    pub articles: usize,
}

/// Everybody who is quoted, a page of them; `all` is how many there are.
pub fn speakers(view: &PageView, all: usize, listed: &[QuotedSpeaker], paging: Paging) -> String {
    let orders = [("", "quoted most"), ("name", "by name"), ("last", "quoted last")];
    let rows = html! {
        p.count { strong { (counted(all, "speaker")) } " of this archive" }
        nav.orders aria-label="Order" {
            @for (sort, words) in orders {
                @if view.sort == sort { b aria-current="true" { (words) } } @else { a href=(view.with("sort", sort).address("/speakers")) { (words) } } " "
            }
        }
        table.browse {
            thead { tr { th scope="col" { "Speaker" } th.number scope="col" { "Quotations" } th.number scope="col" { "Articles" } th scope="col" { "Last" } } }
            tbody {
                @for speaker in listed {
                    tr {
                        th scope="row" { a href=(speaker_address(&speaker.name)) { (speaker.name) } @if let Some(role) = &speaker.role { span.role { (role) } } }
                        td.number { (speaker.quotations) }
                        td.number { (speaker.articles) }
                        td { (speaker.last.as_deref().map(day).unwrap_or_default()) }
                    }
                }
            }
        }
        (paging.links("/speakers", view))
    };
    list("Speakers", &rows)
}

/// Every outlet; `read` articles were looked at for that, where these are not all.
pub fn outlets(listed: &[Outlet], read: Option<usize>) -> String {
    let rows = html! {
        p.count { strong { (counted(listed.len(), "outlet")) } @if let Some(read) = read { " of the newest " (counted(read, "article")) } @else { " of this archive" } }
        table.browse {
            thead { tr { th scope="col" { "Outlet" } th.number scope="col" { "Articles" } } }
            tbody {
                @for outlet in listed {
                    tr {
                        th scope="row" { a href=(PageView { outlet: outlet.name.clone(), sort: "-date".into(), ..PageView::default() }.address("/")) { (outlet.name) } }
                        td.number { (outlet.articles) }
                    }
                }
            }
        }
    };
    list("Outlets", &rows)
}

fn list(title: &str, rows: &Markup) -> String {
    let body = html! { main #content.browsed { h1 { (title) } (rows) } };
    frame::framed(&format!("{title} \u{b7} newshound"), &PageView::default(), None, &body)
}
