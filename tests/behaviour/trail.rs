//! Where words were printed first, and what became of them: invented stories, and everything beside brute force over all pairs of articles.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::dice::Dice;
use crate::given::served::Served;
use newshound::article::{Article, ArticleId};
use newshound::duplicates::{Body, CERTAIN, SEQUENCE, fingerprints, sequences};
use newshound::engine::{Calendar, Counting, Error, Holdings, InCompany, Quoting, Reuse, Reusing, Search, Speakers};
use newshound::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use newshound::trail::{Asked, Change, Failure, MOST_WORDS, ROW, Trail, is_id, trail};
use newshound::words::is_stop_word;
use newshound::{Engine, IndexReader, IndexWriter, Intake, Quotation, quotations};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

const SPEECH: &str = "The bridges of Hallmere will open again in May and every family of the valley will go home";

/// Two papers print the talks from one wire, a third shortens the words a week on, a fourth alters them, a fifth gives them to another, and
/// one has no day.
fn stories() -> [(&'static str, &'static str, String); 6] {
    let filler = "The envoys of both sides had met for three days behind closed doors in the old customs house of Velden. Nobody outside heard a word of it, and the guards at the door were told to look at the river.";
    let talks = format!("\"{SPEECH},\" chancellor Ilse Brandauer said on Monday.\n\n{filler}");
    [
        ("Harbour Post", "2025-03-06", talks.clone()),
        ("Morning Ledger", "2025-03-04", talks),
        ("Valley Echo", "2025-03-12", "The market was full of it. \"The bridges of Hallmere will open again in May,\" Brandauer had said, and the fishmonger did not believe a word.".into()),
        ("Ostrand Gazette", "2025-04-01", "A month on, Brandauer is remembered otherwise: \"The bridges of Hallmere will never open again in May and every family of the valley will go home.\"".into()),
        ("The Upland", "2025-05-02", format!("\"{SPEECH},\" mayor Matteus Orlan said. He was asked twice.")),
        ("", "", format!("Nobody knows when this was printed. \"{SPEECH},\" Ilse Brandauer said, and went home herself.")),
    ]
}

fn archive() -> Archive {
    let line = |(outlet, date, text): &(&str, &str, String)| {
        let mut story = serde_json::json!({"title": format!("From {outlet}"), "text": text});
        if !date.is_empty() {
            (story["outlet"], story["date"]) = (Value::from(*outlet), Value::from(*date));
        }
        story.to_string()
    };
    let mut lines: Vec<String> = stories().iter().map(line).collect();
    lines.push(line(&(
        "Harbour Post",
        "2025-03-05",
        "The ferries of Ostrand were late again, and the bridges of the upper valley were closed for the snow.".into(),
    )));
    Archive::indexed(&[("stories.jsonl", lines.join("\n"))])
}

pub fn followed(archive: &dyn Engine, words: &str) -> Trail {
    trail(archive, &Asked { deadline: Duration::from_secs(60), ..Asked::of_words(words) }).unwrap()
}

#[test]
fn every_printing_comes_in_order_of_time_with_what_was_done_to_the_words() {
    let archive = archive();
    let found = followed(&archive.reader(), SPEECH);
    let told: Vec<(&str, Vec<Change>)> =
        found.steps.iter().map(|step| (step.place.facts.outlet.as_deref().unwrap_or(""), step.changes())).collect();
    let expected = [
        ("Morning Ledger", vec![]),
        ("Valley Echo", vec![Change::Shorter]),
        ("Ostrand Gazette", vec![Change::Altered]),
        ("The Upland", vec![Change::OtherSpeaker]),
        ("", vec![]),
    ];
    assert_eq!(told, expected, "{found:#?}");
    let copies: Vec<_> = found.steps[0].copies.iter().map(|copy| copy.outlet.as_deref()).collect();
    assert_eq!(copies, [Some("Harbour Post")]);
    assert_eq!((found.articles, found.stories, found.outlets, found.unread, found.partial), (6, 5, 5, 0, None));
    let altered = &found.steps[2];
    let put_in: Vec<&str> = altered.only_printed.iter().map(|span| span.of(&altered.place.text)).collect();
    assert_eq!((put_in, altered.edits.put_in), (vec!["never"], 1));
    assert_eq!(
        (found.steps[1].edits.cut_off, found.steps[1].place.text.as_str()),
        (9, "The bridges of Hallmere will open again in May")
    );
    assert_eq!((found.steps[0].place.speaker.as_deref(), found.steps[0].place.paragraph), (Some("Ilse Brandauer"), 1));
}

