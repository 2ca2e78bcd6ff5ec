//! A search from the plan to the passages: candidates, their order, and the matcher's last word.

use super::evaluate::{Planned, Segment};
use super::intake::number_of;
use super::quoted::Who;
use super::rank::{Score, Totals, Weights, rarities, scores};
use super::schema::{self, Fields, trouble};
use super::shelf::Shelf;
use crate::article::Article;
use crate::engine::{Counting, Engine, Quoting, Search, Sort, Speakers, Trouble};
use crate::mention::{Matcher, Page, places};
use crate::passage::unit as unit_of;
use crate::quotation::Quotation;
use crate::results::{QuotationSummary, RankedPassage, RankedQuotation, Summary};
use crate::words::Words;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, ReloadPolicy, Searcher, Term};

/// Reads an index.
pub struct IndexReader {
    pub(super) dir: PathBuf,
    corpus: Option<PathBuf>,
    pub(super) fields: Fields,
    reader: tantivy::IndexReader,
    weights: Weights,
    /// Who is who, once asked for, in that generation of the index.
    who: Mutex<Option<(u64, Arc<Who>)>>,
}

/// Most candidates whose text is looked at only to count them when a few passages are wanted; beyond that the summary says
/// "at least". About 5 ms.
const MOST_COUNTED: usize = 1_000;

/// Units whose text is looked at for words near each other.
const BROUGHT_NEAR: usize = 60;

/// Words farther apart than this say nothing about each other.
const FAR: u32 = 8;

/// A unit that may answer, before its text is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub head: DocId,
    pub count: u32,
    /// Passages of its unit that have a mention, when the plan is exact.
    pub passages: u32,
    pub score: Score,
    /// The article's number: equal places are ordered by it, whatever segment they are in.
    pub article: u64,
    /// First day of publication; 0 when unknown.
    pub day: u32,
}

