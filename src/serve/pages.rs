//! The pages for people: `/`, `/articles/{id}`, `/speaker`, `/verify`, `/trail`, and what belongs to them.
//!
//! They read the index through the same gate as the paths for programs, and everything they show stands in the address.

mod alerts;
mod article;
mod basket;
mod browse;
mod first;
mod found;
mod results;
mod respelt;
mod speaker;
mod spread;
mod timeline;
mod trail;
mod verify;

pub(super) use respelt::respelt;

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone};
use super::guard::own_address;
use super::http::{Id, named};
use super::problem::Problem;
use crate::day::Days;
use crate::engine::Engine;
use crate::query::{Parsed, Query, QueryLimits, Today, parse};
use crate::render::page::{ICON, PageView, SCRIPT, STYLE, help, notice, opensearch};
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

/// Orders of passages, of lines and of speakers.
const ORDERS: &[&str] = &["relevance", "date", "-date", "before", "after", "speaker", "count", "name", "last"];

/// Pages of an answer: who wants more takes all of it along.
const MOST_PAGES: usize = 100;

/// What every page takes.
const VIEW: &[Known] = &[
    ("q", Takes::Text, "the query"),
    ("from", Takes::Date, "from this day, month or year on"),
    ("to", Takes::Date, "up to this day, month or year"),
    ("speaker", Takes::Texts, "who speaks"),
    ("with", Takes::Text, "whom a speaker is compared with"),
    ("place", Takes::Texts, "place of the dateline"),
    ("outlet", Takes::Texts, "newspaper, agency or site"),
    ("sort", Takes::OneOf(ORDERS), "order of the passages, of the lines, or of the speakers"),
    super::search::DUPLICATES,
    ("show", Takes::OneOf(&["passages", "lines", "quotations"]), "how the answer is listed"),
    ("speech", Takes::OneOf(&["all", "direct"]), "direct: quotations without reported speech"),
    ("page", Takes::Number(1, MOST_PAGES), "the number of the page"),
    ("passage", Takes::Text, "the passage to show in its article"),
    ("part", Takes::OneOf(&["answers", "counts"]), "for the script of the page: the answers without the totals, or these alone"),
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
        .route("/speakers", page(browse::speakers))
        .route("/outlets", page(browse::outlets))
        .route("/help", page(|_, _, _| Ok((StatusCode::OK, help().to_owned()))))
        .route("/timeline", {
            let gate = Arc::clone(gate);
            get(move |uri: Uri| timeline::show(gate, uri))
        })
        .route("/basket", {
            let gate = Arc::clone(gate);
            get(move |uri: Uri| basket::show(gate, uri))
        })
        .route("/trail", page(trail::show))
        .route("/verify", {
            let gate = Arc::clone(gate);
            page(verify::show).post(move |body: Bytes| verify::pasted(gate, body))
        })
        .route("/page.css", get(async || ([(CONTENT_TYPE, "text/css; charset=utf-8"), LASTING], STYLE)))
        .route("/page.js", get(async || ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), LASTING], SCRIPT)))
        .route("/icon.svg", get(async || ([(CONTENT_TYPE, "image/svg+xml"), LASTING], ICON)))
        .route("/favicon.ico", get(async || ([(CONTENT_TYPE, "image/svg+xml"), LASTING], ICON)))
        .route("/opensearch.xml", get(description))
}

/// The routes of the pages that change without the index.
pub(super) fn alert_routes(gate: &Arc<Gate>) -> Router {
    let gate = Arc::clone(gate);
    Router::new().route("/alerts", get(move |uri: Uri| alerts::show(Arc::clone(&gate), uri)))
}

/// Makes a page for a view; `id` is that of an article.
type Show = fn(&dyn Engine, &Gone, &Wanted) -> Result<Shown, Problem>;

/// A page, and the status it goes by.
type Shown = (StatusCode, String);

/// What is wanted of a page.
struct Wanted {
    view: PageView,
    id: String,
    passage: Option<String>,
    part: Part,
    gate: Arc<Gate>,
}

/// Which part of a page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// What is answered, without what there is in all.
    Answers,
    /// What there is in all.
    Counts,
}

impl Wanted {
    /// The number of the page, from 1.
    fn page(&self) -> usize {
        self.view.page.parse().unwrap_or(1)
    }
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
        speaker: asked.texts("speaker"),
        with: text("with"),
        place: asked.texts("place"),
        outlet: asked.texts("outlet"),
        sort: text("sort"),
        duplicates: text("duplicates"),
        show: text("show"),
        speech: text("speech"),
        page: text("page"),
    };
    let part = match asked.text("part") {
        Some("answers") => Part::Answers,
        Some("counts") => Part::Counts,
        _ => Part::Whole,
    };
    let passage = asked.text("passage").map(str::to_owned);
    let wanted = Wanted { view: view.clone(), id, passage, part, gate: Arc::clone(&gate) };
    match gate.answer(move |engine, gone| show(engine, gone, &wanted).map(|(status, body)| page(status, body))).await {
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
    for (field, values) in [("speaker", &view.speaker), ("place", &view.place), ("outlet", &view.outlet)] {
        let any: Vec<String> = values.lines().map(|value| quoted(field, value)).collect();
        if !any.is_empty() {
            filters.push(any.join(" OR "));
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
