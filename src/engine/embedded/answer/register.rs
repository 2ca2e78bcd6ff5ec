//! Who is who, looked up as needed: the directory of one last name at a time, from the units where that name speaks.

use super::passages::UNPACKED;
use crate::article::Article;
use crate::day::Days;
use crate::directory::{Company, Directory, EntryId, EntryKind, Gathering, People, filed, is_given};
use crate::engine::embedded::lookup::budget::Budget;
use crate::engine::embedded::store::quoted::{QuotationColumns, Who, is_personal};
use crate::engine::embedded::store::schema::Fields;
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::query::edits;
use crate::quotation::{Kind, Quotation};
use crate::words::Words;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term};

/// An entry, in the directory with this number.
pub(in crate::engine::embedded) type Whose = (u32, EntryId);

/// Most names suggested for one that nobody has.
const MOST_NEAR: usize = 5;

/// Reads the directories of last names, each once.
pub(in crate::engine::embedded) struct Register<'a> {
    searcher: &'a Searcher,
    speaker: Field,
    columns: Vec<QuotationColumns<'a>>,
    directories: Vec<Arc<Directory>>,
    by_last: HashMap<String, u32>,
    /// The directory of each name met so far; none for what is no name.
    by_name: HashMap<String, Option<u32>>,
    /// The only directory holds the whole archive.
    whole: bool,
    people: Arc<People>,
    budget: Rc<Budget>,
}

/// The speakers of an article.
pub(in crate::engine::embedded) struct Present<'a> {
    /// Each with whether the article speaks of it as of a person.
    names: Vec<(&'a str, bool)>,
    days: Option<Days>,
    /// The last company asked for, and of which directory: an article may have thousands of quotations.
    company: RefCell<Option<(u32, Rc<Company>)>>,
}

impl<'a> Present<'a> {
    pub fn new(article: &Article, quotations: &'a [Quotation]) -> Present<'a> {
        let mut names: Vec<(&str, bool)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for quotation in quotations.iter().filter(|quotation| quotation.kind != Kind::NotSpeech) {
            let Some(name) = quotation.speaker.as_ref().map(|speaker| speaker.name.as_str()) else { continue };
            let personal = is_personal(&article.text, quotation);
            match places.get(name) {
                Some(place) => names[*place].1 |= personal,
                None => {
                    places.insert(name, names.len());
                    names.push((name, personal));
                }
            }
        }
        let days = article.published.as_ref().and_then(|published| Days::of_published(&published.date));
        Present { names, days, company: RefCell::default() }
    }

    /// The same for the directory with this number, which need not know all of them.
    fn company(&self, number: u32, directory: &Directory) -> Rc<Company> {
        if let Some((of, company)) = &*self.company.borrow()
            && *of == number
        {
            return Rc::clone(company);
        }
        let mut company = Company { names: Vec::new(), days: self.days };
        for (name, personal) in &self.names {
            if let Some(name) = directory.name(name) {
                company.note(name, *personal);
            }
        }
        let company = Rc::new(company);
        *self.company.borrow_mut() = Some((number, Rc::clone(&company)));
        company
    }

    /// The days on one of which the article was published, if known.
    pub fn days(&self) -> Option<Days> {
        self.days
    }
}

impl<'a> Register<'a> {
    pub fn new(snapshot: &'a Snapshot, fields: &Fields, budget: &Rc<Budget>) -> tantivy::Result<Register<'a>> {
        let searcher = snapshot.names();
        let columns = searcher.segment_readers().iter().map(QuotationColumns::open).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Register {
            searcher,
            speaker: fields.speaker,
            columns,
            directories: Vec::new(),
            by_last: HashMap::new(),
            by_name: HashMap::new(),
            whole: false,
            people: Arc::clone(&snapshot.people),
            budget: Rc::clone(budget),
        })
    }

    /// The register of the directory of the whole archive.
    pub fn whole(snapshot: &'a Snapshot, fields: &Fields, who: &Who, budget: &Rc<Budget>) -> tantivy::Result<Register<'a>> {
        Ok(Register { directories: vec![Arc::clone(&who.directory)], whole: true, ..Register::new(snapshot, fields, budget)? })
    }

    /// What is said by hand of who is who.
    pub fn people(&self) -> &People {
        &self.people
    }

    pub fn directory(&self, of: Whose) -> &Directory {
        &self.directories[of.0 as usize]
    }

    pub fn shown(&self, of: Whose) -> &str {
        self.directory(of).shown(of.1)
    }

    /// Whom a name means in an article; `None` for what is no name.
    pub fn whose(&mut self, name: &str, present: &Present) -> tantivy::Result<Option<Whose>> {
        let number = match self.by_name.get(name) {
            Some(number) => *number,
            None => {
                let number = filed(name).map(|last| self.under(&last)).transpose()?;
                self.by_name.insert(name.to_owned(), number);
                number
            }
        };
        let Some(number) = number else { return Ok(None) };
        let directory = &self.directories[number as usize];
        Ok(directory.name(name).map(|name| (number, directory.entry(name, &present.company(number, directory)))))
    }

    /// The directory of a last name.
    fn under(&mut self, last: &str) -> tantivy::Result<u32> {
        if self.whole {
            return Ok(0);
        }
        if let Some(known) = self.by_last.get(last) {
            return Ok(*known);
        }
        let mut gathering = Gathering::default();
        let people = Arc::clone(&self.people);
        for last in people.lasts_with(last) {
            for number in 0..self.columns.len() {
                let docs = self.units_with(number, &[last])?;
                self.columns[number].gather(&docs, last, &mut gathering, &self.budget)?;
            }
        }
        // Of some of its articles alone a directory might give one person's words to another.
        if self.budget.is_spent() {
            gathering = Gathering::default();
        }
        let number = self.directories.len() as u32;
        self.directories.push(Arc::new(gathering.settle_with(&people)));
        self.by_last.extend(people.lasts_with(last).map(|last| (last.to_owned(), number)));
        Ok(number)
    }

    /// The units of a segment in which names with all these words speak.
    fn units_with(&self, segment: usize, words: &[&str]) -> tantivy::Result<Vec<DocId>> {
        let reader = &self.searcher.segment_readers()[segment];
        let index = reader.inverted_index(self.speaker)?;
        let mut docs: Option<Vec<DocId>> = None;
        for word in words.iter().flat_map(|word| keys(word)) {
            let term = Term::from_field_text(self.speaker, &word);
            let mut found = Vec::new();
            if let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    found.push(postings.doc());
                    if !self.budget.step(1) {
                        break;
                    }
                    postings.advance();
                }
            }
            docs = Some(match docs {
                None => found,
                Some(before) => before.into_iter().filter(|doc| found.binary_search(doc).is_ok()).collect(),
            });
        }
        let mut docs = docs.unwrap_or_default();
        if let Some(alive) = reader.alive_bitset() {
            docs.retain(|doc| alive.is_alive(*doc));
        }
        Ok(docs)
    }

