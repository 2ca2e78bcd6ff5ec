//! A thousand questions that mean harm, put to the program in the three ways it is asked: by HTTP, over the protocol of assistants, and on the
//! command line. What each costs is seen from outside: how long it took, and the most memory of its own that the process held. One that is late is
//! asked again, and counts as late where it is every time: a machine that does other things beside is late now and then with any question.

#[path = "../../tests/given/dice.rs"]
#[allow(dead_code, reason = "tests throw them in more ways")]
mod dice;
#[path = "../../tests/given/questions.rs"]
mod questions;

use crate::client::Client;
use crate::rates::encoded;
use crate::server::{Server, memory_of, newshound};
use anyhow::{Context, Result, bail, ensure};
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

/// How often one that is late is asked in all.
const ASKED: usize = 4;

/// What came of one question.
enum Outcome {
    Answered,
    Refused,
}

/// What one question cost.
struct Cost {
    /// The least of all times it was asked.
    took: Duration,
    /// The most of them.
    memory: usize,
    asked: usize,
    is_refused: bool,
    question: String,
}

/// Asks `count` questions in each way; fails where one took too much.
pub fn hostile(index: &Path, count: usize) -> Result<()> {
    let questions = questions::hostile(count, 4_096);
    let within_http = {
        let server = Server::start(index)?;
        let mut client = Client::new(&server.address);
        // The three pages that search, in turn.
        let pages = ["/v1/search?q=", "/?q=", "/verify?q="].into_iter().cycle();
        let costs = costs(pages.zip(&questions), server.id(), |page, question| {
            let (status, _) = client.get(&format!("{page}{}", encoded(question)))?;
            // A sentence that is not checked to the end is neither there nor not there.
            ensure!([200, 400].contains(&status) || (status == 503 && page.starts_with("/verify")), "{status}");
            Ok(if status == 200 { Outcome::Answered } else { Outcome::Refused })
        })?;
        report("http", costs)
    };
    let within_mcp = {
        let mut assistant = Assistant::start(index)?;
        let id = assistant.child.id();
        report("mcp", costs(std::iter::repeat("").zip(&questions), id, |_, question| assistant.search(question))?)
    };
    let of_commands = questions.iter().map(|question| until_in_time(|| command(index, question)));
    let within_command = report("command", of_commands.collect::<Result<Vec<Cost>>>()?);
    ensure!(
        within_http && within_mcp && within_command,
        "a question took more than {} MB, or {OVERRUN:?} beyond its deadline",
        MOST >> 10
    );
    Ok(())
}

impl Cost {
    fn new(question: String, took: Duration, memory: usize, outcome: &Outcome) -> Cost {
        Cost { took, memory, asked: 1, is_refused: matches!(outcome, Outcome::Refused), question }
    }

    fn is_late(&self) -> bool {
        self.took > DEADLINE + OVERRUN
    }
}

/// Asks until it is in time, or was late often enough to believe it.
fn until_in_time(mut ask: impl FnMut() -> Result<Cost>) -> Result<Cost> {
    let mut cost = ask()?;
    while cost.is_late() && cost.asked < ASKED {
        let again = ask()?;
        cost = Cost { took: cost.took.min(again.took), memory: cost.memory.max(again.memory), asked: cost.asked + 1, ..cost };
    }
    Ok(cost)
}

/// Prints the worst of them; whether all are within the limits.
fn report(way: &str, mut costs: Vec<Cost>) -> bool {
    let shown = |cost: &Cost| cost.question.chars().take(50).collect::<String>();
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.memory));
    let most = &costs[0];
    let refused = costs.iter().filter(|cost| cost.is_refused).count();
    let answered = costs.len() - refused;
    println!(
        "hostile, {way}: {answered} questions answered, {refused} refused; most memory {} MB: {}",
        most.memory >> 10,
        shown(most)
    );
    let memory = most.memory;
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.took));
    let slowest = &costs[0];
    let over = costs.iter().filter(|cost| cost.is_late()).count();
    let again = costs.iter().filter(|cost| cost.asked > 1).count();
    let longest =
        if slowest.took == Duration::MAX { "unanswered".to_owned() } else { format!("{:.2} s", slowest.took.as_secs_f64()) };
    println!("       longest {longest}, {over} beyond {:?} ({again} the first time): {}", DEADLINE + OVERRUN, shown(slowest));
    memory <= MOST && over == 0
}

/// What each question costs the process `id`, one after the other, on the page it is for.
fn costs<'a>(
    questions: impl Iterator<Item = (&'a str, &'a String)>,
    id: u32,
    mut ask: impl FnMut(&str, &str) -> Result<Outcome>,
) -> Result<Vec<Cost>> {
    let (most, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(memory_of(id).map_or(0, |(own, _)| own), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let mut once = |page: &str, question: &str| {
            most.store(0, Ordering::Relaxed);
            let began = Instant::now();
            let (outcome, took) = match ask(page, question) {
                Ok(outcome) => (outcome, began.elapsed()),
                // No answer at all is later than any answer.
                Err(error) if error.is::<std::io::Error>() => (Outcome::Refused, Duration::MAX),
                Err(error) => return Err(error.context(question.chars().take(100).collect::<String>())),
            };
            Ok(Cost::new(format!("{page}{question}"), took, most.load(Ordering::Relaxed), &outcome))
        };
        let asked = questions.map(|(page, question)| until_in_time(|| once(page, question))).collect();
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
    let status = loop {
        if let Some(status) = run.try_wait()? {
            break status;
        }
        memory = memory.max(memory_of(run.id()).map_or(0, |(own, _)| own));
        std::thread::sleep(Duration::from_millis(1));
    };
    // Found, nothing found, trouble.
    let outcome = match status.code() {
        Some(0 | 1) => Outcome::Answered,
        Some(2) => Outcome::Refused,
        code => bail!("{code:?} for {question}"),
    };
    Ok(Cost::new(question.to_owned(), began.elapsed(), memory, &outcome))
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

    fn search(&mut self, question: &str) -> Result<Outcome> {
        let answer = self.call("tools/call", &json!({"name": "search", "arguments": {"query": question}}))?;
        ensure!(answer["result"].is_object() || answer["error"].is_object(), "{answer}");
        let is_refused = answer["error"].is_object() || answer["result"]["isError"] == true;
        Ok(if is_refused { Outcome::Refused } else { Outcome::Answered })
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
