//! The service as other programs meet it, over a real socket.

mod carried;
mod faults;
mod mcp;
mod openapi;
mod pages;
pub mod payloads;
mod reading;

use crate::given::archive::{Archive, newshound, objects, run};
use crate::given::served::{Served, asked};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

const STORY: &str = "Truce talks open in Velden\n\nVELDEN, March 3 - Envoys met on Monday for talks on a long-term peace.\n\n\"We want a long-term peace,\" Chancellor Ilse Brandauer said. \"The bridges will open.\"\n";

fn started(more: &[&str]) -> Served {
    let archive = Archive::indexed(&[("a.txt", STORY)]);
    std::fs::write(archive.path().join("token"), format!("{TOKEN}\n")).unwrap();
    Served::over(archive, more)
}

const TOKEN: &str = "bf2d8c1e90a74b6653aa";

impl Served {
    /// The body of a successful answer as JSON.
    fn json(&self, path: &str) -> Value {
        let (status, head, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        assert!(head.contains("content-type: application/json"), "{head}");
        serde_json::from_str(&body).unwrap()
    }

    /// The lines of a command on the same index.
    fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        objects(&run(self.dir.path(), arguments)).into_iter().map(timeless).collect()
    }
}

/// Without the time it took, which differs.
fn timeless(mut object: Value) -> Value {
    if object.get("took_ms").is_some() {
        object["took_ms"] = Value::Null;
    }
    object
}

#[test]
fn only_requests_meant_for_this_machine_are_answered() {
    let served = started(&[]);
    let address = served.address.clone();
    let port = address.rsplit(':').next().unwrap();
    let here = format!("Host: {address}");
    let search = "GET /v1/search?q=peace";
    let mut table: Vec<(&str, Vec<String>, u16)> = vec![
        (search, vec![here.clone()], 200),
        (search, vec![here.clone(), format!("Origin: http://{address}")], 200),
        (search, vec![], 421),
        (search, vec![here.clone(), "Host: rebound.example".into()], 421),
        ("GET http://rebound.example/v1/search?q=peace", vec![here.clone()], 421),
        ("GET /nowhere", vec![here.clone()], 404),
        ("POST /v1/search?q=peace", vec![here.clone()], 405),
        ("GET /v1/search?q=a&q=b", vec![here.clone()], 400),
    ];
    for host in ["localhost", "LOCALHOST", "[::1]", "127.0.0.9"] {
        table.push((search, vec![format!("Host: {host}:{port}")], 200));
    }
    for host in
        ["rebound.example", "127.0.0.1.rebound.example", "localhost.rebound.example", "0.0.0.0", "10.0.0.7", "a@localhost"]
    {
        table.push((search, vec![format!("Host: {host}:{port}")], 421));
    }
    for origin in ["null", "http://rebound.example", "http://127.0.0.1:1", "http://localhost", "file://", ""] {
        table.push((search, vec![here.clone(), format!("Origin: {origin}")], 403));
        table.push(("GET /healthz", vec![here.clone(), format!("Origin: {origin}")], 403));
    }
    let answers: Vec<_> = table.iter().map(|(line, headers, _)| asked(&address, line, headers)).collect();

    for ((line, headers, wanted), (status, head, body)) in table.iter().zip(answers) {
        assert_eq!(status, *wanted, "{line} {headers:?}: {body}");
        for needed in ["x-content-type-options: nosniff", "referrer-policy: no-referrer", "frame-ancestors 'none'"] {
            assert!(head.contains(needed), "{line} {headers:?}: {head}");
        }
        // What is told from the index may be kept by whoever asked, and shown again after asking (`carried`).
        assert!(head.contains(if status == 200 && line.contains("/v1/") { "private, no-cache" } else { "no-store" }), "{head}");
        assert!(!head.contains("access-control-"), "{head}");
        if status != 200 {
            assert!(head.contains("content-type: application/problem+json"), "{line}: {head}");
            let problem: Value = serde_json::from_str(&body).unwrap();
            assert_eq!(problem["status"], status);
            assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        }
    }
}

