//! What a search does when time is short, and how age counts when it is asked to.

use crate::given::archive::Archive;
use newshound::day::Day;
use newshound::engine::embedded::IndexReader;
use newshound::engine::{Engine, Recency, Search};
use newshound::query::{Query, QueryLimits, Today, parse};
use newshound::results::{RankedPassage, Summary};
use std::ops::ControlFlow;
use std::time::Duration;

const TODAY: Today = Today(Day::constant(2025, 3, 14));

/// An index of these articles: headline, day, text.
fn index(articles: &[(String, &str, String)]) -> (Archive, IndexReader) {
    let lines = articles
        .iter()
        .map(|(headline, date, text)| serde_json::json!({"headline": headline, "date": date, "text": text}).to_string() + "\n");
    let archive = Archive::indexed(&[("all.jsonl", lines.collect::<String>())]);
    let reader = archive.reader();
    (archive, reader)
}

fn query(text: &str) -> Query {
    parse(text, TODAY, &QueryLimits::default()).unwrap().query.unwrap()
}

fn answer(reader: &IndexReader, search: &Search) -> (Vec<RankedPassage>, Summary) {
    let mut passages = Vec::new();
    let summary = reader.search(search, &mut |passage| {
        passages.push(passage);
        ControlFlow::Continue(())
    });
    (passages, summary.unwrap())
}

#[test]
fn a_search_out_of_time_says_that_it_is_partial() {
    // Every article has both words, none has them in one sentence: the matcher turns all of them down.
    let text = |n: usize| format!("The ferry {n} was late again that night. Nobody in the harbour said why.");
    let (_dir, reader) = index(&(0..2_000).map(|n| (format!("Delay {n}"), "2025-01-02", text(n))).collect::<Vec<_>>());
    let apart = query("SENTENCE(ferry harbour)");
    let (passages, summary) = answer(&reader, &Search { deadline: Duration::ZERO, ..Search::best(apart.clone(), 10) });
    assert!(passages.is_empty() && summary.partial.is_some_and(|why| why.contains("time")));
    let (passages, summary) = answer(&reader, &Search::all(apart));
    assert!(passages.is_empty() && summary.partial.is_none());
    // One that is exact by the index alone has its figures in any case.
    let (passages, summary) = answer(&reader, &Search { deadline: Duration::ZERO, ..Search::best(query("ferry"), 10) });
    assert_eq!((passages.len(), summary.articles, summary.partial), (10, 2_000, None));
}

/// Each of them may be `us` or `U.S.`: 2 to the 70th ways are no number to count with.
#[test]
fn a_long_phrase_of_words_with_two_spellings_is_answered() {
    let words = vec!["U.S."; 70].join(" ");
    let (_dir, reader) = index(&[("Nothing but it".into(), "2025-03-01", format!("He wrote US once, and {words} in a row."))]);
    let (passages, _) = answer(&reader, &Search::best(query(&format!("\"{words}\"")), 10));
    assert_eq!(passages.len(), 1);
    let (passages, _) = answer(&reader, &Search::best(query(&format!("\"{words} U.S.\"")), 10));
    assert!(passages.is_empty());
}

#[test]
fn newer_articles_come_first_only_when_asked() {
    let article = |headline: &str, date: &'static str, text: &str| (headline.to_owned(), date, text.to_owned());
    let (_dir, reader) = index(&[
        article("Ferry talks", "2015-03-14", "The ferry talks went on, the crews said."),
        article("Ferry talks", "2025-03-13", "The ferry talks went on in the harbour hall, the crews said, and on."),
        article("Other news", "2025-03-13", "Somebody had once taken a ferry."),
    ]);
    let days = |recency: Option<Recency>| {
        let search = Search { recency, explain: true, ..Search::best(query("ferry talks crews"), 10) };
        let (passages, _) = answer(&reader, &search);
        for passage in &passages {
            let sum: f32 = passage.why.iter().map(|(_, worth)| worth).sum();
            assert!((sum - passage.score).abs() < 0.01, "{sum} is not {}", passage.score);
            assert_eq!(passage.why.iter().any(|(what, _)| what == "the article's age"), recency.is_some());
        }
        passages.iter().map(|passage| passage.facts.published.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(days(None)[0], "2015-03-14");
    let newer = days(Some(Recency { today: TODAY, half_life: 30 }));
    assert_eq!(newer[0], "2025-03-13");
    // Half of a good answer is more than the whole of a poor one.
    let old = newer.iter().position(|day| day == "2015-03-14");
    assert!(old.is_some_and(|old| old < newer.len() - 1), "{newer:?}");
}
