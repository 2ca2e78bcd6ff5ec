//! Cuts an article into passages: what a reader would quote, and what a search returns.
//!
//! Takes an [`Article`] and gives its units and passages. A **unit** is the headline, one paragraph, or a dateline that
//! stands by itself; matches never cross from one unit to another. A **passage** is a unit, or a run of whole sentences of a long one.

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
    /// A dateline printed apart from headline and paragraphs; the last unit of an article that has one.
    Dateline,
}

/// The headline, a paragraph or a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its words, as bytes of the article's text.
    pub span: Span,
}

/// The units of an article: the head first, then every paragraph in reading order, then a dateline that stands by itself.
pub fn units(article: &Article) -> impl Iterator<Item = Unit> + '_ {
    let head = Unit { kind: UnitKind::Head, span: article.headline.unwrap_or(Span::new(0, 0)) };
    let paragraphs = article.paragraphs.iter().map(|p| Unit { kind: UnitKind::Paragraph(p.kind), span: p.span });
    let dateline = article.dateline.as_ref().map(|dateline| dateline.span).filter(|span| stands_alone(article, *span));
    let dateline = dateline.map(|span| Unit { kind: UnitKind::Dateline, span });
    std::iter::once(head).chain(paragraphs).chain(dateline)
}

fn stands_alone(article: &Article, dateline: Span) -> bool {
    let within = |span: Span| span.overlaps(dateline);
    !dateline.is_empty() && !article.headline.is_some_and(within) && !article.paragraphs.iter().take(3).any(|p| within(p.span))
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
            Some(passage) if (sentence.end - passage.start) as usize <= FULL_PASSAGE => {
                Span { start: passage.start, end: sentence.end }
            }
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

/// How many passages a unit has, without a list where it is one alone, as most are.
pub(crate) fn passages_in(text: &str, unit: Span) -> usize {
    if unit.len() <= LONG_UNIT { 1 } else { passages(text, unit).len() }
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
