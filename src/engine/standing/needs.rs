//! What an article has to print so that a query may be answered by it: words, whatever field they are in.
//!
//! That asks for less than the query does, never for more: patterns and what a NOT excludes ask for nothing here.

use crate::article::Article;
use crate::engine::plan::{Planned, QueryPlan};
use crate::passage::units;
use crate::query::{Pattern, Slot};
use crate::quotation::Quotation;
use crate::words::{Stem, Words, is_frequent};
use std::collections::HashSet;

/// A word that has to be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Word {
    /// Spelt like this, whether in one piece or joined.
    Key(String),
    /// In some form that has this stem.
    Stem(String),
}

impl Word {
    fn text(&self) -> &str {
        match self {
            Word::Key(text) | Word::Stem(text) => text,
        }
    }
}

/// What has to be there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Needs {
    /// Nothing that could be told beforehand.
    Nothing,
    Word(Word),
    All(Vec<Needs>),
    One(Vec<Needs>),
}

impl Needs {
    pub fn of(planned: &Planned) -> Needs {
        Needs::of_plan(&planned.plan, planned)
    }

    fn of_plan(plan: &QueryPlan, planned: &Planned) -> Needs {
        let all = |parts: &[QueryPlan]| parts.iter().map(|part| Needs::of_plan(part, planned)).collect();
        match plan {
            QueryPlan::Leaf(number) | QueryPlan::Head(number) => Needs::of_pattern(&planned.leaves[*number].pattern),
            QueryPlan::And(parts) => Needs::All(all(parts)),
            QueryPlan::Or(parts) => Needs::One(all(parts)),
            QueryPlan::Body(part) | QueryPlan::Article(part) => Needs::of_plan(part, planned),
            QueryPlan::Not(_) | QueryPlan::Days(_) | QueryPlan::Everything => Needs::Nothing,
        }
    }

    fn of_pattern(pattern: &Pattern) -> Needs {
        Needs::One(pattern.paths.iter().map(|path| Needs::All(path.iter().map(Needs::of_slot).collect())).collect())
    }

    fn of_slot(slot: &Slot) -> Needs {
        match slot {
            Slot::Key(key) | Slot::Capitals(key) => Needs::Word(Word::Key(key.clone())),
            // A Korean noun has forms by its particles, which no stem tells.
            Slot::Forms(stem, key) if key.is_ascii() => {
                Needs::One(vec![Needs::Word(Word::Stem(stem.stem().to_owned())), Needs::Word(Word::Key(key.clone()))])
            }
            _ => Needs::Nothing,
        }
    }

    /// Words of which any article that may answer has one; nothing where that cannot be said. The fewest and rarest that the query
    /// gives: these are what it is found by.
    pub fn anchors(&self) -> Option<Vec<Word>> {
        match self {
            Needs::Nothing => None,
            Needs::Word(word) => Some(vec![word.clone()]),
            Needs::All(parts) => parts.iter().filter_map(Needs::anchors).min_by_key(|words| cost(words)),
            Needs::One(parts) => {
                let all: Option<Vec<_>> = parts.iter().map(Needs::anchors).collect();
                all.map(|all| all.concat())
            }
        }
    }

    /// True when the article may answer.
    pub fn are_met(&self, printed: &Printed) -> bool {
        match self {
            Needs::Nothing => true,
            Needs::Word(Word::Key(key)) => printed.keys.contains(key.as_str()),
            Needs::Word(Word::Stem(stem)) => printed.stems.contains(stem.as_str()),
            Needs::All(parts) => parts.iter().all(|part| part.are_met(printed)),
            Needs::One(parts) => parts.iter().any(|part| part.are_met(printed)),
        }
    }
}

/// How often these words will bring up their query for nothing, by what is known without an archive: frequent words most, then short ones.
fn cost(words: &[Word]) -> (usize, usize, usize) {
    let frequent = words.iter().filter(|word| is_frequent(word.text())).count();
    let shortest = words.iter().map(|word| word.text().chars().count()).min().unwrap_or(0);
    (frequent, words.len(), usize::MAX - shortest)
}

/// The words that an article prints, in its text and in what is known of it.
pub(super) struct Printed {
    keys: HashSet<String>,
    stems: HashSet<String>,
}

impl Printed {
    pub fn of(article: &Article, quotations: &[Quotation]) -> Printed {
        let mut printed = Printed { keys: HashSet::new(), stems: HashSet::new() };
        let mut words = Words::default();
        for unit in units(article) {
            printed.add(unit.span.of(&article.text), &mut words);
        }
        let dateline = article.dateline.iter().flat_map(|dateline| [dateline.span.of(&article.text), &dateline.place]);
        let bylines = article.bylines.iter().map(|byline| byline.name.as_str());
        let named = [&article.outlet, &article.section, &article.language].into_iter().flatten().map(String::as_str);
        for text in dateline.chain(bylines).chain(named) {
            printed.add(text, &mut words);
        }
        for speaker in quotations.iter().filter_map(|quotation| quotation.speaker.as_ref()) {
            printed.add(&speaker.name, &mut words);
        }
        printed.stems = printed.keys.iter().map(|key| Stem::of(key).stem().to_owned()).collect();
        printed
    }

    fn add(&mut self, text: &str, words: &mut Words) {
        words.read(text);
        for form in words.forms() {
            // A joined spelling has a sign before it that no plain word has.
            let key = words.key(form).trim_start_matches(|c| c < '\u{5}');
            if !self.keys.contains(key) {
                self.keys.insert(key.to_owned());
            }
        }
    }

    /// All of them, spelt as printed and by their stems.
    pub fn words(&self) -> impl Iterator<Item = Word> {
        let keys = self.keys.iter().map(|key| Word::Key(key.clone()));
        keys.chain(self.stems.iter().map(|stem| Word::Stem(stem.clone())))
    }
}
