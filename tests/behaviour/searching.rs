//! What an index answers is what a reader would find by going through every article word by word.
//!
//! 1. The engine's mentions and totals are those of the plain evaluator in `naive.rs`, for random corpora and queries.
//! 2. Counting, the best few and every passage give the same totals.
//! 3. Matches slice the article and its file to the same words.
//! 4. `Display` of a query parses back to the same query.
//! 5. The order does not depend on the number of threads, and paging gives the whole answer.
//!
//! `NEWSHOUND_CASES` sets the number of queries (default 400), `NEWSHOUND_SEED` the first throw.

pub(crate) mod made;
mod naive;

use made::Dice;
use naive::{Answer, Marks, Story, bytes, keys};
use newshound::day::Day;
use newshound::engine::embedded::{IndexReader, IndexWriter};
use newshound::engine::{Engine, Intake, Search};
use newshound::indexing::{Indexing, index};
use newshound::query::{Query, QueryLimits, Today, parse};
use newshound::results::{RankedPassage, Summary};
use newshound::source::Options;
use std::ops::ControlFlow;
use std::path::Path;

const QUERIES_PER_CORPUS: usize = 20;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// An index of `stories`, in up to three segments, taken in by one or two threads.
fn indexed(stories: &[Story], dir: &Path, dice: &mut Dice) -> IndexReader {
    let threads = 1 + dice.below(2);
    let mut writer = IndexWriter::rebuild(dir, threads).unwrap();
    let size = 1 + dice.below(stories.len());
    for (number, part) in stories.chunks(size).enumerate() {
        std::thread::scope(|scope| {
            let writer = &writer;
            for half in part.chunks(part.len().div_ceil(threads)) {
                scope.spawn(move || half.iter().for_each(|(article, quotations)| writer.add(article, quotations).unwrap()));
            }
        });
        if number < 2 {
            writer.commit(None, &[]).unwrap();
        }
    }
    if dice.once_in(4) {
        // An article taken out and in again is there once.
        let (article, quotations) = &stories[0];
        writer.remove(article.id).unwrap();
        writer.add(article, quotations).unwrap();
    }
    writer.commit(None, &[]).unwrap();
    writer.close().unwrap();
    IndexReader::open(dir).unwrap()
}

fn search(engine: &IndexReader, query: &Query, limit: Option<usize>, after: Option<String>) -> (Vec<RankedPassage>, Summary) {
    let mut passages = Vec::new();
    let search = Search { limit, after, ..Search::all(query.clone()) };
    let summary = engine.search(&search, &mut |passage| {
        passages.push(passage);
        ControlFlow::Continue(())
    });
    (passages, summary.unwrap())
}

/// The engine's answer as the evaluator gives it: matches as bytes of the article's text.
fn marks(stories: &[Story], passages: &[RankedPassage]) -> Result<Answer, String> {
    let mut out = Answer::new();
    for passage in passages {
        let (article, _) = stories.iter().find(|(article, _)| article.id == passage.article).unwrap();
        let unit = newshound::passage::units(article).nth(unit_of(article, &passage.id)).unwrap();
        let body = unit.span.of(&article.text);
        // Where the passage stands in its unit: the numbers of its id tell which piece it is.
        let piece = piece_of(article, &passage.id);
        let start = newshound::passage::passages(&article.text, unit.span)[piece].start as usize;
        if !article.text[start..].starts_with(&passage.text) {
            return Err(format!("passage {} is not a slice of {body:?}", passage.id));
        }
        let own: Marks = passage.matches.iter().map(|m| bytes(*m)).map(|(a, b)| (start + a, start + b)).collect();
        if own.len() != passage.matches.len() || out.insert(passage.id.clone(), own).is_some() {
            return Err(format!("passage {} or a match in it is given twice", passage.id));
        }
    }
    Ok(out)
}

fn number_of(id: &str) -> usize {
    id.rsplit('.').next().unwrap().parse().unwrap()
}

