//! A search from the plan to the passages: candidates, their order, and the matcher's last word.

use super::about::{abouts, outlet_rarities};
use super::closer::{self, Closer};
use super::disk::Faults;
use super::evaluate::Segment;
use super::folding::Folding;
use super::found::{Candidate, Found, order};
use super::intake::number_of;
use super::kept::Kept;
use super::plan::Planned;
use super::rank::{Part, Rarities, Score, Tally, Weights, rarities};
use super::schema::{self, Fields, trouble};
use super::scores::{Scoring, scores};
use super::snapshot::Snapshot;
use crate::article::Article;
use crate::engine::{Counting, Engine, Holdings, Quoting, Search, Sort, Speakers, Trouble};
use crate::mention::{Matcher, Page};
use crate::passage::unit as unit_of;
use crate::quotation::Quotation;
use crate::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use crate::words::Words;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;
use tantivy::{DocAddress, ReloadPolicy, Term};

/// Reads an index.
pub struct IndexReader {
    pub(super) dir: PathBuf,
    corpus: Option<PathBuf>,
    pub(super) fields: Fields,
    reader: tantivy::IndexReader,
    snapshot: RwLock<Arc<Snapshot>>,
    weights: Weights,
}

/// Most candidates whose text is looked at only to count them when a few passages are wanted; beyond that the summary says
/// "at least". About 5 ms.
const MOST_COUNTED: usize = 1_000;

