//! `/v1/timelines`: queries over time beside all that was printed.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, told};
use super::problem::Problem;
use super::search::{TODAY, refused};
use crate::day::Days;
use crate::engine::Engine;
use crate::query::{Parsed, QueryLimits, parse};
use crate::render::curves::{Picture, notes, svg};
use crate::render::json::TimelinesJson;
use crate::render::table;
use crate::timeline::{self, Every, Failure, Measure, Timeline};
use axum::Json;
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// Queries of one answer at most, and the time for all of them.
const MOST: usize = 4;
const LONGEST: Duration = Duration::from_secs(2);

pub(super) const QUERIES: Known = ("q", Takes::Text, "up to four queries, each on a line of its own");
pub(super) const EVERY: Known = ("every", Takes::OneOf(&Every::NAMES), "length of the stretches; month if not given");
pub(super) const FROM: Known = ("from", Takes::Date, "only from this day, month or year on");
pub(super) const TO: Known = ("to", Takes::Date, "only up to the end of this day, month or year");

/// What `/v1/timelines` takes.
pub(super) const TIMELINES: &[Known] = &[
    QUERIES,
    EVERY,
    FROM,
    TO,
    ("format", Takes::OneOf(&["json", "csv", "svg"]), "json (if not given), csv, or svg: a picture"),
    ("measure", Takes::OneOf(&Measure::NAMES), "what the picture shows; articles if not given"),
    ("copies", Takes::OneOf(&["each", "once"]), "once: picture and csv count of each story its first printing alone"),
    TODAY,
];

/// Queries over time, and how they were taken.
pub(super) struct Compared {
    pub timeline: Timeline,
    pub queries: Vec<String>,
    parsed: Vec<Parsed>,
    every: Every,
    commit: String,
    /// First printings are wanted.
    once: bool,
}

impl Compared {
    pub fn json(&self) -> TimelinesJson {
        TimelinesJson::new(&self.timeline, self.every, &self.commit, &self.queries, &self.parsed)
    }

    fn csv(&self) -> Vec<u8> {
        let mut rows = Vec::new();
        // Nothing that is written to memory fails.
        let _ = table::timeline::timeline(&self.timeline, &self.queries, self.once, &mut rows);
        rows
    }

    pub fn svg(&self, measure: Measure) -> String {
        let every = Every::NAMES[self.every as usize];
        let Compared { timeline, queries, commit, .. } = self;
        svg(&Picture { timeline, queries, measure, once: self.once, every, commit })
    }

    /// See [`notes`].
    pub fn notes(&self) -> Vec<String> {
        notes(&self.timeline, &self.queries, &self.parsed, Every::NAMES[self.every as usize], self.once)
    }
}

/// `/v1/timelines`
pub(super) async fn timelines(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, TIMELINES) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        // JSON has both.
        let once = asked.text("copies") == Some("once") || asked.text("format").is_none_or(|format| format == "json");
        let found = compared(engine, gone, &asked, once)?;
        Ok(match asked.text("format") {
            Some("csv") => ([(CONTENT_TYPE, "text/csv; charset=utf-8")], found.csv()).into_response(),
            Some("svg") => ([(CONTENT_TYPE, "image/svg+xml")], found.svg(measure(&asked))).into_response(),
            _ => Json(found.json()).into_response(),
        })
    })
    .await
}

/// What a picture shows.
pub(super) fn measure(asked: &Asked) -> Measure {
    asked.text("measure").and_then(Measure::named).unwrap_or(Measure::Articles)
}

/// The answer of `/v1/timelines`; `once`: with first printings.
pub(super) fn compared(engine: &dyn Engine, gone: &Gone, asked: &Asked, once: bool) -> Result<Compared, Problem> {
    let typed = asked.text("q").unwrap_or_default();
    let queries: Vec<String> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if queries.is_empty() || queries.len() > MOST {
        return Err(Problem::of_parameter(format!(
            "`q` holds {} queries; give 1 to {MOST}, each on a line of its own",
            queries.len()
        )));
    }
    let parse = |text: &String| parse(text, asked.today(), &QueryLimits::default()).map_err(|refusal| refused(&refusal));
    let parsed: Vec<Parsed> = queries.iter().map(parse).collect::<Result<_, _>>()?;
    let day = |name: &str| asked.text(name).and_then(Days::of_published);
    let every = asked.text("every").and_then(Every::named).unwrap_or(Every::Month);
    let within = timeline::Asked::within(day("from"), day("to"));
    let wanted = timeline::Asked { every, within, once, deadline: LONGEST / queries.len() as u32, caller: gone.clone() };
    let timeline = timeline::timeline(engine, parsed.iter().map(|parsed| parsed.query.as_ref()), &wanted);
    let timeline = timeline.map_err(|failure| match failure {
        Failure::TooMany(many) => Problem::of_parameter(many.to_string()),
        Failure::Engine(error) => told(&error),
    })?;
    let commit = engine.holdings().map_err(|error| told(&error))?.commit;
    Ok(Compared { timeline, queries, parsed, every, commit, once })
}
