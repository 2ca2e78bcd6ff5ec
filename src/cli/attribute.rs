//! `newshound attribute`: the quotations of any text, without an index.

use super::Outcome;
use crate::article::Article;
use crate::quotation::quotations;
use crate::render::clean;
use crate::render::json::{self, AttributedJson, kind_name};
use crate::source::{Options, Unread, files, read, read_from};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::io::{BufRead, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files of articles; without any, or with `-`, standard input is read: one article in any format, or JSON Lines of {"id", "text"}
    files: Vec<PathBuf>,
    /// One JSON object an article: character offsets, speaker, mention
    #[arg(long)]
    json: bool,
    /// Also reported speech that may be none: about one in four is none
    #[arg(long)]
    unsure: bool,
}

/// A line of standard input.
#[derive(Deserialize)]
struct Given {
    id: String,
    text: String,
    #[serde(default)]
    headline: bool,
    language: Option<String>,
    lang: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if arguments.files.iter().all(|file| file.as_os_str() == "-") {
        of_standard_input(arguments, &mut out)?;
    } else {
        of_files(arguments, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Found)
}

fn of_standard_input(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let mut input = std::io::stdin().lock();
    if !begins_with_json(input.fill_buf()?) {
        return each(arguments, out, |take| {
            read_from("-", input, &Options::default(), take);
        });
    }
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let given: Given = serde_json::from_str(&line)
            .with_context(|| format!("line {} of standard input: wanted {{\"id\": ..., \"text\": ...}}", number + 1))?;
        let mut article = Article::plain(&given.id, &given.text, given.headline);
        article.language = given.language.or(given.lang);
        as_json(&given.id, &article, arguments.unsure, out)?;
    }
    Ok(())
}

fn of_files(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    for path in &arguments.files {
        if !path.exists() {
            bail!("no file {}", path.display());
        }
        for found in files(path) {
            let found = found?;
            each(arguments, out, |take| {
                read(&found, &Options::default(), take);
            })?;
        }
    }
    Ok(())
}

/// Is it `{"id": ..., "text": ...}`, and not one article?
fn begins_with_json(input: &[u8]) -> bool {
    input.trim_ascii_start().starts_with(b"{")
}

/// Takes an article that was read, or why there is none.
type Take<'a> = &'a mut dyn FnMut(Result<Article, Unread>) -> ControlFlow<()>;

/// Writes each article that `reading` hands over, until one cannot be written.
fn each(arguments: &Arguments, out: &mut impl Write, reading: impl FnOnce(Take<'_>)) -> anyhow::Result<()> {
    let mut written = Ok(());
    reading(&mut |article| {
        written = one(article, arguments, out);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written
}

fn one(article: Result<Article, Unread>, arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    match article {
        Ok(article) if arguments.json => as_json(&article.id.to_string(), &article, arguments.unsure, out),
        Ok(article) => in_words(&article, arguments.unsure, out),
        Err(unread) => {
            eprintln!("{}", clean(&unread.to_string()));
            Ok(())
        }
    }
}

/// Writes the quotations of one article as a line of JSON; reports that may be none only if `unsure`.
fn as_json(id: &str, article: &Article, unsure: bool, out: &mut impl Write) -> anyhow::Result<()> {
    Ok(json::line(out, &AttributedJson::new(id, article, &quotations(article), unsure))?)
}

/// The same for people.
fn in_words(article: &Article, unsure: bool, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{}", clean(article.headline()))?;
    for quotation in quotations(article).iter().filter(|quotation| unsure || !quotation.is_unsure_report()) {
        let doubt = if quotation.is_doubtful() { " (?)" } else { "" };
        let speaker = quotation.speaker.as_ref().map_or("(unknown)", |speaker| speaker.name.as_str());
        let kind = kind_name(quotation.kind);
        let line = article.origin.line(quotation.span.start).map_or(String::new(), |line| format!(":{line}"));
        writeln!(out, "  {}{doubt} [{kind}] {}", clean(speaker), clean(quotation.span.of(&article.text)))?;
        writeln!(out, "    {}{line}", clean(&article.source.path))?;
    }
    Ok(())
}
