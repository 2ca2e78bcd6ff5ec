//! Which articles tell one story: found for the whole index when a writer closes, from the sketches of its articles.
//!
//! What was found is kept in a file beside the segments, with the name of the ledger that its commit names. When it is not of
//! that commit, or damaged, it is found anew: groups depend on the articles alone ([`crate::duplicates::groups_of`]).

use super::disk::{Disk, behind_hash, with_hash};
use super::kept::Kept;
use crate::duplicates::{Sketch, groups_of, meeting};
use crate::engine::Error;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use tantivy::columnar::Column;
use tantivy::{DocId, Index, ReloadPolicy, Searcher, SegmentReader};

/// The file, beside the segments: an XXH3 hash (8 bytes, little-endian) of the rest, then a [`File`].
const NAME: &str = "stories";

#[derive(Serialize, Deserialize)]
struct File {
    /// See [`Kept::mark`].
    commit: String,
    /// Article and story.
    of: Vec<(u64, u64)>,
}

/// For each article that has a copy the story it tells: the id of the longest of its copies.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Stories {
    of: HashMap<u64, u64>,
}

impl Stories {
    /// The story of an article: its own number when it has no copy.
    pub fn of(&self, article: u64) -> u64 {
        self.of.get(&article).copied().unwrap_or(article)
    }

    /// How many articles are copies of another one.
    pub fn copies(&self) -> usize {
        self.of.iter().filter(|(article, story)| article != story).count()
    }

    /// Finds the stories of all articles of `searcher`. Asks `go_on` before each article, with the bytes that are held by then; nothing when it
    /// is told not to.
    pub fn found(searcher: &Searcher, go_on: &mut dyn FnMut(usize) -> bool) -> tantivy::Result<Option<Stories>> {
        let segments: Vec<Sketched> = searcher.segment_readers().iter().map(Sketched::open).collect::<tantivy::Result<_>>()?;
        // Few have copies: only theirs are read whole.
        let (mut articles, mut keys) = (Vec::new(), Vec::new());
        for (number, segment) in segments.iter().enumerate() {
            for head in segment.heads() {
                if !go_on(size_of_val(keys.as_slice()) + size_of_val(articles.as_slice())) {
                    return Ok(None);
                }
                let own = articles.len() as u32;
                keys.extend(segment.keys(head).into_iter().map(|key| (key, own)));
                articles.push((number, head));
            }
        }
        let met = meeting(&mut keys);
        let mut numbers = vec![0; articles.len()];
        met.iter().zip(0..).for_each(|(article, number)| numbers[*article as usize] = number);
        keys.iter_mut().for_each(|(_, article)| *article = numbers[*article as usize]);
        let met: Vec<(usize, DocId)> = met.into_iter().map(|met| articles[met as usize]).collect();
        let ids: Vec<u64> = met.iter().map(|(number, head)| segments[*number].ids.first(*head).unwrap_or(0)).collect();
        let held = size_of_val(keys.as_slice());
        let Some(first) = groups_of(&ids, keys, |at| Cow::Owned(segments[met[at].0].sketch(met[at].1)), || go_on(held)) else {
            return Ok(None);
        };
        let mut members: HashMap<usize, u32> = HashMap::new();
        first.iter().for_each(|story| *members.entry(*story).or_default() += 1);
        let several = first.iter().enumerate().filter(|(_, story)| members[story] > 1);
        Ok(Some(Stories { of: several.map(|(own, story)| (ids[own], ids[*story])).collect() }))
    }

    /// The same of the last commit of `index`.
    pub fn of_last_commit(index: &Index) -> tantivy::Result<Stories> {
        let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Stories::found(&reader.searcher(), &mut |_| true)?.unwrap_or_default())
    }

    /// Keeps them as those of the commit that keeps `kept`.
    pub fn keep(&self, disk: &Disk, kept: &Kept) -> Result<(), Error> {
        let mut of: Vec<(u64, u64)> = self.of.iter().map(|(article, story)| (*article, *story)).collect();
        of.sort_unstable();
        let file = File { commit: kept.mark(), of };
        let body = postcard::to_allocvec(&file).expect("plain data");
        disk.write(NAME, &with_hash(&body))
    }

    /// What was kept in `dir` with the commit that keeps `kept`.
    pub fn kept(dir: &Path, kept: &Kept) -> Option<Stories> {
        let file = read(dir).ok()??;
        (kept.mark() == file.commit).then(|| Stories { of: file.of.into_iter().collect() })
    }
}

/// Whether those of the last commit are kept in `dir`.
pub(in crate::engine::embedded) fn are_kept(dir: &Path) -> bool {
    Kept::read(dir).is_ok_and(|kept| Stories::kept(dir, &kept).is_some())
}

/// The file in `dir`; nothing when there is none.
///
/// # Errors
/// In words, when it is damaged.
fn read(dir: &Path) -> Result<Option<File>, String> {
    let bytes = match std::fs::read(dir.join(NAME)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(|error| format!("{NAME}: {error}"))?,
    };
    let file = behind_hash(&bytes).and_then(|body| postcard::from_bytes(body).ok());
    file.map(Some).ok_or_else(|| format!("{NAME}: its checksum is wrong"))
}

/// What is wrong with the file in `dir`, if anything.
pub(in crate::engine::embedded) fn damage(dir: &Path) -> Option<String> {
    read(dir).err()
}

/// A segment by its sketches.
struct Sketched<'a> {
    segment: &'a SegmentReader,
    ids: Column<u64>,
    /// Of articles that a version before took in.
    loose_keys: Column<u64>,
    sketch: Column<u64>,
}

impl Sketched<'_> {
    fn open(segment: &SegmentReader) -> tantivy::Result<Sketched<'_>> {
        let fast = segment.fast_fields();
        Ok(Sketched { segment, ids: fast.u64("id")?, loose_keys: fast.u64("keys")?, sketch: fast.u64("sketch")? })
    }

    fn sketch(&self, head: DocId) -> Sketch {
        Sketch::of_numbers(self.loose_keys(head), self.sketch.values_for_doc(head))
    }

    fn keys(&self, head: DocId) -> Vec<u32> {
        let keys = Sketch::keys_of_numbers(self.sketch.values_for_doc(head));
        if keys.is_empty() { self.loose_keys(head) } else { keys }
    }

    fn loose_keys(&self, head: DocId) -> Vec<u32> {
        self.loose_keys.values_for_doc(head).map(|key| key as u32).collect()
    }

    /// Those of articles with a sketch that are not deleted.
    fn heads(&self) -> impl Iterator<Item = DocId> + '_ {
        let alive = self.segment.alive_bitset();
        let alive = move |doc: &DocId| alive.is_none_or(|alive| alive.is_alive(*doc));
        (0..self.segment.max_doc()).filter(alive).filter(|doc| self.sketch.first(*doc).is_some())
    }
}
