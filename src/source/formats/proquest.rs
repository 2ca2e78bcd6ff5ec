//! ProQuest exports as text: `Title: ...`, `Publication date: ...`, `Full text: ...`, documents parted by lines of underscores.

use super::text;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::print::byline;
use std::ops::ControlFlow;

/// Labels of an export, the ones not read included: they end the part before them.
const LABELS: &[&str] = &[
    "Title",
    "Author",
    "Publication title",
    "Publication date",
    "Publication year",
    "Full text",
    "Abstract",
    "Subject",
    "Location",
    "Links",
    "Section",
    "Language of publication",
    "Dateline",
    "Document type",
    "ProQuest document ID",
    "Document URL",
    "Copyright",
    "Last updated",
    "Database",
    "Publisher",
    "Place of publication",
    "Country of publication",
    "ISSN",
    "Pages",
    "First page",
    "Publication info",
    "Source type",
    "People",
    "Company / organization",
    "Identifier / keyword",
    "Source",
    "Headline",
    "Byline",
    "Date",
];

/// Does a file look like an export of ProQuest?
pub(crate) fn is(head: &str) -> bool {
    let may = memchr::memmem::find(head.as_bytes(), b"Full text:").is_some();
    may && ["Title", "Full text"]
        .iter()
        .all(|wanted| head.lines().any(|line| label(line).is_some_and(|(name, _)| name == *wanted)))
}

fn label(line: &str) -> Option<(&str, usize)> {
    let (name, _) = line.split_once(':')?;
    LABELS.contains(&name).then_some((name, name.len() + 1))
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: line.starts_with("Title:"), closes: line.starts_with("________") };
    records::each_record(lines, desk, mark, Outside::Noted, article)
}

fn article(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(record.text.len());
    let mut open: Option<(&str, usize)> = None;
    let mut start = 0;
    let mut steps = record.in_steps();
    for line in record.text.split_inclusive('\n').chain(std::iter::once("Links:")) {
        if let Some((name, length)) = label(line).or_else(|| line.starts_with("________").then_some(("Links", 0))) {
            if let Some((name, from)) = open.take() {
                set(name, steps.part(from..start), &mut galley, desk);
            }
            open = Some((name, start + length));
        }
        start = (start + line.len()).min(record.text.len());
    }
    desk.hand_over(galley)
}

fn set(name: &str, part: Cut<'_>, galley: &mut Galley, desk: &mut Desk<'_>) {
    let traced = Traced::verbatim(part.text, part.position);
    let words = part.text.trim();
    match name {
        "Title" | "Headline" => galley.headline(&mut traced.follow(), 0..traced.text.len()),
        "Author" | "Byline" => galley.credit(byline::names(words.split(" . ").next().unwrap_or(words)), None),
        "Publication date" | "Date" => galley.article.published = desk.date(words),
        "Publication title" | "Publication info" if galley.article.outlet.is_none() => {
            galley.article.outlet = words.split(';').next().map(|name| name.trim().to_string())
        }
        "Section" => galley.article.section = Some(words.to_string()),
        "Language of publication" => galley.article.language = crate::source::print::language::code(words),
        "Dateline" => {
            if let Some(span) = galley.set_all(&traced) {
                galley.dateline_at(span);
            }
        }
        "Full text" => text::set_body(galley, &traced),
        _ => {}
    }
}
