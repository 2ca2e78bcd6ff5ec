//! What an index survives, for as long as one has patience: the rounds of `tests/living` over and over until the time is up, then the
//! figures of docs/durability.md: the cost of a run that changes nothing, a watched corpus, and memory.
//!
//! ```text
//! cargo build --release && cargo run --release --example torture -- --minutes 60 [--files 100000] [--corpus news.jsonl]
//! ```
//! Ends with an error when anything was lost, torn or not found.

#[path = "../../tests/living/archive.rs"]
mod archive;
#[path = "../../tests/living/damage.rs"]
mod damage;
#[path = "../../tests/living/disks.rs"]
mod disks;
#[path = "../../tests/living/faults.rs"]
mod faults;
#[path = "../../tests/given/mod.rs"]
mod given;
#[path = "../../tests/living/histories.rs"]
mod histories;
mod idle;
#[path = "../../tests/living/kills.rs"]
mod kills;
#[path = "../load/client.rs"]
mod client;
mod memory;
#[path = "../../tests/living/readers.rs"]
mod readers;
#[path = "../../tests/living/watching.rs"]
mod watching;

use archive::{archive, edit, newshound};
use clap::Parser;
use given::dice::Dice;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(Parser)]
struct Arguments {
    /// How long the rounds go on; at least one is done
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Files of the corpus in which nothing changes
    #[arg(long, default_value_t = 100_000)]
    files: usize,
    /// What is indexed within 512 MB of memory
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Another seed gives other edits and blows
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Every so manieth operation of a failing disk in one round, and every round others.
const FAULTS: usize = 24;
/// Sizes of the disks that are too small, in kilobytes.
const DISKS: [usize; 5] = [300, 400, 500, 600, 800];

/// What all rounds did, and what went wrong.
#[derive(Default)]
struct Torture {
    edits: usize,
    kills: (usize, usize),
    faults: (usize, usize),
    operations: usize,
    damages: usize,
    disks: (usize, usize),
    answers: (usize, usize),
    wrong: Vec<String>,
}

impl Torture {
    fn round(&mut self, number: usize, dice: &mut Dice) {
        let (edits, wrong) = histories::followed(60, dice);
        self.edits += edits;
        self.wrong.extend(wrong);
        let (died, wrong) = kills::struck(100, dice);
        self.kills = (self.kills.0 + 100, self.kills.1 + died);
        self.wrong.extend(wrong);
        let faults = faults::some(FAULTS, number % FAULTS);
        self.operations = faults.operations;
        self.faults = (self.faults.0 + faults.runs, self.faults.1 + faults.readings);
        self.wrong.extend(faults.wrong);
        let dir = archive(dice);
        for _ in 0..2 {
            newshound(&["index", "corpus", "--index", "index"], dir.path());
            edit(dice, &dir.path().join("corpus"));
        }
        let (tried, missed) = damage::missed(dir.path(), 40, 4, dice);
        self.damages += tried;
        self.wrong.extend(missed.into_iter().map(|what| format!("damage: {what}")));
        if let Some(full) = disks::filled(&DISKS) {
            self.disks = (self.disks.0 + DISKS.len(), self.disks.1 + full);
        }
        let (answers, commits, wrong) = readers::beside_a_writer(Duration::from_secs(5));
        self.answers = (self.answers.0 + answers, self.answers.1 + commits);
        self.wrong.extend(wrong);
    }

    fn print(&self) {
        println!("| what | how often | lost, torn or not found |\n|---|---|---|");
        let count = |of: &str| self.wrong.iter().filter(|wrong| wrong.contains(of)).count();
        println!("| edits, each followed and compared with an index built anew | {} | {} |", self.edits, count("round "));
        println!("| runs killed (before their end) | {} ({}) | {} |", self.kills.0, self.kills.1, count("kill "));
        let (runs, readings) = self.faults;
        let failing: usize = count(" at ") + count("reading, ");
        println!(
            "| runs on a disk that fails at one of {} operations, readings | {runs}, {readings} | {failing} |",
            self.operations
        );
        println!("| flipped bits and cut files, each checked and searched | {} | {} |", self.damages, count("damage: "));
        // One that fares badly ends the torture.
        println!("| disks too small (of these really full) | {} ({}) | 0 |", self.disks.0, self.disks.1);
        println!(
            "| answers to eight readers beside a writer (commits) | {} ({}) | {} |",
            self.answers.0,
            self.answers.1,
            count("torn")
        );
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (mut torture, mut dice) = (Torture::default(), Dice::new(arguments.seed.max(1)));
    let (began, long) = (Instant::now(), Duration::from_secs_f64(arguments.minutes * 60.0));
    let mut rounds = 0;
    while rounds == 0 || began.elapsed() < long {
        torture.round(rounds, &mut dice);
        rounds += 1;
        eprintln!("round {rounds}, {} s, {} wrong", began.elapsed().as_secs(), torture.wrong.len());
    }
    torture.print();
    println!();
    idle::compare(arguments.files)?;
    println!();
    for (what, took) in watching::followed(&mut dice) {
        println!("watched: {what}: {:.2} s", took.as_secs_f64());
    }
    if disks::watched().is_some() {
        println!("watched: went on by itself after its disk was full");
    }
    println!();
    memory::limited(arguments.corpus.as_deref())?;
    anyhow::ensure!(torture.wrong.is_empty(), "{}", torture.wrong.join("\n"));
    Ok(())
}
