//! Messages of agencies as their wires carried them: IPTC 7901 and ANPA 1312, control characters and all.
//!
//! A message has a header (agency, number, keyword), the text between STX and ETX with headline and byline above it, and a trailer with the
//! day. What the header, notes to editors and sign-offs say is never a paragraph.

mod anpa;
mod iptc;

use super::clipping::Clipping;
use crate::article::{FoundIn, Published};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::print::date;
use std::ops::{ControlFlow, Range};

/// Control characters: a message begins, its text begins, its text ends, it ends.
const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';

/// Does a file begin with a message of either kind?
pub(crate) fn is(head: &str) -> bool {
    let start = head.trim_start_matches(|c: char| c.is_control() && c != SOH || c.is_whitespace());
    let begins = start.strip_prefix(SOH).is_some_and(|rest| rest.contains(STX) || iptc::is_header(first_line(rest)));
    begins || start.contains(STX) && head.contains('\u{16}') || iptc::is_bare(start) || anpa::is_bare(start)
}

fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
}

/// Reads every message of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: line.contains(SOH), closes: line.contains(EOT) };
    records::each_record(lines, desk, mark, Outside::ARecord, message)
}

/// `AP-WF-05-17-16 0620GMT<`, `211259 GMT Nov 18`: a last line that says when.
fn is_trailer(line: &str) -> bool {
    iptc::day(line).is_some() && line.len() < 30 || anpa::day(line).is_some() && line.len() < 40
}

/// The parts of a message.
struct Message<'a> {
    header: Cut<'a>,
    text: Cut<'a>,
    trailer: Cut<'a>,
}

impl<'a> Message<'a> {
    fn new(record: Cut<'a>) -> Message<'a> {
        let text = record.text;
        // Where the marks were lost, the header is one line.
        let bare = if anpa::is_bare(text) { text.match_indices('\n').nth(1) } else { text.match_indices('\n').next() };
        let begins = text.find(STX).or(bare.map(|(at, _)| at)).unwrap_or(0);
        let ends = text[begins..].find(ETX).map_or(text.len(), |end| begins + end);
        Message { header: record.part(0..begins), text: record.part(begins..ends), trailer: record.part(ends..text.len()) }
    }
}

impl<'a> Message<'a> {
    /// The text and what stands below it, be there a mark between them or not.
    fn without_trailer(&self) -> (Cut<'a>, &'a str) {
        let text = self.text.text;
        let end = text.trim_end_matches(|c: char| c.is_whitespace() || c.is_control()).len();
        let last = text[..end].rfind('\n').map_or(0, |at| at + 1);
        if !is_trailer(self.trailer.text) && is_trailer(text[last..end].trim()) {
            return (self.text.part(0..last), &text[last..end]);
        }
        (self.text, self.trailer.text)
    }
}

fn message(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    if record.text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return ControlFlow::Continue(());
    }
    let message = Message::new(record);
    if anpa::is(&message) { anpa::article(&message, desk) } else { iptc::article(&message, desk) }
}

/// A day and a time in their own order: `(year, month, day)` and `1432`.
fn published(day: (u16, u8, u8), clock: &str) -> Option<Published> {
    let (year, month, day) = day;
    let year = if year < 70 {
        2000 + year
    } else if year < 100 {
        1900 + year
    } else {
        year
    };
    let time = clock.get(..4).filter(|clock| clock.bytes().all(|byte| byte.is_ascii_digit()));
    let time = time.map_or(String::new(), |clock| format!("T{}:{}Z", &clock[..2], &clock[2..4]));
    let read = date::read(&format!("{year:04}-{month:02}-{day:02}{time}"), date::DateOrder::MonthFirst)?;
    Some(Published { date: read.iso, found_in: FoundIn::File })
}

/// The last lines that only say who worked on it: `hpa kant yyzz n1 lin`, ` - Reporting by: Otto Karlsen`.
fn without_sign_off(clipping: &Clipping<'_>, lines: Range<usize>, agency: &str) -> Range<usize> {
    let is_notebook = |at: &usize| {
        let words = clipping.words(*at);
        let below = || clipping.first(*at + 1..lines.end).map_or("", |next| clipping.words(next));
        words.starts_with("## ") || words.starts_with("# ") && below().starts_with("## ")
    };
    let end = lines.clone().find(is_notebook).unwrap_or(lines.end);
    let last = clipping.printed(lines.start..end).last().copied();
    let signs = |at: &usize| is_sign_off(clipping.words(*at), agency);
    let end = last.filter(signs).unwrap_or(end);
    lines.start..end.max(lines.start)
}

/// `hpa kant yyzz n1 lin`: the agency, and codes in small letters.
pub(super) fn is_sign_off(line: &str, agency: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().is_some_and(|word| !agency.is_empty() && word.eq_ignore_ascii_case(agency));
    let rest: Vec<&str> = words.collect();
    first
        && (1..=8).contains(&rest.len())
        && rest.iter().all(|word| !word.contains(char::is_uppercase) && word.len() <= 12 && !word.ends_with('.'))
}
