//! The service over an engine that fails, panics or goes on without end.

use super::STORY;
use crate::given::archive::Archive;
use crate::given::served::asked;
use newshound::article::{Article, ArticleId};
use newshound::engine::embedded::IndexReader;
use newshound::engine::{Calendar, Counting, Engine, Error, Holdings, InCompany, Quoting, Reuse, Reusing, Search, Speakers};
use newshound::quotation::Quotation;
use newshound::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use newshound::serve::{Service, bind, listen, router};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot::Sender;

/// An engine that does what the query says: `panic`, `broken`, `gone`, `late`, `slow` or `endless`; others are answered as by the one within.
struct Faulty(IndexReader);

impl Engine for Faulty {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        let secret = "/srv/archive/index".into();
        match search.query.to_string().as_str() {
            "panic" => panic!("no answer from /srv/archive/index"),
            "broken" => return Err(Error::Broken(secret, "a checksum is wrong".into())),
            "gone" => return Err(Error::NoIndex(secret)),
            typed if typed.contains("late") => {
                return Ok(Summary { partial: Some("the time was up".into()), ..Summary::default() });
            }
            "slow" => std::thread::sleep(Duration::from_millis(400)),
            "endless" => {
                let mut one = None;
                let peace = newshound::query::parse(
                    "peace",
                    newshound::query::Today(newshound::day::Day::constant(2025, 1, 1)),
                    &newshound::query::QueryLimits::default(),
                );
                let peace = Search::all(peace.unwrap().query.unwrap());
                self.0.search(&peace, &mut |passage| {
                    one = Some(passage);
                    ControlFlow::Break(())
                })?;
                while each(one.clone().unwrap()).is_continue() {}
                return Ok(Summary::default());
            }
            _ => {}
        }
        self.0.search(search, each)
    }

    fn quotations_in_company(&self, asked: &Quoting, each: &mut InCompany) -> Result<QuotationSummary, Error> {
        self.0.quotations_in_company(asked, each)
    }

    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Error> {
        self.0.quotations(asked, each)
    }

    fn speakers(&self, asked: &Counting) -> Result<Speakers, Error> {
        self.0.speakers(asked)
    }

    fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quotation>)>, Error> {
        self.0.article(id)
    }

    fn holdings(&self) -> Result<Holdings, Error> {
        self.0.holdings()
    }

    fn calendar(&self, within: Duration) -> Result<Arc<Calendar>, Error> {
        self.0.calendar(within)
    }

    fn reuse(&self, asked: &Reusing) -> Result<Reuse, Error> {
        self.0.reuse(asked)
    }

    fn reload(&self) -> Result<bool, Error> {
        self.0.reload()
    }
}

/// A service in this process.
struct Here {
    address: String,
    stop: Option<Sender<()>>,
    running: Option<std::thread::JoinHandle<()>>,
    _dir: Archive,
}

impl Here {
    fn start() -> Here {
        let dir = Archive::indexed(&[("a.txt", STORY)]);
        let engine = Arc::new(Faulty(dir.reader()));
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (told, address) = std::sync::mpsc::channel();
        let running = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                // As the service does it: with a listener that leaves it to the system how much is held for a reader, that is megabytes, and
                // a busy machine was still filling them when the test asked who waits.
                let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
                told.send(listener.local_addr().unwrap().to_string()).unwrap();
                listen(listener, router(engine, Service::default()), 800, async { stopped.await.unwrap_or(()) }).await;
            });
        });
        Here { address: address.recv().unwrap(), stop: Some(stop), running: Some(running), _dir: dir }
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        asked(&self.address, &format!("GET {path}"), &[format!("Host: {}", self.address)])
    }

    fn figure(&self, name: &str) -> u64 {
        let (_, _, metrics) = self.get("/metrics");
        metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok()).unwrap()
    }

    /// Tells it to stop; it has ended when this comes back.
    fn stop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        if let Some(running) = self.running.take() {
            running.join().unwrap();
        }
    }
}

#[test]
fn a_panic_costs_its_request_only() {
    let here = Here::start();
    for (path, status) in [
        ("/v1/search?q=panic", 500),
        ("/v1/timeline?q=panic", 500),
        ("/?q=panic", 500),
        ("/v1/search?q=broken", 500),
        ("/?q=broken", 500),
        ("/v1/search?q=gone", 503),
    ] {
        let (found, head, body) = here.get(path);
        assert_eq!(found, status, "{path}: {body}");
        let kind = if path.starts_with("/?") { "content-type: text/html" } else { "content-type: application/problem+json" };
        assert!(head.contains(kind), "{path}: {head}");
        for secret in ["/srv", "panicked", "backtrace", "checksum", "src/"] {
            assert!(!body.contains(secret), "{path}: {body}");
        }
        assert_eq!(here.get("/v1/search?q=peace").0, 200);
    }
    assert_eq!(here.figure("newshound_panics_total"), 3);
}

