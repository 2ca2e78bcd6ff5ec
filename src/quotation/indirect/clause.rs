//! The stretches of a sentence that a cue can report: the answers among which the model chooses.
//!
//! They begin and end where clauses do, at marks, prepositions and conjunctions, and lie behind the cue (`said the plan would fail`), before
//! it (`the plan would fail, he said`) or on both sides (`the plan, he said, would fail`).

use super::View;
use crate::lexicon::{CALENDAR, CONJUNCTION, PREPOSITION};
use crate::quotation::words::{Shape, Word};
use std::ops::Range;

/// Words of one sentence in one or two pieces: `The plan, he said, would fail`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The first piece.
    pub first: Range<usize>,
    /// The second, behind the cue.
    pub second: Option<Range<usize>>,
}

impl Clause {
    /// Number of words and marks.
    pub fn len(&self) -> usize {
        self.first.len() + self.second.as_ref().map_or(0, |second| second.len())
    }

    /// How many words the two have in common.
    fn common(&self, other: &Clause) -> usize {
        let shared = |a: &Range<usize>, b: &Range<usize>| a.end.min(b.end).saturating_sub(a.start.max(b.start));
        match (&self.second, &other.second) {
            (None, None) => shared(&self.first, &other.first),
            _ => self.pieces().map(|a| other.pieces().map(|b| shared(&a, &b)).sum::<usize>()).sum(),
        }
    }

    /// Whether the two have half of their words or more in common.
    pub fn agrees(&self, other: &Clause) -> bool {
        let common = self.common(other);
        2 * common >= (self.len() + other.len() - common).max(1)
    }

    /// Both pieces.
    pub fn pieces(&self) -> impl Iterator<Item = Range<usize>> {
        [Some(self.first.clone()), self.second.clone()].into_iter().flatten()
    }
}

/// The most ends tried for one beginning.
const ENDS: usize = 14;

/// [`add_clauses`] as a list.
#[cfg(feature = "learning")]
pub fn clauses(view: &View) -> Vec<Clause> {
    let mut list = Vec::new();
    add_clauses(view, &mut list);
    list
}

/// Adds every stretch the cue may report to an empty list: behind it, before it, or both.
pub fn add_clauses(view: &View, list: &mut Vec<Clause>) {
    let words = &view.reading().words;
    let stop = trimmed_end(words, &view.sentence);
    let starts: Vec<usize> = starts(view, stop);
    for (k, start) in starts.iter().enumerate() {
        let most = if k == 0 { ENDS } else { 5 };
        list.extend(ends(words, *start, stop).take(most).map(|end| Clause { first: *start..end, second: None }));
        list.push(Clause { first: *start..stop, second: None });
    }
    for comma in (view.sentence.start + 1..view.cue).rev().filter(|k| words[*k].is_point(b',')).take(3) {
        let first = view.sentence.start..comma;
        if let Some(behind) = starts.first().filter(|s| words[view.cue + 1].is_point(b',') && **s < stop) {
            list.push(Clause { first: first.clone(), second: Some(*behind..stop) });
        }
        list.push(Clause { first, second: None });
    }
    let subject = view.subject_start().filter(|at| *at > view.sentence.start);
    for end in subject.into_iter().chain([view.cue]) {
        list.push(Clause { first: view.sentence.start..end, second: None });
    }
    list.retain(|clause| !clause.first.is_empty());
}

/// The end of the sentence without its full stop.
fn trimmed_end(words: &[Word], sentence: &Range<usize>) -> usize {
    let last = sentence.end - 1;
    if words[last].shape == Shape::Point { last } else { sentence.end }
}

/// Where what is reported behind the cue can begin: at once, and after the first preposition or "that".
fn starts(view: &View, stop: usize) -> Vec<usize> {
    let words = &view.reading().words;
    let mut first = view.cue + 1;
    if words.get(first).is_some_and(|w| w.shape == Shape::Point) {
        first += 1;
    }
    // `said Friday it expected`: the day is when it was said.
    if words.get(first).is_some_and(|w| w.is(CALENDAR)) {
        first += 1;
    }
    let later = (first..stop.min(first + 7)).filter(|k| words[*k].is(PREPOSITION | CONJUNCTION));
    let mut list = vec![first];
    let object = view.object_end().filter(|end| *end > first);
    list.extend(object.map(|end| end + usize::from(words.get(end).is_some_and(|w| w.shape == Shape::Point))));
    for k in later {
        list.extend([k, k + 1].into_iter().filter(|k| *k > first));
        if list.len() >= 6 {
            break;
        }
    }
    list.sort_unstable();
    list.dedup();
    list.retain(|start| *start < stop);
    list
}

/// Where it can end short of the sentence's end: before marks, conjunctions and prepositions.
fn ends(words: &[Word], start: usize, stop: usize) -> impl Iterator<Item = usize> {
    (start + 1..stop)
        .filter(|k| words[*k].shape == Shape::Point && !words[*k].is_point(b'-') || words[*k].is(CONJUNCTION | PREPOSITION))
}
