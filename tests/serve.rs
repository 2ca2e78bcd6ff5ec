//! The service against requests it should not answer, over a real socket.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const STORY: &str = "Truce talks open in Velden\n\nVELDEN, March 3 - Envoys met on Monday for talks on a long-term peace.\n";

fn started() -> (tempfile::TempDir, Child, String) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("corpus")).unwrap();
    std::fs::write(dir.path().join("corpus/a.txt"), STORY).unwrap();
    let newshound = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newshound"));
        command.current_dir(dir.path()).stdin(Stdio::null()).stderr(Stdio::piped());
        command
    };
    assert!(newshound().args(["index", "corpus"]).output().unwrap().status.success());
    let mut child = newshound().args(["serve", "--listen", "127.0.0.1:0"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().rsplit("http://").next().unwrap().to_owned();
    (dir, child, address)
}

/// Status, head and body of the answer to `line` with `headers`.
fn asked(address: &str, line: &str, headers: &[String]) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    write!(stream, "{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_lowercase(), body.to_owned())
}

#[test]
fn only_requests_meant_for_this_machine_are_answered() {
    let (_dir, mut child, address) = started();
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
    child.kill().unwrap();
    child.wait().unwrap();

    for ((line, headers, wanted), (status, head, body)) in table.iter().zip(answers) {
        assert_eq!(status, *wanted, "{line} {headers:?}: {body}");
        for needed in [
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "frame-ancestors 'none'",
            "cache-control: no-store",
        ] {
            assert!(head.contains(needed), "{line} {headers:?}: {head}");
        }
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
    let (_dir, mut child, address) = started();
    assert_eq!(asked(&address, "GET /healthz", &[format!("Host: {address}")]).0, 200);
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}
