//! `/v1/search.atom`: a query as an Atom feed (RFC 4287), newest articles first.

use super::asked::{Asked, Known};
use super::gate::Gate;
use super::guard::own_address;
use super::search::{CASE, EXACT, OCR, Q, TODAY, found, parsed};
use crate::engine::Sort;
use crate::render::page::{PageView, passage_address};
use crate::results::RankedPassage;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use quick_xml::escape::escape;
use std::fmt::Write;
use std::sync::Arc;

/// Entries of a feed: readers of feeds ask several times a day.
const ENTRIES: usize = 50;

/// What `/v1/search.atom` takes.
pub(super) const FEED: &[Known] = &[Q, EXACT, CASE, OCR, TODAY];

/// When something without a date was published, for a feed has to say.
const UNKNOWN: &str = "1970-01-01T00:00:00Z";

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
        let updated = passages.first().map_or(UNKNOWN.to_owned(), when);
        let own = self.uri.path_and_query().map_or("", |own| own.as_str());
        let page = PageView { q: self.query.to_owned(), sort: "-date".to_owned(), ..PageView::default() };
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>newshound: {}</title>\n<id>urn:newshound:search:{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<updated>{updated}</updated>\n<author><name>newshound</name></author>\n",
            text(self.query),
            text(self.uri.query().unwrap_or_default()),
            text(&format!("{}{own}", self.here)),
            text(&format!("{}{}", self.here, page.address("/"))),
        );
        for passage in passages {
            self.entry(passage, &mut out);
        }
        out.push_str("</feed>\n");
        out
    }

    fn entry(&self, passage: &RankedPassage, out: &mut String) {
        let title = passage.facts.headline.as_deref().or(passage.facts.dateline.as_deref()).unwrap_or(&passage.location.path);
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>urn:newshound:{}</id>\n<link href=\"{}\"/>\n<updated>{}</updated>\n",
            text(title),
            passage.id,
            text(&format!("{}{}", self.here, passage_address(self.query, passage))),
            when(passage),
        );
        if let Some(url) = &passage.facts.url {
            let _ = writeln!(out, "<link rel=\"via\" href=\"{}\"/>", text(url));
        }
        if let Some(outlet) = &passage.facts.outlet {
            let _ = writeln!(out, "<author><name>{}</name></author>", text(outlet));
        }
        let _ = write!(out, "<content type=\"text\">{}</content>\n</entry>\n", text(&passage.text));
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

/// Foreign text within XML: escaped, without the control characters that XML 1.0 cannot hold.
fn text(foreign: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    escape(foreign.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).filter(allowed).collect::<String>()).into_owned()
}
