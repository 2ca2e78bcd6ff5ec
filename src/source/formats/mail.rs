//! Mail: newsletters and alerts as `.eml` files or many in an `mbox`.
//!
//! Subject, sender and date are headline, author and date; the body is the text part, or else the HTML part. A page that a browser saved as
//! a mail (MHTML) is read as a page.

use super::{body, html, mime};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::limits::Limits;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::print::byline;
use std::ops::{ControlFlow, Range};

/// Does a file begin like a mailbox of several mails?
pub(crate) fn is_mailbox(head: &str) -> bool {
    head.starts_with("From ") && is(head)
}

/// Does a file begin like a mail?
pub(crate) fn is(head: &str) -> bool {
    // The first line is `Name: value`, or the envelope of an mbox.
    let first = head.split([' ', '\n']).next().unwrap_or_default();
    if first != "From" && !first.ends_with(':') {
        return false;
    }
    let head = head.strip_prefix("From ").and_then(|rest| rest.split_once('\n')).map_or(head, |(_, rest)| rest);
    let header = head.split("\n\n").next().unwrap_or_default().split("\r\n\r\n").next().unwrap_or_default();
    let has =
        |name: &str| header.lines().any(|line| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    has("From:") && (has("Subject:") || has("Date:")) && (has("Date:") || has("MIME-Version:") || has("Message-ID:"))
}

/// Reads every mail of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: line.starts_with("From ") && line.contains(':') && line.len() < 200, closes: false };
    records::each_record(lines, desk, mark, Outside::Noted, article)
}

/// A line that begins with `From ` has a `>` before it in an mbox.
fn unquoted(body: Traced<'static>) -> Traced<'static> {
    let quoted = body.text.match_indices(">From ").map(|(at, _)| at);
    let quoted: Vec<usize> = quoted.filter(|at| *at == 0 || body.text[..*at].ends_with('\n')).collect();
    if quoted.is_empty() {
        return body;
    }
    let mut plain = Traced::empty();
    let mut from = body.follow();
    let mut start = 0;
    for end in quoted.into_iter().chain(std::iter::once(body.text.len())) {
        from.runs(start..end, |run, position, width| plain.push_run(run, position, width));
        start = end + 1;
    }
    plain
}

/// Sets the text of a mail. What it quotes of another mail (`> `) and the sign-off below `-- ` are shown and are no passages.
fn set_body(galley: &mut Galley, mail: &Traced<'static>, limits: &Limits) {
    let parts = if html::is_markup(&mail.text) { Vec::new() } else { parts(&mail.text) };
    let is_answer = parts.iter().any(|(is_own, range)| *is_own && !mail.text[range.clone()].trim().is_empty());
    if parts.len() < 2 || !is_answer {
        return body::set_body(galley, mail, limits);
    }
    let mut from = mail.follow();
    for (is_own, range) in parts {
        if is_own {
            let mut own = Traced::empty();
            from.runs(range, |run, position, width| own.push_run(run, position, width));
            body::set_body(galley, &own, limits);
        } else {
            galley.paragraph(&mut from, range, ParagraphKind::Boilerplate);
        }
    }
}

/// The most lines of a sign-off: what is longer goes on with the letter.
const SIGN_OFF: usize = 12;

/// The stretches of a mail that its writer wrote, and those that were quoted or signed, in turns.
fn parts(text: &str) -> Vec<(bool, Range<usize>)> {
    let mut parts: Vec<(bool, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut signed = false;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let is_dashes = line.trim_end_matches(['\r', '\n']) == "-- ";
        signed = signed || (is_dashes && text[at..].lines().count() <= SIGN_OFF);
        let is_quoted = line.starts_with('>') && !line.starts_with(">From ");
        let is_own = !signed && !is_quoted;
        match parts.last_mut() {
            Some((known, range)) if *known == is_own => range.end = end,
            _ => parts.push((is_own, at..end)),
        }
        at = end;
    }
    parts
}

/// Reads the one mail of a file.
pub(crate) fn article(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    // Some exports begin with a blank line.
    let record = record.part(record.text.len() - record.text.trim_start().len()..record.text.len());
    let start = if record.text.starts_with("From ") { record.text.find('\n').map_or(0, |end| end + 1) } else { 0 };
    let part = mime::MailPart::new(record.part(start..record.text.len()));
    if let Some((page, address)) = part.saved_page() {
        desk.format("html");
        return html::read_page(&page, address, desk);
    }
    let mut galley = Galley::with_room(record.text.len());
    if let Some(subject) = part.header("subject") {
        let words = mime::words(subject.text);
        let mut traced = Traced::empty();
        if words == subject.text {
            traced.push(subject.text, subject.position);
        } else {
            traced.push_decoded(&words, subject.position, 0);
        }
        galley.headline(&mut traced.follow(), 0..traced.text.len());
    }
    if let Some(from) = part.header("from") {
        let sender = mime::words(from.text);
        let name = sender.split('<').next().unwrap_or_default().trim().trim_matches('"').to_string();
        galley.article.outlet = sender.split('@').nth(1).map(|host| host.trim_end_matches(['>', ')']).trim().to_string());
        galley.credit(byline::names(&name), None);
    }
    galley.article.published = part.header("date").and_then(|date| desk.date(date.text));
    if let Some(body) = part.body(desk.limits().nesting) {
        let body = if start > 0 { unquoted(body) } else { body };
        set_body(&mut galley, &body, desk.limits());
    }
    desk.hand_over(galley)
}
