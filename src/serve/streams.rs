//! Answers that are sent while they are found: how many there are, and whose reader keeps us waiting.
//!
//! A stream holds a place of the gate only while it finds what to send next, never while its reader takes it. What it has found so far stays
//! in memory meanwhile, so that there are few of them; where there is no room for one more, the one that waits longest is broken off.

use super::gate::Gone;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Streams at once. Each may hold as much memory as a search.
pub(super) const MOST: usize = 8;

/// How long a reader may keep us waiting when others want to read too.
const WAIT: Duration = Duration::from_secs(1);

/// A stream under way.
#[derive(Default)]
pub(super) struct OpenStream {
    /// Who reads it.
    pub caller: Gone,
    /// Since when it waits for its reader.
    waits: Mutex<Option<Instant>>,
    /// Told when it is to end.
    pub end: Notify,
}

impl OpenStream {
    /// Notes that the reader is waited for, or is not any more.
    pub fn waits(&self, waits: bool) {
        *self.waits.lock().unwrap_or_else(PoisonError::into_inner) = waits.then(Instant::now);
    }

    fn since(&self) -> Option<Instant> {
        *self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All streams under way.
#[derive(Default)]
pub(super) struct Streams(Mutex<Vec<Arc<OpenStream>>>);

impl Streams {
    /// Notes a new stream; none where there are too many, and every reader reads.
    pub fn enter(&self) -> Option<Arc<OpenStream>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST {
            let waiting = (0..open.len()).filter_map(|at| Some((open[at].since()?, at))).min();
            let (_, slowest) = waiting.filter(|(since, _)| since.elapsed() >= WAIT)?;
            let slowest = open.swap_remove(slowest);
            slowest.caller.leave();
            slowest.end.notify_one();
        }
        let own = Arc::new(OpenStream::default());
        open.push(Arc::clone(&own));
        Some(own)
    }

    pub fn leave(&self, own: &Arc<OpenStream>) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|other| !Arc::ptr_eq(other, own));
    }
}
