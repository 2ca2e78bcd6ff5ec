//! Reads a corpus into an index: files, articles, quotations, engine.
//!
//! Takes a directory and an [`Intake`] and gives a [`Report`]. One bad article never stops a run: what could not be read is
//! counted and named in the report.

use crate::article::Article;
use crate::engine::{Intake, Trouble};
use crate::quotation::quotations;
use crate::source::{Doubt, Found, Reading, Unread, files, read};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How a corpus is read.
pub struct Indexing<'a> {
    /// Threads that read files and find quotations.
    pub threads: usize,
    /// How files are read.
    pub reading: Reading,
    /// Called with every article before its quotations are looked for.
    pub edit: Option<&'a (dyn Fn(&mut Article) + Sync)>,
    /// Called about ten times a second while reading.
    pub progress: &'a (dyn Fn(&Progress) + Sync),
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
    /// Articles that can be searched now.
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
}

/// Reads every article below `corpus` into `intake` and commits.
///
/// # Errors
/// [`Trouble`] from the intake. What cannot be read is in the report.
pub fn index(corpus: &Path, intake: &mut (impl Intake + Sync), how: &Indexing) -> Result<Report, Trouble> {
    index_files(files(corpus), intake, how)
}

/// Reads these files into `intake` and commits.
///
/// # Errors
/// [`Trouble`] from the intake. What cannot be read is in the report.
pub fn index_files(
    files: impl Iterator<Item = Result<Found, Unread>>,
    intake: &mut (impl Intake + Sync),
    how: &Indexing,
) -> Result<Report, Trouble> {
    let started = Instant::now();
    let mut report = Report::default();
    let mut found = Vec::new();
    for file in files {
        match file {
            Ok(file) => {
                report.bytes += file.bytes;
                found.push(file);
            }
            Err(unread) => report.unread.push(unread),
        }
    }
    report.files = found.len();
    let run = Run {
        found: &found,
        bytes: report.bytes,
        how,
        started,
        next: AtomicUsize::new(0),
        bytes_read: AtomicU64::new(0),
        articles: AtomicU64::new(0),
        stopped: AtomicBool::new(false),
        trouble: Mutex::new(None),
        report: Mutex::new(report),
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..how.threads.max(1)).map(|_| scope.spawn(|| run.work(&*intake))).collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(if started.elapsed().as_secs() < 1 { 5 } else { 100 }));
            (how.progress)(&run.progress());
        }
    });
    if let Some(trouble) = run.trouble.into_inner().ok().flatten() {
        return Err(trouble);
    }
    let mut report = run.report.into_inner().unwrap_or_default();
    report.unread.sort_by(|a, b| (&a.file, a.record).cmp(&(&b.file, b.record)));
    report.doubts.sort_by(|a, b| (&a.file, a.record).cmp(&(&b.file, b.record)));
    intake.commit()?;
    report.elapsed = started.elapsed();
    Ok(report)
}

struct Run<'a> {
    found: &'a [Found],
    bytes: u64,
    how: &'a Indexing<'a>,
    started: Instant,
    next: AtomicUsize,
    bytes_read: AtomicU64,
    articles: AtomicU64,
    stopped: AtomicBool,
    trouble: Mutex<Option<Trouble>>,
    report: Mutex<Report>,
}

impl Run<'_> {
    fn progress(&self) -> Progress {
        Progress {
            files: self.found.len(),
            bytes: self.bytes,
            bytes_read: self.bytes_read.load(Ordering::Relaxed),
            articles: self.articles.load(Ordering::Relaxed),
            elapsed: self.started.elapsed(),
        }
    }

    /// Takes one file after another until there are none left.
    fn work(&self, intake: &impl Intake) {
        let mut own = Report::default();
        while !self.stopped.load(Ordering::Relaxed) {
            let Some(file) = self.found.get(self.next.fetch_add(1, Ordering::Relaxed)) else { break };
            let doubts = read(file, &self.how.reading, &mut |article| match article {
                Ok(mut article) => {
                    if let Some(edit) = self.how.edit {
                        edit(&mut article);
                    }
                    self.take(&article, intake, &mut own)
                }
                Err(unread) => {
                    own.unread.push(unread);
                    ControlFlow::Continue(())
                }
            });
            own.doubts.extend(doubts);
            self.bytes_read.fetch_add(file.bytes, Ordering::Relaxed);
        }
        if let Ok(mut report) = self.report.lock() {
            report.add(own);
        }
    }

    fn take(&self, article: &Article, intake: &impl Intake, own: &mut Report) -> ControlFlow<()> {
        let quotations = quotations(article);
        if let Err(trouble) = intake.add(article, &quotations) {
            self.stopped.store(true, Ordering::Relaxed);
            if let Ok(mut slot) = self.trouble.lock() {
                slot.get_or_insert(trouble);
            }
            return ControlFlow::Break(());
        }
        own.articles += 1;
        own.quotations += quotations.len() as u64;
        own.attributed += quotations.iter().filter(|quotation| quotation.speaker.is_some()).count() as u64;
        match own.formats.get_mut(&article.source.format) {
            Some(count) => *count += 1,
            None => drop(own.formats.insert(article.source.format.clone(), 1)),
        }
        self.articles.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Continue(())
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
