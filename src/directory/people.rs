//! Who is who as somebody says who knows: the hand-kept `people.toml`, read. What it says wins over what the archive seems to tell.
//!
//! Takes the text of the file and gives [`People`]: persons with the names that are theirs, and names that must never be one. Names are
//! compared as the directory compares them, so that capitals, accents and titles make no difference. Opening the file is left to others.

mod file;

pub use file::{FILE, MOST_BYTES, MOST_NAMES};

use super::form::NameForm;
use super::{filed, in_capitals, may_be_one};
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// What is said by hand about the names of an archive.
///
/// ```
/// use newshound::directory::People;
///
/// let people = People::parse("[[same]]\nnames = [\"Ilse Brandauer\", \"I. Brandauer-Holm\"]\n", "people.toml")?;
/// assert_eq!(people.called("I. BRANDAUER-HOLM"), Some("Ilse Brandauer"));
/// # Ok::<(), newshound::directory::BadPeople>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct People {
    persons: Vec<Person>,
    /// The person of each folded name, and the how manieth of their names it is.
    by_key: HashMap<String, (usize, usize)>,
    /// For each folded name the sets of names it stands in of which no two are one.
    apart: HashMap<String, Vec<usize>>,
    /// Names that the archive is expected to print, as they stand in the file.
    listed: Vec<String>,
    /// How many sets of different names there are.
    sets: usize,
    /// Last names that persons have beside each other, in groups; and the group of each.
    ties: Vec<Vec<String>>,
    tied: HashMap<String, usize>,
    mark: String,
}

/// Somebody, as the file has them.
#[derive(Debug, Clone)]
struct Person {
    /// How they are called.
    called: String,
    /// Folded names of theirs, in the order of the file.
    keys: Vec<String>,
    /// As they stand in the file, those that an article may print.
    names: Vec<String>,
}

/// A folded name, as the directory has it.
fn key_of(name: &str) -> String {
    NameForm::new(name).key()
}

impl People {
    /// Reads the text of a file; `file` names it in messages.
    ///
    /// # Errors
    /// [`BadPeople`] for the first thing that is not understood, or that speaks against what was said before.
    pub fn parse(text: &str, file: &str) -> Result<People, BadPeople> {
        file::people(text, file)
    }

    /// True when nothing is said.
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.sets == 0
    }

    /// Persons, and sets of names that are never one.
    pub fn counts(&self) -> (usize, usize) {
        (self.persons.len(), self.sets)
    }

    /// Names the text it was read from: another text has another one, and nothing has none.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// The names that the archive is expected to print; what is only typed for somebody is not among them.
    pub fn listed(&self) -> &[String] {
        &self.listed
    }

    /// Whom a name means, printed or typed, whoever prints it; `None` where nothing is said of it.
    pub fn called(&self, name: &str) -> Option<&str> {
        self.person(name).map(|person| self.persons[person].called.as_str())
    }

    /// Every name that an article may print for whom `name` means, the first as they are called.
    pub fn names(&self, name: &str) -> Option<&[String]> {
        self.person(name).map(|person| self.persons[person].names.as_slice())
    }

    /// [`may_be_one`], where nothing else is said.
    pub fn may_be_one(&self, one: &str, other: &str) -> Option<bool> {
        if self.is_empty() {
            return may_be_one(one, other);
        }
        match (self.person(one), self.person(other)) {
            (Some(one), Some(other)) => return Some(one == other),
            _ if self.are_apart(one, other) => return Some(false),
            _ => {}
        }
        // Somebody who has several names may be whom any of them may be.
        let (one, other) = (self.all_of(one), self.all_of(other));
        let told: Vec<Option<bool>> = one.iter().flat_map(|a| other.iter().map(|b| may_be_one(a, b))).collect();
        if told.contains(&Some(true)) {
            return Some(true);
        }
        if told.contains(&None) { None } else { Some(false) }
    }

    fn all_of<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        match self.names(name) {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => vec![name],
        }
    }

    fn are_apart(&self, one: &str, other: &str) -> bool {
        let (one, other) = (key_of(one), key_of(other));
        let mine = |name: &str| self.person_of_key(name).map_or(vec![], |person| self.persons[person].keys.clone());
        let all = |key: String| {
            let mut keys = mine(&key);
            keys.push(key);
            keys.iter().flat_map(|key| self.sets_of(key).iter().map(|set| (*set, key.clone()))).collect::<Vec<_>>()
        };
        let (ones, others) = (all(one), all(other));
        ones.iter().any(|(set, key)| others.iter().any(|(of, name)| set == of && key != name))
    }

    pub(super) fn person(&self, name: &str) -> Option<usize> {
        if self.persons.is_empty() {
            return None;
        }
        self.person_of_key(&key_of(name)).or_else(|| self.person_of_key(&key_of(&in_capitals(name))))
    }

    pub(super) fn person_of_key(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).map(|(person, _)| *person)
    }

    /// The how manieth name of its person a folded name is.
    pub(super) fn place_of_key(&self, key: &str) -> usize {
        self.by_key.get(key).map_or(usize::MAX, |(_, place)| *place)
    }

    /// How a person is called.
    pub(super) fn called_of(&self, person: usize) -> &str {
        &self.persons[person].called
    }

    pub(super) fn sets_of(&self, key: &str) -> &[usize] {
        self.apart.get(key).map_or(&[], Vec::as_slice)
    }

    /// The last names whose directory has to be read to tell who is who among names with this one: it, and those that the file ties to it.
    pub fn lasts_with<'a>(&'a self, last: &'a str) -> impl Iterator<Item = &'a str> {
        let tied = self.tied.get(last).map(|group| &self.ties[*group]);
        let alone = tied.is_none().then_some(last);
        tied.into_iter().flatten().map(String::as_str).chain(alone)
    }

    /// The last names under which the names of whom `name` means are filed.
    pub fn lasts_of(&self, name: &str) -> Vec<String> {
        let lasts: BTreeSet<String> = self.names(name).into_iter().flatten().filter_map(|name| filed(name)).collect();
        lasts.into_iter().collect()
    }

    /// Ties together the last names that persons have.
    fn tie(&mut self) {
        for person in &self.persons {
            let lasts: BTreeSet<String> = person.names.iter().filter_map(|name| filed(name)).collect();
            if lasts.len() < 2 {
                continue;
            }
            let mut met: Vec<usize> = lasts.iter().filter_map(|last| self.tied.get(last).copied()).collect();
            met.sort_unstable();
            met.dedup();
            // Into the largest of the groups that are one now.
            let group = met.iter().copied().max_by_key(|group| self.ties[*group].len()).unwrap_or(self.ties.len());
            if group == self.ties.len() {
                self.ties.push(Vec::new());
            }
            let others = met.into_iter().filter(|other| *other != group);
            let moved: Vec<String> = others.flat_map(|other| std::mem::take(&mut self.ties[other])).collect();
            let new: Vec<String> = lasts.into_iter().filter(|last| !self.tied.contains_key(last)).collect();
            for last in moved.into_iter().chain(new) {
                self.tied.insert(last.clone(), group);
                self.ties[group].push(last);
            }
        }
        self.ties.iter_mut().for_each(|group| group.sort_unstable());
    }
}

/// Why a file of people is not taken: the first thing in it that is not understood, or speaks against what was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPeople {
    /// The file.
    pub file: String,
    /// 1-based line, where it is known.
    pub line: Option<usize>,
    /// What is wrong, and the way out.
    pub message: String,
}

impl fmt::Display for BadPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for BadPeople {}
