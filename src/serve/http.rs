//! The routes of the service.
//!
//! The JSON is that of the command line, object for object; docs/serving.md describes each path.

use super::access::{Access, account};
use super::alerts::{AlertFolders, alerts, alerts_feed, searches};
use super::articles::{article, passage};
use super::citations::citations;
use super::feed::feed;
use super::fresh::fresh;
use super::gate::{Gate, ServiceLimits};
use super::guard::{Doors, guard};
use super::mcp::over_http;
use super::mentions::mentions;
use super::openapi::document;
use super::packed::packed;
use super::pages;
use super::problem::Problem;
use super::quotes::{quotes, speakers};
use super::search::search;
use super::selection::selection;
use super::speaker::speaker;
use super::spread::{facets, timeline};
use super::status::{metrics, status};
use super::suggest::suggest;
use super::timelines::timelines;
use super::trail::trail;
use super::verify::verify;
use crate::engine::Engine;
use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request};
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http_body_util::Limited;
use std::sync::Arc;

/// The longest address in bytes: a query of 4,096 bytes, percent-encoded, and the rest.
const LONGEST_ADDRESS: usize = 16 << 10;

/// The largest body in bytes; that of a draft, or of MCP.
const LARGEST_BODY: usize = 64 << 10;

/// How the service is to be.
#[derive(Default)]
pub struct Service {
    /// Who is let in.
    pub doors: Doors,
    /// How much is taken on.
    pub limits: ServiceLimits,
    /// What was found for saved searches, if that is told of here.
    pub alerts: Option<AlertFolders>,
    /// Write a line for each request to stderr.
    pub log: bool,
}

/// The routes, answered by `engine`.
pub fn router(engine: Arc<dyn Engine>, service: Service) -> Router {
    let gate = Arc::new(Gate::new(engine, service.limits, service.alerts));
    let access = Arc::new(Access::new(service.log));
    of_the_index(&gate)
        .merge(of_alerts(&gate))
        .route("/metrics", {
            let (gate, access) = (Arc::clone(&gate), Arc::clone(&access));
            get(async move || metrics(&gate, &access))
        })
        .route_service("/mcp", over_http(Arc::clone(&gate)))
        .route("/healthz", get(async || ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "ok")))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "no such path", "the paths are listed at /openapi.json"))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method not allowed", "ask with GET; /v1/verify with POST")
        })
        .layer(from_fn(bounded))
        .layer(from_fn(packed))
        .layer(from_fn_with_state(Arc::new(service.doors), guard))
        .layer(from_fn_with_state(access, account))
}

/// The routes whose answers are the same as long as the index is.
fn of_the_index(gate: &Arc<Gate>) -> Router {
    // A copy of the gate for each handler.
    macro_rules! gated {
        ($handler:expr) => {{
            let gate = Arc::clone(gate);
            get(move |uri: Uri| $handler(Arc::clone(&gate), uri))
        }};
        ($handler:expr, id) => {{
            let gate = Arc::clone(gate);
            get(move |id: Id, uri: Uri| $handler(Arc::clone(&gate), named(id), uri))
        }};
    }
    Router::new()
        .route("/v1/search", gated!(search))
        .route("/v1/mentions", gated!(mentions))
        .route("/v1/search.atom", {
            let gate = Arc::clone(gate);
            get(move |uri: Uri, headers: HeaderMap| feed(Arc::clone(&gate), uri, headers))
        })
        .route("/v1/timeline", gated!(timeline))
        .route("/v1/timelines", gated!(timelines))
        .route("/v1/trail", gated!(trail))
        .route("/v1/facets", gated!(facets))
        .route("/v1/quotes", gated!(quotes))
        .route("/v1/speakers", gated!(speakers))
        .route("/v1/speaker", gated!(speaker))
        .route("/v1/suggest", gated!(suggest))
        .route("/v1/verify", {
            let gate = Arc::clone(gate);
            post(move |body: Bytes| verify(Arc::clone(&gate), body))
        })
        .route("/v1/articles/{id}", gated!(article, id))
        .route("/v1/passages", gated!(selection))
        .route("/v1/passages/{id}", gated!(passage, id))
        .route("/v1/citations/{id}", {
            let gate = Arc::clone(gate);
            get(move |id: Id, uri: Uri, headers: HeaderMap| citations(Arc::clone(&gate), named(id), uri, headers))
        })
        .route("/v1/status", gated!(|gate, _| status(gate)))
        .route("/openapi.json", {
            let gate = Arc::clone(gate);
            get(async move || gate.respond(|_, _| Ok(Json(document()).into_response())).await)
        })
        .merge(pages::routes(gate))
        .route_layer(from_fn_with_state(Arc::clone(gate), fresh))
}

/// The routes whose answers change without the index.
fn of_alerts(gate: &Arc<Gate>) -> Router {
    let at = || Arc::clone(gate);
    Router::new()
        .route("/v1/alerts", {
            let gate = at();
            get(move |uri: Uri| alerts(Arc::clone(&gate), uri))
        })
        .route("/v1/alerts.atom", {
            let gate = at();
            get(move |uri: Uri, headers: HeaderMap| alerts_feed(Arc::clone(&gate), uri, headers))
        })
        .route("/v1/searches", {
            let gate = at();
            get(move |uri: Uri| searches(Arc::clone(&gate), uri))
        })
        .merge(pages::alert_routes(gate))
}

/// An id in an address.
pub(super) type Id = Result<Path<String>, PathRejection>;

/// The id; bytes that are no text name nothing.
pub(super) fn named(id: Id) -> String {
    id.map_or_else(|_| String::new(), |Path(id)| id)
}

/// Refuses what is too long before anything reads it.
async fn bounded(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > LONGEST_ADDRESS {
        let detail = format!("the address has {address} bytes; the limit is {LONGEST_ADDRESS}");
        return Problem::new(StatusCode::URI_TOO_LONG, "address too long", detail).into_response();
    }
    let length = request.headers().get(HeaderName::from_static("content-length"));
    let length = length.and_then(|length| length.to_str().ok()).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > LARGEST_BODY) {
        let detail = format!("the limit is {LARGEST_BODY} bytes");
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body too large", detail).into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, LARGEST_BODY)))).await
}
