//! `/` before anything is asked: what the archive holds.

use super::COUNTING;
use crate::engine::{Calendar, Engine, Search, Sort};
use crate::query::{Parsed, Query};
use crate::render::page::{FirstVisit, Timeline, first_visit};
use crate::results::{Facts, QuotedSpeaker, SpeakerKind};
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use crate::serve::quotes::counted;
use std::ops::ControlFlow;
use std::time::Duration;

/// Speakers and articles on the page.
const MOST: usize = 8;
const LOOKED_AT: usize = 20;
const LATEST: usize = 5;

pub(super) fn show(engine: &dyn Engine, gone: &Gone) -> Result<String, Problem> {
    let holdings = engine.holdings().map_err(|error| told(&error))?;
    let speakers = quoted_most(engine, gone)?;
    Ok(first_visit(&FirstVisit {
        articles: holdings.articles,
        examples: examples(engine, gone, &speakers)?,
        over_time: over_time(&*engine.calendar(Duration::ZERO).map_err(|error| told(&error))?),
        latest: match holdings.days {
            Some(days) => latest(engine, gone, Query::Date(days))?,
            None => Vec::new(),
        },
        speakers,
    }))
}

fn quoted_most(engine: &dyn Engine, gone: &Gone) -> Result<Vec<QuotedSpeaker>, Problem> {
    let mut most = counted(engine, gone, &everything(), |counting| {
        counting.limit = Some(LOOKED_AT);
        counting.deadline = COUNTING;
    })?
    .speakers;
    // People before bodies and what is printed with one word.
    most.sort_by_key(|speaker| speaker.kind != SpeakerKind::Name);
    most.truncate(MOST);
    Ok(most)
}

fn everything() -> Parsed {
    Parsed { query: None, complaints: Vec::new() }
}

/// Three queries that have an answer: of who is quoted most, and of a word that somebody is fond of. One who is quoted in thousands of
/// places takes too long to be read for that: the last of them is.
fn examples(engine: &dyn Engine, gone: &Gone, most: &[QuotedSpeaker]) -> Result<Vec<String>, Problem> {
    let mut examples = Vec::new();
    examples.extend(most.first().map(|first| format!("speaker:\"{}\"", first.name)));
    examples.extend(most.get(1).map(|second| format!("\"{}\"", second.name)));
    let Some(last) = most.last() else { return Ok(examples) };
    let fond = counted(engine, gone, &everything(), |counting| {
        counting.by = Some(last.name.clone());
        (counting.limit, counting.terms) = (Some(1), 1);
        counting.deadline = COUNTING / 5;
    })?;
    examples.extend(fond.speakers.iter().find_map(|speaker| speaker.terms.first()).map(|term| format!("quote:{}", term.word)));
    Ok(examples)
}

/// Articles in each month; what is dated by the year alone has none.
fn over_time(calendar: &Calendar) -> Timeline {
    let mut over = Timeline::default();
    for (days, printed) in &calendar.printed {
        match days.map(|days| days.as_published()).as_deref().and_then(|published| published.get(..7)) {
            Some(month) => *over.months.entry(month.to_owned()).or_default() += printed.articles as usize,
            None => over.undated += printed.articles as usize,
        }
    }
    over
}

/// The articles published last of all those with a date.
fn latest(engine: &dyn Engine, gone: &Gone, dated: Query) -> Result<Vec<(String, Facts)>, Problem> {
    let mut latest: Vec<(String, Facts)> = Vec::new();
    let search =
        Search { sort: Sort::Newest, totals: false, deadline: COUNTING, caller: gone.clone(), ..Search::best(dated, LATEST) };
    let each = &mut |passage: crate::results::RankedPassage| {
        latest.push((passage.article.to_string(), passage.facts));
        ControlFlow::Continue(())
    };
    engine.search(&search, each).map_err(|error| told(&error))?;
    Ok(latest)
}
