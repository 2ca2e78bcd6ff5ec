//! Europresse and Eureka: outlet, a line with section, day and page, headline, authors, the text, `© ...`, `Numéro de document : ...`.

use super::clipping::{self, Clipping};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::print::{byline, date};
use std::ops::{ControlFlow, Range};

/// Put by the reader of pages above a part that a page marks by its class. The sign at the end is no white space, which would be cut off.
pub(crate) const TITLE: &str = "TITRE\u{2063}";
pub(crate) const AUTHOR: &str = "AUTEUR\u{2063}";
pub(crate) const TEXT: &str = "TEXTE\u{2063}\n";

/// Does a file look like an export of Eureka?
pub(crate) fn is(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Some(outlet), Some(facts)) = (lines.next(), lines.next()) else { return false };
    let is_numbered = || head.lines().any(|line| is_number(line.trim()));
    let has_page = || [" p. ", " mots", " words"].iter().any(|mark| facts.contains(mark));
    outlet.len() < 80 && is_facts(facts) && (facts.contains(',') && has_page() || is_numbered())
}

/// `Actualités, jeudi 4 octobre 2012 436 mots, p. A3`.
fn is_facts(line: &str) -> bool {
    line.len() < 160
        && line.bytes().filter(u8::is_ascii_digit).count() >= 5
        && date::read(line, date::DateOrder::DayFirst).is_some()
}

/// `Numéro de document : news·20121004·CT·0042`, the last line of a document.
fn is_number(line: &str) -> bool {
    let named =
        ["Numéro de document", "Document number", "Document No", "No de document"].iter().any(|name| line.starts_with(name));
    let coded = line.contains("news·") || line.contains("news•") || line.contains("web·");
    named && line.contains(':') || coded && line.len() < 60
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: false, closes: is_number(line.trim()) };
    records::each_record(lines, desk, mark, Outside::ARecord, record)
}

fn record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    read_text(&Traced::verbatim(record.text, record.position), desk)
}

/// Reads the documents of a text that comes from another format.
pub(crate) fn read_all(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    clipping::each(text, is_number, read_text, desk)
}

/// Reads the one document that is this text.
pub(crate) fn read_text(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut clipping = Clipping::new(text);
    let mut galley = Galley::with_room(text.text.len());
    let printed = clipping.printed(clipping.all());
    let facts = printed.iter().take(6).position(|at| is_facts(clipping.words(*at)));
    let titled = printed.iter().position(|at| clipping.words(*at).starts_with(TITLE));
    let Some(facts) = facts else {
        if let Some(title) = titled {
            galley.article.outlet = (title > 0).then(|| clipping.words(printed[0]).to_string());
            let body = set_head(&mut clipping, printed[title], &mut galley);
            set_text(&mut clipping, body, &mut galley);
            return desk.hand_over(galley);
        }
        // No head is known: all of it is text.
        let bytes = clipping.bytes(clipping.all());
        clipping.body(bytes, &mut galley);
        return desk.hand_over(galley);
    };
    if facts > 0 {
        let outlet = clipping.words(printed[0]);
        let numbered = outlet.find(", no. ").or_else(|| outlet.find(", no ")).or_else(|| outlet.find(", n° "));
        galley.article.outlet = Some(outlet[..numbered.unwrap_or(outlet.len())].trim_end_matches(',').to_string());
    }
    galley.article.section = printed[..facts].get(1).map(|at| clipping.words(*at).to_string());
    let line = clipping.words(printed[facts]);
    galley.article.published = desk.date(line);
    galley.article.section = galley.article.section.take().or_else(|| section(line));
    let start = printed.get(facts + 1).copied().unwrap_or(clipping.all().end);
    let body = set_head(&mut clipping, start, &mut galley);
    set_text(&mut clipping, body, &mut galley);
    desk.hand_over(galley)
}

/// What stands before the day, if it is no part of it.
fn section(line: &str) -> Option<String> {
    let (first, _) = line.split_once(',')?;
    let is_one = !first.contains(|c: char| c.is_ascii_digit()) && !is_weekday(first);
    is_one.then(|| first.trim().to_string()).filter(|section| !section.is_empty())
}

