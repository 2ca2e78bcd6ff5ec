//! `newshound inspect`: what newshound makes of files.

use super::Outcome;
use crate::render::terminal::clean;
use crate::source::inspect::{Inspection, inspect};
use crate::source::{Reading, files, read};
use anyhow::bail;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files or directories
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object an article
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut articles = 0;
    for path in &arguments.paths {
        if !path.exists() {
            bail!("no file {}", path.display());
        }
        for found in files(path) {
            let found = match found {
                Ok(found) => found,
                Err(unread) => {
                    eprintln!("{}", clean(&unread.to_string()));
                    continue;
                }
            };
            let mut written: anyhow::Result<()> = Ok(());
            let doubts = read(&found, &Reading::default(), &mut |article| {
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

fn show(inspection: &Inspection, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let object = serde_json::to_value(inspection)?;
    if json {
        writeln!(out, "{object}")?;
        return Ok(());
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
