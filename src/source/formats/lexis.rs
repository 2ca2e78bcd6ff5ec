//! LexisNexis exports as text (and the text of their DOCX): `1 of 3 DOCUMENTS`, `LENGTH: 512 words`, `LOAD-DATE: ...`.

use super::text;
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::{DoubtKind, Reason};
use crate::source::print::{byline, date};
use std::ops::{ControlFlow, Range};

/// Does a file look like an export of LexisNexis?
pub(crate) fn is(head: &str) -> bool {
    let has = |mark: &str| memchr::memmem::find(head.as_bytes(), mark.as_bytes()).is_some();
    let documents = head.lines().take(20).any(|line| is_count(line) && (has(":")));
    documents || (has(" words") && (has("LENGTH:") || has("Length:")) && (has("LOAD-DATE:") || has("Load-Date:")))
}

/// `1 of 3 DOCUMENTS`, in any of the interface's languages that keep the figures.
fn is_count(line: &str) -> bool {
    if !line.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == 'D') || line.len() > 120 {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    // `Dokument 1 von 3`.
    if let [name, first, of, last] = words[..]
        && matches!((name, of), ("Dokument", "von") | ("Document", "de" | "van") | ("Documento", "de" | "di"))
    {
        return is_number(first) && is_number(last);
    }
    match words[..] {
        [first, _, last, name] => is_number(first) && is_number(last) && name.len() > 6 && name == name.to_uppercase(),
        _ => false,
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: is_count(line) || line.starts_with('\u{c}'), closes: line.trim() == "End of Document" };
    records::each_record(lines, desk, mark, Outside::ARecord, article)
}

/// Labels before the text, in the languages of the interface.
const HEAD: &[&str] = &[
    "BYLINE",
    "AUTOR",
    "AUTEUR",
    "SECTION",
    "RUBRIK",
    "RUBRIQUE",
    "SECCIÓN",
    "LENGTH",
    "LÄNGE",
    "LONGUEUR",
    "LONGITUD",
    "LENGTE",
    "DATELINE",
    "HEADLINE",
    "SOURCE",
    "HIGHLIGHT",
    "EDITION",
    "SERIES",
];
/// Labels after the text.
const TAIL: &[&str] = &[
    "LOAD-DATE",
    "UPDATE",
    "DATE-CHARGEMENT",
    "FECHA-CARGA",
    "LAATSTE-WIJZIGING",
    "LANGUAGE",
    "SPRACHE",
    "LANGUE",
    "IDIOMA",
    "TAAL",
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
    if record.text.trim().is_empty() {
        return ControlFlow::Continue(());
    }
    let mut galley = Galley::with_room(record.text.len());
    let lines = lines(record.text);
    let label = |range: &Range<usize>, names: &[&str]| {
        names.iter().find(|name| labelled(&record.text[range.clone()], name).is_some()).map(|name| (*name).to_string())
    };
    // A document saved alone has no count above it; what has no label either is a cover or a list.
    let opens_by_count = lines.iter().map(|line| record.text[line.clone()].trim_end()).find(|line| !line.is_empty());
    let counted = opens_by_count.is_some_and(|line| is_count(line) || line.starts_with('\u{c}'));
    if !counted && !lines.iter().any(|line| label(line, HEAD).is_some() || label(line, TAIL).is_some()) {
        let first: String = record.text.trim().chars().take(40).collect();
        return desk.refuse(Reason::NotAnArticle, format!("no document, for it has no label: `{first}`"));
    }
    let ends_body = |line: &Range<usize>| label(line, TAIL).is_some() || record.text[line.clone()].trim() == "Classification";
    let body_end = lines.iter().position(ends_body).unwrap_or(lines.len());
    let opens_body = |line: &Range<usize>| record.text[line.clone()].trim() == "Body";
    let last_head = lines[..body_end].iter().rposition(|line| label(line, HEAD).is_some() || opens_body(line));
    let first_head = lines[..body_end].iter().position(|line| label(line, HEAD).is_some()).unwrap_or(0);
    set_top(record, &lines[..first_head], &mut galley, desk);
    let mut steps = record.in_steps();
    for line in &lines[..last_head.map_or(0, |last| last + 1)] {
        for name in HEAD {
            let Some(value) = labelled(&record.text[line.clone()], name) else { continue };
            let cut = steps.of_slice(value);
            let traced = Traced::verbatim(cut.text, cut.position);
            match *name {
                "BYLINE" | "AUTOR" | "AUTEUR" => {
                    let span = galley.set_all(&traced);
                    galley.credit(byline::names(value), span);
                }
                "DATELINE" => {
                    if let Some(span) = galley.set_all(&traced) {
                        galley.dateline_at(span);
                    }
                }
                "HEADLINE" => galley.headline(&mut traced.follow(), 0..traced.text.len()),
                "SECTION" | "RUBRIK" | "RUBRIQUE" | "SECCIÓN" => {
                    galley.article.section = Some(value.split(';').next().unwrap_or(value).trim().to_string())
                }
                _ => {}
            }
        }
    }
    // The line between two documents is damaged: the second has a length of its own.
    if let Some(line) =
        lines[body_end..].iter().find(|line| label(line, &["LENGTH", "LÄNGE", "LONGUEUR", "LONGITUD", "LENGTE"]).is_some())
    {
        let number = record.part(line.clone()).position.line;
        desk.doubt(
            DoubtKind::Partial,
            format!("another document begins above line {number}, and no line parts the two; it was not read"),
        );
    }
    let start = last_head.and_then(|last| lines.get(last)).map_or(0, |line| line.end);
    let end = lines.get(body_end).map_or(record.text.len(), |line| line.start);
    let body = record.part(start..end.max(start));
    text::set_body(&mut galley, &Traced::verbatim(body.text, body.position));
    let named = |line: &Range<usize>| {
        ["LANGUAGE", "SPRACHE", "LANGUE", "IDIOMA", "TAAL"].iter().find_map(|name| labelled(&record.text[line.clone()], name))
    };
    let language = lines[body_end..].iter().find_map(named);
    galley.article.language =
        language.and_then(|name| crate::source::print::language::code(name.split(';').next().unwrap_or(name)));
    desk.hand_over(galley)
}

