//! Small parts that several pages have.

use crate::article::Span;
pub(super) use crate::day::in_words as day;
use crate::results::RankedPassage;
use maud::{Markup, html};

/// Words of the archive, and what is marked in them.
pub(super) struct Piece<'a> {
    pub text: &'a str,
    /// The words that matched, sorted.
    pub marks: Vec<Span>,
    /// What is somebody's words, sorted.
    pub speech: &'a [Span],
}

impl<'a> Piece<'a> {
    /// A passage of an answer: where a whole quotation answers by who speaks, that marks no words.
    pub fn of(passage: &'a RankedPassage) -> Piece<'a> {
        let marks = passage.matches.iter().copied().filter(|mark| !passage.speech.contains(mark)).collect();
        Piece { text: &passage.text, marks, speech: &passage.speech }
    }
}

/// `text` with `marks` (sorted spans of bytes) marked; those that lie within each other become one.
pub(super) fn marked(text: &str, marks: &[Span]) -> Markup {
    within(text, Span::new(0, text.len()), &joined(marks))
}

/// The words that matched marked as such, and what is said marked as speech, which may hold words that matched.
pub(super) fn spoken(piece: &Piece) -> Markup {
    spoken_within(piece, Span::new(0, piece.text.len()))
}

fn spoken_within(piece: &Piece, whole: Span) -> Markup {
    let (words, speech) = (joined(&piece.marks), joined(piece.speech));
    let mut from = whole.start;
    html! {
        @for said in speech.iter().filter(|said| said.overlaps(whole)) {
            @let said = Span { start: said.start.max(whole.start), end: said.end.min(whole.end) };
            (within(piece.text, Span { start: from, end: said.start }, &words))
            mark.speech { (within(piece.text, said, &words)) }
            @let () = from = said.end;
        }
        (within(piece.text, Span { start: from, end: whole.end }, &words))
    }
}

/// About `longest` bytes round the first mark.
pub(super) fn excerpt(piece: &Piece, longest: usize) -> Markup {
    let text = piece.text;
    let first = piece.marks.iter().chain(piece.speech).map(|mark| mark.start as usize).min().unwrap_or(0);
    let is_short = text.len() <= longest + longest / 4;
    let start = if is_short { 0 } else { word_at(text, first.saturating_sub(longest / 3)).min(first) };
    let end = if is_short || text.len() - start <= longest { text.len() } else { word_at(text, start + longest) };
    html! {
        @if start > 0 { "\u{2026} " }
        (spoken_within(piece, Span::new(start, end)))
        @if end < text.len() { " \u{2026}" }
    }
}

/// Where the word begins that `at` lies in or before; scripts without blanks are cut at a character.
fn word_at(text: &str, at: usize) -> usize {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before = text[..at].rfind(' ').map_or(0, |blank| blank + 1);
    if at - before > 40 { at } else { before }
}

/// Spans that overlap become one.
fn joined(spans: &[Span]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(*span),
        }
    }
    joined
}

/// What lies in `whole`, with as much of the marks as does.
fn within(text: &str, whole: Span, marks: &[Span]) -> Markup {
    let mut from = whole.start;
    html! {
        @for mark in marks.iter().filter(|mark| mark.overlaps(whole)) {
            @let (start, end) = (mark.start.max(whole.start), mark.end.min(whole.end));
            (Span { start: from, end: start }.of(text))
            mark { (Span { start, end }.of(text)) }
            @let () = from = end;
        }
        (Span { start: from, end: whole.end }.of(text))
    }
}

/// Place, day and outlet on one line, as papers print them.
pub(super) fn dateline(place: Option<&str>, published: Option<&str>, outlet: Option<&str>) -> Markup {
    let published = published.map(day);
    let parts: Vec<&str> = [place, published.as_deref(), outlet].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    html! { @if !parts.is_empty() { p.dateline { (parts.join(" \u{b7} ")) } } }
}

/// `3 mentions`, `1 mention`.
pub(super) fn counted(number: usize, one: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {one}{}", if number == 1 { "" } else { "s" })
}

/// The page of somebody who is quoted.
pub(super) fn speaker_address(name: &str) -> String {
    super::address("/speaker", &[("speaker", name)])
}

/// A link to the original on the web. It is foreign, so it is told nothing of this page.
pub(super) fn original(url: Option<&str>) -> Markup {
    html! { @if let Some(url) = url { " " a.original href=(url) rel="noopener noreferrer nofollow" { "original" } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_counts_read_as_printed() {
        assert_eq!(day("2025-03-14T18:05:00+01:00"), "14 March 2025");
        assert_eq!(day("2025-03"), "March 2025");
        assert_eq!(day("1987"), "1987");
        assert_eq!(counted(1, "mention"), "1 mention");
        assert_eq!(counted(1_234_567, "passage"), "1,234,567 passages");
    }

    #[test]
    fn speech_is_marked_otherwise_than_words() {
        let piece = Piece { text: "He said: we want peace.", marks: vec![Span::new(17, 22)], speech: &[Span::new(9, 22)] };
        assert_eq!(spoken(&piece).into_string(), "He said: <mark class=\"speech\">we want <mark>peace</mark></mark>.");
        let all = Piece { marks: vec![Span::new(9, 22)], ..piece };
        assert_eq!(spoken(&all).into_string(), "He said: <mark class=\"speech\"><mark>we want peace</mark></mark>.");
    }

    #[test]
    fn an_excerpt_is_whole_words_round_the_first_mark() {
        let text = format!("{}peace {}", "before ".repeat(60), "after ".repeat(60));
        let piece = Piece { text: &text, marks: vec![Span::new(420, 425)], speech: &[] };
        let shown = excerpt(&piece, 60).into_string();
        assert!(
            shown.starts_with("\u{2026} before") && shown.contains("<mark>peace</mark> after") && shown.ends_with(" \u{2026}"),
            "{shown}"
        );
        let dense = Piece { text: &"\u{5e73}".repeat(300), marks: Vec::new(), speech: &[] };
        assert!(excerpt(&dense, 60).into_string().len() < 80);
    }

    #[test]
    fn marks_are_the_only_tags() {
        let text = "<b> peace & <i>";
        assert_eq!(marked(text, &[Span::new(4, 9)]).into_string(), "&lt;b&gt; <mark>peace</mark> &amp; &lt;i&gt;");
        let nested = [Span::new(0, 9), Span::new(4, 7), Span::new(8, 11)];
        assert_eq!(marked(text, &nested).into_string(), "<mark>&lt;b&gt; peace &amp;</mark> &lt;i&gt;");
    }
}
