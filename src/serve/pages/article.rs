//! `/articles/{id}`: an article, with the query's words marked and a passage lit.

use super::super::articles::stored;
use super::super::gate::Gone;
use super::super::problem::Problem;
use super::{Wanted, read};
use crate::article::{Article, Span};
use crate::engine::{Engine, marks};
use crate::passage::{passages, units};
use crate::render::page::article;

pub(super) fn show(engine: &dyn Engine, _: &Gone, wanted: &Wanted) -> Result<String, Problem> {
    let (stored, quotations) = stored(engine, &wanted.id)?;
    // A query that cannot be taken any more still leads to its article.
    let query = read(&wanted.view.q).ok().and_then(|parsed| parsed.query);
    let marks = query.map(|query| marks(&query, &stored, &quotations)).unwrap_or_default();
    let lit = wanted.passage.as_deref().and_then(|id| id.rsplit_once('.')?.1.parse().ok());
    let lit = lit.and_then(|number| passage(&stored, number));
    Ok(article(&wanted.view, &stored, &quotations, &marks, lit))
}

/// Passage `number` of the article, as ids count them.
fn passage(article: &Article, number: usize) -> Option<Span> {
    units(article).flat_map(|unit| passages(&article.text, unit.span)).nth(number)
}
