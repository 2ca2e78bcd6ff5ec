//! Everything hostile that was ever typed: no query panics, and none keeps anybody waiting.

use crate::given::archive::Archive;
use crate::given::dice::Dice;
use crate::given::page::{docs, index};
use crate::given::questions::hostile;
use newshound::day::Day;
use newshound::engine::{Caller, Counting, Engine, Quoting, Search, Sort, SpeakerOrder, Speech};
use newshound::query::{Parsed, QueryLimits, Today, parse};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

const TODAY: Today = Today(Day::constant(2025, 3, 20));

/// Longest a query may take; these tests may run unoptimised beside others.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 50 });

fn repeated(text: &str, times: usize) -> String {
    text.repeat(times)
}

/// Everything known to be bad, and what people paste.
fn known() -> Vec<String> {
    let mut all: Vec<String> = [
        "",
        " ",
        "\t\n",
        "'",
        "\"",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "*",
        "?",
        "**",
        "*?*",
        "~",
        "~1",
        "^",
        "^2",
        "\\",
        "/",
        "//",
        "///",
        "+",
        "-",
        "--",
        "+-",
        "-+",
        "- *",
        "*\u{b}",
        "*^2",
        "IN [\u{1}",
        "a:(^",
        "a:(a^",
        "a:",
        ":a",
        ":",
        "::",
        "a::b",
        "speaker:",
        "speaker:)",
        "speaker:(",
        "date:",
        "date:(",
        "date:x..y",
        "date:9999-99-99",
        "date:0000",
        "date:0000-00-00..",
        "date:>9999-12-31",
        "date:<0001",
        "date:2025-02-30",
        "exact:",
        "exact:(",
        "case:",
        "article:",
        "article:()",
        "ocr:",
        "ocr:(",
        "ocr:ocr:a",
        "ocr:-a",
        "ocr:(speaker:a -b)^2",
        "article:article:article:a",
        "NEAR",
        "NEAR/5",
        "a NEAR/5",
        "NEAR/5 b",
        "a NEAR/99999999999 b",
        "a NEAR/0 b",
        "a NEAR/-1 b",
        "a NEAR/x b",
        "SENTENCE",
        "SENTENCE(",
        "SENTENCE()",
        "SENTENCE(SENTENCE(a b) c)",
        "AND",
        "OR",
        "NOT",
        "AND AND",
        "a AND",
        "OR a",
        "NOT NOT a",
        "NOT",
        "-",
        "-a",
        "-(a b)",
        "a OR -b",
        "()",
        "(())",
        "a~",
        "a~9",
        "a~-1",
        "a~1.5",
        "a~~",
        "\"a b\"~",
        "\"a b\"~999999999999",
        "\"\"",
        "\"!\"",
        "a^0",
        "a^-1",
        "a^999999",
        "a^1e9",
        "a^NaN",
        "a^^2",
        "/(/",
        "/[/",
        "/a{1,1000}{1,1000}{1,1000}/",
        "/(a*)*b/",
        "/.*/",
        "/.*.*.*.*.*=.*/",
        "/\\/",
        "/a",
        "/((((((((((a{10}){10}){10}){10}){10}){10}){10}){10}){10}){10}/",
        "/\\p{L}+/",
        "/(?i)A/",
        "/(?x) a /",
        "/a|/",
        "/$/",
        "/^/",
        "what's",
        "'tis the season",
        "the [sic] word",
        "O'Brien's",
        "U.S.: plan",
        "https://www.example.org/a/b?c=d&e=f#g",
        "http://",
        "mailto:a@b.c",
        "someone@example.org",
        "C:\\Windows\\system32",
        "/etc/passwd",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "%00",
        "\u{0}",
        "a\u{0}b",
        "'; DROP TABLE articles; --",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "\u{202e}peace",
        "\u{feff}peace",
        "\u{200b}",
        "\u{ad}",
        "\u{301}",
        "\u{301}\u{301}a",
        "\u{1f1fa}\u{1f1f8}",
        "\u{1f469}\u{200d}\u{1f692}",
        "\u{548c}\u{5e73}\u{8c08}\u{5224}",
        "\u{fffd}",
        "\u{10ffff}",
        "\u{130}stanbul",
        "\u{3a3}\u{3c3}\u{3c2}",
        "1,000,000,000,000",
        "U.S.S.R.A.B.C.D",
        "a-b-c-d-e-f-g-h-i-j",
        "\u{201c}quoted\u{201d} and \u{ab}so\u{bb}",
        "\u{201e}low\u{201c}",
        "\"unclosed phrase",
        "\u{201c}unclosed",
        "\"a\"b\"c\"d",
        "speeker:x",
        "headline:speaker:x",
        "quote:(a OR date:2025)",
        "speaker:(a AND -b)",
        "a && b || c",
        "!a",
        "a!",
        "a AND OR b",
        "(a OR b",
        "a) OR (b",
        "\"(\"",
        "\"a)\"",
        "lang:xx",
        "source:\"\"",
        "date:last-week date:today",
        "\\\"",
        "\\\\",
        "\\(",
        "a\\",
        "\\*",
        "\"\\\"",
    ]
    .iter()
    .map(|text| (*text).to_owned())
    .collect();
    // Whatever anybody pastes from a page.
    all.push(
        "\"We don't know,\" she said. \"It's (almost) certain that [the] U.S./U.K. plan: 50% of 1,000 - won't work... will it?\""
            .into(),
    );
    for depth in [1, 10, 63, 64, 65, 100, 500, 1_000, 2_000, 5_000, 10_000, 100_000] {
        for (open, close) in [
            ("(", ")"),
            ("-(", ")"),
            ("+(", ")"),
            ("NOT (", ")"),
            ("speaker:(", ")"),
            ("article:(", ")"),
            ("(a OR ", ")"),
            ("SENTENCE(", ")"),
            ("\"", "\""),
            ("[", "]"),
        ] {
            all.push(format!("{}a{}", repeated(open, depth), repeated(close, depth)));
            all.push(format!("{}a", repeated(open, depth)));
        }
        for chain in [
            "-",
            "+",
            "NOT ",
            "speaker:",
            "article:",
            "a NEAR ",
            "a AND ",
            "a OR ",
            "*",
            "?",
            "a*",
            "^2",
            "~1",
            "\\",
            "/a/",
            "\"a\" ",
            "a^2 ",
            ")",
            "exact:",
            "ocr:",
            "date:2025 ",
        ] {
            all.push(format!("{}a", repeated(chain, depth)));
        }
    }
    for unit in [
        "a",
        "a ",
        "\u{e9}",
        "\u{301}",
        "\"",
        "(",
        "*",
        "a-",
        "1,000,",
        "U.",
        "\u{1f600}",
        "a b c d ",
        "\\",
        "' ",
        "/",
        ":",
        "a:",
        "~1",
        "^",
        "\u{0}",
    ] {
        all.push(repeated(unit, (1 << 20) / unit.len()));
        // As long as may be.
        all.push(repeated(unit, 4096 / unit.len()));
    }
    all.push((0..50_000).map(|n| format!("w{n} OR ")).collect::<String>() + "a");
    all.push((0..500).map(|n| format!("w{n} ")).collect());
    all.push(format!("\"{}\"~100", "a ".repeat(1900)));
    all.push(format!("\"{}\"", "a* ".repeat(1300)));
    all.push(format!("\"{}\"~100", "a* ".repeat(1300)));
    all.push(format!("\"{}\"", "* ".repeat(1900) + "a"));
    all.push(format!("\"{}\"", "a-b ".repeat(900)));
    all.push(format!("\"{}\"", "U.S. ".repeat(700)));
    all.push(["a*"; 17].join(" NEAR/100 "));
    all.push(format!("SENTENCE({})", "a* ".repeat(1000)));
    all.push(format!("/{}/", "a|".repeat(2000)));
    all.push(format!("{}~2", "a".repeat(4000)));
    all.push(format!("ocr:{}", "nii".repeat(1300)));
    all.push(format!("ocr:({})", "unn ".repeat(1000)));
    all.push(format!("ocr:({})", (0..600).map(|n| format!("nurm{n} ")).collect::<String>()));
    all.push(format!("ocr:\"{}\"~100", "aaab ".repeat(32)));
    all.push(format!("ocr:\"{}\"", "nii-mrn ".repeat(60)));
    all.push(format!("{}a", "*a".repeat(2000)));
    all
}

