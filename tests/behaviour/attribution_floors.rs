//! Floors under the figures of docs/attribution.md, and truths that hold for any text.
//!
//! A floor is lowered only on purpose: with the reason in the commit that lowers it.

use crate::given::dice::Dice;
use crate::given::shared;
use newshound::article::Article;
use newshound::quotation::{Kind, Quotation, quotations};
use serde_json::Value;

/// Labelled articles, when they are there.
fn labelled(file: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(shared(&format!("quotes/{file}"))?).expect("readable");
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

fn article(record: &Value) -> Article {
    let text = record["text"].as_str().unwrap_or_default();
    let first = || text.lines().next() == record["headline"].as_str();
    let headline = record["headline"].as_bool().unwrap_or_else(first);
    let mut article = Article::plain(record["id"].as_str().unwrap_or_default(), text, headline);
    article.language = record["lang"].as_str().map(String::from);
    article
}

/// The words of `text` between two character offsets.
fn words(text: &str, label: &Value) -> String {
    let at = |name: &str| label[name].as_u64().unwrap_or_default() as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

fn last_name(name: &str) -> String {
    let mut names = name.split_whitespace().filter(|word| !["Jr.", "Jr", "Sr.", "II", "III"].contains(word));
    names.next_back().unwrap_or_default().trim_end_matches("'s").to_lowercase()
}

/// The speaker found for a labelled quotation, by the words they share.
fn found<'q>(quotations: &'q [Quotation], text: &str, words: &str) -> Option<&'q Quotation> {
    let marked = quotations.iter().filter(|q| q.kind != Kind::Indirect && q.kind != Kind::NotSpeech);
    let mut same = marked.filter(|q| words.contains(q.span.of(text)) || q.span.of(text).contains(words));
    same.next()
}

#[test]
fn speakers_of_wire_copy_stay_above_the_floor() {
    let Some(records) = labelled("wire-dev.jsonl") else { return };
    let (mut right, mut all) = (0, 0);
    for record in &records {
        let article = article(record);
        let quotations = quotations(&article);
        let labels = record["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
        for label in labels.iter().filter(|l| l["speaker_type"] == "person" && l["nested"] != true) {
            let words = words(&article.text, label);
            if words.split_whitespace().count() < 3 {
                continue;
            }
            all += 1;
            let speaker = found(&quotations, &article.text, &words).and_then(|q| q.speaker.as_ref());
            right += usize::from(speaker.map(|s| last_name(&s.name)) == label["speaker"].as_str().map(last_name));
        }
    }
    assert!(right * 100 >= all * 84, "{right} of {all}");
}

#[test]
fn speakers_of_political_news_stay_above_the_floor() {
    let Some(records) = labelled("polnear-dev.jsonl") else { return };
    let (mut right, mut all) = (0, 0);
    for record in records.iter().step_by(4) {
        let article = article(record);
        let quotations = quotations(&article);
        let labels = record["quotes"].as_array().map(Vec::as_slice).unwrap_or_default();
        for label in labels.iter().filter(|l| l["speaker"].is_string()) {
            all += 1;
            let words = words(&article.text, label);
            let speaker = found(&quotations, &article.text, &words).and_then(|q| q.speaker.as_ref());
            right += usize::from(speaker.map(|s| last_name(&s.name)) == label["speaker"].as_str().map(last_name));
        }
    }
    assert!(right * 100 >= all * 94, "{right} of {all}");
}

/// Pieces that quotations are made of, and a few that they are not.
const PIECES: [&str; 48] = [
    "\"",
    "“",
    "”",
    "''",
    "``",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "\n",
    "\n",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ": ",
    "? ",
    " — ",
    "― ",
    "(",
    ")",
    "said",
    "Mara Lindqvist",
    "Okri",
    "he",
    "she",
    "the minister",
    "according to",
    "told",
    "who",
    "’s",
    "'s",
    "Mr. ",
    "U.S.",
    "and",
    "of",
    "that",
    "é",
    "日本",
    "\u{301}",
    "\u{a0}",
    "\u{200b}",
    "🙂",
    "WALLIS: ",
    "2.5",
];

#[test]
fn any_soup_of_marks_gives_spans_of_the_text() {
    soups(20_000);
}

/// `cargo test --release --test behaviour -- --ignored` takes some minutes.
#[test]
#[ignore = "takes minutes"]
fn ten_million_soups_of_marks_give_spans_of_the_text() {
    soups(10_000_000);
}

fn soups(rounds: usize) {
    let mut dice = Dice::new(11);
    for round in 0..rounds {
        let text: String = (0..dice.below(60)).map(|_| PIECES[dice.below(PIECES.len())]).collect();
        let article = Article::plain("soup", &text, round % 2 == 0);
        let found = quotations(&article);
        for quotation in &found {
            let spans = [Some(quotation.span), quotation.cue, quotation.role, quotation.mention];
            for span in spans.into_iter().flatten() {
                assert!(!text[span.range()].is_empty(), "{text:?}");
            }
            assert!((0.0..=1.0).contains(&quotation.confidence), "{text:?}");
        }
        assert!(found.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start), "out of order: {text:?}");
    }
}
