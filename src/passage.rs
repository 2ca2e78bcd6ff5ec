//! Cuts an article into passages: what a reader would quote, and what a search returns.
//!
//! Takes an [`Article`] and gives its units and passages. A **unit** is the headline or one paragraph; matches never cross
//! from one unit to another. A **passage** is a unit, or a run of whole sentences of a long one.

mod sentence;

pub use sentence::sentences;

use crate::article::{Article, ParagraphKind, Span};

/// A unit longer than this many bytes is cut into several passages.
const LONG_UNIT: usize = 900;

/// A passage of a long unit is filled with sentences up to about this many bytes: a paragraph of wire copy has 150 to 400,
/// a broadcaster's web page up to 700.
const FULL_PASSAGE: usize = 600;

/// What a unit is: the headline, or a kind of paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// The headline; the first unit of every article, empty when it has none.
    Head,
    /// A paragraph.
    Paragraph(ParagraphKind),
}

/// The headline or a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its words, as bytes of the article's text.
    pub span: Span,
}

/// The units of an article in reading order: the head first, then every paragraph.
pub fn units(article: &Article) -> impl Iterator<Item = Unit> + '_ {
    let head = Unit { kind: UnitKind::Head, span: article.headline.unwrap_or(Span::new(0, 0)) };
    let paragraphs = article.paragraphs.iter().map(|p| Unit { kind: UnitKind::Paragraph(p.kind), span: p.span });
    std::iter::once(head).chain(paragraphs)
}

/// The unit with this number, if the article has so many.
pub fn unit(article: &Article, number: usize) -> Option<Unit> {
    units(article).nth(number)
}

/// The passages of one unit, in reading order: contiguous runs of whole sentences that together cover it.
pub fn passages(text: &str, unit: Span) -> Vec<Span> {
    if unit.len() <= LONG_UNIT {
        return vec![unit];
    }
    let mut out: Vec<Span> = Vec::new();
    let mut current: Option<Span> = None;
    for sentence in sentences(text, unit) {
        current = Some(match current {
            Some(passage) if (sentence.end - passage.start) as usize <= FULL_PASSAGE => Span { start: passage.start, end: sentence.end },
            Some(passage) => {
                out.push(passage);
                sentence
            }
            None => sentence,
        });
    }
    out.extend(current);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_cut_at_sentence_bounds() {
        let text = "The river rose again. Nobody had expected it so soon. ".repeat(40);
        let text = text.trim_end();
        let pieces = passages(text, Span::new(0, text.len()));
        assert!(pieces.len() > 2);
        for piece in &pieces {
            assert!(piece.len() <= FULL_PASSAGE && piece.of(text).ends_with('.'));
        }
    }
}
