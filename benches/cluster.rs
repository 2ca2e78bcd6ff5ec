//! newshound on a cluster of OpenSearch beside newshound in a directory: taking articles in, size, and answers, as the archive grows.
//!
//! ```text
//! OPENSEARCH_URL=http://127.0.0.1:9201 cargo bench --bench cluster         10,000 and 100,000 articles; made under target/bench
//! ARTICLES=1000000 OPENSEARCH_URL=http://one:9200,two:9200,three:9200 cargo bench --bench cluster
//! PARTS=answers ...                                                       again, with the indexes of the last run
//! ```
//!
//! `SHARDS` (3), `REPLICAS` (0) and `FIRST` (the program's own) are those of the address. CPU of the cluster is what its nodes say of their
//! processes (`_nodes/stats/process`), before and after; sizes are `_stats/store`, all segments as they are after the run. Answers are timed by the
//! clock, for the work is done elsewhere: each question once to warm, then once, one after the other, ten passages with their totals.

use measured::{Times, percentile, run, timed, tree};
use newshound::engine::embedded::size;
use newshound::engine::{Engine, Place, Search};
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[path = "measured/mod.rs"]
mod measured;

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// MB of text of an article of `make_corpus.py`, on average.
const MB: f64 = 0.00153;
/// Questions of each class.
const QUESTIONS: usize = 20;

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let url = variable("OPENSEARCH_URL", "");
    if url.is_empty() || !shared.join("bench").exists() {
        println!("skipped: no OPENSEARCH_URL, or no ../shared/bench");
        return;
    }
    let parts = variable("PARTS", "intake,answers");
    for articles in variable("ARTICLES", "10000,100000").split(',') {
        let articles: usize = articles.parse().expect("ARTICLES=N[,N]");
        let bench = Bench::new(articles, &url, &shared);
        println!("\n{articles} articles, {} on {} nodes\n", bench.place, bench.nodes());
        if parts.contains("intake") {
            bench.intake();
        }
        if parts.contains("answers") {
            bench.answers();
        }
    }
}

