//! `/v1/quotes` and `/v1/speakers`: who says what, and who is quoted how often.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use super::rows::Rows;
use super::search::{CASE, EXACT, OCR, TODAY, refused};
use crate::engine::{Counting, Engine, Quoting, Sort, SpeakerOrder, Speakers, Speech};
use crate::query::{Parsed, asking};
use crate::render::json::{QuotationJson, QuotationSummaryJson, QuotedSpeakerJson, SpeakersSummaryJson, kind_named};
use crate::render::table::quoted::{
    QUOTATIONS as QUOTATIONS_CSV, SPEAKERS as SPEAKERS_CSV, quotation as row_of_quotation, speaker as row_of_speaker,
};
use crate::results::{QuotationSummary, RankedQuotation};
use axum::Json;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// Quotations and speakers in an answer at most.
const MOST: usize = 200;

/// How long the engine may count.
const DEADLINE: Duration = Duration::from_secs(2);

const KINDS: Takes = Takes::SomeOf(&["direct", "partial", "indirect", "not_speech"]);
pub(super) const Q: Known = ("q", Takes::Text, "only in passages that answer this query");
const BY: Known = ("by", Takes::Text, "only of this person or body: a name in any form, or a last name");
pub(super) const ABOUT: Known = ("about", Takes::Text, "only with these words in what is said");
pub(super) const FORMAT: Known = ("format", Takes::OneOf(&["json", "csv"]), "JSON, or a row each");
pub(super) const KIND: Known = ("kind", KINDS, "how the words are given; all but not_speech if not given");

/// Speakers have no ids: who comes next is found by how many came before.
pub(super) const AFTER_SPEAKERS: Known =
    ("after", Takes::Number(0, 1_000_000), "go on after so many speakers: `next` of the answer before");

/// What `/v1/quotes` takes.
pub(super) const QUOTES: &[Known] = &[
    Q,
    BY,
    ABOUT,
    KIND,
    ("limit", Takes::Number(0, MOST), "at most so many quotations, 10 if not given"),
    ("after", Takes::Text, "go on after the quotation with this id: `next` of the answer before"),
    ("sort", Takes::OneOf(&Sort::NAMES), "order of the quotations; newest first where no words are asked for"),
    EXACT,
    CASE,
    OCR,
    FORMAT,
    TODAY,
];

/// What `/v1/speakers` takes.
pub(super) const SPEAKERS: &[Known] = &[
    Q,
    BY,
    ABOUT,
    KIND,
    ("limit", Takes::Number(0, MOST), "at most so many speakers, 20 if not given"),
    AFTER_SPEAKERS,
    ("sort", Takes::OneOf(&SpeakerOrder::NAMES), "most quotations first if not given"),
    ("terms", Takes::Number(0, 20), "characteristic words of each, 8 if not given"),
    EXACT,
    CASE,
    OCR,
    FORMAT,
    TODAY,
];

/// Quotations and what there is altogether.
#[derive(Debug)]
pub(super) struct FoundQuotations {
    pub quotations: Vec<RankedQuotation>,
    pub next: Option<String>,
    pub summary: QuotationSummary,
    pub parsed: Parsed,
}

impl FoundQuotations {
    pub fn summary_json(&self) -> QuotationSummaryJson {
        QuotationSummaryJson::new(&self.summary, understood(&self.parsed), &self.parsed.complaints)
    }
}

fn understood(parsed: &Parsed) -> Option<String> {
    parsed.query.as_ref().map(ToString::to_string)
}

/// A page of quotations.
#[derive(Serialize, JsonSchema)]
pub(super) struct Quotations {
    /// Best first, or as `sort` asks.
    quotations: Vec<QuotationJson>,
    /// What to give as `after` for the next page.
    next: Option<String>,
    /// All of the answer.
    summary: QuotationSummaryJson,
}

/// Who is quoted.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Speakers")]
pub(super) struct QuotedSpeakers {
    /// Most quotations first, or as `sort` asks.
    speakers: Vec<QuotedSpeakerJson>,
    /// What to give as `after` for the next page.
    next: Option<usize>,
    /// All of the answer.
    summary: SpeakersSummaryJson,
}

/// The query and the words said, as one tree.
pub(super) fn parsed(asked: &Asked) -> Result<Parsed, Problem> {
    asking(asked.text("q"), asked.text("about"), asked.exactness(), asked.today()).map_err(|refusal| refused(&refusal))
}

pub(super) fn speech(asked: &Asked) -> Speech {
    asked.text("kind").map_or_else(Speech::usual, |names| Speech::of(names.split(',').filter_map(kind_named).collect()))
}

