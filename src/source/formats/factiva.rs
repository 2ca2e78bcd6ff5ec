//! Factiva exports as text: two-letter codes before each part (`HD`, `BY`, `PD`, `SN`, `LP`, `TD`), or the same parts in the same order
//! without the codes, down to `Document HARPST0020240503ek530000a`.

mod plain;

use super::clipping::{self, Clipping};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::DoubtKind;
use std::ops::{ControlFlow, Range};

/// Codes read here or standing around those that are.
const CODES: &[&str] = &[
    "HD", "BY", "PD", "ET", "SN", "SC", "LA", "CY", "LP", "TD", "AN", "SE", "WC", "PG", "CR", "CT", "RF", "CO", "IN", "NS", "RE",
    "PUB", "IPC", "IPD", "CLM", "ED", "VOL", "ART", "DLN", "NGC", "GC",
];
/// Those that stand below the text, and above which a line of it may well begin with one of the others.
const BELOW: &[&str] = &["AN", "ART", "CO", "CT", "IN", "IPC", "IPD", "NS", "PUB", "RE", "RF", "CLM"];

/// Does a file look like an export of Factiva?
pub(crate) fn is(head: &str) -> bool {
    let may = head.starts_with("HD") || memchr::memmem::find(head.as_bytes(), b"\nHD").is_some();
    let labelled = may && ["HD", "PD", "LP"].iter().all(|wanted| head.lines().any(|line| code(line) == Some(wanted)));
    labelled || plain::is(head)
}

fn code(line: &str) -> Option<&str> {
    let end = line.find([' ', '\t', '\r', '\n', '\u{a0}']).unwrap_or(line.len());
    let word = &line[..end];
    CODES.contains(&word).then_some(word)
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    // The section stands above the headline.
    let mark = |line: &str| Mark { opens: code(line) == Some("HD"), closes: is_number(line.trim()) };
    records::each_record(lines, desk, mark, Outside::Prelude, record)
}

/// `Document HARPST0020240503ek530000a`: the last line of a document.
fn is_number(line: &str) -> bool {
    line.strip_prefix("Document ").is_some_and(|rest| {
        let number = rest.trim();
        number.len() >= 12 && !number.contains(' ') && number.bytes().filter(u8::is_ascii_digit).count() >= 8
    })
}

fn record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    read_text(&Traced::verbatim(record.text, record.position), desk)
}

/// Reads the one document that is this text.
pub(crate) fn read_text(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut clipping = Clipping::new(text);
    let codes = |wanted: &str| clipping.all().any(|at| code(clipping.words(at)) == Some(wanted));
    if codes("HD") && (codes("PD") || codes("LP") || codes("TD") || codes("SN")) {
        labelled(&mut clipping, desk)
    } else {
        plain::article(&mut clipping, desk)
    }
}

/// Reads the documents of a text that comes from another format.
pub(crate) fn read_all(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let closes = |line: &str| is_number(line) || line.strip_prefix("AN").is_some_and(|rest| is_number(rest.trim()));
    clipping::each(text, closes, read_text, desk)
}

/// A part: its code, and the lines under it.
type Part<'a> = (&'a str, Range<usize>);

/// The parts of a labelled document, and where the first begins.
fn parts<'a>(clipping: &Clipping<'a>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for at in clipping.all() {
        let words = clipping.words(at);
        let last = parts.last().map_or("", |(name, _)| *name);
        let in_text = matches!(last, "LP" | "TD");
        // `TD Bank said`, once the text is there, is prose.
        let goes_on = |code: &str| code == "TD" && last == "LP" || BELOW.contains(&code) && !is_prose(clipping, at, code);
        let opens = code(words).filter(|code| !in_text || goes_on(code));
        if let Some(last) = parts.last_mut() {
            last.1.end = at;
        }
        match opens {
            Some(name) => parts.push((name, at..at + 1)),
            None if is_number(words) => parts.push(("AN", at..at + 1)),
            None => {}
        }
    }
    if let Some(last) = parts.last_mut() {
        last.1.end = clipping.all().end;
    }
    parts
}

