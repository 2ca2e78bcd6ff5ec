//! `/v1/timeline` and `/v1/facets`: how an answer is spread over time, speakers, places, outlets, sections and languages.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use super::search::{CASE, EXACT, OCR, Q, TODAY, parsed};
use crate::engine::{Engine, Search, Sort, call};
use crate::render::json::{FacetsJson, SummaryJson, TimelineJson};
use crate::results::{Step, Summary, Tally};
use axum::Json;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// As long as a search may take. Every passage has to be read: what is not read until then is missing, and the answer says so.
const LONGEST: Duration = Duration::from_secs(2);

/// Values of each kind in an answer unless asked otherwise, and at most.
const USUAL: usize = 20;
const MOST: usize = 200;

pub(super) const STEP: Known = ("step", Takes::OneOf(&["year", "month", "day"]), "length of the stretches; month if not given");

/// What `/v1/timeline` takes.
pub(super) const TIMELINE: &[Known] = &[Q, STEP, EXACT, CASE, OCR, TODAY];

/// What `/v1/facets` takes.
pub(super) const FACETS: &[Known] =
    &[Q, ("limit", Takes::Number(0, MOST), "at most so many values of each kind, 20 if not given"), EXACT, CASE, OCR, TODAY];

/// `/v1/timeline`
pub(super) async fn timeline(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, TIMELINE) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| Ok(Json(timeline_of(engine, gone, &asked)?).into_response())).await
}

/// `/v1/facets`
pub(super) async fn facets(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, FACETS) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let (tally, summary) = tally(engine, gone, &asked)?;
        Ok(Json(FacetsJson::new(&tally, asked.number("limit").unwrap_or(USUAL), summary)).into_response())
    })
    .await
}

/// The answer of `/v1/timeline`.
pub(super) fn timeline_of(engine: &dyn Engine, gone: &Gone, asked: &Asked) -> Result<TimelineJson, Problem> {
    let (tally, summary) = tally(engine, gone, asked)?;
    Ok(TimelineJson::new(&tally, summary))
}

pub(super) fn tally(engine: &dyn Engine, gone: &Gone, asked: &Asked) -> Result<(Tally, SummaryJson), Problem> {
    let parsed = parsed(asked)?;
    let mut tally = Tally::new(match asked.text("step") {
        Some("year") => Step::Year,
        Some("day") => Step::Day,
        _ => Step::Month,
    });
    let mut summary = Summary::default();
    if let Some(query) = &parsed.query {
        let search = Search { sort: Sort::Oldest, deadline: LONGEST, caller: gone.clone(), ..Search::all(query.clone()) };
        let people = engine.people();
        let each = &mut |mut passage| {
            call(&mut passage, &people);
            tally.add(&passage);
            if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        summary = engine.search(&search, each).map_err(|error| told(&error))?;
    }
    let understood = parsed.query.as_ref().map(ToString::to_string);
    Ok((tally, SummaryJson::new(&summary, understood, &parsed.complaints)))
}
