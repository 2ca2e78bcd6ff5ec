//! `/v1/articles/{id}` and `/v1/passages/{id}`: what an id stands for.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, told};
use super::problem::Problem;
use crate::article::Article;
use crate::engine::Engine;
use crate::quotation::Quotation;
use crate::render::json::{ArticleJson, PassageJson};
use crate::results::RankedPassage;
use axum::Json;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What `/v1/passages/{id}` takes.
pub(super) const PASSAGE: &[Known] = &[("context", Takes::Number(0, 10), "paragraphs to give before and after the passage")];

/// `/v1/articles/{id}`
pub(super) async fn article(gate: Arc<Gate>, id: String, uri: Uri) -> Response {
    if let Err(problem) = Asked::read(&uri, &[]) {
        return problem.into_response();
    }
    gate.respond(move |engine, _| {
        let (article, quotations) = stored(engine, &id)?;
        Ok(Json(ArticleJson::new(&article, &quotations)).into_response())
    })
    .await
}

/// `/v1/passages/{id}`
pub(super) async fn passage(gate: Arc<Gate>, id: String, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, PASSAGE) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, _| {
        let no_such = || Problem::new(StatusCode::NOT_FOUND, "no such passage", "ids of passages look like 4ca8dca46acf1d41.0");
        let (of, number) = id.split_once('.').ok_or_else(no_such)?;
        let number: usize = number.parse().map_err(|_| no_such())?;
        let (article, quotations) = stored(engine, of)?;
        let (mut passage, unit) = RankedPassage::numbered(&article, &quotations, number).ok_or_else(no_such)?;
        if let Some(context) = asked.number("context") {
            passage.add_context(&article, unit, context);
        }
        Ok(Json(PassageJson::new(&passage, false)).into_response())
    })
    .await
}

/// The article with this id.
pub(super) fn stored(engine: &dyn Engine, id: &str) -> Result<(Article, Vec<Quotation>), Problem> {
    let found = match id.parse() {
        Ok(id) => engine.article(id).map_err(|error| told(&error))?,
        Err(_) => None,
    };
    found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no such article", "take the id from the `article` of a passage"))
}
