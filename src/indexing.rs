//! Reads a corpus into an index: files, articles, quotations, engine.
//!
//! Takes a directory and an [`Intake`] and gives a [`Report`]; a later run over the same corpus reads what a [`Plan`] says has
//! changed. One bad article never stops a run: what could not be read is counted and named in the report.

#![allow(clippy::disallowed_methods, reason = "a corpus is looked for where the arguments say it is")]

mod ledger;
mod plan;

pub use ledger::{Entry, Ledger};
pub use plan::{AllGone, Plan, Task};

use crate::article::{Article, ArticleId, Source};
use crate::engine::{Error, Intake};
use crate::quotation::quotations;
use crate::source::{CorpusFile, Doubt, Options, Reason, Unread, files, read_once};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Bytes of a story that is taken in alone.
const LONG: usize = 1 << 20;

/// A file of more bytes than this that was refused by its beginning is not read to its end: a second of a slow disk.
const LARGEST_UNREAD: u64 = 64 << 20;

/// How a corpus is read.
pub struct Indexing<'a> {
    /// Threads that read files and find quotations.
    pub threads: usize,
    /// How files are read.
    pub options: Options,
    /// Called with every article before its quotations are looked for.
    pub edit: Option<&'a (dyn Fn(&mut Article) + Sync)>,
    /// Called about ten times a second while reading.
    pub progress: &'a (dyn Fn(&Progress) + Sync),
    /// Set by somebody who wants the run to end: what was read until then is committed.
    pub stop: Option<&'a AtomicBool>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Files found.
    pub files: usize,
    /// Bytes of all files found.
    pub bytes: u64,
    /// Bytes of the files read so far.
    pub bytes_read: u64,
    /// Articles taken in so far.
    pub articles: u64,
    /// Since the run began.
    pub elapsed: Duration,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Report {
    /// Files found in the corpus.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
    /// Articles read.
    pub articles: u64,
    /// Quotations found in them, and how many of these have a speaker.
    pub quotations: u64,
    /// Quotations with a speaker.
    pub attributed: u64,
    /// Articles of each format.
    pub formats: BTreeMap<String, u64>,
    /// Files and records that gave no article, each with the reason, by file.
    pub unread: Vec<Unread>,
    /// Articles that were kept although something about them was odd.
    pub doubts: Vec<Doubt>,
    /// Time from the first file to the last.
    pub elapsed: Duration,
    /// Articles of the index, those of files that were not read included.
    pub total: usize,
    /// Files that were to be read and were not, because the run was told to stop.
    pub left: usize,
}

/// Reads every article below `corpus` into `intake` and commits.
///
/// # Errors
/// [`Error`] from the intake. What cannot be read is in the report.
pub fn index(corpus: &Path, intake: &mut (impl Intake + Sync + ?Sized), how: &Indexing) -> Result<Report, Error> {
    let mut plan = Plan::from_files(files(corpus), &how.options);
    plan.ledger.admit(&corpus.canonicalize().unwrap_or_else(|_| corpus.to_owned()));
    carry_out(plan, intake, how)
}

/// Reads these files into `intake` and commits.
///
/// # Errors
/// [`Error`] from the intake. What cannot be read is in the report.
pub fn index_files(
    files: impl Iterator<Item = Result<CorpusFile, Unread>>,
    intake: &mut (impl Intake + Sync + ?Sized),
    how: &Indexing,
) -> Result<Report, Error> {
    carry_out(Plan::from_files(files, &how.options), intake, how)
}

/// Does what `plan` says and commits, with the ledger that tells the next run what was done.
///
/// # Errors
/// [`Error`] from the intake; then nothing is committed. What cannot be read is in the report.
pub fn carry_out(plan: Plan, intake: &mut (impl Intake + Sync + ?Sized), how: &Indexing) -> Result<Report, Error> {
    let started = Instant::now();
    let Plan { tasks, gone, files, bytes, unread, mut ledger, options, .. } = plan;
    for name in gone {
        for id in ledger.files.remove(&name).into_iter().flat_map(|entry| entry.articles) {
            intake.remove(ArticleId(id))?;
        }
    }
    let run = Run {
        tasks: &tasks,
        ledger: &ledger,
        options,
        bytes: tasks.iter().map(|task| task.found.bytes).sum(),
        how,
        started,
        next: AtomicUsize::new(0),
        bytes_read: AtomicU64::new(0),
        articles: AtomicU64::new(0),
        stopped: AtomicBool::new(false),
        long: Mutex::new(()),
        error: Mutex::new(None),
        done: Mutex::new((Report { files, bytes, unread, ..Report::default() }, Vec::new())),
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..how.threads.max(1)).map(|_| scope.spawn(|| run.work(&*intake))).collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(if started.elapsed().as_secs() < 1 { 5 } else { 100 }));
            (how.progress)(&run.progress());
        }
    });
    if let Some(error) = run.error.into_inner().ok().flatten() {
        return Err(error);
    }
    let (mut report, entries) = run.done.into_inner().unwrap_or_default();
    report.unread.sort_by(|a, b| (&a.file, a.record).cmp(&(&b.file, b.record)));
    report.doubts.sort_by(|a, b| (&a.file, a.record).cmp(&(&b.file, b.record)));
    report.left = tasks.len() - entries.len();
    ledger.files.extend(entries);
    report.total = ledger.articles();
    intake.commit(ledger.corpora.first().map(|corpus| corpus.as_path()), &ledger.encode())?;
    report.elapsed = started.elapsed();
    Ok(report)
}

