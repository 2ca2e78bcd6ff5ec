//! A search from the plan to the passages: candidates, their order, and the matcher's last word.

use super::folding::Folding;
use super::passages::PassageAnswer;
use crate::article::{Article, ArticleId};
use crate::engine::embedded::lookup::budget::{Budget, Charge, Docs};
use crate::engine::embedded::lookup::evaluate::Segment;
use crate::engine::embedded::lookup::plan::Planned;
use crate::engine::embedded::rank::about::{abouts, outlet_rarities};
use crate::engine::embedded::rank::found::{Candidate, Found, order};
use crate::engine::embedded::rank::rerank::{self, Rerank};
use crate::engine::embedded::rank::scores::{Scoring, scores};
use crate::engine::embedded::rank::weights::{RankingWeights, Rarities, Score, ScorePart, Sum, rarities};
use crate::engine::embedded::store::disk::Faults;
use crate::engine::embedded::store::kept::Kept;
use crate::engine::embedded::store::schema::{self, Fields, failed};
use crate::engine::embedded::store::snapshot::{Row, Snapshot};
use crate::engine::embedded::store::tantivy::of_store;
use crate::engine::{Caller, Counting, Engine, Error, Holdings, Quoting, Search, Sort, Speakers};
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
    snapshot: RwLock<Arc<Snapshot>>,
    weights: RankingWeights,
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

    fn open_once(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<IndexReader, Error> {
        let (index, fields, disk) = schema::open(dir, faults)?;
        let opened = of_store(|| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into());
        let reader: tantivy::IndexReader = opened.map_err(|error| disk.failed(error))?;
        let snapshot = RwLock::new(Arc::new(Snapshot::new(dir, reader.searcher())));
        let corpus = Kept::from_index(&index).map_err(|error| disk.failed(error))?.corpus;
        Ok(IndexReader { dir: dir.to_owned(), corpus, fields, reader, snapshot, weights: RankingWeights::default() })
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

    /// Every unit that may answer, unordered.
    pub(in crate::engine::embedded) fn found<'a>(
        &self,
        snapshot: &'a Snapshot,
        planned: &mut Planned,
        budget: &Rc<Budget>,
    ) -> tantivy::Result<Found<'a>> {
        let mut found = Found::default();
        for number in 0..snapshot.searcher.segment_readers().len() {
            found.segments.push(Segment::open(snapshot, number, self.fields, &planned.leaves, budget)?);
        }
        let totals = snapshot.totals(&self.fields)?;
        for segment in &found.segments {
            found.abouts.push(abouts(segment, &planned.leaves)?);
        }
        let of_outlet = outlet_rarities(&planned.leaves, &found.abouts, &totals);
        let rarities = Rarities { of_text: rarities(&planned.leaves, &found.segments, &totals), of_outlet };
        planned.rarities.clone_from(&rarities.of_text);
        let scoring = Scoring { planned, rarities: &rarities, totals, weights: &self.weights };
        for number in 0..found.segments.len() {
            let mut docs = found.segments[number].answer(planned)?;
            budget.step(docs.len());
            // For as long as the question is there.
            if !budget.hold(docs.len() * size_of::<Candidate>()) {
                docs = Rc::new(Docs::none(budget));
            }
            let segment = &found.segments[number];
            let groups = segment.units.groups(&docs);
            let mut charge = Charge::new(budget);
            charge.grow_to(groups.len() * size_of::<(Row, usize)>() + docs.len() * size_of::<f32>());
            let scores: Vec<f32> = scores(segment, &docs, &groups, &found.abouts[number], &scoring)?;
            if planned.exact {
                found.passages += segment.passages(planned, &docs)?;
            }
            found.add(number as u32, docs, &groups, &scores);
        }
        found.rarities = rarities;
        // What was broken off tells neither how much there is nor what a NOT leaves out.
        planned.exact &= !budget.is_spent();
        Ok(found)
    }

    /// Why a candidate ranks where it does.
    fn why(&self, found: &Found, planned: &Planned, snapshot: &Snapshot, candidate: &Candidate) -> tantivy::Result<Score> {
        let number = candidate.segment as usize;
        let segment = &found.segments[number];
        let scoring =
            Scoring { planned, rarities: &found.rarities, totals: snapshot.totals(&self.fields)?, weights: &self.weights };
        let group = found.group(candidate);
        let scores: Vec<Score> = scores(segment, group, &segment.units.groups(group), &found.abouts[number], &scoring)?;
        let own = group.iter().position(|(doc, _)| *doc == candidate.doc);
        Ok(own.and_then(|own| scores.into_iter().nth(own)).unwrap_or_default())
    }
}

