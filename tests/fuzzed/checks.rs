//! What must hold of any input; used by the fuzz targets and by the test that replays what they found.

use newshound::mention::{Matcher, Page};
use newshound::passage::units;
use newshound::query::{Limits, Today, parse};
use newshound::quotation::{attribute, quotations};
use newshound::words::Words;
use std::time::{Duration, Instant};

/// An input may take so long; ten times that, for a busy machine, fails.
const LONGEST: Duration = Duration::from_millis(500);

const TODAY: Today = Today(2025_03_14);

/// Any bytes are a query, or are refused with a reason.
pub fn query(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let began = Instant::now();
    match parse(&text, TODAY, &Limits::default()) {
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
    let Ok(parsed) = parse(typed, TODAY, &Limits::default()) else { return };
    let Some(query) = parsed.query else { return };
    let article = attribute::plain("fuzzed", text, true);
    let quotations = quotations(&article);
    let began = Instant::now();
    let matcher = Matcher::new(&query);
    let mut words = Words::default();
    for unit in units(&article) {
        let page = Page::read(&article, &quotations, unit, &mut words);
        let Some(marks) = matcher.mentions(&page) else { continue };
        assert!(marks.is_sorted() && marks.windows(2).all(|pair| pair[0] != pair[1]), "{marks:?}");
        for mark in marks {
            assert!(unit.span.contains(mark), "{mark:?} outside {:?}", unit.span);
            assert!(article.text.get(mark.range()).is_some(), "{mark:?} cuts a character");
        }
    }
    assert!(began.elapsed() < LONGEST, "took {:?}: {input:?}", began.elapsed());
}
