//! The index, field by field.
//!
//! | field | of | what |
//! |---|---|---|
//! | `text` | every unit | the words of the unit with positions, extra forms (see [`crate::words`]) and pairs of frequent words included |
//! | `speaker` | units with quotations | the names of who is quoted there |
//! | `quoted` | units where quotations begin | fast: the speaker's name of each that is speech, in reading order; empty if there is none |
//! | `kinds` | the same units | fast: of each 0 direct, 1 partial, 2 indirect; plus 4 where a "he", a "she" or the last name alone stands for the speaker, plus 8 where a speaker has no name, plus 16 for a report that may be none |
//! | `unit` | every unit | fast: number of the unit in its article, times two; plus one if it is cut into several passages |
//! | `cuts` | long units | fast: number of the first word of each passage but the first |
//! | `subhead` | headings within a story | fast: 1 |
//! | `dateline` | heads | the dateline as printed and its place |
//! | `byline`, `outlet`, `section`, `lang` | heads | words of those |
//! | `of` | every unit | term: the id of its article as a number, by which the article is found and replaced |
//! | `id` | heads | fast: the article's id as a number |
//! | `days` | heads | fast: first and last day it may have been published, `yyyymmdd << 32 | yyyymmdd` ([`Days::packed`](crate::day::Days::packed)); absent if unknown |
//! | `length` | heads | fast: words of the whole article |
//! | `sketch` | heads | fast: the body's [`crate::duplicates::Sketch`], by which copies are found; none if it is too short |
//! | `keys` | heads | fast: the keys of that, of articles taken in by version 12 |
//! | `fingerprints` | heads | fast: a sample of the body's sequences of words, by which its passages are found in other articles ([`crate::duplicates::fingerprints`]) |
//! | `record` | heads | stored: the article and its quotations, see [`super::record`] |

use super::dictionary::Dictionaries;
pub(in crate::engine::embedded) use super::disk::failed;
use super::disk::{Disk, Faults, from_io};
use super::kept::Kept;
use super::tantivy::SEGMENTS;
use super::tokens::WordsTokenizer;
use crate::engine::Error;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, RamDirectory};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings, SingleSegmentIndexWriter};

/// Version of the schema and of what is stored. An index of a version that is not [`READ`] is refused.
pub const VERSION: u32 = 14;

/// Versions that are read, and become [`VERSION`] when they are written to. Version 12 has no dictionary of its own, and
/// up to 13 quotations stood among the words of a record and sketches were larger.
pub const READ: std::ops::RangeInclusive<u32> = 12..=VERSION;

/// The fields of an index.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::embedded) struct Fields {
    pub text: Field,
    pub speaker: Field,
    pub quoted: Field,
    pub kinds: Field,
    pub unit: Field,
    pub cuts: Field,
    pub subhead: Field,
    pub dateline: Field,
    pub byline: Field,
    pub outlet: Field,
    pub section: Field,
    pub lang: Field,
    pub of: Field,
    pub id: Field,
    pub days: Field,
    pub length: Field,
    pub sketch: Field,
    pub fingerprints: Field,
    pub record: Field,
}

/// What `newshound.json` holds.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    schema_version: u32,
}

const TOKENIZER: &str = "words";

/// The name of the field.
pub(in crate::engine::embedded) const FINGERPRINTS: &str = "fingerprints";

pub(in crate::engine::embedded) fn build() -> (Schema, Fields) {
    fields(NumericOptions::default().set_indexed())
}

/// The schema of version 12: it keeps lengths of the field `of`, which nobody asks for.
fn older() -> Schema {
    fields(INDEXED.into()).0
}

fn fields(of: NumericOptions) -> (Schema, Fields) {
    let words = |option, norms| {
        let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_fieldnorms(norms).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    // Names are a few words: whether these follow each other is left to the matcher.
    let names = || words(IndexRecordOption::Basic, false);
    let mut schema = Schema::builder();
    let fields = Fields {
        text: schema.add_text_field("text", words(IndexRecordOption::WithFreqsAndPositions, true)),
        speaker: schema.add_text_field("speaker", names()),
        quoted: schema.add_text_field("quoted", TextOptions::default().set_fast("raw")),
        kinds: schema.add_u64_field("kinds", FAST),
        unit: schema.add_u64_field("unit", FAST),
        cuts: schema.add_u64_field("cuts", FAST),
        subhead: schema.add_u64_field("subhead", FAST),
        dateline: schema.add_text_field("dateline", names()),
        byline: schema.add_text_field("byline", names()),
        outlet: schema.add_text_field("outlet", names()),
        section: schema.add_text_field("section", names()),
        lang: schema.add_text_field("lang", names()),
        of: schema.add_u64_field("of", of),
        id: schema.add_u64_field("id", FAST),
        days: schema.add_u64_field("days", FAST),
        length: schema.add_u64_field("length", FAST),
        sketch: {
            // Nothing is written to it any more; it has its number.
            schema.add_u64_field("keys", FAST);
            schema.add_u64_field("sketch", FAST)
        },
        fingerprints: schema.add_u64_field(FINGERPRINTS, FAST),
        record: schema.add_bytes_field("record", STORED),
    };
    (schema.build(), fields)
}

fn manifest(dir: &Path) -> Result<Manifest, Error> {
    let manifest = match std::fs::read(dir.join(MANIFEST)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::NoIndex(dir.to_owned())),
        Err(error) => return Err(from_io(dir, MANIFEST, &error)),
    };
    let manifest: Manifest =
        serde_json::from_slice(&manifest).map_err(|error| Error::Broken(dir.to_owned(), format!("{MANIFEST}: {error}")))?;
    if !READ.contains(&manifest.schema_version) {
        return Err(Error::OtherVersion { path: dir.to_owned(), found: manifest.schema_version, wanted: VERSION });
    }
    Ok(manifest)
}

