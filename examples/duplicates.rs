//! How well copies of one story are told: within each corpus against the exact likeness of all pairs, and on made copies.
//!
//!     cargo run --release --example duplicates -- --corpora ../shared/data/corpora [--show N]
//!
//! `--show N` prints the N pairs of each corpus that lie nearest to the threshold, for reading. Pairs are counted within a corpus.

use cpu_time::ProcessTime;
use newshound::article::{Article, ArticleId, ParagraphKind};
use newshound::duplicates::{SHINGLE, Sketch, groups};
use newshound::source::{self, Options};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Exact likeness from which two articles with the same figures count as copies in the truth.
const TRUE_FROM: f64 = 0.5;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let root = PathBuf::from(value("--corpora").map_or("corpus", String::as_str));
    let show: usize = value("--show").and_then(|n| n.parse().ok()).unwrap_or(0);
    let Ok(entries) = std::fs::read_dir(&root) else {
        println!("skipped: no {}", root.display());
        return;
    };
    let mut corpora: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    corpora.sort();
    let mut all = Vec::new();
    println!(
        "| corpus | articles | exact pairs | found | of them exact | precision | recall | groups | largest |\n|---|---|---|---|---|---|---|---|---|"
    );
    for corpus in &corpora {
        let articles = read(corpus);
        within(corpus, &articles, show);
        all.extend(articles);
    }
    made(&all);
    cost(&all);
}

fn read(corpus: &Path) -> Vec<Article> {
    let mut out = Vec::new();
    for file in source::files(corpus).flatten() {
        source::read(&file, &Options::default(), &mut |article| {
            out.extend(article.ok());
            ControlFlow::Continue(())
        });
    }
    out
}

fn paragraphs(article: &Article) -> Vec<&str> {
    let body = article.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Boilerplate);
    body.map(|paragraph| paragraph.span.of(&article.text)).collect()
}

/// The whole set of shingles, cut another way than the library does it: by splitting and comparing strings.
fn shingles(article: &Article) -> HashSet<String> {
    let body = paragraphs(article).join(" ").to_lowercase().replace('\u{ad}', "");
    let words: Vec<&str> = body.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(SHINGLE).map(|words| words.join(" ")).collect()
}

/// Pairs of articles with at least `least` of their shingles in common, by counting what every pair shares.
fn exact(articles: &[&Article], least: f64) -> BTreeMap<(usize, usize), f64> {
    let sets: Vec<HashSet<String>> = articles.iter().map(|article| shingles(article)).collect();
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut out = BTreeMap::new();
    for (at, set) in sets.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for shingle in set {
            for other in holders.get(shingle.as_str()).into_iter().flatten() {
                *shared.entry(*other).or_default() += 1;
            }
        }
        for (other, both) in shared {
            let part = both as f64 / (set.len() + sets[other].len() - both) as f64;
            if part >= least {
                out.insert((other, at), part);
            }
        }
        for shingle in set {
            holders.entry(shingle).or_default().push(at);
        }
    }
    out
}

fn within(corpus: &Path, articles: &[Article], show: usize) {
    let sketched: Vec<(&Article, Sketch)> =
        articles.iter().filter_map(|article| Some((article, Sketch::new(article)?))).collect();
    let kept: Vec<&Article> = sketched.iter().map(|(article, _)| *article).collect();
    let names: Vec<ArticleId> = kept.iter().map(|article| article.id).collect();
    let sketches: Vec<Sketch> = sketched.iter().map(|(_, sketch)| sketch.clone()).collect();
    let first = groups(&sketches, &names);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, leader) in first.iter().enumerate() {
        members.entry(*leader).or_default().push(at);
    }
    let mut found = HashSet::new();
    for group in members.values() {
        for (number, one) in group.iter().enumerate() {
            found.extend(group[number + 1..].iter().map(|two| (*one, *two)));
        }
    }
    let near = exact(&kept, 0.2);
    let truth: HashSet<(usize, usize)> = near.iter().filter(|(_, part)| **part >= TRUE_FROM).map(|(pair, _)| *pair).collect();
    let right = found.intersection(&truth).count();
    let sizes = members.values().map(Vec::len).filter(|size| *size > 1);
    let part = |of: usize| if of == 0 { "-".to_owned() } else { format!("{:.3}", right as f64 / of as f64) };
    println!(
        "| {} | {} | {} | {} | {right} | {} | {} | {} | {} |",
        corpus.file_name().unwrap_or_default().to_string_lossy(),
        articles.len(),
        truth.len(),
        found.len(),
        part(found.len()),
        part(truth.len()),
        sizes.clone().count(),
        sizes.max().unwrap_or(0)
    );
    let mut doubtful: Vec<_> = found.symmetric_difference(&truth).copied().collect();
    doubtful.sort_by(|one, two| {
        let away = |pair| (near.get(pair).copied().unwrap_or(0.0) - TRUE_FROM).abs();
        away(one).total_cmp(&away(two)).then(one.cmp(two))
    });
    for (one, two) in doubtful.into_iter().take(show) {
        let how = sketches[one].likeness(&sketches[two]);
        println!(
            "\n--- {} exact {:?} {how:?}",
            if found.contains(&(one, two)) { "FOUND" } else { "NOT FOUND" },
            near.get(&(one, two))
        );
        for at in [one, two] {
            let body = paragraphs(kept[at]).join(" / ");
            println!("[{}] {}\n    {}", kept[at].source.path, kept[at].headline(), body.chars().take(700).collect::<String>());
        }
    }
}

