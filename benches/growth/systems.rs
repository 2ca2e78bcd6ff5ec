//! Who is measured: newshound and raw tantivy, which are always there, and the rivals that are found.

use crate::answered::{Answered, answer};
use crate::building::Index;
use crate::news::{News, floor};
use crate::ripgrep::Ripgrep;
use crate::rivals::{self, Lucene, Sqlite};
use newshound::engine::embedded::IndexReader;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The classes of which a caller may well say that no totals are needed.
const WITHOUT_TOTALS: [&str; 5] = ["and2", "fuzzy1", "or3", "prefix", "term_common"];

/// One question answered.
pub struct Asked {
    pub class: String,
    pub text: String,
    pub micros: f64,
    /// Passages given or, of those only counted, how many there are; nothing where something else was counted.
    pub found: Option<usize>,
    pub is_whole: bool,
}

impl Asked {
    /// A line of the floor, and of the rivals who print as it does: class, argument, found, wall us, CPU us.
    pub fn read(line: &str) -> Asked {
        let parts: Vec<&str> = line.split('\t').collect();
        let [class, text, found, _, cpu] = parts[..] else { panic!("not five parts: {line}") };
        Asked {
            class: class.to_owned(),
            text: text.to_owned(),
            micros: cpu.parse().expect("microseconds"),
            found: Some(found.parse().expect("a count")),
            is_whole: true,
        }
    }
}

/// Somebody who is asked.
pub trait System {
    fn name(&self) -> &'static str;
    /// How an index is built; nothing where none is needed.
    fn index(&self) -> Option<Index>;
    /// Answers the questions once to warm and once to be measured.
    fn pass(&mut self, run: usize) -> Vec<Asked>;
}

/// What there is on this machine to measure with.
pub struct Tools {
    floor: PathBuf,
    pub lucene: Result<Lucene, String>,
    pub sqlite: Result<Sqlite, String>,
    /// Its version.
    pub ripgrep: Result<String, String>,
}

impl Tools {
    pub fn found(root: &Path, shared: &Path) -> Tools {
        let (made, scripts) = (root.join("target/bench"), root.join("benches/growth"));
        Tools {
            floor: floor(shared, &made),
            lucene: Lucene::found(root, &scripts),
            sqlite: Sqlite::found(&scripts),
            ripgrep: crate::ripgrep::version(),
        }
    }

    /// What could not be measured, and why.
    pub fn skipped(&self) -> Vec<&str> {
        [self.lucene.as_ref().err(), self.sqlite.as_ref().err(), self.ripgrep.as_ref().err()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect()
    }

    /// Everybody who is there, in the order in which they take turns.
    pub fn systems(&self, news: &News, runs: usize) -> Vec<Box<dyn System>> {
        let mut systems: Vec<Box<dyn System>> = vec![Box::new(Newshound::new(news)), Box::new(Floor::new(news, &self.floor))];
        if let Ok(lucene) = &self.lucene {
            systems.push(Box::new(lucene.system(news)));
        }
        if let Ok(sqlite) = &self.sqlite {
            systems.push(Box::new(sqlite.system(news, rivals::questions(news.mb))));
        }
        if self.ripgrep.is_ok() {
            systems.push(Box::new(Ripgrep::new(news, runs)));
        }
        systems
    }
}

/// The engine in this process.
struct Newshound {
    files: PathBuf,
    at: PathBuf,
    questions: String,
    engine: Option<IndexReader>,
}

impl Newshound {
    fn new(news: &News) -> Newshound {
        let questions = fs::read_to_string(news.queries()).expect("just made");
        Newshound { files: news.files(), at: news.index("newshound"), questions, engine: None }
    }
}

impl System for Newshound {
    fn name(&self) -> &'static str {
        "newshound"
    }

    fn index(&self) -> Option<Index> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newshound"));
        command.arg("index").arg(&self.files).arg("--index").arg(&self.at);
        Some(Index { command, at: self.at.clone() })
    }

    fn pass(&mut self, _: usize) -> Vec<Asked> {
        let at = &self.at;
        let engine = self.engine.get_or_insert_with(|| IndexReader::open(at).expect("just built"));
        let mut answers = Vec::new();
        for totals in [true, false] {
            let pass = || self.questions.lines().filter_map(|line| asked(engine, line, totals)).collect::<Vec<_>>();
            drop(pass());
            answers.extend(pass());
        }
        answers
    }
}

/// A question answered with totals, or without where somebody may not need them.
fn asked(engine: &IndexReader, line: &str, totals: bool) -> Option<Asked> {
    let parts: Vec<&str> = line.split('\t').collect();
    let [class, kind, text] = parts[..] else { panic!("not three parts: {line}") };
    let class = match totals {
        true => class.to_owned(),
        false if WITHOUT_TOTALS.contains(&class) => format!("{class} without totals"),
        false => return None,
    };
    let Answered { found, micros, is_whole } = answer(engine, kind, text, totals);
    Some(Asked { class, text: text.to_owned(), micros, found: Some(found), is_whole })
}

/// Raw tantivy, a process for each run.
struct Floor {
    program: PathBuf,
    jsonl: PathBuf,
    at: PathBuf,
    queries: PathBuf,
}

impl Floor {
    fn new(news: &News, program: &Path) -> Floor {
        Floor { program: program.to_owned(), jsonl: news.jsonl(), at: news.index("floor"), queries: news.queries() }
    }
}

impl System for Floor {
    fn name(&self) -> &'static str {
        "tantivy"
    }

    fn index(&self) -> Option<Index> {
        let mut command = Command::new(&self.program);
        command.arg("index").arg(&self.jsonl).arg(&self.at).arg("2");
        Some(Index { command, at: self.at.clone() })
    }

    fn pass(&mut self, _: usize) -> Vec<Asked> {
        let mut command = Command::new(&self.program);
        let output = command.arg("queries").arg(&self.at).arg(&self.queries).arg("1").output().expect("the floor runs");
        assert!(output.status.success(), "{command:?} failed");
        String::from_utf8(output.stdout).expect("text").lines().map(Asked::read).collect()
    }
}
