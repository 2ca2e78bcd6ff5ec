//! `newshound status`: what an index holds.

use super::Outcome;
use crate::engine::embedded::{self, IndexReader};
use crate::engine::{Caller, Counting, Engine, SpeakerOrder, Speech};
use crate::indexing::Ledger;
use crate::render::clean;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Most folders named.
const MOST_FOLDERS: usize = 20;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The index
    #[arg(long, default_value = "index", value_name = "DIR", env = "NEWSHOUND_INDEX", hide_env_values = true)]
    index: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let dir = &arguments.index;
    let engine = IndexReader::open(dir)?;
    let holdings = engine.holdings()?;
    let everybody = Counting {
        query: None,
        by: None,
        speech: Speech::usual(),
        limit: Some(0),
        order: SpeakerOrder::Count,
        terms: 0,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let speakers = engine.speakers(&everybody)?.summary;
    let ledger = embedded::ledger(dir)?.and_then(|bytes| Ledger::decode(&bytes)).unwrap_or_default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "index       {}, schema version {}", dir.display(), embedded::VERSION)?;
    writeln!(out, "commit      {}{}", holdings.commit, committed(dir).map_or(String::new(), |when| format!(", {when}")))?;
    for corpus in &ledger.corpora {
        writeln!(out, "corpus      {}", clean(&corpus.display().to_string()))?;
    }
    writeln!(out, "files       {}", ledger.files.len())?;
    writeln!(out, "articles    {}", holdings.articles)?;
    let copies = engine.copies()?;
    if copies > 0 {
        writeln!(out, "copies      {copies} articles are copies of another")?;
    }
    writeln!(out, "units       {} (headlines and paragraphs), {} words", holdings.units, holdings.words)?;
    writeln!(out, "quotations  {}", holdings.quotations)?;
    writeln!(out, "speakers    {}", speakers.speakers)?;
    if let Some(days) = holdings.days {
        writeln!(out, "published   {} to {}", days.from, days.to)?;
    }
    for (part, bytes) in parts(dir) {
        writeln!(out, "size        {bytes:>12} {part}")?;
    }
    let folders = folders(&ledger);
    for (folder, articles) in folders.iter().take(MOST_FOLDERS) {
        writeln!(out, "folder      {articles:>12} {}", clean(folder))?;
    }
    if folders.len() > MOST_FOLDERS {
        writeln!(out, "folder      and {} more", folders.len() - MOST_FOLDERS)?;
    }
    let refused: u64 = ledger.files.values().map(|entry| u64::from(entry.refused)).sum();
    if refused > 0 {
        writeln!(out, "skipped     {refused} records; `newshound index --rebuild --report FILE` names them")?;
    }
    out.flush()?;
    Ok(if holdings.articles > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// How long ago the last commit was made.
fn committed(dir: &Path) -> Option<String> {
    let written = std::fs::metadata(dir.join("segments/meta.json")).ok()?.modified().ok()?;
    let minutes = written.elapsed().ok()?.as_secs() / 60;
    Some(match minutes {
        0 => "less than a minute ago".into(),
        1..120 => format!("{minutes} min ago"),
        120..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    })
}

/// Bytes of each part of the index, the largest first.
fn parts(dir: &Path) -> Vec<(&'static str, u64)> {
    let mut parts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let part = match entry.path().extension().and_then(|extension| extension.to_str()) {
            Some("store") => "articles",
            Some("pos") => "positions",
            Some("idx") => "postings",
            Some("term") => "dictionary",
            Some("fast") => "columns",
            _ => "other",
        };
        *parts.entry(part).or_default() += entry.metadata().map_or(0, |metadata| metadata.len());
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    parts
}

/// Articles of each folder or file directly below the corpora, the most first.
fn folders(ledger: &Ledger) -> Vec<(String, usize)> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, entry) in &ledger.files {
        let above = name.len() - name.trim_start_matches("../").len();
        let end = name[above..].find('/').map_or(name.len(), |end| above + end);
        *folders.entry(&name[..end]).or_default() += entry.articles.len();
    }
    let mut folders: Vec<_> = folders.into_iter().map(|(name, articles)| (name.to_owned(), articles)).collect();
    folders.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
    folders
}
