//! `/articles/{id}`: an article, with the query's words marked and a passage lit.

use super::{Shown, Wanted, read};
use crate::engine::Engine;
use crate::matching::marks;
use crate::render::page::article;
use crate::results::RankedPassage;
use crate::serve::articles::stored;
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use axum::http::StatusCode;

pub(super) fn show(engine: &dyn Engine, _: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let (stored, quotations) = stored(engine, &wanted.id)?;
    // A query that cannot be taken any more still leads to its article.
    let query = read(&wanted.view.q).ok().and_then(|parsed| parsed.query);
    let mut marks = query.as_ref().map(|query| marks(query, &stored, &quotations)).unwrap_or_default();
    // What somebody says is drawn as theirs anyway; lit are the words that match.
    if query.is_some_and(|query| query.names_speakers()) {
        marks.retain(|mark| !quotations.iter().any(|quotation| quotation.span == *mark));
    }
    let lit = wanted.passage.as_deref().and_then(|id| id.rsplit_once('.')?.1.parse().ok());
    let lit = lit.and_then(|number| RankedPassage::numbered(&stored, &quotations, number)).map(|(_, unit)| unit);
    Ok((StatusCode::OK, article(&wanted.view, &stored, &quotations, &marks, lit)))
}
