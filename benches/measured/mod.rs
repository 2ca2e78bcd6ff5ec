//! What the benches beside another engine share: the questions of `../shared/bench`, whole processes timed, and what is made of figures.

use newshound::day::Days;
use newshound::query::{Exactness, Phrase, Query, Word};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The query of a line of `make_queries.py`: its kind and its argument.
pub fn tree(kind: &str, text: &str) -> Query {
    let phrase = |text: &str| Query::Phrase(Phrase { text: text.to_owned(), slop: 0, exactness: Exactness::Words });
    let words = || text.split(' ').map(phrase).collect();
    match kind {
        "and" => Query::And(words()),
        "or" => Query::Or(words()),
        "prefix" => Query::Word(Word::Wildcard(format!("{text}*"))),
        "fuzzy" => Query::Word(Word::Fuzzy(text.to_owned(), 1)),
        "datephrase" => {
            let parts: Vec<&str> = text.split('|').collect();
            let whole = |text| Days::read(text).expect("the queries hold dates");
            let days = Days { from: whole(parts[0]).from, to: whole(parts[1]).to };
            Query::And(vec![Query::Date(days), phrase(parts[2])])
        }
        _ => phrase(text),
    }
}

/// What a whole process took, in seconds.
pub struct Times {
    pub cpu: f64,
    pub wall: f64,
}

/// Runs a command that must not fail.
pub fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{command:?} failed");
}

/// Runs a command to its end.
pub fn timed(command: &mut Command) -> Times {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    clocked(|| command.status().map(drop).expect("the command starts"))
}

/// What some work took. CPU is what this process's children used that ended meanwhile, in ticks of 10 ms.
pub fn clocked(work: impl FnOnce()) -> Times {
    let (before, started) = (children_cpu(), Instant::now());
    work();
    Times { cpu: children_cpu() - before, wall: started.elapsed().as_secs_f64() }
}

/// User and system time of ended children in seconds: fields 16 and 17 of /proc/self/stat (proc_pid_stat(5)).
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    [13, 14].iter().filter_map(|i| fields.get(*i)?.parse::<f64>().ok()).sum::<f64>() / 100.0
}

pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get((values.len() * percent / 100).min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
