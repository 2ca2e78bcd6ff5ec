//! A search from the plan to the passages: candidates, their order, and the matcher's last word.

use super::folding::Folding;
use super::passages::PassageAnswer;
use crate::article::{Article, ArticleId};
use crate::engine::embedded::excerpt::Whole;
use crate::engine::embedded::lookup::budget::{Budget, Charge};
use crate::engine::embedded::rank::rerank;
use crate::engine::embedded::rank::weights::RankingWeights;
use crate::engine::embedded::store::dictionary::Dictionaries;
use crate::engine::embedded::store::disk::Faults;
use crate::engine::embedded::store::schema::{self, Fields, Opened, failed};
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::embedded::store::stories::Stories;
use crate::engine::embedded::store::tantivy::of_store;
use crate::engine::people::{PeopleFile, widened};
use crate::engine::{
    Calendar, Caller, Counting, Engine, Error, Holdings, InCompany, People, Quoting, Reuse, Reusing, Search, Sort, Speakers,
};
use crate::matching::Matcher;
use crate::quotation::Quotation;
use crate::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use crate::words::Words;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tantivy::{ReloadPolicy, Term};

/// Most passages of which only the best are looked for; more are taken from all.
const MOST_BEST: usize = 1_000;

/// How often an index that looks damaged is opened again before that is believed.
const AGAIN: usize = 2;

/// Reads an index.
///
/// ```no_run
/// use newshound::{Engine, IndexReader};
///
/// let reader = IndexReader::open("index".as_ref())?;
/// println!("{} articles", reader.holdings()?.articles);
/// # Ok::<(), newshound::Error>(())
/// ```
pub struct IndexReader {
    pub(in crate::engine::embedded) dir: PathBuf,
    corpus: Option<PathBuf>,
    pub(in crate::engine::embedded) fields: Fields,
    reader: tantivy::IndexReader,
    dictionaries: Arc<Dictionaries>,
    snapshot: RwLock<Arc<Snapshot>>,
    weights: RankingWeights,
    /// Where is said who is who; nowhere for a program that opened the index without.
    people: Option<PeopleFile>,
}

