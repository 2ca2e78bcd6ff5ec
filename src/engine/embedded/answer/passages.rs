//! An answer from its candidates in order: the matcher's last word on each, the passages, the figures, the copies folded.

use super::folding::Folding;
use crate::article::ArticleId;
use crate::engine::embedded::lookup::budget::{Budget, Spent};
use crate::engine::embedded::rank::found::{Candidate, sort_on};
use crate::engine::embedded::store::snapshot::Snapshot;
use crate::engine::{Error, Search};
use crate::matching::{Matcher, Patience, UnitText};
use crate::passage::unit as unit_of;
use crate::results::{RankedPassage, Summary};
use crate::words::Words;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::rc::Rc;
use tantivy::DocAddress;

/// Most candidates whose text is looked at only to count them when a few passages are wanted; beyond that the summary says
/// "at least". About 5 ms.
const MOST_COUNTED: usize = 1_000;

/// Steps to unpack an article, and bytes of a long one that are unpacked in one step more.
pub(in crate::engine::embedded) const UNPACKED: usize = 1_000;
pub(super) const BYTES_A_STEP: usize = 16;

/// Steps to look for the story of a candidate.
const LOOKED_AT: usize = 8;

/// What counted in a score, and how much.
pub(in crate::engine::embedded) type Explanation = Vec<(String, f32)>;

/// Candidates, of which the first `sorted` are in order.
pub(in crate::engine::embedded) struct InOrder<'a> {
    pub candidates: &'a mut [Candidate],
    pub sorted: usize,
    pub order: &'a dyn Fn(&Candidate, &Candidate) -> Ordering,
    /// Why one ranks where it does.
    pub why: &'a dyn Fn(&Candidate) -> Result<Explanation, Error>,
}

/// One answer under way.
pub(in crate::engine::embedded) struct PassageAnswer<'a> {
    pub snapshot: &'a Snapshot,
    pub search: &'a Search,
    pub matcher: Matcher,
    /// The summary was filled in from the index.
    pub exact: bool,
    pub words: Words,
    pub summary: Summary,
    pub articles: HashSet<u64>,
    pub budget: Rc<Budget>,
    /// The passage to go on after, until it was met.
    pub skipping: Option<String>,
    /// The caller wants no more, not even a count.
    pub stopped: bool,
    pub folding: Option<Folding<'a>>,
}

impl PassageAnswer<'_> {
    /// True when more passages are wanted than were given.
    pub fn wants_more(&self) -> bool {
        let is_full = self.search.limit.is_some_and(|limit| self.summary.shown >= limit);
        !is_full && !self.stopped && !self.budget.is_spent()
    }

    /// Gives the passages of the candidates, and counts the rest.
    pub fn all(&mut self, in_order: InOrder, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<(), Error> {
        let InOrder { candidates, mut sorted, order, why } = in_order;
        let mut at = 0;
        while at < candidates.len() {
            if at == sorted {
                sorted = sort_on(candidates, sorted, order);
            }
            let candidate = candidates[at];
            // The matcher may turn down any number of them.
            if at % 64 == 63 {
                self.budget.look();
            }
            if self.is_over() {
                return Ok(());
            }
            at += 1;
            if !self.show(&candidate, why, each)? {
                if self.stopped {
                    return Ok(());
                }
                return if self.exact || !self.search.totals {
                    self.name_rest(&candidates[at..])
                } else {
                    self.count_rest(&candidates[at..])
                };
            }
        }
        Ok(())
    }

    /// Counts what is not shown.
    fn count_rest(&mut self, candidates: &[Candidate]) -> Result<(), Error> {
        let whole = self.search.limit.is_none_or(|limit| limit == 0);
        for (looked_at, candidate) in candidates.iter().enumerate() {
            if !whole && looked_at >= MOST_COUNTED {
                self.summary.partial = Some("not all candidates were counted; the figures are the least there is".into());
                break;
            }
            if looked_at % 64 == 0 {
                self.budget.look();
            }
            if self.is_over() {
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
    fn name_rest(&mut self, candidates: &[Candidate]) -> Result<(), Error> {
        if self.folding.is_none() {
            return Ok(());
        }
        for candidate in candidates {
            if !self.budget.step(LOOKED_AT) && self.is_over() {
                break;
            }
            if !self.folding.as_ref().is_some_and(|folding| folding.is_copy(candidate)) {
                continue;
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
    pub fn unfold(&mut self, candidates: &[Candidate], each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) {
        let Some(folding) = self.folding.take() else { return };
        let counted = candidates.iter().take_while(|_| self.budget.step(LOOKED_AT));
        self.summary.stories = Some(match self.exact {
            true => folding.stories(counted.map(|candidate| candidate.article)),
            false => folding.stories(self.articles.iter().copied()),
        });
        self.is_over();
        for passage in folding.passages() {
            if each(passage).is_break() {
                break;
            }
        }
    }

    /// True when the question may cost no more, and the summary says so.
    fn is_over(&mut self) -> bool {
        let Some(why) = self.budget.spent() else { return false };
        self.summary.partial = Some(why.in_words().to_owned());
        self.stopped |= why == Spent::Gone;
        true
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
    fn show(
        &mut self,
        candidate: &Candidate,
        why: &dyn Fn(&Candidate) -> Result<Explanation, Error>,
        each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>,
    ) -> Result<bool, Error> {
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
                passage.why = why(candidate)?;
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
    fn passages(&mut self, candidate: &Candidate) -> Result<Vec<RankedPassage>, Error> {
        let head = DocAddress::new(candidate.segment, candidate.head);
        let number = (candidate.doc - candidate.head) as usize;
        let Some(stored) = self.snapshot.readable(head)? else {
            self.summary.unreadable.note(ArticleId(candidate.article));
            return Ok(Vec::new());
        };
        let (article, quotations) = (&stored.0, &stored.1);
        let Some(unit) = unit_of(article, number) else { return Ok(Vec::new()) };
        let goes_on = |steps| self.budget.step(steps);
        goes_on(UNPACKED + number + article.text.len() / BYTES_A_STEP + quotations.len() + unit.span.range().len());
        let page = UnitText::read(article, quotations, unit, &mut self.words).within(Patience::of(&goes_on));
        Ok(match self.matcher.mentions(&page) {
            // Not looked at to its end.
            _ if self.budget.is_spent() => Vec::new(),
            None => Vec::new(),
            // An article without a headline is shown by what comes first, unless that answers by itself.
            Some(marks) if marks.is_empty() && unit.span.is_empty() => {
                let first = unit_of(article, 1);
                let answers = first.is_some_and(|first| {
                    let page = UnitText::read(article, quotations, first, &mut self.words).within(Patience::of(&goes_on));
                    self.matcher.mentions(&page).is_some()
                });
                if answers || self.budget.is_spent() { Vec::new() } else { RankedPassage::of_unit(article, quotations, 1, &[]) }
            }
            Some(marks) => RankedPassage::of_unit(article, quotations, number, &marks),
        })
    }
}

fn mentions(passages: &[RankedPassage]) -> usize {
    passages.iter().map(|passage| passage.matches.len()).sum()
}
