//! An index that follows its archive: only what changed is read, nothing is lost, and it equals one built anew.

mod alerts;
mod archive;
mod damage;
mod dictionaries;
mod disks;
#[cfg(unix)]
mod elsewhere;
mod faults;
#[path = "../given/mod.rs"]
mod given;
mod histories;
mod kills;
mod readers;
mod records;
mod watching;

use crate::given::archive::{Archive, program};
use crate::given::dice::Dice;
use archive::{archive, content, edit, files_of, newshound, said, story};
use newshound::article::Article;
use newshound::engine::embedded::{IndexReader, IndexWriter, READ, VERSION, ledger};
use newshound::engine::{Engine, Error, Intake};
use newshound::indexing::Ledger;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A number from the environment: how much of a test is done.
fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn an_index_that_followed_equals_one_built_anew() {
    let (edits, wrong) = histories::followed(number("NEWSHOUND_EDITS", 60), &mut Dice::new(7));
    println!("{edits} edits");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_run_killed_at_any_moment_loses_nothing() {
    let kills = number("NEWSHOUND_KILLS", 25);
    let (died, wrong) = kills::struck(kills, &mut Dice::new(11));
    println!("{kills} kills, {died} of them before the run's end");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(died * 4 > kills, "only {died} of {kills} were killed before their end: the test has to strike earlier");
}

#[test]
fn only_what_changed_is_read() {
    let mut dice = Dice::new(3);
    let dir = archive(&mut dice);
    let corpus = dir.path().join("corpus");
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let idle = said(&newshound(&["index", "corpus", "--index", "index"], dir.path()));
    assert!(idle.contains("as they were"), "{idle}");
    // The same bytes written again are no change.
    let kept = std::fs::read(corpus.join("kept.txt")).unwrap();
    std::fs::write(corpus.join("kept.txt"), &kept).unwrap();
    std::fs::write(corpus.join("fresh.txt"), story(&mut dice)).unwrap();
    let planned = newshound(&["index", "corpus", "--index", "index", "--dry-run"], dir.path());
    assert_eq!(String::from_utf8_lossy(&planned.stdout), "new      fresh.txt\n");
    std::fs::rename(corpus.join("kept.txt"), corpus.join("2024/moved.txt")).unwrap();
    let planned = newshound(&["index", "corpus", "--index", "index", "--dry-run"], dir.path());
    assert_eq!(String::from_utf8_lossy(&planned.stdout), "moved    2024/moved.txt (was kept.txt)\nnew      fresh.txt\n");
    let run = said(&newshound(&["index", "corpus", "--index", "index"], dir.path()));
    assert!(run.contains("1 new, 0 changed, 1 moved, 0 gone"), "{run}");
}

#[test]
fn an_empty_disk_does_not_empty_the_index() {
    let mut dice = Dice::new(5);
    let dir = archive(&mut dice);
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let before = content(&dir.path().join("index"));
    std::fs::rename(dir.path().join("corpus"), dir.path().join("unmounted")).unwrap();
    std::fs::create_dir(dir.path().join("corpus")).unwrap();
    let arguments = ["index", "corpus", "--index", "index"];
    let refused = Command::new(program()).args(arguments).current_dir(dir.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--prune"), "{}", said(&refused));
    assert_eq!(content(&dir.path().join("index")), before);
    newshound(&["index", "corpus", "--index", "index", "--prune"], dir.path());
    assert!(content(&dir.path().join("index")).iter().all(|line| line.contains(": 0 passages")));
}

#[test]
fn two_corpora_in_one_index_do_not_touch_each_other() {
    let mut dice = Dice::new(9);
    let dir = archive(&mut dice);
    std::fs::create_dir(dir.path().join("agency")).unwrap();
    std::fs::write(dir.path().join("agency/kept.txt"), story(&mut dice)).unwrap();
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let first = content(&dir.path().join("index"));
    newshound(&["index", "agency", "--index", "index"], dir.path());
    let both = content(&dir.path().join("index"));
    assert!(both.iter().any(|line| line.contains("../agency/kept.txt")), "{both:?}");
    // The line with the figures differs, the passages stay.
    let is_passage = |line: &&String| !line.contains(" passages, ");
    assert!(first.iter().filter(is_passage).all(|line| both.contains(line)));
    let idle = said(&newshound(&["index", "corpus", "--index", "index"], dir.path()));
    assert!(idle.contains("as they were"), "{idle}");
    std::fs::remove_file(dir.path().join("agency/kept.txt")).unwrap();
    newshound(&["index", "agency", "--index", "index", "--prune"], dir.path());
    assert_eq!(content(&dir.path().join("index")), first);
}

#[test]
fn a_damaged_index_of_two_corpora_is_read_again_whole() {
    let mut dice = Dice::new(29);
    let dir = archive(&mut dice);
    std::fs::create_dir(dir.path().join("agency")).unwrap();
    std::fs::write(dir.path().join("agency/kept.txt"), story(&mut dice)).unwrap();
    for corpus in ["corpus", "agency"] {
        newshound(&["index", corpus, "--index", "index"], dir.path());
    }
    let both = content(&dir.path().join("index"));
    let damage = || {
        let store = files_of(&dir.path().join("index")).into_iter().find(|file| file.extension().is_some_and(|e| e == "store"));
        std::fs::write(store.unwrap(), b"nothing").unwrap();
        std::fs::write(dir.path().join("corpus/fresh.txt"), story(&mut dice.clone())).unwrap();
    };
    for corpus in ["corpus", "agency", "corpus/2024"] {
        damage();
        let ran = said(&newshound(&["index", corpus, "--index", "index"], dir.path()));
        assert!(ran.contains("the index is damaged"), "{ran}");
        newshound(&["index", "corpus", "--index", "index"], dir.path());
        std::fs::remove_file(dir.path().join("corpus/fresh.txt")).unwrap();
        newshound(&["index", "corpus", "--index", "index"], dir.path());
        assert_eq!(content(&dir.path().join("index")), both, "{corpus}");
    }
    damage();
    std::fs::rename(dir.path().join("agency"), dir.path().join("elsewhere")).unwrap();
    let arguments = ["index", "corpus", "--index", "index"];
    let refused = Command::new(program()).args(arguments).current_dir(dir.path()).output().unwrap();
    assert!(refused.status.code() == Some(2) && said(&refused).contains("agency"), "{}", said(&refused));
}

#[test]
fn an_interrupted_run_keeps_what_it_read_and_is_gone_on_with() {
    let dir = Archive::new();
    let corpus = dir.corpus();
    let mut dice = Dice::new(13);
    for number in 0..1_500 {
        let text: String = (0..6).map(|_| story(&mut dice)).collect();
        std::fs::write(corpus.join(format!("{number}.txt")), text).unwrap();
    }
    // How fast the machine is nobody knows: too early and the run has not begun, too late and it is done.
    let interrupted = [300, 150, 75, 600, 40, 1_200, 2_400].into_iter().any(|milliseconds| {
        let run = Command::new(program())
            .args(["index", "corpus", "--index", "index", "--threads", "1", "--rebuild"])
            .current_dir(dir.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        let _ = Command::new("kill").args(["-INT", &run.id().to_string()]).stderr(Stdio::null()).status().unwrap();
        said(&run.wait_with_output().unwrap()).contains("files are left")
    });
    assert!(interrupted);
    let bytes = ledger(&dir.path().join("index")).unwrap().unwrap();
    let read = Ledger::decode(&bytes).unwrap().files.len();
    assert!(read > 0 && read < 1_500, "{read}");
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    newshound(&["index", "corpus", "--index", "anew"], dir.path());
    assert_eq!(content(&dir.path().join("index")), content(&dir.path().join("anew")));
}

#[test]
fn damage_is_found_and_repaired() {
    let flips: usize = number("NEWSHOUND_FLIPS", 8);
    let mut dice = Dice::new(17);
    let dir = archive(&mut dice);
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    edit(&mut dice, &dir.path().join("corpus"));
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let index = dir.path().join("index");
    let before = content(&index);
    let check = |arguments: &[&str]| {
        let arguments = [&["check", "--index", "index"], arguments].concat();
        let output = Command::new(program()).args(&arguments).current_dir(dir.path()).output().unwrap();
        assert!(!said(&output).contains("panicked"), "{}", said(&output));
        output.status.code()
    };
    assert_eq!(check(&[]), Some(0));
    let (_, missed) = damage::missed(dir.path(), flips, flips.div_ceil(4), &mut dice);
    assert!(missed.is_empty(), "not found: {missed:#?}");
    assert_eq!(check(&[]), Some(0));
    let store = files_of(&index).into_iter().find(|file| file.extension().is_some_and(|e| e == "store")).unwrap();
    std::fs::write(&store, b"nothing").unwrap();
    assert_eq!(check(&[]), Some(1));
    assert_eq!(check(&["--repair"]), Some(0));
    assert_eq!(content(&index), before);
}

#[test]
fn a_record_that_cannot_be_read_costs_that_record_and_no_more() {
    let (lost, wrong) = records::changed(5);
    println!("{lost} changes cost an article");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(lost > 50, "only {lost} changes cost an article: the test misses the records");
}

#[test]
fn what_cannot_be_unpacked_is_not_packed() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = IndexWriter::open(dir.path(), 1, None).unwrap();
    let long = Article::plain("long", &"It rained on the ferry.\n\n".repeat(3 << 20), false);
    let refused = writer.add(&long, &[]).unwrap_err();
    assert!(matches!(&refused, Error::TooLarge(id, why) if *id == long.id && why.contains("64 MB")), "{refused}");
    writer.add(&Article::plain("short", "It rained on the ferry.", false), &[]).unwrap();
    writer.commit(None, &[]).unwrap();
    writer.close().unwrap();
    assert_eq!(IndexReader::open(dir.path()).unwrap().holdings().unwrap().articles, 1);
}

#[test]
fn a_story_that_is_too_long_is_named_and_its_neighbours_are_indexed() {
    let archive = Archive::of(&[("good.txt", "Rain in Ostrand\n\nIt rained on the ferry.\n")]);
    let long = "It rained on the ferry. Nobody knew why.\n".repeat(450_000);
    archive.write("log.txt", &long);
    archive.write("log.md", format!("---\ntitle: Rain\n---\n{long}"));
    archive
        .write("log.xml", format!("<?xml version=\"1.0\"?><nitf><body><body.content><p>{long}</p></body.content></body></nitf>"));
    let run = newshound(&["index"], archive.path());
    for name in ["log.txt", "log.md", "log.xml"] {
        let named = said(&run).lines().any(|line| line.contains(name) && line.contains("16 MB"));
        assert!(named, "{name}: {}", said(&run));
    }
    assert_eq!(archive::run(&["check"], archive.path()).status.code(), Some(0));
    assert_eq!(archive::run(&["search", "ferry"], archive.path()).status.code(), Some(0));
}

/// A disk image that got among the articles: refused by its beginning, and its terabytes are not read for a fingerprint, nor refused anew each time.
#[test]
#[cfg(unix)]
fn a_huge_file_that_is_no_text_costs_its_beginning() {
    let archive = Archive::of(&[("good.txt", "Rain in Ostrand\n\nIt rained on the ferry.\n")]);
    for name in ["huge.csv", "huge.jsonl"] {
        let path = archive.corpus().join(name);
        std::fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        let before = std::time::SystemTime::now() - Duration::from_secs(60);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    }
    let run = said(&newshound(&["index"], archive.path()));
    assert!(run.contains("huge.csv") && run.contains("huge.jsonl"), "{run}");
    let kept = ledger(&archive.index()).unwrap().and_then(|bytes| Ledger::decode(&bytes)).unwrap();
    assert_eq!((kept.files["huge.csv"].fingerprint, kept.files["huge.csv"].whole), (0, true));
    let again = said(&newshound(&["index"], archive.path()));
    assert!(again.contains("as they were"), "{again}");
}

#[test]
fn a_watched_corpus_is_followed() {
    for (what, took) in watching::followed(&mut Dice::new(19)) {
        println!("{what}: {} ms", took.as_millis());
        assert!(took < Duration::from_secs(20), "{what}: {took:?}");
    }
}

#[test]
fn alerts_arrive_at_a_webhook_that_fails_from_a_watch_that_is_killed() {
    let (wanted, got) = alerts::sent(6);
    assert_eq!(alerts::taken(&got), wanted);
    let taken: Vec<_> = got.iter().filter(|got| got.taken).collect();
    println!("{} articles, {} messages sent, {} of them taken", wanted.len(), got.len(), taken.len());
    for message in &got {
        let header = |name: &str| message.headers.get(name).unwrap_or_else(|| panic!("no {name}"));
        let body: serde_json::Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!(body["id"].as_str(), Some(header("webhook-id").as_str()));
        assert!(header("webhook-timestamp").parse::<u64>().is_ok() && header("webhook-signature").starts_with("v1,"));
    }
    // Who is killed after he sent and before he wrote it down sends again, under the same id.
    let mut ids: Vec<&String> = taken.iter().map(|message| &message.headers["webhook-id"]).collect();
    ids.sort();
    let twice = ids.windows(2).filter(|pair| pair[0] == pair[1]).count();
    assert!(twice <= 1, "{twice} messages were taken twice");
}

#[test]
fn a_disk_that_fails_anywhere_leaves_a_commit_whole() {
    // Every so manieth operation; all of them for 1.
    let step = number("NEWSHOUND_FAULTS", 12);
    let done = faults::some(step, 0);
    println!("{} runs that fail at one of {} operations, {} readings", done.runs, done.operations, done.readings);
    assert!(done.wrong.is_empty(), "{}", done.wrong.join("\n"));
}

#[test]
fn a_full_disk_ends_a_run_and_keeps_the_last_commit() {
    if let Some(failed) = disks::filled(&[400, 600]) {
        assert_eq!(failed, 2, "these disks are large enough: the test has to take smaller ones");
    }
}

#[test]
fn a_full_disk_does_not_end_a_watch() {
    disks::watched();
}

#[test]
fn answers_beside_a_writer_are_those_of_a_commit() {
    let (answers, commits, wrong) = readers::beside_a_writer(Duration::from_secs(3));
    println!("{answers} answers, {commits} commits");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(answers > 20 && commits > 2, "{answers} answers, {commits} commits");
}

#[test]
fn an_index_of_another_version_is_opened_or_refused_with_the_way_out() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut versions = Vec::new();
    for entry in std::fs::read_dir(&fixtures).unwrap() {
        let kept = entry.unwrap().path();
        let name = kept.file_name().unwrap().to_string_lossy().into_owned();
        let Some(version) = name.strip_prefix("index-").map(|version| version.parse::<u32>().unwrap()) else { continue };
        versions.push(version);
        let dir = tempfile::tempdir().unwrap();
        for file in files_of(&kept) {
            let copy = dir.path().join("index").join(file.strip_prefix(&kept).unwrap());
            std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
            std::fs::copy(&file, copy).unwrap();
        }
        let search = || archive::run(&["search", "strike AND speaker:brandauer", "--index", "index"], dir.path());
        let found = |output: &Output| String::from_utf8_lossy(&output.stdout).contains("Nobody wins a");
        if READ.contains(&version) {
            assert!(found(&search()), "{}", said(&search()));
            assert_eq!(archive::run(&["check", "--index", "index"], dir.path()).status.code(), Some(0));
            // With the first commit it is one of this version, and has what it had.
            let index = dir.path().join("index");
            let mut writer = IndexWriter::open(&index, 1, None).unwrap();
            writer.add(&Article::plain("new", "The ferry is back.", false), &[]).unwrap();
            writer.commit(None, &Ledger::default().encode()).unwrap();
            writer.close().unwrap();
            let manifest = std::fs::read_to_string(index.join("newshound.json")).unwrap();
            assert!(manifest.contains(&format!(":{VERSION}}}")), "{manifest}");
            assert!(found(&search()), "{}", said(&search()));
        } else {
            let refused = search();
            assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true));
            let expected = [format!("schema version {version}"), format!("version {VERSION}"), "newshound index CORPUS".into()];
            assert!(expected.iter().all(|part| said(&refused).contains(part)), "{}", said(&refused));
        }
        // The way out works; where those of the fixture lay nobody knows any more.
        let corpus = fixtures.join("corpus");
        newshound(&["index", corpus.to_str().unwrap(), "--index", "index", "--rebuild", "--prune"], dir.path());
        assert!(found(&search()), "{}", said(&search()));
    }
    assert!(versions.contains(&VERSION), "keep an index of version {VERSION}: tests/fixtures/README.md");
    assert!(versions.len() > 1, "an older one is kept too");
}