/// What is printed above the first label: outlet, date and headline, or (in Word files) headline, outlet and date.
fn set_top(record: Cut<'_>, lines: &[Range<usize>], galley: &mut Galley, desk: &mut Desk<'_>) {
    let words = |line: &Range<usize>| record.text[line.clone()].trim();
    let printed = |line: &&Range<usize>| {
        let words = words(line);
        !(words.is_empty() || is_count(words) || words.starts_with("Copyright") || words == "All Rights Reserved")
    };
    let top: Vec<&Range<usize>> = lines.iter().filter(printed).collect();
    let dated = |line: &&&Range<usize>| {
        let words = words(line);
        words.len() < 60 && words.contains(|c: char| c.is_ascii_digit()) && date::read(words, desk.date_order()).is_some()
    };
    let Some(date_at) = top.iter().position(|line| dated(&line)) else {
        if let Some(first) = top.first() {
            set_headline(record, first, galley);
        }
        return;
    };
    let (headline, outlet) = if date_at >= 2 { (Some(date_at - 2), date_at - 1) } else { (Some(date_at + 1), 0) };
    galley.article.published = desk.date(words(top[date_at]));
    galley.article.outlet = Some(outlet).filter(|at| *at != date_at).map(|at| words(top[at]).to_string());
    let Some(headline) = headline else { return };
    // Editions and corrections stand between the day and the headline; what else stands there is read below it.
    let below = top.iter().enumerate().skip(headline).filter(|(at, _)| *at != outlet && *at != date_at);
    let mut below = below.map(|(_, line)| *line).filter(|line| !is_edition(words(line)));
    if let Some(line) = below.next() {
        set_headline(record, line, galley);
    }
    for line in below {
        let cut = record.part(line.clone());
        galley.paragraph(&mut Traced::verbatim(cut.text, cut.position).follow(), 0..cut.text.len(), ParagraphKind::Subhead);
    }
}

/// `National Edition`, `Edition 2;`, `Correction Appended`: which printing it was.
fn is_edition(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words = lower.split_whitespace().count();
    let is_edition = words <= 5 && (lower.contains("edition") || lower.contains("ausgabe") || lower.contains("édition"));
    is_edition || lower == "correction appended"
}

fn set_headline(record: Cut<'_>, line: &Range<usize>, galley: &mut Galley) {
    let cut = record.part(line.clone());
    galley.headline(&mut Traced::verbatim(cut.text, cut.position).follow(), 0..cut.text.len());
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
    let (head, rest) = (line.get(..name.len())?, line.get(name.len()..)?);
    let rest = rest.strip_prefix(':')?;
    (head.eq_ignore_ascii_case(name) || head.to_uppercase() == name).then(|| rest.trim())
}
