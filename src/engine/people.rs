//! The hand-kept file of people of an index: where it lies, and what it said when it was read last.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "`people.toml` is looked for and read here")]

use super::Error;
use crate::directory::{BadPeople, FILE, MOST_BYTES, People, filed};
use crate::query::{Exactness, Field, Phrase, Query, Word};
use crate::results::RankedPassage;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// What is looked at to see whether a file is another one: its time and its length; none where there is no file.
type Stamp = Option<(SystemTime, u64)>;

/// Reads a file of people, again when it is another one.
pub(in crate::engine) struct PeopleFile {
    path: Option<PathBuf>,
    /// Somebody named it: that it is missing is said.
    named: bool,
    last: Mutex<Stamp>,
}

impl PeopleFile {
    /// The file that was named, or else that in the directory of the corpus, and what it says.
    ///
    /// # Errors
    /// [`Error::People`] when it is not understood, or is named and cannot be read.
    pub fn open(named: Option<&Path>, corpus: Option<&Path>) -> Result<(PeopleFile, Arc<People>), Error> {
        let path = named.map(Path::to_owned).or_else(|| corpus.map(|corpus| corpus.join(FILE)));
        let file = PeopleFile { path, named: named.is_some(), last: Mutex::default() };
        let people = file.read()?;
        Ok((file, Arc::new(people)))
    }

    /// What it says now, if it is another one than was read last.
    ///
    /// # Errors
    /// As [`PeopleFile::open`]; it is read again when it has changed again.
    pub fn changed(&self) -> Result<Option<Arc<People>>, Error> {
        if self.stamp() == *self.last.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(None);
        }
        self.read().map(|people| Some(Arc::new(people)))
    }

    fn stamp(&self) -> Stamp {
        let metadata = std::fs::metadata(self.path.as_ref()?).ok()?;
        Some((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), metadata.len()))
    }

    fn read(&self) -> Result<People, Error> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = self.stamp();
        let Some(path) = &self.path else { return Ok(People::default()) };
        let name = path.display().to_string();
        let bad = |message: String| Error::People(BadPeople { file: name.clone(), line: None, message });
        if !self.named && !path.is_file() {
            return Ok(People::default());
        }
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(|error| bad(error.to_string()))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(bad(format!("larger than {MOST_BYTES} bytes, the most that is read; split off who is not needed")));
        }
        let text = String::from_utf8(bytes).map_err(|_| bad("not in UTF-8; save it so".to_owned()))?;
        People::parse(&text, &name).map_err(Error::People)
    }
}

/// Most names that a query is given beside those that were typed: what is planned and looked up has to be little, for it comes before any
/// deadline is looked at.
const MOST_ADDED: usize = 2_000;

/// A query in which whoever asks for somebody's words asks for them under every name that is said to be theirs; and what is to be said
/// when they have more names than are looked for.
pub(in crate::engine) fn widened(query: &Query, people: &People) -> (Query, Option<String>) {
    if people.is_empty() || !query.names_speakers() {
        return (query.clone(), None);
    }
    let mut widening = Widening { people, left: MOST_ADDED, short: false };
    let query = widening.within(query, false);
    let short = widening.short.then(|| {
        format!(
            "those who are asked for have more than {MOST_ADDED} names in {FILE}; some were looked for as typed alone: ask for fewer at once"
        )
    });
    (query, short)
}

struct Widening<'a> {
    people: &'a People,
    /// Names that may still be added.
    left: usize,
    /// Somebody was looked for as typed alone.
    short: bool,
}

impl Widening<'_> {
    fn within(&mut self, query: &Query, speaks: bool) -> Query {
        match query {
            Query::Field(Field::Speaker, part) => Query::Field(Field::Speaker, self.boxed(part, true)),
            Query::Phrase(Phrase { text, slop: 0, exactness: Exactness::Words }) if speaks => self.anybody(query, text),
            Query::Word(Word::Forms(text)) if speaks => self.anybody(query, text),
            Query::And(parts) => Query::And(self.all(parts, speaks)),
            Query::Or(parts) => Query::Or(self.all(parts, speaks)),
            Query::Any(parts) => Query::Any(self.all(parts, speaks)),
            Query::Not(part) => Query::Not(self.boxed(part, speaks)),
            Query::Article(part) => Query::Article(self.boxed(part, speaks)),
            Query::Boost(part, factor) => Query::Boost(self.boxed(part, speaks), *factor),
            other => other.clone(),
        }
    }

    fn all(&mut self, parts: &[Query], speaks: bool) -> Vec<Query> {
        parts.iter().map(|part| self.within(part, speaks)).collect()
    }

    fn boxed(&mut self, part: &Query, speaks: bool) -> Box<Query> {
        Box::new(self.within(part, speaks))
    }

    /// The name as typed, or any other of whom it means.
    fn anybody(&mut self, typed: &Query, text: &str) -> Query {
        let Some(names) = self.people.names(text) else { return typed.clone() };
        let phrase = |name: &String| Query::Phrase(Phrase { text: name.clone(), slop: 0, exactness: Exactness::Words });
        let others = names.iter().filter(|name| !name.eq_ignore_ascii_case(text)).map(phrase);
        let mut any: Vec<Query> = std::iter::once(typed.clone()).chain(others).collect();
        if any.len() == 1 {
            return any.remove(0);
        }
        let Some(left) = self.left.checked_sub(any.len() - 1) else {
            self.short = true;
            return typed.clone();
        };
        self.left = left;
        Query::Or(any)
    }
}

/// Calls those who speak in a passage as it is said by hand that they are called.
pub fn call(passage: &mut RankedPassage, people: &People) {
    if people.is_empty() {
        return;
    }
    for speaker in &mut passage.speakers {
        if let Some(called) = people.called(&speaker.name) {
            speaker.name = called.to_owned();
        }
    }
}

/// The names of a file that a directory has to be asked about, with the last name each is filed under.
pub(in crate::engine) fn listed(people: &People) -> impl Iterator<Item = (&str, String)> {
    people.listed().iter().filter_map(|name| Some((name.as_str(), filed(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_grows_by_so_many_names_at_most_and_says_so() {
        let names: Vec<String> = (0..100).map(|number| format!("\"Ann Lee{number}\"")).collect();
        let people = People::parse(&format!("[[same]]\nnames = [{}]\n", names.join(",")), "people.toml").expect("people");
        let name = || Query::Phrase(Phrase { text: "Ann Lee7".into(), slop: 0, exactness: Exactness::Words });
        let asked = |times: usize| {
            let part = |at: usize| Query::Boost(Box::new(Query::Field(Field::Speaker, Box::new(name()))), 1.0 + at as f32);
            widened(&Query::Or((0..times).map(part).collect()), &people)
        };
        let added = |query: &Query| query.to_string().matches("Ann Lee").count();
        let (query, short) = asked(20);
        assert_eq!((added(&query), short), (2_000, None));
        let (query, short) = asked(30);
        assert_eq!(added(&query), 2_010);
        assert!(short.is_some_and(|short| short.contains("more than 2000 names in people.toml")));
    }
}
