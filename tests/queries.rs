//! The query language: every example of `docs/query.md`, and everything hostile that was ever typed.

use newshound::article::{Article, Byline, Dateline, FoundIn, Paragraph, ParagraphKind, Published, Source, SourceMap, Span};
use newshound::engine::embedded::{IndexReader, IndexWriter};
use newshound::engine::{Engine, Intake, Search};
use newshound::query::{QueryLimits, Today, parse};
use newshound::quotation::quotations;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

const TODAY: Today = Today(2025_03_20);

/// The blocks of a page fenced as `kind`.
fn blocks<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let fence = format!("```{kind}\n");
    page.split(fence.as_str()).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// An article from its fields, a line each, and its paragraphs after an empty line.
fn article(block: &str, number: usize) -> Article {
    let (fields, body) = block.split_once("\n\n").unwrap();
    let field = |name: &str| fields.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned);
    let mut text = String::new();
    let mut add = |line: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(line);
        Span::new(start, text.len())
    };
    let headline = field("headline").map(|line| add(&line));
    let place = field("place").map(|place| (add(&place), place));
    let paragraphs = body.lines().map(|line| Paragraph { kind: ParagraphKind::Text, span: add(line) }).collect();
    let source = Source { path: format!("{number}.txt"), record: 0, format: "text".into() };
    Article {
        id: source.article_id(),
        source,
        text,
        headline,
        dateline: place.map(|(span, place)| Dateline { span, place, region: None, agency: None, day: None, month_day: None }),
        bylines: field("byline").into_iter().map(|name| Byline { name, span: None }).collect(),
        published: field("date").map(|date| Published { date, found_in: FoundIn::File }),
        language: field("language"),
        outlet: field("outlet"),
        section: field("section"),
        url: None,
        paragraphs,
        origin: SourceMap::default(),
    }
}

fn index(page: &str, dir: &Path) -> IndexReader {
    let mut writer = IndexWriter::rebuild(dir, 1).unwrap();
    for (number, block) in blocks(page, "article").into_iter().enumerate() {
        let article = article(block, number);
        let quotations = quotations(&article);
        if let Some(name) = block.lines().find_map(|line| line.strip_prefix("speaker: ")) {
            let named = quotations.iter().any(|q| q.speaker.as_ref().is_some_and(|speaker| speaker.name == name));
            assert!(named, "{name} is not found to speak: {quotations:?}");
        }
        writer.add(&article, &quotations).unwrap();
    }
    writer.commit(None, &[]).unwrap();
    writer.close().unwrap();
    IndexReader::open(dir).unwrap()
}

/// The passages that answer `typed`, in the order of the page, marks in square brackets.
fn answer(engine: &IndexReader, typed: &str) -> Vec<String> {
    let parsed = parse(typed, TODAY, &QueryLimits::default()).unwrap();
    assert!(parsed.complaints.is_empty(), "{typed}: {:?}", parsed.complaints);
    let mut found = Vec::new();
    let each = &mut |passage: newshound::results::RankedPassage| {
        let mut shown = passage.text.clone();
        for span in passage.matches.iter().rev() {
            shown.insert(span.end as usize, ']');
            shown.insert(span.start as usize, '[');
        }
        found.push(((passage.location.path.clone(), passage.paragraph), shown));
        ControlFlow::Continue(())
    };
    engine.search(&Search::all(parsed.query.unwrap()), each).unwrap();
    found.sort();
    found.into_iter().map(|(_, shown)| shown).collect()
}