/// Copies made from every article of at least 60 words, and false ones: the same words with other figures.
fn made(articles: &[Article]) {
    type Change = fn(&str, &str) -> Option<String>;
    let changes: [(&str, bool, Change); 6] = [
        ("last third cut", true, |body, _| Some(part_of(body, 0.667))),
        ("last half cut", true, |body, _| Some(part_of(body, 0.5))),
        ("a typo in every 25th word", true, |body, _| Some(every(body, 25, |word| format!("{word}x")))),
        ("a quarter added from another story", true, |body, other| {
            let words: Vec<&str> = other.split(' ').take(body.split(' ').count() / 4).collect();
            Some(format!("{body} {}", words.join(" ")))
        }),
        ("other figures, at least 3", false, |body, _| {
            let figures = body.split(' ').filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
            (figures >= 3).then(|| body.chars().map(other_digit).collect())
        }),
        ("one figure in three changed, at least 3", false, |body, _| {
            let mut seen = 0;
            let changed = |word: &str| {
                let figure = word.contains(|c: char| c.is_ascii_digit());
                seen += usize::from(figure);
                if figure && seen % 3 == 1 { word.chars().map(other_digit).collect() } else { word.to_owned() }
            };
            let changed = body.split(' ').map(changed).collect::<Vec<_>>().join(" ");
            (seen >= 3).then_some(changed)
        }),
    ];
    let bodies: Vec<String> =
        articles.iter().map(|article| paragraphs(article).join(" ")).filter(|body| body.split(' ').count() >= 60).collect();
    println!("\n| made from articles of 60 words or more | pairs | grouped | part |\n|---|---|---|---|");
    for (name, copy, change) in changes {
        let (mut pairs, mut grouped) = (0, 0);
        for (at, body) in bodies.iter().enumerate() {
            let other = &bodies[(at + bodies.len() / 2) % bodies.len()];
            let Some(changed) = change(body, other) else { continue };
            let sketches: Vec<Sketch> =
                [body.as_str(), &changed].iter().filter_map(|text| Sketch::of_paragraphs([*text].into_iter())).collect();
            pairs += 1;
            grouped += usize::from(sketches.len() == 2 && groups(&sketches, &["a", "b"])[0] == groups(&sketches, &["a", "b"])[1]);
        }
        let kind = if copy { "copy" } else { "no copy" };
        println!("| {kind}: {name} | {pairs} | {grouped} | {:.3} |", grouped as f64 / f64::from(pairs.max(1)));
    }
}

fn other_digit(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_digit((digit + 1) % 10, 10)).unwrap_or(c)
}

fn part_of(body: &str, part: f64) -> String {
    let words: Vec<&str> = body.split(' ').collect();
    words[..(words.len() as f64 * part) as usize].join(" ")
}

fn every(body: &str, step: usize, change: impl Fn(&str) -> String) -> String {
    let words = body.split(' ').enumerate();
    words.map(|(at, word)| if at % step == step / 2 { change(word) } else { word.to_owned() }).collect::<Vec<_>>().join(" ")
}

fn cost(articles: &[Article]) {
    let began = ProcessTime::now();
    let sketched: Vec<(ArticleId, Sketch)> =
        articles.iter().filter_map(|article| Some((article.id, Sketch::new(article)?))).collect();
    let sketching = began.elapsed();
    let (names, sketches): (Vec<ArticleId>, Vec<Sketch>) = sketched.into_iter().unzip();
    let began = ProcessTime::now();
    let first = groups(&sketches, &names);
    let copies = first.iter().enumerate().filter(|(at, leader)| at != *leader).count();
    println!(
        "\nCPU for {} articles: sketches {:.3} s, groups {:.3} s; {copies} articles are copies of another",
        articles.len(),
        sketching.as_secs_f64(),
        began.elapsed().as_secs_f64()
    );
}
