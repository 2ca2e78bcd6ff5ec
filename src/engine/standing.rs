//! Queries that wait for articles, where a search has articles that wait for queries.
//!
//! Takes queries once and articles in batches, and gives each query every passage of a batch that answers it: those, and the very same marks,
//! that a [`Search::all`](super::Search::all) over an index of the batch gives, for that is what is asked in the end. Before that a query is
//! put aside for every article that lacks a word it cannot do without ([`needs`]), so that thousands of queries cost what the few cost
//! that may be answered.

mod needs;

use super::embedded::excerpt::{Around, excerpt};
use super::embedded::packed;
use super::people::widened;
use super::plan::Planned;
use super::{Engine, Error, People, Search};
use crate::article::Article;
use crate::query::Query;
use crate::quotation::Quotation;
use crate::results::RankedPassage;
use needs::{Needs, Printed, Word};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Queries that wait for articles.
///
/// ```
/// use newshound::engine::StandingQueries;
/// use newshound::{Article, QueryLimits, Today, parse, quotations};
///
/// let asked = ["\"long-term peace\"", "ferry"].map(|typed| parse(typed, Today::from_clock(), &QueryLimits::default()));
/// let waiting = StandingQueries::new(asked.into_iter().filter_map(|parsed| parsed.ok()?.query), Default::default());
/// let article = Article::plain("1", "Talks end\nThey spoke of long-term peace.", true);
/// let quotations = quotations(&article);
/// let mut found = Vec::new();
/// waiting.answers(vec![(article, quotations)], &mut |query, passage| found.push((query, passage.text)))?;
/// assert_eq!(found, [(0, "They spoke of long-term peace.".to_owned())]);
/// # Ok::<(), newshound::Error>(())
/// ```
pub struct StandingQueries {
    queries: Vec<Standing>,
    /// Queries that one of these words has to be there for, by word.
    anchored: HashMap<Word, Vec<usize>>,
    /// Queries that no word can be named for.
    always: Vec<usize>,
    /// What is said by hand of who is who.
    people: Arc<People>,
}

struct Standing {
    query: Query,
    needs: Needs,
}

impl StandingQueries {
    /// These queries; they are called by their places in the list, from 0. Who speaks is asked with what `people` say of who is who.
    pub fn new(queries: impl IntoIterator<Item = Query>, people: Arc<People>) -> StandingQueries {
        let mut all = StandingQueries { queries: Vec::new(), anchored: HashMap::new(), always: Vec::new(), people };
        for query in queries {
            let number = all.queries.len();
            let needs = Needs::of(&Planned::new(&widened(&query, &all.people).0));
            match needs.anchors() {
                Some(words) => words.into_iter().for_each(|word| all.anchored.entry(word).or_default().push(number)),
                None => all.always.push(number),
            }
            all.queries.push(Standing { query, needs });
        }
        all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.queries.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.queries.is_empty()
    }

    /// How many are asked of every article, for there is no word that they need.
    pub fn without_words(&self) -> usize {
        self.always.len()
    }

    /// Gives each passage of these articles that answers a query to `each`, with the number of the query: by query, the best first. The
    /// articles are held in memory several times over: a few hundred at once is a good number. Gives the number of a query that was not
    /// answered as a whole, and why, if there is one.
    ///
    /// # Errors
    /// [`Error`] when they cannot be indexed.
    pub fn answers(
        &self,
        articles: Vec<(Article, Vec<Quotation>)>,
        each: &mut dyn FnMut(usize, RankedPassage),
    ) -> Result<Option<(usize, String)>, Error> {
        let wanted = self.that_may_be_answered(&articles);
        if wanted.is_empty() {
            return Ok(None);
        }
        let name = Path::new("the articles that have arrived");
        let records = articles.into_iter().map(|(article, quotations)| {
            let record = packed(&article, &quotations).map_err(|error| Error::TooLarge(article.id, error.to_string()))?;
            Ok((record, (article, quotations)))
        });
        let batch = excerpt(
            name,
            records.collect::<Result<_, Error>>()?,
            Around { whole: None, names: None, people: Arc::clone(&self.people) },
        )?;
        let mut cut = None;
        for number in wanted {
            let search = Search::all(self.queries[number].query.clone());
            let summary = batch.search(&search, &mut |passage| {
                each(number, passage);
                ControlFlow::Continue(())
            })?;
            cut = cut.or(summary.partial.map(|why| (number, why)));
        }
        Ok(cut)
    }

    /// The queries whose words one of the articles has, ascending.
    fn that_may_be_answered(&self, articles: &[(Article, Vec<Quotation>)]) -> Vec<usize> {
        let mut wanted = vec![false; self.queries.len()];
        for (article, quotations) in articles {
            let printed = Printed::of(article, quotations);
            let anchored = printed.words().filter_map(|word| self.anchored.get(&word)).flatten();
            for &number in anchored.chain(&self.always) {
                wanted[number] = wanted[number] || self.queries[number].needs.are_met(&printed);
            }
        }
        (0..wanted.len()).filter(|number| wanted[*number]).collect()
    }
}
