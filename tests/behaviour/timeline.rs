//! Queries over time beside all that was printed, against a count of the articles one by one.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::dice::Dice;
use crate::given::served::Served;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An article as it was made: its date as printed, its body, and the number of the story it tells.
struct Made {
    date: Option<String>,
    body: String,
    story: usize,
}

/// Days of the first months of 2025, none in April; some dates are months or years only, and some articles print a story again.
fn made(dice: &mut Dice) -> Vec<Made> {
    let words = ["ferry", "harbour", "valley", "bridge", "oil", "winter", "council", "boat", "price", "light", "snow", "train"];
    let mut all: Vec<Made> = Vec::new();
    for number in 0..120 {
        let day = 1 + dice.below(28);
        let month = [1, 2, 3, 5][dice.below(4)];
        let date = match dice.below(12) {
            0 => None,
            1 => Some("2025".to_owned()),
            2 => Some(format!("2025-{month:02}")),
            _ => Some(format!("2025-{month:02}-{day:02}")),
        };
        if number % 6 == 5 {
            let (body, story) = (all[number - 3].body.clone(), all[number - 3].story);
            all.push(Made { date, body, story });
            continue;
        }
        let mut body = format!("Report {number} of the {number}th day.");
        for _ in 0..40 + dice.below(40) {
            body.push(' ');
            body.push_str(words[dice.below(words.len())]);
        }
        all.push(Made { date, body, story: number });
    }
    all
}

fn archive(all: &[Made]) -> Archive {
    let line = |made: &Made| json!({"title": "Report", "date": made.date, "text": made.body}).to_string();
    Archive::indexed(&[("stories.jsonl", all.iter().map(line).collect::<Vec<_>>().join("\n"))])
}

/// An archive for the other engine.
#[cfg(feature = "opensearch")]
pub fn invented(seed: u64) -> Archive {
    archive(&made(&mut Dice::new(seed)))
}

/// What is counted of one month: mentions, articles, articles in all.
#[derive(Debug, Default, PartialEq)]
struct Counted {
    mentions: u64,
    articles: u64,
    all: u64,
}

fn count(all: &[&Made], word: &str) -> BTreeMap<String, Counted> {
    let mut months: BTreeMap<String, Counted> = BTreeMap::new();
    for made in all {
        let Some(month) = made.date.as_deref().and_then(|date| date.get(..7)) else { continue };
        let mentions = made.body.split(|c: char| !c.is_alphanumeric()).filter(|of| *of == word).count() as u64;
        let of = months.entry(month.to_owned()).or_default();
        of.mentions += mentions;
        of.articles += u64::from(mentions > 0);
        of.all += 1;
    }
    months
}

/// The first printing of each story: that of the earliest last day it may be of, then of the smallest id.
fn firsts(all: &[Made], ids: &[String]) -> Vec<usize> {
    let last_day = |date: &Option<String>| match date.as_deref() {
        None => "9999-99-99".to_owned(),
        Some(date) if date.len() == 4 => format!("{date}-12-31"),
        Some(date) if date.len() == 7 => format!("{date}-31"),
        Some(date) => date.to_owned(),
    };
    let key = |at: usize| (last_day(&all[at].date), ids[at].clone());
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, article) in all.iter().enumerate() {
        let best = first.entry(article.story).or_insert(at);
        if key(at) < key(*best) {
            *best = at;
        }
    }
    first.into_values().collect()
}

#[test]
fn every_figure_is_that_of_a_count_by_hand() {
    for seed in 0..4 {
        let mut dice = Dice::new(seed);
        let all = made(&mut dice);
        let archive = archive(&all);
        let found = objects(&run(archive.path(), &["timeline", "\"ferry\"", "\"snow\"", "--json"]));
        let found = &found[0];
        // The ids, in the order of the records.
        let every = objects(&run(archive.path(), &["search", "headline:report", "--all", "--json"]));
        let mut ids = vec![String::new(); all.len()];
        for hit in every.iter().filter(|hit| hit["type"] == "passage") {
            ids[hit["source"]["record"].as_u64().unwrap() as usize] = hit["article"].as_str().unwrap().to_owned();
        }
        let firsts = firsts(&all, &ids);
        for (curve, word) in ["ferry", "snow"].into_iter().enumerate() {
            let each = count(&all.iter().collect::<Vec<_>>(), word);
            let once = count(&firsts.iter().map(|at| &all[*at]).collect::<Vec<_>>(), word);
            let stretches = found["stretches"].as_array().unwrap();
            assert_eq!(stretches.len(), 5);
            for (at, stretch) in stretches.iter().enumerate() {
                let name = stretch["from"].as_str().unwrap();
                let counts = &found["curves"][curve]["counts"][at];
                let Some(by_hand) = each.get(name) else {
                    assert!(name == "2025-04" && counts.is_null() && stretch["articles"] == 0, "{name}: {counts}");
                    continue;
                };
                let of = |mode: &str, all: &str| Counted {
                    mentions: counts[mode]["mentions"].as_u64().unwrap(),
                    articles: counts[mode]["articles"].as_u64().unwrap(),
                    all: stretch[all].as_u64().unwrap(),
                };
                assert_eq!(of("each", "articles"), *by_hand, "seed {seed}, {word} in {name}");
                assert_eq!(of("once", "stories"), once[name], "seed {seed}, {word} in {name}, once");
                let share = 100.0 * by_hand.articles as f64 / by_hand.all as f64;
                assert!((counts["each"]["share"].as_f64().unwrap() - share).abs() < 1e-3);
                let rate = 1e6 * by_hand.mentions as f64 / stretch["words"].as_f64().unwrap();
                assert!((counts["each"]["per_million"].as_f64().unwrap() - rate).abs() < 1e-3);
            }
            let dated: u64 = each.values().map(|of| of.articles).sum();
            let undated = found["curves"][curve]["undated"]["each"]["articles"].as_u64().unwrap();
            assert_eq!(json!(dated + undated), found["curves"][curve]["summary"]["articles"]);
        }
        // Words are estimated from bytes, unit by unit.
        let words: u64 = found["stretches"].as_array().unwrap().iter().map(|of| of["words"].as_u64().unwrap()).sum();
        let of = |text: &str| text.len() as u64 / 6;
        let dated = all.iter().filter(|made| made.date.as_deref().is_some_and(|date| date.len() > 4));
        assert_eq!(words, dated.map(|made| of("Report") + of(&made.body)).sum::<u64>());
    }
}

