//! What holds for the whole tracked tree, whatever kind of file it is.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

#[path = "tree/dependencies.rs"]
mod dependencies;
#[path = "tree/packaging.rs"]
mod packaging;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Hosts of package registries, each in two pieces, so that this file does not name them itself.
const REGISTRIES: [(&str, &str); 15] = [
    ("npmjs", ".org"),
    ("npmjs", ".com"),
    ("yarnpkg", ".com"),
    ("maven", ".org"),
    ("maven.apache", ".org"),
    ("pypi", ".org"),
    ("pypi.python", ".org"),
    ("pythonhosted", ".org"),
    ("//crates", ".io"),
    ("index.crates", ".io"),
    ("static.crates", ".io"),
    ("deb.debian", ".org"),
    ("security.debian", ".org"),
    ("archive.ubuntu", ".com"),
    ("proxy.golang", ".org"),
];

/// Packages are fetched by the client of their registry, under their name: an address would pass by whatever mirror, proxy or lock
/// file the reader's client is set up with.
#[test]
fn no_file_names_a_registry_by_its_address() {
    let Some(files) = tracked() else { return };
    let registries: Vec<String> = REGISTRIES.iter().map(|(host, end)| format!("{host}{end}")).collect();
    let mut wrong = Vec::new();
    for file in &files {
        // A link may lead nowhere, and a file may be gone that is not yet committed as such.
        let Ok(bytes) = std::fs::read(root().join(file)) else { continue };
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        let named = registries.iter().filter(|registry| text.contains(registry.as_str()));
        wrong.extend(named.map(|registry| format!("{file}: {registry}")));
    }
    assert!(wrong.is_empty(), "registries named by address; use their clients and the package's name:\n{}", wrong.join("\n"));
}

/// Labels of invented articles stand in their text, where a slip of the pen is not seen.
#[test]
fn invented_articles_are_marked_as_their_readme_says() {
    match Command::new("python3").args(["labels/invented.py", "--check"]).current_dir(root()).output() {
        Ok(run) => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr)),
        Err(_) => eprintln!("skipped: no python3"),
    }
}

/// The files that git knows, or the word that it knows none.
fn tracked() -> Option<Vec<String>> {
    let listed =
        Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().ok().filter(|out| out.status.success());
    let files =
        listed.map(|out| String::from_utf8_lossy(&out.stdout).split_terminator('\0').map(str::to_owned).collect::<Vec<_>>());
    let files = files.filter(|files| !files.is_empty());
    if files.is_none() {
        eprintln!("skipped: not a git repository");
    }
    files
}

/// The Rust that Cargo.toml promises is enough for every crate that is built here.
#[test]
fn no_dependency_needs_a_newer_rust_than_is_promised() {
    let metadata = metadata_of_this_system();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let needs = |package: &Value| package["rust_version"].as_str().map(release);
    let promised = packages.iter().find(|package| package["name"] == env!("CARGO_PKG_NAME")).and_then(needs).expect("a promise");
    let newer = packages.iter().filter(|package| needs(package).is_some_and(|needed| needed > promised));
    let newer: Vec<String> = newer.map(|package| format!("{} wants {}", package["name"], package["rust_version"])).collect();
    assert!(packages.len() > 50 && newer.is_empty(), "{promised:?} is promised, but {newer:?}");
}

/// What cargo knows of the crates that are built on this system, without network.
fn metadata_of_this_system() -> Output {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc");
    let rustc = String::from_utf8(rustc.stdout).expect("text");
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo")
}

/// Every crate that is built is new enough for what was known of it on the day that `.ci/dependencies` names.
#[test]
fn no_dependency_has_an_advisory_that_is_known_here() {
    let read = |file: &str| std::fs::read_to_string(root().join(file));
    // Not part of the package.
    let Ok(known) = read(".ci/dependencies") else { return };
    let lock = read("Cargo.lock").expect("a lock file");
    // Each package begins with its name and its version, a line each.
    let value = |line: &'static str| move |of: &str| of.strip_prefix(line)?.strip_suffix('"').map(str::to_owned);
    let (name, version) = (value("name = \""), value("version = \""));
    let lines: Vec<&str> = lock.lines().collect();
    let locked: Vec<(String, String)> = lines.windows(2).filter_map(|two| Some((name(two[0])?, version(two[1])?))).collect();
    assert!(known.starts_with("# Least versions") && known.lines().next().is_some_and(|line| line.contains("as of 20")));
    let (mut compared, mut old) = (0, Vec::new());
    for row in known.lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = row.split_once(' ').expect("crate, version, advisory");
        let (least, advisory) = rest.split_once(' ').expect("version, advisory");
        for (_, version) in locked.iter().filter(|(locked, _)| locked == name) {
            compared += 1;
            if release(plain(version)) < release(least) {
                old.push(format!("{name} {version} is older than {least}: {advisory}"));
            }
        }
    }
    assert!(compared > 10 && old.is_empty(), "{compared} compared: {old:?}");
}

/// A version without what it was made from: `1.2.1+spec-1.1.0`, `0.4.0-rc1`.
fn plain(version: &str) -> &str {
    version.split(['+', '-']).next().unwrap_or(version)
}

/// `1.88` and `1.88.0` are the same release.
fn release(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().expect("a number"));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}
