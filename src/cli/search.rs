//! `newshound search`: a query to ranked passages.

mod format;

use self::format::{OutputFormat, Printer};
use super::Outcome;
use super::cite::Cite;
use super::options::People;
use super::output::{Output, is_terminal, root};
use super::quotes::of;
use crate::engine::{Caller, Engine, IndexEngine, Place, Recency, Search, Sort};
use crate::query::{Complaint, Exactness, Parsed, Query, QueryLimits, Today, parse};
use crate::render::clean;
use crate::render::concordance::LineOrder;
use crate::render::json::{self, PassageJson, SummaryJson};
use crate::render::provenance::ProvenanceJson;
use crate::results::{RankedPassage, Summary};
use anyhow::Context;
use clap::builder::PossibleValuesParser;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newshound search '\"long-term peace\"'\n  newshound search 'speaker:annan quote:\"long-term peace\"' --json"
)]
pub(super) struct Arguments {
    /// Words, "exact phrases", speaker:merkel, AND OR NOT ( )
    #[arg(required_unless_present = "queries", allow_hyphen_values = true)]
    query: Option<String>,
    /// The index to search
    #[arg(long, value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Option<Place>,
    #[command(flatten)]
    people: super::options::People,
    /// Show at most N passages
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Show every passage
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// What to print
    #[arg(long, value_enum, default_value = "text", conflicts_with = "cite")]
    format: OutputFormat,
    /// The same as --format json
    #[arg(long, conflicts_with_all = ["format", "kwic"])]
    json: bool,
    /// The same as --format csv
    #[arg(long, conflicts_with_all = ["format", "json", "kwic", "cite"])]
    csv: bool,
    /// The same as --format kwic: each mention in the middle of a line
    #[arg(long, conflicts_with_all = ["format", "cite"])]
    kwic: bool,
    /// Show N paragraphs before and after each passage
    #[arg(short = 'C', long, default_value_t = 0, value_name = "N")]
    context: usize,
    /// Only count passages, mentions and articles
    #[arg(long, conflicts_with = "cite")]
    count: bool,
    /// Do not count what there is in all: the first passages alone, sooner
    #[arg(long, conflicts_with_all = ["count", "all"])]
    no_total: bool,
    /// Letters and punctuation as typed
    #[arg(long)]
    exact: bool,
    /// Letters, punctuation and case as typed
    #[arg(long)]
    case_sensitive: bool,
    /// For scanned pages: words also as machines misread them (rn for m, c for e, f for s)
    #[arg(long, conflicts_with_all = ["exact", "case_sensitive"])]
    ocr: bool,
    /// Order of the passages; of the lines of --kwic also by the words before or after the mention, or by speaker
    #[arg(long, default_value = "relevance", value_parser = orders(), allow_hyphen_values = true)]
    sort: String,
    /// Copies of a story: show each, or group them under the one that comes first
    #[arg(long, value_enum, default_value = "show")]
    duplicates: Duplicates,
    /// Go on after the passage with this id
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    /// Prefer newer articles: at the age of DAYS a passage keeps three quarters of its score, long after that half
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    recency: Option<u32>,
    /// Say why each passage ranks where it does
    #[arg(long)]
    explain: bool,
    /// The day that date:last-week and --recency count from [default: by the clock]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// Answer every line of FILE as a query, one JSON object each
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "cite"])]
    queries: Option<PathBuf>,
    /// Begin --json and --csv with the query and the index that was asked
    #[arg(long, conflicts_with_all = ["queries", "count"])]
    provenance: bool,
    #[command(flatten)]
    cite: Cite,
    #[command(flatten)]
    output: Output,
}

/// The names of the orders of passages and of lines.
fn orders() -> PossibleValuesParser {
    Sort::NAMES.into_iter().chain(LineOrder::NAMES).collect::<Vec<_>>().into()
}

/// Passages whose lines are sorted unless all are asked for.
const SORTED: usize = 10_000;

/// What becomes of copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Duplicates {
    /// Each is shown where it ranks
    Show,
    /// Folded under the one that comes first
    Group,
}

