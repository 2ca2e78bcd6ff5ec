//! A clipping: a story of the answer with its best passage, what else of it answers, and how it is cited.

use super::basket::tick;
use super::parts::{Piece, dateline, excerpt, marked, original, speaker_address, spoken};
use super::{PageView, address};
use crate::article::{ParagraphKind, Span};
use crate::passage::UnitKind;
use crate::render::cite::{Citation, CitationFormat};
use crate::results::{PassageSpeaker, Printing, RankedPassage};
use maud::{Markup, html};

/// Bytes shown of each further passage of an article.
const LONGEST: usize = 220;

/// An article of the answer.
#[derive(Debug)]
pub struct Story {
    /// Its number in the answer, from 1.
    pub number: usize,
    /// Its passage that answers best.
    pub passage: RankedPassage,
    /// What of the query stands in its headline.
    pub headline: Vec<Span>,
    /// Some of its other passages that answer, in the order of the article.
    pub others: Vec<RankedPassage>,
    /// How many others there are.
    pub more: usize,
    /// There may be more than that.
    pub partial: bool,
}

/// Where a passage is shown in its article, with what `query` matches marked.
pub fn passage_address(query: &str, passage: &RankedPassage) -> String {
    let article = address(&format!("/articles/{}", passage.article), &[("q", query), ("passage", &passage.id)]);
    format!("{article}#p{}", passage.paragraph)
}

pub(super) fn clipping(view: &PageView, story: &Story) -> Markup {
    let passage = &story.passage;
    let headline = passage.facts.headline.as_deref().unwrap_or("(no headline)");
    let is_head = passage.facts.headline.as_ref().is_some_and(|headline| *headline == passage.text);
    html! {
        li.clipping value=(story.number) {
            article {
                (dateline(passage.facts.place.as_deref(), passage.facts.published.as_deref(), passage.facts.outlet.as_deref()))
                h2 {
                    a href=(passage_address(&view.q, passage)) {
                        @if is_head { (marked(&passage.text, &passage.matches)) } @else { (marked(headline, &story.headline)) }
                    }
                }
                @if !is_head { p.passage { (spoken(&Piece::of(passage))) } }
                (speakers(&passage.speakers))
                @if let Some(why) = why(passage) { p.why { (why) } }
                (more(view, story))
                (copies(&passage.copies))
                (foot(&Citation::of_passage(passage), passage.facts.url.as_deref()))
                (tick(&passage.id, false))
            }
        }
    }
}

/// Who speaks in a passage: first those who are quoted, then those of whom it is reported.
pub(super) fn speakers(speakers: &[PassageSpeaker]) -> Markup {
    let mut in_order: Vec<&PassageSpeaker> = speakers.iter().collect();
    in_order.sort_by_key(|speaker| speaker.indirect);
    html! {
        @if !in_order.is_empty() {
            p.speakers {
                @for speaker in in_order {
                    span.voice {
                        a.doubtful[speaker.doubtful] href=(speaker_address(&speaker.name)) { (speaker.name) }
                        @if speaker.doubtful { span.doubt title="the speaker is not certain" { " (?)" } }
                        span.how { " " (if speaker.indirect { "reported" } else { "quoted" }) }
                    }
                    " "
                }
            }
        }
    }
}

/// What a passage is, where that is not plain: no paragraph of the story, or one without a word to mark.
fn why(passage: &RankedPassage) -> Option<&'static str> {
    Some(match passage.kind {
        _ if passage.matches.is_empty() => "found by what is known of the article: date, place, outlet, section or author",
        UnitKind::Paragraph(ParagraphKind::Subhead) => "a heading within the story",
        UnitKind::Paragraph(ParagraphKind::Table) => "a table",
        UnitKind::Paragraph(ParagraphKind::Boilerplate) => "beside the story: a caption, credit or note",
        UnitKind::Head => "in the headline",
        UnitKind::Dateline => "in the dateline",
        UnitKind::Paragraph(_) => return None,
    })
}

/// The other passages of the same article; an empty place where none is known.
pub(super) fn more(view: &PageView, story: &Story) -> Markup {
    let unlisted = story.more.saturating_sub(story.others.len());
    let in_all = format!("{}{} more in this article", if story.partial { "at least " } else { "" }, story.more);
    html! {
        div id=(format!("more-{}", story.number)) {
            @if !story.others.is_empty() {
                details.more {
                    summary { (in_all) }
                    ul {
                        @for other in &story.others {
                            li {
                                a.number href=(passage_address(&view.q, other)) { @if other.paragraph > 0 { "paragraph " (other.paragraph) } @else { "headline" } }
                                " " (excerpt(&Piece::of(other), LONGEST))
                            }
                        }
                        @if unlisted > 0 { li { a href=(passage_address(&view.q, &story.passage)) { "and " (unlisted) " more: all are marked in the article" } } }
                    }
                }
            }
        }
    }
}

/// Who else prints the story.
pub(super) fn copies(copies: &[Printing]) -> Markup {
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

/// Where it stands, the original, and how it is cited.
pub(super) fn foot(citation: &Citation, url: Option<&str>) -> Markup {
    let path = &citation.path;
    let place = citation.line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
    html! {
        div.foot {
            code.place { (place) }
            (original(url))
            details.cite {
                summary { "cite" }
                p.citation { (citation.written(CitationFormat::Plain, None)) }
                p { a href=(citation.address()) { "link" } " \u{b7} " (formats(&citation.id)) }
            }
            @if citation.id.contains('.') { a.trail href=(address("/trail", &[("q", &citation.id)])) { "trail" } }
        }
    }
}

/// Links to citations in the formats of programs; several ids are joined by commas.
pub(super) fn formats(ids: &str) -> Markup {
    let formats = [("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON")];
    html! {
        @for (number, (format, words)) in formats.into_iter().enumerate() {
            @if number > 0 { " \u{b7} " }
            a href=(address(&format!("/v1/citations/{ids}"), &[("format", format)])) { (words) }
        }
    }
}
