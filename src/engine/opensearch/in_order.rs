//! All of an answer by day, the articles that may answer some after others: so it needs no more memory than some of them, and no more time than
//! there is.

use super::found::{FoundArticle, Pages};
use crate::engine::{Error, Search};
use crate::results::{Cost, RankedPassage, Summary};
use std::ops::ControlFlow;
use std::time::Instant;

/// Articles that are asked at once.
const SOME: usize = 2_000;

/// Answers from some articles.
pub(super) type Parts<'a> =
    dyn FnMut(Vec<FoundArticle>, &Search, &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> + 'a;

/// An answer under way.
pub(super) struct InOrder<'a> {
    pub pages: Pages<'a>,
    pub search: &'a Search,
    pub started: Instant,
}

impl InOrder<'_> {
    /// Answers from as many articles as there is time for, at least from the first of them.
    pub fn answer(mut self, part: &mut Parts, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error> {
        let mut all: Option<Summary> = None;
        let (mut read, mut stopped) = (0, false);
        loop {
            let some = self.pages.next(SOME)?;
            if some.is_empty() && all.is_some() {
                break;
            }
            read += some.len() as u64;
            let last = some.last().and_then(|found| Some(found.stored.0.published.as_ref()?.date.clone()));
            let shown = all.as_ref().map_or(0, |all| all.shown);
            let deadline = self.search.deadline.saturating_sub(self.started.elapsed()).max(self.search.deadline / 2);
            let summary = part(some, &Search { deadline, ..self.search.clone() }, &mut |passage| {
                let went_on = each(RankedPassage { rank: passage.rank + shown, ..passage });
                stopped |= went_on.is_break();
                went_on
            })?;
            let so_far = match all.take() {
                Some(all) => beside(all, summary),
                None => summary,
            };
            let all = all.insert(so_far);
            let is_late = self.started.elapsed() >= self.search.deadline || self.search.caller.is_gone();
            if stopped {
                break;
            }
            if is_late && read < self.pages.total {
                let up_to = last.map_or(String::new(), |date| format!(", up to {date}"));
                let total = self.pages.total;
                all.partial.get_or_insert_with(|| {
                    format!("time ran out after {read} of {total} articles that may answer, by day{up_to}")
                });
                break;
            }
        }
        Ok(all.unwrap_or_default())
    }
}

/// Two parts of an answer as one; no article is in both.
fn beside(one: Summary, other: Summary) -> Summary {
    Summary {
        uncounted: one.uncounted,
        passages: one.passages + other.passages,
        mentions: one.mentions + other.mentions,
        articles: one.articles + other.articles,
        stories: None,
        shown: one.shown + other.shown,
        partial: one.partial.or(other.partial),
        unreadable: one.unreadable.and(other.unreadable),
        shards: None,
        took: one.took,
        cost: Cost {
            steps: one.cost.steps + other.cost.steps,
            memory: one.cost.memory.max(other.cost.memory),
            scored: one.cost.scored + other.cost.scored,
        },
    }
}
