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
    assert!(err(&output).contains("huge.txt") && err(&output).contains("larger than 16 MB"), "{}", err(&output));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert!(most < 500 << 20, "{} MB", most >> 20);
    check_ends(&run(dir.path(), &["search", "peace"]), 0);
}

/// The largest story of each format that a run with little memory takes, in two files, and one that is larger.
#[test]
#[cfg(target_os = "linux")]
fn a_run_stays_within_the_memory_it_is_given() {
    const GIVEN: u64 = 256 << 20;
    let paragraph =
        "\"The ferry is late,\" Ilse Brandauer said on Monday, and the council said that it would wait for the report.\n\n";
    let text = |bytes: usize| paragraph.repeat(bytes / paragraph.len());
    let json = |bytes: usize| serde_json::json!({"title": "Ferry", "text": text(bytes)}).to_string() + "\n";
    let files: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("txt", &|bytes| text(bytes)),
        ("md", &|bytes| format!("---\ntitle: Ferry\n---\n{}", text(bytes))),
        ("html", &|bytes| format!("<html><title>Ferry</title><body><article>{}", text(bytes).replace("\n\n", "</p><p>"))),
        ("jsonl", &|bytes| json(bytes)),
        ("csv", &|bytes| format!("title,text\nFerry,\"{}\"\n", text(bytes).replace('"', "\"\""))),
        ("xml", &|bytes| {
            format!(
                "<?xml version=\"1.0\"?><nitf><body><body.content><p>{}</p></body.content></body></nitf>",
                text(bytes).replace("\n\n", "</p><p>")
            )
        }),
    ];
    for (end, made) in files {
        let dir = Archive::of(&[("good.txt", STORY)]);
        for (name, bytes) in [("one", 7 << 19), ("two", 7 << 19), ("larger", 12 << 20)] {
            dir.write(&format!("{name}.{end}"), made(bytes));
        }
        let arguments = ["index", "--memory", "256", "--threads", "2"];
        let mut child = newshound(dir.path(), &arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut most = 0;
        while child.try_wait().unwrap().is_none() {
            most = most.max(own(child.id()));
            std::thread::sleep(Duration::from_millis(2));
        }
        let output = child.wait_with_output().unwrap();
        check_ends(&output, 0);
        println!("{end}: {} MB", most >> 20);
        assert!(most <= GIVEN, "{end}: {} MB", most >> 20);
        let talk = err(&output);
        let named = talk.lines().any(|line| line.contains(&format!("larger.{end}")) && line.contains(" MB"));
        assert!(named && talk.contains("indexed  3 articles"), "{end}: {talk}");
    }
}

/// Bytes of memory that a process holds now, mapped files not counted.
fn own(process: u32) -> u64 {
    of_status(process, "RssAnon:")
}

/// Bytes of memory a process holds; 0 where that cannot be read.
fn resident(process: u32) -> u64 {
    of_status(process, "VmHWM:")
}

fn of_status(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) << 10
}
