//! An index that Python has opened: each answer is what the command of the same name prints with `--json`.

use crate::read::{days, deadline, every, failed, order, place, query, query_and_words, sort, speech, today, understood, wrong};
use crate::waiting::waited;
use newshound::engine::{Caller, Counting, IndexEngine, Quoting, Search};
use newshound::query::{Exactness, Parsed};
use newshound::render::json::{
    PassageJson, QuotationJson, QuotationSummaryJson, QuotedSpeakerJson, SpeakersSummaryJson, StepJson, SummaryJson,
    TimelinesJson, TrailSummaryJson, VerifiedJson, VerifiedSummaryJson,
};
use newshound::results::Summary;
use newshound::timeline::{Asked as AskedOver, timeline};
use newshound::trail::{Asked as AskedTrail, is_id, trail};
use newshound::verify::{Bounds, Claim, MostClaims, claim, verify_all};
use pyo3::prelude::*;
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Characteristic words given for each speaker.
const TERMS: usize = 8;

/// An index, opened.
#[pyclass(frozen)]
pub struct Reader(Box<dyn IndexEngine>);

#[derive(Serialize)]
struct Answer<R, S> {
    rows: Vec<R>,
    summary: S,
}

#[derive(Serialize)]
struct Checked {
    /// Which of the claims given, from 0.
    claim: usize,
    #[serde(flatten)]
    verified: VerifiedJson,
}

/// What is to be verified: text; whether it is one quotation, or a sentence that may hold several; who and when, if that is said apart.
type Given = (String, bool, Option<String>, Option<String>);

fn json(answer: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(answer).map_err(wrong)
}

#[pymethods]
impl Reader {
    #[new]
    #[pyo3(signature = (index, people))]
    fn new(index: PathBuf, people: Option<PathBuf>) -> PyResult<Reader> {
        place(&index)?.open_with(people.as_deref()).map(Reader).map_err(failed)
    }

    /// Turns to what was committed since; gives whether there was anything.
    fn reload(&self, py: Python<'_>) -> PyResult<bool> {
        py.detach(|| self.0.reload()).map_err(failed)
    }

    #[pyo3(signature = (text, *, limit, sort, after, context, exact, case_sensitive, ocr, fold, today))]
    #[expect(clippy::too_many_arguments, reason = "they are named on the other side")]
    fn search(
        &self,
        py: Python<'_>,
        text: &str,
        limit: Option<usize>,
        sort: &str,
        after: Option<String>,
        context: usize,
        exact: bool,
        case_sensitive: bool,
        ocr: bool,
        fold: bool,
        today: Option<&str>,
    ) -> PyResult<String> {
        let sort = self::sort(sort)?;
        let parsed = query(text, Exactness::from_switches(exact, case_sensitive, ocr), self::today(today)?)?;
        let mut rows = Vec::new();
        let mut summary = Summary::default();
        if let Some(query) = parsed.query.clone() {
            let search = Search { limit, sort, after, context, fold, deadline: deadline(limit), ..Search::best(query, 0) };
            let each = &mut |passage| {
                rows.push(PassageJson::new(&passage, false));
                ControlFlow::Continue(())
            };
            summary = waited(py, &search.caller, || self.0.search(&search, each))?.map_err(failed)?;
        }
        json(&Answer { rows, summary: SummaryJson::new(&summary, understood(&parsed), &parsed.complaints) })
    }

    #[pyo3(signature = (text, *, by, about, kinds, limit, sort, after, today))]
    #[expect(clippy::too_many_arguments, reason = "they are named on the other side")]
    fn quotes(
        &self,
        py: Python<'_>,
        text: Option<&str>,
        by: Option<String>,
        about: Option<&str>,
        kinds: Vec<String>,
        limit: Option<usize>,
        sort: Option<&str>,
        after: Option<String>,
        today: Option<&str>,
    ) -> PyResult<String> {
        let parsed = query_and_words(text, about, self::today(today)?)?;
        let query = parsed.query.clone();
        let sort = sort.map_or_else(|| Ok(Quoting::usual_sort(query.as_ref())), self::sort)?;
        let (speech, deadline, caller) = (speech(&kinds)?, deadline(limit), Caller::default());
        let quoting = Quoting { query, by, speech, limit, sort, after, deadline, caller };
        let mut rows = Vec::new();
        let each = &mut |found| {
            rows.push(QuotationJson::new(&found));
            ControlFlow::Continue(())
        };
        let summary = waited(py, &quoting.caller, || self.0.quotations(&quoting, each))?.map_err(failed)?;
        json(&Answer { rows, summary: QuotationSummaryJson::new(&summary, understood(&parsed), &parsed.complaints) })
    }

