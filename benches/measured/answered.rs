//! newshound's engine asked a question of the floor's kinds, in this process.

use crate::measured::tree;
use cpu_time::ThreadTime;
use newshound::engine::embedded::IndexReader;
use newshound::engine::{Engine, Search};
use newshound::render::json::PassageJson;
use std::ops::ControlFlow;

/// What a question has given.
pub struct Answered {
    /// Passages shown; of those only counted, how many there are.
    pub found: usize,
    /// Of this thread's processor.
    pub micros: f64,
    /// Nothing was left out for want of time.
    pub is_whole: bool,
}

/// Answers one query, with or without totals.
pub fn answer(engine: &IndexReader, kind: &str, text: &str, totals: bool) -> Answered {
    let query = tree(kind, text);
    let search = match kind {
        "all" => Search::all(query),
        "count" => Search { limit: Some(0), ..Search::all(query) },
        _ => Search { totals, ..Search::best(query, 10) },
    };
    let started = ThreadTime::now();
    let mut bytes = 0;
    let summary = engine
        .search(&search, &mut |passage| {
            bytes += PassageJson::new(&passage, false).matches.len();
            ControlFlow::Continue(())
        })
        .expect("the index can be read");
    std::hint::black_box(bytes);
    let found = if kind == "count" { summary.passages } else { summary.shown };
    Answered { found, micros: started.elapsed().as_nanos() as f64 / 1000.0, is_whole: summary.partial.is_none() }
}
