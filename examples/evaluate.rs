//! Puts newshound through the retrieval and phrase tasks and prints every score.
//!
//! ```text
//! cargo run --release --example evaluate -- --corpora ../shared/data/corpora --eval ../shared/data/eval --out DIR
//! ```
//!
//! Indexes the folders each task names, writes run files in the formats of `score.py` into DIR and scores them with it
//! (python3). Folders that are not there are left out and named.

use anyhow::{Context, bail};
use newshound::article::Article;
use newshound::engine::embedded::{IndexReader, IndexWriter};
use newshound::engine::{Engine, Search};
use newshound::indexing::{Indexing, Report, index_files};
use newshound::query::{Exactness, Phrase, Query, loose};
use newshound::render::json::PassageJson;
use newshound::source::{Options, files};
use newshound::words::fold;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

const SIX: &[&str] = &["reuters21578", "bbc", "reuters_csv", "reuters_c50", "time", "seed"];

/// Passages asked for in a retrieval task: enough for recall@100 of articles.
const DEPTH: usize = 400;

/// Parts of a retrieval task's queries that are scored by themselves.
const FOLDS: usize = 5;

struct Folders {
    corpora: PathBuf,
    eval: PathBuf,
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let folders = arguments()?;
    fs::create_dir_all(&folders.out)?;
    phrases(&folders, "phrase", SIX)?;
    phrases(&folders, "phrase_html", &["fundus_html", "aeb_html"])?;
    rank(&folders, "time", &["time"], None)?;
    rank(&folders, "multihop", &["multihop_excerpts", "bbc", "reuters_csv", "reuters_c50"], None)?;
    rank(&folders, "knownitem", SIX, Some(&|article: &mut Article| article.headline = None))?;
    Ok(())
}

fn arguments() -> anyhow::Result<Folders> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| given.iter().position(|a| a == name).and_then(|i| given.get(i + 1)).map(PathBuf::from);
    let need = |name: &str| value(name).with_context(|| format!("{name} DIR is missing"));
    Ok(Folders { corpora: need("--corpora")?, eval: need("--eval")?, out: need("--out")? })
}

/// Indexes `wanted` folders of the corpora.
fn index(
    folders: &Folders,
    name: &str,
    wanted: &[&str],
    edit: Option<&(dyn Fn(&mut Article) + Sync)>,
) -> anyhow::Result<(IndexReader, Report)> {
    let dir = folders.out.join(format!("index-{name}"));
    let _ = fs::remove_dir_all(&dir);
    let mut writer = IndexWriter::rebuild(&dir, 2)?;
    let mut found = Vec::new();
    for folder in wanted {
        let under = folders.corpora.join(folder);
        if !under.exists() {
            println!("{name}: left out {folder}, not there");
            continue;
        }
        for file in files(&under) {
            found.push(file.map(|mut file| {
                file.name = format!("{folder}/{}", file.name);
                file
            }));
        }
    }
    let how = Indexing { threads: 2, options: Options::default(), edit, progress: &|_| {}, stop: None };
    let report = index_files(found.into_iter(), &mut writer, &how)?;
    writer.close()?;
    println!("{name}: indexed {} articles, skipped {}", report.articles, report.unread.len());
    Ok((IndexReader::open(&dir)?, report))
}

fn answer(engine: &IndexReader, search: &Search) -> anyhow::Result<Vec<PassageJson>> {
    let mut passages = Vec::new();
    engine.search(search, &mut |passage| {
        passages.push(PassageJson::new(&passage, false));
        ControlFlow::Continue(())
    })?;
    Ok(passages)
}

fn document(passage: &PassageJson) -> String {
    format!("{}#{}", passage.source.path, passage.source.record)
}

