//! What the owner of an archive says about odd files: the example in `docs/formats.md`, and what is said of words not understood.

use crate::given::archive::{Archive, err, out, run};
use newshound::source::settings::Settings;
use newshound::source::{self, Options, Reason, inspect::inspect};
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// The example of the documentation.
fn example() -> String {
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md")).expect("docs");
    let (_, rest) = docs.split_once("```toml\n").expect("an example");
    rest.split_once("```").expect("an end").0.to_string()
}

/// Every article as `inspect --json` shows it, the messages about refused ones and about doubts.
fn read(name: &str, bytes: &[u8], reading: &Options) -> (Vec<Value>, Vec<String>, Vec<String>) {
    let (mut articles, mut refused) = (Vec::new(), Vec::new());
    let doubts = source::read_from(name, bytes, reading, &mut |article| {
        match article {
            Ok(article) => articles.push(serde_json::to_value(inspect(&article)).expect("JSON")),
            Err(unread) => refused.push(unread.to_string()),
        }
        ControlFlow::Continue(())
    });
    (articles, refused, doubts.iter().map(ToString::to_string).collect())
}

fn with(settings: &str) -> Options {
    Options { settings: Settings::parse(settings, "newshound.toml").expect("settings"), ..Options::default() }
}

const TABLE: &[u8] =
    b"Nummer;Ort;Titel;Text;Volltext;Erschienen;Autor\n7;Orlec;Br\xfccke wieder offen;kurz;\"Die Br\xfccke war ein Jahr lang zu.\";03/04/2025;Ada Quill\n";

#[test]
fn the_example_in_the_documentation_reads_odd_files() {
    let reading = with(&example());
    let (articles, refused, doubts) = read("exports/2025.csv", TABLE, &reading);
    assert_eq!((refused, doubts), (vec![], vec![]));
    let expected = json!([{
        "file": "exports/2025.csv", "record": 0, "format": "csv", "headline": "Brücke wieder offen",
        "dateline": {"place": "Orlec", "region": null, "agency": null, "day": null}, "authors": ["Ada Quill"], "published": "2025-04-03",
        "language": "de", "outlet": "Orlecer Herold", "section": null, "paragraphs": ["Die Brücke war ein Jahr lang zu."], "boilerplate": []
    }]);
    assert_eq!(json!(articles), expected);

    let lines = br#"{"doc":{"head":{"main":"Rain in Ostrand"},"story":"It rained."}}
{"doc":{"head":{"main":"Wind in Ostrand"}},"body":"It blew."}
"#;
    let (articles, refused, doubts) = read("api/a/b.jsonl", lines, &reading);
    assert_eq!(refused, [""; 0]);
    assert_eq!(articles[0]["headline"], "Rain in Ostrand");
    assert_eq!(articles[0]["paragraphs"], json!(["It rained."]));
    assert_eq!(articles[1]["paragraphs"], json!(["It blew."]));
    assert_eq!(doubts, ["api/a/b.jsonl#1: no key `doc.story` for text, named by newshound.toml:22"]);
    assert_eq!(reading.settings.limits, source::Limits::default());
}

#[test]
fn a_table_without_a_named_column_is_refused_by_name() {
    let reading = with("[[files]]\npath = \"*.csv\"\n[files.fields]\ntext = \"Vollext\"\n");
    let (articles, refused, _) = read("2025.csv", TABLE, &reading);
    assert!(articles.is_empty());
    let columns = "the columns are `Nummer`, `Ort`, `Titel`, `Text`, `Volltext`, `Erschienen`, `Autor`";
    let why = "no column `Vollext` for text, named by newshound.toml:4 (did you mean `Volltext`?)";
    assert_eq!(refused, [format!("2025.csv: {why}; {columns}")]);
}

