//! The parts of a mail: headers, encoded words, and bodies in quoted-printable or base64.
//!
//! Ours and not mail-parser's: that tells where headers and parts begin, but gives a quoted-printable body decoded, with no way back from
//! a character to its place in the file (100 bytes of 114 in `tests/formats/mail/alert.eml`); with the decoder kept here for its places, it
//! would read every body a second time to spare us 70 lines. Its version 1.0 wants Rust 1.98, too.

use crate::source::desk::cut::Cut;
use crate::source::desk::traced::{Position, Traced};
use encoding_rs::{Encoding, UTF_8};

/// A mail, or a part of one.
pub(crate) struct MailPart<'a> {
    headers: Vec<(&'a str, Cut<'a>)>,
    body: Cut<'a>,
}

impl<'a> MailPart<'a> {
    /// Parts the headers from the body.
    pub fn new(cut: Cut<'a>) -> MailPart<'a> {
        let mut headers: Vec<(&str, Cut<'a>)> = Vec::new();
        let mut at = 0;
        let mut last: Option<(&'a str, usize, usize)> = None;
        let close = |headers: &mut Vec<(&'a str, Cut<'a>)>, last: Option<(&'a str, usize, usize)>| {
            if let Some((name, from, to)) = last {
                headers.push((name, cut.of_slice(cut.text[from..to].trim())));
            }
        };
        for line in cut.text.split_inclusive('\n') {
            let end = at + line.len();
            if line.trim().is_empty() {
                at = end;
                break;
            }
            // No header has such a line: the blank one above the text is missing.
            let is_envelope = line.trim_start_matches('>').starts_with("From ");
            if !line.starts_with([' ', '\t']) && !is_header(line) && !is_envelope {
                break;
            }
            if line.starts_with([' ', '\t']) {
                last = last.map(|(name, from, _)| (name, from, end));
            } else {
                close(&mut headers, last.take());
                last = line.split_once(':').map(|(name, _)| (name, at + name.len() + 1, end));
            }
            at = end;
        }
        close(&mut headers, last);
        MailPart { headers, body: cut.part(at..cut.text.len()) }
    }

    /// The value of a header, as it stands.
    pub fn header(&self, name: &str) -> Option<Cut<'a>> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    fn says(&self, header: &str, what: &str) -> bool {
        self.header(header).is_some_and(|value| value.text.to_ascii_lowercase().contains(what))
    }

    /// The text of the mail: its text part, or else its HTML part.
    pub fn body(&self, depth: usize) -> Option<Traced<'static>> {
        if self.says("content-disposition", "attachment") || depth == 0 {
            return None;
        }
        let kind = self.header("content-type").map_or("text/plain", |kind| kind.text);
        let lower = kind.to_ascii_lowercase();
        if lower.starts_with("multipart/") {
            let parts = self.parts(parameter(kind, "boundary")?);
            let plain =
                parts.iter().filter(|part| part.header("content-type").is_none() || part.says("content-type", "text/plain"));
            return plain.chain(parts.iter()).find_map(|part| part.body(depth - 1));
        }
        lower.starts_with("text/").then(|| self.decoded(parameter(kind, "charset").unwrap_or("utf-8")))
    }

    /// The page of a mail that is a page saved by a browser (MHTML), and where it was fetched: its date is the day it was saved.
    pub fn saved_page(&self) -> Option<(Traced<'static>, Option<&'a str>)> {
        let kind = self.header("content-type").filter(|kind| kind.text.to_ascii_lowercase().starts_with("multipart/related"))?;
        let page =
            self.parts(parameter(kind.text, "boundary")?).into_iter().find(|part| part.says("content-type", "text/html"))?;
        let saved = self.header("snapshot-content-location").or_else(|| page.header("content-location"));
        let by_browser = self.says("from", "saved by")
            || self.says("x-mimeole", "mhtml")
            || self.header("snapshot-content-location").is_some();
        // A letter was sent to somebody.
        let is_page = by_browser || (saved.is_some() && self.header("to").is_none() && self.header("received").is_none());
        let charset =
            page.header("content-type").and_then(|kind| parameter(kind.text, "charset")).or_else(|| within(page.body.text));
        is_page.then(|| (page.decoded(charset.unwrap_or("utf-8")), saved.map(|saved| saved.text)))
    }

    fn parts(&self, boundary: &str) -> Vec<MailPart<'a>> {
        let fence = format!("--{boundary}");
        let mut parts = Vec::new();
        let mut from = None;
        let mut at = 0;
        let mut steps = self.body.in_steps();
        for line in self.body.text.split_inclusive('\n') {
            if line.starts_with(&fence) {
                if let Some(from) = from {
                    parts.push(MailPart::new(steps.part(from..at)));
                }
                from = Some(at + line.len());
            }
            at += line.len();
        }
        parts
    }

