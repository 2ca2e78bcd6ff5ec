//! Opens an index, asks it, and prints the passages: `cargo run --example ask -- '"long-term peace"'`, after `newshound index corpus`.

use newshound::{Engine, IndexReader, QueryLimits, Search, Today, parse};
use std::ops::ControlFlow;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = std::env::args().nth(1).unwrap_or("peace".into());
    let index = IndexReader::open("index".as_ref())?;
    let query = parse(&asked, Today::from_clock(), &QueryLimits::default())?.query.ok_or("nothing to look for")?;
    let summary = index.search(&Search::best(query, 10), &mut |passage| {
        println!("{}\n{}:{}\n", passage.text, passage.location.path, passage.location.line.unwrap_or(1));
        ControlFlow::Continue(())
    })?;
    println!("{} passages in {} articles", summary.passages, summary.articles);
    Ok(())
}
