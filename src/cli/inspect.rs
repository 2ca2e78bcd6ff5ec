//! `newshound inspect`: what newshound makes of files.

use super::Outcome;
use crate::render::clean;
use crate::source::inspect::{Inspection, inspect};
use crate::source::{files_within, read, settings};
use anyhow::bail;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files or directories
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object an article
    #[arg(long)]
    json: bool,
    /// The directory that is indexed: dates, outlets and newshound.toml are found from there [default: guessed for each path]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    #[command(flatten)]
    options: super::options::ReadOptions,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut articles = 0;
    for path in &arguments.paths {
        if !path.exists() {
            bail!("no file {}", path.display());
        }
        let corpus = match &arguments.corpus {
            Some(corpus) => corpus.clone(),
            None => corpus_of(path),
        };
        let options = arguments.options.of_corpus(&corpus)?;
        for found in files_within(path, &corpus) {
            let found = match found {
                Ok(found) => found,
                Err(unread) => {
                    eprintln!("{}", clean(&unread.to_string()));
                    continue;
                }
            };
            let mut written: anyhow::Result<()> = Ok(());
            let doubts = read(&found, &options, &mut |article| {
                match article {
                    Ok(article) => {
                        articles += 1;
                        written = show(&inspect(&article), arguments.json, &mut out);
                    }
                    Err(unread) => eprintln!("{}", clean(&unread.to_string())),
                }
                if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            written?;
            doubts.iter().for_each(|doubt| eprintln!("{}", clean(&doubt.to_string())));
        }
    }
    out.flush()?;
    Ok(if articles > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// The directory that `path` would be indexed from: itself; or above it, one with a `newshound.toml`, `corpus`, or what holds a
/// folder for each year; else the directory it lies in.
fn corpus_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.to_path_buf();
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let above = || whole.ancestors().skip(1);
    let is_year = |folder: &&Path| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name.len() == 4 && name.parse().is_ok_and(|year: u16| (1700..2100).contains(&year))
    };
    let found = above()
        .find(|folder| folder.join(settings::FILE).is_file())
        .or_else(|| above().find(|folder| folder.file_name().is_some_and(|name| name == "corpus")))
        .or_else(|| above().filter(is_year).last()?.parent());
    found.or_else(|| whole.parent()).unwrap_or(Path::new(".")).to_path_buf()
}

fn show(inspection: &Inspection, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let object = serde_json::to_value(inspection)?;
    if json {
        return Ok(crate::render::json::line(out, &object)?);
    }
    for (key, value) in object.as_object().into_iter().flatten() {
        match value {
            serde_json::Value::Array(items) if key == "paragraphs" => {
                writeln!(out, "{key:<11} {}", items.len())?;
                for (number, item) in items.iter().enumerate() {
                    let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
                    writeln!(out, "{:>9}  {}", number + 1, clean(&text))?;
                }
            }
            serde_json::Value::String(text) => writeln!(out, "{key:<11} {}", clean(text))?,
            serde_json::Value::Null => writeln!(out, "{key:<11} -")?,
            value => writeln!(out, "{key:<11} {}", clean(&value.to_string()))?,
        }
    }
    writeln!(out)?;
    Ok(())
}
