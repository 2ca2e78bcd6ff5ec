//! An answer in which the copies of a story are folded under the one that comes first.
//!
//! Takes any [`Engine`]: the best [`LOOKED_AT`] passages are compared by the [`Sketch`]es of their articles. A passage of an article that is
//! a copy of one further up is left out, and the one further up names it among its copies. Which passages an answer has, and how many, stays
//! as it is; behind the passages that are looked at nothing is folded.

use super::{Engine, Search, Trouble};
use crate::duplicates::Sketch;
use crate::results::{Printing, RankedPassage, Summary};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Passages that are compared, the best ones of an answer: reading their articles takes about 10 ms.
pub const LOOKED_AT: usize = 300;

/// A page of an answer without copies.
#[derive(Debug, Default)]
pub struct Folded {
    /// The passages, each with the copies of its article; ranks are those among what is shown.
    pub passages: Vec<RankedPassage>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// Passages that were left out, on this page and others.
    pub left_out: usize,
    /// All of the answer, with what was left out.
    pub summary: Summary,
}

/// A story: the article of it that comes first, and what else prints it.
struct Story {
    article: String,
    sketch: Option<Sketch>,
    copies: Vec<Printing>,
}

/// Answers `search` with copies folded; its limit is 10 if it has none. `is_wanted` is asked now and then whether to go on.
///
/// # Errors
/// [`Trouble`] when the index cannot be read.
pub fn folded(engine: &dyn Engine, search: &Search, is_wanted: &dyn Fn() -> bool) -> Result<Folded, Trouble> {
    let limit = search.limit.unwrap_or(10);
    let mut found: Vec<RankedPassage> = Vec::new();
    let most = LOOKED_AT.max(limit);
    let looking = Search { limit: Some(most), after: None, ..search.clone() };
    let summary = engine.search(&looking, &mut |passage| {
        found.push(passage);
        if is_wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let compared: Vec<String> = found.iter().map(|passage| passage.id.clone()).collect();
    let may_go_on = found.len() >= most;
    let before = found.len();
    let mut shown = without_copies(engine, found)?;
    let left_out = before - shown.len();
    let from = match &search.after {
        None => Some(0),
        Some(after) => shown.iter().position(|passage| passage.id == *after).map(|at| at + 1),
    };
    let from = match from {
        Some(from) if from < shown.len() || !may_go_on => from,
        _ => return behind(engine, search, &compared, limit),
    };
    let is_last = from + limit >= shown.len();
    let mut passages: Vec<RankedPassage> = shown.drain(from..(from + limit).min(shown.len())).collect();
    let next = passages.last().filter(|_| !is_last || may_go_on).map(|passage| passage.id.clone());
    for (number, passage) in passages.iter_mut().enumerate() {
        passage.rank = from + number + 1;
    }
    let summary = Summary { shown: passages.len(), ..summary };
    Ok(Folded { passages, next, left_out, summary })
}

/// What comes behind the passages that were `compared`: nothing is folded there, and its cursors are those of any answer.
fn behind(engine: &dyn Engine, search: &Search, compared: &[String], limit: usize) -> Result<Folded, Trouble> {
    let is_compared = search.after.as_ref().is_some_and(|after| compared.contains(after));
    let after = if is_compared { compared.last().cloned() } else { search.after.clone() };
    let mut page = Folded::default();
    let search = Search { limit: Some(limit + 1), after, ..search.clone() };
    page.summary = engine.search(&search, &mut |passage| {
        page.passages.push(passage);
        ControlFlow::Continue(())
    })?;
    if page.passages.len() > limit {
        page.passages.truncate(limit);
        page.next = page.passages.last().map(|passage| passage.id.clone());
    }
    page.summary.shown = page.passages.len();
    Ok(page)
}

/// The passages of the first article of each story, with its copies.
fn without_copies(engine: &dyn Engine, found: Vec<RankedPassage>) -> Result<Vec<RankedPassage>, Trouble> {
    let mut stories: Vec<Story> = Vec::new();
    let mut of: HashMap<String, usize> = HashMap::new();
    let mut shown = Vec::new();
    for passage in found {
        let number = match of.get(&passage.article) {
            Some(number) => *number,
            None => {
                let number = told(engine, &mut stories, &passage)?;
                of.insert(passage.article.clone(), number);
                number
            }
        };
        if stories[number].article == passage.article {
            shown.push((number, passage));
        }
    }
    let with_copies =
        |(number, passage): (usize, RankedPassage)| RankedPassage { copies: stories[number].copies.clone(), ..passage };
    Ok(shown.into_iter().map(with_copies).collect())
}

/// The number of the story that the article of `passage`, which is met for the first time, tells.
fn told(engine: &dyn Engine, stories: &mut Vec<Story>, passage: &RankedPassage) -> Result<usize, Trouble> {
    let sketch = engine.article(&passage.article)?.and_then(|(article, _)| Sketch::of(&article));
    let is_copy = |story: &Story| matches!((&story.sketch, &sketch), (Some(one), Some(other)) if one.likeness(other).is_copy());
    if let Some(number) = stories.iter().position(is_copy) {
        stories[number].copies.push(Printing {
            article: passage.article.clone(),
            outlet: passage.outlet.clone(),
            published: passage.published.clone(),
            path: passage.place.path.clone(),
        });
        return Ok(number);
    }
    stories.push(Story { article: passage.article.clone(), sketch, copies: Vec::new() });
    Ok(stories.len() - 1)
}
