//! BibTeX: `@article{key, title = {...}, abstract = {...}}`.

use super::Facts;
use crate::source::desk::cut::{Cut, Steps};
use crate::source::desk::desk::Desk;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::{DoubtKind, Reason};
use crate::source::formats::clipping::Clipping;
use std::ops::{ControlFlow, Range};

/// Does a file look like BibTeX?
pub(crate) fn is(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('%'));
    lines.next().is_some_and(|line| kind(line).is_some())
}

/// `article` in `@article{key,`.
fn kind(line: &str) -> Option<&str> {
    let (kind, _) = line.trim_start().strip_prefix('@')?.split_once('{')?;
    let kind = kind.trim_end();
    (!kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(kind)
}

/// Reads every record of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: kind(line).is_some(), closes: false };
    records::each_record(lines, desk, mark, Outside::Noted, record)
}

fn record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let kind = kind(record.text).unwrap_or_default();
    if ["comment", "string", "preamble"].iter().any(|other| kind.eq_ignore_ascii_case(other)) {
        return desk.refuse(Reason::NotAnArticle, format!("`@{kind}` of BibTeX, not an article"));
    }
    let mut steps = record.in_steps();
    let mut whole = Traced::empty();
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    for (name, value) in fields(record.text) {
        let begin = whole.text.len();
        push_plain(record.text, value, &mut steps, &mut whole);
        found.push((name, begin..whole.text.len()));
    }
    if ["title", "abstract"].iter().any(|name| found.iter().filter(|field| field.0 == *name).count() > 1) {
        desk.doubt(DoubtKind::Markup, "a record with two titles or abstracts; the first were read".into());
    }
    let first = |names: &[&str]| {
        let is = |field: &&(String, Range<usize>), name: &str| field.0 == name && !whole.text[field.1.clone()].trim().is_empty();
        names.iter().find_map(|name| found.iter().find(|field| is(field, name))).map(|field| field.1.clone())
    };
    let words = |name: &str| first(&[name]).map(|bytes| whole.text[bytes].trim().to_string());
    let number = |name: &str| words(name).and_then(|words| words.parse::<u8>().ok());
    let date = words("date").or_else(|| {
        if let (Some(year), Some(month)) = (words("year"), number("month")) {
            return Some(number("day").map_or(format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:02}")));
        }
        let day = words("day").map(|day| format!("{day} ")).unwrap_or_default();
        let month = words("month").map(|month| format!("{month} ")).unwrap_or_default();
        words("year").map(|year| format!("{day}{month}{year}"))
    });
    let authors = words("author").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let authors: Vec<&str> = authors.split(" and ").collect();
    let facts = Facts {
        headline: first(&["title"]),
        outlet: first(&["journal", "journaltitle", "newspaper", "publication", "publisher", "howpublished"]),
        date: None,
        language: first(&["language", "langid"]),
        url: first(&["url"]),
        section: first(&["section"]),
        text: first(&["abstract"]),
    };
    // The day is put together from what is said of it.
    let published = date.and_then(|date| desk.date(&date));
    facts.set_dated(published, &authors, &mut Clipping::new(&whole), desk)
}

/// The fields of a record: their names in small letters, and where their values stand.
fn fields(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = text.find(',').map_or(text.len(), |comma| comma + 1);
    while let Some(equals) = text[at..].find('=').map(|equals| at + equals) {
        let name = text[at..equals].trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '}').to_lowercase();
        let value = value(text, equals + 1);
        at = value.end;
        found.push((name, value));
    }
    found
}

/// The value that begins at `start`: in braces, in quotes, or a word.
fn value(text: &str, start: usize) -> Range<usize> {
    let begin = start + text[start..].len() - text[start..].trim_start().len();
    let opens = text[begin..].chars().next();
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in text[begin..].char_indices().map(|(at, c)| (begin + at, c)) {
        let closes = match c {
            _ if escaped => false,
            '{' => {
                depth += 1;
                false
            }
            '}' => {
                depth = depth.saturating_sub(1);
                depth == 0 && opens != Some('"')
            }
            '"' => depth == 0 && opens == Some('"') && at > begin,
            ',' => depth == 0 && !matches!(opens, Some('{' | '"')),
            _ => false,
        };
        escaped = c == '\\' && !escaped;
        if closes {
            return begin..at + if matches!(c, '"' | '}') { 1 } else { 0 };
        }
    }
    begin..text.len()
}

/// Appends a value without its braces, accents and signs as they are printed.
fn push_plain(text: &str, range: Range<usize>, steps: &mut Steps<'_>, to: &mut Traced<'static>) {
    let part = &text[range.clone()];
    let quoted = part.starts_with('"');
    let mut at = 0;
    while at < part.len() {
        let next = part[at..].find(['{', '}', '\\', '"', '~']).map_or(part.len(), |next| at + next);
        if next > at {
            let cut = steps.part(range.start + at..range.start + next);
            to.push(cut.text, cut.position);
        }
        at = next;
        let Some(c) = part[at..].chars().next() else { break };
        if c == '\\' {
            let (printed, length) = escape(&part[at..]);
            let cut = steps.part(range.start + at..range.start + at + length);
            to.push_decoded(&printed, cut.position, cut.text.chars().count());
            at += length;
            continue;
        }
        let kept = match c {
            '~' => " ",
            '"' if !quoted => "\"",
            _ => "",
        };
        let cut = steps.part(range.start + at..range.start + at + 1);
        to.push_decoded(kept, cut.position, 1);
        at += 1;
    }
    let end = steps.part(range.end..range.end);
    to.push_decoded("\n\n", end.position, 0);
}

/// What `\"{u}`, `\'e`, `\&` print, and their length.
fn escape(text: &str) -> (String, usize) {
    let mut chars = text[1..].chars();
    let Some(sign) = chars.next() else { return (String::new(), 1) };
    let mark = match sign {
        '"' => '\u{308}',
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        'c' | 'v' | 'H' | 'r' | 'k' if text[2..].starts_with('{') => match sign {
            'c' => '\u{327}',
            'v' => '\u{30c}',
            'H' => '\u{30b}',
            'r' => '\u{30a}',
            _ => '\u{328}',
        },
        's' if text[1..].starts_with("ss") => return ("ß".into(), 3),
        'o' | 'O' | 'l' | 'L' if !text[2..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
            let printed = match sign {
                'o' => "ø",
                'O' => "Ø",
                'l' => "ł",
                _ => "Ł",
            };
            return (printed.into(), 2);
        }
        '&' | '%' | '$' | '#' | '_' | '{' | '}' => return (sign.to_string(), 2),
        // `\emph`: nothing of a command is printed but what is in its brackets, and the three dots of `\ldots`.
        _ => {
            let length = 1 + text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let dots = matches!(&text[1..length], "ldots" | "dots" | "textellipsis");
            return (if dots { "…".into() } else { String::new() }, length);
        }
    };
    let rest = &text[1 + sign.len_utf8()..];
    let braced = rest.starts_with('{');
    let Some(letter) = rest[usize::from(braced)..].chars().next().filter(|c| c.is_alphabetic()) else {
        return (String::new(), 1 + sign.len_utf8());
    };
    let closed = braced && rest[1 + letter.len_utf8()..].starts_with('}');
    let length = 1 + sign.len_utf8() + usize::from(braced) + letter.len_utf8() + usize::from(closed);
    let printed = unicode_normalization::char::compose(letter, mark).map_or_else(|| format!("{letter}{mark}"), String::from);
    (printed, length)
}