impl Arguments {
    fn format(&self) -> OutputFormat {
        match (self.json, self.csv, self.kwic) {
            (true, ..) => OutputFormat::Json,
            (_, true, _) => OutputFormat::Csv,
            (.., true) => OutputFormat::Kwic,
            _ => self.format,
        }
    }

    /// What lines are sorted by, if they are.
    fn line_order(&self) -> anyhow::Result<Option<LineOrder>> {
        let order = LineOrder::named(&self.sort);
        if order.is_some()
            && (self.format() != OutputFormat::Kwic || self.cite.bibliography().is_some() || self.queries.is_some())
        {
            anyhow::bail!("--sort {} is an order of lines\nhint: give --kwic with it", self.sort);
        }
        if order.is_some() && self.after.is_some() {
            anyhow::bail!("--after goes on by rank, and sorted lines have none\nhint: -n N and --all give more of them");
        }
        Ok(order)
    }
}

fn exactness(arguments: &Arguments) -> Exactness {
    Exactness::from_switches(arguments.exact, arguments.case_sensitive, arguments.ocr)
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let today = today(arguments.today.as_deref())?;
    let line_order = arguments.line_order()?;
    if let Some(file) = &arguments.queries {
        return answer_file(arguments, file, today);
    }
    let text = arguments.query.as_deref().unwrap_or("");
    let parsed = read_query(text, exactness(arguments), today)?;
    let engine = open(arguments.index.as_ref(), &arguments.people)?;
    let format = arguments.format();
    if arguments.provenance && !matches!(format, OutputFormat::Json | OutputFormat::Csv) {
        anyhow::bail!("--provenance is the head of an export\nhint: give --json or --csv with it");
    }
    let read = matches!(format, OutputFormat::Text | OutputFormat::Kwic) && !arguments.count;
    let mut out = arguments.output.open(read);
    if arguments.provenance {
        let holdings = engine.holdings()?;
        let head = ProvenanceJson::new(text, parsed.query.as_ref(), holdings.commit, holdings.articles);
        if format == OutputFormat::Json { json::line(&mut out, &head)? } else { out.write_all(head.remarks().as_bytes())? }
    }
    let mut printer = Printer {
        format,
        style: arguments.output.style(arguments.explain),
        terminal: is_terminal(),
        line_order,
        most_lines: if arguments.all { usize::MAX } else { arguments.limit },
        bibliography: arguments.cite.bibliography(),
        root: root(&*engine),
        out: &mut out,
        waiting: Vec::new(),
        sorted: 0,
    };
    let (summary, written) = answer(&*engine, arguments, today, &parsed, &mut printer)?;
    written?;
    let sorted = line_order.map(|_| printer.sorted);
    if format == OutputFormat::Json {
        let understood = parsed.query.as_ref().map(ToString::to_string);
        json::line(&mut out, &SummaryJson::new(&summary, understood, &parsed.complaints))?;
    } else if arguments.count {
        writeln!(out, "{}", figures(&summary))?;
    }
    out.finish()?;
    if format != OutputFormat::Json {
        talk(&parsed, &summary, text, arguments, sorted.filter(|_| !arguments.count));
        if arguments.explain {
            let cost = summary.cost;
            eprintln!("scored {} articles after {} steps through postings, words and units", cost.scored, cost.steps);
        }
    }
    Ok(match summary.shards {
        Some(_) => Outcome::Partial,
        None if summary.has_answers() => Outcome::Found,
        None => Outcome::Nothing,
    })
}

/// Said of a query without any sign in it.
pub(super) const EMPTY_QUERY: &str = "the query is empty\nhint: give words, \"a phrase\" or speaker:NAME";

pub(super) fn read_query(text: &str, exactness: Exactness, today: Today) -> anyhow::Result<Parsed> {
    if text.trim().is_empty() {
        anyhow::bail!(EMPTY_QUERY);
    }
    let mut parsed = parse(text, today, &QueryLimits::default())?;
    if exactness != Exactness::Words {
        parsed.query = parsed.query.map(|query| query.with_exactness(exactness));
    }
    Ok(parsed)
}

