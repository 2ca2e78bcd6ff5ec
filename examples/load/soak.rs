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
/// At most so much more memory in the last three tenths than in the three around half-way, each by its median: the allocator gives a
/// busy moment's pages back a little later, so that a single look differs from the next by a tenth.
const GROWTH: f64 = 1.05;
/// The 99th percentile of the last third to that of the second one.
const DRIFT: f64 = 1.2;

/// Asks `requests` times; `work` is for a corpus that grows meanwhile, indexed into `index` beside what is there.
pub fn soak(index: &Path, work: &Path, queries: &[String], requests: usize) -> Result<()> {
    let server = Server::start(index)?;
    let paths = paths(&server.address, queries)?;
    let (next, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let began = Instant::now();
    let (answers, commits, memory, files) = std::thread::scope(|scope| -> Result<_> {
        let growing = scope.spawn(|| grow(index, work, &done));
        let asking: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| ask(&server.address, &paths, &next, requests))).collect();
        let (mut memory, mut files) = (Vec::new(), 0);
        for tenth in 1..=10 {
            let mut seen = vec![server.memory()?.0];
            while next.load(Ordering::Relaxed) < requests / 10 * tenth && asking.iter().any(|client| !client.is_finished()) {
                std::thread::sleep(Duration::from_millis(20));
                seen.push(server.memory()?.0);
            }
            memory.push(median(seen));
            files = files.max(server.files()?);
        }
        let mut answers = Vec::new();
        let mut failed = None;
        for client in asking {
            match client.join().expect("a client panicked") {
                Ok(more) => answers.extend(more),
                Err(error) => failed = Some(error),
            }
        }
        done.store(true, Ordering::Relaxed);
        let commits = growing.join().expect("the indexing panicked")?;
        failed.map_or(Ok((answers, commits, memory, files)), Err)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    // What the last commit left open is closed when the next request looks.
    std::thread::sleep(Duration::from_secs(2));
    let (early, late, files_late) = (median(memory[3..6].to_vec()), median(memory[7..].to_vec()), server.files()?);
    let idle = server.memory()?.0;
    let tenths: Vec<String> = memory.iter().map(|kb| format!("{:.1}", *kb as f64 / 1024.0)).collect();
    let (second, last) = (third(&answers, requests, 1), third(&answers, requests, 2));
    let growth = late as f64 / early as f64;
    let drift = last.as_secs_f64() / second.as_secs_f64();
    println!("soak: {requests} requests of {CLIENTS} clients in {seconds:.0} s, {commits} commits meanwhile, 0 failed");
    println!(
        "      memory of its own, median of each tenth {} MB, of the last three {growth:.2} of those half-way, {:.1} when idle again",
        tenths.join(" "),
        idle as f64 / 1024.0
    );
    println!("      at most {files} open files, {files_late} at the end");
    println!("      p99 {:.2} -> {:.2} ms ({drift:.2})", second.as_secs_f64() * 1e3, last.as_secs_f64() * 1e3);
    let stopped = server.stop()?;
    println!("      stopped in {stopped:.2} s");
    ensure!(growth < GROWTH, "memory grew by more than {GROWTH}");
    ensure!(files_late <= files, "files stay open");
    ensure!(drift < DRIFT || last < Duration::from_millis(20), "the durations grew by more than {DRIFT}");
    Ok(())
}

fn median(mut figures: Vec<usize>) -> usize {
    figures.sort_unstable();
    figures[figures.len() / 2]
}

/// The 99th percentile of a third of the answers, by their number.
fn third(answers: &[(usize, Duration)], requests: usize, which: usize) -> Duration {
    let mut took: Vec<Duration> =
        answers.iter().filter(|(number, _)| number * 3 / requests == which).map(|(_, took)| *took).collect();
    took.sort_unstable();
    quantile(&took, 0.99)
}

/// Number and duration of each answer of one client.
fn ask(address: &str, paths: &[(String, u16)], next: &AtomicUsize, requests: usize) -> Result<Vec<(usize, Duration)>> {
    let mut client = Client::new(address);
    let mut answers = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= requests {
            return Ok(answers);
        }
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
