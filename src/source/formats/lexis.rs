//! LexisNexis exports, as text and the text of their DOCX and HTML: `1 of 3 DOCUMENTS`, `LENGTH: 512 words`, `LOAD-DATE: ...`, in every language of
//! the interface.
//!
//! A document has a top (outlet, day, headline), labels, the text, and labels again. Where no line parts two documents, the labels do.
//! A language is added in [`labels`].

mod labels;
mod top;

use super::clipping::Clipping;
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use labels::{Label, Labelled};
use std::ops::{ControlFlow, Range};

/// Does a file look like an export of LexisNexis?
pub(crate) fn is(head: &str) -> bool {
    let found: Vec<Labelled<'_>> = head.lines().filter_map(|line| labels::read(line.trim())).collect();
    if head.lines().filter(|line| !line.trim().is_empty()).take(60).any(is_count) {
        // ProQuest counts its documents too.
        return found.iter().any(|found| found.loud);
    }
    let labels: Vec<Label> = found.iter().map(|found| found.label).collect();
    let has = |wanted: &[Label]| labels.iter().any(|label| wanted.contains(label));
    let known = [Label::Section, Label::Byline, Label::Dateline, Label::Headline, Label::Highlight, Label::Language, Label::Tail];
    let length = found.iter().find(|found| found.label == Label::Length);
    length.is_some_and(|found| counts_words(found.value)) && has(&known)
}

/// `312 words`, `312 Wörter`.
fn counts_words(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit()) && value.contains(char::is_alphabetic) && value.len() < 30
}

/// `1 of 3 DOCUMENTS`, `Dokument 1 af 3`, in any language of the interface.
pub(crate) fn is_count(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 60 || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_of =
        |word: &str| matches!(word.to_lowercase().as_str(), "of" | "von" | "van" | "de" | "di" | "su" | "sur" | "af" | "av");
    let is_document = |word: &str| {
        let lower = word.to_lowercase();
        word.chars().all(char::is_alphabetic) && (lower.starts_with("docum") || lower.starts_with("dokum"))
    };
    match line.split_whitespace().collect::<Vec<_>>()[..] {
        [first, of, last, name] if is_number(first) => is_of(of) && is_number(last) && is_document(name),
        [name, first, of, last] => is_document(name) && is_number(first) && is_of(of) && is_number(last),
        _ => false,
    }
}

/// Reads every document of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    records::each_record(lines, desk, mark, Outside::ARecord, read_record)
}

fn mark(line: &str) -> Mark {
    Mark { opens: is_count(line) || line.starts_with('\u{c}'), closes: is_end(line.trim()) }
}

fn is_end(line: &str) -> bool {
    matches!(line, "End of Document" | "Ende des Dokuments" | "Fin du document" | "Fin del documento" | "Fine del documento")
        || matches!(
            line,
            "Einde van document" | "Einde van het document" | "Fim do documento" | "Slut på dokument" | "Slutt på dokument"
        )
}

fn read_record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let text = Traced::verbatim(record.text, record.position);
    let mut clipping = Clipping::new(&text);
    let lines = clipping.all();
    documents(&mut clipping, lines, desk)
}

/// Reads the documents of a text that comes from another format.
pub(crate) fn read_text(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut clipping = Clipping::new(text);
    let mut start = 0;
    for at in clipping.all() {
        let mark = mark(clipping.words(at));
        if mark.opens && at > start {
            documents(&mut clipping, start..at, desk)?;
            start = at;
        }
        if mark.closes {
            documents(&mut clipping, start..at + 1, desk)?;
            start = at + 1;
        }
    }
    let end = clipping.all().end;
    documents(&mut clipping, start..end, desk)
}

