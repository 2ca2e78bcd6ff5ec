//! Compressed files and archives: what is in them is read as if it lay unpacked.
//!
//! Nothing is unpacked without end: bytes are counted while they come, against a limit and against the packed size. Members are
//! never written to disk, so their names can lead nowhere.

use super::docx;
use crate::source::desk::desk::Desk;
use crate::source::desk::format::Format;
use crate::source::desk::limits::Limits;
use crate::source::desk::unread::Reason;
use crate::source::file::input::Input;
use std::cell::Cell;
use std::io::{self, Cursor, Read};
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
    let inner = Meter { reader: input.stream(), count: Rc::clone(&packed) };
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

/// Reads every member of a zip archive, or the story in a DOCX.
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
    if archive.index_for_name("word/document.xml").is_some() {
        return word(&mut archive, desk);
    }
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
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let mut counted = Bounded::new(Box::new(file), *desk.limits(), packed);
        counted.left = left;
        let rest = Rc::clone(&counted.rest);
        rest.set(left);
        desk.member(&name, |desk| read(Input::from_reader(Box::new(counted)), desk))?;
        left = rest.get();
    }
    ControlFlow::Continue(())
}

/// The text of a Word file.
fn word(archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let limits = *desk.limits();
    let read = archive.by_name("word/document.xml").map_err(io::Error::other).and_then(|file| {
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let mut bytes = Vec::new();
        Bounded::new(Box::new(file), limits, packed).take(limits.file + 1).read_to_end(&mut bytes).map(|_| bytes)
    });
    match read {
        Ok(bytes) if bytes.len() as u64 > limits.file => {
            desk.refuse_file(Reason::TooLarge, format!("a Word file with more than {} MB of text", limits.file >> 20))
        }
        Ok(bytes) => docx::read(&String::from_utf8_lossy(&bytes), desk),
        Err(error) => {
            desk.refuse_file(Reason::from_error(&error), format!("the text of this Word file is not readable: {error}"))
        }
    }
}

fn too_deep(limits: &Limits) -> String {
    format!("archives within archives, more than {} deep", limits.archives)
}

/// Content up to this size is let through whatever the ratio: a page of blanks packs very well.
const SMALL: u64 = 1 << 20;

/// Counts what is read.
struct Meter<R> {
    reader: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// A stream that ends in an error when more comes out of it than is allowed.
struct Bounded<'a> {
    reader: Box<dyn Read + 'a>,
    given: u64,
    left: u64,
    limits: Limits,
    /// Packed bytes so far.
    packed: Rc<Cell<u64>>,
    /// What is left, for who comes after.
    rest: Rc<Cell<u64>>,
}

impl<'a> Bounded<'a> {
    fn new(reader: Box<dyn Read + 'a>, limits: Limits, packed: Rc<Cell<u64>>) -> Bounded<'a> {
        Bounded { reader, given: 0, left: limits.inflated, limits, packed, rest: Rc::new(Cell::new(limits.inflated)) }
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)? as u64;
        self.given += read;
        let error = |message: String| Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        let Some(left) = self.left.checked_sub(read) else {
            return error(format!("unpacks to more than {} MB, or than its packed size allows", self.limits.inflated >> 20));
        };
        self.left = left;
        self.rest.set(left);
        if self.given > SMALL && self.given > self.packed.get().saturating_mul(self.limits.ratio) {
            return error(format!("unpacks to more than {} times its size", self.limits.ratio));
        }
        Ok(read as usize)
    }
}
