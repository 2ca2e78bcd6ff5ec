//! What is said by hand of who is who, in `people.toml`: it wins in every answer, is read anew, and survives rebuilds.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::served::Served;
use newshound::Error;
use newshound::engine::Place;
use serde_json::Value;
use std::time::{Duration, Instant};

const SAME: &str = "[[same]]\nnames = [\"Ilse Brandauer\", \"Ilse Holm\"]\n";

fn archive() -> Archive {
    Archive::indexed(&[
        (
            "2025/03/14/talks.txt",
            "Truce talks open\n\n\"We want a long-term peace,\" Chancellor Ilse Brandauer told reporters.\n",
        ),
        (
            "2025/03/20/bridges.txt",
            "Bridges stay open\n\n\"The bridges are open,\" Ilse Brandauer said. \"So they are,\" said Matteus Orlan.\n",
        ),
        (
            "2025/06/02/wedding.txt",
            "A name for two\n\n\"I was married in May,\" Ilse Holm said. \"I was there,\" said Thomas Miller, a baker.\n",
        ),
        ("2025/06/09/vote.txt", "Parliament votes\n\n\"Nobody won today,\" Ms Holm said.\n"),
    ])
}

/// The names that speak, with their quotations.
fn speakers(archive: &Archive, more: &[&str]) -> Vec<(String, u64)> {
    let output = run(archive.path(), &[&["speakers", "--json", "--sort", "name"], more].concat());
    let found = objects(&output);
    let of = |speaker: &Value| (speaker["name"].as_str().unwrap().to_owned(), speaker["quotations"].as_u64().unwrap());
    found.iter().filter(|object| object["type"] == "speaker").map(of).collect()
}

fn known_as(archive: &Archive, more: &[&str]) -> Vec<String> {
    let output = run(archive.path(), &[&["quotes", "--json", "--sort", "date"], more].concat());
    let found = objects(&output);
    found.iter().filter_map(|object| Some(object["known_as"].as_str()?.to_owned())).collect()
}

