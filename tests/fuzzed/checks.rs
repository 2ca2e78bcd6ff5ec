//! What must hold of any input; used by the fuzz targets and by the test that replays what they found.

use cpu_time::ThreadTime;
use newshound::article::{Article, Span};
use newshound::day::Day;
use newshound::matching::{Matcher, UnitText};
use newshound::passage::units;
use newshound::query::{QueryLimits, Today, parse};
use newshound::quotation::quotations;
use newshound::source::settings::Settings;
use newshound::source::{self, Options};
use newshound::words::Words;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Ten times the 50 ms of the processor that an input may take: every step is counted for the fuzzer and arithmetic is checked there
/// (inputs of 79 and 251 ms take 17 and 33 ms in a plain release build), and the replay is not built for speed.
const LONGEST: Duration = Duration::from_millis(500);

const TODAY: Today = Today(Day::constant(2025, 3, 14));

/// Any bytes are a file of this format, or are refused with a reason: every span lies in the text, every place in the file.
/// `packed` is whatever the bytes look like.
pub fn source(format: &str, input: &[u8]) {
    static READINGS: Mutex<BTreeMap<String, Arc<Options>>> = Mutex::new(BTreeMap::new());
    let made = || Arc::new(Options { settings: settings(format), ..Options::default() });
    let reading = Arc::clone(READINGS.lock().expect("no panic before").entry(format.to_string()).or_insert_with(made));
    let began = ThreadTime::now();
    let wrapped = document(format, input);
    let (name, bytes) = match &wrapped {
        Some(package) => (format!("a/b.{format}"), package.as_slice()),
        None => ("a/b".to_owned(), input),
    };
    source::read_from(&name, bytes, &reading, &mut |article| {
        match article {
            Ok(article) => spans_hold(&article),
            Err(unread) => assert!(!unread.message.is_empty()),
        }
        ControlFlow::Continue(())
    });
    assert!(began.elapsed() < LONGEST, "{format} took {:?}: {:?}", began.elapsed(), String::from_utf8_lossy(input));
}

/// A document that is a package of files, with `input` as the one that holds the story: what changed a packed file would only be told that
/// its checksum is wrong.
fn document(format: &str, input: &[u8]) -> Option<Vec<u8>> {
    let parts: &[(&str, &[u8])] = match format {
        "docx" => &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", input)],
        "odt" => &[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", input)],
        "epub" => &[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"b.opf\"/></rootfiles></container>"),
            ("b.opf", b"<package><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"),
            ("a.xhtml", input),
        ],
        _ => return None,
    };
    let mut package = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        package.start_file(*name, stored).expect("a file in memory");
        std::io::Write::write_all(&mut package, bytes).expect("a file in memory");
    }
    Some(package.finish().expect("a package in memory").into_inner())
}

/// Whatever it looks like, it is a file of this format.
fn settings(format: &str) -> Settings {
    let text = match format {
        "packed" | "docx" | "odt" | "epub" => String::new(),
        format => format!("[[files]]\npath = \"**\"\nformat = \"{format}\"\n"),
    };
    Settings::parse(&text, "").expect("a format")
}

fn spans_hold(article: &Article) {
    let text = &article.text;
    let paragraphs = article.paragraphs.iter().map(|paragraph| paragraph.span);
    let bylines = article.bylines.iter().filter_map(|byline| byline.span);
    let dateline = article.dateline.as_ref().map(|dateline| dateline.span);
    for span in paragraphs.chain(bylines).chain(dateline).chain(article.headline) {
        assert!(
            text.get(span.range())
                .is_some_and(|words| words.trim() == words && !words.contains(char::is_control) || words.contains('\n')),
            "{span:?} in {text:?}"
        );
        let (start, end) = article.origin.in_file(text, span).expect("a place in the file");
        assert!(start <= end && article.origin.line(span.start) >= Some(1));
    }
}

/// Any bytes are a query, or are refused with a reason.
pub fn query(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let began = ThreadTime::now();
    match parse(&text, TODAY, &QueryLimits::default()) {
        Ok(parsed) => {
            let columns = text.chars().count() + 1;
            assert!(parsed.complaints.iter().all(|complaint| (1..=columns).contains(&complaint.column)), "{parsed:?}");
            if let Some(query) = &parsed.query {
                let printed = query.to_string();
                assert!(!printed.is_empty());
                let _ = Matcher::new(query);
            }
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
    assert!(began.elapsed() < LONGEST, "took {:?}: {text:?}", began.elapsed());
}

/// The first line is a query, the rest a text: what is marked lies in the unit, in order, none twice.
pub fn matcher(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let (typed, text) = input.split_once('\n').unwrap_or((&input, ""));
    let Ok(parsed) = parse(typed, TODAY, &QueryLimits::default()) else { return };
    let Some(query) = parsed.query else { return };
    let article = Article::plain("fuzzed", text, true);
    // Only these fields ask who speaks; finding it is the costly part.
    let spoken = ["speaker", "quote", "said"].iter().any(|field| typed.contains(field));
    let quotations = if spoken { quotations(&article) } else { Vec::new() };
    let began = ThreadTime::now();
    let matcher = Matcher::new(&query);
    let mut words = Words::default();
    for unit in units(&article) {
        let page = UnitText::read(&article, &quotations, unit, &mut words);
        let Some(marks) = matcher.mentions(&page) else { continue };
        assert!(marks.is_sorted() && marks.windows(2).all(|pair| pair[0] != pair[1]), "{marks:?}");
        for mark in marks {
            assert!(unit.span.contains(mark), "{mark:?} outside {:?}", unit.span);
            assert!(article.text.get(mark.range()).is_some(), "{mark:?} cuts a character");
        }
    }
    assert!(began.elapsed() < LONGEST, "took {:?}: {input:?}", began.elapsed());
}

/// Any text has quotations that are slices of it, in reading order; so have their speakers, cues and roles.
pub fn quotation(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let article = Article::plain("fuzzed", &text, true);
    let began = ThreadTime::now();
    let found = quotations(&article);
    assert!(began.elapsed() < LONGEST, "took {:?}: {text:?}", began.elapsed());
    assert!(found.is_sorted_by_key(|quotation| quotation.span.start), "{found:?}");
    for quotation in &found {
        let spans = [Some(quotation.span), quotation.mention, quotation.cue, quotation.role];
        for span in spans.into_iter().flatten() {
            assert!(article.text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} in {text:?}");
        }
        assert!(!quotation.speaker.as_ref().is_some_and(|speaker| speaker.name.trim().is_empty()), "{quotation:?}");
        assert!((0.0..=1.0).contains(&quotation.confidence), "{quotation:?}");
    }
    let paragraph = |span: Span| article.paragraphs.iter().any(|paragraph| paragraph.span.contains(span));
    let headline = |span: Span| article.headline.is_some_and(|headline| headline.contains(span));
    assert!(found.iter().all(|quotation| paragraph(quotation.span) || headline(quotation.span)), "{found:?}");
}
