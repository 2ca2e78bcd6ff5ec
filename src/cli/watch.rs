//! `newshound watch`: an index that follows its corpus.

use super::Outcome;
use super::alerts::{AlertFolders, AlertReceivers, Following};
use super::index::{Job, stop_on_interrupt};
use crate::engine::Place;
use crate::render::clean;
use anyhow::{Context, bail};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Files have settled when nothing happened to any for so long: editors write twice, and copies come in bursts.
const QUIET: Duration = Duration::from_millis(300);

/// A directory that is never quiet is read nevertheless.
const LONGEST_WAIT: Duration = Duration::from_millis(1_200);

/// How long after a failure (a full disk, say) the next attempt is made.
const AGAIN: Duration = Duration::from_secs(5);

/// How often is looked whether to stop.
const LOOK: Duration = Duration::from_millis(100);

#[derive(clap::Args)]
#[command(after_help = "Example:  newshound watch corpus &\n          newshound serve --watch corpus")]
pub(super) struct Arguments {
    /// The directory of articles
    #[arg(default_value = "corpus", env = "NEWSHOUND_CORPUS", hide_env_values = true)]
    corpus: PathBuf,
    /// Where the index is written
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    /// Look through the directory every N seconds instead of being told by the system: for network file systems
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    poll: Option<u64>,
    #[command(flatten)]
    options: super::options::ReadOptions,
    #[command(flatten)]
    alerts: AlertFolders,
    #[command(flatten)]
    receivers: AlertReceivers,
    #[command(flatten)]
    people: super::options::People,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let stop = stop_on_interrupt();
    let job = Job {
        corpus: &arguments.corpus,
        index: &arguments.index,
        threads: super::threads(),
        memory: None,
        options: arguments.options.clone(),
        rebuild: false,
        held: &[],
        share: None,
        prune: false,
        stop,
    };
    let follower = CorpusWatch::new(&arguments.corpus, &arguments.index, arguments.poll.map(Duration::from_secs))?;
    let mut alerts =
        arguments.alerts.follow(&arguments.receivers, &arguments.corpus, &arguments.index, arguments.people.file.as_deref())?;
    begin(&job, &mut alerts, stop)?;
    eprintln!("watching {}; Ctrl-C ends it", clean(&arguments.corpus.display().to_string()));
    let followed = follower.follow(&job, &mut alerts, stop);
    if let Some(alerts) = alerts {
        alerts.end();
    }
    followed.map(|()| Outcome::Found)
}

/// Brings the index up to date, and tells of what is new in it: also of what came while nobody watched. The very first look only notes what
/// is there, so it comes before the update where there is an index already.
pub(super) fn begin(job: &Job, alerts: &mut Option<Following>, stop: &AtomicBool) -> anyhow::Result<()> {
    let mut look = || alerts.as_mut().map_or(Ok(()), |alerts| alerts.look(stop));
    look()?;
    job.update()?;
    look()
}

/// Tells when something has happened in a corpus.
pub(super) struct CorpusWatch {
    events: Receiver<notify::Result<Event>>,
    /// The directory of the index, which may lie in the corpus: what is written there is our own doing.
    index: Option<PathBuf>,
    poll: Option<Duration>,
    /// Events come as long as it lives.
    _watcher: Option<RecommendedWatcher>,
}

impl CorpusWatch {
    /// Follows the directory `corpus` from now on; with `poll`, by looking through it so often.
    ///
    /// # Errors
    /// When the system cannot tell of changes: it has a limit of directories.
    pub(super) fn new(corpus: &Path, index: &Place, poll: Option<Duration>) -> anyhow::Result<CorpusWatch> {
        if !corpus.is_dir() {
            bail!("{} is no directory\nhint: give the directory of your articles", corpus.display());
        }
        let (sender, events) = channel();
        let watcher = match poll {
            Some(_) => None,
            None => Some(watcher(corpus, sender).with_context(|| {
                format!(
                    "following {}: the system cannot tell of its changes\nhint: look for them with --poll 10",
                    corpus.display()
                )
            })?),
        };
        let index = match index.as_directory() {
            Some(index) => {
                std::fs::create_dir_all(index)?;
                Some(index.canonicalize()?)
            }
            None => None,
        };
        Ok(CorpusWatch { events, index, poll, _watcher: watcher })
    }

    /// Brings the index up to date whenever files have changed, and tells of what is new in it, until `stop` is set. What fails is said and
    /// tried again.
    ///
    /// # Errors
    /// When the system tells of no more changes.
    pub(super) fn follow(&self, job: &Job, alerts: &mut Option<Following>, stop: &AtomicBool) -> anyhow::Result<()> {
        let mut failed: Option<Instant> = None;
        let mut looked = Instant::now();
        while !stop.load(Ordering::Relaxed) {
            let due = failed.is_some_and(|when| when.elapsed() >= AGAIN);
            if !(self.has_settled()? || due || self.poll.is_some_and(|poll| looked.elapsed() >= poll)) {
                continue;
            }
            looked = Instant::now();
            let updated = job.update().and_then(|()| alerts.as_mut().map_or(Ok(()), |alerts| alerts.look(stop)));
            // The same trouble is said once.
            if let (Err(error), None) = (&updated, failed) {
                let said = format!("{error:#}");
                eprintln!(
                    "newshound: {}; trying again every {} s",
                    clean(said.lines().next().unwrap_or_default()),
                    AGAIN.as_secs()
                );
            }
            failed = updated.is_err().then_some(looked);
        }
        Ok(())
    }

    /// Waits a moment for a change; true when there was one and its files have settled.
    fn has_settled(&self) -> anyhow::Result<bool> {
        if self.poll.is_some() {
            std::thread::sleep(LOOK);
            return Ok(false);
        }
        match self.events.recv_timeout(LOOK) {
            Ok(event) if !self.matters(&event) => return Ok(false),
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return Ok(false),
            Err(RecvTimeoutError::Disconnected) => bail!("the system tells of no more changes"),
        }
        let began = Instant::now();
        let mut last = began;
        while last.elapsed() < QUIET && began.elapsed() < LONGEST_WAIT {
            if self.events.recv_timeout(QUIET / 4).is_ok_and(|event| self.matters(&event)) {
                last = Instant::now();
            }
        }
        Ok(true)
    }

    /// A lost event matters: whatever happened has to be looked for.
    fn matters(&self, event: &notify::Result<Event>) -> bool {
        match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
            Ok(event) => {
                let is_ours = |path: &PathBuf| self.index.as_ref().is_some_and(|index| path.starts_with(index));
                event.need_rescan() || !event.paths.iter().all(is_ours)
            }
            Err(_) => true,
        }
    }
}

fn watcher(corpus: &Path, sender: std::sync::mpsc::Sender<notify::Result<Event>>) -> anyhow::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event| drop(sender.send(event)))?;
    watcher.watch(&corpus.canonicalize()?, RecursiveMode::Recursive)?;
    Ok(watcher)
}
