//! Tells which printed names are one person or body, over a whole archive.
//!
//! Takes the names that each article gives its speakers and gives a [`Directory`]. Within an article names are settled already
//! ([`crate::quotation`]); here `VLADIMIR PUTIN` in one article, `Vladimir Putin` in another and a bare `Putin` in a third become one
//! **entry**, where that is certain:
//!
//! - Capitals, accents, possessives, titles and articles make no difference; given names do, always.
//! - A middle name may be missing or an initial when all printings of the name agree with each other.
//! - An initial stands for the one person of that last name whom it fits, and a bare last name for the only person who has it, when
//!   the archive prints the full name in at least two articles, within a year of it, and nobody else in the article shares it.
//! - Companies are named after people: a bare last name must have a title or a "he" or "she" in its article, unless the full name is in
//!   ten articles, and those with the bare one are a third as many at most, or a third of them show a person.
//!
//! What is no name ("the ministry", "analysts": see [`filed`]) belongs to its article alone and is not in a directory.
//!
//! Where somebody who knows has said who is who ([`People`]), that wins.
//!
//! Everything here depends on the set of articles only, not on their order; and on names of one last name only, so that the
//! directory of one last name tells the same about it as that of the whole archive. Last names that a person of [`People`] has beside each
//! other are read together ([`People::lasts_with`]), and the same holds of them.

mod form;
mod people;
mod said;
mod settle;
pub mod terms;

pub use people::{BadPeople, FILE, MOST_BYTES, MOST_NAMES, People};

use crate::day::Days;
use crate::lexicon::{MAN, MISSES, MISTER, TITLE, WOMAN};
use form::{NameForm, NameShape};
use std::collections::HashMap;

/// A name typed in small letters throughout as an article would print it: `ilse brandauer` as `Ilse Brandauer`.
pub fn in_capitals(typed: &str) -> String {
    if typed.chars().any(char::is_uppercase) {
        return typed.to_owned();
    }
    let mut before = ' ';
    let capital = |c: char| {
        let begins = !before.is_alphanumeric() && before != '\'';
        before = c;
        if begins { c.to_uppercase().collect::<String>() } else { c.to_string() }
    };
    typed.chars().map(capital).collect()
}

/// True for a single given name, by which people of many last names may be called.
pub fn is_given(typed: &str) -> bool {
    let form = NameForm::new(typed);
    form.words.len() == 1 && form::class(&form.words[0]) & (MAN | WOMAN) != 0
}

/// True for a title as it is printed before a name: `Mr`, `President`, `Sen.`.
pub fn is_title(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    !word.is_empty() && form::class(word) & (TITLE | MISTER | MISSES) != 0
}

/// Where the directory files a printed name: under its last word, folded. `None` for what is no name.
pub fn filed(printed: &str) -> Option<String> {
    let form = NameForm::new(printed);
    (form.shape != NameShape::Description && !form.words.is_empty()).then(|| form.last().to_owned())
}

/// Whether two names printed apart from each other may be one person or body; `None` where names alone cannot tell: for a description, for
/// a body beside a person who may speak for it, and for one last name with two given names, of which one may be short for the other.
///
/// ```
/// use newshound::directory::may_be_one;
///
/// assert_eq!(may_be_one("Brandauer", "Chancellor Ilse Brandauer"), Some(true));
/// assert_eq!(may_be_one("Matteus Orlan", "Ilse Brandauer"), Some(false));
/// assert_eq!(may_be_one("a spokesman", "Ilse Brandauer"), None);
/// ```
pub fn may_be_one(one: &str, other: &str) -> Option<bool> {
    let (one, other) = (NameForm::new(one), NameForm::new(other));
    let tells = |form: &NameForm| form.shape != NameShape::Description && !form.words.is_empty();
    if !tells(&one) || !tells(&other) {
        return None;
    }
    let (short, long) = if one.words.len() <= other.words.len() { (&one, &other) } else { (&other, &one) };
    if short.words.iter().all(|word| long.words.contains(word)) {
        return Some(true);
    }
    if short.words.len() > 1 && short.last() == long.last() {
        return form::may_be_short(&short.words[0], &long.words[0]).then_some(true);
    }
    let initials: String = long.words.iter().filter_map(|word| word.chars().next()).collect();
    let body = |form: &NameForm| form.shape == NameShape::Body;
    match short.words.as_slice() {
        [word] if *word == initials => Some(true),
        _ => (body(short) == body(long)).then_some(false),
    }
}

/// A printed name, numbered.
pub type NameId = u32;

/// A person, body or description of the archive, numbered.
pub type EntryId = u32;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Somebody (or some body of several words) named in full.
    Name,
    /// A single word that no full name could be found for: a last name, or a body.
    Single,
    /// An organisation, a place, a nation.
    Body,
}

