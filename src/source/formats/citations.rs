//! RIS and BibTeX, as news databases export their lists: one record an article, its abstract the text.

mod bibtex;

use super::clipping::{self, Clipping};
use crate::article::Published;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::host;
use crate::source::desk::records::{self, Lines, Mark, Outside};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use crate::source::print::language;
use std::ops::{ControlFlow, Range};

pub(crate) use bibtex::{is as is_bibtex, read as read_bibtex};

/// Does a file look like an export in RIS?
pub(crate) fn is(head: &str) -> bool {
    // Some archives say who they are first.
    head.lines().filter(|line| !line.trim().is_empty()).take(8).any(|line| tag(line) == Some("TY"))
}

/// `TY` in `TY  - NEWS`.
fn tag(line: &str) -> Option<&str> {
    let (name, rest) = (line.get(..2)?, line.get(2..)?);
    let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (is_name && (rest.starts_with("  -") || rest.starts_with(" - "))).then_some(name)
}

/// Reads every record of the stream.
pub(crate) fn read(lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mark = |line: &str| Mark { opens: tag(line) == Some("TY"), closes: tag(line) == Some("ER") };
    records::each_record(lines, desk, mark, Outside::Noted, record)
}

fn record(record: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let text = Traced::verbatim(record.text, record.position);
    let mut clipping = Clipping::new(&text);
    let mut fields: Vec<(&str, Range<usize>)> = Vec::new();
    for at in clipping.all() {
        let bytes = clipping.bytes(at..at + 1);
        if let Some(name) = tag(clipping.words(at)) {
            let start = bytes.start + clipping.words(at).find('-').map_or(0, |dash| dash + 1);
            fields.push((name, start..bytes.end));
        } else if let Some(last) = fields.last_mut().filter(|_| !bytes.is_empty()) {
            last.1.end = bytes.end;
        }
    }
    let first = |names: &[&str]| {
        let filled = |field: &&(&str, Range<usize>)| !clipping.text_of(field.1.clone()).trim().is_empty();
        names.iter().find_map(|name| fields.iter().filter(filled).find(|field| field.0 == *name)).map(|field| field.1.clone())
    };
    let facts = Facts {
        headline: first(&["TI", "T1", "CT", "BT"]),
        outlet: first(&["T2", "JF", "JO", "JA", "J2", "T3", "PB", "DP"]),
        // `PY` is often the year alone.
        date: first(&["DA", "Y1", "PY"]),
        language: first(&["LA"]),
        url: first(&["UR", "L2", "L1", "LK"]),
        section: first(&["SE"]),
        text: first(&["AB", "N2"]),
    };
    let authors = fields.iter().filter(|field| matches!(field.0, "AU" | "A1" | "A2" | "A3"));
    let authors: Vec<&str> = authors.map(|field| clipping.text_of(field.1.clone())).collect();
    facts.set(&authors, &mut clipping, desk)
}

/// Where the fields of a record stand.
struct Facts {
    headline: Option<Range<usize>>,
    outlet: Option<Range<usize>>,
    date: Option<Range<usize>>,
    language: Option<Range<usize>>,
    url: Option<Range<usize>>,
    section: Option<Range<usize>>,
    text: Option<Range<usize>>,
}

impl Facts {
    /// Sets the article.
    fn set(self, authors: &[&str], clipping: &mut Clipping<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let date = self.date.clone().map(|bytes| clipping.text_of(bytes).trim().trim_end_matches('/'));
        let published = date.and_then(|date| desk.date(date));
        self.set_dated(published, authors, clipping, desk)
    }

    /// The same, of a day that is read.
    fn set_dated(
        self,
        published: Option<Published>,
        authors: &[&str],
        clipping: &mut Clipping<'_>,
        desk: &mut Desk<'_>,
    ) -> ControlFlow<()> {
        let mut galley = Galley::with_room(1024);
        let words = |bytes: Option<Range<usize>>| bytes.map(|bytes| clipping.text_of(bytes).trim().to_string());
        galley.article.outlet = words(self.outlet).map(|outlet| outlet.split(';').next().unwrap_or_default().trim().to_string());
        galley.article.published = published;
        galley.article.language = words(self.language).and_then(|name| language::code(&name));
        galley.article.url = words(self.url).and_then(|url| host::link(&url));
        galley.article.section = words(self.section);
        for author in authors {
            galley.credit(clipping::signed(author), None);
        }
        if let Some(headline) = self.headline {
            clipping.headline(headline, &mut galley);
        }
        if let Some(text) = self.text {
            clipping.body(text, &mut galley);
        }
        if galley.is_empty() {
            return desk.refuse(Reason::NotAnArticle, "a citation without title and abstract".into());
        }
        desk.hand_over(galley)
    }
}
