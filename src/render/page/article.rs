//! An article as printed: paragraphs numbered, the passage lit, the query's words marked, quotations drawn by their speakers.

use super::clipping::foot;
use super::parts::{counted, dateline, speaker_address};
use super::{PageView, frame};
use crate::article::{Article, ParagraphKind, Span};
use crate::passage::{UnitKind, units};
use crate::quotation::{Kind, Quotation};
use crate::render::cite::Citation;
use maud::{Markup, html};

/// Colours and line styles that tell speakers apart; more speakers begin again.
const STYLES: usize = 6;

/// The page of an article. `marks` are what `view.q` matches, spans of its text, `lit` the number of the unit that was
/// asked for.
pub fn article(view: &PageView, article: &Article, quotations: &[Quotation], marks: &[Span], lit: Option<usize>) -> String {
    let speakers = speakers(quotations);
    let page = MarkedArticle { text: &article.text, quotations, marks, speakers: &speakers };
    let headline = article.headline();
    let place = article.dateline.as_ref().map(|dateline| dateline.place.as_str());
    let published = article.published.as_ref().map(|published| published.date.as_str());
    let body = html! {
        div.desk {
            main #content {
                article.story lang=[article.language.as_deref()] {
                    (dateline(place, published, article.outlet.as_deref()))
                    h1 #p0 { @match article.headline { Some(span) => (page.words(span)), None => "(no headline)" } }
                    @if !article.bylines.is_empty() {
                        p.byline { "By " (article.bylines.iter().map(|byline| byline.name.as_str()).collect::<Vec<_>>().join(", ")) }
                    }
                    @for (number, unit) in units(article).enumerate().skip(1) {
                        @let is_lit = lit == Some(number);
                        p id=(format!("p{number}")) class=(class(unit.kind, is_lit)) {
                            a.number href=(format!("#p{number}")) aria-label=(format!("Paragraph {number}")) { (number) }
                            (page.words(unit.span))
                        }
                    }
                    @if article.source.record > 0 { p.place { "record " (article.source.record + 1) " of its file" } }
                    (foot(&Citation::of_article(article), article.url.as_deref()))
                }
            }
            (key(&speakers))
        }
    };
    frame::framed(&format!("{} \u{b7} newshound", if headline.is_empty() { "Article" } else { headline }), view, None, &body)
}

fn class(kind: UnitKind, is_lit: bool) -> &'static str {
    match (kind, is_lit) {
        (UnitKind::Paragraph(ParagraphKind::Boilerplate), false) => "unit aside",
        (UnitKind::Paragraph(ParagraphKind::Subhead), false) => "unit subhead",
        (UnitKind::Paragraph(ParagraphKind::Table), false) => "unit table",
        (_, true) => "unit lit",
        _ => "unit",
    }
}

/// The names of those who are quoted, in the order they come, with the number of their quotations and the first of them.
fn speakers(quotations: &[Quotation]) -> Vec<(&str, usize, usize)> {
    let mut speakers: Vec<(&str, usize, usize)> = Vec::new();
    for (number, quotation) in quotations.iter().enumerate().filter(|(_, quotation)| quotation.is_shown()) {
        let Some(speaker) = &quotation.speaker else { continue };
        match speakers.iter_mut().find(|(name, ..)| *name == speaker.name) {
            Some((_, count, _)) => *count += 1,
            None => speakers.push((&speaker.name, 1, number)),
        }
    }
    speakers
}

/// The letter that stands after a speaker's quotations, so that colour is never all that tells.
fn letter(number: usize) -> char {
    char::from(b'A' + (number % 26) as u8)
}

fn key(speakers: &[(&str, usize, usize)]) -> Markup {
    html! {
        aside.rail aria-label="Who speaks" {
            @if !speakers.is_empty() {
                section {
                    h2 { "Who speaks" }
                    ul.key {
                        @for (number, (name, count, first)) in speakers.iter().enumerate() {
                            li {
                                a.said.(format!("s{}", number % STYLES)) href=(format!("#q{first}")) data-speaker=(number) { (letter(number)) " " (name) }
                                " " span.number { (counted(*count, "quotation")) } " "
                                a.more href=(speaker_address(name)) aria-label=(format!("all quotations of {name}")) { "all" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is needed to set the words of an article.
struct MarkedArticle<'a> {
    text: &'a str,
    quotations: &'a [Quotation],
    marks: &'a [Span],
    speakers: &'a [(&'a str, usize, usize)],
}

impl MarkedArticle<'_> {
    /// The words of `span`, cut wherever a quotation or a mark begins or ends.
    fn words(&self, span: Span) -> Markup {
        let inside = |other: &Span| other.overlaps(span);
        let quotations: Vec<(usize, Span)> = self
            .quotations
            .iter()
            .enumerate()
            .map(|(at, quotation)| (at, quotation.span))
            .filter(|(_, span)| inside(span))
            .collect();
        let marks: Vec<Span> = self.marks.iter().copied().filter(inside).collect();
        let mut cuts: Vec<u32> =
            quotations.iter().map(|(_, span)| span).chain(&marks).flat_map(|span| [span.start, span.end]).collect();
        cuts.extend([span.start, span.end]);
        cuts.retain(|cut| (span.start..=span.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        html! {
            @for pair in cuts.windows(2) {
                @let piece = Span { start: pair[0], end: pair[1] };
                // The innermost quotation: the last that began.
                @match quotations.iter().rev().find(|(_, quotation)| quotation.contains(piece)) {
                    Some((number, whole)) => (self.said(*number, *whole, piece, &marks)),
                    None => (self.piece(piece, &marks)),
                }
            }
        }
    }

    fn piece(&self, piece: Span, marks: &[Span]) -> Markup {
        html! { @if marks.iter().any(|mark| mark.contains(piece)) { mark { (piece.of(self.text)) } } @else { (piece.of(self.text)) } }
    }

    fn said(&self, number: usize, whole: Span, piece: Span, marks: &[Span]) -> Markup {
        let quotation = &self.quotations[number];
        let name = quotation.speaker.as_ref().map(|speaker| speaker.name.as_str());
        let at = name.and_then(|name| self.speakers.iter().position(|(known, ..)| *known == name));
        let Some(at) = at.filter(|_| quotation.is_shown()) else { return self.piece(piece, marks) };
        let how = if quotation.kind == Kind::Indirect { "indirect" } else { "quoted" };
        let id = (piece.start == whole.start).then(|| format!("q{number}"));
        let doubtful = quotation.is_doubtful();
        let (perhaps, sign) = if doubtful { ("perhaps ", "?") } else { ("", "") };
        let title = format!("{perhaps}{} ({how})", self.speakers[at].0);
        html! {
            span.said.(format!("s{}", at % STYLES)).(how).doubtful[doubtful] id=[id] title=(title) data-speaker=(at) {
                (self.piece(piece, marks))
            }
            @if piece.end == whole.end {
                sup.who aria-label=(format!("{perhaps}said by {}", self.speakers[at].0)) { (letter(at)) (sign) }
            }
        }
    }
}