impl IndexReader {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Trouble::NoIndex`], [`Trouble::OtherVersion`], or [`Trouble::Broken`].
    pub fn open(dir: &Path) -> Result<IndexReader, Trouble> {
        IndexReader::open_on(dir, None)
    }

    /// The same on a disk that may fail, for tests.
    ///
    /// # Errors
    /// As [`IndexReader::open`], and what `faults` says.
    pub fn open_on(dir: &Path, faults: Option<Arc<dyn Faults>>) -> Result<IndexReader, Trouble> {
        let (index, fields, disk) = schema::open(dir, faults)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(|error| disk.trouble(error))?;
        let reader: tantivy::IndexReader = reader;
        let snapshot = RwLock::new(Arc::new(Snapshot::new(dir, reader.searcher())));
        let corpus = Kept::of(&index).map_err(|error| disk.trouble(error))?.corpus;
        Ok(IndexReader { dir: dir.to_owned(), corpus, fields, reader, snapshot, weights: Weights::default() })
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same index ranked with other constants.
    pub fn with_weights(self, weights: Weights) -> IndexReader {
        IndexReader { weights, ..self }
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The corpus directory the index was built from: where the paths of its passages begin.
    pub fn corpus(&self) -> Option<&Path> {
        self.corpus.as_deref()
    }

    fn trouble(&self, error: tantivy::TantivyError) -> Trouble {
        trouble(&self.dir, error)
    }

    /// Every unit that may answer, unordered.
    pub(super) fn found<'a>(&self, snapshot: &'a Snapshot, planned: &mut Planned) -> tantivy::Result<Found<'a>> {
        let mut found = Found::default();
        for number in 0..snapshot.searcher.segment_readers().len() {
            found.segments.push(Segment::open(snapshot, number, self.fields, &planned.leaves)?);
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
            let docs = found.segments[number].answer(planned)?;
            let segment = &found.segments[number];
            let scores: Vec<f32> = scores(segment, &docs, &found.abouts[number], &scoring)?;
            let passages = if planned.exact { segment.passages(planned, &docs)? } else { Vec::new() };
            found.candidates.reserve(docs.len());
            for (at, ((doc, count), score)) in docs.iter().zip(scores).enumerate() {
                found.push(number as u32, *doc, *count, passages.get(at).copied().unwrap_or(1), score);
            }
            found.docs.push(docs);
        }
        found.rarities = rarities;
        Ok(found)
    }

    /// Why a candidate ranks where it does.
    fn why(&self, found: &Found, planned: &Planned, snapshot: &Snapshot, candidate: &Candidate) -> tantivy::Result<Score> {
        let number = candidate.segment as usize;
        let segment = &found.segments[number];
        let scoring =
            Scoring { planned, rarities: &found.rarities, totals: snapshot.totals(&self.fields)?, weights: &self.weights };
        let group = found.group(candidate);
        let scores: Vec<Score> = scores(segment, group, &found.abouts[number], &scoring)?;
        let own = group.iter().position(|(doc, _)| *doc == candidate.doc);
        Ok(own.and_then(|own| scores.into_iter().nth(own)).unwrap_or_default())
    }
}

/// Why an answer is partial when a pattern was cut short.
pub(super) fn cut_short() -> String {
    format!("a pattern stands for too many words; only the first {} were looked up", super::expand::MOST_WORDS)
}

impl Engine for IndexReader {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Trouble> {
        let started = Instant::now();
        let snapshot = self.snapshot();
        snapshot.begin();
        let mut planned = Planned::of(&search.query);
        let mut found = self.found(&snapshot, &mut planned).map_err(|e| self.trouble(e))?;
        let order = order(search.sort);
        let mut candidates = std::mem::take(&mut found.candidates);
        if let Some(recency) = search.recency {
            candidates.iter_mut().for_each(|candidate| candidate.score *= recency.keeps(candidate.day));
        }
        let mut closer = Closer::default();
        if search.sort == Sort::Relevance && search.limit != Some(0) {
            closer = closer::look(&snapshot, &planned, &self.weights, &mut candidates, &order)?;
        }
        let folding = if search.fold { Some(Folding::new(snapshot.stories().map_err(|e| self.trouble(e))?)) } else { None };
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
        if found.segments.iter().any(|segment| segment.cut) {
            summary.partial = Some(cut_short());
        }
        let why = |candidate: &Candidate| {
            let mut score = self.why(&found, &planned, &snapshot, candidate).map_err(|error| self.trouble(error))?;
            if let Some(recency) = search.recency {
                let whole = score.total();
                score.add(Part::Recency, whole * (recency.keeps(candidate.day) - 1.0));
            }
            closer.add_to(&mut score, candidate);
            Ok(score.in_words())
        };
        let mut run = Run {
            snapshot: &snapshot,
            search,
            matcher: Matcher::new(&search.query),
            exact: planned.exact,
            why: &why,
            words: Words::default(),
            summary,
            articles: HashSet::new(),
            deadline: started.checked_add(search.deadline),
            skipping: search.after.clone(),
            stopped: false,
            folding,
        };
        run.all(&mut candidates, best, &order, each)?;
        if !run.exact {
            run.summary.articles = run.articles.len();
        }
        run.unfold(&candidates, each);
        run.summary.took = started.elapsed();
        Ok(run.summary)
    }

    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Trouble> {
        self.quotations_of(asked, each)
    }

    fn speakers(&self, asked: &Counting) -> Result<Speakers, Trouble> {
        self.speakers_of(asked)
    }

    fn article(&self, id: &str) -> Result<Option<(Article, Vec<Quotation>)>, Trouble> {
        if id.len() != 16 || u64::from_str_radix(id, 16).is_err() {
            return Ok(None);
        }
        let snapshot = self.snapshot();
        let searcher = &snapshot.searcher;
        let term = Term::from_field_u64(self.fields.of, number_of(id));
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let found = searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(|e| self.trouble(e))?;
        // Its units follow each other; the head comes first.
        let Some(address) = found.into_iter().min() else { return Ok(None) };
        let stored = snapshot.read(address)?;
        Ok(Some((stored.0.clone(), stored.1.clone())))
    }

    fn holdings(&self) -> Result<Holdings, Trouble> {
        let snapshot = self.snapshot();
        let mut holdings = snapshot.holdings(&self.fields).map_err(|e| self.trouble(e))?;
        holdings.copies = snapshot.stories().map_err(|e| self.trouble(e))?.copies() as u64;
        Ok(holdings)
    }

    fn reload(&self) -> Result<bool, Trouble> {
        // The manifest is read first: an index of another version must not be taken for a new commit of this one.
        schema::check(&self.dir)?;
        // tantivy opens every segment anew, so that its list is looked at before.
        if self.snapshot().is_last().map_err(|e| self.trouble(e))? {
            return Ok(false);
        }
        self.reader.reload().map_err(|error| self.trouble(error))?;
        let snapshot = Arc::new(Snapshot::new(&self.dir, self.reader.searcher()));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(true)
    }
}

/// What counted in a score, and how much.
type Explanation = Vec<(String, f32)>;

/// One search under way.
struct Run<'a> {
    snapshot: &'a Snapshot,
    search: &'a Search,
    matcher: Matcher,
    /// The summary was filled in from the index.
    exact: bool,
    why: &'a dyn Fn(&Candidate) -> Result<Explanation, Trouble>,
    words: Words,
    summary: Summary,
    articles: HashSet<u64>,
    deadline: Option<Instant>,
    /// The passage to go on behind, until it was met.
    skipping: Option<String>,
    /// The caller wants no more, not even a count.
    stopped: bool,
    folding: Option<Folding<'a>>,
}

impl Run<'_> {
    fn all(
        &mut self,
        candidates: &mut [Candidate],
        sorted: usize,
        order: &dyn Fn(&Candidate, &Candidate) -> std::cmp::Ordering,
        each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>,
    ) -> Result<(), Trouble> {
        let mut at = 0;
        while at < candidates.len() {
            if at == sorted {
                candidates[at..].sort_unstable_by(order);
            }
            let candidate = candidates[at];
            // The matcher may turn down any number of them.
            if at % 64 == 63 && self.is_late() {
                return Ok(());
            }
            at += 1;
            if !self.show(&candidate, each)? {
                if self.stopped {
                    return Ok(());
                }
                return if self.exact { self.name_rest(&candidates[at..]) } else { self.count_rest(&candidates[at..]) };
            }
        }
        Ok(())
    }

    /// Counts what is not shown.
    fn count_rest(&mut self, candidates: &[Candidate]) -> Result<(), Trouble> {
        let whole = self.search.limit.is_none_or(|limit| limit == 0);
        for (looked_at, candidate) in candidates.iter().enumerate() {
            if !whole && looked_at >= MOST_COUNTED {
                self.summary.partial = Some("not all candidates were counted; the figures are the least there is".into());
                break;
            }
            if looked_at % 64 == 0 && self.is_late() {
                break;
            }
            let passages = self.passages(candidate)?;
            if !passages.is_empty() {
                self.count(candidate.article, passages.len(), mentions(&passages));
                self.is_copy(candidate, &passages);
            }
        }
        Ok(())
    }

    /// Looks for copies of what is shown among the rest.
    fn name_rest(&mut self, candidates: &[Candidate]) -> Result<(), Trouble> {
        for (looked_at, candidate) in candidates.iter().enumerate() {
            if !self.folding.as_ref().is_some_and(|folding| folding.is_copy(candidate)) {
                continue;
            }
            if looked_at % 64 == 0 && self.is_late() {
                break;
            }
            let passages = self.passages(candidate)?;
            self.is_copy(candidate, &passages);
        }
        Ok(())
    }

    /// True when the article of these passages is a copy of one further up, which then names it.
    fn is_copy(&mut self, candidate: &Candidate, passages: &[RankedPassage]) -> bool {
        let Some(folding) = self.folding.as_mut().filter(|folding| folding.is_copy(candidate)) else { return false };
        if let Some(passage) = passages.first() {
            folding.name(candidate.article, passage);
        }
        true
    }

    /// Gives what waited for its copies, and counts the stories.
    fn unfold(&mut self, candidates: &[Candidate], each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) {
        let Some(folding) = self.folding.take() else { return };
        self.summary.stories = Some(match self.exact {
            true => folding.stories(candidates.iter().map(|candidate| candidate.article)),
            false => folding.stories(self.articles.iter().copied()),
        });
        for passage in folding.passages() {
            if each(passage).is_break() {
                break;
            }
        }
    }

    /// True when the time is up, and the summary says so.
    fn is_late(&mut self) -> bool {
        let late = self.deadline.is_some_and(|deadline| Instant::now() > deadline);
        if late {
            self.summary.partial = Some("the time was up before all candidates were read; there may be more".into());
        }
        late
    }

    fn count(&mut self, article: u64, passages: usize, mentions: usize) {
        if self.exact {
            return;
        }
        self.summary.passages += passages;
        self.summary.mentions += mentions;
        self.articles.insert(article);
    }

    /// Gives the passages of a candidate; false when no more are wanted.
    fn show(&mut self, candidate: &Candidate, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<bool, Trouble> {
        let passages = self.passages(candidate)?;
        if passages.is_empty() {
            return Ok(true);
        }
        self.count(candidate.article, passages.len(), mentions(&passages));
        if self.is_copy(candidate, &passages) {
            return Ok(true);
        }
        let mut wanted = true;
        for mut passage in passages {
            if let Some(id) = &self.skipping {
                if *id == passage.id {
                    self.skipping = None;
                }
                self.lead(candidate);
                continue;
            }
            if !wanted || self.search.limit.is_some_and(|limit| self.summary.shown >= limit) {
                wanted = false;
                continue;
            }
            self.summary.shown += 1;
            passage.rank = self.summary.shown;
            passage.score = candidate.score;
            if self.search.context > 0 {
                let stored = self.snapshot.read(DocAddress::new(candidate.segment, candidate.head))?;
                passage.add_context(&stored.0, (candidate.doc - candidate.head) as usize, self.search.context);
            }
            if self.search.explain {
                passage.why = (self.why)(candidate)?;
            }
            self.lead(candidate);
            if let Some(folding) = &mut self.folding {
                folding.wait(candidate.article, passage);
            } else if each(passage).is_break() {
                self.stopped = true;
                return Ok(false);
            }
        }
        Ok(wanted && self.search.limit.is_none_or(|limit| self.summary.shown < limit))
    }

    fn lead(&mut self, candidate: &Candidate) {
        if let Some(folding) = &mut self.folding {
            folding.lead(candidate.article);
        }
    }

    /// The passages of a candidate with what the matcher marks in them; none when it turns the candidate down.
    fn passages(&mut self, candidate: &Candidate) -> Result<Vec<RankedPassage>, Trouble> {
        let head = DocAddress::new(candidate.segment, candidate.head);
        let number = (candidate.doc - candidate.head) as usize;
        let stored = self.snapshot.read(head)?;
        let (article, quotations) = (&stored.0, &stored.1);
        let Some(unit) = unit_of(article, number) else { return Ok(Vec::new()) };
        let page = Page::read(article, quotations, unit, &mut self.words);
        Ok(match self.matcher.mentions(&page) {
            None => Vec::new(),
            // An article without a headline is shown by what comes first, unless that answers by itself.
            Some(marks) if marks.is_empty() && unit.span.is_empty() => {
                let first = unit_of(article, 1);
                let answers = first.is_some_and(|first| {
                    let page = Page::read(article, quotations, first, &mut self.words);
                    self.matcher.mentions(&page).is_some()
                });
                if answers { Vec::new() } else { RankedPassage::of_unit(article, quotations, 1, &[]) }
            }
            Some(marks) => RankedPassage::of_unit(article, quotations, number, &marks),
        })
    }
}

fn mentions(passages: &[RankedPassage]) -> usize {
    passages.iter().map(|passage| passage.matches.len()).sum()
}
