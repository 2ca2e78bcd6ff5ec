//! How many searches a second, and how long the middle and the slowest take: with 1, 8 and 64 who ask at once.

use crate::client::Client;
use anyhow::{Result, ensure};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: [usize; 3] = [1, 8, 64];

/// What was measured with so many clients.
struct Rate {
    clients: usize,
    a_second: f64,
    /// Sorted.
    took: Vec<Duration>,
    refused: usize,
}

/// The duration that `share` of the sorted `took` stay within.
pub fn quantile(took: &[Duration], share: f64) -> Duration {
    let at = (took.len() as f64 * share) as usize;
    took.get(at.min(took.len().saturating_sub(1))).copied().unwrap_or_default()
}

pub fn head() {
    println!("{:<34} {:>7} {:>10} {:>9} {:>9} {:>8}", "", "clients", "searches/s", "p50 ms", "p99 ms", "refused");
}

/// Measures what `ask` makes: for each client a function that answers query number N and says whether it was answered.
pub fn measured<A: FnMut(usize) -> Result<bool>>(name: &str, requests: usize, ask: impl Fn() -> A + Sync) -> Result<()> {
    for clients in CLIENTS {
        // Everybody once, so that nothing is read from the disk for the first time.
        rate(clients, requests / 10, &ask)?;
        let rate = rate(clients, requests, &ask)?;
        let ms = |share| quantile(&rate.took, share).as_secs_f64() * 1e3;
        let (p50, p99) = (ms(0.5), ms(0.99));
        println!("{name:<34} {:>7} {:>10.0} {p50:>9.2} {p99:>9.2} {:>8}", rate.clients, rate.a_second, rate.refused);
    }
    Ok(())
}

fn rate<A: FnMut(usize) -> Result<bool>>(clients: usize, requests: usize, ask: &(impl Fn() -> A + Sync)) -> Result<Rate> {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    let one = || -> Result<(Vec<Duration>, usize)> {
        let (mut ask, mut took, mut refused) = (ask(), Vec::new(), 0);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= requests {
                return Ok((took, refused));
            }
            let began = Instant::now();
            refused += usize::from(!ask(number)?);
            took.push(began.elapsed());
        }
    };
    let all: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..clients).map(|_| scope.spawn(one)).collect();
        running.into_iter().map(|thread| thread.join().expect("a client panicked")).collect()
    });
    let a_second = requests as f64 / began.elapsed().as_secs_f64();
    let (mut took, mut refused) = (Vec::new(), 0);
    for client in all {
        let (times, not) = client?;
        took.extend(times);
        refused += not;
    }
    ensure!(took.len() == requests, "{} answers to {requests} requests", took.len());
    took.sort_unstable();
    Ok(Rate { clients, a_second, took, refused })
}

/// Asks over HTTP: `prefix` and the percent-encoded query make the path.
pub fn over_http<'a>(
    address: &'a str,
    prefix: &'a str,
    queries: &'a [String],
) -> impl Fn() -> Box<dyn FnMut(usize) -> Result<bool> + 'a> + Sync {
    move || {
        let mut client = Client::new(address);
        Box::new(move |number| {
            let (status, _) = client.get(&format!("{prefix}{}", encoded(&queries[number % queries.len()])))?;
            Ok(status == 200)
        })
    }
}

/// `text` percent-encoded.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
