//! What people see, kept whole in `snapshots`: help, answers in a terminal, pages. All of it is of the invented articles of `corpus`.
//!
//! A change that is meant is taken over by `INSTA_UPDATE=always cargo test --test behaviour shown::`, and read in the diff. Nothing in
//! them depends on the machine: output that goes to no terminal is 100 columns wide, and how long a search took is said beside it.

use crate::given::archive::{Archive, err, out, run};
use crate::given::served::Served;
use std::path::Path;

/// Compares with the snapshot of that name.
#[track_caller]
fn check(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// What a command prints, and what it says where it finds nothing: the time it took is not said then.
fn printed(here: &Path, arguments: &[&str]) -> String {
    let output = run(here, arguments);
    let talk = if output.status.code() == Some(0) { String::new() } else { err(&output) };
    let typed: Vec<String> =
        arguments.iter().map(|word| if word.contains([' ', '"']) { format!("'{word}'") } else { (*word).to_owned() }).collect();
    let status = output.status.code().unwrap();
    format!("$ newshound {}\n{}{talk}(exit status {status})\n", typed.join(" "), out(&output))
}

#[test]
fn the_help_of_every_command() {
    let here = Path::new(".");
    let whole = printed(here, &["--help"]);
    let commands = whole.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(commands.len() >= 12, "{commands:?}");
    check("help", &(printed(here, &["-h"]) + "\n" + &whole));
    for command in commands {
        check(&format!("help_{command}"), &(printed(here, &[command, "-h"]) + "\n" + &printed(here, &[command, "--help"])));
    }
}

#[test]
fn answers_in_a_terminal() {
    let archive = Archive::sample();
    let id = {
        let found = run(archive.path(), &["search", "headline:bridges", "--json", "-n", "1"]);
        crate::given::archive::objects(&found)[0]["article"].as_str().unwrap().to_owned()
    };
    for (name, commands) in [
        (
            "search",
            &[
                &["search", "\"long-term peace\""][..],
                &["search", "bridges", "-n", "2", "-C", "1"],
                &["search", "\"long-term peace\"", "--kwic"],
                &["search", "\"long-term peace\"", "--count"],
            ][..],
        ),
        ("quotes", &[&["quotes", "--by", "orlan"], &["quotes", "--about", "bridges", "-n", "3"]]),
        ("speakers", &[&["speakers"], &["speakers", "--by", "orlan"]]),
        ("show", &[&["show", &id]]),
        ("inspect", &[&["inspect", "corpus/2025/03/14/truce-talks.txt"], &["inspect", "corpus"]]),
        ("attribute", &[&["attribute", "corpus/harbour-post/lido-reopens.txt"]]),
        ("check", &[&["check"]]),
        (
            "nothing_found",
            &[
                &["search", "zeppelin"],
                &["search", "\"bridges of Tarsk and Hallmere\""],
                &["search", "speaker:orlan AND zeppelin"],
                &["quotes", "--by", "Orlann"],
                &["speakers", "zeppelin"],
                &["search", "("],
                &["search", "bridges", "--index", "elsewhere"],
            ],
        ),
    ] {
        let all: Vec<String> = commands.iter().map(|arguments| printed(archive.path(), arguments)).collect();
        check(name, &all.join("\n"));
    }
}

#[test]
fn pages_in_a_browser() {
    let served = Served::over(Archive::sample(), &["--quiet"]);
    let found = served.get("/?q=%22long-term+peace%22").2;
    let article = found.split("href=\"/articles/").nth(1).unwrap().split(['"', '#']).next().unwrap().replace("&amp;", "&");
    for (name, path) in [
        ("page_first", "/"),
        ("page_search", "/?q=%22long-term+peace%22"),
        ("page_article", &format!("/articles/{article}")),
        ("page_speaker", "/speaker?speaker=Orlan"),
        ("page_nothing_found", "/?q=%22zeppelins+over+Tarsk%22&place=Tarsk"),
        ("page_verify", "/verify?q=I+was+elected+to+bring+lasting+peace+to+this+valley"),
        ("page_of_an_unknown_article", "/articles/nothing"),
        ("page_of_an_unknown_parameter", "/?q=peace&lmit=3"),
    ] {
        let (status, _, page) = served.get(path);
        // A tag a line, so that a change is a line of the diff.
        check(name, &format!("GET {path}\n{status}\n{}", page.replace("><", ">\n<")));
    }
}
