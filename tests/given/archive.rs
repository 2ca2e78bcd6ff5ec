//! A directory with a corpus and its index, and the program that is asked about them.

use newshound::engine::embedded::IndexReader;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program: the one that cargo built for the test, or the one beside the directory of the example that runs.
pub fn program() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("newshound");
    option_env!("CARGO_BIN_EXE_newshound").map_or_else(beside, PathBuf::from)
}

/// The program in the directory `here`, with nothing to read from; the look of its output does not depend on who runs the test.
pub fn newshound(here: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(here).stdin(Stdio::null());
    for name in ["NO_COLOR", "COLUMNS", "NEWSHOUND_INDEX", "NEWSHOUND_CORPUS", "NEWSHOUND_PEOPLE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in the directory `here`.
pub fn run(here: &Path, arguments: &[&str]) -> Output {
    newshound(here, arguments).output().unwrap()
}

/// What it printed.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// What it said beside that.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("talk is UTF-8")
}

/// The objects it printed, one on each line.
pub fn objects(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// The exit status is as wanted, and whatever happened was told without a panic.
#[track_caller]
pub fn check_ends(output: &Output, status: i32) {
    let talk = err(output);
    assert_eq!(output.status.code(), Some(status), "stdout: {}\nstderr: {talk}", out(output));
    assert!(!talk.contains("panicked") && !talk.contains("RUST_BACKTRACE"), "{talk}");
}

/// Copies every file below one directory to another.
pub fn copy(from: &Path, to: &Path) {
    for file in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file()) {
        let target = to.join(file.path().strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(file.path(), target).unwrap();
    }
}

/// A directory with a `corpus` and, once it is built, an `index`; gone when dropped.
pub struct Archive(tempfile::TempDir);

impl Archive {
    /// An empty corpus.
    pub fn new() -> Archive {
        Archive::within(tempfile::tempdir().unwrap())
    }

    /// An empty corpus in a directory that was chosen for it.
    pub fn within(dir: tempfile::TempDir) -> Archive {
        std::fs::create_dir(dir.path().join("corpus")).unwrap();
        Archive(dir)
    }

    /// A corpus of these files, not yet indexed.
    pub fn of<N: AsRef<str>, B: AsRef<[u8]>>(files: &[(N, B)]) -> Archive {
        let archive = Archive::new();
        files.iter().for_each(|(name, bytes)| archive.write(name.as_ref(), bytes));
        archive
    }

    /// A corpus of these files, and its index.
    pub fn indexed<N: AsRef<str>, B: AsRef<[u8]>>(files: &[(N, B)]) -> Archive {
        let archive = Archive::of(files);
        archive.build();
        archive
    }

    /// An index of a corpus that lies elsewhere.
    pub fn over(corpus: &Path) -> Archive {
        let archive = Archive::new();
        check_ends(&run(archive.path(), &["index", corpus.to_str().unwrap()]), 0);
        archive
    }

    /// The sample corpus of this repository, and its index.
    pub fn sample() -> Archive {
        let archive = Archive::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &archive.corpus());
        archive.build();
        archive
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn corpus(&self) -> PathBuf {
        self.path().join("corpus")
    }

    pub fn index(&self) -> PathBuf {
        self.path().join("index")
    }

    /// Writes a file of the corpus.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.corpus().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Makes the index, or brings it up to date.
    pub fn build(&self) {
        check_ends(&run(self.path(), &["index", "corpus"]), 0);
    }

    pub fn reader(&self) -> IndexReader {
        IndexReader::open(&self.index()).unwrap()
    }
}
