//! A query that waits for articles gets of each the passages that a search over all of them gives.
//!
//! `NEWSHOUND_CASES` sets the number of queries (default 400, 2,000 at most: whether the engine finds them is held in `searching`), and
//! `NEWSHOUND_SEED` the first throw.

use crate::searching::made::{self, Dice};
use newshound::engine::StandingQueries;
use newshound::results::RankedPassage;
use newshound::{Engine, IndexReader, IndexWriter, Intake, Query, QueryLimits, Search, Today, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

const QUERIES_PER_CORPUS: usize = 40;

/// All that a passage shows but its rank and score, which are of an answer as a whole.
fn shown(passage: &RankedPassage) -> String {
    let RankedPassage { id, text, facts, speakers, matches, location, .. } = passage;
    format!("{id} {text:?} {facts:?} {speakers:?} {matches:?} {location:?}")
}

fn searched(engine: &IndexReader, query: &Query) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    engine
        .search(&Search::all(query.clone()), &mut |passage| {
            all.insert(shown(&passage));
            ControlFlow::Continue(())
        })
        .unwrap();
    all
}

#[test]
fn standing_queries_get_what_a_search_over_all_gives() {
    let number = |name: &str, default: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (cases, seed) = (number("NEWSHOUND_CASES", 400).min(2_000) as usize, number("NEWSHOUND_SEED", 1));
    let (mut asked, mut answered, mut passages) = (0, 0, 0);
    for round in 0..cases.div_ceil(QUERIES_PER_CORPUS) {
        let mut dice = Dice::new(seed * 7_919 + round as u64);
        let stories = made::corpus(&mut dice);
        let dir = tempfile::tempdir().unwrap();
        let mut writer = IndexWriter::rebuild(dir.path(), 1).unwrap();
        stories.iter().for_each(|(article, quotations)| writer.add(article, quotations).unwrap());
        writer.commit(None, &[]).unwrap();
        writer.close().unwrap();
        let engine = IndexReader::open(dir.path()).unwrap();

        let queries: Vec<Query> = (0..QUERIES_PER_CORPUS).map(|_| made::query(&mut dice)).collect();
        let waiting = StandingQueries::new(queries.clone(), Arc::default());
        assert_eq!(waiting.len(), queries.len());
        let mut got: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for batch in stories.chunks(1 + dice.below(stories.len())) {
            let mut each = |number, passage: RankedPassage| {
                let text = shown(&passage);
                assert!(got.entry(number).or_default().insert(text.clone()), "given twice: {text}");
            };
            waiting.answers(batch.to_vec(), &mut each).unwrap();
        }
        for (number, query) in queries.iter().enumerate() {
            let wanted = searched(&engine, query);
            assert_eq!(got.remove(&number).unwrap_or_default(), wanted, "corpus {round}, query {query}");
            (asked, passages, answered) = (asked + 1, passages + wanted.len(), answered + usize::from(!wanted.is_empty()));
        }
    }
    println!("{asked} queries, {answered} with an answer, {passages} passages");
    assert!(answered * 4 > asked, "most of these queries are answered by nothing: nothing is held");
}

#[test]
fn queries_are_put_aside_by_the_words_they_cannot_do_without() {
    let of = |typed: &[&str]| {
        let parsed = typed.iter().map(|typed| parse(typed, Today::from_clock(), &QueryLimits::default()).unwrap());
        StandingQueries::new(parsed.filter_map(|parsed| parsed.query), Arc::default()).without_words()
    };
    assert_eq!(of(&["ferry", "\"long-term peace\"", "bridge AND ceasef*", "speaker:orlan", "ferry NEAR/3 bridge"]), 0);
    assert_eq!(
        of(&["peace NOT truce", "(ferry OR bridge) date:2025", "headline:truce", "article:(ferry bridge)", "\"U.S. plan\""]),
        0
    );
    assert_eq!(of(&["ceasef*", "date:2025", "ferry OR ceasef*", "ferr~1", "/fer.*/"]), 5);
}
