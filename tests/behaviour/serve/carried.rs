//! What carries the answers: tags that spare a second one, gzip, sites that may ask, tables and feeds that lead on.

use super::started;
use crate::given::archive::{Archive, run};
use crate::given::served::{Served, asked};
use flate2::read::GzDecoder;
use std::io::{Read, Write};
use std::net::TcpStream;

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn with(served: &Served, line: &str, headers: &[&str]) -> (u16, String, String) {
    let host = format!("Host: {}", served.address);
    let headers: Vec<String> = std::iter::once(host).chain(headers.iter().map(|header| (*header).to_owned())).collect();
    asked(&served.address, line, &headers)
}

#[test]
fn an_answer_of_the_same_commit_is_not_sent_twice() {
    let served = started(&[]);
    let article = served.json("/v1/search?q=peace")["passages"][0]["article"].as_str().unwrap().to_owned();
    let paths = [
        "/v1/search?q=peace",
        "/v1/search.atom?q=peace",
        "/v1/facets?q=peace",
        "/v1/speakers",
        "/v1/speaker?name=brandauer",
        "/speaker?speaker=brandauer",
        "/v1/suggest?q=brand",
        "/v1/timelines?q=peace",
        "/v1/trail?q=peace",
        &format!("/v1/citations/{article}"),
        "/v1/status",
        "/",
        "/?q=peace",
        "/?q=peace&show=lines",
        "/speakers",
        "/outlets",
        "/timeline?q=peace",
        &format!("/articles/{article}"),
    ];
    for path in paths {
        let (status, head, _) = served.get(path);
        let tag = header(&head, "etag").unwrap_or_else(|| panic!("{path}: {head}")).replace("w/", "W/");
        assert_eq!((status, header(&head, "cache-control")), (200, Some("private, no-cache")), "{path}");
        let (status, head, body) = with(&served, &format!("GET {path}"), &[&format!("If-None-Match: \"other\", {tag}")]);
        assert_eq!((status, body.as_str()), (304, ""), "{path}: {head}");
        // What it says takes the place of what the browser has kept: the policy of a page would be gone, and its style with it.
        assert_eq!(header(&head, "content-security-policy"), None, "{path}: {head}");
        assert_eq!(with(&served, &format!("GET {path}"), &["If-None-Match: \"other\""]).0, 200, "{path}");
    }
    for path in ["/healthz", "/metrics", "/v1/search", "/nowhere"] {
        assert_eq!(header(&served.get(path).1, "etag"), None, "{path}");
    }
    // Another commit, another tag.
    let tag = header(&served.get("/v1/status").1, "etag").unwrap().replace("w/", "W/");
    served.dir.write("b.txt", "A second story\n\nThe bridges stay shut.\n");
    served.dir.build();
    let waited = std::time::Instant::now();
    while with(&served, "GET /v1/status", &[&format!("If-None-Match: {tag}")]).0 == 304 {
        assert!(waited.elapsed().as_secs() < 10);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn an_answer_is_packed_for_who_takes_gzip() {
    let served = started(&[]);
    let mut stream = TcpStream::connect(&served.address).unwrap();
    write!(
        stream,
        "GET /?q=peace HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n",
        served.address
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    assert!(head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"), "{head}");
    let mut page = String::new();
    GzDecoder::new(&answer[end + 4..]).read_to_string(&mut page).unwrap();
    assert_eq!(page, served.get("/?q=peace").2);
    assert!(answer.len() - end < page.len());
}

#[test]
fn style_and_script_are_kept_for_good_under_a_name_of_their_own() {
    let served = started(&[]);
    let page = served.get("/").2;
    for file in ["/page.css?v=", "/page.js?v="] {
        let at = page.find(file).unwrap_or_else(|| panic!("{file}"));
        let (status, head, _) = served.get(page[at..].split('"').next().unwrap());
        assert_eq!((status, header(&head, "cache-control")), (200, Some("public, max-age=31536000, immutable")));
    }
}

#[test]
fn a_site_that_is_named_may_ask_from_a_browser_and_no_other() {
    let served = started(&["--allow-origin", "https://desk.example", "--token-file", "token"]);
    let token = format!("Authorization: Bearer {}", super::TOKEN);
    let desk = "Origin: https://desk.example";
    let (status, head, _) = with(&served, "GET /v1/search?q=peace", &[desk, &token]);
    assert_eq!((status, header(&head, "access-control-allow-origin")), (200, Some("https://desk.example")));
    assert_eq!(with(&served, "GET /v1/search?q=peace", &[desk]).0, 401, "the token is needed all the same");
    let first = ["Access-Control-Request-Method: GET", "Access-Control-Request-Headers: authorization"];
    let (status, head, _) = with(&served, "OPTIONS /v1/search", &[&[desk], &first[..]].concat());
    assert_eq!(status, 204, "{head}");
    assert!(header(&head, "access-control-allow-headers").unwrap().contains("authorization"));
    for other in ["https://desk.example.rebound.example", "http://desk.example", "https://desk.example:8443", "null"] {
        let origin = format!("Origin: {other}");
        assert_eq!(with(&served, "GET /v1/search?q=peace", &[&origin, &token]).0, 403, "{other}");
        assert_eq!(with(&served, "OPTIONS /v1/search", &[&[origin.as_str()], &first[..]].concat()).0, 403, "{other}");
    }
}

#[test]
fn quotations_and_speakers_come_as_rows_and_lead_to_the_next() {
    let served = started(&[]);
    let (status, head, rows) = served.get("/v1/quotes?by=brandauer&limit=1&format=csv");
    assert_eq!(status, 200, "{rows}");
    assert!(head.contains("content-type: text/csv") && rows.starts_with("rank,id,speaker,"), "{head}{rows}");
    let command = run(served.dir.path(), &["quotes", "--by", "brandauer", "-n", "1", "--csv"]);
    assert_eq!(rows, String::from_utf8(command.stdout).unwrap().replace("corpus/a.txt", "a.txt"));
    let next = head.lines().find_map(|line| line.strip_prefix("link: <")?.split_once(">; rel=\"next\"")).expect("a next page").0;
    let (_, head, rows) = served.get(next);
    assert!(rows.lines().count() == 2 && !head.contains("link:"), "{head}{rows}");
    let (_, _, rows) = served.get("/v1/speakers?format=csv");
    assert!(rows.starts_with("rank,name,role,") && rows.contains("Ilse Brandauer"), "{rows}");
}

#[test]
fn an_entry_of_a_feed_leads_to_the_page_of_its_article() {
    let served = started(&[]);
    let (_, _, feed) = served.get("/v1/search.atom?q=%22long-term+peace%22");
    let here = format!("http://{}", served.address);
    assert!(feed.contains(&format!("<link rel=\"self\" href=\"{here}/v1/search.atom?q=%22long-term+peace%22\"/>")), "{feed}");
    let entry = feed.split("<entry>").nth(1).unwrap().split("<link href=\"").nth(1).unwrap().split('"').next().unwrap();
    let path = entry.strip_prefix(&here).expect("absolute").replace("&amp;", "&");
    let (status, _, page) = served.get(path.split('#').next().unwrap());
    assert!(status == 200 && page.contains("<mark>long-term peace</mark>"), "{path}: {page}");
}

#[test]
fn words_that_are_the_whole_of_a_quotation_keep_their_mark() {
    let archive = Archive::indexed(&[(
        "a.txt",
        "Talks end in Velden\n\nVELDEN, March 3 - The envoys left at noon.\n\n\"We will be back\", said Ilse Brandauer, the chancellor.\n",
    )]);
    let served = Served::over(archive, &[]);
    let quotation = |path: &str| served.json(path)["quotations"][0].clone();
    for path in ["/v1/quotes?about=%22we+will+be+back%22", "/v1/quotes?about=%22we+will+be+back%22&q=speaker:brandauer"] {
        let found = quotation(path);
        assert_eq!(found["matches"], serde_json::json!([[0, 15]]), "{found}");
    }
    // Who asks for all that somebody said has no words to mark.
    let found = quotation("/v1/quotes?q=speaker:brandauer");
    assert_eq!((&found["matches"], &found["context_matches"]), (&serde_json::json!([]), &serde_json::json!([])), "{found}");
}