#[test]
fn a_sentence_that_goes_on_is_longer_and_one_that_ends_is_not() {
    let archive = Archive::indexed(&[(
        "a.jsonl",
        [
            r#"{"title": "One", "date": "2024-01-01", "text": "The ferries of Ostrand will sail through the whole winter. Nobody was asked."}"#,
            r#"{"title": "Two", "date": "2024-01-02", "text": "The ferries of Ostrand will sail through the whole winter unless the ice is thick."}"#,
            r#"{"title": "Three", "date": "2024-01-03", "text": "\"The ferries of Ostrand will sail through the whole winter,\" said harbour master Tilde Varga, and left."}"#,
        ]
        .join("\n"),
    )]);
    let reader = archive.reader();
    let longer = |words: &str| followed(&reader, words).steps.iter().map(|step| step.goes_on).collect::<Vec<_>>();
    assert_eq!(longer("The ferries of Ostrand will sail through the whole winter."), [0, 5, 0]);
    // Without its full stop nobody said that it ends here.
    assert_eq!(longer("The ferries of Ostrand will sail through the whole winter"), [0, 0, 0]);
}

#[test]
fn an_id_stands_for_its_passage_or_quotation() {
    let archive = archive();
    let reader = archive.reader();
    let first = followed(&reader, SPEECH).steps[0].place.article;
    let of = |id: &str| Asked::of_id(&reader, id).unwrap().map(|asked| asked.words);
    assert_eq!(of(&format!("{first}.q0")).as_deref(), Some(format!("{SPEECH},").as_str()));
    assert!(of(&format!("{first}.1")).is_some_and(|words| words.ends_with("said on Monday.")));
    assert_eq!((of(&format!("{first}.99")), of("0000000000000000.0"), of("words")), (None, None, None));
    assert!(is_id("4ca8dca46acf1d41.0") && is_id("4ca8dca46acf1d41.q12"));
    assert!(!is_id("4ca8dca46acf1d41") && !is_id("peace.0") && !is_id("4ca8dca46acf1d41.") && !is_id("4ca8dca46acf1d41.x1"));
}

#[test]
fn what_cannot_be_followed_is_refused_and_what_was_not_read_is_counted() {
    let archive = archive();
    let reader = archive.reader();
    assert!(matches!(trail(&reader, &Asked::of_words(" ... ")), Err(Failure::NoWords)));
    let long = "word ".repeat(MOST_WORDS + 1);
    assert!(matches!(trail(&reader, &Asked::of_words(&long)), Err(Failure::TooLong(words)) if words == MOST_WORDS + 1));
    let few = trail(&reader, &Asked { most: 2, ..Asked::of_words(SPEECH) }).unwrap();
    // The earliest are read first.
    assert_eq!(few.steps[0].place.facts.outlet.as_deref(), Some("Morning Ledger"));
    assert!(few.unread > 0 && few.partial.as_deref().is_some_and(|why| why.contains("not read")), "{few:#?}");
    let late = trail(&reader, &Asked { deadline: Duration::ZERO, ..Asked::of_words(SPEECH) }).unwrap();
    assert!(late.partial.is_some(), "{late:#?}");
    let gone = Asked::of_words(SPEECH);
    gone.caller.leave();
    assert!(trail(&reader, &gone).unwrap().partial.is_some());
    assert!(followed(&reader, "a zeppelin landed behind the town hall and nobody wants it there").steps.is_empty());
}

/// An archive of which one article is damaged.
struct Damaged(IndexReader, ArticleId);