    fn decoded(&self, charset: &str) -> Traced<'static> {
        let mut traced = Traced::empty();
        if self.says("content-transfer-encoding", "quoted-printable") {
            quoted_printable(self.body, charset, &mut traced);
        } else if self.says("content-transfer-encoding", "base64") {
            traced.push_decoded(&in_charset(&base64(self.body.text), charset), self.body.position, 0);
        } else {
            traced.push(self.body.text, self.body.position);
        }
        traced
    }
}

/// The encoding that a page names, itself in quoted-printable or not: `charset=3D"utf-8"`.
fn within(page: &str) -> Option<&str> {
    let label = page[page.find("charset=")? + 8..].trim_start_matches("3D").trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    (end > 0).then(|| &label[..end])
}

/// `Subject: ...`
fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
}

/// `boundary` of `multipart/mixed; boundary="x"`.
fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let at = value.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
    let rest = value.get(at..)?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([';', ' ', '\r', '\n']).next(),
    }
}

fn in_charset(bytes: &[u8], charset: &str) -> String {
    let encoding = Encoding::for_label(charset.trim().as_bytes()).unwrap_or(UTF_8);
    encoding.decode(bytes).0.into_owned()
}

/// `=E2=80=99` and soft line breaks, decoded and traced.
fn quoted_printable(cut: Cut<'_>, charset: &str, traced: &mut Traced<'_>) {
    let mut position = cut.position;
    let mut rest = cut.text;
    while let Some(found) = rest.find('=') {
        traced.push(&rest[..found], position);
        position = position.after(&rest[..found]);
        rest = &rest[found..];
        let mut bytes = Vec::new();
        let mut length = 0;
        while let Some(byte) =
            rest.get(length..length + 3).and_then(|code| code.strip_prefix('=')).and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            bytes.push(byte);
            length += 3;
        }
        let soft = if rest[1..].starts_with("\r\n") {
            3
        } else if rest[1..].starts_with('\n') {
            2
        } else {
            1
        };
        if bytes.is_empty() {
            if soft == 1 {
                traced.push("=", position);
            }
            position = position.after(&rest[..soft]);
            rest = &rest[soft..];
            continue;
        }
        push_bytes(&bytes, charset, position, traced);
        position.file += length;
        rest = &rest[length..];
    }
    traced.push(rest, position);
}

fn push_bytes(bytes: &[u8], charset: &str, mut position: Position, traced: &mut Traced<'_>) {
    let text = in_charset(bytes, charset);
    for c in text.chars() {
        let width = if text.len() == bytes.len() { c.len_utf8() * 3 } else { 3 };
        traced.push_decoded(c.encode_utf8(&mut [0; 4]), position, width);
        position.file += width;
    }
}

pub(crate) fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut bits, mut held) = (0u32, 0);
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for six in text.bytes().filter_map(value) {
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

/// A header with its encoded words (`=?utf-8?Q?...?=`) decoded and its line breaks gone.
pub(crate) fn words(header: &str) -> String {
    let mut out = String::new();
    let mut rest = header;
    while let Some(start) = rest.find("=?") {
        let mut parts = rest[start + 2..].splitn(4, '?');
        let (Some(charset), Some(coding), Some(text), Some(tail)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            break;
        };
        let Some(tail) = tail.strip_prefix('=') else { break };
        // White space between two encoded words is not there.
        if !rest[..start].trim().is_empty() || out.is_empty() {
            out.push_str(&rest[..start]);
        }
        let mut traced = Traced::empty();
        match coding {
            "B" | "b" => out.push_str(&in_charset(&base64(text), charset)),
            _ => {
                let spaced = text.replace('_', " ");
                quoted_printable(Cut { text: &spaced, position: Position::start() }, charset, &mut traced);
                out.push_str(&traced.text);
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out.split(['\r', '\n', '\t']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_string()
}
