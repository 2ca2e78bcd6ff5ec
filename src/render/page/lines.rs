//! Each mention in the middle of a line, with what stands before and after it (KWIC, key word in context).

use super::PageView;
use super::clipping::passage_address;
use super::parts::{counted, day, speaker_address};
use crate::render::concordance::{ConcordanceLine, LineOrder};
use crate::results::{PassageSpeaker, RankedPassage};
use maud::{Markup, html};
use std::sync::Arc;

/// Characters on either side of a mention: what a wide screen has room for.
const BESIDE: usize = 90;

/// A page of lines.
#[derive(Debug, Default)]
pub struct Lines {
    /// Each with the passage it is of.
    pub lines: Vec<(Arc<RankedPassage>, ConcordanceLine)>,
    /// What was sorted, where they are.
    pub sorted: Option<SortedLines>,
}

/// What was sorted before the lines of a page were taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortedLines {
    /// By what.
    pub order: LineOrder,
    /// How many lines.
    pub lines: usize,
    /// There are others, which were not looked at: those rank lower, or time was up.
    pub cut: bool,
}

/// The lines of a page.
pub(super) fn lines(view: &PageView, listed: &Lines) -> Markup {
    html! {
        @if let Some(sorted) = listed.sorted { p.sorted { (account(sorted)) } }
        ul.lines {
            @for (passage, line) in &listed.lines {
                li.line {
                    span.left { span { (last(&line.left)) } }
                    mark { (line.keyword) }
                    span.right { (first(&line.right)) }
                    " " span.whence {
                        a.number href=(passage_address(&view.q, passage)) { (place(passage)) }
                        @if let Some(speaker) = &line.speaker { " \u{b7} " (voice(speaker)) }
                    }
                }
            }
        }
    }
}

/// How much was sorted, and by what.
fn account(sorted: SortedLines) -> Markup {
    let by = sorted.order.in_words();
    html! {
        @if sorted.cut { b { "Only the first " (counted(sorted.lines, "line")) } " are sorted, by " (by) "; there are more. A narrower search sorts all." }
        @else { (all(sorted.lines)) " sorted by " (by) "." }
    }
}

fn all(lines: usize) -> String {
    if lines == 1 { "One line,".to_owned() } else { format!("All {}", counted(lines, "line")) }
}

/// Who says it.
fn voice(speaker: &PassageSpeaker) -> Markup {
    html! {
        a.doubtful[speaker.doubtful] href=(speaker_address(&speaker.name)) { (speaker.name) }
        @if speaker.doubtful { span.doubt title="the speaker is not certain" { " (?)" } }
    }
}

/// The end of what stands before the mention.
fn last(text: &str) -> String {
    text.chars().skip(text.chars().count().saturating_sub(BESIDE)).collect()
}

/// The beginning of what stands after it.
fn first(text: &str) -> String {
    text.chars().take(BESIDE).collect()
}

/// Outlet and day; the path where neither is known.
fn place(passage: &RankedPassage) -> String {
    let known = [passage.facts.outlet.clone(), passage.facts.published.as_deref().map(day)];
    let known: Vec<String> = known.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { passage.location.path.clone() } else { known.join(", ") }
}
