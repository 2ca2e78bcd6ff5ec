//! A thousand questions that mean harm, put to the program in the three ways it is asked: by HTTP, over the protocol of assistants, and on the
//! command line. What each costs is seen from outside: how long it took, and the most memory of its own that the process held.

#[path = "../../tests/given/dice.rs"]
#[allow(dead_code, reason = "tests throw them in more ways")]
mod dice;
#[path = "../../tests/given/questions.rs"]
mod questions;

use crate::client::Client;
use crate::rates::encoded;
use crate::server::{Server, memory_of, newshound};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Kilobytes of its own that a question may take the program to.
const MOST: usize = 300 << 10;
/// What a search may take, and how far it may go beyond.
const DEADLINE: Duration = Duration::from_secs(2);
const OVERRUN: Duration = Duration::from_millis(100);

/// What one question cost.
struct Cost {
    took: Duration,
    memory: usize,
    question: String,
}

/// Asks `count` questions in each way; fails where one took too much.
pub fn hostile(index: &Path, count: usize) -> Result<()> {
    let questions = questions::hostile(count, 4_096);
    let over_http = {
        let server = Server::start(index)?;
        let mut client = Client::new(&server.address);
        // The three pages that search, in turn.
        let mut pages = ["/v1/search?q=", "/?q=", "/verify?text="].into_iter().cycle();
        costs(&questions, server.id(), |question| {
            let (status, _) = client.get(&format!("{}{}", pages.next().unwrap_or_default(), encoded(question)))?;
            ensure!([200, 400].contains(&status), "{status}");
            Ok(())
        })?
    };
    let mut assistant = Assistant::start(index)?;
    let id = assistant.child.id();
    let over_mcp = costs(&questions, id, |question| assistant.search(question))?;
    let of_commands = questions.iter().map(|question| command(index, question)).collect::<Result<Vec<Cost>>>()?;
    let within = [report("http", over_http), report("mcp", over_mcp), report("command", of_commands)];
    ensure!(
        within.iter().all(|within| *within),
        "a question took more than {} MB, or {OVERRUN:?} beyond its deadline",
        MOST >> 10
    );
    Ok(())
}

/// Prints the worst of them; whether all are within the limits.
fn report(way: &str, mut costs: Vec<Cost>) -> bool {
    let shown = |cost: &Cost| cost.question.chars().take(50).collect::<String>();
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.memory));
    let most = &costs[0];
    println!("hostile, {way}: {} questions; most memory {} MB: {}", costs.len(), most.memory >> 10, shown(most));
    let memory = most.memory;
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.took));
    let slowest = &costs[0];
    let over = costs.iter().filter(|cost| cost.took > DEADLINE + OVERRUN).count();
    println!("       longest {:.2} s, {over} beyond {:?}: {}", slowest.took.as_secs_f64(), DEADLINE + OVERRUN, shown(slowest));
    memory <= MOST && over == 0
}

/// What each question costs the process `id`, one after the other.
fn costs(questions: &[String], id: u32, mut ask: impl FnMut(&str) -> Result<()>) -> Result<Vec<Cost>> {
    let (most, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(memory_of(id).map_or(0, |(own, _)| own), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let asked = questions.iter().map(|question| {
            most.store(0, Ordering::Relaxed);
            let began = Instant::now();
            ask(question).with_context(|| question.chars().take(100).collect::<String>())?;
            Ok(Cost { took: began.elapsed(), memory: most.load(Ordering::Relaxed), question: question.clone() })
        });
        let asked = asked.collect();
        done.store(true, Ordering::Relaxed);
        asked
    })
}

/// One run of the command. What its beginning costs is within the limit too.
fn command(index: &Path, question: &str) -> Result<Cost> {
    let began = Instant::now();
    let mut run = Command::new(newshound()?)
        .args(["search", "--index"])
        .arg(index)
        .args(["--", question])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut memory = 0;
    while run.try_wait()?.is_none() {
        memory = memory.max(memory_of(run.id()).map_or(0, |(own, _)| own));
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(Cost { took: began.elapsed(), memory, question: question.to_owned() })
}

/// `newshound mcp`, asked over its input and output.
struct Assistant {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    number: u64,
}

impl Assistant {
    fn start(index: &Path) -> Result<Assistant> {
        let mut child = Command::new(newshound()?)
            .args(["mcp", "--index"])
            .arg(index)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (input, output) = (child.stdin.take().context("a pipe")?, child.stdout.take().context("a pipe")?);
        let mut assistant = Assistant { child, input, output: BufReader::new(output), number: 0 };
        let who = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "load", "version": "1"}});
        assistant.call("initialize", &who)?;
        writeln!(assistant.input, "{}", json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
        Ok(assistant)
    }

    fn search(&mut self, question: &str) -> Result<()> {
        let answer = self.call("tools/call", &json!({"name": "search", "arguments": {"query": question}}))?;
        ensure!(answer["result"].is_object() || answer["error"].is_object(), "{answer}");
        Ok(())
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        self.number += 1;
        writeln!(self.input, "{}", json!({"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters}))?;
        loop {
            let mut line = String::new();
            ensure!(self.output.read_line(&mut line)? > 0, "newshound mcp ended");
            let answer: Value = serde_json::from_str(&line)?;
            if answer["id"] == self.number {
                return Ok(answer);
            }
        }
    }
}

impl Drop for Assistant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
