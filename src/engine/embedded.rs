//! The embedded engine: tantivy's dictionary, postings and store below our own evaluation and ranking.
//!
//! An index is a directory: `newshound.json` names the schema's version, `segments/` is tantivy's, each file with a seal of ours
//! (`disk.rs`), `ledger.*` what the last commit says of the corpus, `stories` which articles are copies,
//! `champions.*` where frequent words are worth most, `dictionary.*` what its articles were packed with. Each unit of an article
//! (headline or paragraph) is one tantivy document; the units of an article follow each other in one segment, the head
//! first. The head alone stores the article, whole; passages are cut from it when they are shown.

mod store;
mod lookup;
mod rank;
mod answer;
mod check;
mod closing;
mod directory;
pub(in crate::engine) mod excerpt;

pub use crate::engine::Damage;
pub use answer::search::IndexReader;
pub use check::damaged_files;
pub use directory::Directory;
pub(in crate::engine) use rank::about::is_looked_for;
pub use rank::weights::RankingWeights;
pub use store::disk::{Faults, Operation};
pub(in crate::engine) use store::documents::estimated_words;
pub use store::intake::{IndexWriter, exists};
pub use store::kept::{ledger, ledger_of_any_version};
pub(in crate::engine) use store::packing::{packed, unpacked};
pub(in crate::engine) use store::quoted::rows;
pub use store::record::record_bytes;
pub use store::schema::{READ, VERSION, check as check_version, remove};
pub(in crate::engine) use store::snapshot::{Stored, Totals};
pub(in crate::engine) use store::tokens::count_tokens;

/// Size of the index on disk, in bytes.
///
/// # Errors
/// When the directory cannot be read.
pub fn size(dir: &std::path::Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in walkdir::WalkDir::new(dir).into_iter().flatten() {
        let meta = entry.metadata()?;
        bytes += if meta.is_file() { meta.len() } else { 0 };
    }
    Ok(bytes)
}
