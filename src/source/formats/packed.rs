//! Compressed files and archives: what is in them is read as if it lay unpacked.
//!
//! Nothing is unpacked without end: bytes are counted while they come, against a limit and against the packed size. Members are
//! never written to disk, so their names can lead nowhere.

use super::bounded::{Bounded, Meter, SMALL};
use super::packages;
use crate::source::desk::desk::Desk;
use crate::source::desk::format::Format;
use crate::source::desk::limits::Limits;
use crate::source::desk::unread::Reason;
use crate::source::file::input::Input;
use std::cell::Cell;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// Reads whatever a file holds, as the dispatcher above this room does: what is unpacked goes through the same door.
pub(crate) type Reader = fn(Input<'_>, &mut Desk<'_>) -> ControlFlow<()>;

/// Reads what a compressed file holds.
pub(crate) fn compressed(input: Input<'_>, format: Format, desk: &mut Desk<'_>, read: Reader) -> ControlFlow<()> {
    if desk.unpacked() > desk.limits().archives {
        return desk.refuse_file(Reason::Hostile, too_deep(desk.limits()));
    }
    let packed = Rc::new(Cell::new(0));
    let inner = Meter::new(input.stream(), Rc::clone(&packed));
    let reader: Box<dyn Read + '_> = match format {
        Format::Zstandard => match ruzstd::decoding::StreamingDecoder::new(inner) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => return desk.refuse_file(Reason::Broken, format!("not readable as zstd: {error}")),
        },
        Format::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(inner)),
        Format::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(inner, true, 256 << 10)),
        _ => Box::new(flate2::read::MultiGzDecoder::new(inner)),
    };
    let counted = Bounded::new(reader, *desk.limits(), packed);
    desk.deeper(|desk| read(Input::from_reader(Box::new(counted)), desk))
}

/// Reads every member of a tar archive.
pub(crate) fn tar(input: Input<'_>, desk: &mut Desk<'_>, read: Reader) -> ControlFlow<()> {
    if desk.unpacked() > desk.limits().archives {
        return desk.refuse_file(Reason::Hostile, too_deep(desk.limits()));
    }
    let mut archive = tar::Archive::new(input.stream());
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return desk.refuse_file(Reason::Broken, format!("not readable as tar: {error}")),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return desk.refuse_file(Reason::Broken, format!("the archive breaks off: {error}")),
        };
        let kind = entry.header().entry_type();
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !kind.is_file() {
            let is_link = kind.is_symlink() || kind.is_hard_link();
            if is_link {
                desk.member(&name, |desk| desk.refuse_file(Reason::NotAFile, "a link, not followed".into()))?;
            }
            continue;
        }
        desk.member(&name, |desk| read(Input::from_reader(Box::new(entry)), desk))?;
    }
    ControlFlow::Continue(())
}

/// Reads every member of a zip archive, or the document that it is.
pub(crate) fn zip(input: Input<'_>, desk: &mut Desk<'_>, read: Reader) -> ControlFlow<()> {
    if desk.unpacked() > desk.limits().archives {
        return desk.refuse_file(Reason::Hostile, too_deep(desk.limits()));
    }
    let bytes = match input.whole(desk.limits().file) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse_file(refusal.reason, refusal.message),
    };
    let size = bytes.len() as u64;
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return desk.refuse_file(Reason::Broken, format!("not readable as zip: {error}")),
    };
    if let Some(read) = packages::read(&mut archive, desk) {
        return read;
    }
    let crawl = packages::is_crawl(&archive);
    // All members together may unpack to so much.
    let mut left = desk.limits().inflated.min(size.saturating_mul(desk.limits().ratio).max(SMALL));
    for number in 0..archive.len() {
        let file = match archive.by_index(number) {
            Ok(file) => file,
            Err(error) => {
                desk.refuse_file(Reason::Broken, format!("member {number} is not readable: {error}"))?;
                continue;
            }
        };
        if !file.is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        if crawl && !name.starts_with("archive/") {
            let message = "a list of what is in this web archive, whose pages are read".into();
            desk.member(&name, |desk| desk.refuse_file(Reason::NotAnArticle, message))?;
            continue;
        }
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let counted = Bounded::new(Box::new(file), *desk.limits(), packed).with_left(left);
        let rest = counted.rest();
        desk.member(&name, |desk| read(Input::from_reader(Box::new(counted)), desk))?;
        left = rest.get();
    }
    ControlFlow::Continue(())
}

fn too_deep(limits: &Limits) -> String {
    format!("archives within archives, more than {} deep", limits.archives)
}
