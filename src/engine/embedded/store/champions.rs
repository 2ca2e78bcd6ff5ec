//! For each frequent word of a segment, in which articles it may be worth most: the best ten are found among them, and no other posting is read.
//!
//! Champion lists (Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, 7.1.3), made safe by what a unit of any other article
//! may be worth at most. With them stands how much there is of the word, so that nothing has to be counted.
//!
//! A file for each segment, written when a writer closes. What is missing, damaged, or of other constants of the ranking is done without: the
//! answers are the same ones, and take longer.

use super::disk::{Disk, behind_hash, with_hash};
use crate::engine::Error;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::{SegmentMeta, SegmentReader};
use xxhash_rust::xxh3::Xxh3Default;

/// How the names of the files begin; the segment's follows.
const NAME: &str = "champions-2.";

/// How the names of such files began in every version: those of an older one are removed by the next run.
const NAMES: &str = "champions";

/// Bytes of the hash that each part of a file begins with (XXH3, little-endian), and of the length of the first part behind it.
const HASH: usize = 8;
const LENGTH: usize = 4;

/// Most bytes of a first part: 16 for each of a million words.
const LARGEST: usize = 16 << 20;

/// How much there is of a word, as it is or with its other forms, in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(in crate::engine::embedded) struct Figures {
    pub passages: usize,
    pub units: usize,
    pub mentions: usize,
    pub articles: usize,
}

/// Articles with a word in a field about them that are not among the champions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(in crate::engine::embedded) struct AboutOthers {
    /// A hash of which articles have it there: a pattern may find the same words in the texts and others there.
    pub which: u64,
    /// What a unit of such an article may be worth at most for the word, if its rarity is 1, without what an outlet's name is worth.
    pub rest: f32,
}

/// What such a word is worth in a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::engine::embedded) struct Champions {
    pub figures: Figures,
    /// What a unit of an article that is not among these may be worth at most for the word, if its rarity is 1.
    pub rest: f32,
    /// The same for articles with the word in a field about them, where these are many.
    pub about: Option<AboutOthers>,
    /// Numbers of articles as in [`UnitRows`](super::units::UnitRows), ascending: the first, then the step to each next one.
    steps: Vec<u32>,
}

impl Champions {
    /// `articles` ascend; any other has no unit that is worth more than `rest`, or than what `about` says.
    pub fn new(figures: Figures, articles: &[u32], rest: f32, about: Option<AboutOthers>) -> Champions {
        let mut last = 0;
        let step = |article: &u32| article - std::mem::replace(&mut last, *article);
        Champions { figures, rest, about, steps: articles.iter().map(step).collect() }
    }

    /// The articles, ascending.
    pub fn list(&self) -> impl Iterator<Item = u32> + '_ {
        self.steps.iter().scan(0u32, |last, step| {
            *last = last.wrapping_add(*step);
            Some(*last)
        })
    }
}

/// What the lists were made with: bounds hold for the same constants, and for units and articles that are no longer on average.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(in crate::engine::embedded) struct Basis {
    pub constants: [f32; 8],
    /// Words of an average unit.
    pub unit: f32,
    /// Words of an average article.
    pub article: f32,
}

impl Basis {
    fn holds_for(&self, now: &Basis) -> bool {
        self.constants == now.constants && now.unit <= self.unit && now.article <= self.article
    }
}

#[derive(Serialize, Deserialize)]
struct Head {
    basis: Basis,
    /// The commit that last deleted units of the segment when they were counted.
    deleted: Option<u64>,
    /// Key of each word, ascending, and where its part begins behind this one.
    words: Vec<(u64, u32)>,
    /// Where the last one ends.
    end: u32,
}

/// The file of one segment.
pub(in crate::engine::embedded) struct ChampionFile {
    head: Head,
    /// Where the parts of the words begin.
    from: u64,
    file: Mutex<File>,
    counts: bool,
}

impl ChampionFile {
    /// That of a segment of the index in `dir`; nothing where there is none that can be read.
    pub fn open(dir: &Path, segment: &SegmentReader) -> Option<ChampionFile> {
        let mut file = File::open(dir.join(name_of(segment.segment_id()))).ok()?;
        let (head, from) = read_head(&mut file).ok()?;
        // One of a later commit knows nothing of articles that are still seen here.
        let deleted = segment.delete_opstamp();
        if head.deleted > deleted {
            return None;
        }
        let counts = head.deleted == deleted;
        Some(ChampionFile { head, from, file: Mutex::new(file), counts })
    }

