//! How an answer is spread, as JSON.

use super::SummaryJson;
use crate::results::{Facet, Figures, Tally};
use schemars::JsonSchema;
use serde::Serialize;

/// An answer by stretches of time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Timeline")]
pub struct TimelineJson {
    /// The stretches in which there is something, in order.
    pub timeline: Vec<StretchJson>,
    /// What has no date as precise as the stretches.
    pub undated: FiguresJson,
    /// All of the answer.
    pub summary: SummaryJson,
}

/// A stretch of time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Stretch")]
pub struct StretchJson {
    /// `2025`, `2025-03` or `2025-03-14`.
    pub from: String,
    /// Passages.
    pub passages: usize,
    /// Marked places in them.
    pub mentions: usize,
    /// Articles they stand in.
    pub articles: usize,
}

/// How much there is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figures")]
pub struct FiguresJson {
    /// Passages.
    pub passages: usize,
    /// Marked places in them.
    pub mentions: usize,
    /// Articles they stand in.
    pub articles: usize,
}

/// An answer by what its passages and articles have in common; most passages first, then by name.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Facets")]
pub struct FacetsJson {
    /// Who speaks in the passages: the names as their articles give them in full.
    pub speakers: Vec<ValueJson>,
    /// Places of datelines.
    pub places: Vec<ValueJson>,
    /// Newspapers, agencies and sites.
    pub outlets: Vec<ValueJson>,
    /// Desks and categories.
    pub sections: Vec<ValueJson>,
    /// ISO 639-1.
    pub languages: Vec<ValueJson>,
    /// How many different values each has, given or not.
    pub different: DifferentJson,
    /// All of the answer.
    pub summary: SummaryJson,
}

/// One value, and how much there is of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Value")]
pub struct ValueJson {
    /// As printed.
    pub name: String,
    /// Passages.
    pub passages: usize,
    /// Marked places in them.
    pub mentions: usize,
    /// Articles they stand in.
    pub articles: usize,
}

/// How many different values there are.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Different")]
pub struct DifferentJson {
    /// Names of speakers.
    pub speakers: usize,
    /// Places.
    pub places: usize,
    /// Outlets.
    pub outlets: usize,
    /// Sections.
    pub sections: usize,
    /// Languages.
    pub languages: usize,
}

impl TimelineJson {
    /// The wire form of a timeline.
    pub fn new(tally: &Tally, summary: SummaryJson) -> TimelineJson {
        let stretch = |(from, of): (&String, &Figures)| StretchJson {
            from: from.clone(),
            passages: of.passages,
            mentions: of.mentions,
            articles: of.articles,
        };
        let Figures { passages, mentions, articles, .. } = tally.undated;
        let undated = FiguresJson { passages, mentions, articles };
        TimelineJson { timeline: tally.timeline.iter().map(stretch).collect(), undated, summary }
    }
}

impl FacetsJson {
    /// The wire form of the facets, at most `limit` values of each.
    pub fn new(tally: &Tally, limit: usize, summary: SummaryJson) -> FacetsJson {
        let (speakers, of_speakers) = values(tally, Facet::Speakers, limit);
        let (places, of_places) = values(tally, Facet::Places, limit);
        let (outlets, of_outlets) = values(tally, Facet::Outlets, limit);
        let (sections, of_sections) = values(tally, Facet::Sections, limit);
        let (languages, of_languages) = values(tally, Facet::Languages, limit);
        let different = DifferentJson {
            speakers: of_speakers,
            places: of_places,
            outlets: of_outlets,
            sections: of_sections,
            languages: of_languages,
        };
        FacetsJson { speakers, places, outlets, sections, languages, different, summary }
    }
}

fn values(tally: &Tally, facet: Facet, limit: usize) -> (Vec<ValueJson>, usize) {
    let (most, different) = tally.most(facet, limit);
    let value = |(name, of): (&str, &Figures)| ValueJson {
        name: name.to_owned(),
        passages: of.passages,
        mentions: of.mentions,
        articles: of.articles,
    };
    (most.into_iter().map(value).collect(), different)
}
