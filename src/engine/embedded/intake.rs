//! Articles into tantivy documents.

use super::quoted;
use super::record::Packer;
use super::schema::{self, Fields, trouble};
use crate::article::{Article, Published};
use crate::engine::{Intake, Trouble};
use crate::passage::{passages, units};
use crate::query::DateRange;
use crate::quotation::Quotation;
use crate::words::count;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use tantivy::indexer::UserOperation;
use tantivy::{TantivyDocument, Term};

/// Memory for the postings of one thread before they are written out as a segment.
const MEMORY_PER_THREAD: usize = 256 << 20;

/// The length of an article only serves to rank it, and is close enough by its bytes: English news has 6 a word.
const BYTES_A_WORD: u64 = 6;

/// Writes an index. Articles may be added from several threads at once.
pub struct IndexWriter {
    dir: PathBuf,
    corpus: Option<PathBuf>,
    fields: Fields,
    writer: tantivy::IndexWriter,
    /// True while a fresh index is built: no article needs to be replaced.
    fresh: bool,
}

thread_local! {
    static PACKER: RefCell<Option<Packer>> = const { RefCell::new(None) };
}

impl IndexWriter {
    /// Opens the index in `dir` for writing the articles of `corpus`, making it when there is none, and forgets what it held.
    /// Searches go on seeing the last commit until the next one.
    ///
    /// # Errors
    /// [`Trouble::Locked`] when another process is writing to it.
    pub fn rebuild(dir: &Path, corpus: &Path, threads: usize) -> Result<IndexWriter, Trouble> {
        let (index, fields) = schema::open_or_create(dir)?;
        // Reading articles and finding quotations costs about as much as writing postings, and every writing thread makes
        // segments of its own: one of them for every two threads keeps all busy and the index small.
        let writers = threads.div_ceil(2);
        let writer = index.writer_with_num_threads(writers, MEMORY_PER_THREAD * writers).map_err(|e| trouble(dir, e))?;
        writer.delete_all_documents().map_err(|e| trouble(dir, e))?;
        let corpus = corpus.canonicalize().ok();
        Ok(IndexWriter { dir: dir.to_owned(), corpus, fields, writer, fresh: true })
    }

    /// Makes merges finish and closes the index.
    ///
    /// # Errors
    /// [`Trouble`] when a merge fails.
    pub fn close(self) -> Result<(), Trouble> {
        let dir = self.dir;
        self.writer.wait_merging_threads().map_err(|e| trouble(&dir, e))
    }

    fn pack(&self, article: &Article, quotations: &[Quotation]) -> std::io::Result<Vec<u8>> {
        PACKER.with(|packer| {
            let mut packer = packer.borrow_mut();
            if packer.is_none() {
                *packer = Some(Packer::new()?);
            }
            packer.as_mut().expect("just made").pack(article, quotations)
        })
    }

    fn documents(&self, article: &Article, quotations: &[Quotation]) -> std::io::Result<Vec<TantivyDocument>> {
        let mut documents = Vec::with_capacity(article.paragraphs.len() + 1);
        let mut words = 0u64;
        for (number, unit) in units(article).enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(self.fields.of, number_of(&article.id));
            let text = unit.span.of(&article.text);
            if !text.is_empty() {
                document.add_text(self.fields.text, text);
            }
            let passages = passages(&article.text, unit.span);
            document.add_u64(self.fields.unit, number as u64 * 2 + u64::from(passages.len() > 1));
            let mut before = 0;
            for pair in passages.windows(2) {
                before += count(&article.text[pair[0].start as usize..pair[1].start as usize]);
                document.add_u64(self.fields.cuts, before);
            }
            words += text.len() as u64 / BYTES_A_WORD;
            self.add_speakers(&mut document, quotations, unit.span);
            quoted::add(&mut document, &self.fields, &article.text, quotations, unit.span);
            documents.push(document);
        }
        self.add_head(&mut documents[0], article, words);
        documents[0].add_bytes(self.fields.record, &self.pack(article, quotations)?);
        Ok(documents)
    }

    fn add_speakers(&self, document: &mut TantivyDocument, quotations: &[Quotation], unit: crate::article::Span) {
        let mut last = "";
        for quotation in quotations.iter().filter(|quotation| quotation.span.overlaps(unit)) {
            if let Some(speaker) = quotation.speaker.as_ref().filter(|speaker| speaker.name != last) {
                document.add_text(self.fields.speaker, &speaker.name);
                last = &speaker.name;
            }
        }
    }

    fn add_head(&self, head: &mut TantivyDocument, article: &Article, words: u64) {
        let fields = &self.fields;
        head.add_u64(fields.id, number_of(&article.id));
        head.add_u64(fields.length, words);
        if let Some(dateline) = &article.dateline {
            head.add_text(fields.dateline, dateline.span.of(&article.text));
            head.add_text(fields.dateline, &dateline.place);
        }
        for byline in &article.bylines {
            head.add_text(fields.byline, &byline.name);
        }
        for (field, text) in
            [(fields.outlet, &article.outlet), (fields.section, &article.section), (fields.lang, &article.language)]
        {
            if let Some(text) = text {
                head.add_text(field, text);
            }
        }
        if let Some(days) = article.published.as_ref().and_then(days) {
            head.add_u64(fields.days, days);
        }
    }
}

/// An article's id as a number; ids that are not 16 hexadecimal digits have none and give 0.
pub(super) fn number_of(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or(0)
}

fn days(published: &Published) -> Option<u64> {
    DateRange::of_published(&published.date).map(|days| u64::from(days.from) << 32 | u64::from(days.to))
}

impl Intake for IndexWriter {
    fn add(&self, article: &Article, quotations: &[Quotation]) -> Result<(), Trouble> {
        let documents =
            self.documents(article, quotations).map_err(|error| Trouble::Broken(self.dir.clone(), error.to_string()))?;
        let mut operations = Vec::with_capacity(documents.len() + 1);
        if !self.fresh {
            operations.push(UserOperation::Delete(Term::from_field_u64(self.fields.of, number_of(&article.id))));
        }
        operations.extend(documents.into_iter().map(UserOperation::Add));
        self.writer.run(operations).map(|_| ()).map_err(|error| trouble(&self.dir, error))
    }

    fn commit(&mut self) -> Result<(), Trouble> {
        self.writer.commit().map_err(|error| trouble(&self.dir, error))?;
        self.fresh = false;
        schema::finish(&self.dir, self.corpus.as_deref())
    }
}

/// True when `dir` holds an index.
pub fn exists(dir: &Path) -> bool {
    schema::exists(dir)
}