fn is_weekday(word: &str) -> bool {
    const DAYS: &[&str] = &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    let lower = word.trim().to_lowercase();
    DAYS.contains(&lower.as_str()) || date::is_day_name(&lower)
}

/// Sets headline and authors, and gives the line where the text begins.
fn set_head(clipping: &mut Clipping<'_>, start: usize, galley: &mut Galley) -> usize {
    let end = clipping.all().end;
    let text = (start..end).find(|at| clipping.words(*at) == TEXT.trim());
    let title = (start..end).find(|at| clipping.words(*at).starts_with(TITLE)).filter(|at| text.is_none_or(|text| *at < text));
    let block = clipping.block(start, end);
    let title_at = title.unwrap_or(start);
    let bytes = clipping.bytes(title_at..title_at + 1);
    let skipped = if title.is_some() { TITLE.len() } else { 0 };
    clipping.headline(bytes.start + skipped..bytes.end, galley);
    let block = if title_at >= block.end { clipping.block(title_at, end) } else { block };
    // Below the headline in its block, or anywhere above a text that the page marks, stand authors.
    for at in start..text.unwrap_or(block.end) {
        let words = clipping.words(at);
        let bytes = clipping.bytes(at..at + 1);
        if at == title_at || words.is_empty() {
            continue;
        }
        let marked = words.strip_prefix(AUTHOR);
        let names = if at > title_at { names(marked.unwrap_or(words)) } else { Vec::new() };
        let bytes = bytes.start + if marked.is_some() { AUTHOR.len() } else { 0 }..bytes.end;
        if names.is_empty() {
            clipping.paragraph(bytes, ParagraphKind::Subhead, galley);
        } else {
            let span = clipping.line(bytes, galley);
            galley.credit(names, span);
        }
    }
    text.map_or(block.end, |text| text + 1)
}

/// The names on a line that is nothing else: `Lindqvist, Petra`, `LINDQVIST Petra`.
fn names(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase) || matches!(*word, "de" | "du" | "van" | "von" | "et" | "and" | "la" | "le")
    };
    if line.len() > 100 || words.len() < 2 || !words.iter().all(is_name) || line.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in line.split([';', '/']) {
        found.extend(byline::names(&turned(part.trim())));
    }
    found
}

/// `LINDQVIST Petra` as `Petra Lindqvist`: the last name in capitals stands first.
fn turned(name: &str) -> String {
    let is_loud = |word: &str| word.chars().count() > 1 && word == word.to_uppercase();
    let words: Vec<&str> = name.split(' ').collect();
    let loud = words.iter().take_while(|word| is_loud(word)).count();
    if loud == 0 || loud == words.len() || name.contains(',') {
        return name.to_string();
    }
    let last = words[..loud].iter().map(|word| set_small(word)).collect::<Vec<_>>().join(" ");
    format!("{} {last}", words[loud..].join(" "))
}

/// `LINDQVIST-MARON` as `Lindqvist-Maron`.
fn set_small(word: &str) -> String {
    let mut begins = true;
    let set = |c: char| {
        let small: String = if begins { c.to_string() } else { c.to_lowercase().collect() };
        begins = !c.is_alphabetic();
        small
    };
    word.chars().map(set).collect()
}

/// Sets the text; what stands below it is the archive's.
fn set_text(clipping: &mut Clipping<'_>, start: usize, galley: &mut Galley) {
    let end = clipping.all().end;
    let closes = |at: &usize| closes_text(clipping.words(*at));
    let below = (start..end).find(closes).unwrap_or(end);
    let bytes = clipping.bytes(start..below);
    clipping.body(bytes, galley);
    let rest: Range<usize> = below..end;
    for at in clipping.printed(rest) {
        let bytes = clipping.bytes(at..at + 1);
        if !closes_text(clipping.words(at)) {
            clipping.paragraph(bytes, ParagraphKind::Boilerplate, galley);
        }
    }
}

/// Does the archive speak: of rights, of pictures, of the number?
fn closes_text(words: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "©",
        "Ce certificat est émis",
        "Certificat émis",
        "This certificate",
        "Aussi paru dans",
        "Tous droits",
        "Illustration(s) :",
        "Note(s) :",
        "Date d'émission",
        "Le présent document est protégé",
    ];
    OPENINGS.iter().any(|opening| words.starts_with(opening)) || is_number(words)
}
