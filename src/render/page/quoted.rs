//! A quotation as a clipping: the sentence with what is said, who says it and how.

use super::clipping::foot;
use super::parts::{Piece, dateline, speaker_address, spoken};
use crate::quotation::Kind;
use crate::render::cite::Citation;
use crate::results::RankedQuotation;
use maud::{Markup, html};

/// `named`: the page is of one speaker, who need not be named each time.
pub(super) fn clipping(number: usize, quotation: &RankedQuotation, named: bool) -> Markup {
    let address = format!("/articles/{}#p{}", quotation.article, quotation.paragraph);
    html! {
        li.clipping value=(number) {
            article {
                (dateline(quotation.facts.place.as_deref(), quotation.facts.published.as_deref(), quotation.facts.outlet.as_deref()))
                h2 { a href=(address) { (quotation.facts.headline.as_deref().unwrap_or("(no headline)")) } }
                p.passage { (spoken(&Piece { text: &quotation.context, marks: quotation.context_matches.clone(), speech: &[quotation.said] })) }
                (voice(quotation, named))
                (foot(&Citation::of_quotation(quotation), quotation.facts.url.as_deref()))
            }
        }
    }
}

fn voice(quotation: &RankedQuotation, named: bool) -> Markup {
    let doubtful = quotation.is_doubtful();
    let how = match quotation.kind {
        Kind::Indirect => "reported",
        _ => "quoted",
    };
    html! {
        p.speakers {
            span.voice {
                @match (&quotation.speaker, named) {
                    (Some(name), false) => a.doubtful[doubtful] href=(speaker_address(name)) { (name) },
                    (None, false) => span.how { "speaker not told" },
                    (_, true) => @if let Some(mention) = &quotation.mention { span.doubtful[doubtful] { (mention) } },
                }
                @if doubtful { span.doubt title="the speaker is not certain" { " (?)" } }
                @if let Some(role) = &quotation.role { span.how { ", " (role) } }
                span.how { " " (how) }
            }
        }
    }
}

/// The two ways to list quotations; `here` makes the address for a value of `speech`.
pub(super) fn switch(speech: &str, here: impl Fn(&str) -> String) -> Markup {
    html! {
        p.orders.speech {
            @for (value, words) in [("", "quoted, then reported"), ("direct", "direct speech only")] {
                @if speech == value { b aria-current="true" { (words) } } @else { a href=(here(value)) { (words) } } " "
            }
        }
    }
}
