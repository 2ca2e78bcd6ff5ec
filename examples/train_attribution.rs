//! Trains the attribution model and writes its weights.
//!
//! `cargo run --release --features learning --example train_attribution -- --data ../shared/data/quotes --out src/quotation/weights.bin`
//!
//! `--only train` uses the articles of one compartment only, as for the figures in docs/attribution.md.

use anyhow::{Context, Result};
use newshound::quotation::learning::{Course, Example, train};
use std::path::{Path, PathBuf};

#[path = "labelled/mod.rs"]
mod labelled;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|k| arguments.get(k + 1)).cloned();
    let data = PathBuf::from(value("--data").unwrap_or_else(|| "../shared/data/quotes".into()));
    let out = PathBuf::from(value("--out").unwrap_or_else(|| "src/quotation/weights.bin".into()));
    let examples = examples(&data, value("--only").as_deref())?;
    eprintln!("{} articles", examples.len());
    let weights = train(&examples, Course::default());
    let bytes = weights.bytes();
    std::fs::write(&out, &bytes).with_context(|| format!("writing {}", out.display()))?;
    eprintln!("{} bytes of weights in {}", bytes.len(), out.display());
    Ok(())
}

fn examples(quotes: &Path, only: Option<&str>) -> Result<Vec<Example>> {
    let mut labelled = labelled::polnear(&quotes.join("polnear-dev.jsonl"))?;
    labelled.extend(labelled::polnear(&quotes.join("german-dev.jsonl"))?.into_iter().filter(|l| l.compartment == "train"));
    labelled.retain(|l| only.is_none_or(|c| l.compartment == c));
    for labels in ["labels/articles.jsonl", "labels/further.jsonl", "labels/references.jsonl"] {
        labelled.extend(labelled::own(quotes.parent().unwrap_or(quotes), Path::new(labels))?);
    }
    Ok(labelled.into_iter().map(|l| l.example).collect())
}
