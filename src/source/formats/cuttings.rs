//! Cuttings of NewsBank, Gale and PressReader as text: facts with labels around the story (`Section: Metro`, `Record Number: 0405030123`).
//!
//! Above the text stand headline, outlet, day and labels, in an order of each archive's own; below it labels alone.

mod facts;

use super::clipping::{self, Clipping};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::print::byline;
use facts::Fact;
use std::ops::{ControlFlow, Range};

/// Does a file look like a cutting, by what only these archives print?
pub(crate) fn is_marked(head: &str) -> bool {
    // Most files are texts that have none of these anywhere.
    let has = |mark: &str| {
        let there = memchr::memmem::find(head.as_bytes(), mark.as_bytes()).is_some();
        there && head.lines().any(|line| line.trim_start().starts_with(mark))
    };
    let own = || ["Record Number:", "Gale Document Number:", "OpenURL Link", "Record:"].into_iter().any(has);
    let gale = || has("Document Type:") && ["From:", "Source:", "Publisher:"].into_iter().any(has);
    let is_dated = |line: &str| {
        facts::is_day(line) || facts::in_bars(line) || facts::label(line).is_some_and(|(fact, _)| fact == Fact::Date)
    };
    let mut top = head.lines().map(str::trim).filter(|line| !line.is_empty()).take(12);
    (own() || gale() || head.contains("PressReader")) && top.any(is_dated)
}

/// Does a file look like a cutting, by its facts?
pub(crate) fn is(head: &str) -> bool {
    let top: Vec<&str> = head.lines().map(str::trim).filter(|line| !line.is_empty()).take(12).collect();
    let labels = top.iter().filter(|line| facts::label(line).is_some() || facts::in_bars(line)).count();
    let dated = top.iter().any(|line| {
        facts::is_day(line) || facts::in_bars(line) || facts::label(line).is_some_and(|(fact, _)| fact == Fact::Date)
    });
    dated && labels >= 3 || top.get(1).is_some_and(|line| facts::in_dashes(line))
}

/// Reads every cutting of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    records::each_record(lines, desk, |line| Mark { opens: false, closes: is_last(line) }, Outside::ARecord, record)
}

fn is_last(line: &str) -> bool {
    let line = line.trim_start();
    // `Record: 12-3` tells how a team plays.
    let is_number = |value: &str| value.bytes().filter(u8::is_ascii_digit).count() >= 6;
    line.starts_with("Record Number:")
        || line.starts_with("Gale Document Number:")
        || line.strip_prefix("Record:").is_some_and(is_number)
}

fn record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    cutting(&Traced::verbatim(record.text, record.position), desk)
}

/// Reads the cuttings of a text that comes from another format.
pub(crate) fn read_text(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    clipping::each(text, is_last, cutting, desk)
}

fn cutting(text: &Traced<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut clipping = Clipping::new(text);
    let mut printed = clipping.printed(clipping.all());
    // Below the number of the cutting above may stand more about it.
    let is_below = |at: usize| {
        facts::is_rights(clipping.words(at)) || facts::label(clipping.words(at)).is_some_and(|(fact, _)| fact == Fact::Below)
    };
    let above = printed.iter().take_while(|at| is_below(**at)).count();
    printed.drain(..above);
    if printed.is_empty() {
        return ControlFlow::Continue(());
    }
    let mut galley = Galley::with_room(text.text.len());
    let body = head(&mut clipping, &printed, &mut galley, desk);
    let end = clipping.all().end;
    let is_tail = |at: usize| facts::label(clipping.words(at)).is_some_and(|(fact, _)| fact == Fact::Below);
    let is_below = |at: &usize| is_tail(*at) || is_rights(&clipping, *at);
    let tail = (body..end).find(is_below).unwrap_or(end);
    let bytes = clipping.bytes(body..tail);
    clipping.body(bytes, &mut galley);
    set_tail(&mut clipping, tail..end, &mut galley);
    desk.hand_over(galley)
}

/// Sets what stands above the text, and gives the line where that begins.
fn head(clipping: &mut Clipping<'_>, printed: &[usize], galley: &mut Galley, desk: &mut Desk<'_>) -> usize {
    let words = |at: usize| printed.get(at).map_or("", |line| clipping.words(*line));
    // The oldest layout begins with the outlet, and the day below it.
    let outlet_first = facts::is_day(words(1)) && facts::label(words(0)).or_else(|| facts::label(words(1))).is_none();
    let mut at = 0;
    if outlet_first {
        galley.article.outlet = Some(words(0).to_string());
        at = 1;
    }
    let mut facts = 0;
    while let Some(line) = printed.get(at).copied() {
        let words = clipping.words(line);
        let bytes = clipping.bytes(line..line + 1);
        let is_fact = facts::set(words, galley, desk);
        if facts::label(words).is_some_and(|(fact, _)| fact == Fact::Text) {
            // The text may begin on the line of its label.
            let start = bytes.start + words.find(':').map_or(0, |colon| colon + 1);
            clipping.paragraph(start..bytes.end, ParagraphKind::Text, galley);
            return line + 1;
        }
        if is_fact && !(facts::is_day(words) && galley.article.headline.is_none() && at == 0) {
            facts += 1;
        } else if facts::headline(words).is_some() && galley.article.headline.is_none() {
            let start = bytes.start + words.find(':').map_or(0, |colon| colon + 1);
            clipping.headline(start..bytes.end, galley);
        } else if galley.article.headline.is_none() {
            clipping.headline(bytes, galley);
        } else if let Some(names) = byline::line(words).or_else(|| facts::with_role(words)) {
            let span = clipping.line(bytes, galley);
            galley.credit(names, span);
        } else if facts == 0 && at < 4 && printed[at..].iter().skip(1).take(3).any(|line| facts::is_fact(clipping.words(*line))) {
            // Between headline and facts.
            let is_outlet =
                galley.article.outlet.is_none() && facts::is_day(printed.get(at + 1).map_or("", |line| clipping.words(*line)));
            if is_outlet {
                galley.article.outlet = Some(words.to_string());
            } else {
                clipping.paragraph(bytes, ParagraphKind::Subhead, galley);
            }
        } else {
            return line;
        }
        at += 1;
    }
    clipping.all().end
}

/// Rights stand by themselves or below a label; a line of the story may begin with the word.
fn is_rights(clipping: &Clipping<'_>, at: usize) -> bool {
    let parted = at == 0 || clipping.words(at - 1).is_empty() || facts::label(clipping.words(at - 1)).is_some();
    parted && facts::is_rights(clipping.words(at))
}

/// What stands below the text is kept and shown, and is no passage.
fn set_tail(clipping: &mut Clipping<'_>, lines: Range<usize>, galley: &mut Galley) {
    for at in clipping.printed(lines) {
        let words = clipping.words(at);
        let is_kept =
            facts::label(words).is_none_or(|(_, name)| matches!(name, "Memo" | "Caption" | "Correction" | "Notes" | "Note"));
        if is_kept && !is_rights(clipping, at) {
            let bytes = clipping.bytes(at..at + 1);
            clipping.paragraph(bytes, ParagraphKind::Boilerplate, galley);
        }
    }
}
