//! The corpus of `../shared/bench` in one size, its questions, and raw tantivy to lay beside: made where they are not there.

use crate::measured::run;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

/// News of so many megabytes, all that is made of it in one directory.
pub struct News {
    pub mb: usize,
    pub dir: PathBuf,
}

impl News {
    /// Makes the corpus and the questions, unless they are there.
    pub fn made(mb: usize, dir: &Path, shared: &Path) -> News {
        let news = News { mb, dir: dir.to_owned() };
        fs::create_dir_all(dir).expect("the directory can be made");
        let (bench, data) = (shared.join("bench"), shared.join("data"));
        if !news.jsonl().exists() {
            let size = mb.to_string();
            let mut python = Command::new("python3");
            python.arg(bench.join("make_corpus.py")).arg("--data").arg(data).args(["--mb", &size, "--txt", "--out"]).arg(dir);
            run(&mut python);
        }
        if !news.queries().exists() {
            run(Command::new("python3").arg(bench.join("make_queries.py")).arg(news.jsonl()).arg(news.queries()));
        }
        news
    }

    /// An article a line.
    pub fn jsonl(&self) -> PathBuf {
        self.dir.join(format!("news-{}.jsonl", self.mb))
    }

    /// A .txt file an article.
    pub fn files(&self) -> PathBuf {
        self.dir.join(format!("news-{}-txt", self.mb))
    }

    /// A question a line: class, kind, argument.
    pub fn queries(&self) -> PathBuf {
        self.dir.join(format!("queries-{}.tsv", self.mb))
    }

    /// Where somebody's index goes.
    pub fn index(&self, whose: &str) -> PathBuf {
        self.dir.join(format!("index-{whose}-{}", self.mb))
    }

    /// Bytes of headlines and paragraphs, as the floor counts them.
    pub fn text_bytes(&self) -> f64 {
        let of_line = |line: String| {
            let article: serde_json::Value = serde_json::from_str(&line).expect("the corpus is JSON");
            ["headline", "body"].iter().map(|key| article[key].as_str().map_or(0, str::len)).sum::<usize>()
        };
        let lines = BufReader::new(fs::File::open(self.jsonl()).expect("the corpus is there")).lines();
        lines.map(|line| of_line(line.expect("it can be read"))).sum::<usize>() as f64
    }
}

/// The program of the floor, built into a directory unless it is there.
pub fn floor(shared: &Path, dir: &Path) -> PathBuf {
    let program = dir.join("floor/release/tbench");
    if !program.exists() {
        let manifest = shared.join("bench/floor/Cargo.toml");
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--release", "--manifest-path"]).arg(manifest);
        run(cargo.env("CARGO_TARGET_DIR", dir.join("floor")));
    }
    program
}
