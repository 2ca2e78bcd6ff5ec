//! How much is answered at once: work that reads the index waits for one of a few places, and is told to come again when
//! none is free within a second. A caller who has gone away frees its place as soon as the search looks up.

use super::alerts::{AlertFolders, Alerts};
use super::fresh::{Watched, tag};
use super::names::KnownNames;
use super::problem::Problem;
use super::streams::Streams;
use crate::engine::{Engine, Error};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinError;
use tokio::time::timeout;

/// How much the service takes on.
#[derive(Debug, Clone, Copy)]
pub struct ServiceLimits {
    /// Requests that read the index at the same time; others wait.
    pub at_once: usize,
    /// How long a request may wait for its turn.
    pub wait: Duration,
    /// How long one answer may take altogether.
    pub answer: Duration,
    /// Open connections; beyond that, the oldest is closed.
    pub connections: usize,
}

impl Default for ServiceLimits {
    /// Two searches for each core keep them busy while one of them waits for the disk. The others are guesses: people wait a
    /// second but not ten, and 700 connections and the files of an index stay below the 1,024 files that a process may open on
    /// most systems (`examples/load` counts them in a flood of 10,000).
    fn default() -> ServiceLimits {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        ServiceLimits { at_once: 2 * cores, wait: Duration::from_secs(1), answer: Duration::from_secs(10), connections: 700 }
    }
}

/// The engine behind its gate.
pub(super) struct Gate {
    pub engine: Arc<dyn Engine>,
    pub limits: ServiceLimits,
    /// What was found for saved searches, if that is told of here.
    pub alerts: Option<Arc<Alerts>>,
    places: Arc<Semaphore>,
    /// How many of the places streams may have at once: those of all cores but one, for those who only search. With more of them a search
    /// took three times as long while streams found their first answers, for it had no core to itself.
    for_streams: Arc<Semaphore>,
    pub streams: Streams,
    /// The names of the archive, once they were asked for.
    pub names: KnownNames,
    /// Handlers that panicked.
    pub panics: AtomicU64,
    /// Requests turned away.
    pub turned_away: AtomicU64,
}

/// What a stream holds while it finds what to send next.
pub(super) struct StreamPlace {
    _share: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

/// Whether the caller has gone away.
pub(super) use crate::engine::Caller as Gone;

/// Says that the caller is gone when dropped.
pub(super) struct Caller(Gone);

impl Drop for Caller {
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl Gate {
    pub fn new(engine: Arc<dyn Engine>, limits: ServiceLimits, alerts: Option<AlertFolders>) -> Gate {
        Gate {
            engine,
            limits,
            alerts: alerts.map(|folders| Arc::new(Alerts::of(folders))),
            places: Arc::new(Semaphore::new(limits.at_once.max(1))),
            for_streams: Arc::new(Semaphore::new((limits.at_once / 2).saturating_sub(1).max(1))),
            streams: Streams::default(),
            names: KnownNames::default(),
            panics: AtomicU64::new(0),
            turned_away: AtomicU64::new(0),
        }
    }

    /// Requests reading the index at this moment.
    pub fn busy(&self) -> usize {
        self.limits.at_once.max(1) - self.places.available_permits()
    }

    /// A place for a stream, while it finds; none when it has to wait longer than `longest`.
    pub async fn place_of_stream(&self, longest: Duration) -> Option<StreamPlace> {
        let places = async {
            let share = Arc::clone(&self.for_streams).acquire_owned().await.ok()?;
            Some(StreamPlace { _share: share, _place: Arc::clone(&self.places).acquire_owned().await.ok()? })
        };
        timeout(longest, places).await.ok()?
    }

    /// A place to work in, held until it is dropped.
    pub async fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        match timeout(self.limits.wait, Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(self.turn_away()),
        }
    }

    /// What somebody is told who is turned away, and counted.
    pub fn turn_away(&self) -> Problem {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
        Problem::busy("too much is asked at once; ask again in a second")
    }

    /// Runs `work` in a place of its own, away from the threads that talk to callers.
    pub async fn run<T: Send + 'static>(
        self: &Arc<Gate>,
        work: impl FnOnce(&dyn Engine, &Gone) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.place().await?;
        let gone = Gone::default();
        let _caller = Caller(gone.clone());
        let engine = Arc::clone(&self.engine);
        let working = tokio::task::spawn_blocking(move || {
            let _place = place;
            work(&*engine, &gone)
        });
        match timeout(self.limits.answer, working).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => Err(self.panicked(&error)),
            Err(_) => Err(Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "took too long",
                "fewer or rarer words, or a smaller limit, are answered sooner",
            )),
        }
    }

    /// The same for what becomes a response.
    pub async fn respond(
        self: &Arc<Gate>,
        work: impl FnOnce(&dyn Engine, &Gone) -> Result<Response, Problem> + Send + 'static,
    ) -> Response {
        self.answer(work).await.unwrap_or_else(IntoResponse::into_response)
    }

    /// The same for who words refusals differently. What is whole carries the tag of its commit; a commit made meanwhile has another.
    pub async fn answer(
        self: &Arc<Gate>,
        work: impl FnOnce(&dyn Engine, &Gone) -> Result<Response, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        self.run(move |engine, gone| {
            let (tag, engine) = (tag(engine)?, Watched::new(engine));
            let mut response = work(&engine, gone)?;
            if !engine.is_cut() {
                response.extensions_mut().insert(tag);
            }
            Ok(response)
        })
        .await
    }

    pub fn panicked(&self, error: &JoinError) -> Problem {
        self.panics.fetch_add(u64::from(error.is_panic()), Ordering::Relaxed);
        Problem::failed()
    }
}

/// A guard for work that outlives its handler.
pub(super) fn caller(gone: &Gone) -> Caller {
    Caller(gone.clone())
}

/// What the caller is told of an engine's error; the rest is for the log.
pub(super) fn told(error: &Error) -> Problem {
    note(&error.to_string());
    match error {
        Error::NoIndex(_) | Error::OtherVersion { .. } => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no index", "the index is gone; build it again")
        }
        _ => Problem::failed(),
    }
}

/// A line of the log. A log that cannot be written to must not stop the service.
pub(super) fn note(message: &str) {
    let lines: Vec<String> = message.lines().map(crate::render::clean).collect();
    let _ = writeln!(std::io::stderr(), "newshound: {}", lines.join("; "));
}
