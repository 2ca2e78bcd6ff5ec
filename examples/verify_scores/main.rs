//! Scores `newshound::verify` on quotations altered by rule: `cargo run --release --example verify_scores -- --corpora DIR`.
//!
//! Every folder of DIR is read; one story in ten is held out, the others are indexed. Quotations of at least six words whose speaker is
//! sure are altered by rule, each rule knowing its verdict, and the whole table of confusions is printed. A case whose altered words are
//! printed somewhere after all (looked for in all the text, without the index) is thrown away. `--each N` cases of each rule, `--seed N`,
//! `--show N` wrong answers, `--sweep` for the least overlap.

mod archive;
mod rules;

use archive::Corpus;
use newshound::verify::{Bounds, Checked, Verdict, verify};
use newshound::{Engine, IndexReader};
use rules::{Case, RULES};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, usual: usize| value(name).and_then(|n| n.parse().ok()).unwrap_or(usual);
    let root = PathBuf::from(value("--corpora").map_or("corpus", String::as_str));
    if !root.is_dir() {
        println!("skipped: no {}", root.display());
        return Ok(());
    }
    let dir = tempfile::tempdir()?;
    let corpus = Corpus::read(&root, dir.path())?;
    let archive = IndexReader::open(dir.path())?;
    println!(
        "{} articles indexed, {} quotations to alter, {} held out",
        corpus.indexed,
        corpus.quoted.len(),
        corpus.held_out.len()
    );
    let cases = rules::cases(&corpus, number("--each", 200), number("--seed", 1) as u64);
    if args.iter().any(|arg| arg == "--sweep") {
        return sweep(&archive, &cases);
    }
    score(&archive, &cases, number("--show", 0))
}

fn score(archive: &dyn Engine, cases: &[Case], show: usize) -> anyhow::Result<()> {
    let mut table: BTreeMap<(usize, Verdict), usize> = BTreeMap::new();
    let (mut right, mut false_verbatim, mut shown) = (0, 0, 0);
    let mut times = Vec::new();
    for case in cases {
        let began = Instant::now();
        let checked = verify(archive, &case.claim, &Bounds::default())?;
        times.push(began.elapsed());
        *table.entry((case.rule, checked.verdict)).or_default() += 1;
        let wanted = RULES[case.rule].1;
        right += usize::from(checked.verdict == wanted);
        false_verbatim += usize::from(checked.verdict == Verdict::Verbatim && wanted != Verdict::Verbatim);
        if checked.verdict != wanted && shown < show {
            shown += 1;
            tell(case, &checked);
        }
    }
    print_table(&table);
    times.sort_unstable();
    println!(
        "{right} of {} right: {:.4}; called verbatim and are not: {false_verbatim}",
        cases.len(),
        right as f64 / cases.len() as f64
    );
    if let (Some(median), Some(most)) = (times.get(times.len() / 2), times.last()) {
        println!("median {:.1} ms, longest {:.1} ms", median.as_secs_f64() * 1e3, most.as_secs_f64() * 1e3);
    }
    Ok(())
}

fn print_table(table: &BTreeMap<(usize, Verdict), usize>) {
    print!("| rule | wanted |");
    Verdict::NAMES.iter().for_each(|(name, _)| print!(" {name} |"));
    println!("\n|{}", "---|".repeat(2 + Verdict::NAMES.len()));
    for (at, (rule, wanted)) in RULES.iter().enumerate() {
        print!("| {rule} | {} |", wanted.name());
        for (_, verdict) in Verdict::NAMES {
            print!(" {} |", table.get(&(at, verdict)).map_or(String::new(), usize::to_string));
        }
        println!();
    }
}

fn tell(case: &Case, checked: &Checked) {
    println!("{} -> {} ({:.2}, {:?})", RULES[case.rule].0, checked.verdict.name(), checked.common, case.claim.speaker);
    println!("    given   {}", case.claim.words);
    println!("    from    {}", case.from);
    for place in checked.places.iter().take(2) {
        println!("    printed {} [{:?} {:.2}, {}]", place.text, place.speaker, place.confidence, place.path);
    }
}

/// How many of the altered are lost, and of those held out are found, by the least overlap.
fn sweep(archive: &dyn Engine, cases: &[Case]) -> anyhow::Result<()> {
    let bounds = Bounds { least: 0.0, ..Bounds::default() };
    let (mut altered, mut absent) = (Vec::new(), Vec::new());
    for case in cases {
        match RULES[case.rule].1 {
            Verdict::Altered => altered.push(verify(archive, &case.claim, &bounds)?.common),
            Verdict::NotInArchive => absent.push(verify(archive, &case.claim, &bounds)?.common),
            _ => {}
        }
    }
    println!("| least | altered, lost | held out, called altered |\n|---|---|---|");
    for least in (30..=85).step_by(5).map(|percent| f64::from(percent) / 100.0) {
        let below = altered.iter().filter(|common| **common < least).count();
        let above = absent.iter().filter(|common| **common >= least).count();
        println!("| {least:.2} | {below} of {} | {above} of {} |", altered.len(), absent.len());
    }
    Ok(())
}
