//! Small parts that several pages have.

use crate::article::Span;
pub(super) use crate::day::in_words as day;
use maud::{Markup, html};

/// `text` with `marks` (sorted spans of bytes) marked; those that lie within each other become one.
pub(super) fn marked(text: &str, marks: &[Span]) -> Markup {
    let mut joined: Vec<Span> = Vec::new();
    for mark in marks {
        match joined.last_mut().filter(|last| mark.start < last.end) {
            Some(last) => last.end = last.end.max(mark.end),
            None => joined.push(*mark),
        }
    }
    let marks = &joined;
    let after = |marks: &[Span]| marks.last().map_or(0, |mark| mark.end as usize);
    html! {
        @for (number, mark) in marks.iter().enumerate() {
            (&text[after(&marks[..number])..mark.start as usize])
            mark { (mark.of(text)) }
        }
        (&text[after(marks)..])
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
    fn marks_are_the_only_tags() {
        let text = "<b> peace & <i>";
        assert_eq!(marked(text, &[Span::new(4, 9)]).into_string(), "&lt;b&gt; <mark>peace</mark> &amp; &lt;i&gt;");
        let nested = [Span::new(0, 9), Span::new(4, 7), Span::new(8, 11)];
        assert_eq!(marked(text, &nested).into_string(), "<mark>&lt;b&gt; peace &amp;</mark> &lt;i&gt;");
    }
}