#[test]
fn the_service_stops_in_order_when_told_to() {
    let mut served = started(&[]);
    assert_eq!(served.get("/healthz").0, 200);
    assert!(Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status().unwrap().success());
    assert!(served.child.wait().unwrap().success());
}

#[test]
fn every_answer_is_that_of_the_command_line() {
    let served = started(&[]);
    let answer = served.json("/v1/search?q=peace+bridges&limit=5&sort=-date&context=1&explain=true");
    let lines = served.lines(&["search", "peace bridges", "-n", "5", "--sort", "-date", "-C", "1", "--explain", "--json"]);
    let (summary, passages) = lines.split_last().unwrap();
    assert!(passages.len() >= 2);
    assert_eq!(answer["passages"].as_array().unwrap(), passages);
    assert_eq!(timeless(answer["summary"].clone()), *summary);
    assert_eq!(answer["next"], Value::Null);

    let answer = served.json("/v1/quotes?by=brandauer&about=peace");
    let lines = served.lines(&["quotes", "--by", "brandauer", "--about", "peace", "--json"]);
    assert_eq!(answer["quotations"][0], lines[0]);
    assert_eq!(lines[0]["text"], "We want a long-term peace,");
    assert_eq!(timeless(answer["summary"].clone()), lines[1]);

    let answer = served.json("/v1/speakers?sort=name");
    let lines = served.lines(&["speakers", "--sort", "name", "--json"]);
    assert_eq!(answer["speakers"][0], lines[0]);
    assert_eq!(lines[0]["name"], "Ilse Brandauer");
    assert_eq!(timeless(answer["summary"].clone()), lines[1]);

    let (status, head, body) = served.get("/v1/mentions?q=peace");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: application/jsonl"), "{head}");
    let streamed: Vec<Value> = body.lines().map(|line| timeless(serde_json::from_str(line).unwrap())).collect();
    assert_eq!(streamed, served.lines(&["search", "peace", "--all", "--json"]));

    let rows = served.get("/v1/mentions?q=peace&format=csv");
    assert!(rows.1.contains("content-type: text/csv"));
    let output = run(served.dir.path(), &["search", "peace", "--all", "--format", "csv"]);
    assert_eq!(rows.2.replace("a.txt", "corpus/a.txt"), String::from_utf8(output.stdout).unwrap());
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let served = started(&[]);
    let whole = served.json("/v1/search?q=peace+bridges+velden&limit=50");
    let whole: Vec<&Value> = whole["passages"].as_array().unwrap().iter().map(|passage| &passage["id"]).collect();
    assert!(whole.len() > 2);
    let (mut ids, mut after): (Vec<Value>, String) = (Vec::new(), String::new());
    for _ in 0..whole.len() {
        let page = served.json(&format!("/v1/search?q=peace+bridges+velden&limit=1&after={after}"));
        assert_eq!(page["summary"]["shown"], 1);
        ids.push(page["passages"][0]["id"].clone());
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(ids.iter().collect::<Vec<_>>(), whole);
}

#[test]
fn who_wants_no_totals_gets_the_same_passages_and_no_figure() {
    let served = started(&[]);
    for query in ["peace", "peace+bridges+velden", "%22long-term+peace%22", "quote:peace"] {
        let with = served.json(&format!("/v1/search?q={query}&total=true"));
        let without = served.json(&format!("/v1/search?q={query}&total=false"));
        assert!(with["summary"]["mentions"].as_u64().unwrap() > 0, "{with}");
        assert_eq!((&with["passages"], &with["next"]), (&without["passages"], &without["next"]), "{query}");
        for figure in ["passages", "mentions", "articles", "stories"] {
            assert!(without["summary"].get(figure).is_none(), "{without}");
        }
        assert_eq!(without["summary"]["partial"], Value::Null);
    }
}

#[test]
fn an_id_leads_back_to_its_article_and_passage() {
    let served = started(&[]);
    let found = served.json("/v1/search?q=%22long-term+peace%22&limit=1");
    let hit = &found["passages"][0];
    let passage = served.json(&format!("/v1/passages/{}?context=1", hit["id"].as_str().unwrap()));
    assert_eq!((&passage["id"], &passage["text"], &passage["paragraph"]), (&hit["id"], &hit["text"], &hit["paragraph"]));
    assert!(passage["before"].is_array() || passage["after"].is_array());
    let article = served.json(&format!("/v1/articles/{}", hit["article"].as_str().unwrap()));
    assert_eq!(article["headline"], "Truce talks open in Velden");
    assert_eq!(article["place"], "VELDEN");
    let said = article["quotations"].as_array().unwrap().iter().find(|said| said["kind"] == "direct").unwrap();
    assert_eq!(said["speaker"], "Ilse Brandauer");
    let unit = article["units"].as_array().unwrap().iter().find(|unit| unit["paragraph"] == said["paragraph"]).unwrap();
    let range = said["said"][0].as_u64().unwrap() as usize..said["said"][1].as_u64().unwrap() as usize;
    assert_eq!(unit["text"].as_str().unwrap()[range], *said["text"].as_str().unwrap());
    for path in ["/v1/articles/ffffffffffffffff", "/v1/articles/peace", "/v1/passages/ffffffffffffffff.0", "/v1/passages/x.y"] {
        assert_eq!(served.get(path).0, 404, "{path}");
    }
    let beyond = format!("/v1/passages/{}.9999", hit["article"].as_str().unwrap());
    assert_eq!(served.get(&beyond).0, 404);
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_way_out() {
    let served = started(&[]);
    let long = format!("/v1/search?q={}", "a".repeat(5000));
    let longer = format!("/v1/search?q={}", "a".repeat(20_000));
    let table = [
        ("/v1/search", 400, "?q="),
        ("/v1/search?q=", 400, "?q="),
        ("/v1/speakers?limit=", 400, "from 0 to 200"),
        ("/v1/search?q=peace&limt=4", 400, "did you mean `limit`"),
        ("/v1/search?q=peace&limit=1000", 400, "from 0 to 200"),
        ("/v1/quotes?kind=loud", 400, "direct"),
        ("/v1/quotes?about=(", 400, "nothing to look for"),
        ("/v1/speakers?sort=best", 400, "count or articles"),
        ("/v1/mentions?q=peace&format=xml", 400, "json or csv"),
        ("/v1/articles/1?q=1", 400, "takes none"),
        (&long, 400, "limit is 4096"),
        (&longer, 414, "16384"),
        ("/nowhere", 404, "/openapi.json"),
    ];
    for (path, wanted, said) in table {
        let (status, head, body) = served.get(path);
        assert_eq!(status, wanted, "{body}");
        assert!(head.contains("content-type: application/problem+json"), "{head}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains(said), "{body}");
    }
}

#[test]
fn only_who_shows_the_token_is_answered() {
    let served = started(&["--token-file", "token"]);
    let here = format!("Host: {}", served.address);
    let search = "GET /v1/search?q=peace";
    let shown = |value: String| vec![here.clone(), format!("Authorization: {value}")];
    let right = format!("Bearer {TOKEN}");
    let mut table = vec![
        (search, shown(right.clone()), 200),
        (search, shown(format!("bearer {TOKEN}")), 200),
        (search, vec![here.clone()], 401),
        ("GET /healthz", vec![here.clone()], 200),
        ("GET /metrics", vec![here.clone()], 401),
        ("GET /nowhere", vec![here.clone()], 401),
        (search, [shown(right.clone()), shown(right.clone())[1..].to_vec()].concat(), 401),
    ];
    let by_query = format!("{search}&token={TOKEN}");
    table.push((&by_query, vec![here.clone()], 401));
    let named = |name: &str, password: &str| format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{password}")));
    table.push((search, shown(named("reader", TOKEN)), 200));
    table.push((search, shown(named("", TOKEN)), 200));
    table.push((search, shown(named(TOKEN, "")), 401));
    table.push((search, shown(named("reader", &format!("{TOKEN}:"))), 401));
    for wrong in ["Bearer", "Bearer ", "Bearer x", &right[..right.len() - 1], &format!("{right}0"), "Basic Zm9v", "Bearer \u{e9}"]
    {
        table.push((search, shown(wrong.to_owned()), 401));
    }
    for (line, headers, wanted) in table {
        let (status, head, body) = asked(&served.address, line, &headers);
        assert_eq!(status, wanted, "{line} {headers:?}: {body}");
        for way in ["www-authenticate: bearer", "www-authenticate: basic realm="] {
            assert_eq!(head.contains(way), wanted == 401, "{head}");
        }
    }
}

#[test]
fn a_service_for_other_machines_needs_a_long_token() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("short"), "secret").unwrap();
    for more in [&[][..], &["--token-file", "short"], &["--token-file", "missing"]] {
        let output = run(dir.path(), &[&["serve", "--listen", "0.0.0.0:0"], more].concat());
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_new_commit_is_searched_without_a_failed_request() {
    // Nobody reads the log here, and so many lines would fill its pipe.
    let served = started(&["--quiet"]);
    let before = served.json("/v1/status");
    assert_eq!(before["articles"], 1);
    served.dir.write("b.txt", STORY.replace("Velden", "Tarsk"));
    let mut indexing = newshound(served.dir.path(), &["index", "corpus"]).spawn().unwrap();
    let waited = Instant::now();
    loop {
        assert_eq!(served.get("/v1/search?q=peace").0, 200);
        if served.json("/v1/search?q=headline:tarsk")["summary"]["articles"] == 1 {
            break;
        }
        assert!(waited.elapsed() < Duration::from_secs(60), "the new article was never found");
    }
    assert!(indexing.wait().unwrap().success());
    assert_ne!(served.json("/v1/status")["commit"], before["commit"]);
}

#[test]
fn requests_are_counted() {
    let served = started(&[]);
    served.get("/v1/search?q=peace");
    served.get("/v1/articles/ffffffffffffffff");
    let (status, head, body) = served.get("/metrics");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/plain; version=0.0.4"));
    assert!(body.contains("newshound_requests_total{path=\"/v1/search\",status=\"200\"} 1\n"), "{body}");
    assert!(body.contains("newshound_requests_total{path=\"/v1/articles/{id}\",status=\"404\"} 1\n"), "{body}");
    assert!(body.contains("newshound_request_seconds_count 2\n"), "{body}");
    assert!(body.contains("newshound_panics_total 0\n"), "{body}");
}

#[test]
fn a_flood_of_quiet_connections_locks_nobody_out() {
    let served = started(&[]);
    let mut quiet: Vec<TcpStream> = Vec::new();
    for number in 0..1_000 {
        let mut stream = TcpStream::connect(&served.address).unwrap();
        if number % 2 == 0 {
            let _ = stream.write_all(b"GET /v1/search HTTP/1.1\r\nHos");
        }
        quiet.push(stream);
    }
    let started = Instant::now();
    assert_eq!(served.get("/v1/search?q=peace").0, 200);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn the_timeline_and_the_facets_add_up_to_the_mentions() {
    let served = started(&["--watch", "corpus"]);
    let more = "Bridges open\n\nVELDEN, April 9, 2024 - The bridges opened. \"A long-term peace,\" Mayor Tom Alder said.\n";
    served.dir.write("2024/04/09/b.txt", more);
    let began = Instant::now();
    let all = loop {
        let answer = served.json("/v1/timeline?q=peace&step=month");
        if answer["timeline"].as_array().is_some_and(|all| !all.is_empty()) {
            break answer;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "the new article was not taken in: {answer}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(all["timeline"][0], serde_json::json!({"from": "2024-04", "passages": 1, "mentions": 1, "articles": 1}));
    let sum = |figure: &str| {
        let dated: u64 = all["timeline"].as_array().unwrap().iter().map(|of| of[figure].as_u64().unwrap()).sum();
        dated + all["undated"][figure].as_u64().unwrap()
    };
    let whole = served.json("/v1/search?q=peace&limit=0");
    for figure in ["passages", "mentions", "articles"] {
        assert_eq!(sum(figure), whole["summary"][figure].as_u64().unwrap(), "{figure}: {all}");
    }
    let facets = served.json("/v1/facets?q=peace&limit=2");
    let names: Vec<&str> = facets["speakers"].as_array().unwrap().iter().map(|of| of["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ilse Brandauer", "Tom Alder"], "{facets}");
    assert_eq!(served.get("/v1/timeline?q=peace&step=week").0, 400);
    assert_eq!(served.get("/v1/facets").0, 400);
}

#[test]
fn a_query_is_a_feed_whatever_its_articles_hold() {
    let served = started(&[]);
    let evil =
        "Rain & <script>alert(1)</script>\n\nVELDEN, April 9, 2024 - A \u{1}long-term peace ]]> &amp; </content> is near.\n";
    served.dir.write("2024/04/09/evil.txt", evil);
    served.dir.build();
    let began = Instant::now();
    let feed = loop {
        let (status, head, feed) = served.get("/v1/search.atom?q=%22long-term+peace%22");
        assert_eq!((status, head.contains("content-type: application/atom+xml")), (200, true));
        if feed.contains("2024-04-09T00:00:00Z") {
            break feed;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{feed}");
        std::thread::sleep(Duration::from_millis(50));
    };
    let (mut reader, mut names, mut text) = (quick_xml::Reader::from_str(&feed), Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => names.push(tag.name().as_ref().to_owned()),
            quick_xml::events::Event::Text(found) => text += &found,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(!names.iter().any(|name| name == "script"), "{names:?}");
    let entries = names.iter().filter(|name| *name == "entry").count() as u64;
    let whole = served.json("/v1/search?q=%22long-term+peace%22&limit=0");
    assert_eq!(entries, whole["summary"]["passages"].as_u64().unwrap());
    assert!(!feed.contains('\u{1}') && text.contains("long-term peace"), "{feed}");
}

#[test]
fn a_log_that_nobody_reads_stops_no_answer() {
    // The test keeps stderr open and reads nothing of it: 64 kB are full after a thousand lines.
    let served = started(&[]);
    let mut stream = TcpStream::connect(&served.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    for number in 0..12_000 {
        stream.write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(answers.read_line(&mut line).unwrap(), 0, "request {number}");
        }
        answers.read_exact(&mut [0; 2]).unwrap();
    }
    let (_, _, metrics) = served.get("/metrics");
    let lost = metrics.lines().find_map(|line| line.strip_prefix("newshound_unlogged_total ")).unwrap();
    assert_ne!(lost, "0", "what is not logged is counted");
}

#[test]
fn the_facets_count_what_articles_have_in_common() {
    let served = started(&[]);
    let facets = served.json("/v1/facets?q=peace");
    let summary = &facets["summary"];
    assert_eq!(facets["places"][0]["name"], "VELDEN", "{facets}");
    assert_eq!(facets["speakers"][0]["name"], "Ilse Brandauer");
    for kind in ["places", "languages"] {
        for figure in ["passages", "mentions", "articles"] {
            assert_eq!(facets[kind][0][figure], summary[figure], "{kind} {figure}: {facets}");
        }
    }
    for kind in ["speakers", "places", "outlets", "sections", "languages"] {
        assert_eq!(facets["different"][kind], facets[kind].as_array().unwrap().len(), "{facets}");
    }
    let none = served.json("/v1/facets?q=peace&limit=0");
    assert_eq!((&none["places"], &none["different"]), (&serde_json::json!([]), &facets["different"]));
}
