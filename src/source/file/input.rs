//! A file being opened: its first bytes to tell the format by, then all of it, or a stream of it, within limits.

use super::walk::CorpusFile;
use crate::source::desk::unread::Reason;
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;
use xxhash_rust::xxh3::Xxh3Default;

/// How much is looked at to tell the format.
const HEAD: u64 = 64 << 10;

/// How much of what is too large is looked at, to see whether it is a bomb.
const PASSED_OVER: u64 = 256 << 20;

/// Why a file is refused.
pub(crate) struct FileRefusal {
    pub reason: Reason,
    pub message: String,
}

/// What was read of a file: how many bytes, and their hash.
#[derive(Default)]
pub(crate) struct Seen {
    bytes: u64,
    hash: Xxh3Default,
}

impl Seen {
    /// The XXH3 hash (128 bits) of a file of so many bytes; `None` unless all of them were read.
    pub fn fingerprint(&self, bytes: u64) -> Option<u128> {
        (self.bytes == bytes).then(|| self.hash.digest128())
    }
}

/// A file that tells what is read of it.
struct Watched<'a> {
    file: File,
    seen: &'a RefCell<Seen>,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(into)?;
        let mut seen = self.seen.borrow_mut();
        seen.bytes += length as u64;
        seen.hash.update(&into[..length]);
        Ok(length)
    }
}

/// A reader that counts what it gives.
struct Counted<'a> {
    reader: Box<dyn Read + 'a>,
    count: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(into)?;
        self.count.set(self.count.get() + length as u64);
        Ok(length)
    }
}

/// A file, a member of an archive, or the content of a compressed file.
pub(crate) struct Input<'a> {
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
    /// Size, where it is known beforehand.
    bytes: Option<u64>,
    /// The head holds all there is.
    ended: bool,
    /// Bytes read so far.
    count: Rc<Cell<u64>>,
}

impl<'a> Input<'a> {
    /// Opens a found file. What was a file when it was found but is one no more (a pipe put in its place) is refused.
    /// `seen` gets to know every byte that is read of it.
    pub fn open(found: &CorpusFile, seen: &'a RefCell<Seen>) -> io::Result<Input<'a>> {
        let metadata = std::fs::symlink_metadata(&found.path)?;
        if !metadata.is_file() {
            return Err(io::Error::other("no longer a regular file"));
        }
        let file = File::open(&found.path)?;
        Ok(Input { bytes: Some(metadata.len()), ..Input::from_reader(Box::new(Watched { file, seen })) })
    }

    /// An input from bytes that come from elsewhere.
    pub fn from_reader(reader: Box<dyn Read + 'a>) -> Input<'a> {
        let count = Rc::new(Cell::new(0));
        let rest = Box::new(Counted { reader, count: Rc::clone(&count) });
        Input { head: Vec::new(), rest, bytes: None, ended: false, count }
    }

    /// How many bytes were read, as it goes on.
    pub fn count(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.count)
    }

    /// Reads the head.
    pub fn look(&mut self) -> io::Result<()> {
        let room = self.bytes.map_or(HEAD, |bytes| (bytes + 1).min(HEAD));
        self.head.reserve_exact(room as usize);
        (&mut self.rest).take(HEAD).read_to_end(&mut self.head)?;
        self.ended = (self.head.len() as u64) < HEAD;
        Ok(())
    }

    /// The first bytes, at most 64 kB.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// All bytes, unless they are more than `limit`.
    pub fn whole(self, limit: u64) -> Result<Vec<u8>, FileRefusal> {
        let Input { mut head, rest, bytes, ended, .. } = self;
        if bytes.is_some_and(|bytes| bytes > limit) {
            return Err(too_large(limit));
        }
        if ended {
            return Ok(head);
        }
        head.reserve_exact(bytes.unwrap_or(0).saturating_sub(head.len() as u64) as usize + 1);
        let room = limit + 1 - head.len() as u64;
        let refused = |error: io::Error| FileRefusal { reason: Reason::from_error(&error), message: error.to_string() };
        let mut rest = rest;
        (&mut rest).take(room).read_to_end(&mut head).map_err(refused)?;
        if head.len() as u64 > limit {
            // What unpacks without end is called that, and not only large.
            drop(head);
            io::copy(&mut rest.take(PASSED_OVER), &mut io::sink()).map_err(refused)?;
            return Err(too_large(limit));
        }
        Ok(head)
    }

    /// The bytes as a stream from the beginning.
    pub fn stream(self) -> BufReader<Box<dyn Read + 'a>> {
        let Input { head, rest, ended, .. } = self;
        if ended {
            return BufReader::new(Box::new(Cursor::new(head)));
        }
        BufReader::with_capacity(256 << 10, Box::new(Cursor::new(head).chain(rest)))
    }
}

/// Zero bytes in a row that no text has.
const HOLE: usize = 1 << 20;

/// A stream of text that ends with an error at a hole: a file of twenty gigabytes of nothing is not read to its end.
pub(crate) struct Unholed<R> {
    reader: R,
    zeros: usize,
}

impl<R: Read> Unholed<R> {
    pub fn new(reader: R) -> Unholed<R> {
        Unholed { reader, zeros: 0 }
    }
}

impl<R: Read> Read for Unholed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(into)?;
        let tail = into[..length].iter().rev().take_while(|byte| **byte == 0).count();
        self.zeros = if tail == length { self.zeros + tail } else { tail };
        if self.zeros > HOLE {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "more than a megabyte of zero bytes, not text"));
        }
        Ok(length)
    }
}

fn too_large(limit: u64) -> FileRefusal {
    let message = format!(
        "larger than {} MB, the most that is read of one file of this kind; split it, or raise the limit in newshound.toml",
        limit >> 20
    );
    FileRefusal { reason: Reason::TooLarge, message }
}
