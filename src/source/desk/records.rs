//! Takes a stream apart into lines, one at a time, whatever the size of the whole.
//!
//! Gives each line decoded, with its place in the decoded file. A line over the limit is passed over without being kept.

use super::cut::Cut;
use super::desk::Desk;
use super::traced::{Position, characters};
use super::unread::{DoubtKind, Reason};
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// A stream being read line by line.
pub(crate) struct Lines<'a> {
    reader: BufReader<Box<dyn Read + 'a>>,
    /// Where the next line begins.
    position: Position,
    limit: u64,
    buffer: Vec<u8>,
    started: bool,
}

/// One line of the stream, with its line end.
pub(crate) enum Line<'a> {
    /// The line and where it begins.
    Read(Cow<'a, str>, Position),
    /// A line longer than the limit: its length in bytes.
    TooLong(u64),
}

impl<'a> Lines<'a> {
    pub fn new(reader: BufReader<Box<dyn Read + 'a>>, limit: u64) -> Lines<'a> {
        Lines { reader, position: Position::start(), limit, buffer: Vec::new(), started: false }
    }

    /// The next line, or `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        let read = self.read_line()? as u64;
        if read == 0 {
            return Ok(None);
        }
        if read > self.limit && !self.buffer.ends_with(b"\n") {
            return self.pass_over(read).map(Some);
        }
        if !std::mem::replace(&mut self.started, true) && self.buffer.starts_with(b"\xef\xbb\xbf") {
            self.buffer.drain(..3);
        }
        let text = decoded(&self.buffer);
        let position = self.position;
        self.position =
            Position { file: position.file + characters(&text), line: position.line + usize::from(text.ends_with('\n')) };
        Ok(Some(Line::Read(text, position)))
    }

    /// Fills the buffer to the next line end, and says with how many bytes; with at most one over the limit.
    fn read_line(&mut self) -> io::Result<usize> {
        loop {
            let room = (self.limit + 1) as usize - self.buffer.len();
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => &chunk[..chunk.len().min(room)],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', chunk);
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.buffer.extend_from_slice(&chunk[..used]);
            self.reader.consume(used);
            if end.is_some() || used == 0 {
                return Ok(self.buffer.len());
            }
        }
    }

    /// Reads on to the end of a line that is too long, counting its characters (begun ones of UTF-8) and keeping nothing.
    fn pass_over(&mut self, read: u64) -> io::Result<Line<'_>> {
        let begun = |bytes: &[u8]| bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count();
        let mut length = read;
        self.position.file += begun(&self.buffer);
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', chunk);
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.position.file += begun(&chunk[..used]);
            length += used as u64;
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        self.position.line += 1;
        Ok(Line::TooLong(length))
    }
}

/// UTF-8, and Windows-1252 for a line that is not.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Collects the lines of one record.
#[derive(Default)]
struct Gathered {
    /// The lines, with their ends.
    text: String,
    /// Where the first begins.
    position: Position,
    /// More than the limit was offered; the rest is lost.
    too_large: bool,
}

impl Gathered {
    /// Adds a line, unless the record grows over `limit`.
    fn add(&mut self, line: &str, position: Position, limit: u64) {
        if self.text.is_empty() {
            self.position = position;
        }
        if (self.text.len() + line.len()) as u64 > limit {
            self.too_large = true;
        } else {
            self.text.push_str(line);
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.too_large
    }
}

/// What a line is to the record it stands in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    /// A record begins with it.
    pub opens: bool,
    /// The record ends with it.
    pub closes: bool,
}

/// What is done with lines that stand in no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outside {
    /// They are passed over, and the report says so.
    Noted,
    /// The first with words in it opens a record.
    ARecord,
    /// They belong to the record after them.
    Prelude,
}

/// Gathers the lines of each record, as `mark` tells them apart, and passes each record to `finish`.
pub(crate) fn each_record(
    mut lines: Lines<'_>,
    desk: &mut Desk<'_>,
    mark: fn(&str) -> Mark,
    outside: Outside,
    finish: fn(Cut<'_>, &mut Desk<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let limit = desk.limits().record;
    let mut record = Gathered::default();
    let mut loose = Loose::default();
    let mut is_prelude = false;
    let done = |record: &mut Gathered, desk: &mut Desk<'_>| {
        let record = std::mem::take(record);
        if record.is_empty() {
            return ControlFlow::Continue(());
        }
        if record.too_large {
            return desk.refuse(Reason::TooLarge, format!("a record larger than {} MB", limit >> 20));
        }
        finish(Cut { text: &record.text, position: record.position }, desk)
    };
    loop {
        let (line, position) = match lines.next() {
            Ok(Some(Line::Read(line, position))) => (line, position),
            Ok(Some(Line::TooLong(_))) => {
                record.too_large = true;
                continue;
            }
            Ok(None) => {
                done(&mut record, desk)?;
                loose.note(desk);
                return ControlFlow::Continue(());
            }
            Err(error) => {
                done(&mut record, desk)?;
                loose.note(desk);
                return desk.refuse_file(Reason::from_error(&error), error.to_string());
            }
        };
        let mark = mark(&line);
        let begins = outside != Outside::Noted && record.is_empty() && !mark.closes && has_words(&line);
        let opens = mark.opens || begins;
        if mark.opens && !(is_prelude && outside == Outside::Prelude) {
            done(&mut record, desk)?;
        }
        is_prelude = !mark.opens && (begins || is_prelude);
        if opens || !record.is_empty() {
            record.add(&line, position, limit);
        } else {
            loose.add(&line, position);
        }
        if mark.closes {
            done(&mut record, desk)?;
        }
    }
}

/// The lines that stand in no record.
#[derive(Default)]
struct Loose {
    lines: usize,
    /// The first of them, and what it says.
    first: Option<(usize, String)>,
}

impl Loose {
    fn add(&mut self, line: &str, position: Position) {
        if has_words(line) {
            self.lines += 1;
            self.first.get_or_insert_with(|| (position.line, line.trim().chars().take(40).collect()));
        }
    }

    fn note(self, desk: &mut Desk<'_>) {
        if let Some((line, words)) = self.first {
            let message =
                format!("{} lines stand in no record and were not read, the first is line {line}: `{words}`", self.lines);
            desk.doubt(DoubtKind::Partial, message);
        }
    }
}

/// Has the line words in it, markup aside?
fn has_words(line: &str) -> bool {
    let mut in_tag = false;
    line.chars().any(|c| {
        in_tag = if in_tag { c != '>' } else { c == '<' };
        !in_tag && c.is_alphanumeric()
    })
}
