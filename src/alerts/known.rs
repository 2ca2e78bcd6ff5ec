//! What was looked at already: hashes of files, articles and passages, in a file that only grows.
//!
//! Each entry takes nine bytes: what it is of, and 64 bits. After the entries of a look stands how long the journal was, so that who was
//! killed between the two learns from the journal what is missing here.

use super::Failure;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A file of the corpus by its name and fingerprint.
    File,
    /// An article by what it prints and where, whatever file it is in.
    Article,
    /// The name of a file of the corpus.
    Name,
    /// What a file of the corpus holds, by its fingerprint alone.
    Content,
    /// A passage that was told of for a search.
    Passage,
}

impl Of {
    fn tag(self) -> u8 {
        match self {
            Of::File => b'f',
            Of::Article => b'a',
            Of::Name => b'n',
            Of::Content => b'c',
            Of::Passage => b'p',
        }
    }
}

const JOURNAL: u8 = b'j';
const ENTRY: usize = 9;

pub(super) struct Known {
    path: PathBuf,
    hashes: HashSet<u64>,
    /// Entries that are not on the disk yet.
    fresh: Vec<u8>,
    /// How long the journal was after the last look that came to its end.
    pub journal: u64,
    /// True when no look came to its end yet.
    pub is_new: bool,
}

impl Known {
    pub fn open(path: &Path) -> Result<Known, Failure> {
        let mut known = Known { path: path.to_owned(), hashes: HashSet::new(), fresh: Vec::new(), journal: 0, is_new: true };
        if !path.exists() {
            return Ok(known);
        }
        let bytes = std::fs::read(path).map_err(Failure::of(path))?;
        let (entries, torn) = bytes.as_chunks::<ENTRY>();
        for [tag, hash @ ..] in entries {
            let hash = u64::from_le_bytes(*hash);
            if *tag == JOURNAL {
                (known.journal, known.is_new) = (hash, false);
            } else {
                known.hashes.insert(hash);
            }
        }
        // The first look was ended while it wrote: it has noted nothing.
        let whole = if known.is_new { 0 } else { (bytes.len() - torn.len()) as u64 };
        if known.is_new {
            known.hashes.clear();
        }
        if whole < bytes.len() as u64 {
            let file = OpenOptions::new().write(true).open(path).map_err(Failure::of(path))?;
            file.set_len(whole).map_err(Failure::of(path))?;
        }
        Ok(known)
    }

    /// True when this is new; from now on it is not.
    pub fn is_met_first(&mut self, of: Of, parts: &[&[u8]]) -> bool {
        let hash = hash(of, parts);
        let first = self.hashes.insert(hash);
        if first {
            self.fresh.push(of.tag());
            self.fresh.extend(hash.to_le_bytes());
        }
        first
    }

    /// True when this was met before.
    pub fn has(&self, of: Of, parts: &[&[u8]]) -> bool {
        self.hashes.contains(&hash(of, parts))
    }

    /// Puts what is new on the disk, and that the journal is this long.
    pub fn keep(&mut self, journal: u64) -> Result<(), Failure> {
        if self.fresh.is_empty() && journal == self.journal && !self.is_new {
            return Ok(());
        }
        self.fresh.push(JOURNAL);
        self.fresh.extend(journal.to_le_bytes());
        let written = |path: &Path, bytes: &[u8]| {
            let mut file: File = OpenOptions::new().create(true).append(true).open(path)?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        written(&self.path, &self.fresh).map_err(Failure::of(&self.path))?;
        self.fresh.clear();
        (self.journal, self.is_new) = (journal, false);
        Ok(())
    }
}

fn hash(of: Of, parts: &[&[u8]]) -> u64 {
    let mut bytes = vec![of.tag()];
    for part in parts {
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend(*part);
    }
    xxh3_64(&bytes)
}
