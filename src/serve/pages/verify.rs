//! `/verify`: whether a sentence is printed as it is given.

use super::Wanted;
use crate::engine::Engine;
use crate::query::{Exactness, Parsed, Phrase, Query, QueryLimits, loose};
use crate::render::page::{Verdict, verify};
use crate::results::{RankedPassage, compared};
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use crate::serve::search::found;
use axum::http::StatusCode;

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
    let ask = |query: Query, limit: usize| -> Result<Vec<RankedPassage>, Problem> {
        let parsed = Parsed { query: Some(query), complaints: Vec::new() };
        Ok(found(engine, gone, parsed, &|search| search.limit = Some(limit))?.passages)
    };
    let phrase = |exactness| Query::Phrase(Phrase { text: words.to_owned(), slop: 0, exactness });
    let verbatim = ask(phrase(Exactness::Case), SHOWN)?;
    if !verbatim.is_empty() {
        return Ok(Verdict::Verbatim(verbatim));
    }
    let same = ask(phrase(Exactness::Words), SHOWN)?;
    if !same.is_empty() {
        return Ok(Verdict::SameWords(same));
    }
    if words.split_whitespace().count() < FEWEST {
        return Ok(Verdict::NotFound);
    }
    let near = ask(query, COMPARED)?.into_iter().filter_map(|passage| Some((compared(words, &passage.text)?, passage)));
    let best = near.max_by(|(one, _), (other, _)| one.common.total_cmp(&other.common));
    let offset = (given.len() - given.trim_start_matches(|c: char| !c.is_alphanumeric()).len()) as u32;
    Ok(match best.filter(|(compared, _)| compared.common >= LEAST) {
        Some((mut compared, passage)) => {
            compared.only_given.iter_mut().for_each(|span| (span.start, span.end) = (span.start + offset, span.end + offset));
            Verdict::Altered(Box::new(passage), compared)
        }
        None => Verdict::NotFound,
    })
}