fn variable(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

struct Bench {
    corpus: PathBuf,
    queries: PathBuf,
    directory: PathBuf,
    place: String,
    node: String,
    name: String,
}

impl Bench {
    /// Makes the corpus and its questions, unless they are there.
    fn new(articles: usize, url: &str, shared: &Path) -> Bench {
        let mb = ((articles as f64 * MB).round() as usize).max(1).to_string();
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/cluster");
        let corpus = dir.join(format!("news-{mb}"));
        let (jsonl, queries) = (corpus.join(format!("news-{mb}.jsonl")), dir.join(format!("queries-{mb}.tsv")));
        fs::create_dir_all(&corpus).expect("target/bench can be made");
        if !jsonl.exists() {
            let (script, data) = (shared.join("bench/make_corpus.py"), shared.join("data"));
            run(Command::new("python3").arg(script).arg("--data").arg(data).args(["--mb", &mb, "--out"]).arg(&corpus));
            let _ = fs::remove_file(corpus.join(format!("news-{mb}.manifest.json")));
        }
        if !queries.exists() {
            run(Command::new("python3").arg(shared.join("bench/make_queries.py")).arg(&jsonl).arg(&queries));
        }
        let name = format!("bench-{articles}");
        let first = std::env::var("FIRST").map(|first| format!("&first={first}")).unwrap_or_default();
        let options = format!("shards={}&replicas={}{first}", variable("SHARDS", "3"), variable("REPLICAS", "0"));
        Bench {
            corpus,
            queries,
            directory: dir.join(format!("index-{mb}")),
            place: format!("opensearch+{url}/{name}?{options}"),
            node: url.split(',').next().unwrap_or(url).to_owned(),
            name,
        }
    }

    /// A figure of the cluster.
    fn asked(&self, path: &str) -> serde_json::Value {
        let mut answer = ureq::get(format!("{}/{path}", self.node)).call().expect("the cluster answers");
        serde_json::from_str(&answer.body_mut().read_to_string().expect("it does")).expect("with JSON")
    }

    fn nodes(&self) -> u64 {
        self.asked("_cluster/health")["number_of_nodes"].as_u64().unwrap_or(0)
    }

    /// Seconds of the processor that its nodes have used since they began.
    fn cluster_cpu(&self) -> f64 {
        let stats = self.asked("_nodes/stats/process");
        let nodes = stats["nodes"].as_object().expect("it has nodes");
        nodes.values().filter_map(|node| node["process"]["cpu"]["total_in_millis"].as_f64()).sum::<f64>() / 1000.0
    }

    /// Bytes of headlines and paragraphs.
    fn text_bytes(&self) -> f64 {
        let file = fs::read_dir(&self.corpus).expect("just made").next().expect("one file").expect("it can be read").path();
        let lines = std::io::BufRead::lines(std::io::BufReader::new(fs::File::open(file).expect("it can be opened")));
        let of_line = |line: String| {
            let article: serde_json::Value = serde_json::from_str(&line).expect("the corpus is JSON");
            ["headline", "body"].iter().map(|key| article[key].as_str().map_or(0, str::len)).sum::<usize>()
        };
        lines.map_while(Result::ok).map(of_line).sum::<usize>() as f64
    }

    fn taken_in(&self, into: &str) -> Times {
        let program = env!("CARGO_BIN_EXE_newshound");
        let times = timed(Command::new(program).arg("index").arg(&self.corpus).args(["--rebuild", "--index", into]));
        run(Command::new(program).args(["status", "--index", into]));
        times
    }

    fn intake(&self) {
        let mb = self.text_bytes() / 1e6;
        let _ = fs::remove_dir_all(&self.directory);
        let alone = self.taken_in(&self.directory.to_string_lossy());
        let before = self.cluster_cpu();
        let ours = self.taken_in(&self.place);
        let cluster = self.cluster_cpu() - before;
        run(Command::new("curl").args(["-sf", "-X", "POST", &format!("{}/{}/_flush", self.node, self.name)]));
        let store = self.asked(&format!("{}/_stats/store", self.name));
        let bytes = |of: &str| store["_all"][of]["store"]["size_in_bytes"].as_f64().unwrap_or(0.0) / 1e6 / mb;
        println!("| taking in {mb:.0} MB of text | cluster | directory |\n|---|---|---|");
        println!("| newshound, MB a CPU second | {:.1} | {:.1} |", mb / ours.cpu, mb / alone.cpu);
        println!("| the nodes together, MB a CPU second | {:.2} | - |", mb / cluster);
        println!("| wall, s | {:.1} | {:.1} |", ours.wall, alone.wall);
        println!(
            "| index / text, one copy | {:.2} | {:.2} |",
            bytes("primaries"),
            size(&self.directory).unwrap_or(0) as f64 / 1e6 / mb
        );
        println!("| index / text, all copies | {:.2} | - |\n", bytes("total"));
    }

    fn answers(&self) {
        let directory = Place::directory(&self.directory).open().expect("PARTS=intake makes it");
        let began = Instant::now();
        let cluster = self.place.parse::<Place>().expect("an address").open().expect("PARTS=intake makes it");
        println!("opened in {:.0} ms\n", began.elapsed().as_secs_f64() * 1000.0);
        let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
        let queries = fs::read_to_string(&self.queries).expect("just made");
        for line in queries.lines() {
            let [name, kind, text] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let class = classes.entry(name).or_default();
            if class.questions < QUESTIONS {
                class.ask(&search(kind, text), &*directory, &*cluster);
            }
        }
        println!(
            "| class | cluster p50 / p99, ms | directory p50 / p99, ms | cut at `first` | of the best ten | refused |\n|---|---|---|---|---|---|"
        );
        classes.iter().for_each(|(name, class)| class.print(name));
    }
}

/// What was asked of one class of questions.
#[derive(Default)]
struct Class {
    questions: usize,
    cluster: Vec<f64>,
    directory: Vec<f64>,
    /// Questions of which the cluster read a part of the articles only.
    cut: usize,
    /// Passages that the directory gives, and those of them that the cluster gives too.
    best: (usize, usize),
    refused: usize,
}

impl Class {
    fn ask(&mut self, search: &Search, directory: &dyn Engine, cluster: &dyn Engine) {
        self.questions += 1;
        let _ = (answered(directory, search), answered(cluster, search));
        let alone = answered(directory, search).expect("a directory answers");
        self.directory.push(alone.millis);
        match answered(cluster, search) {
            None => self.refused += 1,
            Some(answer) => {
                self.cluster.push(answer.millis);
                self.cut += usize::from(answer.is_cut);
                self.best.0 += alone.ids.len();
                self.best.1 += alone.ids.iter().filter(|id| answer.ids.contains(id)).count();
            }
        }
    }

    fn print(&self, name: &str) {
        let pair = |times: &[f64]| format!("{:.1} / {:.1}", percentile(times, 50), percentile(times, 99));
        let (given, too) = self.best;
        let shared = if given == 0 { "-".to_owned() } else { format!("{:.3}", too as f64 / given as f64) };
        let (cluster, directory) = (pair(&self.cluster), pair(&self.directory));
        println!("| {name} | {cluster} | {directory} | {} of {} | {shared} | {} |", self.cut, self.questions, self.refused);
    }
}

struct Answer {
    ids: Vec<String>,
    is_cut: bool,
    millis: f64,
}

/// What an engine says; none where it refuses.
fn answered(engine: &dyn Engine, search: &Search) -> Option<Answer> {
    let began = Instant::now();
    let mut ids = Vec::new();
    let summary = engine.search(search, &mut |passage| {
        ids.push(passage.id);
        ControlFlow::Continue(())
    });
    let summary = summary.ok()?;
    Some(Answer { ids, is_cut: summary.partial.is_some(), millis: began.elapsed().as_secs_f64() * 1000.0 })
}

fn search(kind: &str, text: &str) -> Search {
    let query = tree(kind, text);
    match kind {
        "all" => Search::all(query),
        "count" => Search { limit: Some(0), ..Search::all(query) },
        _ => Search::best(query, 10),
    }
}
