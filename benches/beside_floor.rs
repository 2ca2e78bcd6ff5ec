//! newshound beside raw tantivy (the floor of `../shared/bench`): building an index, warm queries, and whole processes.
//!
//! ```text
//! cargo bench --bench beside_floor                 25 MB; what it needs is made under target/bench
//! MB=250 RUNS=3 cargo bench --bench beside_floor
//! PARTS=warm cargo bench --bench beside_floor       again, with the indexes of the last run
//! ```
//!
//! The floor indexes paragraphs and knows nothing of news; both get the same text, newshound as one .txt file an article.
//! Runs alternate. CPU is user and system time of the whole process, and of the one thread that answers for warm queries;
//! medians are printed, and the ratio to the floor.

use answered::answer;
use measured::{Times, percentile, timed};
use news::News;
use newshound::engine::embedded::{IndexReader, size};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "measured/answered.rs"]
mod answered;
#[path = "measured/mod.rs"]
mod measured;
#[path = "measured/news.rs"]
mod news;

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct Bench {
    news: News,
    runs: usize,
    floor: PathBuf,
    ours: PathBuf,
}

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.join("bench").exists() {
        println!("skipped: no ../shared/bench");
        return;
    }
    let variable = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    let bench = Bench {
        news: News::made(variable("MB", "25").parse().expect("MB is a number"), &dir, &shared),
        runs: variable("RUNS", "5").parse().unwrap_or(5),
        floor: news::floor(&shared, &dir),
        ours: PathBuf::from(env!("CARGO_BIN_EXE_newshound")),
    };
    let text = bench.news.text_bytes();
    println!("{} MB of news, {} runs each, alternating; ratio = newshound / raw tantivy\n", bench.news.mb, bench.runs);
    println!("| what | newshound | raw tantivy | ratio |\n|---|---|---|---|");
    let parts = variable("PARTS", "build,warm,cold");
    if parts.contains("build") {
        bench.build(text);
    }
    if parts.contains("warm") {
        bench.warm();
    }
    if parts.contains("cold") {
        bench.cold();
    }
}

impl Bench {
    fn build(&self, text: f64) {
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        for _ in 0..self.runs {
            let _ = fs::remove_dir_all(self.news.index("floor"));
            floor.push(timed(
                Command::new(&self.floor).arg("index").arg(self.news.jsonl()).arg(self.news.index("floor")).arg("2"),
            ));
            let _ = fs::remove_dir_all(self.news.index("ours"));
            ours.push(timed(
                Command::new(&self.ours).arg("index").arg(self.news.files()).arg("--index").arg(self.news.index("ours")),
            ));
        }
        let cpu = |times: &[Times]| median(times.iter().map(|t| t.cpu).collect());
        let wall = |times: &[Times]| median(times.iter().map(|t| t.wall).collect());
        row("index build, CPU s", cpu(&ours), cpu(&floor), 2);
        row("index build, MB a CPU second", text / 1e6 / cpu(&ours), text / 1e6 / cpu(&floor), 1);
        row("index build, wall s", wall(&ours), wall(&floor), 2);
        let bytes = |whose: &str| size(&self.news.index(whose)).unwrap_or(0) as f64 / text;
        row("index size / text", bytes("ours"), bytes("floor"), 2);
    }

    fn warm(&self) {
        let mut floor: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut ours: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut without: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut hits: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        let mut cut = 0;
        let engine = IndexReader::open(&self.news.index("ours")).expect("just built");
        let queries = fs::read_to_string(self.news.queries()).expect("just made");
        for run in 0..self.runs {
            let output = Command::new(&self.floor)
                .arg("queries")
                .arg(self.news.index("floor"))
                .arg(self.news.queries())
                .arg("1")
                .output()
                .expect("the floor runs");
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                let parts: Vec<&str> = line.split('\t').collect();
                floor.entry(parts[0].to_owned()).or_default().push(parts[4].parse().unwrap_or(0.0));
                if parts[0] == "fetch_all" {
                    hits.entry("floor".into()).or_default().0 += parts[2].parse().unwrap_or(0.0);
                    hits.entry("floor".into()).or_default().1 += parts[4].parse().unwrap_or(0.0);
                }
            }
            for warming in [run == 0, false] {
                for line in queries.lines() {
                    let parts: Vec<&str> = line.split('\t').collect();
                    let counted = answer(&engine, parts[1], parts[2], true);
                    let uncounted = (!matches!(parts[1], "all" | "count")).then(|| answer(&engine, parts[1], parts[2], false));
                    if warming {
                        continue;
                    }
                    cut += usize::from(!counted.is_whole);
                    if let Some(uncounted) = uncounted {
                        without.entry(parts[0].to_owned()).or_default().push(uncounted.micros);
                    }
                    ours.entry(parts[0].to_owned()).or_default().push(counted.micros);
                    if parts[0] == "fetch_all" {
                        hits.entry("ours".into()).or_default().0 += counted.found as f64;
                        hits.entry("ours".into()).or_default().1 += counted.micros;
                    }
                }
            }
        }
        for (class, ours) in &ours {
            let floor = &floor[class];
            row(&format!("warm {class}, us p50"), percentile(ours, 50), percentile(floor, 50), 0);
            row(&format!("warm {class}, us p99"), percentile(ours, 99), percentile(floor, 99), 0);
            if let Some(ours) = without.get(class) {
                row(&format!("warm {class} without totals, us p50"), percentile(ours, 50), percentile(floor, 50), 0);
                row(&format!("warm {class} without totals, us p99"), percentile(ours, 99), percentile(floor, 99), 0);
            }
        }
        let each = |whose: &str| hits.get(whose).map_or(0.0, |(hits, micros)| micros / hits.max(1.0));
        row("fetch all with marks, us a hit", each("ours"), each("floor"), 1);
        if cut > 0 {
            println!("{cut} answers with totals were broken off for want of time");
        }
    }

    /// Whole processes: 40 queries of each kind, CPU ms each.
    fn cold(&self) {
        let queries = fs::read_to_string(self.news.queries()).expect("just made");
        for class in ["phrase_rare", "phrase_common", "phrase_hyphen"] {
            let (mut ours, mut floor) = (Vec::new(), Vec::new());
            for line in queries.lines().filter(|line| line.starts_with(class)) {
                let text = line.rsplit('\t').next().unwrap_or("");
                floor.push(timed(Command::new(&self.floor).arg("one").arg(self.news.index("floor")).args(["phrase", text])));
                let quoted = format!("\"{text}\"");
                ours.push(timed(Command::new(&self.ours).args(["search", &quoted, "--index"]).arg(self.news.index("ours"))));
            }
            // Ticks of 10 ms are too coarse for one process; their sum is not.
            let cpu = |times: &[Times]| 1000.0 * times.iter().map(|t| t.cpu).sum::<f64>() / times.len().max(1) as f64;
            let wall = |times: &[Times]| 1000.0 * median(times.iter().map(|t| t.wall).collect());
            row(&format!("cold search, {class}, CPU ms"), cpu(&ours), cpu(&floor), 1);
            row(&format!("cold search, {class}, wall ms p50"), wall(&ours), wall(&floor), 1);
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn row(what: &str, ours: f64, floor: f64, digits: usize) {
    println!("| {what} | {ours:.digits$} | {floor:.digits$} | {:.2} |", ours / floor);
}