/// Reads what stands between two marks: a document, or several that only their labels part.
fn documents(clipping: &mut Clipping<'_>, lines: Range<usize>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let Some(first) = clipping.first(lines.clone()).filter(|_| lines.clone().any(|at| !is_end(clipping.words(at)))) else {
        return ControlFlow::Continue(());
    };
    if clipping.printed(lines.clone()).iter().all(|at| is_end(clipping.words(*at))) {
        return ControlFlow::Continue(());
    }
    let counted = is_count(clipping.words(first));
    let label = |at: usize| labels::read(clipping.words(at)).map(|found| found.label);
    // A cover names its sources too.
    let tells = |label: Label| !matches!(label, Label::MaybeTail | Label::Head | Label::Show);
    if !counted && !lines.clone().any(|at| label(at).is_some_and(tells)) {
        let words: String = clipping.words(first).chars().take(40).collect();
        return desk.refuse(Reason::NotAnArticle, format!("no document, for it has no label: `{words}`"));
    }
    let mut after_tail = None;
    let mut has_length = false;
    let mut cuts = Vec::new();
    for at in lines.clone() {
        match label(at) {
            Some(Label::Length) => {
                cuts.extend(after_tail.take().filter(|_| has_length));
                has_length = true;
            }
            Some(Label::Tail | Label::Language) if has_length => after_tail = Some(at + 1),
            // A label goes on to the next empty line; below stand the rights.
            _ if after_tail == Some(at) && !clipping.words(at).is_empty() => after_tail = Some(at + 1),
            _ if after_tail.is_some() && is_rights(clipping.words(at)) => after_tail = Some(at + 1),
            _ => {}
        }
    }
    if !cuts.is_empty() {
        return each_cut(clipping, &cuts, lines, desk);
    }
    one(clipping, lines, desk)
}

/// Reads the documents of which each but the first begins with one of the lines `cuts`.
fn each_cut(clipping: &mut Clipping<'_>, cuts: &[usize], lines: Range<usize>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut start = lines.start;
    for cut in cuts.iter().copied().chain(std::iter::once(lines.end)) {
        let bytes = clipping.bytes(start..cut);
        let text = clipping.copy(&[bytes]);
        let mut part = Clipping::new(&text);
        let lines = part.all();
        one(&mut part, lines, desk)?;
        start = cut;
    }
    ControlFlow::Continue(())
}

/// Reads one document, below the cover of its export if there is one.
fn one(clipping: &mut Clipping<'_>, lines: Range<usize>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let begin = top::after_cover(clipping, lines.clone());
    if begin > lines.start {
        let words: String = clipping.words(clipping.first(lines.clone()).unwrap_or(begin)).chars().take(40).collect();
        desk.refuse(Reason::NotAnArticle, format!("the cover of an export: `{words}`"))?;
    }
    article(clipping, begin..lines.end, desk)
}

/// `Copyright 2016 Harbour Post`, `All Rights Reserved`.
fn is_rights(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "copyright",
        "©",
        "all rights reserved",
        "alle rechte",
        "tous droits",
        "todos los derechos",
        "alle rechten",
        "tutti i diritti",
        "todos os direitos",
    ]
    .iter()
    .any(|opening| lower.starts_with(opening))
        && line.len() < 160
}

/// Sets one document.
fn article(clipping: &mut Clipping<'_>, lines: Range<usize>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(clipping.bytes(lines.clone()).len());
    let found = |at: usize| labels::read(clipping.words(at)).filter(|found| found.label != Label::Show);
    let is_body = |at: usize| labels::is_body(clipping.words(at));
    let loud = lines.clone().filter_map(found).find(|found| found.label == Label::Length).is_none_or(|found| found.loud);
    // A headline may begin like a label: `Update: Ferry sinks`.
    let below = |label: Label| matches!(label, Label::Tail | Label::MaybeTail | Label::Correction);
    let opens = |found: Labelled<'_>| found.loud == loud && (loud || !below(found.label));
    let first = lines.clone().find(|at| found(*at).is_some_and(opens) || is_body(*at));
    let first = first.or_else(|| lines.clone().find(|at| found(*at).is_some())).unwrap_or(lines.end);
    let has_headline = (first..lines.end).filter_map(found).any(|found| found.label == Label::Headline && found.loud == loud);
    top::set(clipping, lines.start..first, top::Style { loud, has_headline }, &mut galley, desk);
    let body = head(clipping, first..lines.end, loud, &mut galley);
    let end = tail_begins(clipping, body..lines.end, loud);
    let bytes = clipping.bytes(body..end);
    clipping.body(bytes, &mut galley);
    tail(clipping, end..lines.end, &mut galley);
    desk.hand_over(galley)
}

