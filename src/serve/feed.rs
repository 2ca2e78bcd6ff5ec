//! `/v1/search.atom`: a query as an Atom feed (RFC 4287), newest articles first.

use super::asked::{Asked, Known};
use super::gate::Gate;
use super::guard::own_address;
use super::search::{CASE, EXACT, OCR, Q, TODAY, found, parsed};
use crate::engine::Sort;
use crate::render::atom::{self, UNKNOWN};
use crate::render::page::{PageView, passage_address};
use crate::results::RankedPassage;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Entries of a feed: readers of feeds ask several times a day.
const ENTRIES: usize = 50;

/// What `/v1/search.atom` takes.
pub(super) const FEED: &[Known] = &[Q, EXACT, CASE, OCR, TODAY];

/// `/v1/search.atom`
pub(super) async fn feed(gate: Arc<Gate>, uri: Uri, headers: HeaderMap) -> Response {
    let here = own_address(&headers);
    let asked = match Asked::read(&uri, FEED) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let found = found(engine, gone, parsed(&asked)?, &|search| {
            search.limit = Some(ENTRIES);
            search.sort = Sort::Newest;
            search.totals = false;
        })?;
        let feed = Feed { query: asked.text("q").unwrap_or_default(), here: &here, uri: &uri }.written(&found.passages);
        Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
    })
    .await
}

/// What a feed is of. `here` is the address of the service, for readers of feeds know of no other.
struct Feed<'a> {
    query: &'a str,
    here: &'a str,
    uri: &'a Uri,
}

impl Feed<'_> {
    fn written(&self, passages: &[RankedPassage]) -> String {
        let own = self.uri.path_and_query().map_or("", |own| own.as_str());
        let page = PageView { q: self.query.to_owned(), sort: "-date".to_owned(), ..PageView::default() };
        let mut out = atom::Feed {
            title: &format!("newshound: {}", self.query),
            id: &format!("urn:newshound:search:{}", self.uri.query().unwrap_or_default()),
            own: Some(&format!("{}{own}", self.here)),
            page: Some(&format!("{}{}", self.here, page.address("/"))),
            updated: &passages.first().map_or(UNKNOWN.to_owned(), when),
        }
        .begin();
        for passage in passages {
            self.entry(passage, &mut out);
        }
        out + atom::END
    }

    fn entry(&self, passage: &RankedPassage, out: &mut String) {
        let facts = &passage.facts;
        atom::Entry {
            title: facts.headline.as_deref().or(facts.dateline.as_deref()).unwrap_or(&passage.location.path),
            id: &format!("urn:newshound:{}", passage.id),
            page: Some(&format!("{}{}", self.here, passage_address(self.query, passage))),
            original: facts.url.as_deref(),
            updated: &when(passage),
            outlet: facts.outlet.as_deref(),
            words: &passage.text,
        }
        .write(out);
    }
}

/// The date of publication as RFC 3339 has it, at the beginning of what is known.
fn when(passage: &RankedPassage) -> String {
    let Some(published) = passage.facts.published.as_deref().filter(|published| published.is_ascii()) else {
        return UNKNOWN.into();
    };
    match (published.len(), published.get(..10)) {
        (4, _) => format!("{published}-01-01T00:00:00Z"),
        (7, _) => format!("{published}-01T00:00:00Z"),
        (25, Some(_)) => published.to_owned(),
        (20, Some(_)) if published.ends_with('Z') => published.to_owned(),
        (_, Some(day)) => format!("{day}T00:00:00Z"),
        _ => UNKNOWN.into(),
    }
}