/// Why an answer is partial when a pattern was cut short.
pub(in crate::engine::embedded) fn cut_short() -> String {
    format!(
        "a pattern stands for too many words; only the first {} were looked up",
        crate::engine::embedded::lookup::expand::MOST_WORDS
    )
}

impl Engine for IndexReader {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        let started = Instant::now();
        let snapshot = self.snapshot();
        snapshot.begin();
        let mut planned = Planned::new(&search.query);
        let (budget, until) = self.budget(&snapshot, &search.caller, started, search.deadline)?;
        let mut found = self.found(&snapshot, &mut planned, &budget).map_err(|e| self.failed(e))?;
        let broken_off = budget.read_until(until);
        let order = order(search.sort);
        let mut candidates = std::mem::take(&mut found.candidates);
        if let Some(recency) = search.recency {
            candidates.iter_mut().for_each(|candidate| candidate.score *= recency.keeps(candidate.day));
        }
        let mut reranked = Rerank::default();
        if search.sort == Sort::Relevance && search.limit != Some(0) {
            reranked = rerank::look(&snapshot, &planned, &self.weights, &mut candidates, &order, &budget)?;
        }
        let folding = if search.fold { Some(Folding::new(snapshot.stories().map_err(|e| self.failed(e))?)) } else { None };
        // One more than wanted may be looked at: the matcher can turn candidates down.
        let best = search.limit.map_or(candidates.len(), |limit| limit.saturating_mul(2).saturating_add(16));
        if search.after.is_none() && !search.fold && best < candidates.len() {
            candidates.select_nth_unstable_by(best, &order);
            candidates[..best].sort_unstable_by(&order);
        } else {
            candidates.sort_unstable_by(&order);
        }
        let mut summary = Summary::default();
        if planned.exact {
            (summary.passages, summary.mentions, summary.articles) = (found.passages, found.mentions, found.articles);
        }
        if found.segments.iter().any(|segment| segment.expansions.cut) {
            summary.partial = Some(cut_short());
        }
        if let Some(why) = broken_off {
            summary.partial = Some(why.in_words().to_owned());
        }
        let why = |candidate: &Candidate| {
            let mut score = self.why(&found, &planned, &snapshot, candidate).map_err(|error| self.failed(error))?;
            if let Some(recency) = search.recency {
                let whole = score.total();
                score.add(ScorePart::Recency, whole * (recency.keeps(candidate.day) - 1.0));
            }
            reranked.add_to(&mut score, candidate);
            Ok(score.in_words())
        };
        let mut run = PassageAnswer {
            snapshot: &snapshot,
            search,
            matcher: Matcher::new(&search.query),
            exact: planned.exact,
            why: &why,
            words: Words::default(),
            summary,
            articles: HashSet::new(),
            budget: Rc::clone(&budget),
            leaves: planned.leaves.len(),
            skipping: search.after.clone(),
            stopped: false,
            folding,
        };
        run.all(&mut candidates, best, &order, each)?;
        if !run.exact {
            run.summary.articles = run.articles.len();
        }
        run.unfold(&candidates, each);
        run.summary.partial = run.summary.unreadable.beside(run.summary.partial.take());
        run.summary.took = started.elapsed();
        run.summary.cost = budget.cost();
        Ok(run.summary)
    }

    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Error> {
        self.quotations_of(asked, each)
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

    fn reload(&self) -> Result<bool, Error> {
        // The manifest is read first: an index of another version must not be taken for a new commit of this one.
        schema::check(&self.dir)?;
        // tantivy opens every segment anew, so that its list is looked at before.
        if self.snapshot().is_last().map_err(|e| self.failed(e))? {
            return Ok(false);
        }
        of_store(|| self.reader.reload()).map_err(|error| self.failed(error))?;
        let snapshot = Arc::new(Snapshot::new(&self.dir, self.reader.searcher()));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(true)
    }
}