/// The lines of a field: its own, and those below it that have no label. One whose label stands alone goes on below an empty line.
fn field(clipping: &Clipping<'_>, at: usize, end: usize) -> Range<usize> {
    let is_free = |at: usize| {
        let words = clipping.words(at);
        !words.is_empty() && labels::read(words).is_none() && !labels::is_body(words)
    };
    let Some(found) = labels::read(clipping.words(at)) else { return at..at + 1 };
    let mut next = at + 1;
    if found.value.is_empty() && next < end && clipping.words(next).is_empty() {
        next = clipping.first(next..end).filter(|at| is_free(*at)).unwrap_or(next);
    }
    // The text may follow without an empty line: a line goes on only if it is as long as lines get, or a headline.
    let is_text = matches!(found.label, Label::Headline | Label::Highlight | Label::Correction);
    let goes_on = |at: &usize| {
        let above = clipping.words(at - 1);
        let may = is_text || above.len() >= WRAPPED || above.ends_with(';') || *at == next && found.value.is_empty();
        is_free(*at) && may && found.label != Label::Length
    };
    at..(next..end).find(|at| !goes_on(at)).unwrap_or(end).max(at + 1)
}

/// Bytes of a line that may be broken because it is full: lines of these exports have up to 80.
const WRAPPED: usize = 60;

/// Sets what the labels above the text say, and gives the line where the text begins.
fn head(clipping: &mut Clipping<'_>, lines: Range<usize>, loud: bool, galley: &mut Galley) -> usize {
    let mut at = lines.start;
    let mut above = Vec::new();
    while let Some(line) = clipping.first(at..lines.end) {
        at = line;
        if labels::is_body(clipping.words(line)) {
            at += 1;
            break;
        }
        match labels::read(clipping.words(line)).filter(|found| found.loud == loud || found.label == Label::Show) {
            Some(found) if found.label == Label::Body => {
                // The text may begin on the line of the label.
                let bytes = clipping.bytes_of(found.value);
                clipping.paragraph(bytes, ParagraphKind::Text, galley);
                at += 1;
                break;
            }
            Some(found) if matches!(found.label, Label::Tail | Label::Language | Label::MaybeTail | Label::Correction) => {
                if !goes_on(clipping, line + 1..lines.end, loud) {
                    break;
                }
                let field = field(clipping, line, lines.end);
                at = field.end;
                tail(clipping, field, galley);
            }
            Some(found) => {
                let field = field(clipping, line, lines.end);
                at = field.end;
                set(found, field, clipping, galley);
            }
            None if goes_on(clipping, line..lines.end, loud) => {
                above.push(clipping.block(line, lines.end));
                at = above[above.len() - 1].end;
            }
            None => break,
        }
    }
    for block in above {
        let bytes = clipping.bytes(block);
        clipping.paragraph(bytes, ParagraphKind::Subhead, galley);
    }
    at
}

/// Do labels of the head follow, for a few blocks, before the text ends?
fn goes_on(clipping: &Clipping<'_>, lines: Range<usize>, loud: bool) -> bool {
    // Eight: more than stands unlabelled within any head seen, less than a story.
    let next = clipping.printed(lines.start..(lines.start + 40).min(lines.end));
    if !loud && next.iter().any(|at| labels::is_body(clipping.words(*at))) {
        return true;
    }
    let labels = next.iter().take(8).filter_map(|at| labels::read(clipping.words(*at))).filter(|found| found.loud == loud);
    labels
        .map(|found| found.label)
        .take_while(|label| *label != Label::Tail)
        .any(|label| matches!(label, Label::Length | Label::Headline | Label::Body | Label::Section))
}

/// Sets a field of the head.
fn set(found: Labelled<'_>, lines: Range<usize>, clipping: &mut Clipping<'_>, galley: &mut Galley) {
    let start = clipping.bytes_of(found.value).start;
    let bytes = start..clipping.bytes(lines.clone()).end.max(start);
    let words = clipping.text_of(bytes.clone()).trim();
    // What is a section in German is the headline in Swedish, and only their words for the length differ.
    let near = lines.start.saturating_sub(12)..lines.end + 12;
    let is_swedish = || near.clone().any(|at| clipping.words(at).starts_with("LÄNGD"));
    let is_rubrik = clipping.words(lines.start).starts_with("RUBRIK:") || clipping.words(lines.start).starts_with("RUBRIK :");
    match found.label {
        Label::Byline => clipping.byline(bytes, galley),
        Label::Section if is_rubrik && galley.article.headline.is_none() && is_swedish() => clipping.headline(bytes, galley),
        Label::Dateline => clipping.dateline(bytes, galley),
        Label::Headline => clipping.headline(bytes, galley),
        Label::Highlight => clipping.paragraph(bytes, ParagraphKind::Subhead, galley),
        Label::Section | Label::Show if galley.article.section.is_none() && !words.is_empty() => {
            galley.article.section = Some(words.split([';', '\n']).next().unwrap_or(words).trim().to_string());
        }
        _ => {}
    }
}

