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
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Quotations of one request at most, and the time for them: an answer is to be there before its caller gives up.
const MOST: MostClaims = MostClaims { claims: 100, deadline: Duration::from_secs(6) };

/// What is to be verified: words, or a draft.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToVerify {
    words: Option<String>,
    speaker: Option<String>,
    date: Option<String>,
    draft: Option<String>,
}

/// Either words or a draft: what a derived schema cannot say.
impl JsonSchema for ToVerify {
    fn schema_name() -> Cow<'static, str> {
        "ToVerify".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let told = |what: &str| json!({"type": "string", "description": what});
        let known = |what: &str| json!({"type": ["string", "null"], "description": what});
        let none = || json!({"type": "null"});
        let date = "^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$";
        json_schema!({
            "description": "Words with what is known of them, or a draft.",
            "type": "object",
            "oneOf": [
                {
                    "properties": {
                        "words": told("A quotation, or a sentence that holds one between quotation marks."),
                        "speaker": known("Who is said to have said the words."),
                        "draft": none(),
                        "date": {"type": ["string", "null"], "pattern": date, "description": "When: 2025-03-14, 2025-03 or 2025; the last days of a month are taken too."}
                    },
                    "required": ["words"],
                    "additionalProperties": false
                },
                {
                    "properties": {
                        "draft": told("A text whose quotations are each checked."), "words": none(), "speaker": none(), "date": none()
                    },
                    "required": ["draft"],
                    "additionalProperties": false
                }
            ]
        })
    }
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
    let claims: Vec<Claim> = claims.into_iter().filter(|claim| claim.words.chars().any(char::is_alphanumeric)).collect();
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
    if asked.date.as_deref().is_some_and(|date| date.trim().is_empty()) {
        return Err(refused("`date` is empty; leave it out where no day is known".to_owned()));
    }
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
