//! Reads the development corpora and compares with the gold: articles per file, fields, and whether every known phrase can be
//! traced back to its place in the file.
//!
//!     cargo run --release --example read_corpora -- --corpora ../shared/data/corpora --eval ../shared/data/eval

use newshound::article::{Article, ParagraphKind, Span};
use newshound::source::{self, Options};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut corpora, mut eval, mut verbose) =
        (PathBuf::from("../shared/data/corpora"), PathBuf::from("../shared/data/eval"), false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--corpora" => corpora = arguments.next().unwrap_or_default().into(),
            "--eval" => eval = arguments.next().unwrap_or_default().into(),
            "--verbose" => verbose = true,
            other => anyhow::bail!("unknown argument {other}"),
        }
    }
    let articles = read_all(&corpora);
    counts(&articles, &eval)?;
    fields(&articles, &eval, verbose)?;
    phrases(&articles, &eval, verbose)
}

type Corpus = BTreeMap<String, Vec<Article>>;

fn read_all(corpora: &Path) -> Corpus {
    let mut corpus = Corpus::new();
    let mut kinds: BTreeMap<String, (u32, u32, u32, u64, f64)> = BTreeMap::new();
    for found in source::files(corpora).flatten() {
        let folder = found.name.split('/').next().unwrap_or_default().to_string();
        let kind = kinds.entry(folder).or_default();
        kind.0 += 1;
        kind.3 += found.bytes;
        let start = std::time::Instant::now();
        let mut here = Vec::new();
        let doubts = source::read(&found, &Options::default(), &mut |article| {
            match article {
                Ok(article) => here.push(article),
                Err(unread) => {
                    kind.2 += 1;
                    if std::env::var_os("SHOW_UNREAD").is_some() {
                        println!("  unread {unread}");
                    }
                }
            }
            ControlFlow::Continue(())
        });
        kind.4 += start.elapsed().as_secs_f64();
        kind.1 += here.len() as u32;
        if std::env::var_os("SHOW_DOUBTS").is_some() {
            for doubt in doubts {
                println!("  doubt {doubt}");
            }
        }
        corpus.insert(found.name, here);
    }
    println!("{:20} {:>6} {:>9} {:>7} {:>8} {:>8}", "folder", "files", "articles", "unread", "MB", "MB/s");
    for (folder, (files, articles, unread, bytes, seconds)) in kinds {
        let mb = bytes as f64 / 1e6;
        println!("{folder:20} {files:6} {articles:9} {unread:7} {mb:8.2} {:8.1}", mb / seconds);
    }
    corpus
}

fn counts(corpus: &Corpus, eval: &Path) -> anyhow::Result<()> {
    let gold: BTreeMap<String, Value> = serde_json::from_str(&std::fs::read_to_string(eval.join("gold/counts.json"))?)?;
    println!("\nexpected counts");
    for (pattern, expected) in gold {
        let prefix = pattern.trim_end_matches("**");
        let here: Vec<&Article> = corpus.iter().filter(|(name, _)| name.starts_with(prefix)).flat_map(|(_, list)| list).collect();
        let has = |what: &str| match what {
            "articles" => here.len(),
            "with_headline" => here.iter().filter(|article| article.headline.is_some()).count(),
            "with_dateline" => {
                here.iter().filter(|article| article.dateline.as_ref().is_some_and(|dateline| !dateline.place.is_empty())).count()
            }
            _ => here.iter().filter(|article| article.paragraphs.iter().any(is_story)).count(),
        };
        let mut line = String::new();
        for what in ["articles", "with_headline", "with_dateline", "with_body"] {
            line += &format!("  {what} {}/{}", has(what), expected[what]);
        }
        println!("{pattern:30}{line}");
    }
    Ok(())
}

fn is_story(paragraph: &newshound::article::Paragraph) -> bool {
    !matches!(paragraph.kind, ParagraphKind::Subhead | ParagraphKind::Boilerplate)
}

