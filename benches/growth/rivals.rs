//! Lucene and SQLite FTS5: programs of this folder that build an index and answer for as long as they are asked.

use crate::building::Index;
use crate::jvm;
use crate::news::News;
use crate::systems::{Asked, System};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Questions of each class that SQLite is asked: it reads whatever has one of the words, tenths of a second at 1000 MB.
pub fn questions(mb: usize) -> usize {
    (10_000 / mb.max(1)).clamp(10, 40)
}

/// Lucene, compiled.
pub struct Lucene {
    java: Vec<OsString>,
    pub version: String,
    /// Where its classes are, for as long as they are needed.
    _classes: tempfile::TempDir,
}

impl Lucene {
    pub fn found(root: &Path, scripts: &Path) -> Result<Lucene, String> {
        let jars = jvm::jars(root)?;
        let home = jvm::home(&root.join("target/bench/opensearch")).ok_or("skipped: no Java of 21 or newer with a compiler")?;
        let classes = tempfile::tempdir().map_err(|error| format!("skipped: Lucene, {error}"))?;
        jvm::compile(&home, &jars, &scripts.join("Lucene.java"), classes.path())?;
        let java = jvm::command(&home, &jars, classes.path());
        let version = said(&java, &["version"]).ok_or("skipped: Lucene does not start")?;
        let version = version.replace('\t', " on Java ");
        Ok(Lucene { java, version, _classes: classes })
    }

    pub fn system(&self, news: &News) -> Piped {
        let (jsonl, at, queries) = (news.jsonl().into(), news.index("lucene"), news.queries().into());
        let index = vec!["index".into(), jsonl, at.clone().into(), "2".into()];
        let ask = vec!["ask".into(), at.clone().into(), queries];
        Piped { name: "Lucene", program: self.java.clone(), index, ask, at, open: None }
    }
}

/// SQLite, as Python brings it.
pub struct Sqlite {
    python: Vec<OsString>,
    pub version: String,
}

impl Sqlite {
    pub fn found(scripts: &Path) -> Result<Sqlite, String> {
        let script = scripts.join("sqlite.py").into_os_string();
        let said = said(&["python3".into(), script.clone()], &["version"]).ok_or("skipped: no SQLite with FTS5 in python3")?;
        // The interpreter itself and no script that looks for one, whose time would be counted.
        let (python, version) = said.split_once('\t').ok_or("skipped: no SQLite with FTS5 in python3")?;
        Ok(Sqlite { python: vec![python.into(), script], version: version.to_owned() })
    }

    pub fn system(&self, news: &News, questions: usize) -> Piped {
        let (jsonl, at, queries) = (news.jsonl().into(), news.index("sqlite"), news.queries().into());
        let index = vec!["index".into(), jsonl, at.clone().into()];
        let ask = vec!["ask".into(), at.clone().into(), queries, questions.to_string().into()];
        Piped { name: "SQLite FTS5", program: self.python.clone(), index, ask, at, open: None }
    }
}

/// What a command prints, if it succeeds.
fn said(program: &[OsString], arguments: &[&str]) -> Option<String> {
    let output = Command::new(&program[0]).args(&program[1..]).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A program that answers all questions whenever it is given a line.
pub struct Piped {
    name: &'static str,
    program: Vec<OsString>,
    index: Vec<OsString>,
    ask: Vec<OsString>,
    at: PathBuf,
    open: Option<Open>,
}

struct Open {
    child: Child,
    /// Nothing once it is to end.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Piped {
    fn command(&self, arguments: &[OsString]) -> Command {
        let mut command = Command::new(&self.program[0]);
        command.args(&self.program[1..]).args(arguments);
        command
    }

    fn opened(&mut self) -> &mut Open {
        if self.open.is_none() {
            self.open = Some(Open::new(self.command(&self.ask)));
        }
        self.open.as_mut().expect("just opened")
    }
}

impl System for Piped {
    fn name(&self) -> &'static str {
        self.name
    }

    fn index(&self) -> Option<Index> {
        Some(Index { command: self.command(&self.index), at: self.at.clone() })
    }

    fn pass(&mut self, _: usize) -> Vec<Asked> {
        self.opened().pass()
    }
}

impl Open {
    fn new(mut command: Command) -> Open {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let (questions, answers) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("piped")));
        Open { child, questions, answers }
    }

    fn pass(&mut self) -> Vec<Asked> {
        let mut questions = self.questions.as_ref().expect("open");
        questions.write_all(b"again\n").expect("it reads");
        let lines = (&mut self.answers).lines().map(|line| line.expect("it answers"));
        let answers: Vec<Asked> = lines.take_while(|line| !line.is_empty()).map(|line| Asked::read(&line)).collect();
        assert!(!answers.is_empty(), "it ended before it answered");
        answers
    }
}

impl Drop for Open {
    /// It ends when no more comes in.
    fn drop(&mut self) {
        self.questions = None;
        let _ = self.child.wait();
    }
}