    /// Whom a name means by what is said by hand, if the archive prints a name of theirs.
    pub fn said(&mut self, typed: &str) -> tantivy::Result<Option<Whose>> {
        let people = Arc::clone(&self.people);
        for last in people.lasts_of(typed) {
            let number = self.under(&last)?;
            if let Some(entry) = self.directories[number as usize].said(typed, &people) {
                return Ok(Some((number, entry)));
            }
        }
        Ok(None)
    }

    /// True when somebody is quoted under this name, filed under `last`, however it is written.
    pub fn prints(&mut self, name: &str, last: &str) -> tantivy::Result<bool> {
        let number = self.under(last)?;
        Ok(self.directories[number as usize].prints(name))
    }

    /// Whom a typed name means, the one in most articles first; the one of whom it is said by hand alone.
    pub fn meant(&mut self, typed: &str) -> tantivy::Result<Vec<Whose>> {
        if let Some(said) = self.said(typed)? {
            return Ok(vec![said]);
        }
        let mut found: Vec<Whose> = Vec::new();
        if let Some(last) = filed(typed) {
            let number = self.under(&last)?;
            found.extend(self.directories[number as usize].meant(typed).into_iter().map(|entry| (number, entry)));
        }
        if found.is_empty() || is_given(typed) {
            for last in self.lasts_with(typed)? {
                if !self.budget.step(UNPACKED) {
                    break;
                }
                let number = self.under(&last)?;
                found.extend(self.directories[number as usize].meant(typed).into_iter().map(|entry| (number, entry)));
            }
            found.sort_unstable();
            found.dedup();
            found.sort_by_cached_key(|of| (std::cmp::Reverse(self.directory(*of).articles(of.1)), self.shown(*of).to_owned()));
        }
        Ok(found)
    }

    /// The last names of those whose names hold all words of a typed one.
    fn lasts_with(&self, typed: &str) -> tantivy::Result<Vec<String>> {
        let mut lasts = std::collections::BTreeSet::new();
        for number in 0..self.columns.len() {
            let docs = self.units_with(number, &typed.split_whitespace().collect::<Vec<_>>())?;
            lasts.extend(self.columns[number].names_in(&docs, &self.budget)?.iter().filter_map(|name| filed(name)));
        }
        Ok(lasts.into_iter().collect())
    }

    /// Names spelt nearly like a typed one, the nearest first.
    pub fn near(&mut self, typed: &str) -> tantivy::Result<Vec<String>> {
        let Some(last) = filed(typed) else { return Ok(Vec::new()) };
        let most = if last.chars().count() <= 5 { 1 } else { 2 };
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(self.speaker)?;
            let mut terms = index.terms().stream()?;
            while self.budget.step(4) && terms.advance() {
                let near = std::str::from_utf8(terms.key()).ok().and_then(|word| Some((word, edits(&last, word, most)?)));
                if let Some((word, edits)) = near {
                    words.insert(word.to_owned(), edits);
                }
            }
        }
        let mut found: Vec<(usize, bool, std::cmp::Reverse<u32>, String)> = Vec::new();
        for (word, edits) in words {
            if !self.budget.step(UNPACKED) {
                break;
            }
            let number = self.under(&word)?;
            let directory = &self.directories[number as usize];
            for entry in directory.everybody(&word) {
                let single = directory.kind(entry) == EntryKind::Single;
                let articles = std::cmp::Reverse(directory.articles(entry));
                found.push((edits, single, articles, directory.shown(entry).to_owned()));
            }
        }
        found.sort();
        found.dedup();
        Ok(found.into_iter().map(|(.., name)| name).take(MOST_NEAR).collect())
    }
}

/// The words of a folded name as the index has them.
fn keys(word: &str) -> Vec<String> {
    let words = Words::of(word);
    words.forms().iter().filter(|form| form.plain).map(|form| words.key(form).to_owned()).collect()
}
