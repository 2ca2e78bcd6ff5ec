//! How many articles a second a core puts to saved searches, for 100, 1,000 and 10,000 of these.
//!
//! `cargo bench --bench alerts` takes the articles of `../shared/data/quotes`: the searches are made of every other one (phrases of two to four
//! words, pairs of words, loose words, speakers, a few wildcards), and the rest arrive, in batches as `newshound watch` makes them. Beside it
//! stands what it costs to ask every search of every batch. Time is that of the one thread that works.

use cpu_time::ThreadTime;
use newshound::engine::embedded::{IndexReader, IndexWriter};
use newshound::engine::{Engine, Intake, Search, StandingQueries};
use newshound::{Article, Query, QueryLimits, Quotation, Today, parse, quotations};
use std::ops::ControlFlow;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Articles of a batch, as in `newshound watch`.
const BATCH: usize = 200;

/// Searches that are asked one by one, for comparison.
const ONE_BY_ONE: usize = 1_000;

type Arrived = (Article, Vec<Quotation>);

fn main() {
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let articles = articles();
    if articles.is_empty() {
        println!("skipped: no ../shared/data");
        return;
    }
    let (sources, arriving): (Vec<_>, Vec<_>) = articles.into_iter().enumerate().partition(|(number, _)| number % 2 == 0);
    let sources: Vec<Arrived> = sources.into_iter().map(|(_, article)| article).collect();
    let arriving: Vec<Arrived> = arriving.into_iter().map(|(_, article)| article).collect();
    let bytes: usize = arriving.iter().map(|(article, _)| article.text.len()).sum();
    println!("{} articles arrive, {:.1} MB, in batches of {BATCH}", arriving.len(), bytes as f64 / 1e6);
    for count in [100, 1_000, 10_000] {
        let queries = queries(&sources, count);
        let made = ThreadTime::now();
        let waiting = StandingQueries::new(queries.iter().cloned(), Default::default());
        let made = made.elapsed();
        let began = ThreadTime::now();
        let mut passages = 0;
        for batch in arriving.chunks(BATCH) {
            waiting.answers(batch.to_vec(), &mut |_, _| passages += 1).expect("articles can be indexed");
        }
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{:>6} searches ({} without a word): {:.0} articles/s, {passages} passages; made ready in {:.3} s",
            waiting.len(),
            waiting.without_words(),
            arriving.len() as f64 / seconds,
            made.as_secs_f64()
        );
        if count == ONE_BY_ONE {
            one_by_one(&queries, &arriving, passages);
        }
    }
}

/// Every search asked of every batch.
fn one_by_one(queries: &[Query], arriving: &[Arrived], wanted: usize) {
    let (mut passages, mut seconds) = (0, 0.0);
    for batch in arriving.chunks(BATCH) {
        let dir = tempfile::tempdir().expect("a directory");
        let mut writer = IndexWriter::open(dir.path(), 1, None).expect("an index");
        batch.iter().for_each(|(article, quotations)| writer.add(article, quotations).expect("it is taken in"));
        writer.commit(None, &[]).expect("a commit");
        writer.close().expect("it is closed");
        let engine = IndexReader::open(dir.path()).expect("an index");
        let began = ThreadTime::now();
        for query in queries {
            let found = engine.search(&Search::all(query.clone()), &mut |_| {
                passages += 1;
                ControlFlow::Continue(())
            });
            found.expect("an answer");
        }
        seconds += began.elapsed().as_secs_f64();
    }
    assert_eq!(passages, wanted, "both find the same");
    let rate = arriving.len() as f64 / seconds;
    println!("{:>6} searches, each asked of every batch: {rate:.0} articles/s, indexing not counted", queries.len());
}

fn articles() -> Vec<Arrived> {
    let mut all = Vec::new();
    for name in ["unlabelled", "polnear-dev", "wire-dev"] {
        let Ok(file) = std::fs::read_to_string(format!("../shared/data/quotes/{name}.jsonl")) else { continue };
        for record in file.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
            if let (Some(id), Some(text)) = (record["id"].as_str(), record["text"].as_str()) {
                let article = Article::plain(id, text, true);
                let quotations = quotations(&article);
                all.push((article, quotations));
            }
        }
    }
    all
}

/// Searches as people save them, made of what these articles print.
fn queries(sources: &[Arrived], count: usize) -> Vec<Query> {
    let mut dice: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut below = move |most: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % most.max(1) as u64) as usize
    };
    let mut all = Vec::new();
    while all.len() < count {
        let (article, quotations) = &sources[below(sources.len())];
        let words: Vec<&str> = article.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if words.len() < 20 {
            continue;
        }
        let at = below(words.len() - 5);
        let long: Vec<&str> = words.iter().copied().filter(|word| word.chars().count() >= 5).collect();
        let word = |pick: usize| long.get(pick % long.len().max(1)).copied().unwrap_or("peace");
        let typed = match below(20) {
            0..8 => format!("\"{}\"", words[at..at + 2 + below(3)].join(" ")),
            8..12 => format!("{} AND {}", word(below(1 << 20)), word(below(1 << 20))),
            12..14 => format!("{} NEAR/10 {}", word(below(1 << 20)), word(below(1 << 20))),
            14..16 => format!("{} {}", word(below(1 << 20)), word(below(1 << 20))),
            16..19 => {
                let speakers: Vec<_> = quotations.iter().filter_map(|quotation| quotation.speaker.as_ref()).collect();
                let Some(speaker) = speakers.get(below(speakers.len())) else { continue };
                format!("speaker:\"{}\"", speaker.name.replace('"', ""))
            }
            _ => format!("{}* AND {}", word(below(1 << 20)), word(below(1 << 20))),
        };
        let parsed = parse(&typed, Today::from_clock(), &QueryLimits::default());
        all.extend(parsed.ok().and_then(|parsed| parsed.query));
    }
    all
}
