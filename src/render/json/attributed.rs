//! The quotations of one article as `newshound attribute --json` prints them: everything with its place in the text.

use super::kind_name;
use crate::article::{Article, Span};
use crate::quotation::Quotation;
use serde::Serialize;

/// The quotations of one article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttributedJson {
    /// The article's id.
    pub id: String,
    /// Its quotations; what is no speech is left out.
    pub quotes: Vec<AttributedQuoteJson>,
}

/// One quotation, offsets in characters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttributedQuoteJson {
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
    /// `direct`, `partial` or `indirect`.
    pub kind: &'static str,
    /// How sure the speaker is, from 0 to 1.
    pub confidence: f32,
}

impl AttributedJson {
    /// The quotations found in an article, without what is no speech and, unless `unsure`, without reports that may be none
    /// ([`Quotation::is_unsure_report`]). `id` is what the article is called by whoever gave it.
    pub fn new(id: &str, article: &Article, found: &[Quotation], unsure: bool) -> AttributedJson {
        let places = Places::new(&article.text);
        let shown = |quotation: &&Quotation| quotation.is_shown() || unsure && quotation.is_unsure_report();
        let spoken = found.iter().filter(shown);
        AttributedJson { id: id.to_owned(), quotes: spoken.map(|quotation| attributed(article, quotation, &places)).collect() }
    }
}

fn attributed(article: &Article, quotation: &Quotation, places: &Places) -> AttributedQuoteJson {
    let (start, end) = places.characters(&article.text, quotation.span);
    let mention = quotation.mention;
    let mention_at = mention.map(|span| places.characters(&article.text, span));
    AttributedQuoteJson {
        start,
        end,
        text: quotation.span.of(&article.text).to_string(),
        speaker: quotation.speaker.as_ref().map(|speaker| speaker.name.clone()),
        mention: mention.map(|span| span.of(&article.text).to_string()),
        mention_start: mention_at.map(|at| at.0),
        mention_end: mention_at.map(|at| at.1),
        kind: kind_name(quotation.kind),
        confidence: (quotation.confidence * 100.0).round() / 100.0,
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

    fn characters(&self, text: &str, span: Span) -> (usize, usize) {
        (self.before(text, span.start as usize), self.before(text, span.end as usize))
    }

    fn before(&self, text: &str, offset: usize) -> usize {
        let block = offset / 256;
        let rest = &text.as_bytes()[block * 256..offset];
        self.0[block.min(self.0.len() - 1)] + rest.iter().filter(|b| *b & 0xC0 != 0x80).count()
    }
}
