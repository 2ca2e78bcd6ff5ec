//! What a run over a corpus has to do: which files are new, changed, moved or gone since the last one.

use super::ledger::{self, Entry, Ledger};
use crate::engine::Share;
use crate::source::{CorpusFile, Options, Reason, Unread, files, files_at_once, is_of_issue};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Threads that look at files: a disk has only so many arms.
const MOST_THREADS: usize = 8;

/// The work of a run.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to read, in the order of their names.
    pub tasks: Vec<Task>,
    /// Files that are no longer there.
    pub gone: Vec<String>,
    /// Of the new files, those that were elsewhere before: new name and old.
    pub moved: Vec<(String, String)>,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files found, and their size in bytes.
    pub files: usize,
    /// See `files`.
    pub bytes: u64,
    /// What cannot be read.
    pub unread: Vec<Unread>,
    /// The ledger as it was, with the times of files that were touched but not changed.
    pub(super) ledger: Ledger,
    pub(super) options: u64,
    pub(super) share: Option<Share>,
    touched: bool,
}

/// A file to read.
#[derive(Debug)]
pub struct Task {
    /// The file.
    pub found: CorpusFile,
    /// True when the index has articles of an earlier state of it.
    pub known: bool,
}

/// Why a run is refused.
#[derive(Debug)]
pub struct AllGone {
    /// Files that the index has of it.
    pub files: usize,
}

impl std::fmt::Display for AllGone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "no file is left where there were {}: is a disk missing?\nhint: if they are meant to be gone, say --prune",
            self.files
        )
    }
}

impl std::error::Error for AllGone {}

impl Plan {
    /// All that is to be done when nothing is known.
    pub fn from_files(found: impl Iterator<Item = Result<CorpusFile, Unread>>, options: &Options) -> Plan {
        let mut plan = Plan { options: hash_of(options), ..Plan::default() };
        for file in found {
            match file {
                Ok(found) => plan.take(found, false),
                Err(unread) => plan.unread.push(unread),
            }
        }
        plan
    }

