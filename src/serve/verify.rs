//! `/v1/verify`: whether quotations are printed as they are given.

use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use crate::day::Days;
use crate::engine::Engine;
use crate::render::json::{VerifiedJson, VerifiedSummaryJson};
use crate::verify::{Bounds, Checked, Claim, MostClaims, claim, draft, verify_all};
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Quotations of one request at most, and the time for them: an answer is to be there before its caller gives up.
const MOST: MostClaims = MostClaims { claims: 100, deadline: Duration::from_secs(6) };

/// What is to be verified: words, or a draft.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToVerify {
    /// A quotation, or a sentence that holds one between quotation marks.
    words: Option<String>,
    /// Who is said to have said the words.
    speaker: Option<String>,
    /// When: `2025-03-14`, `2025-03` or `2025`.
    date: Option<String>,
    /// A text whose quotations are each checked, instead of words.
    draft: Option<String>,
}

/// Verdicts and how many there are of each.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "VerifiedAll")]
pub(super) struct VerifiedAll {
    /// In the order of the text.
    verified: Vec<VerifiedJson>,
    /// All of the answer.
    summary: VerifiedSummaryJson,
}

/// `POST /v1/verify`
pub(super) async fn verify(gate: Arc<Gate>, body: Bytes) -> Response {
    let claims = match read(&body) {
        Ok(claims) => claims,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let began = Instant::now();
        let found = verified(engine, gone, &claims, Bounds::default())?;
        let verdicts: Vec<_> = found.checked.iter().map(|checked| checked.verdict).collect();
        let summary = VerifiedSummaryJson::new(&verdicts, found.left_out, found.why, began.elapsed());
        Ok(Json(VerifiedAll { verified: found.checked.iter().map(VerifiedJson::new).collect(), summary }).into_response())
    })
    .await
}

fn read(body: &[u8]) -> Result<Vec<Claim>, Problem> {
    let refused = |detail: String| Problem::new(StatusCode::BAD_REQUEST, "body not understood", detail);
    let wanted = "give {\"words\": ..., \"speaker\": ..., \"date\": ...}, the last two if known, or {\"draft\": ...}";
    let asked: ToVerify = serde_json::from_slice(body).map_err(|error| refused(format!("{error}; {wanted}")))?;
    match (&asked.words, &asked.draft) {
        (Some(words), None) => claims(words, asked.speaker.as_deref(), asked.date.as_deref()),
        (None, Some(_)) if asked.speaker.is_some() || asked.date.is_some() => {
            Err(refused("`speaker` and `date` belong to `words`; a draft names its speakers itself".to_owned()))
        }
        (None, Some(text)) => Ok(draft(text)),
        _ => Err(refused(wanted.to_owned())),
    }
}

/// The claims of some words, with a speaker and a day if they are known.
pub(super) fn claims(words: &str, speaker: Option<&str>, date: Option<&str>) -> Result<Vec<Claim>, Problem> {
    let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let date = given(date);
    if let Some(date) = date.as_deref().filter(|date| Days::of_published(date).is_none()) {
        return Err(Problem::of_parameter(format!("`date={date}`: give a day, month or year as 2025-03-14, 2025-03 or 2025")));
    }
    let mut claims = claim(words);
    for claim in &mut claims {
        claim.speaker = given(speaker).or(claim.speaker.take());
        claim.date.clone_from(&date);
    }
    Ok(claims)
}

/// What came of some claims, and what was left out.
pub(super) struct Found {
    pub checked: Vec<Checked>,
    pub left_out: crate::verify::LeftOut,
    pub why: Option<String>,
}

/// Checks the claims of one request.
pub(super) fn verified(engine: &dyn Engine, gone: &Gone, claims: &[Claim], bounds: Bounds) -> Result<Found, Problem> {
    let bounds = Bounds { caller: gone.clone(), ..bounds };
    let mut checked = Vec::new();
    let left_out = verify_all(engine, claims, &bounds, &MOST, &mut |_, one| {
        checked.push(one);
        ControlFlow::Continue(())
    })
    .map_err(|error| told(&error))?;
    Ok(Found { checked, left_out, why: left_out.in_words(&bounds, &MOST) })
}
