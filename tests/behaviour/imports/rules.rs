//! What a file of `src` may name: the table of ARCHITECTURE.md, and the list below it of what must never happen.

use super::code::{self, Path, Token};
use std::collections::{BTreeMap, BTreeSet};

/// Which station may use which others.
pub struct Plan {
    pub may_use: BTreeMap<String, BTreeSet<String>>,
    /// Those that do no input or output.
    pub plain: BTreeSet<String>,
}

/// What only some places may do: the words that show it, and where they may stand.
const ONLY_IN: &[(&str, &[&str], &[&str])] = &[
    ("tantivy is known to the embedded engine alone", &["^tantivy"], &["engine/embedded"]),
    ("HTTP and its runtime stay in serve and cli", &["^axum", "^hyper", "^hyper_util", "^rmcp", "^tokio"], &["serve", "cli"]),
    (
        "calls over HTTP are made by the engine on a cluster, and by webhooks",
        &["^ureq"],
        &["engine/opensearch", "cli/alerts/webhook"],
    ),
    ("arguments are read in cli", &["^clap"], &["cli"]),
    (
        "files are touched by source, engine, indexing, alerts and cli",
        &["std::fs", "fs::read", "fs::write", "File::open", "File::create", "OpenOptions::new"],
        &["source", "engine", "indexing", "alerts", "cli"],
    ),
    ("only cli ends the process", &["process::exit", "process::abort", "process::ExitCode"], &["cli", "main"]),
    (
        "talk to a terminal is for cli, render and serve",
        &["println!", "print!", "eprintln!", "eprint!", "dbg!", "io::stdout", "io::stderr", "io::IsTerminal"],
        &["cli", "render", "serve"],
    ),
    // And to the front door, which the stations may not come in by.
    ("which engine answers is known to engine alone", &["engine::embedded", "engine::opensearch"], &["engine", "lib"]),
];

/// What nobody names who does no input or output.
const OUTSIDE: &[&str] = &["std::fs", "std::io", "std::net", "std::env", "std::process"];

