//! What is said of quotations that somebody pastes: a table of them beside two invented stories.

use crate::given::archive::{Archive, check_ends, err, objects, out, run};
use crate::given::served::Served;
use newshound::Engine;
use newshound::verify::{Bounds, Claim, SpeakerCheck, Verdict, claim, draft, verify};
use serde_json::Value;

const TALKS: &str = r#""We want a long-term peace, not a pause," chancellor Ilse Brandauer said in Velden on Monday. "The bridges of Hallmere will open again on May 5, and 1,200 families will go home."

The envoys of both sides had met for three days behind closed doors in the old customs house.

"Nobody has asked the valley what it wants," mayor Matteus Orlan told reporters. "I have a shelf full of holidays … and not one of them lasted longer than the snow.

"My neighbours have buried three treaties, and they are tired of digging," he added."#;

const FERRIES: &str = r#""Forty ferries leave Ostrand every day, and no captain has ever paid $5 million for a berth," harbour master Tilde Varga said. She was asked twice.

"Our tariff rose by 4.5% last year, which is less than the price of rope," Varga said. "The harbour board will meet again in the autumn to look at every berth.""#;

fn archive() -> Archive {
    let story = |title: &str, outlet: &str, date: &str, text: &str| {
        serde_json::json!({"title": title, "outlet": outlet, "date": date, "text": text}).to_string()
    };
    let lines = [
        story("Talks open in Velden", "Harbour Post", "2025-03-06", TALKS),
        story("Truce talks begin", "Morning Ledger", "2025-03-04", TALKS),
        story("Ferries stay cheap", "Morning Ledger", "2025-04-02", FERRIES),
    ];
    Archive::indexed(&[("stories.jsonl", lines.join("\n"))])
}

fn checked(archive: &dyn Engine, words: &str, speaker: Option<&str>) -> newshound::verify::Checked {
    let claim = Claim { speaker: speaker.map(str::to_owned), ..Claim::of_words(words) };
    verify(archive, &claim, &Bounds::default()).unwrap()
}

#[test]
fn a_pasted_quotation_has_the_verdict_it_deserves() {
    use Verdict::*;
    let archive = archive();
    let reader = archive.reader();
    for (given, speaker, verdict) in [
        // The marks at its ends and its last comma are not part of it.
        ("We want a long-term peace, not a pause.", Some("Brandauer"), Verbatim),
        ("WE WANT A LONG TERM PEACE NOT A PAUSE", None, OtherPunctuation),
        ("We want a longterm peace, not a pause", None, OtherPunctuation),
        ("1200 families will go home", None, OtherPunctuation),
        // One word put in, left out, changed or moved.
        ("We do not want a long-term peace, not a pause", Some("Brandauer"), Altered),
        ("We want a long-term peace, a pause", None, Altered),
        ("We want a lasting peace, not a pause", None, Altered),
        ("We want a pause, not a long-term peace", None, Altered),
        ("Not we want a long-term peace, not a pause", None, Altered),
        // Numbers, their signs, and names.
        ("The bridges of Hallmere will open again on May 6", None, Altered),
        ("The bridges of Ostrand will open again on May 5", None, Altered),
        ("no captain has ever paid £5 million for a berth", None, Altered),
        ("no captain has ever paid 5 million for a berth", None, Altered),
        ("Our tariff rose by 4,5% last year", None, Altered),
        ("Our tariff rose by 45% last year", None, Altered),
        ("Our tariff rose by 4.5 last year", None, Altered),
        ("Our tariff rose by -4.5% last year", None, Altered),
        ("no captain has ever paid $5 million for a berth", Some("Tilde Varga"), Verbatim),
        // An ellipsis of the paper's own is no cut; one that hides words is; one at the end hides nothing.
        ("I have a shelf full of holidays ... and not one of them lasted longer than the snow", None, Verbatim),
        ("The bridges of Hallmere ... will go home", None, Cut),
        ("My neighbours have buried [...] treaties, and they are tired of digging...", None, Cut),
        // Two places put together, of one article or of two.
        ("We want a long-term peace, not a pause, and no captain has ever paid $5 million for a berth", None, Joined),
        ("We want a long-term peace, not a pause, and they are tired of digging", None, Joined),
        // Who said it.
        ("We want a long-term peace, not a pause", Some("Matteus Orlan"), SaidByAnother),
        ("Nobody has asked the valley what it wants", Some("the mayor"), Verbatim),
        // A sentence without marks is split as well, where a cue and a name stand beside the words.
        ("We want a long-term peace, not a pause, said Ilse Brandauer", None, Verbatim),
        ("We want a lasting peace, said Ilse Brandauer", None, Altered),
        ("Matteus Orlan said: We want a long-term peace, not a pause", None, SaidByAnother),
        // The reporter's own words.
        ("The envoys of both sides had met for three days behind closed doors", Some("Orlan"), Verbatim),
        ("A zeppelin landed behind the town hall and nobody in the valley wants it", None, NotInArchive),
        ("peace, not", None, Verbatim),
        ("zeppelins", None, NotInArchive),
    ] {
        let checked = checked(&reader, given, speaker);
        assert_eq!(checked.verdict, verdict, "{given}: {checked:#?}");
    }
}

