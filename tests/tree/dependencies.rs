//! What `deny.toml` says of the dependencies, where cargo-deny is not installed: their licences, doubled versions, where they come from.

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every package that may be built, on any system, as cargo knows them without network.
fn packages() -> Vec<Value> {
    let run = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    // Crates of other systems need not be at hand: then those of this one are all there is to look at.
    let run = if run.status.success() { run.stdout } else { of_this_system() };
    let metadata: Value = serde_json::from_slice(&run).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn of_this_system() -> Vec<u8> {
    let metadata = super::metadata_of_this_system();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    metadata.stdout
}

/// The text of deny.toml; nothing where it is no part of the package.
fn deny() -> Option<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).ok()
}

/// The names in a list of deny.toml.
fn names(deny: &str, table: &str, key: &str) -> Vec<String> {
    let deny = DeTable::parse(deny).expect("deny.toml");
    let table = deny.get_ref().get(table).expect("a table");
    let list = table.get_ref().get(key).and_then(|list| list.get_ref().as_array()).expect("a list");
    let name = |one: &Spanned<DeValue>| one.get_ref().get("crate").unwrap_or(one).get_ref().as_str().map(str::to_owned);
    list.iter().map(|one| name(one).expect("a name")).collect()
}

/// Whether a licence expression can be met by those allowed: `(MIT OR Apache-2.0) AND Unicode-3.0`, with `/` for an older OR.
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = either(&mut rest, allowed);
    met && rest.is_empty()
}

fn either(rest: &mut &[&str], allowed: &[&str]) -> bool {
    let mut met = all(rest, allowed);
    while let [first, after @ ..] = *rest
        && *first == "OR"
    {
        *rest = after;
        met |= all(rest, allowed);
    }
    met
}

fn all(rest: &mut &[&str], allowed: &[&str]) -> bool {
    let mut met = one(rest, allowed);
    while let [first, after @ ..] = *rest
        && *first == "AND"
    {
        *rest = after;
        met &= one(rest, allowed);
    }
    met
}

fn one(rest: &mut &[&str], allowed: &[&str]) -> bool {
    match *rest {
        [first, after @ ..] if *first == "(" => {
            *rest = after;
            let met = either(rest, allowed);
            // Without its end it is no expression: what is left over is not met.
            *rest = rest.strip_prefix(&[")"]).unwrap_or(&["("]);
            met
        }
        [licence, with, exception, after @ ..] if *with == "WITH" => {
            *rest = after;
            allowed.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, after @ ..] => {
            *rest = after;
            allowed.contains(licence)
        }
        [] => false,
    }
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let Some(deny) = deny() else { return };
    let allowed = names(&deny, "licenses", "allow");
    let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let packages = packages();
    let licence = |package: &Value| package["license"].as_str().unwrap_or("none").to_owned();
    let refused = packages.iter().filter(|package| !is_met(&licence(package), &allowed));
    let refused: Vec<String> = refused.map(|package| format!("{}: {}", package["name"], licence(package))).collect();
    assert!(packages.len() > 100 && refused.is_empty(), "of {} crates, not allowed by deny.toml: {refused:#?}", packages.len());
    // A licence that nobody needs is allowed to nobody.
    let needed = |licence: &&str| {
        let others: Vec<&str> = allowed.iter().filter(|other| other != &licence).copied().collect();
        packages.iter().any(|package| !is_met(package["license"].as_str().unwrap_or("none"), &others))
    };
    let unused: Vec<&str> = allowed.iter().filter(|licence| !needed(licence)).copied().collect();
    assert!(unused.is_empty(), "allowed by deny.toml, and every crate can do without: {unused:?}");
}

#[test]
fn an_expression_of_licences_is_read_as_it_is_meant() {
    let met = |expression: &str| is_met(expression, &["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"]);
    for good in ["MIT", "GPL-3.0-only OR MIT", "GPL-2.0/MIT", "(GPL-3.0-only OR MIT) AND Zlib", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(met(good), "{good}");
    }
    // AND binds before OR.
    assert!(met("MIT OR Zlib AND GPL-3.0-only"));
    for bad in [
        "GPL-3.0-only",
        "none",
        "",
        "MIT AND GPL-3.0-only",
        "(MIT OR Zlib) AND GPL-3.0-only",
        "Apache-2.0",
        "MIT WITH Classpath-exception-2.0",
        "(MIT",
        "MIT GPL-3.0-only",
        "MIT)",
    ] {
        assert!(!met(bad), "{bad}");
    }
}

/// A crate in two versions is built twice; which are, and no others, stands in deny.toml.
#[test]
fn every_doubled_crate_is_known() {
    let Some(deny) = deny() else { return };
    let mut known = names(&deny, "bans", "skip");
    known.sort_unstable();
    let lock = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("Cargo.lock");
    for skipped in &known {
        let (name, version) = skipped.split_once('@').expect("name@version");
        assert!(
            lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")),
            "{skipped} is in deny.toml and not in Cargo.lock"
        );
    }
    // Crates of other systems need not be at hand.
    let packages = packages();
    let at_hand = |known: &String| {
        packages.iter().any(|package| *known == format!("{}@{}", package["name"], package["version"]).replace('"', ""))
    };
    known.retain(at_hand);
    let mut versions: Vec<(String, [u32; 3], String)> = packages
        .iter()
        .map(|package| {
            let text = |key: &str| package[key].as_str().expect("text").to_owned();
            (text("name"), super::release(super::plain(&text("version"))), text("version"))
        })
        .collect();
    versions.sort();
    // All but the newest are named.
    let older = versions.windows(2).filter(|two| two[0].0 == two[1].0);
    let older: Vec<String> = older.map(|two| format!("{}@{}", two[0].0, two[0].2)).collect();
    assert_eq!(older, known, "older versions of crates that are built twice, and those that deny.toml skips");
}

#[test]
fn every_dependency_comes_from_one_registry_in_a_version_that_is_asked_for() {
    let packages = packages();
    let mut sources: Vec<&str> = packages.iter().filter_map(|package| package["source"].as_str()).collect();
    sources.dedup();
    assert!(sources.len() == 1 && sources[0].starts_with("registry+"), "{sources:?}");
    let own: Vec<&Value> = packages.iter().filter(|package| package["source"].is_null()).collect();
    assert_eq!(own.len(), 1, "{own:?}");
    let asked = own[0]["dependencies"].as_array().expect("dependencies");
    let any: Vec<&Value> = asked.iter().filter(|asked| asked["req"] == "*").map(|asked| &asked["name"]).collect();
    assert!(asked.len() > 30 && any.is_empty(), "in any version: {any:?}");
}
