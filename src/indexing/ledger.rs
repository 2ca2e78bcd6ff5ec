//! Which files an index holds, as they were when they were read: it tells the next run what has changed.

use crate::source::CorpusFile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// The files of an index. Kept with every commit, so that the two never tell different stories.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The corpus directories, absolute. Names of files begin at the first, with `../` where they lie outside it.
    pub corpora: Vec<PathBuf>,
    /// By name.
    pub files: BTreeMap<String, Entry>,
}

/// The fingerprint of a file that was refused by its beginning and is too large to be read for a fingerprint alone: only its size and time
/// tell whether it has changed.
pub(super) const NO_FINGERPRINT: u128 = 0;

/// A file, as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its size.
    pub bytes: u64,
    /// When it had last been written, in nanoseconds since 1970; 0 when that cannot be trusted.
    pub modified: u64,
    /// Its fingerprint, see [`crate::source::CorpusFile::fingerprint`]; 0 where it has none.
    pub fingerprint: u128,
    /// A hash of how it was read: options and settings.
    pub options: u64,
    /// True when it was read to its end and nobody wrote to it meanwhile.
    pub whole: bool,
    /// Records of it that gave no article.
    pub refused: u32,
    /// The ids of its articles, as numbers.
    pub articles: Vec<u64>,
}

impl Entry {
    /// True when `found` holds what this file held, by its fingerprint.
    pub(super) fn holds_the_same(&self, found: &CorpusFile) -> bool {
        self.fingerprint != NO_FINGERPRINT && found.fingerprint().is_ok_and(|now| now == self.fingerprint)
    }
}

impl Ledger {
    /// As bytes: an XXH3 hash (8 bytes, little-endian) of the rest, then the ledger.
    pub fn encode(&self) -> Vec<u8> {
        let body = postcard::to_allocvec(self).expect("plain data");
        let mut out = xxh3_64(&body).to_le_bytes().to_vec();
        out.extend(body);
        out
    }

    /// Reads what [`Ledger::encode`] wrote; none when a bit of it was changed.
    pub fn decode(bytes: &[u8]) -> Option<Ledger> {
        let (hash, body) = bytes.split_first_chunk::<8>()?;
        (u64::from_le_bytes(*hash) == xxh3_64(body)).then(|| postcard::from_bytes(body).ok()).flatten()
    }

    /// Articles of all files together.
    pub fn articles(&self) -> usize {
        self.files.values().map(|entry| entry.articles.len()).sum()
    }

    /// Makes `path` (absolute) part of the corpora and gives its name: "" for the first corpus itself. A single corpus that
    /// is gone gives its place to a new one, for it was moved; so do corpora that lie within a new one.
    pub(super) fn admit(&mut self, path: &Path) -> String {
        let dir = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        let moved = matches!(self.corpora.as_slice(), [only] if !only.exists());
        if moved || self.corpora.iter().all(|corpus| corpus != dir && corpus.starts_with(dir)) {
            self.corpora.clear();
        }
        if !self.corpora.iter().any(|corpus| dir.starts_with(corpus)) {
            self.corpora.push(dir.to_owned());
        }
        name_from(&self.corpora[0], path)
    }
}

/// The way from directory `base` to `path`, both absolute, with `/` between the parts.
fn name_from(base: &Path, path: &Path) -> String {
    let (base, path): (Vec<_>, Vec<_>) = (base.components().collect(), path.components().collect());
    let shared = base.iter().zip(&path).take_while(|(one, other)| one == other).count();
    let up = base[shared..].iter().map(|_| "..".into());
    let down = path[shared..].iter().map(|part| part.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_at_the_first_corpus() {
        let check = |path: &str, expected: &str| assert_eq!(name_from(Path::new("/news/a"), Path::new(path)), expected);
        check("/news/a", "");
        check("/news/a/2024", "2024");
        check("/news/b/2024", "../b/2024");
        check("/else", "../../else");
    }

    #[test]
    fn a_ledger_with_a_changed_bit_is_not_read() {
        let ledger = Ledger { corpora: vec!["/news".into()], files: BTreeMap::new() };
        let bytes = ledger.encode();
        assert_eq!(Ledger::decode(&bytes), Some(ledger));
        for at in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert_eq!(Ledger::decode(&changed), None, "bit {at}");
        }
    }
}