#[test]
fn contents_and_order_are_the_same_whatever_the_number_of_threads() {
    let mut dice = Dice::new(43);
    let dir = archive(&mut dice);
    for number in 0..300 {
        std::fs::write(dir.path().join(format!("corpus/more-{number}.txt")), story(&mut dice)).unwrap();
    }
    let answers = ["1", "2", "4"].map(|threads| {
        newshound(&["index", "corpus", "--index", threads, "--threads", threads], dir.path());
        let ranked = ["ferry", "strike cost council", "said:ferry", "nobody AND verlind"].map(|query| {
            let arguments = ["search", query, "--index", threads, "--limit", "200", "--json"];
            let output = newshound(&arguments, dir.path());
            let lines = String::from_utf8(output.stdout).unwrap();
            // What a passage's line says of the time the search took is not of the index.
            let lines: Vec<String> = lines.lines().filter(|line| line.contains("\"passage\"")).map(str::to_owned).collect();
            assert!(lines.len() > 50, "{query}: {} passages: {:?}", lines.len(), lines.first());
            lines
        });
        (content(&dir.path().join(threads)), ranked)
    });
    for (other, threads) in answers[1..].iter().zip([2, 4]) {
        assert!(answers[0].0 == other.0, "other contents with {threads} threads");
        for (one, other) in answers[0].1.iter().zip(&other.1) {
            let differ = one.iter().zip(other).position(|(a, b)| a != b);
            assert!(differ.is_none(), "{threads} threads, place {differ:?}: {:?}", differ.map(|at| (&one[at], &other[at])));
            assert_eq!(one.len(), other.len());
        }
    }
}
