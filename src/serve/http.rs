//! The JSON service.
//!
//! `GET /v1/search?q=QUERY&limit=N` gives `{"passages": [...], "summary": {...}}`, the objects of `--json`;
//! `GET /healthz` gives `ok`. Every refusal is an RFC 9457 problem document.

use super::guard::guard;
use crate::engine::{Engine, Search, Trouble};
use crate::query::{Limits, Today, parse};
use crate::render::json::{PassageJson, SummaryJson};
use crate::results::Summary;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, State};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Most passages in one answer.
const MOST_PASSAGES: usize = 200;

/// The routes, answered by `engine`.
pub fn router(engine: Arc<dyn Engine>) -> Router {
    Router::new()
        .route("/v1/search", get(search))
        .route("/healthz", get(|| async { "ok" }))
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "no such path", "there are /v1/search and /healthz".into()) })
        .method_not_allowed_fallback(|| async {
            problem(StatusCode::METHOD_NOT_ALLOWED, "method not allowed", "ask with GET".into())
        })
        .layer(from_fn(guard))
        .with_state(engine)
}

#[derive(Deserialize)]
struct Asked {
    q: Option<String>,
    limit: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    passages: Vec<PassageJson>,
    summary: SummaryJson,
}

/// An RFC 9457 problem document.
#[derive(Serialize)]
struct Problem {
    r#type: &'static str,
    title: String,
    status: u16,
    detail: String,
}

/// A refusal: what is wrong (`title`) and what to do (`detail`).
pub(super) fn problem(status: StatusCode, title: &str, detail: String) -> Response {
    let body = Problem { r#type: "about:blank", title: title.to_owned(), status: status.as_u16(), detail };
    (status, [("content-type", "application/problem+json")], Json(body)).into_response()
}

async fn search(State(engine): State<Arc<dyn Engine>>, asked: Result<Parameters<Asked>, QueryRejection>) -> Response {
    let asked = match asked {
        Ok(Parameters(asked)) => asked,
        Err(refusal) => return problem(StatusCode::BAD_REQUEST, "parameters not understood", refusal.body_text()),
    };
    let Some(text) = asked.q.filter(|text| !text.trim().is_empty()) else {
        return problem(StatusCode::BAD_REQUEST, "no query", "give one: /v1/search?q=%22long-term+peace%22".into());
    };
    let limit = match asked.limit.as_deref().unwrap_or("10").parse::<usize>() {
        Ok(limit) => limit.clamp(1, MOST_PASSAGES),
        Err(_) => {
            return problem(StatusCode::BAD_REQUEST, "limit is no number", format!("give a number from 1 to {MOST_PASSAGES}"));
        }
    };
    match tokio::task::spawn_blocking(move || answer(&*engine, &text, limit)).await {
        Ok(response) => response,
        Err(_) => problem(StatusCode::INTERNAL_SERVER_ERROR, "the search failed", "see the server's log".into()),
    }
}

fn answer(engine: &dyn Engine, text: &str, limit: usize) -> Response {
    let parsed = match parse(text, Today::from_clock(), &Limits::default()) {
        Ok(parsed) => parsed,
        Err(refusal) => return problem(StatusCode::BAD_REQUEST, "query refused", refusal.to_string()),
    };
    let mut passages = Vec::new();
    let summary = match &parsed.query {
        None => Ok(Summary::default()),
        Some(query) => engine.search(&Search::best(query.clone(), limit), &mut |passage| {
            passages.push(PassageJson::new(&passage, false));
            ControlFlow::Continue(())
        }),
    };
    match summary {
        Ok(summary) => {
            let understood = parsed.query.as_ref().map(ToString::to_string);
            Json(Answer { passages, summary: SummaryJson::new(&summary, understood, &parsed.complaints) }).into_response()
        }
        Err(Trouble::NoIndex(_)) => {
            problem(StatusCode::SERVICE_UNAVAILABLE, "no index", "the index is gone; build it again".into())
        }
        Err(trouble) => {
            eprintln!("newshound: {trouble}");
            problem(StatusCode::INTERNAL_SERVER_ERROR, "the search failed", "see the server's log".into())
        }
    }
}
