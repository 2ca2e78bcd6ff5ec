//! Tells the format of a file: by its content first, by its name second.

use crate::source::desk::format::{Format, packed};
use crate::source::desk::settings::FileSettings;
use std::borrow::Cow;

/// Whether a text begins as a format does.
pub(crate) type Looks = fn(&str) -> bool;

/// The format of a file that begins with `head` and is called `name`. `told_by_text` are the formats that only their readers know.
pub(crate) fn format(head: &[u8], name: &str, said: &FileSettings, told_by_text: &[(Looks, Format)]) -> Format {
    if let Some(packed) = packed(head) {
        return packed;
    }
    if let Some(format) = said.format {
        return format;
    }
    // Records of a web archive may be packed as they were sent.
    if head.trim_ascii_start().starts_with(b"WARC/") {
        return Format::Warc;
    }
    if head.starts_with(b"filedesc://") {
        return Format::Arc;
    }
    if head.trim_ascii_start().starts_with(b"{\\rtf") {
        return Format::Rtf;
    }
    // Something may stand before it: readers look for it in the first kilobyte.
    if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some_and(|at| at == 0 || binary(head).is_some()) {
        return Format::Pdf;
    }
    if let Some(what) = binary(head) {
        return Format::Binary(what);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = &start[..start.len().min(4096)];
    let start = match std::str::from_utf8(start) {
        Ok(start) => Cow::Borrowed(start),
        Err(_) => String::from_utf8_lossy(start),
    };
    let text = start.trim_start();
    match text.as_bytes().first() {
        Some(b'<') => marked_up(text),
        Some(b'{') if told_by_text.iter().any(|(looks, format)| *format == Format::Har && looks(text)) => Format::Har,
        Some(b'{' | b'[') => json(text, head).unwrap_or(Format::Text),
        Some(b'*') if text.starts_with("*TEXT ") => Format::Smart,
        _ => told_by_text.iter().find(|(looks, _)| looks(text)).map_or_else(|| plain(text, name, said), |(_, format)| *format),
    }
}

/// What has no mark of its own: Markdown, a table, or text.
fn plain(text: &str, name: &str, said: &FileSettings) -> Format {
    if is_markdown(text, name) {
        Format::Markdown
    } else if is_csv(text, name, said) {
        Format::Csv
    } else {
        Format::Text
    }
}

fn marked_up(text: &str) -> Format {
    let has = |name: &str| text.lines().any(|line| line.trim_start().starts_with(name));
    if has("<REUTERS ") {
        return Format::ReutersSgml;
    }
    // Exports of LexisNexis as pages have such records in comments.
    let is_page = |start: &str| start.to_ascii_lowercase().contains("<html");
    let record = text.find("<DOC>").into_iter().chain(text.find("<DOC ")).min();
    if (has("<DOC>") || has("<DOC ")) && !record.is_some_and(|at| is_page(&text[..at])) {
        return Format::TrecSgml;
    }
    match root(text) {
        "rss" | "feed" | "RDF" | "urlset" => return Format::Feed,
        "nitf" => return Format::Nitf,
        "newsMessage" | "newsItem" | "packageItem" | "conceptItem" | "knowledgeItem" | "NewsML" => return Format::NewsMl,
        "newsitem" | "Record" => return Format::StoryXml,
        "alto" => return Format::Alto,
        "mets" => return Format::Mets,
        root if text.starts_with("<?xml") && !root.eq_ignore_ascii_case("html") => return Format::StoryXml,
        _ => {}
    }
    let lower = text.to_ascii_lowercase();
    // Something stands before the root that belongs to nothing.
    if !lower.contains("<html") && !lower.contains("<!doctype html") {
        for (root, format) in
            [("<rss", Format::Feed), ("<feed", Format::Feed), ("<nitf", Format::Nitf), ("<newsmessage", Format::NewsMl)]
        {
            if lower.contains(root) {
                return format;
            }
        }
    }
    if ["<html", "<!doctype html", "<head", "<body", "<meta", "<div", "<article", "<p>", "<title"]
        .iter()
        .any(|tag| lower.contains(tag))
    {
        return Format::Html;
    }
    Format::Text
}

/// The name of the first element, without its prefix.
fn root(text: &str) -> &str {
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if rest.starts_with('?') {
            rest = rest.find("?>").map_or(rest, |end| &rest[end + 2..]);
        } else if rest.starts_with("!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
        } else if rest.starts_with(char::is_alphabetic) {
            let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
            return name.rsplit(':').next().unwrap_or_default();
        }
    }
    ""
}

