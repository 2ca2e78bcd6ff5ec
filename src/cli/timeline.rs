//! `newshound timeline`: queries over time, beside how much was printed at all.

use super::Outcome;
use super::output::{Output, is_terminal};
use super::search::{open, read_query, today};
use crate::day::Days;
use crate::engine::{Caller, Place};
use crate::query::{Exactness, Parsed};
use crate::render::clean;
use crate::render::curves::{Picture, dots, notes, svg};
use crate::render::json::{self, TimelinesJson};
use crate::render::table;
use crate::timeline::{Asked, Every, Failure, Measure, Timeline, timeline};
use anyhow::Context;
use std::io::Write;
use std::time::Duration;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newshound timeline '\"long-term peace\"' truce\n  newshound timeline peace war --every week --measure share\n  newshound timeline peace --copies once --csv"
)]
pub(super) struct Arguments {
    /// Queries, as search takes them; several are drawn on one scale
    #[arg(required = true, value_name = "QUERY")]
    queries: Vec<String>,
    /// The index to search
    #[arg(long, value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Option<Place>,
    #[command(flatten)]
    people: super::options::People,
    /// How long each stretch of time is; weeks begin on Monday
    #[arg(long, default_value = "month", value_parser = Every::NAMES)]
    every: String,
    /// Only from this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only up to the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// What is drawn: a count, articles in a hundred of all, or mentions in a million words
    #[arg(long, default_value = "articles", value_parser = Measure::NAMES)]
    measure: String,
    /// Copies of a story: count each, or its first printing alone
    #[arg(long, default_value = "each", value_parser = ["each", "once"])]
    copies: String,
    /// One JSON object with every figure, for other programs (see docs/json.md)
    #[arg(long)]
    json: bool,
    /// One row for each query and stretch, for spreadsheets
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// A picture of the curves
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    svg: bool,
    /// The day that date:last-week counts from [default: by the clock]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let today = today(arguments.today.as_deref())?;
    let parsed: anyhow::Result<Vec<Parsed>> =
        arguments.queries.iter().map(|text| read_query(text, Exactness::Words, today)).collect();
    let (parsed, asked) = (parsed?, asked(arguments)?);
    let engine = open(arguments.index.as_ref(), &arguments.people)?;
    let timeline = timeline(&*engine, parsed.iter().map(|parsed| parsed.query.as_ref()), &asked);
    let timeline = timeline.map_err(|failure| match failure {
        Failure::TooMany(many) => anyhow::anyhow!(many),
        Failure::Engine(error) => anyhow::anyhow!(error),
    })?;
    write(arguments, &asked, &parsed, &timeline, &engine.holdings()?.commit)?;
    talk(arguments, &parsed, &timeline);
    let found = timeline.curves.iter().any(|curve| curve.summary.has_answers());
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

fn asked(arguments: &Arguments) -> anyhow::Result<Asked> {
    let read = |name: &str, typed: &Option<String>| {
        let days =
            |text: &String| Days::read(text).with_context(|| format!("--{name} {text}: write it as 2025-03-14, 2025-03 or 2025"));
        typed.as_ref().map(days).transpose()
    };
    let within = Asked::within(read("from", &arguments.from)?, read("to", &arguments.to)?);
    let every = Every::named(&arguments.every).unwrap_or(Every::Month);
    let once = arguments.json || arguments.copies == "once";
    Ok(Asked { every, within, once, deadline: Duration::MAX, caller: Caller::default() })
}

fn write(arguments: &Arguments, asked: &Asked, parsed: &[Parsed], timeline: &Timeline, commit: &str) -> anyhow::Result<()> {
    let mut out = arguments.output.open(false);
    let once = arguments.copies == "once";
    let picture = Picture {
        timeline,
        queries: &arguments.queries,
        measure: Measure::named(&arguments.measure).unwrap_or(Measure::Articles),
        once,
        every: &arguments.every,
        commit,
    };
    if arguments.json {
        json::line(&mut out, &TimelinesJson::new(timeline, asked.every, commit, &arguments.queries, parsed))?;
    } else if arguments.csv {
        let mut rows = Vec::new();
        table::timeline::timeline(timeline, &arguments.queries, once, &mut rows)?;
        out.write_all(&if is_terminal() { table::for_terminal(&rows) } else { rows })?;
    } else if arguments.svg {
        out.write_all(svg(&picture).as_bytes())?;
    } else {
        let width = arguments.output.style(false).width.clamp(20, 100) - 4;
        out.write_all(dots(&picture, width).as_bytes())?;
    }
    Ok(out.finish()?)
}

/// What the curves do not show.
fn talk(arguments: &Arguments, parsed: &[Parsed], timeline: &Timeline) {
    let once = arguments.json || arguments.copies == "once";
    for note in notes(timeline, &arguments.queries, parsed, &arguments.every, once) {
        eprintln!("note: {}", clean(&note));
    }
}
