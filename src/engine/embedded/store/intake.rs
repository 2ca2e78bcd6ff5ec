//! Articles into tantivy documents.

use super::dictionary::{self, LESSONS, Lesson, Packing};
use super::disk::{Disk, Faults};
use super::kept::{self, Kept};
use super::record::to_plain;
use super::schema::{self, Fields, Opened};
use crate::article::{Article, ArticleId};
use crate::engine::{Error, Intake};
use crate::quotation::Quotation;
use std::path::Path;
use std::sync::Arc;
use tantivy::Term;
use tantivy::indexer::UserOperation;

/// Memory for every two threads if nothing else is said: one of them writes.
const MEMORY: usize = 512 << 20;

/// Of the memory what the program, the articles under way and the merges take, measured with 16 MB to 256 MB of postings over
/// 1 GB of news.
const BESIDE: usize = 96 << 20;

/// Of the rest, in fifths, what postings may take before they are written out as a segment: writing them out takes as much as
/// half of it again.
const FIFTHS: usize = 3;

/// tantivy takes no less for a thread.
const LEAST_MEMORY: usize = 16 << 20;

/// A segment of which a larger share was deleted is written anew without it.
const MOST_DELETED: f32 = 0.2;

/// Writes an index. Articles may be added from several threads at once.
///
/// ```
/// use newshound::{Article, Engine, IndexReader, IndexWriter, Intake, quotations};
///
/// let dir = tempfile::tempdir()?;
/// let mut writer = IndexWriter::open(dir.path(), 1, None)?;
/// let article = Article::plain("1", "The envoys left on Friday.", false);
/// writer.add(&article, &quotations(&article))?;
/// writer.commit(None, &[])?;
/// writer.close()?;
/// assert_eq!(IndexReader::open(dir.path())?.holdings()?.articles, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct IndexWriter {
    pub(in crate::engine::embedded) disk: Disk,
    pub(in crate::engine::embedded) fields: Fields,
    pub(in crate::engine::embedded) writer: tantivy::IndexWriter,
    /// What the last commit keeps.
    pub(in crate::engine::embedded) kept: Option<Kept>,
    pub(in crate::engine::embedded) packing: Packing,
}

impl IndexWriter {
    /// Opens the index in `dir` for writing, making it when there is none, and forgets what it held.
    /// Searches go on seeing the last commit until the next one.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process is writing to it.
    pub fn rebuild(dir: &Path, threads: usize) -> Result<IndexWriter, Error> {
        let mut writer = IndexWriter::open(dir, threads, None)?;
        writer.clear()?;
        Ok(writer)
    }

    /// Forgets what the index holds; searches go on seeing it until the next commit.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be written.
    pub fn clear(&mut self) -> Result<(), Error> {
        self.writer.delete_all_documents().map(drop).map_err(|error| self.disk.failed(error))?;
        self.packing = self.packing.anew(self.disk.dir())?;
        Ok(())
    }

    /// Trains the dictionaries that the index does not have yet on so many bytes of articles, and on four times as many, instead of 1 MB and
    /// on 4 MB of 64; for tests.
    #[must_use]
    pub fn learning_from(mut self, bytes: usize) -> IndexWriter {
        let lesson = |times| Lesson { every: times, bytes: bytes * times, size: bytes * times / 4 };
        self.packing = Packing::new(Arc::clone(self.packing.dictionaries()), [lesson(1), lesson(4)]);
        self
    }

    /// Opens the index in `dir` for writing, making it when there is none, or none that can be read.
    /// `memory` is what the program may take as a whole, in bytes, mapped files not counted; 512 MB for every two threads if not given.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process is writing to it, [`Error::OtherVersion`] when it is of another version ([`remove`](super::schema::remove) it first).
    pub fn open(dir: &Path, threads: usize, memory: Option<usize>) -> Result<IndexWriter, Error> {
        IndexWriter::open_on(dir, threads, memory, None)
    }

    /// The same on a disk that may fail, for tests.
    ///
    /// # Errors
    /// As [`IndexWriter::open`], and what `faults` says.
    pub fn open_on(
        dir: &Path,
        threads: usize,
        memory: Option<usize>,
        faults: Option<Arc<dyn Faults>>,
    ) -> Result<IndexWriter, Error> {
        let Opened { index, fields, disk, kept, dictionaries } = schema::open_or_create(dir, faults)?;
        // Reading articles and finding quotations costs about as much as writing postings, and every writing thread makes
        // segments of its own: one of them for every two threads keeps all busy and the index small.
        let writers = threads.div_ceil(2);
        let memory = memory.unwrap_or(MEMORY * writers).saturating_sub(BESIDE) / 5 * FIFTHS;
        let postings = memory.max(LEAST_MEMORY * writers);
        let writer: tantivy::IndexWriter = index.writer_with_num_threads(writers, postings).map_err(|e| disk.failed(e))?;
        disk.sweep();
        let mut policy = tantivy::indexer::LogMergePolicy::default();
        // tantivy's own default never merges a segment because of what was deleted from it.
        policy.set_del_docs_ratio_before_merge(MOST_DELETED);
        writer.set_merge_policy(Box::new(policy));
        // What a killed writer left behind would be in the way: a commit writes lists of deleted units under the same names.
        writer.garbage_collect_files().wait().map_err(|e| disk.failed(e))?;
        dictionary::forget_others(&disk, &kept.dictionaries);
        Ok(IndexWriter { disk, fields, writer, kept: None, packing: Packing::new(dictionaries, LESSONS) })
    }
}

impl Intake for IndexWriter {
    fn add(&self, article: &Article, quotations: &[Quotation]) -> Result<(), Error> {
        // First what may be refused.
        let plain = to_plain(article, quotations).map_err(|error| match error.kind() {
            std::io::ErrorKind::FileTooLarge => Error::TooLarge(article.id, error.to_string()),
            _ => Error::Broken(self.disk.dir().to_owned(), error.to_string()),
        })?;
        let record = self.packing.pack(&self.disk, &plain)?;
        let documents = self.fields.documents(article, quotations, &record);
        let operations: Vec<_> = documents.into_iter().map(UserOperation::Add).collect();
        self.writer.run(operations).map(|_| ()).map_err(|error| self.disk.failed(error))
    }

    fn remove(&self, id: ArticleId) -> Result<(), Error> {
        self.writer.delete_term(Term::from_field_u64(self.fields.of, id.0));
        Ok(())
    }

    fn commit(&mut self, corpus: Option<&Path>, ledger: &[u8]) -> Result<(), Error> {
        // First the ledger under a new name, then the commit that names it: whenever the power fails, the two are of one kind.
        let kept = kept::write(&self.disk, corpus, ledger, self.packing.names())?;
        if schema::exists(self.disk.dir()) {
            schema::finish(&self.disk)?;
        }
        let mut prepared = self.writer.prepare_commit().map_err(|error| self.disk.failed(error))?;
        prepared.set_payload(&kept.payload());
        prepared.commit().map_err(|error| self.disk.failed(error))?;
        schema::finish(&self.disk)?;
        kept.forget_older(&self.disk);
        self.kept = Some(kept);
        Ok(())
    }
}

/// True when `dir` holds an index.
pub fn exists(dir: &Path) -> bool {
    schema::exists(dir)
}