/// The speakers of one article, as far as they are named.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// Each name once; true when the article speaks of it as of a person: a "he" or "she" stands for it,
    /// or a title before the last name, or the last name alone for a full one.
    pub names: Vec<(NameId, bool)>,
    /// The days on one of which the article was published, if known.
    pub days: Option<Days>,
}

impl Company {
    /// Adds a name that speaks; `personal` as in [`Company::names`].
    pub fn note(&mut self, name: NameId, personal: bool) {
        match self.names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known |= personal,
            None => self.names.push((name, personal)),
        }
    }
}

/// Gathers the names of an archive, article by article, in any order.
#[derive(Debug, Default)]
pub struct Gathering {
    texts: Vec<String>,
    by_text: HashMap<String, NameId>,
    facts: Vec<NameFacts>,
}

/// What the articles tell of a name.
#[derive(Debug, Clone, Copy, Default)]
struct NameFacts {
    articles: u32,
    /// Articles that speak of it as of a person.
    personal: u32,
    /// From the first day it is printed to the last, if known.
    days: Option<Days>,
}

impl NameFacts {
    fn add(&mut self, other: NameFacts) {
        self.articles += other.articles;
        self.personal += other.personal;
        self.days = match (self.days, other.days) {
            (None, days) | (days, None) => days,
            (Some(own), Some(other)) => Some(own.and(other)),
        };
    }
}

impl Gathering {
    /// The number of a printed name.
    pub fn name(&mut self, text: &str) -> NameId {
        if let Some(known) = self.by_text.get(text) {
            return *known;
        }
        let number = self.texts.len() as NameId;
        self.texts.push(text.to_owned());
        self.by_text.insert(text.to_owned(), number);
        self.facts.push(NameFacts::default());
        number
    }

    /// Takes in the speakers of one article.
    pub fn article(&mut self, company: &Company) {
        for &(name, personal) in &company.names {
            self.facts[name as usize].add(NameFacts { articles: 1, personal: u32::from(personal), days: company.days });
        }
    }

    /// Tells who is who.
    pub fn settle(self) -> Directory {
        self.settle_with(&People::default())
    }

    /// The same where something is said by hand.
    pub fn settle_with(self, people: &People) -> Directory {
        settle::settled(self, people)
    }
}

/// Who is who in an archive.
#[derive(Debug)]
pub struct Directory {
    texts: Vec<String>,
    facts: Vec<NameFacts>,
    by_text: HashMap<String, NameId>,
    /// The key of each printed name.
    keys: Vec<u32>,
    entries: Vec<Key>,
}

/// All printings of one folded name.
#[derive(Debug)]
struct Key {
    form: NameForm,
    facts: NameFacts,
    /// The printings.
    names: Vec<NameId>,
    /// The entry it belongs to: itself, or the fuller name it is certainly short for.
    entry: EntryId,
    /// For a single word: the entry it stands for, unless its article speaks against it.
    stands_for: Option<EntryId>,
    /// For a single word: it may stand for a person even where its article does not tell a person from a company.
    mostly_personal: bool,
    /// For a single word or a name with a gap: whom it may stand for.
    may_be: Vec<EntryId>,
    /// The name that is shown: the commonest printing, without title.
    shown: String,
    /// It is said by hand whose name this is.
    listed: bool,
    /// What is said to be the name of the entry.
    called: Option<String>,
}

impl Directory {
    /// The number of a name as printed, if the archive has it.
    pub fn name(&self, text: &str) -> Option<NameId> {
        self.by_text.get(text).copied()
    }

    /// A name as printed.
    pub fn text(&self, name: NameId) -> &str {
        &self.texts[name as usize]
    }

    /// Whom `name` means in an article where `company` speaks.
    pub fn entry(&self, name: NameId, company: &Company) -> EntryId {
        let own = self.keys[name as usize];
        let key = &self.entries[own as usize];
        match key.stands_for {
            Some(full) if self.fits(name, key, full, company) => full,
            _ => key.entry,
        }
    }

    /// True when the article speaks of a short name as of a person (or the archive does, and of one who is in the news), unless its
    /// day or a namesake in it speaks against its standing for `full`.
    fn fits(&self, name: NameId, key: &Key, full: EntryId, company: &Company) -> bool {
        let person = company.names.iter().any(|(other, personal)| *other == name && *personal);
        if !person && !key.mostly_personal {
            return false;
        }
        if !meet(self.entries[full as usize].facts.days, company.days) {
            return false;
        }
        // The article has settled its own names: who is left with a bare one beside a full one is somebody else.
        !company.names.iter().any(|(other, _)| {
            let other = &self.entries[self.keys[*other as usize] as usize].form;
            other.is_full() && other.last() == key.form.last() && other.words != key.form.words
        })
    }

    /// The name an entry is shown by: its commonest full printing.
    pub fn shown(&self, entry: EntryId) -> &str {
        &self.entries[entry as usize].shown
    }

