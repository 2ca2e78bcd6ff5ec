//! A speaker: names, roles, words that are more frequent here than elsewhere, whom they are quoted beside, and quotations over time; or
//! two of them beside each other.

use super::paging::Paging;
use super::parts::{counted, day, speaker_address};
use super::timeline::{Timeline, timeline};
use super::{PageView, frame, quoted};
use crate::dossier::{Both, Person};
use crate::results::{RankedQuotation, Term};
use maud::{Markup, html};

/// Names in each list beside the quotations.
const MOST: usize = 8;

/// What is known of somebody.
#[derive(Debug)]
pub struct Portrait {
    /// Who it is; and whom they are compared with, if with anybody.
    pub people: Vec<Person>,
    /// What two people have in common.
    pub both: Option<Both>,
    /// One page of quotations.
    pub quotations: Vec<RankedQuotation>,
    /// The number of the first of them.
    pub first: usize,
    /// Which page.
    pub paging: Paging,
    /// Quotations in each month.
    pub over_time: Timeline,
}

/// The page of a speaker. Of `view`, `speaker`, `with`, `from`, `to`, `speech` and `page` count.
pub fn speaker(view: &PageView, portrait: &Portrait) -> String {
    let Portrait { people, both, quotations, first, paging, over_time } = portrait;
    let person = &people[0];
    let speaker = &person.speaker;
    let view = PageView { speaker: speaker.name.clone(), ..view.clone() };
    let body = html! {
        div.desk {
            main #content {
                h1 { (speaker.name) }
                p.count { @if over_time.partial { "at least " } (counted(speaker.quotations, "quotation")) " in " (counted(speaker.articles, "article"))
                    @if let (Some(first), Some(last)) = (&speaker.first, &speaker.last) { ", " (day(first)) " to " (day(last)) }
                    @if person.counts.reported_only > 0 { "; in " (person.counts.reported_only) " of them by reported speech only" } }
                @if let Some(role) = &speaker.role { p.role { (role) } }
                @if !speaker.names.is_empty() { p.names { "also printed as " (speaker.names.join(", ")) } }
                @if !speaker.may_be.is_empty() { p.complaint { "may be " (speaker.may_be.join(" or ")) } }
                @if let ([one, other], Some(both)) = (people.as_slice(), both) { (compared(&view, one, other, both)) }
                (timeline("/speaker", &view, over_time, "quotation"))
                (quoted::switch(&view.speech, |speech| view.with("speech", speech).address("/speaker")))
                ol.clippings start=(first) {
                    @for (at, quotation) in quotations.iter().enumerate() { (quoted::clipping(first + at, quotation, true)) }
                }
                (paging.links("/speaker", &view))
            }
            (rail(person))
        }
    };
    frame::framed(&format!("{} \u{b7} newshound", speaker.name), &PageView::default(), None, &body)
}

/// What stands beside the quotations.
fn rail(person: &Person) -> Markup {
    let speaker = &person.speaker;
    let of = |q: &str| PageView { q: q.to_owned(), speaker: speaker.name.clone(), ..PageView::default() };
    html! {
        aside.rail aria-label="More" {
            @if !speaker.terms.is_empty() {
                section {
                    h2 { "Words more frequent here" }
                    ul { @for term in &speaker.terms { li { a href=(of(&term.word).address("/")) { (term.word) } } } }
                }
            }
            @if !person.beside.is_empty() {
                section {
                    h2 { "Compare with who is in the same articles" }
                    ul { @for beside in person.beside.iter().take(MOST) { li {
                        a href=(super::address("/speaker", &[("speaker", &speaker.name), ("with", &beside.name)])) { (beside.name) } " " span.number { (beside.articles) }
                    } } }
                }
            }
            @if person.outlets_all > 1 {
                section {
                    h2 { "Outlets" }
                    ul { @for outlet in person.outlets.iter().take(MOST) { li {
                        a href=(of("").with("outlet", &outlet.name).address("/")) { (outlet.name) } " " span.number { (outlet.quotations) }
                    } } }
                }
            }
            @if !person.others.is_empty() {
                section { h2 { "Others of that name" } ul { @for name in &person.others { li { a href=(speaker_address(name)) { (name) } } } } }
            }
        }
    }
}

/// Two people beside each other.
fn compared(view: &PageView, one: &Person, other: &Person, both: &Both) -> Markup {
    let both_of = |of: fn(&Person) -> String| [of(one), of(other)];
    let rows = [
        ("quotations", both_of(|person| person.counts.quotations.to_string())),
        ("quoted in full", both_of(|person| person.counts.direct.to_string())),
        ("reported", both_of(|person| person.counts.indirect.to_string())),
        ("articles", both_of(|person| person.counts.articles.to_string())),
        ("by reported speech only", both_of(|person| person.counts.reported_only.to_string())),
        ("first", both_of(|person| person.speaker.first.as_deref().map_or_else(String::new, day))),
        ("last", both_of(|person| person.speaker.last.as_deref().map_or_else(String::new, day))),
    ];
    html! {
        section aria-label="Comparison" {
            table {
                thead { tr {
                    th scope="col" { "beside each other" }
                    th scope="col" { (one.speaker.name) }
                    th scope="col" { a href=(speaker_address(&other.speaker.name)) { (other.speaker.name) } }
                } }
                tbody { @for (what, cells) in rows { tr { th scope="row" { (what) } @for cell in cells { td { (cell) } } } } }
            }
            @for person in [one, other] { @if !person.against.is_empty() {
                p { (person.speaker.name) " rather speaks of " (words(&person.against)) }
            } }
            p { "Both speak in " (counted(both.articles, "article")) @if both.articles > 0 { ":" } }
            @if !both.latest.is_empty() {
                ul.named { @for shared in &both.latest { li {
                    a href=(format!("/articles/{}", shared.article)) { (shared.facts.headline.as_deref().unwrap_or("(no headline)")) }
                    @if let Some(published) = &shared.facts.published { " \u{b7} " (day(published)) }
                    @if let Some(outlet) = &shared.facts.outlet { " \u{b7} " (outlet) }
                } } }
            }
            p { a href=(view.with("with", "").address("/speaker")) { "without " (other.speaker.name) } }
        }
    }
}

fn words(terms: &[Term]) -> String {
    terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>().join(", ")
}

/// The page that says that nobody is quoted under this name, and who is spelt nearly so.
pub fn nobody(view: &PageView, near: &[String]) -> String {
    let body = html! {
        main #content.notice {
            h1 { "no such speaker" }
            p { "Nobody is quoted here under the name \u{201c}" (view.speaker) "\u{201d}." }
            @if !near.is_empty() {
                p { "Did you mean" @for name in near { " " a.meant href=(speaker_address(name)) { (name) } } "?" }
            }
            p { a href="/speakers" { "Everybody who is quoted" } }
        }
    };
    frame::framed("no such speaker \u{b7} newshound", view, None, &body)
}
