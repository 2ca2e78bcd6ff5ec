//! One page of an answer: the best passage of each article, mentions by the line, or quotations.

use super::{SEARCHING, Wanted, read};
use crate::article::ArticleId;
use crate::engine::{Engine, Sort, Speech};
use crate::matching::marks_beside;
use crate::query::Parsed;
use crate::quotation::Kind;
use crate::render::concordance::{ConcordanceLine, LineOrder, lines as lines_of, sort};
use crate::render::page::{Lines, Listed, Paging, SortedLines, Story};
use crate::results::{RankedPassage, RankedQuotation};
use crate::serve::gate::Gone;
use crate::serve::problem::Problem;
use crate::serve::quotes::quoted;
use crate::serve::search::{FoundPassages, found};
use std::sync::Arc;
use std::time::Instant;

/// Articles, passages and quotations on a page.
const STORIES: usize = 10;
const LINES: usize = 40;
pub(super) const QUOTATIONS: usize = 20;

/// Passages whose lines are sorted: a second's work where each has to be read.
const SORTED: usize = 2_000;

/// Passages looked through at first for each article that is wanted, and at most for a page: one article may have hundreds.
const PASSAGES: usize = 4;
const MOST_PASSAGES: usize = 8_000;

/// The passages of a page, with what is counted of the whole answer.
pub(super) fn passages(
    engine: &dyn Engine,
    gone: &Gone,
    wanted: &Wanted,
    parsed: &Parsed,
) -> Result<(FoundPassages, Listed, Paging), Problem> {
    if wanted.view.show == "lines" { lines(engine, gone, wanted, parsed) } else { stories(engine, gone, wanted, parsed) }
}

fn lines(engine: &dyn Engine, gone: &Gone, wanted: &Wanted, parsed: &Parsed) -> Result<(FoundPassages, Listed, Paging), Problem> {
    if let Some(order) = LineOrder::named(&wanted.view.sort) {
        return sorted_lines(engine, gone, wanted, parsed, order);
    }
    let (from, to) = ((wanted.page() - 1) * LINES, wanted.page() * LINES);
    let mut found = looked_for(engine, gone, wanted, parsed, to)?;
    let more = found.next.is_some();
    let listed = found.passages.drain(from.min(found.passages.len())..).collect();
    let last = (!wanted.is_counted_later()).then(|| found.summary.passages.div_ceil(LINES));
    let paging = Paging {
        at: wanted.page(),
        more,
        last: last.filter(|_| found.summary.partial.is_none() && wanted.view.duplicates == "show"),
    };
    Ok((found, Listed::Lines(Lines { lines: each_line(listed), sorted: None }), paging))
}

/// A page out of all lines, or out of those of the passages that rank best.
fn sorted_lines(
    engine: &dyn Engine,
    gone: &Gone,
    wanted: &Wanted,
    parsed: &Parsed,
    order: LineOrder,
) -> Result<(FoundPassages, Listed, Paging), Problem> {
    let mut found = looked_for(engine, gone, wanted, parsed, SORTED)?;
    let mut all = each_line(std::mem::take(&mut found.passages));
    let cut = found.next.is_some() || found.summary.partial.is_some() || all.len() > super::MOST_PAGES * LINES;
    // What has no page is not sorted either.
    all.truncate(super::MOST_PAGES * LINES);
    sort(&mut all, order, |(_, line)| line);
    let sorted = SortedLines { order, lines: all.len(), cut };
    let paging = Paging::of(wanted.page(), all.len(), LINES);
    let lines = all.into_iter().skip((wanted.page() - 1) * LINES).take(LINES).collect();
    Ok((found, Listed::Lines(Lines { lines, sorted: Some(sorted) }), paging))
}

/// The mentions of passages, each on a line, which shares its passage with the others.
fn each_line(passages: Vec<RankedPassage>) -> Vec<(Arc<RankedPassage>, ConcordanceLine)> {
    let of = |passage: RankedPassage| {
        let passage = Arc::new(passage);
        lines_of(&passage, "").into_iter().map(move |line| (Arc::clone(&passage), line))
    };
    passages.into_iter().flat_map(of).collect()
}

