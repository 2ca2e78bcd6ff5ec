//! Who is quoted: every example of `docs/speakers.md`, every option of `quotes` and `speakers`, and names that must stay apart.

use crate::given::archive::{Archive, objects, run};
use crate::given::page::{blocks, docs};
use serde_json::Value;
use std::path::Path;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The objects of an answer, and the summary.
fn json(here: &Path, arguments: &[&str]) -> (Vec<Value>, Value) {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    let output = run(here, &arguments);
    assert_ne!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
    let mut lines = objects(&output);
    let summary = lines.pop().unwrap();
    assert_eq!(summary["type"], "summary");
    (lines, summary)
}

fn page_archive() -> Archive {
    let page = docs("speakers.md");
    let articles: Vec<(&str, &str)> = blocks(&page, "article")
        .into_iter()
        .map(|block| block.strip_prefix("file: ").unwrap().split_once('\n').unwrap())
        .collect();
    Archive::indexed(&articles)
}

/// Arguments as a shell would cut them, as far as the page needs it.
fn arguments(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (number, piece) in line.split('"').enumerate() {
        if number % 2 == 1 { out.push(piece.to_owned()) } else { out.extend(piece.split_whitespace().map(str::to_owned)) }
    }
    out
}

fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// `Name: the words with [marks]`, and how they are given if not directly.
fn shown(quotation: &Value) -> String {
    let mut words = characters(quotation["text"].as_str().unwrap());
    for range in quotation["matches"].as_array().unwrap().iter().rev() {
        words.insert(range[1].as_u64().unwrap() as usize, ']');
        words.insert(range[0].as_u64().unwrap() as usize, '[');
    }
    let words: String = words.into_iter().collect();
    let name = quotation["known_as"].as_str().or(quotation["speaker"].as_str()).unwrap_or("nobody known");
    let kind = quotation["kind"].as_str().unwrap();
    format!("{name}: {words}{}", if kind == "direct" { String::new() } else { format!(" ({kind})") })
}

