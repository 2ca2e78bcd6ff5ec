//! A whole article as JSON.

use super::{FactsJson, in_characters, kind, kind_name};
use crate::article::{Article, Span};
use crate::passage::units;
use crate::quotation::Quotation;
use crate::results::Facts;
use schemars::JsonSchema;
use serde::Serialize;

/// One article with its quotations.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Article")]
pub struct ArticleJson {
    /// `article`
    #[schemars(extend("const" = "article"))]
    pub r#type: &'static str,
    /// The article's id.
    pub id: String,
    /// What stands above each of its passages too.
    #[serde(flatten)]
    pub facts: FactsJson,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Desk or category.
    pub section: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Headline, paragraphs and a dateline that stands apart, as passages number them.
    pub units: Vec<UnitJson>,
    /// Its quotations, in the order of the text.
    pub quotations: Vec<ArticleQuotationJson>,
    /// Path below the corpus directory.
    pub path: String,
    /// 0-based number of the article in its file.
    pub record: u32,
    /// The reader's name for the format.
    pub format: String,
}

/// A headline or paragraph.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Unit")]
pub struct UnitJson {
    /// `headline`, `dateline`, `text`, `subhead`, `table` or `boilerplate`.
    #[schemars(extend("enum" = ["headline", "dateline", "text", "subhead", "table", "boilerplate"]))]
    pub kind: &'static str,
    /// Number of the paragraph, from 1; 0 for headline and dateline.
    pub paragraph: usize,
    /// 1-based line of the file.
    pub line: Option<u32>,
    /// Its words.
    pub text: String,
}

/// A quotation within its article.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ArticleQuotation")]
pub struct ArticleQuotationJson {
    /// `ARTICLE.qN`
    pub id: String,
    /// `direct`, `partial`, `indirect` or `not_speech`.
    #[schemars(extend("enum" = ["direct", "partial", "indirect", "not_speech"]))]
    pub kind: &'static str,
    /// The fullest name the article gives.
    pub speaker: Option<String>,
    /// As printed beside the quotation.
    pub mention: Option<String>,
    /// Title or role printed beside the name.
    pub role: Option<String>,
    /// How sure the speaker is, from 0 to 1.
    pub confidence: f32,
    /// Number of the paragraph it begins in, from 1; 0 for the headline.
    pub paragraph: usize,
    /// The words said.
    pub text: String,
    /// `[start, end]` of the words said in the text of that paragraph.
    pub said: [usize; 2],
}

impl ArticleJson {
    /// The wire form of an article.
    pub fn new(article: &Article, quotations: &[Quotation]) -> ArticleJson {
        let text = &article.text;
        let own = |span: Span| span.of(text).to_owned();
        let unit = |(number, unit): (usize, crate::passage::Unit)| UnitJson {
            kind: kind(unit.kind),
            paragraph: paragraph(number, unit.kind),
            line: article.origin.line(unit.span.start),
            text: own(unit.span),
        };
        let quotations = quotations.iter().enumerate().map(|(number, q)| quotation(article, number, q));
        ArticleJson {
            r#type: "article",
            id: article.id.to_string(),
            facts: FactsJson::new(&Facts::about(article)),
            authors: article.bylines.iter().map(|byline| byline.name.clone()).collect(),
            section: article.section.clone(),
            language: article.language.clone(),
            units: units(article).enumerate().filter(|(_, unit)| !unit.span.is_empty()).map(unit).collect(),
            quotations: quotations.collect(),
            path: article.source.path.clone(),
            record: article.source.record,
            format: article.source.format.clone(),
        }
    }
}

fn paragraph(number: usize, kind: crate::passage::UnitKind) -> usize {
    if matches!(kind, crate::passage::UnitKind::Paragraph(_)) { number } else { 0 }
}

fn quotation(article: &Article, number: usize, quotation: &Quotation) -> ArticleQuotationJson {
    let text = &article.text;
    let said = quotation.span;
    let around = units(article).enumerate().find(|(_, unit)| unit.span.start <= said.start && said.start < unit.span.end);
    let (paragraph, within) = around.map_or((0, [0, 0]), |(number, unit)| {
        let end = said.end.min(unit.span.end);
        let inner = Span { start: said.start - unit.span.start, end: end - unit.span.start };
        (paragraph(number, unit.kind), in_characters(unit.span.of(text), &[inner])[0])
    });
    ArticleQuotationJson {
        id: format!("{}.q{number}", article.id),
        kind: kind_name(quotation.kind),
        speaker: quotation.speaker.as_ref().map(|speaker| speaker.name.clone()),
        mention: quotation.mention.map(|span| span.of(text).to_owned()),
        role: quotation.role.map(|span| span.of(text).to_owned()),
        confidence: (quotation.confidence * 100.0).round() / 100.0,
        paragraph,
        text: said.of(text).to_owned(),
        said: within,
    }
}
