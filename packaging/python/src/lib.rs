//! What `newshound/__init__.py` asks of newshound. Answers are JSON: `{"rows": [...], "summary": {...}}`.

use newshound::engine::{Caller, Counting, Engine, Quoting, Search, Sort, SpeakerOrder, Speech};
use newshound::query::{Exactness, Parsed, QueryLimits, Today, asking, parse};
use newshound::render::json::{
    AttributedJson, PassageJson, QuotationJson, QuotationSummaryJson, QuotedSpeakerJson, SpeakersSummaryJson, SummaryJson,
    kind_named,
};
use newshound::results::Summary;
use newshound::source::{Options, read_from};
use newshound::{Article, IndexReader, quotations};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

/// Characteristic words given for each speaker.
const TERMS: usize = 8;

/// An index, opened.
#[pyclass(frozen)]
struct Reader(IndexReader);

#[derive(Serialize)]
struct Answer<R, S> {
    rows: Vec<R>,
    summary: S,
}

fn json(answer: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(answer).map_err(wrong)
}

fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn failed(error: impl std::fmt::Display) -> PyErr {
    PyOSError::new_err(error.to_string())
}

fn today(day: Option<&str>) -> PyResult<Today> {
    match day {
        None => Ok(Today::from_clock()),
        Some(day) => Today::read(day).ok_or_else(|| wrong(format!("today={day:?}: write it as 2025-03-14"))),
    }
}

fn speech(kinds: &[String]) -> PyResult<Speech> {
    let unknown = |name: &String| wrong(format!("kind={name:?}: direct, partial, indirect or not_speech"));
    let kinds = kinds.iter().map(|name| kind_named(name).ok_or_else(|| unknown(name))).collect::<PyResult<Vec<_>>>()?;
    Ok(if kinds.is_empty() { Speech::usual() } else { Speech::of(kinds) })
}

fn understood(parsed: &Parsed) -> Option<String> {
    parsed.query.as_ref().map(ToString::to_string)
}

fn deadline(limit: Option<usize>) -> Duration {
    if limit.is_some() { Duration::from_secs(2) } else { Duration::MAX }
}

#[pymethods]
impl Reader {
    #[new]
    fn new(dir: PathBuf) -> PyResult<Reader> {
        IndexReader::open(&dir).map(Reader).map_err(failed)
    }

    #[pyo3(signature = (query, *, limit, sort, after, context, exact, case_sensitive, ocr, fold, day))]
    #[expect(clippy::too_many_arguments, reason = "they are named on the other side")]
    fn search(
        &self,
        py: Python<'_>,
        query: &str,
        limit: Option<usize>,
        sort: &str,
        after: Option<String>,
        context: usize,
        exact: bool,
        case_sensitive: bool,
        ocr: bool,
        fold: bool,
        day: Option<&str>,
    ) -> PyResult<String> {
        let sort = Sort::named(sort).ok_or_else(|| wrong(format!("sort={sort:?}: one of {:?}", Sort::NAMES)))?;
        let mut parsed = parse(query, today(day)?, &QueryLimits::default()).map_err(wrong)?;
        let exactness = Exactness::from_switches(exact, case_sensitive, ocr);
        if exactness != Exactness::Words {
            parsed.query = parsed.query.map(|query| query.with_exactness(exactness));
        }
        let mut rows = Vec::new();
        let summary = match parsed.query.clone() {
            None => Summary::default(),
            Some(query) => {
                let search = Search { limit, sort, after, context, fold, deadline: deadline(limit), ..Search::best(query, 0) };
                py.detach(|| {
                    self.0.search(&search, &mut |passage| {
                        rows.push(PassageJson::new(&passage, false));
                        ControlFlow::Continue(())
                    })
                })
                .map_err(failed)?
            }
        };
        json(&Answer { rows, summary: SummaryJson::new(&summary, understood(&parsed), &parsed.complaints) })
    }

