//! Prints every figure of docs/attribution.md, with the scorers that come with the labelled articles.
//!
//! `cargo run --release --features learning --example attribution_scores -- --quotes ../shared/data/quotes`
//!
//! The model is trained on the compartments "train" and our own labels (`labels/articles.jsonl`, `further.jsonl`, `references.jsonl`), and scored on "dev", wire
//! copy and fresh articles. `--shipped`
//! scores the weights in the library instead (these have seen "dev"); `--folds` scores our own labels by weights that saw nothing of the
//! same outlet or collection, `--folds-only` those alone; `--folds-polnear` and `--folds-german` add four-fold cross-validation over the "train" of each. `--rounds N`
//! trains N times instead of eight, `--learn-invented` learns from the invented articles too, which are scored else, `--seed N` takes the examples in other orders, `--part N` learns (for `--folds`) from N in a hundred of our
//! own labels, which shows what more of them would bring; `--no-reports` leaves reported speech unlearned; `KEEP=DIR` keeps the predictions, `UNSURE=1` takes in
//! reports that may be none.

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

    let number = |name: &str| arguments.iter().position(|a| a == name).and_then(|k| arguments.get(k + 1)?.parse::<u64>().ok());
    let usual = Course::default();
    let (rounds, seed) = (number("--rounds").unwrap_or(usual.rounds), number("--seed").unwrap_or(usual.seed));
    let course = Course { rounds, seed, reports: !given("--no-reports"), ..usual };
    let part = number("--part").unwrap_or(100);

    let polnear = labelled::polnear(&desk.quotes.join("polnear-dev.jsonl"))?;
    let german = labelled::polnear(&desk.quotes.join("german-dev.jsonl"))?;
    let own = labelled::own(desk.quotes.parent().unwrap_or(&desk.quotes), Path::new("labels/articles.jsonl"))?;
    let mut unscored = Vec::new();
    if given("--learn-invented") {
        unscored.extend(labelled::invented(false)?);
        unscored.extend(labelled::invented(true)?);
    }
    for labels in ["labels/further.jsonl", "labels/references.jsonl"] {
        unscored.extend(labelled::own(desk.quotes.parent().unwrap_or(&desk.quotes), Path::new(labels))?);
    }
    let (learned, dev): (Vec<&Labelled>, Vec<&Labelled>) = polnear.iter().chain(&german).partition(|l| l.compartment == "train");
    let (german_dev, dev): (Vec<&Labelled>, Vec<&Labelled>) = dev.into_iter().partition(|l| l.language == "de");
    let all = || learned.iter().copied().chain(&own).chain(&unscored);
    if !given("--folds-only") {
        let weights = if given("--shipped") { Weights::shipped().clone() } else { learn(all(), course) };
        desk.polnear("dev", "polnear-dev.jsonl", dev.iter().map(|l| (&weights, *l)))?;
        desk.polnear("German dev", "german-dev.jsonl", german_dev.iter().map(|l| (&weights, *l)))?;
        for (name, file) in [("wire copy", "wire-dev.jsonl"), ("fresh articles", "fresh-dev.jsonl")] {
            let articles = labelled::wire(&desk.quotes.join(file))?;
            desk.tables(name, &desk.quotes.join(file), articles.iter().map(|l| (&weights, l)))?;
        }
        if !given("--learn-invented") {
            desk.invented(&weights)?;
        }
    }
    if given("--folds") || given("--folds-only") {
        // An article is scored by weights that saw none of its outlet or collection.
        let fold = |l: &Labelled| l.compartment.bytes().fold(7u32, |h, b| h.wrapping_mul(31) ^ u32::from(b)) as usize % FOLDS;
        let folds: Vec<Weights> = std::thread::scope(|scope| {
            let (learned, own, unscored) = (&learned, &own, &unscored);
            let kept = move |l: &&Labelled| drawn(&l.example.article.source.path) < part;
            let outside = move |number| own.iter().chain(unscored).filter(move |l| fold(l) != number).filter(kept);
            let workers: Vec<_> = (0..FOLDS)
                .map(|number| scope.spawn(move || learn(learned.iter().copied().chain(outside(number)), course)))
                .collect();
            workers.into_iter().map(|worker| worker.join().expect("a fold is learned")).collect()
        });
        desk.own(own.iter().map(|l| (&folds[fold(l)], l)))?;
    }
    if given("--folds-polnear") {
        let train: Vec<&Labelled> = learned.iter().copied().filter(|l| l.language != "de").collect();
        let outside = |fold: usize| train.iter().enumerate().filter(move |(k, _)| k % 4 != fold).map(|(_, l)| *l);
        let folds: Vec<Weights> = (0..4).map(|fold| learn(outside(fold), course)).collect();
        desk.polnear("train, four folds", "polnear-dev.jsonl", train.iter().enumerate().map(|(k, l)| (&folds[k % 4], *l)))?;
    }
    if given("--folds-german") {
        let (train, others): (Vec<&Labelled>, Vec<&Labelled>) =
            all().partition(|l| l.language == "de" && l.compartment == "train");
        let outside = |fold: usize| train.iter().enumerate().filter(move |(k, _)| k % 4 != fold).map(|(_, l)| *l);
        let folds: Vec<Weights> = (0..4).map(|fold| learn(others.iter().copied().chain(outside(fold)), course)).collect();
        let articles = train.iter().enumerate().map(|(k, l)| (&folds[k % 4], *l));
        desk.polnear("German train, four folds", "german-dev.jsonl", articles)?;
    }
    std::fs::remove_dir_all(&desk.work)?;
    Ok(())
}