/// The number of the unit, and of the piece of it, that a passage id means.
fn location_of(article: &newshound::article::Article, id: &str) -> (usize, usize) {
    let mut left = number_of(id);
    for (number, unit) in newshound::passage::units(article).enumerate() {
        let pieces = newshound::passage::passages(&article.text, unit.span).len();
        if left < pieces {
            return (number, left);
        }
        left -= pieces;
    }
    panic!("no passage {id}")
}

fn unit_of(article: &newshound::article::Article, id: &str) -> usize {
    location_of(article, id).0
}

fn piece_of(article: &newshound::article::Article, id: &str) -> usize {
    location_of(article, id).1
}

/// The whole answer, fetched in pages of `size`.
fn paged(engine: &IndexReader, query: &Query, size: usize) -> Vec<RankedPassage> {
    let mut pages: Vec<RankedPassage> = Vec::new();
    loop {
        let after = pages.last().map(|passage| passage.id.clone());
        let (page, _) = search(engine, query, Some(size), after);
        if page.is_empty() || pages.len() > 10_000 {
            return pages;
        }
        pages.extend(page);
    }
}

fn ids(passages: &[RankedPassage]) -> Vec<String> {
    passages.iter().map(|passage| passage.id.clone()).collect()
}

/// What the engine gets wrong about one query; nothing when all is well.
fn wrong(stories: &[Story], engine: &IndexReader, query: &Query) -> Option<String> {
    let expected = naive::answer(stories, query);
    let (passages, summary) = search(engine, query, None, None);
    let found = match marks(stories, &passages) {
        Ok(found) => found,
        Err(message) => return Some(message),
    };
    if found != expected {
        let text = |id: &String, marks: &Marks| {
            let (article, _) = stories.iter().find(|(a, _)| id.starts_with(&a.id.to_string())).unwrap();
            let words: Vec<&str> = marks.iter().map(|&(a, b)| &article.text[a..b]).collect();
            format!("{id} {words:?} {marks:?}")
        };
        let extra: Vec<String> = found.iter().filter(|(id, m)| expected.get(*id) != Some(m)).map(|(id, m)| text(id, m)).collect();
        let missed: Vec<String> =
            expected.iter().filter(|(id, m)| found.get(*id) != Some(m)).map(|(id, m)| text(id, m)).collect();
        return Some(format!("engine: {extra:?}\n  naive:  {missed:?}"));
    }
    let articles: std::collections::BTreeSet<&str> = expected.keys().map(|id| id.rsplit_once('.').unwrap().0).collect();
    let totals = (expected.len(), expected.values().map(Marks::len).sum::<usize>(), articles.len());
    for (limit, summary) in
        [(None, summary), (Some(0), search(engine, query, Some(0), None).1), (Some(2), search(engine, query, Some(2), None).1)]
    {
        let given = (summary.passages, summary.mentions, summary.articles);
        if given != totals || summary.partial.is_some() {
            return Some(format!("limit {limit:?}: {given:?} passages, mentions, articles; should be {totals:?}"));
        }
    }
    let pages = paged(engine, query, 3);
    if ids(&pages) != ids(&passages) {
        return Some(format!("pages of 3: {:?}, all at once: {:?}", ids(&pages), ids(&passages)));
    }
    for passage in &passages {
        let (article, _) = stories.iter().find(|(article, _)| article.id == passage.article).unwrap();
        let file: Vec<char> = made::HEAD.chars().chain(article.text.chars()).collect();
        for (span, &(start, end)) in passage.matches.iter().zip(&passage.location.matches) {
            let in_file: String = file[start..end].iter().collect();
            if in_file != span.of(&passage.text) {
                return Some(format!("{:?} in the passage is {in_file:?} in the file", span.of(&passage.text)));
            }
        }
        if let (Some(line), Some(&(start, _))) = (passage.location.line, passage.location.matches.first()) {
            let true_line = 1 + file[..start].iter().filter(|c| **c == '\n').count();
            if line as usize != true_line {
                return Some(format!("line {line}, should be {true_line}"));
            }
        }
    }
    None
}

fn fresh(stories: &[Story], seed: u64) -> (tempfile::TempDir, IndexReader) {
    let dir = tempfile::tempdir().unwrap();
    let engine = indexed(stories, dir.path(), &mut Dice::new(seed));
    (dir, engine)
}

