//! Quotations and speakers as JSON.

use super::{ComplaintJson, FactsJson, SCHEMA, SourceJson, in_characters};
use crate::query::Complaint;
use crate::quotation::Kind;
use crate::results::{QuotationSummary, QuotedSpeaker, RankedQuotation, SpeakerKind, SpeakersSummary, Term};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;

/// One quotation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Quotation")]
pub struct QuotationJson {
    /// `quotation`
    #[schemars(extend("const" = "quotation"))]
    pub r#type: &'static str,
    /// `ARTICLE.qN`
    pub id: String,
    /// The article's id.
    pub article: String,
    /// From 1.
    pub rank: usize,
    /// Comparable within one answer only.
    pub score: f32,
    /// `direct`, `partial`, `indirect` or `not_speech`.
    #[schemars(extend("enum" = ["direct", "partial", "indirect", "not_speech"]))]
    pub kind: &'static str,
    /// The fullest name the article gives.
    pub speaker: Option<String>,
    /// The name the speaker goes by in the whole archive.
    pub known_as: Option<String>,
    /// As printed beside the quotation.
    pub mention: Option<String>,
    /// Title or role printed beside the name.
    pub role: Option<String>,
    /// How sure the speaker is, from 0 to 1.
    pub confidence: f32,
    /// Number of the paragraph in the article, from 1; 0 for headline and dateline.
    pub paragraph: usize,
    /// What is known of the article.
    #[serde(flatten)]
    pub facts: FactsJson,
    /// The words said.
    pub text: String,
    /// `[start, end]` of each match in `text`.
    pub matches: Vec<[usize; 2]>,
    /// What the words stand in.
    pub context: String,
    /// `[start, end]` of the words said in `context`.
    pub said: [usize; 2],
    /// `[start, end]` of each match in `context`.
    pub context_matches: Vec<[usize; 2]>,
    /// Where the words stand.
    pub source: SourceJson,
}

/// The last line of an answer of quotations.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "QuotationSummary")]
pub struct QuotationSummaryJson {
    /// `summary`
    #[schemars(extend("const" = "summary"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// Quotations that answer, shown or not.
    pub quotations: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Quotations shown.
    pub shown: usize,
    /// Whom the name asked for means.
    pub meant: Vec<String>,
    /// Names spelt nearly like it, when nobody has it.
    pub near: Vec<String>,
    /// Time in the engine.
    pub took_ms: f64,
    /// The query as it was understood.
    pub understood_as: Option<String>,
    /// What was not taken as typed.
    pub complaints: Vec<ComplaintJson>,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// The articles that could not be read and are left out, the first ten by id; only when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<String>,
}

/// Someone who is quoted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "QuotedSpeaker")]
pub struct QuotedSpeakerJson {
    /// `speaker`
    #[schemars(extend("const" = "speaker"))]
    pub r#type: &'static str,
    /// From 1.
    pub rank: usize,
    /// The commonest full printing of the name.
    pub name: String,
    /// `name`, `single` or `body`.
    #[schemars(extend("enum" = ["name", "single", "body"]))]
    pub kind: &'static str,
    /// Other names they go by.
    pub names: Vec<String>,
    /// The title or role most often printed beside the name.
    pub role: Option<String>,
    /// Whom a name that is not certain may stand for.
    pub may_be: Vec<String>,
    /// All quotations.
    pub quotations: usize,
    /// Whole clauses between quotation marks.
    pub direct: usize,
    /// A few words between quotation marks.
    pub partial: usize,
    /// Reported without quotation marks.
    pub indirect: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Day of the first quotation, as precise as known.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
    /// Characteristic words.
    pub terms: Vec<TermJson>,
}

/// A word characteristic of what somebody says.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Term")]
pub struct TermJson {
    /// As mostly printed.
    pub word: String,
    /// Quotations it stands in, of those read.
    pub quotations: usize,
    /// Log-likelihood ratio against the archive.
    pub worth: f64,
}

/// The last line of an answer of speakers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SpeakersSummary")]
pub struct SpeakersSummaryJson {
    /// `summary`
    #[schemars(extend("const" = "summary"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// Speakers that answer, shown or not.
    pub speakers: usize,
    /// Quotations of theirs.
    pub quotations: usize,
    /// Articles in which anybody is quoted.
    pub articles: usize,
    /// Quotations of somebody not named.
    pub unnamed: usize,
    /// Quotations whose speaker the article does not tell.
    pub unattributed: usize,
    /// Speakers shown.
    pub shown: usize,
    /// Names spelt nearly like the one asked for, when nobody has it.
    pub near: Vec<String>,
    /// Time in the engine.
    pub took_ms: f64,
    /// The query as it was understood.
    pub understood_as: Option<String>,
    /// What was not taken as typed.
    pub complaints: Vec<ComplaintJson>,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// The articles that could not be read and are left out, the first ten by id; only when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<String>,
}

