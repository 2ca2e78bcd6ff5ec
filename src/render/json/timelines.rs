//! Queries over time beside all that was printed, as JSON.

use super::{SCHEMA, SummaryJson};
use crate::query::Parsed;
use crate::timeline::{Counts, Curve, Every, Figures, Measure, Printed, Stretch, Timeline};
use schemars::JsonSchema;
use serde::Serialize;

/// Queries over time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Timelines")]
pub struct TimelinesJson {
    /// `timelines`
    #[schemars(extend("const" = "timelines"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// Names the commit of the index that was asked.
    pub commit: String,
    /// `day`, `week`, `month` or `year`.
    #[schemars(extend("enum" = Every::NAMES))]
    pub every: &'static str,
    /// All stretches, in order, those without an article too.
    pub stretches: Vec<PrintedJson>,
    /// What came of each query.
    pub curves: Vec<CurveJson>,
    /// Why first printings are not told, where they are not: then all figures of them are null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untold: Option<String>,
}

/// A stretch of time, and everything that was printed in it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Printed")]
pub struct PrintedJson {
    /// `2025`, `2025-03` or `2025-03-14`; of a week its Monday.
    pub from: String,
    /// Articles.
    pub articles: u64,
    /// Words in them, estimated from bytes.
    pub words: u64,
    /// Articles that are the first printing of their story; null where those are not told.
    pub stories: Option<u64>,
    /// Words in those.
    pub story_words: Option<u64>,
}

/// What answers one query.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Curve")]
pub struct CurveJson {
    /// As typed.
    pub query: String,
    /// For each stretch; null where the index holds no article of it.
    pub counts: Vec<Option<CountsJson>>,
    /// What has no date as precise as the stretches.
    pub undated: CountsJson,
    /// All of the answer.
    pub summary: SummaryJson,
}

/// How much of an answer there is in a stretch.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Counts")]
pub struct CountsJson {
    /// Copies counted each.
    pub each: MeasuredJson,
    /// Copies counted once: first printings alone; null where those are not told.
    pub once: Option<MeasuredJson>,
}

/// Counts, and what they are of all that was printed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Measured")]
pub struct MeasuredJson {
    /// Marked places.
    pub mentions: u64,
    /// Passages they stand in.
    pub passages: u64,
    /// Articles those are of.
    pub articles: u64,
    /// Articles, of a hundred that were printed; null where that is not known.
    pub share: Option<f64>,
    /// Marked places in a million printed words; null where that is not known.
    pub per_million: Option<f64>,
}

impl TimelinesJson {
    /// The wire form of a timeline; `queries` are those of the curves as typed, `parsed` as they were understood.
    pub fn new(timeline: &Timeline, every: Every, commit: &str, queries: &[String], parsed: &[Parsed]) -> TimelinesJson {
        let curves = timeline.curves.iter().zip(queries.iter().zip(parsed));
        let is_told = timeline.untold.is_none();
        TimelinesJson {
            r#type: "timelines",
            schema: SCHEMA,
            commit: commit.to_owned(),
            every: Every::NAMES[every as usize],
            stretches: timeline.stretches.iter().map(|stretch| printed(stretch, is_told)).collect(),
            curves: curves.map(|(curve, (typed, parsed))| curve_json(timeline, curve, typed, parsed)).collect(),
            untold: timeline.untold.clone(),
        }
    }
}

/// `is_told`: first printings are.
fn printed(stretch: &Stretch, is_told: bool) -> PrintedJson {
    let Printed { articles, words, stories, story_words } = stretch.printed;
    let (stories, story_words) = (is_told.then_some(stories), is_told.then_some(story_words));
    PrintedJson { from: stretch.name.clone(), articles, words, stories, story_words }
}

fn curve_json(timeline: &Timeline, curve: &Curve, typed: &str, parsed: &Parsed) -> CurveJson {
    let summary = SummaryJson::new(&curve.summary, parsed.query.as_ref().map(ToString::to_string), &parsed.complaints);
    let both = curve.counts.iter().zip(&timeline.stretches);
    let is_told = timeline.untold.is_none();
    let known =
        both.map(|(counts, stretch)| (stretch.printed.articles > 0).then(|| counts_json(counts, &stretch.printed, is_told)));
    CurveJson {
        query: typed.to_owned(),
        counts: known.collect(),
        undated: counts_json(&curve.undated, &Printed::default(), is_told),
        summary,
    }
}

fn counts_json(counts: &Counts, printed: &Printed, is_told: bool) -> CountsJson {
    let part = |measure: Measure, once| measure.of(counts, printed, once).map(|value| (value * 1e4).round() / 1e4);
    let measured = |of: Figures, once| MeasuredJson {
        mentions: of.mentions,
        passages: of.passages,
        articles: of.articles,
        share: part(Measure::Share, once),
        per_million: part(Measure::PerMillion, once),
    };
    CountsJson { each: measured(counts.each, false), once: is_told.then(|| measured(counts.once, true)) }
}
