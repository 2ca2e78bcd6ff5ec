//! The JSON for other programs; its grammar is `docs/json.md`.
//!
//! These types are copies, so that the inner ones stay free to change. All offsets here count Unicode scalar values.

mod alerts;
mod article;
mod attributed;
mod dossier;
mod quoted;
mod spread;
mod timelines;
mod trail;
mod verified;

pub use alerts::{AlertJson, SavedSearchJson, passage_of};
pub use article::{ArticleJson, ArticleQuotationJson, UnitJson};
pub use attributed::{AttributedJson, AttributedQuoteJson};
pub use dossier::{
    BesideJson, BothJson, DossierJson, PersonCountsJson, PersonJson, QuotingOutletJson, SharedJson, SpokeJson, SpokeStretchJson,
    TopicJson,
};
pub use quoted::{QuotationJson, QuotationSummaryJson, QuotedSpeakerJson, SpeakersSummaryJson, TermJson, kind_name, kind_named};
pub use spread::{DifferentJson, FacetsJson, FiguresJson, StretchJson, TimelineJson, ValueJson};
pub use timelines::{CountsJson, CurveJson, MeasuredJson, PrintedJson, TimelinesJson};
pub use trail::{StepJson, TrailSummaryJson};
pub use verified::{PlaceJson, VerifiedJson, VerifiedSummaryJson};

use crate::article::{ParagraphKind, Span};
use crate::passage::UnitKind;
use crate::query::Complaint;
use crate::results::{Facts, Printing, RankedPassage, Summary};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// Version of the JSON, in every summary. It grows when a field changes its meaning or goes away.
pub const SCHEMA: u32 = 1;

/// Writes an object as one line. What steers a terminal is escaped: JSON escapes the control characters below U+0020 by itself, and leaves
/// U+007F to U+009F as they are.
///
/// # Errors
/// When `out` cannot be written to.
pub fn line(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    object.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Harmless)).map_err(io::Error::from)?;
    writeln!(out)
}

struct Harmless;