/// Whether there is an index in `dir` that this version reads.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::OtherVersion`], or [`Error::Broken`] when that cannot be told.
pub fn check(dir: &Path) -> Result<(), Error> {
    manifest(dir).map(drop)
}

/// An index that was opened.
pub(in crate::engine::embedded) struct Opened {
    pub index: Index,
    pub fields: Fields,
    pub disk: Disk,
    /// What the last commit keeps.
    pub kept: Kept,
    pub dictionaries: Arc<Dictionaries>,
}

/// Opens the index in `dir`.
pub(in crate::engine::embedded) fn open(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<Opened, Error> {
    manifest(dir)?;
    let disk = Disk::open(dir, faults)?;
    let index = Index::open(disk.clone()).map_err(|error| disk.failed(error))?;
    if let Some(name) = super::tantivy::cut_short(dir, &index).map_err(|error| disk.failed(error))?.first() {
        return Err(Error::Broken(dir.to_owned(), format!("{name} is cut short")));
    }
    let (schema, fields) = build();
    if index.schema() != schema && index.schema() != older() {
        let why = "its fields are not those of its version".into();
        return Err(Error::Broken(dir.to_owned(), why));
    }
    index.tokenizers().register(TOKENIZER, WordsTokenizer::default());
    let kept = Kept::from_index(&index).map_err(|error| disk.failed(error))?;
    let dictionaries = Arc::new(Dictionaries::open(dir, &kept.dictionaries)?);
    Ok(Opened { index, fields, disk, kept, dictionaries })
}

/// Opens the index in `dir` to write to it, making it when there is none, or a damaged one. One of another version is left as it is: it may hold
/// what this version cannot find again.
pub(in crate::engine::embedded) fn open_or_create(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<Opened, Error> {
    match open(dir, faults.clone()) {
        Err(Error::NoIndex(_) | Error::Broken(..)) => create(dir, faults),
        opened => opened,
    }
}

fn create(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<Opened, Error> {
    let segments = dir.join(SEGMENTS);
    if segments.exists() {
        // Somebody may be writing the first version of it at this moment.
        let disk = Disk::open(dir, faults.clone())?;
        let lock = disk.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| disk.failed(error.into()))?;
        // From here to the next commit there is no index, not an empty one.
        disk.remove(MANIFEST);
        std::fs::remove_dir_all(&segments).map_err(|error| from_io(dir, SEGMENTS, &error))?;
        drop(lock);
    }
    std::fs::create_dir_all(&segments).map_err(|error| from_io(dir, SEGMENTS, &error))?;
    let disk = Disk::open(dir, faults)?;
    let (schema, fields) = build();
    let index = Index::create(disk.clone(), schema, settings()).map_err(|error| disk.failed(error))?;
    index.tokenizers().register(TOKENIZER, WordsTokenizer::default());
    let dictionaries = Arc::new(Dictionaries::open(dir, &[])?);
    Ok(Opened { index, fields, disk, kept: Kept::default(), dictionaries })
}

fn settings() -> IndexSettings {
    // Articles are compressed by us, one by one: small blocks keep what is copied to read one small.
    IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: 1024,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// An index in memory that takes in one segment.
pub(in crate::engine::embedded) fn in_memory(bytes: usize) -> tantivy::Result<(SingleSegmentIndexWriter, Fields)> {
    let (schema, fields) = build();
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TOKENIZER, WordsTokenizer::default());
    let builder = Index::builder().schema(schema).settings(settings()).tokenizers(tokenizers);
    Ok((builder.single_segment_index_writer(RamDirectory::create(), bytes)?, fields))
}

/// Makes the index in `dir` be none: its manifest goes, and the next writer begins anew.
///
/// # Errors
/// When the manifest cannot be removed.
pub fn remove(dir: &Path) -> std::io::Result<()> {
    std::fs::remove_file(dir.join(MANIFEST))
}

/// Writes the manifest, where it is not there already: last of all in a new index, for one without does not exist; in one of an older version
/// before anything is committed that the programs of that version cannot read.
pub(in crate::engine::embedded) fn finish(disk: &Disk) -> Result<(), Error> {
    let text = serde_json::to_vec(&Manifest { schema_version: VERSION })
        .map_err(|error| Error::Broken(disk.dir().to_owned(), error.to_string()))?;
    if std::fs::read(disk.dir().join(MANIFEST)).is_ok_and(|there| there == text) {
        return Ok(());
    }
    disk.write(MANIFEST, &text)
}

/// True when `dir` holds an index, of whatever version.
pub(in crate::engine::embedded) fn exists(dir: &Path) -> bool {
    dir.join(MANIFEST).exists()
}

const MANIFEST: &str = "newshound.json";