/// So many parts our own labels are cut into by where their articles are from.
const FOLDS: usize = 4;

/// A number below 100 for an article, by its name alone.
fn drawn(name: &str) -> u64 {
    name.bytes().fold(7u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)) / 7919 % 100
}

fn learn<'a>(labelled: impl Iterator<Item = &'a Labelled>, course: Course) -> Weights {
    let examples: Vec<Example> = labelled.map(|l| l.example.clone()).collect();
    train(&examples, course)
}

/// Where the labelled articles and their scorers are, and where predictions are put.
struct Desk {
    quotes: PathBuf,
    work: PathBuf,
}

impl Desk {
    /// Scores PolNeAR articles, each by the weights given with it.
    fn polnear<'a>(&self, name: &str, file: &str, articles: impl Iterator<Item = (&'a Weights, &'a Labelled)>) -> Result<()> {
        let articles: Vec<_> = articles.collect();
        let (gold, predicted) = (self.work.join("gold.jsonl"), self.work.join("predicted.jsonl"));
        let all = std::fs::read_to_string(self.quotes.join(file))?;
        let wanted: HashSet<&str> = articles.iter().map(|(_, l)| l.example.article.source.path.as_str()).collect();
        let record =
            |line: &&str| serde_json::from_str(line).is_ok_and(|r: Value| r["id"].as_str().is_some_and(|id| wanted.contains(id)));
        std::fs::write(&gold, all.lines().filter(record).collect::<Vec<_>>().join("\n"))?;
        predict(&predicted, articles.into_iter())?;
        let scores = self.score("score.py", &gold, &predicted)?;
        keep(&predicted, name)?;
        println!("{name}");
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

    /// Scores articles whose names are resolved, by every table of `labels/score.py`.
    fn tables<'a>(&self, name: &str, gold: &Path, articles: impl Iterator<Item = (&'a Weights, &'a Labelled)>) -> Result<()> {
        let predicted = self.work.join("predicted.jsonl");
        predict(&predicted, articles)?;
        let run = Command::new("python3").arg("labels/score.py").arg(&self.quotes).arg(gold).arg(&predicted).output()?;
        anyhow::ensure!(run.status.success(), "labels/score.py: {}", String::from_utf8_lossy(&run.stderr));
        println!("{name}\n{}", String::from_utf8_lossy(&run.stdout).trim_end());
        keep(&predicted, name)
    }

    /// Scores our own labels.
    fn own<'a>(&self, articles: impl Iterator<Item = (&'a Weights, &'a Labelled)>) -> Result<()> {
        let data = self.quotes.parent().unwrap_or(&self.quotes);
        let gold = self.work.join("own.jsonl");
        labelled::print_into(Command::new("python3").arg("labels/texts.py").arg(data).arg("labels/articles.jsonl"), &gold)?;
        self.tables("own labels, no outlet seen", &gold, articles)
    }

    /// Scores the invented articles, from which nothing is learned unless it is asked for.
    fn invented(&self, weights: &Weights) -> Result<()> {
        let gold = self.work.join("invented.jsonl");
        labelled::print_into(Command::new("python3").arg("labels/invented.py"), &gold)?;
        let articles = labelled::wire(&gold)?;
        self.tables("invented articles", &gold, articles.iter().map(|l| (weights, l)))
    }

    fn score(&self, scorer: &str, gold: &Path, predicted: &Path) -> Result<Value> {
        let run = Command::new("python3").arg(self.quotes.join(scorer)).arg(gold).arg(predicted).arg("--json").output();
        let run = run.with_context(|| format!("running {scorer}"))?;
        anyhow::ensure!(run.status.success(), "{scorer}: {}", String::from_utf8_lossy(&run.stderr));
        Ok(serde_json::from_slice(&run.stdout)?)
    }
}

/// Keeps predictions for reading, where `KEEP` names a folder.
fn keep(predicted: &Path, name: &str) -> Result<()> {
    if let Some(folder) = std::env::var_os("KEEP") {
        std::fs::copy(predicted, Path::new(&folder).join(name.replace(' ', "-")))?;
    }
    Ok(())
}

fn predict<'a>(path: &Path, articles: impl Iterator<Item = (&'a Weights, &'a Labelled)>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for (weights, labelled) in articles {
        let article = &labelled.example.article;
        let mut found = AttributedJson::new(
            &article.source.path,
            article,
            &quotations_with(weights, article),
            std::env::var_os("UNSURE").is_some(),
        );
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
