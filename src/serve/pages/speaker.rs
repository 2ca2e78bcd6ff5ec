//! `/speaker`: somebody who is quoted.

use super::found::WantedQuotations;
use super::{COUNTING, Shown, Wanted, query};
use crate::engine::{Engine, Quoting, Sort, Speech};
use crate::query::Parsed;
use crate::render::page::{PageView, Portrait, Timeline, nobody, speaker};
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use crate::serve::quotes::counted;
use axum::http::StatusCode;
use std::ops::ControlFlow;

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<Shown, Problem> {
    let view = &wanted.view;
    let name = Some(view.speaker.clone()).filter(|name| !name.is_empty());
    let everything = Parsed { query: None, complaints: Vec::new() };
    let known = counted(engine, gone, &everything, |counting| {
        counting.by.clone_from(&name);
        counting.limit = Some(10);
        counting.terms = 12;
    })?;
    // In the time there was nobody was found: that does not tell that there is nobody.
    if let (true, Some(partial)) = (known.speakers.is_empty(), &known.summary.partial) {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "took too long", partial.clone()));
    }
    let mut known_speakers = known.speakers.into_iter();
    let Some(first) = known_speakers.next().filter(|_| name.is_some()) else {
        return Ok((StatusCode::NOT_FOUND, nobody(view, &known.near)));
    };
    let time = PageView { from: view.from.clone(), to: view.to.clone(), ..PageView::default() };
    let by = Some(first.name.clone());
    let parsed = query(&time, true)?;
    let direct = view.speech == "direct";
    let page = WantedQuotations { parsed: &parsed, by: by.as_deref(), sort: Some(Sort::Newest), direct, page: wanted.page() };
    let page = page.of(engine, gone)?;
    let mut over_time = Timeline::default();
    let all = Quoting {
        query: None,
        by,
        speech: Speech::usual(),
        limit: None,
        sort: Sort::Oldest,
        after: None,
        deadline: COUNTING,
        caller: gone.clone(),
    };
    let counted = engine
        .quotations(&all, &mut |quotation| {
            over_time.add(quotation.facts.published.as_deref());
            if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .map_err(|error| told(&error))?;
    over_time.partial = counted.partial.is_some();
    let others = known_speakers.map(|other| other.name).collect();
    let portrait =
        Portrait { speaker: first, quotations: page.quotations, first: page.first, paging: page.paging, over_time, others };
    Ok((StatusCode::OK, speaker(view, &portrait)))
}