/// JSON Lines when the first line is a whole object and another follows; else one JSON text.
fn json(text: &str, head: &[u8]) -> Option<Format> {
    let second = text.trim_start_matches(['[', '{']).trim_start().chars().next();
    if !matches!(second, Some('"' | '{' | '}' | ']' | '[')) {
        return None;
    }
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let whole = lines.next().is_some_and(|line| line.starts_with(b"{") && (line.ends_with(b"}") || line.len() > 60_000));
    let more = lines.next().is_none_or(|line| line.starts_with(b"{"));
    Some(if text.starts_with('{') && whole && more { Format::JsonLines } else { Format::Json })
}

/// Front matter, or the name of a Markdown file.
fn is_markdown(text: &str, name: &str) -> bool {
    let front = ["---", "+++"].iter().any(|fence| {
        let rest = text.strip_prefix(fence).map(|rest| rest.trim_start_matches('\r'));
        rest.is_some_and(|rest| {
            rest.starts_with('\n')
                && rest.contains(&format!("\n{fence}"))
                && rest.lines().nth(1).is_some_and(|line| line.contains([':', '=']))
        })
    });
    let lower = name.to_ascii_lowercase();
    front || [".md", ".markdown"].iter().any(|end| lower.ends_with(end))
}

/// A first line of names, among them one of a story's parts.
fn is_csv(text: &str, name: &str, said: &FileSettings) -> bool {
    if said.delimiter.is_some() {
        return true;
    }
    let first = text.lines().find(|line| !is_separator_line(line)).unwrap_or_default();
    let named = [".csv", ".tsv", ".tab"].iter().any(|end| name.to_ascii_lowercase().trim_end_matches(".gz").ends_with(end));
    let columns: Vec<&str> = first.split([',', '\t', ';', '|']).map(|column| column.trim().trim_matches('"')).collect();
    // A table may begin without names, with its first row.
    if named && columns.len() > 1 && [",\"", ";\"", "\t\""].iter().any(|opening| first.contains(opening)) {
        return true;
    }
    if columns.len() < 2 || columns.iter().any(|column| column.len() > 40) {
        return false;
    }
    let known = columns.iter().filter(|column| said.part(column).is_some()).count();
    // A story may begin with two words and a comma; a table without a name to tell it has a column for the story.
    named || (known >= 2 && columns.iter().any(|column| said.is_story(column)))
}

/// `sep=;`, the first line of tables for spreadsheets.
pub(crate) fn is_separator_line(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim_end();
    line.len() == 5 && line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="))
}

/// First bytes of files that are no text, and what to call them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
];

fn binary(head: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Some(what);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(old_office(head));
    }
    let head = &head[..head.len().min(8192)];
    if encoding_rs::Encoding::for_bom(head).is_some() {
        return None;
    }
    // Nearly every file ends here: text has no control characters but tabs and line ends.
    let plain = |byte: u8| byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r');
    if head.iter().fold(true, |all, byte| all & plain(*byte)) {
        return None;
    }
    let controls = count(head, |byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0));
    let zeros = count(head, |byte| byte == 0);
    let odd_zeros = if zeros == 0 { 0 } else { head.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count() };
    let utf16 = zeros * 5 > head.len() * 2 && (odd_zeros * 20 > zeros * 19 || odd_zeros * 20 < zeros) && controls == 0;
    // Of bytes drawn at random a tenth are such characters; old text that is not UTF-8 has next to none.
    let most = if is_utf8(head) { head.len() / 10 } else { head.len() / 50 };
    if zeros > 0 && !utf16 && zeros * 50 > head.len() || controls > most {
        return Some("unknown bytes");
    }
    None
}

/// What the streams of an old Office file, whose names are in UTF-16, say that it is.
fn old_office(head: &[u8]) -> &'static str {
    const STREAMS: &[(&str, &str)] = &[
        ("WordDocument", "an old Word file, .doc (save it as DOCX or text)"),
        ("Workbook", "an old Excel file, .xls (save it as CSV)"),
        ("Book", "an old Excel file, .xls (save it as CSV)"),
        ("PowerPoint Document", "an old PowerPoint file, .ppt (save it as text)"),
        ("__properties_version1.0", "a mail of Outlook, .msg (save it as .eml)"),
    ];
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(head, &wide).is_some()
    };
    STREAMS.iter().find(|(name, _)| has(name)).map_or("an old Office file (save it as DOCX or text)", |(_, what)| what)
}

/// True for UTF-8, be it cut within a character.
fn is_utf8(head: &[u8]) -> bool {
    std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn count(bytes: &[u8], what: impl Fn(u8) -> bool) -> usize {
    bytes.iter().map(|byte| usize::from(what(*byte))).sum()
}
