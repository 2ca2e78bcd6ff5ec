//! Which requests are heard, and the headers every answer carries.
//!
//! The service listens on this machine only, but a browser on this machine can be led to it: a page elsewhere can
//! send requests here, or point its own host name at 127.0.0.1. Such requests carry a foreign `Origin` or `Host`.

use super::http::problem;
use axum::extract::Request;
use axum::http::header::{HOST, HeaderMap, HeaderValue, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;

/// Sent with every answer, refusals too.
const HEADERS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cache-control", "no-store"),
];

/// Answers requests meant for this machine; refuses a foreign `Host` with 421 and a foreign `Origin` with 403.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match refusal(&request) {
        Some(refused) => refused,
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

fn refusal(request: &Request) -> Option<Response> {
    let Some(host) = only(request.headers(), &HOST).filter(|host| is_here(host)) else {
        let detail = "send one Host header that names this machine: localhost, 127.0.0.1 or [::1]";
        return Some(problem(StatusCode::MISDIRECTED_REQUEST, "not a host of this service", detail.into()));
    };
    // A request line may name a host of its own, which then counts before the header.
    if request.uri().authority().is_some_and(|named| !is_here(named.as_str())) {
        let detail = "ask for a path, such as /v1/search, not for an address elsewhere";
        return Some(problem(StatusCode::MISDIRECTED_REQUEST, "not a host of this service", detail.into()));
    }
    if !request.headers().contains_key(ORIGIN) {
        return None;
    }
    let same = only(request.headers(), &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
    if same.is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
        return None;
    }
    let detail = "pages of other sites are not answered; ask from a program, without an Origin header";
    Some(problem(StatusCode::FORBIDDEN, "foreign origin", detail.into()))
}

/// The header's value where it was sent once, in ASCII.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Whether `host` (with or without a port) names this machine.
fn is_here(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    if authority.as_str().contains('@') {
        return false;
    }
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
