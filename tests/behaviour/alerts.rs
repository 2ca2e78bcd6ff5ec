//! Saved searches: each new passage is told of once, whatever happens on the way, and it is what a search finds in the new articles.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::served::Served;
use newshound::alerts::{Journal, Message, Outbox, Watcher};
use newshound::engine::Place;
use newshound::engine::embedded::ledger;
use newshound::indexing::Ledger;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const SEARCHES: [(&str, &str); 9] = [
    ("peace", "# truce talk\n\"long-term peace\"\n"),
    ("ferries", "ferry OR ferries\n"),
    ("desk/orlan", "speaker:orlan"),
    ("bridges", "bridge NEAR/8 river\nOR bridge NEAR/8 Orle"),
    ("said", "said:peace NOT headline:storm"),
    ("begin", "ceasef*"),
    ("march", "date:2025-03 AND union"),
    ("broken", "#nothing\n"),
    ("rare", "\"nobody prints this\""),
];

/// An archive with the searches beside its corpus, and the sample articles in `later`, which come in afterwards.
fn archive() -> Archive {
    let archive = Archive::new();
    for (name, text) in SEARCHES {
        let file = archive.path().join(format!("searches/{name}.query"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    archive
}

fn sample() -> Vec<std::path::PathBuf> {
    let files = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).sort_by_file_name();
    files.into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn add(archive: &Archive, files: &[std::path::PathBuf]) {
    for (number, file) in files.iter().enumerate() {
        let name = file.file_name().unwrap().to_string_lossy();
        std::fs::copy(file, archive.corpus().join(format!("{number}-{name}"))).unwrap();
    }
    build(archive);
}

fn look(watcher: &mut Watcher, archive: &Archive) -> newshound::alerts::Look {
    let index = Place::directory(&archive.index()).index().unwrap();
    watcher.look(&*index, &AtomicBool::new(false)).unwrap()
}

fn watcher(archive: &Archive) -> Watcher {
    Watcher::open(&archive.path().join("searches"), &archive.path().join("alerts"), None).unwrap()
}

fn build(archive: &Archive) {
    check_ends(&run(archive.path(), &["index"]), 0);
}

/// An archive with one article, which was there before anybody looked.
fn begun() -> (Archive, Watcher) {
    let archive = archive();
    archive.write("old.txt", "Old news\n\nNothing.\n");
    build(&archive);
    let mut watcher = watcher(&archive);
    look(&mut watcher, &archive);
    (archive, watcher)
}

/// Search, id, words and marks of every line of the journal.
fn told(archive: &Archive) -> Vec<(String, String, String, Value)> {
    let lines = Journal::of(&archive.path().join("alerts")).from(0, usize::MAX).unwrap().lines;
    let text = |of: &Value| of.as_str().unwrap().to_owned();
    let passage = |line: &Value| line["passage"].clone();
    let shown = |line: Value| {
        let of = passage(&line);
        (text(&line["search"]), text(&of["id"]), text(&of["text"]), of["matches"].clone())
    };
    lines.into_iter().map(|(_, line)| shown(line)).collect()
}

/// What `newshound search` finds for every saved search, in articles that are not among `old`.
fn searched(archive: &Archive, old: &BTreeSet<String>) -> BTreeSet<(String, String, String, String)> {
    let mut all = BTreeSet::new();
    for (name, text) in SEARCHES.iter().filter(|(name, _)| *name != "broken") {
        let query: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let found = run(archive.path(), &["search", &query.join(" "), "--all", "--json"]);
        for passage in objects(&found).iter().filter(|object| object["type"] == "passage") {
            let text = |name: &str| passage[name].as_str().unwrap().to_owned();
            if !old.contains(&text("article")) {
                all.insert(((*name).to_owned(), text("id"), text("text"), passage["matches"].to_string()));
            }
        }
    }
    all
}

fn articles(archive: &Archive) -> BTreeSet<String> {
    let bytes = ledger(&archive.index()).unwrap().unwrap();
    let files = Ledger::decode(&bytes).unwrap().files;
    files.values().flat_map(|entry| &entry.articles).map(|id| format!("{id:016x}")).collect()
}

#[test]
fn what_comes_in_is_told_of_once_and_is_what_a_search_finds_in_it() {
    let (archive, files) = (archive(), sample());
    let (first, rest) = files.split_at(8);
    add(&archive, first);
    let mut watcher = watcher(&archive);
    assert_eq!((watcher.folder.searches.len(), watcher.folder.refused.len()), (8, 1));
    let noted = look(&mut watcher, &archive);
    assert!(noted.noted >= 7 && noted.passages == 0, "{noted:?}");
    let old = articles(&archive);
    assert_eq!(old.len(), noted.noted);
    for part in rest.chunks(9) {
        for (number, file) in part.iter().enumerate() {
            let to = archive.corpus().join(format!("{number}-{}", file.to_string_lossy().replace('/', "-")));
            std::fs::copy(file, to).unwrap();
        }
        build(&archive);
        look(&mut watcher, &archive);
        // Another look finds nothing, and neither does another watcher.
        assert_eq!(look(&mut watcher, &archive).articles, 0);
    }
    assert_eq!(look(&mut self::watcher(&archive), &archive).articles, 0);
    let lines = told(&archive);
    let once: BTreeSet<_> =
        lines.iter().cloned().map(|(search, id, text, marks)| (search, id, text, marks.to_string())).collect();
    assert_eq!(once.len(), lines.len(), "told of twice");
    assert_eq!(once, searched(&archive, &old));
    let of: BTreeSet<&str> = lines.iter().map(|(search, ..)| search.as_str()).collect();
    assert!(of.len() >= 5, "too few searches found anything: {of:?}");
}

#[test]
fn a_file_that_moves_is_not_new_and_one_that_changes_is_new_where_it_changed() {
    let archive = archive();
    archive.write("old.txt", "Old news\n\nThe ferry ran.\n");
    build(&archive);
    let mut watcher = watcher(&archive);
    look(&mut watcher, &archive);
    archive.write("new.txt", "New news\n\nThe ferry sank.\n\nNobody saw it.\n");
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).passages, 1);
    for (from, to) in [("new.txt", "moved.txt"), ("old.txt", "older.txt")] {
        std::fs::rename(archive.corpus().join(from), archive.corpus().join(to)).unwrap();
    }
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).articles, 0);
    archive.write("moved.txt", "New news\n\nThe ferry sank.\n\nNobody saw the ferry.\n");
    build(&archive);
    look(&mut watcher, &archive);
    let texts: Vec<String> = told(&archive).into_iter().map(|(.., text, _)| text).collect();
    // The article has another id in its new file, so that its first passage is told of there as well.
    assert_eq!(texts.last().unwrap(), "Nobody saw the ferry.");
    archive.write("moved.txt", "New news\n\nThe ferry sank.\n\nNobody saw the ferry.\n\nThe ferries are old.\n");
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).passages, 1);
    assert_eq!(told(&archive).last().unwrap().2, "The ferries are old.");
}

