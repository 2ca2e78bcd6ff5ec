//! Zip files that are one document and not a heap of files: Word, OpenDocument, EPUB, and those of offices that hold no story.

use super::bounded::Bounded;
use super::{docx, epub, odt};
use crate::source::desk::desk::Desk;
use crate::source::desk::unread::Reason;
use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// A zip file in memory.
pub(crate) type Archive = zip::ZipArchive<Cursor<Vec<u8>>>;

/// Members that tell documents which hold no story, and what to call them.
const NO_STORY: &[(&str, &str)] = &[
    ("xl/workbook.xml", "an Excel file (save it as CSV)"),
    ("ppt/presentation.xml", "a PowerPoint file (save it as text)"),
    ("Index/Document.iwa", "a file of Pages, Numbers or Keynote (save it as DOCX or text)"),
    ("index.apxl", "a file of Keynote (save it as text)"),
];

/// Reads the document that `archive` is; `None` when it is a heap of files.
pub(crate) fn read(archive: &mut Archive, desk: &mut Desk<'_>) -> Option<ControlFlow<()>> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if let Some((_, what)) = NO_STORY.iter().find(|(member, _)| has(member)) {
        return Some(desk.refuse_file(Reason::Binary, format!("{what}, not text")));
    }
    if has("word/document.xml") {
        return Some(text_of(archive, "word/document.xml", desk, docx::read));
    }
    if has("META-INF/container.xml") && !has("content.xml") {
        return Some(epub::read(archive, desk));
    }
    if !has("content.xml") || !has("mimetype") {
        return None;
    }
    let kind = bytes_of(archive, "mimetype", desk).unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind).into_owned();
    Some(match kind.trim().strip_prefix("application/vnd.oasis.opendocument.")? {
        kind if kind.starts_with("text") => text_of(archive, "content.xml", desk, odt::read),
        kind => desk.refuse_file(Reason::Binary, format!("an OpenDocument {kind}, not text (save it as text or CSV)")),
    })
}

/// Is it a WACZ, a packed crawl? Its pages are those of the WARC files in it; all else are lists of them.
pub(crate) fn is_crawl(archive: &Archive) -> bool {
    archive.index_for_name("datapackage.json").is_some()
        && archive.file_names().flatten().any(|name| name.starts_with("archive/"))
}

/// Hands the text of a member to its reader.
fn text_of(
    archive: &mut Archive,
    member: &str,
    desk: &mut Desk<'_>,
    read: fn(&str, &mut Desk<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let most = desk.limits().file;
    match bytes_of(archive, member, desk) {
        Ok(bytes) if bytes.len() as u64 > most => {
            desk.refuse_file(Reason::TooLarge, format!("a document with more than {} MB of text", most >> 20))
        }
        Ok(bytes) => read(&String::from_utf8_lossy(&bytes), desk),
        Err(error) => desk.refuse_file(Reason::from_error(&error), format!("the text of this document is not readable: {error}")),
    }
}

/// The bytes of a member, a byte more than the limit of a file at the most.
pub(crate) fn bytes_of(archive: &mut Archive, member: &str, desk: &Desk<'_>) -> io::Result<Vec<u8>> {
    let limits = *desk.limits();
    let file = archive.by_name(member).map_err(io::Error::other)?;
    let packed = Rc::new(Cell::new(file.compressed_size()));
    let mut bytes = Vec::new();
    Bounded::new(Box::new(file), limits, packed).take(limits.file + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
