//! Attribution of any text without an index, and its answers in the form the scorer of quotations reads.
//!
//! [`plain`] makes an article of raw text; [`predictions`] gives the quotations of an article as one JSON object with character
//! offsets: `{"id", "quotes": [{"start", "end", "text", "speaker", "mention", "mention_start", "mention_end", "kind"}]}`.

use super::{Kind, Quotation, quotations};
use crate::article::{Article, ArticleId, Paragraph, ParagraphKind, Source, SourceMap, Span};
use serde::Serialize;

/// An article made of raw text: every line that is not blank is a paragraph, the first one the headline when `headline` says so.
pub fn plain(id: &str, text: &str, headline: bool) -> Article {
    let mut lines = lines(text).into_iter();
    let headline = if headline { lines.next() } else { None };
    let paragraphs = lines.map(|span| Paragraph { kind: ParagraphKind::Text, span }).collect();
    Article {
        id: ArticleId::default(),
        source: Source { path: id.to_string(), record: 0, format: "text".to_string() },
        text: text.to_string(),
        headline,
        dateline: None,
        bylines: Vec::new(),
        published: None,
        language: None,
        outlet: None,
        section: None,
        url: None,
        paragraphs,
        origin: SourceMap::default(),
    }
}

/// The lines of a text that hold anything, white space trimmed.
fn lines(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            spans.push(Span::new(start, start + trimmed.len()));
        }
        at += line.len() + 1;
    }
    spans
}

/// The quotations of one article in the form the scorer reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Predictions {
    /// What the article is called by whoever gave it: its path.
    pub id: String,
    /// Its quotations; what is no speech is left out.
    pub quotes: Vec<Prediction>,
}

/// One quotation, offsets in characters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Full name of the speaker.
    pub speaker: Option<String>,
    /// The speaker as printed beside the quotation.
    pub mention: Option<String>,
    /// First character of the mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_start: Option<usize>,
    /// One past the last character of the mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_end: Option<usize>,
    /// `direct`, `mixed` or `indirect`.
    pub kind: &'static str,
}

/// Finds the quotations of an article and gives them in the form the scorer reads.
pub fn predictions(article: &Article) -> Predictions {
    printed(article, &quotations(article))
}

/// The same for quotations already found.
pub fn printed(article: &Article, found: &[Quotation]) -> Predictions {
    let places = Places::new(&article.text);
    let spoken = found.iter().filter(|q| q.kind != Kind::NotSpeech);
    Predictions { id: article.source.path.clone(), quotes: spoken.map(|q| prediction(article, q, &places)).collect() }
}

fn prediction(article: &Article, quotation: &Quotation, places: &Places) -> Prediction {
    let (start, end) = places.of(&article.text, quotation.span);
    let mention = quotation.mention;
    let mention_at = mention.map(|span| places.of(&article.text, span));
    Prediction {
        start,
        end,
        text: quotation.span.of(&article.text).to_string(),
        speaker: quotation.speaker.as_ref().map(|s| s.name.clone()),
        mention: mention.map(|span| span.of(&article.text).to_string()),
        mention_start: mention_at.map(|at| at.0),
        mention_end: mention_at.map(|at| at.1),
        kind: match quotation.kind {
            Kind::Direct => "direct",
            Kind::Partial | Kind::NotSpeech => "mixed",
            Kind::Indirect => "indirect",
        },
    }
}

/// How many characters precede every 256th byte, so that any offset is near a known one.
struct Places(Vec<usize>);

impl Places {
    fn new(text: &str) -> Places {
        let mut known = Vec::with_capacity(text.len() / 256 + 1);
        let mut characters = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % 256 == 0 {
                known.push(characters);
            }
            characters += usize::from(byte & 0xC0 != 0x80);
        }
        known.push(characters);
        Places(known)
    }

    fn of(&self, text: &str, span: Span) -> (usize, usize) {
        (self.before(text, span.start as usize), self.before(text, span.end as usize))
    }

    fn before(&self, text: &str, offset: usize) -> usize {
        let block = offset / 256;
        let rest = &text.as_bytes()[block * 256..offset];
        self.0[block.min(self.0.len() - 1)] + rest.iter().filter(|b| *b & 0xC0 != 0x80).count()
    }
}
