//! What somebody is quoted with: beside a plain reader over all quotations, on the command line, over HTTP and on the page.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::dice::Dice;
use crate::given::served::Served;
use newshound::Engine;
use newshound::dossier::{Asked, Counts, Dossier, Every, Failure, Person, dossier};
use newshound::engine::{Caller, Quoting, Sort, Speech};
use newshound::quotation::Kind;
use newshound::results::RankedQuotation;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;

/// An archive of invented talk: who speaks where is thrown, copies among it.
pub fn invented(seed: u64) -> Archive {
    const PEOPLE: [&str; 5] = ["Ilse Brandauer", "Matteus Orlan", "Thomas Miller", "Grace Miller", "Ada Quill"];
    const WORDS: [&str; 12] =
        ["bridges", "ferries", "harbour", "truce", "winter", "bread", "envoys", "school", "rails", "dykes", "market", "orchard"];
    let mut dice = Dice::new(seed);
    let mut stories: Vec<String> = Vec::new();
    for number in 0..60 {
        let mut text =
            format!("It was day {number} of the talks in the old customs house of Velden, and nobody went home early.\n\n");
        for _ in 0..1 + dice.below(4) {
            let who = dice.below(PEOPLE.len());
            let name = PEOPLE[who];
            // Each has words of their own.
            let word = WORDS[(2 * who + dice.below(4)) % WORDS.len()];
            let other = WORDS[dice.below(WORDS.len())];
            text += &match dice.below(3) {
                0 => format!("\"The {word} come first and the {other} after that,\" {name} said.\n\n"),
                1 => format!("{name} said the {word} would be looked after this year.\n\n"),
                _ => format!("{name} spoke of \"the {word} problem\" on Monday.\n\n"),
            };
        }
        let date = match dice.below(6) {
            0 => Value::Null,
            1 => Value::from("2024"),
            _ => Value::from(format!("202{}-{:02}-{:02}", 4 + dice.below(2), 1 + dice.below(12), 1 + dice.below(28))),
        };
        let outlet = ["Morning Ledger", "Harbour Post", "Valley Echo"][dice.below(3)];
        let story = serde_json::json!({"title": format!("Day {number}"), "text": text, "date": date, "outlet": outlet});
        stories.push(story.to_string());
        // A copy in another paper.
        if dice.once_in(6) {
            let mut copy = story;
            copy["outlet"] = Value::from("The Upland");
            stories.push(copy.to_string());
        }
    }
    Archive::indexed(&[("stories.jsonl", stories.join("\n"))])
}

pub fn asked(names: &[&str]) -> Asked {
    Asked { deadline: Duration::MAX, latest: 7, most: 1_000, ..Asked::about(names) }
}

/// Every quotation of the archive with the name of its speaker's entry, by a plain reader.
fn all(engine: &dyn Engine) -> Vec<RankedQuotation> {
    let mut found = Vec::new();
    let everything = Quoting {
        query: None,
        by: None,
        speech: Speech::usual(),
        limit: None,
        sort: Sort::Newest,
        after: None,
        deadline: Duration::MAX,
        caller: Caller::default(),
    };
    let each = &mut |quotation| {
        found.push(quotation);
        ControlFlow::Continue(())
    };
    engine.quotations(&everything, each).unwrap();
    found
}

fn counted<'a>(theirs: impl Iterator<Item = &'a RankedQuotation>) -> Counts {
    let (mut counts, mut articles) = (Counts::default(), BTreeMap::new());
    for quotation in theirs {
        counts.quotations += 1;
        match quotation.kind {
            Kind::Direct => counts.direct += 1,
            Kind::Partial => counts.partial += 1,
            _ => counts.indirect += 1,
        }
        *articles.entry(quotation.article).or_insert(false) |= quotation.kind != Kind::Indirect;
    }
    (counts.articles, counts.reported_only) = (articles.len(), articles.values().filter(|marked| !**marked).count());
    counts
}