fn queries(path: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn score(folders: &Folders, arguments: &[&str]) -> anyhow::Result<()> {
    let output =
        Command::new("python3").arg(folders.eval.join("score.py")).args(arguments).output().context("running python3")?;
    if !output.status.success() {
        bail!("score.py: {}", String::from_utf8_lossy(&output.stderr));
    }
    print!("{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

fn rank(folders: &Folders, task: &str, wanted: &[&str], edit: Option<&(dyn Fn(&mut Article) + Sync)>) -> anyhow::Result<()> {
    let dir = folders.eval.join(task);
    if !dir.exists() {
        println!("{task}: skipped, not there");
        return Ok(());
    }
    let (engine, _) = index(folders, task, wanted, edit)?;
    let run = folders.out.join(format!("{task}.run"));
    let evidence = folders.out.join(format!("{task}.evidence"));
    let (mut lines, mut found) = (String::new(), String::new());
    for query in queries(&dir.join("queries.tsv"))? {
        let Some(tree) = loose(&query[1]) else { continue };
        let passages = answer(&engine, &Search::best(tree, DEPTH))?;
        for passage in &passages {
            lines +=
                &format!("{} Q0 {}@{} {} {} newshound\n", query[0], document(passage), passage.id, passage.rank, passage.score);
        }
        let texts: Vec<Value> = passages.iter().map(|p| json!({"doc": document(p), "text": p.text})).collect();
        found += &format!("{}\n", json!({"qid": query[0], "passages": texts}));
    }
    fs::write(&run, lines)?;
    fs::write(&evidence, found)?;
    print!("{task}: ");
    score(folders, &["rank", "--qrels", path(&dir.join("qrels.txt")), "--run", path(&run), "--collapse"])?;
    by_fold(folders, task, &dir, &run)?;
    let facts = dir.join("evidence.jsonl");
    if facts.exists() {
        print!("{task} evidence: ");
        score(folders, &["evidence", "--evidence", path(&facts), "--run", path(&evidence)])?;
    }
    Ok(())
}

/// Scores each fold of the queries by itself, every fifth from the first, the second and so on: what helps one fold only is chance.
fn by_fold(folders: &Folders, task: &str, dir: &Path, run: &Path) -> anyhow::Result<()> {
    let ids: Vec<String> = queries(&dir.join("queries.tsv"))?.into_iter().map(|row| row[0].clone()).collect();
    let right = fs::read_to_string(dir.join("qrels.txt"))?;
    for fold in 0..FOLDS {
        let of_fold: HashSet<&str> = ids.iter().skip(fold).step_by(FOLDS).map(String::as_str).collect();
        let is_own = |line: &&str| line.split(' ').next().is_some_and(|id| of_fold.contains(id));
        let own: Vec<&str> = right.lines().filter(is_own).collect();
        let file = folders.out.join(format!("{task}.fold"));
        fs::write(&file, own.join("\n"))?;
        print!("  {task} fold {}: ", fold + 1);
        score(folders, &["rank", "--qrels", path(&file), "--run", path(run), "--collapse"])?;
    }
    Ok(())
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

fn phrases(folders: &Folders, task: &str, wanted: &[&str]) -> anyhow::Result<()> {
    let dir = folders.eval.join(task);
    if !dir.exists() {
        println!("{task}: skipped, not there");
        return Ok(());
    }
    let (engine, _) = index(folders, task, wanted, None)?;
    let gold = dir.join("gold.jsonl");
    let kinds: &[(&str, Exactness)] = &[("strict", Exactness::Letters), ("loose", Exactness::Words)];
    for (kind, exactness) in kinds {
        let mut texts: BTreeMap<(String, String, usize), String> = BTreeMap::new();
        let mut lines = String::new();
        for row in queries(&dir.join("phrases.tsv"))? {
            let (pid, text) = (&row[0], &row[3]);
            let query = Query::Phrase(Phrase { text: text.clone(), slop: 0, exactness: *exactness });
            let mut occurrences = Vec::new();
            for passage in answer(&engine, &Search::all(query))? {
                for (in_text, in_file) in passage.matches.iter().zip(&passage.source.matches) {
                    let words: String = passage.text.chars().skip(in_text[0]).take(in_text[1] - in_text[0]).collect();
                    texts.insert((pid.clone(), document(&passage), in_file[0]), words);
                    occurrences.push(json!({"doc": document(&passage), "start": in_file[0], "end": in_file[1]}));
                }
            }
            lines += &format!("{}\n", json!({"pid": pid, "occurrences": occurrences}));
        }
        let run = folders.out.join(format!("{task}.{kind}.run"));
        fs::write(&run, lines)?;
        print!("{task} {kind}: ");
        let mut arguments = vec!["phrase", "--gold", path(&gold), "--run", path(&run)];
        if *kind == "loose" {
            arguments.push("--loose");
        }
        score(folders, &arguments)?;
        differences(folders, &gold, task, kind, &texts)?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Gold {
    pid: String,
    normalised: String,
    occurrences: Vec<Occurrence>,
    loose_occurrences: Option<Vec<Occurrence>>,
}

#[derive(Deserialize)]
struct Occurrence {
    doc: String,
    start: Option<usize>,
}

/// Writes every missed and every extra occurrence to a file, and prints how many of the extras are which equivalence.
fn differences(
    folders: &Folders,
    gold: &Path,
    task: &str,
    kind: &str,
    found: &BTreeMap<(String, String, usize), String>,
) -> anyhow::Result<()> {
    let mut wanted: HashSet<(String, String, usize)> = HashSet::new();
    let mut phrase: BTreeMap<String, String> = BTreeMap::new();
    for line in fs::read_to_string(gold)?.lines() {
        let gold: Gold = serde_json::from_str(line)?;
        phrase.insert(gold.pid.clone(), gold.normalised);
        let occurrences = if kind == "loose" { gold.loose_occurrences.unwrap_or(gold.occurrences) } else { gold.occurrences };
        if occurrences.iter().any(|o| o.start.is_none()) {
            return Ok(());
        }
        wanted.extend(occurrences.into_iter().map(|o| (gold.pid.clone(), o.doc, o.start.unwrap_or(0))));
    }
    let mut out = fs::File::create(folders.out.join(format!("{task}.{kind}.differences")))?;
    for (pid, doc, start) in wanted.iter().filter(|key| !found.contains_key(*key)) {
        writeln!(out, "missed\t{pid}\t{doc}\t{start}\t{}", phrase[pid])?;
    }
    let mut extras: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((pid, doc, start), words) in found.iter().filter(|(key, _)| !wanted.contains(*key)) {
        writeln!(out, "extra\t{pid}\t{doc}\t{start}\t{}\t{words}", phrase[pid])?;
        extras.entry(equivalence(&phrase[pid], words)).or_default().push(format!("{words:?} for {:?}", phrase[pid]));
    }
    for (why, which) in extras {
        println!("  extra, {why}: {} ({})", which.len(), which.first().map_or("", String::as_str));
    }
    Ok(())
}

/// Which documented equivalence makes `words` a mention of `phrase`.
fn equivalence(phrase: &str, words: &str) -> &'static str {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    if letters(phrase) == letters(words) {
        "joined spelling"
    } else if fold(&letters(phrase)) == fold(&letters(words)) {
        "accents"
    } else {
        "UNEXPLAINED"
    }
}
