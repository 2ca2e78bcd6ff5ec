//! What we know of tantivy's insides, beyond what it promises: the check list of an upgrade.
//!
//! Everything here holds for tantivy 0.27, and `Cargo.toml` pins that version. Whoever raises it looks at, in its sources:
//!
//! 1. `index/segment_component.rs` and `index/index_meta.rs`: the files of a segment and their names ([`files_of`]);
//! 2. `directory/footer.rs`: how each file ends ([`cut_short`]), and whether a file that is too short is an error by now;
//! 3. `schema/document/se.rs` and `common`'s variable integers: how a stored document is written ([`only_bytes`]);
//! 4. `core/mod.rs`: the name of the list of segments ([`list_of_segments`]);
//! 5. `store/reader.rs`: whether a block whose own index is damaged is an error by now, and no panic ([`of_store`]);
//! 6. `termdict/fst_termdict/termdict.rs` and `termdict/mod.rs`: what stands behind the tree of a dictionary ([`Trees`]);
//! 7. `index/inverted_index_reader.rs`: how the places of a term are read ([`PlacesFile`], and `lookup/postings/crossing.rs`);
//!
//! and raises [`VERSION`](super::schema::VERSION) when what lies on the disk has changed.

use super::disk::SEAL;
use std::cell::Cell;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::sync::Once;
use tantivy::directory::{CompositeFile, Directory, FileSlice, OwnedBytes};
use tantivy::schema::Field;
use tantivy::{HasLen, Index, SegmentMeta, SegmentReader, TantivyError};
use tantivy_fst::raw::Fst;

/// The folder of an index that is tantivy's.
pub(in crate::engine::embedded) const SEGMENTS: &str = "segments";

/// Extensions of the files of a segment.
const PARTS: [&str; 7] = ["idx", "pos", "term", "store", "fast", "fieldnorm", "del"];
/// The last four bytes of every file of a segment, as a number.
const FOOTER_MAGIC: u32 = 1337;

/// The files of the last commit that do not end as every file of a segment does: with a footer, its length, a magic number and
/// the seal. tantivy panics on a file that is shorter than these.
pub(in crate::engine::embedded) fn cut_short(dir: &Path, index: &Index) -> tantivy::Result<Vec<String>> {
    let segments = index.load_metas()?.segments;
    let files = segments.iter().flat_map(files_of);
    // One that is missing is found by tantivy.
    let mut names: Vec<String> = files.filter(|name| !ends_well(&dir.join(SEGMENTS).join(name)).unwrap_or(true)).collect();
    names.sort_unstable();
    Ok(names)
}

/// The names that the files of a segment have; not every segment has all of them.
pub(in crate::engine::embedded) fn files_of(segment: &SegmentMeta) -> impl Iterator<Item = String> {
    PARTS.iter().map(|part| file_of(segment, part))
}

/// The name of a file of a segment. That of deletions says which commit made them.
fn file_of(segment: &SegmentMeta, part: &str) -> String {
    let id = segment.id().uuid_string();
    match (part, segment.delete_opstamp()) {
        ("del", Some(commit)) => format!("{id}.{commit}.del"),
        _ => format!("{id}.{part}"),
    }
}

fn ends_well(path: &Path) -> std::io::Result<bool> {
    let mut file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    let Some(end) = length.checked_sub(8 + SEAL as u64) else { return Ok(false) };
    file.seek(SeekFrom::Start(end))?;
    let mut tail = [0; 8];
    file.read_exact(&mut tail)?;
    let [a, b, c, d, magic @ ..] = tail;
    Ok(u32::from_le_bytes(magic) == FOOTER_MAGIC && u64::from(u32::from_le_bytes([a, b, c, d])) <= end)
}

/// The dictionaries of a segment as trees of letters, which tantivy shows to nobody.
pub(in crate::engine::embedded) struct Trees(CompositeFile);

/// Bytes at the end of a dictionary: how long the part behind the tree is (8, little-endian), two versions.
const END: usize = 16;

/// The places of the words of a segment, which tantivy shows to nobody either.
pub(in crate::engine::embedded) struct PlacesFile(CompositeFile);

impl PlacesFile {
    /// Those of a segment that is open; nothing where its file cannot be opened again.
    pub fn open(index: &Index, segment: &SegmentReader) -> Option<PlacesFile> {
        again(index, segment, "pos").map(PlacesFile)
    }

    /// Those of a field.
    pub fn of(&self, field: Field) -> Option<FileSlice> {
        self.0.open_read(field)
    }
}

/// Opens a file of a segment again that has a part for each field.
fn again(index: &Index, segment: &SegmentReader, part: &str) -> Option<CompositeFile> {
    let name = format!("{}.{part}", segment.segment_id().uuid_string());
    CompositeFile::open(&index.directory().open_read(Path::new(&name)).ok()?).ok()
}

impl Trees {
    /// Those of a segment that is open; nothing where its file cannot be opened again.
    pub fn open(index: &Index, segment: &SegmentReader) -> Option<Trees> {
        again(index, segment, "term").map(Trees)
    }

    /// That of a field.
    pub fn of(&self, field: Field) -> Option<Fst<OwnedBytes>> {
        let file = self.0.open_read(field)?;
        let end = file.len().checked_sub(END)?;
        let behind = file.slice(end..end + 8).read_bytes().ok()?;
        let behind = u64::from_le_bytes(behind.as_slice().try_into().ok()?) as usize;
        Fst::new(file.slice_to(end.checked_sub(behind)?).read_bytes().ok()?).ok()
    }
}

/// tantivy's `meta.json`, as it is.
pub(in crate::engine::embedded) fn list_of_segments(dir: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(dir.join(SEGMENTS).join("meta.json"))
}

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Opens or reads a store of articles. tantivy trusts the numbers in it, and panics on a changed one: that is damage like any other, of
/// which nothing is printed.
pub(in crate::engine::embedded) fn of_store<T>(read: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !READING.get() {
                usual(panic);
            }
        }));
    });
    READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    READING.set(false);
    read.unwrap_or_else(|_| Err(TantivyError::InternalError("the store of articles is damaged".into())))
}

/// The value of a stored document with one field of bytes, as tantivy writes it: the number of values (1), the field
/// (4 bytes), the type (4, bytes), the length in groups of 7 bits, the last with its high bit set, and the bytes.
/// tantivy's own reader copies them byte by byte, which cost half the time of showing a passage.
pub(in crate::engine::embedded) fn only_bytes(document: &[u8]) -> Option<&[u8]> {
    let [0x81, _, _, _, _, 4, rest @ ..] = document else { return None };
    let digits = rest.iter().position(|byte| byte & 0x80 != 0)?;
    let length = rest[..=digits].iter().rev().fold(0usize, |length, byte| (length << 7) | usize::from(byte & 0x7f));
    rest.get(digits + 1..)?.get(..length)
}
