//! Saved searches: a folder of plain files, one query each.
//!
//! `ferries.query` is the search `ferries`, `desk/ferries.query` the search `desk/ferries`. Lines that begin with `#` say what it is for; all
//! others together are the query, as `newshound search` takes it.

use super::Failure;
use crate::query::{Complaint, Query, QueryLimits, Today, parse};
use crate::render::json::SavedSearchJson;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

/// How the name of a file of a saved search ends.
const ENDING: &str = "query";

/// Bytes of such a file.
const LARGEST: u64 = 64 << 10;

/// Saved searches of a folder; more are refused by name.
const MOST: usize = 100_000;

/// Folders within folders.
const DEEPEST: usize = 8;

/// A query that somebody gave a name.
#[derive(Debug, Clone)]
pub struct SavedSearch {
    /// The path of its file below the folder, with `/`, without the ending.
    pub name: String,
    /// What the lines with `#` say.
    pub comment: String,
    /// The query as it was written.
    pub typed: String,
    /// The query.
    pub query: Query,
    /// What of it was not taken as it stands.
    pub complaints: Vec<Complaint>,
}

/// A file that is no saved search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// As [`SavedSearch::name`].
    pub name: String,
    /// Why.
    pub why: String,
}

/// The saved searches of a folder as they were when it was last read.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    signature: Option<u128>,
    /// By name.
    pub searches: Vec<SavedSearch>,
    /// By name.
    pub refused: Vec<Refused>,
}

impl SavedSearch {
    /// As other programs get it.
    pub fn json(&self) -> SavedSearchJson {
        let SavedSearch { name, comment, typed, query, complaints } = self;
        SavedSearchJson::new(name, comment, typed, query.to_string(), complaints)
    }
}

impl Folder {
    /// Reads the folder `dir`.
    ///
    /// # Errors
    /// When it cannot be read. A file in it that cannot is among the refused.
    pub fn read(dir: &Path, today: Today) -> Result<Folder, Failure> {
        let mut folder = Folder { dir: dir.to_owned(), signature: None, searches: Vec::new(), refused: Vec::new() };
        folder.read_again(today)?;
        Ok(folder)
    }

    /// Reads it again if a file of it has changed, or the day, which queries may name ("yesterday"); true when it was read.
    ///
    /// # Errors
    /// As [`Folder::read`]; what was read before stays.
    pub fn read_again(&mut self, today: Today) -> Result<bool, Failure> {
        let files = self.files()?;
        let mut hasher = Xxh3::new();
        hasher.update(format!("{today:?}").as_bytes());
        for file in &files {
            let (bytes, written) = file.metadata().map_or((0, 0), |known| {
                let written = known.modified().ok().and_then(|when| when.duration_since(UNIX_EPOCH).ok());
                (known.len(), written.map_or(0, |since| since.as_nanos()))
            });
            hasher.update(file.path().as_os_str().as_encoded_bytes());
            hasher.update(&bytes.to_le_bytes());
            hasher.update(&written.to_le_bytes());
        }
        let signature = Some(hasher.digest128());
        if self.signature == signature {
            return Ok(false);
        }
        (self.searches, self.refused) = (Vec::new(), Vec::new());
        for (number, file) in files.iter().enumerate() {
            let name = name(&self.dir, file.path());
            let read = if number < MOST { saved(&name, file.path(), today) } else { Err(format!("more than {MOST} searches")) };
            match read {
                Ok(search) => self.searches.push(search),
                Err(why) => self.refused.push(Refused { name, why }),
            }
        }
        self.searches.sort_by(|one, other| one.name.cmp(&other.name));
        self.refused.sort_by(|one, other| one.name.cmp(&other.name));
        self.signature = signature;
        Ok(true)
    }

    /// Names what was read: other files, other contents or another day have another one.
    pub fn signature(&self) -> Option<u128> {
        self.signature
    }

    fn files(&self) -> Result<Vec<DirEntry>, Failure> {
        let walk = WalkDir::new(&self.dir).follow_links(true).max_depth(DEEPEST).sort_by_file_name();
        let mut files = Vec::new();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| ending == ENDING) => {
                    files.push(entry);
                }
                Err(error) if error.depth() == 0 => {
                    return Err(Failure::File(self.dir.clone(), error.into()));
                }
                _ => {}
            }
        }
        Ok(files)
    }
}

fn name(dir: &Path, file: &Path) -> String {
    let below = file.strip_prefix(dir).unwrap_or(file).with_extension("");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn saved(name: &str, file: &Path, today: Today) -> Result<SavedSearch, String> {
    let bytes = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if bytes > LARGEST {
        return Err(format!("{bytes} bytes; a saved search has at most {LARGEST}"));
    }
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "not in UTF-8; save it so")?;
    let (comment, typed) = parts(&text);
    let parsed = parse(&typed, today, &QueryLimits::default()).map_err(|refusal| refusal.to_string())?;
    let query = parsed.query.ok_or_else(|| nothing(&typed, &parsed.complaints))?;
    Ok(SavedSearch { name: name.to_owned(), comment, typed, query, complaints: parsed.complaints })
}

/// Why nothing can be looked for.
fn nothing(typed: &str, complaints: &[Complaint]) -> String {
    if typed.is_empty() {
        return "no query in it, only lines that begin with #, or none".to_owned();
    }
    let why: String = complaints.iter().map(|complaint| format!("; {complaint}")).collect();
    format!("`{typed}` has no word to look for{why}")
}

/// The comment and the query of a file.
fn parts(text: &str) -> (String, String) {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let (comment, typed): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with('#'));
    let comment: Vec<&str> = comment.iter().map(|line| line.trim_start_matches('#').trim()).collect();
    (comment.join(" ").trim().to_owned(), typed.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_a_hash_are_the_comment_and_the_others_the_query() {
        let read = parts("# Ferries of the Orle\r\n#for the harbour desk\n\nferry OR\n  \"long-term peace\"\n");
        assert_eq!(read, ("Ferries of the Orle for the harbour desk".into(), "ferry OR \"long-term peace\"".into()));
    }

    #[test]
    fn a_file_that_is_no_search_says_why() {
        let dir = tempfile::tempdir().expect("a directory");
        for (name, bytes) in [("a", &b"# a remark\n"[..]), ("b", b"speaker:\""), ("c", b"\xff\xfe")] {
            std::fs::write(dir.path().join(format!("{name}.query")), bytes).expect("a file");
        }
        let read = Folder::read(dir.path(), Today::from_clock()).expect("a folder");
        let refused: Vec<(&str, &str)> = read.refused.iter().map(|file| (file.name.as_str(), file.why.as_str())).collect();
        assert_eq!(refused[0], ("a", "no query in it, only lines that begin with #, or none"));
        assert!(refused[1].1.starts_with("`speaker:\"` has no word to look for"), "{refused:?}");
        assert_eq!(refused[2], ("c", "not in UTF-8; save it so"));
    }
}
