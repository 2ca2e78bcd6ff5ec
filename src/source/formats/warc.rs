//! WARC, the archive of web crawls: the pages among its records.
//!
//! Takes a stream, record by record, and reads each HTML page a server answered with. The date of the crawl is never taken for the
//! date of publication.

use super::answer::{self, value};
use crate::source::desk::desk::Desk;
use crate::source::desk::unread::{DoubtKind, Reason};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

/// Reads every record of the stream.
pub(crate) fn read(reader: BufReader<Box<dyn Read + '_>>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let limit = desk.limits().record;
    let mut stream = Stream { held: Cursor::default(), reader, passed: 0 };
    loop {
        let header = match header(&mut stream) {
            Ok(header) => header,
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        };
        if stream.passed > 0 {
            let message = format!("{} bytes behind a record that is longer than it says were not read", stream.passed);
            desk.doubt(DoubtKind::Partial, message);
            stream.passed = 0;
        }
        let Some(header) = header else { return ControlFlow::Continue(()) };
        let kind = value(&header, "warc-type").unwrap_or_default();
        let Some(length) = value(&header, "content-length").and_then(|length| length.parse::<u64>().ok()) else {
            desk.refuse(Reason::Broken, format!("a record `{kind}` without a length"))?;
            continue;
        };
        let mut content = Vec::new();
        // One byte more than wanted: whether the next record begins there tells if the length is true.
        let kept = length.min(limit + 1);
        let read = (&mut stream).take(kept).read_to_end(&mut content);
        let read = read.and_then(|_| {
            if length > kept { std::io::copy(&mut (&mut stream).take(length - kept), &mut std::io::sink()) } else { Ok(0) }
        });
        if let Err(error) = read {
            return desk.refuse_file(Reason::from_error(&error), error.to_string());
        }
        let fits = match stream.at_boundary() {
            Ok(fits) => fits,
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        };
        // A length that is too long has swallowed the records behind it.
        if (!fits || (content.len() as u64) < kept)
            && let Some(end) = next_record(&content)
        {
            stream.hold(content.split_off(end));
            desk.doubt(DoubtKind::Partial, format!("a record `{kind}` says that it is longer than it is"));
        } else if (content.len() as u64) < kept {
            desk.doubt(DoubtKind::Partial, "the file ends within a record".into());
        }
        if length <= limit && is_page(&header) {
            page(&header, &content, desk)?;
        } else if is_page(&header) {
            desk.refuse(Reason::TooLarge, format!("a record of {} MB", length >> 20))?;
        } else if kind == "revisit" {
            desk.refuse(Reason::NotAnArticle, "a revisit: the page is in an earlier record".into())?;
        } else if !matches!(kind, "warcinfo" | "request" | "metadata") && value(&header, "content-type") != Some("text/dns") {
            let content = value(&header, "content-type").unwrap_or("no type");
            desk.refuse(Reason::NotAnArticle, format!("a record `{kind}` that is no page ({content})"))?;
        }
    }
}

/// The stream, and what was read of it too early.
struct Stream<'a> {
    held: Cursor<Vec<u8>>,
    reader: BufReader<Box<dyn Read + 'a>>,
    /// Bytes passed over in search of a record.
    passed: u64,
}

impl Stream<'_> {
    /// Reads `bytes` again, before everything else.
    fn hold(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(&self.held.get_ref()[self.held.position() as usize..]);
        self.held = Cursor::new(bytes);
    }

    /// Is the end here, or the blank lines before the next record?
    fn at_boundary(&mut self) -> std::io::Result<bool> {
        let mut blank = Vec::new();
        (&mut *self).take(9).read_to_end(&mut blank)?;
        let at_end = blank.len() < 9;
        let fits = blank.trim_ascii_start().is_empty()
            || blank.trim_ascii_start().starts_with(b"WARC/")
            || (at_end && blank.trim_ascii_start().is_empty());
        self.hold(blank);
        Ok(fits)
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self.held.read(into)? {
            0 => self.reader.read(into),
            length => Ok(length),
        }
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.held.position() < self.held.get_ref().len() as u64 { self.held.fill_buf() } else { self.reader.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if self.held.position() < self.held.get_ref().len() as u64 {
            self.held.consume(amount)
        } else {
            self.reader.consume(amount)
        }
    }
}

/// Where in the content of a record the next one begins.
fn next_record(content: &[u8]) -> Option<usize> {
    let starts = memchr::memmem::find_iter(content, b"\nWARC/").map(|at| at + 1);
    starts.into_iter().find(|at| {
        let head = &content[*at..content.len().min(at + 2000)];
        memchr::memmem::find(head, b"WARC-Type:").is_some() || memchr::memmem::find(head, b"warc-type:").is_some()
    })
}

/// The lines of a record's header, or `None` at the end of the file.
fn header(reader: &mut Stream<'_>) -> std::io::Result<Option<Vec<String>>> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        // Longer lines than this are no header.
        let length = (&mut *reader).take(64 << 10).read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok((!lines.is_empty()).then_some(lines));
        }
        let line = String::from_utf8_lossy(&line).trim().to_string();
        match (line.is_empty(), lines.is_empty()) {
            (true, true) => {}
            (true, false) => return Ok(Some(lines)),
            (false, true) if !line.starts_with("WARC/") => reader.passed += length as u64,
            _ => lines.push(line),
        }
        if lines.len() > 1000 {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "a record header without end"));
        }
    }
}

fn is_page(header: &[String]) -> bool {
    let kind = value(header, "warc-type").unwrap_or_default();
    let content = value(header, "content-type").unwrap_or_default();
    (kind == "response" && content.contains("http")) || (kind == "resource" && content.contains("html"))
}

fn page(header: &[String], content: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
    let address = value(header, "warc-target-uri");
    if value(header, "content-type").unwrap_or_default().contains("http") {
        answer::read(address, content, desk)
    } else {
        answer::page(address, &[], content.to_vec(), desk)
    }
}
