//! An answer as CSV, a row for each thing found.

use crate::render::table::quoted::names;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use form_urlencoded::{Serializer, parse};
use std::io;

/// Writes a row; the text between is put before paths.
type Row<T> = fn(&T, &str, &mut Vec<u8>) -> io::Result<()>;

/// What becomes rows, and how.
pub(super) struct Rows<'a, T> {
    pub columns: &'static [&'static str],
    pub of: &'a [T],
    pub row: Row<T>,
}

impl<T> Rows<'_, T> {
    /// The answer; where there is a next page, `Link` leads to it (RFC 8288), for CSV has no place for a cursor.
    pub fn with_next(self, uri: &Uri, next: Option<&str>) -> Response {
        let mut out = Vec::new();
        // A vector takes whatever is written.
        let _ = names(self.columns, &mut out);
        for one in self.of {
            let _ = (self.row)(one, "", &mut out);
        }
        let headers =
            [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"newshound.csv\"")];
        let mut response = (headers, out).into_response();
        let link = next.and_then(|next| HeaderValue::from_str(&format!("<{}>; rel=\"next\"", after(uri, next))).ok());
        if let Some(link) = link {
            response.headers_mut().insert(LINK, link);
        }
        response
    }
}

/// The same question, after the thing with this id.
fn after(uri: &Uri, id: &str) -> String {
    let mut pairs = Serializer::new(String::new());
    pairs.extend_pairs(parse(uri.query().unwrap_or_default().as_bytes()).filter(|(name, _)| name != "after"));
    pairs.append_pair("after", id);
    format!("{}?{}", uri.path(), pairs.finish())
}
