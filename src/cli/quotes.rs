//! `newshound quotes`: who said what, where and when.

use super::Outcome;
use super::cite::Cite;
use super::output::{Output, is_terminal, root};
use super::search::{EMPTY_QUERY, open, today};
use crate::engine::{Caller, Engine, PEOPLE, Place, Quoting, Sort, Speech};
use crate::query::{Exactness, Parsed, asking};
use crate::render::cite::Citation;
use crate::render::clean;
use crate::render::json::{self, QuotationJson, QuotationSummaryJson, kind_named};
use crate::render::table::{self, quoted};
use crate::render::terminal;
use crate::results::QuotationSummary;
use std::io::Write;
use std::ops::ControlFlow;
use std::time::Duration;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  newshound quotes --by 'Ilse Brandauer'\n  newshound quotes --about '\"long-term peace\"'\n  newshound quotes 'bridges date:2025-03' --by brandauer --kind direct --json"
)]
pub(super) struct Arguments {
    /// Only in passages that answer this query, as search takes it
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    /// Only of this person or body: a name in any form, or a last name
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only with these words in what is said, between quotation marks or reported
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    about: Option<String>,
    #[command(flatten)]
    asking: Asking,
    /// Show at most N quotations
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Show every quotation
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Order of the quotations [default: relevance, or newest first where no words are asked for]
    #[arg(long, value_parser = Sort::NAMES, allow_hyphen_values = true)]
    sort: Option<String>,
    /// Go on after the quotation with this id
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    #[command(flatten)]
    cite: Cite,
}

/// What `quotes` and `speakers` have in common.
#[derive(clap::Args)]
pub(super) struct Asking {
    /// The index to search
    #[arg(long, value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    pub index: Option<Place>,
    #[command(flatten)]
    pub people: super::options::People,
    /// How the words are given: direct (a clause in quotation marks), partial (a few words), indirect (reported without marks), not_speech; several with commas [default: all but not_speech, of indirect the sure ones]
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',', value_parser = ["direct", "partial", "indirect", "not_speech"])]
    kinds: Vec<String>,
    /// One JSON object per line, for other programs (see docs/json.md)
    #[arg(long)]
    pub json: bool,
    /// One row each, for spreadsheets
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Letters and punctuation of the query as typed
    #[arg(long)]
    exact: bool,
    /// Letters, punctuation and case of the query as typed
    #[arg(long)]
    case_sensitive: bool,
    /// For scanned pages: words of the query also as machines misread them (rn for m, c for e, f for s)
    #[arg(long, conflicts_with_all = ["exact", "case_sensitive"])]
    ocr: bool,
    /// The day that date:last-week counts from [default: by the clock]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

impl Asking {
    /// Is the answer for people?
    pub fn in_words(&self) -> bool {
        !self.json && !self.csv
    }

