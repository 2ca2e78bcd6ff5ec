//! Passages as CSV (RFC 4180), one row for each mention: for spreadsheets.

pub mod quoted;
pub mod timeline;
pub mod dossier;
pub mod trail;

#[cfg(feature = "cli")]
use super::clean;
use crate::results::RankedPassage;
use std::io::Write;

/// The columns of `row`, as a row of their own.
pub const HEADER: &[&str] = &[
    "rank",
    "id",
    "published",
    "outlet",
    "dateline",
    "headline",
    "speakers",
    "before",
    "mention",
    "after",
    "path",
    "line",
    "url",
];

/// Writes the names of the columns.
///
/// # Errors
/// When `out` cannot be written to.
pub fn header(out: &mut impl Write) -> std::io::Result<()> {
    write_row(out, HEADER.iter().map(|name| (*name).to_owned()))
}

/// Writes a row for each mention of a passage, or one without a mention when its article answered by date or place. `root`
/// is put before the path.
///
/// # Errors
/// When `out` cannot be written to.
pub fn rows(passage: &RankedPassage, root: &str, out: &mut impl Write) -> std::io::Result<()> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let speakers: Vec<&str> = passage.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let all: Vec<(usize, usize)> = if passage.matches.is_empty() {
        vec![(passage.text.len(), passage.text.len())]
    } else {
        passage.matches.iter().map(|span| (span.start as usize, span.end as usize)).collect()
    };
    for (start, end) in all {
        let row = [
            passage.rank.to_string(),
            passage.id.clone(),
            or_empty(&passage.facts.published),
            or_empty(&passage.facts.outlet),
            or_empty(&passage.facts.dateline),
            or_empty(&passage.facts.headline),
            speakers.join("; "),
            passage.text[..start].to_owned(),
            passage.text[start..end].to_owned(),
            passage.text[end..].to_owned(),
            format!("{root}{}", passage.location.path),
            passage.location.line.map(|line| line.to_string()).unwrap_or_default(),
            or_empty(&passage.facts.url),
        ];
        write_row(out, row.into_iter())?;
    }
    Ok(())
}

/// Rows as a terminal may see them: a cell may break into lines, nothing else in it may steer the terminal.
#[cfg(feature = "cli")]
pub fn for_terminal(rows: &[u8]) -> Vec<u8> {
    let lines: Vec<String> = String::from_utf8_lossy(rows).split('\n').map(clean).collect();
    lines.join("\n").into_bytes()
}

fn write_row(out: &mut impl Write, cells: impl Iterator<Item = String>) -> std::io::Result<()> {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell as RFC 4180 writes it. One that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
/// injection): articles are foreign text. A `#` is marked too: some readers take what follows it for a remark, as --provenance writes them.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r', '\'', '#']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
