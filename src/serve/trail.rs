//! `/v1/trail`: where words were printed first, and what became of them.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use crate::engine::Engine;
use crate::render::json::{StepJson, TrailSummaryJson};
use crate::render::table;
use crate::trail::{self, Failure, Trail, is_id};
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

pub(super) const WORDS: Known = ("q", Takes::Text, "the words, or the id of a passage or quotation");

/// What `/v1/trail` takes.
pub(super) const TRAIL: &[Known] = &[WORDS, ("format", Takes::OneOf(&["json", "csv"]), "json (if not given) or csv")];

/// The steps of a trail, and all of it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Trail")]
pub(super) struct TrailJson {
    /// In order of time.
    steps: Vec<StepJson>,
    /// All of it.
    summary: TrailSummaryJson,
}

/// `/v1/trail`
pub(super) async fn trail(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, TRAIL) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let found = followed(engine, gone, asked.text("q").unwrap_or_default())?;
        if asked.text("format") == Some("csv") {
            let mut rows = Vec::new();
            // Nothing that is written to memory fails.
            let _ = table::trail::trail(&found, "", &mut rows);
            return Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], rows).into_response());
        }
        let steps = StepJson::all(&found).collect();
        Ok(Json(TrailJson { steps, summary: TrailSummaryJson::new(&found) }).into_response())
    })
    .await
}

/// The trail of words, or of what an id stands for.
pub(super) fn followed(engine: &dyn Engine, gone: &Gone, typed: &str) -> Result<Trail, Problem> {
    let typed = typed.trim();
    let asked = if is_id(typed) {
        let found = trail::Asked::of_id(engine, typed).map_err(|error| told(&error))?;
        let detail = "ids look like 4ca8dca46acf1d41.0 (a passage), 4ca8dca46acf1d41.q0 (a quotation)";
        found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no such passage", detail))?
    } else {
        trail::Asked::of_words(typed)
    };
    match trail::trail(engine, &trail::Asked { caller: gone.clone(), ..asked }) {
        // Signs alone are a text, of which no word is printed anywhere.
        Err(Failure::NoWords) if !typed.is_empty() => Ok(Trail { words: typed.to_owned(), ..Trail::default() }),
        Err(Failure::Engine(error)) => Err(told(&error)),
        Err(refused) => Err(Problem::of_parameter(format!("`q`: {}", refused.to_string().replace('\n', "; ")))),
        Ok(found) => Ok(found),
    }
}