fn ticked(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

impl Plan {
    /// Reads ARCHITECTURE.md.
    pub fn read(page: &str) -> Plan {
        let mut rows =
            page.lines().filter(|line| line.starts_with('|')).map(|line| line.trim_matches('|').split('|').map(str::trim));
        let head: Vec<&str> = rows.next().expect("a table of stations").collect();
        let column = |name: &str| head.iter().position(|cell| *cell == name).unwrap_or_else(|| panic!("no column `{name}`"));
        let (station, uses) = (column("station"), column("may use"));
        let rows: Vec<(String, String)> = rows
            .skip(1)
            .map(|cells| cells.map(str::to_owned).collect::<Vec<_>>())
            .take_while(|cells| cells[station].starts_with('`'))
            .map(|cells| (cells[station].trim_matches('`').to_owned(), cells[uses].replace('`', "")))
            .collect();
        let all: BTreeSet<String> = rows.iter().map(|(station, _)| station.clone()).collect();
        let mut may_use = BTreeMap::from([("main".to_owned(), BTreeSet::from(["cli".to_owned()]))]);
        for (station, uses) in rows {
            let used = match uses.as_str() {
                "nothing" => BTreeSet::new(),
                "any of them" => all.clone(),
                list => list.split(',').map(|name| name.trim().to_owned()).collect(),
            };
            let unknown: Vec<&String> = used.difference(&all).collect();
            assert!(unknown.is_empty(), "{station} may use {unknown:?}, which are no stations");
            may_use.insert(station, used);
        }
        let never = page.lines().find(|line| line.contains("doing any input or output")).expect("who does no input or output");
        Plan { may_use, plain: ticked(never) }
    }

    /// A way round through the stations, if there is one; nobody but `cli` and `main` may use everything.
    pub fn circle(&self) -> Option<String> {
        let mut left: BTreeMap<&String, BTreeSet<&String>> =
            self.may_use.iter().map(|(station, uses)| (station, uses.iter().filter(|used| *used != station).collect())).collect();
        while let Some(free) = left.iter().find(|(_, uses)| uses.is_empty()).map(|(station, _)| *station) {
            left.remove(free);
            left.values_mut().for_each(|uses| {
                uses.remove(free);
            });
        }
        (!left.is_empty()).then(|| format!("{left:?}"))
    }

    /// The stations that a file names, with the lines.
    pub fn named(&self, file: &str, paths: &[Path]) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        for (line, path) in paths {
            // Above a station's own file there is only the crate.
            let above = usize::from(!file.contains('/')) + usize::from(path[0] == "self");
            let name = match path.as_slice() {
                ["crate" | "newshound", name, ..] => name,
                ["super", name, ..] if above == 1 => name,
                ["self", "super", name, ..] if above == 2 => name,
                _ => continue,
            };
            if self.may_use.contains_key(*name) || matches!(*name, "*" | "self") {
                out.push((*line, (*name).to_owned()));
            }
        }
        out
    }

    /// True of a name that `lib.rs` has from a station: by it the table could be passed by.
    fn is_front_door(&self, path: &[&str]) -> bool {
        let ["crate" | "newshound", name, ..] = path else { return false };
        !self.may_use.contains_key(*name) && !matches!(*name, "*" | "self")
    }

    /// Everything in a file that is against the plan.
    pub fn wrong(&self, file: &str, text: &str) -> Vec<String> {
        let tokens = code::tokens(text);
        let paths = code::paths(&tokens);
        let own = station(file);
        let mut wrong = Vec::new();
        if file != "lib.rs" {
            let outside = paths.iter().filter(|(_, path)| self.is_front_door(path));
            wrong.extend(
                outside.map(|(line, path)| (*line, format!("`{}` is for programs; name it from its station", path.join("::")))),
            );
            match self.may_use.get(own) {
                None => wrong.push((1, format!("`{own}` is a new station; say in ARCHITECTURE.md what it may use"))),
                Some(may_use) => {
                    let named = self.named(file, &paths).into_iter().filter(|(_, name)| name != own && !may_use.contains(name));
                    wrong.extend(named.map(|(line, name)| (line, format!("{own} may not use {name}"))));
                }
            }
        }
        let climbs = paths.iter().filter(|(_, path)| path.windows(2).any(|two| two == ["super", "super"]));
        wrong.extend(climbs.map(|(line, _)| (*line, "`super::super::` climbs; name it from `crate`".to_owned())));
        for (rule, signs, places) in ONLY_IN {
            let is_there = |place: &&str| file.strip_prefix(place).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
            if !places.iter().any(is_there) {
                wrong.extend(shown(signs, &tokens, &paths).map(|line| (line, (*rule).to_owned())));
            }
        }
        if self.plain.contains(own) {
            wrong.extend(shown(OUTSIDE, &tokens, &paths).map(|line| (line, format!("{own} does no input or output"))));
        }
        wrong.extend(tokens.iter().filter(|(_, word)| *word == "unsafe").map(|(line, _)| (*line, "unsafe".to_owned())));
        wrong.sort();
        wrong.dedup();
        wrong.into_iter().map(|(line, what)| format!("src/{file}:{line}: {what}")).collect()
    }
}

/// The lines on which one of `signs` stands: `a::b` anywhere in a path, `^a` at the beginning of one, `a!` a macro.
fn shown<'a>(signs: &'a [&str], tokens: &'a [Token], paths: &'a [Path]) -> impl Iterator<Item = usize> + 'a {
    let in_paths = paths.iter().filter(|(_, path)| {
        signs.iter().any(|sign| match sign.strip_prefix('^') {
            Some(first) => path[0] == first,
            None => path.join("::").split_once(sign).is_some_and(|(before, after)| {
                (before.is_empty() || before.ends_with("::")) && (after.is_empty() || after.starts_with("::"))
            }),
        })
    });
    let macros =
        tokens.windows(2).filter(|two| two[1].1 == "!" && signs.iter().any(|sign| sign.strip_suffix('!') == Some(two[0].1)));
    in_paths.map(|(line, _)| *line).chain(macros.map(|two| two[0].0))
}

/// The station that a file of `src` belongs to.
pub fn station(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}
