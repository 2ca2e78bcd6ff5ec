//! Two engines, one answer: whatever is asked of an index in a directory and of one on a cluster, the passages, marks, totals and order
//! are the same.
//!
//! Needs a cluster: `OPENSEARCH_URL=http://127.0.0.1:9201`. `NEWSHOUND_TREES` sets the number of random queries (default 2,000).

mod faults;
mod over_time;

use crate::given::archive::Archive;
use crate::given::served::Served;
use crate::searching::made::{self, Dice};
use newshound::engine::{Caller, Counting, Engine, Error, Place, Quoting, Search, Sort, SpeakerOrder, Speech};
use newshound::indexing::{Indexing, index};
use newshound::query::{Query, QueryLimits, Today, parse};
use newshound::results::{Cost, QuotationSummary, RankedPassage, SpeakersSummary};
use newshound::source::Options;
use newshound::verify::{Bounds, claim, verify};
use newshound::{Article, Quotation};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// An index on the cluster that is gone when dropped.
pub struct OnCluster(Place);

impl OnCluster {
    /// A new one of three shards, if there is a cluster.
    pub fn new(name: &str, options: &str) -> Option<OnCluster> {
        OnCluster::with(name, &format!("shards=3&replicas=0{options}"))
    }

    /// A new one that is made so.
    pub fn with(name: &str, options: &str) -> Option<OnCluster> {
        let Some(url) = std::env::var("OPENSEARCH_URL").ok().filter(|url| !url.is_empty()) else {
            println!("skipped: no OPENSEARCH_URL");
            return None;
        };
        let place: Place = format!("opensearch+{url}/test-{}-{name}?{options}", std::process::id()).parse().unwrap();
        Some(OnCluster(place))
    }

    pub fn place(&self) -> &Place {
        &self.0
    }

    /// Whether every shard has all its copies.
    pub fn is_green(&self) -> bool {
        self.0.index().unwrap().is_safe()
    }
}

impl Drop for OnCluster {
    fn drop(&mut self) {
        let _ = self.0.index().and_then(|index| index.remove());
    }
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn take_in(place: &Place, stories: &[(Article, Vec<Quotation>)]) {
    let mut intake = place.index().unwrap().write(1, None, None).unwrap();
    for (article, quotations) in stories {
        intake.add(article, quotations).unwrap();
    }
    intake.commit(None, &[]).unwrap();
    intake.close().unwrap();
}

fn take_in_files(place: &Place, corpus: &Path) {
    let mut intake = place.index().unwrap().write(2, None, None).unwrap();
    let how = Indexing { threads: 2, options: Options::default(), edit: None, progress: &|_| {}, stop: None };
    index(corpus, &mut *intake, &how).unwrap();
    intake.close().unwrap();
}

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// All that an answer says: its passages in order, with marks and scores, and what it counts.
fn said(engine: &dyn Engine, search: &Search) -> (Vec<String>, String) {
    tried(engine, search).unwrap_or_else(|error| panic!("{}: {error}", search.query))
}

/// The same, or why it is refused.
fn tried(engine: &dyn Engine, search: &Search) -> Result<(Vec<String>, String), Error> {
    let mut passages = Vec::new();
    let each = &mut |passage: RankedPassage| {
        let copies: Vec<String> = passage.copies.iter().map(|copy| copy.article.to_string()).collect();
        passages.push(format!("{} {:?} {:.3} {copies:?}", passage.id, passage.matches, passage.score));
        ControlFlow::Continue(())
    };
    let summary = engine.search(search, each)?;
    let totals = format!("{} {} {} {:?}", summary.passages, summary.mentions, summary.articles, summary.stories);
    Ok((passages, totals + summary.partial.as_deref().unwrap_or_default()))
}

/// Where two answers differ, if they do.
fn difference(one: &dyn Engine, other: &dyn Engine, search: &Search) -> Option<String> {
    differ(search, &said(one, search), &said(other, search))
}

/// The same of what was said.
fn differ(search: &Search, one: &(Vec<String>, String), other: &(Vec<String>, String)) -> Option<String> {
    // Figures of which both say that they are the least there is need not be the same ones.
    let of_some = |(_, totals): &(Vec<String>, String)| totals.ends_with("the least there is");
    if one == other || search.limit.is_some() && of_some(one) && of_some(other) && one.0 == other.0 {
        return None;
    }
    let at = one.0.iter().zip(&other.0).position(|(one, other)| one != other).unwrap_or(one.0.len().min(other.0.len()));
    let short = |said: Option<&String>| {
        said.map(|said| (said.chars().take(60).collect::<String>(), said[said.len().saturating_sub(30)..].to_owned()))
    };
    Some(format!(
        "{} ({:?}, {:?}, fold {})\n  in a directory {} passages, {}; number {at}: {:?}\n  on the cluster {} passages, {}; number {at}: {:?}",
        search.query,
        search.limit,
        search.sort,
        search.fold,
        one.0.len(),
        one.1,
        short(one.0.get(at)),
        other.0.len(),
        other.1,
        short(other.0.get(at))
    ))
}

/// Every way in which a question may be asked.
fn ways(query: &Query) -> Vec<Search> {
    let all = Search::all(query.clone());
    let best = Search { deadline: all.deadline, ..Search::best(query.clone(), 10) };
    vec![
        all.clone(),
        best.clone(),
        Search { sort: Sort::Newest, ..best.clone() },
        Search { fold: true, ..best.clone() },
        Search { limit: Some(0), ..best },
    ]
}

#[test]
fn random_trees_have_the_same_answer_from_both_engines() {
    let Some(cluster) = OnCluster::new("trees", "&first=100000") else { return };
    let mut dice = Dice::new(5);
    let (mut stories, mut queries) = (Vec::new(), Vec::new());
    while queries.len() < number("NEWSHOUND_TREES", 2_000) {
        let some = made::corpus(&mut dice);
        queries.extend((0..20).map(|_| made::query(&mut dice)));
        for (mut article, quotations) in some {
            // Each corpus has the same names of files.
            article.id = newshound::article::ArticleId(1_000_003 * stories.len() as u64);
            stories.push((article, quotations));
        }
    }
    stories.truncate(300);
    let dir = tempfile::tempdir().unwrap();
    let local = Place::directory(dir.path());
    take_in(&local, &stories);
    take_in(cluster.place(), &stories);
    let (local, remote) = (local.open().unwrap(), cluster.place().open().unwrap());
    let (local, remote): (&dyn Engine, &dyn Engine) = (&*local, &*remote);
    let (mut wrong, mut answered) = (Vec::new(), 0);
    for (at, query) in queries.iter().enumerate() {
        let ways = ways(query);
        let search = &ways[if at % 3 == 0 { at % ways.len() } else { 0 }];
        answered += usize::from(!said(local, search).0.is_empty());
        wrong.extend(difference(local, remote, search));
    }
    println!(
        "{} random queries over {} articles, {answered} with an answer: {} differ",
        queries.len(),
        stories.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), queries.len(), wrong[..wrong.len().min(10)].join("\n"));
}