const FEW: &[(&str, &str)] = &[
    ("2025-03-03", "The ferry sailed. The ferry came back."),
    ("2025-03-04", "Nothing sailed."),
    ("2025-03-07", "A ferry was sold."),
];

fn few() -> Archive {
    let line = |(date, text): &(&str, &str)| json!({"title": "Report", "date": date, "text": text}).to_string();
    Archive::indexed(&[("few.jsonl", FEW.iter().map(line).collect::<Vec<_>>().join("\n"))])
}

#[test]
fn a_zero_is_a_zero_and_a_day_without_articles_a_gap() {
    let archive = few();
    let output = run(archive.path(), &["timeline", "ferry", "--every", "day", "--csv"]);
    check_ends(&output, 0);
    let rows: Vec<Vec<String>> = out(&output).lines().map(|row| row.split(',').map(str::to_owned).collect()).collect();
    let cells = |at: usize| rows[at][1..].join(" ");
    assert_eq!(cells(0), "from all_articles all_words mentions passages articles share per_million");
    assert_eq!(cells(1), "2025-03-03 1 7 2 1 1 100.0000 285714.2857");
    assert_eq!(cells(2), "2025-03-04 1 3 0 0 0 0.0000 0.0000");
    assert_eq!(cells(3), "2025-03-05 0 0     ");
    assert_eq!((cells(5).as_str(), rows.len()), ("2025-03-07 1 3 1 1 1 100.0000 333333.3333", 6));
    assert!(err(&output).contains("of 5 days 2 without any article"), "{}", err(&output));
    let weeks = run(archive.path(), &["timeline", "ferry", "--every", "week", "--csv"]);
    assert!(out(&weeks).lines().nth(1).unwrap().starts_with("ferry,2025-03-03,3,13,3,2,2,66.6667,"), "{}", out(&weeks));
    let some =
        run(archive.path(), &["timeline", "ferry", "--every", "day", "--from", "2025-03-04", "--to", "2025-03-06", "--csv"]);
    assert_eq!((some.status.code(), out(&some).lines().count()), (Some(0), 4));
    check_ends(&run(archive.path(), &["timeline", "zeppelin"]), 1);
    let far = run(archive.path(), &["timeline", "ferry", "--every", "day", "--from", "1900", "--to", "2025"]);
    check_ends(&far, 2);
    assert!(err(&far).contains("the limit is 5000"), "{}", err(&far));
}

#[test]
fn the_service_draws_the_same_curves() {
    let served = Served::over(few(), &[]);
    let asked = "/v1/timelines?q=ferry%0Asailed&every=day";
    let (status, _, body) = served.get(asked);
    assert_eq!(status, 200, "{body}");
    let mut given: Value = serde_json::from_str(&body).unwrap();
    let mut shown = objects(&run(served.dir.path(), &["timeline", "ferry", "sailed", "--every", "day", "--json"])).remove(0);
    for object in [&mut given, &mut shown] {
        object["curves"].as_array_mut().unwrap().iter_mut().for_each(|curve| curve["summary"]["took_ms"] = Value::Null);
    }
    assert_eq!(given, shown);
    let (_, head, csv) = served.get(&format!("{asked}&format=csv"));
    assert!(head.contains("text/csv") && csv.lines().count() == 11, "{csv}");
    let (_, head, svg) = served.get(&format!("{asked}&format=svg&measure=share"));
    assert!(
        head.contains("image/svg+xml") && svg.matches("<path").count() == 5 && svg.contains("% of all articles by day"),
        "{svg}"
    );
    for (query, said) in [
        ("q=", "1 to 4"),
        ("q=a%0Ab%0Ac%0Ad%0Ae", "1 to 4"),
        ("q=a&every=hour", "day or week"),
        ("q=a&every=day&from=1900&to=2025", "5000"),
    ] {
        let (status, _, body) = served.get(&format!("/v1/timelines?{query}"));
        assert!(status == 400 && body.contains(said), "{query}: {body}");
    }
}
