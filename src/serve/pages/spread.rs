//! What there is of an answer in all: over time, by speaker, place and outlet, and in each article that the page shows.

use super::{COUNTING, Wanted, query};
use crate::article::ArticleId;
use crate::engine::{Engine, Search, Sort, call, is_named};
use crate::query::Query;
use crate::render::page::{Answer, Filter, Listed, PageView, Story, Timeline};
use crate::results::{Facet, RankedPassage, Step, Tally};
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Duration;

/// Values of each filter.
const VALUES: usize = 8;

/// Further passages of an article that are listed.
const OTHERS: usize = 4;

/// Sources without a name: they tell less.
const UNNAMED: usize = 4;

const FACETS: [(Facet, &str, &str); 3] =
    [(Facet::Speakers, "speaker", "Speakers"), (Facet::Places, "place", "Places"), (Facet::Outlets, "outlet", "Outlets")];

/// Fills in what is counted of the whole answer.
pub(super) fn spread(engine: &dyn Engine, gone: &Gone, wanted: &Wanted, asked: &Query, all: &mut Answer) -> Result<(), Problem> {
    let view = &wanted.view;
    let shown: Vec<ArticleId> = match &all.listed {
        Listed::Stories(stories) => stories.iter().map(|story| story.passage.article).collect(),
        _ => Vec::new(),
    };
    let mut counted = Counted::of(engine, gone, asked, &shown, COUNTING)?;
    if let Listed::Stories(stories) = &mut all.listed {
        let speaks = asked.names_speakers();
        stories.iter_mut().for_each(|story| counted.complete(story, speaks));
    }
    (all.facets, all.facets_partial) = (facets(engine, gone, view, &counted.tally)?, counted.partial);
    let is_limited = !(view.from.is_empty() && view.to.is_empty());
    let whole = if is_limited { query(view, false)?.query } else { None };
    let counted = match whole {
        Some(query) => Counted::of(engine, gone, &query, &[], COUNTING)?,
        None if is_limited => return Ok(()),
        None => counted,
    };
    let months = counted.tally.timeline.iter().map(|(from, of)| (from.clone(), of.passages)).collect();
    all.over_time = Timeline { months, undated: counted.tally.undated.passages, partial: counted.partial, ..Timeline::default() };
    Ok(())
}

/// What was counted of a query.
struct Counted {
    tally: Tally,
    /// Time ran out before all of it was.
    partial: bool,
    /// Of some articles how many passages answer, and the first of them.
    articles: HashMap<ArticleId, (usize, Vec<RankedPassage>)>,
}

impl Counted {
    fn of(
        engine: &dyn Engine,
        gone: &Gone,
        query: &Query,
        articles: &[ArticleId],
        longest: Duration,
    ) -> Result<Counted, Problem> {
        let articles = articles.iter().map(|article| (*article, (0, Vec::new()))).collect();
        let mut counted = Counted { tally: Tally::new(Step::Month), partial: false, articles };
        let search = Search { sort: Sort::Oldest, deadline: longest, caller: gone.clone(), ..Search::all(query.clone()) };
        let people = engine.people();
        let each = &mut |passage: RankedPassage| {
            if people.is_empty() {
                counted.tally.add(&passage);
            } else {
                let mut called = passage.clone();
                call(&mut called, &people);
                counted.tally.add(&called);
            }
            if let Some((count, first)) = counted.articles.get_mut(&passage.article) {
                *count += 1;
                // One of them is shown already.
                if *count <= OTHERS + 1 {
                    first.push(passage);
                }
            }
            if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let summary = engine.search(&search, each).map_err(|error| told(&error))?;
        counted.partial = summary.partial.is_some();
        Ok(counted)
    }

    /// Gives a story its other passages; `speaks` where who speaks is asked for.
    fn complete(&mut self, story: &mut Story, speaks: bool) {
        let (count, mut first) = self.articles.remove(&story.passage.article).unwrap_or_default();
        story.partial = self.partial;
        if count > story.more {
            story.more = count - 1;
            first.retain(|other| other.id != story.passage.id);
            if !speaks {
                first.iter_mut().for_each(|other| other.speech.clear());
            }
            story.others = first;
        }
        story.others.truncate(OTHERS);
    }
}

/// What the answer can be narrowed by. Beside a value that is chosen stand those that could be chosen with it.
fn facets(engine: &dyn Engine, gone: &Gone, view: &PageView, tally: &Tally) -> Result<Vec<Filter>, Problem> {
    let mut filters = Vec::new();
    for (facet, name, title) in FACETS {
        let open = view.with(name, "");
        let is_chosen = open.filters().len() < view.filters().len();
        let others = match query(&open, true)?.query {
            Some(query) if is_chosen => Some(Counted::of(engine, gone, &query, &[], COUNTING / 2)?.tally),
            _ => None,
        };
        let (most, _) = others.as_ref().unwrap_or(tally).most(facet, 6 * VALUES);
        let values: Vec<(String, usize)> = most.into_iter().map(|(value, of)| (value.to_owned(), of.passages)).collect();
        let (named, unnamed): (Vec<_>, Vec<_>) = match facet {
            Facet::Speakers => values.into_iter().partition(|(value, _)| is_named(value)),
            _ => (values, Vec::new()),
        };
        filters.push(Filter { name, title, values: few(view, name, named, VALUES) });
        filters.push(Filter { name, title: "Unnamed sources", values: few(view, name, unnamed, UNNAMED) });
    }
    Ok(filters)
}

/// The first values, those that are chosen before all others.
fn few(view: &PageView, name: &str, mut values: Vec<(String, usize)>, most: usize) -> Vec<(String, usize)> {
    values.sort_by_key(|(value, _)| !view.has(name, value));
    values.truncate(most);
    values
}
