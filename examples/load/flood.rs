//! Who opens connections without end, or hangs up in the middle: others are to be answered all the same.

use crate::client::Client;
use crate::rates::{encoded, quantile};
use crate::server::Server;
use anyhow::{Result, ensure};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How often a client whose connection was closed asks again.
const AGAIN: usize = 5;

/// Opens `connections`: a fifth says nothing, a fifth sends its request a letter at a time, the others ask and never read. One client asks
/// as people do meanwhile.
pub fn flood(index: &Path, queries: &[String], connections: usize) -> Result<()> {
    let server = Server::start(index)?;
    let (done, again) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (opened, most_memory, most_files, most_busy) =
        (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let took = std::thread::scope(|scope| -> Result<Vec<Duration>> {
        scope.spawn(|| {
            let mut streams = Vec::new();
            for number in 0..connections {
                let Ok(mut stream) = TcpStream::connect(&server.address) else { continue };
                opened.fetch_add(1, Ordering::Relaxed);
                let search = format!("GET /v1/search?q={} HTTP/1.1\r\n", encoded(&queries[number % queries.len()]));
                let _ = match number % 5 {
                    0 => Ok(()),
                    1 => stream.write_all(b"G"),
                    _ => stream.write_all(format!("{search}Host: {}\r\n\r\n", server.address).as_bytes()),
                };
                streams.push(stream);
                // Those that dawdle send one more letter now and then.
                if number % 500 == 0 {
                    for slow in streams.iter_mut().skip(1).step_by(5) {
                        let _ = slow.write_all(b"E");
                    }
                }
            }
            std::thread::sleep(Duration::from_secs(3));
            done.store(true, Ordering::Relaxed);
        });
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                if let (Ok((_, memory)), Ok(files)) = (server.memory(), server.files()) {
                    most_memory.fetch_max(memory, Ordering::Relaxed);
                    most_files.fetch_max(files, Ordering::Relaxed);
                }
                if let Ok(busy) = server.figure("newshound_searches_running") {
                    most_busy.fetch_max(busy as usize, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let (mut client, mut took, mut number) = (Client::new(&server.address), Vec::new(), 0);
        while !done.load(Ordering::Relaxed) {
            number += 1;
            let path = format!("/v1/search?q={}", encoded(&queries[number % queries.len()]));
            let began = Instant::now();
            // Beyond the limit the oldest connection is closed, which may be ours: whoever asked asks again, and waits so much longer.
            let mut answer = client.get(&path);
            for _ in 0..AGAIN {
                if answer.is_ok() {
                    break;
                }
                again.fetch_add(1, Ordering::Relaxed);
                answer = client.get(&path);
            }
            let (status, _) = answer?;
            took.push(began.elapsed());
            ensure!(status == 200 || status == 503, "{status}");
            std::thread::sleep(Duration::from_millis(5));
        }
        took.sort_unstable();
        Ok(took)
    })?;
    let p99 = quantile(&took, 0.99);
    let [opened, memory, files, busy] = [opened, most_memory, most_files, most_busy].map(AtomicUsize::into_inner);
    println!(
        "flood: {opened} connections opened, {files} files open at most, {} MB in memory at most, {busy} searches at once",
        memory / 1024
    );
    println!(
        "       a client meanwhile: {} answers, {} times asked again, p99 {:.0} ms",
        took.len(),
        again.into_inner(),
        p99.as_secs_f64() * 1e3
    );
    ensure!(opened * 100 >= connections * 99, "only {opened} of {connections} could be opened");
    ensure!(files < 1024 && memory < 500 * 1024 && p99 < Duration::from_secs(1), "too much");
    Ok(())
}

/// Hangs up `times` times while the answer is made; then nothing may be at work any more.
pub fn hang_up(index: &Path, times: usize) -> Result<()> {
    let server = Server::start(index)?;
    for number in 0..times {
        let mut stream = TcpStream::connect(&server.address)?;
        // Every passage with one of these words, as a stream: what is never read would fill the socket.
        write!(stream, "GET /v1/mentions?q=the+of+a+to+and HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)?;
        std::thread::sleep(Duration::from_micros(number as u64 % 7 * 300));
        drop(stream);
    }
    let began = Instant::now();
    while server.figure("newshound_searches_running")? > 0 {
        ensure!(began.elapsed() < Duration::from_secs(2), "searches go on for callers who are gone");
        std::thread::sleep(Duration::from_millis(10));
    }
    let (waited, panics) = (began.elapsed(), server.figure("newshound_panics_total")?);
    println!("hang up: {times} callers gone in the middle; nothing at work {:.2} s later, {panics} panics", waited.as_secs_f64());
    ensure!(panics == 0, "panics");
    let (status, _) = Client::new(&server.address).get("/v1/search?q=peace")?;
    ensure!(status == 200, "{status}");
    Ok(())
}

/// The 99th percentile of a client alone, and beside `readers` who take nothing of their answers and as many who take a few bytes now and then.
pub fn slow_readers(index: &Path, queries: &[String], readers: usize) -> Result<()> {
    let server = Server::start(index)?;
    let alone = p99_of(&server, queries)?;
    let done = AtomicBool::new(false);
    let beside = std::thread::scope(|scope| -> Result<Duration> {
        let mut streams = Vec::new();
        for _ in 0..2 * readers {
            let mut stream = TcpStream::connect(&server.address)?;
            write!(stream, "GET /v1/mentions?q=the+of+a+to+and HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)?;
            streams.push(stream);
        }
        let mut trickling: Vec<TcpStream> = streams.split_off(readers);
        let done = &done;
        scope.spawn(move || {
            while !done.load(Ordering::Relaxed) {
                for stream in &mut trickling {
                    let _ = stream.set_nonblocking(true);
                    let _ = stream.read(&mut [0; 100]);
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        let beside = p99_of(&server, queries);
        done.store(true, Ordering::Relaxed);
        drop(streams);
        beside
    })?;
    let times = beside.as_secs_f64() / alone.as_secs_f64();
    println!(
        "slow readers: p99 {:.2} ms alone, {:.2} ms ({times:.2} times) beside {readers} stalled and {readers} trickling",
        millis(alone),
        millis(beside)
    );
    ensure!(times <= 2.0, "slow readers keep others waiting");
    Ok(())
}

/// Of three seconds of searches, one after the other.
fn p99_of(server: &Server, queries: &[String]) -> Result<Duration> {
    let (mut client, mut took, began) = (Client::new(&server.address), Vec::new(), Instant::now());
    while began.elapsed() < Duration::from_secs(3) {
        let path = format!("/v1/search?q={}", encoded(&queries[took.len() % queries.len()]));
        let asked = Instant::now();
        let (status, _) = client.get(&path)?;
        ensure!(status == 200, "{status}");
        took.push(asked.elapsed());
    }
    took.sort_unstable();
    Ok(quantile(&took, 0.99))
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
