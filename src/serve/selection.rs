//! `/v1/passages`: passages that somebody has chosen, by their ids.

use super::articles::stored;
use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use crate::engine::Engine;
use crate::render::json::PassageJson;
use crate::render::provenance::ProvenanceJson;
use crate::render::table;
use crate::results::RankedPassage;
use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// Passages of one answer at most, as of citations.
const MOST: usize = 100;

const IDS: Known = ("ids", Takes::Text, "ids of passages, joined by commas; 100 at most");

/// The same of a page: a form gives each by itself.
pub(super) const TICKED: Known = ("ids", Takes::Texts, "ids of passages, joined by commas or one each; 100 at most");

/// What `/v1/passages` takes.
pub(super) const SELECTION: &[Known] = &[
    IDS,
    ("format", Takes::OneOf(&["json", "csv"]), "json (if not given) or csv"),
    ("provenance", Takes::Flag, "true: begin with the name of the index that was asked"),
];

/// Passages that somebody has chosen.
#[derive(Default)]
pub(super) struct Selection {
    /// In the order of their ids.
    pub passages: Vec<RankedPassage>,
    /// Ids that stand for nothing: their articles may have changed.
    pub missing: Vec<String>,
}

/// The same as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Selection")]
pub(super) struct SelectionJson {
    /// Where they are from; only where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<ProvenanceJson>,
    /// In the order of the ids.
    passages: Vec<PassageJson>,
    /// Ids that stand for nothing: their articles may have changed.
    missing: Vec<String>,
}

/// `/v1/passages`
pub(super) async fn selection(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, SELECTION) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let Selection { passages, missing } = selected(engine, gone, &asked)?;
        let provenance = if asked.flag("provenance") { Some(provenance(engine, passages.len())?) } else { None };
        if asked.text("format") == Some("csv") {
            let mut rows = provenance.map(|head| head.remarks().into_bytes()).unwrap_or_default();
            // Nothing that is written to memory fails.
            let _ = table::header(&mut rows);
            passages.iter().for_each(|passage| drop(table::rows(passage, "", &mut rows)));
            return Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], rows).into_response());
        }
        let passages = passages.iter().map(|passage| PassageJson::new(passage, false)).collect();
        Ok(Json(SelectionJson { provenance, passages, missing }).into_response())
    })
    .await
}

fn provenance(engine: &dyn Engine, count: usize) -> Result<ProvenanceJson, Problem> {
    let holdings = engine.holdings().map_err(|error| told(&error))?;
    Ok(ProvenanceJson::new(&format!("{count} passages, chosen one by one"), None, holdings.commit, holdings.articles))
}

/// The passages whose ids are given.
pub(super) fn selected(engine: &dyn Engine, gone: &Gone, asked: &Asked) -> Result<Selection, Problem> {
    let given = asked.texts("ids");
    let mut ids: Vec<&str> = Vec::new();
    for id in given.split(['\n', ',']).map(str::trim).filter(|id| !id.is_empty()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
        if ids.len() > MOST {
            let detail = format!("more than {MOST} are asked for; ask again for the others");
            return Err(Problem::new(StatusCode::BAD_REQUEST, "too many passages", detail));
        }
    }
    let mut selection = Selection::default();
    for id in ids {
        if gone.is_gone() {
            break;
        }
        match of_id(engine, id)? {
            Some(passage) => selection.passages.push(RankedPassage { rank: selection.passages.len() + 1, ..passage }),
            None => selection.missing.push(id.to_owned()),
        }
    }
    Ok(selection)
}

fn of_id(engine: &dyn Engine, id: &str) -> Result<Option<RankedPassage>, Problem> {
    let Some((of, number)) = id.split_once('.') else { return Ok(None) };
    let Ok(number) = number.parse() else { return Ok(None) };
    match stored(engine, of) {
        Ok((article, quotations)) => Ok(RankedPassage::numbered(&article, &quotations, number).map(|(passage, _)| passage)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}