/// The day relative dates count from.
pub(super) fn today(typed: Option<&str>) -> anyhow::Result<Today> {
    let Some(text) = typed else { return Ok(Today::from_clock()) };
    Today::read(text).with_context(|| format!("--today {text}: write it as 2025-03-14"))
}

/// Opens the index; the default one is built first when there is none and `./corpus`, or what NEWSHOUND_CORPUS names, is there.
pub(super) fn open(index: Option<&Place>, people: &People) -> anyhow::Result<Box<dyn IndexEngine>> {
    let default = Place::directory(Path::new("index"));
    let corpus = std::env::var_os("NEWSHOUND_CORPUS").map_or_else(|| PathBuf::from("./corpus"), PathBuf::from);
    if index.is_none() && !default.index()?.exists() && corpus.is_dir() {
        eprintln!("no index in ./index yet: building one from {}", corpus.display());
        super::index::build(&corpus, &default)?;
    }
    Ok(index.unwrap_or(&default).open_with(people.file.as_deref())?)
}

/// Writes the passages as they come; a write that fails stops the search and is given back beside the summary.
fn answer(
    engine: &dyn Engine,
    arguments: &Arguments,
    today: Today,
    parsed: &Parsed,
    printer: &mut Printer<impl Write>,
) -> anyhow::Result<(Summary, std::io::Result<()>)> {
    let mut written = if arguments.count { Ok(()) } else { printer.begin() };
    let Some(query) = &parsed.query else { return Ok((Summary::default(), written)) };
    let search = search(query.clone(), arguments, today);
    let summary = engine.search(&search, &mut |passage: RankedPassage| {
        if written.is_ok() && !arguments.count {
            written = printer.passage(&passage);
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok((summary, written.and_then(|()| printer.end())))
}

fn search(query: Query, arguments: &Arguments, today: Today) -> Search {
    let wanted = if LineOrder::named(&arguments.sort).is_some() { SORTED } else { arguments.limit };
    let limit = if arguments.all { None } else { Some(if arguments.count { 0 } else { wanted }) };
    let deadline = if arguments.all || arguments.count { Duration::MAX } else { Duration::from_secs(2) };
    let sort = Sort::named(&arguments.sort).unwrap_or(Sort::Relevance);
    Search {
        query,
        limit,
        sort,
        after: arguments.after.clone(),
        deadline,
        caller: Caller::default(),
        explain: arguments.explain,
        context: arguments.context,
        recency: arguments.recency.map(|half_life| Recency { today, half_life }),
        fold: arguments.duplicates == Duplicates::Group,
        totals: !arguments.no_total,
    }
}

/// Says on stderr how much there is, how the query was understood, and what to try when nothing was found.
fn talk(parsed: &Parsed, summary: &Summary, typed: &str, arguments: &Arguments, sorted: Option<usize>) {
    for complaint in &parsed.complaints {
        eprintln!("note: {}", clean(&complaint.to_string()));
    }
    let understood = parsed.query.as_ref().map(ToString::to_string).unwrap_or_default();
    if !summary.has_answers() {
        let asked = clean(if understood.is_empty() { typed } else { &understood });
        if let Some(partial) = &summary.partial {
            eprintln!("nothing was found so far for {asked}: {partial}");
            if summary.shards.is_none() {
                eprintln!("hint: --all waits until all is read");
            }
            return;
        }
        eprintln!("nothing found for {asked}");
        eprintln!("hint: {}", hint(parsed));
        return;
    }
    let took = summary.took.as_secs_f64() * 1000.0;
    let shown = match (arguments.count, summary.uncounted) {
        (true, _) => figures(summary),
        _ if sorted.is_some() => lines_shown(summary, arguments, sorted.unwrap_or(0)),
        (_, true) => format!("showing {}", of(summary.shown, "passage")),
        _ => format!("showing {} of {}", summary.shown, figures(summary)),
    };
    eprintln!("{shown}, {took:.1} ms; understood as {}", clean(&understood));
    if let Some(partial) = &summary.partial {
        eprintln!("note: {partial}");
    }
    if sorted.is_some() && !arguments.all && (summary.partial.is_some() || summary.shown >= SORTED) {
        eprintln!("note: only the lines of the {} passages that came first were sorted; --all sorts every one", summary.shown);
    }
}

/// `10 of 36 lines sorted by the words after the mention; from 30 passages, ...`
fn lines_shown(summary: &Summary, arguments: &Arguments, sorted: usize) -> String {
    let shown = if arguments.all { sorted } else { sorted.min(arguments.limit) };
    let whence = if summary.uncounted { of(summary.shown, "passage") } else { figures(summary) };
    let order = LineOrder::named(&arguments.sort).map_or("", LineOrder::in_words);
    format!("showing {shown} of {} sorted by {order}; from {whence}", of(sorted, "line"))
}

/// `1 passage, 2 mentions, 1 article`, with "at least" where not all were counted.
fn figures(summary: &Summary) -> String {
    let least = if summary.partial.is_some() { "at least " } else { "" };
    format!(
        "{least}{}, {}, {}",
        of(summary.passages, "passage"),
        of(summary.mentions, "mention"),
        of(summary.articles, "article")
    ) + &summary
        .stories
        .map_or(String::new(), |stories| format!(" of {stories} {}", if stories == 1 { "story" } else { "stories" }))
}

fn hint(parsed: &Parsed) -> &'static str {
    match &parsed.query {
        None => "give words, \"a phrase\" or speaker:NAME",
        Some(Query::Phrase(phrase)) if phrase.exactness == Exactness::Letters => "without exact spelling, variants are found too",
        Some(Query::Phrase(phrase)) if phrase.exactness == Exactness::Case => "without case, more may be found: exact:\"...\"",
        Some(Query::Date(_) | Query::Field(..)) => "the articles may not give it; `newshound inspect FILE` shows what was read",
        Some(Query::Phrase(_)) => "fewer words, or words without quotation marks, find more",
        Some(Query::And(_)) => "fewer conditions find more; OR joins alternatives",
        _ => "another spelling, fewer words, or word~1 for a misspelt name may find more",
    }
}

/// Columns of the terminal as the shell tells them; 100 if it does not.
pub(super) fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// Answers a file of queries: one JSON object a line with hits and microseconds.
fn answer_file(arguments: &Arguments, file: &Path, today: Today) -> anyhow::Result<Outcome> {
    let queries = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let engine = open(arguments.index.as_ref(), &arguments.people)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut found = false;
    for text in queries.lines().filter(|line| !line.trim().is_empty()) {
        let answered = match read_query(text, exactness(arguments), today) {
            Ok(parsed) => answer_one(&*engine, arguments, today, text, &parsed)?,
            Err(error) => serde_json::json!({"type": "answer", "query": text, "error": format!("{error:#}")}),
        };
        found |=
            answered["passages"].as_u64().unwrap_or(0) > 0 || answered["hits"].as_array().is_some_and(|hits| !hits.is_empty());
        json::line(&mut out, &answered)?;
    }
    out.flush()?;
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

fn answer_one(
    engine: &dyn Engine,
    arguments: &Arguments,
    today: Today,
    text: &str,
    parsed: &Parsed,
) -> anyhow::Result<serde_json::Value> {
    let mut hits: Vec<PassageJson> = Vec::new();
    let started = std::time::Instant::now();
    let summary = match &parsed.query {
        Some(query) => engine.search(&search(query.clone(), arguments, today), &mut |passage| {
            hits.push(PassageJson::new(&passage, arguments.explain));
            ControlFlow::Continue(())
        })?,
        None => Summary::default(),
    };
    let micros = started.elapsed().as_micros() as u64;
    let mut answered = serde_json::json!({
        "type": "answer", "query": text, "understood_as": parsed.query.as_ref().map(ToString::to_string),
        "partial": summary.partial, "micros": micros, "hits": hits,
        "complaints": parsed.complaints.iter().map(Complaint::to_string).collect::<Vec<_>>(),
    });
    if !summary.uncounted {
        answered["passages"] = summary.passages.into();
        answered["mentions"] = summary.mentions.into();
        answered["articles"] = summary.articles.into();
        answered["stories"] = summary.stories.into();
    }
    Ok(answered)
}
