//! Real file systems that are too small.

use crate::archive::{content, newshound, run, said, story};
use crate::given::archive::{Archive, program};
use crate::given::dice::Dice;
use std::io::BufRead;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A file system of a few kilobytes, gone when dropped.
pub struct Small(tempfile::TempDir);

impl Small {
    /// None, and a word on it, where it may not be mounted.
    pub fn new(kilobytes: usize) -> Option<Small> {
        let dir = tempfile::tempdir().unwrap();
        let options = format!("size={kilobytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(dir.path()).output();
        let small = mounted.is_ok_and(|output| output.status.success()).then(|| Small(dir));
        if small.is_none() {
            println!("skipped: no small file system can be mounted here");
        }
        small
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn grow(&self) {
        self.remount("remount,size=200m");
    }

    /// From now on nobody may write.
    #[allow(dead_code, reason = "examples/torture fills disks and closes none")]
    pub fn close(&self) {
        self.remount("remount,ro");
    }

    fn remount(&self, how: &str) {
        let done = Command::new("mount").args(["-o", how]).arg(self.path()).status().unwrap();
        assert!(done.success(), "{how}");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// Fills disks of these sizes, in kilobytes, while indexing; gives how many runs failed as they should. None, and a word on
/// it, where nothing may be mounted.
pub fn filled(sizes: &[usize]) -> Option<usize> {
    let mut dice = Dice::new(31);
    let mut failed = 0;
    for size in sizes {
        let small = Small::new(*size)?;
        let dir = Archive::new();
        let corpus = dir.corpus();
        for number in 0..20 {
            std::fs::write(corpus.join(format!("{number}.txt")), story(&mut dice)).unwrap();
        }
        let index = small.path().join("index");
        let arguments = ["index", "corpus", "--threads", "2", "--index", index.to_str().unwrap()];
        newshound(&arguments, dir.path());
        let before = content(&index);
        for number in 20..600 {
            let text: String = (0..6).map(|_| story(&mut dice)).collect();
            std::fs::write(corpus.join(format!("{number}.txt")), text).unwrap();
        }
        let ran = run(&arguments, dir.path());
        if ran.status.code() != Some(0) {
            failed += 1;
            assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
            assert!(said(&ran).contains("No space left on device") && said(&ran).contains("last commit"), "{}", said(&ran));
            assert!(!said(&ran).contains("panicked"), "{}", said(&ran));
            // The disk may have been filled by a merge, after the commit.
            let now = content(&index);
            assert!(now == before || now.len() > before.len(), "{size} kB: neither the old commit nor the new one");
            assert_eq!(run(&["check", "--index", index.to_str().unwrap()], dir.path()).status.code(), Some(0));
        }
        small.grow();
        newshound(&arguments, dir.path());
        newshound(&["index", "corpus", "--index", "anew"], dir.path());
        assert!(content(&index) == content(&dir.path().join("anew")), "{size} kB: the run after it does not complete");
    }
    Some(failed)
}

/// A watched corpus whose index has no more room: it says so, goes on when there is room, and misses nothing.
pub fn watched() -> Option<()> {
    let small = Small::new(400)?;
    let dir = Archive::new();
    let corpus = dir.corpus();
    let mut dice = Dice::new(37);
    std::fs::write(corpus.join("first.txt"), story(&mut dice)).unwrap();
    let index = small.path().join("index");
    let mut watch = Command::new(program())
        .args(["watch", "corpus", "--index", index.to_str().unwrap()])
        .current_dir(dir.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = std::sync::mpsc::channel();
    let talk = std::io::BufReader::new(watch.stderr.take().unwrap());
    std::thread::spawn(move || talk.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let wait_for = |what: &str| {
        let until = Instant::now() + Duration::from_secs(30);
        while let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if line.contains(what) {
                return;
            }
        }
        panic!("it never says {what:?}");
    };
    wait_for("watching");
    let before = content(&index);
    for number in 0..400 {
        let text: String = (0..6).map(|_| story(&mut dice)).collect();
        std::fs::write(corpus.join(format!("{number}.txt")), text).unwrap();
    }
    wait_for("No space left on device");
    assert!(content(&index) == before);
    small.grow();
    newshound(&["index", "corpus", "--index", "anew"], dir.path());
    let expected = content(&dir.path().join("anew"));
    let began = Instant::now();
    while content(&index) != expected {
        assert!(began.elapsed() < Duration::from_secs(40), "not up to date 40 s after there is room");
        std::thread::sleep(Duration::from_millis(200));
    }
    let _ = watch.kill();
    watch.wait().unwrap();
    Some(())
}
