//! Documents of offices and printers (PDF, RTF, ODT, EPUB, scanned pages) and of crawls: what is read of them, and where it says it stands.

use crate::given::archive::{check_ends, copy, objects, run};
use crate::given::dice::Dice;
use newshound::article::Article;
use newshound::source::{self, Options, inspect::inspect};
use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::Path;

/// The articles of a file, and what the report says of the rest.
fn read(name: &str, file: &[u8]) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut told) = (Vec::new(), Vec::new());
    let doubts = source::read_from(name, file, &Options::default(), &mut |article| {
        match article {
            Ok(article) => articles.push(article),
            Err(unread) => told.push(unread.message),
        }
        ControlFlow::Continue(())
    });
    told.extend(doubts.into_iter().map(|doubt| doubt.message));
    (articles, told)
}

/// Headline and paragraphs of the one article in it.
fn words(name: &str, file: &[u8]) -> Vec<String> {
    let (articles, told) = read(name, file);
    let [article] = articles.as_slice() else { panic!("{} articles; {told:?}", articles.len()) };
    let found = inspect(article);
    found
        .headline
        .into_iter()
        .chain(found.paragraphs)
        .chain(found.boilerplate.into_iter().map(|line| format!("- {line}")))
        .collect()
}

/// A PDF of pages with these operators, without the table of its objects, which readers make anew.
fn pdf(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut file = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count {}/Kids[{}]>>\nendobj\n\
         3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>\nendobj\n",
        pages.len(),
        kids.join(" ")
    );
    for (page, content) in pages.iter().enumerate() {
        let id = 4 + 2 * page;
        write!(
            file,
            "{id} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>\nendobj\n\
             {} 0 obj\n<</Length {}>>\nstream\n{content}\nendstream\nendobj\n",
            id + 1,
            id + 1,
            content.len()
        )
        .expect("a string");
    }
    (file + "trailer\n<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

/// Lines of type at (x, y).
fn set(x: u32, y: u32, size: u32, lines: &[&str]) -> Vec<String> {
    let one = |(at, line): (usize, &&str)| {
        let y = y - at as u32 * (size + 2);
        format!("BT /F {size} Tf {x} {y} Td ({line}) Tj ET")
    };
    lines.iter().enumerate().map(one).collect()
}

#[test]
fn columns_are_read_one_after_the_other_however_they_are_drawn() {
    let left = set(
        50,
        700,
        9,
        &[
            "The keeper of Vexia stays in",
            "his tower, where he has been",
            "for nine years and a winter,",
            "until somebody brings oil to",
        ],
    );
    let right = set(
        300,
        700,
        9,
        &["the quay, the port office said.", "It has written to Tarsk, and", "Tarsk has written to Orlec,", "where the oil is."],
    );
    let in_turns: Vec<String> = left.iter().zip(&right).flat_map(|(left, right)| [left.clone(), right.clone()]).collect();
    let backwards: Vec<String> = right.iter().chain(&left).cloned().collect();
    for drawn in [in_turns, backwards] {
        let head = set(50, 740, 20, &["Keeper of Vexia stays put until the oil is found"]);
        let page = [head, drawn].concat().join("\n");
        assert_eq!(
            words("a.pdf", &pdf(&[page])),
            [
                "Keeper of Vexia stays put until the oil is found",
                "The keeper of Vexia stays in his tower, where he has been for nine years and a winter, until somebody brings oil to \
                 the quay, the port office said. It has written to Tarsk, and Tarsk has written to Orlec, where the oil is.",
            ]
        );
    }
}

#[test]
fn a_page_number_parts_no_sentence_and_the_line_of_a_hit_is_its_page() {
    let page = |number: u32, lines: &[&str]| {
        let foot = format!("- {number} -");
        [set(50, 810, 8, &["Vexia Lantern, 14 March"]), set(50, 700, 9, lines), set(280, 30, 8, &[&foot])].concat().join("\n")
    };
    let file = pdf(&[
        page(1, &["The ferries of Hallmere waited for their pilots", "on Friday, and the pilots waited for the post, which"]),
        page(2, &["came by ferry, the port office said.", "   Nobody was surprised, said Mia Penn."]),
    ]);
    let (articles, _) = read("a.pdf", &file);
    let article = &articles[0];
    let story = inspect(article).paragraphs.join(" ");
    assert!(
        story.starts_with(
            "The ferries of Hallmere waited for their pilots on Friday, and the pilots waited for the post, which came by"
        ),
        "{story}"
    );
    let line = |word: &str| article.origin.line(article.text.find(word).expect("the word") as u32);
    assert_eq!((line("ferries of"), line("surprised")), (Some(1), Some(2)));
    assert_eq!(inspect(article).boilerplate.len(), 4, "{:?}", inspect(article).boilerplate);
}

#[test]
fn a_pdf_nested_without_end_costs_itself_and_not_the_run() {
    // A stack that overflows ends the process, and nothing can catch it.
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let page = set(50, 700, 9, &["The quay of Vexia is closed, the port office said."]).join("\n");
    let whole = String::from_utf8(pdf(std::slice::from_ref(&page))).expect("text");
    for file in [
        whole.replace("/Type/Catalog", &format!("/Type/Catalog/X {deep}")).into_bytes(),
        whole.replace("/BaseFont", &format!("/Widths {deep}/BaseFont")).into_bytes(),
        pdf(&[format!("{deep} TJ\n{page}")]),
        pdf(&[format!("{}\n{page}", "q ".repeat(20_000))]),
    ] {
        let (articles, told) = read("a.pdf", &file);
        assert!(!articles.is_empty() || !told.is_empty());
    }
}

#[test]
fn what_an_rtf_file_hides_is_not_read() {
    let check = |rtf: &str, expected: &str| {
        let file = format!("{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Times;}}{{\\f1\\fcharset204 Cyr;}}}} {rtf}}}");
        let (articles, told) = read("a.rtf", file.as_bytes());
        assert_eq!(articles.first().map(|article| article.text.as_str()), Some(expected), "{rtf} {told:?}");
    };
    check("The quay is {\\*\\secret not }closed.", "The quay is closed.");
    // What stands behind `\u` is for programs that do not know it.
    check("\\u8220?No,\\u8221? said L\\'e9on. {\\uc2\\u8212--}", "“No,” said Léon. —");
    check("\\u-10179?\\u-8704? is a face.", "😀 is a face.");
    check("{\\f1 \\'d7\\'e0\\'e9}, he said.", "Чай, he said.");
    check("A{\\pict\\bin4 }}{{picture}B, they said.", "AB, they said.");
    check("Struck {\\deleted out }and {\\v hidden }words.", "Struck and words.");
}

#[test]
fn damaged_documents_give_articles_or_a_word_and_never_end_the_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut dice = Dice::new(14);
    // 14,300 make 200,000 inputs.
    let tries = std::env::var("DAMAGED").ok().and_then(|tries| tries.parse().ok()).unwrap_or(60);
    for kind in ["pdf", "rtf", "odt", "epub", "alto", "arc", "har"] {
        for file in source::files(&root.join(kind)).flatten() {
            let whole = std::fs::read(&file.path).expect("a file");
            for _ in 0..tries {
                let mut bytes = whole.clone();
                for _ in 0..=dice.below(4) {
                    let at = dice.below(bytes.len());
                    match dice.below(3) {
                        0 => bytes[at] = dice.below(256) as u8,
                        1 => drop(bytes.drain(at..(at + 9).min(bytes.len()))),
                        _ => bytes.truncate(at.max(bytes.len() / 2).max(8)),
                    }
                }
                let (articles, told) = read(&file.name, &bytes);
                assert!(!articles.is_empty() || !told.is_empty(), "{}: nothing, and not a word", file.name);
            }
        }
    }
}

