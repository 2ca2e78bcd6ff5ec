//! An excerpt of a larger archive, in memory: the articles that another engine found, answered from as from any index.
//!
//! So two engines cannot give two answers: what is a candidate, a mention, a quotation or a speaker, and what each is worth, is decided here
//! by the same code. Only the figures that a score needs of the whole archive are asked of it ([`Whole`]).

use super::answer::search::IndexReader;
use super::store::schema::{self, Fields, failed};
use super::store::snapshot::{Stored, Totals};
use crate::article::ArticleId;
use crate::day::Days;
use crate::engine::{Error, People};
use crate::query::{Pattern, Slot};
use std::path::Path;
use std::sync::Arc;
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher};

/// Bytes for the table of words; it grows as needed.
const WORDS: usize = 16 << 20;

/// The archive that an excerpt is of.
pub(in crate::engine) trait Whole: Send + Sync {
    /// How much it holds.
    fn totals(&self) -> Totals;

    /// Units with a word that `slot` accepts: for each of these words its units, added up.
    fn units_with(&self, slot: &Slot) -> u64;

    /// Articles with such a word in the name of their outlet.
    fn outlets_with(&self, pattern: &Pattern) -> u64;

    /// Units with this word.
    fn units_with_word(&self, key: &str) -> u64;

    /// Says which words will be asked for, one after another.
    fn will_ask_for(&self, keys: &mut dyn Iterator<Item = &str>);

    /// These of its articles, in this order; nothing for one that cannot be read.
    fn articles(&self, ids: &[ArticleId]) -> Vec<Option<Stored>>;
}

/// What an archive tells of an article without its text: who is quoted in it, and when it was published.
pub(in crate::engine) struct Quoted {
    pub id: u64,
    pub days: Option<Days>,
    /// See [`rows`](super::store::quoted::rows).
    pub rows: Vec<(String, u64)>,
}

/// The archive that an excerpt is of, and who is quoted in more of its articles than the excerpt has: who is who depends on all that print
/// a last name.
pub(in crate::engine) struct Around {
    /// Nothing where the articles stand for themselves, and their score is of no interest.
    pub whole: Option<Arc<dyn Whole>>,
    pub names: Option<Vec<Quoted>>,
    /// What is said by hand of who is who.
    pub people: Arc<People>,
}

/// An index of these articles, each with its record. `name` is that of the archive.
///
/// # Errors
/// When they cannot be indexed.
pub(in crate::engine) fn excerpt(name: &Path, articles: Vec<(Vec<u8>, Stored)>, around: Around) -> Result<IndexReader, Error> {
    indexed(name, articles, around).map_err(|error| failed(name, error))
}

/// An index of who is quoted, whose articles are fetched when they are read.
///
/// # Errors
/// When they cannot be indexed.
pub(in crate::engine) fn excerpt_of_names(
    name: &Path,
    quoted: &[Quoted],
    whole: Arc<dyn Whole>,
    people: Arc<People>,
) -> Result<IndexReader, Error> {
    let made = || {
        let (index, fields) = index_of_names(quoted)?;
        IndexReader::of_excerpt(name, &index, fields, Some(whole), (None, people))
    };
    made().map_err(|error| failed(name, error))
}

fn indexed(name: &Path, articles: Vec<(Vec<u8>, Stored)>, around: Around) -> tantivy::Result<IndexReader> {
    let names = around.names.map(|names| searcher(&index_of_names(&names)?.0)).transpose()?;
    let (mut writer, fields) = schema::in_memory(WORDS)?;
    let (mut kept, mut next) = (Vec::with_capacity(articles.len()), 0);
    for (record, stored) in articles {
        let head = next;
        for document in fields.documents(&stored.0, &stored.1, &record) {
            writer.add_document(document)?;
            next += 1;
        }
        kept.push((head, stored));
    }
    let reader = IndexReader::of_excerpt(name, &writer.finalize()?, fields, around.whole, (names, around.people))?;
    let snapshot = reader.snapshot();
    for (head, stored) in kept {
        snapshot.keep(DocAddress::new(0, head), stored);
    }
    Ok(reader)
}

fn index_of_names(quoted: &[Quoted]) -> tantivy::Result<(Index, Fields)> {
    let (mut writer, fields) = schema::in_memory(WORDS)?;
    for quoted in quoted {
        writer.add_document(fields.names(quoted))?;
    }
    Ok((writer.finalize()?, fields))
}

fn searcher(index: &Index) -> tantivy::Result<Searcher> {
    let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(reader.searcher())
}
