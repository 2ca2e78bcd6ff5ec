//! What is typed in Python, as newshound asks for it; and what newshound says is wrong, as exceptions of Python.

use newshound::Error;
use newshound::day::Days;
use newshound::engine::{Place, Sort, Speech};
use newshound::query::{Exactness, Parsed, QueryLimits, Today, asking, parse};
use newshound::render::json::kind_named;
use newshound::timeline::Every;
use pyo3::exceptions::{PyConnectionError, PyFileNotFoundError, PyOSError, PyPermissionError, PyValueError};
use pyo3::prelude::*;
use std::path::Path;
use std::time::Duration;

/// What was asked cannot be taken.
pub fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The index cannot answer.
pub fn failed(error: Error) -> PyErr {
    let text = error.to_string();
    match error {
        Error::NoIndex(_) => PyFileNotFoundError::new_err(text),
        Error::Forbidden(..) => PyPermissionError::new_err(text),
        Error::Unreachable(..) => PyConnectionError::new_err(text),
        _ => PyOSError::new_err(text),
    }
}

/// A directory, or the address of an index on a cluster.
pub fn place(typed: &Path) -> PyResult<Place> {
    typed.to_str().map_or_else(|| Ok(Place::directory(typed)), |text| text.parse().map_err(wrong))
}

pub fn today(day: Option<&str>) -> PyResult<Today> {
    match day {
        None => Ok(Today::from_clock()),
        Some(day) => Today::read(day).ok_or_else(|| wrong(format!("today={day:?}: write it as 2025-03-14"))),
    }
}

pub fn days(name: &str, typed: Option<&str>) -> PyResult<Option<Days>> {
    let refused = |typed| wrong(format!("{name}={typed:?}: write it as 2025-03-14, 2025-03 or 2025"));
    typed.map(|typed| Days::read(typed).ok_or_else(|| refused(typed))).transpose()
}

fn not_empty(text: &str) -> PyResult<&str> {
    if text.trim().is_empty() {
        Err(wrong("the query is empty\nhint: give words, \"a phrase\" or speaker:NAME"))
    } else {
        Ok(text)
    }
}

pub fn query(text: &str, exactness: Exactness, today: Today) -> PyResult<Parsed> {
    let mut parsed = parse(not_empty(text)?, today, &QueryLimits::default()).map_err(wrong)?;
    if exactness != Exactness::Words {
        parsed.query = parsed.query.map(|query| query.with_exactness(exactness));
    }
    Ok(parsed)
}

/// A query and words said, as one tree. A text of which nothing can be looked for is no query of everything.
pub fn query_and_words(query: Option<&str>, about: Option<&str>, today: Today) -> PyResult<Parsed> {
    let query = query.map(not_empty).transpose()?;
    asking(query, about, Exactness::Words, today).map_err(wrong)
}

/// One of the names that an argument may have.
fn named<T>(argument: &str, name: &str, found: Option<T>, known: &[&str]) -> PyResult<T> {
    found.ok_or_else(|| wrong(format!("{argument}={name:?}: one of {}", known.join(", "))))
}

pub fn sort(name: &str) -> PyResult<Sort> {
    named("sort", name, Sort::named(name), &Sort::NAMES)
}

pub fn order(name: &str) -> PyResult<newshound::engine::SpeakerOrder> {
    use newshound::engine::SpeakerOrder;
    named("sort", name, SpeakerOrder::named(name), &SpeakerOrder::NAMES)
}

pub fn every(name: &str) -> PyResult<Every> {
    named("every", name, Every::named(name), &Every::NAMES)
}

pub fn speech(kinds: &[String]) -> PyResult<Speech> {
    let known = ["direct", "partial", "indirect", "not_speech"];
    let kinds = kinds.iter().map(|name| named("kind", name, kind_named(name), &known)).collect::<PyResult<Vec<_>>>()?;
    Ok(if kinds.is_empty() { Speech::usual() } else { Speech::of(kinds) })
}

pub fn understood(parsed: &Parsed) -> Option<String> {
    parsed.query.as_ref().map(ToString::to_string)
}

/// As the command has it: who wants every row waits for it.
pub fn deadline(limit: Option<usize>) -> Duration {
    if limit.is_some() { Duration::from_secs(2) } else { Duration::MAX }
}
