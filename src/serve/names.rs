//! The names of an archive: who is quoted, which outlets and places there are. Read once for each commit, when somebody first asks.

use super::gate::{Gone, told};
use super::problem::Problem;
use crate::engine::{Counting, Engine, Search, Sort, SpeakerOrder, Speech};
use crate::query::Query;
use crate::results::{Facet, Step, Tally};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, TryLockError};
use std::time::Duration;

/// How long is read for each of the two.
const LONGEST: Duration = Duration::from_secs(1);

/// Names of each kind that are kept.
const MOST: usize = 5_000;

/// The names of one commit.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub commit: String,
    /// Who is quoted, and how often.
    pub speakers: Vec<(String, usize)>,
    /// Outlets with their articles.
    pub outlets: Vec<(String, usize)>,
    /// Places of datelines with their articles.
    pub places: Vec<(String, usize)>,
    /// Articles that were read for outlets and places.
    pub articles: usize,
    /// These are not all: the newest.
    pub partial: bool,
}

/// The names of the commit that was asked last.
#[derive(Debug, Default)]
pub(super) struct KnownNames(Mutex<Arc<Names>>);

impl KnownNames {
    /// Those of the commit that is searched now.
    pub fn of(&self, engine: &dyn Engine, gone: &Gone) -> Result<Arc<Names>, Problem> {
        let commit = engine.holdings().map_err(|error| told(&error))?.commit + engine.people().mark();
        // Whoever reads them takes a second or two: nobody else keeps a place waiting for that.
        let mut known = match self.0.try_lock() {
            Ok(known) => known,
            Err(TryLockError::Poisoned(known)) => known.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(Problem::busy("the names are being read; ask again in a second")),
        };
        if known.commit != commit {
            let names = Arc::new(read(engine, gone, commit)?);
            // Whoever hung up has read only some of them.
            if gone.is_gone() {
                return Ok(names);
            }
            *known = names;
        }
        Ok(Arc::clone(&known))
    }
}

fn read(engine: &dyn Engine, gone: &Gone, commit: String) -> Result<Names, Problem> {
    let mut names = Names { commit, ..Names::default() };
    let counting = Counting {
        query: None,
        by: None,
        speech: Speech::usual(),
        limit: Some(MOST),
        skip: 0,
        order: SpeakerOrder::Count,
        terms: 0,
        deadline: LONGEST,
        caller: gone.clone(),
    };
    let speakers = engine.speakers(&counting).map_err(|error| told(&error))?.speakers;
    names.speakers = speakers.into_iter().map(|speaker| (speaker.name, speaker.quotations)).collect();
    let Some(days) = engine.holdings().map_err(|error| told(&error))?.days else { return Ok(names) };
    let mut tally = Tally::new(Step::Year);
    let search = Search { sort: Sort::Newest, deadline: LONGEST, caller: gone.clone(), ..Search::all(Query::Date(days)) };
    let each = &mut |passage| {
        tally.add(&passage);
        names.articles += 1;
        if gone.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    names.partial = engine.search(&search, each).map_err(|error| told(&error))?.partial.is_some();
    let most = |facet| {
        let (most, _) = tally.most(facet, MOST);
        most.into_iter().map(|(name, of)| (name.to_owned(), of.articles)).collect()
    };
    (names.outlets, names.places) = (most(Facet::Outlets), most(Facet::Places));
    Ok(names)
}
