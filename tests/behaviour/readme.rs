//! Every command the README shows does what a reader who types it expects, on the articles of this repository.

use crate::given::archive::{copy, program};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README and a home directory with the corpus in it, as `corpus` and as `archive`; nothing where one is missing.
fn home() -> Option<(String, tempfile::TempDir)> {
    let readme = std::fs::read_to_string(root().join("README.md"));
    let (Ok(readme), true) = (readme, root().join("corpus").is_dir()) else {
        println!("skipped: no README.md or no corpus");
        return None;
    };
    let home = tempfile::tempdir().unwrap();
    for name in ["corpus", "archive"] {
        copy(&root().join("corpus"), &home.path().join(name));
    }
    let story = "corpus/2025/03/14/truce-talks.txt";
    std::fs::copy(root().join(story), home.path().join("story.txt")).unwrap();
    std::fs::write(home.path().join("questions.txt"), "\"long-term peace\"\npeace\n").unwrap();
    Some((readme, home))
}

/// The commands shown, one a line and set in by four spaces; what follows three spaces is a remark.
fn commands(readme: &str) -> Vec<String> {
    let lines = readme.lines().filter_map(|line| line.strip_prefix("    "));
    let lines = lines.map(|line| line.split("   ").next().unwrap_or(line).trim());
    let ours = lines.map(|line| line.replace("cargo run --release -- ", "newshound "));
    ours.filter(|line| line.starts_with("newshound ")).collect()
}

fn shell(home: &Path, line: &str) -> Command {
    let program = program();
    let bin = program.parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(home).env("HOME", home).env("PATH", path).stdin(Stdio::null());
    command
}

fn run(home: &Path, line: &str) -> Output {
    shell(home, line).output().unwrap()
}

#[test]
fn every_command_shown_works() {
    let Some((readme, home)) = home() else { return };
    let commands = commands(&readme);
    assert!(commands.len() >= 3, "{commands:?}");
    // A command that never ends would hold up everything that has to pass.
    let (done, over) = std::sync::mpsc::channel::<()>();
    std::thread::spawn(move || {
        if over.recv_timeout(std::time::Duration::from_secs(300)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            eprintln!("a command of the README has not ended after 300 s; name it in `goes_on` if it should not");
            std::process::exit(1);
        }
    });
    for command in commands {
        if let Some(first_words) = goes_on(&command) {
            begins(home.path(), &command, first_words);
            continue;
        }
        let output = run(home.path(), &command);
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !output.stdout.is_empty()
                || command.starts_with("newshound index") && output.status.success(),
            "{command}\n{talk}"
        );
    }
    drop(done);
}

/// What a command that ends only when it is stopped says first; nothing for all others.
fn goes_on(command: &str) -> Option<&'static str> {
    let name = command.split_whitespace().nth(1)?;
    match name {
        "serve" => Some("listening on http://127.0.0.1:"),
        "watch" => Some("watching "),
        _ => None,
    }
}

fn begins(home: &Path, command: &str, first_words: &str) {
    use std::io::{BufRead, BufReader};
    // A free port instead of the one shown.
    let free = command.replace(" serve", " serve --listen 127.0.0.1:0");
    let mut child = shell(home, &format!("exec {free}")).stderr(Stdio::piped()).spawn().unwrap();
    let mut talk = Vec::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok) {
        talk.push(line);
        if talk.last().is_some_and(|line| line.starts_with(first_words)) {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(talk.last().is_some_and(|line| line.starts_with(first_words)), "{command}: {talk:?}");
}

#[test]
fn the_first_answer_shown_is_the_answer_given() {
    let Some((readme, home)) = home() else { return };
    let Some(shown) = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()) else {
        panic!("the README shows no answer");
    };
    let output = run(home.path(), &commands(&readme)[0]);
    let given = String::from_utf8(output.stdout).unwrap();
    let passages = |text: &str| {
        let numberless = |block: &str| block.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim().to_owned();
        let mut blocks: Vec<String> = text.split("\n\n").filter(|block| !block.trim().is_empty()).map(numberless).collect();
        blocks.sort();
        blocks
    };
    // Which place each has may change with the ranking.
    assert_eq!(passages(shown), passages(&given), "the README shows another answer than the program gives");
}

#[test]
fn every_query_in_the_table_is_taken_as_typed() {
    let Some((readme, home)) = home() else { return };
    let rows = readme.lines().skip_while(|line| !line.starts_with("| typed |")).skip(2).take_while(|line| line.starts_with('|'));
    let mut queries = Vec::new();
    for row in rows {
        let typed = row.trim_start_matches('|').split(" | ").next().unwrap();
        queries.extend(typed.split('`').skip(1).step_by(2).filter(|query| !query.ends_with(':')).map(str::to_owned));
    }
    println!("{} queries", queries.len());
    let list = home.path().join("table.txt");
    std::fs::write(&list, queries.join("\n")).unwrap();
    let output = run(home.path(), "newshound search --queries table.txt");
    let answers = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answers.lines().count(), queries.len(), "{}", String::from_utf8_lossy(&output.stderr));
    for line in answers.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(answer.get("error").is_none() && answer["complaints"].as_array().unwrap().is_empty(), "{line:.600}");
    }
}