#[test]
fn no_query_panics_or_keeps_anybody_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let page = docs("query.md");
    let long = "a b aa ab a-b U.S. aaa. A b! ".repeat(60);
    let page = format!("{page}\n```article\nlanguage: en\n\n{long}\n{long}\n```\n");
    let engine = index(&page, dir.path());
    let mut slow = Vec::new();
    for typed in known() {
        let began = Instant::now();
        let parsed = parse(&typed, TODAY, &QueryLimits::default());
        let parsing = began.elapsed();
        let mut answered = Duration::ZERO;
        if let Ok(parsed) = parsed {
            let Some(query) = parsed.query else { continue };
            let shown = query.to_string();
            let again =
                parse(&shown, TODAY, &QueryLimits { bytes: 1 << 20, depth: 1000, clauses: 5000, ..QueryLimits::default() })
                    .unwrap();
            assert_eq!(again.query.as_ref(), Some(&query), "{typed:.200} is shown as {shown:.200}");
            let began = Instant::now();
            let search = Search { deadline: Duration::from_millis(500), ..Search::best(query, 10) };
            engine.search(&search, &mut |_| ControlFlow::Continue(())).unwrap();
            answered = began.elapsed();
        }
        if parsing > PATIENCE || answered > PATIENCE {
            slow.push(format!("{parsing:?} to read, {answered:?} to answer: {typed:.80}"));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// An archive in which every paragraph has most of the common words.
fn commonplace() -> Archive {
    let words =
        "the ferry of the council said to that it was for a report on market day and he with a minister is in by strike as at";
    let mut dice = Dice::new(3);
    let pool: Vec<&str> = words.split(' ').collect();
    let mut lines = String::new();
    for number in 0..1_500 {
        let mut text = String::new();
        for _ in 0..4 {
            let paragraph: Vec<String> = (0..40)
                .map(|_| if dice.once_in(8) { format!("w{}", dice.below(3_000)) } else { dice.pick(&pool).to_owned() })
                .collect();
            text += &(paragraph.join(" ") + ".\n\n");
        }
        lines += &(serde_json::json!({"headline": format!("News {number}"), "text": text}).to_string() + "\n");
    }
    Archive::indexed(&[("all.jsonl", lines)])
}

/// Steps between two looks at the clock, as the engine has them.
const PERIOD: u64 = 1 << 16;

/// Counts of work and of memory that is charged, which are the same on every machine.
#[test]
fn a_thousand_hostile_questions_end_when_they_are_told_to() {
    let archive = commonplace();
    let reader = archive.reader();
    let units = reader.holdings().unwrap().units;
    let small = || {
        let mut caller = Caller::default();
        caller.memory = 1 << 20;
        caller
    };
    // What is done between two looks at most: some lists of all units put together, and one unit's words compared with all of a query's.
    let most = 6 * PERIOD + 12 * units;
    let (mut asked, mut over, mut at_end, mut wrong) = (0, 0, 0, Vec::new());
    for typed in hostile(1_000, 4_096) {
        let Ok(Parsed { query: Some(query), .. }) = parse(&typed, TODAY, &QueryLimits::default()) else { continue };
        asked += 1;
        let ask = |search: &Search| reader.search(search, &mut |_| ControlFlow::Continue(())).unwrap();
        let late = ask(&Search { deadline: Duration::ZERO, caller: small(), ..Search::best(query.clone(), 10) });
        let gone = Caller::default();
        gone.leave();
        let unheard = ask(&Search { caller: gone, ..Search::all(query.clone()) });
        let whole = ask(&Search { caller: small(), deadline: Duration::from_secs(1), ..Search::best(query, 10) });
        let is_over = whole.partial.as_ref().is_some_and(|why| why.contains("memory"));
        over += usize::from(is_over);
        at_end += usize::from(late.cost.steps >= PERIOD);
        let memory = [late.cost, unheard.cost, whole.cost].map(|cost| cost.memory);
        if late.cost.steps > most || unheard.cost.steps > PERIOD || memory.iter().any(|memory| *memory > 1 << 20) {
            wrong.push(format!("late {:?}, gone {:?}, whole {:?}: {typed:.100}", late.cost, unheard.cost, whole.cost));
        }
    }
    println!("{asked} asked, {over} over a megabyte, {at_end} broken off in time");
    assert!(asked > 800 && over > 20 && at_end > 200, "{asked} asked, {over} over a megabyte, {at_end} broken off");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn what_was_found_until_the_time_was_up_is_the_answer() {
    let archive = commonplace();
    let query = parse(
        &["the", "ferry", "of", "council", "said", "market"].map(|word| format!("{word}*")).join(" OR "),
        TODAY,
        &QueryLimits::default(),
    );
    let search = Search { deadline: Duration::ZERO, ..Search::best(query.unwrap().query.unwrap(), 10) };
    let mut shown = 0;
    let summary = archive.reader().search(&search, &mut |_| {
        shown += 1;
        ControlFlow::Continue(())
    });
    let summary = summary.unwrap();
    assert!(summary.cost.steps > PERIOD, "{:?}: the time was not up", summary.cost);
    assert!(summary.partial.as_ref().is_some_and(|why| why.contains("time")), "{:?}", summary.partial);
    assert_eq!(shown, 10);
}

#[test]
fn a_word_typed_a_thousand_times_is_looked_up_once() {
    let archive = commonplace();
    let reader = archive.reader();
    let cost = |typed: &str| {
        let query = parse(typed, TODAY, &QueryLimits::default()).unwrap().query.unwrap();
        reader.search(&Search::all(query), &mut |_| ControlFlow::Continue(())).unwrap().cost
    };
    let (once, often) = (cost("+the"), cost(&"+the ".repeat(800)));
    assert!(often.steps < 3 * once.steps && often.memory < 2 * once.memory, "{once:?}, {often:?}");
    let (once, often) = (cost("ferry council"), cost(&"ferry council ".repeat(250)));
    assert!(often.steps < 3 * once.steps && often.memory < 2 * once.memory, "{once:?}, {often:?}");
}

#[test]
fn a_phrase_longer_than_any_sentence_is_refused_by_name() {
    let typed = format!("\"{}\"", "to be ".repeat(300));
    let refused = parse(&typed, TODAY, &QueryLimits::default()).unwrap_err();
    assert!(refused.to_string().contains("600 words; the limit is 500"), "{refused}");
    let refused = parse(&"a-".repeat(600), TODAY, &QueryLimits::default()).unwrap_err();
    assert!(refused.to_string().contains("600 words; the limit is 500"), "{refused}");
}

/// Six thousand articles in which somebody is quoted.
fn talkative() -> Archive {
    let mut lines = String::new();
    for number in 0..6_000 {
        let (name, other) = (["Ada Quill", "Tom Brass", "Mia Penn"][number % 3], ["Ena Voss", "Ivo Lund"][number % 2]);
        let text = format!("\"The ferry is late,\" said {name}.\n\n\"It is number {number},\" said {other}.\n\nIt rained.");
        lines += &(serde_json::json!({"headline": format!("News {number}"), "text": text}).to_string() + "\n");
    }
    Archive::indexed(&[("all.jsonl", lines)])
}

fn counting(deadline: Duration) -> Counting {
    Counting {
        query: None,
        by: None,
        speech: Speech::usual(),
        limit: Some(10),
        skip: 0,
        order: SpeakerOrder::Count,
        terms: 0,
        deadline,
        caller: Caller::default(),
    }
}

/// Who is quoted in a whole archive is found out once, by all who ask: each ends in time and goes on where the one before ended.
#[test]
fn who_is_quoted_is_counted_until_the_time_is_up() {
    let archive = talkative();
    let ask = |reader: &dyn Engine, counting: &Counting| reader.speakers(counting).unwrap();
    let whole = ask(&archive.reader(), &counting(Duration::from_secs(60)));
    assert_eq!((whole.summary.partial, whole.summary.speakers, whole.summary.quotations), (None, 5, 12_000));
    assert!(whole.summary.cost.steps > 4 * PERIOD, "{:?}", whole.summary.cost);
    let reader = archive.reader();
    for _ in 0..3 {
        let late = ask(&reader, &counting(Duration::ZERO));
        assert!(late.summary.partial.is_some_and(|why| why.contains("time")) && late.speakers.is_empty());
        assert!((PERIOD..2 * PERIOD).contains(&late.summary.cost.steps), "{:?}", late.summary.cost);
    }
    let rest = ask(&reader, &counting(Duration::from_secs(60)));
    assert_eq!((rest.summary.partial, rest.summary.quotations), (None, 12_000));
    assert!(rest.summary.cost.steps + 2 * PERIOD < whole.summary.cost.steps, "{:?}", rest.summary.cost);
    let names = |found: &[newshound::results::QuotedSpeaker]| found.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&rest.speakers), names(&whole.speakers));
    let gone = counting(Duration::from_secs(60));
    gone.caller.leave();
    assert!(ask(&archive.reader(), &gone).summary.cost.steps < PERIOD);
}

#[test]
fn quotations_are_gathered_until_the_time_is_up() {
    let archive = talkative();
    let ask = |deadline: Duration, gone: bool, memory: usize| {
        let mut caller = Caller::default();
        caller.memory = memory;
        if gone {
            caller.leave();
        }
        let (query, by, speech, after) = (None, None, Speech::usual(), None);
        let quoting = Quoting { query, by, speech, limit: Some(10), sort: Sort::Newest, after, deadline, caller };
        archive.reader().quotations(&quoting, &mut |_| ControlFlow::Continue(())).unwrap()
    };
    let (long, much) = (Duration::from_secs(60), 1 << 30);
    let whole = ask(long, false, much);
    assert_eq!((whole.partial, whole.quotations), (None, 12_000));
    assert!(whole.cost.memory > 12_000 * 16, "{:?}", whole.cost);
    let late = ask(Duration::ZERO, false, much);
    assert!(late.partial.is_some() && late.cost.steps < 3 * PERIOD, "{late:?}");
    assert!(ask(long, true, much).cost.steps < PERIOD);
}
