//! The facts around a cutting: labels, lines parted by bars or dashes, days, names with what their people are.

use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::formats::clipping::signed;
use crate::source::print::{byline, date, language};

/// What a label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Headline,
    Author,
    Date,
    Outlet,
    Section,
    Language,
    /// The text begins here.
    Text,
    /// Stands above the text, and is not read.
    Above,
    /// Stands below the text.
    Below,
}

#[rustfmt::skip]
const LABELS: &[(Fact, &[&str])] = &[
    (Fact::Headline, &["Title", "Headline", "Article Title"]),
    (Fact::Author, &["Author", "Authors", "Author(s)", "Byline", "Author/Byline", "By"]),
    (Fact::Date, &["Date", "Publication Date", "Published", "Issue Date"]),
    (Fact::Outlet, &["Source", "From", "Publication", "Publication Title", "Newspaper", "Paper"]),
    (Fact::Section, &["Section"]),
    (Fact::Language, &["Language"]),
    (Fact::Text, &["Full Text", "Full text", "Text", "Article Text", "Body"]),
    (Fact::Above, &[
        "Edition", "Page", "Pages", "Column", "Series", "Day", "Length", "Word Count", "Words", "Document Type", "Publisher", "Dateline", "Index Terms", "Location",
        "Volume", "Issue", "ISSN", "Country", "Article Type", "Region", "Topics", "Readability",
    ]),
    (Fact::Below, &[
        "Memo", "Caption", "Copyright", "Record Number", "Record", "Gale Document Number", "Source Citation", "Correction", "Notes", "Note", "Illustration",
        "Graphic", "Copyright information", "Document URL", "URL", "DOI", "Disclaimer", "Keywords",
    ]),
];

/// Reads the label at the head of a line: what it is about, and its name.
pub(super) fn label(line: &str) -> Option<(Fact, &'static str)> {
    let (name, _) = line.split_once(':')?;
    let name = name.trim();
    LABELS.iter().find_map(|(fact, names)| names.iter().find(|known| **known == name).map(|known| (*fact, *known)))
}

/// What stands after a label of the headline.
pub(super) fn headline(line: &str) -> Option<&str> {
    label(line).filter(|(fact, _)| *fact == Fact::Headline).and_then(|_| line.split_once(':')).map(|(_, value)| value.trim())
}

/// A line that is a day alone.
pub(super) fn is_day(line: &str) -> bool {
    date::is_line(line)
}

/// `May 3, 2004 | Harbour Post, The (Hallmere)`.
pub(super) fn in_bars(line: &str) -> bool {
    line.len() < 300
        && [" | ", " · "]
            .iter()
            .any(|bar| line.contains(bar) && line.split(bar).any(|part| is_day(part.trim()) || label(part.trim()).is_some()))
}

/// `Harbour Post - 2024-05-03 - NEWS - Petra Lindqvist`.
pub(super) fn in_dashes(line: &str) -> bool {
    line.len() < 200 && line.split(" - ").count() >= 3 && line.split(" - ").any(|part| is_day(part.trim()))
}

/// Is the line about the cutting?
pub(super) fn is_fact(line: &str) -> bool {
    label(line).is_some_and(|(fact, _)| fact != Fact::Headline)
        || is_day(line)
        || in_bars(line)
        || in_dashes(line)
        || is_count(line)
        || line == "OpenURL Link"
}

/// `312 Words`.
fn is_count(line: &str) -> bool {
    line.split_once(' ')
        .is_some_and(|(count, unit)| count.bytes().all(|byte| byte.is_ascii_digit()) && unit.eq_ignore_ascii_case("words"))
}

/// `Copyright (c) 2004 The Harbour Post`.
pub(super) fn is_rights(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.len() < 200
        && (line.contains("PressReader")
            || ["copyright", "(c) ", "©", "all rights reserved"].iter().any(|opening| lower.starts_with(opening)))
}

/// Reads what a line says about the cutting; false when it says nothing.
pub(super) fn set(line: &str, galley: &mut Galley, desk: &mut Desk<'_>) -> bool {
    if !is_fact(line) {
        return false;
    }
    let bars = if line.contains(" | ") {
        " | "
    } else if line.contains(" · ") {
        " · "
    } else {
        " - "
    };
    let parts: Vec<&str> = if in_bars(line) || in_dashes(line) { line.split(bars).map(str::trim).collect() } else { vec![line] };
    let alone = parts.len() == 1;
    let mut free = Vec::new();
    for part in parts {
        match (label(part), part.split_once(':')) {
            (Some((fact, _)), Some((_, value))) => set_fact(fact, value.trim(), galley, desk),
            _ if is_day(part) && galley.article.published.is_none() => galley.article.published = desk.date(part),
            _ => free.push(part),
        }
    }
    if !alone {
        set_free(&free, galley);
    }
    true
}

/// Parts of a line that have no labels: the outlet, a section, who wrote it.
fn set_free(parts: &[&str], galley: &mut Galley) {
    for part in parts.iter().filter(|part| part.contains(char::is_alphabetic)) {
        let is_page = part.to_lowercase().starts_with("page");
        if galley.article.outlet.is_none() {
            galley.article.outlet = Some(part.trim_matches(['[', ']']).to_string());
        } else if let Some(names) = byline::line(part) {
            galley.credit(names, None);
        } else if galley.article.section.is_none() && !is_page {
            galley.article.section = Some((*part).to_string());
        }
    }
}

fn set_fact(fact: Fact, value: &str, galley: &mut Galley, desk: &mut Desk<'_>) {
    if value.is_empty() {
        return;
    }
    match fact {
        Fact::Author => galley.credit(signed(value), None),
        Fact::Date => galley.article.published = galley.article.published.take().or_else(|| desk.date(value)),
        Fact::Outlet => {
            // `Harbour Post(Vol. 12, Issue 3)`.
            let name = value.split(['(', ';']).next().unwrap_or(value).trim();
            galley.article.outlet = Some(if name.is_empty() { value } else { name }.to_string());
        }
        Fact::Section => galley.article.section = Some(value.to_string()),
        Fact::Language => galley.article.language = language::code(value),
        _ => {}
    }
}

/// `PETRA LINDQVIST, Staff Writer`: names before what their people are.
pub(super) fn with_role(line: &str) -> Option<Vec<String>> {
    const ROLES: &[&str] = &[
        "writer",
        "editor",
        "correspondent",
        "reporter",
        "columnist",
        "critic",
        "bureau",
        "staff",
        "contributor",
        "photographer",
    ];
    let (names, role) = line.split_once(',').or_else(|| line.split_once(" - "))?;
    let is_role = role.len() < 60 && ROLES.iter().any(|known| role.to_lowercase().contains(known)) && !role.ends_with('.');
    let is_names = names.len() < 60
        && names.split(' ').count() >= 2
        && names.split(' ').all(|word| word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "van" | "von"));
    (is_role && is_names).then(|| byline::names(names)).filter(|names| !names.is_empty())
}