    /// Compares `path`, a file or directory, with what `ledger` knows of it. Only what lies within `path` is looked at, and of that only the
    /// files of `share` if there is one; with `prune`, files that are gone anywhere are found too.
    ///
    /// # Errors
    /// [`AllGone`] when there were files and none is left, unless `prune` is said.
    pub fn new(mut ledger: Ledger, path: &Path, options: &Options, share: Option<Share>, prune: bool) -> Result<Plan, AllGone> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let scope = ledger.admit(&path);
        let mut plan = Plan { options: hash_of(options), share, ..Plan::default() };
        let is_ours = |name: &str| share.is_none_or(|share| share.holds(name));
        let prefix = if path.is_dir() { scope.as_str() } else { scope.rsplit_once('/').map_or("", |(above, _)| above) };
        let named = |name: String| if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let mut seen: HashSet<String> = HashSet::new();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for file in files_at_once(&path, threads.min(MOST_THREADS)) {
            match file {
                Ok(found) => {
                    let found = CorpusFile { name: named(found.name), ..found };
                    if !is_ours(&found.name) {
                        continue;
                    }
                    if let Some(unchanged) = plan.compare(found, &mut ledger) {
                        seen.insert(unchanged);
                    }
                }
                Err(unread) => plan.unread.push(Unread { file: named(unread.file), ..unread }),
            }
        }
        seen.extend(plan.tasks.iter().map(|task| task.found.name.clone()));
        plan.unread.sort_by(|one, other| in_order(&one.file, &other.file));
        let hidden: Vec<&Unread> = plan.unread.iter().filter(|unread| unread.reason == Reason::Unreadable).collect();
        let is_hidden = |name: &str| hidden.iter().any(|unread| is_within(name, &unread.file));
        let base = ledger.corpora[0].clone();
        let is_gone = |name: &&String| {
            let here = is_within(name, &scope) && !is_hidden(name);
            is_ours(name) && !seen.contains(*name) && (here || prune && !base.join(name).exists())
        };
        let gone: Vec<String> = ledger.files.keys().filter(is_gone).cloned().collect();
        plan.read_pages_again(&gone, &ledger, &seen);
        plan.tasks.sort_by(|one, other| in_order(&one.found.name, &other.found.name));
        if plan.files == 0 && !gone.is_empty() && !prune {
            return Err(AllGone { files: gone.len() });
        }
        plan.gone = gone;
        plan.ledger = ledger;
        plan.find_moved();
        Ok(plan)
    }

    /// True when there is nothing to write.
    pub fn is_idle(&self) -> bool {
        self.tasks.is_empty() && self.gone.is_empty() && !self.touched
    }

    /// True when the index holds nothing yet.
    pub fn is_fresh(&self) -> bool {
        self.ledger.files.is_empty()
    }

    /// Articles of the index before the run.
    pub fn articles(&self) -> usize {
        self.ledger.articles()
    }

    /// The files that are new, those that moved included.
    pub fn new_files(&self) -> usize {
        self.tasks.iter().filter(|task| !task.known).count()
    }

    fn take(&mut self, found: CorpusFile, known: bool) {
        self.files += 1;
        self.bytes += found.bytes;
        self.tasks.push(Task { found, known });
    }

    /// Takes what is new or changed; gives the name of what is not.
    fn compare(&mut self, found: CorpusFile, ledger: &mut Ledger) -> Option<String> {
        let Some(entry) = ledger.files.get_mut(&found.name) else {
            self.take(found, false);
            return None;
        };
        let may_be_same = entry.whole && entry.options == self.options && entry.bytes == found.bytes;
        let same_time = entry.modified == found.modified && found.modified != 0;
        if !(may_be_same && (same_time || entry.holds_the_same(&found))) {
            self.take(found, true);
            return None;
        }
        if !same_time {
            entry.modified = trusted(&found);
            self.touched = true;
        }
        self.files += 1;
        self.unchanged += 1;
        Some(found.name)
    }

    /// A METS file says how the pages beside it and one folder below are divided: where one is new, changed or gone, they are read again.
    fn read_pages_again(&mut self, gone: &[String], ledger: &Ledger, seen: &HashSet<String>) {
        let changed = self.tasks.iter().map(|task| &task.found.name).chain(gone).filter(|name| is_of_issue(name));
        let folders: BTreeSet<&str> = changed.map(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
        let mut planned: HashSet<String> = self.tasks.iter().map(|task| task.found.name.clone()).collect();
        let mut again = Vec::new();
        for folder in folders {
            let named = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let is_near = |found: &CorpusFile| found.name.matches('/').count() < 2 && found.name.contains(".xml");
            for found in files(&ledger.corpora[0].join(folder)).flatten().filter(is_near) {
                let name = named(&found.name);
                let is_ours = self.share.is_none_or(|share| share.holds(&name));
                if is_ours && ledger.files.contains_key(&name) && planned.insert(name.clone()) {
                    again.push(CorpusFile { name, ..found });
                }
            }
        }
        for found in again {
            if seen.contains(&found.name) {
                (self.files, self.unchanged) = (self.files - 1, self.unchanged - 1);
            }
            self.take(found, true);
        }
    }

    /// A new file with the content of one that is gone was moved.
    fn find_moved(&mut self) {
        let mut gone: HashMap<(u64, u128), Vec<&String>> = HashMap::new();
        for name in self.gone.iter().rev() {
            let Entry { bytes, fingerprint, .. } = self.ledger.files[name];
            if fingerprint != ledger::NO_FINGERPRINT {
                gone.entry((bytes, fingerprint)).or_default().push(name);
            }
        }
        let sizes: HashSet<u64> = gone.keys().map(|(bytes, _)| *bytes).collect();
        for task in self.tasks.iter().filter(|task| !task.known && sizes.contains(&task.found.bytes)) {
            let before = task.found.fingerprint().ok().and_then(|now| gone.get_mut(&(task.found.bytes, now))?.pop());
            if let Some(before) = before {
                self.moved.push((task.found.name.clone(), before.clone()));
            }
        }
    }
}

/// The file's time, or 0 when it is so young that another write may leave it as it is: file systems count in steps of up to
/// two seconds.
pub(super) fn trusted(found: &CorpusFile) -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
    if found.modified.saturating_add(2_000_000_000) < now { found.modified } else { 0 }
}

/// Files of a directory follow each other.
fn in_order(one: &str, other: &str) -> std::cmp::Ordering {
    one.split('/').cmp(other.split('/'))
}

fn is_within(name: &str, scope: &str) -> bool {
    match scope {
        "" => !name.starts_with("../"),
        scope => name.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

fn hash_of(options: &Options) -> u64 {
    xxh3_64(format!("{options:?}").as_bytes())
}
