//! What of one article a query marks, whatever the engine.

use super::{Matcher, UnitText};
use crate::article::{Article, Span};
use crate::passage::units;
use crate::query::Query;
use crate::quotation::Quotation;
use crate::words::Words;

/// The spans of the article's text that `query` marks, in reading order: those of its passages in an answer.
pub fn marks(query: &Query, article: &Article, quotations: &[Quotation]) -> Vec<Span> {
    let matcher = Matcher::new(query);
    let mut words = Words::default();
    let mut marks = Vec::new();
    for unit in units(article) {
        marks.extend(matcher.mentions(&UnitText::read(article, quotations, unit, &mut words)).unwrap_or_default());
    }
    marks
}
