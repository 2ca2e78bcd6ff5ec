//! Answers that need not be sent twice: an `ETag` names the commit they are of, and whoever shows it is told 304.
//!
//! An answer that was cut short (the time was up, a part of the index cannot be read) has no tag: the next one may be whole.

use super::gate::{Gate, told};
use super::problem::Problem;
use crate::article::{Article, ArticleId};
use crate::engine::{Calendar, Counting, Engine, Error, Holdings, InCompany, People, Quoting, Reuse, Reusing, Search, Speakers};
use crate::query::Today;
use crate::quotation::Quotation;
use crate::render::page::stamp;
use crate::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The tag of a whole answer.
#[derive(Clone)]
pub(super) struct Tag(String);

/// Kept by the browser of whoever asked, and by nobody between; asked for again each time.
const KEPT: &str = "private, no-cache";

/// The tag of everything that is answered from this commit on this day by this program. Weak, for how long it took stands in answers too.
pub(super) fn tag(engine: &dyn Engine) -> Result<Tag, Problem> {
    let commit = engine.holdings().map_err(|error| told(&error))?.commit;
    // Dates such as last week are of a day.
    let people = engine.people();
    let named = format!("{commit}\n{}\n{}\n{}\n{:?}", people.mark(), env!("CARGO_PKG_VERSION"), stamp(), Today::from_clock());
    let mut tag = String::from("W/\"");
    for byte in &Sha256::digest(named.as_bytes())[..12] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    Ok(Tag(tag))
}

/// Answers 304 to who shows the tag of this commit, and gives the tag to all others.
pub(super) async fn fresh(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads && request.headers().contains_key(IF_NONE_MATCH) {
        let now = gate.run(|engine, _| tag(engine)).await;
        if let Ok(tag) = now
            && shows(request.headers(), &tag)
        {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            name(&mut response, &tag);
            return response;
        }
    }
    let mut response = next.run(request).await;
    if let Some(tag) = response.extensions_mut().remove::<Tag>()
        && reads
        && response.status() == StatusCode::OK
    {
        name(&mut response, &tag);
    }
    response
}

fn name(response: &mut Response, tag: &Tag) {
    if let Ok(value) = HeaderValue::from_str(&tag.0) {
        response.headers_mut().insert(ETAG, value);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(KEPT));
    }
}

/// Whether one of the tags shown is this one; weak or not is the same here (RFC 9110).
fn shows(headers: &HeaderMap, tag: &Tag) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let shown = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    shown.flat_map(|value| value.split(',')).any(|value| bare(value) == bare(&tag.0))
}

/// An engine that is watched: whether all of its answers were whole.
pub(super) struct Watched<'a> {
    engine: &'a dyn Engine,
    cut: AtomicBool,
}

impl<'a> Watched<'a> {
    pub fn new(engine: &'a dyn Engine) -> Watched<'a> {
        Watched { engine, cut: AtomicBool::new(false) }
    }

    /// Whether something was cut short.
    pub fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }

    fn note(&self, partial: Option<&String>) {
        self.cut.fetch_or(partial.is_some(), Ordering::Relaxed);
    }
}

impl Engine for Watched<'_> {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        let summary = self.engine.search(search, each)?;
        self.note(summary.partial.as_ref());
        Ok(summary)
    }

    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Error> {
        let summary = self.engine.quotations(asked, each)?;
        self.note(summary.partial.as_ref());
        Ok(summary)
    }

    fn quotations_in_company(&self, asked: &Quoting, each: &mut InCompany) -> Result<QuotationSummary, Error> {
        let summary = self.engine.quotations_in_company(asked, each)?;
        self.note(summary.partial.as_ref());
        Ok(summary)
    }

    fn people(&self) -> Arc<People> {
        self.engine.people()
    }

    fn unprinted(&self) -> Result<Vec<String>, Error> {
        self.engine.unprinted()
    }

    fn speakers(&self, asked: &Counting) -> Result<Speakers, Error> {
        let speakers = self.engine.speakers(asked)?;
        self.note(speakers.summary.partial.as_ref());
        Ok(speakers)
    }

    fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quotation>)>, Error> {
        self.engine.article(id)
    }

    fn holdings(&self) -> Result<Holdings, Error> {
        self.engine.holdings()
    }

    fn calendar(&self, within: Duration) -> Result<Arc<Calendar>, Error> {
        self.engine.calendar(within)
    }

    fn reuse(&self, asked: &Reusing) -> Result<Reuse, Error> {
        let reuse = self.engine.reuse(asked)?;
        self.note(reuse.partial.as_ref());
        Ok(reuse)
    }

    fn reload(&self) -> Result<bool, Error> {
        self.engine.reload()
    }
}