/// The line where the labels below the text begin.
fn tail_begins(clipping: &Clipping<'_>, lines: Range<usize>, loud: bool) -> usize {
    let label = |at: usize| labels::read(clipping.words(at)).filter(|found| found.loud == loud).map(|found| found.label);
    let is_sure = |at: usize| matches!(label(at), Some(Label::Tail | Label::Language)) || labels::is_below(clipping.words(at));
    // What may be a label below the text is one if only labels, and what stands under them, are between it and one that is.
    let (mut begins, mut followed) = (lines.end, false);
    for at in lines.rev().filter(|at| !clipping.words(*at).is_empty()) {
        let may = matches!(label(at), Some(Label::MaybeTail | Label::Correction));
        if is_sure(at) || is_end(clipping.words(at)) {
            followed = true;
        } else if label(at).is_none() && at > 0 && clipping.words(at - 1).is_empty() {
            followed = false;
        }
        if followed && (may || is_sure(at) || is_end(clipping.words(at))) {
            begins = at;
        }
    }
    begins
}

/// Reads the labels below the text; what has none stays in the article.
fn tail(clipping: &mut Clipping<'_>, lines: Range<usize>, galley: &mut Galley) {
    let mut at = lines.start;
    while let Some(line) = clipping.first(at..lines.end) {
        let words = clipping.words(line);
        let Some(found) = labels::read(words) else {
            let block = clipping.block(line, lines.end);
            at = block.end;
            if !(labels::is_below(words) || is_end(words) || is_rights(words)) {
                // A label that no language here knows is one still; what it says is shown.
                let kind = if labels::is_loud(words) { ParagraphKind::Boilerplate } else { ParagraphKind::Text };
                let bytes = clipping.bytes(block);
                clipping.paragraph(bytes, kind, galley);
            }
            continue;
        };
        let field = field(clipping, line, lines.end);
        at = field.end;
        let start = clipping.bytes_of(found.value).start;
        let bytes = start..clipping.bytes(field.clone()).end.max(start);
        match found.label {
            Label::Language => {
                let name = found.value.split([';', ',']).next().unwrap_or(found.value);
                galley.article.language = galley.article.language.take().or_else(|| crate::source::print::language::code(name));
            }
            Label::Correction => clipping.paragraph(bytes, ParagraphKind::Text, galley),
            Label::Tail | Label::MaybeTail | Label::Length => {}
            _ => set(found, field, clipping, galley),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_count_documents_in_every_language_of_the_interface() {
        for yes in [
            "1 of 3 DOCUMENTS",
            "   2 von 3 DOKUMENTEN",
            "1 van 2 DOCUMENTEN",
            "1 sur 2 DOCUMENTS",
            "1 de 2 DOCUMENTOS",
            "1 di 2 DOCUMENTI",
            "Dokument 1 von 3",
            "Dokument 1 af 2",
            "Dokument 1 av 2",
            "Document 1 de 2",
        ] {
            assert!(is_count(yes), "{yes}");
        }
        for no in ["3 of 4 documents were lost in the fire.", "2 of 3 BOATS", "Document of 1925", "1 of 3", ""] {
            assert!(!is_count(no), "{no}");
        }
    }

    #[test]
    fn labels_in_languages_that_are_not_known_are_told_by_their_values() {
        let label = |line: &str| labels::read(line).map(|found| found.label);
        assert_eq!(label("PITUUS: 312 sanaa"), Some(Label::Length));
        assert_eq!(label("LATAUSPÄIVÄ: 2025-05-04"), Some(Label::Tail));
        assert_eq!(label("BRANDT: There is none."), None);
        assert_eq!(label("Length: 60 words").map(|label| label == Label::Length), Some(true));
        assert_eq!(label("The talks: 9 hours"), None);
    }
}
