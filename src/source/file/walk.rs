//! Finds the files of a corpus: every regular file below a directory, in a fixed order, never outside it.

use crate::source::desk::settings;
use crate::source::desk::unread::{Reason, Unread};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Where it can be opened.
    pub path: PathBuf,
    /// Its path below the corpus directory, with `/` between the parts.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// When it was last written, in nanoseconds since 1970; 0 when the file system does not say.
    pub modified: u64,
}

/// Walks `root` (a directory, or one file), sorted by name, and gives every regular file. Links are not followed; links, pipes and
/// devices are named as [`Unread`], as is whatever cannot be looked at.
pub fn files(root: &Path) -> impl Iterator<Item = Result<CorpusFile, Unread>> {
    named(root, true).map(|named| named.and_then(NamedFile::looked_at))
}

/// The same as a whole, in the order of the disk, looked at by several `threads`: of many files putting them in order takes as long
/// as finding them, and looking at each the longest.
pub(crate) fn files_at_once(root: &Path, threads: usize) -> Vec<Result<CorpusFile, Unread>> {
    let all: Vec<Result<NamedFile, Unread>> = named(root, false).collect();
    let share = all.len().div_ceil(threads.max(1)).max(1_000);
    let mut all = all.into_iter();
    let shares: Vec<Vec<_>> =
        std::iter::from_fn(|| Some(all.by_ref().take(share).collect()).filter(|share: &Vec<_>| !share.is_empty())).collect();
    let look = |share: Vec<Result<NamedFile, Unread>>| share.into_iter().map(|named| named.and_then(NamedFile::looked_at));
    std::thread::scope(|scope| {
        let workers: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || look(share).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("looking at a file does not panic")).collect()
    })
}

/// A regular file that was not looked at yet.
struct NamedFile {
    path: PathBuf,
    name: String,
}

impl NamedFile {
    fn looked_at(self) -> Result<CorpusFile, Unread> {
        let NamedFile { path, name } = self;
        match std::fs::symlink_metadata(&path) {
            Ok(metadata) => Ok(CorpusFile { path, name, bytes: metadata.len(), modified: modified(&metadata) }),
            Err(error) => Err(Unread { file: name, record: None, reason: Reason::Unreadable, message: format!("{error}") }),
        }
    }
}

fn named(root: &Path, sorted: bool) -> impl Iterator<Item = Result<NamedFile, Unread>> {
    // The user's own link to a file is meant; links found below a directory are not followed.
    let link = root.is_symlink() && root.is_file();
    let root = if link { root.canonicalize().unwrap_or_else(|_| root.to_path_buf()) } else { root.to_path_buf() };
    let walk = WalkDir::new(&root).follow_links(false).follow_root_links(true);
    let walk = if sorted { walk.sort_by_file_name() } else { walk };
    walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_index(entry)).filter_map(move |entry| match entry {
        Ok(entry) => article_file(&root, entry),
        Err(error) => {
            let name = error.path().map_or_else(String::new, |path| name_below(&root, path));
            let message = error.io_error().map_or_else(|| "a loop of links".to_string(), ToString::to_string);
            Some(Err(Unread { file: name, record: None, reason: Reason::Unreadable, message }))
        }
    })
}

/// The same for `path`, a file or directory below `corpus`: its files are named from there.
pub fn files_within(path: &Path, corpus: &Path) -> impl Iterator<Item = Result<CorpusFile, Unread>> {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let below = whole(path).strip_prefix(whole(corpus)).map(Path::to_path_buf).unwrap_or_default();
    let above = if path.is_dir() { below.as_path() } else { below.parent().unwrap_or(Path::new("")) };
    let above: Vec<_> = above.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let named = move |name: String| above.iter().cloned().chain(std::iter::once(name)).collect::<Vec<_>>().join("/");
    files(path).map(move |found| match found {
        Ok(found) => Ok(CorpusFile { name: named(found.name), ..found }),
        Err(unread) => Err(Unread { file: named(unread.file), ..unread }),
    })
}

/// True for an index of ours, finished or being written: `newshound index .` does not read what it writes.
fn is_index(entry: &DirEntry) -> bool {
    let holds = |name: &str| entry.path().join(name).is_file();
    entry.file_type().is_dir()
        && (holds("newshound.json") || holds("segments/.managed.json"))
        && entry.path().join("segments").is_dir()
}

fn article_file(root: &Path, entry: DirEntry) -> Option<Result<NamedFile, Unread>> {
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    let name = name_below(root, entry.path());
    let refused = |reason, message: &str| Err(Unread { file: name.clone(), record: None, reason, message: message.into() });
    if !kind.is_file() {
        let what = if kind.is_symlink() { "a link, not followed" } else { "a pipe or device, not opened" };
        return Some(refused(Reason::NotAFile, what));
    }
    if entry.depth() > 0 && is_about_the_folder(&entry.file_name().to_string_lossy()) {
        return Some(refused(Reason::NotAnArticle, "a hidden file, a README or settings, not read as an article"));
    }
    Some(Ok(NamedFile { path: entry.into_path(), name }))
}

fn modified(metadata: &std::fs::Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_nanos() as u64)
}

impl CorpusFile {
    /// The XXH3 hash (128 bits) of what the file holds now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn fingerprint(&self) -> std::io::Result<u128> {
        let mut file = std::fs::File::open(&self.path)?;
        let mut hash = xxhash_rust::xxh3::Xxh3Default::new();
        let mut chunk = vec![0; (self.bytes + 1).min(1 << 16) as usize];
        loop {
            match file.read(&mut chunk) {
                Ok(0) => return Ok(hash.digest128()),
                Ok(length) => hash.update(&chunk[..length]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// True when size and time are still those found.
    pub fn is_as_found(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|now| now.len() == self.bytes && modified(&now) == self.modified)
    }
}

/// What is kept by hand about the people of an archive: the engines read it.
const PEOPLE: &str = "people.toml";

/// `.gitignore`, `README.md`, `LICENSE`: they lie in every corpus, and nobody searches the news for them.
fn is_about_the_folder(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or(file);
    let is_kept = file == settings::FILE || file == PEOPLE;
    file.starts_with('.') || is_kept || matches!(stem, "README" | "LICENSE" | "MANIFEST")
}

/// `path` below `root`; of a root that is a file, its name.
fn name_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let below = if below.as_os_str().is_empty() { Path::new(path.file_name().unwrap_or_default()) } else { below };
    if std::path::MAIN_SEPARATOR == '/' {
        return below.to_string_lossy().into_owned();
    }
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_named_and_never_opened() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("b")).unwrap();
        std::fs::write(dir.path().join("b/two.txt"), "2").unwrap();
        std::fs::write(dir.path().join("a.txt"), "1").unwrap();
        std::os::unix::fs::symlink("/etc", dir.path().join("c")).unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("b/loop")).unwrap();
        let mut seen = Vec::new();
        for found in files(dir.path()) {
            seen.push(match found {
                Ok(found) => found.name,
                Err(unread) => unread.to_string(),
            });
        }
        assert_eq!(seen, ["a.txt", "b/loop: a link, not followed", "b/two.txt", "c: a link, not followed"]);
    }

    #[test]
    fn a_missing_directory_is_named() {
        let seen: Vec<_> = files(Path::new("no/such/corpus")).collect();
        assert!(matches!(&seen[..], [Err(unread)] if unread.reason == Reason::Unreadable));
    }
}