/// The smallest corpus and query that still go wrong, as a report.
fn smallest(stories: &[Story], query: &Query, seed: u64) -> String {
    let mut stories = stories.to_vec();
    let mut query = query.clone();
    let (_dir, mut engine) = fresh(&stories, seed);
    while let Some(part) = made::smaller(&query).into_iter().find(|part| wrong(&stories, &engine, part).is_some()) {
        query = part;
    }
    'again: loop {
        for at in 0..stories.len() {
            let mut fewer = stories.clone();
            fewer.remove(at);
            if fewer.is_empty() {
                continue;
            }
            let (_dir, engine_of_fewer) = fresh(&fewer, seed);
            if wrong(&fewer, &engine_of_fewer, &query).is_some() {
                stories = fewer;
                engine = engine_of_fewer;
                continue 'again;
            }
        }
        break;
    }
    let what = wrong(&stories, &engine, &query).unwrap_or_default();
    let mut out = format!("seed {seed}\n  query   {query}\n  tree    {query:?}\n  {what}\n");
    for (article, quotations) in &stories {
        out += &format!("  {} {:?} {:?} {:?}\n", article.id, article.published, article.bylines, article.dateline);
        for unit in newshound::passage::units(article) {
            out += &format!("    {:?} {:?} {:?}\n", unit.kind, bytes(unit.span), unit.span.of(&article.text));
        }
        for q in quotations {
            out += &format!("    {:?} {:?} {:?}\n", q.kind, q.speaker.as_ref().map(|s| &s.name), bytes(q.span));
        }
    }
    out
}

#[test]
fn an_index_answers_like_a_reader_of_every_word() {
    let cases = number("NEWSHOUND_CASES", 400);
    let seed = number("NEWSHOUND_SEED", 1);
    let corpora = cases.div_ceil(QUERIES_PER_CORPUS as u64);
    let next = std::sync::atomic::AtomicU64::new(seed);
    let (answered, failures) = (std::sync::atomic::AtomicU64::new(0), std::sync::Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if seed >= number("NEWSHOUND_SEED", 1) + corpora || failures.lock().unwrap().len() >= 8 {
                        break;
                    }
                    let mut dice = Dice::new(seed);
                    let stories = made::corpus(&mut dice);
                    let (_dir, engine) = fresh(&stories, seed);
                    for _ in 0..QUERIES_PER_CORPUS {
                        let query = made::query(&mut dice);
                        if wrong(&stories, &engine, &query).is_some() {
                            failures.lock().unwrap().push(smallest(&stories, &query, seed));
                            break;
                        }
                        if !naive::answer(&stories, &query).is_empty() {
                            answered.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} of {corpora} corpora disagree:\n{}", failures.len(), failures.join("\n"));
    let answered = answered.into_inner();
    println!("{cases} queries agree, {answered} of them with mentions");
    assert!(answered * 5 > cases, "only {answered} of {cases} queries find anything: the dice are bad");
}

fn reparsed(text: &str) -> Option<Query> {
    let limits = QueryLimits { bytes: 1 << 20, depth: 500, clauses: 10_000, ..QueryLimits::default() };
    parse(text, Today(Day::constant(2025, 3, 5)), &limits).unwrap().query
}

/// Whatever is typed: the query shown back means what was understood. What is wrong, if anything.
fn shown_wrongly(typed: &str) -> Option<String> {
    let query = reparsed(typed)?;
    let shown = query.to_string();
    let again = reparsed(&shown);
    (again.as_ref() != Some(&query)).then(|| format!("typed {typed:?}\n  shown {shown:?}\n  first {query:?}\n  then  {again:?}"))
}

#[test]
fn a_query_shown_back_means_the_same() {
    let mut dice = Dice::new(number("NEWSHOUND_SEED", 1));
    let all = (0..number("NEWSHOUND_CASES", 400) * 5).filter_map(|_| shown_wrongly(&made::query(&mut dice).to_string()));
    let wrong: Vec<String> = all.take(10).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn garbage_shown_back_means_the_same() {
    let mut dice = Dice::new(number("NEWSHOUND_SEED", 1));
    let all = (0..20_000).filter_map(|_| shown_wrongly(&made::garbage(&mut dice)));
    let mut wrong: Vec<String> = all.take(200).collect();
    wrong.sort_by_key(String::len);
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(20)].join("\n"));
}

/// Files as they come: wrapped lines, CRLF, no-break spaces, other encodings.
fn write_files(dir: &Path, dice: &mut Dice, count: usize) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for number in 0..count {
        let end = dice.pick(&["\n", "\r\n"]);
        let mut text = format!("Truce talks number {number} go on{end}{end}");
        for _ in 0..2 + dice.below(5) {
            for word in 0..12 + dice.below(60) {
                let between = if word % 12 == 11 { end } else { dice.pick(&[" ", " ", " ", "\u{a0}", ", ", ". "]) };
                text += dice.pick(made::PRINTED);
                text += between;
            }
            text += "end.";
            text += end;
            text += end;
        }
        let name = format!("{}/{number:03}.txt", number % 3);
        let path = dir.join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if dice.once_in(3) {
            let bytes: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            std::fs::write(&path, bytes).unwrap();
        } else {
            std::fs::write(&path, &text).unwrap();
        }
        files.push((name, text));
    }
    files
}

