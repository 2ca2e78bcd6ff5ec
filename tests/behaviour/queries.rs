//! The query language: every example of `docs/query.md`, and what is refused. What is hostile: `tests/measured/queries.rs`.

use crate::given::page::{blocks, docs, index};
use newshound::day::Day;
use newshound::engine::embedded::IndexReader;
use newshound::engine::{Engine, Search};
use newshound::query::{QueryLimits, Today, parse};
use std::ops::ControlFlow;

const TODAY: Today = Today(Day::constant(2025, 3, 20));

/// The passages that answer `typed`, in the order of the page, marks in square brackets.
fn answer(engine: &IndexReader, typed: &str) -> Vec<String> {
    let parsed = parse(typed, TODAY, &QueryLimits::default()).unwrap();
    assert!(parsed.complaints.is_empty(), "{typed}: {:?}", parsed.complaints);
    let mut found = Vec::new();
    let each = &mut |passage: newshound::results::RankedPassage| {
        let mut shown = passage.text.clone();
        for span in passage.matches.iter().rev() {
            shown.insert(span.end as usize, ']');
            shown.insert(span.start as usize, '[');
        }
        found.push(((passage.location.path.clone(), passage.paragraph), shown));
        ControlFlow::Continue(())
    };
    engine.search(&Search::all(parsed.query.unwrap()), each).unwrap();
    found.sort();
    found.into_iter().map(|(_, shown)| shown).collect()
}

#[test]
fn every_example_of_the_page_finds_what_it_says() {
    let page = docs("query.md");
    let dir = tempfile::tempdir().unwrap();
    let engine = index(&page, dir.path());
    let examples = blocks(&page, "query");
    assert!(examples.len() > 30, "{}", examples.len());
    let mut wrong = Vec::new();
    for example in examples {
        let (typed, expected) = example.split_once('\n').unwrap();
        let expected: Vec<&str> =
            expected.lines().map(|line| line.strip_prefix("=> ").unwrap()).filter(|l| *l != "nothing").collect();
        let found = answer(&engine, typed);
        if found != expected {
            wrong.push(format!("{typed}\n  page says {expected:#?}\n  found     {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_field_and_operator_is_on_the_page() {
    let page = docs("query.md");
    let examples = blocks(&page, "query").join("\n");
    let fields = newshound::query::Field::NAMES.iter().map(|(name, _)| format!("{name}:"));
    let others = [
        "date:",
        "article:",
        "exact:",
        "case:",
        "ocr:",
        "NEAR/",
        "BEFORE/",
        "SENTENCE(",
        "AND",
        "OR",
        "NOT",
        "+",
        " -",
        "*",
        "?",
        "~",
        "^",
        "\\",
    ];
    let missing: Vec<String> = fields
        .chain(others.iter().map(|sign| (*sign).to_owned()))
        .filter(|sign| !examples.contains(sign.as_str()) && !page.contains(&format!("`{sign}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_refusal_names_the_limit() {
    let refused = |typed: &str| parse(typed, TODAY, &QueryLimits::default()).unwrap_err().to_string();
    assert!(refused(&"a ".repeat(3000)).contains("bytes long; the limit is 4096"));
    assert!(refused(&"(".repeat(100)).contains("100 levels deep; the limit is 64"));
    assert!(refused(&"a ".repeat(1500)).contains("words and phrases; the limit is 1024"));
    assert!(refused(&"a NEAR ".repeat(100)).contains("NEAR and BEFORE; the limit is 16"));
}

#[test]
fn a_pasted_headline_is_words() {
    for (typed, understood) in [
        // Glued words are looked for one by one beside others; figures, addresses, initials and lone ones stay as they are.
        ("RELIEF TO U.S. CORN/OATS GROWERS SAID LIKELY", "RELIEF U.S CORN OATS GROWERS SAID LIKELY"),
        ("ECHLIN<ECH> EXPECTS GROWTH", "ECHLIN ECH EXPECTS GROWTH"),
        ("oil tax on sunflower--usda", "oil tax sunflower usda"),
        ("corn/oats", "corn/oats"),
        ("AC/DC in Velden", "AC/DC Velden"),
        ("open 24/7 since 1999/2000", "open 24/7 since 1999/2000"),
        ("http://velden.example/a/b found", "http://velden.example/a/b found"),
        ("corn/oats NEAR/5 growers", "corn/oats NEAR/5 growers"),
        // Operators among so many capitals are words, if they are not many.
        ("MEXICO OIL TAX NOT AIMED AT VELDEN", "MEXICO OIL TAX not AIMED VELDEN"),
        ("TAX NOT VELDEN", "TAX AND (NOT VELDEN)"),
        ("Mexico oil tax NOT aimed at Velden", "(Mexico oil tax Velden) AND (NOT aimed)"),
        ("OIL TAX FOR \"VELDEN\" NOT AIMED AT ORLE", "(OIL TAX ORLE) AND \"VELDEN\" AND (NOT AIMED)"),
    ] {
        let parsed = parse(typed, Today(Day::constant(2025, 3, 15)), &QueryLimits::default()).unwrap();
        assert_eq!(parsed.query.unwrap().to_string(), understood, "{typed}: {:?}", parsed.complaints);
        let said = parsed.complaints.iter().any(|complaint| complaint.message.contains("in capitals"));
        assert_eq!(said, typed.starts_with("MEXICO"), "{typed}");
    }
}

#[test]
fn a_phrase_of_too_many_spellings_says_so() {
    let complaints = |typed: &str| parse(typed, TODAY, &QueryLimits::default()).unwrap().complaints;
    assert_eq!(complaints("\"long-term co-operation in vote-winning old-age\""), []);
    let said = complaints("\"long-term co-operation in vote-winning old-age re-election\"");
    assert!(said.len() == 1 && said[0].message.contains("only the first 16 ways"), "{said:?}");
}
