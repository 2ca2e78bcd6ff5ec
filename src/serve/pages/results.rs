//! `/`: the answer to a search, or the first page.

use super::{COUNTING, SEARCHING, Wanted, query};
use crate::engine::{Counting, Engine, Search, Sort, SpeakerOrder, Speech};
use crate::query::Query;
use crate::render::page::{Answer, Filter, PageView, Timeline, answer, first_visit};
use crate::results::{Facet, Step, Tally};
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use crate::serve::search::found;
use std::ops::ControlFlow;

/// Passages on a page.
const CLIPPINGS: usize = 10;
/// Values of each filter.
const VALUES: usize = 8;

const FACETS: [(Facet, &str, &str); 3] =
    [(Facet::Speakers, "speaker", "Speakers"), (Facet::Places, "place", "Places"), (Facet::Outlets, "outlet", "Outlets")];

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<String, Problem> {
    let view = &wanted.view;
    if view.q.is_empty() && view.filters().is_empty() {
        let holdings = engine.holdings().map_err(|error| told(&error))?;
        return Ok(first_visit(holdings.articles, &examples(engine, gone)?));
    }
    let found = found(engine, gone, query(view, true)?, &|search| {
        search.limit = Some(CLIPPINGS);
        search.deadline = SEARCHING;
        search.sort = Sort::named(&view.sort).unwrap_or(Sort::Relevance);
        search.fold = view.duplicates == "group";
        search.after = Some(view.after.clone()).filter(|after| !after.is_empty());
    })?;
    let mut all = Answer { understood: found.understood(), ..Answer::default() };
    if let Some(query) = &found.parsed.query {
        spread(engine, gone, view, query, &mut all)?;
    }
    (all.passages, all.next, all.summary) = (found.passages, found.next, found.summary);
    all.complaints = found.parsed.complaints;
    Ok(answer(view, &all))
}

/// The answer over time, whatever time is chosen, and what it can be narrowed by.
fn spread(engine: &dyn Engine, gone: &Gone, view: &PageView, query: &Query, all: &mut Answer) -> Result<(), Problem> {
    let (tally, partial) = tally(engine, gone, query)?;
    let values = |(facet, name, title): &(Facet, &'static str, &'static str)| {
        let (most, _) = tally.most(*facet, VALUES);
        Filter { name, title, values: most.into_iter().map(|(value, of)| (value.to_owned(), of.passages)).collect() }
    };
    (all.facets, all.facets_partial) = (FACETS.iter().map(values).collect(), partial);
    let is_limited = !(view.from.is_empty() && view.to.is_empty());
    let whole = if is_limited { super::query(view, false)?.query } else { None };
    let (whole, partial) = match whole {
        Some(query) => self::tally(engine, gone, &query)?,
        None if is_limited => return Ok(()),
        None => (tally, partial),
    };
    let months = whole.timeline.iter().map(|(from, of)| (from.clone(), of.passages)).collect();
    all.over_time = Timeline { months, undated: whole.undated.passages, partial };
    Ok(())
}

/// What there is of `query`, and whether time ran out before all of it was counted.
fn tally(engine: &dyn Engine, gone: &Gone, query: &Query) -> Result<(Tally, bool), Problem> {
    let mut tally = Tally::new(Step::Month);
    let search = Search { sort: Sort::Oldest, deadline: COUNTING, caller: gone.clone(), ..Search::all(query.clone()) };
    let each = &mut |passage| {
        tally.add(&passage);
        if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let summary = engine.search(&search, each).map_err(|error| told(&error))?;
    Ok((tally, summary.partial.is_some()))
}

/// Three queries that have an answer: of who is quoted most, and of words they are fond of.
fn examples(engine: &dyn Engine, gone: &Gone) -> Result<Vec<String>, Problem> {
    let counting = Counting {
        query: None,
        by: None,
        speech: Speech::usual(),
        limit: Some(3),
        order: SpeakerOrder::Count,
        terms: 1,
        deadline: COUNTING,
        caller: gone.clone(),
    };
    let most = engine.speakers(&counting).map_err(|error| told(&error))?.speakers;
    let mut examples = Vec::new();
    if let Some(first) = most.first() {
        examples.push(format!("speaker:\"{}\"", first.name));
    }
    examples.extend(most.get(1).map(|second| format!("\"{}\"", second.name)));
    examples.extend(most.iter().find_map(|speaker| speaker.terms.first()).map(|term| format!("quote:{}", term.word)));
    Ok(examples)
}