#[test]
fn a_scanned_page_is_cut_anew_when_its_issue_says_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = dir.path().join("corpus");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/alto/issue"), &corpus);
    let issue = corpus.join("lantern-1914-07-01_mets.xml");
    let articles = |query: &str| {
        check_ends(&run(dir.path(), &["index", "corpus"]), 0);
        let found = run(dir.path(), &["search", query, "--json"]);
        objects(&found).last().unwrap()["articles"].as_u64().unwrap()
    };
    let of_keeper = "headline:\"a new keeper\" date:1914-07-01";
    assert_eq!((articles(of_keeper), articles("bridge OR goats OR dog OR soap")), (2, 5));

    let text = std::fs::read_to_string(&issue).unwrap();
    std::fs::write(&issue, text.replace("<mets:area FILEID=\"ALTO0002\" BEGIN=\"P2_TB1\"/>", "")).unwrap();
    assert_eq!((articles(of_keeper), articles("bridge OR goats OR dog OR soap")), (1, 5));

    std::fs::remove_file(&issue).unwrap();
    assert_eq!((articles(of_keeper), articles("bridge OR goats OR dog OR soap")), (0, 2));
}

#[test]
fn an_issue_without_articles_or_about_others_leaves_its_pages_whole() {
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/alto/issue"), dir.path());
    let issue = dir.path().join("lantern-1914-07-01_mets.xml");
    let text = std::fs::read_to_string(&issue).unwrap();
    let read = |issue_says: &str| {
        std::fs::write(&issue, issue_says).unwrap();
        let mut articles = Vec::new();
        for file in source::files(dir.path()).flatten() {
            source::read(&file, &Options::default(), &mut |article| {
                articles.extend(article);
                ControlFlow::Continue(())
            });
        }
        articles
    };
    let pages_only = &text[..text.find("<mets:structMap TYPE=\"LOGICAL\"").unwrap()];
    let pages = read(&format!("{pages_only}</mets:mets>"));
    assert_eq!(pages.len(), 2);
    assert!(pages.iter().all(|page| page.outlet.as_deref() == Some("The Vexia Lantern") && page.headline.is_none()));
    assert_eq!(read(&text.replace("lantern-1914-07-01_000", "other_")).len(), 2);
    // Cut off within the list of articles: what it still says holds, and no word is lost.
    let words = |articles: &[Article]| articles.iter().map(|article| newshound::words::count(&article.text)).sum::<u64>();
    for at in (0..text.len()).step_by(97) {
        assert!(words(&read(&text[..at])) >= words(&pages), "{at}");
    }
}