#[test]
fn who_hangs_up_frees_the_place() {
    let here = Here::start();
    for path in ["/v1/search?q=endless&limit=200", "/v1/mentions?q=endless", "/v1/facets?q=endless", "/?q=endless"] {
        for _ in 0..50 {
            let mut stream = TcpStream::connect(&here.address).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", here.address).unwrap();
        }
        let began = Instant::now();
        while here.figure("newshound_searches_running") > 0 {
            assert!(began.elapsed() < Duration::from_secs(5), "{path}: the search goes on for nobody");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(here.get("/v1/search?q=peace").0, 200, "{path}");
    }
    assert_eq!(here.figure("newshound_panics_total"), 0);
}

#[test]
fn what_was_begun_is_answered_before_the_end() {
    let mut here = Here::start();
    let (asking, address) = (std::sync::mpsc::channel(), here.address.clone());
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (begun, address) = (asking.0.clone(), address.clone());
            std::thread::spawn(move || {
                begun.send(()).unwrap();
                asked(&address, "GET /v1/search?q=slow", &[format!("Host: {address}")])
            })
        })
        .collect();
    readers.iter().for_each(|_| asking.1.recv().unwrap());
    std::thread::sleep(Duration::from_millis(150));
    let began = Instant::now();
    here.stop();
    assert!(began.elapsed() < Duration::from_secs(10));
    for reader in readers {
        let (status, _, body) = reader.join().unwrap();
        assert_eq!(status, 200, "{body}");
        assert!(serde_json::from_str::<Value>(&body).unwrap()["summary"].is_object());
    }
    assert!(TcpStream::connect(&address).is_err(), "it still listens");
}

#[test]
fn who_does_not_read_costs_nobody_else_a_place() {
    let here = Here::start();
    let mut stalled = Vec::new();
    // More than there are places, and more than are sent at once: those who wait longest make room.
    for _ in 0..20 {
        let mut stream = TcpStream::connect(&here.address).unwrap();
        write!(stream, "GET /v1/mentions?q=endless HTTP/1.1\r\nHost: {}\r\n\r\n", here.address).unwrap();
        stalled.push(stream);
        std::thread::sleep(Duration::from_millis(20));
    }
    // Until what the system holds for a reader is full.
    std::thread::sleep(Duration::from_millis(1_500));
    for _ in 0..20 {
        let began = Instant::now();
        let (status, _, body) = here.get("/v1/search?q=peace");
        assert_eq!(status, 200, "{body}");
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    }
    assert_eq!(here.figure("newshound_searches_running"), 0, "a stalled reader holds a place");
    let (status, _, body) = here.get("/v1/mentions?q=peace");
    assert!(status == 200 && body.contains("\"summary\""), "{status}: {body}");
    drop(stalled);
    let began = Instant::now();
    while here.figure("newshound_searches_running") > 0 {
        assert!(began.elapsed() < Duration::from_secs(5), "a search goes on for nobody");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whoever checks a sentence is not told that it is not printed because there was no time to look.
#[test]
fn a_sentence_that_was_not_looked_for_to_the_end_is_not_called_missing() {
    let here = Here::start();
    for sentence in ["late", "it%20was%20late%20in%20Ostrand"] {
        let (status, _, body) = here.get(&format!("/verify?q={sentence}"));
        assert_eq!(status, 503, "{body}");
        assert!(body.contains("not checked to the end") && body.contains("the time was up"), "{body}");
    }
    let (_, _, body) = here.get("/?q=late");
    assert!(body.contains("Nothing found so far") && body.contains("the time was up"), "{body}");
}

/// Streams have fewer places than there may be of them, and nobody who reads waits for another's end.
#[test]
fn readers_of_long_answers_take_turns() {
    let here = Here::start();
    let readers: Vec<_> = (0..6)
        .map(|_| {
            let mut stream = TcpStream::connect(&here.address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            write!(stream, "GET /v1/mentions?q=endless HTTP/1.1\r\nHost: {}\r\n\r\n", here.address).unwrap();
            std::thread::spawn(move || {
                let mut taken = [0; 16 << 10];
                let mut read = 0;
                while read < 1 << 20 {
                    let more = stream.read(&mut taken).unwrap();
                    assert!(more > 0, "broken off after {read} bytes");
                    read += more;
                }
                stream
            })
        })
        .collect();
    // Each holds on to its stream until all have read: none of them ever ends.
    let open: Vec<TcpStream> = readers.into_iter().map(|reader| reader.join().unwrap()).collect();
    assert_eq!(open.len(), 6);
}

#[test]
fn an_address_that_is_no_text_is_refused_as_everything_else() {
    let here = Here::start();
    for path in ["/v1/articles/%ff", "/v1/passages/%ff", "/v1/passages/%ff.1", "/articles/%ff"] {
        let (status, head, body) = here.get(path);
        assert_eq!(status, 404, "{path}: {body}");
        let kind = if path.starts_with("/v1") { "application/problem+json" } else { "text/html" };
        assert!(head.contains(kind), "{path}: {head}");
    }
    let host = format!("Host: {}", here.address);
    let (status, head, body) = asked(&here.address, "POST /verify", &[host, format!("Content-Length: {}", 1 << 20)]);
    assert!(status == 413 && head.contains("application/problem+json"), "{status}: {body}");
}
