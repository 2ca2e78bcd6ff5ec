//! What a web server answered: the page in it, unpacked and decoded, whichever archive of the web has kept it.

use super::html;
use crate::source::desk::desk::Desk;
use crate::source::desk::unread::{DoubtKind, Reason};
use crate::source::file::decode;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;
use std::ops::ControlFlow;

/// Reads the page in a whole answer, header and body, from `address`.
pub(crate) fn read(address: Option<&str>, content: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
    let (http, body) = split(content);
    if let Some(status) = http.first().filter(|status| !status.contains(" 200")) {
        let status: String = status.chars().take(60).collect();
        return desk.refuse(Reason::NotAnArticle, format!("an answer without a page ({status})"));
    }
    let chunked = value(&http, "transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let body = if chunked { unchunked(body) } else { body.to_vec() };
    page(address, &http, body, desk)
}

/// Reads a page that was sent with this header; without one it is taken for HTML.
pub(crate) fn page(address: Option<&str>, http: &[String], body: Vec<u8>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let kind = value(http, "content-type").unwrap_or("text/html");
    if !kind.contains("html") {
        return not_a_page(http, desk);
    }
    let limit = desk.limits().record;
    let coding = value(http, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let was_sent = !body.is_empty();
    let body = plain(&coding, body, limit);
    if body.is_empty() && was_sent {
        return desk.refuse(Reason::Broken, format!("a page packed as `{coding}` that cannot be unpacked"));
    }
    if body.len() as u64 > limit {
        return desk.refuse(Reason::TooLarge, format!("a page that unpacks to more than {} MB", limit >> 20));
    }
    let charset = kind.split("charset=").nth(1).map(str::to_string).or_else(|| decode::declaration(&body));
    let decoded = decode::declared(&body, charset.as_deref());
    if let Some(note) = decoded.note {
        desk.doubt(DoubtKind::Bytes, note.into_owned());
    }
    html::read_from(&decoded.text, address, desk)
}

fn not_a_page(http: &[String], desk: &mut Desk<'_>) -> ControlFlow<()> {
    let kind = value(http, "content-type").unwrap_or("text/html");
    desk.refuse(Reason::NotAnArticle, format!("an answer that is no page ({kind})"))
}

/// The value of a header's line of this name.
pub(crate) fn value<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    let named = |line: &&String| line.split_once(':').is_some_and(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    lines.iter().find(named)?.split_once(':').map(|(_, value)| value.trim())
}

/// The body as it was before the server packed it; with a byte more than `limit` at the most, of what is packed.
fn plain(coding: &str, body: Vec<u8>, limit: u64) -> Vec<u8> {
    // Many archives keep the header of an answer and not the packing.
    let is_plain = body.trim_ascii_start().starts_with(b"<");
    let frame = [0x28, 0xb5, 0x2f, 0xfd];
    match coding {
        _ if body.starts_with(&[0x1f, 0x8b]) => unpacked(MultiGzDecoder::new(&body[..]), limit),
        "deflate" if !is_plain => inflated(&body, limit),
        "br" if !is_plain => unpacked(brotli_decompressor::Decompressor::new(&body[..], 4096), limit),
        "zstd" if body.starts_with(&frame) => {
            ruzstd::decoding::StreamingDecoder::new(&body[..]).map_or_else(|_| Vec::new(), |packed| unpacked(packed, limit))
        }
        _ => body,
    }
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

fn unpacked(packed: impl Read, limit: u64) -> Vec<u8> {
    let mut whole = Vec::new();
    let _ = packed.take(limit + 1).read_to_end(&mut whole);
    whole
}

/// `deflate` as the standard has it, or without the frame that some servers leave out, or not packed at all any more.
fn inflated(body: &[u8], limit: u64) -> Vec<u8> {
    let framed = unpacked(ZlibDecoder::new(body), limit);
    let bare = || unpacked(DeflateDecoder::new(body), limit);
    [framed, bare()].into_iter().find(|whole| !whole.is_empty()).unwrap_or_else(|| body.to_vec())
}
