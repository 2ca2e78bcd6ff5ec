//! `/verify`: whether a sentence is printed as it is given.

use super::Wanted;
use crate::engine::Engine;
use crate::query::{Exactness, Parsed, Phrase, Query, QueryLimits, loose};
use crate::render::page::{Verdict, verify};
use crate::results::compared;
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use crate::serve::search::{FoundPassages, found};
use axum::http::StatusCode;
use std::time::Instant;

/// Passages that are shown.
const SHOWN: usize = 10;
/// Passages, the best for its words, among which an altered one is looked for.
const COMPARED: usize = 50;
/// Least part of the words that an altered sentence and its print have in common: below that two sentences only share their subject.
const LEAST: f64 = 0.6;
/// Fewer words in a row say nothing when others stand among them.
const FEWEST: usize = 4;

pub(super) fn show(engine: &dyn Engine, gone: &Gone, wanted: &Wanted) -> Result<String, Problem> {
    let given = wanted.view.q.trim();
    Ok(verify(given, &verdict(engine, gone, given)?))
}

fn verdict(engine: &dyn Engine, gone: &Gone, given: &str) -> Result<Verdict, Problem> {
    // The marks around a quotation are not part of it.
    let words = given.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(query) = loose(words) else { return Ok(Verdict::Nothing) };
    if let Err(refusal) = QueryLimits::default().check_phrase(words) {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "too long to verify", format!("{refusal}; give a part of them")));
    }
    // All of it has the time of one search.
    let began = Instant::now();
    let ask = |query: Query, limit: usize| -> Result<FoundPassages, Problem> {
        let parsed = Parsed { query: Some(query), complaints: Vec::new() };
        let found = found(engine, gone, parsed, &|search| {
            search.limit = Some(limit);
            search.deadline = search.deadline.saturating_sub(began.elapsed());
        })?;
        // Not to have found it in time does not tell that it is not printed.
        if found.passages.is_empty() { whole(found) } else { Ok(found) }
    };
    let phrase = |exactness| Query::Phrase(Phrase { text: words.to_owned(), slop: 0, exactness });
    let verbatim = ask(phrase(Exactness::Case), SHOWN)?.passages;
    if !verbatim.is_empty() {
        return Ok(Verdict::Verbatim(verbatim));
    }
    let same = ask(phrase(Exactness::Words), SHOWN)?.passages;
    if !same.is_empty() {
        return Ok(Verdict::SameWords(same));
    }
    if words.split_whitespace().count() < FEWEST {
        return Ok(Verdict::NotFound);
    }
    let loosely = ask(query, COMPARED)?;
    let partial = loosely.summary.partial.clone();
    let near = loosely.passages.into_iter().filter_map(|passage| Some((compared(words, &passage.text)?, passage)));
    let best = near.max_by(|(one, _), (other, _)| one.common.total_cmp(&other.common));
    let offset = (given.len() - given.trim_start_matches(|c: char| !c.is_alphanumeric()).len()) as u32;
    Ok(match best.filter(|(compared, _)| compared.common >= LEAST) {
        Some((mut compared, passage)) => {
            compared.only_given.iter_mut().for_each(|span| (span.start, span.end) = (span.start + offset, span.end + offset));
            Verdict::Altered(Box::new(passage), compared)
        }
        None => partial.map_or(Ok(Verdict::NotFound), |partial| Err(unsure(partial)))?,
    })
}

/// The answer, where it tells all there is.
fn whole(mut found: FoundPassages) -> Result<FoundPassages, Problem> {
    found.summary.partial.take().map_or(Ok(found), |partial| Err(unsure(partial)))
}

fn unsure(partial: String) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not checked to the end", format!("{partial}; give a shorter part of it"))
}
