//! What the owner of an archive says about odd files: `newshound.toml`, or options of a command.
//!
//! Takes the text of a settings file and gives [`Settings`]: for each group of files the columns that hold the parts of an article,
//! the separator, the encoding, the order of day and month, the language and the outlet. Whatever is not understood is refused
//! with the line it stands on. How the words are used is left to the readers.

#![allow(clippy::disallowed_methods, reason = "`newshound.toml` is looked for and read here")]

mod file;

use super::format::Format;
use super::limits::Limits;
use super::part::{self, Part};
use crate::source::print::date::DateOrder;
use globset::GlobMatcher;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The name of the settings file in the directory of a corpus.
pub const FILE: &str = "newshound.toml";

/// What is said about a file; every part may be left unsaid.
#[derive(Debug, Clone, Default)]
pub struct FileSettings {
    /// Which column or key holds a part.
    pub(crate) fields: BTreeMap<Part, NamedColumn>,
    /// The order of day and month in dates such as `03/04/2025`; unsaid: decided per file, and said.
    pub date_order: Option<DateOrder>,
    /// What kind of file it is, whatever it looks like.
    pub(crate) format: Option<Format>,
    /// The byte between two columns of a table.
    pub(crate) delimiter: Option<u8>,
    /// What the bytes of the file are in, whatever it declares.
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    /// ISO 639-1 code of all articles.
    pub language: Option<String>,
    /// The newspaper of all articles.
    pub outlet: Option<String>,
}

/// A column named by the user, and where it was named: `newshound.toml:7`, `--field`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedColumn {
    pub column: String,
    pub by: String,
}

impl FileSettings {
    /// Says that the column or key `column` holds `part` (`headline`, `text`, `date`, ...); `by` names who says so, for messages.
    ///
    /// # Errors
    /// A message when there is no part of this name.
    pub fn field(&mut self, part: &str, column: &str, by: &str) -> Result<(), String> {
        let Some(found) = Part::named(part) else {
            return Err(format!("unknown field `{part}`{}; there are {}", nearest(part, Part::NAMES), Part::NAMES.join(", ")));
        };
        if column.is_empty() {
            return Err(format!("`{part}` names no column"));
        }
        self.fields.insert(found, NamedColumn { column: column.to_owned(), by: by.to_owned() });
        Ok(())
    }

    /// The part the field `name` holds and how well the name fits (0: the user says so, then best first).
    pub(crate) fn part(&self, name: &str) -> Option<(Part, usize)> {
        if let Some((part, _)) = self.fields.iter().find(|(_, named)| named.column == name) {
            return Some((*part, 0));
        }
        part::usual(name).map(|(part, rank)| (part, rank + 1))
    }

    /// Is `name` the name of the headline or the body?
    pub(crate) fn is_story(&self, name: &str) -> bool {
        matches!(self.part(name), Some((Part::Headline | Part::Body, _)))
    }

    /// What is said here, and where nothing is said, what `other` says.
    pub(crate) fn or(&self, other: &FileSettings) -> FileSettings {
        let mut fields = other.fields.clone();
        fields.extend(self.fields.clone());
        FileSettings {
            fields,
            date_order: self.date_order.or(other.date_order),
            format: self.format.or(other.format),
            delimiter: self.delimiter.or(other.delimiter),
            encoding: self.encoding.or(other.encoding),
            language: self.language.clone().or_else(|| other.language.clone()),
            outlet: self.outlet.clone().or_else(|| other.outlet.clone()),
        }
    }
}

/// A settings file.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What is refused for its size.
    pub limits: Limits,
    rules: Vec<Rule>,
}

/// What is said about the files that fit a pattern.
#[derive(Debug, Clone)]
struct Rule {
    paths: Vec<GlobMatcher>,
    said: FileSettings,
}

impl Settings {
    /// Reads the settings file at `path`.
    ///
    /// # Errors
    /// [`BadSettings`] when it cannot be read or says what is not understood.
    pub fn open(path: &Path) -> Result<Settings, BadSettings> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Settings::parse(&text, &file),
            Err(error) => Err(BadSettings { file, line: None, message: error.to_string() }),
        }
    }

    /// The settings file in the directory `corpus`, if there is one.
    ///
    /// # Errors
    /// As [`Settings::open`].
    pub fn of_corpus(corpus: &Path) -> Result<Option<Settings>, BadSettings> {
        let path = corpus.join(FILE);
        if corpus.is_dir() && path.is_file() { Settings::open(&path).map(Some) } else { Ok(None) }
    }

    /// Reads `text`; `file` names it in messages.
    ///
    /// # Errors
    /// [`BadSettings`] for the first thing that is not understood.
    pub fn parse(text: &str, file: &str) -> Result<Settings, BadSettings> {
        file::settings(text, file)
    }

    /// What is said about the file called `name` below the corpus: by the first rule that fits.
    pub(crate) fn about(&self, name: &str) -> Option<&FileSettings> {
        let spread = name.replace('!', "/");
        let fits = |glob: &GlobMatcher| {
            // What is said of an archive is said of its members.
            glob.is_match(name) || glob.is_match(&spread) || name.match_indices('!').any(|(end, _)| glob.is_match(&name[..end]))
        };
        self.rules.iter().find(|rule| rule.paths.iter().any(fits)).map(|rule| &rule.said)
    }
}

/// Why a settings file is not taken: the first thing in it that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSettings {
    /// The file.
    pub file: String,
    /// 1-based line, where it is known.
    pub line: Option<usize>,
    /// What is wrong, and the way out.
    pub message: String,
}

impl fmt::Display for BadSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for BadSettings {}

/// ` (did you mean `headline`?)`, when one of `known` is near.
pub(crate) fn nearest(word: &str, known: &[&str]) -> String {
    let lower = word.to_lowercase();
    let near = known.iter().map(|name| (strsim::damerau_levenshtein(&lower, name), *name)).min();
    // Two slips of the finger, but not most of a short word.
    match near.filter(|(slips, name)| *slips <= 2 && *slips < name.len().min(word.len())) {
        Some((_, name)) => format!(" (did you mean `{name}`?)"),
        None => String::new(),
    }
}
