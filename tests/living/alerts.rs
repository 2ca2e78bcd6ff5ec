//! Alerts go out to a webhook that fails, hangs up and comes back, by a watch that is killed: each arrives, signed.

use crate::archive::{archive, newshound};
use crate::given::archive::program;
use crate::given::dice::Dice;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a webhook got: its headers in small letters, and its body.
#[derive(Clone)]
pub struct Got {
    pub headers: BTreeMap<String, String>,
    pub body: String,
    /// Whether it said that it had it.
    pub taken: bool,
}

/// A webhook that refuses two messages of three, and hangs up on one of them without a word.
fn webhook() -> (String, Arc<Mutex<Vec<Got>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let got: Arc<Mutex<Vec<Got>>> = Arc::default();
    let kept = Arc::clone(&got);
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let Some((headers, body)) = read(stream.as_ref().unwrap()) else { continue };
            let taken = number % 3 == 2;
            kept.lock().unwrap().push(Got { headers, body, taken });
            let answer = if taken { "204 No Content" } else { "500 Internal Server Error" };
            if number % 3 != 1 {
                let _ = write!(stream.unwrap(), "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        }
    });
    (address, got)
}

fn read(stream: &TcpStream) -> Option<(BTreeMap<String, String>, String)> {
    let mut reader = BufReader::new(stream);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(": ") {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    Some((headers, String::from_utf8(body).unwrap()))
}

fn watch(dir: &Path, address: &str) -> Child {
    let arguments = ["watch", "corpus", "--index", "index", "--searches", "searches", "--alert-webhook", address];
    let mut child = Command::new(program())
        .args(arguments)
        .env("NEWSHOUND_WEBHOOK_SECRET", "a secret that nobody guesses")
        .current_dir(dir)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut talk = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("watching") {
        line.clear();
        assert_ne!(talk.read_line(&mut line).unwrap(), 0, "it ended");
    }
    std::thread::spawn(move || std::io::copy(&mut talk, &mut std::io::sink()));
    child
}

/// Adds articles while a watch is killed and begun again; gives the articles that matter, and what the webhook got.
pub fn sent(rounds: usize) -> (BTreeSet<String>, Vec<Got>) {
    let dir = archive(&mut Dice::new(53));
    std::fs::create_dir(dir.path().join("searches")).unwrap();
    std::fs::write(dir.path().join("searches/plants.query"), "quillwort").unwrap();
    let (address, got) = webhook();
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let mut wanted = BTreeSet::new();
    let mut child = watch(dir.path(), &address);
    for round in 0..rounds {
        let name = format!("quillwort-{round}.txt");
        std::fs::write(dir.path().join("corpus").join(&name), format!("News {round}\n\nThe quillwort of day {round}.\n"))
            .unwrap();
        wanted.insert(name);
        // Now and then before anything is sent, now and then in the middle.
        std::thread::sleep(Duration::from_millis(300 + 450 * (round as u64 % 4)));
        child.kill().unwrap();
        child.wait().unwrap();
        child = watch(dir.path(), &address);
    }
    // Nobody else may tell of the same.
    let other = newshound_refused(dir.path());
    assert!(other.contains("another newshound tells"), "{other}");
    let began = Instant::now();
    while taken(&got.lock().unwrap()).len() < wanted.len() && began.elapsed() < Duration::from_secs(90) {
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let got = got.lock().unwrap().clone();
    (wanted, got)
}

/// What a second watch of the same folder says.
fn newshound_refused(dir: &Path) -> String {
    let arguments = ["watch", "corpus", "--index", "index", "--searches", "searches"];
    let output = Command::new(program()).args(arguments).current_dir(dir).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of the passages that the webhook took.
pub fn taken(got: &[Got]) -> BTreeSet<String> {
    let messages = got.iter().filter(|got| got.taken).map(|got| serde_json::from_str::<serde_json::Value>(&got.body).unwrap());
    let passages = messages.flat_map(|message| message["passages"].as_array().unwrap().clone());
    passages.map(|passage| passage["source"]["path"].as_str().unwrap().to_owned()).collect()
}
