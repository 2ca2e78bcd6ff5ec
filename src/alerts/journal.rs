//! The journal: a JSON object a line for each passage found, in the order they were found.

use super::Failure;
use serde_json::Value;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of the journal that one answer may read.
const MOST_READ: u64 = 8 << 20;

/// Bytes by which one journal is told from another.
const LONGEST_HEAD: u64 = 4 << 10;

/// The file of the journal in its folder.
const NAME: &str = "alerts.jsonl";

/// A journal, to read.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
}

/// Lines of a journal, each with where it ends in bytes.
#[derive(Debug, Default)]
pub struct Lines {
    /// The lines, in the order asked for.
    pub lines: Vec<(u64, Value)>,
    /// Where to go on; nothing at the end.
    pub next: Option<u64>,
}

impl Journal {
    /// The journal in the folder `dir`, whether there is one or not yet.
    pub fn of(dir: &Path) -> Journal {
        Journal { path: dir.join(NAME) }
    }

    /// Its length in bytes; what a killed writer left of a line is not counted once the next one has begun.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn length(&self) -> Result<u64, Failure> {
        match std::fs::metadata(&self.path) {
            Ok(known) => Ok(known.len()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            Err(error) => Err(Failure::File(self.path.clone(), error)),
        }
    }

    /// Takes away what a killed writer left of a line; gives the length.
    pub(super) fn mend(&self) -> Result<u64, Failure> {
        let length = self.length()?;
        let mut end = length;
        while end > 0 {
            let begin = end.saturating_sub(1 << 16);
            let block = self.block(begin, end)?;
            match block.iter().rposition(|byte| *byte == b'\n') {
                Some(at) => {
                    end = begin + at as u64 + 1;
                    break;
                }
                None => end = begin,
            }
        }
        if end < length {
            let file = OpenOptions::new().write(true).open(&self.path).map_err(Failure::of(&self.path))?;
            file.set_len(end).map_err(Failure::of(&self.path))?;
        }
        Ok(end)
    }

    /// Adds whole lines, and is done when they are on the disk; gives the length.
    pub(super) fn add(&self, lines: &[u8]) -> Result<u64, Failure> {
        let written = || {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
            file.write_all(lines)?;
            file.sync_data()
        };
        written().map_err(Failure::of(&self.path))?;
        self.length()
    }

    /// A hash of the first line, by which one journal is told from another; 0 for an empty one.
    pub(super) fn first(&self) -> Result<u64, Failure> {
        let head = self.block(0, self.length()?.min(LONGEST_HEAD))?;
        let line = head.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        // A line that is still being written tells nothing yet.
        let tells = line.ends_with(b"\n") || line.len() as u64 == LONGEST_HEAD;
        Ok(if tells { xxh3_64(line) } else { 0 })
    }

    /// Whole lines from byte `from` on, `most` at most, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn from(&self, from: u64, most: usize) -> Result<Lines, Failure> {
        let mut found = Lines::default();
        let Some(file) = self.open()? else { return Ok(found) };
        let mut reader = BufReader::new(file);
        reader.seek(SeekFrom::Start(from)).map_err(Failure::of(&self.path))?;
        let (mut at, mut line) = (from, Vec::new());
        while found.lines.len() < most && at - from < MOST_READ {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(Failure::of(&self.path))?;
            if line.last() != Some(&b'\n') {
                return Ok(found);
            }
            at += read as u64;
            found.lines.extend(read_line(&line).map(|object| (at, object)));
            found.next = Some(at);
        }
        Ok(found)
    }

    /// The newest lines that end at byte `before` or earlier, newest first: `most` at most, of the search `name` alone if one is given. So
    /// many bytes are read at most ([`Lines::next`] goes on from there).
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn newest(&self, before: Option<u64>, most: usize, name: Option<&str>) -> Result<Lines, Failure> {
        let mut found = Lines::default();
        let end = before.unwrap_or(u64::MAX).min(self.length()?);
        let begin = end.saturating_sub(MOST_READ);
        let block = self.block(begin, end)?;
        let mut at = end;
        // The first piece of a block may be the end of a line that began before it.
        for line in block.split_inclusive(|byte| *byte == b'\n').rev() {
            let start = at - line.len() as u64;
            if start == begin && begin > 0 {
                break;
            }
            if found.lines.len() == most {
                found.next = Some(at);
                return Ok(found);
            }
            if let Some(object) = read_line(line).filter(|object| name.is_none_or(|name| object["search"] == name)) {
                found.lines.push((at, object));
            }
            at = start;
        }
        // A line longer than all that may be read is gone past.
        found.next = (begin > 0).then_some(if at == end { begin } else { at });
        Ok(found)
    }

    fn block(&self, begin: u64, end: u64) -> Result<Vec<u8>, Failure> {
        let Some(file) = self.open()? else { return Ok(Vec::new()) };
        let mut block = Vec::new();
        let mut read = || {
            (&file).seek(SeekFrom::Start(begin))?;
            (&file).take(end - begin).read_to_end(&mut block)
        };
        read().map_err(Failure::of(&self.path))?;
        Ok(block)
    }

    fn open(&self) -> Result<Option<File>, Failure> {
        match File::open(&self.path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::File(self.path.clone(), error)),
        }
    }
}

/// The object of a whole line.
fn read_line(line: &[u8]) -> Option<Value> {
    line.strip_suffix(b"\n").and_then(|line| serde_json::from_slice(line).ok())
}
