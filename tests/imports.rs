//! Each station of the flow knows the ones before it, and nothing else: this test reads `src` and holds the list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which station may use which others of ours.
const MAY_USE: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("words", &[]),
    ("source", &["article"]),
    ("lexicon", &[]),
    ("quotation", &["article", "lexicon"]),
    ("passage", &["article", "lexicon"]),
    ("duplicates", &["article"]),
    ("query", &["words"]),
    ("mention", &["article", "passage", "query", "quotation", "words"]),
    ("directory", &["lexicon", "query", "words"]),
    ("results", &["article", "passage", "quotation", "words"]),
    ("engine", &["article", "directory", "duplicates", "mention", "passage", "query", "quotation", "results", "words"]),
    ("indexing", &["article", "engine", "quotation", "source"]),
    ("render", &["article", "passage", "query", "quotation", "results", "words"]),
    ("serve", &["article", "engine", "query", "quotation", "render", "results"]),
    (
        "cli",
        &[
            "article",
            "engine",
            "indexing",
            "mention",
            "passage",
            "query",
            "quotation",
            "render",
            "results",
            "serve",
            "source",
            "words",
        ],
    ),
    ("main", &["cli"]),
];

/// What only some places may do: the words that show it, and where they may stand.
const ONLY_IN: &[(&str, &[&str], &[&str])] = &[
    ("tantivy is known to the embedded engine alone", &["tantivy::", "use tantivy"], &["engine/embedded", "engine/embedded.rs"]),
    (
        "HTTP and its runtime stay in serve and cli",
        &["axum::", "hyper::", "hyper_util::", "rmcp::", "tokio::", "#[tokio"],
        &["serve", "serve.rs", "cli", "cli.rs"],
    ),
    ("arguments are read in cli", &["clap::", "use clap"], &["cli", "cli.rs"]),
    (
        "files are touched by source, engine, indexing and cli",
        &["std::fs", "File::", "fs::read", "fs::write", "OpenOptions"],
        &["source", "source.rs", "engine", "engine.rs", "indexing.rs", "cli", "cli.rs"],
    ),
    ("only cli ends the process", &["process::exit", "process::abort", "ExitCode"], &["cli", "cli.rs", "main.rs"]),
    (
        "talk to a terminal is for cli, render and serve",
        &["println!", "print!(", "eprintln!", "eprint!", "io::stdout", "io::stderr", "IsTerminal", "dbg!"],
        &["cli", "cli.rs", "render", "render.rs", "serve", "serve.rs"],
    ),
];

/// A source file: its path below `src`, and its code without comments, strings' insides and tests.
struct Code {
    path: String,
    lines: Vec<(usize, String)>,
}

fn all_code() -> Vec<Code> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, out) } else { out.push(path) }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files.retain(|path| path.extension().is_some_and(|ext| ext == "rs"));
    files.sort();
    let files = files.iter().map(|path| {
        let text = std::fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(&src).unwrap().components().map(|c| c.as_os_str().to_string_lossy());
        Code { path: path.collect::<Vec<_>>().join("/"), lines: code(&text) }
    });
    files.filter(|code| !code.path.ends_with("tests.rs")).collect()
}

/// The numbered lines of a file without comments and string literals, up to its tests.
fn code(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" && lines.peek().is_some_and(|(_, next)| next.trim_start().starts_with("mod ")) {
            if lines.peek().is_some_and(|(_, next)| next.trim_end().ends_with(';')) {
                lines.next();
                continue;
            }
            break;
        }
        out.push((number + 1, without_strings(line)));
    }
    out
}

/// A line up to its comment, with the insides of its string literals left out.
fn without_strings(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => drop(chars.next()),
            '\'' if !quoted && chars.peek() == Some(&'"') => {
                chars.next();
                chars.next();
            }
            '"' => quoted = !quoted,
            '/' if !quoted && chars.peek() == Some(&'/') => break,
            c if !quoted => out.push(c),
            _ => {}
        }
    }
    out
}

fn station(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// Our stations that a line names: `crate::query::...`, `crate::{query, words}`, `newshound::cli`.
fn named(line: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for root in ["crate::", "newshound::"] {
        for (at, _) in line.match_indices(root) {
            let rest = &line[at + root.len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split(',').collect(),
                None => vec![rest],
            };
            let ident = |name: &str| name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
            out.extend(names.into_iter().map(ident).filter(|name| MAY_USE.iter().any(|(station, _)| station == name)));
        }
    }
    out
}

#[test]
fn no_station_knows_one_behind_it() {
    let may: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in all_code().iter().filter(|file| file.path != "lib.rs") {
        let own = station(&file.path);
        let Some(allowed) = may.get(own) else {
            wrong.push(format!("src/{}: a new station; say in this test what it may use", file.path));
            continue;
        };
        seen.insert(own.to_owned());
        for (number, line) in &file.lines {
            for name in named(line).iter().filter(|name| *name != own && !allowed.contains(&name.as_str())) {
                wrong.push(format!("src/{}:{number}: {own} may not use {name}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing: Vec<&str> = may.keys().copied().filter(|station| !seen.contains(*station)).collect();
    assert!(missing.is_empty(), "in the list but not in src: {missing:?}");
}

#[test]
fn the_list_itself_has_no_circles() {
    for (number, (station, uses)) in MAY_USE.iter().enumerate() {
        for used in *uses {
            let at = MAY_USE.iter().position(|(name, _)| name == used).unwrap();
            let whole_program = *station == "cli" || *station == "main";
            assert!(at < number || whole_program, "{station} uses {used}, which comes behind it");
        }
    }
}

#[test]
fn engines_files_terminals_and_arguments_stay_in_their_places() {
    let mut wrong = Vec::new();
    for file in all_code() {
        for (rule, signs, places) in ONLY_IN {
            let allowed = places.iter().any(|place| file.path == *place || file.path.starts_with(&format!("{place}/")));
            for (number, line) in file.lines.iter().filter(|_| !allowed) {
                if signs.iter().any(|sign| line.contains(sign)) {
                    wrong.push(format!("src/{}:{number}: {rule}: {}", file.path, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn our_code_is_without_unsafe() {
    let found: Vec<String> = all_code()
        .iter()
        .flat_map(|file| {
            file.lines.iter().filter(|(_, line)| line.contains("unsafe ")).map(|(n, _)| format!("src/{}:{n}", file.path))
        })
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_reader_of_code_sees_through_comments_and_strings() {
    assert_eq!(without_strings("let a = \"crate::cli\"; // crate::cli"), "let a = ; ");
    assert_eq!(named("use crate::{query, words::fold};").into_iter().collect::<Vec<_>>(), ["query", "words"]);
    assert_eq!(named("fn f(q: &crate::query::Query)").len(), 1);
}