#[test]
fn a_saved_search_that_is_new_or_changed_holds_from_the_next_article_on() {
    let archive = archive();
    archive.write("old.txt", "Old news\n\nThe quillwort is back.\n");
    build(&archive);
    let mut watcher = watcher(&archive);
    look(&mut watcher, &archive);
    // It comes first by its name, so that all others have another number; and the first look at it fails.
    std::fs::write(archive.path().join("searches/a-plant.query"), "quillwort").unwrap();
    archive.write("people.toml", "[[same");
    let index = Place::directory(&archive.index()).index().unwrap();
    assert!(watcher.look(&*index, &AtomicBool::new(false)).is_err());
    archive.write("people.toml", "");
    archive.write("new.txt", "New news\n\nThe quillwort is gone.\n");
    build(&archive);
    let found = look(&mut watcher, &archive);
    assert_eq!(found.passages, 1, "{found:?}");
    assert_eq!(told(&archive)[0].0, "a-plant");
    assert_eq!(told(&archive)[0].2, "The quillwort is gone.");
}

#[test]
fn who_is_who_by_hand_holds_for_saved_searches() {
    let archive = archive();
    let names = "[[same]]\nnames = [\"Ilse Brandauer\", \"Ilse Holm\"]\n";
    archive.write("old.txt", "Old news\n\nNothing.\n");
    build(&archive);
    std::fs::write(archive.path().join("searches/holm.query"), "speaker:\"Ilse Holm\"").unwrap();
    let mut watcher = watcher(&archive);
    look(&mut watcher, &archive);
    for (number, people) in ["", names].into_iter().enumerate() {
        archive.write("people.toml", people);
        archive.write(
            &format!("{number}.txt"),
            format!("Day {number}\n\n\"We want peace on day {number},\" Ilse Brandauer said.\n"),
        );
        build(&archive);
        assert_eq!(look(&mut watcher, &archive).articles, 1);
    }
    let told = told(&archive);
    let holm: Vec<&str> = told.iter().filter(|(search, ..)| search == "holm").map(|(.., text, _)| text.as_str()).collect();
    assert_eq!(holm, ["\"We want peace on day 1,\" Ilse Brandauer said."]);
}

