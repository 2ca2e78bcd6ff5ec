//! "Did you mean": queries that find something where the one asked finds nothing, with words that the archive spells nearly so.

use super::query;
use crate::engine::{Engine, Search};
use crate::query::{Parsed, Query, Word};
use crate::render::page::PageView;
use crate::results::RankedPassage;
use crate::serve::gate::{Gone, told};
use crate::serve::problem::Problem;
use crate::serve::quotes::counted;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Words that are looked at, and queries that are offered.
const WORDS: usize = 6;
const OFFERED: usize = 3;

/// Passages in which a nearly equal word is looked for.
const PASSAGES: usize = 20;

/// For one of these searches: there are several, and nobody asked for them.
const LONGEST: Duration = Duration::from_millis(100);

/// For all of them: who waits has been told already that nothing was found.
const ALTOGETHER: Duration = Duration::from_millis(500);

/// Shorter words are nearly equal to too many.
const SHORTEST: usize = 4;

/// Queries to offer instead of that of `view`, the likeliest first.
pub(in crate::serve) fn respelt(engine: &dyn Engine, gone: &Gone, view: &PageView) -> Result<Vec<String>, Problem> {
    let began = Instant::now();
    let mut offered = speakers(engine, gone, &view.q)?;
    let mut best = view.q.clone();
    let words = words(&view.q);
    for word in words.iter().take_while(|_| began.elapsed() < ALTOGETHER) {
        let near = near(engine, gone, word, &words)?;
        let mut ways = near.iter().map(|near| replaced(&best, word, near)).take_while(|_| began.elapsed() < ALTOGETHER);
        let Some(mut chosen) = ways.next() else { continue };
        // The commonest of them, unless the query finds something with another one alone.
        if !finds(engine, gone, query(&view.with("q", &chosen), true)?)? {
            for way in ways {
                if finds(engine, gone, query(&view.with("q", &way), true)?)? {
                    chosen = way;
                    break;
                }
            }
        }
        best = chosen;
    }
    offered.insert(0, best);
    let mut found = Vec::new();
    for typed in offered {
        if typed != view.q && !found.contains(&typed) && found.len() < OFFERED {
            let parsed = query(&view.with("q", &typed), true)?;
            if finds(engine, gone, parsed)? {
                found.push(typed);
            }
        }
    }
    Ok(found)
}

fn finds(engine: &dyn Engine, gone: &Gone, parsed: Parsed) -> Result<bool, Problem> {
    let Some(query) = parsed.query else { return Ok(false) };
    Ok(!first(engine, gone, query, 1)?.is_empty())
}

fn first(engine: &dyn Engine, gone: &Gone, query: Query, limit: usize) -> Result<Vec<RankedPassage>, Problem> {
    let search = Search { totals: false, deadline: LONGEST, caller: gone.clone(), ..Search::best(query, limit) };
    let mut found = Vec::new();
    let each = &mut |passage| {
        found.push(passage);
        ControlFlow::Continue(())
    };
    engine.search(&search, each).map_err(|error| told(&error))?;
    Ok(found)
}

/// The words of a typed query that may be misspelt: no operators, no names of fields, nothing with a sign of its own.
fn words(typed: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    for piece in typed.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let end = start + piece.len();
        let after = typed[start + word.len()..].chars().next();
        let is_sign = matches!(after, Some(':' | '*' | '?' | '~' | '^')) || typed[..start].ends_with(['*', '?', '~', '/']);
        let is_operator = matches!(word, "AND" | "NOT" | "NEAR" | "BEFORE" | "SENTENCE");
        if word.chars().count() >= SHORTEST
            && word.chars().all(char::is_alphabetic)
            && !is_sign
            && !is_operator
            && !words.contains(&word)
        {
            words.push(word);
        }
        start = end;
    }
    words.truncate(WORDS);
    words
}

/// What the archive prints instead of a word that it does not know: of those that differ by a letter, else by two, the commonest. Those beside
/// the other words of the query go first, for "pence" is common and seldom long-term.
fn near(engine: &dyn Engine, gone: &Gone, word: &str, words: &[&str]) -> Result<Vec<String>, Problem> {
    if !first(engine, gone, Query::Word(Word::Forms(word.to_owned())), 1)?.is_empty() {
        return Ok(Vec::new());
    }
    let lower = word.to_lowercase();
    let others = words.iter().filter(|other| **other != word).map(|other| Query::Word(Word::Forms((*other).to_owned())));
    let others: Vec<Query> = others.collect();
    let most = if word.chars().count() < 7 { 1 } else { 2 };
    for edits in 1..=most {
        let alone = Query::Word(Word::Fuzzy(lower.clone(), edits));
        let beside = Query::And([alone.clone()].into_iter().chain(others.clone()).collect());
        for query in [beside, alone].into_iter().skip(usize::from(others.is_empty())) {
            let found = printed_nearly(&first(engine, gone, query, PASSAGES)?, &lower, usize::from(edits));
            if !found.is_empty() {
                return Ok(found);
            }
        }
    }
    Ok(Vec::new())
}

/// The marked words that differ from this one by so many letters, or by an accent beside, the commonest first.
fn printed_nearly(passages: &[RankedPassage], word: &str, edits: usize) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let marked = passages.iter().flat_map(|passage| passage.matches.iter().map(|mark| mark.of(&passage.text).to_lowercase()));
    for printed in marked.filter(|printed| strsim::osa_distance(printed, word) <= edits + 1) {
        *counts.entry(printed).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().take(OFFERED).map(|(printed, _)| printed).collect()
}

/// `typed` with a word replaced wherever it stands by itself.
fn replaced(typed: &str, word: &str, near: &str) -> String {
    let pieces = typed.split_inclusive(|c: char| !c.is_alphanumeric()).map(|piece| match piece.strip_prefix(word) {
        Some(rest) if rest.chars().all(|c| !c.is_alphanumeric()) => format!("{near}{rest}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// The query with a speaker of nearly the name that nobody has.
fn speakers(engine: &dyn Engine, gone: &Gone, typed: &str) -> Result<Vec<String>, Problem> {
    let Some(at) = typed.find("speaker:") else { return Ok(Vec::new()) };
    let rest = &typed[at + "speaker:".len()..];
    let end = match rest.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map_or(rest.len(), |end| end + 2),
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    let name = rest[..end].trim_matches('"').to_owned();
    let anything = Parsed { query: None, complaints: Vec::new() };
    let found = counted(engine, gone, &anything, |counting| {
        counting.by = Some(name);
        counting.limit = Some(1);
        counting.deadline = LONGEST;
    })?;
    let with = |near: String| format!("{}speaker:\"{near}\"{}", &typed[..at], &rest[end..]);
    Ok(found.near.into_iter().map(with).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_can_be_misspelt() {
        assert_eq!(words("\"long-term peece\" AND speaker:Orlann"), ["long", "term", "peece", "Orlann"]);
        assert_eq!(words("ceasef* witkof~1 the date:2025 /ferr(y|ies)/ bridges bridges"), ["bridges"]);
        assert_eq!(replaced("peece -peeces (peece)", "peece", "peace"), "peace -peeces (peace)");
    }
}
