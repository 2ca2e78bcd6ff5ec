//! What is kept with a commit: where paths begin, and the ledger, a file of its own that the commit names.

use super::disk::{Disk, from_io, unsealed};
use super::schema;
use crate::engine::Error;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tantivy::Index;
use xxhash_rust::xxh3::xxh3_64;

/// How the names of ledgers begin; their number follows.
const LEDGER: &str = "ledger.";

/// zstd's level for ledgers, its own default: names of files are much alike, and come to half of it.
const LEVEL: i32 = 3;

/// The payload of a commit.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::engine::embedded) struct Kept {
    /// The corpus directory, absolute: where paths of sources begin.
    pub corpus: Option<PathBuf>,
    /// The file with the ledger.
    ledger: Option<String>,
    /// The hash of what is in it, as hexadecimal digits: another index has a ledger of the same name.
    sum: Option<String>,
    /// The ledger is packed by zstd, as versions up to 12 had it not.
    #[serde(default)]
    is_packed: bool,
    /// The files with the dictionaries that its records need.
    #[serde(default)]
    pub dictionaries: Vec<String>,
}

impl Kept {
    /// What the last commit of `index` keeps.
    pub fn from_index(index: &Index) -> tantivy::Result<Kept> {
        Ok(Kept::from_payload(index.load_metas()?.payload))
    }

    /// The same of the index in `dir`, read from tantivy's list of segments alone.
    pub fn read(dir: &Path) -> Result<Kept, Error> {
        let list = super::tantivy::list_of_segments(dir).and_then(|bytes| unsealed(bytes, Path::new("meta.json")));
        let kept = list.and_then(|bytes| Ok(Kept::from_list(&bytes)?));
        kept.map_err(|error| from_io(dir, "meta.json", &error))
    }

    /// The same from the list itself, whatever stands behind it: every version has ended it in its own way.
    fn from_list(bytes: &[u8]) -> serde_json::Result<Kept> {
        #[derive(Deserialize)]
        struct Meta {
            payload: Option<String>,
        }
        let meta = Meta::deserialize(&mut serde_json::Deserializer::from_slice(bytes))?;
        Ok(Kept::from_payload(meta.payload))
    }

    /// The ledger from the bytes of its file; nothing when they are not those.
    fn ledger_in(&self, read: Vec<u8>) -> Option<Vec<u8>> {
        if self.sum.as_ref().is_some_and(|sum| *sum != sum_of(&read)) {
            return None;
        }
        if self.is_packed { zstd::decode_all(read.as_slice()).ok() } else { Some(read) }
    }

    fn from_payload(payload: Option<String>) -> Kept {
        payload.and_then(|payload| serde_json::from_str(&payload).ok()).unwrap_or_default()
    }

    /// What no other commit has: the name of the file with the ledger, and its hash.
    pub fn mark(&self) -> String {
        format!("{} {}", self.ledger.as_deref().unwrap_or_default(), self.sum.as_deref().unwrap_or_default())
    }

    pub fn payload(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Removes all ledgers but this one. One that cannot be removed is in nobody's way.
    pub fn forget_older(&self, disk: &Disk) {
        for (_, name) in ledgers(disk.dir()).into_iter().filter(|(_, name)| Some(name) != self.ledger.as_ref()) {
            disk.remove(&name);
        }
    }
}

/// Writes a ledger beside those that are there, for a commit that needs these dictionaries.
pub(in crate::engine::embedded) fn write(
    disk: &Disk,
    corpus: Option<&Path>,
    ledger: &[u8],
    dictionaries: Vec<String>,
) -> Result<Kept, Error> {
    let number = ledgers(disk.dir()).iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let name = format!("{LEDGER}{number}");
    let packed = zstd::bulk::compress(ledger, LEVEL).map_err(|error| from_io(disk.dir(), &name, &error))?;
    disk.write(&name, &packed)?;
    let sum = Some(sum_of(&packed));
    Ok(Kept { corpus: corpus.map(Path::to_owned), ledger: Some(name), sum, is_packed: true, dictionaries })
}

fn sum_of(packed: &[u8]) -> String {
    format!("{:016x}", xxh3_64(packed))
}

/// The ledger of an index of any version, if it can be found and read: which corpora it was built from.
pub fn ledger_of_any_version(dir: &Path) -> Option<Vec<u8>> {
    let kept = Kept::from_list(&super::tantivy::list_of_segments(dir).ok()?).ok()?;
    let read = std::fs::read(dir.join(kept.ledger.as_ref()?)).ok()?;
    kept.ledger_in(read)
}

fn ledgers(dir: &Path) -> Vec<(u64, String)> {
    let names = std::fs::read_dir(dir).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| Some((name.strip_prefix(LEDGER)?.parse().ok()?, name))).collect()
}

/// The ledger that was given with the last commit of the index in `dir`; none when there is no index this version can read. It
/// can be read when the segments cannot.
///
/// # Errors
/// [`Error::Broken`] when it is named but cannot be read.
pub fn ledger(dir: &Path) -> Result<Option<Vec<u8>>, Error> {
    match schema::check(dir) {
        Err(Error::NoIndex(_) | Error::OtherVersion { .. }) => return Ok(None),
        // A broken manifest says nothing of the list of files.
        Err(Error::Broken(..)) => {}
        checked => checked?,
    }
    let kept = Kept::read(dir)?;
    let Some(name) = &kept.ledger else { return Ok(None) };
    let read = std::fs::read(dir.join(name)).map_err(|error| from_io(dir, name, &error))?;
    let ledger = kept.ledger_in(read);
    let wrong = || Error::Broken(dir.to_owned(), format!("{name}: it is not the list of files of this commit"));
    ledger.ok_or_else(wrong).map(Some)
}
