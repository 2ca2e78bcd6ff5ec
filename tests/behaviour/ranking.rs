//! What comes first: questions to the sample corpus, with the articles that answer them and the order they came in last time.
//!
//! `tests/golden/ranking.tsv` holds the first three articles of every answer. When a change of the ranking is meant,
//! `UPDATE_EXPECTED=1 cargo test --test behaviour ranking` writes it anew; the floors below hold all the same.

use crate::given::archive::Archive;
use newshound::engine::embedded::IndexReader;
use newshound::engine::{Engine, Search};
use newshound::query::loose;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Least mean reciprocal rank, recall in the first article and recall in the first three: a little below what was reached
/// when this was written (1.000, 1.000, 1.000).
const FLOORS: [f64; 3] = [0.95, 0.93, 0.96];

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// The articles of an answer, best first, each once.
fn articles(engine: &IndexReader, question: &str) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    let query = loose(question).expect("a question has words");
    engine
        .search(&Search::best(query, 100), &mut |passage| {
            if !seen.contains(&passage.location.path) {
                seen.push(passage.location.path);
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    seen
}

#[test]
fn questions_are_answered_by_the_articles_that_are_about_them() {
    let archive = Archive::over(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
    let engine = archive.reader();
    let questions = std::fs::read_to_string(golden("questions.tsv")).unwrap();
    let (mut ranking, mut count) = (String::new(), 0.0);
    let [mut reciprocal, mut first, mut three] = [0.0; 3];
    for line in questions.lines().filter(|line| !line.starts_with('#')) {
        let (question, wanted) = line.split_once('\t').expect("a tab stands between question and articles");
        let found = articles(&engine, question);
        let at = found.iter().position(|path| wanted.split(' ').any(|wanted| wanted == path));
        count += 1.0;
        reciprocal += at.map_or(0.0, |at| 1.0 / (at as f64 + 1.0));
        first += f64::from(at == Some(0));
        three += f64::from(at.is_some_and(|at| at < 3));
        ranking += &format!("{question}\t{}\n", found.iter().take(3).cloned().collect::<Vec<_>>().join(" "));
    }
    let reached = [reciprocal / count, first / count, three / count];
    println!("{count} questions: MRR {:.3}, recall@1 {:.3}, recall@3 {:.3}", reached[0], reached[1], reached[2]);
    for (reached, floor) in reached.iter().zip(FLOORS) {
        assert!(*reached >= floor, "{reached:.3} is below {floor}\n{ranking}");
    }
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(golden("ranking.tsv"), &ranking).unwrap();
    }
    let expected = std::fs::read_to_string(golden("ranking.tsv")).unwrap();
    assert_eq!(ranking, expected, "the order has changed; UPDATE_EXPECTED=1 takes it over when it is meant");
}
