//! `/v1/mentions`: every passage, sent while it is found.

use super::asked::Asked;
use super::gate::{Gate, StreamPlace, caller, note};
use super::problem::Problem;
use super::search::{MENTIONS, parsed};
use super::streams::{MOST as MOST_STREAMS, OpenStream};
use crate::engine::{Engine, Search};
use crate::query::Parsed;
use crate::render::json::{PassageJson, SummaryJson};
use crate::render::provenance::ProvenanceJson;
use crate::render::table;
use crate::results::{RankedPassage, Summary};
use axum::body::Body;
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::oneshot;

/// Bytes collected before a stream sends them on.
const PIECE: usize = 16 << 10;

/// `/v1/mentions`
pub(super) async fn mentions(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, MENTIONS) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let parsed = match parsed(&asked) {
        Ok(parsed) => parsed,
        Err(problem) => return problem.into_response(),
    };
    // First of all: whoever is one stream too many shall not stand in the way of those who only search.
    let Some(open) = UnderWay::begin(&gate) else {
        return Problem::busy("too many answers are being sent; ask again in a second").into_response();
    };
    // One of few: it may wait until the others have found their first answers.
    let Some(place) = gate.place_of_stream(gate.limits.answer).await else { return gate.turn_away().into_response() };
    let csv = asked.text("format") == Some("csv");
    let (sender, receiver) = channel::<Result<Vec<u8>, std::io::Error>>(4);
    let caller = caller(&open.stream.caller);
    let broken = sender.clone();
    let at_work = Arc::clone(&gate);
    let stream = Arc::clone(&open.stream);
    let (done, ended) = oneshot::channel();
    let runtime = Handle::current();
    let work = move || {
        let _runtime = runtime.enter();
        stand_back();
        let (engine, waiting) = (Arc::clone(&at_work.engine), Vec::with_capacity(PIECE));
        let mut stream = AnswerStream { sender, gate: at_work, place: Some(place), open: stream, waiting };
        let _ = done.send(stream.all(&*engine, &parsed, &asked, csv));
    };
    // A thread of its own, for its priority cannot be raised again. There are few of them.
    if let Err(error) = std::thread::Builder::new().name("stream".into()).spawn(work) {
        note(&format!("no thread for a stream: {error}"));
        return Problem::failed().into_response();
    }
    tokio::spawn(async move {
        let ended = ended.await.unwrap_or_else(|_| {
            // It went without a word: it panicked.
            gate.panics.fetch_add(1, Ordering::Relaxed);
            Err(std::io::Error::other("the search failed"))
        });
        drop(open);
        // The answer has begun, and one that just ends looks whole: only a broken end can tell that it is not.
        if let Err(error) = ended {
            let _ = broken.send(Err(error)).await;
        }
    });
    // The caller goes with the body of the answer.
    let pieces = unfold((receiver, caller), async |(mut receiver, caller)| {
        let piece = receiver.recv().await?;
        Some((piece, (receiver, caller)))
    });
    let kind = if csv { "text/csv; charset=utf-8" } else { "application/jsonl; charset=utf-8" };
    ([(CONTENT_TYPE, kind)], Body::from_stream(pieces)).into_response()
}

/// How far a stream stands back ("nice", as `man 7 sched` has it): a tenth of the share of who only searches, where both want a core. With the
/// same share a search at 250 MB waited up to 4 ms while eight streams found their first answers.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Lets who only searches go first.
#[cfg(target_os = "linux")]
fn stand_back() {
    let own = rustix::thread::gettid();
    // What is less polite already stays so, and where it may not be told it works as any other thread does.
    if rustix::process::getpriority_process(Some(own)).is_ok_and(|nice| nice < NICE) {
        let _ = rustix::process::setpriority_process(Some(own), NICE);
    }
}

#[cfg(not(target_os = "linux"))]
fn stand_back() {}

/// A stream that counts as one of few until this is dropped.
struct UnderWay {
    stream: Arc<OpenStream>,
    gate: Arc<Gate>,
}

impl UnderWay {
    fn begin(gate: &Arc<Gate>) -> Option<UnderWay> {
        Some(UnderWay { stream: gate.streams.enter()?, gate: Arc::clone(gate) })
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.gate.streams.leave(&self.stream);
    }
}

