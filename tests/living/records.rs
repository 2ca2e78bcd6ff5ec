//! Articles of which the index cannot be read: each costs itself and nothing else, and is named.

use crate::archive::files_of;
use crate::given::archive::Archive;
use newshound::day::Day;
use newshound::engine::{Caller, Counting, Engine, Quoting, Search, Sort, SpeakerOrder, Speech};
use newshound::query::{Query, QueryLimits, Today, parse};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Duration;

const ARTICLES: usize = 12;

/// Changes a byte of the stored articles, one place after another; gives how many changes cost an article, and what went wrong.
pub fn changed(step: usize) -> (usize, Vec<String>) {
    let story =
        |n: usize| format!("Ferry news {n}\n\n\"The ferry stays in port on day {n},\" Ilse Brandauer said.\n\nNobody asked.\n");
    let files: Vec<(String, String)> = (0..ARTICLES).map(|n| (format!("{n}.txt"), story(n))).collect();
    let archive = Archive::indexed(&files);
    let store = files_of(&archive.index()).into_iter().find(|file| file.extension().is_some_and(|end| end == "store")).unwrap();
    let whole = std::fs::read(&store).unwrap();
    let (mut lost, mut wrong) = (0, Vec::new());
    for at in (0..whole.len()).step_by(step) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        std::fs::write(&store, &damaged).unwrap();
        // The ends of files are looked at when an index is opened.
        if let Ok(reader) = newshound::IndexReader::open(&archive.index()) {
            match missing(&reader) {
                Ok(missing) => lost += usize::from(missing > 0),
                Err(why) => wrong.push(format!("byte {at} of {}: {why}", whole.len())),
            }
        }
    }
    (lost, wrong)
}

/// How many articles are missing in the answers, each of which names them.
fn missing(reader: &newshound::IndexReader) -> Result<usize, String> {
    let query: Query =
        parse("ferry said:port", Today(Day::constant(2025, 3, 14)), &QueryLimits::default()).unwrap().query.unwrap();
    let mut shown = HashSet::new();
    let summary = reader.search(&Search::all(query.clone()), &mut |passage| {
        shown.insert(passage.article);
        ControlFlow::Continue(())
    });
    let summary = summary.map_err(|error| error.to_string())?;
    let missing = summary.unreadable.count();
    if shown.len() + missing != ARTICLES || (missing > 0) != summary.partial.is_some() {
        return Err(format!("{} shown, {missing} missing: {:?}", shown.len(), summary.partial));
    }
    let asked = Quoting {
        query: Some(query.clone()),
        by: None,
        speech: Speech::usual(),
        limit: None,
        sort: Sort::Newest,
        after: None,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let quoted = reader.quotations(&asked, &mut |_| ControlFlow::Continue(())).map_err(|error| error.to_string())?;
    let counting = Counting {
        query: Some(query),
        by: None,
        speech: Speech::usual(),
        limit: None,
        skip: 0,
        order: SpeakerOrder::Count,
        terms: 3,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let speakers = reader.speakers(&counting).map_err(|error| error.to_string())?.summary;
    match (quoted.unreadable.count(), speakers.unreadable.count()) {
        (one, other) if one == missing && other == missing => Ok(missing),
        counts => Err(format!("{missing} missing among passages, among quotations and speakers {counts:?}")),
    }
}