fn index_files(corpus: &Path, dir: &Path, threads: usize) -> IndexReader {
    let mut writer = IndexWriter::rebuild(dir, threads).unwrap();
    let how = Indexing { threads, options: Options::default(), edit: None, progress: &|_| {}, stop: None };
    let report = index(corpus, &mut writer, &how).unwrap();
    assert!(report.unread.is_empty(), "{:?}", report.unread);
    writer.close().unwrap();
    IndexReader::open(dir).unwrap()
}

#[test]
fn matches_stand_in_the_file_where_they_are_said_to_and_threads_change_nothing() {
    let (corpus, one, four) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut dice = Dice::new(number("NEWSHOUND_SEED", 1));
    let files = write_files(corpus.path(), &mut dice, 60);
    let (one, four) = (index_files(corpus.path(), one.path(), 1), index_files(corpus.path(), four.path(), 4));
    let typed = [
        "peace",
        "\"long-term\"",
        "\"U.S.\"",
        "talks truce",
        "state-of-the-art",
        "cafe",
        "\"peace talks\"",
        "kyiv NEAR/5 women",
        "gov*",
        "\"to do list\"",
        "exact:\"1,000\"",
        "headline:truce",
        "\u{439}\u{43e}\u{434} OR strasse",
        "end -peace",
    ];
    let mut matches = 0;
    for typed in typed {
        let query = reparsed(typed).unwrap();
        let (passages, _) = search(&one, &query, None, None);
        let (others, _) = search(&four, &query, None, None);
        assert!(!passages.is_empty(), "{typed}");
        assert_eq!(passages, others, "{typed}: one thread and four");
        assert_eq!(ids(&paged(&four, &query, 7)), ids(&passages), "{typed}: pages of seven");
        let few = search(&four, &query, Some(5), None).0;
        assert_eq!(few[..], passages[..few.len()], "{typed}: the best five");
        for passage in &passages {
            let (_, text) = files.iter().find(|(name, _)| *name == passage.location.path).unwrap();
            let file: Vec<char> = text.chars().collect();
            assert_eq!(passage.matches.len(), passage.location.matches.len());
            for (span, &(start, end)) in passage.matches.iter().zip(&passage.location.matches) {
                let in_file: String = file[start..end].iter().collect();
                assert_eq!(keys(&in_file), keys(span.of(&passage.text)), "{typed} in {}", passage.location.path);
                matches += 1;
            }
            if let (Some(line), Some(&(start, _))) = (passage.location.line, passage.location.matches.first()) {
                assert_eq!(line as usize, 1 + file[..start].iter().filter(|c| **c == '\n').count(), "{typed}");
            }
        }
    }
    assert!(matches > 500, "{matches}");
}
