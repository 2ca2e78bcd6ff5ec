//! `watch --searches`: what is new in the index is put to the saved searches, and what is found goes out.

use super::deliver::{Receiver, deliver};
use super::webhook::Webhook;
use super::{AlertFolders, command::Command, feed};
use crate::alerts::{Journal, Look, Outbox, Watcher};
use crate::cli::quotes::of;
use crate::engine::Place;
use crate::render::clean;
use anyhow::{Context, bail};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Who is told of what is found.
#[derive(clap::Args, Default, Clone)]
#[command(next_help_heading = "Alerts")]
pub(in crate::cli) struct AlertReceivers {
    /// Start this for each search that something was found for, with a JSON object on its standard input
    #[arg(long, value_name = "COMMAND", requires = "searches")]
    alert_command: Option<String>,
    /// Post the same there, signed with the secret in NEWSHOUND_WEBHOOK_SECRET
    #[arg(long, value_name = "URL", requires = "searches")]
    alert_webhook: Option<String>,
}

/// Saved searches that are being followed.
pub(in crate::cli) struct Following {
    watcher: Watcher,
    index: Place,
    stop: Arc<AtomicBool>,
    receivers: Vec<JoinHandle<()>>,
    /// How long the journal was when the feed was written.
    fed: u64,
    /// Held as long as it is followed: nobody else tells of the same in this folder.
    _lock: File,
}

impl AlertFolders {
    /// What there is to follow: nothing without `--searches`. What waits to be sent begins to go out.
    ///
    /// # Errors
    /// When a folder or receiver cannot be used.
    pub fn follow(
        &self,
        receivers: &AlertReceivers,
        corpus: &Path,
        index: &Place,
        people: Option<&Path>,
    ) -> anyhow::Result<Option<Following>> {
        let Some(searches) = &self.searches else { return Ok(None) };
        if !searches.is_dir() {
            bail!("no folder {}\nhint: make it, and put a file NAME.query into it for each search", searches.display());
        }
        std::fs::create_dir_all(&self.alerts).with_context(|| self.alerts.display().to_string())?;
        for (dir, option) in [(searches, "--searches"), (&self.alerts, "--alerts")] {
            if dir.canonicalize()?.starts_with(corpus.canonicalize()?) {
                bail!(
                    "{} lies in the corpus, and would be read as articles\nhint: give a folder elsewhere with {option}",
                    dir.display()
                );
            }
        }
        let receivers = receivers.all()?;
        let lock = locked(&self.alerts)?;
        let watcher = Watcher::open(searches, &self.alerts, people)?;
        let mut following =
            Following { watcher, index: index.clone(), stop: Arc::default(), receivers: Vec::new(), fed: 0, _lock: lock };
        following.tell_searches();
        for receiver in receivers {
            let outbox = Outbox::open(&self.alerts, receiver.name())?;
            let stop = Arc::clone(&following.stop);
            following.receivers.push(std::thread::spawn(move || deliver(outbox, &*receiver, &stop)));
        }
        Ok(Some(following))
    }
}

/// A lock on the folder `dir`, held until it is dropped (on Linux; elsewhere nobody is kept out).
fn locked(dir: &Path) -> anyhow::Result<File> {
    let path = dir.join("lock");
    let file = File::options().create(true).append(true).open(&path).with_context(|| path.display().to_string())?;
    #[cfg(target_os = "linux")]
    if rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_err() {
        bail!("another newshound tells of what is new in {}\nhint: end it, or give another folder with --alerts", dir.display());
    }
    Ok(file)
}

impl AlertReceivers {
    /// True where somebody is to be told.
    #[cfg(feature = "serve")]
    pub fn are_there(&self) -> bool {
        self.alert_command.is_some() || self.alert_webhook.is_some()
    }

    fn all(&self) -> anyhow::Result<Vec<Box<dyn Receiver>>> {
        let mut all: Vec<Box<dyn Receiver>> = Vec::new();
        if let Some(line) = &self.alert_command {
            all.push(Box::new(Command::new(line)));
        }
        if let Some(url) = &self.alert_webhook {
            let secret = std::env::var("NEWSHOUND_WEBHOOK_SECRET")
                .context("a webhook is signed: set NEWSHOUND_WEBHOOK_SECRET, for instance to `whsec_` and the output of `openssl rand -base64 32`")?;
            all.push(Box::new(Webhook::new(url, &secret)?));
        }
        Ok(all)
    }
}

impl Following {
    /// Looks at the index, unless `stop` is set, and says what was found.
    ///
    /// # Errors
    /// When the index or a folder cannot be read or written; the next look goes on from there.
    pub fn look(&mut self, stop: &AtomicBool) -> anyhow::Result<()> {
        let index = self.index.index()?;
        if !index.exists() {
            return Ok(());
        }
        let looked = self.watcher.look(&*index, stop);
        self.write_feed()?;
        let look = looked?;
        if look.read_again {
            self.tell_searches();
        }
        if let Some(said) = said(&look) {
            eprintln!("alerts   {said}");
        }
        if let Some(partial) = &look.partial {
            eprintln!("note: not everything was looked for: {}", clean(partial));
        }
        Ok(())
    }

    /// Writes the feed if the journal has grown, whoever it was that wrote there.
    fn write_feed(&mut self) -> anyhow::Result<()> {
        let length = Journal::of(self.watcher.dir()).length()?;
        if length != self.fed {
            feed::write(self.watcher.dir())?;
            self.fed = length;
        }
        Ok(())
    }

    /// Ends what goes out, once what is under way has come to its end. The rest goes out the next time.
    pub fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        for receiver in self.receivers {
            // A receiver that panicked has said so.
            let _ = receiver.join();
        }
    }

    fn tell_searches(&self) {
        let folder = &self.watcher.folder;
        let all = self.watcher.without_words();
        let slow = if all == 0 { String::new() } else { format!(", {all} of them without a word to find them by") };
        let searches = if folder.searches.len() == 1 { "search" } else { "searches" };
        eprintln!("alerts   {} saved {searches}{slow}", folder.searches.len());
        super::tell_refused(folder);
        for search in &folder.searches {
            for complaint in &search.complaints {
                eprintln!("note: {}: {}", clean(&search.name), clean(&complaint.message));
            }
        }
    }
}

fn said(look: &Look) -> Option<String> {
    if look.noted > 0 {
        return Some(format!("{} from before; what comes from now on is told of", of(look.noted, "article")));
    }
    (look.articles > 0).then(|| format!("{}, {}", of(look.articles, "new article"), of(look.passages, "new passage")))
}
