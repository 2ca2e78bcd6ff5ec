//! The command line itself: what it refuses, what it prints for other programs, and what shells and manuals are told of it.

use crate::given::archive::{Archive, check_ends, err, newshound, out, run};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

const STORY: &str = "Ferry sinks\n\nTARSK, May 3 - \"It was old, and we knew it,\" said Ada Quill of the harbour.\n";

fn one_story() -> Archive {
    Archive::indexed(&[("ferry.txt", STORY)])
}

#[test]
fn a_mistyped_option_is_refused_with_a_tip() {
    let dir = one_story();
    for (typed, tip) in [
        (&["quotes", "--cvs"][..], "did you mean --csv?"),
        (&["search", "--jsn", "ferry"], "did you mean --json?"),
        (&["speakers", "--about", "--nothing"], "--about=--nothing"),
        (&["search", "--order", "ferry"], "`newshound search --help` lists them"),
    ] {
        let refused = run(dir.path(), typed);
        check_ends(&refused, 2);
        assert!(err(&refused).contains(tip), "{typed:?}: {}", err(&refused));
        assert!(out(&refused).is_empty());
    }
    // Behind `--` it is a query, and so is what begins with one hyphen.
    check_ends(&run(dir.path(), &["search", "--", "--csv"]), 1);
    check_ends(&run(dir.path(), &["search", "-peace ferry"]), 0);
}

#[test]
fn quotations_and_speakers_are_tables_too() {
    let dir = one_story();
    let rows = out(&run(dir.path(), &["quotes", "--csv"]));
    let [names, row] = rows.trim_end().split("\r\n").collect::<Vec<_>>()[..] else { panic!("{rows}") };
    assert!(names.starts_with("rank,id,speaker,known_as,role,doubtful,"), "{names}");
    assert!(row.contains(",Ada Quill,Ada Quill,") && row.contains("\"It was old, and we knew it,\""), "{row}");
    assert_eq!(names.split(',').next_back(), Some("url"));
    let rows = out(&run(dir.path(), &["speakers", "--csv"]));
    assert!(rows.starts_with("rank,name,role,quotations,") && rows.contains("\r\n1,Ada Quill,,1,1,0,0,1,"), "{rows}");
    assert_eq!(out(&run(dir.path(), &["search", "old", "--csv"])), out(&run(dir.path(), &["search", "old", "--format", "csv"])));
}

#[test]
fn colour_is_as_asked_for_and_a_place_leads_to_its_file() {
    let dir = one_story();
    let coloured = out(&run(dir.path(), &["search", "ferry", "--color", "always"]));
    assert!(coloured.contains("\u{1b}[1;4;33m") && coloured.contains("\u{1b}]8;;file:///"), "{coloured:?}");
    assert!(!out(&run(dir.path(), &["search", "ferry"])).contains('\u{1b}'));
    let story = out(&run(dir.path(), &["quotes", "--color=always"]));
    assert!(story.contains("ferry.txt\u{1b}\\"), "{story:?}");
}

#[test]
fn index_and_corpus_may_stand_in_the_environment() {
    let dir = one_story();
    let elsewhere = tempfile::tempdir().unwrap();
    let asked =
        |name: &str, value: &Path, command: &[&str]| newshound(elsewhere.path(), command).env(name, value).output().unwrap();
    check_ends(&asked("NEWSHOUND_INDEX", &dir.path().join("index"), &["search", "ferry"]), 0);
    check_ends(&asked("NEWSHOUND_INDEX", &dir.path().join("index"), &["status"]), 0);
    check_ends(&asked("NEWSHOUND_CORPUS", &dir.path().join("corpus"), &["search", "ferry"]), 0);
    assert!(elsewhere.path().join("index").is_dir());
}

#[test]
fn attribute_takes_an_article_on_standard_input() {
    let here = tempfile::tempdir().unwrap();
    for words in [&["attribute"][..], &["attribute", "-"]] {
        let mut child = newshound(here.path(), words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(STORY.as_bytes()).unwrap();
        let told = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        assert_eq!(told, "Ferry sinks\n  Ada Quill [direct] It was old, and we knew it,\n    -:3\n");
    }
}

#[test]
fn shells_and_manuals_know_every_command() {
    let here = tempfile::tempdir().unwrap();
    let help = out(&run(here.path(), &["--help"]));
    let commands = help.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    check_ends(&run(here.path(), &["man", "pages"]), 0);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(&run(here.path(), &["completions", shell]));
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    for command in &commands {
        let page = std::fs::read_to_string(here.path().join(format!("pages/newshound-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    let help = out(&run(here.path(), &["help", "query"]));
    assert!(help.contains("A bare word finds its every form") && !help.contains("```"), "{help}");
}
