//! Writes what was recognised in saved pages as JSON Lines, in the form `score_html.py` reads, and how fast.
//!
//!     cargo run --release --example score_pages -- --corpora ../shared/data/corpora --out pages.jsonl

use newshound::source::{self, Options, inspect::inspect};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut corpora, mut out) = (PathBuf::from("../shared/data/corpora"), PathBuf::from("pages.jsonl"));
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--corpora" => corpora = arguments.next().unwrap_or_default().into(),
            "--out" => out = arguments.next().unwrap_or_default().into(),
            other => anyhow::bail!("unknown argument {other}"),
        }
    }
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    let (mut pages, mut seconds, mut slowest) = (0, 0.0, (0.0, String::new()));
    for found in source::files(&corpora).flatten().filter(|found| found.name.contains("_html/")) {
        let start = Instant::now();
        let mut lines = Vec::new();
        source::read(&found, &Options::default(), &mut |article| {
            match article {
                Ok(article) => lines.push(serde_json::to_string(&inspect(&article))),
                Err(unread) => eprintln!("{unread}"),
            }
            ControlFlow::Continue(())
        });
        let took = start.elapsed().as_secs_f64();
        (pages, seconds) = (pages + 1, seconds + took);
        if took > slowest.0 {
            slowest = (took, found.name.clone());
        }
        for line in lines {
            writeln!(out, "{}", line?)?;
        }
    }
    eprintln!("{pages} pages, {:.1} pages/s, slowest {:.3} s {}", f64::from(pages) / seconds, slowest.0, slowest.1);
    Ok(())
}
