//! `newshound speaker`: what somebody is quoted with, over time, and beside whom; or two people beside each other.

use super::Outcome;
use super::output::root;
use super::quotes::{Asking, note_unprinted, notes, of, talk_of_nobody};
use super::search::open;
use crate::day::Days;
use crate::dossier::{Asked, Dossier, Every, Failure, dossier};
use crate::engine::Caller;
use crate::query::{Parsed, Query};
use crate::render::json::{self, DossierJson};
use crate::render::{clean, table, terminal};
use crate::timeline;
use anyhow::Context;
use std::io::Write;
use std::time::Duration;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newshound speaker 'Ilse Brandauer'\n  newshound speaker brandauer --with orlan --from 2025\n  newshound speaker brandauer 'ferries OR harbour' --json"
)]
pub(super) struct Arguments {
    /// Who: a name in any form, or a last name
    #[arg(value_name = "NAME")]
    name: String,
    /// Only in passages that answer this query, as search takes it
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    /// Compare with this person or body
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    /// Only what is said with these words
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    about: Option<String>,
    /// Only from this day, month or year on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only up to the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// How long each stretch of time is [default: month, or year where months are many]
    #[arg(long, value_parser = Every::NAMES)]
    every: Option<String>,
    #[command(flatten)]
    asking: Asking,
    /// Show the newest N quotations
    #[arg(short = 'n', long, default_value_t = 5, value_name = "N")]
    limit: usize,
    /// Read every quotation, however long it takes
    #[arg(long)]
    all: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let asking = &arguments.asking;
    let parsed = asking.read(arguments.query.as_deref(), arguments.about.as_deref())?;
    let asked = asked(arguments, &parsed)?;
    let engine = open(asking.index.as_ref(), &asking.people)?;
    let found = match dossier(&*engine, &asked) {
        Ok(found) => found,
        Err(Failure::Nobody { name, near, narrowed, partial }) => {
            nobody(&name, &near, narrowed, partial.as_deref());
            return Ok(Outcome::Nothing);
        }
        Err(Failure::Engine(error)) => return Err(anyhow::anyhow!(error)),
        Err(refused) => return Err(anyhow::anyhow!(refused)),
    };
    let root = root(&*engine);
    let mut out = asking.output.open(asking.in_words());
    if asking.json {
        json::line(&mut out, &DossierJson::new(&found, &engine.holdings()?.commit, &parsed))?;
    } else if asking.csv {
        asking.row(&mut out, |rows| table::dossier::dossier(&found, &root.shown, rows))?;
    } else {
        out.write_all(terminal::dossier(&found, &root, asking.output.style(false)).as_bytes())?;
    }
    out.finish()?;
    if !asking.json {
        notes(&parsed);
        note_unprinted(&*engine);
        talk(&found);
    }
    Ok(Outcome::Found)
}

fn asked(arguments: &Arguments, parsed: &Parsed) -> anyhow::Result<Asked> {
    let day = |name: &str, typed: &Option<String>| {
        let days =
            |text: &String| Days::read(text).with_context(|| format!("--{name} {text}: write it as 2025-03-14, 2025-03 or 2025"));
        typed.as_ref().map(days).transpose()
    };
    let within = timeline::Asked::within(day("from", &arguments.from)?, day("to", &arguments.to)?);
    let parts: Vec<Query> = parsed.query.iter().cloned().chain(within.map(Query::Date)).collect();
    let names: Vec<&str> = [Some(&arguments.name), arguments.with.as_ref()].into_iter().flatten().map(String::as_str).collect();
    Ok(Asked {
        query: Asked::all_of(parts),
        speech: arguments.asking.speech(),
        every: arguments.every.as_deref().and_then(Every::named),
        latest: arguments.limit,
        deadline: if arguments.all { Duration::MAX } else { Duration::from_secs(2) },
        caller: Caller::default(),
        ..Asked::about(&names)
    })
}

fn nobody(name: &str, near: &[String], narrowed: bool, partial: Option<&str>) {
    if let Some(partial) = partial {
        eprintln!("nobody called {} was found so far: {}", clean(name), clean(partial));
        eprintln!("hint: --all waits until every quotation is read");
    } else if narrowed && near.is_empty() {
        eprintln!("nobody called {} is quoted in what was asked for", clean(name));
        eprintln!("hint: fewer conditions find more");
    } else {
        talk_of_nobody(name, near);
    }
}

fn talk(found: &Dossier) {
    let least = if found.partial.is_some() { "at least " } else { "" };
    let (quotations, articles) = found.people.iter().fold((0, 0), |(quotations, articles), person| {
        (quotations + person.counts.quotations, articles + person.counts.articles)
    });
    let articles = articles - found.both.as_ref().map_or(0, |both| both.articles);
    let took = found.took.as_secs_f64() * 1000.0;
    eprintln!("{least}{}, {}; {took:.1} ms", of(quotations, "quotation"), of(articles, "article"));
    if let Some(partial) = &found.partial {
        eprintln!("note: {}", clean(partial));
        eprintln!("hint: --all waits until every quotation is read");
    }
}
