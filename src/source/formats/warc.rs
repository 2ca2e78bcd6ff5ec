//! WARC, the archive of web crawls: the pages among its records.
//!
//! Takes a stream, record by record, and reads each HTML page a server answered with. The date of the crawl is never taken for the
//! date of publication.

use super::html;
use crate::source::desk::desk::Desk;
use crate::source::desk::unread::Reason;
use crate::source::file::decode;
use flate2::read::MultiGzDecoder;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Reads every record of the stream.
pub(crate) fn read(mut reader: BufReader<Box<dyn Read + '_>>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let limit = desk.limits().record;
    loop {
        let header = match header(&mut reader) {
            Ok(Some(header)) => header,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        };
        let length = value(&header, "content-length").and_then(|length| length.parse::<u64>().ok()).unwrap_or(0);
        let mut content = Vec::new();
        let mut record = (&mut reader).take(length);
        let wanted = length <= limit && is_page(&header);
        let read =
            if wanted { record.read_to_end(&mut content).map(|_| 0) } else { std::io::copy(&mut record, &mut std::io::sink()) };
        if let Err(error) = read {
            return desk.refuse_file(Reason::from_error(&error), error.to_string());
        }
        if wanted {
            page(&header, &content, desk)?;
        } else if is_page(&header) {
            desk.refuse(Reason::TooLarge, format!("a record of {} MB", length >> 20))?;
        } else if value(&header, "warc-type") == Some("revisit") {
            desk.refuse(Reason::NotAnArticle, "a revisit: the page is in an earlier record".into())?;
        }
    }
}

/// The lines of a record's header, or `None` at the end of the file.
fn header(reader: &mut BufReader<Box<dyn Read + '_>>) -> std::io::Result<Option<Vec<String>>> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        // Longer lines than this are no header.
        if (&mut *reader).take(64 << 10).read_until(b'\n', &mut line)? == 0 {
            return Ok((!lines.is_empty()).then_some(lines));
        }
        let line = String::from_utf8_lossy(&line).trim().to_string();
        match (line.is_empty(), lines.is_empty()) {
            (true, true) => {}
            (true, false) => return Ok(Some(lines)),
            (false, true) if !line.starts_with("WARC/") => {}
            _ => lines.push(line),
        }
        if lines.len() > 1000 {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "a record header without end"));
        }
    }
}

fn value<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    let named = |line: &&String| line.split_once(':').is_some_and(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    lines.iter().find(named)?.split_once(':').map(|(_, value)| value.trim())
}

fn is_page(header: &[String]) -> bool {
    let kind = value(header, "warc-type").unwrap_or_default();
    let content = value(header, "content-type").unwrap_or_default();
    (kind == "response" && content.contains("http")) || (kind == "resource" && content.contains("html"))
}

fn page(header: &[String], content: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
    let answered = value(header, "content-type").unwrap_or_default().contains("http");
    let (http, body) = if answered { split(content) } else { (Vec::new(), content) };
    let kind = value(&http, "content-type").unwrap_or("text/html");
    let found = http.first().is_none_or(|status| status.contains(" 200"));
    if !kind.contains("html") || !found {
        return desk.refuse(Reason::NotAnArticle, format!("an answer that is no page ({kind})"));
    }
    let chunked = value(&http, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let body = if chunked { unchunked(body) } else { body.to_vec() };
    let packed = body.starts_with(&[0x1f, 0x8b]);
    let limit = desk.limits().record;
    let body = if packed { unpacked(&body, limit) } else { body };
    if body.len() as u64 > limit {
        return desk.refuse(Reason::TooLarge, format!("a page that unpacks to more than {} MB", limit >> 20));
    }
    let charset = kind.split("charset=").nth(1).map(str::to_string).or_else(|| decode::declaration(&body));
    let decoded = decode::declared(&body, charset.as_deref());
    html::read_from(&decoded.text, value(header, "warc-target-uri"), desk)
}

/// The header of an HTTP answer, and its body.
fn split(content: &[u8]) -> (Vec<String>, &[u8]) {
    let end = memchr::memmem::find(content, b"\r\n\r\n").map(|end| (end, end + 4));
    let (end, body) = end.or_else(|| memchr::memmem::find(content, b"\n\n").map(|end| (end, end + 2))).unwrap_or((0, 0));
    let lines = String::from_utf8_lossy(&content[..end]).lines().map(str::to_string).collect();
    (lines, &content[body..])
}

/// The body of an answer sent in chunks; a length that lies ends it.
fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(body.len());
    while let Some(line) = memchr::memchr(b'\n', body) {
        let size = String::from_utf8_lossy(&body[..line]);
        let size = size.trim().split(';').next().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else { break };
        let start = line + 1;
        let end = start.saturating_add(size).min(body.len());
        whole.extend_from_slice(&body[start..end]);
        body = &body[(end + 2).min(body.len())..];
    }
    if whole.is_empty() { body.to_vec() } else { whole }
}

fn unpacked(body: &[u8], limit: u64) -> Vec<u8> {
    let mut whole = Vec::new();
    let _ = MultiGzDecoder::new(body).take(limit + 1).read_to_end(&mut whole);
    whole
}
