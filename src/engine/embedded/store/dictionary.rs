//! The dictionaries of an index: trained on its own articles as they come in, each a file beside the segments, without which no record that
//! was packed with it can be read.
//!
//! One is durable before anything is committed that needs it, and every commit names those that it needs. What is damaged or missing makes the
//! index a damaged one when it is opened, as a lost segment does. One that no commit needs any more is removed by the next run, so that a
//! search which is just opening the commit before still finds it.

use super::disk::{Disk, behind_hash, from_io, with_hash};
use super::packing::{Dictionary, dictionary_of};
use super::record::{Plain, damaged};
use super::snapshot::Stored;
use crate::engine::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// How the names of the files begin; the number of the dictionary follows, in hexadecimal digits. In a file stand an XXH3 hash (8 bytes,
/// little-endian) of the rest, and the dictionary as zstd has it.
const NAME: &str = "dictionary.";

/// What a dictionary is trained on.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::embedded) struct Lesson {
    /// Every so manieth record is taken.
    pub every: usize,
    /// Until these are so many bytes.
    pub bytes: usize,
    /// Bytes of the dictionary.
    pub size: usize,
}

/// The first dictionary comes soon, so that little is packed without. The second comes once an archive is large enough for its size, and has
/// seen more of it. On 25 MB of news (parts of the text, packed; training): 1 MB gives .517 in .08 s, 2 MB .514 in .13 s, a dictionary of 256 kB
/// of 4 MB .491 in .28 s; the one that is built in .628.
pub(in crate::engine::embedded) const LESSONS: [Lesson; 2] =
    [Lesson { every: 1, bytes: 1 << 20, size: 112 << 10 }, Lesson { every: 16, bytes: 4 << 20, size: 256 << 10 }];

/// One record in so many is not trained on, but tells whether the dictionary is worth having.
const TRIED: usize = 16;

/// The dictionaries of an index, and the one that is built in.
pub(in crate::engine::embedded) struct Dictionaries {
    /// Nowhere for an index in memory.
    dir: Option<PathBuf>,
    own: RwLock<Vec<Arc<Dictionary>>>,
}

impl Dictionaries {
    /// Those of the index in `dir` that its commit needs, by the names of their files.
    ///
    /// # Errors
    /// [`Error::Broken`] when one is missing or damaged.
    pub fn open(dir: &Path, names: &[String]) -> Result<Dictionaries, Error> {
        let own = names.iter().map(|name| read(dir, name)).collect::<Result<_, Error>>()?;
        Ok(Dictionaries { dir: Some(dir.to_owned()), own: RwLock::new(own) })
    }

    /// Only the one that is built in.
    pub fn none() -> Dictionaries {
        Dictionaries { dir: None, own: RwLock::default() }
    }

    /// The article of a packed record.
    ///
    /// # Errors
    /// When it is damaged, or its dictionary cannot be read.
    pub fn unpack(&self, packed: &[u8]) -> io::Result<Stored> {
        let number = dictionary_of(packed).ok_or_else(damaged)?;
        if number == Dictionary::built_in().number() {
            return Dictionary::built_in().unpack(packed);
        }
        let known = self.own.read().unwrap_or_else(PoisonError::into_inner).iter().find(|own| own.number() == number).cloned();
        let dictionary = match known {
            Some(known) => known,
            None => self.of_later_commit(number)?,
        };
        dictionary.unpack(packed)
    }

    /// One that a later commit than the one that was opened has brought.
    fn of_later_commit(&self, number: u32) -> io::Result<Arc<Dictionary>> {
        let dir = self.dir.as_deref().ok_or_else(damaged)?;
        let read = read(dir, &name_of(number)).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        self.add(Arc::clone(&read));
        Ok(read)
    }

    /// The newest one.
    fn newest(&self) -> Arc<Dictionary> {
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(own.last().unwrap_or(Dictionary::built_in()))
    }

    fn add(&self, dictionary: Arc<Dictionary>) {
        self.own.write().unwrap_or_else(PoisonError::into_inner).push(dictionary);
    }

    fn names(&self) -> Vec<String> {
        self.own.read().unwrap_or_else(PoisonError::into_inner).iter().map(|own| name_of(own.number())).collect()
    }
}

/// What the articles of a run are packed with: the newest dictionary of the index, and until it has one that which is built in.
pub(in crate::engine::embedded) struct Packing {
    dictionaries: Arc<Dictionaries>,
    lessons: [Lesson; 2],
    samples: Mutex<Samples>,
}