#[test]
fn a_dossier_is_what_a_plain_reader_counts() {
    for seed in 0..4 {
        let archive = invented(seed);
        let reader = archive.reader();
        let (all, repeated) = (all(&reader), reader.calendar(Duration::MAX).unwrap().repeated.clone().unwrap());
        let names: BTreeSet<&str> = all.iter().filter_map(|quotation| quotation.known_as.as_deref()).collect();
        assert!(names.len() >= 5 && !repeated.is_empty(), "seed {seed}: {names:?}");
        for name in &names {
            let found = dossier(&reader, &asked(&[name])).unwrap();
            let person = &found.people[0];
            if person.speaker.name != *name {
                continue;
            }
            let theirs: Vec<&RankedQuotation> =
                all.iter().filter(|quotation| quotation.known_as.as_deref() == Some(name)).collect();
            assert_eq!(person.counts, counted(theirs.iter().copied()), "seed {seed}: {name}");
            let first = theirs.iter().copied().filter(|quotation| !repeated.contains(&quotation.article));
            assert_eq!(person.once, Some(counted(first)), "seed {seed}: {name}");
            check_beside(person, &all, name);
            check_outlets(person, &theirs);
            check_time(&found, &theirs);
            check_words(person, &theirs);
            let latest: Vec<&str> = theirs.iter().take(7).map(|quotation| quotation.id.as_str()).collect();
            assert_eq!(person.latest.iter().map(|latest| latest.id.as_str()).collect::<Vec<_>>(), latest, "{name}");
        }
    }
}

fn check_beside(person: &Person, all: &[RankedQuotation], name: &str) {
    let mut truth: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for quotation in all {
        let here = all.iter().any(|own| own.article == quotation.article && own.known_as.as_deref() == Some(name));
        if let Some(other) = quotation.known_as.as_deref().filter(|other| here && *other != name) {
            truth.entry(other).or_default().insert(quotation.article.0);
        }
    }
    let found: BTreeMap<&str, usize> = person.beside.iter().map(|beside| (beside.name.as_str(), beside.articles)).collect();
    assert_eq!(found, truth.iter().map(|(name, articles)| (*name, articles.len())).collect(), "{name}");
    assert!(person.beside.windows(2).all(|pair| pair[0].articles >= pair[1].articles));
}

fn check_outlets(person: &Person, theirs: &[&RankedQuotation]) {
    let mut truth: BTreeMap<&str, (usize, BTreeSet<u64>)> = BTreeMap::new();
    for quotation in theirs {
        let of = truth.entry(quotation.facts.outlet.as_deref().unwrap()).or_default();
        of.0 += 1;
        of.1.insert(quotation.article.0);
    }
    let found: BTreeMap<&str, (usize, usize)> =
        person.outlets.iter().map(|outlet| (outlet.name.as_str(), (outlet.quotations, outlet.articles))).collect();
    assert_eq!(found, truth.iter().map(|(name, (quotations, articles))| (*name, (*quotations, articles.len()))).collect());
}

fn check_time(found: &Dossier, theirs: &[&RankedQuotation]) {
    assert_eq!(found.every, Every::Month);
    let mut truth: BTreeMap<&str, (usize, BTreeSet<u64>)> = BTreeMap::new();
    for quotation in theirs {
        let of = truth.entry(quotation.facts.published.as_deref().and_then(|day| day.get(..7)).unwrap_or("")).or_default();
        of.0 += 1;
        of.1.insert(quotation.article.0);
    }
    for stretch in &found.stretches {
        let (quotations, articles) = truth.remove(stretch.name.as_str()).unwrap_or_default();
        assert_eq!((stretch.spoke[0].quotations, stretch.spoke[0].articles), (quotations, articles.len()), "{}", stretch.name);
        assert!(quotations == 0 || !stretch.is_gap());
    }
    let undated = truth.remove("").unwrap_or_default().0;
    assert_eq!((found.people[0].undated.quotations, truth.len()), (undated, 0));
}

fn check_words(person: &Person, theirs: &[&RankedQuotation]) {
    assert!(!person.topics.is_empty(), "{}", person.speaker.name);
    for topic in &person.topics {
        let holds =
            |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(&topic.term.word));
        let with: Vec<&&RankedQuotation> = theirs.iter().filter(|quotation| holds(&quotation.text)).collect();
        assert_eq!(topic.quotations, with.len(), "{}", topic.term.word);
        let best = with.iter().find(|quotation| quotation.kind != Kind::Indirect).or(with.first());
        assert_eq!(topic.example.as_ref().map(|example| &example.id), best.map(|best| &best.id), "{}", topic.term.word);
    }
}

