//! Scores `newshound::trail` against all pairs of texts: `cargo run --release --example trail_scores -- --corpora DIR`.
//!
//! The truth is found without the index: every eight words in a row of every article, cut by splitting strings. Two sets are asked about:
//! paragraphs put into other stories by rule (`made.rs`), and the paragraphs of `reuters21578` that another of its stories has eight words of
//! in a row. `--each N` passages of each, `--seed N`, `--show N` steps that are neither made nor share eight words in a row.

mod made;
mod truth;

#[path = "../../tests/given/dice.rs"]
#[allow(dead_code)]
mod dice;

use dice::Dice;
use made::Case;
use newshound::article::{Article, ArticleId, ParagraphKind};
use newshound::source::{self, Options};
use newshound::trail::{Asked, trail};
use newshound::words::count;
use newshound::{IndexReader, IndexWriter, Intake, quotations};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use truth::Truth;

const REAL: &str = "reuters21578";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, usual: usize| value(name).and_then(|n| n.parse().ok()).unwrap_or(usual);
    let root = PathBuf::from(value("--corpora").map_or("corpus", String::as_str));
    if !root.is_dir() {
        println!("skipped: no {}", root.display());
        return Ok(());
    }
    let mut dice = Dice::new(number("--seed", 1) as u64);
    let mut articles = read(&root);
    let cases = made::cases(&articles, number("--each", 100), &mut dice);
    articles.extend(cases.iter().map(|case| case.article.clone()));
    let dir = tempfile::tempdir()?;
    let archive = indexed(dir.path(), &articles)?;
    let truth = Truth::of(&articles);
    println!("{} articles, {} of them made", articles.len(), cases.len());
    let mut scores = Scores {
        archive,
        truth,
        articles: articles.iter().map(|article| (article.id, article)).collect(),
        show: number("--show", 0),
        times: Vec::new(),
    };
    scores.of_made(&cases)?;
    scores.of_real(&articles, number("--each", 100) * made::RULES.len(), &mut dice)?;
    scores.times.sort_unstable();
    if let (Some(median), Some(most)) = (scores.times.get(scores.times.len() / 2), scores.times.last()) {
        println!("\nmedian {:.1} ms, longest {:.1} ms", median.as_secs_f64() * 1e3, most.as_secs_f64() * 1e3);
    }
    Ok(())
}

fn read(root: &Path) -> Vec<Article> {
    let (mut out, mut known) = (Vec::new(), HashSet::new());
    for file in source::files(root).flatten() {
        source::read(&file, &Options::default(), &mut |article| {
            out.extend(article.ok().filter(|article| known.insert(article.id)));
            ControlFlow::Continue(())
        });
    }
    out
}

fn indexed(dir: &Path, articles: &[Article]) -> anyhow::Result<IndexReader> {
    let mut writer = IndexWriter::rebuild(dir, 2)?;
    for article in articles {
        writer.add(article, &quotations(article))?;
    }
    writer.commit(None, &[])?;
    writer.close()?;
    Ok(IndexReader::open(dir)?)
}

/// The paragraphs of an article with 15 to 80 words.
fn passages(article: &Article) -> Vec<&str> {
    let body = article.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Boilerplate);
    let texts = body.map(|paragraph| paragraph.span.of(&article.text));
    texts.filter(|text| (15..=80).contains(&count(text))).collect()
}

struct Scores<'a> {
    archive: IndexReader,
    truth: Truth,
    articles: HashMap<ArticleId, &'a Article>,
    show: usize,
    times: Vec<Duration>,
}

/// How many there are, and how many of them were found.
#[derive(Default)]
struct Found {
    all: usize,
    found: usize,
}

impl Found {
    fn add(&mut self, found: bool) {
        self.all += 1;
        self.found += usize::from(found);
    }
}

impl Scores<'_> {
    fn steps(&mut self, words: &str) -> anyhow::Result<HashSet<ArticleId>> {
        let asked = Asked { deadline: Duration::from_secs(60), ..Asked::of_words(words) };
        let found = trail(&self.archive, &asked)?;
        self.times.push(found.took);
        Ok(found
            .steps
            .iter()
            .flat_map(|step| std::iter::once(step.place.article).chain(step.copies.iter().map(|copy| copy.article)))
            .collect())
    }

    fn of_made(&mut self, cases: &[Case]) -> anyhow::Result<()> {
        let mut table: BTreeMap<usize, Found> = BTreeMap::new();
        let (mut right, mut all) = (0, 0);
        for case in cases {
            let steps = self.steps(&case.passage)?;
            table.entry(case.rule).or_default().add(steps.contains(&case.article.id));
            let runs = self.truth.runs(&case.passage);
            let made: HashSet<ArticleId> =
                cases.iter().filter(|other| other.passage == case.passage).map(|other| other.article.id).collect();
            all += steps.len();
            right += steps.iter().filter(|id| runs.contains_key(id) || made.contains(id)).count();
            self.tell(&case.passage, &steps, |id| runs.contains_key(id) || made.contains(id));
        }
        println!("\n| put into another story | passages | found | recall |\n|---|---|---|---|");
        for (rule, Found { all, found }) in table {
            println!("| {} | {all} | {found} | {:.3} |", made::RULES[rule], found as f64 / all as f64);
        }
        println!("steps {all}, of them right {right}: precision {:.4}", right as f64 / all.max(1) as f64);
        Ok(())
    }

    fn of_real(&mut self, articles: &[Article], most: usize, dice: &mut Dice) -> anyhow::Result<()> {
        let real = articles.iter().filter(|article| article.source.path.contains(REAL));
        let mut passages: Vec<(ArticleId, &str)> =
            real.flat_map(|article| passages(article).into_iter().map(|text| (article.id, text))).collect();
        let (mut table, mut right, mut all, mut asked): (BTreeMap<usize, Found>, _, _, _) = (BTreeMap::new(), 0, 0, 0);
        while asked < most && !passages.is_empty() {
            let (own, text) = passages.swap_remove(dice.below(passages.len()));
            let runs = self.truth.runs(text);
            if !runs.keys().any(|id| *id != own) {
                continue;
            }
            asked += 1;
            let steps = self.steps(text)?;
            for (id, run) in runs.iter().filter(|(id, _)| **id != own) {
                let class = truth::CLASSES.iter().rposition(|least| run >= least).unwrap_or(0);
                table.entry(class).or_default().add(steps.contains(id));
            }
            all += steps.len();
            right += steps.iter().filter(|id| runs.contains_key(id)).count();
            self.tell(text, &steps, |id| runs.contains_key(id));
        }
        println!("\n| {REAL}: longest row of words shared | pairs | found | recall |\n|---|---|---|---|");
        for (class, Found { all, found }) in &table {
            println!("| {} and more | {all} | {found} | {:.3} |", truth::CLASSES[*class], *found as f64 / *all as f64);
        }
        let (every, found) = table.values().fold((0, 0), |(all, found), class| (all + class.all, found + class.found));
        println!("{asked} passages, {every} pairs, {found} found: recall {:.4}", found as f64 / every.max(1) as f64);
        println!("steps {all}, of them right {right}: precision {:.4}", right as f64 / all.max(1) as f64);
        Ok(())
    }

    fn tell(&mut self, passage: &str, steps: &HashSet<ArticleId>, is_right: impl Fn(&ArticleId) -> bool) {
        for id in steps.iter().filter(|id| !is_right(id)).take(self.show) {
            self.show -= 1;
            println!("asked   {passage}\nin      {}\n", self.articles.get(id).map_or("", |article| article.text.as_str()));
        }
    }
}
