//! Prints every figure of docs/attribution.md, with the scorers that come with the labelled articles.
//!
//! `cargo run --release --features learning --example attribution_scores -- --quotes ../shared/data/quotes`
//!
//! The model is trained on the compartment "train" alone and scored on "dev" and on wire copy. `--shipped` scores the weights in the
//! library instead (these have seen "dev"); `--folds` adds four-fold cross-validation over "train".

use anyhow::{Context, Result};
use labelled::Labelled;
use newshound::quotation::learning::{Course, Example, train};
use newshound::quotation::{Weights, quotations_with};
use newshound::render::json::AttributedJson;
use serde_json::Value;
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "labelled/mod.rs"]
mod labelled;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| arguments.iter().any(|a| a == name);
    let place = arguments.iter().position(|a| a == "--quotes").and_then(|k| arguments.get(k + 1));
    let quotes = PathBuf::from(place.map_or("../shared/data/quotes", String::as_str));
    let desk = Desk { work: std::env::temp_dir().join(format!("newshound-attribution-{}", std::process::id())), quotes };
    std::fs::create_dir_all(&desk.work)?;

    let polnear = labelled::polnear(&desk.quotes.join("polnear-dev.jsonl"))?;
    let (learned, dev): (Vec<&Labelled>, Vec<&Labelled>) = polnear.iter().partition(|l| l.compartment == "train");
    let weights = if given("--shipped") { Weights::shipped().clone() } else { learn(learned.iter().copied()) };
    desk.polnear("dev", dev.iter().map(|l| (&weights, *l)))?;
    let wire = labelled::wire(&desk.quotes.join("wire-dev.jsonl"))?;
    desk.wire(&weights, &wire)?;
    if given("--folds") {
        let folds: Vec<Weights> = (0..4).map(|fold| learn(outside(&learned, fold))).collect();
        desk.polnear("train, four folds", learned.iter().enumerate().map(|(k, l)| (&folds[k % 4], *l)))?;
    }
    std::fs::remove_dir_all(&desk.work)?;
    Ok(())
}

fn outside<'a>(all: &'a [&'a Labelled], fold: usize) -> impl Iterator<Item = &'a Labelled> {
    all.iter().enumerate().filter(move |(k, _)| k % 4 != fold).map(|(_, l)| *l)
}

fn learn<'a>(labelled: impl Iterator<Item = &'a Labelled>) -> Weights {
    let examples: Vec<Example> = labelled.map(|l| l.example.clone()).collect();
    train(&examples, Course::default())
}

/// Where the labelled articles and their scorers are, and where predictions are put.
struct Desk {
    quotes: PathBuf,
    work: PathBuf,
}

impl Desk {
    /// Scores PolNeAR articles, each by the weights given with it.
    fn polnear<'a>(&self, name: &str, articles: impl Iterator<Item = (&'a Weights, &'a Labelled)>) -> Result<()> {
        let articles: Vec<_> = articles.collect();
        let (gold, predicted) = (self.work.join("gold.jsonl"), self.work.join("predicted.jsonl"));
        let all = std::fs::read_to_string(self.quotes.join("polnear-dev.jsonl"))?;
        let wanted: HashSet<&str> = articles.iter().map(|(_, l)| l.example.article.source.path.as_str()).collect();
        let record =
            |line: &&str| serde_json::from_str(line).is_ok_and(|r: Value| r["id"].as_str().is_some_and(|id| wanted.contains(id)));
        std::fs::write(&gold, all.lines().filter(record).collect::<Vec<_>>().join("\n"))?;
        predict(&predicted, articles.into_iter())?;
        let scores = self.score("score.py", &gold, &predicted)?;
        println!("PolNeAR {name}");
        for kind in ["all", "direct", "mixed"] {
            let row = &scores["quoted"][kind];
            println!(
                "  quoted  {kind:8} found exact F {}  speaker right {}  end to end F {}",
                figure(&row["exact"]["f"]),
                figure(&row["speaker_acc"]),
                figure(&row["e2e"]["f"])
            );
        }
        let row = &scores["content"]["indirect"];
        let overlap = &row["overlap"];
        println!(
            "  content indirect overlap P {} R {} F {}  end to end F {}",
            figure(&overlap["p"]),
            figure(&overlap["r"]),
            figure(&overlap["f"]),
            figure(&row["e2e"]["f"])
        );
        Ok(())
    }

    /// Scores wire copy.
    fn wire(&self, weights: &Weights, articles: &[Labelled]) -> Result<()> {
        let predicted = self.work.join("wire.jsonl");
        predict(&predicted, articles.iter().map(|l| (weights, l)))?;
        let scores = self.score("score_wire.py", &self.quotes.join("wire-dev.jsonl"), &predicted)?;
        println!("wire copy");
        let all = &scores["all"];
        println!(
            "  found F {}  speaker right {}  end to end F {}",
            figure(&all["F"]),
            figure(&all["spkAcc"]),
            figure(&all["e2eF"])
        );
        for mention in ["named", "pronoun", "description", "none"] {
            println!("  mention {mention:12} speaker right {}", figure(&scores[format!("mention {mention}").as_str()]["spkAcc"]));
        }
        let other = &scores["not_speech"];
        println!(
            "  claimed though no speech: {} of {}, {} of {} of three words or more",
            other["claimed"], other["n"], other["claimed3"], other["n3"]
        );
        Ok(())
    }

    fn score(&self, scorer: &str, gold: &Path, predicted: &Path) -> Result<Value> {
        let run = Command::new("python3").arg(self.quotes.join(scorer)).arg(gold).arg(predicted).arg("--json").output();
        let run = run.with_context(|| format!("running {scorer}"))?;
        anyhow::ensure!(run.status.success(), "{scorer}: {}", String::from_utf8_lossy(&run.stderr));
        Ok(serde_json::from_slice(&run.stdout)?)
    }
}

fn predict<'a>(path: &Path, articles: impl Iterator<Item = (&'a Weights, &'a Labelled)>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for (weights, labelled) in articles {
        let article = &labelled.example.article;
        let mut found = AttributedJson::new(&article.source.path, article, &quotations_with(weights, article));
        // The scorers and the labelled articles are older than our names for kinds: what is partial here is `mixed` there.
        found.quotes.iter_mut().filter(|quote| quote.kind == "partial").for_each(|quote| quote.kind = "mixed");
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
    }
    out.flush()?;
    Ok(())
}

fn figure(value: &Value) -> String {
    value.as_f64().map_or("-".to_string(), |f| format!("{f:.3}"))
}
