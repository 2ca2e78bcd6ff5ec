//! The pages for people: `/`, `/articles/{id}`, `/speaker`, `/verify`, and what belongs to them.
//!
//! They read the index through the same gate as the paths for programs, and everything they show stands in the address.

mod article;
mod results;
mod speaker;
mod verify;

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone};
use super::guard::own_address;
use super::http::{Id, named};
use super::problem::Problem;
use crate::day::Days;
use crate::engine::Engine;
use crate::query::{Parsed, Query, QueryLimits, Today, parse};
use crate::render::page::{PageView, SCRIPT, STYLE, notice, opensearch};
use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;

/// Only what comes from here, and no script or style within a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Pages name their style and script by a stamp of them, which changes with them: a browser asks once.
const LASTING: (HeaderName, &str) = (CACHE_CONTROL, "public, max-age=31536000, immutable");

/// How long is searched for a page, and how long is counted for each of the timeline and the filters: two seconds in all.
const SEARCHING: Duration = Duration::from_millis(1_000);
const COUNTING: Duration = Duration::from_millis(500);

/// What every page takes.
const VIEW: &[Known] = &[
    ("q", Takes::Text, "the query"),
    ("from", Takes::Date, "from this day, month or year on"),
    ("to", Takes::Date, "up to this day, month or year"),
    ("speaker", Takes::Text, "who speaks"),
    ("place", Takes::Text, "place of the dateline"),
    ("outlet", Takes::Text, "newspaper, agency or site"),
    ("sort", Takes::OneOf(&crate::engine::Sort::NAMES), "order of the passages"),
    super::search::DUPLICATES,
    ("after", Takes::Text, "cursor of the page"),
    ("passage", Takes::Text, "the passage to show in its article"),
];

/// The routes of the pages.
pub(super) fn routes(gate: &Arc<Gate>) -> Router {
    let page = |show: Show| {
        let gate = Arc::clone(gate);
        get(move |uri: Uri| shown(Arc::clone(&gate), uri, String::new(), show))
    };
    let article = {
        let gate = Arc::clone(gate);
        get(move |id: Id, uri: Uri| shown(Arc::clone(&gate), uri, named(id), article::show))
    };
    Router::new()
        .route("/", page(results::show))
        .route("/articles/{id}", article)
        .route("/speaker", page(speaker::show))
        .route("/verify", {
            let gate = Arc::clone(gate);
            page(verify::show).post(move |body: Bytes| verify::pasted(gate, body))
        })
        .route("/page.css", get(async || ([(CONTENT_TYPE, "text/css; charset=utf-8"), LASTING], STYLE)))
        .route("/page.js", get(async || ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), LASTING], SCRIPT)))
        .route("/opensearch.xml", get(description))
}

/// Makes a page for a view; `id` is that of an article.
type Show = fn(&dyn Engine, &Gone, &Wanted) -> Result<String, Problem>;

/// What is wanted of a page.
struct Wanted {
    view: PageView,
    id: String,
    passage: Option<String>,
}

async fn shown(gate: Arc<Gate>, uri: Uri, id: String, show: Show) -> Response {
    let asked = match Asked::read(&uri, VIEW) {
        Ok(asked) => asked,
        Err(problem) => return page(problem.status, notice(&PageView::default(), problem.title, &problem.detail)),
    };
    let text = |name: &str| asked.text(name).unwrap_or_default().to_owned();
    let view = PageView {
        q: text("q"),
        from: text("from"),
        to: text("to"),
        speaker: text("speaker"),
        place: text("place"),
        outlet: text("outlet"),
        sort: text("sort"),
        duplicates: text("duplicates"),
        after: text("after"),
    };
    let wanted = Wanted { view: view.clone(), id, passage: asked.text("passage").map(str::to_owned) };
    match gate.answer(move |engine, gone| Ok(page(StatusCode::OK, show(engine, gone, &wanted)?))).await {
        Ok(response) => response,
        Err(problem) => page(problem.status, notice(&view, problem.title, &problem.detail)),
    }
}

fn page(status: StatusCode, body: String) -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (status, headers, body).into_response()
}

/// `/opensearch.xml`, with the address that the browser knows this service by.
async fn description(headers: HeaderMap) -> Response {
    ([(CONTENT_TYPE, "application/opensearchdescription+xml")], opensearch(&own_address(&headers))).into_response()
}

/// The query of a view: what is typed, and the filters beside it.
fn query(view: &PageView, with_time: bool) -> Result<Parsed, Problem> {
    let mut parsed = read(&view.q)?;
    let mut parts: Vec<Query> = parsed.query.take().into_iter().collect();
    for filter in filters(view, with_time)? {
        let filter = read(&filter)?;
        parts.extend(filter.query);
        parsed.complaints.extend(filter.complaints);
    }
    parsed.query = if parts.len() > 1 { Some(Query::And(parts)) } else { parts.pop() };
    Ok(parsed)
}

fn read(text: &str) -> Result<Parsed, Problem> {
    parse(text, Today::from_clock(), &QueryLimits::default()).map_err(|refusal| super::search::refused(&refusal))
}

/// The filters as queries.
fn filters(view: &PageView, with_time: bool) -> Result<Vec<String>, Problem> {
    let quoted = |field: &str, value: &str| format!("{field}:\"{}\"", value.replace(['"', '\\'], " "));
    let mut filters = Vec::new();
    for (field, value) in [("speaker", &view.speaker), ("place", &view.place), ("outlet", &view.outlet)] {
        if !value.is_empty() {
            filters.push(quoted(field, value));
        }
    }
    if with_time {
        filters.extend(time(&view.from, &view.to)?);
    }
    Ok(filters)
}

/// The limits of time as a query; both are dates or empty.
fn time(from: &str, to: &str) -> Result<Option<String>, Problem> {
    let day = |text: &str| Days::of_published(text);
    if let (Some(first), Some(last)) = (day(from), day(to))
        && first.from > last.to
    {
        return Err(Problem::of_parameter(format!("`from={from}` is later than `to={to}`; change them over")));
    }
    Ok(match (from, to) {
        ("", "") => None,
        (from, "") => Some(format!("date:>={from}")),
        ("", to) => Some(format!("date:<={to}")),
        (from, to) => Some(format!("date:{from}..{to}")),
    })
}
