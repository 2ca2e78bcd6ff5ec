//! Answers packed with gzip for who takes it: pages and JSON come to a third or less. Streams are sent as they are, the moment they are found.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, VARY};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt;
use std::io::Write;
use std::ops::RangeInclusive;

/// Bytes of an answer that is packed: less fits into one packet anyway, more would keep a thread from its other callers.
const PACKED: RangeInclusive<u64> = 1_000..=4_000_000;

/// Packs the answer where its size is known and the caller takes gzip.
pub(super) async fn packed(request: Request, next: Next) -> Response {
    let takes = request.method() != Method::HEAD && takes_gzip(request.headers());
    let mut response = next.run(request).await;
    let size = response.body().size_hint().exact();
    if !size.is_some_and(|size| PACKED.contains(&size)) || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    if !takes {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Response::from_parts(parts, Body::empty());
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::fast());
    let Ok(packed) = encoder.write_all(&plain).and_then(|()| encoder.finish()) else {
        return Response::from_parts(parts, Body::from(plain));
    };
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(packed))
}

/// Whether gzip is named, and not refused by `q=0`.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let worth = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok());
        named && worth.unwrap_or(1.0) > 0.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_taken_where_it_is_named_and_not_refused() {
        for (given, takes) in
            [("gzip", true), ("br, gzip;q=0.8", true), ("GZIP", true), ("gzip;q=0", false), ("br", false), ("", false)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(given));
            assert_eq!(takes_gzip(&headers), takes, "{given}");
        }
    }
}