impl IndexReader {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Trouble::NoIndex`], [`Trouble::OtherVersion`], or [`Trouble::Broken`].
    pub fn open(dir: &Path) -> Result<IndexReader, Trouble> {
        let (index, fields) = schema::open(dir)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(8)
            .try_into()
            .map_err(|error| trouble(dir, error))?;
        let (corpus, weights) = (schema::corpus(dir), Weights::default());
        Ok(IndexReader { dir: dir.to_owned(), corpus, fields, reader, weights, who: Mutex::default() })
    }

    /// The same index ranked with other constants.
    pub fn with_weights(self, weights: Weights) -> IndexReader {
        IndexReader { weights, ..self }
    }

    /// The corpus directory the index was built from: where the paths of its passages begin.
    pub fn corpus(&self) -> Option<&Path> {
        self.corpus.as_deref()
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The directory of the whole archive, if somebody asked for it before.
    pub(super) fn known_who(&self, searcher: &Searcher) -> Option<Arc<Who>> {
        let known = self.who.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let generation = searcher.generation().generation_id();
        known.as_ref().filter(|(of, _)| *of == generation).map(|(_, who)| Arc::clone(who))
    }

    /// Who is who in what `searcher` sees.
    pub(super) fn who(&self, searcher: &Searcher) -> Result<Arc<Who>, Trouble> {
        if let Some(who) = self.known_who(searcher) {
            return Ok(who);
        }
        let who = Arc::new(Who::of(searcher).map_err(|error| self.trouble(error))?);
        let generation = searcher.generation().generation_id();
        *self.who.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some((generation, Arc::clone(&who)));
        Ok(who)
    }

    fn trouble(&self, error: tantivy::TantivyError) -> Trouble {
        trouble(&self.dir, error)
    }

    fn totals(&self, searcher: &Searcher) -> tantivy::Result<Totals> {
        let mut totals = Totals::default();
        for segment in searcher.segment_readers() {
            totals.units += u64::from(segment.max_doc());
            totals.words += segment.inverted_index(self.fields.text)?.total_num_tokens();
            totals.articles += u64::from(segment.fast_fields().u64("id")?.values.num_vals());
        }
        Ok(totals)
    }

    /// Looks at the text of the best candidates: those with neighbouring words of the query near each other come first.
    /// How many are looked at does not depend on how many are wanted, so that a longer answer begins like a shorter one.
    pub(super) fn bring_near(
        &self,
        searcher: &Searcher,
        planned: &Planned,
        candidates: &mut [Candidate],
        order: &dyn Fn(&Candidate, &Candidate) -> std::cmp::Ordering,
        shelf: &mut Shelf,
    ) -> Result<(), Trouble> {
        let best = candidates.len().min(BROUGHT_NEAR);
        if best < candidates.len() {
            candidates.select_nth_unstable_by(best, order);
        }
        let mut words = Words::default();
        for candidate in &mut candidates[..best] {
            let (article, _) = shelf.read(searcher, DocAddress::new(candidate.segment, candidate.head))?;
            let Some(unit) = unit_of(article, (candidate.doc - candidate.head) as usize) else { continue };
            words.read(unit.span.of(&article.text));
            candidate.score.near = self.weights.near * nearness(planned, &words);
        }
        candidates[..best].sort_unstable_by(order);
        Ok(())
    }

    /// Every unit that may answer, unordered.
    pub(super) fn candidates(&self, searcher: &Searcher, planned: &mut Planned) -> tantivy::Result<(Vec<Candidate>, bool)> {
        let totals = self.totals(searcher)?;
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push(Segment::open(reader, self.fields, &planned.leaves)?);
        }
        let cut = segments.iter().any(|segment| segment.cut);
        let rarities = rarities(&planned.leaves, &segments, &totals);
        planned.rarities.clone_from(&rarities);
        let mut all = Vec::new();
        for (number, segment) in segments.iter_mut().enumerate() {
            let docs = segment.answer(planned)?;
            if docs.is_empty() {
                continue;
            }
            let passages = if planned.exact { segment.passages(planned, &docs)? } else { Vec::new() };
            let scores = scores(segment, &docs, &planned.leaves, &rarities, &totals, &self.weights)?;
            let heads = Heads::open(segment.reader)?;
            let mut last = (DocId::MAX, 0, 0);
            all.reserve(docs.len());
            for (at, ((doc, count), score)) in docs.into_iter().zip(scores).enumerate() {
                let unit = segment.units.get_val(doc);
                let head = doc - (unit / 2) as DocId;
                let passages = passages.get(at).copied().unwrap_or(1);
                if last.0 != head {
                    last = (head, heads.ids.first(head).unwrap_or(0), (heads.days.first(head).unwrap_or(0) >> 32) as u32);
                }
                all.push(Candidate { segment: number as u32, doc, head, count, passages, score, article: last.1, day: last.2 });
            }
        }
        Ok((all, cut))
    }
}

/// The worth of neighbours in the query that stand near each other in a text: that of the commoner word, less with distance.
fn nearness(planned: &Planned, words: &Words) -> f32 {
    let mut worth = 0.0;
    let mut before: Option<(usize, Vec<(u32, u32)>)> = None;
    for &number in &planned.near {
        let here = places(&planned.leaves[number].pattern, words);
        if let Some((other, there)) = &before
            && let Some(distance) = distance(there, &here).filter(|distance| *distance <= FAR)
        {
            worth += planned.rarities[*other].min(planned.rarities[number]) / distance as f32;
        }
        before = Some((number, here));
    }
    worth
}

/// Words from one of `left` to one of `right`, at the nearest: neighbours are 1 apart.
fn distance(left: &[(u32, u32)], right: &[(u32, u32)]) -> Option<u32> {
    let (mut i, mut j) = (0, 0);
    let mut least: Option<u32> = None;
    while i < left.len() && j < right.len() {
        let apart = left[i].0.abs_diff(right[j].0).max(1);
        least = Some(least.map_or(apart, |least| least.min(apart)));
        if left[i].0 < right[j].0 { i += 1 } else { j += 1 }
    }
    least
}

struct Heads {
    ids: Column<u64>,
    days: Column<u64>,
}

impl Heads {
    fn open(reader: &tantivy::SegmentReader) -> tantivy::Result<Heads> {
        Ok(Heads { ids: reader.fast_fields().u64("id")?, days: reader.fast_fields().u64("days")? })
    }
}

/// Why an answer is partial when a pattern was cut short.
pub(super) fn cut_short() -> String {
    format!("a pattern stands for too many words; only the first {} were looked up", super::expand::MOST_WORDS)
}

/// Ascending is better.
pub(super) fn order(sort: Sort) -> impl Fn(&Candidate, &Candidate) -> std::cmp::Ordering {
    move |a, b| {
        let by_score = || b.score.total().total_cmp(&a.score.total());
        let known = |c: &Candidate| if c.day == 0 { u32::MAX } else { c.day };
        let first = match sort {
            Sort::Relevance => by_score(),
            Sort::Oldest => known(a).cmp(&known(b)),
            Sort::Newest => b.day.cmp(&a.day),
        };
        first.then_with(|| a.article.cmp(&b.article)).then_with(|| (a.doc - a.head).cmp(&(b.doc - b.head)))
    }
}

impl Engine for IndexReader {
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Trouble> {
        let started = Instant::now();
        let searcher = self.reader.searcher();
        let mut planned = Planned::of(&search.query);
        let (mut candidates, cut) = self.candidates(&searcher, &mut planned).map_err(|e| self.trouble(e))?;
        let order = order(search.sort);
        let mut shelf = Shelf::new(&self.dir)?;
        if search.sort == Sort::Relevance && search.limit != Some(0) && planned.near.len() > 1 {
            self.bring_near(&searcher, &planned, &mut candidates, &order, &mut shelf)?;
        }
        // One more than wanted may be looked at: the matcher can turn candidates down.
        let best = search.limit.map_or(candidates.len(), |limit| limit.saturating_mul(2).saturating_add(16));
        if search.after.is_none() && best < candidates.len() {
            candidates.select_nth_unstable_by(best, &order);
            candidates[..best].sort_unstable_by(&order);
        } else {
            candidates.sort_unstable_by(&order);
        }
        let mut run = Run {
            searcher: &searcher,
            search,
            matcher: Matcher::new(&search.query),
            exact: planned.exact,
            shelf,
            words: Words::default(),
            summary: Summary::default(),
            articles: HashSet::new(),
            deadline: started.checked_add(search.deadline),
            skipping: search.after.clone(),
            stopped: false,
        };
        if cut {
            run.summary.partial = Some(cut_short());
        }
        run.all(&mut candidates, best, &order, each)?;
        run.summary.articles = run.articles.len();
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
        let searcher = self.reader.searcher();
        let term = Term::from_field_u64(self.fields.of, number_of(id));
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let found = searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(|e| self.trouble(e))?;
        // Its units follow each other; the head comes first.
        let Some(address) = found.into_iter().min() else { return Ok(None) };
        let mut shelf = Shelf::new(&self.dir)?;
        let (article, quotations) = shelf.read(&searcher, address)?;
        Ok(Some((article.clone(), quotations.clone())))
    }
}

/// One search under way.
struct Run<'a> {
    searcher: &'a Searcher,
    search: &'a Search,
    matcher: Matcher,
    exact: bool,
    shelf: Shelf,
    words: Words,
    summary: Summary,
    articles: HashSet<u64>,
    deadline: Option<Instant>,
    /// The passage to go on behind, until it was met.
    skipping: Option<String>,
    /// The caller wants no more, not even a count.
    stopped: bool,
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
            at += 1;
            if !self.show(&candidate, each)? {
                if self.stopped {
                    return Ok(());
                }
                return self.count_rest(&candidates[at..]);
            }
        }
        Ok(())
    }

    /// Counts what is not shown: exact candidates need no look at their text.
    fn count_rest(&mut self, candidates: &[Candidate]) -> Result<(), Trouble> {
        let whole = self.search.limit.is_none_or(|limit| limit == 0);
        let mut looked_at = 0;
        for candidate in candidates {
            if self.exact {
                self.count(candidate.article, candidate.passages as usize, candidate.count as usize);
                continue;
            }
            let late = looked_at % 64 == 0 && self.deadline.is_some_and(|deadline| Instant::now() > deadline);
            if late || (!whole && looked_at >= MOST_COUNTED) {
                self.summary.partial = Some("not all candidates were counted; the figures are the least there is".into());
                break;
            }
            looked_at += 1;
            let passages = self.passages(candidate)?;
            if !passages.is_empty() {
                self.count(candidate.article, passages.len(), mentions(&passages));
            }
        }
        Ok(())
    }

    fn count(&mut self, article: u64, passages: usize, mentions: usize) {
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
        let mut wanted = true;
        for mut passage in passages {
            if let Some(id) = &self.skipping {
                if *id == passage.id {
                    self.skipping = None;
                }
                continue;
            }
            if !wanted || self.search.limit.is_some_and(|limit| self.summary.shown >= limit) {
                wanted = false;
                continue;
            }
            self.summary.shown += 1;
            passage.rank = self.summary.shown;
            passage.score = candidate.score.total();
            passage.why = why(&candidate.score);
            if each(passage).is_break() {
                self.stopped = true;
                return Ok(false);
            }
        }
        Ok(wanted && self.search.limit.is_none_or(|limit| self.summary.shown < limit))
    }

    /// The passages of a candidate with what the matcher marks in them; none when it turns the candidate down.
    fn passages(&mut self, candidate: &Candidate) -> Result<Vec<RankedPassage>, Trouble> {
        let head = DocAddress::new(candidate.segment, candidate.head);
        let number = (candidate.doc - candidate.head) as usize;
        let (article, quotations) = self.shelf.read(self.searcher, head)?;
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

fn why(score: &Score) -> Vec<(String, f32)> {
    let parts = [
        ("words in the passage", score.unit),
        ("words in the article", score.article),
        ("words in the headline", score.headline),
        ("words in dateline, byline or outlet", score.about),
        ("share of the query's words in the article", score.coverage),
        ("words in the first paragraph", score.lead),
        ("words of the query near each other", score.near),
    ];
    parts.into_iter().filter(|(_, worth)| *worth > 0.0).map(|(what, worth)| (what.to_owned(), worth)).collect()
}
