//! What came of claims, as JSON.

use super::{FactsJson, SCHEMA, in_characters, kind_name};
use crate::verify::{Checked, LeftOut, Place, SpeakerCheck, Verdict};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// One claim and its verdict.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Verified")]
pub struct VerifiedJson {
    /// `verified`
    #[schemars(extend("const" = "verified"))]
    pub r#type: &'static str,
    /// The words as they were given.
    pub words: String,
    /// Who is said to have said them.
    pub claimed_speaker: Option<String>,
    /// When, as it was given.
    pub claimed_date: Option<String>,
    /// `verbatim`, `other_punctuation`, `said_by_another`, `cut`, `joined`, `altered` or `not_in_archive`.
    #[schemars(extend("enum" = ["verbatim", "other_punctuation", "said_by_another", "cut", "joined", "altered", "not_in_archive"]))]
    pub verdict: &'static str,
    /// Given as one, printed with "she said" or a new paragraph in between.
    pub interrupted: bool,
    /// Whether the speaker is the one claimed: `not_claimed`, `same`, `other` or `untold`.
    #[schemars(extend("enum" = ["not_claimed", "same", "other", "untold"]))]
    pub speaker_check: &'static str,
    /// Words in common, weighed, as a part of one.
    pub common: f64,
    /// `[start, end]` in `words` of what is not printed so.
    pub only_given: Vec<[usize; 2]>,
    /// `[start, end]` in the text of the first place of what is printed and not given.
    pub only_printed: Vec<[usize; 2]>,
    /// What an ellipsis hides.
    pub hidden: Vec<String>,
    /// Where it is printed, the earliest first.
    pub places: Vec<PlaceJson>,
    /// Articles that print it.
    pub articles: usize,
    /// Stories they tell, copies counted once.
    pub stories: usize,
    /// With a date claimed: whether a place is of that time, or of the week after it.
    pub of_that_day: Option<bool>,
    /// Why the answer may not be all, when it is not.
    pub partial: Option<String>,
}

/// A place in print.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
pub struct PlaceJson {
    /// The article's id.
    pub article: String,
    /// What is known of the article.
    #[serde(flatten)]
    pub facts: FactsJson,
    /// Number of the paragraph, from 1; 0 for the headline.
    pub paragraph: usize,
    /// What is printed, from the first word to the last.
    pub text: String,
    /// `[start, end]` in `words` of what stands here.
    pub part: [usize; 2],
    /// Whose words they are given as.
    pub speaker: Option<String>,
    /// How sure the speaker is, from 0 to 1.
    pub confidence: f32,
    /// `direct`, `partial` or `indirect`; null where they are the reporter's own.
    pub kind: Option<&'static str>,
    /// Path below the corpus directory.
    pub path: String,
    /// 0-based number of the article in its file.
    pub record: u32,
    /// 1-based line of the file.
    pub line: Option<u32>,
}

/// The last line of an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VerifiedSummary")]
pub struct VerifiedSummaryJson {
    /// `summary`
    #[schemars(extend("const" = "summary"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// Claims with a verdict.
    pub checked: usize,
    /// How many have each verdict.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// Claims that were not checked.
    pub left_out: usize,
    /// Why not, when there are any.
    pub partial: Option<String>,
    /// Time for all of them.
    pub took_ms: f64,
}

impl VerifiedJson {
    /// The wire form of what came of a claim.
    pub fn new(checked: &Checked) -> VerifiedJson {
        let words = &checked.claim.words;
        let printed = checked.places.first().map_or("", |place| place.text.as_str());
        VerifiedJson {
            r#type: "verified",
            words: words.clone(),
            claimed_speaker: checked.claim.speaker.clone(),
            claimed_date: checked.claim.date.clone(),
            verdict: checked.verdict.name(),
            interrupted: checked.interrupted,
            speaker_check: match checked.speaker {
                SpeakerCheck::NotClaimed => "not_claimed",
                SpeakerCheck::Same => "same",
                SpeakerCheck::Other => "other",
                SpeakerCheck::Untold => "untold",
            },
            common: (checked.common * 1e3).round() / 1e3,
            only_given: in_characters(words, &checked.only_given),
            only_printed: in_characters(printed, &checked.only_printed),
            hidden: checked.hidden.clone(),
            places: checked.places.iter().map(|found| place(words, found)).collect(),
            articles: checked.articles,
            stories: checked.stories,
            of_that_day: checked.of_that_day,
            partial: checked.partial.clone(),
        }
    }
}

pub(super) fn place(words: &str, found: &Place) -> PlaceJson {
    PlaceJson {
        article: found.article.to_string(),
        facts: FactsJson::new(&found.facts),
        paragraph: found.paragraph,
        text: found.text.clone(),
        part: in_characters(words, &[found.part]).first().copied().unwrap_or_default(),
        speaker: found.speaker.clone(),
        confidence: found.confidence,
        kind: found.kind.map(kind_name),
        path: found.path.clone(),
        record: found.record,
        line: found.line,
    }
}

impl VerifiedSummaryJson {
    /// Of these verdicts; `why` tells what was left out.
    pub fn new(verdicts: &[Verdict], left_out: LeftOut, why: Option<String>, took: Duration) -> VerifiedSummaryJson {
        let mut counted = BTreeMap::new();
        verdicts.iter().for_each(|verdict| *counted.entry(verdict.name()).or_default() += 1);
        VerifiedSummaryJson {
            r#type: "summary",
            schema: SCHEMA,
            checked: verdicts.len(),
            verdicts: counted,
            left_out: left_out.all(),
            partial: why,
            took_ms: (took.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}
