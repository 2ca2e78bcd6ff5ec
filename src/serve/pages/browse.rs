//! `/speakers` and `/outlets`: lists to browse.

use super::{COUNTING, MOST_PAGES, Shown, Wanted};
use crate::engine::{Engine, SpeakerOrder};
use crate::query::Parsed;
use crate::render::page::{Outlet, Paging, outlets as outlets_page, speakers as speakers_page};
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use crate::serve::quotes::counted;
use axum::http::StatusCode;

/// Speakers on a page.
const SPEAKERS: usize = 50;

pub(super) fn speakers(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let page = wanted.page();
    let everybody = Parsed { query: None, complaints: Vec::new() };
    let found = counted(engine, gone, &everybody, |counting| {
        (counting.limit, counting.skip) = (Some(SPEAKERS), (page - 1) * SPEAKERS);
        counting.order = SpeakerOrder::named(&wanted.view.sort).unwrap_or(SpeakerOrder::Count);
        counting.deadline = 2 * COUNTING;
    })?;
    let all = found.summary.speakers;
    let paging = Paging::of(page, all.min(MOST_PAGES * SPEAKERS), SPEAKERS);
    Ok((StatusCode::OK, speakers_page(&wanted.view, all, &found.speakers, paging)))
}

pub(super) fn outlets(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let names = wanted.gate.names.of(engine, gone)?;
    let listed: Vec<Outlet> =
        names.outlets.iter().map(|(name, articles)| Outlet { name: name.clone(), articles: *articles }).collect();
    Ok((StatusCode::OK, outlets_page(&listed, names.partial.then_some(names.articles))))
}
