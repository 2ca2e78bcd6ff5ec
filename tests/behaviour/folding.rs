//! Copies of a story folded under the one that comes first: on the command line, and page after page.

use crate::given::archive::{Archive, objects, run};
use newshound::day::Day;
use newshound::engine::{Engine, Search, Sort};
use newshound::query::{QueryLimits, Today, parse};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// A body of its own for each number, long enough to be compared.
fn body(number: usize) -> String {
    let word = |at: usize| {
        let syllables = ["ka", "ro", "mi", "tel", "vas", "un", "dor", "pe", "lin", "gar", "so", "bet", "hu", "ny", "fa", "wi"];
        let mixed = (number * 7_919 + at * 104_729 + number * at) % 4_096;
        format!("{}{}{}", syllables[mixed % 16], syllables[mixed / 16 % 16], syllables[mixed / 256])
    };
    let words: Vec<String> = (0..40).map(word).collect();
    format!("The council of {} met about the ferry on that day. {} ended late.", word(50), words.join(" "))
}

/// Articles of these stories: outlet, number of the story, a sentence added to the body.
fn archive(articles: &[(String, usize, &str)]) -> Archive {
    let line = |(outlet, story, more): &(String, usize, &str)| {
        let article =
            json!({"title": format!("Ferry talks {story}"), "text": format!("{}{more}", body(*story)), "source": outlet});
        format!("{article}\n")
    };
    Archive::indexed(&[("all.jsonl", articles.iter().map(line).collect::<String>())])
}

#[test]
fn copies_are_named_and_the_figures_stay() {
    let stories = [("Harlow Gazette", 1, ""), ("Ostrand Post", 1, " The paper adds this line."), ("Tarsk Herald", 2, "")];
    let dir = archive(&stories.map(|(outlet, story, more)| (outlet.to_owned(), story, more)));
    let answer =
        |more: &[&str]| -> Vec<Value> { objects(&run(dir.path(), &[&["search", "body:council", "--json"], more].concat())) };
    let (shown, grouped) = (answer(&[]), answer(&["--duplicates", "group"]));
    assert_eq!((shown.len(), grouped.len()), (4, 3));
    for figure in ["passages", "mentions", "articles"] {
        assert_eq!(shown[3][figure], grouped[2][figure], "{figure}");
    }
    assert!(shown.iter().all(|passage| passage.get("copies").is_none()));
    let first = grouped.iter().find(|passage| passage.get("copies").is_some()).unwrap();
    let names: BTreeSet<&str> = [&first["outlet"], &first["copies"][0]["outlet"]].map(|name| name.as_str().unwrap()).into();
    assert_eq!(names, ["Harlow Gazette", "Ostrand Post"].into());
    assert!(shown.iter().any(|passage| passage["article"] == first["copies"][0]["article"]));
    let text = run(dir.path(), &["search", "body:council", "--duplicates", "group"]);
    assert!(String::from_utf8_lossy(&text.stdout).contains("the same in 1 other: "), "{text:?}");
    assert!(String::from_utf8_lossy(&text.stderr).contains("3 articles of 2 stories"), "{text:?}");
    assert_eq!((&shown[3]["stories"], &grouped[2]["stories"]), (&Value::Null, &json!(2)));
    let all = answer(&["--duplicates", "group", "--all"]);
    assert_eq!(all[..2], grouped[..2]);
    let count = run(dir.path(), &["search", "body:council", "--duplicates", "group", "--count"]);
    assert_eq!(String::from_utf8_lossy(&count.stdout), "3 passages, 3 mentions, 3 articles of 2 stories\n");
    std::fs::write(dir.path().join("queries"), "body:council\n").unwrap();
    let many = run(dir.path(), &["search", "--queries", "queries", "--duplicates", "group"]);
    let many: Value = serde_json::from_slice(&many.stdout).unwrap();
    assert_eq!((&many["stories"], many["hits"].as_array().unwrap().len()), (&json!(2), 2));
    let status = run(dir.path(), &["status"]);
    assert!(String::from_utf8_lossy(&status.stdout).contains("copies      1 articles"), "{status:?}");
}

#[test]
fn pages_follow_each_other_and_no_story_comes_twice() {
    // 250 stories, every second one in two papers.
    let all: Vec<(String, usize, &str)> =
        (0..375).map(|number| (format!("Paper {number}"), if number < 250 { number } else { (number - 250) * 2 }, "")).collect();
    let dir = archive(&all);
    let engine = dir.reader();
    let query = parse("body:council", Today(Day::constant(2025, 3, 14)), &QueryLimits::default()).unwrap().query.unwrap();
    let best = Search { sort: Sort::Oldest, ..Search::best(query, 17) };
    let answer = |search: &Search| {
        let mut passages = Vec::new();
        let summary = engine.search(search, &mut |passage| {
            passages.push(passage);
            ControlFlow::Continue(())
        });
        (passages, summary.unwrap())
    };
    let (all, summary) = answer(&Search { limit: None, ..best.clone() });
    assert_eq!((all.len(), summary.stories), (375, None));
    let order: Vec<String> = all.into_iter().map(|passage| passage.id).collect();
    let (mut after, mut ids, mut copies) = (None, Vec::new(), Vec::new());
    for _ in 0..40 {
        let (page, summary) = answer(&Search { after: after.clone(), fold: true, ..best.clone() });
        assert_eq!((summary.passages, summary.stories, summary.shown), (375, Some(250), page.len()));
        after = page.last().map(|passage| passage.id.clone());
        for passage in page {
            copies.extend(passage.copies.into_iter().map(|copy| copy.article));
            ids.push(passage.id);
        }
        if after.is_none() {
            break;
        }
    }
    let unfolded: Vec<&String> = order.iter().filter(|id| ids.contains(id)).collect();
    assert_eq!(unfolded, ids.iter().collect::<Vec<_>>(), "in the order of the answer, each once");
    assert_eq!((ids.len(), copies.len(), copies.iter().collect::<BTreeSet<_>>().len()), (250, 125, 125));
    // What was left out is named where it was.
    let missing: Vec<&String> = order.iter().filter(|id| !ids.contains(id)).collect();
    assert!(missing.iter().all(|id| copies.iter().any(|copy| id.starts_with(&copy.to_string()))));
}

