//! What is kept with a commit: where paths begin, and the ledger, a file of its own that the commit names.

use super::schema::{self, trouble, write_safely};
use crate::engine::Trouble;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tantivy::Index;

/// How the names of ledgers begin; their number follows.
const LEDGER: &str = "ledger.";

/// The payload of a commit.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The corpus directory, absolute: where paths of sources begin.
    pub corpus: Option<PathBuf>,
    /// The file with the ledger.
    ledger: Option<String>,
}

impl Kept {
    /// What the last commit of `index` keeps.
    pub fn of(index: &Index) -> tantivy::Result<Kept> {
        let payload = index.load_metas()?.payload;
        Ok(payload.and_then(|payload| serde_json::from_str(&payload).ok()).unwrap_or_default())
    }

    pub fn payload(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Removes all ledgers but this one. One that cannot be removed is in nobody's way.
    pub fn forget_older(&self, dir: &Path) {
        for (_, name) in ledgers(dir).into_iter().filter(|(_, name)| Some(name) != self.ledger.as_ref()) {
            let _ = std::fs::remove_file(dir.join(name));
        }
    }
}

/// Writes a ledger beside those that are there.
pub(super) fn write(dir: &Path, corpus: Option<&Path>, ledger: &[u8]) -> Result<Kept, Trouble> {
    let number = ledgers(dir).iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let name = format!("{LEDGER}{number}");
    write_safely(dir, &name, ledger)?;
    Ok(Kept { corpus: corpus.map(Path::to_owned), ledger: Some(name) })
}

fn ledgers(dir: &Path) -> Vec<(u64, String)> {
    let names = std::fs::read_dir(dir).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| Some((name.strip_prefix(LEDGER)?.parse().ok()?, name))).collect()
}

/// The ledger that was given with the last commit of the index in `dir`; none when there is no index this version can read.
///
/// # Errors
/// [`Trouble::Broken`] when it is named but cannot be read.
pub fn ledger(dir: &Path) -> Result<Option<Vec<u8>>, Trouble> {
    let index = match schema::open(dir) {
        Err(Trouble::NoIndex(_) | Trouble::OtherVersion { .. }) => return Ok(None),
        opened => opened?.0,
    };
    let Some(name) = Kept::of(&index).map_err(|error| trouble(dir, error))?.ledger else { return Ok(None) };
    let read = std::fs::read(dir.join(&name));
    read.map(Some).map_err(|error| Trouble::Broken(dir.to_owned(), format!("{name}: {error}")))
}
