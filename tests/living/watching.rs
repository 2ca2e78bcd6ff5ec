//! A watched corpus is followed: new files, saved ones, a burst, removed ones.

use crate::archive::{archive, content, newshound, story};
use crate::given::archive::program;
use crate::given::dice::Dice;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A `newshound watch`, ended when dropped.
struct Watching(std::process::Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Changes a watched corpus in several ways; gives how long each took to be found.
pub fn followed(dice: &mut Dice) -> Vec<(&'static str, Duration)> {
    let dir = archive(dice);
    let (corpus, index) = (dir.path().join("corpus"), dir.path().join("index"));
    let arguments = ["watch", "corpus", "--index", "index"];
    let run = Command::new(program()).args(arguments).current_dir(dir.path()).stderr(Stdio::piped()).spawn();
    let mut watching = Watching(run.unwrap());
    let mut talk = std::io::BufReader::new(watching.0.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("watching") {
        line.clear();
        assert_ne!(std::io::BufRead::read_line(&mut talk, &mut line).unwrap(), 0, "it ended");
    }
    // Nobody has to read what it says for it to go on.
    std::thread::spawn(move || std::io::copy(&mut talk, &mut std::io::sink()));
    let holds = |word: &str| {
        let output = newshound(&["search", word, "--index", "index", "--count"], dir.path());
        String::from_utf8_lossy(&output.stdout).starts_with(|c: char| ('1'..='9').contains(&c))
    };
    let mut took = Vec::new();
    let mut wait_for = |what: &'static str, is: &dyn Fn() -> bool| {
        let began = Instant::now();
        while !is() {
            assert!(began.elapsed() < Duration::from_secs(60), "{what}: not within a minute");
            std::thread::sleep(Duration::from_millis(20));
        }
        took.push((what, began.elapsed()));
    };
    std::fs::write(corpus.join("new.txt"), "Rain in Ostrand\n\nThe quillwort came back to the marshes.\n").unwrap();
    wait_for("a new file", &|| holds("quillwort"));
    // As an editor saves: another file, and then in its place.
    std::fs::write(corpus.join("new.txt~"), "Rain in Ostrand\n\nThe sundew came back to the marshes.\n").unwrap();
    std::fs::rename(corpus.join("new.txt~"), corpus.join("new.txt")).unwrap();
    wait_for("a file saved by an editor", &|| holds("sundew") && !holds("quillwort"));
    std::fs::rename(corpus.join("new.txt"), corpus.join("newer.txt")).unwrap();
    let at = |name: &str| content(&index).iter().any(|line| line.contains(name));
    std::fs::create_dir(corpus.join("burst")).unwrap();
    for number in 0..300 {
        std::fs::write(corpus.join(format!("burst/{number}.txt")), story(dice)).unwrap();
    }
    wait_for("a burst of 300 files in a new directory", &|| at("burst/299.txt") && at("burst/0.txt"));
    std::fs::remove_dir_all(corpus.join("burst")).unwrap();
    std::fs::remove_file(corpus.join("newer.txt")).unwrap();
    wait_for("files removed", &|| !holds("sundew") && !at("burst/"));
    let sent = Command::new("kill").args(["-INT", &watching.0.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(watching.0.wait().unwrap().code(), Some(0));
    newshound(&["index", "corpus", "--index", "anew"], dir.path());
    assert_eq!(content(&index), content(&dir.path().join("anew")));
    took
}