impl Engine for Damaged {
    fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quotation>)>, Error> {
        if id == self.1 { Err(Error::Broken("index".into(), "a stored article is damaged".into())) } else { self.0.article(id) }
    }

    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        self.0.search(search, each)
    }

    fn reuse(&self, asked: &Reusing) -> Result<Reuse, Error> {
        self.0.reuse(asked)
    }

    fn quotations(&self, _: &Quoting, _: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>) -> Result<QuotationSummary, Error> {
        unreachable!("a trail asks for none")
    }

    fn quotations_in_company(&self, _: &Quoting, _: &mut InCompany) -> Result<QuotationSummary, Error> {
        unreachable!("a trail asks for none")
    }

    fn speakers(&self, _: &Counting) -> Result<Speakers, Error> {
        unreachable!("a trail asks for none")
    }

    fn holdings(&self) -> Result<Holdings, Error> {
        self.0.holdings()
    }

    fn calendar(&self, within: Duration) -> Result<Arc<Calendar>, Error> {
        self.0.calendar(within)
    }

    fn reload(&self) -> Result<bool, Error> {
        self.0.reload()
    }
}

#[test]
fn a_damaged_article_costs_its_own_step_and_is_counted() {
    let archive = archive();
    let whole = followed(&archive.reader(), SPEECH);
    let lost = whole.steps[3].place.article;
    let found = followed(&Damaged(archive.reader(), lost), SPEECH);
    assert_eq!((found.articles, found.unread), (5, 1));
    assert!(!found_in(&found).contains(&lost) && found.partial.is_some_and(|why| why.contains("1 article is damaged")));
}

// --------------------------------------------------------------------------------------------------------- brute force

/// Words that nobody else has, none of them common.
fn vocabulary() -> Vec<String> {
    let parts = ["bal", "dor", "fen", "gri", "hul", "kem", "lis", "mor", "nav", "pel"];
    let words = parts.iter().flat_map(|one| parts.iter().map(move |two| format!("{one}{two}")));
    words.filter(|word| !is_stop_word(word)).collect()
}

/// Articles of invented words that take rows of others into their paragraphs, some of them altered.
pub fn invented(count: usize, dice: &mut Dice) -> Vec<Article> {
    let vocabulary = vocabulary();
    let mut all: Vec<Vec<String>> = Vec::new();
    for _ in 0..count {
        let mut words: Vec<String> = (0..30 + dice.below(60)).map(|_| vocabulary[dice.below(vocabulary.len())].clone()).collect();
        for _ in 0..dice.below(4).min(all.len()) {
            let from = &all[dice.below(all.len())];
            let long = 4 + dice.below(36.min(from.len() - 4));
            let start = dice.below(from.len() - long + 1);
            let mut taken = from[start..start + long].to_vec();
            if dice.once_in(3) {
                let at = dice.below(taken.len());
                taken[at] = vocabulary[dice.below(vocabulary.len())].clone();
            }
            let at = dice.below(words.len());
            words.splice(at..at, taken);
        }
        all.push(words);
    }
    let text = |words: &Vec<String>| format!("A story\n\n{}.", words.join(" "));
    all.iter().enumerate().map(|(at, words)| Article::plain(&format!("{at}"), &text(words), true)).collect()
}

fn rows(text: &str, long: usize) -> HashSet<Vec<String>> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(long).map(<[String]>::to_vec).collect()
}

fn body(article: &Article) -> &str {
    article.paragraphs[0].span.of(&article.text)
}

fn indexed(articles: &[Article]) -> (tempfile::TempDir, IndexReader) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = IndexWriter::open(dir.path(), 1, None).unwrap();
    for (at, article) in articles.iter().enumerate() {
        writer.add(article, &quotations(article)).unwrap();
        // Several segments.
        if at % 17 == 16 {
            writer.commit(None, &[]).unwrap();
        }
    }
    writer.commit(None, &[]).unwrap();
    writer.close().unwrap();
    let reader = IndexReader::open(dir.path()).unwrap();
    (dir, reader)
}

fn found_in(found: &Trail) -> BTreeSet<ArticleId> {
    let all = found
        .steps
        .iter()
        .flat_map(|step| std::iter::once(step.place.article).chain(step.copies.iter().map(|copy| copy.article)));
    all.collect()
}

