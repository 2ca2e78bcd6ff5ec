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
use crate::source::desk::unread::{DoubtKind, Reason};
use crate::source::file::recognise::is_separator_line;
use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};

/// Reads every row of the stream.
pub(crate) fn read(mut lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let limit = desk.limits().record as usize;
    let mut table = Table::default();
    loop {
        if let Some((line, position)) = table.waiting.pop_front() {
            table.take(&line, position, desk)?;
        } else {
            match lines.next() {
                Ok(Some(Line::Read(line, position))) => {
                    table.read += line.len();
                    table.take(&line, position, desk)?;
                }
                Ok(Some(Line::TooLong(_))) => {
                    table.rescue(desk)?;
                    desk.refuse(Reason::TooLarge, format!("a row larger than {} MB", limit >> 20))?;
                }
                Ok(None) if table.row.text.is_empty() => return ControlFlow::Continue(()),
                Ok(None) => table.rescue(desk)?,
                Err(error) => {
                    table.rescue(desk)?;
                    return desk.refuse_file(Reason::from_error(&error), error.to_string());
                }
            }
        }
        if table.refused {
            return ControlFlow::Continue(());
        }
        if table.row.text.len() > limit {
            if table.holds_rows() {
                table.rescue(desk)?;
            } else {
                table.leave_out();
                desk.refuse(Reason::TooLarge, format!("a row larger than {} MB", limit >> 20))?;
            }
        }
    }
}

/// The lines of a row that is not complete yet.
#[derive(Default)]
struct Row {
    text: String,
    position: Position,
    /// A quoted field is open at the end of it.
    open: bool,
    /// It is too large, and nothing of it is kept.
    left_out: bool,
}

/// The table being read.
#[derive(Default)]
struct Table {
    separator: u8,
    /// What each column holds; none before the first row.
    columns: Option<Vec<Option<(Part, usize)>>>,
    /// The names of the columns.
    names: Vec<String>,
    /// The row being gathered.
    row: Row,
    /// Lines that are to be read again.
    waiting: VecDeque<(String, Position)>,
    /// Bytes read, and those of them read again because a quote was never closed.
    read: usize,
    again: usize,
    /// The table gives no articles.
    refused: bool,
}

/// How many times its length may be read again of a table whose quotes are not closed.
const AGAIN: usize = 16;

/// A cell of an unknown column that may be a story.
const MUCH: usize = 400;

impl Table {
    /// Adds a line to the row, and reads the row when it is complete.
    fn take(&mut self, line: &str, position: Position, desk: &mut Desk<'_>) -> ControlFlow<()> {
        if self.row.text.is_empty() {
            self.row.position = position;
            if self.columns.is_none() && is_separator_line(line) {
                return ControlFlow::Continue(());
            }
        }
        let separator = if self.columns.is_none() { separator_of(line) } else { self.separator };
        self.row.open = leaves_open(line, separator, self.row.open);
        if self.row.left_out {
            if !self.row.open {
                self.row = Row::default();
            }
            return ControlFlow::Continue(());
        }
        self.row.text.push_str(line);
        if self.row.open {
            return ControlFlow::Continue(());
        }
        let text = self.row.text.trim_end();
        let is_several = self.row.text.len() > line.len() && self.columns.is_some();
        if is_several && (cells(text, self.separator).len() > self.names.len() || self.swallows_a_row(text)) {
            // Its quote was closed by one of another row.
            return self.rescue(desk);
        }
        let row = std::mem::take(&mut self.row);
        self.set(Cut { text: row.text.trim_end_matches(['\r', '\n']), position: row.position }, desk)
    }

