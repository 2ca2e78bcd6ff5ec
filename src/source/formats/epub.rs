//! EPUB: the chapters of a book, or the stories of an issue, in the order they are to be read.
//!
//! The package file names the chapters; each is a page of its own, read as HTML, one article each. Day, publisher and language of the
//! issue stand for those of its stories.

use super::html;
use super::packages::{Archive, bytes_of};
use super::xml::Xml;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::{Desk, Issue};
use crate::source::desk::traced::Position;
use crate::source::desk::unread::{DoubtKind, Reason};
use crate::source::file::decode;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Reads every chapter of the book.
pub(crate) fn read(archive: &mut Archive, desk: &mut Desk<'_>) -> ControlFlow<()> {
    desk.format("epub");
    let Some((path, package)) = package(archive, desk) else {
        return desk.refuse_file(Reason::Broken, "an EPUB without its list of chapters".into());
    };
    let xml = Xml::parse(Cut { text: &package, position: Position::start() }, &[], desk.limits());
    let issue = issue(&xml, desk);
    desk.issue(issue);
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    let mut left = desk.limits().inflated;
    for (href, is_contents) in chapters(&xml) {
        let member = resolved(folder, &href);
        if is_contents {
            let message = "the table of contents of the book".into();
            desk.member(&member, |desk| desk.refuse_file(Reason::NotAnArticle, message))?;
            continue;
        }
        let bytes = bytes_of(archive, &member, desk);
        let Some(rest) = left.checked_sub(bytes.as_ref().map_or(0, Vec::len) as u64) else {
            return desk.refuse_file(Reason::Hostile, format!("unpacks to more than {} MB", desk.limits().inflated >> 20));
        };
        left = rest;
        desk.member(&member, |desk| match bytes {
            Ok(bytes) => chapter(&bytes, desk),
            Err(error) => desk.refuse_file(Reason::from_error(&error), format!("a chapter that is not readable: {error}")),
        })?;
    }
    ControlFlow::Continue(())
}

/// The package file, and where it lies.
fn package(archive: &mut Archive, desk: &Desk<'_>) -> Option<(String, String)> {
    let container = bytes_of(archive, "META-INF/container.xml", desk).ok()?;
    let container = String::from_utf8_lossy(&container).into_owned();
    let xml = Xml::parse(Cut { text: &container, position: Position::start() }, &[], desk.limits());
    let path = xml.attribute(xml.first(0, &["rootfile"])?, "full-path")?;
    let bytes = bytes_of(archive, &path, desk).ok()?;
    Some((path, String::from_utf8_lossy(&bytes).into_owned()))
}

/// What the package says of the whole issue.
fn issue(xml: &Xml<'_>, desk: &mut Desk<'_>) -> Issue {
    let date = xml.words_of(0, &["date"]).and_then(|date| desk.date(&date));
    let language = xml.words_of(0, &["language"]).and_then(|code| crate::source::print::language::code(&code));
    Issue { published: date, outlet: xml.words_of(0, &["publisher"]), language }
}

/// The chapters in reading order, and whether each is the table of contents.
fn chapters(xml: &Xml<'_>) -> Vec<(String, bool)> {
    let items = xml.all(0, &["item"]).filter_map(|item| {
        let is_contents = xml.attribute(item, "properties").is_some_and(|known| known.split(' ').any(|one| one == "nav"));
        Some((xml.attribute(item, "id")?, (xml.attribute(item, "href")?, is_contents)))
    });
    let mut items: HashMap<String, (String, bool)> = items.collect();
    // A chapter stands in the order once.
    let named = xml.all(0, &["itemref"]).filter_map(|one| xml.attribute(one, "idref"));
    named.filter_map(|id| items.remove(&id)).collect()
}

/// The member that a link within the package means: `..` climbs, `%20` is a space.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let whole = format!("{folder}{}", unescaped(href));
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn chapter(bytes: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
    if bytes.len() as u64 > desk.limits().record {
        return desk.refuse(Reason::TooLarge, format!("a chapter of more than {} MB", desk.limits().record >> 20));
    }
    let decoded = decode::declared(bytes, decode::declaration(bytes).as_deref());
    if let Some(note) = decoded.note {
        desk.doubt(DoubtKind::Bytes, note.into_owned());
    }
    desk.format("epub");
    html::read(&decoded.text, desk)
}