#[test]
fn an_id_outlives_new_rows_and_never_names_two_articles() {
    let reading = with("[[files]]\npath = \"**\"\n[files.fields]\nid = \"key\"\n");
    let ids = |table: &str| {
        let mut ids = Vec::new();
        let doubts = source::read_from("t.csv", table.as_bytes(), &reading, &mut |article| {
            ids.push(article.expect("an article").id);
            ControlFlow::Continue(())
        });
        (ids, doubts.len())
    };
    let (before, _) = ids("key,title,text\nk7,Rain,It rained.\n");
    let (after, doubts) = ids("key,title,text\nk6,Wind,It blew.\nk7,Rain,It rained.\n");
    assert_eq!((&before[0], doubts), (&after[1], 0));
    let (twice, doubts) = ids("key,title,text\nk6,Wind,It blew.\nk6,Rain,It rained.\n");
    assert_ne!(twice[0], twice[1]);
    assert_eq!(doubts, 1);
}

#[test]
fn a_limit_of_the_settings_is_kept() {
    let reading = with("[limits]\nrecord = 100\n");
    let lines =
        format!("{{\"title\":\"Rain\",\"text\":\"{}\"}}\n{{\"title\":\"Wind\",\"text\":\"It blew.\"}}\n", "x".repeat(200));
    let mut seen = Vec::new();
    source::read_from("a.jsonl", lines.as_bytes(), &reading, &mut |article| {
        seen.push(article.map_err(|unread| unread.reason).map(|article| article.source.record));
        ControlFlow::Continue(())
    });
    assert_eq!(seen, [Err(Reason::TooLarge), Ok(1)]);
}

#[test]
fn the_commands_take_the_settings_of_the_corpus() {
    let dir = Archive::new();
    let corpus = dir.path().join("archive");
    std::fs::rename(dir.corpus(), &corpus).expect("renamed");
    std::fs::create_dir_all(corpus.join("exports/2025/03/14")).expect("a directory");
    std::fs::write(corpus.join("newshound.toml"), example()).expect("written");
    std::fs::write(corpus.join("exports/2025.csv"), TABLE).expect("written");
    std::fs::write(corpus.join("exports/2025/03/14/rain.txt"), "Rain in Ostrand\n\nIt rained.\n\nIt did not stop.\n")
        .expect("written");
    let run = |arguments: &[&str]| {
        let output = run(dir.path(), arguments);
        (output.status.code(), out(&output), err(&output))
    };
    // One file alone is read as it is when the whole corpus is.
    let (_, whole, _) = run(&["inspect", "--json", "archive"]);
    let (_, table, _) = run(&["inspect", "--json", "archive/exports/2025.csv"]);
    let (_, story, _) = run(&["inspect", "--json", "archive/exports/2025/03/14/rain.txt"]);
    assert_eq!(whole, format!("{story}{table}"));
    assert!(story.contains("\"published\":\"2025-03-14\"") && story.contains("\"outlet\":\"exports\""), "{story}");

    let (status, _, talk) = run(&["index", "archive", "--index", "i", "--report", "report.jsonl"]);
    assert_eq!(status, Some(0), "{talk}");
    let report = std::fs::read_to_string(dir.path().join("report.jsonl")).expect("a report");
    let line: Value = serde_json::from_str(report.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&line["file"], &line["done"]), (&json!("newshound.toml"), &json!("skipped")));

    let (status, _, talk) = run(&["inspect", "archive", "--field", "headlin=Titel"]);
    assert_eq!(status, Some(2));
    assert!(talk.contains("unknown field `headlin` (did you mean `headline`?)"), "{talk}");
    std::fs::write(corpus.join("newshound.toml"), "[[files]]\npath = \"*\"\nlanguage = 3\n").expect("written");
    for command in [&["index", "archive", "--index", "j"][..], &["inspect", "archive"]] {
        let (status, _, talk) = run(command);
        assert_eq!(status, Some(2));
        assert!(talk.contains("newshound.toml:3: `language` is a text in quotation marks"), "{talk}");
    }
    let (status, _, talk) = run(&["inspect", "archive", "--config", "none.toml"]);
    assert_eq!(status, Some(2));
    assert!(talk.contains("none.toml: "), "{talk}");
}
