//! What packages say of the tree, held to it: nothing is built here.

use super::{root, tracked};
use newshound::render::json;
use schemars::{JsonSchema, schema_for};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

fn text(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The sections of a TOML file that begin with this head.
fn sections<'a>(toml: &'a str, head: &'a str) -> impl Iterator<Item = &'a str> {
    let begins = toml.match_indices(head).filter(|(at, _)| *at == 0 || toml[..*at].ends_with('\n'));
    begins.map(move |(at, _)| {
        let rest = &toml[at + head.len()..];
        rest.find("\n[").map_or(rest, |end| &rest[..end])
    })
}

/// What stands between quotation marks after `key = `.
fn said<'a>(section: &'a str, key: &str) -> &'a str {
    let line = section.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    line.unwrap_or_else(|| panic!("no {key} in {section}")).trim_matches('"')
}

/// What the first stage of the container copies.
fn copied() -> Vec<PathBuf> {
    let file = text("packaging/Containerfile");
    let lines = file.lines().filter_map(|line| line.strip_prefix("COPY ")).filter(|line| !line.starts_with("--from"));
    let sources =
        |line: &str| line.split_whitespace().map(PathBuf::from).collect::<Vec<_>>().split_last().map(|(_, s)| s.to_vec());
    lines.flat_map(|line| sources(line).expect("a source and a target")).collect()
}

/// A path without `..`.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            straight.pop()
        } else {
            straight.push(part);
            true
        };
    }
    straight
}

/// Cargo looks for every target that Cargo.toml names, and the compiler for every file that the source takes in.
#[test]
fn the_container_copies_what_its_build_reads() {
    let Some(files) = tracked() else { return };
    let copied = copied();
    for source in &copied {
        assert!(root().join(source).exists(), "the container copies {}, which is not there", source.display());
    }
    let mut wanted: BTreeSet<PathBuf> = ["Cargo.toml", "Cargo.lock", "src/main.rs"].iter().map(PathBuf::from).collect();
    let manifest = text("Cargo.toml");
    for (head, dir) in [("[[test]]", "tests"), ("[[example]]", "examples"), ("[[bench]]", "benches")] {
        wanted.extend(sections(&manifest, head).map(|target| Path::new(dir).join(said(target, "name"))));
    }
    assert!(wanted.contains(Path::new("tests/behaviour")), "{wanted:?}");
    for file in files.iter().filter(|file| file.starts_with("src/") && file.ends_with(".rs")) {
        let source = text(file);
        for taken in source.split("include_").skip(1).filter_map(|rest| rest.split_once("!(\"")?.1.split('"').next()) {
            wanted.insert(straight(&Path::new(file).parent().expect("a folder").join(taken)));
        }
    }
    assert!(wanted.contains(Path::new("docs/query.md")), "{wanted:?}");
    let missing: Vec<_> = wanted.iter().filter(|path| !copied.iter().any(|copied| path.starts_with(copied))).collect();
    assert!(missing.is_empty(), "read by the build and not copied into the container: {missing:?}");
}

/// The wheel is built with the versions that the tests were run with.
#[test]
fn the_lock_of_the_wheel_is_that_of_the_tree() {
    let (ours, wheel, manifest) = (text("Cargo.lock"), text("packaging/python/Cargo.lock"), text("Cargo.toml"));
    let versions = |lock: &str| -> BTreeSet<(String, String)> {
        sections(lock, "[[package]]").map(|one| (said(one, "name").to_owned(), said(one, "version").to_owned())).collect()
    };
    let its_own = |name: &str| name.starts_with("pyo3") || ["newshound-python", "target-lexicon"].contains(&name);
    let known = versions(&ours);
    let other: Vec<_> = versions(&wheel).into_iter().filter(|one| !its_own(&one.0) && !known.contains(one)).collect();
    assert!(known.len() > 100 && other.is_empty(), "packaging/python/Cargo.lock has {other:?}, Cargo.lock other versions");
    let tables = sections(&manifest, "[dependencies]").chain(sections(&manifest, "[target."));
    let names = tables.flat_map(|table| table.lines().filter(|line| !line.starts_with(['#', '\''])));
    let wanted: BTreeSet<&str> = names.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    let newshound = sections(&wheel, "[[package]]").find(|one| said(one, "name") == "newshound").expect("newshound");
    let locked = newshound.lines().filter_map(|line| line.strip_prefix(" \"")?.split([' ', '"']).next());
    assert_eq!(locked.collect::<BTreeSet<_>>(), wanted, "refresh packaging/python/Cargo.lock: cargo check in packaging/python");
    let version = |of: &str| sections(of, "[package]").next().map(|one| said(one, "version").to_owned());
    assert_eq!(version(&text("packaging/python/Cargo.toml")), version(&manifest));
}

