//! What is still to be sent to one receiver: the journal from where it was sent to. So the queue is on the disk by itself, and nothing is lost.
//!
//! Lines that wait are taken as a window, the window is folded into messages, and it is written down how many of these were sent: who is
//! killed in between sends one message twice at most, under the same id.

use super::Failure;
use super::journal::Journal;
use super::messages::{Message, messages};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Lines that are folded together: what has piled up while a receiver was away is sent as some messages, not as thousands.
const WINDOW: usize = 2_000;

/// What is to be sent to one receiver.
#[derive(Debug)]
pub struct Outbox {
    path: PathBuf,
    journal: Journal,
    sent: Sent,
    /// The messages of the window.
    window: Vec<Message>,
}

/// How far the journal was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Sent {
    /// Bytes of the journal that are done with.
    bytes: u64,
    /// Where the window ends of which messages have been sent.
    window: u64,
    /// How many of them.
    messages: usize,
    /// A hash of the journal's first line: another one is another journal. 0 where it had none.
    #[serde(default)]
    journal: u64,
}

impl Outbox {
    /// The outbox of `receiver` for the journal in the folder `dir`. A receiver that was never sent anything gets what is found from now on.
    ///
    /// # Errors
    /// When it cannot be read, or was damaged.
    pub fn open(dir: &Path, receiver: &str) -> Result<Outbox, Failure> {
        let (path, journal) = (dir.join(format!("sent-{receiver}.json")), Journal::of(dir));
        let sent = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| Failure::Damaged(path.clone()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let bytes = journal.length()?;
                Sent { bytes, window: bytes, messages: 0, journal: journal.first()? }
            }
            Err(error) => return Err(Failure::File(path, error)),
        };
        let outbox = Outbox { path, journal, sent, window: Vec::new() };
        outbox.keep()?;
        Ok(outbox)
    }

    /// The next message to be sent, if one waits.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn waiting(&mut self) -> Result<Option<&Message>, Failure> {
        if self.window.is_empty() {
            self.fill()?;
        }
        Ok(self.window.first())
    }

    /// The message that [`Outbox::waiting`] gave was sent.
    ///
    /// # Errors
    /// When that cannot be written down.
    pub fn is_sent(&mut self) -> Result<(), Failure> {
        if !self.window.is_empty() {
            self.window.remove(0);
        }
        self.sent.messages += 1;
        self.go_on();
        self.keep()
    }

    /// Takes the next window, or the rest of the one that was begun.
    fn fill(&mut self) -> Result<(), Failure> {
        // Looked at ten times a second: mostly nothing has come.
        if self.journal.length()? == self.sent.bytes {
            return Ok(());
        }
        let first = self.journal.first()?;
        // Somebody has taken the journal away and a new one was begun.
        if first != self.sent.journal {
            self.sent = Sent { journal: first, ..Sent::default() };
        }
        let mut lines = self.journal.from(self.sent.bytes, WINDOW)?.lines;
        // A window that was begun stays as it was, so that its messages stay the same.
        if self.sent.window > self.sent.bytes {
            lines.retain(|(end, _)| *end <= self.sent.window);
        }
        let Some((end, _)) = lines.last() else { return Ok(()) };
        self.sent.window = *end;
        self.window = messages(&lines).into_iter().skip(self.sent.messages).collect();
        self.go_on();
        self.keep()
    }

    /// A window of which every message is sent is done with.
    fn go_on(&mut self) {
        if self.window.is_empty() {
            self.sent = Sent { bytes: self.sent.window, messages: 0, ..self.sent };
        }
    }

    fn keep(&self) -> Result<(), Failure> {
        let written = || {
            let new = self.path.with_extension("json.new");
            let mut file = File::create(&new)?;
            file.write_all(&serde_json::to_vec(&self.sent)?)?;
            file.sync_all()?;
            std::fs::rename(new, &self.path)
        };
        written().map_err(Failure::of(&self.path))
    }
}