#[test]
fn who_is_killed_between_the_journal_and_the_rest_tells_nothing_twice() {
    let archive = archive();
    archive.write("old.txt", "Old news\n\nNothing.\n");
    build(&archive);
    look(&mut watcher(&archive), &archive);
    let (journal, known) = (archive.path().join("alerts/alerts.jsonl"), archive.path().join("alerts/known"));
    let before = std::fs::read(&known).unwrap();
    for (number, line) in ["The ferry sank.", "Two ferries sank.", "Three ferries sank."].iter().enumerate() {
        archive.write(&format!("{number}.txt"), format!("New news {number}\n\n{line}\n"));
    }
    build(&archive);
    assert_eq!(look(&mut watcher(&archive), &archive).passages, 3);
    let whole = std::fs::read(&journal).unwrap();
    // Killed while the journal was written, at every tenth byte: what is known is that of before.
    for end in (0..=whole.len()).step_by(10).chain([whole.len()]) {
        std::fs::write(&journal, &whole[..end]).unwrap();
        std::fs::write(&known, &before).unwrap();
        look(&mut watcher(&archive), &archive);
        let lines = told(&archive);
        let ids: BTreeSet<&String> = lines.iter().map(|(_, id, ..)| id).collect();
        assert_eq!((lines.len(), ids.len()), (3, 3), "cut at byte {end}");
    }
    // Killed while it was written what is known.
    let after = std::fs::read(&known).unwrap();
    for end in before.len()..=after.len() {
        std::fs::write(&known, &after[..end]).unwrap();
        look(&mut watcher(&archive), &archive);
        assert_eq!(told(&archive).len(), 3, "known to byte {end}");
    }
}

#[test]
fn a_disk_that_fails_costs_no_alert() {
    let (archive, mut watcher) = begun();
    let journal = archive.path().join("alerts/alerts.jsonl");
    std::fs::create_dir(&journal).unwrap();
    archive.write("new.txt", "New news\n\nThe ferry sank.\n");
    build(&archive);
    let index = Place::directory(&archive.index()).index().unwrap();
    for _ in 0..2 {
        assert!(watcher.look(&*index, &AtomicBool::new(false)).is_err());
    }
    std::fs::remove_dir(&journal).unwrap();
    assert_eq!(look(&mut watcher, &archive).passages, 1);
    assert_eq!(look(&mut watcher, &archive).passages, 0);
    // Half a line that a full disk left is taken away before the next one is written.
    let whole = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, [whole.as_slice(), b"{\"type\":\"al"].concat()).unwrap();
    archive.write("newer.txt", "Newer news\n\nAnother ferry sank.\n");
    build(&archive);
    look(&mut self::watcher(&archive), &archive);
    assert_eq!(told(&archive).len(), 2);
}

#[test]
fn a_first_look_that_was_ended_has_noted_nothing() {
    for left in [0, 9, 13] {
        let archive = archive();
        archive.write("old.txt", "Old news\n\nThe ferry ran.\n");
        build(&archive);
        look(&mut watcher(&archive), &archive);
        let known = archive.path().join("alerts/known");
        let whole = std::fs::read(&known).unwrap();
        std::fs::write(&known, &whole[..left]).unwrap();
        let again = look(&mut watcher(&archive), &archive);
        assert_eq!((again.noted, again.passages), (1, 0), "{left} bytes");
        assert_eq!(std::fs::read(&known).unwrap().len(), whole.len());
    }
}

#[test]
fn what_can_be_read_later_is_new_then_and_what_moves_to_another_folder_is_not() {
    let archive = archive();
    archive.write("old.txt", "Old news\n\nNothing.\n");
    archive.write("exports/x.csv", "a,b\nRain,The ferry sank.\n");
    build(&archive);
    let mut watcher = watcher(&archive);
    look(&mut watcher, &archive);
    archive.write("newshound.toml", "[[files]]\npath = \"**/*.csv\"\nfields = { headline = \"a\", text = \"b\" }\n");
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).passages, 1);
    // Without a printed outlet that is the name of the folder.
    archive.write("exports/y.txt", "New news\n\nThe ferry ran.\n");
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).passages, 1);
    std::fs::create_dir(archive.corpus().join("archive")).unwrap();
    std::fs::rename(archive.corpus().join("exports/y.txt"), archive.corpus().join("archive/y.txt")).unwrap();
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).articles, 0);
    // A copy beside it is another printing.
    std::fs::copy(archive.corpus().join("archive/y.txt"), archive.corpus().join("exports/y.txt")).unwrap();
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).articles, 0, "the same words of the same outlet were met before");
}