/// `Name: 4 in 3 articles, 2025-03-14 to 2025-04-02`, and whom it may be.
fn counted(speaker: &Value) -> String {
    let articles = speaker["articles"].as_u64().unwrap();
    let days = match (speaker["first"].as_str(), speaker["last"].as_str()) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    let may_be: Vec<&str> = speaker["may_be"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let may_be = if may_be.is_empty() { String::new() } else { format!(" (may be {})", may_be.join(", ")) };
    let s = if articles == 1 { "" } else { "s" };
    format!("{}: {} in {articles} article{s}{days}{may_be}", speaker["name"].as_str().unwrap(), speaker["quotations"])
}

#[test]
fn every_example_of_the_page_finds_what_it_says() {
    let (page, dir) = (docs("speakers.md"), page_archive());
    let mut wrong = Vec::new();
    let mut examples = 0;
    for (command, show) in [("quotes", shown as fn(&Value) -> String), ("speakers", counted)] {
        for example in blocks(&page, command) {
            let (typed, expected) = example.split_once('\n').unwrap();
            let expected: Vec<&str> = expected.lines().map(|line| line.strip_prefix("=> ").unwrap()).collect();
            let typed = arguments(typed);
            let all: Vec<&str> = std::iter::once(command).chain(typed.iter().map(String::as_str)).collect();
            let found: Vec<String> = json(dir.path(), &all).0.iter().map(show).collect();
            examples += 1;
            if found != expected {
                wrong.push(format!("{all:?}\n  page says {expected:#?}\n  found     {found:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(examples >= 7, "{examples}");
}

#[test]
fn what_is_said_by_hand_on_the_page_does_what_it_says() {
    let (page, dir) = (docs("speakers.md"), page_archive());
    dir.write("people.toml", blocks(&page, "toml")[0]);
    let examples = blocks(&page, "people");
    for example in &examples {
        let (typed, expected) = example.split_once('\n').unwrap();
        let expected: Vec<&str> = expected.lines().map(|line| line.strip_prefix("=> ").unwrap()).collect();
        let typed = arguments(typed);
        let all: Vec<&str> = typed.iter().map(String::as_str).collect();
        let show = if all[0] == "quotes" { shown as fn(&Value) -> String } else { counted };
        let found: Vec<String> = json(dir.path(), &all).0.iter().map(show).collect();
        assert_eq!(found, expected, "{all:?}");
    }
    assert_eq!(examples.len(), 2);
}

#[test]
fn the_dossier_on_the_page_is_what_is_printed() {
    let (page, dir) = (docs("speakers.md"), page_archive());
    let printed = text(&run(dir.path(), &["speaker", "brandauer", "-n", "2"]).stdout);
    assert_eq!(blocks(&page, "text")[0].trim_end(), printed.trim_end());
}

#[test]
fn every_option_is_on_the_page_and_in_the_help() {
    let page = docs("speakers.md");
    for (command, options) in
        [("quotes", vec!["--by", "--about", "--kind", "--sort"]), ("speakers", vec!["--by", "--about", "--kind", "--sort"])]
    {
        let help = text(&run(Path::new("."), &[command, "--help"]).stdout);
        for option in options.iter().chain(&["--limit", "--all", "--json", "--today", "--exact", "--case-sensitive", "--index"]) {
            assert!(help.contains(option), "{command} {option}");
        }
        assert!(options.iter().all(|option| page.contains(option)), "{command}");
    }
}

#[test]
fn answers_go_on_after_a_quotation_and_in_the_order_asked_for() {
    let dir = page_archive();
    let (all, summary) = json(dir.path(), &["quotes", "--sort", "date", "--all"]);
    assert_eq!(summary["quotations"], all.len());
    assert_eq!(summary["shown"], all.len());
    for (number, quotation) in all.iter().enumerate() {
        assert_eq!(quotation["rank"], number + 1);
        // The words are where the source says they are.
        let text = quotation["context"].as_str().unwrap();
        let said: String = characters(text)[quotation["said"][0].as_u64().unwrap() as usize..]
            [..characters(quotation["text"].as_str().unwrap()).len()]
            .iter()
            .collect();
        assert_eq!(said, quotation["text"].as_str().unwrap());
        let file =
            std::fs::read_to_string(dir.path().join("corpus").join(quotation["source"]["path"].as_str().unwrap())).unwrap();
        let range = &quotation["source"]["matches"][0];
        let printed: String =
            characters(&file)[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize].iter().collect();
        assert_eq!(printed, said);
        let line = quotation["source"]["line"].as_u64().unwrap() as usize;
        assert!(file.lines().nth(line - 1).unwrap().contains(&said), "{line} {said}");
    }
    let dates: Vec<&str> = all.iter().filter_map(|quotation| quotation["published"].as_str()).collect();
    assert!(dates.windows(2).all(|pair| pair[0] <= pair[1]), "{dates:?}");
    let (newest, _) = json(dir.path(), &["quotes", "--sort", "-date", "--all"]);
    assert_eq!(newest[0]["published"], "2025-04-02");
    // Page by page, every quotation once.
    let mut paged: Vec<Value> = Vec::new();
    while paged.len() < all.len() {
        let after = paged.last().map(|last| last["id"].as_str().unwrap().to_owned());
        let mut arguments = vec!["quotes", "--sort", "date", "-n", "2"];
        arguments.extend(after.iter().flat_map(|id| ["--after", id.as_str()]));
        let (page, summary) = json(dir.path(), &arguments);
        assert_eq!(summary["quotations"], all.len(), "what is left out counts all the same");
        assert!(!page.is_empty());
        paged.extend(page);
    }
    let ids = |list: &[Value]| list.iter().map(|quotation| quotation["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&paged), ids(&all));
}

#[test]
fn speakers_are_counted_as_their_quotations_are_printed() {
    let dir = page_archive();
    for query in [
        vec![],
        vec!["bridges OR peace OR won"],
        vec!["date:2025-03"],
        vec!["--about", "peace"],
        vec!["--kind", "indirect,partial"],
    ] {
        let ask = |command: &'static str, more: &'static str| {
            let arguments: Vec<&str> = [command].into_iter().chain(query.iter().copied()).chain([more]).collect();
            json(dir.path(), &arguments)
        };
        let ((quotations, _), (speakers, summary)) = (ask("quotes", "--all"), ask("speakers", "--all"));
        for speaker in &speakers {
            let theirs: Vec<&Value> = quotations.iter().filter(|quotation| quotation["known_as"] == speaker["name"]).collect();
            assert_eq!(speaker["quotations"], theirs.len(), "{query:?} {speaker}");
            for kind in ["direct", "partial", "indirect"] {
                assert_eq!(
                    speaker[kind],
                    theirs.iter().filter(|quotation| quotation["kind"] == kind).count(),
                    "{query:?} {speaker}"
                );
            }
            let articles: std::collections::BTreeSet<&str> =
                theirs.iter().filter_map(|quotation| quotation["article"].as_str()).collect();
            assert_eq!(speaker["articles"], articles.len(), "{query:?} {speaker}");
        }
        let counted: u64 = speakers.iter().map(|speaker| speaker["quotations"].as_u64().unwrap()).sum();
        assert_eq!(summary["quotations"], counted);
        let others = summary["unnamed"].as_u64().unwrap() + summary["unattributed"].as_u64().unwrap();
        assert_eq!(quotations.len() as u64, counted + others, "{query:?}");
    }
}

#[test]
fn speakers_come_in_the_order_asked_for() {
    let dir = page_archive();
    let names = |sort: &str| -> Vec<String> {
        let (speakers, _) = json(dir.path(), &["speakers", "--sort", sort]);
        speakers.iter().map(|speaker| speaker["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("name"), ["Brandauer", "Ilse Brandauer", "Grace Miller", "Miller", "Thomas Miller"]);
    assert_eq!(names("count")[0], "Ilse Brandauer");
    assert_eq!(names("articles")[0], "Ilse Brandauer");
    assert_eq!(names("first")[0], "Brandauer");
    assert_eq!(names("last")[..2], ["Ilse Brandauer", "Miller"]);
    let (first, summary) = json(dir.path(), &["speakers", "-n", "1"]);
    assert_eq!((first.len(), &summary["speakers"], &summary["shown"]), (1, &Value::from(5), &Value::from(1)));
}

#[test]
fn nothing_found_says_what_to_try() {
    let dir = page_archive();
    for (arguments, status, talk) in [
        (vec!["quotes", "--by", "Brandaur"], 1, "did you mean Ilse Brandauer"),
        (vec!["speakers", "--by", "Brandaur"], 1, "did you mean Ilse Brandauer"),
        (vec!["quotes", "--by", "Nobodysson"], 1, "nobody called Nobodysson is quoted"),
        (vec!["quotes", "zebra"], 1, "no quotation found for zebra"),
        (vec!["quotes", "--about", "dykes", "--kind", "indirect"], 1, "without --kind"),
        (vec!["speakers", "zebra"], 1, "nobody is quoted by name"),
        (vec!["quotes", "()"], 2, "nothing to look for in"),
        (vec!["quotes", "--kind", "sung"], 2, "direct"),
        (vec!["quotes", "--today", "tomorrow"], 2, "write it as 2025-03-14"),
        (vec!["speakers", "--index", "nowhere"], 2, "no index in nowhere"),
        (vec!["quotes", "--by", "miller"], 0, "miller may be"),
        (vec!["quotes", "--by", "the ministry", "--kind", "indirect"], 0, "showing 1 of 1 quotation"),
        (vec!["quotes", "date:last-week", "--today", "2025-03-19"], 0, "showing"),
        (vec!["speakers", "--kind", "indirect"], 0, "1 more quotation by people not named"),
    ] {
        let output = run(dir.path(), &arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.contains(talk), "{arguments:?}: {said}");
        assert_eq!(output.stdout.is_empty(), status != 0, "{arguments:?}");
    }
}

#[test]
fn quotations_are_printed_for_people() {
    let dir = page_archive();
    let printed = text(&run(dir.path(), &["quotes", "--about", "pause"]).stdout);
    let lines: Vec<&str> = printed.lines().map(str::trim).collect();
    assert!(lines[0].starts_with("1  Ilse Brandauer"), "{printed}");
    assert_eq!(lines[1], "Truce talks open · TARSK, March 14 · 2025-03-14");
    assert_eq!(lines[2], "\u{201c}We want a long-term peace, not a [pause],\u{201d}");
    assert_eq!(lines[3], "corpus/2025/03/14/talks.txt:5");
    let printed = text(&run(dir.path(), &["speakers", "--by", "Brandauer"]).stdout);
    assert!(printed.contains("4 quotations (4 direct) in 3 articles · 2025-03-14 to 2025-04-02"), "{printed}");
    assert!(printed.contains("not certain who; may be Ilse Brandauer"), "{printed}");
}

#[test]
fn every_field_of_the_json_is_described() {
    let described = docs("json.md");
    let dir = page_archive();
    for command in ["quotes", "speakers"] {
        let (objects, summary) = json(dir.path(), &[command]);
        for field in objects.iter().chain([&summary]).flat_map(|object| object.as_object().unwrap().keys()) {
            assert!(described.contains(&format!("`{field}`")), "{command}: {field}");
        }
    }
}

#[test]
fn the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (readme, corpus) = (std::fs::read_to_string(root.join("README.md")), root.join("corpus"));
    let (Ok(readme), true) = (readme, corpus.is_dir()) else {
        println!("skipped: no README.md or no corpus");
        return;
    };
    let dir = Archive::new();
    let index = dir.index();
    let index = index.to_str().unwrap();
    assert!(run(root, &["index", "corpus", "--index", index]).status.success());
    for (shown, arguments) in [(1, vec!["quotes", "--by", "Orlan", "--about", "peace"]), (2, vec!["speakers", "--by", "orlan"])] {
        let shown = readme.split("```text\n").nth(shown + 1).and_then(|rest| rest.split("```").next()).unwrap();
        let arguments: Vec<&str> = arguments.into_iter().chain(["--index", index]).collect();
        assert_eq!(text(&run(root, &arguments).stdout).trim_end(), shown.trim_end(), "{arguments:?}");
    }
}
