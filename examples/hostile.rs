//! What the worst questions cost: a thousand hostile ones put to an index, with the most memory any of them took and how far each went beyond its
//! deadline.
//!
//! ```text
//! cargo build --release && target/release/newshound index news-250.jsonl --index /tmp/news-250
//! cargo run --release --example hostile -- --index /tmp/news-250 [--questions 1000] [--deadline 300]
//! ```
//! Ends with an error where one took more than 300 MB, or more than 100 ms beyond its deadline.

#[path = "../tests/given/dice.rs"]
#[allow(dead_code, reason = "tests throw them in more ways")]
mod dice;
#[path = "../tests/given/questions.rs"]
mod questions;

use anyhow::{Result, ensure};
use clap::Parser;
use newshound::day::Day;
use newshound::engine::{Engine, Search};
use newshound::query::{Parsed, QueryLimits, Today, parse};
use newshound::results::Summary;
use newshound::{IndexReader, Query};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Bytes of its own memory that a question may take the program to.
const MOST: u64 = 300 << 20;

/// How far a question may go beyond its deadline.
const OVERRUN: Duration = Duration::from_millis(100);

#[derive(Parser)]
struct Arguments {
    /// What is asked
    #[arg(long)]
    index: PathBuf,
    /// How many questions
    #[arg(long, default_value_t = 1_000)]
    questions: usize,
    /// Milliseconds that each may take
    #[arg(long, default_value_t = 300)]
    deadline: u64,
}

/// Most bytes of its own that the program held since this was set to 0.
static MEMORY: AtomicU64 = AtomicU64::new(0);

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let reader = IndexReader::open(&arguments.index)?;
    let deadline = Duration::from_millis(arguments.deadline);
    // 16 kB of anything is refused, and all the others are within the limit.
    let mut asked: Vec<(String, Query)> = Vec::new();
    let today = Today(Day::constant(2025, 3, 14));
    for typed in questions::hostile(arguments.questions, 4_096) {
        if let Ok(Parsed { query: Some(query), .. }) = parse(&typed, today, &QueryLimits::default()) {
            asked.push((typed, query));
        }
    }
    let refused = questions::hostile(arguments.questions, 16 << 10);
    let refused = refused.iter().filter(|typed| parse(typed, today, &QueryLimits::default()).is_err()).count();
    println!("{} questions, and {refused} of as many up to 16 kB refused", asked.len());
    std::thread::spawn(watch);
    ask(&reader, &asked[0].1, deadline)?;
    let mut answers: Vec<(Duration, u64, Summary, &str)> = Vec::new();
    for (typed, query) in &asked {
        MEMORY.store(0, Ordering::Relaxed);
        let began = Instant::now();
        let summary = ask(&reader, query, deadline)?;
        let over = began.elapsed().saturating_sub(deadline);
        answers.push((over, MEMORY.load(Ordering::Relaxed), summary, typed));
    }
    let partial = answers.iter().filter(|(_, _, summary, _)| summary.partial.is_some()).count();
    println!("{partial} answers are partial");
    answers.sort_by_key(|(over, ..)| std::cmp::Reverse(*over));
    let print = |answers: &[(Duration, u64, Summary, &str)]| {
        for (over, memory, summary, typed) in answers.iter().take(5) {
            let shown: String = typed.chars().take(60).collect();
            println!("  {:>5} ms over, {:>4} MB, {:?}: {shown}", over.as_millis(), memory >> 20, summary.cost);
        }
    };
    println!("farthest beyond the deadline:");
    print(&answers);
    let over = answers[0].0;
    answers.sort_by_key(|(_, memory, ..)| std::cmp::Reverse(*memory));
    println!("most memory:");
    print(&answers);
    ensure!(answers[0].1 <= MOST, "a question took more than {} MB", MOST >> 20);
    ensure!(over <= OVERRUN, "a question took more than {OVERRUN:?} beyond its deadline");
    Ok(())
}

fn ask(reader: &IndexReader, query: &Query, deadline: Duration) -> Result<Summary> {
    let search = Search { deadline, ..Search::best(query.clone(), 10) };
    Ok(reader.search(&search, &mut |_| ControlFlow::Continue(()))?)
}

/// Looks at the program's memory, mapped files not counted, every two milliseconds.
fn watch() {
    loop {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let own = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let own = own.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) << 10;
        MEMORY.fetch_max(own, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(2));
    }
}