struct Run<'a> {
    tasks: &'a [Task],
    ledger: &'a Ledger,
    options: u64,
    bytes: u64,
    how: &'a Indexing<'a>,
    started: Instant,
    next: AtomicUsize,
    bytes_read: AtomicU64,
    articles: AtomicU64,
    stopped: AtomicBool,
    /// Held by who takes a long story in.
    long: Mutex<()>,
    error: Mutex<Option<Error>>,
    done: Mutex<(Report, Vec<(String, Entry)>)>,
}

impl Run<'_> {
    fn progress(&self) -> Progress {
        Progress {
            files: self.tasks.len(),
            bytes: self.bytes,
            bytes_read: self.bytes_read.load(Ordering::Relaxed),
            articles: self.articles.load(Ordering::Relaxed),
            elapsed: self.started.elapsed(),
        }
    }

    /// Takes one file after another until there are none left.
    fn work(&self, intake: &(impl Intake + ?Sized)) {
        let (mut own, mut entries) = (Report::default(), Vec::new());
        while !self.is_stopped() {
            let Some(task) = self.tasks.get(self.next.fetch_add(1, Ordering::Relaxed)) else { break };
            entries.push((task.found.name.clone(), self.read(task, intake, &mut own)));
            self.bytes_read.fetch_add(task.found.bytes, Ordering::Relaxed);
        }
        if let Ok(mut done) = self.done.lock() {
            done.0.add(own);
            done.1.extend(entries);
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.how.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Puts the articles of a file in the place of those that its earlier state had.
    fn read(&self, task: &Task, intake: &(impl Intake + ?Sized), own: &mut Report) -> Entry {
        let found = &task.found;
        for id in self.ledger.files.get(&found.name).into_iter().flat_map(|entry| &entry.articles) {
            if self.note(intake.remove(ArticleId(*id))).is_break() {
                break;
            }
        }
        let (mut articles, mut refused, mut unreadable) = (Vec::new(), 0, false);
        let (doubts, seen) = read_once(found, &self.how.options, &mut |article| match article {
            Ok(mut article) => {
                if let Some(edit) = self.how.edit {
                    edit(&mut article);
                }
                let taken = self.take(&article, intake, own)?;
                match taken {
                    None => articles.push(article.id.0),
                    Some(unread) => {
                        refused += 1;
                        own.unread.push(unread);
                    }
                }
                if self.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }
            Err(unread) => {
                refused += 1;
                let for_memory = self.how.options.settings.limits.lowered && unread.reason == Reason::TooLarge;
                unreadable |= unread.reason == Reason::Unreadable || for_memory;
                own.unread.push(unread);
                ControlFlow::Continue(())
            }
        });
        own.doubts.extend(doubts);
        // A run that ends will not wait for the rest of a large file: it is read again anyway. Nor is a large file that was refused by its
        // beginning read for its fingerprint alone: what it costs to refuse it again is less.
        let is_refused_early = seen.is_none() && articles.is_empty() && found.bytes > LARGEST_UNREAD;
        let fingerprint = match seen {
            None if is_refused_early => Some(ledger::NO_FINGERPRINT),
            None if !self.is_stopped() => found.fingerprint().ok(),
            seen => seen,
        };
        Entry {
            bytes: found.bytes,
            modified: plan::trusted(found),
            fingerprint: fingerprint.unwrap_or(ledger::NO_FINGERPRINT),
            options: self.options,
            // Whoever writes while we read makes us read again.
            whole: !unreadable && fingerprint.is_some() && !self.is_stopped() && found.is_as_found(),
            refused,
            articles,
        }
    }

    /// The first error of the index ends the run.
    fn note(&self, result: Result<(), Error>) -> ControlFlow<()> {
        let Err(trouble) = result else { return ControlFlow::Continue(()) };
        self.stopped.store(true, Ordering::Relaxed);
        if let Ok(mut slot) = self.error.lock() {
            slot.get_or_insert(trouble);
        }
        ControlFlow::Break(())
    }

    /// Takes an article in, or says why it is refused; breaks off on an error of the index.
    fn take(&self, article: &Article, intake: &(impl Intake + ?Sized), own: &mut Report) -> ControlFlow<(), Option<Unread>> {
        // What is found of a long story takes ten times its size: one at a time.
        let long = (article.text.len() > LONG).then(|| self.long.lock());
        let quotations = quotations(article);
        match intake.add(article, &quotations) {
            Err(Error::TooLarge(_, message)) => {
                let Source { path, record, .. } = article.source.clone();
                let unread = Unread { file: path, record: Some(record), reason: Reason::TooLarge, message };
                return ControlFlow::Continue(Some(unread));
            }
            added => self.note(added)?,
        }
        drop(long);
        own.articles += 1;
        own.quotations += quotations.len() as u64;
        own.attributed += quotations.iter().filter(|quotation| quotation.speaker.is_some()).count() as u64;
        match own.formats.get_mut(&article.source.format) {
            Some(count) => *count += 1,
            None => drop(own.formats.insert(article.source.format.clone(), 1)),
        }
        self.articles.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Continue(None)
    }
}

impl Report {
    fn add(&mut self, other: Report) {
        self.articles += other.articles;
        self.quotations += other.quotations;
        self.attributed += other.attributed;
        for (format, count) in other.formats {
            *self.formats.entry(format).or_default() += count;
        }
        self.unread.extend(other.unread);
        self.doubts.extend(other.doubts);
    }
}
