//! `/speaker`: somebody who is quoted.

use super::{COUNTING, Wanted, query};
use crate::engine::{Engine, Quoting, Sort, Speech};
use crate::query::Parsed;
use crate::render::page::{PageView, Portrait, Timeline, speaker};
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use crate::serve::quotes::{counted, quoted};
use axum::http::StatusCode;
use std::ops::ControlFlow;

const QUOTATIONS: usize = 20;

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<String, Problem> {
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
        let near = if known.near.is_empty() { String::new() } else { format!("\nDid you mean {}?", known.near.join(" or ")) };
        let detail = format!("Nobody is quoted here under the name \u{201c}{}\u{201d}.{near}", view.speaker);
        return Err(Problem::new(StatusCode::NOT_FOUND, "no such speaker", detail));
    };
    let time = PageView { from: view.from.clone(), to: view.to.clone(), ..PageView::default() };
    let by = Some(first.name.clone());
    let page = quoted(engine, gone, query(&time, true)?, |quoting| {
        quoting.by.clone_from(&by);
        quoting.limit = Some(QUOTATIONS);
        quoting.sort = Sort::Newest;
        quoting.after = Some(view.after.clone()).filter(|after| !after.is_empty());
    })?;
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
    let portrait = Portrait { speaker: first, quotations: page.quotations, next: page.next, over_time, others };
    Ok(speaker(view, &portrait))
}