#[test]
fn words_around_she_said_and_a_new_paragraph_are_only_interrupted() {
    let archive = archive();
    let reader = archive.reader();
    for given in [
        "We want a long-term peace, not a pause. The bridges of Hallmere will open again on May 5",
        "and not one of them lasted longer than the snow. My neighbours have buried three treaties",
        "Our tariff rose by 4.5% last year, which is less than the price of rope. The harbour board will meet again in the autumn",
    ] {
        let checked = checked(&reader, given, None);
        assert!(checked.verdict.is_printed_so() && checked.interrupted, "{given}: {checked:#?}");
    }
    let altered = checked(&reader, "We want a long-term peace, not a pause. The bridges of Hallmere will never open again", None);
    assert_eq!((altered.verdict, &altered.claim.words[altered.only_given[0].range()]), (Verdict::Altered, "never"));
}

#[test]
fn every_place_is_named_the_earliest_first_and_copies_are_one_story() {
    let archive = archive();
    let found = checked(&archive.reader(), "We want a long-term peace, not a pause", Some("Ilse Brandauer"));
    let outlets: Vec<_> = found.places.iter().map(|place| place.facts.outlet.as_deref()).collect();
    assert_eq!(outlets, [Some("Morning Ledger"), Some("Harbour Post")]);
    assert_eq!((found.articles, found.stories, found.speaker), (2, 1, SpeakerCheck::Same));
    let first = &found.places[0];
    assert_eq!((first.speaker.as_deref(), first.paragraph, first.confidence > 0.8), (Some("Ilse Brandauer"), 1, true));
    assert_eq!(first.text, "We want a long-term peace, not a pause");
}

#[test]
fn words_that_a_subhead_repeats_are_those_of_who_says_them() {
    let text = "The tariff of the old ferries will never rise again\n\nThe harbour was full.\n\n\"The tariff of the old ferries will never rise again,\" said Ilse Brandauer of the port.";
    let archive = Archive::indexed(&[("ferry.jsonl", serde_json::json!({"title": "Port", "text": text}).to_string())]);
    let words = "The tariff of the old ferries will never rise again";
    for (name, verdict) in [("Ilse Brandauer", Verdict::Verbatim), ("Matteus Orlan", Verdict::SaidByAnother)] {
        let found = checked(&archive.reader(), words, Some(name));
        assert_eq!((found.verdict, found.places[0].speaker.as_deref()), (verdict, Some("Ilse Brandauer")), "{name}");
    }
}

#[test]
fn a_sentence_is_split_into_speaker_and_words() {
    let said = claim("As Orlan said: \"Nobody has asked the valley what it wants.\"");
    assert_eq!(
        (said[0].words.as_str(), said[0].speaker.as_deref()),
        ("Nobody has asked the valley what it wants.", Some("Orlan"))
    );
    // A term between marks is no quotation of its own.
    assert_eq!(claim("The \"valley\" wants what it has always wanted").len(), 1);
    assert_eq!(claim("Nobody has asked the valley")[0], Claim::of_words("Nobody has asked the valley"));
    let text = "Ilse Brandauer was firm. \"We want a long-term\npeace, not a pause,\" she said.\n\nIt is called \"the Accord\".";
    let claims = draft(text);
    assert_eq!(claims.len(), 1, "{claims:?}");
    assert_eq!(claims[0].span.map(|span| &text[span.range()]), Some("We want a long-term\npeace, not a pause,"));
}

// ------------------------------------------------------------------------------------------------------ the command

#[test]
fn the_command_ends_by_whether_everything_is_printed_so() {
    let archive = archive();
    let fine = run(archive.path(), &["verify", "Brandauer said: \"We want a long-term peace, not a pause.\"", "--json"]);
    check_ends(&fine, 0);
    let lines = objects(&fine);
    assert_eq!((&lines[0]["verdict"], &lines[0]["speaker_check"]), (&Value::from("verbatim"), &Value::from("same")));
    assert_eq!(lines[1]["verdicts"]["verbatim"], 1);
    let altered = run(archive.path(), &["verify", "We want a lasting peace, not a pause"]);
    check_ends(&altered, 1);
    assert!(out(&altered).contains("[lasting]") && out(&altered).contains("{long-term}"), "{}", out(&altered));
    check_ends(&run(archive.path(), &["verify", "..."]), 2);
}

