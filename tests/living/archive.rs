//! A small archive that changes, and what its index answers.

use crate::given::archive::Archive;
use crate::given::dice::Dice;
use newshound::article::Article;
use newshound::day::Day;
use newshound::engine::embedded::{Faults, IndexReader, IndexWriter};
use newshound::engine::{Engine, Error, Search};
use newshound::query::{QueryLimits, Today, parse};
use newshound::source::{Options, files, read};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const TODAY: Today = Today(Day::constant(2025, 3, 14));

/// Runs the program in `dir`; it must not fail.
pub fn newshound(arguments: &[&str], dir: &Path) -> Output {
    let output = crate::given::archive::run(dir, arguments);
    assert_ne!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
    output
}

/// What it said on stderr.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Everything the index answers for words that all articles have: place, text and marks of each passage.
pub fn content(index: &Path) -> BTreeSet<String> {
    content_of(&IndexReader::open(index).unwrap())
}

/// The same of an open index.
pub fn content_of(reader: &IndexReader) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for typed in ["ferry", "said:ferry OR council", "\"the council\" AND NOT strike", "speaker:brandauer"] {
        let query = parse(typed, TODAY, &QueryLimits::default()).unwrap().query.unwrap();
        let mut passages = 0;
        let summary = reader.search(&Search::all(query), &mut |passage| {
            passages += 1;
            let place = (&passage.location.path, passage.location.record, passage.location.line);
            assert!(
                all.insert(format!("{typed} {place:?} {} {} {:?}", passage.id, passage.text, passage.matches)),
                "twice: {}",
                passage.id
            );
            ControlFlow::Continue(())
        });
        let summary = summary.unwrap();
        assert_eq!((summary.passages, summary.partial), (passages, None), "{typed}");
        all.insert(format!(
            "{typed}: {} passages, {} mentions, {} articles",
            summary.passages, summary.mentions, summary.articles
        ));
    }
    all
}

/// A short article.
pub fn story(dice: &mut Dice) -> String {
    let names = ["Ilse Brandauer", "Tomas Verlind", "Ruta Halvorsen"];
    let ends = ["the strike is over", "the ferry stays in port", "nobody asked the council", "it will cost more"];
    let mut text = format!("Ferry news {}\n\n", dice.below(1000));
    for _ in 0..1 + dice.below(4) {
        let (name, end) = (names[dice.below(3)], ends[dice.below(4)]);
        text +=
            &format!("\"{}, and {end},\" {name} said on day {} of the ferry talks. The council met.\n\n", end, dice.below(90));
    }
    text
}

/// A new file, a changed one, one moved, one gone, or several of these.
pub fn edit(dice: &mut Dice, corpus: &Path) {
    for _ in 0..1 + dice.below(4) {
        let name = |dice: &mut Dice| corpus.join(format!("{}/{}.txt", ["2024", "2025"][dice.below(2)], dice.below(12)));
        let (one, other) = (name(dice), name(dice));
        match dice.below(5) {
            0 | 1 => std::fs::write(&one, story(dice)).unwrap(),
            2 => drop(std::fs::rename(&one, &other)),
            3 => drop(std::fs::remove_file(&one)),
            _ => {
                let lines = (0..1 + dice.below(5)).map(|n| {
                    let text = story(dice);
                    serde_json::json!({"headline": format!("Ferry item {n}"), "text": text}).to_string() + "\n"
                });
                let lines: String = lines.collect();
                std::fs::write(corpus.join(format!("{}.jsonl", dice.below(3))), lines).unwrap();
            }
        }
    }
}

/// A place with a corpus of a few stories.
pub fn archive(dice: &mut Dice) -> Archive {
    let archive = Archive::within(quick_dir());
    for year in ["2024", "2025"] {
        std::fs::create_dir(archive.corpus().join(year)).unwrap();
    }
    archive.write("kept.txt", story(dice));
    (0..4).for_each(|_| edit(dice, &archive.corpus()));
    archive
}

/// Files of an index that hold articles, words or figures.
pub fn files_of(index: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(index).sort_by_file_name().into_iter().flatten();
    let kept = |name: &str| !name.ends_with(".lock");
    all.filter(|entry| entry.file_type().is_file() && kept(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.into_path())
        .collect()
}

/// The files with dictionaries of an index.
pub fn dictionaries_in(index: &Path) -> Vec<PathBuf> {
    let is_one = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().starts_with("dictionary.");
    files_of(index).into_iter().filter(is_one).collect()
}

/// A new directory, in memory where the system has one for that: making thousands of indexes durable takes its time.
pub fn quick_dir() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Opens an index to write. A process that another test starts has our lock as long as it has not become another program.
pub fn open_writer(dir: &Path, disk: Option<Arc<dyn Faults>>) -> Result<IndexWriter, Error> {
    for _ in 0..200 {
        match IndexWriter::open_on(dir, 1, None, disk.clone()) {
            Err(Error::Locked(_)) => std::thread::sleep(Duration::from_millis(5)),
            opened => return opened,
        }
    }
    Err(Error::Locked(dir.to_owned()))
}

/// Runs the program in `dir` under a deadline, whatever its exit code.
pub fn run(arguments: &[&str], dir: &Path) -> Output {
    let mut child =
        crate::given::archive::newshound(dir, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(120), "{arguments:?}: not done in two minutes");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().unwrap()
}

/// So many articles of invented stories, one as the other, whose headlines are numbered.
pub fn stories(number: usize, dice: &mut Dice) -> Vec<Article> {
    let dir = quick_dir();
    let line = |n| serde_json::json!({"headline": format!("Ferry item {n}"), "text": story(dice)}).to_string() + "\n";
    std::fs::write(dir.path().join("all.jsonl"), (0..number).map(line).collect::<String>()).unwrap();
    let mut articles = Vec::new();
    for found in files(dir.path()) {
        read(&found.unwrap(), &Options::default(), &mut |article| {
            articles.push(article.unwrap());
            ControlFlow::Continue(())
        });
    }
    assert_eq!(articles.len(), number);
    articles
}
