//! `newshound index`: a corpus into an index, with progress and a closing report.

use super::Outcome;
use crate::engine::embedded::{self, IndexWriter};
use crate::indexing::{Indexing, Progress, Report, index};
use crate::render::terminal::clean;
use crate::source::Reading;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Most skipped inputs named on the terminal.
const MOST_NAMED: usize = 10;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The directory (or file) of articles
    #[arg(default_value = "corpus")]
    corpus: PathBuf,
    /// Where the index is written
    #[arg(long, default_value = "index", value_name = "DIR")]
    index: PathBuf,
    /// Threads to read and index with [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Write every skipped or doubtful input to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    reading: super::reading::Options,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let reading = arguments.reading.reading(&arguments.corpus)?;
    let threads = arguments.threads.unwrap_or_else(super::threads).clamp(1, 64);
    let report = build(&arguments.corpus, &arguments.index, threads, reading)?;
    if let Some(file) = &arguments.report {
        write_report(file, &report).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(if report.articles > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// Builds the index and says on stderr what was read.
pub(super) fn build(corpus: &Path, dir: &Path, threads: usize, reading: Reading) -> anyhow::Result<Report> {
    if !corpus.exists() {
        bail!("no corpus in {}\nhint: give the directory of your articles: newshound index CORPUS", corpus.display());
    }
    let mut writer = IndexWriter::rebuild(dir, corpus, threads)?;
    let terminal = std::io::stderr().is_terminal();
    let progress = |progress: &Progress| {
        if terminal {
            eprint!("\r\u{1b}[K{}", line(progress));
            let _ = std::io::stderr().flush();
        }
    };
    let report = index(corpus, &mut writer, &Indexing { threads, reading, edit: None, progress: &progress })?;
    writer.close()?;
    if terminal {
        eprint!("\r\u{1b}[K");
    }
    eprint!("{}", closing(&report, embedded::size(dir).unwrap_or(0)));
    Ok(report)
}

/// `12,345 articles, 14.2 MB/s, 0:12 left`
fn line(progress: &Progress) -> String {
    let seconds = progress.elapsed.as_secs_f64().max(0.001);
    let rate = progress.bytes_read as f64 / seconds;
    let left = if rate > 0.0 { (progress.bytes - progress.bytes_read.min(progress.bytes)) as f64 / rate } else { 0.0 };
    let left = left as u64;
    format!("{} articles, {:.1} MB/s, {}:{:02} left", progress.articles, rate / 1e6, left / 60, left % 60)
}

fn closing(report: &Report, size: u64) -> String {
    let seconds = report.elapsed.as_secs_f64();
    let formats: Vec<String> = report.formats.iter().map(|(format, count)| format!("{format} {count}")).collect();
    let mut out = format!(
        "read     {} files, {} in {seconds:.1} s ({:.1} MB/s)\nindexed  {} articles{}, {} quotations ({} with a speaker)\nindex    {}\n",
        report.files,
        bytes(report.bytes),
        report.bytes as f64 / 1e6 / seconds.max(0.001),
        report.articles,
        if formats.is_empty() { String::new() } else { format!(" ({})", formats.join(", ")) },
        report.quotations,
        report.attributed,
        bytes(size),
    );
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for unread in &report.unread {
        *reasons.entry(name_of(&unread.reason)).or_default() += 1;
    }
    let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
    out += &format!(
        "skipped  {}{}\n",
        report.unread.len(),
        if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) }
    );
    for unread in report.unread.iter().take(MOST_NAMED) {
        out += &format!("  {}\n", clean(&unread.to_string()));
    }
    if report.unread.len() > MOST_NAMED {
        out += &format!("  and {} more; --report FILE names all of them\n", report.unread.len() - MOST_NAMED);
    }
    if !report.doubts.is_empty() {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for doubt in &report.doubts {
            *kinds.entry(name_of(&doubt.kind)).or_default() += doubt.records as usize;
        }
        let records: usize = kinds.values().sum();
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        out += &format!("doubtful {records} ({}), all kept\n", kinds.join(", "));
        for doubt in report.doubts.iter().take(MOST_NAMED) {
            out += &format!("  {}\n", clean(&doubt.to_string()));
        }
        if report.doubts.len() > MOST_NAMED {
            out += &format!("  and {} more; --report FILE names all of them\n", report.doubts.len() - MOST_NAMED);
        }
    }
    out
}

fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        _ => format!("{:.2} GB", count as f64 / 1e9),
    }
}

fn write_report(file: &Path, report: &Report) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    for unread in &report.unread {
        write_case(&mut out, unread, "skipped")?;
    }
    for doubt in &report.doubts {
        write_case(&mut out, doubt, "kept")?;
    }
    out.flush()?;
    Ok(())
}

/// One line of the report: the case, and what was done with its input.
fn write_case(out: &mut impl Write, case: &impl serde::Serialize, done: &str) -> anyhow::Result<()> {
    let mut object = serde_json::to_value(case)?;
    object["done"] = done.into();
    writeln!(out, "{object}")?;
    Ok(())
}

/// The name of a reason or doubt in the report: `empty`, `date-order`.
fn name_of(kind: &impl serde::Serialize) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
