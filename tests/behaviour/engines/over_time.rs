//! What was printed when, and which of it are copies: as a directory tells it, and no more than is known where time ran out.

use super::{OnCluster, difference, take_in};
use crate::given::archive::{check_ends, err, objects, out, run};
use crate::timeline::invented;
use newshound::engine::{Calendar, Engine, Place, Search, Sort};
use newshound::query::loose;
use newshound::{Article, Quotation};
use serde_json::Value;
use std::ops::ControlFlow;
use std::time::Duration;

/// What is printed, but for the time it took and the name of the commit.
fn told(at: &std::path::Path, index: &str, arguments: &[&str]) -> Value {
    let all =
        [&["timeline", "\"ferry\"", "snow OR headline:report", "nowhereatall", "--json", "--index", index], arguments].concat();
    let mut found = objects(&run(at, &all)).remove(0);
    found["commit"] = Value::Null;
    found["curves"].as_array_mut().unwrap().iter_mut().for_each(|curve| curve["summary"]["took_ms"] = Value::Null);
    found
}

#[test]
fn curves_and_copies_are_the_same_on_both_engines() {
    let Some(cluster) = OnCluster::new("timeline", "") else { return };
    let archive = invented(7);
    let index = cluster.place().to_string();
    check_ends(&run(archive.path(), &["index", "corpus", "--index", &index]), 0);
    let local = archive.index();
    let local_index = local.to_str().unwrap();
    for arguments in
        [&["--every", "month"][..], &["--every", "day"], &["--every", "year"], &["--every", "week", "--from", "2025-02"]]
    {
        let (one, other) = (told(archive.path(), local_index, arguments), told(archive.path(), &index, arguments));
        assert_eq!(one, other, "{arguments:?}");
        let once = |at: usize| one["curves"][1]["counts"][at]["once"]["articles"].as_u64();
        assert!(one["untold"].is_null() && (0..3).filter_map(once).sum::<u64>() > 0, "{one}");
    }
    for copies in ["each", "once"] {
        for form in ["--csv", "--svg"] {
            let drawn = |index: &str| {
                let output = run(archive.path(), &["timeline", "ferry", "--index", index, "--copies", copies, form]);
                (out(&output).lines().filter(|line| !line.contains("<desc>")).collect::<Vec<_>>().join("\n"), err(&output))
            };
            assert_eq!(drawn(local_index), drawn(&index), "{copies} {form}");
        }
    }
    let all = |place: &Place| place.open().unwrap().calendar(Duration::MAX).unwrap();
    let (one, other) = (all(&Place::directory(&local)), all(cluster.place()));
    assert!(!one.repeated.as_ref().unwrap().is_empty() && one.printed.len() > 50);
    assert_eq!(one, other);
    // What is gone is no first printing any more, and nothing was printed of it.
    let rest = std::fs::read_to_string(archive.corpus().join("stories.jsonl")).unwrap();
    archive.write("stories.jsonl", rest.lines().skip(20).collect::<Vec<_>>().join("\n"));
    for index in [local_index, &index] {
        check_ends(&run(archive.path(), &["index", "corpus", "--index", index]), 0);
    }
    let (fewer, other) = (all(&Place::directory(&local)), all(cluster.place()));
    assert_eq!(fewer, other);
    assert_ne!(fewer, one);
}

#[test]
fn what_there_was_no_time_for_is_said_and_found_by_who_asks_again() {
    let Some(cluster) = OnCluster::new("untold", "") else { return };
    let archive = invented(8);
    let index = cluster.place().to_string();
    check_ends(&run(archive.path(), &["index", "corpus", "--index", &index]), 0);
    let all = archive.reader().calendar(Duration::MAX).unwrap();
    let engine = cluster.place().open().unwrap();
    let each =
        |calendar: &Calendar| -> Vec<_> { calendar.printed.iter().map(|(days, of)| (*days, of.articles, of.words)).collect() };
    for (within, why) in [(Duration::ZERO, "nobody has looked for them"), (Duration::from_nanos(1), "time ran out when 0 of 120")]
    {
        let calendar = engine.calendar(within).unwrap();
        assert!(calendar.repeated.as_ref().unwrap_err().contains(why), "{calendar:?}");
        assert_eq!(each(&calendar), each(&all));
        assert!(calendar.printed.values().all(|of| of.stories == 0 && of.story_words == 0));
    }
    let timeline = newshound::timeline::timeline(
        &*engine,
        [loose("ferry")].iter().map(Option::as_ref),
        &newshound::timeline::Asked {
            every: newshound::timeline::Every::Month,
            within: None,
            once: false,
            deadline: Duration::MAX,
            caller: Default::default(),
        },
    )
    .unwrap();
    assert!(timeline.untold.is_some());
    let curve = &timeline.curves[0];
    assert!(curve.counts.iter().any(|counts| counts.each.articles > 0));
    assert!(curve.counts.iter().all(|counts| counts.once == Default::default()), "nothing is made up");
    let told = |once| timeline.values(curve, newshound::timeline::Measure::Articles, once).into_iter().flatten().count();
    assert!(told(false) > 0 && told(true) == 0);
    assert_eq!(*engine.calendar(Duration::MAX).unwrap(), *all);
    assert_eq!(*engine.calendar(Duration::ZERO).unwrap(), *all, "known from then on");
}

/// More articles than are asked at once, a hundred of a day, some without a date.
fn many() -> Vec<(Article, Vec<Quotation>)> {
    let article = |number: usize| {
        let mut article =
            Article::plain(&number.to_string(), &format!("Ferry {number}\nThe ferry of pier {number} sailed."), true);
        article.id = newshound::article::ArticleId((number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let date = format!("2025-{:02}-{:02}", number / 100 % 12 + 1, number / 1200 + 1);
        article.published = (!number.is_multiple_of(50))
            .then_some(newshound::article::Published { date, found_in: newshound::article::FoundIn::File });
        (article, Vec::new())
    };
    (0..4_100).map(article).collect()
}

#[test]
fn an_answer_by_day_is_whole_however_many_articles_it_has_and_says_when_time_ran_out() {
    let Some(cluster) = OnCluster::new("byday", "") else { return };
    let dir = tempfile::tempdir().unwrap();
    let local = Place::directory(dir.path());
    take_in(&local, &many());
    take_in(cluster.place(), &many());
    let (local, remote) = (local.open().unwrap(), cluster.place().open().unwrap());
    for sort in [Sort::Oldest, Sort::Newest] {
        let search = Search { sort, deadline: Duration::MAX, ..Search::all(loose("ferry").unwrap()) };
        assert_eq!(difference(&*local, &*remote, &search), None);
        let mut ranks = Vec::new();
        let each = &mut |passage: newshound::results::RankedPassage| {
            ranks.push(passage.rank);
            if ranks.len() < 5_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let summary = remote.search(&search, each).unwrap();
        assert_eq!((ranks.len(), summary.shown), (5_000, 5_000));
        assert!(ranks.iter().zip(1..).all(|(rank, number)| *rank == number));
    }
    let search = Search { sort: Sort::Oldest, deadline: Duration::ZERO, ..Search::all(loose("ferry").unwrap()) };
    let partial = remote.search(&search, &mut |_| ControlFlow::Continue(())).unwrap().partial.unwrap();
    assert!(!partial.is_empty());
    let search = Search { deadline: Duration::from_millis(1), ..search };
    let late = remote.search(&search, &mut |_| ControlFlow::Continue(())).unwrap().partial.unwrap();
    assert!(late.contains("of 4100 articles") || late.contains("time"), "{late}");
}