    /// A row of a table for standard output.
    pub fn row(&self, out: &mut impl Write, write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> std::io::Result<()> {
        let mut row = Vec::new();
        write(&mut row)?;
        out.write_all(&if is_terminal() { table::for_terminal(&row) } else { row })
    }

    pub fn speech(&self) -> Speech {
        let kinds = self.kinds.iter().filter_map(|name| kind_named(name));
        if self.kinds.is_empty() { Speech::usual() } else { Speech::of(kinds.collect()) }
    }

    /// The query and the words said as one tree. A text of which nothing can be looked for is no query of everything.
    pub fn read(&self, query: Option<&str>, about: Option<&str>) -> anyhow::Result<Parsed> {
        if query.is_some_and(|text| text.trim().is_empty()) {
            anyhow::bail!(EMPTY_QUERY);
        }
        let today = today(self.today.as_deref())?;
        Ok(asking(query, about, Exactness::from_switches(self.exact, self.case_sensitive, self.ocr), today)?)
    }
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let asking = &arguments.asking;
    let parsed = asking.read(arguments.query.as_deref(), arguments.about.as_deref())?;
    let engine = open(asking.index.as_ref(), &asking.people)?;
    let root = root(&*engine);
    let style = asking.output.style(false);
    let mut out = asking.output.open(asking.in_words());
    let mut bibliography = arguments.cite.bibliography();
    let mut written = if asking.csv { quoted::names(quoted::QUOTATIONS, &mut out) } else { Ok(()) };
    let summary = engine.quotations(&quoting(arguments, &parsed), &mut |found| {
        written = if let Some(bibliography) = &mut bibliography {
            out.write_all(bibliography.add(&Citation::of_quotation(&found)).as_bytes())
        } else if asking.json {
            json::line(&mut out, &QuotationJson::new(&found))
        } else if asking.csv {
            asking.row(&mut out, |row| quoted::quotation(&found, &root.shown, row))
        } else {
            out.write_all(terminal::quotation(&found, &root, style).as_bytes())
        };
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    if let Some(bibliography) = &bibliography {
        out.write_all(bibliography.end().as_bytes())?;
    }
    let understood = parsed.query.as_ref().map(ToString::to_string);
    if asking.json {
        json::line(&mut out, &QuotationSummaryJson::new(&summary, understood.clone(), &parsed.complaints))?;
    }
    out.finish()?;
    if !asking.json {
        notes(&parsed);
        note_unprinted(&*engine);
        talk(arguments, &summary, understood);
    }
    Ok(if summary.quotations > 0 { Outcome::Found } else { Outcome::Nothing })
}

fn quoting(arguments: &Arguments, parsed: &Parsed) -> Quoting {
    let sort = arguments.sort.as_deref().and_then(Sort::named).unwrap_or_else(|| Quoting::usual_sort(parsed.query.as_ref()));
    Quoting {
        query: parsed.query.clone(),
        by: arguments.by.clone(),
        speech: arguments.asking.speech(),
        limit: if arguments.all { None } else { Some(arguments.limit) },
        sort,
        after: arguments.after.clone(),
        deadline: if arguments.all { Duration::MAX } else { Duration::from_secs(2) },
        caller: Caller::default(),
    }
}

/// Says on stderr what was not taken as typed.
pub(super) fn notes(parsed: &Parsed) {
    for complaint in &parsed.complaints {
        eprintln!("note: {}", clean(&complaint.to_string()));
    }
}

/// Says which names of the file of people nobody is quoted under, if there are any.
pub(super) fn note_unprinted(engine: &dyn Engine) {
    if let Some(nobody) = named_nowhere(engine) {
        eprintln!("note: {}", clean(&nobody));
    }
}

/// `nobody is quoted as I. Brandauer, of people.toml`.
pub(super) fn named_nowhere(engine: &dyn Engine) -> Option<String> {
    let names = engine.unprinted().unwrap_or_default();
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let named: Vec<&str> = names.iter().take(MOST_NAMED).map(String::as_str).collect();
    (!names.is_empty()).then(|| format!("of the names in {PEOPLE} nobody is quoted as {}{more}", named.join(", ")))
}

/// Says that nobody is called so, and who is called nearly so.
pub(super) fn talk_of_nobody(typed: &str, near: &[String]) {
    eprintln!("nobody called {} is quoted", clean(typed));
    if near.is_empty() {
        eprintln!("hint: `newshound speakers` lists who is");
    } else {
        eprintln!("hint: did you mean {}?", clean(&near.join(", ")));
    }
}

/// `1 quotation`, `2 quotations`.
pub(super) fn of(count: impl std::fmt::Display, what: &str) -> String {
    let count = count.to_string();
    let ending = if count == "1" { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// Most people named whom a last name may mean.
const MOST_NAMED: usize = 6;

fn talk(arguments: &Arguments, summary: &QuotationSummary, understood: Option<String>) {
    if let (0, Some(partial)) = (summary.quotations, &summary.partial) {
        eprintln!("no quotation was found so far: {partial}");
        eprintln!("hint: --all waits until all are found");
        return;
    }
    if let Some(typed) = &arguments.by {
        match summary.meant.as_slice() {
            [] if summary.quotations == 0 => return talk_of_nobody(typed, &summary.near),
            [] | [_] => {}
            several => {
                let more = several.len().saturating_sub(MOST_NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let named: Vec<&str> = several.iter().take(MOST_NAMED).map(String::as_str).collect();
                eprintln!("note: {typed} may be {}{more}", clean(&named.join(", ")));
            }
        }
    }
    if summary.quotations == 0 {
        eprintln!("no quotation found{}", understood.map_or(String::new(), |query| format!(" for {}", clean(&query))));
        eprintln!("hint: {}", hint(arguments));
        return;
    }
    let least = if summary.partial.is_some() { "at least " } else { "" };
    let took = summary.took.as_secs_f64() * 1000.0;
    let understood = understood.map_or(String::new(), |query| format!("; understood as {}", clean(&query)));
    let figures = format!("{}, {}", of(summary.quotations, "quotation"), of(summary.articles, "article"));
    eprintln!("showing {} of {least}{figures}, {took:.1} ms{understood}", summary.shown);
    if let Some(partial) = &summary.partial {
        eprintln!("note: {partial}");
    }
}

fn hint(arguments: &Arguments) -> &'static str {
    if !arguments.asking.kinds.is_empty() {
        "without --kind, words quoted and reported are found alike"
    } else if arguments.by.is_some() && arguments.query.is_none() && arguments.about.is_none() {
        "reports that may be none are left out; --kind indirect finds them too"
    } else if arguments.about.is_some() {
        "--about looks into what is said; a query without it looks into the whole passage"
    } else if arguments.query.is_some() {
        "the passages that answer may hold no quotation; `newshound search` shows them"
    } else {
        "no article of this index quotes anybody"
    }
}
