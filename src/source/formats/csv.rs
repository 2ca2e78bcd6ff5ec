//! Tables: CSV and TSV with a first row of names, as spreadsheets, newspaper4k and data sets write them.
//!
//! Takes a stream and gives an article a row. The separator is told from the first row; quoted fields may hold line breaks.

use super::body;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::fields::{Sheet, Value};
use crate::source::desk::part::Part;
use crate::source::desk::records::{Line, Lines};
use crate::source::desk::settings;
use crate::source::desk::traced::{Position, Traced};
use crate::source::desk::unread::Reason;
use std::ops::{ControlFlow, Range};

/// Reads every row of the stream.
pub(crate) fn read(mut lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let limit = desk.limits().record as usize;
    let mut columns: Option<Vec<Option<(Part, usize)>>> = None;
    let mut separator = b',';
    let mut row = String::new();
    let mut open = false;
    let mut start = Position::start();
    loop {
        let ended = match lines.next() {
            Ok(Some(Line::Read(line, position))) => {
                if row.is_empty() {
                    start = position;
                }
                open = leaves_open(&line, separator, open);
                row.push_str(&line);
                false
            }
            Ok(Some(Line::TooLong(_))) => {
                row.clear();
                open = false;
                desk.refuse(Reason::TooLarge, format!("a row larger than {} MB", limit >> 20))?;
                continue;
            }
            Ok(None) => true,
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        };
        if row.is_empty() && ended {
            return ControlFlow::Continue(());
        }
        if !ended && open {
            if row.len() > limit {
                row.clear();
                open = false;
                desk.refuse(Reason::TooLarge, format!("a row larger than {} MB, or a quote never closed", limit >> 20))?;
            }
            continue;
        }
        let cut = Cut { text: row.trim_end_matches(['\r', '\n']), position: start };
        match &columns {
            None => {
                separator = desk.said().delimiter.unwrap_or_else(|| separator_of(cut.text));
                if let Some(message) = missing(cut, separator, desk) {
                    return desk.refuse_file(Reason::NoSuchColumn, message);
                }
                let found = names(cut, separator, desk);
                if !found.iter().flatten().any(|(part, _)| matches!(part, Part::Headline | Part::Body)) {
                    let message = "a table without a column for headline or body; name one with --field body=COLUMN";
                    return desk.refuse_file(Reason::NotAnArticle, message.into());
                }
                columns = Some(found);
            }
            Some(_) if cut.text.trim().is_empty() => {}
            Some(columns) => article(cut, separator, columns, desk)?,
        }
        row.clear();
    }
}

/// The separator that cuts the first row most often.
fn separator_of(first: &str) -> u8 {
    let times = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(times).unwrap_or(b',')
}

/// The complaint about a column that the user names and the first row does not have.
fn missing(first: Cut<'_>, separator: u8, desk: &Desk<'_>) -> Option<String> {
    let columns: Vec<&str> = cells(first.text, separator).iter().map(|cell| first.text[cell.range.clone()].trim()).collect();
    let (part, named) = desk.said().fields.iter().find(|(_, named)| !columns.contains(&named.column.as_str()))?;
    let (part, near) = (part.name(), settings::nearest(&named.column, &columns));
    let columns = columns.join("`, `");
    Some(format!("no column `{}` for {part}, named by {}{near}; the columns are `{columns}`", named.column, named.by))
}

fn names(first: Cut<'_>, separator: u8, desk: &Desk<'_>) -> Vec<Option<(Part, usize)>> {
    let columns = cells(first.text, separator);
    let name = |cell: &Cell| desk.said().part(first.text[cell.range.clone()].trim());
    columns.iter().map(name).collect()
}

fn article(row: Cut<'_>, separator: u8, columns: &[Option<(Part, usize)>], desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut sheet = Sheet::default();
    let mut position = row.position;
    let mut at = 0;
    for (cell, column) in cells(row.text, separator).into_iter().zip(columns) {
        let Some((part, rank)) = column else { continue };
        position = position.after(&row.text[at..cell.range.start]);
        at = cell.range.start;
        let cut = Cut { text: &row.text[cell.range], position };
        let value = if cell.quoted { cut.with_doubled_quotes('"') } else { Traced::verbatim(cut.text, position) };
        sheet.offer(*part, *rank, Value::Text(value));
    }
    let galley = sheet.set(desk, &body::IN_FIELDS);
    desk.hand_over(galley)
}

struct Cell {
    /// The inside of the field, without its quotes.
    range: Range<usize>,
    quoted: bool,
}

/// Where the fields of a row are.
fn cells(row: &str, separator: u8) -> Vec<Cell> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            let end = closing_quote(bytes, at + 1).unwrap_or(bytes.len());
            cells.push(Cell { range: at + 1..end, quoted: true });
            at = next_separator(bytes, (end + 1).min(bytes.len()), separator);
        } else {
            let end = next_separator(bytes, at, separator);
            cells.push(Cell { range: at..end, quoted: false });
            at = end;
        }
        if at >= bytes.len() {
            return cells;
        }
        at += 1;
    }
}

fn next_separator(bytes: &[u8], from: usize, separator: u8) -> usize {
    memchr::memchr(separator, &bytes[from..]).map_or(bytes.len(), |found| from + found)
}

/// The quote that closes a field; a doubled one stands for itself.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Is a quoted field open at the end of `line`, when one is (`open`) or is not at its beginning?
fn leaves_open(line: &str, separator: u8, open: bool) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut quoted = open;
    while at < bytes.len() {
        if quoted || bytes[at] == b'"' {
            match closing_quote(bytes, at + usize::from(!quoted)) {
                Some(end) => at = end + 1,
                None => return true,
            }
        }
        quoted = false;
        at = next_separator(bytes, at, separator) + 1;
    }
    quoted
}
