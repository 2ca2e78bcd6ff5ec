//! What the program takes of a machine while it reads.

use crate::given::archive::{Archive, check_ends, err, newshound, run};
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

const STORY: &str =
    "Truce talks open in Velden\n\nEnvoys of both sides met on Monday for talks on a long-term peace.\n\nThe talks go on.\n";

#[test]
#[cfg(unix)]
fn a_line_of_a_gigabyte_is_refused_in_no_time() {
    let dir = Archive::of(&[("good.txt", STORY)]);
    let file = std::fs::File::create(dir.path().join("corpus/huge.txt")).unwrap();
    // A beginning that looks like text; the rest is a hole.
    (&file).write_all("peace ".repeat(20_000).as_bytes()).unwrap();
    file.set_len(1 << 30).unwrap();
    let began = Instant::now();
    let mut child = newshound(dir.path(), &["index"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(resident(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    check_ends(&output, 0);
    assert!(err(&output).contains("huge.txt") && err(&output).contains("larger than 256 MB"), "{}", err(&output));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert!(most < 500 << 20, "{} MB", most >> 20);
    check_ends(&run(dir.path(), &["search", "peace"]), 0);
}

/// Bytes of memory a process holds; 0 where that cannot be read.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) << 10
}
