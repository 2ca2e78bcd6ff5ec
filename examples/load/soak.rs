//! Many mixed requests while the index grows: none may fail, and memory, open files and durations have to stay.

use crate::client::Client;
use crate::rates::{encoded, quantile};
use crate::server::{Server, newshound};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: usize = 8;
/// A commit so often.
const COMMITS: Duration = Duration::from_secs(2);
/// So long nobody asks after each tenth, and then memory is looked at: what is at work at a moment, and what the allocator has not given
/// back yet, differs from one look to the next by a third, whereas what is never given back is still there when nobody asks.
const REST: Duration = Duration::from_secs(2);
/// The least memory at rest after a tenth of the second half, to that of the first half. One rest differs from the next by up to a half, with what
/// the allocator keeps, so the least are compared: without a leak 1.14 to 1.28 in seven runs of 200,000 to a million requests (what is kept for
/// questions to come fills up), with 200 bytes leaked a request 2.2.
const GROWTH: f64 = 1.5;
/// The 99th percentile of the last third to that of the second one.
const DRIFT: f64 = 1.2;

/// Number and duration of an answer.
type Answer = (usize, Duration);

/// Asks `requests` times; `work` is for a corpus that grows meanwhile, indexed into `index` beside what is there.
pub fn soak(index: &Path, work: &Path, queries: &[String], requests: usize) -> Result<()> {
    let server = Server::start(index)?;
    let paths = paths(&server.address, queries)?;
    let (next, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let began = Instant::now();
    let (answers, commits, memory, rest, files) = std::thread::scope(|scope| -> Result<_> {
        let growing = scope.spawn(|| grow(index, work, &done));
        let (mut answers, mut memory, mut rest, mut files) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut asked = Ok(());
        for tenth in 1..=10 {
            let busy = ask_at_once(&server, &paths, &next, requests * tenth / 10);
            asked = busy.map(|(more, kb)| (answers.extend(more), memory.push(kb))).map(drop);
            files = files.max(server.files()?);
            if asked.is_err() {
                break;
            }
            std::thread::sleep(REST);
            rest.push(server.memory()?.0);
        }
        done.store(true, Ordering::Relaxed);
        let commits = growing.join().expect("the indexing panicked")?;
        asked.map(|()| (answers, commits, memory, rest, files))
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let least = |half: &[usize]| half.iter().min().copied().unwrap_or(0);
    let (early, late, files_late) = (least(&rest[..5]), least(&rest[5..]), files_that_stay(&server, files)?);
    let (second, last) = (third(&answers, requests, 1), third(&answers, requests, 2));
    let growth = late as f64 / early as f64;
    let drift = last.as_secs_f64() / second.as_secs_f64();
    println!("soak: {requests} requests of {CLIENTS} clients in {seconds:.0} s, {commits} commits meanwhile, 0 failed");
    println!("      memory of its own, median while each tenth is asked {} MB", megabytes(&memory));
    println!(
        "      memory of its own, at rest after each tenth {} MB: least of the second half to that of the first {growth:.2}",
        megabytes(&rest)
    );
    println!("      at most {files} open files, {files_late} at the end");
    println!("      p99 {:.2} -> {:.2} ms ({drift:.2})", second.as_secs_f64() * 1e3, last.as_secs_f64() * 1e3);
    let stopped = server.stop()?;
    println!("      stopped in {stopped:.2} s");
    ensure!(growth < GROWTH, "memory at rest grew by more than {GROWTH}");
    ensure!(files_late <= files, "files stay open");
    ensure!(drift < DRIFT || last < Duration::from_millis(20), "the durations grew by more than {DRIFT}");
    Ok(())
}

/// Open files once nobody asks any more: the least of looks during [`REST`], for the last commit may still be taken up at the first look, and
/// what is never closed is there at all of them. A look at no more than `enough` ends it.
fn files_that_stay(server: &Server, enough: usize) -> Result<usize> {
    let began = Instant::now();
    let mut least = server.files()?;
    while least > enough && began.elapsed() < REST {
        std::thread::sleep(REST / 20);
        least = least.min(server.files()?);
    }
    Ok(least)
}

fn megabytes(kilobytes: &[usize]) -> String {
    kilobytes.iter().map(|kb| format!("{:.1}", *kb as f64 / 1024.0)).collect::<Vec<_>>().join(" ")
}

/// All clients ask until request `until`; gives their answers and the median of the server's memory meanwhile, in kilobytes.
fn ask_at_once(server: &Server, paths: &[(String, u16)], next: &AtomicUsize, until: usize) -> Result<(Vec<Answer>, usize)> {
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| ask(&server.address, paths, next, until))).collect();
        let mut seen = vec![server.memory()?.0];
        while asking.iter().any(|client| !client.is_finished()) {
            std::thread::sleep(Duration::from_millis(20));
            seen.push(server.memory()?.0);
        }
        let answers: Result<Vec<Vec<Answer>>> =
            asking.into_iter().map(|client| client.join().expect("a client panicked")).collect();
        Ok((answers?.concat(), median(seen)))
    })
}

