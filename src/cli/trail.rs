//! `newshound trail`: where words were printed first, and what became of them.

use super::Outcome;
use super::output::{Output, is_terminal, root};
use super::quotes::of;
use super::search::open;
use crate::engine::{Engine, Place};
use crate::render::json::{self, StepJson, TrailSummaryJson};
use crate::render::{clean, table, terminal};
use crate::trail::{self, Asked, Failure, Trail, is_id, trail};
use std::io::Write;
use std::time::Duration;

#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 printed somewhere, 1 nowhere, 2 trouble.\n\nExamples:\n  newshound trail 'I was elected to bring long-term peace to this valley'\n  newshound trail 4ca8dca46acf1d41.q0 --csv"
)]
pub(super) struct Arguments {
    /// The words, or the id of a passage or quotation, as search --json and quotes --json give them
    #[arg(allow_hyphen_values = true, value_name = "ID|WORDS")]
    words: String,
    /// The index to search
    #[arg(long, value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Option<Place>,
    #[command(flatten)]
    people: super::options::People,
    /// One JSON object per line, for other programs (see docs/json.md)
    #[arg(long)]
    json: bool,
    /// One row for each article, for spreadsheets
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Read every article that may print the words, however long it takes
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let engine = open(arguments.index.as_ref(), &arguments.people)?;
    let Some(asked) = asked(arguments, &*engine)? else {
        eprintln!("no passage or quotation {} in the index", clean(&arguments.words));
        return Ok(Outcome::Nothing);
    };
    let found = trail(&*engine, &asked).map_err(|failure| match failure {
        Failure::Engine(error) => anyhow::anyhow!(error),
        refused => anyhow::anyhow!(refused),
    })?;
    let root = root(&*engine);
    let mut out = arguments.output.open(!arguments.json && !arguments.csv);
    if arguments.json {
        for step in StepJson::all(&found) {
            json::line(&mut out, &step)?;
        }
        json::line(&mut out, &TrailSummaryJson::new(&found))?;
    } else if arguments.csv {
        let mut rows = Vec::new();
        table::trail::trail(&found, &root.shown, &mut rows)?;
        out.write_all(&if is_terminal() { table::for_terminal(&rows) } else { rows })?;
    } else {
        let style = arguments.output.style(false);
        for (step, number) in found.steps.iter().zip(1..) {
            out.write_all(terminal::step(&found.words, step, number, &root, style).as_bytes())?;
        }
    }
    out.finish()?;
    if !arguments.json {
        talk(&found);
    }
    Ok(if found.steps.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn asked(arguments: &Arguments, engine: &dyn Engine) -> anyhow::Result<Option<Asked>> {
    let asked =
        if is_id(&arguments.words) { Asked::of_id(engine, &arguments.words)? } else { Some(Asked::of_words(&arguments.words)) };
    let all = |asked: Asked| Asked { most: usize::MAX / 4, deadline: Duration::MAX, ..asked };
    Ok(asked.map(|asked| if arguments.all { all(asked) } else { asked }))
}

fn talk(found: &Trail) {
    let least = if found.partial.is_some() { "at least " } else { "" };
    let took = found.took.as_secs_f64() * 1000.0;
    // Articles that name no outlet are of some.
    let outlets = if found.outlets == 0 { String::new() } else { format!(", {}", of(found.outlets, "outlet")) };
    let stories = format!("{} {}", found.stories, if found.stories == 1 { "story" } else { "stories" });
    if found.steps.is_empty() {
        eprintln!("not printed in this archive, nor anything near it: {}", clean(&found.words));
    } else {
        eprintln!("printed in {least}{}, {stories}{outlets}; {took:.1} ms", of(found.articles, "article"));
    }
    if let Some(partial) = &found.partial {
        eprintln!("note: {}", clean(partial));
        eprintln!("hint: --all waits until every article is read");
    }
    if crate::words::count(&found.words) < trail::ROW as u64 {
        eprintln!("note: fewer than {} words are found only where they stand in a row", trail::ROW);
    }
}
