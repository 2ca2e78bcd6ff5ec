//! ARC, the archive of web crawls before WARC: the pages among its records.
//!
//! A record is a line (address, where from, day of the crawl, type, length) and so many bytes. The day of the crawl is never taken for
//! the date of publication.

use super::answer;
use crate::source::desk::desk::Desk;
use crate::source::desk::unread::{DoubtKind, Reason};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// The longest line that begins a record: addresses have no end, but no server takes longer ones.
const LONGEST: u64 = 64 << 10;

/// Reads every record of the stream.
pub(crate) fn read(mut reader: BufReader<Box<dyn Read + '_>>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut passed = 0;
    loop {
        match next(&mut reader, desk.limits().record, &mut passed) {
            Ok(Some(record)) => one(&record, desk)?,
            Ok(None) => break,
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        }
    }
    if passed > 0 {
        desk.doubt(DoubtKind::Partial, format!("{passed} bytes that stand in no record were not read"));
    }
    ControlFlow::Continue(())
}

struct Record {
    address: String,
    kind: String,
    length: u64,
    content: Vec<u8>,
}

/// The next record, its content up to `limit`; lines that begin none are counted as passed.
fn next(reader: &mut BufReader<Box<dyn Read + '_>>, limit: u64, passed: &mut u64) -> io::Result<Option<Record>> {
    loop {
        let mut line = Vec::new();
        let read = (&mut *reader).take(LONGEST).read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let Some((address, kind, length)) = begun(line.trim()) else {
            *passed += if line.trim().is_empty() { 0 } else { read };
            continue;
        };
        let (address, kind) = (address.to_string(), kind.to_string());
        let mut content = Vec::new();
        let kept = length.min(limit + 1);
        (&mut *reader).take(kept).read_to_end(&mut content)?;
        io::copy(&mut (&mut *reader).take(length - kept), &mut io::sink())?;
        return Ok(Some(Record { address, kind, length, content }));
    }
}

/// Address, type and length in the line that begins a record: five fields, or ten in the second version of the format.
fn begun(line: &str) -> Option<(&str, &str, u64)> {
    let fields: Vec<&str> = line.split(' ').collect();
    if !matches!(fields.len(), 5 | 10) || !fields[0].contains(':') || !fields[2].bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((fields[0], fields[3], fields[fields.len() - 1].parse().ok()?))
}

fn one(record: &Record, desk: &mut Desk<'_>) -> ControlFlow<()> {
    if record.address.starts_with("filedesc:") || record.kind == "text/dns" {
        return ControlFlow::Continue(());
    }
    if record.length > desk.limits().record {
        return desk.refuse(Reason::TooLarge, format!("a record of {} MB", record.length >> 20));
    }
    if (record.content.len() as u64) < record.length {
        desk.doubt(DoubtKind::Partial, "the file ends within a record".into());
    }
    if !record.kind.contains("html") {
        return desk.refuse(Reason::NotAnArticle, format!("a record that is no page ({})", record.kind));
    }
    answer::read(Some(&record.address), &record.content, desk)
}
