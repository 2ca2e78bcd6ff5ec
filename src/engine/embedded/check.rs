//! Is the index whole? Checksums of its files, and every article read and compared with its units.

use crate::article::{Article, Span};
use crate::engine::embedded::answer::search::IndexReader;
use crate::engine::embedded::store::schema::{self, Opened, failed};
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::embedded::store::tantivy::files_of;
use crate::engine::embedded::store::{champions, stories};
use crate::engine::{Damage, Error};
use crate::passage::units;
use crate::quotation::Quotation;
use std::path::Path;
use tantivy::{DocAddress, DocId, SegmentReader};

/// The files of the index in `dir` that are missing or whose checksums are wrong. No article is read.
///
/// # Errors
/// [`Error`] when there is no index of this version.
pub fn damaged_files(dir: &Path) -> Result<Vec<Damage>, Error> {
    let (index, disk) = match schema::open(dir, None) {
        Ok(Opened { index, disk, .. }) => (index, disk),
        Err(Error::Broken(_, why)) => return Ok(vec![Damage::File(why)]),
        Err(failed) => return Err(failed),
    };
    let written = index.directory().list_managed_files();
    let segments = index.load_metas().map_err(|error| disk.failed(error))?.segments;
    let mut names: Vec<_> = segments.iter().flat_map(files_of).filter(|name| written.contains(Path::new(name))).collect();
    names.sort_unstable();
    let wrong = |name: String| match disk.is_sealed(&name) {
        Ok(true) => None,
        Ok(false) => Some(Damage::File(format!("{name}: its checksum is wrong"))),
        Err(error) => Some(Damage::File(format!("{name}: {error}"))),
    };
    let segments = names.into_iter().filter_map(wrong);
    Ok(segments.chain(stories::damage(dir).into_iter().chain(champions::damage(dir)).map(Damage::File)).collect())
}

impl IndexReader {
    /// Reads every article and gives what is wrong to `each`; then the ids of all articles, ascending.
    ///
    /// # Errors
    /// [`Error`] when a whole segment cannot be read.
    pub fn check(&self, each: &mut dyn FnMut(Damage)) -> Result<Vec<u64>, Error> {
        let snapshot = self.snapshot();
        let mut ids = Vec::new();
        for (number, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
            for (head, length, id) in articles(segment).map_err(|error| failed(&self.dir, error))? {
                ids.push(id);
                if let Err(why) = one(&snapshot, DocAddress::new(number as u32, head), length, id) {
                    each(Damage::Article { id, why });
                }
            }
        }
        ids.sort_unstable();
        Ok(ids)
    }
}

/// The articles of a segment that are not deleted: head, number of units, id.
pub(super) fn articles(segment: &SegmentReader) -> tantivy::Result<Vec<(DocId, usize, u64)>> {
    let fast = segment.fast_fields();
    let (units, ids) = (fast.column_first_or_default::<u64>("unit")?, fast.u64("id")?);
    let mut out: Vec<(DocId, usize, u64)> = Vec::new();
    for doc in (0..segment.max_doc()).filter(|doc| segment.alive_bitset().is_none_or(|alive| alive.is_alive(*doc))) {
        match (units.get_val(doc) / 2, out.last_mut()) {
            (0, _) | (_, None) => out.push((doc, 1, ids.first(doc).unwrap_or(0))),
            (number, Some((head, length, _))) => {
                // A unit out of its place makes the length wrong, and the article damaged.
                if u64::from(doc - *head) == number {
                    *length += 1;
                } else {
                    *length = usize::MAX / 2;
                }
            }
        }
    }
    Ok(out)
}

fn one(snapshot: &Snapshot, head: DocAddress, length: usize, id: u64) -> Result<(), String> {
    let stored = snapshot.unpack(head).map_err(|failed| failed.to_string())?;
    let (article, quotations) = &stored;
    if article.id.0 != id {
        return Err(format!("another article is stored in its place, {}", article.id));
    }
    let expected = units(article).count();
    if expected != length {
        return Err(format!("it has {expected} units, the index {length}"));
    }
    let spans = units(article).map(|unit| unit.span).chain(quotations.iter().flat_map(spans_of));
    match spans.into_iter().find(|span| article.text.get(span.range()).is_none()) {
        Some(span) => Err(format!("{span:?} is no part of its text")),
        None => places(article),
    }
}

fn spans_of(quotation: &Quotation) -> Vec<Span> {
    let speaker = quotation.speaker.as_ref().and_then(|speaker| speaker.mention);
    [Some(quotation.span), speaker, quotation.cue].into_iter().flatten().collect()
}

fn places(article: &Article) -> Result<(), String> {
    let lost = article.paragraphs.iter().find(|paragraph| article.origin.in_file(&article.text, paragraph.span).is_none());
    lost.map_or(Ok(()), |paragraph| Err(format!("{:?} has no place in its file", paragraph.span)))
}
