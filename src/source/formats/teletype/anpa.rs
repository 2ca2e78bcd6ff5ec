//! ANPA 1312: a header with the keyword, lines after `^` above the text, `HP-HM-11-13-14 1432GMT<` below it.

use super::{Message, published, without_sign_off};
use crate::article::{ParagraphKind, Published};
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use crate::source::formats::clipping::Clipping;
use crate::source::print::byline;
use std::ops::{ControlFlow, Range};

/// Has the message what only this format has?
pub(super) fn is(message: &Message<'_>) -> bool {
    message.header.text.contains(['\u{11}', '\u{13}', '\u{16}'])
        || message.text.text.lines().any(|line| clean(line).starts_with('^'))
}

/// The same without the control characters around it: `r z BC-BBO--Baseball     05-17 0820`, and lines after `^`.
pub(super) fn is_bare(start: &str) -> bool {
    let mut lines = start.lines().map(clean).filter(|line| !line.is_empty());
    let (Some(_), Some(second), Some(third)) = (lines.next(), lines.next(), lines.next()) else { return false };
    let words: Vec<&str> = second.split_whitespace().collect();
    let is_short = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    third.starts_with('^') && words.len() >= 3 && is_short(words[0]) && is_short(words[1])
}

fn clean(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_control() || c.is_whitespace())
}

/// Sets a message.
pub(super) fn article(message: &Message<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(message.text.text.len());
    let (text, trailer) = message.without_trailer();
    galley.article.published = day(trailer);
    let text = Traced::verbatim(text.text, text.position);
    let mut clipping = Clipping::new(&text);
    let end = clipping.all().end;
    let keyword = keyword(message.header.text);
    let mut at = 0;
    let (mut is_first, mut is_signed) = (true, false);
    while let Some(line) = clipping.first(at..end) {
        let words = clipping.words(line);
        let Some(flagged) = words.strip_prefix('^').filter(|line| !line.starts_with(';')) else {
            // The line with the keyword may stand without its flag.
            if is_first && is_keyword(words, &keyword) {
                (at, is_first) = (line + 1, false);
                continue;
            }
            break;
        };
        let shut = flagged.trim_end_matches(['<', '=', ' ']);
        let start = clipping.bytes(line..line + 1).start + 1;
        let bytes = start..start + shut.len();
        if is_first && is_keyword(shut, &keyword) {
            galley.article.section = shut.split([',', '<']).next().map(|word| word.trim().to_string());
        } else if flagged.ends_with('=') && (is_signed || byline::line(shut).is_some()) {
            set_signed(&mut clipping, bytes, &mut galley);
            is_signed = true;
        } else if galley.article.headline.is_none() && !is_note(shut) {
            clipping.headline(bytes, &mut galley);
        } else {
            clipping.line(bytes, &mut galley);
        }
        (at, is_first) = (line + 1, false);
    }
    let lines = without_sign_off(&clipping, at..end, "");
    set_body(&mut clipping, lines, &mut galley);
    desk.hand_over(galley)
}

/// Sets the text; a line after `^` in it is a sub-head.
fn set_body(clipping: &mut Clipping<'_>, lines: Range<usize>, galley: &mut Galley) {
    let mut start = lines.start;
    for at in lines.clone().chain(std::iter::once(lines.end)) {
        let flagged = at < lines.end && clipping.words(at).starts_with('^');
        if !flagged && at < lines.end {
            continue;
        }
        let bytes = clipping.bytes(start..at);
        let shut = clipping.text_of(bytes.clone()).trim_end_matches(['<', ' ', '\r', '\n', '\t']).len();
        clipping.body(bytes.start..bytes.start + shut, galley);
        if flagged {
            let line = clipping.bytes(at..at + 1);
            let shut = clipping.words(at).trim_end_matches(['<', '=', ' ']).len();
            clipping.paragraph(line.start + 1..line.start + shut.max(1), ParagraphKind::Subhead, galley);
        }
        start = at + 1;
    }
}

/// `BC-HP--Hallmere-Ferries` in the second line of the header.
fn keyword(header: &str) -> String {
    let line = header.lines().map(clean).rfind(|line| !line.is_empty()).unwrap_or_default();
    let words = line.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| word.len() > 3);
    words.max_by_key(|word| word.len()).unwrap_or_default().to_string()
}

fn is_keyword(line: &str, keyword: &str) -> bool {
    let same = keyword.len() > 3 && line.get(..keyword.len()).is_some_and(|head| head.eq_ignore_ascii_case(keyword));
    // `*9006<` stands before some.
    same || line.starts_with('*')
        || line.starts_with("BC-")
        || line.starts_with("AM-")
        || line.starts_with("PM-")
        || line.contains("--") && !line.contains("-- ")
}

/// Notes to editors, and what pictures go with it.
fn is_note(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["eds:", "eds.", "editors:", "with ", "ap photo", "photo", "note", "an ap", "for release"]
        .iter()
        .any(|note| lower.starts_with(note))
        || lower.contains(" photo") && lower.contains(|c: char| c.is_ascii_digit())
}

/// `By PETRA LINDQVIST and OTTO KARLSEN=`, and below it `Harbour Press=` or `HP Sports Writer=`.
fn set_signed(clipping: &mut Clipping<'_>, bytes: Range<usize>, galley: &mut Galley) {
    let words = clipping.text_of(bytes.clone());
    if byline::line(words).is_some() {
        return clipping.byline(bytes, galley);
    }
    let is_role = ["Writer", "Editor", "Correspondent", "Staff"].iter().any(|role| words.contains(role));
    if !is_role && galley.article.outlet.is_none() {
        galley.article.outlet = Some(words.trim_start_matches("The ").trim().to_string());
    }
    clipping.line(bytes, galley);
}

/// `HP-HM-11-13-14 1432GMT<`: month, day, year, time.
pub(super) fn day(trailer: &str) -> Option<Published> {
    let words: Vec<&str> = trailer.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| word.matches('-').count() >= 3)?;
    let mut parts = words[at].rsplit('-').map(str::parse::<u16>);
    let (Some(Ok(year)), Some(Ok(day)), Some(Ok(month))) = (parts.next(), parts.next(), parts.next()) else { return None };
    let clock = words.get(at + 1).copied().unwrap_or_default();
    published((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?), clock)
}
