//! Queries over time as pictures: dots for a terminal, and SVG.
//!
//! A zero is drawn on the base line; where the index holds no article, there is no line.

#[cfg(feature = "cli")]
mod dots;
mod svg;

#[cfg(feature = "cli")]
pub use dots::dots;
pub use svg::svg;

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
    /// The largest value of all curves.
    fn top(&self) -> f64 {
        let values = self.timeline.curves.iter().flat_map(|curve| self.timeline.values(curve, self.measure, self.once));
        values.flatten().fold(0.0, f64::max)
    }

    /// What is drawn, in words.
    fn title(&self) -> String {
        let what = match (self.measure, self.once) {
            (Measure::Articles, true) => "stories",
            (Measure::Share, true) => "% of all stories",
            (measure, _) => measure.in_words(),
        };
        let copies = if self.once { ", copies counted once" } else { "" };
        format!("{what} by {}{copies}", self.every)
    }
}

/// A value as a label has it: `12`, `0.42`.
pub(super) fn label(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
