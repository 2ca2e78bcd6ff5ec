//! Queries over time as pictures: dots for a terminal, and SVG.
//!
//! A zero is drawn on the base line; where the index holds no article, there is no line.

#[cfg(feature = "cli")]
mod dots;
mod svg;

#[cfg(feature = "cli")]
pub(crate) use dots::chart;
#[cfg(feature = "cli")]
pub use dots::dots;
pub use svg::svg;

use crate::query::Parsed;
use crate::timeline::{Measure, Timeline};

/// What is drawn, and what is said about it.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// The curves.
    pub timeline: &'a Timeline,
    /// The query of each, as typed.
    pub queries: &'a [String],
    /// What of them.
    pub measure: Measure,
    /// First printings alone.
    pub once: bool,
    /// The length of the stretches: `month`.
    pub every: &'a str,
    /// Names the commit of the index.
    pub commit: &'a str,
}

impl Picture<'_> {
    /// Whether first printings alone are drawn: where they are not told, all articles are, and it is said.
    fn is_once(&self) -> bool {
        self.once && self.timeline.untold.is_none()
    }

    /// The largest value of all curves.
    fn top(&self) -> f64 {
        let values = self.timeline.curves.iter().flat_map(|curve| self.timeline.values(curve, self.measure, self.is_once()));
        values.flatten().fold(0.0, f64::max)
    }

    /// What is drawn, in words.
    fn title(&self) -> String {
        let what = match (self.measure, self.is_once()) {
            (Measure::Articles, true) => "stories",
            (Measure::Share, true) => "% of all stories",
            (measure, _) => measure.in_words(),
        };
        let copies = match (self.once, self.is_once()) {
            (true, true) => ", copies counted once",
            (true, false) => ", copies counted each, for they are not told apart",
            _ => "",
        };
        format!("{what} by {}{copies}", self.every)
    }
}

/// What a picture of these queries does not show, in words; `every` names the length of the stretches, `once`: first printings are wanted.
pub fn notes(timeline: &Timeline, queries: &[String], parsed: &[Parsed], every: &str, once: bool) -> Vec<String> {
    let untold = timeline.untold.iter().filter(|_| once);
    let mut notes: Vec<String> = untold.map(|why| format!("copies are counted each, not once: {why}")).collect();
    for ((curve, parsed), query) in timeline.curves.iter().zip(parsed).zip(queries) {
        notes.extend(parsed.complaints.iter().map(|complaint| format!("{query}: {complaint}")));
        notes.extend(curve.summary.partial.iter().map(|why| format!("{query}: the figures are the least there is: {why}")));
        notes.extend((!curve.summary.has_answers()).then(|| format!("nothing found for {query}")));
        let undated = curve.undated.each.articles;
        let plural = if undated == 1 { "" } else { "s" };
        notes.extend((undated > 0).then(|| format!("{query}: {undated} article{plural} without a known {every} in no stretch")));
    }
    let gaps = timeline.stretches.iter().filter(|stretch| stretch.printed.articles == 0).count();
    let all = timeline.stretches.len();
    let plural = if all == 1 { "" } else { "s" };
    notes.extend(
        (gaps > 0).then(|| format!("of {all} {every}{plural} {gaps} without any article in the index: gaps, not zeroes")),
    );
    notes
}

/// A value as a label has it: `12`, `0.42`.
pub(super) fn label(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