/// Every operator of docs/query.md.
const OPERATORS: &[&str] = &[
    "peace",
    "peace talks",
    "\"peace talks\"",
    "peace AND bridge",
    "peace OR bridge",
    "peace NOT bridge",
    "peac*",
    "br?dge*",
    "bridg~1",
    "/bri.*/",
    "\"the bridge\"~3",
    "peace NEAR/5 talks",
    "talks BEFORE/9 bridge",
    "peace SENTENCE bridge",
    "speaker:brandauer",
    "quote:peace",
    "said:peace",
    "speaker:brandauer quote:peace",
    "headline:truce",
    "article:(peace harbour)",
    "body:bridge",
    "date:2025-03",
    "date:2025-03 bridge",
    "outlet:ledger",
    "place:stennet",
    "byline:dunmore",
    "lang:en",
    "section:sport",
    "exact:\"long-term peace\"",
    "case:\"Peace\"",
    "ocr:bridge",
    "U.S.",
    "\"U.S. envoy\"",
    "bridge^3 peace",
    "\"* bridge\"",
    "NOT peace",
    "headline:truce NOT date:2025-03",
    "\"long-term peace\"",
    "longterm",
    "of",
    "the",
];

#[test]
fn every_operator_and_the_golden_questions_have_the_same_answer() {
    let Some(cluster) = OnCluster::new("golden", "&first=100000") else { return };
    let dir = tempfile::tempdir().unwrap();
    let local = Place::directory(dir.path());
    take_in_files(&local, &sample());
    take_in_files(cluster.place(), &sample());
    let (local, remote) = (local.open().unwrap(), cluster.place().open().unwrap());
    assert_eq!(
        newshound::engine::Holdings { commit: String::new(), ..local.holdings().unwrap() },
        newshound::engine::Holdings { commit: String::new(), ..remote.holdings().unwrap() }
    );
    let golden = include_str!("../golden/questions.tsv").lines().filter(|line| !line.starts_with('#'));
    let golden = golden.map(|line| line.split('\t').next().unwrap());
    let (mut asked, mut wrong) = (0, Vec::new());
    for typed in OPERATORS.iter().copied().chain(golden) {
        let parsed = parse(typed, Today::from_clock(), &QueryLimits::default()).unwrap();
        let Some(query) = parsed.query else { continue };
        for search in ways(&query) {
            asked += 1;
            wrong.extend(difference(&*local, &*remote, &search));
        }
    }
    println!("{asked} searches with every operator and the golden questions: {} differ", wrong.len());
    assert!(wrong.is_empty(), "{} of {asked} differ:\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
    let mut ids = Vec::new();
    local
        .search(&Search::best(newshound::query::loose("bridge").unwrap(), 3), &mut |passage| {
            ids.push(passage.article);
            ControlFlow::Continue(())
        })
        .unwrap();
    for id in ids {
        assert_eq!(local.article(id).unwrap(), remote.article(id).unwrap());
    }
}

/// What is said of who is quoted, but for the time it took.
fn quoted(engine: &dyn Engine, query: Option<&Query>, by: Option<&str>) -> String {
    let mut found = Vec::new();
    let quoting = Quoting {
        query: query.cloned(),
        by: by.map(str::to_owned),
        speech: Speech::usual(),
        limit: Some(20),
        sort: Quoting::usual_sort(query),
        after: None,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let summary = engine.quotations(&quoting, &mut |quotation| {
        found.push(format!("{quotation:?}"));
        ControlFlow::Continue(())
    });
    let summary = QuotationSummary { took: Duration::ZERO, cost: Cost::default(), ..summary.unwrap() };
    let counting = Counting {
        query: query.cloned(),
        by: by.map(str::to_owned),
        speech: Speech::usual(),
        limit: Some(20),
        skip: 0,
        order: SpeakerOrder::Count,
        terms: 8,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let speakers = engine.speakers(&counting).unwrap();
    let counted = SpeakersSummary { took: Duration::ZERO, cost: Cost::default(), ..speakers.summary };
    format!("{}\n{summary:?}\n{:?}\n{:?}\n{counted:?}", found.join("\n"), speakers.speakers, speakers.near)
}

#[test]
fn who_is_quoted_and_what_is_verified_is_the_same_on_both_engines() {
    let Some(cluster) = OnCluster::new("quoted", "&first=100000") else { return };
    let dir = tempfile::tempdir().unwrap();
    let local = Place::directory(dir.path());
    take_in_files(&local, &sample());
    take_in_files(cluster.place(), &sample());
    let (local, remote) = (local.open().unwrap(), cluster.place().open().unwrap());
    let query = |typed: &str| parse(typed, Today::from_clock(), &QueryLimits::default()).unwrap().query;
    let mut asked = 0;
    for typed in ["", "peace", "bridge", "date:2025-03", "said:peace", "truce AND envoy", "speaker:brandauer", "nowhereatall"] {
        let query = if typed.is_empty() { None } else { query(typed) };
        for by in [
            None,
            Some("Ilse Brandauer"),
            Some("brandauer"),
            Some("Ilse"),
            Some("Brandouer"),
            Some("the ministry"),
            Some("Dunmore"),
        ] {
            let (one, other) = (quoted(&*local, query.as_ref(), by), quoted(&*remote, query.as_ref(), by));
            let differ = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            assert!(one == other, "{typed} {by:?}: {differ:#?}");
            asked += 1;
        }
    }
    println!("{asked} questions about quotations and speakers: the same");
    let bounds = Bounds { caller: Caller::default(), ..Bounds::default() };
    for sentence in [
        "Brandauer said: \"We want a long-term peace.\"",
        "\"The bridge will be rebuilt by spring,\" she said.",
        "\"nobody ever said this here\"",
    ] {
        for claim in claim(sentence) {
            let said = |engine: &dyn Engine| format!("{:?}", verify(engine, &claim, &bounds).unwrap());
            assert_eq!(said(&*local), said(&*remote), "{sentence}");
        }
    }
}

/// Names joined over last names and kept apart, for both engines.
const PEOPLE: &str = "[[same]]\nnames = [\"Ada Quill\", \"Thomas Miller\"]\n[[different]]\nnames = [\"Grace Miller\", \"Ilse Brandauer\"]\n[[alias]]\nname = \"Matteus Orlan\"\nalso = [\"the old ferryman\"]\n";

#[test]
fn both_engines_tell_the_same_of_somebody_and_take_what_is_said_by_hand() {
    let Some(cluster) = OnCluster::new("dossiers", "&first=100000") else { return };
    let archive = crate::dossier::invented(11);
    let index = cluster.place().to_string();
    let indexed = crate::given::archive::run(archive.path(), &["index", "corpus", "--index", &index]);
    assert_eq!(indexed.status.code(), Some(0));
    let people = archive.path().join("who.toml");
    std::fs::write(&people, PEOPLE).unwrap();
    let mut asked = 0;
    for file in [None, Some(people.as_path())] {
        let local = Place::directory(&archive.index()).open_with(file).unwrap();
        let remote = cluster.place().open_with(file).unwrap();
        assert_eq!(local.unprinted().unwrap(), remote.unprinted().unwrap());
        for names in [
            &["Brandauer"][..],
            &["quill"],
            &["Thomas Miller"],
            &["miller"],
            &["the old ferryman"],
            &["orlan", "quill"],
            &["Nobodysson"],
        ] {
            assert_eq!(crate::dossier::told(&*local, names), crate::dossier::told(&*remote, names), "{names:?} {file:?}");
            asked += 1;
        }
        let query = parse("speaker:\"Ada Quill\"", Today::from_clock(), &QueryLimits::default()).unwrap().query.unwrap();
        assert_eq!(difference(&*local, &*remote, &Search::all(query)), None);
        for by in [None, Some("Thomas Miller"), Some("the old ferryman"), Some("Miller")] {
            assert_eq!(quoted(&*local, None, by), quoted(&*remote, None, by), "{by:?} {file:?}");
        }
    }
    println!("{asked} dossiers: the same");
}

#[test]
fn both_engines_follow_words_to_the_same_articles() {
    let Some(cluster) = OnCluster::new("trail", "") else { return };
    let mut dice = crate::given::dice::Dice::new(3);
    let stories: Vec<(Article, Vec<Quotation>)> =
        crate::trail::invented(60, &mut dice).into_iter().map(|article| (article, Vec::new())).collect();
    let dir = tempfile::tempdir().unwrap();
    let place = Place::directory(dir.path());
    take_in(&place, &stories);
    take_in(cluster.place(), &stories);
    let (local, remote) = (place.open().unwrap(), cluster.place().open().unwrap());
    for (article, _) in &stories {
        let words: Vec<&str> = article.text.lines().last().unwrap().split(' ').take(40).collect();
        let followed = |engine: &dyn Engine| crate::trail::followed(engine, &words.join(" ")).steps;
        assert_eq!(followed(&*local), followed(&*remote), "{words:?}");
    }
}

#[test]
fn an_index_on_a_cluster_is_brought_up_to_date_and_found_whole() {
    let Some(cluster) = OnCluster::new("updates", "") else { return };
    let archive = Archive::of(&[
        ("one.txt", "Ferry strike ends\n\nThe ferries of Orlan sail again."),
        ("two.txt", "Bridge opens\n\nThe bridge of Selmark is open."),
    ]);
    let index = cluster.place().to_string();
    let run = |arguments: &[&str]| crate::given::archive::run(archive.path(), arguments);
    let count = |word: &str| run(&["search", word, "--index", &index, "--count"]);
    assert_eq!(run(&["index", "corpus", "--index", &index]).status.code(), Some(0));
    assert_eq!(count("again").status.code(), Some(0));
    archive.write("one.txt", "Ferry strike goes on\n\nNo boat of Orlan sails.");
    std::fs::remove_file(archive.corpus().join("two.txt")).unwrap();
    assert_eq!(run(&["index", "corpus", "--index", &index]).status.code(), Some(0));
    for (word, status) in [("again", 1), ("boat", 0), ("bridge", 1)] {
        assert_eq!(count(word).status.code(), Some(status), "{word}");
    }
    let checked = run(&["check", "--index", &index]);
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    assert_eq!(run(&["index", "corpus", "--index", &index]).status.code(), Some(0));
}

#[test]
fn a_cluster_is_served_as_a_directory_is() {
    let Some(cluster) = OnCluster::new("served", "") else { return };
    let story = "HALLMERE, March 3 (Meridian) - \"The port stays open,\" Harbour Master Mira Voss said on Monday.\n";
    let archive = Archive::of(&[("one.txt", &format!("Port stays open\n\n{story}"))]);
    let index = cluster.place().to_string();
    let indexed = crate::given::archive::run(archive.path(), &["index", "corpus", "--index", &index]);
    assert_eq!(indexed.status.code(), Some(0));
    let served = Served::over(archive, &["--index", &index]);
    for path in [
        "/",
        "/?q=port",
        "/?q=port&show=lines",
        "/?q=port&show=quotations",
        "/?q=prot",
        "/speakers",
        "/outlets",
        "/speaker?speaker=Mira+Voss",
        "/verify?q=the+port+stays+open",
        "/v1/search?q=port",
        "/v1/mentions?q=port",
        "/v1/search.atom?q=port",
        "/v1/quotes?by=Voss",
        "/v1/speakers",
        "/v1/facets?q=port",
        "/v1/timeline?q=port",
        "/v1/timelines?q=port",
        "/timeline?q=port",
        "/v1/speaker?name=Voss",
        "/v1/suggest?q=vos",
        "/v1/status",
    ] {
        let (status, _, body) = served.get(path);
        assert_eq!(status, 200, "{path}: {body}");
    }
    let (_, _, first) = served.get("/");
    assert!(first.contains("Mira Voss") && first.contains("1 article"), "{first}");
}