    /// Whether its bounds hold for what an index has become.
    pub fn holds_for(&self, now: &Basis) -> bool {
        self.head.basis.holds_for(now)
    }

    /// Whether it still says how much there is of a word: nothing was deleted since.
    pub fn counts(&self) -> bool {
        self.counts
    }

    /// What it says of the word with this key ([`key_of`]).
    pub fn of(&self, key: u64) -> Option<Champions> {
        let at = self.head.words.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let start = self.head.words[at].1;
        let end = self.head.words.get(at + 1).map_or(self.head.end, |(_, next)| *next);
        let mut bytes = vec![0; end.checked_sub(start)? as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.from + u64::from(start))).ok()?;
        file.read_exact(&mut bytes).ok()?;
        postcard::from_bytes(behind_hash(&bytes)?).ok()
    }
}

/// The key of a word, alone or with its forms, in a segment: a hash of where the postings of its terms begin, in the order of the dictionary.
pub(in crate::engine::embedded) fn key_of(postings: impl Iterator<Item = usize>) -> u64 {
    let mut hash = Xxh3Default::new();
    postings.for_each(|start| hash.update(&(start as u64).to_le_bytes()));
    hash.digest()
}

/// Keeps the lists of a segment's words.
pub(in crate::engine::embedded) fn keep(
    disk: &Disk,
    segment: &SegmentReader,
    basis: Basis,
    mut words: Vec<(u64, Champions)>,
) -> Result<(), Error> {
    words.sort_by_key(|(key, _)| *key);
    let (mut starts, mut parts) = (Vec::with_capacity(words.len()), Vec::new());
    for (key, champions) in &words {
        starts.push((*key, parts.len() as u32));
        parts.extend(with_hash(&postcard::to_allocvec(champions).expect("plain data")));
    }
    let head = Head { basis, deleted: segment.delete_opstamp(), words: starts, end: parts.len() as u32 };
    let head = postcard::to_allocvec(&head).expect("plain data");
    let length = (head.len() as u32).to_le_bytes();
    disk.write(&name_of(segment.segment_id()), &[&length, with_hash(&head).as_slice(), &parts].concat())
}

/// Removes the files of segments that are not among `segments`.
pub(in crate::engine::embedded) fn forget_others(disk: &Disk, segments: &[SegmentReader]) {
    let kept: Vec<String> = segments.iter().map(|segment| name_of(segment.segment_id())).collect();
    names(disk.dir()).filter(|name| !kept.contains(name)).for_each(|name| {
        disk.remove(&name);
    });
}

/// What is wrong with the files in `dir`.
pub(in crate::engine::embedded) fn damage(dir: &Path) -> impl Iterator<Item = String> + '_ {
    let damaged = |name: &String| name.starts_with(NAME) && !is_whole(&dir.join(name)).unwrap_or(false);
    names(dir).filter(damaged).map(|name| format!("{name}: its checksum is wrong"))
}

fn names(dir: &Path) -> impl Iterator<Item = String> + use<> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with(NAMES) && !name.ends_with(".new"))
}

/// Whether there are files for all of these segments.
pub(in crate::engine::embedded) fn are_kept(dir: &Path, segments: &[SegmentMeta]) -> bool {
    segments.iter().all(|segment| dir.join(name_of(segment.id())).exists())
}

fn name_of(segment: SegmentId) -> String {
    format!("{NAME}{}", segment.uuid_string())
}

/// The first part of a file, and where the others begin.
fn read_head(file: &mut File) -> io::Result<(Head, u64)> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let mut length = [0; LENGTH];
    file.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize + HASH;
    if length > LARGEST {
        return Err(broken());
    }
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    let head = behind_hash(&bytes).and_then(|bytes| postcard::from_bytes(bytes).ok()).ok_or_else(broken)?;
    Ok((head, (LENGTH + length) as u64))
}

fn is_whole(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let (head, _) = read_head(&mut file)?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    let ends = head.words.iter().skip(1).map(|(_, start)| *start).chain([head.end]);
    let mut parts = head.words.iter().zip(ends).map(|((_, start), end)| rest.get(*start as usize..end as usize));
    Ok(rest.len() == head.end as usize && parts.all(|part| part.and_then(behind_hash).is_some()))
}