#[test]
fn messages_stay_the_same_and_a_new_journal_is_sent_from_its_beginning() {
    let (archive, mut watcher) = begun();
    let dir = archive.path().join("alerts");
    let waiting = || Outbox::open(&dir, "test").unwrap().waiting().unwrap().cloned();
    assert_eq!(waiting(), None);
    let mut add = |number: usize| {
        archive.write(&format!("{number}.txt"), format!("News {number}\n\nThe ferry of day {number}.\n"));
        build(&archive);
        look(&mut watcher, &archive);
    };
    add(1);
    let first = waiting().unwrap();
    add(2);
    // It was not taken, and more has come meanwhile: what was sent under this id stays what it was.
    assert_eq!(waiting().as_ref(), Some(&first));
    let mut outbox = Outbox::open(&dir, "test").unwrap();
    for text in ["The ferry of day 1.", "The ferry of day 2."] {
        assert_eq!(outbox.waiting().unwrap().unwrap().passages[0]["text"], text);
        outbox.is_sent().unwrap();
    }
    assert_eq!(outbox.waiting().unwrap(), None);
    // The journal is taken away, and the new one grows longer than what was sent of the old one.
    std::fs::remove_file(dir.join("alerts.jsonl")).unwrap();
    (3..8).for_each(&mut add);
    let mut outbox = Outbox::open(&dir, "test").unwrap();
    let message = outbox.waiting().unwrap().unwrap();
    assert_eq!((message.passages.len(), message.passages[0]["text"].as_str()), (5, Some("The ferry of day 3.")));
    assert_ne!(message.id, first.id);
    std::fs::write(dir.join("sent-test.json"), "{").unwrap();
    let damaged = Outbox::open(&dir, "test").unwrap_err().to_string();
    assert!(damaged.contains("sent-test.json is damaged") && damaged.contains("hint: remove it"), "{damaged}");
}

#[test]
fn an_outbox_goes_on_where_it_was_and_folds_what_piled_up() {
    let (archive, mut watcher) = begun();
    let dir = archive.path().join("alerts");
    drop(Outbox::open(&dir, "test").unwrap());
    let paragraphs: String = (0..50).map(|number| format!("Ferry {number} sank on the ceasefire.\n\n")).collect();
    archive.write("flood.txt", format!("New news\n\n{paragraphs}"));
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).passages, 100);
    let mut got: Vec<Message> = Vec::new();
    loop {
        // A new one each time: the last was killed after it had sent, before that was written down for the first.
        let mut outbox = Outbox::open(&dir, "test").unwrap();
        let Some(message) = outbox.waiting().unwrap().cloned() else { break };
        let again = Outbox::open(&dir, "test").unwrap().waiting().unwrap().cloned();
        assert_eq!(again.as_ref(), Some(&message));
        got.push(message);
        outbox.is_sent().unwrap();
    }
    let shown: Vec<_> = got.iter().map(|message| (message.search.as_str(), message.passages.len(), message.more)).collect();
    assert_eq!(shown, [("begin", 20, 30), ("ferries", 20, 30)]);
    assert_ne!(got[0].id, got[1].id);
}