impl IndexReader {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::OtherVersion`], or [`Error::Broken`].
    pub fn open(dir: &Path) -> Result<IndexReader, Error> {
        IndexReader::open_on(dir, None)
    }

    /// The same on a disk that may fail, for tests.
    ///
    /// # Errors
    /// As [`IndexReader::open`], and what `faults` says.
    pub fn open_on(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<IndexReader, Error> {
        let mut opened = IndexReader::open_once(dir, faults.clone());
        for _ in 0..AGAIN {
            if !matches!(opened, Err(Error::Broken(..))) {
                break;
            }
            // Where no lock can be had, a commit may take away what was about to be opened.
            opened = IndexReader::open_once(dir, faults.clone());
        }
        opened
    }

    /// The reader of an index that lies in memory, an excerpt of `whole`, which goes by the name `dir`.
    pub(in crate::engine::embedded) fn of_excerpt(
        dir: &Path,
        index: &tantivy::Index,
        fields: Fields,
        whole: Option<Arc<dyn Whole>>,
        (names, people): (Option<tantivy::Searcher>, Arc<People>),
    ) -> tantivy::Result<IndexReader> {
        let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let dictionaries = Arc::new(Dictionaries::none());
        let mut snapshot = Snapshot::new(dir, reader.searcher(), Arc::clone(&dictionaries));
        (snapshot.whole, snapshot.names, snapshot.people) = (whole, names, people);
        let snapshot = RwLock::new(Arc::new(snapshot));
        let (dir, weights) = (dir.to_owned(), RankingWeights::default());
        Ok(IndexReader { dir, corpus: None, fields, reader, dictionaries, snapshot, weights, people: None })
    }

    fn open_once(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<IndexReader, Error> {
        let Opened { index, fields, disk, kept, dictionaries } = schema::open(dir, faults)?;
        let opened = of_store(|| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into());
        let reader: tantivy::IndexReader = opened.map_err(|error| disk.failed(error))?;
        let snapshot = RwLock::new(Arc::new(Snapshot::new(dir, reader.searcher(), Arc::clone(&dictionaries))));
        let (dir, weights) = (dir.to_owned(), RankingWeights::default());
        Ok(IndexReader { dir, corpus: kept.corpus, fields, reader, dictionaries, snapshot, weights, people: None })
    }

    /// The same with what the file `people` says of who is who, or else the `people.toml` of the corpus, if there is one. It is read again
    /// at each [`Engine::reload`] that finds it changed.
    ///
    /// # Errors
    /// [`Error::People`] when it is not understood, or is named and cannot be read.
    pub fn with_people(self, people: Option<&Path>) -> Result<IndexReader, Error> {
        let (file, people) = PeopleFile::open(people, self.corpus())?;
        self.goes_over_to(people);
        Ok(IndexReader { people: Some(file), ..self })
    }

    /// Answers from the last commit that was opened, with these people.
    fn goes_over_to(&self, people: Arc<People>) {
        let mut snapshot = Snapshot::new(&self.dir, self.reader.searcher(), Arc::clone(&self.dictionaries));
        snapshot.people = people;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    pub(in crate::engine::embedded) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same index ranked with other constants.
    pub fn with_weights(self, weights: RankingWeights) -> IndexReader {
        IndexReader { weights, ..self }
    }

    pub(in crate::engine::embedded) fn weights(&self) -> &RankingWeights {
        &self.weights
    }

    /// The corpus directory the index was built from: where the paths of its passages begin.
    pub fn corpus(&self) -> Option<&Path> {
        self.corpus.as_deref()
    }

    /// How many articles are copies of another one.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    pub fn copies(&self) -> Result<usize, Error> {
        Ok(self.snapshot().stories().map_err(|e| self.failed(e))?.copies())
    }

    /// Which articles tell one story, where that is kept or can be found in half of the time that is left until `until`.
    fn stories<'a>(&self, snapshot: &'a Snapshot, search: &Search, until: Option<Instant>) -> Result<Option<&'a Stories>, Error> {
        let now = Instant::now();
        let half = until.map(|until| now + until.saturating_duration_since(now) / 2);
        let budget = Budget::new(&search.caller, half, 0);
        let mut charge = Charge::new(&budget);
        // What an article has in a sketch is sorted and read once.
        let found = snapshot.stories_while(&mut |held| charge.grow_to(held) && budget.step(FOR_A_SKETCH));
        found.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: tantivy::TantivyError) -> Error {
        failed(&self.dir, error)
    }

    /// What a question may cost that has so much time, and when that is over. A quarter of the time is left to read what was found.
    pub(in crate::engine::embedded) fn budget(
        &self,
        snapshot: &Snapshot,
        caller: &Caller,
        started: Instant,
        deadline: Duration,
    ) -> Result<(Rc<Budget>, Option<Instant>), Error> {
        let units = snapshot.totals(&self.fields).map_err(|error| self.failed(error))?.units;
        let look_up = started.checked_add(deadline / 4 * 3);
        Ok((Budget::new(caller, look_up, units), started.checked_add(deadline)))
    }
}

/// Why an answer is partial when a pattern was cut short.
pub(in crate::engine::embedded) fn cut_short() -> String {
    format!(
        "a pattern stands for too many words; only the first {} were looked up",
        crate::engine::embedded::lookup::expand::MOST_WORDS
    )
}

/// Steps for the sketch of an article: its keys are sorted, and looked up.
const FOR_A_SKETCH: usize = 512;

/// Why an answer is partial when nothing is folded in it.
fn unfolded() -> String {
    "which articles are copies is not kept and would take too long to find, so that none is folded; `newshound index` keeps it again".into()
}

/// One more than wanted may be looked at: the matcher can turn candidates down.
pub(super) fn looked_at(limit: usize) -> usize {
    limit.saturating_mul(2).saturating_add(16)
}

/// How many of the best candidates are enough for a search; nothing where it may want any of them.
fn best_wanted(search: &Search) -> Option<usize> {
    let limit = search.limit.filter(|limit| *limit <= MOST_BEST)?;
    let of_all = search.sort != Sort::Relevance || search.after.is_some() || search.fold;
    // The closer look may put each of those it is given behind others.
    (!of_all).then(|| if limit == 0 { 0 } else { rerank::LOOKED_AT + looked_at(limit) })
}

impl Engine for IndexReader {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        let started = Instant::now();
        let snapshot = self.snapshot();
        snapshot.begin();
        let (budget, until) = self.budget(&snapshot, &search.caller, started, search.deadline)?;
        let (query, short) = widened(&search.query, &snapshot.people);
        let search = &Search { query, ..search.clone() };
        let mut ranked = self.ranked(&snapshot, search, best_wanted(search), &budget, until)?;
        let stories = if search.fold { self.stories(&snapshot, search, until)? } else { None };
        let mut run = PassageAnswer {
            snapshot: &snapshot,
            search,
            matcher: Matcher::new(&search.query),
            exact: ranked.planned.exact,
            words: Words::default(),
            summary: ranked.summary(),
            articles: HashSet::new(),
            budget: Rc::clone(&budget),
            skipping: search.after.clone(),
            stopped: false,
            folding: stories.map(Folding::new),
        };
        if search.fold && stories.is_none() {
            run.summary.partial.get_or_insert_with(unfolded);
        }
        self.show_all(&mut run, &mut ranked, 0, each)?;
        if ranked.found.left_out > 0 && run.wants_more() {
            // Some of the best were turned down: the others are wanted too, and begin with those that were looked at.
            let looked_at = ranked.candidates.len();
            ranked = self.ranked(&snapshot, search, None, &budget, until)?;
            self.show_all(&mut run, &mut ranked, looked_at, each)?;
        }
        if !run.exact {
            run.summary.articles = run.articles.len();
        }
        run.unfold(&ranked.candidates, each);
        run.summary.partial = run.summary.unreadable.beside(run.summary.partial.take().or(short));
        run.summary.took = started.elapsed();
        run.summary.cost = budget.cost();
        Ok(if search.totals { run.summary } else { run.summary.without_totals() })
    }

    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Error> {
        self.quotations_of(asked, false, &mut |quotation, _| each(quotation))
    }

    fn quotations_in_company(&self, asked: &Quoting, each: &mut InCompany) -> Result<QuotationSummary, Error> {
        self.quotations_of(asked, true, each)
    }

    fn people(&self) -> Arc<People> {
        Arc::clone(&self.snapshot().people)
    }

    fn unprinted(&self) -> Result<Vec<String>, Error> {
        self.names_nobody_has()
    }

    fn speakers(&self, asked: &Counting) -> Result<Speakers, Error> {
        self.speakers_of(asked)
    }

    fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quotation>)>, Error> {
        let snapshot = self.snapshot();
        let searcher = &snapshot.searcher;
        let term = Term::from_field_u64(self.fields.of, id.0);
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let found = searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(|e| self.failed(e))?;
        // Its units follow each other; the head comes first.
        let Some(address) = found.into_iter().min() else { return Ok(None) };
        let stored = snapshot.read(address)?;
        Ok(Some((stored.0.clone(), stored.1.clone())))
    }

    fn holdings(&self) -> Result<Holdings, Error> {
        let snapshot = self.snapshot();
        snapshot.holdings(&self.fields).map_err(|e| self.failed(e))
    }

    fn calendar(&self, _: Duration) -> Result<Arc<Calendar>, Error> {
        self.snapshot().calendar().map_err(|e| self.failed(e))
    }

    fn reuse(&self, asked: &Reusing) -> Result<Reuse, Error> {
        self.reuse_of(asked)
    }

    fn reload(&self) -> Result<bool, Error> {
        // The manifest is read first: an index of another version must not be taken for a new commit of this one.
        schema::check(&self.dir)?;
        // tantivy opens every segment anew, so that its list is looked at before.
        let is_last = self.snapshot().is_last().map_err(|e| self.failed(e))?;
        if !is_last {
            of_store(|| self.reader.reload()).map_err(|error| self.failed(error))?;
            self.goes_over_to(self.people());
        }
        let people = self.people.as_ref().map_or(Ok(None), PeopleFile::changed)?;
        let is_other = people.is_some();
        people.into_iter().for_each(|people| self.goes_over_to(people));
        Ok(!is_last || is_other)
    }
}
