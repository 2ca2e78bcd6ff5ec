//! Each station of the flow knows the ones before it, and nothing else: `src` beside the table of ARCHITECTURE.md.

mod code;
mod rules;

use rules::{Plan, station};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn plan() -> Plan {
    Plan::read(&std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap())
}

/// Every file of `src` but the tests: its path below it, and its text.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let files = walkdir::WalkDir::new(&src).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|ext| ext == "rs") && !file.path().ends_with("tests.rs"));
    files
        .map(|file| {
            let below = file.path().strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            (below, std::fs::read_to_string(file.path()).unwrap())
        })
        .collect()
}

#[test]
fn no_station_knows_one_behind_it_and_each_keeps_to_its_own() {
    let plan = plan();
    let wrong: Vec<String> = sources().iter().flat_map(|(file, text)| plan.wrong(file, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_what_is_there_and_goes_round_in_no_circle() {
    let plan = plan();
    let there: BTreeSet<String> =
        sources().iter().map(|(file, _)| station(file).to_owned()).filter(|name| name != "lib").collect();
    assert_eq!(plan.may_use.keys().cloned().collect::<BTreeSet<_>>(), there);
    assert!(plan.plain.len() > 4 && plan.plain.is_subset(&there), "{:?}", plan.plain);
    assert_eq!(plan.circle(), None);
}

#[test]
fn every_arrow_of_the_table_is_used() {
    let plan = plan();
    let mut used = BTreeSet::new();
    for (file, text) in sources() {
        let named = plan.named(&file, &code::paths(&code::tokens(&text)));
        used.extend(named.into_iter().map(|(_, name)| (station(&file).to_owned(), name)));
    }
    // `cli` may use any station, and need not.
    let arrows = plan.may_use.iter().filter(|(station, _)| *station != "cli");
    let arrows = arrows.flat_map(|(station, uses)| uses.iter().map(|name| (station.clone(), name.clone())));
    let unused: Vec<_> = arrows.filter(|arrow| !used.contains(arrow)).collect();
    assert!(unused.is_empty(), "the table allows what nobody needs: {unused:?}");
}

/// A table for made-up snippets: `below` comes before `above`, and does no input or output.
const PAGE: &str = "
| station | the question it answers | may use |
|---|---|---|
| `below` | What? | nothing |
| `serve` | How? | below |
| `above` | Who? | `below` |
| `cli` | And? | any of them |

- `below` doing any input or output.
";

#[test]
fn every_rule_refuses_a_snippet_made_to_break_it() {
    let plan = Plan::read(PAGE);
    for (file, text, why) in [
        ("below.rs", "use crate::above::Thing;", "below may not use above"),
        ("below/part.rs", "use crate::above::Thing;", "below may not use above"),
        ("below.rs", "fn f(thing: &crate::above::Thing) {}", "below may not use above"),
        ("below.rs", "use super::above;", "below may not use above"),
        ("below.rs", "use self::super::above;", "below may not use above"),
        ("below.rs", "use crate::*;", "below may not use *"),
        ("below.rs", "use crate::{self as all};", "below may not use self"),
        (
            "below.rs",
            "use crate::{\n    // a remark: {\n    above::{\n        Thing,\n    },\n};",
            "src/below.rs:4: below may not use above",
        ),
        ("below.rs", "use {\n    std::fmt,\n    crate::\n        above,\n};", "below may not use above"),
        ("below.rs", "let a = '\"'; use crate::above; let b = '\"';", "below may not use above"),
        ("below.rs", "fn f<'a>(x: &'a str) -> crate::above::T<'a> {}", "below may not use above"),
        (
            "below.rs",
            "#[cfg(test)]\nmod tests { use crate::above; }\nuse crate::above;",
            "src/below.rs:3: below may not use above",
        ),
        ("main.rs", "use newshound::above;", "main may not use above"),
        ("serve.rs", "use crate::cli;", "serve may not use cli"),
        ("new.rs", "", "`new` is a new station"),
        ("above/deep/part.rs", "use super::super::other;", "`super::super::` climbs"),
        ("above/deep/part.rs", "use super::{\n    super::other,\n};", "`super::super::` climbs"),
        ("above.rs", "use tantivy::Index;", "tantivy is known"),
        ("above.rs", "use {regex, tantivy};", "tantivy is known"),
        ("above.rs", "use axum::Router;", "HTTP and its runtime"),
        ("above.rs", "#[tokio::main] async fn main() {}", "HTTP and its runtime"),
        ("above.rs", "#[derive(clap::Parser)] struct A;", "arguments are read in cli"),
        ("above.rs", "use std::{\n    fmt,\n    fs,\n};", "files are touched"),
        ("above.rs", "fn f() { fs::read(\"x\"); }", "files are touched"),
        ("serve.rs", "fn f() { std::fs::File::open(\"x\"); }", "files are touched"),
        ("above.rs", "fn f() { std::process::exit(1) }", "only cli ends the process"),
        ("above.rs", "use std::process::{self, ExitCode};", "only cli ends the process"),
        ("above.rs", "fn f() { println!(\"peace\") }", "talk to a terminal"),
        ("above.rs", "fn f() { dbg!(1); }", "talk to a terminal"),
        ("above.rs", "use std::io::{Write, stderr};", "talk to a terminal"),
        ("serve/part.rs", "use crate::engine::embedded::IndexReader;", "which engine answers"),
        ("cli/part.rs", "use crate::engine::embedded::IndexReader;", "which engine answers"),
        ("engine/embedded/part.rs", "use ureq::Agent;", "calls over HTTP"),
        ("serve/part.rs", "use crate::{IndexReader, below};", "is for programs"),
        ("below.rs", "fn f(search: crate::Search) {}", "is for programs"),
        ("main.rs", "use newshound::IndexReader;", "is for programs"),
        ("below.rs", "use std::io::Read;", "below does no input or output"),
        ("below.rs", "use std::{net::IpAddr, fmt};", "below does no input or output"),
        ("above.rs", "fn f() { unsafe { g() } }", "unsafe"),
    ] {
        let wrong = plan.wrong(file, text);
        assert!(wrong.iter().any(|wrong| wrong.contains(why)), "{file}: {text}\n{wrong:?}");
    }
}

#[test]
fn what_the_rules_allow_and_what_only_looks_like_code_is_let_be() {
    let plan = Plan::read(PAGE);
    for (file, text) in [
        ("above.rs", "use crate::below::Thing;\nuse super::below;"),
        ("cli.rs", "use crate::{above, below, serve};\nfn f() { println!(\"x\"); std::process::exit(2) }"),
        ("main.rs", "use std::process::ExitCode;\nfn main() -> ExitCode { newshound::cli::main() }"),
        ("below.rs", "// crate::above\n/* crate::above /* unsafe */ crate::above */\nfn f() { let a = \"crate::above\"; }"),
        (
            "below.rs",
            "const A: &str = r#\"crate::above \" unsafe\"#; const B: &[u8] = b\"crate::above\\\"\"; const C: char = '\\'';",
        ),
        ("below.rs", "#[cfg(test)]\nmod tests {\n    use crate::above;\n}\nfn f() {}"),
        ("below/part.rs", "use super::above;"),
        ("above.rs", "use std::io::Read;\nuse std::fmt;"),
        ("above.rs", "fn f() { self.print(); writeln!(out, \"x\") }"),
    ] {
        assert_eq!(plan.wrong(file, text), Vec::<String>::new(), "{file}: {text}");
    }
    let circle = Plan::read(&PAGE.replace("| nothing |", "| above |"));
    assert!(circle.circle().is_some());
}

/// The lints that `src/lib.rs` turns on, as it writes them.
fn lints() -> String {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let (_, rest) = lib.split_once("warn(").expect("the library turns lints on");
    rest.split_once(')').unwrap().0.to_owned()
}

#[test]
fn clippy_refuses_snippets_made_to_break_its_rules() {
    let dir = tempfile::tempdir().unwrap();
    let snippet = dir.path().join("snippet.rs");
    let said = |body: &str| {
        std::fs::write(
            &snippet,
            format!("#![deny({})]\n#![allow(unused)]\npub fn f(path: &std::path::Path) {{ {body} }}\n", lints()),
        )
        .unwrap();
        let mut clippy = Command::new("clippy-driver");
        clippy.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata"]).arg(&snippet).current_dir(dir.path());
        let output = clippy.env("CLIPPY_CONF_DIR", root()).output();
        output.ok().map(|output| String::from_utf8_lossy(&output.stderr).into_owned())
    };
    match said("let _ = path.join(\"corpus\");") {
        Some(talk) if talk.is_empty() => {}
        talk => return println!("skipped: no clippy-driver that works: {talk:?}"),
    }
    for (body, lint) in [
        ("println!(\"peace\")", "clippy::print_stdout"),
        ("eprintln!(\"peace\")", "clippy::print_stderr"),
        ("dbg!(1);", "clippy::dbg_macro"),
        ("std::process::exit(1)", "clippy::exit"),
        ("let _ = std::fs::read(path);", "clippy::disallowed_methods"),
        ("use std::fs::read_to_string as f; let _ = f(path);", "clippy::disallowed_methods"),
        ("let _ = path.exists();", "clippy::disallowed_methods"),
        ("let _ = path.metadata();", "clippy::disallowed_methods"),
        ("let _ = std::process::abort();", "clippy::disallowed_methods"),
        ("let _ = std::fs::File::open(path);", "clippy::disallowed_types"),
        ("let _ = std::fs::OpenOptions::new();", "clippy::disallowed_types"),
        ("let _ = std::process::Command::new(\"x\");", "clippy::disallowed_types"),
        ("let _ = std::net::TcpStream::connect(\"localhost:1\");", "clippy::disallowed_types"),
    ] {
        let talk = said(body).unwrap();
        // As the way to the lint's page names it.
        assert!(talk.contains(&lint.replace("clippy::", "#")), "{body}: {talk}");
    }
}