#[test]
fn the_command_lists_what_was_found_and_the_searches() {
    let (archive, mut watcher) = begun();
    let nothing = run(archive.path(), &["alerts"]);
    check_ends(&nothing, 1);
    assert!(err(&nothing).contains("nothing was found yet"), "{}", err(&nothing));
    archive.write("new.txt", "Zürich ferry\n\n\"The ferry sank,\" said Ärne Möll.\n");
    build(&archive);
    look(&mut watcher, &archive);
    let listed = run(archive.path(), &["alerts", "ferries"]);
    check_ends(&listed, 0);
    assert!(out(&listed).contains("Zürich [ferry]") && out(&listed).contains("new.txt:3"), "{}", out(&listed));
    assert_eq!(objects(&run(archive.path(), &["alerts", "--json", "-n", "1"])).len(), 1);
    check_ends(&run(archive.path(), &["alerts", "rare"]), 1);
    let searches = run(archive.path(), &["alerts", "--list"]);
    check_ends(&searches, 0);
    assert!(out(&searches).contains("peace   \"long-term peace\"   # truce talk"), "{}", out(&searches));
    assert!(err(&searches).contains("the saved search broken is left out"), "{}", err(&searches));
    let missing = run(archive.path(), &["alerts", "--list", "--searches", "nowhere"]);
    check_ends(&missing, 2);
    assert!(err(&missing).contains("nowhere"), "{}", err(&missing));
    let within = run(archive.path(), &["watch", "corpus", "--searches", "searches", "--alerts", "corpus/alerts"]);
    check_ends(&within, 2);
    assert!(err(&within).contains("lies in the corpus"), "{}", err(&within));
    let nobody = run(archive.path(), &["serve", "--searches", "searches", "--alert-command", "cat"]);
    check_ends(&nobody, 2);
    assert!(err(&nobody).contains("--watch CORPUS"), "{}", err(&nobody));
    let unsigned = run(archive.path(), &["watch", "corpus", "--searches", "searches", "--alert-webhook", "http://127.0.0.1:9/"]);
    check_ends(&unsigned, 2);
    assert!(err(&unsigned).contains("NEWSHOUND_WEBHOOK_SECRET"), "{}", err(&unsigned));
}

#[test]
fn the_service_tells_of_what_was_found() {
    let (archive, mut watcher) = begun();
    for number in 0..30 {
        archive.write(&format!("{number}.txt"), format!("Ferry <{number}> sinks\n\nNobody & nothing was on ferry {number}.\n"));
    }
    build(&archive);
    assert_eq!(look(&mut watcher, &archive).passages, 60);
    let served = Served::over(archive, &["--searches", "searches"]);
    let json = |path: &str| {
        let (status, head, body) = served.get(path);
        assert_eq!(status, 200, "{body}");
        assert!(!head.contains("\netag"), "it changes without the index: {head}");
        serde_json::from_str::<Value>(&body).unwrap()
    };
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let page = json(&format!("/v1/alerts?limit=7&search=ferries{next}"));
        seen.extend(page["alerts"].as_array().unwrap().iter().map(|alert| alert["passage"]["id"].as_str().unwrap().to_owned()));
        let Some(after) = page["next"].as_u64() else { break };
        next = format!("&after={after}");
    }
    assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (60, 60));
    assert_eq!(json("/v1/alerts?search=rare")["alerts"], serde_json::json!([]));
    let searches = json("/v1/searches");
    assert_eq!((searches["searches"].as_array().unwrap().len(), &searches["refused"][0]["search"]), (8, &Value::from("broken")));
    let (mut names, mut next) = (Vec::new(), String::new());
    loop {
        let page = json(&format!("/v1/searches?limit=3{next}"));
        names.extend(page["searches"].as_array().unwrap().iter().map(|search| search["search"].as_str().unwrap().to_owned()));
        let Some(after) = page["next"].as_str() else { break };
        next = format!("&after={}", after.replace('/', "%2F"));
    }
    assert!(names.len() == 8 && names.is_sorted(), "{names:?}");
    let (_, _, page) = served.get("/alerts?search=ferries");
    assert!(page.contains("Ferry &lt;") && page.contains("<mark>Ferry</mark>") && page.contains("rel=\"next\""), "{page}");
    let (_, _, feed) = served.get("/v1/alerts.atom");
    assert_eq!(feed.matches("<entry>").count(), 50);
    assert!(feed.contains("Nobody &amp; nothing"), "{feed}");
    let call = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"alerts","arguments":{"limit":3}}}"#;
    let (_, _, answer) = served.post("/mcp", "application/json\r\nAccept: application/json, text/event-stream", call);
    assert!(answer.contains("\\\"alerts\\\"") || answer.contains("\"alerts\""), "{answer}");
    assert_eq!(served.get("/v1/alerts?limit=0").0, 400);
}

#[test]
fn a_service_without_saved_searches_says_so() {
    let archive = Archive::of(&[("old.txt", "Old news\n\nNothing.\n")]);
    build(&archive);
    let served = Served::over(archive, &[]);
    for path in ["/v1/alerts", "/v1/searches", "/v1/alerts.atom", "/alerts"] {
        let (status, _, body) = served.get(path);
        assert!(status == 404 && body.contains("--searches DIR"), "{path}: {status} {body}");
    }
}