    /// Does a row of several lines hold, within a field, what looks like the beginning of another (no writer of tables leaves that
    /// quote single), on a line that is a whole row?
    fn swallows_a_row(&self, text: &str) -> bool {
        let opening = [self.separator, b'"'];
        let opens = |inside: &str| {
            let bytes = inside.as_bytes();
            memchr::memmem::find_iter(bytes, &opening).any(|at| bytes.get(at + 2).is_some_and(|after| *after != b'"'))
        };
        let stray = |cell: &Cell| cell.quoted && opens(&text[cell.range.clone()]);
        let is_row = |line: &str| {
            cells(line, self.separator).len() == self.names.len() && !leaves_open(line, self.separator, false) && opens(line)
        };
        cells(text, self.separator).iter().any(stray) && text.split('\n').skip(1).any(is_row)
    }

    /// Whether most lines behind the first are rows by themselves: then a quote was not closed, and the row is not that large.
    fn holds_rows(&self) -> bool {
        let is_row = |line: &str| self.names.len() > 1 && cells(line, self.separator).len() == self.names.len();
        let (mut rows, mut lines) = (0, 0);
        for line in self.row.text.lines().skip(1).take(2000) {
            lines += 1;
            rows += usize::from(is_row(line));
        }
        rows * 2 > lines
    }

    /// Leaves out a row, also what follows of it.
    fn leave_out(&mut self) {
        self.row.text = String::new();
        self.row.left_out = true;
    }

    /// Reads what is gathered of a row whose quote is not closed: its first line alone, and then the lines after it anew. So a stray
    /// quote costs one row, and the report names it.
    fn rescue(&mut self, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let row = std::mem::take(&mut self.row);
        if row.text.trim().is_empty() {
            return ControlFlow::Continue(());
        }
        self.again += row.text.len();
        if self.again > AGAIN * self.read + (1 << 20) {
            return desk.refuse(Reason::Broken, format!("{} kB after a quote that is never closed", row.text.len() / 1000));
        }
        let first = row.text.find('\n').map_or(row.text.len(), |end| end + 1);
        let mut position = row.position.after(&row.text[..first]);
        let mut rest = VecDeque::new();
        for line in row.text[first..].split_inclusive('\n') {
            rest.push_back((line.to_string(), position));
            position = position.after(line);
        }
        rest.append(&mut self.waiting);
        self.waiting = rest;
        let message = format!("a quote on line {} is not closed; the row ends with its line", row.position.line);
        desk.doubt(DoubtKind::Markup, message);
        self.set(Cut { text: row.text[..first].trim_end_matches(['\r', '\n']), position: row.position }, desk)
    }

    /// Sets one row: the names of the columns, or an article.
    fn set(&mut self, cut: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
        if cut.text.trim().is_empty() {
            return ControlFlow::Continue(());
        }
        if self.columns.is_some() {
            return self.article(cut, desk);
        }
        self.separator = desk.said().delimiter.unwrap_or_else(|| separator_of(cut.text));
        self.names = cells(cut.text, self.separator).into_iter().map(|cell| cut.text[cell.range].trim().to_string()).collect();
        let columns: Vec<_> = self.names.iter().map(|name| desk.said().part(name)).collect();
        let (reason, message) = if let Some(message) = self.missing(desk) {
            (Reason::NoSuchColumn, message)
        } else if !columns.iter().flatten().any(|(part, _)| matches!(part, Part::Headline | Part::Body)) {
            if let Some(guessed) = guessed(&self.names) {
                let at = |wanted| guessed.iter().position(|part| part.is_some_and(|(part, _)| part == wanted)).map(|at| at + 1);
                let headline = at(Part::Headline).map(|at| format!(", column {at} as the headline")).unwrap_or_default();
                let message = format!("no names of columns; column {} read as the text{headline}", at(Part::Body).unwrap_or(0));
                desk.doubt(DoubtKind::Field, message);
                self.columns = Some(guessed);
                return self.article(cut, desk);
            }
            (Reason::NotAnArticle, "a table without a column for headline or body; name one with --field body=COLUMN".to_string())
        } else {
            self.columns = Some(columns);
            return ControlFlow::Continue(());
        };
        self.refused = true;
        desk.refuse_file(reason, message)
    }