/// Does the line go on with a sentence of the text: `IN Hallmere the ferries ...` and not `IN i1 : Weather`?
fn is_prose(clipping: &Clipping<'_>, at: usize, code: &str) -> bool {
    let rest = clipping.words(at)[code.len()..].trim();
    let within = at > 0 && !clipping.words(at - 1).is_empty();
    let coded = rest.contains(" : ") || rest.is_empty() || rest.contains('|') || rest.starts_with("Document ");
    !coded && (within || rest.ends_with(['.', '?', '!', '"']))
}

/// The bytes under a code.
fn value(clipping: &Clipping<'_>, part: &Part<'_>) -> Range<usize> {
    let bytes = clipping.bytes(part.1.clone());
    let start = bytes.start + if code(clipping.words(part.1.start)) == Some(part.0) { part.0.len() } else { 0 };
    start.min(bytes.end)..bytes.end
}

/// Codes with a value of one line.
const ONE_LINE: &[&str] = &["LA", "PD", "ET", "WC", "SC", "PG"];

/// Does it begin as the codes do, be it one that is not known here?
fn is_like_code(text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The first line with words in it, and what follows.
fn first_line(clipping: &Clipping<'_>, bytes: Range<usize>) -> (Range<usize>, Range<usize>) {
    let words = clipping.text_of(bytes.clone());
    let start = words.len() - words.trim_start().len();
    let end = words[start..].find('\n').map_or(bytes.end, |end| bytes.start + start + end);
    (bytes.start..end, end..bytes.end)
}

fn labelled(clipping: &mut Clipping<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let parts = parts(clipping);
    let mut galley = Galley::with_room(clipping.bytes(clipping.all()).len());
    let above = 0..parts.first().map_or(0, |part| part.1.start);
    let loose: Vec<usize> = clipping.printed(above);
    if let Some(first) = loose.first() {
        let words: String = clipping.words(*first).chars().take(40).collect();
        desk.doubt(DoubtKind::Partial, format!("`{words}` stands under no label of Factiva; kept as text"));
    }
    let mut text = Vec::new();
    for part in &parts {
        let mut bytes = value(clipping, part);
        if ONE_LINE.contains(&part.0) {
            let (first, rest) = first_line(clipping, bytes);
            // A damaged code below it: what follows is no fact.
            let below = clipping.text_of(rest.clone()).trim();
            if !below.is_empty() && !is_like_code(below) {
                desk.doubt(DoubtKind::Markup, format!("lines under `{}` that are no part of it; kept as text", part.0));
                text.push(rest);
            }
            bytes = first;
        }
        let words = clipping.text_of(bytes.clone()).trim();
        match part.0 {
            "HD" => clipping.headline(bytes, &mut galley),
            "BY" => clipping.byline(bytes, &mut galley),
            "PD" => galley.article.published = desk.date(words),
            "SN" => galley.article.outlet = Some(words.to_string()),
            "SE" => galley.article.section = Some(words.to_string()),
            "LA" => galley.article.language = crate::source::print::language::code(words),
            "LP" | "TD" => text.push(bytes),
            _ => {}
        }
    }
    if let Some(time) = parts.iter().find(|part| part.0 == "ET") {
        let words = clipping.text_of(value(clipping, time)).trim();
        add_time(&mut galley, words, desk);
    }
    for at in loose {
        let bytes = clipping.bytes(at..at + 1);
        clipping.paragraph(bytes, crate::article::ParagraphKind::Subhead, &mut galley);
    }
    clipping.body_below_labels(&text, &mut galley);
    desk.hand_over(galley)
}

/// The time of day that stands on a line of its own, below the day.
fn add_time(galley: &mut Galley, time: &str, desk: &Desk<'_>) {
    let Some(published) = galley.article.published.as_mut().filter(|published| published.date.len() == 10) else { return };
    let both = format!("{} {time}", published.date);
    if let Some(read) = crate::source::print::date::read(&both, desk.date_order()) {
        published.date = read.iso;
    }
}
