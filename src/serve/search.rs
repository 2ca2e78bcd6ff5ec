//! `/v1/search`: passages, and what `/v1/mentions` ([`super::mentions`]) takes.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use crate::engine::{Engine, Search, Sort};
use crate::query::{Exactness, Parsed, QueryLimits, parse};
use crate::render::json::{PassageJson, SummaryJson};
use crate::results::{RankedPassage, Summary};
use axum::Json;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Passages in an answer unless asked otherwise, and at most.
const USUAL: usize = 10;
const MOST: usize = 200;

pub(super) const Q: Known = ("q", Takes::Text, "the query, in the language of docs/query.md");
pub(super) const EXACT: Known = ("exact", Takes::Flag, "letters and punctuation as typed");
pub(super) const CASE: Known = ("case_sensitive", Takes::Flag, "letters, punctuation and case as typed");
pub(super) const OCR: Known = ("ocr", Takes::Flag, "for scanned pages: words also as machines misread them");
pub(super) const TODAY: Known = ("today", Takes::Day, "the day that date:last-week counts from; by the clock if not given");
pub(super) const SORT: Known = ("sort", Takes::OneOf(&Sort::NAMES), "order of the passages");
pub(super) const TOTAL: Known =
    ("total", Takes::Flag, "false: do not count what there is in all; the summary has no passages, mentions and articles then");
pub(super) const DUPLICATES: Known =
    ("duplicates", Takes::OneOf(&["show", "group"]), "group: fold the copies of a story under the one that comes first");
const CONTEXT: Known = ("context", Takes::Number(0, 10), "paragraphs to give before and after each passage");

/// What `/v1/search` takes.
pub(super) const SEARCH: &[Known] = &[
    Q,
    ("limit", Takes::Number(0, MOST), "at most so many passages, 10 if not given; 0 only counts"),
    ("after", Takes::Text, "go on after the passage with this id: `next` of the answer before"),
    SORT,
    CONTEXT,
    DUPLICATES,
    TOTAL,
    EXACT,
    CASE,
    OCR,
    ("explain", Takes::Flag, "say why each passage ranks where it does"),
    TODAY,
];

/// What `/v1/mentions` takes.
pub(super) const MENTIONS: &[Known] = &[
    Q,
    SORT,
    CONTEXT,
    EXACT,
    CASE,
    OCR,
    ("format", Takes::OneOf(&["json", "csv"]), "JSON Lines, or a row for each mention"),
    ("provenance", Takes::Flag, "begin with the query and the index that was asked"),
    TODAY,
];

/// Passages and what there is altogether.
#[derive(Debug)]
pub(super) struct FoundPassages {
    pub passages: Vec<RankedPassage>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    pub summary: Summary,
    pub parsed: Parsed,
}

impl FoundPassages {
    pub fn summary_json(&self) -> SummaryJson {
        SummaryJson::new(&self.summary, self.understood(), &self.parsed.complaints)
    }

    /// The query as it was understood.
    pub fn understood(&self) -> Option<String> {
        self.parsed.query.as_ref().map(ToString::to_string)
    }
}

/// A page of passages.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Passages")]
pub(super) struct Passages {
    /// Best first, or as `sort` asks.
    passages: Vec<PassageJson>,
    /// What to give as `after` for the next page.
    next: Option<String>,
    /// All of the answer.
    summary: SummaryJson,
}

/// `/v1/search`
pub(super) async fn search(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, SEARCH) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let found = found(engine, gone, parsed(&asked)?, &|search| {
            search.limit = Some(asked.number("limit").unwrap_or(USUAL));
            search.after = asked.text("after").map(str::to_owned);
            search.sort = asked.sort();
            search.context = asked.number("context").unwrap_or(0);
            search.explain = asked.flag("explain");
            search.fold = asked.text("duplicates") == Some("group");
            search.totals = asked.wants_totals();
        })?;
        let explain = asked.flag("explain");
        let passages = found.passages.iter().map(|passage| PassageJson::new(passage, explain)).collect();
        let summary = found.summary_json();
        Ok(Json(Passages { passages, next: found.next, summary }).into_response())
    })
    .await
}

/// The query of a request.
pub(super) fn parsed(asked: &Asked) -> Result<Parsed, Problem> {
    let Some(text) = asked.text("q") else {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "no query", "give one: ?q=%22long-term+peace%22"));
    };
    let mut parsed = parse(text, asked.today(), &QueryLimits::default()).map_err(|refusal| refused(&refusal))?;
    // Loose words looked for exactly are read anew: only where that was asked for.
    if asked.exactness() != Exactness::Words {
        parsed.query = parsed.query.map(|query| query.with_exactness(asked.exactness()));
    }
    Ok(parsed)
}

pub(super) fn refused(refusal: &crate::query::QueryRefusal) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "query refused", refusal.to_string())
}

/// The passages of one page, asked for as `set` wants it.
pub(super) fn found(
    engine: &dyn Engine,
    gone: &Gone,
    parsed: Parsed,
    set: &dyn Fn(&mut Search),
) -> Result<FoundPassages, Problem> {
    let mut found = FoundPassages { passages: Vec::new(), next: None, summary: Summary::default(), parsed };
    let Some(query) = &found.parsed.query else { return Ok(found) };
    let mut search = Search::best(query.clone(), USUAL);
    search.caller = gone.clone();
    set(&mut search);
    let limit = search.limit.unwrap_or(MOST);
    // One more than wanted tells whether there is a next page.
    search.limit = Some(if limit == 0 { 0 } else { limit + 1 });
    let passages = &mut found.passages;
    found.summary = engine
        .search(&search, &mut |passage| {
            passages.push(passage);
            if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .map_err(|error| told(&error))?;
    if found.passages.len() > limit {
        found.passages.truncate(limit);
        found.next = found.passages.last().map(|last| last.id.clone());
    }
    found.summary.shown = found.passages.len();
    Ok(found)
}