/// Records to train on.
#[derive(Default)]
struct Samples {
    /// How many records were seen.
    seen: usize,
    of: [Vec<Vec<u8>>; 2],
    bytes: [usize; 2],
}

impl Packing {
    /// With these dictionaries, and those that are missing to as many as there are lessons.
    pub fn new(dictionaries: Arc<Dictionaries>, lessons: [Lesson; 2]) -> Packing {
        let mut samples = Samples::default();
        // What was learned is not learned again.
        samples.bytes.iter_mut().take(dictionaries.names().len()).for_each(|bytes| *bytes = usize::MAX);
        Packing { dictionaries, lessons, samples: Mutex::new(samples) }
    }

    /// The same of an index that is begun anew.
    pub fn anew(&self, dir: &Path) -> Result<Packing, Error> {
        Ok(Packing::new(Arc::new(Dictionaries::open(dir, &[])?), self.lessons))
    }

    /// The names of the files without which the articles packed so far cannot be read.
    pub fn names(&self) -> Vec<String> {
        self.dictionaries.names()
    }

    pub fn dictionaries(&self) -> &Arc<Dictionaries> {
        &self.dictionaries
    }

    /// A record packed; it may be the one with which there are enough to train a dictionary, which is made durable then.
    ///
    /// # Errors
    /// When zstd fails, or the disk.
    pub fn pack(&self, disk: &Disk, plain: &Plain) -> Result<Vec<u8>, Error> {
        let newest = self.dictionaries.newest();
        let packed = newest.pack(plain).map_err(|error| from_io(disk.dir(), "a record", &error))?;
        for (lesson, records) in self.filled(&plain.words) {
            if let Some(trained) = trained(&records, lesson.size, &newest) {
                disk.write(&name_of(trained.number()), &with_hash(trained.bytes()))?;
                self.dictionaries.add(Arc::new(trained));
            }
        }
        Ok(packed)
    }

    /// Puts the words of a record into the samples; gives those that are full to whoever fills them.
    fn filled(&self, plain: &[u8]) -> Vec<(Lesson, Vec<Vec<u8>>)> {
        let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        let Samples { seen, of, bytes } = &mut *samples;
        *seen += 1;
        let mut full = Vec::new();
        for ((lesson, records), bytes) in self.lessons.iter().zip(of).zip(bytes) {
            if *bytes < lesson.bytes && seen.is_multiple_of(lesson.every) {
                // Of a book the beginning is enough.
                let part = &plain[..plain.len().min(lesson.bytes / 4)];
                *bytes += part.len();
                records.push(part.to_vec());
                if *bytes >= lesson.bytes {
                    full.push((*lesson, std::mem::take(records)));
                }
            }
        }
        full
    }
}

/// A dictionary trained on these records; nothing where it would not make what it has not seen smaller than the one that is used.
fn trained(records: &[Vec<u8>], size: usize, used: &Dictionary) -> Option<Dictionary> {
    let (tried, learned): (Vec<_>, Vec<_>) = records.iter().enumerate().partition(|(number, _)| number % TRIED == 0);
    let learned: Vec<&[u8]> = learned.into_iter().map(|(_, record)| record.as_slice()).collect();
    let own = Dictionary::new(zstd::dict::from_samples(&learned, size).ok()?)?;
    let packed = |dictionary: &Dictionary| {
        let lengths = tried.iter().map(|(_, record)| dictionary.length_of(record));
        lengths.sum::<Option<usize>>()
    };
    (packed(&own)? < packed(used)?).then_some(own)
}

fn name_of(number: u32) -> String {
    format!("{NAME}{number:08x}")
}

fn read(dir: &Path, name: &str) -> Result<Arc<Dictionary>, Error> {
    let bytes = std::fs::read(dir.join(name)).map_err(|error| from_io(dir, name, &error))?;
    let dictionary = behind_hash(&bytes).and_then(|bytes| Dictionary::new(bytes.to_vec()));
    let own = dictionary.filter(|dictionary| name == name_of(dictionary.number()));
    own.map(Arc::new).ok_or_else(|| Error::Broken(dir.to_owned(), format!("{name}: its checksum is wrong")))
}

/// Removes the files that the last commit does not need; `needed` are those it does.
pub(in crate::engine::embedded) fn forget_others(disk: &Disk, needed: &[String]) {
    let entries = std::fs::read_dir(disk.dir()).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.starts_with(NAME) && !needed.contains(name)).for_each(|name| {
        disk.remove(&name);
    });
}
