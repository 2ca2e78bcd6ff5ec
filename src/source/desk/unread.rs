//! Why an input gave no article, and what is doubtful about those that did: for the closing report and its machine form.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An input (file or record) that gave no article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Path below the corpus directory; a member of an archive follows after `!`.
    pub file: String,
    /// 0-based number of the record; `None` when the whole file was not read.
    pub record: Option<u32>,
    /// For programs.
    pub reason: Reason,
    /// For people: what is wrong, and where there is one, the way out.
    pub message: String,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}#{record}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for Unread {}

/// The kinds of reasons why there is no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The file could not be opened or read.
    Unreadable,
    /// Nothing in it.
    Empty,
    /// Not text: a picture, a program, unknown bytes.
    Binary,
    /// It has a form, but no words in it.
    NoText,
    /// Larger than a limit.
    TooLarge,
    /// A link, a pipe or a device, which is never followed or opened.
    NotAFile,
    /// Not well-formed.
    Broken,
    /// Nested too deeply, or unpacking without end.
    Hostile,
    /// A column or key that the user names is not there.
    NoSuchColumn,
    /// Something else than a story: a picture with its caption data, a cancelled item, a revisit record.
    NotAnArticle,
}

impl Reason {
    /// What an error of reading means: our own limits on unpacking speak through `FileTooLarge`.
    pub(crate) fn from_error(error: &std::io::Error) -> Reason {
        match error.kind() {
            std::io::ErrorKind::FileTooLarge => Reason::Hostile,
            std::io::ErrorKind::Unsupported => Reason::Binary,
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput | std::io::ErrorKind::UnexpectedEof => {
                Reason::Broken
            }
            _ => Reason::Unreadable,
        }
    }
}

/// An article was read, but something about it is a guess. Told once per file and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Path below the corpus directory.
    pub file: String,
    /// The first record concerned.
    pub record: u32,
    /// How many records are concerned.
    pub records: u32,
    /// For programs.
    pub kind: DoubtKind,
    /// For people, from the first record.
    pub message: String,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}: {}", self.file, self.record, self.message)?;
        match self.records {
            0 | 1 => Ok(()),
            more => write!(f, " (and {} more records)", more - 1),
        }
    }
}

/// The kinds of doubts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// A date that reads two ways.
    DateOrder,
    /// A date that could not be read.
    Date,
    /// Bytes that were not what the file declares.
    Bytes,
    /// A key that the user names is not in the record.
    Field,
    /// An id that stands on two records.
    Id,
    /// More of something than is looked at; the words are kept.
    Limit,
    /// Much of the text is in no story that was recognised.
    Partial,
    /// Tags or quotation marks of a format that do not fit; read as well as they can be.
    Markup,
    /// A dateline field that holds no dateline.
    Dateline,
    /// A headline without a story.
    HeadlineOnly,
}