fn median(mut figures: Vec<usize>) -> usize {
    figures.sort_unstable();
    figures[figures.len() / 2]
}

/// The 99th percentile of a third of the answers, by their number.
fn third(answers: &[Answer], requests: usize, which: usize) -> Duration {
    let mut took: Vec<Duration> =
        answers.iter().filter(|(number, _)| number * 3 / requests == which).map(|(_, took)| *took).collect();
    took.sort_unstable();
    quantile(&took, 0.99)
}

/// Number and duration of each answer of one client.
fn ask(address: &str, paths: &[(String, u16)], next: &AtomicUsize, until: usize) -> Result<Vec<Answer>> {
    let mut client = Client::new(address);
    let mut answers = Vec::new();
    loop {
        let taken = next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |number| (number < until).then_some(number + 1));
        let Ok(number) = taken else { return Ok(answers) };
        let (path, wanted) = &paths[number % paths.len()];
        let began = Instant::now();
        let (status, body) = client.get(path).with_context(|| format!("request {number}: {path}"))?;
        answers.push((number, began.elapsed()));
        ensure!(status == *wanted, "request {number}: {path}: {status} {}", String::from_utf8_lossy(&body));
    }
}

/// Every kind of path, with the status it has to be answered with.
fn paths(address: &str, queries: &[String]) -> Result<Vec<(String, u16)>> {
    let mut client = Client::new(address);
    let mut paths = vec![("/healthz".to_owned(), 200), ("/metrics".to_owned(), 200), ("/v1/status".to_owned(), 200)];
    paths.extend([("/".to_owned(), 200), ("/nowhere".to_owned(), 404), ("/v1/search?limt=3".to_owned(), 400)]);
    paths.push(("/v1/articles/0000000000000000".to_owned(), 404));
    const KINDS: [&str; 13] = [
        "/?q=",
        "/verify?q=",
        "/v1/quotes?q=",
        "/v1/search.atom?q=",
        "/v1/search?sort=-date&context=1&q=",
        "/v1/search?limit=0&q=",
        "/v1/search?duplicates=group&q=",
        "/v1/search?q=",
        "/v1/mentions?q=",
        "/v1/timeline?q=",
        "/v1/facets?q=",
        "/v1/speakers?limit=5&q=",
        "/?duplicates=group&q=",
    ];
    for query in queries.iter().map(|query| encoded(query)) {
        paths.extend(KINDS.map(|kind| (format!("{kind}{query}"), 200)));
    }
    let (_, body) = client.get(&format!("/v1/search?q={}", encoded(&queries[0])))?;
    let answer: Value = serde_json::from_slice(&body)?;
    let passages = answer["passages"].as_array().context("no passages")?;
    paths.extend(passages.iter().filter_map(|passage| Some((format!("/v1/articles/{}", passage["article"].as_str()?), 200))));
    paths.extend(passages.iter().filter_map(|passage| Some((format!("/articles/{}", passage["article"].as_str()?), 200))));
    Ok(paths)
}

/// Adds an article and commits, again and again, until `done`; gives how often.
fn grow(index: &Path, work: &Path, done: &AtomicBool) -> Result<usize> {
    let corpus = work.join("growing");
    std::fs::create_dir_all(&corpus)?;
    let mut commits = 0;
    while !done.load(Ordering::Relaxed) {
        let story = format!(
            "Ferry {commits} sails\n\nOSTRAND, March 3 - \"Calm water,\" Captain Mira Voss said of crossing {commits}.\n"
        );
        std::fs::write(corpus.join(format!("{commits}.txt")), story)?;
        let run = Command::new(newshound()?)
            .arg("index")
            .arg(&corpus)
            .arg("--index")
            .arg(index)
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .status()?;
        ensure!(run.success(), "newshound index ended with {run}");
        commits += 1;
        std::thread::sleep(COMMITS);
    }
    Ok(commits)
}