#[test]
fn a_trail_has_exactly_the_articles_with_eight_of_the_words_in_a_row() {
    for seed in 0..3 {
        let mut dice = Dice::new(seed);
        let articles = invented(60, &mut dice);
        let (_dir, reader) = indexed(&articles);
        let mut shared = 0;
        for article in &articles {
            let words: Vec<&str> = body(article).trim_end_matches('.').split(' ').collect();
            let long = (ROW + dice.below(40)).min(words.len());
            let start = dice.below(words.len() - long + 1);
            let asked = words[start..start + long].join(" ");
            let wanted = rows(&asked, ROW);
            let truth: BTreeSet<ArticleId> =
                articles.iter().filter(|other| !wanted.is_disjoint(&rows(body(other), ROW))).map(|other| other.id).collect();
            let found = followed(&reader, &asked);
            // Nearly all of the words in order is a printing too.
            let near: BTreeSet<ArticleId> =
                found.steps.iter().filter(|step| step.common >= 0.6).map(|step| step.place.article).collect();
            let all = found_in(&found);
            assert!(truth.is_subset(&all), "seed {seed}: {asked}\nmissing {:?}", truth.difference(&all).collect::<Vec<_>>());
            assert!(
                all.difference(&truth).all(|id| near.contains(id)),
                "seed {seed}: {asked}\n{:?}",
                all.difference(&truth).collect::<Vec<_>>()
            );
            for step in &found.steps {
                let article = articles.iter().find(|article| article.id == step.place.article).unwrap();
                assert!(article.text.contains(&step.place.text), "{step:#?}");
            }
            shared += truth.len() - 1;
        }
        assert!(shared > 30, "seed {seed}: {shared}");
    }
}

#[test]
fn two_bodies_with_enough_words_in_a_row_share_a_fingerprint() {
    let mut dice = Dice::new(7);
    let articles = invented(120, &mut dice);
    let kept: Vec<HashSet<u32>> =
        articles.iter().map(|article| fingerprints(&Body::new(article)).into_iter().collect()).collect();
    let long: Vec<HashSet<Vec<String>>> = articles.iter().map(|article| rows(body(article), CERTAIN)).collect();
    let mut pairs = 0;
    for (one, article) in articles.iter().enumerate() {
        let asked = sequences(body(article));
        assert!(kept[one].iter().all(|print| asked.binary_search(print).is_ok()));
        for other in (0..articles.len()).filter(|other| *other != one && !long[one].is_disjoint(&long[*other])) {
            pairs += 1;
            assert!(asked.iter().any(|sequence| kept[other].contains(sequence)), "{one} and {other}");
        }
    }
    assert!(pairs > 20, "{pairs}");
    // One of about twelve is kept, and something of every text that has a sequence.
    let (all, kept): (usize, usize) =
        (articles.iter().map(|article| body(article).split(' ').count()).sum(), kept.iter().map(HashSet::len).sum());
    assert!((10..14).contains(&(all / kept)), "{all} words, {kept} fingerprints");
    assert_eq!(fingerprints(&Body::of_paragraphs(["one two three four five"].into_iter())).len(), 1);
    assert!(sequences(&["word"; SEQUENCE - 1].join(" ")).is_empty());
}

#[test]
fn words_altered_all_along_are_found_by_their_fingerprints_alone() {
    let words: Vec<String> = vocabulary();
    let sentence = words[..60].join(" ");
    // No eight words in a row are left.
    let altered: Vec<&str> =
        words[..60].iter().enumerate().map(|(at, word)| if at % 7 == 3 { "zorn" } else { word.as_str() }).collect();
    let articles = [
        Article::plain("1", &format!("One\n\n{sentence}."), true),
        Article::plain("2", &format!("Two\n\n{}.", altered.join(" ")), true),
    ];
    let (_dir, reader) = indexed(&articles);
    let found = followed(&reader, &sentence);
    assert_eq!(found.steps.iter().map(|step| step.edits.replaced).collect::<Vec<_>>(), [0, 9]);
}

