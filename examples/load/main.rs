//! What the service bears: how many searches a second beside the engine without HTTP and beside another engine, what happens when ten
//! thousand connect at once or hang up, and whether it stays as it is over many requests while the index grows.
//!
//! ```text
//! cargo build --release && cargo run --release --example load -- --corpus corpus [--queries FILE] [--requests 20000] \
//!     [--other NAME=http://127.0.0.1:8984/search?q=] [--connections 10000] [--hang-up 1000] [--slow-readers 100] [--soak 200000] [--hostile 1000]
//! ```
//! Only what is asked for is done; a figure beyond its limit ends with an error. The queries are the second and third column of
//! a file as `make_queries.py` makes it, or words and phrases of the sample corpus.

mod client;
mod flood;
mod hostile;
mod rates;
mod server;
mod soak;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use newshound::engine::embedded::IndexReader;
use newshound::engine::{Engine, Search};
use newshound::query::{QueryLimits, Today, parse};
use newshound::render::json::PassageJson;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Parser)]
struct Arguments {
    /// What is searched; indexed into a directory of its own
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// An index that is there, searched instead
    #[arg(long)]
    index: Option<PathBuf>,
    /// Queries as `make_queries.py` writes them
    #[arg(long)]
    queries: Option<PathBuf>,
    /// Searches for each number of clients
    #[arg(long)]
    requests: Option<usize>,
    /// Another engine, as NAME=ADDRESS: the query is put after the address
    #[arg(long)]
    other: Option<String>,
    /// Connections of a flood
    #[arg(long)]
    connections: Option<usize>,
    /// Callers who hang up
    #[arg(long)]
    hang_up: Option<usize>,
    /// Readers who take nothing, and as many who take little
    #[arg(long)]
    slow_readers: Option<usize>,
    /// Requests of a soak
    #[arg(long)]
    soak: Option<usize>,
    /// Hostile questions by HTTP, over MCP and on the command line
    #[arg(long)]
    hostile: Option<usize>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let work = tempfile::tempdir()?;
    let index = match arguments.index {
        Some(index) => index,
        None => indexed(&arguments.corpus, work.path())?,
    };
    let queries = queries(arguments.queries.as_deref())?;
    if let Some(requests) = arguments.requests {
        rates(&index, &queries, requests, arguments.other.as_deref())?;
    }
    if let Some(connections) = arguments.connections {
        flood::flood(&index, &queries, connections)?;
    }
    if let Some(times) = arguments.hang_up {
        flood::hang_up(&index, times)?;
    }
    if let Some(readers) = arguments.slow_readers {
        flood::slow_readers(&index, &queries, readers)?;
    }
    if let Some(requests) = arguments.soak {
        soak::soak(&index, work.path(), &queries, requests)?;
    }
    if let Some(questions) = arguments.hostile {
        hostile::hostile(&index, questions)?;
    }
    Ok(())
}

/// An index of `corpus` in a directory of its own.
fn indexed(corpus: &Path, work: &Path) -> Result<PathBuf> {
    let index = work.join("index");
    let run = Command::new(server::newshound()?).arg("index").arg(corpus).arg("--index").arg(&index).output()?;
    ensure!(run.status.success(), "newshound index: {}", String::from_utf8_lossy(&run.stderr));
    Ok(index)
}

/// Words and phrases to search for.
fn queries(file: Option<&Path>) -> Result<Vec<String>> {
    let Some(file) = file else {
        return Ok(["peace", "\"long-term peace\"", "ferry OR harbour", "council budget", "speaker:orlan", "\"the valley\""]
            .map(str::to_owned)
            .into());
    };
    let lines = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let queries = lines.lines().filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        match *columns.get(1..3)? {
            ["term", words] => Some(words.to_owned()),
            ["phrase", words] => Some(format!("\"{words}\"")),
            ["and", words] => Some(words.split(' ').collect::<Vec<_>>().join(" AND ")),
            ["or", words] => Some(words.split(' ').collect::<Vec<_>>().join(" OR ")),
            _ => None,
        }
    });
    let queries: Vec<String> = queries.collect();
    ensure!(!queries.is_empty(), "no queries in {}", file.display());
    Ok(queries)
}

fn rates(index: &Path, queries: &[String], requests: usize, other: Option<&str>) -> Result<()> {
    rates::head();
    let engine = IndexReader::open(index)?;
    rates::measured("newshound, within one process", requests, || {
        |number: usize| within(&engine, &queries[number % queries.len()])
    })?;
    let server = server::Server::start(index)?;
    rates::measured("newshound serve, /v1/search", requests, rates::over_http(&server.address, "/v1/search?q=", queries))?;
    if let Some(other) = other {
        let (name, url) = other.split_once('=').context("--other NAME=ADDRESS")?;
        let url = url.strip_prefix("http://").context("--other: the address begins with http://")?;
        let (address, path) = url.split_once('/').context("--other: the address has no path")?;
        rates::measured(name, requests, rates::over_http(address, &format!("/{path}"), queries))?;
    }
    println!("newshound serve stopped in {:.2} s", server.stop()?);
    Ok(())
}

/// The same answer without HTTP: ten passages as JSON.
fn within(engine: &IndexReader, query: &str) -> Result<bool> {
    let parsed = parse(query, Today::from_clock(), &QueryLimits::default()).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    let query = parsed.query.context("an empty query")?;
    let mut json = Vec::new();
    engine.search(&Search::best(query, 11), &mut |passage| {
        serde_json::to_writer(&mut json, &PassageJson::new(&passage, false)).expect("a Vec takes everything");
        ControlFlow::Continue(())
    })?;
    Ok(!json.is_empty())
}