    /// The complaint about a column that the user names and the first row does not have.
    fn missing(&self, desk: &Desk<'_>) -> Option<String> {
        let columns: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let (part, named) = desk.said().fields.iter().find(|(_, named)| !columns.contains(&named.column.as_str()))?;
        let (part, near) = (part.name(), settings::nearest(&named.column, &columns));
        let columns = columns.join("`, `");
        Some(format!("no column `{}` for {part}, named by {}{near}; the columns are `{columns}`", named.column, named.by))
    }

    fn article(&self, row: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let mut sheet = Sheet::default();
        let mut position = row.position;
        let mut at = 0;
        let cells = cells(row.text, self.separator);
        let mut much = None;
        let beyond = cells.iter().skip(self.names.len()).any(|cell| !row.text[cell.range.clone()].trim().is_empty());
        if beyond || cells.len() < self.names.len() {
            let message = format!("a row of {} cells where the table has {} columns", cells.len(), self.names.len());
            desk.doubt(DoubtKind::Markup, message);
        }
        let columns = self.columns.iter().flatten();
        for ((cell, column), name) in cells.into_iter().zip(columns).zip(&self.names) {
            let Some((part, rank)) = column else {
                let is_much = cell.range.len() >= MUCH && row.text[cell.range].contains(' ');
                much = much.or(is_much.then_some(name));
                continue;
            };
            position = position.after(&row.text[at..cell.range.start]);
            at = cell.range.start;
            let cut = Cut { text: &row.text[cell.range], position };
            let value = if cell.quoted { cut.with_doubled_quotes('"') } else { Traced::verbatim(cut.text, position) };
            sheet.offer(*part, *rank, Value::Text(value));
        }
        if let Some(name) = much {
            let message =
                format!("the column `{name}` holds much text and is not read; name what it is with --field text=COLUMN");
            desk.doubt(DoubtKind::Partial, message);
        }
        let galley = sheet.set(desk, &body::IN_FIELDS);
        desk.hand_over(galley)
    }
}

/// What the columns hold of a table without a row of names, by its first row: the longest cell is the text, one of several words before
/// or after it the headline. None where no cell reads like a text.
fn guessed(row: &[String]) -> Option<Vec<Option<(Part, usize)>>> {
    let words = |cell: &String| cell.split_whitespace().count();
    let body = (0..row.len()).max_by_key(|at| row[*at].len()).filter(|at| words(&row[*at]) >= 5 && row[*at].len() >= 30)?;
    let mut others = (0..row.len()).filter(|at| *at != body && words(&row[*at]) >= 2 && row[*at].contains(char::is_alphabetic));
    let headline = others.find(|at| row[*at].len() < 200);
    let part = |at| if at == body { Some((Part::Body, 0)) } else { (Some(at) == headline).then_some((Part::Headline, 0)) };
    Some((0..row.len()).map(part).collect())
}

/// The separator that cuts the first row most often.
fn separator_of(first: &str) -> u8 {
    let times = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(times).unwrap_or(b',')
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
            let end = closing_quote(bytes, at + 1, separator).unwrap_or(bytes.len());
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

/// The quote that closes a field: the one before a separator or the end of the line. A doubled one stands for itself, and so does one
/// that somebody forgot to double.
fn closing_quote(bytes: &[u8], from: usize, separator: u8) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
            continue;
        }
        let after = bytes[at + 1..].iter().find(|byte| **byte != b' ');
        if after.is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n')) {
            return Some(at);
        }
        at += 1;
    }
}

/// Is a quoted field open at the end of `line`, when one is (`open`) or is not at its beginning?
fn leaves_open(line: &str, separator: u8, open: bool) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut quoted = open;
    while at < bytes.len() {
        if quoted || bytes[at] == b'"' {
            match closing_quote(bytes, at + usize::from(!quoted), separator) {
                Some(end) => at = end + 1,
                None => return true,
            }
        }
        quoted = false;
        at = next_separator(bytes, at, separator) + 1;
    }
    quoted
}