/// The name of a kind of quotation in queries and JSON.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Partial => "partial",
        Kind::Indirect => "indirect",
        Kind::NotSpeech => "not_speech",
    }
}

/// The kind of quotation with this name.
pub fn kind_named(name: &str) -> Option<Kind> {
    [Kind::Direct, Kind::Partial, Kind::Indirect, Kind::NotSpeech].into_iter().find(|kind| kind_name(*kind) == name)
}

fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e6).round() / 1e3
}

fn complaints(complaints: &[Complaint]) -> Vec<ComplaintJson> {
    complaints.iter().map(|c| ComplaintJson { column: c.column, message: c.message.clone() }).collect()
}

impl QuotationJson {
    /// The wire form of a quotation.
    pub fn new(found: &RankedQuotation) -> QuotationJson {
        QuotationJson {
            r#type: "quotation",
            id: found.id.clone(),
            article: found.article.to_string(),
            rank: found.rank,
            score: found.score,
            kind: kind_name(found.kind),
            speaker: found.speaker.clone(),
            known_as: found.known_as.clone(),
            mention: found.mention.clone(),
            role: found.role.clone(),
            confidence: (found.confidence * 100.0).round() / 100.0,
            paragraph: found.paragraph,
            facts: FactsJson::new(&found.facts),
            text: found.text.clone(),
            matches: in_characters(&found.text, &found.matches),
            context: found.context.clone(),
            said: in_characters(&found.context, &[found.said])[0],
            context_matches: in_characters(&found.context, &found.context_matches),
            source: SourceJson {
                path: found.location.path.clone(),
                record: found.location.record,
                format: found.location.format.clone(),
                line: found.location.line,
                matches: found.location.matches.iter().map(|&(start, end)| [start, end]).collect(),
            },
        }
    }
}

impl QuotationSummaryJson {
    /// The wire form of a summary. `understood_as` is the query's tree as text, if there was one.
    pub fn new(summary: &QuotationSummary, understood_as: Option<String>, complained: &[Complaint]) -> QuotationSummaryJson {
        QuotationSummaryJson {
            r#type: "summary",
            schema: SCHEMA,
            quotations: summary.quotations,
            articles: summary.articles,
            shown: summary.shown,
            meant: summary.meant.clone(),
            near: summary.near.clone(),
            took_ms: milliseconds(summary.took),
            understood_as,
            complaints: complaints(complained),
            partial: summary.partial.clone(),
            unreadable: summary.unreadable.named(),
        }
    }
}

impl QuotedSpeakerJson {
    /// The wire form of a speaker.
    pub fn new(speaker: &QuotedSpeaker) -> QuotedSpeakerJson {
        QuotedSpeakerJson {
            r#type: "speaker",
            rank: speaker.rank,
            name: speaker.name.clone(),
            kind: match speaker.kind {
                SpeakerKind::Name => "name",
                SpeakerKind::Single => "single",
                SpeakerKind::Body => "body",
            },
            names: speaker.names.clone(),
            role: speaker.role.clone(),
            may_be: speaker.may_be.clone(),
            quotations: speaker.quotations,
            direct: speaker.direct,
            partial: speaker.partial,
            indirect: speaker.indirect,
            articles: speaker.articles,
            first: speaker.first.clone(),
            last: speaker.last.clone(),
            terms: speaker.terms.iter().map(term).collect(),
        }
    }
}

pub(super) fn term(term: &Term) -> TermJson {
    TermJson { word: term.word.clone(), quotations: term.quotations, worth: (term.worth * 10.0).round() / 10.0 }
}

impl SpeakersSummaryJson {
    /// The wire form of a summary; `near` are names spelt like one that nobody has.
    pub fn new(
        summary: &SpeakersSummary,
        near: &[String],
        understood_as: Option<String>,
        complained: &[Complaint],
    ) -> SpeakersSummaryJson {
        SpeakersSummaryJson {
            r#type: "summary",
            schema: SCHEMA,
            speakers: summary.speakers,
            quotations: summary.quotations,
            articles: summary.articles,
            unnamed: summary.unnamed,
            unattributed: summary.unattributed,
            shown: summary.shown,
            near: near.to_vec(),
            took_ms: milliseconds(summary.took),
            understood_as,
            complaints: complaints(complained),
            partial: summary.partial.clone(),
            unreadable: summary.unreadable.named(),
        }
    }
}