fn fields(corpus: &Corpus, eval: &Path, verbose: bool) -> anyhow::Result<()> {
    #[derive(Default)]
    struct Score {
        right: [usize; 4],
        of: [usize; 4],
        /// Datelines found where the gold has none: it knows only those that open a text or stand in a field of their own.
        beyond: usize,
    }
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for line in std::fs::read_to_string(eval.join("gold/fields.jsonl"))?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let (file, ord) = (gold["file"].as_str().unwrap_or_default(), gold["ord"].as_u64().unwrap_or(0) as usize);
        let score = scores.entry(file.split('/').next().unwrap_or_default().to_string()).or_default();
        let article = corpus.get(file).and_then(|list| list.get(ord));
        let said = |what: &str| gold[what].as_str().unwrap_or_default().trim().to_string();
        let seen = |at: usize, what: &str, expected: &str, got: &str, right: bool| {
            if verbose && !right {
                println!("  {file}#{ord} {what}: expected {expected:?}, got {got:?} (slot {at})");
            }
            usize::from(right)
        };
        let headline = article.map_or("", Article::headline);
        score.of[0] += 1;
        let same = squeezed(&said("headline")) == squeezed(headline);
        score.right[0] += seen(0, "headline", &said("headline"), headline, same);
        let place = article.and_then(|article| article.dateline.as_ref()).map_or(String::new(), |dateline| {
            let region = dateline.region.as_ref().map_or(String::new(), |region| format!(", {region}"));
            format!("{}{region}", dateline.place)
        });
        let expected = said("dateline");
        score.of[1] += 1;
        let same = if expected.is_empty() { place.is_empty() } else { !place.is_empty() && expected.contains(&place) };
        score.beyond += usize::from(expected.is_empty() && !place.is_empty());
        score.right[1] += seen(1, "dateline", &expected, &place, same);
        let date = article.and_then(|article| article.published.as_ref()).map_or("", |published| &published.date);
        let expected = said("date");
        score.of[2] += 1;
        score.right[2] += seen(2, "date", &expected, date, same_day(&expected, date));
        let paragraphs =
            article.map_or(0, |article| article.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Boilerplate).count());
        score.of[3] += 1;
        let expected = gold["paragraphs"].as_u64().unwrap_or(0) as usize;
        score.right[3] += seen(3, "paragraphs", &expected.to_string(), &paragraphs.to_string(), expected == paragraphs);
    }
    println!("\nfields right");
    for (folder, score) in scores {
        let cell = |at: usize| format!("{}/{}", score.right[at], score.of[at]);
        let (headline, place, date, paragraphs, beyond) = (cell(0), cell(1), cell(2), cell(3), score.beyond);
        println!(
            "{folder:20} headline {headline}  dateline place {place} ({beyond} not in the gold)  date {date}  paragraphs {paragraphs}"
        );
    }
    Ok(())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Does the gold date, as printed, name the day of our date?
fn same_day(expected: &str, date: &str) -> bool {
    if expected.is_empty() || date.is_empty() {
        return expected.is_empty() == date.is_empty();
    }
    let day = date.split('T').next().unwrap_or_default();
    let part = |at: usize| day.split('-').nth(at).and_then(|part| part.parse::<usize>().ok()).unwrap_or(0);
    let months = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ];
    let words: Vec<String> = expected.to_uppercase().split(|c: char| !c.is_alphanumeric()).map(str::to_string).collect();
    let number = |wanted: usize| words.iter().any(|word| word.parse::<usize>().is_ok_and(|n| n == wanted || n == wanted % 100));
    let name = months.get(part(1).wrapping_sub(1)).copied().unwrap_or("?");
    let month = number(part(1)) || words.iter().any(|word| word.len() >= 3 && name.starts_with(word.as_str()));
    number(part(0)) && month && number(part(2))
}

fn phrases(corpus: &Corpus, eval: &Path, verbose: bool) -> anyhow::Result<()> {
    let mut wanted: BTreeMap<String, Vec<(usize, usize, String)>> = BTreeMap::new();
    for line in std::fs::read_to_string(eval.join("phrase/gold.jsonl"))?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        for list in ["occurrences", "loose_occurrences"] {
            for one in gold[list].as_array().into_iter().flatten() {
                let at = |what: &str| one[what].as_u64().unwrap_or(0) as usize;
                let loose = gold["loose"].as_str().unwrap_or_default().to_string();
                wanted.entry(one["doc"].as_str().unwrap_or_default().to_string()).or_default().push((
                    at("start"),
                    at("end"),
                    loose,
                ));
            }
        }
    }
    let mut scores: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (doc, spans) in wanted {
        let (file, record) = doc.rsplit_once('#').unwrap_or((&doc, "0"));
        let article = corpus.get(file).and_then(|list| list.iter().find(|a| a.source.record.to_string() == record));
        let places = article.map(ends_in_file).unwrap_or_default();
        let score = scores.entry(file.split('/').next().unwrap_or_default().to_string()).or_default();
        for (start, end, loose) in spans {
            let right = article.is_some_and(|article| {
                let (Some(&(_, first)), Some(&(last, _))) = (places.starts.get(&start), places.ends.get(&end)) else {
                    return false;
                };
                first < last && letters(&article.text[first..last]) == letters(&loose)
            });
            score.0 += usize::from(right);
            score.1 += 1;
            if verbose && !right {
                println!("  {doc} {start}..{end} {loose}");
            }
        }
    }
    println!("\nphrases traced to their place in the file");
    for (folder, (right, all)) in scores {
        println!("{folder:20} {right}/{all}");
    }
    Ok(())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[derive(Default)]
struct Places {
    starts: BTreeMap<usize, (usize, usize)>,
    ends: BTreeMap<usize, (usize, usize)>,
}

/// For each character of the article: where it begins and ends in the file.
fn ends_in_file(article: &Article) -> Places {
    let mut places = Places::default();
    for (at, c) in article.text.char_indices() {
        let end = at + c.len_utf8();
        if let Some((from, to)) = article.origin.in_file(&article.text, Span::new(at, end)) {
            places.starts.entry(from).or_insert((at, at));
            places.ends.insert(to, (end, end));
        }
    }
    places
}
