//! Finds speech that no quotation marks show.
//!
//! Takes an article and gives each of its paragraphs a [`Layout`]: speech that a dash opens ([`dash`]), a turn of an interview or
//! transcript ([`turns`]), or running text, in which only marks show speech. Who speaks is decided elsewhere.

use super::marks::Marked;
use crate::article::{Article, Paragraph, ParagraphKind, Span};
use crate::lexicon::{self, Language};

mod dash;
mod turns;

pub use dash::narrator;
pub use turns::{By, Turn};

/// How a paragraph shows speech.
#[derive(Debug, Clone, Default)]
pub enum Layout {
    /// By marks, if it holds any.
    #[default]
    Marks,
    /// By a dash at its beginning; the stretches of speech, without the narrator's words.
    Dash(Vec<Marked>),
    /// It is a turn of an interview or transcript.
    Turn(Turn),
}

/// The layout of each paragraph.
pub fn layouts(article: &Article, language: Language) -> Vec<Layout> {
    let text = article.text.as_str();
    let mut layouts = vec![Layout::Marks; article.paragraphs.len()];
    turns::find(text, &article.paragraphs, language, &mut layouts);
    dash::find(text, &article.paragraphs, language, &mut layouts);
    layouts
}

/// Whether the paragraph is the story's own words, not a table or a credit.
fn is_told(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind, ParagraphKind::Text | ParagraphKind::Subhead)
}

/// The words of a text, each as the English word that does its work, by hash.
fn words(text: &str, language: Language) -> impl Iterator<Item = u32> {
    let letters = |c: char| !c.is_alphanumeric() && c != '\u{301}';
    text.split(letters).filter(|word| !word.is_empty()).map(move |word| meaning(word, language))
}

/// A word as the English word that does its work, by hash.
fn meaning(word: &str, language: Language) -> u32 {
    let hash = lexicon::hash(word);
    lexicon::english(language, hash).unwrap_or(hash)
}

/// Whether a text speaks of itself: "I", "we", "you".
fn is_first_person(text: &str, language: Language) -> bool {
    words(text, language).take(80).any(|word| lexicon::classes(word) & lexicon::OTHER_PRONOUN != 0)
}

/// Ends as sentences do.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '\'', '’', ')', ' ', '\u{a0}'])
        .ends_with(['.', '!', '?', '…', ':', '。', '？', '！'])
}

/// Whether a character opens speech in the languages that set it with dashes.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‒')
}

/// Speech from `inner`, which what stands from `from` to `to` sets apart.
fn spoken(from: usize, inner: Span, to: usize) -> Marked {
    Marked { outer: Span::new(from, to), inner, closed: true, single: false }
}