#[test]
fn a_query_that_the_matcher_decides_is_folded_and_counted_too() {
    let stories = [("Harlow Gazette", 1, ""), ("Ostrand Post", 1, ""), ("Tarsk Herald", 2, ""), ("Marsh News", 2, "")];
    let dir = archive(&stories.map(|(outlet, story, more)| (outlet.to_owned(), story, more)));
    for query in ["exact:\"about the ferry\"", "\"council met\"~6", "SENTENCE(council ferry)"] {
        for limit in ["1", "10"] {
            let output = run(dir.path(), &["search", query, "--json", "--duplicates", "group", "--limit", limit]);
            let lines = objects(&output);
            let summary = lines.last().unwrap();
            assert_eq!((&summary["articles"], &summary["stories"]), (&json!(4), &json!(2)), "{query}: {lines:?}");
            assert!(lines[..lines.len() - 1].iter().all(|passage| passage["copies"].as_array().unwrap().len() == 1), "{query}");
        }
    }
}

#[test]
fn stories_are_the_same_when_what_was_kept_is_gone_or_of_another_commit() {
    let all: Vec<(String, usize, &str)> = (0..40).map(|number| (format!("Paper {number}"), number % 25, "")).collect();
    let dir = archive(&all);
    let stories = || {
        let status = run(dir.path(), &["search", "body:council", "--json", "--all", "--duplicates", "group"]);
        let mut lines = objects(&status);
        lines.pop();
        lines
    };
    let kept = dir.path().join("index/stories");
    let (before, bytes) = (stories(), std::fs::read(&kept).unwrap());
    assert_eq!(before.len(), 25);
    std::fs::remove_file(&kept).unwrap();
    assert_eq!(stories(), before);
    // One story less has a copy now; the file that was kept before is put back.
    let corpus = std::fs::read_to_string(dir.path().join("corpus/all.jsonl")).unwrap();
    let fewer: Vec<&str> = corpus.lines().take(39).collect();
    std::fs::write(dir.path().join("corpus/all.jsonl"), fewer.join("\n")).unwrap();
    dir.build();
    assert_ne!(std::fs::read(&kept).unwrap(), bytes);
    std::fs::write(&kept, bytes).unwrap();
    let after = stories();
    let copies = |lines: &[Value]| lines.iter().filter(|passage| passage.get("copies").is_some()).count();
    assert_eq!((copies(&before), copies(&after)), (15, 14));
    std::fs::write(&kept, "damaged").unwrap();
    assert_eq!(stories(), after);
    let check = run(dir.path(), &["check"]);
    assert!(!check.status.success() && String::from_utf8_lossy(&check.stdout).contains("stories"), "{check:?}");
    assert!(run(dir.path(), &["check", "--repair"]).status.success());
    assert!(run(dir.path(), &["check"]).status.success());
    assert_eq!(stories(), after);
}

#[test]
fn what_is_not_kept_is_found_within_the_cost_of_a_question_and_kept_by_the_next_run() {
    let all: Vec<(String, usize, &str)> = (0..40).map(|number| (format!("Paper {number}"), number % 25, "")).collect();
    let dir = archive(&all);
    let kept = dir.path().join("index/stories");
    let bytes = std::fs::read(&kept).unwrap();
    std::fs::remove_file(&kept).unwrap();
    let engine = dir.reader();
    let query = parse("body:council", Today(Day::constant(2025, 3, 14)), &QueryLimits::default()).unwrap().query.unwrap();
    let answer = |memory: usize| {
        let mut search = Search { fold: true, limit: None, ..Search::best(query.clone(), 1) };
        search.caller.memory = memory;
        let mut shown = 0;
        let summary = engine.search(&search, &mut |_| {
            shown += 1;
            ControlFlow::Continue(())
        });
        (shown, summary.unwrap())
    };
    // Sketches of forty articles take more than that; what is not folded is shown, and said.
    let (shown, summary) = answer(1_000);
    assert_eq!((shown, summary.stories), (40, None));
    assert!(summary.partial.unwrap().contains("none is folded"));
    let (shown, summary) = answer(1 << 20);
    assert_eq!((shown, summary.stories, summary.partial), (25, Some(25), None));
    assert!(run(dir.path(), &["index", "corpus"]).status.success());
    assert_eq!(std::fs::read(&kept).unwrap().len(), bytes.len());
}
