//! Which requests are heard, and the headers every answer carries.
//!
//! The service listens on this machine only unless it is told a token, but a browser on this machine can be led to it: a page
//! elsewhere can send requests here, or point its own host name at 127.0.0.1. Such requests carry a foreign `Origin` or `Host`.

use super::problem::Problem;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, HOST, HeaderMap, HeaderValue, ORIGIN, VARY,
    WWW_AUTHENTICATE,
};
use axum::http::uri::Authority;
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::Arc;

/// Sent with every answer, refusals too; a page brings a policy of its own.
const HEADERS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cache-control", "no-store"),
];

/// What a page of a site that is answered may send and read.
const WELCOME: [(HeaderName, &str); 4] = [
    (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
    (ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, if-none-match"),
    (ACCESS_CONTROL_EXPOSE_HEADERS, "etag, link, retry-after, x-request-id"),
    (ACCESS_CONTROL_MAX_AGE, "600"),
];

/// Who is let in.
#[derive(Default)]
pub struct Doors {
    /// Host names that mean this service, beside those of this machine.
    hosts: Vec<String>,
    /// The address can be reached from other machines: any address in digits means this service.
    open: bool,
    /// The hash of the token to be shown; none when everybody on this machine is let in.
    token: Option<[u8; 32]>,
    /// Sites whose pages are answered too.
    origins: Vec<String>,
}

impl Doors {
    /// Who is let in: requests for this machine and for `hosts`; with a `token`, only those that show it. `open` when the
    /// service can be reached from other machines, where requests for any address in digits are for us.
    pub fn new(hosts: &[String], open: bool, token: Option<&str>) -> Doors {
        Doors { hosts: hosts.to_vec(), open, token: token.map(hashed), origins: Vec::new() }
    }

    /// The same, and pages of these sites (`https://desk.example`) are answered.
    #[must_use]
    pub fn with_origins(self, origins: &[String]) -> Doors {
        let bare = |origin: &String| origin.trim_end_matches('/').to_ascii_lowercase();
        Doors { origins: origins.iter().map(bare).collect(), ..self }
    }

    /// The `Origin` of the request, where pages of that site are answered.
    fn welcome(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = only(headers, &ORIGIN)?;
        self.origins.iter().any(|ours| ours.eq_ignore_ascii_case(origin)).then(|| headers.get(ORIGIN).cloned()).flatten()
    }

    fn refusal(&self, request: &Request) -> Option<Problem> {
        let title = "not a host of this service";
        let Some(host) = only(request.headers(), &HOST).filter(|host| self.is_ours(host)) else {
            let mut detail = "send one Host header that names this service: localhost, 127.0.0.1 or [::1]".to_owned();
            detail.extend(self.hosts.iter().flat_map(|host| [", ", host]));
            return Some(Problem::new(StatusCode::MISDIRECTED_REQUEST, title, detail));
        };
        // A request line may name a host of its own, which then counts before the header.
        if request.uri().authority().is_some_and(|named| !self.is_ours(named.as_str())) {
            let detail = "ask for a path, such as /v1/search, not for an address elsewhere";
            return Some(Problem::new(StatusCode::MISDIRECTED_REQUEST, title, detail));
        }
        let welcome = self.welcome(request.headers()).is_some();
        if request.headers().contains_key(ORIGIN) && !welcome && !is_same_origin(request.headers(), host) {
            let detail =
                "pages of this site are not answered; ask from a program, without an Origin header, or serve with --allow-origin";
            return Some(Problem::new(StatusCode::FORBIDDEN, "foreign origin", detail));
        }
        // A browser asks without the token whether it may ask. Whoever watches over the service need not know it.
        if welcome && asks_first(request) {
            return None;
        }
        if request.uri().path() != "/healthz" && !self.is_shown(request.headers()) {
            let detail =
                "send the token of this service: `Authorization: Bearer TOKEN`, or in a browser as the password of any name";
            return Some(Problem::new(StatusCode::UNAUTHORIZED, "no token", detail));
        }
        None
    }

    /// Whether `host` (with or without a port) names this service.
    fn is_ours(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        if authority.as_str().contains('@') {
            return false;
        }
        let name = authority.host();
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        name.eq_ignore_ascii_case("localhost")
            || self.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(name))
            || address.is_ok_and(|address| self.open || address.is_loopback())
    }

    fn is_shown(&self, headers: &HeaderMap) -> bool {
        let Some(wanted) = self.token else { return true };
        let Some(shown) = only(headers, &AUTHORIZATION) else { return false };
        let Some((scheme, shown)) = shown.split_once(' ') else { return false };
        let token = match scheme.to_ascii_lowercase().as_str() {
            "bearer" => shown.trim().to_owned(),
            // What a browser asks its reader for: any name, and the token for the password.
            "basic" => match password(shown.trim()) {
                Some(password) => password,
                None => return false,
            },
            _ => return false,
        };
        // Hashes are compared, all of their bytes, so that the time it takes tells nothing of the token.
        let differing = hashed(&token).iter().zip(wanted).fold(0, |differing, (a, b)| differing | (a ^ b));
        differing == 0
    }
}

/// The password of `Basic` credentials (RFC 7617).
fn password(credentials: &str) -> Option<String> {
    let named = String::from_utf8(BASE64.decode(credentials).ok()?).ok()?;
    named.split_once(':').map(|(_, password)| password.to_owned())
}

fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Answers requests meant for this service; refuses a foreign `Host` with 421, a foreign `Origin` with 403, and whoever does
/// not show the token with 401.
pub(super) async fn guard(State(doors): State<Arc<Doors>>, request: Request, next: Next) -> Response {
    let welcome = doors.welcome(request.headers());
    let mut response = match doors.refusal(&request) {
        Some(refused) => refused.into_response(),
        None if welcome.is_some() && asks_first(&request) => StatusCode::NO_CONTENT.into_response(),
        None => next.run(request).await,
    };
    let status = response.status();
    let headers = response.headers_mut();
    // "Nothing has changed" takes the place of the headers that a browser has kept: the policy of a page would become that of all others,
    // which lets no style in.
    for (name, value) in HEADERS.into_iter().filter(|_| status != StatusCode::NOT_MODIFIED) {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if !doors.origins.is_empty() {
        headers.append(VARY, HeaderValue::from_static("origin"));
    }
    if let Some(origin) = welcome {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        for (name, value) in WELCOME {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.append(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        headers.append(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Basic realm=\"newshound: any name, the token for the password\", charset=\"UTF-8\""),
        );
    }
    response
}

/// Whether a browser asks what another site may ask (the preflight of CORS).
fn asks_first(request: &Request) -> bool {
    *request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The service's own address, as whoever asks knows it: `http://127.0.0.1:8080`. The guard has seen that the host is one of ours.
pub(super) fn own_address(headers: &HeaderMap) -> String {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Before a service spoken to by TLS stands a proxy, which says so.
    let is_secure = text(HeaderName::from_static("x-forwarded-proto")).eq_ignore_ascii_case("https");
    format!("{}://{}", if is_secure { "https" } else { "http" }, text(HOST))
}

fn is_same_origin(headers: &HeaderMap, host: &str) -> bool {
    let Some(origin) = only(headers, &ORIGIN) else { return false };
    // TLS is spoken by a proxy before us, if at all.
    let origin = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host))
}

/// The header's value where it was sent once, in ASCII.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
