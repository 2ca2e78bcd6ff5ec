//! ripgrep over the files: words and phrases as they stand, timed by the clock, for it works in several threads.

use crate::building::Index;
use crate::measured::timed;
use crate::news::News;
use crate::systems::{Asked, System};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What it is called, with its version.
pub fn version() -> Result<String, String> {
    let output = Command::new("rg").arg("--version").output().map_err(|_| "skipped: no rg".to_owned())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let version = said.lines().next().and_then(|line| line.split(' ').nth(1));
    version.map(str::to_owned).ok_or_else(|| "skipped: rg does not tell its version".to_owned())
}

/// Runs in which it is asked: it reads everything for every question.
pub fn runs(mb: usize, runs: usize) -> usize {
    (2_000 / mb.max(1)).clamp(1, runs.max(1))
}

pub struct Ripgrep {
    files: PathBuf,
    /// Those that it can be asked, of each class.
    questions: BTreeMap<String, Vec<String>>,
    runs: usize,
}

impl Ripgrep {
    pub fn new(news: &News, all: usize) -> Ripgrep {
        let mut questions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in fs::read_to_string(news.queries()).expect("just made").lines() {
            let [class, kind, text] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            if matches!(kind, "term" | "phrase" | "count" | "all") {
                questions.entry(class.to_owned()).or_default().push(text.to_owned());
            }
        }
        Ripgrep { files: news.files(), questions, runs: runs(news.mb, all) }
    }

    fn search(&self, class: &str, text: &str) -> Asked {
        let mut command = Command::new("rg");
        if class == "count_all" {
            command.arg("--count-matches");
        }
        let times = timed(command.args(["--ignore-case", "--fixed-strings", "--", text]).arg(&self.files));
        Asked { class: class.to_owned(), text: text.to_owned(), micros: times.wall * 1e6, found: None, is_whole: true }
    }
}

impl System for Ripgrep {
    fn name(&self) -> &'static str {
        "ripgrep"
    }

    fn index(&self) -> Option<Index> {
        None
    }

    /// One question of each class, in every run another.
    fn pass(&mut self, run: usize) -> Vec<Asked> {
        if run >= self.runs {
            return Vec::new();
        }
        if let Some(text) = self.questions.values().flatten().next() {
            self.search("warm", text);
        }
        let of_run = |texts: &Vec<String>| texts[run % texts.len()].clone();
        self.questions.iter().map(|(class, texts)| self.search(class, &of_run(texts))).collect()
    }
}
