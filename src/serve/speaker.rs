//! `/v1/speaker`: what somebody is quoted with, over time, and beside whom; or two people beside each other.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use super::quotes::{ABOUT, FORMAT, KIND, Q, parsed, speech};
use super::search::{CASE, EXACT, OCR, TODAY};
use super::timelines::{FROM, TO};
use crate::day::Days;
use crate::dossier::{self, Dossier, Every, Failure};
use crate::engine::Engine;
use crate::query::{Parsed, Query};
use crate::render::json::DossierJson;
use crate::render::table;
use crate::timeline;
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// Newest quotations in an answer at most.
const MOST: usize = 50;

/// Time for all of it.
const LONGEST: Duration = Duration::from_secs(2);

pub(super) const NAME: Known = ("name", Takes::Text, "who: a name in any form, or a last name");
pub(super) const WITH: Known = ("with", Takes::Text, "compare with this person or body");
pub(super) const EVERY: Known =
    ("every", Takes::OneOf(&Every::NAMES), "length of the stretches; months, or years where those are many");

/// What `/v1/speaker` takes.
pub(super) const SPEAKER: &[Known] = &[
    NAME,
    WITH,
    Q,
    ABOUT,
    KIND,
    FROM,
    TO,
    EVERY,
    ("limit", Takes::Number(0, MOST), "at most so many of the newest quotations, 5 if not given"),
    EXACT,
    CASE,
    OCR,
    FORMAT,
    TODAY,
];

/// `/v1/speaker`
pub(super) async fn speaker(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, SPEAKER) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        if asked.text("name").is_none() {
            return Err(Problem::of_parameter("`name` is missing: whose words are wanted"));
        }
        let parsed = parsed(&asked)?;
        let found = told_of(engine, gone, &asked, &parsed)?;
        if asked.text("format") == Some("csv") {
            let mut rows = Vec::new();
            // Nothing that is written to memory fails.
            let _ = table::dossier::dossier(&found, "", &mut rows);
            return Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], rows).into_response());
        }
        Ok(Json(json(engine, &found, &parsed)?).into_response())
    })
    .await
}

pub(super) fn json(engine: &dyn Engine, found: &Dossier, parsed: &Parsed) -> Result<DossierJson, Problem> {
    let commit = engine.holdings().map_err(|error| told(&error))?.commit;
    Ok(DossierJson::new(found, &commit, parsed))
}

/// The answer of `/v1/speaker`.
pub(super) fn told_of(engine: &dyn Engine, gone: &Gone, asked: &Asked, parsed: &Parsed) -> Result<Dossier, Problem> {
    let names: Vec<&str> = ["name", "with"].into_iter().filter_map(|name| asked.text(name)).collect();
    let day = |name: &str| asked.text(name).and_then(Days::of_published);
    let within = timeline::Asked::within(day("from"), day("to"));
    let parts = parsed.query.iter().cloned().chain(within.map(Query::Date)).collect();
    let wanted = dossier::Asked {
        query: dossier::Asked::all_of(parts),
        speech: speech(asked),
        every: asked.text("every").and_then(Every::named),
        latest: asked.number("limit").unwrap_or(5),
        deadline: LONGEST,
        caller: gone.clone(),
        ..dossier::Asked::about(&names)
    };
    dossier::dossier(engine, &wanted).map_err(|failure| refused(&failure))
}

/// What the caller is told who asks for nobody.
fn refused(failure: &Failure) -> Problem {
    match failure {
        Failure::Engine(error) => told(error),
        // In the time there was nobody was found: that does not tell that there is nobody.
        Failure::Nobody { partial: Some(partial), .. } => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "took too long", partial.clone())
        }
        Failure::Nobody { .. } => Problem::new(StatusCode::NOT_FOUND, "no such speaker", one_line(failure)),
        refused => Problem::of_parameter(one_line(refused)),
    }
}

fn one_line(failure: &Failure) -> String {
    failure.to_string().replace("\nhint: ", "; ")
}