/// The fields of a class in `rows.py`, those of what it is made of with them.
fn python_fields(rows: &str, class: &str) -> BTreeSet<String> {
    let head = format!("class {class}(");
    let (_, body) = rows.split_once(&head).unwrap_or_else(|| panic!("no class {class}"));
    let (bases, body) = body.split_once("):\n").expect("bases");
    let lines = body.lines().take_while(|line| line.is_empty() || line.starts_with("    "));
    let own = lines.filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name.to_owned());
    let own: BTreeSet<String> = own.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect();
    let bases = bases.split(", ").filter(|base| *base != "TypedDict");
    bases.flat_map(|base| python_fields(rows, base)).chain(own).collect()
}

/// The fields of what newshound writes.
fn fields<T: JsonSchema>() -> BTreeSet<String> {
    let schema: Value = schema_for!(T).into();
    schema["properties"].as_object().expect("an object").keys().cloned().collect()
}

/// `written` without what a row has not, and with what it has instead.
fn flat(written: BTreeSet<String>, without: &[&str], instead: &[&str]) -> BTreeSet<String> {
    let kept = written.into_iter().filter(|name| !without.contains(&name.as_str()));
    kept.chain(instead.iter().map(|name| (*name).to_owned())).collect()
}

/// A field that is new in the JSON is a column of the frames, with its type.
#[test]
fn rows_of_the_wheel_have_the_fields_that_newshound_writes() {
    let rows = text("packaging/python/newshound/rows.py");
    let source = ["path", "record", "format", "line", "source_matches"];
    let passage = [&source[..], &["doubtful_speakers"]].concat();
    assert_eq!(
        python_fields(&rows, "Passage"),
        flat(fields::<json::PassageJson>(), &["type", "source", "explanation"], &passage)
    );
    assert_eq!(python_fields(&rows, "Quotation"), flat(fields::<json::QuotationJson>(), &["type", "source"], &source));
    assert_eq!(python_fields(&rows, "Speaker"), flat(fields::<json::QuotedSpeakerJson>(), &["type"], &[]));
    assert_eq!(python_fields(&rows, "Step"), flat(fields::<json::StepJson>(), &["type"], &[]));
    let place = flat(fields::<json::PlaceJson>(), &["text"], &["claim", "printed"]);
    let verified = flat(fields::<json::VerifiedJson>(), &["type"], &[]).union(&place).cloned().collect();
    assert_eq!(python_fields(&rows, "Verified"), verified);
}

#[test]
fn every_script_that_packs_is_told_of() {
    let Some(files) = tracked() else { return };
    let told = text("packaging/README.md");
    let packing: Vec<_> =
        files.iter().filter(|file| file.strip_prefix("packaging/").is_some_and(|name| !name.contains('/'))).collect();
    assert!(packing.len() > 4, "{packing:?}");
    for file in packing.iter().filter(|file| !file.ends_with(".md")) {
        let name = file.rsplit('/').next().unwrap_or(file);
        assert!(told.contains(name), "packaging/README.md says nothing of {file}");
    }
}
