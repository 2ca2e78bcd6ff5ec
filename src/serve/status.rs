//! `/v1/status` and `/metrics`: how the service is.

use super::access::Access;
use super::gate::{Gate, told};
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How much is searched.
#[derive(Serialize, JsonSchema)]
pub(super) struct Status {
    /// Version of newshound.
    version: &'static str,
    /// Version of the JSON.
    schema: u32,
    /// Articles.
    articles: u64,
    /// Headlines and paragraphs.
    units: u64,
    /// Words in them.
    words: u64,
    /// Names the commit that is searched.
    commit: String,
}

/// `/v1/status`
pub(super) async fn status(gate: Arc<Gate>) -> Response {
    gate.respond(|engine, _| {
        let holdings = engine.holdings().map_err(|error| told(&error))?;
        Ok(Json(Status {
            version: env!("CARGO_PKG_VERSION"),
            schema: crate::render::json::SCHEMA,
            articles: holdings.articles,
            units: holdings.units,
            words: holdings.words,
            commit: holdings.commit,
        })
        .into_response())
    })
    .await
}

/// `/metrics`, in the text format of Prometheus. It waits for no place, so that an overloaded service can be seen.
pub(super) fn metrics(gate: &Gate, access: &Access) -> Response {
    let mut out = access.metrics();
    let figures = [
        ("requests_open", "gauge", "Requests being answered.", access.open.load(Ordering::Relaxed) as u64),
        ("searches_running", "gauge", "Requests reading the index.", gate.busy() as u64),
        ("searches_at_once", "gauge", "Requests that may read the index at once.", gate.limits.at_once as u64),
        ("turned_away_total", "counter", "Requests told to come again.", gate.turned_away.load(Ordering::Relaxed)),
        ("panics_total", "counter", "Searches that failed by a fault of ours.", gate.panics.load(Ordering::Relaxed)),
    ];
    for (name, kind, about, value) in figures {
        let _ = write!(out, "# HELP newshound_{name} {about}\n# TYPE newshound_{name} {kind}\nnewshound_{name} {value}\n");
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], out).into_response()
}