    #[pyo3(signature = (query, *, by, about, kinds, limit, sort, after, day))]
    #[expect(clippy::too_many_arguments, reason = "they are named on the other side")]
    fn quotes(
        &self,
        py: Python<'_>,
        query: Option<&str>,
        by: Option<String>,
        about: Option<&str>,
        kinds: Vec<String>,
        limit: Option<usize>,
        sort: Option<&str>,
        after: Option<String>,
        day: Option<&str>,
    ) -> PyResult<String> {
        let parsed = asking(query, about, Exactness::Words, today(day)?).map_err(wrong)?;
        let sort = match sort {
            None => Quoting::usual_sort(parsed.query.as_ref()),
            Some(sort) => Sort::named(sort).ok_or_else(|| wrong(format!("sort={sort:?}: one of {:?}", Sort::NAMES)))?,
        };
        let query = parsed.query.clone();
        let deadline = deadline(limit);
        let quoting = Quoting { query, by, speech: speech(&kinds)?, limit, sort, after, deadline, caller: Caller::default() };
        let mut rows = Vec::new();
        let summary = py
            .detach(|| {
                self.0.quotations(&quoting, &mut |found| {
                    rows.push(QuotationJson::new(&found));
                    ControlFlow::Continue(())
                })
            })
            .map_err(failed)?;
        json(&Answer { rows, summary: QuotationSummaryJson::new(&summary, understood(&parsed), &parsed.complaints) })
    }

    #[pyo3(signature = (query, *, by, about, kinds, limit, sort, day))]
    #[expect(clippy::too_many_arguments, reason = "they are named on the other side")]
    fn speakers(
        &self,
        py: Python<'_>,
        query: Option<&str>,
        by: Option<String>,
        about: Option<&str>,
        kinds: Vec<String>,
        limit: Option<usize>,
        sort: &str,
        day: Option<&str>,
    ) -> PyResult<String> {
        let parsed = asking(query, about, Exactness::Words, today(day)?).map_err(wrong)?;
        let order =
            SpeakerOrder::named(sort).ok_or_else(|| wrong(format!("sort={sort:?}: one of {:?}", SpeakerOrder::NAMES)))?;
        let counting = Counting {
            query: parsed.query.clone(),
            by,
            speech: speech(&kinds)?,
            limit,
            skip: 0,
            order,
            terms: TERMS,
            deadline: deadline(limit),
            caller: Caller::default(),
        };
        let answer = py.detach(|| self.0.speakers(&counting)).map_err(failed)?;
        let summary = SpeakersSummaryJson::new(&answer.summary, &answer.near, understood(&parsed), &parsed.complaints);
        json(&Answer { rows: answer.speakers.iter().map(QuotedSpeakerJson::new).collect(), summary })
    }
}

/// The quotations of one text, as `newshound attribute --json` gives them. `plain`: it is the story alone; else it is read as a file would be.
#[pyfunction]
#[pyo3(signature = (text, *, plain, language, unsure))]
fn attribute(py: Python<'_>, text: &str, plain: bool, language: Option<String>, unsure: bool) -> PyResult<String> {
    let attributed = |article: &Article| AttributedJson::new("text", article, &quotations(article), unsure);
    let rows = py.detach(|| {
        if plain {
            let mut article = Article::plain("text", text, false);
            article.language = language;
            return vec![attributed(&article)];
        }
        let mut rows = Vec::new();
        read_from("text", text.as_bytes(), &Options::default(), &mut |article| {
            rows.extend(article.ok().as_ref().map(attributed));
            ControlFlow::Continue(())
        });
        rows
    });
    json(&rows)
}

/// The command `newshound` with these arguments, its own name first; gives its exit status.
#[pyfunction]
fn command(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| newshound::cli::run(arguments))
}

#[pymodule]
fn native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Reader>()?;
    module.add_function(wrap_pyfunction!(attribute, module)?)?;
    module.add_function(wrap_pyfunction!(command, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
