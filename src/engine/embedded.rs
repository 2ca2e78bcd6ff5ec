//! The embedded engine: tantivy's dictionary, postings and store below our own evaluation and ranking.
//!
//! An index is a directory: `newshound.json` names the schema's version, `segments/` is tantivy's, each file with a seal of ours
//! (`disk.rs`), `ledger.*` what the last commit says of the corpus, `stories` which articles are copies. Each unit of an article
//! (headline or paragraph) is one tantivy document; the units of an article follow each other in one segment, the head
//! first. The head alone stores the article, whole; passages are cut from it when they are shown.

mod about;
mod answer;
mod check;
mod closer;
mod disk;
mod evaluate;
mod coterms;
mod counting;
mod expand;
mod folding;
mod found;
mod intake;
mod kept;
mod pairs;
mod plan;
mod postings;
mod quoted;
mod quoting;
mod rank;
mod record;
mod register;
mod schema;
mod scores;
mod search;
mod snapshot;
mod stories;
mod tokens;

pub use check::{Damage, damaged_files};
pub use disk::{Faults, Operation};
pub use intake::{IndexWriter, exists};
pub use kept::ledger;
pub use rank::Weights;
pub use record::record_bytes;
pub use schema::{VERSION, remove};
pub use search::IndexReader;

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
