//! An alignment as runs of words: those that are the same, and those that differ on one side or both.

use super::align::Step;
use super::given::Given;
use super::printed::{Printed, Token};
use crate::article::Span;
use crate::words::Joint;
use std::ops::Range;

/// Given words beside those of an article.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    pub given: &'a Given<'a>,
    pub printed: &'a Printed,
    pub tokens: &'a [Token],
}

/// Words in a row that are no pair of one word: given ones, printed ones, or both.
pub struct Run {
    pub given: Range<usize>,
    pub printed: Range<usize>,
    pub same: bool,
}

/// The steps as runs; one word in two spellings (`long-term`, `longterm`) is the same.
pub fn runs(beside: Beside, steps: &[Step]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut given, mut printed) = (0, None);
    for step in steps {
        let same = matches!(step, Step::Same(..));
        let (takes, at) = match *step {
            Step::Same(_, at) | Step::Other(_, at) => (true, Some(at)),
            Step::Given(_) => (true, None),
            Step::Printed(at) => (false, Some(at)),
        };
        let begin = at.or(printed).unwrap_or(0);
        if same || runs.last().is_none_or(|run| run.same) {
            runs.push(Run { given: given..given, printed: begin..begin, same });
        }
        if let Some(run) = runs.last_mut() {
            run.given.end += usize::from(takes);
            if let Some(at) = at {
                if run.printed.is_empty() {
                    run.printed = at..at;
                }
                run.printed.end = at + 1;
            }
        }
        given += usize::from(takes);
        printed = at.map(|at| at + 1).or(printed);
    }
    for run in runs.iter_mut().filter(|run| !run.same) {
        run.same = is_other_spelling(beside, run);
    }
    widen(beside, &mut runs);
    runs
}

/// What is printed before the first and after the last given word costs nothing and is in no run: `1200` at an end may be `1,200` there.
fn widen(beside: Beside, runs: &mut [Run]) {
    let last = runs.len().saturating_sub(1);
    for at in [0, last] {
        let Some(run) = runs.get(at).filter(|run| !run.same && !run.given.is_empty() && !run.printed.is_empty()) else {
            continue;
        };
        let wider = (1..crate::words::MAX_JOINED).flat_map(|by| {
            let before = run.printed.start.checked_sub(by).filter(|_| at == 0).map(|start| start..run.printed.end);
            let after =
                (at == last && run.printed.end + by <= beside.tokens.len()).then(|| run.printed.start..run.printed.end + by);
            before.into_iter().chain(after)
        });
        let wider = wider.map(|printed| Run { given: run.given.clone(), printed, same: true });
        if let Some(wider) = wider.into_iter().find(|wider| is_other_spelling(beside, wider)) {
            runs[at] = wider;
        }
    }
}

/// Whether both sides are one word, joined on one of them.
fn is_other_spelling(beside: Beside, run: &Run) -> bool {
    if run.given.is_empty() || run.printed.is_empty() || run.given.len().max(run.printed.len()) > crate::words::MAX_JOINED {
        return false;
    }
    let given = beside.given.of(run.given.clone());
    let printed = beside.printed.of(beside.tokens, run.printed.clone());
    let joined = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (one, other) = (joined(given), joined(printed));
    if crate::words::fold(&one) != crate::words::fold(&other) {
        return false;
    }
    let of_given: Vec<Span> = run.given.clone().map(|at| beside.given.span(at)).collect();
    let of_printed: Vec<Span> = beside.tokens[run.printed.clone()].iter().map(|token| token.span).collect();
    let joints = [joints(beside.given.text, &of_given), joints(&beside.printed.article.text, &of_printed)];
    let is_tied = |joints: &Option<Vec<Joint>>| joints.as_ref().is_some_and(|joints| !joints.is_empty());
    let dotted = joints.iter().flatten().flatten().any(|joint| *joint == Joint::Dot);
    joints.iter().all(Option::is_some) && joints.iter().any(is_tied) && (!dotted || one == other)
}

/// What ties the words of one spelling; `None` where two are not tied. One word alone is tied by nothing.
fn joints(text: &str, words: &[Span]) -> Option<Vec<Joint>> {
    let tie = |pair: &[Span]| Joint::of(&text[pair[0].end as usize..pair[1].start as usize], pair[0].of(text), pair[1].of(text));
    words.windows(2).map(tie).collect()
}
