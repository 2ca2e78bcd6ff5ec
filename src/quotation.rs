//! Placeholder until the quotations branch lands.
use crate::article::{Article, Span};
use serde::{Deserialize, Serialize};

/// One quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The quoted words inside the marks.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The verb.
    pub cue: Option<Span>,
    /// The role.
    pub role: Option<Span>,
    /// 0 to 1.
    pub confidence: f32,
}

/// What a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Direct.
    Direct,
    /// Partial.
    Partial,
    /// Not speech.
    NotSpeech,
    /// Indirect.
    Indirect,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Fullest form.
    pub name: String,
    /// As printed.
    pub mention: Option<Span>,
}

/// None yet.
pub fn quotations(_article: &Article) -> Vec<Quotation> {
    Vec::new()
}
