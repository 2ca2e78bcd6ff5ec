//! Reads labelled articles: PolNeAR and wire copy, as described in docs/attribution.md.

use anyhow::{Context, Result};
use newshound::article::{Article, Span};
use newshound::quotation::learning::{Attribution, Example};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A labelled article and the part of the corpus it belongs to.
pub struct Labelled {
    /// "train" or "dev"; for our own labels the outlet or collection the article is from.
    pub compartment: String,
    /// ISO 639-1, where it is said.
    #[allow(dead_code)]
    pub language: String,
    /// What the article is about, for our own labels.
    #[allow(dead_code)]
    pub genre: String,
    /// The article with its labels.
    pub example: Example,
}

/// Reads the PolNeAR file.
pub fn polnear(path: &Path) -> Result<Vec<Labelled>> {
    read(path, |record, places, text| {
        let headline = text.lines().next() == record["headline"].as_str();
        let list = record["attributions"].as_array().map(Vec::as_slice).unwrap_or_default();
        (headline, list.iter().map(|a| attribution(a, places)).collect())
    })
}

/// Reads our own labels (`labels/`) with the texts they belong to, which `labels/texts.py` finds in `data`; none without them.
#[allow(dead_code)]
pub fn own(data: &Path, labels: &Path) -> Result<Vec<Labelled>> {
    printed(Command::new("python3").arg(labels.with_file_name("texts.py")).arg(data).arg(labels))
}

/// Reads the invented articles of `labels/invented`, with their quotations or with whom their mentions stand for.
#[allow(dead_code)]
pub fn invented(references: bool) -> Result<Vec<Labelled>> {
    printed(Command::new("python3").arg("labels/invented.py").args(references.then_some("--references")))
}

/// The articles that a script prints.
fn printed(script: &mut Command) -> Result<Vec<Labelled>> {
    let path = std::env::temp_dir().join(format!("newshound-labels-{}.jsonl", std::process::id()));
    print_into(script, &path)?;
    let all = wire(&path);
    std::fs::remove_file(&path)?;
    all
}

/// Puts what a script prints into a file.
pub fn print_into(script: &mut Command, path: &Path) -> Result<()> {
    let run = script.output().with_context(|| format!("running {script:?}"))?;
    anyhow::ensure!(run.status.success(), "{script:?}: {}", String::from_utf8_lossy(&run.stderr));
    std::fs::write(path, &run.stdout).with_context(|| format!("writing {}", path.display()))
}

/// Reads the wire-copy file; what is no speech has no attribution.
#[allow(dead_code)]
pub fn wire(path: &Path) -> Result<Vec<Labelled>> {
    read(path, |record, places, _| {
        let headline = record["headline"].as_bool().unwrap_or_default();
        let list = record["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let spoken = list.iter().filter(|q| q["kind"] != "not_speech");
        (headline, spoken.map(|q| quote(q, places)).collect())
    })
}

fn read(path: &Path, labels: impl Fn(&Value, &[usize], &str) -> (bool, Vec<Attribution>)) -> Result<Vec<Labelled>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut all = Vec::new();
    for line in file.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().context("an article without text")?;
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (headline, attributions) = labels(&record, &places, text);
        let mut article = Article::plain(record["id"].as_str().unwrap_or_default(), text, headline);
        article.language = record["lang"].as_str().map(String::from);
        let said = |name: &str| record[name].as_str().map(String::from);
        let compartment = said("compartment").or_else(|| said("source")).unwrap_or_else(|| "wire".into());
        let (language, genre) = (said("lang").unwrap_or_default(), said("genre").unwrap_or_default());
        let reports = record["attributions"].is_array();
        let list = record["references"].as_array().map(Vec::as_slice).unwrap_or_default();
        let references: Vec<Attribution> =
            list.iter().filter(|r| r["unsure"] != true).map(|r| reference(r, &places, text)).collect();
        // Of an article whose readers were sure of nothing, nothing is known.
        if references.is_empty() && record["references"].is_array() {
            continue;
        }
        let example = Example { article, outlet: compartment.clone(), attributions, references, reports };
        all.push(Labelled { compartment, language, genre, example });
    }
    Ok(all)
}

fn attribution(record: &Value, places: &[usize]) -> Attribution {
    let spans = |name: &str| {
        let list = record[name].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|s| span(&s[0], &s[1], places)).collect()
    };
    let speaker = record["speaker"].as_str().map(String::from);
    Attribution {
        content: spans("content_spans"),
        source: spans("source_spans"),
        cue: spans("cue_spans"),
        speaker,
        unnamed: false,
    }
}

fn quote(record: &Value, places: &[usize]) -> Attribution {
    let content = span(&record["start"], &record["end"], places).into_iter().collect();
    let source = span(&record["mention_start"], &record["mention_end"], places).into_iter().collect();
    let unnamed = record["speaker_type"] == "unnamed";
    Attribution { content, source, cue: Vec::new(), speaker: record["speaker"].as_str().map(String::from), unnamed }
}

/// A mention and whom it stands for: somebody named, or described by other words or its own.
fn reference(record: &Value, places: &[usize], text: &str) -> Attribution {
    let mention = span(&record["start"], &record["end"], places);
    let said = |name: &str| record[name].as_str().map(String::from);
    let unnamed = record["speaker"].is_null();
    let own = || mention.map(|span| span.of(text).to_owned());
    let speaker = said("speaker").or_else(|| said("described")).or_else(own);
    Attribution { content: Vec::new(), source: mention.into_iter().collect(), cue: Vec::new(), speaker, unnamed }
}

fn span(start: &Value, end: &Value, places: &[usize]) -> Option<Span> {
    let at = |value: &Value| places.get(value.as_u64()? as usize).copied();
    Some(Span::new(at(start)?, at(end)?))
}
