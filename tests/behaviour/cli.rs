//! The program as its users meet it: what it prints, how it ends, and what it makes of bad input.

use crate::given::archive::{Archive, check_ends, err, newshound, objects, out, program, run};
use crate::given::served::Served;
use crate::given::shared;
use serde_json::Value;
use std::process::{Command, Stdio};

const STORY: &str = "Truce talks open in Velden\n\nVELDEN, March 3 - Envoys of both sides met on Monday for talks on a long-term peace.\n\n\"We want a long-term peace, not a pause,\" chancellor Ilse Brandauer said.\n\nThe talks go on.\n";
const OTHER: &str = "Ferry prices to rise\n\nHARLOW, March 4 - Tickets will cost 1,200 crowns from May, the company said.\n";

const TWO_STORIES: [(&str, &str); 2] = [("a/truce.txt", STORY), ("b/ferry.txt", OTHER)];

fn two_stories() -> Archive {
    Archive::indexed(&TWO_STORIES)
}

// ------------------------------------------------------------------------------------------------------ the seed article

#[test]
fn the_three_mentions_of_long_term_peace_are_found_on_their_lines() {
    let Some(seed) = shared("corpora/seed") else { return };
    let dir = Archive::over(&seed.canonicalize().unwrap());

    let found = run(dir.path(), &["search", "\"long-term peace\"", "--json", "--all"]);
    check_ends(&found, 0);
    let lines = objects(&found);
    let (summary, passages) = lines.split_last().unwrap();
    assert_eq!(summary["mentions"], 3);
    assert_eq!((&summary["articles"], &summary["passages"]), (&Value::from(1), &Value::from(3)));
    let mut places: Vec<u64> = passages.iter().map(|p| p["source"]["line"].as_u64().unwrap()).collect();
    places.sort_unstable();
    assert_eq!(places, [20, 44, 46]);
    for passage in passages.iter().filter(|passage| passage["source"]["line"] != 44) {
        let speakers = passage["speakers"].as_array().unwrap();
        assert!(speakers.iter().any(|s| s["name"] == "Vladimir Putin"), "{passage}");
    }

    let found = run(dir.path(), &["search", "speaker:putin quote:\"long-term peace\"", "--json"]);
    check_ends(&found, 0);
    assert_eq!(objects(&found).last().unwrap()["articles"], 1);
    assert_eq!(objects(&found)[0]["speakers"][0]["name"], "Vladimir Putin");

    let found = run(dir.path(), &["search", "speaker:peskov", "--json", "--all"]);
    check_ends(&found, 0);
    let passages = objects(&found);
    let (_, passages) = passages.split_last().unwrap();
    assert!(passages.len() >= 2, "{passages:?}");
    for passage in passages {
        let speakers = passage["speakers"].as_array().unwrap();
        assert!(speakers.iter().any(|s| s["name"] == "Dmitry Peskov"), "{passage}");
    }
}

// ------------------------------------------------------------------------------------------------------ what is printed

#[test]
fn a_passage_is_printed_with_headline_dateline_speaker_and_place() {
    let dir = two_stories();
    let found = run(dir.path(), &["search", "\"long-term peace\""]);
    check_ends(&found, 0);
    let text = out(&found);
    for wanted in ["Truce talks open in Velden", "VELDEN", "Ilse Brandauer", "[long-term peace]", "truce.txt:5"] {
        assert!(text.contains(wanted), "no {wanted:?} in:\n{text}");
    }
    assert!(err(&found).contains("understood as \"long-term peace\""), "{}", err(&found));
}