/// `/v1/quotes`
pub(super) async fn quotes(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, QUOTES) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let quoted = quoted(engine, gone, parsed(&asked)?, |quoting| {
            quoting.by = asked.text("by").map(str::to_owned);
            quoting.speech = speech(&asked);
            quoting.limit = Some(asked.number("limit").unwrap_or(10));
            quoting.after = asked.text("after").map(str::to_owned);
            if asked.text("sort").is_some() {
                quoting.sort = asked.sort();
            }
        })?;
        if asked.text("format") == Some("csv") {
            let rows = Rows { columns: QUOTATIONS_CSV, of: &quoted.quotations, row: row_of_quotation };
            return Ok(rows.with_next(&uri, quoted.next.as_deref()));
        }
        let quotations = quoted.quotations.iter().map(QuotationJson::new).collect();
        let summary = quoted.summary_json();
        Ok(Json(Quotations { quotations, next: quoted.next, summary }).into_response())
    })
    .await
}

/// The quotations of one page, asked for as `set` wants it.
pub(super) fn quoted(
    engine: &dyn Engine,
    gone: &Gone,
    parsed: Parsed,
    set: impl FnOnce(&mut Quoting),
) -> Result<FoundQuotations, Problem> {
    let query = parsed.query.clone();
    let sort = Quoting::usual_sort(query.as_ref());
    let mut quoting = Quoting {
        query,
        by: None,
        speech: Speech::usual(),
        limit: Some(10),
        sort,
        after: None,
        deadline: DEADLINE,
        caller: gone.clone(),
    };
    set(&mut quoting);
    let limit = quoting.limit.unwrap_or(MOST);
    quoting.limit = Some(if limit == 0 { 0 } else { limit + 1 });
    let mut quotations = Vec::new();
    let mut summary = engine
        .quotations(&quoting, &mut |quotation| {
            quotations.push(quotation);
            if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .map_err(|error| told(&error))?;
    let more = quotations.len() > limit;
    quotations.truncate(limit);
    summary.shown = quotations.len();
    let next = quotations.last().filter(|_| more).map(|last| last.id.clone());
    Ok(FoundQuotations { quotations, next, summary, parsed })
}

/// `/v1/speakers`
pub(super) async fn speakers(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, SPEAKERS) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let parsed = parsed(&asked)?;
        let answer = counted(engine, gone, &parsed, |counting| {
            counting.by = asked.text("by").map(str::to_owned);
            counting.speech = speech(&asked);
            counting.limit = Some(asked.number("limit").unwrap_or(20));
            counting.skip = asked.number("after").unwrap_or(0);
            counting.order = asked.text("sort").and_then(SpeakerOrder::named).unwrap_or(SpeakerOrder::Count);
            counting.terms = asked.number("terms").unwrap_or(8);
        })?;
        let next = next_speaker(&asked, &answer, answer.speakers.len());
        if asked.text("format") == Some("csv") {
            let rows = Rows { columns: SPEAKERS_CSV, of: &answer.speakers, row: |one, _, out| row_of_speaker(one, out) };
            return Ok(rows.with_next(&uri, next.map(|next| next.to_string()).as_deref()));
        }
        let speakers = answer.speakers.iter().map(QuotedSpeakerJson::new).collect();
        let summary = SpeakersSummaryJson::new(&answer.summary, &answer.near, understood(&parsed), &parsed.complaints);
        Ok(Json(QuotedSpeakers { speakers, next, summary }).into_response())
    })
    .await
}

/// After how many the next page begins, where `given` of this one are given and others follow.
pub(super) fn next_speaker(asked: &Asked, answer: &Speakers, given: usize) -> Option<usize> {
    let next = asked.number("after").unwrap_or(0) + given;
    (given > 0 && next < answer.summary.speakers).then_some(next)
}

/// Who is quoted, asked for as `set` wants it.
pub(super) fn counted(
    engine: &dyn Engine,
    gone: &Gone,
    parsed: &Parsed,
    set: impl FnOnce(&mut Counting),
) -> Result<Speakers, Problem> {
    let mut counting = Counting {
        query: parsed.query.clone(),
        by: None,
        speech: Speech::usual(),
        limit: Some(20),
        skip: 0,
        order: SpeakerOrder::Count,
        terms: 0,
        deadline: DEADLINE,
        caller: gone.clone(),
    };
    set(&mut counting);
    engine.speakers(&counting).map_err(|error| told(&error))
}