fn named(all: &[(&str, u64)]) -> Vec<(String, u64)> {
    all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn the_file_of_the_corpus_wins_in_every_answer_and_survives_a_rebuild() {
    let archive = archive();
    let before = [("Ilse Brandauer", 2), ("Holm", 1), ("Ilse Holm", 1), ("Thomas Miller", 1), ("Matteus Orlan", 1)];
    assert_eq!(speakers(&archive, &[]), named(&before));
    archive.write("people.toml", SAME);
    let joined = [("Ilse Brandauer", 4), ("Thomas Miller", 1), ("Matteus Orlan", 1)];
    for _ in 0..2 {
        assert_eq!(speakers(&archive, &[]), named(&joined));
        assert_eq!(speakers(&archive, &["--by", "Ilse Holm"]), named(&joined[..1]));
        assert_eq!(known_as(&archive, &["--by", "Holm"]), ["Ilse Brandauer"; 4]);
        assert_eq!(known_as(&archive, &["--by", "brandauer", "married"]), ["Ilse Brandauer"]);
        check_ends(&run(archive.path(), &["index", "corpus", "--rebuild"]), 0);
    }
    // It is no article.
    let status = out(&run(archive.path(), &["status"]));
    assert!(status.contains("articles    4") && status.contains("people      1 put together by hand, 0 kept apart"), "{status}");
    // Whoever asks for somebody's words finds them under the other name, too.
    let found = objects(&run(archive.path(), &["search", "speaker:\"Ilse Brandauer\"", "--json"]));
    assert!(found.iter().any(|passage| passage["text"].as_str().is_some_and(|text| text.contains("married"))), "{found:?}");
    let nobody = archive.path().join("nobody.toml");
    std::fs::write(&nobody, "# nothing\n").unwrap();
    let checked = |more: &[&str]| {
        let arguments = [&["verify", "I was married in May", "--by", "Ilse Brandauer", "--json"], more].concat();
        objects(&run(archive.path(), &arguments))[0]["speaker_check"].as_str().unwrap().to_owned()
    };
    assert_eq!((checked(&[]), checked(&["--people", nobody.to_str().unwrap()])), ("same".into(), "other".into()));
}

#[test]
fn names_that_differ_are_never_one() {
    let archive = Archive::indexed(&[
        ("2025/03/14/a.txt", "One\n\n\"We want peace,\" Chancellor Ilse Brandauer said.\n"),
        ("2025/03/15/b.txt", "Two\n\n\"We want it soon,\" Ilse Brandauer said.\n"),
        ("2025/03/16/c.txt", "Three\n\n\"Nobody won today,\" Ms Brandauer said.\n"),
    ]);
    assert_eq!(speakers(&archive, &[]), named(&[("Ilse Brandauer", 3)]));
    archive.write("people.toml", "[[different]]\nnames = [\"Brandauer\", \"Ilse Brandauer\"]\n");
    assert_eq!(speakers(&archive, &[]), named(&[("Brandauer", 1), ("Ilse Brandauer", 2)]));
    assert_eq!(speakers(&archive, &["--by", "Ilse Brandauer"]), named(&[("Ilse Brandauer", 2)]));
}

#[test]
fn a_file_is_named_on_the_command_line_or_by_the_environment() {
    let archive = archive();
    let file = archive.path().join("who.toml");
    std::fs::write(&file, "[[alias]]\nname = \"Ilse Brandauer\"\nalso = [\"Ilse Holm\", \"Holm\", \"the Iron Chancellor\"]\n")
        .unwrap();
    let file = file.to_str().unwrap();
    let joined = [("Ilse Brandauer", 4), ("Thomas Miller", 1), ("Matteus Orlan", 1)];
    assert_eq!(speakers(&archive, &["--people", file]), named(&joined));
    assert_eq!(known_as(&archive, &["--people", file, "--by", "the iron chancellor"]).len(), 4);
    let output =
        crate::given::archive::newshound(archive.path(), &["speakers", "--json"]).env("NEWSHOUND_PEOPLE", file).output().unwrap();
    assert_eq!(objects(&output).len(), 4);
    for asked in [
        &["search", "peace"][..],
        &["timeline", "peace"],
        &["trail", "We want a long-term peace"],
        &["quotes"],
        &["speaker", "holm"],
        &["status"],
    ] {
        check_ends(&run(archive.path(), &[asked, &["--people", file]].concat()), 0);
    }
    let missing = run(archive.path(), &["speakers", "--people", "nowhere.toml"]);
    check_ends(&missing, 2);
    assert!(err(&missing).contains("nowhere.toml") && err(&missing).contains("hint:"), "{}", err(&missing));
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_what_is_never_printed_is_said() {
    let archive = archive();
    archive.write("people.toml", format!("{SAME}[[different]]\nnames = [\"Ilse Holm\", \"Ilse Brandauer\"]\n"));
    let output = run(archive.path(), &["speakers"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("people.toml:4: `Ilse Holm` and `Ilse Brandauer` are said to differ"), "{}", err(&output));
    archive.write("people.toml", format!("{SAME}[[same]]\nnames = [\"Ada Quill\", \"Ada Penn\"]\n"));
    for command in ["speakers", "quotes", "status"] {
        let output = run(archive.path(), &[command]);
        check_ends(&output, 0);
        let said = format!("{}{}", out(&output), err(&output));
        assert!(said.contains("of the names in people.toml nobody is quoted as Ada Penn, Ada Quill"), "{command}: {said}");
    }
}

#[test]
fn facets_trails_and_pages_call_people_as_it_is_said() {
    let archive = archive();
    let file = archive.path().join("who.toml");
    std::fs::write(&file, SAME).unwrap();
    let served = Served::over(archive, &["--quiet", "--people", file.to_str().unwrap()]);
    let json = |path: &str| -> Value { serde_json::from_str(&served.get(path).2).unwrap() };
    let facets = json("/v1/facets?q=married+OR+bridges");
    assert_eq!(facets["speakers"][0]["name"], "Ilse Brandauer", "{facets}");
    let (status, _, page) = served.get("/speaker?speaker=Ilse+Holm");
    assert!(status == 200 && page.contains("<h1>Ilse Brandauer</h1>") && page.contains("also printed as"), "{page}");
    assert_eq!(json("/v1/speakers?by=Holm")["speakers"][0]["quotations"], 4);
    assert_eq!(json("/v1/quotes?by=Brandauer")["summary"]["quotations"], 4);
}

#[test]
fn a_service_picks_up_what_is_said_while_it_runs() {
    let served = Served::over(archive(), &["--quiet"]);
    let count = || -> Value {
        serde_json::from_str::<Value>(&served.get("/v1/speakers?by=Ilse+Brandauer").2).unwrap()["speakers"][0]["quotations"]
            .clone()
    };
    let tag = || served.get("/v1/speakers").1.lines().find(|line| line.starts_with("etag:")).map(str::to_owned);
    assert_eq!(count(), 2);
    let before = tag();
    served.dir.write("people.toml", SAME);
    let until = Instant::now() + Duration::from_secs(20);
    while count() != 4 {
        assert!(Instant::now() < until, "{}", count());
        std::thread::sleep(Duration::from_millis(100));
    }
    // Whoever keeps answers has to ask again.
    assert_ne!(tag(), before);
    // What is not understood changes nothing.
    served.dir.write("people.toml", "[[same]]\nnames = [\n");
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(count(), 4);
    std::fs::remove_file(served.dir.corpus().join("people.toml")).unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while count() != 2 {
        assert!(Instant::now() < until, "{}", count());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_program_opens_an_index_with_what_is_said() {
    let archive = archive();
    let file = archive.path().join("who.toml");
    std::fs::write(&file, SAME).unwrap();
    let engine = Place::directory(&archive.index()).open_with(Some(&file)).unwrap();
    assert_eq!(engine.people().called("Ilse Holm"), Some("Ilse Brandauer"));
    assert_eq!(engine.unprinted().unwrap(), Vec::<String>::new());
    assert!(!engine.reload().unwrap());
    std::fs::write(&file, "# nobody\n").unwrap();
    assert!(engine.reload().unwrap());
    assert!(engine.people().is_empty());
    std::fs::write(&file, "[[sam]]\n").unwrap();
    assert!(matches!(engine.reload(), Err(Error::People(_))));
    assert!(engine.people().is_empty());
}
