//! An index of the embedded engine where it lies: a directory of this machine.

#![allow(clippy::disallowed_methods, reason = "the index lies on the disk here")]

use super::answer::search::IndexReader;
use super::check::damaged_files;
use super::store::intake::IndexWriter;
use super::store::{champions, kept, schema, stories};
use crate::engine::{Damage, Error, Index, IndexEngine, IndexIntake, Share};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A directory that holds an index, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory(PathBuf);

impl Directory {
    /// The directory at `path`.
    pub fn new(path: &Path) -> Directory {
        Directory(path.to_owned())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Index for Directory {
    fn open(&self, people: Option<&Path>) -> Result<Box<dyn IndexEngine>, Error> {
        Ok(Box::new(IndexReader::open(&self.0)?.with_people(people)?))
    }

    fn write(&self, threads: usize, memory: Option<usize>, _: Option<Share>) -> Result<Box<dyn IndexIntake>, Error> {
        Ok(Box::new(IndexWriter::open(&self.0, threads, memory)?))
    }

    fn check_version(&self) -> Result<(), Error> {
        schema::check(&self.0)
    }

    fn version(&self) -> u32 {
        schema::VERSION
    }

    fn exists(&self) -> bool {
        schema::exists(&self.0)
    }

    fn is_complete(&self) -> bool {
        let opened = schema::open(&self.0, None).ok();
        let metas = opened.and_then(|opened| opened.index.load_metas().ok());
        stories::are_kept(&self.0) && metas.is_some_and(|metas| champions::are_kept(&self.0, &metas.segments))
    }

    fn ledger(&self) -> Result<Option<Vec<u8>>, Error> {
        kept::ledger(&self.0)
    }

    fn ledger_of_any_version(&self) -> Option<Vec<u8>> {
        kept::ledger_of_any_version(&self.0)
    }

    fn remove(&self) -> Result<(), Error> {
        schema::remove(&self.0).map_err(|error| Error::Disk(self.0.clone(), error.to_string()))
    }

    fn parts(&self) -> Vec<(String, u64)> {
        let mut parts: BTreeMap<&'static str, u64> = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&self.0).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let part = match entry.path().extension().and_then(|extension| extension.to_str()) {
                Some("store") => "articles",
                Some("pos") => "positions",
                Some("idx") => "postings",
                Some("term") => "dictionary",
                Some("fast") => "columns",
                _ => "other",
            };
            *parts.entry(part).or_default() += entry.metadata().map_or(0, |metadata| metadata.len());
        }
        let mut parts: Vec<_> = parts.into_iter().map(|(part, bytes)| (part.to_owned(), bytes)).collect();
        parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        parts
    }

    fn committed(&self) -> Option<Duration> {
        std::fs::metadata(self.0.join("segments/meta.json")).ok()?.modified().ok()?.elapsed().ok()
    }

    fn damaged_files(&self) -> Result<Vec<Damage>, Error> {
        damaged_files(&self.0)
    }
}

impl IndexEngine for IndexReader {
    fn corpus(&self) -> Option<&Path> {
        IndexReader::corpus(self)
    }

    fn copies(&self) -> Result<Option<usize>, Error> {
        IndexReader::copies(self).map(Some)
    }

    fn check(&self, each: &mut dyn FnMut(Damage)) -> Result<Vec<u64>, Error> {
        IndexReader::check(self, each)
    }
}

impl IndexIntake for IndexWriter {
    fn clear(&mut self) -> Result<(), Error> {
        IndexWriter::clear(self)
    }

    fn close(self: Box<Self>) -> Result<(), Error> {
        IndexWriter::close(*self)
    }
}
