//! `/v1/citations/{id}`: articles, passages and quotations as finished citations.

use super::articles::stored;
use super::asked::{Asked, Known, Takes};
use super::gate::Gate;
use super::guard::own_address;
use super::problem::Problem;
use crate::engine::Engine;
use crate::render::cite::{Bibliography, Citation, CitationFormat};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Citations of one answer at most.
const MOST: usize = 100;

pub(super) const FORMAT: Known =
    ("format", Takes::OneOf(&CitationFormat::NAMES), "plain (if not given), bibtex, ris, or csl: CSL-JSON");

/// What `/v1/citations/{id}` takes.
pub(super) const CITATIONS: &[Known] = &[FORMAT];

/// `/v1/citations/{id}`
pub(super) async fn citations(gate: Arc<Gate>, ids: String, uri: Uri, headers: HeaderMap) -> Response {
    let asked = match Asked::read(&uri, CITATIONS) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let service = own_address(&headers);
    gate.respond(move |engine, _| {
        let format = format(&asked);
        let cited = cited(engine, &ids, MOST)?;
        Ok(([(CONTENT_TYPE, format.media())], Bibliography::new(format, Some(&service)).of(&cited)).into_response())
    })
    .await
}

/// The format asked for.
pub(super) fn format(asked: &Asked) -> CitationFormat {
    asked.text("format").and_then(CitationFormat::named).unwrap_or(CitationFormat::Plain)
}

/// What the ids stand for, which are joined by commas; at most so many.
pub(super) fn cited(engine: &dyn Engine, ids: &str, most: usize) -> Result<Vec<Citation>, Problem> {
    let ids: Vec<&str> = ids.split(',').collect();
    if ids.len() > most {
        let detail = format!("{} are asked for; the limit is {most} at once", ids.len());
        return Err(Problem::new(StatusCode::BAD_REQUEST, "too many citations", detail));
    }
    ids.into_iter().map(|id| one(engine, id)).collect()
}

fn one(engine: &dyn Engine, id: &str) -> Result<Citation, Problem> {
    let (article, quotations) = stored(engine, id.split('.').next().unwrap_or_default())?;
    let none = || {
        let detail =
            "ids look like 4ca8dca46acf1d41 (an article), 4ca8dca46acf1d41.0 (a passage), 4ca8dca46acf1d41.q0 (a quotation)";
        Problem::new(StatusCode::NOT_FOUND, "nothing to cite", detail)
    };
    Citation::of_id(id, &article, &quotations).ok_or_else(none)
}
