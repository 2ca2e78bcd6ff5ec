//! Copies of a story folded under the one that comes first: on the command line, and page after page.

use newshound::engine::embedded::IndexReader;
use newshound::engine::{Engine, LOOKED_AT, Search, Sort, folded};
use newshound::query::{Limits, Today, parse};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Output};

fn newshound(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_newshound")).current_dir(dir).args(arguments).output().unwrap()
}

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
fn archive(articles: &[(String, usize, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let line = |(outlet, story, more): &(String, usize, &str)| {
        let article =
            json!({"title": format!("Ferry talks {story}"), "text": format!("{}{more}", body(*story)), "source": outlet});
        format!("{article}\n")
    };
    std::fs::create_dir(dir.path().join("corpus")).unwrap();
    std::fs::write(dir.path().join("corpus/all.jsonl"), articles.iter().map(line).collect::<String>()).unwrap();
    assert!(newshound(dir.path(), &["index", "corpus"]).status.success());
    dir
}

#[test]
fn copies_are_named_and_the_figures_stay() {
    let stories = [("Harlow Gazette", 1, ""), ("Ostrand Post", 1, " The paper adds this line."), ("Tarsk Herald", 2, "")];
    let dir = archive(&stories.map(|(outlet, story, more)| (outlet.to_owned(), story, more)));
    let answer = |more: &[&str]| -> Vec<Value> {
        let output = newshound(dir.path(), &[&["search", "body:council", "--json"], more].concat());
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
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
    let text = newshound(dir.path(), &["search", "body:council", "--duplicates", "group"]);
    assert!(String::from_utf8_lossy(&text.stdout).contains("the same in 1 other: "), "{text:?}");
    assert!(String::from_utf8_lossy(&text.stderr).contains("1 passages of copies"), "{text:?}");
    let many = newshound(dir.path(), &["search", "--queries", "corpus/all.jsonl", "--duplicates", "group"]);
    assert_eq!(many.status.code(), Some(2), "{many:?}");
    let refused = newshound(dir.path(), &["search", "council", "--duplicates", "group", "--all"]);
    assert!(
        refused.status.code() == Some(2) && String::from_utf8_lossy(&refused.stderr).contains("leave out --all"),
        "{refused:?}"
    );
}

#[test]
fn pages_follow_each_other_and_no_story_comes_twice() {
    // 250 stories, every second one in two papers: 375 passages, of which the first 300 are compared.
    let all: Vec<(String, usize, &str)> =
        (0..375).map(|number| (format!("Paper {number}"), if number < 250 { number } else { (number - 250) * 2 }, "")).collect();
    let dir = archive(&all);
    let engine = IndexReader::open(&dir.path().join("index")).unwrap();
    let query = parse("body:council", Today(2025_03_14), &Limits::default()).unwrap().query.unwrap();
    let best = Search { sort: Sort::Oldest, ..Search::best(query, 17) };
    let mut order = Vec::new();
    engine
        .search(&Search { limit: None, ..best.clone() }, &mut |passage| {
            order.push(passage.id);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(order.len(), 375);
    let (mut after, mut ids, mut copies, mut left_out) = (None, Vec::new(), BTreeSet::new(), 0);
    for _ in 0..40 {
        let page = folded(&engine, &Search { after, ..best.clone() }, &|| true).unwrap();
        assert_eq!((page.summary.passages, page.summary.shown), (375, page.passages.len()));
        left_out = left_out.max(page.left_out);
        for passage in page.passages {
            copies.extend(passage.copies.into_iter().map(|copy| copy.article));
            ids.push(passage.id);
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let unfolded: Vec<&String> = order.iter().filter(|id| ids.contains(id)).collect();
    assert_eq!(unfolded, ids.iter().collect::<Vec<_>>(), "in the order of the answer, each once");
    assert!(left_out > 30 && copies.len() == left_out, "{left_out} {}", copies.len());
    assert_eq!(ids.len() + left_out, 375);
    // What was left out is named, and everything behind those that are compared is there.
    let missing: Vec<&String> = order.iter().filter(|id| !ids.contains(id)).collect();
    assert!(missing.iter().all(|id| copies.contains(id.split('.').next().unwrap())));
    assert!(order[LOOKED_AT..].iter().all(|id| ids.contains(id)));
}
