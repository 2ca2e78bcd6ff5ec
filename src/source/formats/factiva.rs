//! Factiva exports as text: two-letter codes before each part (`HD`, `BY`, `PD`, `SN`, `LP`, `TD`), several documents a file.

use super::text;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::DoubtKind;
use crate::source::print::byline;
use std::ops::ControlFlow;

/// Codes read here or standing around those that are.
const CODES: &[&str] = &[
    "HD", "BY", "PD", "ET", "SN", "SC", "LA", "CY", "LP", "TD", "AN", "SE", "WC", "PG", "CR", "CT", "RF", "CO", "IN", "NS", "RE",
    "PUB", "IPC", "IPD", "CLM", "ED", "VOL", "ART", "DLN",
];

/// Does a file look like an export of Factiva?
pub(crate) fn is(head: &str) -> bool {
    let may = head.starts_with("HD") || memchr::memmem::find(head.as_bytes(), b"\nHD").is_some();
    may && ["HD", "PD", "LP"].iter().all(|wanted| head.lines().any(|line| code(line) == Some(wanted)))
}

fn code(line: &str) -> Option<&str> {
    let end = line.find([' ', '\t', '\r', '\n']).unwrap_or(line.len());
    let word = &line[..end];
    CODES.contains(&word).then_some(word)
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    // The section stands above the headline.
    let mark = |line: &str| Mark { opens: code(line) == Some("HD"), closes: line.starts_with("Document ") };
    records::each_record(lines, desk, mark, Outside::Prelude, article)
}

fn article(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(record.text.len());
    let mut parts: Vec<(&str, Cut<'_>)> = Vec::new();
    let mut start = 0;
    let mut steps = record.in_steps();
    let mut open: Option<(&str, usize)> = None;
    for line in record.text.split_inclusive('\n') {
        let closes = line.starts_with("Document ");
        if closes || code(line).is_some() {
            if let Some((name, from)) = open.take() {
                parts.push((name, steps.part(from..start)));
            }
            open = code(line).map(|name| (name, start + name.len()));
        }
        start += line.len();
    }
    if let Some((name, from)) = open {
        parts.push((name, steps.part(from..record.text.len())));
    }
    let unlabelled = parts
        .first()
        .map_or(record.text, |(_, part)| &record.text[..part.text.as_ptr() as usize - record.text.as_ptr() as usize]);
    let unlabelled: String = unlabelled.trim_end_matches(|c: char| c.is_ascii_uppercase()).trim().chars().take(40).collect();
    if !unlabelled.is_empty() {
        desk.doubt(DoubtKind::Partial, format!("`{unlabelled}` stands under no label of Factiva and was not read"));
    }
    for (name, part) in parts {
        let traced = Traced::verbatim(part.text, part.position);
        let words = part.text.trim();
        match name {
            "HD" => galley.headline(&mut traced.follow(), 0..traced.text.len()),
            "BY" => {
                let span = galley.set_all(&traced);
                galley.credit(byline::names(words), span);
            }
            "PD" => galley.article.published = desk.date(words),
            "SN" => galley.article.outlet = Some(words.to_string()),
            "SE" => galley.article.section = Some(words.to_string()),
            "LA" => galley.article.language = crate::source::print::language::code(words),
            "LP" | "TD" => text::set_body(&mut galley, &traced),
            _ => {}
        }
    }
    desk.hand_over(galley)
}
