//! Indexing and serving within a limit of memory that the system enforces.

use crate::archive::said;
use crate::client::Client;
use crate::given::archive::program;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Megabytes that the program may have.
const LIMIT: usize = 512;
/// Megabytes that it is told to make do with while indexing.
const BUDGET: usize = 384;
/// Megabytes of news that are made up where none are given.
const MADE_UP: usize = 200;

/// Queries that ask for much: frequent words and phrases, patterns, everything.
const QUERIES: [&str; 8] =
    ["the", "\"in the\"", "said*", "/.*ing/", "a* NEAR/5 the", "date:1987..2025", "NOT the", "article:(said AND government)"];

/// A group of processes that together may have [`LIMIT`]; gone when dropped.
struct Limited(PathBuf);

impl Limited {
    /// None where the system does not let us.
    fn new() -> Option<Limited> {
        let (first, second) = (Path::new("/sys/fs/cgroup/memory"), Path::new("/sys/fs/cgroup"));
        let (above, file) = if first.is_dir() { (first, "memory.limit_in_bytes") } else { (second, "memory.max") };
        let dir = above.join(format!("newshound-{}", std::process::id()));
        std::fs::create_dir(&dir).ok()?;
        let limited = Limited(dir);
        std::fs::write(limited.0.join(file), (LIMIT << 20).to_string()).ok()?;
        Some(limited)
    }

    /// The program, within the limit from its first moment.
    fn start(&self, arguments: &[&str], dir: &Path) -> Result<Child> {
        let enter = "echo $$ > \"$0\" && exec \"$@\"";
        let mut command = Command::new("sh");
        command.arg("-c").arg(enter).arg(self.0.join("cgroup.procs")).arg(program()).args(arguments).current_dir(dir);
        Ok(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?)
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// Indexes `corpus`, or news made up, and serves it, both within the limit; prints what it took.
///
/// # Errors
/// When one of them is ended by the system, or goes beyond its budget by more than a fifth.
pub fn limited(corpus: Option<&Path>) -> Result<()> {
    let Some(limited) = Limited::new() else {
        println!("skipped: no group of processes with a limit of memory can be made here");
        return Ok(());
    };
    let dir = tempfile::tempdir()?;
    let corpus = match corpus {
        Some(corpus) => corpus.canonicalize()?,
        None => made_up(dir.path())?,
    };
    let megabytes = std::fs::metadata(&corpus)?.len() >> 20;
    let began = Instant::now();
    let budget = BUDGET.to_string();
    let corpus = corpus.to_string_lossy();
    let mut run = limited.start(&["index", &corpus, "--index", "index", "--threads", "2", "--memory", &budget], dir.path())?;
    let own = most_of(&mut run, "RssAnon:")?;
    let seconds = began.elapsed().as_secs();
    let output = run.wait_with_output()?;
    ensure!(output.status.success(), "indexing within {LIMIT} MB: {}", said(&output));
    println!("{megabytes} MB indexed within {LIMIT} MB with --memory {BUDGET}: at most {own} MB of its own, {seconds} s");
    ensure!(own * 5 <= BUDGET * 6, "{own} MB of its own are more than a fifth above {BUDGET}");
    serve(&limited, dir.path())
}

fn serve(limited: &Limited, dir: &Path) -> Result<()> {
    let mut server = limited.start(&["serve", "--quiet", "--listen", "127.0.0.1:0", "--index", "index"], dir)?;
    let mut log = BufReader::new(server.stderr.take().context("a pipe")?);
    let mut line = String::new();
    while !line.contains("http://") {
        line.clear();
        ensure!(log.read_line(&mut line)? > 0, "newshound serve ended within {LIMIT} MB");
    }
    let mut client = Client::new(line.trim().rsplit("http://").next().unwrap_or_default());
    let (mut answered, mut refused) = (0, 0);
    for query in QUERIES.iter().cycle().take(QUERIES.len() * 10) {
        let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
        match client.get(&format!("/v1/search?limit=50&q={query}"))?.0 {
            200 => answered += 1,
            400..=599 => refused += 1,
            status => bail!("status {status}"),
        }
    }
    let own = now(server.id(), "RssAnon:");
    ensure!(server.try_wait()?.is_none(), "the server was ended within {LIMIT} MB");
    server.kill()?;
    server.wait()?;
    println!("served within {LIMIT} MB: {answered} heavy searches answered, {refused} refused, {own} MB of its own at the end");
    Ok(())
}

/// The most megabytes of a kind that a process had until it ended.
fn most_of(run: &mut Child, kind: &str) -> Result<usize> {
    let mut most = 0;
    while run.try_wait()?.is_none() {
        most = most.max(now(run.id(), kind));
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(most)
}

fn now(process: u32, kind: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(kind));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) >> 10
}

/// Articles of words that are none, as frequent as words are.
fn made_up(dir: &Path) -> Result<PathBuf> {
    let path = dir.join("news.jsonl");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path)?);
    let mut dice = crate::given::dice::Dice::new(53);
    let (mut written, mut number) = (0, 0);
    while written < MADE_UP << 20 {
        let mut text = String::new();
        for _ in 0..8 {
            let mut words: Vec<String> = (0..40).map(|_| word(&mut dice)).collect();
            words.insert(12, "\"We met in the".into());
            words.insert(20, "government,\" Ilse Brandauer said.".into());
            text += &format!("The {}.\n\n", words.join(" "));
        }
        let line = serde_json::json!({"headline": format!("Item {number}"), "date": "2024-05-03", "text": text}).to_string();
        writeln!(out, "{line}")?;
        (written, number) = (written + line.len(), number + 1);
    }
    out.flush()?;
    Ok(path)
}

/// One of 60,000 words, the first ones the most often.
fn word(dice: &mut crate::given::dice::Dice) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "ro", "mi", "tel", "vas", "un", "dor", "pe", "lin", "gar", "so", "bet", "hu", "ny", "fa", "wi"];
    let most = 1 << (2 + dice.below(15));
    let mut number = dice.below(most.min(60_000));
    let mut word = String::new();
    while number > 0 || word.is_empty() {
        word += SYLLABLES[number % 16];
        number /= 16;
    }
    word
}