    /// Where an entry stands in the alphabet: the last name, then the others, folded.
    pub fn filed_under(&self, entry: EntryId) -> String {
        let key = &self.entries[entry as usize];
        let called = key.called.as_deref().map(NameForm::new);
        let form = called.as_ref().unwrap_or(&key.form);
        format!("{} {}", form.last(), form.words.join(" "))
    }

    /// What an entry is.
    pub fn kind(&self, entry: EntryId) -> EntryKind {
        match self.entries[entry as usize].form.shape {
            NameShape::Person | NameShape::Several => EntryKind::Name,
            NameShape::Single => EntryKind::Single,
            NameShape::Body | NameShape::Description => EntryKind::Body,
        }
    }

    /// Whom an entry may also be, where the archive does not tell.
    pub fn may_be(&self, entry: EntryId) -> &[EntryId] {
        &self.entries[entry as usize].may_be
    }

    /// Every printing that may mean one of `entries`, the commonest first.
    pub fn printings(&self, entries: &[EntryId]) -> Vec<&str> {
        let means = |key: &&Key| entries.contains(&key.entry) || key.stands_for.is_some_and(|full| entries.contains(&full));
        let mut found: Vec<NameId> = self.entries.iter().filter(means).flat_map(|key| key.names.iter().copied()).collect();
        found.sort_by_key(|name| (std::cmp::Reverse(self.facts[*name as usize].articles), self.text(*name)));
        found.into_iter().map(|name| self.text(name)).collect()
    }

    /// The entries that a typed name means, the one with most articles first: everybody of that name, or of that last or given
    /// name; if there is nobody, all names with these words in a row.
    pub fn meant(&self, typed: &str) -> Vec<EntryId> {
        let form = NameForm::new(typed);
        let ways: [&dyn Fn(&NameForm) -> bool; 2] =
            [&|known| is_meant(&form, known) || has_given(&form, known), &|known| holds(&known.words, &form.words)];
        let found = ways.iter().map(|way| self.most_first(&|key| way(&key.form)));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The entry of whom `name` means by what is said by hand, if the archive prints a name of theirs.
    pub fn said(&self, name: &str, people: &People) -> Option<EntryId> {
        let person = Some(people.person(name)?);
        self.entries.iter().find(|key| key.listed && people.person_of_key(&key.form.key()) == person).map(|key| key.entry)
    }

    /// True when the archive prints this name, however written.
    pub fn prints(&self, name: &str) -> bool {
        let wanted = NameForm::new(name).key();
        self.entries.binary_search_by(|key| key.form.key().cmp(&wanted)).is_ok()
    }

    /// Everybody who has this last name, the one with most articles first.
    pub fn everybody(&self, last: &str) -> Vec<EntryId> {
        self.most_first(&|key| key.form.last() == last)
    }

    fn most_first(&self, wanted: &dyn Fn(&Key) -> bool) -> Vec<EntryId> {
        let mut found: Vec<EntryId> = self.entries.iter().filter(|key| wanted(key)).map(|key| key.entry).collect();
        found.sort_unstable();
        found.dedup();
        found.sort_by_key(|entry| (std::cmp::Reverse(self.articles(*entry)), *entry));
        found
    }

    /// In how many articles an entry speaks under its full names.
    pub fn articles(&self, entry: EntryId) -> u32 {
        self.entries[entry as usize].facts.articles
    }
}

/// True when two times are within a year of each other, or one of them is not known.
fn meet(one: Option<Days>, other: Option<Days>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one.within_a_year(other))
}

/// True when a typed name means a known one: the same, the same but for initials and middle names, or its last name.
fn is_meant(typed: &NameForm, known: &NameForm) -> bool {
    if typed.words == known.words && (typed.suffix.is_none() || typed.suffix == known.suffix) {
        return true;
    }
    if typed.suffix.is_some() && typed.suffix != known.suffix {
        return false;
    }
    if typed.last() != known.last() || !known.is_full() {
        return false;
    }
    match (typed.given(), known.given()) {
        (None, _) => true,
        (Some(one), Some(other)) => {
            let given = one == other || (form::is_initial(one) && other.starts_with(one));
            given && (typed.middle().is_empty() || (!known.middle().is_empty() && agree(typed.middle(), known.middle())))
        }
        _ => false,
    }
}

fn has_given(typed: &NameForm, known: &NameForm) -> bool {
    typed.words.len() == 1 && known.is_full() && known.given() == Some(typed.words[0].as_str())
}

/// True when `words` hold `part` in a row.
fn holds(words: &[String], part: &[String]) -> bool {
    words.windows(part.len()).any(|window| window == part)
}

/// True when middle names do not speak against each other: one side has none, or each is the other's or its initial.
fn agree(one: &[String], other: &[String]) -> bool {
    one.is_empty()
        || other.is_empty()
        || (one.len() == other.len() && one.iter().zip(other).all(|(a, b)| form::may_be_short(a, b)))
}
