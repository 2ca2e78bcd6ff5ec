//! Files of quotations and drafts: what they hold, or the line that cannot be read and the way out.

use crate::day::Days;
use crate::source::{Options, files, read};
use crate::verify::{Claim, claim, draft as claims_of, draft_article};
use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// Most bytes of a file or of standard input.
const MOST_BYTES: u64 = 16 << 20;

/// A line of JSON Lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    words: String,
    speaker: Option<String>,
    date: Option<String>,
}

/// The quotations of a file: by its name CSV (`.csv`, `.tsv`) or JSON Lines (`.jsonl`, `.ndjson`), otherwise text with one a line.
pub(super) fn claims(file: &Path) -> anyhow::Result<Vec<Claim>> {
    let text = text(file)?;
    let named = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match named.as_str() {
        "csv" => table(file, &text, ','),
        "tsv" => table(file, &text, '\t'),
        "jsonl" | "ndjson" => lines_of_json(file, &text),
        "json" => bail!(
            "{}: one JSON array or object is not read\nhint: write one object a line, in a file ending with .jsonl",
            file.display()
        ),
        _ => Ok(text.lines().filter(|line| !line.trim().is_empty()).flat_map(claim).collect()),
    }
}

/// The quotations of a draft in any format that newshound reads; `-` is text on standard input.
pub(super) fn draft(file: &Path) -> anyhow::Result<Vec<Claim>> {
    if file == Path::new("-") {
        let text = bounded(std::io::stdin().lock(), "standard input")?;
        return Ok(claims_of(&text));
    }
    ensure!(file.is_file(), "no file {}\nhint: give a draft, or - for standard input", file.display());
    let mut claims = Vec::new();
    for found in files(file) {
        read(&found?, &Options::default(), &mut |article| {
            match article {
                Ok(article) => claims.extend(draft_article(&article)),
                Err(unread) => eprintln!("note: {}", crate::render::clean(&unread.to_string())),
            }
            ControlFlow::Continue(())
        });
    }
    Ok(claims)
}

fn text(file: &Path) -> anyhow::Result<String> {
    let open = std::fs::File::open(file).with_context(|| format!("reading {}", file.display()))?;
    bounded(open, &file.display().to_string())
}

fn bounded(from: impl Read, name: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("reading {name}"))?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "{name}: more than {} MB\nhint: cut it in parts", MOST_BYTES >> 20);
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        anyhow::anyhow!("{name}:{line}: no UTF-8\nhint: save it as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn lines_of_json(file: &Path, text: &str) -> anyhow::Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}", file.display(), number + 1);
        let read: Line = serde_json::from_str(line).with_context(|| {
            format!("{}: wanted {{\"words\": ..., \"speaker\": ..., \"date\": ...}}, the last two if known", place())
        })?;
        claims.push(checked(read, &place())?);
    }
    Ok(claims)
}

/// A claim of a record, when its date is one.
fn checked(line: Line, place: &str) -> anyhow::Result<Claim> {
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let date = given(line.date);
    if let Some(date) = date.as_deref().filter(|date| Days::of_published(date).is_none()) {
        bail!("{place}: no date: {date}\nhint: write it as 2025-03-14, 2025-03 or 2025, or leave it empty");
    }
    ensure!(line.words.chars().any(char::is_alphanumeric), "{place}: no words\nhint: leave the line out");
    Ok(Claim { speaker: given(line.speaker), date, ..Claim::of_words(&line.words) })
}

/// A table with a first row of names, one of them `words`.
fn table(file: &Path, text: &str, separator: char) -> anyhow::Result<Vec<Claim>> {
    let mut rows = rows(text, separator).map_err(|line| {
        anyhow::anyhow!("{}:{line}: a quotation mark that is never closed\nhint: double each mark within a cell", file.display())
    })?;
    let (_, names) = if rows.is_empty() { (0, Vec::new()) } else { rows.remove(0) };
    let named = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.trim().to_lowercase().as_str()));
    let (words, speaker, date) =
        (named(&["words", "quotation", "quote", "text"]), named(&["speaker", "by"]), named(&["date", "day"]));
    let Some(words) = words else {
        bail!(
            "{}:1: no column `words`\nhint: name the columns in the first row: words, and if known speaker and date",
            file.display()
        );
    };
    let mut claims = Vec::new();
    for (line, cells) in rows {
        let place = format!("{}:{line}", file.display());
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).cloned();
        ensure!(
            cells.len() <= names.len(),
            "{place}: more cells than the first row\nhint: put cells with `{separator}` in quotation marks"
        );
        claims.push(checked(
            Line { words: cell(Some(words)).unwrap_or_default(), speaker: cell(speaker), date: cell(date) },
            &place,
        )?);
    }
    Ok(claims)
}

/// The rows of RFC 4180 that hold anything, each with the line it begins on; the line of a mark that is never closed.
fn rows(text: &str, separator: char) -> Result<Vec<(usize, Vec<String>)>, usize> {
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begin, mut open) = (1, 1, None);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if open.is_some() && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if open.is_some() => open = None,
            '"' if cell.is_empty() => open = Some(line),
            '\r' if open.is_none() => {}
            '\n' if open.is_none() => {
                cells.push(std::mem::take(&mut cell));
                rows.push((begin, std::mem::take(&mut cells)));
                begin = line;
            }
            c if c == separator && open.is_none() => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if let Some(line) = open {
        return Err(line);
    }
    cells.push(cell);
    rows.push((begin, cells));
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(rows)
}
