//! The TIME collection as the SMART system kept it: `*TEXT 017 01/04/63 PAGE 020`, then upper-case text, every line
//! followed by an empty one.
//!
//! Each story is one paragraph: the file does not say where paragraphs end.

use crate::article::{FoundIn, ParagraphKind, Published};
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::print::date;
use std::ops::ControlFlow;

/// Reads every story of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    records::each_record(lines, desk, mark, Outside::Noted, article)
}

fn mark(line: &str) -> Mark {
    Mark { opens: line.starts_with("*TEXT"), closes: line.starts_with("*STOP") }
}

fn article(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut galley = Galley::with_room(record.text.len());
    let header_end = record.text.find('\n').unwrap_or(record.text.len());
    // American magazine: month first, whatever the user's own files do.
    let day = record.text[..header_end].split("PAGE").next().and_then(|start| start.splitn(3, ' ').nth(2));
    // The slashes are not to be relied on: `08/30 63`.
    let found = day.and_then(|day| date::read(&day.trim().replace(' ', "/"), date::DateOrder::MonthFirst));
    galley.article.published = found.map(|found| Published { date: found.iso, found_in: FoundIn::File });
    let end = record.text[header_end..].find("*STOP").map_or(record.text.len(), |found| header_end + found);
    let traced = Traced::verbatim(record.text, record.position);
    galley.paragraph(&mut traced.follow(), header_end..end, ParagraphKind::Text);
    desk.hand_over(galley)
}