impl serde_json::ser::Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c| matches!(c, '\u{7f}'..='\u{9f}')) {
            out.write_all(&rest.as_bytes()[..at])?;
            let Some(c) = rest[at..].chars().next() else { break };
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

/// One passage.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Passage")]
pub struct PassageJson {
    /// `passage`
    #[schemars(extend("const" = "passage"))]
    pub r#type: &'static str,
    /// `ARTICLE.N`
    pub id: String,
    /// The article's id.
    pub article: String,
    /// From 1.
    pub rank: usize,
    /// Comparable within one answer only.
    pub score: f32,
    /// `headline`, `dateline`, `text`, `subhead`, `table` or `boilerplate`.
    #[schemars(extend("enum" = ["headline", "dateline", "text", "subhead", "table", "boilerplate"]))]
    pub kind: &'static str,
    /// Number of the paragraph in the article, from 1; 0 for headline and dateline.
    pub paragraph: usize,
    /// What is known of the article.
    #[serde(flatten)]
    pub facts: FactsJson,
    /// Who speaks in the passage.
    pub speakers: Vec<SpeakerJson>,
    /// The words of the passage.
    pub text: String,
    /// `[start, end]` of each match in `text`.
    pub matches: Vec<[usize; 2]>,
    /// The paragraphs before; only when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<String>,
    /// The paragraphs after; only when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Where it stands.
    pub source: SourceJson,
    /// Other articles that print the same story; only when copies are folded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<CopyJson>,
    /// What counted, and how much; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<WorthJson>>,
}

/// What is known of the article that a passage or a quotation stands in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Facts")]
pub struct FactsJson {
    /// The article's headline.
    pub headline: Option<String>,
    /// The dateline as printed.
    pub dateline: Option<String>,
    /// The place of the dateline.
    pub place: Option<String>,
    /// ISO 8601, as precise as known.
    pub published: Option<String>,
    /// The newspaper, agency or site.
    pub outlet: Option<String>,
    /// Where the original is on the web.
    pub url: Option<String>,
}

impl FactsJson {
    /// A copy of `facts`.
    pub fn new(facts: &Facts) -> FactsJson {
        let Facts { headline, dateline, place, published, outlet, url, .. } = facts.clone();
        FactsJson { headline, dateline, place, published, outlet, url }
    }
}

/// Someone who speaks in a passage.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Speaker")]
pub struct SpeakerJson {
    /// The fullest name the article gives.
    pub name: String,
    /// As printed beside the quotation.
    pub mention: Option<String>,
    /// Only indirect speech of this speaker stands in the passage.
    pub indirect: bool,
    /// None of these quotations is certainly this speaker's.
    pub doubtful: bool,
}

/// A place in a source file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
pub struct SourceJson {
    /// Path below the corpus directory.
    pub path: String,
    /// 0-based number of the article in its file.
    pub record: u32,
    /// The reader's name for the format.
    pub format: String,
    /// 1-based line of the first match.
    pub line: Option<u32>,
    /// The matches as `[start, end]` in the decoded file.
    pub matches: Vec<[usize; 2]>,
}

/// Another article that prints the same story.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Copy")]
pub struct CopyJson {
    /// The article's id.
    pub article: String,
    /// The newspaper, agency or site.
    pub outlet: Option<String>,
    /// ISO 8601, as precise as known.
    pub published: Option<String>,
    /// Path below the corpus directory.
    pub path: String,
}

/// One part of a score.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Worth")]
pub struct WorthJson {
    /// What counted.
    pub what: String,
    /// How much.
    pub worth: f32,
}

/// The last line of an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Summary")]
pub struct SummaryJson {
    /// `summary`
    #[schemars(extend("const" = "summary"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// Passages that answer the query, shown or not; not there where no totals were wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<usize>,
    /// Marked places in them; likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<usize>,
    /// Articles they stand in; likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<usize>,
    /// Stories that these articles tell, each with its copies; only when copies are folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<usize>,
    /// Passages shown.
    pub shown: usize,
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
    /// How many shards of an index on a cluster answered; only when some did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shards: Option<ShardsJson>,
}

/// Shards of an index on a cluster.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Shards")]
pub struct ShardsJson {
    /// Those that answered.
    pub answered: u64,
    /// All of them.
    pub of: u64,
}

/// Something in the query that was not taken as typed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Complaint")]
pub struct ComplaintJson {
    /// 1-based, in characters.
    pub column: usize,
    /// What was made of it.
    pub message: String,
}

impl PassageJson {
    /// The wire form of a passage; `explained` adds why it ranks where it does.
    pub fn new(passage: &RankedPassage, explained: bool) -> PassageJson {
        let speakers = passage.speakers.iter().map(|speaker| SpeakerJson {
            name: speaker.name.clone(),
            mention: speaker.mention.clone(),
            indirect: speaker.indirect,
            doubtful: speaker.doubtful,
        });
        let explanation = || passage.why.iter().map(|(what, worth)| WorthJson { what: what.clone(), worth: *worth }).collect();
        PassageJson {
            r#type: "passage",
            id: passage.id.clone(),
            article: passage.article.to_string(),
            rank: passage.rank,
            score: passage.score,
            kind: kind(passage.kind),
            paragraph: passage.paragraph,
            facts: FactsJson::new(&passage.facts),
            speakers: speakers.collect(),
            text: passage.text.clone(),
            matches: in_characters(&passage.text, &passage.matches),
            before: passage.before.clone(),
            after: passage.after.clone(),
            source: SourceJson {
                path: passage.location.path.clone(),
                record: passage.location.record,
                format: passage.location.format.clone(),
                line: passage.location.line,
                matches: passage.location.matches.iter().map(|&(start, end)| [start, end]).collect(),
            },
            copies: passage.copies.iter().map(copy).collect(),
            explanation: explained.then(explanation),
        }
    }
}

fn copy(printing: &Printing) -> CopyJson {
    let Printing { article, outlet, published, path } = printing.clone();
    CopyJson { article: article.to_string(), outlet, published, path }
}

impl SummaryJson {
    /// The wire form of a summary. `understood_as` is the query's tree as text, if there was one.
    pub fn new(summary: &Summary, understood_as: Option<String>, complaints: &[Complaint]) -> SummaryJson {
        let complaints = complaints.iter().map(|c| ComplaintJson { column: c.column, message: c.message.clone() });
        let counted = |figure: usize| (!summary.uncounted).then_some(figure);
        SummaryJson {
            r#type: "summary",
            schema: SCHEMA,
            passages: counted(summary.passages),
            mentions: counted(summary.mentions),
            articles: counted(summary.articles),
            stories: summary.stories,
            shown: summary.shown,
            took_ms: (summary.took.as_secs_f64() * 1e6).round() / 1e3,
            understood_as,
            complaints: complaints.collect(),
            partial: summary.partial.clone(),
            unreadable: summary.unreadable.named(),
            shards: summary.shards.map(|shards| ShardsJson { answered: shards.answered, of: shards.of }),
        }
    }
}

fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Head => "headline",
        UnitKind::Dateline => "dateline",
        UnitKind::Paragraph(ParagraphKind::Text) => "text",
        UnitKind::Paragraph(ParagraphKind::Subhead) => "subhead",
        UnitKind::Paragraph(ParagraphKind::Table) => "table",
        UnitKind::Paragraph(ParagraphKind::Boilerplate) => "boilerplate",
    }
}

/// Byte spans of `text`, sorted by their beginning, as character offsets.
fn in_characters(text: &str, spans: &[Span]) -> Vec<[usize; 2]> {
    let (mut byte, mut count) = (0, 0);
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        count += text[byte..span.start as usize].chars().count();
        byte = span.start as usize;
        out.push([count, count + span.of(text).chars().count()]);
    }
    out
}