/// An answer that is sent while it is found.
struct AnswerStream {
    sender: Sender<Result<Vec<u8>, std::io::Error>>,
    gate: Arc<Gate>,
    /// Held while there is something to find, not while the reader takes what was found.
    place: Option<StreamPlace>,
    open: Arc<OpenStream>,
    waiting: Vec<u8>,
}

impl AnswerStream {
    fn all(&mut self, engine: &dyn Engine, parsed: &Parsed, asked: &Asked, csv: bool) -> std::io::Result<()> {
        if asked.flag("provenance") {
            self.provenance(engine, parsed, asked, csv)?;
        }
        if csv {
            table::header(&mut self.waiting)?;
        }
        let mut written = Ok(());
        let summary = match &parsed.query {
            None => Summary::default(),
            Some(query) => {
                let mut search = Search::all(query.clone());
                search.caller = self.open.caller.clone();
                search.sort = asked.sort();
                search.context = asked.number("context").unwrap_or(0);
                let each = &mut |passage: RankedPassage| {
                    written = self.passage(&passage, csv);
                    let stop = written.is_err() || self.open.caller.is_gone();
                    if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                };
                engine.search(&search, each).map_err(|error| {
                    note(&error.to_string());
                    std::io::Error::other("the search failed")
                })?
            }
        };
        written?;
        // Broken off for another: what was sent shall not look whole.
        if self.open.caller.is_gone() {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        if !csv {
            let understood = parsed.query.as_ref().map(ToString::to_string);
            serde_json::to_writer(&mut self.waiting, &SummaryJson::new(&summary, understood, &parsed.complaints))?;
            self.waiting.push(b'\n');
        }
        self.flush()
    }

    /// The head of an export.
    fn provenance(&mut self, engine: &dyn Engine, parsed: &Parsed, asked: &Asked, csv: bool) -> std::io::Result<()> {
        let holdings = engine.holdings().map_err(|error| {
            note(&error.to_string());
            std::io::Error::other("the search failed")
        })?;
        let typed = asked.text("q").unwrap_or_default();
        let head = ProvenanceJson::new(typed, parsed.query.as_ref(), holdings.commit, holdings.articles);
        if csv {
            self.waiting.extend(head.remarks().bytes());
            return Ok(());
        }
        serde_json::to_writer(&mut self.waiting, &head)?;
        self.waiting.push(b'\n');
        Ok(())
    }

    fn passage(&mut self, passage: &RankedPassage, csv: bool) -> std::io::Result<()> {
        if csv {
            table::rows(passage, "", &mut self.waiting)?;
        } else {
            serde_json::to_writer(&mut self.waiting, &PassageJson::new(passage, false))?;
            self.waiting.push(b'\n');
        }
        if self.waiting.len() < PIECE { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let piece = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE));
        if self.send(piece) { Ok(()) } else { Err(std::io::ErrorKind::BrokenPipe.into()) }
    }

    /// False when nobody reads any more.
    fn send(&mut self, piece: Vec<u8>) -> bool {
        let piece = match self.sender.try_send(Ok(piece)) {
            // So do other streams that have something to find.
            Ok(()) => return self.gives_way(),
            Err(TrySendError::Closed(_)) => return false,
            Err(TrySendError::Full(piece)) => piece,
        };
        // Others search while this reader takes its time.
        self.place = None;
        self.open.waits(true);
        let sending = async {
            tokio::select! {
                // A reader who takes nothing loses his connection (`paced`), and with it this channel.
                sent = self.sender.send(piece) => sent.is_ok(),
                () = self.open.end.notified() => false,
            }
        };
        let sent = Handle::current().block_on(sending);
        self.open.waits(false);
        sent && self.gives_way()
    }

    /// Lets others go first who wait for a place. False when none comes free: it has begun, and cannot be told to come again, so that it waits
    /// as long as all others may find.
    fn gives_way(&mut self) -> bool {
        self.place = None;
        let longest = self.gate.limits.answer * MOST_STREAMS as u32;
        self.place = Handle::current().block_on(self.gate.place_of_stream(longest));
        self.place.is_some()
    }
}
