//! newshound beside raw tantivy, Lucene, SQLite FTS5 and ripgrep as the archive grows: prints the tables of docs/performance.md and README.md.
//!
//! ```text
//! cargo bench --bench growth                               5 and 25 MB, to try it
//! SIZES=25,250,1000 RUNS=5 cargo bench --bench growth       the tables, on a machine that does nothing else
//! DIR=/large ...                                           corpora and indexes go below this directory and not that of temporary files
//! LUCENE=DIR ...                                           jars of Lucene (and jackson-core); else those of `.ci/opensearch/cluster.sh get`
//! ```
//!
//! In one run each system answers the questions of `../shared/bench` once to warm and once to be measured; systems take turns. Of each run the
//! p50 and the p99 of a class, of these the median over the runs. CPU of the one thread that answers, where a system tells it. What is made
//! is removed again; what a rival needs and is not there is named.

#[path = "../measured/answered.rs"]
mod answered;
mod building;
mod figures;
mod jvm;
#[path = "../measured/mod.rs"]
mod measured;
#[path = "../measured/news.rs"]
mod news;
mod rivals;
mod ripgrep;
mod systems;
mod tables;

use figures::Figures;
use news::News;
use std::path::{Path, PathBuf};
use systems::{System, Tools};

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared");
    if !shared.join("bench").exists() {
        println!("skipped: no ../shared/bench");
        return;
    }
    let runs = variable("RUNS", "5").parse().expect("RUNS=N");
    let tools = Tools::found(root, &shared);
    let sizes = variable("SIZES", "5,25");
    let sizes = sizes.split(',').map(|mb| mb.parse().expect("SIZES=MB[,MB]"));
    let measured: Vec<Figures> = sizes.map(|mb| of_size(mb, runs, &tools, &shared)).collect();
    tables::print(&measured, &tools, runs);
}

fn variable(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

/// Makes the corpus, measures all systems, and removes what was made.
fn of_size(mb: usize, runs: usize, tools: &Tools, shared: &Path) -> Figures {
    let parent = std::env::var_os("DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::Builder::new().prefix("growth-").tempdir_in(parent).expect("DIR can be written to");
    eprintln!("{mb} MB: the corpus");
    let news = News::made(mb, dir.path(), shared);
    let mut systems = tools.systems(&news, runs);
    let mut figures = Figures::new(mb, news.text_bytes());
    let builds = building::times(mb, runs);
    for build in 0..builds {
        systems.iter().for_each(|system| built(&**system, &mut figures, &format!("{} of {builds}", build + 1)));
    }
    for run in 0..runs {
        systems.iter_mut().for_each(|system| asked(&mut **system, run, &mut figures));
    }
    figures
}

fn built(system: &dyn System, figures: &mut Figures, which: &str) {
    if let Some(index) = system.index() {
        eprintln!("{} MB: {} builds its index, {which}", figures.mb, system.name());
        figures.built(system.name(), building::build(index));
    }
}

fn asked(system: &mut dyn System, run: usize, figures: &mut Figures) {
    eprintln!("{} MB: {} is asked, run {}", figures.mb, system.name(), run + 1);
    let answers = system.pass(run);
    figures.asked(system.name(), answers);
}
