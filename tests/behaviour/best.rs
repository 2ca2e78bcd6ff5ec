//! The best ten are found without scoring everything, and are the best ten all the same.
//!
//! An answer that is broken off by its reader has scored every article, for it might have been read to its end: what it began with
//! is compared with what a search for a few gives.

use crate::given::archive::Archive;
use crate::given::dice::Dice;
use newshound::day::Day;
use newshound::engine::embedded::{IndexReader, damaged_files};
use newshound::engine::{Engine, Recency, Search, Sort};
use newshound::query::{Query, QueryLimits, Today, loose, parse};
use newshound::results::{RankedPassage, Summary};
use std::ops::ControlFlow;
use std::path::PathBuf;

const TODAY: Today = Today(Day::constant(2025, 3, 20));

/// Words that nobody speaks; the first are common, the last rare.
fn word(dice: &mut Dice) -> String {
    let most = 1 << (1 + dice.below(10));
    let number = dice.below(most);
    let syllables = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu", "xe"];
    let [one, two, three] = [number % 16, number / 16 % 16, number / 256].map(|at| syllables[at]);
    format!("{one}{two}{three}n")
}

fn words(dice: &mut Dice, most: usize) -> String {
    (0..1 + dice.below(most)).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

/// An article as a line of JSON.
fn line(number: usize, dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..1 + dice.below(7) {
        // Some paragraphs are so long that they are cut into passages.
        let sentences = if dice.once_in(9) { 30 } else { 2 };
        for _ in 0..1 + dice.below(sentences) {
            text += &format!("It was {}. ", words(dice, 14));
        }
        text += "\n\n";
    }
    let mut article = serde_json::json!({"id": number.to_string(), "headline": words(dice, 6), "text": text});
    if dice.once_in(3) {
        article["source"] = format!("The {} Post", word(dice)).into();
    }
    if dice.once_in(2) {
        article["date"] = format!("20{:02}-0{}-1{}", 10 + dice.below(15), 1 + dice.below(9), dice.below(10)).into();
    }
    article.to_string() + "\n"
}

/// Several segments, of some of which articles were taken away again, and some put in another one.
fn archive(articles: usize) -> Archive {
    let archive = Archive::new();
    let mut dice = Dice::new(20);
    for part in 0..4 {
        let from = articles * part / 4;
        let lines: String = (from..articles * (part + 1) / 4).map(|number| line(number, &mut dice)).collect();
        archive.write(&format!("{part}.jsonl"), lines);
        archive.build();
    }
    // Some change, some go: a seventh of the second file, the end of the third.
    let mut second = String::new();
    for (at, old) in std::fs::read_to_string(archive.corpus().join("1.jsonl")).unwrap().lines().enumerate() {
        second += &if at % 7 == 0 { line(articles / 4 + at, &mut dice) } else { old.to_owned() + "\n" };
    }
    archive.write("1.jsonl", second);
    let third = std::fs::read_to_string(archive.corpus().join("2.jsonl")).unwrap();
    archive.write(
        "2.jsonl",
        third.lines().take(articles / 4 - articles / 40).map(|line| line.to_owned() + "\n").collect::<String>(),
    );
    archive.build();
    archive
}

fn question(dice: &mut Dice) -> Query {
    let typed = match dice.below(10) {
        0 => word(dice),
        1 => format!("{} OR {}", word(dice), word(dice)),
        2 => format!("{} OR {}^{} OR {}", word(dice), word(dice), 1 + dice.below(5), word(dice)),
        3 => format!("{} AND {}", word(dice), word(dice)),
        4 => format!("{}*", &word(dice)[..3]),
        5 => format!("{}~1", word(dice)),
        6 => format!("\"{} {}\"", word(dice), word(dice)),
        7 => format!("{} -{} date:2012..", word(dice), word(dice)),
        _ => return loose(&words(dice, 5)).expect("words"),
    };
    parse(&typed, TODAY, &QueryLimits::default()).unwrap().query.expect("a query")
}

fn ask(reader: &IndexReader, search: &Search, most: usize) -> (Vec<RankedPassage>, Summary) {
    let mut passages = Vec::new();
    let summary = reader.search(search, &mut |passage| {
        passages.push(passage);
        if passages.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    (passages, summary.unwrap())
}

#[test]
fn the_best_few_are_those_that_come_first_of_all() {
    let archive = archive(1_200);
    let reader = archive.reader();
    let mut dice = Dice::new(2_000);
    let (mut scored, mut of_all, mut answered, mut compared) = (0, 0, 0, 0);
    let (mut uncounted, mut counted_all) = (0, 0);
    for _ in 0..2_000 {
        let query = question(&mut dice);
        let limit = if dice.once_in(5) { 1 + dice.below(60) } else { 10 };
        let recency = dice.once_in(6).then_some(Recency { today: TODAY, half_life: 400 });
        let best = Search { recency, ..Search::best(query.clone(), limit) };
        let (few, told) = ask(&reader, &best, usize::MAX);
        let (first, known) = ask(&reader, &Search { limit: None, ..best.clone() }, limit);
        let places = |passages: &[RankedPassage]| passages.iter().map(|p| (p.id.clone(), p.score.to_bits())).collect::<Vec<_>>();
        assert_eq!(places(&few), places(&first), "{query}");
        // Who wants no totals gets the same, and no figure.
        let (same, quick) = ask(&reader, &Search { totals: false, ..best.clone() }, usize::MAX);
        assert_eq!(places(&same), places(&few), "{query}");
        assert_eq!((quick.uncounted, quick.passages, quick.shown), (true, 0, few.len()), "{query}");
        uncounted += quick.cost.steps;
        counted_all += told.cost.steps;
        // In another order all are scored, and counted while they are.
        let other = ask(&reader, &Search { sort: Sort::Oldest, ..best.clone() }, usize::MAX).1;
        let counted = ask(&reader, &Search { limit: Some(0), ..best }, usize::MAX).1;
        if told.partial.is_none() && other.partial.is_none() {
            let figures = |of: &Summary| (of.passages, of.mentions, of.articles);
            assert_eq!([figures(&told), figures(&counted)], [figures(&other); 2], "{query}");
            compared += 1;
        }
        scored += told.cost.scored;
        of_all += known.cost.scored;
        answered += usize::from(few.len() == limit);
    }
    println!("{uncounted} steps without totals, {counted_all} with them");
    assert!(uncounted < counted_all, "{uncounted} of {counted_all}");
    println!("{answered} answered in full; {compared} counted; {scored} articles scored, {of_all} without bounds");
    assert!(answered > 1_000 && compared > 1_500 && scored < of_all, "{answered}, {compared}, {scored} of {of_all}");
}

/// Where thousands of units have all words of a question, not all of them are scored either, whatever a NOT or a date takes away.
#[test]
fn the_best_few_with_all_words_are_those_that_come_first_of_all() {
    let archive = archive(4_000);
    let reader = archive.reader();
    let mut dice = Dice::new(41);
    let (mut scored, mut of_all) = (0, 0);
    for _ in 0..150 {
        let mut common = || ["bababan", "debaban", "fibaban", "gobaban"][dice.below(4)];
        let (one, two) = (common(), common());
        let typed = match dice.below(5) {
            0 => format!("\"{one}\" AND \"{two}\" AND {}", word(&mut dice)),
            1 => format!("{one} AND {two} -{}", word(&mut dice)),
            2 => format!("{one} AND {two} date:2012.."),
            _ => format!("{one} AND {two}"),
        };
        let query = parse(&typed, TODAY, &QueryLimits::default()).unwrap().query.expect("a query");
        let best = Search { explain: true, ..Search::best(query, 10) };
        let (few, told) = ask(&reader, &best, usize::MAX);
        let (first, known) = ask(&reader, &Search { limit: None, ..best.clone() }, 10);
        let shown = |passages: &[RankedPassage]| {
            passages.iter().map(|p| (p.id.clone(), p.score.to_bits(), p.why.clone())).collect::<Vec<_>>()
        };
        assert_eq!(shown(&few), shown(&first), "{typed}");
        let counted = ask(&reader, &Search { limit: Some(0), ..best }, usize::MAX).1;
        let figures = |of: &Summary| (of.passages, of.mentions, of.articles);
        if told.partial.is_none() && counted.partial.is_none() {
            assert_eq!(figures(&told), figures(&counted), "{typed}");
        }
        (scored, of_all) = (scored + told.cost.scored, of_all + known.cost.scored);
    }
    println!("{scored} articles scored, {of_all} without bounds");
    assert!(2 * scored < of_all, "{scored} of {of_all}");
}

/// Of frequent words few articles are read: the same question with the champions taken away reads all of them, and says the same.
#[test]
fn frequent_words_are_answered_from_their_champions() {
    let archive = archive(6_000);
    let with = archive.reader();
    let mut dice = Dice::new(300);
    let asked: Vec<Search> = (0..300).map(|_| frequent(&mut dice)).collect();
    let told: Vec<_> = asked.iter().map(|search| ask(&with, search, usize::MAX)).collect();
    drop(with);
    let files = remove_champions(&archive);
    let without = archive.reader();
    let (mut read, mut read_all, mut fewer) = (0, 0, 0);
    for (search, (passages, summary)) in asked.iter().zip(told) {
        let (expected, all) = ask(&without, search, usize::MAX);
        let places = |passages: &[RankedPassage]| passages.iter().map(|p| (p.id.clone(), p.score.to_bits())).collect::<Vec<_>>();
        assert_eq!(places(&passages), places(&expected), "{}", search.query);
        let figures = |of: &Summary| (of.passages, of.mentions, of.articles, of.shown, of.partial.clone());
        assert_eq!(figures(&summary), figures(&all), "{}", search.query);
        read += summary.cost.steps;
        read_all += all.cost.steps;
        fewer += usize::from(summary.cost.steps < all.cost.steps);
    }
    println!("{files} segments; {read} steps with champions, {read_all} without; fewer for {fewer} of 300");
    assert!(files > 1 && fewer > 50, "{files} segments, {fewer}");
}

/// A place in thousands of datelines adds to what its articles are worth: those are not looked at one by one either.
#[test]
fn a_place_in_many_datelines_is_answered_from_its_champions() {
    assert_eq!(fewer_steps(&about_a_place("The Tarsk Post")), 12);
}

/// In the names of outlets as well it is worth so much more that all of it may have to be read; the answers are the same.
#[test]
fn a_place_in_the_names_of_many_outlets_is_answered_alike() {
    println!("fewer steps for {} of 12", fewer_steps(&about_a_place("The Kallovar Post")));
}

/// Thousands of articles of Kallovar by their dateline, half of them of one outlet.
fn about_a_place(outlet: &str) -> Archive {
    let mut dice = Dice::new(77);
    let lines: String = (0..6_000)
        .map(|number| {
            let dateline = if dice.once_in(2) { "KALLOVAR, March 3" } else { "TARSK, March 3" };
            // Some are all about the place; most name it once or twice, or not at all.
            let often = if dice.once_in(30) { 20 + dice.below(60) } else { dice.below(3) };
            let text = words(&mut dice, 40) + &" Kallovar".repeat(often);
            let source = if dice.once_in(2) { outlet } else { "The Tarsk Post" };
            let headline = words(&mut dice, 6);
            let article = serde_json::json!({"id": number.to_string(), "headline": headline, "dateline": dateline, "source": source, "text": text});
            article.to_string() + "\n"
        })
        .collect();
    Archive::indexed(&[("all.jsonl", lines)])
}

/// Of twelve questions about the place, how many take fewer steps with champions; with and without, the answers are the same.
fn fewer_steps(archive: &Archive) -> usize {
    let asked: Vec<Search> = ["kallovar", "\"kallovar\"", "kallov*", "kallovars"]
        .iter()
        .flat_map(|typed| {
            let query = parse(typed, TODAY, &QueryLimits::default()).unwrap().query.expect("a query");
            [1, 10, 40].map(|limit| Search::best(query.clone(), limit))
        })
        .collect();
    let reader = archive.reader();
    let told: Vec<_> = asked.iter().map(|search| ask(&reader, search, usize::MAX)).collect();
    drop(reader);
    assert!(remove_champions(archive) > 0);
    let without = archive.reader();
    let mut fewer = 0;
    for (search, (passages, summary)) in asked.iter().zip(told) {
        let (expected, all) = ask(&without, search, usize::MAX);
        let places = |passages: &[RankedPassage]| passages.iter().map(|p| (p.id.clone(), p.score.to_bits())).collect::<Vec<_>>();
        assert_eq!(places(&passages), places(&expected), "{}", search.query);
        assert_eq!((summary.passages, summary.articles), (all.passages, all.articles), "{}", search.query);
        fewer += usize::from(summary.cost.steps < all.cost.steps);
    }
    fewer
}

/// The files of champions in an index.
fn champions(archive: &Archive) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(archive.index()).unwrap().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("champions-2.")).map(|entry| entry.path()).collect()
}

/// Removes them, and says how many there were.
fn remove_champions(archive: &Archive) -> usize {
    champions(archive).iter().map(|path| std::fs::remove_file(path).unwrap()).count()
}

/// A file of champions that is damaged is named by `newshound check`, and done without; the next run without anything to do makes a lost one anew.
#[test]
fn damaged_champions_are_named_and_done_without() {
    let archive = archive(400);
    let search = Search::best(loose("bababan").expect("a word"), 5);
    let places =
        || ask(&archive.reader(), &search, usize::MAX).0.iter().map(|p| (p.id.clone(), p.score.to_bits())).collect::<Vec<_>>();
    let before = places();
    let path = champions(&archive).pop().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 60 + 1) {
        let mut other = whole.clone();
        other[at] ^= 0x55;
        std::fs::write(&path, other).unwrap();
        assert_eq!(places(), before, "byte {at} of {}", whole.len());
        let damage = damaged_files(&archive.index()).unwrap();
        assert!(damage.iter().any(|damage| format!("{damage:?}").contains(name)), "byte {at} of {}: {damage:?}", whole.len());
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(places(), before);
    // What an older version left is no damage, and goes.
    let older = archive.index().join("champions.0");
    std::fs::write(&older, "of another version").unwrap();
    assert!(damaged_files(&archive.index()).unwrap().is_empty());
    archive.build();
    assert!(!older.exists());
    assert!(champions(&archive).contains(&path) && damaged_files(&archive.index()).unwrap().is_empty());
    assert_eq!(places(), before);
}

/// One to three of the commonest words.
fn frequent(dice: &mut Dice) -> Search {
    let common = ["bababan", "debaban", "fibaban", "gobaban", "kubaban", "lababan"];
    let words: Vec<&str> = (0..1 + dice.below(3)).map(|_| common[dice.below(common.len())]).collect();
    let recency = dice.once_in(6).then_some(Recency { today: TODAY, half_life: 400 });
    let limit = dice.below(30);
    let query = match dice.once_in(2) {
        true => loose(&words.join(" ")).expect("words"),
        false => {
            parse(&format!("\"{}\"", words.join("\" OR \"")), TODAY, &QueryLimits::default()).unwrap().query.expect("a query")
        }
    };
    Search { recency, totals: !dice.once_in(4), ..Search::best(query, limit) }
}

/// Counts of work, which are the same on every machine.
#[test]
fn few_articles_are_scored_for_the_best_ten() {
    let mut dice = Dice::new(10);
    let lines: String = (0..6_000)
        .map(|number| {
            // One word in one article in two, most often once; another in one in sixteen.
            let most = 1 << dice.below(5);
            let often = if dice.once_in(2) { 1 + dice.below(most) } else { 0 };
            let mut text = words(&mut dice, 40) + &" ferry".repeat(often);
            if dice.once_in(16) {
                text += " harbour";
            }
            serde_json::json!({"id": number.to_string(), "headline": words(&mut dice, 6), "text": text}).to_string() + "\n"
        })
        .collect();
    let archive = Archive::indexed(&[("all.jsonl", lines)]);
    let reader = archive.reader();
    let scored = |typed: &str| {
        let query = loose(typed).expect("words");
        // The first search of a reader may not know the articles by heart.
        let [_, few] = [(); 2].map(|()| ask(&reader, &Search::best(query.clone(), 10), usize::MAX).1);
        let all = ask(&reader, &Search::all(query), 10).1;
        assert_eq!(few.articles, all.articles);
        (few.cost.scored, all.cost.scored)
    };
    let (of_one, of_two) = (scored("ferry"), scored("ferry harbour"));
    println!("articles scored: {of_one:?} for one word, {of_two:?} for two");
    assert!(of_one.1 > 2_500 && of_one.0 * 2 < of_one.1, "{of_one:?}");
    assert!(of_two.1 > 2_500 && of_two.0 * 2 < of_two.1, "{of_two:?}");
}
