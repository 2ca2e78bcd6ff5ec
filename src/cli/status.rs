//! `newshound status`: what an index holds.

use super::Outcome;
use super::quotes::named_nowhere;
use crate::engine::{Caller, Counting, Error, Index, Place, SpeakerOrder, Speech};
use crate::indexing::Ledger;
use crate::render::clean;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

/// Most folders named.
const MOST_FOLDERS: usize = 20;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The index
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    #[command(flatten)]
    people: super::options::People,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let index = arguments.index.index()?;
    let engine = index.open(arguments.people.file.as_deref())?;
    let holdings = engine.holdings()?;
    let everybody = Counting {
        query: None,
        by: None,
        speech: Speech::usual(),
        limit: Some(0),
        skip: 0,
        order: SpeakerOrder::Count,
        terms: 0,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let speakers = match engine.speakers(&everybody) {
        Ok(speakers) => speakers.summary.speakers.to_string(),
        // All the rest is told of an archive of any size.
        Err(error @ Error::Unreachable(..)) => {
            format!("not counted: {}", clean(error.to_string().lines().next().unwrap_or_default()))
        }
        Err(error) => return Err(error.into()),
    };
    let ledger = index.ledger()?.and_then(|bytes| Ledger::decode(&bytes)).unwrap_or_default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "index       {}, schema version {}", clean(&arguments.index.to_string()), index.version())?;
    writeln!(out, "commit      {}{}", holdings.commit, committed(&*index).map_or(String::new(), |when| format!(", {when}")))?;
    for corpus in &ledger.corpora {
        writeln!(out, "corpus      {}", clean(&corpus.display().to_string()))?;
    }
    writeln!(out, "files       {}", ledger.files.len())?;
    writeln!(out, "articles    {}", holdings.articles)?;
    if let Some(copies) = engine.copies()?.filter(|copies| *copies > 0) {
        writeln!(out, "copies      {copies} articles are copies of another")?;
    }
    writeln!(out, "units       {} (headlines and paragraphs), {} words", holdings.units, holdings.words)?;
    writeln!(out, "quotations  {}", holdings.quotations)?;
    writeln!(out, "speakers    {speakers}")?;
    let (persons, sets) = engine.people().counts();
    if persons + sets > 0 {
        let unprinted = named_nowhere(&*engine).map_or(String::new(), |nobody| format!("; {}", clean(&nobody)));
        writeln!(out, "people      {persons} put together by hand, {sets} kept apart{unprinted}")?;
    }
    if let Some(days) = holdings.days {
        writeln!(out, "published   {} to {}", days.from, days.to)?;
    }
    for (part, bytes) in index.parts() {
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
fn committed(index: &dyn Index) -> Option<String> {
    let minutes = index.committed()?.as_secs() / 60;
    Some(match minutes {
        0 => "less than a minute ago".into(),
        1..120 => format!("{minutes} min ago"),
        120..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    })
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