    #[pyo3(signature = (text, *, by, about, kinds, limit, sort, today))]
    #[expect(clippy::too_many_arguments, reason = "they are named on the other side")]
    fn speakers(
        &self,
        py: Python<'_>,
        text: Option<&str>,
        by: Option<String>,
        about: Option<&str>,
        kinds: Vec<String>,
        limit: Option<usize>,
        sort: &str,
        today: Option<&str>,
    ) -> PyResult<String> {
        let parsed = query_and_words(text, about, self::today(today)?)?;
        // What is half known of who is who in a whole archive is no answer.
        let is_whole = parsed.query.is_none() && by.is_none();
        let counting = Counting {
            query: parsed.query.clone(),
            by,
            speech: speech(&kinds)?,
            limit,
            skip: 0,
            order: order(sort)?,
            terms: TERMS,
            deadline: if is_whole { Duration::MAX } else { deadline(limit) },
            caller: Caller::default(),
        };
        let answer = waited(py, &counting.caller, || self.0.speakers(&counting))?.map_err(failed)?;
        let summary = SpeakersSummaryJson::new(&answer.summary, &answer.near, understood(&parsed), &parsed.complaints);
        json(&Answer { rows: answer.speakers.iter().map(QuotedSpeakerJson::new).collect(), summary })
    }

    fn verify(&self, py: Python<'_>, given: Vec<Given>) -> PyResult<String> {
        let each = given.into_iter().enumerate();
        let (numbers, claims): (Vec<usize>, Vec<Claim>) =
            each.flat_map(|(number, given)| claims(given).into_iter().map(move |claim| (number, claim))).unzip();
        if let Some(empty) = claims.iter().position(|claim| !claim.words.chars().any(char::is_alphanumeric)) {
            return Err(wrong(format!("no words to check in number {}\nhint: leave it out", numbers[empty])));
        }
        for claim in &claims {
            days("date", claim.date.as_deref())?;
        }
        let (bounds, most) = (Bounds::default(), MostClaims { claims: usize::MAX, deadline: Duration::MAX });
        let (mut rows, mut verdicts, began) = (Vec::new(), Vec::new(), Instant::now());
        let each = &mut |number: usize, checked: newshound::verify::Checked| {
            verdicts.push(checked.verdict);
            rows.push(Checked { claim: numbers[number], verified: VerifiedJson::new(&checked) });
            ControlFlow::Continue(())
        };
        let left_out = waited(py, &bounds.caller, || verify_all(&*self.0, &claims, &bounds, &most, each))?.map_err(failed)?;
        let why = left_out.in_words(&bounds, &most);
        json(&Answer { rows, summary: VerifiedSummaryJson::new(&verdicts, left_out, why, began.elapsed()) })
    }

    /// `all`: however long it takes.
    #[pyo3(signature = (words, *, all))]
    fn trail(&self, py: Python<'_>, words: &str, all: bool) -> PyResult<String> {
        let asked =
            if is_id(words) { AskedTrail::of_id(&*self.0, words).map_err(failed)? } else { Some(AskedTrail::of_words(words)) };
        let Some(mut asked) = asked else { return Err(wrong(format!("no passage or quotation {words} in the index"))) };
        if all {
            (asked.most, asked.deadline) = (usize::MAX / 4, Duration::MAX);
        }
        let found = waited(py, &asked.caller, || trail(&*self.0, &asked))?.map_err(|failure| match failure {
            newshound::trail::Failure::Engine(error) => failed(error),
            refused => wrong(refused),
        })?;
        json(&Answer { rows: StepJson::all(&found).collect(), summary: TrailSummaryJson::new(&found) })
    }

    /// The object of `newshound timeline --json`, as it is.
    #[pyo3(signature = (queries, *, every, since, until, today))]
    fn timeline(
        &self,
        py: Python<'_>,
        queries: Vec<String>,
        every: &str,
        since: Option<&str>,
        until: Option<&str>,
        today: Option<&str>,
    ) -> PyResult<String> {
        let today = self::today(today)?;
        let parsed: Vec<Parsed> = queries.iter().map(|text| query(text, Exactness::Words, today)).collect::<PyResult<_>>()?;
        let within = AskedOver::within(days("since", since)?, days("until", until)?);
        let asked = AskedOver { every: self::every(every)?, within, deadline: Duration::MAX, caller: Caller::default() };
        let trees = parsed.iter().map(|parsed| parsed.query.as_ref());
        let found = waited(py, &asked.caller, || timeline(&*self.0, trees, &asked))?.map_err(|failure| match failure {
            newshound::timeline::Failure::Engine(error) => failed(error),
            newshound::timeline::Failure::TooMany(many) => wrong(many),
        })?;
        let commit = self.0.holdings().map_err(failed)?.commit;
        json(&TimelinesJson::new(&found, asked.every, &commit, &queries, &parsed))
    }
}

fn claims((text, whole, speaker, date): Given) -> Vec<Claim> {
    let mut claims = if whole { vec![Claim::of_words(&text)] } else { claim(&text) };
    for claim in &mut claims {
        claim.speaker = speaker.clone().or(claim.speaker.take());
        claim.date = date.clone().or(claim.date.take());
    }
    claims
}