#[test]
fn two_people_are_told_apart_by_their_words_and_meet_where_both_speak() {
    let archive = invented(9);
    let reader = archive.reader();
    let all = all(&reader);
    let (one, other) = ("Ilse Brandauer", "Ada Quill");
    let found = dossier(&reader, &asked(&[one, other])).unwrap();
    let speaks = |name: &str| -> BTreeSet<u64> {
        all.iter().filter(|quotation| quotation.known_as.as_deref() == Some(name)).map(|quotation| quotation.article.0).collect()
    };
    let shared: BTreeSet<u64> = speaks(one).intersection(&speaks(other)).copied().collect();
    let both = found.both.as_ref().unwrap();
    assert!(!shared.is_empty());
    assert_eq!(both.articles, shared.len());
    assert!(both.latest.len() == shared.len().min(7) && both.latest.iter().all(|article| shared.contains(&article.article.0)));
    for (at, name) in [one, other].into_iter().enumerate() {
        let alone = dossier(&reader, &asked(&[name])).unwrap();
        let (person, by_itself) = (&found.people[at], &alone.people[0]);
        assert_eq!((&person.counts, &person.beside, &person.topics), (&by_itself.counts, &by_itself.beside, &by_itself.topics));
        // Ranked by log-likelihood of the counts in both, by hand.
        let words = |name: &str| -> Vec<BTreeSet<String>> {
            let theirs = all.iter().filter(|quotation| quotation.known_as.as_deref() == Some(name));
            let of = |text: &str| {
                text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| !word.is_empty()).collect()
            };
            theirs.map(|quotation| of(&quotation.text)).collect()
        };
        let (own, others) = (words(name), words([other, one][at]));
        for term in &person.against {
            let count = |of: &[BTreeSet<String>]| of.iter().filter(|words| words.contains(&term.word.to_lowercase())).count();
            assert_eq!(term.quotations, count(&own), "{}", term.word);
            let share = |of: &[BTreeSet<String>]| count(of) as f64 / of.len() as f64;
            assert!(share(&own) > share(&others) && term.worth >= 10.83, "{}", term.word);
        }
    }
    assert!(found.people.iter().any(|person| !person.against.is_empty()), "{found:#?}");
    assert!(matches!(dossier(&reader, &asked(&[one, "brandauer"])), Err(Failure::OnePerson(name)) if name == one));
    assert!(matches!(dossier(&reader, &asked(&[one, "Nobodysson"])), Err(Failure::Nobody { .. })));
    assert!(matches!(dossier(&reader, &asked(&[])), Err(Failure::Names(0))));
}

#[test]
fn a_query_narrows_a_dossier_and_what_was_cut_short_says_so() {
    let archive = invented(2);
    let reader = archive.reader();
    let query = newshound::query::parse(
        "date:2025",
        newshound::Today(newshound::day::Day::constant(2026, 1, 1)),
        &newshound::QueryLimits::default(),
    );
    let narrowed = dossier(&reader, &Asked { query: query.unwrap().query, ..asked(&["Orlan"]) }).unwrap();
    let whole = dossier(&reader, &asked(&["Orlan"])).unwrap();
    assert!(narrowed.people[0].counts.quotations < whole.people[0].counts.quotations);
    assert!(narrowed.stretches.iter().all(|stretch| stretch.name.starts_with("2025")));
    let late = dossier(&reader, &Asked { deadline: Duration::ZERO, ..asked(&["Orlan"]) });
    assert!(matches!(&late, Err(Failure::Nobody { partial: Some(_), .. })) || late.is_ok_and(|late| late.partial.is_some()));
    let gone = asked(&["Orlan"]);
    gone.caller.leave();
    let gone = dossier(&reader, &gone);
    assert!(matches!(&gone, Err(Failure::Nobody { partial: Some(_), .. })) || gone.is_ok_and(|gone| gone.partial.is_some()));
}

#[test]
fn a_month_without_any_article_is_a_gap_and_one_without_a_word_of_theirs_a_zero() {
    let archive = Archive::indexed(&[(
        "a.jsonl",
        [
            r#"{"title": "One", "date": "2025-01-03", "text": "\"The ferries sail again today,\" said Ada Quill."}"#,
            r#"{"title": "Two", "date": "2025-03-03", "text": "\"The bridges are open,\" said Thomas Miller."}"#,
            r#"{"title": "Three", "date": "2025-04-03", "text": "\"The ferries were late,\" said Ada Quill."}"#,
        ]
        .join("\n"),
    )]);
    let found = dossier(&archive.reader(), &asked(&["Quill"])).unwrap();
    let told: Vec<(&str, bool, usize)> =
        found.stretches.iter().map(|stretch| (stretch.name.as_str(), stretch.is_gap(), stretch.spoke[0].quotations)).collect();
    assert_eq!(told, [("2025-01", false, 1), ("2025-02", true, 0), ("2025-03", false, 0), ("2025-04", false, 1)]);
    let printed = out(&run(archive.path(), &["speaker", "quill"]));
    assert!(printed.contains("of 4 months 1 without any article in the index: gaps, not zeroes"), "{printed}");
    let json = objects(&run(archive.path(), &["speaker", "quill", "--json"]));
    assert_eq!(json[0]["stretches"][1], serde_json::json!({"from": "2025-02", "all_articles": 0, "counts": [null]}));
}

