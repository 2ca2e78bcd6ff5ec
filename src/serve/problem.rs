//! Refusals as RFC 9457 problem documents: what is wrong, and what to do.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub status: StatusCode,
    /// What is wrong, the same words for every case of it.
    pub title: &'static str,
    /// What to do about this one.
    pub detail: String,
}

/// RFC 9457.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(super) struct Document<'a> {
    /// `about:blank`: the title says it.
    r#type: &'static str,
    /// What is wrong.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What to do about it.
    detail: &'a str,
}

impl Problem {
    pub fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, title, detail: detail.into() }
    }

    /// A parameter that cannot be taken.
    pub fn of_parameter(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "parameter not understood", detail)
    }

    /// Too much is asked at once: the same may be asked again in a second.
    pub fn busy(detail: &str) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail)
    }

    /// Something failed on our side; what it was is for the log only.
    pub fn failed() -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the search failed", "see the server's log")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Document { r#type: "about:blank", title: self.title, status: self.status.as_u16(), detail: &self.detail };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
