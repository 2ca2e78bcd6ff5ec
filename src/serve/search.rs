//! `/v1/search` and `/v1/mentions`: passages.

use super::asked::{Asked, Known, Takes};
use super::gate::{Gate, Gone, StreamPlace, caller, note, told};
use super::problem::Problem;
use super::streams::{MOST as MOST_STREAMS, OpenStream};
use crate::engine::{Engine, Search, Sort};
use crate::query::{Exactness, Parsed, QueryLimits, parse};
use crate::render::json::{PassageJson, SummaryJson};
use crate::render::provenance::ProvenanceJson;
use crate::render::table;
use crate::results::{RankedPassage, Summary};
use axum::Json;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Sender, channel};

/// Passages in an answer unless asked otherwise, and at most.
const USUAL: usize = 10;
const MOST: usize = 200;

/// Bytes collected before a stream sends them on.
const PIECE: usize = 16 << 10;

pub(super) const Q: Known = ("q", Takes::Text, "the query, in the language of docs/query.md");
pub(super) const EXACT: Known = ("exact", Takes::Flag, "letters and punctuation as typed");
pub(super) const CASE: Known = ("case_sensitive", Takes::Flag, "letters, punctuation and case as typed");
pub(super) const OCR: Known = ("ocr", Takes::Flag, "for scanned pages: words also as machines misread them");
pub(super) const TODAY: Known = ("today", Takes::Day, "the day that date:last-week counts from; by the clock if not given");
pub(super) const SORT: Known = ("sort", Takes::OneOf(&Sort::NAMES), "order of the passages");
pub(super) const TOTAL: Known =
    ("total", Takes::Flag, "false: do not count what there is in all; the summary has no passages, mentions and articles then");
pub(super) const DUPLICATES: Known =
    ("duplicates", Takes::OneOf(&["show", "group"]), "group: fold the copies of a story under the one that comes first");
const CONTEXT: Known = ("context", Takes::Number(0, 10), "paragraphs to give before and after each passage");

/// What `/v1/search` takes.
pub(super) const SEARCH: &[Known] = &[
    Q,
    ("limit", Takes::Number(0, MOST), "at most so many passages, 10 if not given; 0 only counts"),
    ("after", Takes::Text, "go on after the passage with this id: `next` of the answer before"),
    SORT,
    CONTEXT,
    DUPLICATES,
    TOTAL,
    EXACT,
    CASE,
    OCR,
    ("explain", Takes::Flag, "say why each passage ranks where it does"),
    TODAY,
];

/// What `/v1/mentions` takes.
pub(super) const MENTIONS: &[Known] = &[
    Q,
    SORT,
    CONTEXT,
    EXACT,
    CASE,
    OCR,
    ("format", Takes::OneOf(&["json", "csv"]), "JSON Lines, or a row for each mention"),
    ("provenance", Takes::Flag, "begin with the query and the index that was asked"),
    TODAY,
];

/// Passages and what there is altogether.
#[derive(Debug)]
pub(super) struct FoundPassages {
    pub passages: Vec<RankedPassage>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    pub summary: Summary,
    pub parsed: Parsed,
}

impl FoundPassages {
    pub fn summary_json(&self) -> SummaryJson {
        SummaryJson::new(&self.summary, self.understood(), &self.parsed.complaints)
    }

    /// The query as it was understood.
    pub fn understood(&self) -> Option<String> {
        self.parsed.query.as_ref().map(ToString::to_string)
    }
}

/// A page of passages.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Passages")]
pub(super) struct Passages {
    /// Best first, or as `sort` asks.
    passages: Vec<PassageJson>,
    /// What to give as `after` for the next page.
    next: Option<String>,
    /// All of the answer.
    summary: SummaryJson,
}

/// `/v1/search`
pub(super) async fn search(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, SEARCH) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    gate.respond(move |engine, gone| {
        let found = found(engine, gone, parsed(&asked)?, &|search| {
            search.limit = Some(asked.number("limit").unwrap_or(USUAL));
            search.after = asked.text("after").map(str::to_owned);
            search.sort = asked.sort();
            search.context = asked.number("context").unwrap_or(0);
            search.explain = asked.flag("explain");
            search.fold = asked.text("duplicates") == Some("group");
            search.totals = asked.wants_totals();
        })?;
        let explain = asked.flag("explain");
        let passages = found.passages.iter().map(|passage| PassageJson::new(passage, explain)).collect();
        let summary = found.summary_json();
        Ok(Json(Passages { passages, next: found.next, summary }).into_response())
    })
    .await
}

/// The query of a request.
pub(super) fn parsed(asked: &Asked) -> Result<Parsed, Problem> {
    let Some(text) = asked.text("q") else {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "no query", "give one: ?q=%22long-term+peace%22"));
    };
    let mut parsed = parse(text, asked.today(), &QueryLimits::default()).map_err(|refusal| refused(&refusal))?;
    // Loose words looked for exactly are read anew: only where that was asked for.
    if asked.exactness() != Exactness::Words {
        parsed.query = parsed.query.map(|query| query.with_exactness(asked.exactness()));
    }
    Ok(parsed)
}

pub(super) fn refused(refusal: &crate::query::QueryRefusal) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "query refused", refusal.to_string())
}

/// The passages of one page, asked for as `set` wants it.
pub(super) fn found(
    engine: &dyn Engine,
    gone: &Gone,
    parsed: Parsed,
    set: &dyn Fn(&mut Search),
) -> Result<FoundPassages, Problem> {
    let mut found = FoundPassages { passages: Vec::new(), next: None, summary: Summary::default(), parsed };
    let Some(query) = &found.parsed.query else { return Ok(found) };
    let mut search = Search::best(query.clone(), USUAL);
    search.caller = gone.clone();
    set(&mut search);
    let limit = search.limit.unwrap_or(MOST);
    // One more than wanted tells whether there is a next page.
    search.limit = Some(if limit == 0 { 0 } else { limit + 1 });
    let passages = &mut found.passages;
    found.summary = engine
        .search(&search, &mut |passage| {
            passages.push(passage);
            if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .map_err(|error| told(&error))?;
    if found.passages.len() > limit {
        found.passages.truncate(limit);
        found.next = found.passages.last().map(|last| last.id.clone());
    }
    found.summary.shown = found.passages.len();
    Ok(found)
}

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
    let writing = tokio::task::spawn_blocking(move || {
        let (engine, waiting) = (Arc::clone(&at_work.engine), Vec::with_capacity(PIECE));
        let mut stream = AnswerStream { sender, gate: at_work, place: Some(place), open: stream, waiting };
        stream.all(&*engine, &parsed, &asked, csv)
    });
    tokio::spawn(async move {
        let ended = writing.await.unwrap_or_else(|error| {
            gate.panicked(&error);
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
