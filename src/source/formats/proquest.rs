//! ProQuest exports as text: `Title: ...`, `Publication date: ...`, `Full text: ...`, documents parted by lines of underscores; in one of their
//! shapes the title stands above the labels without one.

use super::clipping::{self, Clipping};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use crate::source::print::{byline, date};
use std::ops::{ControlFlow, Range};

/// Labels of an export, the ones not read included: they end the part before them.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "Title", "Author", "Publication title", "Publication date", "Publication year", "Full text", "Abstract", "Subject", "Location", "Links",
    "Section", "Language of publication", "Dateline", "Document type", "ProQuest document ID", "Document URL", "Copyright", "Last updated",
    "Database", "Publisher", "Place of publication", "Country of publication", "ISSN", "Pages", "First page", "Publication info", "Source type",
    "People", "Company / organization", "Identifier / keyword", "Source", "Headline", "Byline", "Date", "Abstract (Document Summary)",
    "Abstract (summary)", "Full Text", "Number of pages", "Publication subject", "Business indexing term", "Volume", "Issue", "Column",
    "Alternate title", "Subtitle", "Edition", "Illustrations", "Credit", "Caption", "Word count", "Length", "Document feature", "Pub date",
    "Cite", "Text Word Count", "Companies", "Author affiliation", "Company", "Classification", "e-ISSN", "Copyright information",
];

/// Does a file look like an export of ProQuest?
pub(crate) fn is(head: &str) -> bool {
    if !head.contains("ext:") && !head.contains("ProQuest") {
        return false;
    }
    let labels: Vec<&str> = head.lines().filter_map(|line| label(line.trim())).collect();
    let has = |wanted: &str| labels.contains(&wanted);
    let ruled = head.lines().any(is_rule);
    let own = ["ProQuest document ID", "Publication title", "Publication info", "Document URL"].iter().any(|name| has(name));
    let text = has("Full text") || has("Full Text");
    has("Title") && text || own && (text || ruled || head.contains("ProQuest")) && labels.len() >= 3
}

fn is_rule(line: &str) -> bool {
    line.trim().len() >= 8 && line.trim().bytes().all(|byte| byte == b'_')
}

fn label(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    LABELS.contains(&name.trim_end()).then_some(name.trim_end())
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: is_count(line.trim()), closes: is_rule(line) };
    records::each_record(lines, desk, mark, Outside::ARecord, record)
}

/// `Document 1 of 2`.
fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], ["Document", first, "of", last] if [first, last].iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit())))
}

fn record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let text = Traced::verbatim(record.text, record.position);
    let mut clipping = Clipping::new(&text);
    let lines = clipping.all();
    article(&mut clipping, lines, desk)
}

/// Reads the documents of a text that comes from another format.
pub(crate) fn read_text(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut clipping = Clipping::new(text);
    let mut start = 0;
    for at in clipping.all() {
        if is_rule(clipping.words(at)) || is_count(clipping.words(at)) {
            article(&mut clipping, start..at, desk)?;
            start = at;
        }
    }
    let end = clipping.all().end;
    article(&mut clipping, start..end, desk)
}

/// Lines that are the archive's own.
fn is_furniture(words: &str) -> bool {
    let lower = words.to_lowercase();
    is_rule(words)
        || is_count(words)
        || ["proquest document link", "http://search.proquest.com", "https://www.proquest.com"]
            .iter()
            .any(|line| lower.starts_with(line))
        || matches!(lower.as_str(), "find a copy" | "check for full text")
        || matches!(words, "Links" | "Show less" | "Contact us" | "Contact ProQuest" | "Search ProQuest..." | "Table of contents")
}

fn article(clipping: &mut Clipping<'_>, lines: Range<usize>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let printed: Vec<usize> =
        clipping.printed(lines.clone()).into_iter().filter(|at| !is_furniture(clipping.words(*at))).collect();
    let Some(start) = printed.first().copied() else { return ControlFlow::Continue(()) };
    let is_label = |at: &usize| label(clipping.words(*at)).is_some();
    let first = printed.iter().copied().find(is_label);
    let Some(first) = first else {
        let words: String = clipping.words(start).chars().take(40).collect();
        return desk.refuse(Reason::NotAnArticle, format!("no document of ProQuest, for it has no label: `{words}`"));
    };
    let mut galley = Galley::with_room(clipping.bytes(lines.clone()).len());
    let parts = parts(clipping, first..lines.end);
    let titled = parts.iter().any(|(name, _)| matches!(*name, "Title" | "Headline"));
    let above: Vec<usize> = printed.into_iter().filter(|at| *at < first).collect();
    set_above(clipping, &above, titled, &mut galley, desk);
    let is_text = |(name, lines): &(&str, Range<usize>)| {
        let words = clipping.text_of(clipping.bytes(lines.clone()));
        name.eq_ignore_ascii_case("Full text") && !is_missing(words.split_once(':').map_or("", |(_, text)| text))
    };
    let has_text = parts.iter().any(is_text);
    for (name, lines) in parts {
        let bytes = clipping.bytes(lines);
        let start = bytes.start + clipping.text_of(bytes.clone()).find(':').map_or(0, |at| at + 1);
        set(name, start..bytes.end, has_text, clipping, &mut galley, desk);
    }
    desk.hand_over(galley)
}