#[test]
fn an_article_that_is_gone_or_was_replaced_is_in_no_trail() {
    let mut dice = Dice::new(11);
    let mut articles = invented(8, &mut dice);
    let words = body(&articles[0]).to_owned();
    articles[5] = Article::plain("5", &format!("Again\n\n{words}"), true);
    let (dir, _) = indexed(&articles);
    let mut writer = IndexWriter::open(dir.path(), 1, None).unwrap();
    writer.remove(articles[0].id).unwrap();
    writer.remove(articles[5].id).unwrap();
    let other = Article::plain("5", "Again\n\nNothing of it is left here.", true);
    writer.add(&other, &quotations(&other)).unwrap();
    writer.commit(None, &[]).unwrap();
    writer.close().unwrap();
    let found = followed(&IndexReader::open(dir.path()).unwrap(), &words);
    let gone = found_in(&found);
    assert!(!gone.contains(&articles[0].id) && !gone.contains(&other.id), "{found:#?}");
}

// ------------------------------------------------------------------------------------------------------ where it is met

#[test]
fn the_command_prints_steps_for_people_programs_and_spreadsheets() {
    let archive = archive();
    let plain = run(archive.path(), &["trail", SPEECH]);
    check_ends(&plain, 0);
    let (printed, talk) = (out(&plain), err(&plain));
    assert!(printed.starts_with("  1  first: 2025-03-04 · Morning Ledger"), "{printed}");
    assert!(printed.contains("{never}") && printed.contains("the same in 1 other: Harbour Post"), "{printed}");
    assert!(
        printed.contains("shorter by 9 words")
            && printed.contains("altered (1 word put in)")
            && printed.contains("other speaker"),
        "{printed}"
    );
    assert!(talk.contains("printed in 6 articles, 5 stories, 5 outlets"), "{talk}");
    let lines = objects(&run(archive.path(), &["trail", SPEECH, "--json"]));
    assert_eq!((lines.len(), &lines[0]["type"], &lines[5]["type"]), (6, &Value::from("step"), &Value::from("summary")));
    assert_eq!((&lines[1]["changes"][0], &lines[5]["articles"]), (&Value::from("shorter"), &Value::from(6)));
    let table = out(&run(archive.path(), &["trail", SPEECH, "--csv"]));
    assert_eq!(table.lines().count(), 1 + 6, "{table}");
    let id = format!("{}.q0", lines[0]["article"].as_str().unwrap());
    let same = objects(&run(archive.path(), &["trail", &id, "--json"]));
    assert_eq!(same[0]["article"], lines[0]["article"]);
    let short = run(archive.path(), &["trail", "bridges of Hallmere"]);
    check_ends(&short, 0);
    assert!(err(&short).contains("fewer than 8 words"), "{}", err(&short));
    check_ends(&run(archive.path(), &["trail", "a zeppelin landed"]), 1);
    check_ends(&run(archive.path(), &["trail", "0000000000000000.0"]), 1);
    let refused = run(archive.path(), &["trail", "..."]);
    check_ends(&refused, 2);
    assert!(err(&refused).contains("hint: give a sentence"), "{}", err(&refused));
}

#[test]
fn the_service_and_the_page_answer_with_the_same_trail() {
    let served = Served::over(archive(), &["--quiet"]);
    let asked = SPEECH.replace(' ', "+");
    let (status, _, body) = served.get(&format!("/v1/trail?q={asked}"));
    let answer: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (status, &answer["steps"][0]["outlet"], &answer["summary"]["steps"]),
        (200, &Value::from("Morning Ledger"), &Value::from(5))
    );
    let (_, _, table) = served.get(&format!("/v1/trail?q={asked}&format=csv"));
    assert!(table.starts_with("step,article,copy_of") && table.lines().count() == 7, "{table}");
    let statuses: HashMap<&str, u16> =
        [("/v1/trail", 400), ("/v1/trail?q=...", 200), ("/v1/trail?q=0000000000000000.0", 404)].into();
    for (address, wanted) in statuses {
        assert_eq!(served.get(address).0, wanted, "{address}");
    }
    let id = format!("{}.q0", answer["steps"][0]["article"].as_str().unwrap());
    let (status, _, page) = served.get(&format!("/trail?q={id}"));
    assert!(status == 200 && page.contains("<h1>The trail of these words</h1>") && page.contains("<ins>never</ins>"), "{page}");
    let (status, _, page) = served.get("/trail");
    assert!(status == 200 && page.contains("Follow words"), "{page}");
    let (_, _, results) = served.get("/?q=bridges");
    assert!(results.contains("href=\"/trail?q="), "{results}");
}
