//! The trail of words, as JSON.

use super::verified::place;
use super::{CopyJson, PlaceJson, SCHEMA, copy, in_characters};
use crate::trail::{Change, Step, Trail};
use schemars::JsonSchema;
use serde::Serialize;

/// An article that prints the words, or nearly these.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Step")]
pub struct StepJson {
    /// `step`
    #[schemars(extend("const" = "step"))]
    pub r#type: &'static str,
    /// From 1, the first printing.
    pub number: usize,
    /// Where.
    #[serde(flatten)]
    pub place: PlaceJson,
    /// What was done to the words: `shorter`, `longer`, `altered`, `other_punctuation`, `other_speaker`; nothing where they are printed word for word.
    pub changes: Vec<&'static str>,
    /// Words before and after those that are printed.
    pub cut_off: usize,
    /// Words that are not printed among them, and nothing instead.
    pub left_out: usize,
    /// Words that are printed among them.
    pub put_in: usize,
    /// Words with something else printed instead.
    pub replaced: usize,
    /// Words with which their last sentence goes on.
    pub goes_on: usize,
    /// Words in common, weighed, as a part of one.
    pub common: f64,
    /// `[start, end]` in `words` of what is not printed so.
    pub only_given: Vec<[usize; 2]>,
    /// `[start, end]` in `text` of what is printed and not given.
    pub only_printed: Vec<[usize; 2]>,
    /// Other articles that tell the same story and print the words the same way.
    pub copies: Vec<CopyJson>,
}

/// The last line of a trail.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TrailSummary")]
pub struct TrailSummaryJson {
    /// `summary`
    #[schemars(extend("const" = "summary"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// The words that are followed.
    pub words: String,
    /// Steps given.
    pub steps: usize,
    /// Articles that print the words, copies counted each.
    pub articles: usize,
    /// Stories those tell, copies counted once.
    pub stories: usize,
    /// Outlets they are of, as far as those are known.
    pub outlets: usize,
    /// Articles that may print the words and were not read.
    pub unread: usize,
    /// Why the figures are the least there is, when they are.
    pub partial: Option<String>,
    /// Time for all of it.
    pub took_ms: f64,
}

impl StepJson {
    /// The wire form of a step. `words` are those that are followed.
    pub fn new(words: &str, step: &Step, number: usize) -> StepJson {
        StepJson {
            r#type: "step",
            number,
            place: place(words, &step.place),
            changes: step.changes().into_iter().map(Change::name).collect(),
            cut_off: step.edits.cut_off,
            left_out: step.edits.left_out,
            put_in: step.edits.put_in,
            replaced: step.edits.replaced,
            goes_on: step.goes_on,
            common: (step.common * 1e3).round() / 1e3,
            only_given: in_characters(words, &step.only_given),
            only_printed: in_characters(&step.place.text, &step.only_printed),
            copies: step.copies.iter().map(copy).collect(),
        }
    }

    /// Those of a trail.
    pub fn all(trail: &Trail) -> impl Iterator<Item = StepJson> + '_ {
        trail.steps.iter().zip(1..).map(|(step, number)| StepJson::new(&trail.words, step, number))
    }
}

impl TrailSummaryJson {
    /// Of a trail.
    pub fn new(trail: &Trail) -> TrailSummaryJson {
        TrailSummaryJson {
            r#type: "summary",
            schema: SCHEMA,
            words: trail.words.clone(),
            steps: trail.steps.len(),
            articles: trail.articles,
            stories: trail.stories,
            outlets: trail.outlets,
            unread: trail.unread,
            partial: trail.partial.clone(),
            took_ms: (trail.took.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}