/// The labels and their lines.
fn parts<'a>(clipping: &Clipping<'a>, lines: Range<usize>) -> Vec<(&'a str, Range<usize>)> {
    let mut parts: Vec<(&'a str, Range<usize>)> = Vec::new();
    for at in lines.clone() {
        let words = clipping.words(at);
        let closes = is_furniture(words);
        let in_text = parts.last().is_some_and(|(name, _)| name.eq_ignore_ascii_case("Full text"));
        // Within a story, a line may begin with a word that is also a label; those of ProQuest stand below empty lines.
        let name = label(words)
            .filter(|_| !in_text || at == 0 || clipping.words(at - 1).is_empty() || label(clipping.words(at - 1)).is_some());
        if let Some(last) = parts.last_mut().filter(|_| name.is_some() || closes) {
            last.1.end = last.1.end.min(at);
        }
        if let Some(name) = name {
            parts.push((name, at..lines.end));
        } else if closes {
            parts.push(("Links", at..at));
        }
    }
    parts.retain(|(_, lines)| !lines.is_empty());
    parts
}

/// Sets what stands above the first label: the title, and in the shorter shape a line with author, outlet and day.
fn set_above(clipping: &mut Clipping<'_>, lines: &[usize], titled: bool, galley: &mut Galley, desk: &mut Desk<'_>) {
    for (number, at) in lines.iter().enumerate() {
        let words = clipping.words(*at);
        let bytes = clipping.bytes(*at..*at + 1);
        if number == 0 {
            // With a label below, the same title stands there again.
            if !titled {
                clipping.headline(bytes, galley);
            }
        } else if words.contains(';')
            && words.contains(|c: char| c.is_ascii_digit())
            && date::read(words, date::DateOrder::DayFirst).is_some()
        {
            set_info(words, galley, desk);
        } else {
            clipping.paragraph(bytes, ParagraphKind::Subhead, galley);
        }
    }
}

/// `Penn, Mia. Harbour Post; Hallmere [Hallmere]. 03 May 2004: A1.`
fn set_info(words: &str, galley: &mut Galley, desk: &mut Desk<'_>) {
    let (before, after) = words.split_once(';').unwrap_or((words, ""));
    let (author, outlet) = match before.rsplit_once(". ") {
        // `St. Orla Post`.
        Some(("St", _)) => ("", before),
        Some((author, _)) if author.ends_with(". St") => (&author[..author.len() - 4], &before[author.len() - 2..]),
        Some((author, outlet)) => (author, outlet),
        None => ("", before),
    };
    galley.credit(clipping::signed(author), None);
    galley.article.outlet = galley.article.outlet.take().or_else(|| Some(outlet.trim().to_string()));
    if galley.article.published.is_none() {
        galley.article.published = desk.date(day_in(after));
    }
}

/// The part with the day: `Hallmere [Hallmere]. 03 May 2004: A1.`
fn day_in(info: &str) -> &str {
    let is_day = |part: &&str| date::read(part, date::DateOrder::DayFirst).is_some();
    let after = info.rsplit_once(']').map_or(info, |(_, after)| after);
    let day = after.trim_start_matches(['.', ' ', ',']);
    let day = day.split(':').find(is_day).unwrap_or(day);
    if day.trim().is_empty() { info } else { day }
}

/// `Not available.`: what stands where the archive has no text.
fn is_missing(text: &str) -> bool {
    matches!(text.trim(), "" | "Not available." | "Not available" | "None available." | "None available")
}

fn set(name: &str, bytes: Range<usize>, has_text: bool, clipping: &mut Clipping<'_>, galley: &mut Galley, desk: &mut Desk<'_>) {
    let words = clipping.text_of(bytes.clone()).trim();
    match name {
        "Title" | "Headline" => clipping.headline(bytes, galley),
        "Author" | "Byline" => galley.credit(byline::names(words.split(" . ").next().unwrap_or(words)), None),
        "Publication date" | "Date" | "Pub date" if galley.article.published.is_none() => {
            galley.article.published = desk.date(words)
        }
        "Publication title" => galley.article.outlet = words.split(';').next().map(|name| name.trim().to_string()),
        "Publication info" => set_info(words, galley, desk),
        "Source" if galley.article.outlet.is_none() => set_info(words, galley, desk),
        "Section" => galley.article.section = Some(words.to_string()),
        "Language of publication" => galley.article.language = crate::source::print::language::code(words),
        "Dateline" => clipping.dateline(bytes, galley),
        "Full text" | "Full Text" if has_text => clipping.body(bytes, galley),
        "Abstract" | "Abstract (Document Summary)" | "Abstract (summary)" if !has_text && !is_missing(words) => {
            clipping.body(bytes, galley)
        }
        _ => {}
    }
}
