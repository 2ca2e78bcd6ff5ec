//! LexisNexis exports as text (and the text of their DOCX): `1 of 3 DOCUMENTS`, `LENGTH: 512 words`, `LOAD-DATE: ...`.

use super::cut::Cut;
use super::desk::Desk;
use super::galley::Galley;
use super::records::{self, Lines, Mark};
use super::traced::Traced;
use super::{byline, date, fields, text};
use std::ops::{ControlFlow, Range};

/// Does a file look like an export of LexisNexis?
pub(crate) fn is(head: &str) -> bool {
    let documents = head.lines().take(20).any(is_count);
    let marks = ["LOAD-DATE:", "Load-Date:", "LENGTH:", "Length:"].iter().filter(|mark| head.contains(**mark)).count();
    documents || (marks >= 2 && head.contains(" words"))
}

/// `1 of 3 DOCUMENTS`, in any of the interface's languages that keep the figures.
fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], [first, _, last, name] if is_number(first) && is_number(last) && name.len() > 6 && name == name.to_uppercase())
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark =
        |line: &str| Mark { opens: is_count(line) || line.starts_with("\u{feff}"), closes: line.trim() == "End of Document" };
    records::each_record(lines, desk, mark, article)
}

/// Labels before the text, and what they hold.
const HEAD: &[&str] = &["BYLINE", "SECTION", "LENGTH", "DATELINE", "HEADLINE", "SOURCE", "HIGHLIGHT", "EDITION", "SERIES"];
/// Labels behind the text.
const TAIL: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "DOCUMENT-TYPE",
    "GRAPHIC",
    "SUBJECT",
    "CLASSIFICATION",
    "COPYRIGHT",
    "JOURNAL-CODE",
    "NOTES",
    "TYPE",
    "URL",
    "PUB-TYPE",
];

/// Sets one document.
pub(crate) fn article(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(record.text.len());
    let lines = lines(record.text);
    let label = |range: &Range<usize>, names: &[&str]| {
        names.iter().find(|name| labelled(&record.text[range.clone()], name).is_some()).map(|name| (*name).to_string())
    };
    let body_end = lines.iter().position(|line| label(line, TAIL).is_some()).unwrap_or(lines.len());
    let last_head = lines[..body_end].iter().rposition(|line| label(line, HEAD).is_some());
    let first_head = lines[..body_end].iter().position(|line| label(line, HEAD).is_some()).unwrap_or(0);
    set_top(record, &lines[..first_head], &mut galley, desk);
    for line in &lines[..last_head.map_or(0, |last| last + 1)] {
        for name in HEAD {
            let Some(value) = labelled(&record.text[line.clone()], name) else { continue };
            let cut = record.of_slice(value);
            let traced = Traced::verbatim(cut.text, cut.place);
            match *name {
                "BYLINE" => {
                    let span = galley.set_all(&traced);
                    galley.credit(byline::names(value), span);
                }
                "DATELINE" => {
                    if let Some(span) = galley.set_all(&traced) {
                        galley.dateline_at(span);
                    }
                }
                "HEADLINE" => galley.headline(&mut traced.follow(), 0..traced.text.len()),
                "SECTION" => galley.article.section = Some(value.split(';').next().unwrap_or(value).trim().to_string()),
                _ => {}
            }
        }
    }
    let start = last_head.and_then(|last| lines.get(last)).map_or(0, |line| line.end);
    let end = lines.get(body_end).map_or(record.text.len(), |line| line.start);
    let body = record.part(start..end.max(start));
    text::set_body(&mut galley, &Traced::verbatim(body.text, body.place));
    let language = lines[body_end..].iter().find_map(|line| labelled(&record.text[line.clone()], "LANGUAGE"));
    galley.article.language = language.and_then(|name| fields::language_code(name.split(';').next().unwrap_or(name)));
    desk.hand_over(galley)
}

/// What is printed above the first label: outlet, date, headline.
fn set_top(record: Cut<'_>, lines: &[Range<usize>], galley: &mut Galley, desk: &mut Desk<'_>) {
    for line in lines {
        let words = record.text[line.clone()].trim();
        if words.is_empty() || is_count(words) || words.starts_with("Copyright") || words == "All Rights Reserved" {
            continue;
        }
        let is_date = date::is_line(words)
            || date::read(words, desk.date_order())
                .is_some_and(|_| words.len() < 60 && words.contains(|c: char| c.is_ascii_digit()));
        if is_date && galley.article.published.is_none() {
            galley.article.published = desk.date(words);
        } else if galley.article.outlet.is_none() && galley.article.published.is_none() {
            galley.article.outlet = Some(words.to_string());
        } else if galley.article.headline.is_none() {
            let cut = record.part(line.clone());
            galley.headline(&mut Traced::verbatim(cut.text, cut.place).follow(), 0..cut.text.len());
        }
    }
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let range = |line: &str| {
        let range = start..start + line.len();
        start = range.end;
        range
    };
    text.split_inclusive('\n').map(range).collect()
}

/// What follows `NAME:` at the head of the line, in capitals or as a title.
fn labelled<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let line = line.trim();
    let head = line.get(..name.len())?;
    let rest = line[name.len()..].strip_prefix(':')?;
    head.eq_ignore_ascii_case(name).then(|| rest.trim())
}
