//! Words that are put together: their beginning is printed in one place, their end in another.

use super::candidates::Archive;
use super::given::Given;
use super::judge::{Edits, Finding};
use super::printed::{Printed, Seam, Token};
use super::{FEWEST, Verdict};
use crate::article::Span;
use crate::engine::Error;
use std::ops::Range;

/// Fewer given words that are not printed with the others are an alteration, whatever else has them in a row.
const FEWEST_MISSING: usize = 3;

/// Where the longest beginning or end of the given words stands in an article.
#[derive(Clone, Copy)]
struct Part {
    article: usize,
    words: usize,
    span: Span,
    unit: Option<u32>,
}

/// The two places of words that are printed nowhere together; one finding of an alteration where they are one place in another order.
pub fn joined(archive: &mut Archive, given: &Given, best: Option<&Finding>) -> Result<Option<Vec<Finding>>, Error> {
    let whole = given.len();
    let may_be = best.is_none_or(|best| best.verdict == Verdict::Altered && best.missing >= FEWEST_MISSING);
    if whole < 2 * FEWEST || !may_be {
        return Ok(None);
    }
    let (mut heads, mut tails) = (parts(archive, given, true), parts(archive, given, false));
    let longest = |parts: &[Part]| parts.iter().map(|part| part.words).max().unwrap_or(0);
    let (head, tail) = (longest(&heads), longest(&tails));
    if head + tail < whole {
        for (known, rest) in [(head, head..whole), (tail, 0..whole - tail)] {
            if known >= FEWEST && rest.len() >= FEWEST {
                archive.take_phrase(given, rest)?;
            }
        }
        archive.findings(given);
        (heads, tails) = (parts(archive, given, true), parts(archive, given, false));
    }
    let cut = longest(&heads).min(whole - FEWEST);
    if cut < FEWEST || cut + longest(&tails) < whole {
        return Ok(None);
    }
    heads.retain(|part| part.words >= cut);
    tails.retain(|part| part.words >= whole - cut);
    if let Some(turned) = turned(archive, given, &heads, &tails) {
        return Ok(Some(vec![turned]));
    }
    let heads = heads.iter().map(|part| finding(part, given.extent(0..cut)));
    let tails = tails.iter().map(|part| finding(part, given.extent(cut..whole)));
    Ok(Some(heads.chain(tails).collect()))
}

/// Both parts in one paragraph: the words are there, in another order.
fn turned(archive: &mut Archive, given: &Given, heads: &[Part], tails: &[Part]) -> Option<Finding> {
    let is_one =
        |head: &Part, tail: &&Part| head.article == tail.article && head.unit == tail.unit && tail.span.start < head.span.start;
    let head = heads.iter().find(|head| tails.iter().any(|tail| is_one(head, &tail)))?;
    let found = archive.findings(given).into_iter().find(|found| found.article == head.article)?;
    Some(Finding { verdict: Verdict::Altered, common: 1.0, ..found })
}

fn finding(part: &Part, given: Span) -> Finding {
    Finding {
        article: part.article,
        verdict: Verdict::Joined,
        interrupted: false,
        common: 1.0,
        missing: 0,
        only_given: Vec::new(),
        only_printed: Vec::new(),
        hidden: Vec::new(),
        pieces: vec![part.span],
        part: given,
        edits: Edits::default(),
    }
}

/// Of each article the longest beginning (or end) of the words that it has in a row.
fn parts(archive: &Archive, given: &Given, head: bool) -> Vec<Part> {
    let all = archive.articles.iter().zip(&archive.tokens).enumerate();
    all.filter_map(|(article, (printed, tokens))| {
        let range = longest(printed, tokens, given, head).filter(|range| range.len() >= FEWEST)?;
        let span = Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end };
        Some(Part { article, words: range.len(), span, unit: tokens[range.start].unit })
    })
    .collect()
}

fn longest(printed: &Printed, tokens: &[Token], given: &Given, head: bool) -> Option<Range<usize>> {
    let whole = given.len();
    let goes_on = |at: usize, count: usize| {
        let one = if head { at + count } else { at.checked_sub(count)? };
        let token = tokens.get(one)?;
        let wanted = given.name(if head { count } else { whole - 1 - count });
        let beside = (count > 0).then(|| if head { (&tokens[one - 1], token) } else { (token, &tokens[one + 1]) });
        let apart = beside.is_some_and(|(before, after)| printed.seam(before, after) == Seam::Apart);
        (token.name == wanted && !apart).then_some(())
    };
    let length = |at: usize| (0..whole).take_while(|count| goes_on(at, *count).is_some()).count();
    let (at, words) = (0..tokens.len()).map(|at| (at, length(at))).max_by_key(|(at, words)| (*words, std::cmp::Reverse(*at)))?;
    if words == 0 {
        return None;
    }
    Some(if head { at..at + words } else { at + 1 - words..at + 1 })
}