#[test]
fn json_has_the_promised_fields() {
    let dir = two_stories();
    let found = run(dir.path(), &["search", "\"long-term peace\"", "--json"]);
    check_ends(&found, 0);
    let lines = objects(&found);
    let (summary, passages) = lines.split_last().unwrap();
    assert_eq!(passages.len(), 2);
    for (number, passage) in passages.iter().enumerate() {
        assert_eq!(passage["type"], "passage");
        assert_eq!(passage["rank"], number as u64 + 1);
        for field in ["id", "article", "headline", "dateline", "text"] {
            assert!(passage[field].is_string(), "{field}: {passage}");
        }
        assert!(passage["score"].is_number() && passage.get("published").is_some());
        for speaker in passage["speakers"].as_array().unwrap() {
            assert!(speaker["name"].is_string() && speaker.get("mention").is_some());
        }
        let text: Vec<char> = passage["text"].as_str().unwrap().chars().collect();
        let file: Vec<char> = STORY.chars().collect();
        let spans = |of: &Value| -> Vec<(usize, usize)> {
            let pair = |span: &Value| (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
            of.as_array().unwrap().iter().map(pair).collect()
        };
        let source = &passage["source"];
        assert_eq!((&source["path"], &source["record"]), (&Value::from("a/truce.txt"), &Value::from(0)));
        assert!(source["line"].is_u64());
        let (matches, in_file) = (spans(&passage["matches"]), spans(&source["matches"]));
        assert_eq!((matches.len(), in_file.len()), (1, 1));
        for ((a, b), (c, d)) in matches.into_iter().zip(in_file) {
            assert_eq!(text[a..b].iter().collect::<String>(), "long-term peace");
            assert_eq!(file[c..d].iter().collect::<String>(), "long-term peace");
        }
    }
    assert_eq!(summary["type"], "summary");
    assert_eq!((&summary["passages"], &summary["mentions"], &summary["articles"]), (&2.into(), &2.into(), &1.into()));
    assert!(summary["took_ms"].is_number());
    assert_eq!(summary["understood_as"], "\"long-term peace\"");
}

#[test]
fn limit_all_and_count_agree() {
    let dir = two_stories();
    let passages = |arguments: &[&str]| {
        let found = run(dir.path(), &[&["search", "talks OR tickets", "--json"], arguments].concat());
        check_ends(&found, 0);
        let lines = objects(&found);
        (lines.len() - 1, lines.last().unwrap()["passages"].clone())
    };
    assert_eq!(passages(&["--all"]), (4, 4.into()));
    assert_eq!(passages(&["--limit", "2"]), (2, 4.into()));
    assert_eq!(passages(&["-n", "1"]), (1, 4.into()));
    let counted = run(dir.path(), &["search", "talks OR tickets", "--count"]);
    check_ends(&counted, 0);
    assert_eq!(out(&counted), "4 passages, 4 mentions, 2 articles\n");
}

#[test]
fn a_search_may_do_without_totals() {
    let dir = two_stories();
    // A word twice is marked once: what it has of it only the text can tell.
    for query in ["talks OR tickets", "talks OR talk OR tickets", "exact:talks"] {
        let [with, without] = [&["--json"][..], &["--json", "--no-total"]]
            .map(|more| run(dir.path(), &[&["search", query, "-n", "2"], more].concat()));
        check_ends(&without, 0);
        let [(with, known), (without, unknown)] = [with, without].map(|found| {
            let mut lines = objects(&found);
            let summary = lines.pop().unwrap();
            (lines, summary)
        });
        assert_eq!(with, without);
        assert!(known["passages"].as_u64().unwrap() > 2, "{known}");
        assert_eq!((unknown.get("passages"), unknown.get("mentions"), &unknown["shown"]), (None, None, &2.into()));
    }
    let plain = run(dir.path(), &["search", "talks", "-n", "1", "--no-total"]);
    check_ends(&plain, 0);
    assert!(err(&plain).starts_with("showing 1 passage, "), "{}", err(&plain));
    let nothing = run(dir.path(), &["search", "zzzz", "--no-total"]);
    check_ends(&nothing, 1);
    check_ends(&run(dir.path(), &["search", "talks", "--no-total", "--count"]), 2);
}

#[test]
fn the_exit_status_tells_found_nothing_and_trouble_apart() {
    let dir = two_stories();
    check_ends(&run(dir.path(), &["search", "talks"]), 0);
    let nothing = run(dir.path(), &["search", "\"nobody wrote this\""]);
    check_ends(&nothing, 1);
    assert!(out(&nothing).is_empty() && err(&nothing).contains("nothing found") && err(&nothing).contains("hint:"));
    let nothing = run(dir.path(), &["search", "zzzz", "--json"]);
    check_ends(&nothing, 1);
    assert_eq!(objects(&nothing)[0]["passages"], 0);
    check_ends(&run(dir.path(), &["search", "talks", "--no-such-flag"]), 2);
    check_ends(&run(dir.path(), &["search", "talks", "--today", "soon"]), 2);
    check_ends(&run(dir.path(), &["--help"]), 0);
    check_ends(&run(dir.path(), &["--version"]), 0);
    check_ends(&run(dir.path(), &[]), 2);
}

#[test]
fn without_an_index_the_corpus_here_is_indexed_first() {
    let dir = Archive::of(&[("truce.txt", STORY.as_bytes())]);
    let found = run(dir.path(), &["search", "peace"]);
    check_ends(&found, 0);
    assert!(err(&found).contains("building one from ./corpus"), "{}", err(&found));
    let again = run(dir.path(), &["search", "peace"]);
    check_ends(&again, 0);
    assert!(!err(&again).contains("building"), "{}", err(&again));
    assert_eq!(out(&found), out(&again));
}

#[test]
fn nothing_in_an_article_steers_the_terminal() {
    let evil = "Head\u{1b}]0;owned\u{7}line\u{202e}rev\u{9b}31m\n\nPARIS, March 3 - peace \u{1b}[31mred\u{1b}[0m \u{202e}txet\u{2066} bell\u{7} back\u{8}\u{8} end\u{85}x.\n\n\u{1b}[2J\u{200f}peace again\u{2028}here \u{61c}and \u{feff}there.\n";
    let dir = Archive::indexed(&[("ev\u{1b}il\u{202e}.txt", evil.as_bytes()), ("empty\u{1b}[31m.txt", b"")]);
    let indexing = run(dir.path(), &["index"]);
    let mut outputs = vec![indexing];
    for query in ["peace", "headline:head", "\"\u{1b}[31m\u{202e}peace\"", "no\u{1b}such\u{202e}word", "fi\u{1b}eld:x"] {
        for flags in [&[][..], &["--json"], &["--explain"]] {
            outputs.push(newshound(dir.path(), &["search", query]).args(flags).output().unwrap());
        }
    }
    outputs.push(run(dir.path(), &["inspect", "corpus"]));
    outputs.push(run(dir.path(), &["search", "peace", "--index", "no\u{1b}[31m\u{202e}index"]));
    for output in &outputs {
        let bad = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        let json = out(output).starts_with('{');
        let steering = |text: &str, json: bool| text.chars().any(|c| if json { c.is_control() && c != '\n' } else { bad(c) });
        assert!(!steering(&out(output), json), "{:?}", out(output));
        assert!(!steering(&err(output), false), "{:?}", err(output));
    }
}

#[test]
fn there_is_no_colour_in_a_pipe_nor_with_no_color() {
    let dir = two_stories();
    for value in [None, Some("1")] {
        let mut command = newshound(dir.path(), &["search", "peace"]);
        if let Some(value) = value {
            command.env("NO_COLOR", value);
        }
        let found = command.output().unwrap();
        check_ends(&found, 0);
        assert!(!out(&found).contains('\u{1b}') && !err(&found).contains('\u{1b}'));
    }
    // With a terminal of its own (from util-linux's `script`) there is colour, and none with NO_COLOR.
    let on_terminal = |no_color: &str| {
        let line = format!("{} search peace", program().display());
        let mut command = Command::new("script");
        command.args(["-qec", &line, "/dev/null"]).current_dir(dir.path()).env("NO_COLOR", no_color);
        // A pager has signs of its own.
        command.env("PAGER", "cat");
        command.stdin(Stdio::null()).output()
    };
    match (on_terminal(""), on_terminal("1")) {
        (Ok(plain), Ok(quiet)) if plain.status.success() => {
            assert!(plain.stdout.contains(&0x1b), "{}", String::from_utf8_lossy(&plain.stdout));
            assert!(!quiet.stdout.contains(&0x1b), "{}", String::from_utf8_lossy(&quiet.stdout));
        }
        _ => println!("skipped: no `script` command to make a terminal with"),
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let long = format!("Headline\n\n{}", "PARIS, March 3 - peace talks go on.\n\n".repeat(5_000));
    let dir = Archive::indexed(&[("long.txt", long.as_bytes())]);
    for flags in [&["--all"][..], &["--all", "--json"]] {
        let mut child = newshound(dir.path(), &["search", "peace"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        check_ends(&output, 0);
        assert!(!err(&output).contains("ipe"), "{}", err(&output));
    }
}

// ------------------------------------------------------------------------------------------------------------ bad input

#[test]
fn bad_files_are_named_and_the_others_are_read() {
    let dir = Archive::of(&[
        ("good.txt", STORY.as_bytes()),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"),
        ("bytes.bin", &(0..=255).cycle().take(4000).collect::<Vec<u8>>()),
        ("broken.txt", b"Caf\xe9 talks\n\nPARIS - A \x93long-term peace\x94 \xff\xfe\xc3\x28.\n"),
    ]);
    let corpus = dir.path().join("corpus");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        symlink(&corpus, corpus.join("loop")).unwrap();
        symlink("/etc/passwd", corpus.join("outside.txt")).unwrap();
        std::fs::write(corpus.join("locked.txt"), STORY).unwrap();
        std::fs::set_permissions(corpus.join("locked.txt"), std::fs::Permissions::from_mode(0o000)).unwrap();
    }
    let output = run(dir.path(), &["index", "--report", "report.jsonl"]);
    check_ends(&output, 0);
    let talk = err(&output);
    let report = std::fs::read_to_string(dir.path().join("report.jsonl")).unwrap();
    for name in ["empty.txt", "blank.txt", "picture.txt", "bytes.bin", "loop", "outside.txt"] {
        assert!(report.contains(name), "{name} is not in the report:\n{report}");
        assert!(talk.contains(name), "{name} is not named:\n{talk}");
    }
    if std::fs::read(corpus.join("locked.txt")).is_ok() {
        println!("skipped: root reads unreadable files");
    } else {
        assert!(report.contains("locked.txt"), "{report}");
    }
    check_ends(&run(dir.path(), &["search", "\"long-term peace\""]), 0);
}

#[test]
fn a_missing_corpus_or_index_is_told_with_the_way_out() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), &["index", "nowhere"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("no corpus in nowhere") && err(&output).contains("hint:"), "{}", err(&output));
    let output = run(dir.path(), &["search", "peace"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("no index in index") && err(&output).contains("newshound index"), "{}", err(&output));
    check_ends(&run(dir.path(), &["search", "peace", "--index", "there"]), 2);
    check_ends(&run(dir.path(), &["serve", "--index", "there", "--listen", "127.0.0.1:0"]), 2);
}

#[test]
fn a_corpus_without_articles_gives_an_empty_index() {
    let dir = Archive::of(&[("empty.txt", b"")]);
    let output = run(dir.path(), &["index"]);
    check_ends(&output, 1);
    check_ends(&run(dir.path(), &["search", "peace"]), 1);
}

#[test]
fn an_index_of_another_version_asks_to_be_rebuilt() {
    let dir = two_stories();
    std::fs::write(dir.path().join("index/newshound.json"), r#"{"schema_version":999,"corpus":null}"#).unwrap();
    let output = run(dir.path(), &["search", "peace"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("version 999") && err(&output).contains("rebuild with `newshound index"), "{}", err(&output));
    let output = run(dir.path(), &["index"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("--rebuild"), "{}", err(&output));
    check_ends(&run(dir.path(), &["index", "--rebuild"]), 0);
    check_ends(&run(dir.path(), &["search", "peace"]), 0);
}

#[test]
fn a_damaged_index_is_told_and_can_be_rebuilt() {
    for damage in ["newshound.json", "segments/meta.json"] {
        let dir = two_stories();
        std::fs::write(dir.path().join("index").join(damage), "{").unwrap();
        let output = run(dir.path(), &["search", "peace"]);
        check_ends(&output, 2);
        assert!(err(&output).contains("rebuild with"), "{}", err(&output));
        check_ends(&run(dir.path(), &["index"]), 0);
        check_ends(&run(dir.path(), &["search", "peace"]), 0);
    }
}

#[test]
fn a_second_writer_is_refused_with_the_path() {
    let dir = two_stories();
    let index = dir.path().join("index");
    let writer = newshound::engine::embedded::IndexWriter::rebuild(&index, 1).unwrap();
    let output = run(dir.path(), &["index"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("another newshound is writing to the index in index"), "{}", err(&output));
    // Nor while the very first index is being built.
    let first = dir.path().join("first");
    let building = newshound::engine::embedded::IndexWriter::rebuild(&first, 1).unwrap();
    let output = run(dir.path(), &["index", "--index", "first"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("another newshound is writing to the index in first"), "{}", err(&output));
    drop(building);
    // Searches see the last commit all the while.
    check_ends(&run(dir.path(), &["search", "peace"]), 0);
    drop(writer);
    check_ends(&run(dir.path(), &["index"]), 0);
}

#[test]
fn every_query_is_answered_or_refused_with_a_reason() {
    let dir = two_stories();
    let deep = format!("{}peace{}", "(".repeat(5_000), ")".repeat(5_000));
    let megabyte = "peace ".repeat(170_000);
    for (query, status, talk) in [
        ("", 2, "the query is empty"),
        ("   ", 2, "the query is empty"),
        ("\"long-term peace", 0, "not closed"),
        ("(peace", 0, "not closed"),
        (")))", 1, "nothing found"),
        ("-peace", 1, "only says what not to find"),
        ("speeker:brandauer", 0, "did you mean `speaker:`?"),
        ("date:soon peace", 0, "is no date"),
        ("peace~9", 0, "`~9` is neither 1 nor 2 letters; read as `peace~2`"),
        ("peace~0", 0, "read as `peace~1`"),
        ("U.S.: peace plan", 0, "understood as"),
        ("what's peace?", 0, "understood as"),
        ("https://example.org/peace?a=b", 1, "nothing found"),
        (&deep[..4000], 2, "levels deep"),
        (&deep, 2, "limit"),
    ] {
        let output = run(dir.path(), &["search", "--", query]);
        check_ends(&output, status);
        assert!(err(&output).contains(talk), "{query:.40}: {}", err(&output));
    }
    // Longer than the system lets an argument be: through a file of queries.
    std::fs::write(dir.path().join("queries"), format!("{megabyte}\n{deep}\npeace\n")).unwrap();
    let output = run(dir.path(), &["search", "--queries", "queries"]);
    check_ends(&output, 0);
    let answers = objects(&output);
    assert_eq!(answers.len(), 3);
    assert!(answers[0]["error"].as_str().unwrap().contains("bytes long; the limit is"));
    assert!(answers[1]["error"].is_string());
    assert_eq!(answers[2]["passages"], 2);
}

// -------------------------------------------------------------------------------------------------------------- serving

#[test]
fn the_service_gives_the_objects_of_json() {
    let served = Served::over(Archive::indexed(&TWO_STORIES), &[]);
    let get = |path: &str| {
        let (status, _, body) = served.get(path);
        (status, body)
    };
    let health = get("/healthz");
    let found = get("/v1/search?q=%22long-term+peace%22&limit=1");
    let nothing = get("/v1/search?q=zzzz");
    let empty = get("/v1/search?q=");
    let deep = get(&format!("/v1/search?q={}peace", "(".repeat(3000)));
    let missing = get("/nowhere");
    let odd = get("/v1/search?q=peace&limit=many");
    assert_eq!(health.0, 200);
    assert_eq!(found.0, 200);
    let answer: Value = serde_json::from_str(&found.1).unwrap();
    let lines = objects(&run(served.dir.path(), &["search", "\"long-term peace\"", "--json", "--limit", "1"]));
    assert_eq!(answer["passages"].as_array().unwrap(), &lines[..1]);
    let timeless = |summary: &Value| {
        let mut summary = summary.clone();
        summary["took_ms"] = Value::Null;
        summary
    };
    assert_eq!(timeless(&answer["summary"]), timeless(&lines[1]));
    assert_eq!(nothing.0, 200);
    assert_eq!(serde_json::from_str::<Value>(&nothing.1).unwrap()["passages"], Value::Array(Vec::new()));
    for (status, body) in [empty, deep] {
        assert_eq!(status, 400, "{body}");
        assert!(serde_json::from_str::<Value>(&body).unwrap()["detail"].is_string());
    }
    assert_eq!(missing.0, 404);
    assert_eq!(odd.0, 400);
}

#[test]
fn the_service_is_not_offered_to_other_machines() {
    let dir = two_stories();
    let output = run(dir.path(), &["serve", "--listen", "0.0.0.0:0"]);
    check_ends(&output, 2);
    assert!(err(&output).contains("other machines"), "{}", err(&output));
}

#[test]
fn concordance_lines_stand_below_each_other_and_can_be_sorted() {
    let dir = two_stories();
    let lines = |arguments: &[&str]| {
        let output = run(dir.path(), arguments);
        check_ends(&output, 0);
        out(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let both = lines(&["search", "\"long-term peace\"", "--kwic"]);
    assert_eq!(both.len(), 2, "{both:?}");
    let middle = |line: &String| line.find("  long-term peace  ").expect("the mention stands apart");
    assert_eq!(middle(&both[0]), middle(&both[1]));
    assert!(both.iter().all(|line| line.contains("truce.txt:")), "{both:?}");
    let sorted = lines(&["search", "\"long-term peace\"", "--format", "kwic", "--sort", "after"]);
    assert!(sorted[0].contains("peace  .") && sorted[1].contains("peace  , not"), "{sorted:?}");
}

#[test]
fn all_lines_are_sorted_and_not_only_those_shown() {
    let story = |number: usize| {
        format!(
            "Quay {number}\n\nVELDEN, March 3 - \"A ferry {} it,\" said Ada Quill.\n",
            ["Zooms", "\u{e9}bbs", "east"][number % 3]
        )
    };
    let files: Vec<(String, String)> = (0..30).map(|number| (format!("{number:02}.txt"), story(number))).collect();
    let dir = Archive::indexed(&files);
    let sorted = run(dir.path(), &["search", "ferry", "--kwic", "--sort", "after", "-n", "11"]);
    let told = err(&sorted);
    assert!(told.contains("showing 11 of 30 lines sorted by the words after the mention; from 30 passages"), "{told}");
    assert!(!told.contains("only the lines of"), "{told}");
    let shown = out(&sorted);
    let shown: Vec<&str> = shown.lines().collect();
    assert!(shown.len() == 11 && shown[..10].iter().all(|line| line.contains("east it")), "{shown:#?}");
    assert!(shown[10].contains("\u{e9}bbs it") && shown[10].ends_with("  Ada Quill"), "{shown:#?}");
    for (arguments, why) in [
        (&["--sort", "after"][..], "give --kwic with it"),
        (&["--sort", "speaker", "--json"], "give --kwic with it"),
        (&["--kwic", "--sort", "before", "--after", "x.1"], "--after goes on by rank"),
    ] {
        let output = run(dir.path(), &[&["search", "ferry"], arguments].concat());
        check_ends(&output, 2);
        assert!(err(&output).contains(why), "{}", err(&output));
    }
}

#[test]
fn csv_has_a_row_for_each_mention_and_no_formula() {
    let story = "=SUM(A1) says the \"chief\", twice\n\nVELDEN, March 3 - The mayor, tired, said a truce is a truce.\n";
    let dir = Archive::indexed(&[("a.txt", story.as_bytes())]);
    let output = run(dir.path(), &["search", "truce", "--format", "csv"]);
    check_ends(&output, 0);
    let text = out(&output);
    let rows: Vec<&str> = text.split("\r\n").filter(|row| !row.is_empty()).collect();
    assert_eq!(rows.len(), 3, "a header and two mentions: {text}");
    assert!(rows[0].starts_with("rank,id,published"), "{text}");
    assert!(rows[1].contains(",\"'=SUM(A1) says the \"\"chief\"\", twice\","), "{text}");
    assert!(rows[1].contains(",truce, is a truce.,") && rows[2].contains(" a truce is a \",truce,.,"), "{text}");
}

#[test]
fn neighbouring_paragraphs_are_given_when_asked_for() {
    let dir = two_stories();
    let output = run(dir.path(), &["search", "speaker:brandauer", "--json", "-C", "1"]);
    check_ends(&output, 0);
    let passage = &objects(&output)[0];
    let texts = |key: &str| passage[key].as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(texts("before").len() == 1 && texts("before")[0].contains("Envoys of both sides"), "{passage}");
    assert_eq!(texts("after"), ["The talks go on."]);
    let without = run(dir.path(), &["search", "speaker:brandauer", "--json"]);
    assert!(objects(&without)[0].get("before").is_none());
}

#[test]
fn only_one_format_is_taken() {
    let dir = two_stories();
    for two in [["--json", "--kwic"], ["--json", "--format=csv"], ["--kwic", "--format=csv"]] {
        let output = run(dir.path(), &["search", "truce", two[0], two[1]]);
        check_ends(&output, 2);
        assert!(err(&output).contains("cannot be used with"), "{}", err(&output));
    }
}

/// Control characters come in by the names of files; JSON keeps them, escaped.
#[test]
#[cfg(target_os = "linux")]
fn no_control_byte_reaches_a_terminal_from_json_or_csv() {
    let name = "a\u{1b}[31m\u{9b}\u{7f}.txt";
    let dir = Archive::indexed(&[(name, "Ferry news\n\n\"The ferry is late,\" Ilse Brandauer said.\n")]);
    let raw = |text: &str| text.chars().any(|c| c.is_control() && c != '\n' && c != '\r');
    for arguments in
        [&["search", "ferry", "--json"][..], &["quotes", "--json"], &["speakers", "--json"], &["attribute", "corpus", "--json"]]
    {
        let found = run(dir.path(), arguments);
        check_ends(&found, 0);
        assert!(!raw(&out(&found)), "{arguments:?}: {:?}", out(&found));
    }
    let found = run(dir.path(), &["search", "ferry", "--json"]);
    assert_eq!(objects(&found)[0]["source"]["path"], name);
    // A terminal of its own, where the system can make one.
    let command = format!("{} search ferry --format csv", env!("CARGO_BIN_EXE_newshound"));
    let typed = std::process::Command::new("script").args(["-qec", &command, "/dev/null"]).current_dir(dir.path()).output();
    match typed {
        Ok(typed) if typed.status.success() => {
            let text = String::from_utf8_lossy(&typed.stdout).into_owned();
            assert!(text.contains("ferry") && !raw(&text), "{text:?}");
        }
        _ => println!("skipped: no `script` here"),
    }
}