#[test]
fn every_example_of_the_page_finds_what_it_says() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/query.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let engine = index(&page, dir.path());
    let examples = blocks(&page, "query");
    assert!(examples.len() > 30, "{}", examples.len());
    let mut wrong = Vec::new();
    for example in examples {
        let (typed, expected) = example.split_once('\n').unwrap();
        let expected: Vec<&str> =
            expected.lines().map(|line| line.strip_prefix("=> ").unwrap()).filter(|l| *l != "nothing").collect();
        let found = answer(&engine, typed);
        if found != expected {
            wrong.push(format!("{typed}\n  page says {expected:#?}\n  found     {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_field_and_operator_is_on_the_page() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/query.md")).unwrap();
    let examples = blocks(&page, "query").join("\n");
    let fields = newshound::query::Field::NAMES.iter().map(|(name, _)| format!("{name}:"));
    let others = [
        "date:",
        "article:",
        "exact:",
        "case:",
        "NEAR/",
        "BEFORE/",
        "SENTENCE(",
        "AND",
        "OR",
        "NOT",
        "+",
        " -",
        "*",
        "?",
        "~",
        "^",
        "\\",
    ];
    let missing: Vec<String> = fields
        .chain(others.iter().map(|sign| (*sign).to_owned()))
        .filter(|sign| !examples.contains(sign.as_str()) && !page.contains(&format!("`{sign}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

// ---------------------------------------------------------------------------------------------------- hostile queries

/// Longest a query may take; these tests may run unoptimised beside others.
const PATIENCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 50 });

fn repeated(text: &str, times: usize) -> String {
    text.repeat(times)
}

/// Everything known to be bad, and what people paste.
fn hostile() -> Vec<String> {
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
    all.push(format!("{}a", "*a".repeat(2000)));
    all
}

#[test]
fn no_query_panics_or_keeps_anybody_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/query.md")).unwrap();
    let long = "a b aa ab a-b U.S. aaa. A b! ".repeat(60);
    let page = format!("{page}\n```article\nlanguage: en\n\n{long}\n{long}\n```\n");
    let engine = index(&page, dir.path());
    let mut slow = Vec::new();
    for typed in hostile() {
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

#[test]
fn a_refusal_names_the_limit() {
    let refused = |typed: &str| parse(typed, TODAY, &QueryLimits::default()).unwrap_err().to_string();
    assert!(refused(&"a ".repeat(3000)).contains("bytes long; the limit is 4096"));
    assert!(refused(&"(".repeat(100)).contains("100 levels deep; the limit is 64"));
    assert!(refused(&"a ".repeat(1500)).contains("words and phrases; the limit is 1024"));
    assert!(refused(&"a NEAR ".repeat(100)).contains("NEAR and BEFORE; the limit is 16"));
}

#[test]
fn a_pasted_headline_is_words() {
    for (typed, understood) in [
        // Glued words are looked for one by one beside others; figures, addresses, initials and lone ones stay as they are.
        ("RELIEF TO U.S. CORN/OATS GROWERS SAID LIKELY", "RELIEF U.S CORN OATS GROWERS SAID LIKELY"),
        ("ECHLIN<ECH> EXPECTS GROWTH", "ECHLIN ECH EXPECTS GROWTH"),
        ("oil tax on sunflower--usda", "oil tax sunflower usda"),
        ("corn/oats", "corn/oats"),
        ("AC/DC in Velden", "AC/DC Velden"),
        ("open 24/7 since 1999/2000", "open 24/7 since 1999/2000"),
        ("http://velden.example/a/b found", "http://velden.example/a/b found"),
        ("corn/oats NEAR/5 growers", "corn/oats NEAR/5 growers"),
        // Operators among so many capitals are words, if they are not many.
        ("MEXICO OIL TAX NOT AIMED AT VELDEN", "MEXICO OIL TAX not AIMED VELDEN"),
        ("TAX NOT VELDEN", "TAX AND (NOT VELDEN)"),
        ("Mexico oil tax NOT aimed at Velden", "(Mexico oil tax Velden) AND (NOT aimed)"),
        ("OIL TAX FOR \"VELDEN\" NOT AIMED AT ORLE", "(OIL TAX ORLE) AND \"VELDEN\" AND (NOT AIMED)"),
    ] {
        let parsed = parse(typed, Today(2025_03_15), &QueryLimits::default()).unwrap();
        assert_eq!(parsed.query.unwrap().to_string(), understood, "{typed}: {:?}", parsed.complaints);
        let said = parsed.complaints.iter().any(|complaint| complaint.message.contains("in capitals"));
        assert_eq!(said, typed.starts_with("MEXICO"), "{typed}");
    }
}

#[test]
fn a_phrase_of_too_many_spellings_says_so() {
    let complaints = |typed: &str| parse(typed, TODAY, &QueryLimits::default()).unwrap().complaints;
    assert_eq!(complaints("\"long-term co-operation in vote-winning old-age\""), []);
    let said = complaints("\"long-term co-operation in vote-winning old-age re-election\"");
    assert!(said.len() == 1 && said[0].message.contains("only the first 16 ways"), "{said:?}");
}