#[test]
fn a_file_and_a_draft_are_checked_quotation_by_quotation() {
    let archive = archive();
    let write = |name: &str, text: &str| std::fs::write(archive.path().join(name), text).unwrap();
    write(
        "q.csv",
        "speaker,words,date\r\nOrlan,\"We want a long-term peace, not a pause\",2025-03\r\n,\"Forty ferries leave Ostrand\r\nevery day\",2019\r\n",
    );
    let found = run(archive.path(), &["verify", "--file", "q.csv", "--json"]);
    check_ends(&found, 1);
    let lines = objects(&found);
    assert_eq!((&lines[0]["verdict"], &lines[0]["of_that_day"]), (&Value::from("said_by_another"), &Value::from(true)));
    assert_eq!((&lines[1]["verdict"], &lines[1]["of_that_day"]), (&Value::from("verbatim"), &Value::from(false)));
    write(
        "q.jsonl",
        "{\"words\": \"Forty ferries leave Ostrand\"}\n\n{\"words\": \"Forty ferries leave Velden\", \"speaker\": null}\n",
    );
    let found = objects(&run(archive.path(), &["verify", "--file", "q.jsonl", "--json"]));
    assert_eq!((&found[0]["verdict"], &found[2]["checked"]), (&Value::from("verbatim"), &Value::from(2)));
    write(
        "draft.txt",
        "A draft\n\n\"We want a lasting peace, not a pause,\" Brandauer said.\n\n\"Nobody has asked the valley what it wants,\" said Orlan.\n",
    );
    let found = run(archive.path(), &["verify", "--draft", "draft.txt", "--json"]);
    check_ends(&found, 1);
    let verdicts: Vec<Value> = objects(&found).iter().map(|line| line["verdict"].clone()).collect();
    assert_eq!(verdicts, [Value::from("altered"), Value::from("verbatim"), Value::Null]);
    let bounded = run(archive.path(), &["verify", "--draft", "draft.txt", "--most", "1"]);
    check_ends(&bounded, 1);
    assert!(err(&bounded).contains("not checked: 1 beyond the first 1"), "{}", err(&bounded));
}

#[test]
fn what_cannot_be_read_is_named_with_file_and_line_and_the_way_out() {
    let archive = archive();
    for (name, text, said) in [
        ("a.csv", "quote_id,said\n1,\"Forty ferries\"\n", "a.csv:1: no column `words`"),
        ("b.csv", "words\n\"Forty ferries\n", "b.csv:2: a quotation mark that is never closed"),
        ("c.csv", "words,date\nForty ferries,soon\n", "c.csv:2: no date: soon"),
        ("d.jsonl", "{\"words\": \"Forty ferries\"}\n{\"word\": \"x\"}\n", "d.jsonl:2: wanted {\"words\": ..."),
        ("e.json", "[]", "one JSON array or object is not read"),
        ("f.txt", "\n\n", "no words to check"),
    ] {
        std::fs::write(archive.path().join(name), text).unwrap();
        let refused = run(archive.path(), &["verify", "--file", name]);
        check_ends(&refused, 2);
        assert!(
            err(&refused).contains(said) && err(&refused).contains(if name == "d.jsonl" { "if known" } else { "hint: " }),
            "{}",
            err(&refused)
        );
    }
    std::fs::write(archive.path().join("g.txt"), b"Forty ferries\nleave \xff\n").unwrap();
    let refused = run(archive.path(), &["verify", "--file", "g.txt"]);
    assert!(err(&refused).contains("g.txt:2: no UTF-8"), "{}", err(&refused));
}

// ------------------------------------------------------------------------------------------------------ the service

#[test]
fn the_service_answers_words_and_drafts() {
    let served = Served::over(archive(), &["--quiet"]);
    let ask = |body: &str| {
        let (status, _, answer) = served.post("/v1/verify", "application/json", body);
        (status, serde_json::from_str::<Value>(&answer).unwrap())
    };
    let (status, answer) =
        ask(r#"{"words": "We want a long-term peace, not a pause", "speaker": "Orlan", "date": "2025-03-04"}"#);
    assert_eq!((status, &answer["verified"][0]["verdict"]), (200, &Value::from("said_by_another")));
    let (_, answer) = ask(r#"{"draft": "\"We want a lasting peace, not a pause,\" Brandauer said."}"#);
    assert_eq!((&answer["verified"][0]["verdict"], &answer["summary"]["checked"]), (&Value::from("altered"), &Value::from(1)));
    for (body, said) in [
        ("{", "body not understood"),
        (r#"{"word": "x"}"#, "unknown field"),
        (r#"{"words": "x", "draft": "y"}"#, "or {"),
        (r#"{"draft": "y", "speaker": "Orlan"}"#, "names its speakers itself"),
        (r#"{"words": "x", "date": "soon"}"#, "`date=soon`"),
    ] {
        let (status, problem) = ask(body);
        assert!(status == 400 && problem.to_string().contains(said), "{body}: {problem}");
    }
    let form = "q=%22We+want+a+lasting+peace%2C+not+a+pause%2C%22+Brandauer+said.%0D%0A%0D%0A%22Nobody+has+asked+the+valley+what+it+wants%2C%22+said+Orlan.";
    let (status, _, page) = served.post("/verify", "application/x-www-form-urlencoded", form);
    assert!(status == 200 && page.contains("<h1>2 quotations</h1>"), "{page}");
    assert!(
        page.contains("verdict altered") && page.contains("verdict verbatim") && page.contains("<ins>long-term</ins>"),
        "{page}"
    );
}
