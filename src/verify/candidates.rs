//! The articles that may print given words: asked of the engine, each read once.

use super::Bounds;
use super::given::Given;
use super::judge::{Finding, HOPELESS, judge};
use super::printed::{Printed, Token};
use crate::article::{ArticleId, Span};
use crate::engine::{Engine, Error, People, Search, Sort};
use crate::query::{Exactness, Phrase, Query, loose};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Passages asked for, for each article that is wanted: an article may have several.
const PASSAGES: usize = 3;

/// What was found of an archive for one claim.
pub struct Archive<'a> {
    engine: &'a dyn Engine,
    bounds: &'a Bounds,
    until: Instant,
    /// The candidates, in the order they were found in.
    pub articles: Vec<Printed>,
    /// Their words, as far as they were judged.
    pub tokens: Vec<Vec<Token>>,
    findings: Vec<Finding>,
    /// Articles that have all the words in a row, read or not.
    pub in_a_row: usize,
    partial: Option<String>,
}

impl<'a> Archive<'a> {
    pub fn new(engine: &'a dyn Engine, bounds: &'a Bounds, until: Instant) -> Archive<'a> {
        Archive {
            engine,
            bounds,
            until,
            articles: Vec::new(),
            tokens: Vec::new(),
            findings: Vec::new(),
            in_a_row: 0,
            partial: None,
        }
    }

    /// What is said by hand of who is who.
    pub fn people(&self) -> Arc<People> {
        self.engine.people()
    }

    /// Why not all was read, when it was not.
    pub fn partial(&self) -> Option<String> {
        self.partial.clone()
    }

    /// Reads the articles that have these given words in a row, the oldest first.
    pub fn take_phrase(&mut self, given: &Given, range: Range<usize>) -> Result<(), Error> {
        let whole = range.len() == given.len();
        let articles = self.take_words_in_a_row(given.of(range), whole)?;
        if whole {
            self.in_a_row = articles;
        }
        Ok(())
    }

    fn take_words_in_a_row(&mut self, text: &str, counted: bool) -> Result<usize, Error> {
        // A question mark is no wildcard here.
        let query = Query::Phrase(Phrase { text: text.replace(['*', '?'], " "), slop: 0, exactness: Exactness::Words });
        self.take(query, Sort::Oldest, self.bounds.places, counted)
    }

    /// Reads the articles that have most of the words, the rare ones first of all, and those that have half of them in a row.
    pub fn take_alike(&mut self, given: &Given) -> Result<(), Error> {
        let middle = given.len() / 2;
        if middle >= super::FEWEST {
            self.take_phrase(given, 0..middle)?;
            self.take_phrase(given, middle..given.len())?;
        }
        if let Some(query) = loose(given.of(0..given.len())) {
            self.take(query, Sort::Relevance, self.bounds.candidates, false)?;
        }
        Ok(())
    }

    /// Reads the articles that print what was found in one of them.
    pub fn take_printings(&mut self, found: &Finding) -> Result<(), Error> {
        let printed = &self.articles[found.article];
        let longest = found.pieces.iter().max_by_key(|piece| piece.len());
        let Some(text) = longest.map(|piece| first_paragraph(piece.of(&printed.article.text)).to_owned()) else { return Ok(()) };
        self.take_words_in_a_row(&text, false).map(drop)
    }

    /// Reads at most `most` articles that answer a query, and tells how many there are where they are `counted`.
    fn take(&mut self, query: Query, sort: Sort, most: usize, counted: bool) -> Result<usize, Error> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left == Duration::ZERO || self.bounds.caller.is_gone() {
            self.partial = Some("time ran out before every article was looked at".to_owned());
            return Ok(0);
        }
        let mut search = Search::best(query, PASSAGES * most);
        (search.sort, search.deadline, search.caller) = (sort, left, self.bounds.caller.clone());
        search.totals = counted;
        let mut ids: Vec<ArticleId> = Vec::new();
        let summary = self.engine.search(&search, &mut |passage| {
            if !ids.contains(&passage.article) {
                ids.push(passage.article);
            }
            if ids.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        if self.partial.is_none() {
            self.partial = summary.partial;
        }
        for id in ids {
            if !self.articles.iter().any(|known| known.article.id == id)
                && let Some((article, quotations)) = self.engine.article(id)?
            {
                self.articles.push(Printed::new(article, quotations));
            }
        }
        Ok(summary.articles)
    }

    /// What each article has of the words.
    pub fn findings(&mut self, given: &Given) -> Vec<Finding> {
        for at in self.tokens.len()..self.articles.len() {
            let printed = &self.articles[at];
            let tokens = printed.tokens(given);
            self.findings.extend(judge(given, printed, &tokens, at, HOPELESS));
            self.tokens.push(tokens);
        }
        self.findings.clone()
    }

    /// The best of them.
    pub fn best(&mut self, given: &Given) -> Option<Finding> {
        self.findings(given).into_iter().min_by_key(Finding::rank)
    }

    /// The most places to be read.
    pub fn most_places(&self) -> usize {
        self.bounds.places
    }
}

/// A phrase never crosses from one paragraph to the next: the longest line.
fn first_paragraph(text: &str) -> &str {
    text.split('\n').max_by_key(|line| Span::new(0, line.len()).len()).unwrap_or(text)
}
