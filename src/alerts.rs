//! Tells of passages as their articles arrive: saved searches, and what was found for each.
//!
//! Takes a folder of saved searches and an index that grows, and gives every passage of an article that is new since the last look, once, as a
//! line of a journal. What is looked for in the new articles, and what is a mention there, is decided as in any search
//! ([`StandingQueries`](crate::engine::StandingQueries)). Everything is kept in one folder:
//!
//! | file | what it holds |
//! |---|---|
//! | `alerts.jsonl` | the journal: a line for each passage, in the order it was found; it only grows |
//! | `known` | which files, articles and passages were looked at, as hashes; it only grows |
//! | `alerts.atom` | the newest lines, for readers of feeds |
//! | `sent-NAME.json` | how far the journal was sent to NAME |
//!
//! A line is on the disk before what it tells of counts as known, and is known before it is sent: whoever is killed on the way goes on where
//! he was.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "saved searches and what was found lie on the disk here")]

mod folder;
mod journal;
mod known;
mod look;
mod messages;
mod outbox;

pub use folder::{Folder, Refused, SavedSearch};
pub use journal::{Journal, Lines};
pub use look::{Look, Watcher};
pub use messages::{MOST_SHOWN, Message};
pub use outbox::Outbox;

use crate::engine::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is in the way of alerts.
#[derive(Debug)]
pub enum Failure {
    /// The index cannot be read.
    Engine(Error),
    /// A file or folder cannot be read or written.
    File(PathBuf, io::Error),
    /// A file that says how far the journal was sent is damaged.
    Damaged(PathBuf),
    /// The index keeps no list of its files that this version can read.
    NoLedger,
}

impl Failure {
    fn of(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |error| Failure::File(path, error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Engine(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Engine(error) => error.fmt(f),
            Failure::File(path, error) => write!(f, "{}: {error}", path.display()),
            Failure::Damaged(path) => {
                write!(f, "{} is damaged\nhint: remove it; what is found from then on is sent", path.display())
            }
            Failure::NoLedger => f.write_str("the index has no list of its files; `newshound index CORPUS` makes one"),
        }
    }
}

impl std::error::Error for Failure {}
