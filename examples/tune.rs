//! Looks for better constants of the ranking on the development tasks, one step at a time from where they are.
//!
//! ```text
//! cargo run --release --example evaluate -- ... --out DIR      (makes the indexes)
//! cargo run --release --example tune -- --eval ../shared/data/eval --out DIR --steps 200 [--start K1,B,...]
//! ```
//!
//! Prints every improvement of the mean of nDCG@10 on `time`, `multihop` and `knownitem` and of how many of the facts of
//! `multihop` stand in the first 10 passages. Seeded: the same run twice is the same.

use anyhow::Context;
use newshound::engine::embedded::{IndexReader, RankingWeights};
use newshound::engine::{Engine, Search};
use newshound::query::{Query, loose};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

struct Task {
    name: &'static str,
    engine: Option<IndexReader>,
    queries: Vec<(String, Query)>,
    relevant: HashMap<String, HashSet<String>>,
    /// Sentences that answer each query, white space collapsed; only `multihop` has them.
    facts: HashMap<String, Vec<String>>,
}

fn main() -> anyhow::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| given.iter().position(|a| a == name).and_then(|i| given.get(i + 1).cloned());
    let eval = PathBuf::from(value("--eval").context("--eval DIR is missing")?);
    let out = PathBuf::from(value("--out").context("--out DIR is missing")?);
    let steps: usize = value("--steps").unwrap_or_default().parse().unwrap_or(100);
    let mut tasks: Vec<Task> =
        ["time", "multihop", "knownitem"].map(|name| Task::read(&eval, &out, name)).into_iter().collect::<Result<_, _>>()?;
    let mut best = RankingWeights::default();
    if let Some(start) = value("--start") {
        for (number, text) in start.split(',').enumerate() {
            *fields(&mut best)[number] =
                text.parse().with_context(|| format!("--start {text}: eighteen numbers, in the order of RankingWeights"))?;
        }
    }
    let mut best_score = measure(&mut tasks, best)?;
    let mut seed = 1u64;
    for _ in 0..steps {
        let mut next = best;
        for _ in 0..1 + random(&mut seed) % 2 {
            vary(&mut next, &mut seed);
        }
        let score = measure(&mut tasks, next)?;
        if score > best_score + 1e-4 {
            (best, best_score) = (next, score);
            println!("{best_score:.4} {best:?}");
        }
    }
    Ok(())
}

/// The constants in the order they are declared.
fn fields(weights: &mut RankingWeights) -> [&mut f32; 18] {
    [
        &mut weights.k1,
        &mut weights.b,
        &mut weights.article_k1,
        &mut weights.article_b,
        &mut weights.article,
        &mut weights.headline,
        &mut weights.about,
        &mut weights.coverage,
        &mut weights.lead,
        &mut weights.near,
        &mut weights.between,
        &mut weights.day,
        &mut weights.outlet_word,
        &mut weights.outlet,
        &mut weights.outlet_again,
        &mut weights.like,
        &mut weights.head,
        &mut weights.again,
    ]
}

fn vary(weights: &mut RankingWeights, seed: &mut u64) {
    let fields = fields(weights);
    let which = random(seed) as usize % fields.len();
    let factor = [0.6, 0.8, 0.9, 1.1, 1.25, 1.6][random(seed) as usize % 6];
    for (number, field) in fields.into_iter().enumerate() {
        if number == which {
            *field = if *field == 0.0 { 0.2 } else { *field * factor };
        }
    }
    weights.b = weights.b.min(1.0);
    weights.article_b = weights.article_b.min(1.0);
    weights.head = weights.head.min(1.0);
    weights.again = weights.again.min(1.0);
    weights.between = weights.between.min(1.0);
    weights.outlet_again = weights.outlet_again.min(1.0);
}

/// xorshift64: all that is needed here is that it is the same every time.
fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed >> 11
}

impl Task {
    fn read(eval: &Path, out: &Path, name: &'static str) -> anyhow::Result<Task> {
        let engine = Some(IndexReader::open(&out.join(format!("index-{name}")))?);
        let text = std::fs::read_to_string(eval.join(name).join("queries.tsv"))?;
        let queries =
            text.lines().filter_map(|line| line.split_once('\t')).filter_map(|(id, text)| Some((id.to_owned(), loose(text)?)));
        let mut relevant: HashMap<String, HashSet<String>> = HashMap::new();
        for line in std::fs::read_to_string(eval.join(name).join("qrels.txt"))?.lines() {
            let parts: Vec<&str> = line.split(' ').collect();
            if parts.len() > 3 && parts[parts.len() - 1] != "0" {
                relevant.entry(parts[0].to_owned()).or_default().insert(parts[2..parts.len() - 1].join(" "));
            }
        }
        let facts = read_facts(&eval.join(name).join("evidence.jsonl"))?;
        Ok(Task { name, engine, queries: queries.collect(), relevant, facts })
    }

    /// nDCG@10 of the articles, and the share of the facts in the first 10 passages when the task has any.
    fn score(&mut self, weights: RankingWeights) -> anyhow::Result<(f64, Option<f64>)> {
        let engine = self.engine.take().context("engine is there")?.with_weights(weights);
        let (mut sum, mut found) = (0.0, 0.0);
        for (id, query) in &self.queries {
            let (seen, first) = answer(&engine, query)?;
            if let Some(relevant) = self.relevant.get(id) {
                let worth = |at: usize| 1.0 / (at as f64 + 2.0).log2();
                let gain: f64 = (0..seen.len()).filter(|at| relevant.contains(&seen[*at])).map(worth).sum();
                sum += gain / (0..relevant.len().min(10)).map(worth).sum::<f64>();
            }
            if let Some(facts) = self.facts.get(id) {
                let there = facts.iter().filter(|fact| first.iter().any(|text| text.contains(fact.as_str())));
                found += there.count() as f64 / facts.len() as f64;
            }
        }
        self.engine = Some(engine);
        let facts = (!self.facts.is_empty()).then(|| found / self.facts.len() as f64);
        Ok((sum / self.relevant.len() as f64, facts))
    }
}

/// The first ten articles of an answer and the texts of its first ten passages.
fn answer(engine: &IndexReader, query: &Query) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let (mut seen, mut first) = (Vec::new(), Vec::new());
    engine.search(&Search::best(query.clone(), 200), &mut |passage| {
        if first.len() < 10 {
            first.push(collapsed(&passage.text));
        }
        let document = format!("{}#{}", passage.location.path, passage.location.record);
        if !seen.contains(&document) {
            seen.push(document);
        }
        if seen.len() < 10 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok((seen, first))
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_facts(path: &Path) -> anyhow::Result<HashMap<String, Vec<String>>> {
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(HashMap::new()) };
    let mut facts = HashMap::new();
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        let of_query = line["facts"].as_array().into_iter().flatten().filter_map(|fact| fact.as_str()).map(collapsed);
        facts.insert(line["qid"].as_str().unwrap_or_default().to_owned(), of_query.collect());
    }
    Ok(facts)
}

fn measure(tasks: &mut [Task], weights: RankingWeights) -> anyhow::Result<f64> {
    let mut scores = Vec::new();
    let mut line = String::new();
    for task in tasks.iter_mut() {
        let (ndcg, facts) = task.score(weights)?;
        line += &format!("{} {ndcg:.4}  ", task.name);
        scores.push(ndcg);
        if let Some(facts) = facts {
            line += &format!("facts {facts:.4}  ");
            scores.push(facts);
        }
    }
    eprintln!("{line}");
    Ok(scores.iter().sum::<f64>() / scores.len() as f64)
}