fn stories(
    engine: &dyn Engine,
    gone: &Gone,
    wanted: &Wanted,
    parsed: &Parsed,
) -> Result<(FoundPassages, Listed, Paging), Problem> {
    let (from, to) = ((wanted.page() - 1) * STORIES, wanted.page() * STORIES);
    let began = Instant::now();
    let mut limit = PASSAGES * (to + 1);
    let (mut found, mut all) = loop {
        let mut found = looked_for(engine, gone, wanted, parsed, limit)?;
        let all = by_article(std::mem::take(&mut found.passages));
        let is_over = began.elapsed() >= SEARCHING || found.summary.partial.is_some();
        if all.len() > to || found.next.is_none() || limit >= MOST_PASSAGES || is_over {
            break (found, all);
        }
        limit *= PASSAGES;
    };
    let more = all.len() > to || found.next.is_some();
    all.truncate(to);
    let marks = read(&wanted.view.q)?.query;
    let listed: Vec<Story> = all
        .into_iter()
        .enumerate()
        .skip(from)
        .map(|(at, passages)| {
            let mut story = story(at + 1, passages);
            if let (Some(query), Some(headline)) = (&marks, &story.passage.facts.headline) {
                story.headline = marks_beside(query, headline);
            }
            story
        })
        .collect();
    let articles = found.summary.stories.unwrap_or(found.summary.articles);
    let known = found.summary.partial.is_none() && !wanted.is_counted_later();
    found.summary.shown = listed.len();
    let paging = Paging { at: wanted.page(), more, last: known.then(|| articles.div_ceil(STORIES).min(super::MOST_PAGES)) };
    Ok((found, Listed::Stories(listed), paging))
}

fn looked_for(
    engine: &dyn Engine,
    gone: &Gone,
    wanted: &Wanted,
    parsed: &Parsed,
    limit: usize,
) -> Result<FoundPassages, Problem> {
    let view = &wanted.view;
    let mut found = found(engine, gone, parsed.clone(), &|search| {
        search.limit = Some(limit);
        search.deadline = SEARCHING;
        search.sort = Sort::named(&view.sort).unwrap_or(Sort::Relevance);
        search.fold = view.duplicates != "show";
        search.totals = !wanted.is_counted_later();
    })?;
    // Only who asks for a speaker is answered by all that somebody says.
    if !parsed.query.as_ref().is_some_and(crate::query::Query::names_speakers) {
        found.passages.iter_mut().for_each(|passage| passage.speech.clear());
    }
    Ok(found)
}

/// The passages by their articles, in the order of the first of each.
fn by_article(passages: Vec<RankedPassage>) -> Vec<Vec<RankedPassage>> {
    let mut numbers: std::collections::HashMap<ArticleId, usize> = std::collections::HashMap::new();
    let mut stories: Vec<Vec<RankedPassage>> = Vec::new();
    for passage in passages {
        let number = *numbers.entry(passage.article).or_insert(stories.len());
        match stories.get_mut(number) {
            Some(story) => story.push(passage),
            None => stories.push(vec![passage]),
        }
    }
    stories
}

fn story(number: usize, mut passages: Vec<RankedPassage>) -> Story {
    let passage = passages.remove(0);
    Story { number, passage, headline: Vec::new(), more: passages.len(), others: passages, partial: true }
}

/// A page of quotations: first those between quotation marks, then those that are only reported. With the number of the first, and how
/// many there are.
pub(super) struct QuotedPage {
    pub quotations: Vec<RankedQuotation>,
    pub first: usize,
    pub all: usize,
    pub paging: Paging,
}

/// Which quotations are wanted.
pub(super) struct WantedQuotations<'a> {
    pub parsed: &'a Parsed,
    pub by: Option<&'a str>,
    pub sort: Option<Sort>,
    pub direct: bool,
    pub page: usize,
}

impl WantedQuotations<'_> {
    /// The page, with those of each way in their order.
    pub fn of(&self, engine: &dyn Engine, gone: &Gone) -> Result<QuotedPage, Problem> {
        let (from, to) = ((self.page - 1) * QUOTATIONS, self.page * QUOTATIONS);
        let (mut listed, mut all, mut partial) = (Vec::new(), 0, false);
        let ways: &[&[Kind]] =
            if self.direct { &[&[Kind::Direct, Kind::Partial]] } else { &[&[Kind::Direct, Kind::Partial], &[Kind::Indirect]] };
        for kinds in ways {
            let speech = Speech { kinds: kinds.to_vec(), unsure: false };
            let found = quoted(engine, gone, self.parsed.clone(), |quoting| {
                quoting.by = self.by.map(str::to_owned);
                quoting.speech = speech;
                quoting.limit = Some(to.saturating_sub(all));
                quoting.sort = self.sort.unwrap_or(quoting.sort);
                quoting.deadline = SEARCHING / 2;
            })?;
            let skipped = from.saturating_sub(all).min(found.quotations.len());
            listed.extend(found.quotations.into_iter().skip(skipped));
            partial |= found.summary.partial.is_some();
            all += found.summary.quotations;
        }
        let paging = Paging::of(self.page, all.min(super::MOST_PAGES * QUOTATIONS), QUOTATIONS);
        Ok(QuotedPage {
            quotations: listed,
            first: from + 1,
            all,
            paging: Paging { last: paging.last.filter(|_| !partial), ..paging },
        })
    }
}
