//! What of one article a query marks, whatever the engine.

use super::{Matcher, UnitText, leaf_marks};
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

/// The places of a headline where words that `query` wants stand, though the headline alone need not answer it.
pub fn marks_beside(query: &Query, headline: &str) -> Vec<Span> {
    let article = Article::plain("", headline, true);
    let mut words = Words::default();
    let Some(head) = units(&article).next() else { return Vec::new() };
    let page = UnitText::read(&article, &[], head, &mut words);
    let mut marks = leaf_marks(&Matcher::new(query).root, &page);
    marks.sort_unstable();
    marks.dedup();
    marks
}
