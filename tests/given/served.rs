//! `newshound serve` over an archive, and as much of an HTTP client as the tests need.

use crate::given::archive::{Archive, newshound};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Stdio};
use std::time::Duration;

/// A service on a port of its own, ended when dropped.
pub struct Served {
    pub dir: Archive,
    pub child: Child,
    pub address: String,
    /// Kept open: what it writes there is read by nobody.
    _talk: BufReader<ChildStderr>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Serves the index of an archive, with these arguments more.
    pub fn over(dir: Archive, more: &[&str]) -> Served {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], more].concat();
        let mut child = newshound(dir.path(), &arguments).stderr(Stdio::piped()).spawn().unwrap();
        let mut talk = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        // What comes before is about reading the corpus.
        while !line.contains("http://") {
            line.clear();
            assert_ne!(talk.read_line(&mut line).unwrap(), 0, "it ended");
        }
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        Served { dir, child, address, _talk: talk }
    }

    /// Status, head and body of the answer to GET.
    pub fn get(&self, path: &str) -> (u16, String, String) {
        asked(&self.address, &format!("GET {path}"), &[format!("Host: {}", self.address)])
    }

    /// The same of the answer to POST with a body of this media type.
    pub fn post(&self, path: &str, media: &str, body: &str) -> (u16, String, String) {
        let headers =
            [format!("Host: {}", self.address), format!("Content-Type: {media}"), format!("Content-Length: {}", body.len())];
        asked_with(&self.address, &format!("POST {path}"), &headers, body)
    }
}

/// Status, head in small letters and body of the answer to `line` with `headers`.
pub fn asked(address: &str, line: &str, headers: &[String]) -> (u16, String, String) {
    asked_with(address, line, headers, "")
}

/// The same with a body.
pub fn asked_with(address: &str, line: &str, headers: &[String], body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    write!(stream, "{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head_small = head.to_lowercase();
    let body = if head_small.contains("transfer-encoding: chunked") { unchunked(body) } else { body.to_owned() };
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head_small, body)
}

fn unchunked(mut body: &str) -> String {
    let mut out = String::new();
    loop {
        let (length, rest) = body.split_once("\r\n").expect("a chunk's length");
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            return out;
        }
        out.push_str(&rest[..length]);
        body = &rest[length + 2..];
    }
}
