//! The articles that may print given words, asked of the engine, and those of them that do.

use super::steps::Met;
use super::{Asked, ROW, ROW_WEIGHT, is_printing};
use crate::article::ArticleId;
use crate::engine::{Engine, Error, Reusing, Search, Sort};
use crate::query::{Exactness, Phrase, Query};
use crate::verify::{Finding, Given, Printed, judge, longest_row};
use std::collections::HashSet;
use std::ops::{ControlFlow, Range};
use std::time::{Duration, Instant};

/// Passages asked for, for each article that is wanted: an article may have several.
const PASSAGES: usize = 3;

/// Rows that are looked for at once: a cluster takes no query of more than a thousand parts.
const AT_ONCE: usize = 4;

const LATE: &str = "time ran out before every article was looked at";

/// What prints the words.
#[derive(Default)]
pub struct Found {
    pub printed: Vec<Met>,
    pub unread: usize,
    pub damaged: usize,
    pub partial: Option<String>,
}

/// Reads what may print the words.
pub fn found(engine: &dyn Engine, asked: &Asked, given: &Given) -> Result<Found, Error> {
    // Without an end where the deadline is beyond what a clock tells.
    let until = Instant::now().checked_add(asked.deadline);
    let mut reading = Reading { engine, asked, given, until, known: HashSet::new(), found: Found::default() };
    let in_a_row = reading.in_a_row()?;
    reading.read(&in_a_row)?;
    let with_rows = reading.with_rows()?;
    reading.read(&with_rows)?;
    let alike = reading.alike()?;
    reading.read(&alike)?;
    Ok(reading.found)
}

struct Reading<'a> {
    engine: &'a dyn Engine,
    asked: &'a Asked,
    given: &'a Given<'a>,
    until: Option<Instant>,
    known: HashSet<ArticleId>,
    found: Found,
}

impl Reading<'_> {
    fn left(&self) -> Duration {
        self.until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()))
    }

    fn is_over(&mut self) -> bool {
        let over = self.left() == Duration::ZERO || self.asked.caller.is_gone();
        if over {
            self.note(Some(LATE.to_owned()));
        }
        over
    }

    fn note(&mut self, partial: Option<String>) {
        if self.found.partial.is_none() {
            self.found.partial = partial;
        }
    }

    /// So many were left unread. Each search after the first finds those of the one before again: they are not added up.
    fn leave(&mut self, unread: usize) {
        self.found.unread = self.found.unread.max(unread);
    }

    /// The articles with all the words in a row.
    fn in_a_row(&mut self) -> Result<Vec<ArticleId>, Error> {
        self.with(self.phrase(0..self.given.len()))
    }

    /// Those with [`ROW`] of them in a row.
    fn with_rows(&mut self) -> Result<Vec<ArticleId>, Error> {
        let last = self.given.len().saturating_sub(ROW);
        let says = |first: &usize| (*first..first + ROW).map(|at| self.given.weight(at)).sum::<i32>() >= ROW_WEIGHT;
        let firsts: Vec<usize> = (0..=last).filter(|_| last > 0).filter(says).collect();
        let mut all = Vec::new();
        for some in firsts.chunks(AT_ONCE) {
            if self.is_over() {
                break;
            }
            let phrases = some.iter().map(|first| self.phrase(*first..first + ROW)).collect();
            all.extend(self.with(Query::Or(phrases))?);
        }
        Ok(all)
    }

    fn phrase(&self, words: Range<usize>) -> Query {
        // A question mark is no wildcard here.
        let text = self.given.of(words).replace(['*', '?'], " ");
        Query::Phrase(Phrase { text, slop: 0, exactness: Exactness::Words })
    }

    /// The articles that answer a query, the oldest first.
    fn with(&mut self, query: Query) -> Result<Vec<ArticleId>, Error> {
        let mut search = Search::best(query, PASSAGES * self.asked.most);
        (search.sort, search.deadline, search.caller) = (Sort::Oldest, self.left(), self.asked.caller.clone());
        let (mut ids, mut met, most) = (Vec::new(), HashSet::new(), self.asked.most);
        let summary = self.engine.search(&search, &mut |passage| {
            if met.insert(passage.article) {
                ids.push(passage.article);
            }
            if ids.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        self.leave(summary.articles.saturating_sub(ids.len()));
        self.note(summary.partial);
        Ok(ids)
    }

    /// Those whose bodies share sequences of words with the given ones.
    fn alike(&mut self) -> Result<Vec<ArticleId>, Error> {
        if self.is_over() {
            return Ok(Vec::new());
        }
        let (deadline, caller) = (self.left(), self.asked.caller.clone());
        let most = self.asked.most + self.known.len();
        let reuse = self.engine.reuse(&Reusing { text: self.asked.words.clone(), most, deadline, caller })?;
        self.note(reuse.partial);
        self.leave(reuse.others);
        Ok(reuse.articles)
    }

    /// Reads articles and keeps those that print the words.
    fn read(&mut self, ids: &[ArticleId]) -> Result<(), Error> {
        let new: Vec<ArticleId> = ids.iter().copied().filter(|id| self.known.insert(*id)).collect();
        for (number, id) in new.iter().enumerate() {
            if self.is_over() {
                self.leave(new.len() - number);
                return Ok(());
            }
            let (article, quotations) = match self.engine.article(*id) {
                Ok(Some(stored)) => stored,
                Ok(None) => continue,
                // A damaged article costs the trail this one step, and that is said.
                Err(Error::Broken(..)) => {
                    self.found.damaged += 1;
                    continue;
                }
                Err(failed) => return Err(failed),
            };
            let printed = Printed::new(article, quotations);
            let tokens = printed.tokens(self.given);
            let least = f64::from(ROW_WEIGHT) / f64::from(self.given.whole().max(ROW_WEIGHT));
            let is_printing = |finding: &Finding| is_printing(self.given, &finding.edits, finding.common);
            let aligned = judge(self.given, &printed, &tokens, 0, least).filter(is_printing);
            // All words beside each other may fit best where no row of them stands.
            let finding = aligned.or_else(|| longest_row(self.given, &tokens, 0).filter(is_printing));
            self.found.printed.extend(finding.map(|finding| Met::new(self.asked, &printed, &finding)));
        }
        Ok(())
    }
}
