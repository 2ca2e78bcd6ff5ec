//! Counts and logs every request: one line each, with an id that is also in the answer's `x-request-id`.
//!
//! The line has no query: what an archive is searched for is nobody else's business.

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Upper ends of the classes that durations are counted in, in seconds.
const CLASSES: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0];

/// What was answered so far.
pub(super) struct Access {
    log: Option<SyncSender<String>>,
    /// Lines that were not written, for nobody took the ones before.
    unlogged: AtomicU64,
    /// Sets the ids of one run of the service apart from those of another.
    run: u64,
    asked: AtomicU64,
    /// Requests that are being answered.
    pub open: AtomicUsize,
    /// By path and status.
    answered: Mutex<BTreeMap<(String, u16), u64>>,
    durations: Mutex<Durations>,
}

#[derive(Default)]
struct Durations {
    counts: [u64; CLASSES.len() + 1],
    seconds: f64,
}

impl Access {
    /// `log`: write the lines, to stderr.
    pub fn new(log: bool) -> Access {
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
        Access {
            log: log.then(writer),
            unlogged: AtomicU64::new(0),
            run,
            asked: AtomicU64::new(0),
            open: AtomicUsize::new(0),
            answered: Mutex::default(),
            durations: Mutex::default(),
        }
    }

    fn done(&self, path: &str, status: u16, took: Duration) {
        *lock(&self.answered).entry((path.to_owned(), status)).or_default() += 1;
        let mut durations = lock(&self.durations);
        let class = CLASSES.iter().position(|end| took.as_secs_f64() <= *end).unwrap_or(CLASSES.len());
        durations.counts[class] += 1;
        durations.seconds += took.as_secs_f64();
    }

    /// The counts in the text format of Prometheus.
    pub fn metrics(&self) -> String {
        let mut out =
            String::from("# HELP newshound_requests_total Requests answered.\n# TYPE newshound_requests_total counter\n");
        for ((path, status), count) in lock(&self.answered).iter() {
            let _ = writeln!(out, "newshound_requests_total{{path=\"{path}\",status=\"{status}\"}} {count}");
        }
        out.push_str(
            "# HELP newshound_request_seconds Time to the head of an answer.\n# TYPE newshound_request_seconds histogram\n",
        );
        let durations = lock(&self.durations);
        let mut below = 0;
        for (end, count) in CLASSES.iter().zip(durations.counts) {
            below += count;
            let _ = writeln!(out, "newshound_request_seconds_bucket{{le=\"{end}\"}} {below}");
        }
        let all: u64 = durations.counts.iter().sum();
        let _ = writeln!(out, "newshound_request_seconds_bucket{{le=\"+Inf\"}} {all}");
        let _ = writeln!(out, "newshound_request_seconds_sum {}", durations.seconds);
        let _ = writeln!(out, "newshound_request_seconds_count {all}");
        let _ = writeln!(
            out,
            "# HELP newshound_unlogged_total Lines of the log that were lost, for nobody took the ones before.\n\
             # TYPE newshound_unlogged_total counter\nnewshound_unlogged_total {}",
            self.unlogged.load(Ordering::Relaxed)
        );
        out
    }
}

/// Lines of the log that may wait to be written.
const WAITING: usize = 10_000;

/// Writes lines to stderr, on a thread of its own: whoever reads stderr may be slow, or have stopped, and no answer waits for them.
fn writer() -> SyncSender<String> {
    let (sender, lines) = sync_channel::<String>(WAITING);
    std::thread::spawn(move || {
        for line in lines {
            // Not with `eprintln!`, which panics when nobody reads stderr any more.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    });
    sender
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a request as open until dropped, also when its caller hangs up.
struct OpenRequests<'a>(&'a AtomicUsize);

impl Drop for OpenRequests<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Answers a request and keeps account of it.
pub(super) async fn account(State(access): State<Arc<Access>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    access.open.fetch_add(1, Ordering::Relaxed);
    let _open = OpenRequests(&access.open);
    let id = format!("{:x}-{}", access.run, access.asked.fetch_add(1, Ordering::Relaxed) + 1);
    let method = request.method().clone();
    // The path as the routes have it: ids are not counted one by one, and foreign text is not logged.
    let route = request.extensions().get::<MatchedPath>();
    let path = route.map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    access.done(&path, status, took);
    if let Some(log) = &access.log {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
        let took = took.as_secs_f64() * 1e3;
        let line = format!("{now:.3} {id} {method} {path} {status} {took:.1}ms");
        access.unlogged.fetch_add(u64::from(log.try_send(line).is_err()), Ordering::Relaxed);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}