#[test]
fn the_command_tells_of_one_and_compares_two() {
    let archive = invented(5);
    let printed = out(&run(archive.path(), &["speaker", "orlan", "--with", "Ada Quill"]));
    for said in [
        "Matteus Orlan",
        "Ada Quill",
        "beside each other",
        "reported alone",
        "quotations by month",
        "both speak in",
        "latest quotations: Ada Quill",
    ] {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    let alone = out(&run(archive.path(), &["speaker", "orlan"]));
    for said in [
        "by reported speech only in",
        "speaks of",
        "in the same articles",
        "outlets",
        "latest quotations",
        "corpus/stories.jsonl:",
    ] {
        assert!(alone.contains(said), "{said}: {alone}");
    }
    let csv = out(&run(archive.path(), &["speaker", "orlan", "--csv", "--with", "quill"]));
    let whats: BTreeSet<&str> = csv.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    for what in ["all", "time", "word", "beside", "outlet", "latest", "kind", "reported_only", "both"] {
        assert!(whats.contains(what), "{what}: {csv}");
    }
    for (arguments, status, said) in [
        (vec!["speaker", "Nobodysson"], 1, "nobody called Nobodysson is quoted"),
        (vec!["speaker", "Qill"], 1, "did you mean Ada Quill?"),
        (vec!["speaker", "orlan", "--with", "Matteus Orlan"], 2, "both names mean Matteus Orlan"),
        (vec!["speaker", "orlan", "zebra"], 1, "in what was asked for"),
        (vec!["speaker", "orlan", "--from", "tomorrow"], 2, "write it as 2025-03-14"),
    ] {
        let output = run(archive.path(), &arguments);
        check_ends(&output, status);
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn every_field_of_a_dossier_is_described() {
    let archive = invented(5);
    let described = crate::given::page::docs("json.md");
    let found = objects(&run(archive.path(), &["speaker", "orlan", "--with", "quill", "--json"])).remove(0);
    let mut fields: BTreeSet<String> = BTreeSet::new();
    gather(&found, &mut fields);
    let missing: Vec<&String> = fields.iter().filter(|field| !described.contains(&format!("`{field}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn gather(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            fields.insert(name.clone());
            gather(value, fields);
        }),
        Value::Array(items) => items.iter().for_each(|item| gather(item, fields)),
        _ => {}
    }
}

#[test]
fn the_service_tells_the_same_as_the_command() {
    let archive = invented(5);
    let told = objects(&run(archive.path(), &["speaker", "orlan", "--with", "quill", "--json"])).remove(0);
    let served = Served::over(archive, &["--quiet"]);
    let (status, _, body) = served.get("/v1/speaker?name=orlan&with=quill");
    assert_eq!(status, 200, "{body}");
    let mut answer: Value = serde_json::from_str(&body).unwrap();
    answer["took_ms"] = told["took_ms"].clone();
    assert_eq!(answer, told);
    for (path, status, said) in [
        ("/v1/speaker", 400, "`name` is missing"),
        ("/v1/speaker?name=Qill", 404, "did you mean Ada Quill?"),
        ("/v1/speaker?name=quill&with=Ada+Quill", 400, "both names mean Ada Quill"),
        (
            "/v1/speaker?name=quill&from=2030",
            404,
            "nobody called quill is quoted in what was asked for; fewer conditions find more",
        ),
        ("/v1/speaker?name=quill&limit=51", 400, "a number from 0 to 50"),
        ("/v1/speaker?name=quill&format=csv", 200, "person,what,name"),
        ("/speaker?speaker=Quill&with=Orlan", 200, "beside each other"),
        ("/speaker?speaker=Quill", 200, "Compare with who is in the same articles"),
        ("/speaker?speaker=Quill&with=Nobodysson", 404, "no such speaker"),
        ("/speaker?speaker=Quill&with=Ada+Quill", 400, "both names mean Ada Quill"),
    ] {
        let (found, _, body) = served.get(path);
        assert!(found == status && body.contains(said), "{path}: {found} {body}");
    }
}

/// For the other engine: what is told but for the time it took.
#[cfg(feature = "opensearch")]
pub fn told(engine: &dyn Engine, names: &[&str]) -> String {
    match dossier(engine, &asked(names)) {
        Err(failure) => failure.to_string(),
        Ok(mut found) => {
            found.took = Duration::ZERO;
            format!("{found:#?}")
        }
    }
}
