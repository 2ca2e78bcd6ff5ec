//! Lists of units put together: each ascends, and each unit has its number of mentions.
//!
//! Which of two lists comes next is as good as a coin thrown, and a processor that guesses wrong loses some twenty additions: the
//! loops here ask nothing, they add up what the comparisons gave.

use super::budget::Budget;
use std::cell::RefCell;
use tantivy::DocId;

/// Units and their mentions.
type List = [(DocId, u32)];

/// Lists that a thread keeps to fill again, and bytes of one at most: pages that are given back and asked for anew are cleared every
/// time, which cost a fifth of a question about a common word.
const KEPT: usize = 6;
const KEPT_BYTES: usize = 2 << 20;

thread_local! {
    static LISTS: RefCell<Vec<Vec<(DocId, u32)>>> = const { RefCell::new(Vec::new()) };
}

/// An empty list for so many units.
pub(in crate::engine::embedded) fn taken(units: usize) -> Vec<(DocId, u32)> {
    if units < 1 << 10 {
        return Vec::with_capacity(units);
    }
    let list = LISTS.with_borrow_mut(|lists| {
        // Hundreds of small lists in large ones would take many times what is charged for them.
        let at = lists.iter().position(|list| (units..=2 * units).contains(&list.capacity()))?;
        Some(lists.swap_remove(at))
    });
    list.unwrap_or_else(|| Vec::with_capacity(units))
}

/// Keeps a list that is no longer needed, to be filled again.
pub(in crate::engine::embedded) fn give_back(mut list: Vec<(DocId, u32)>) {
    let bytes = list.capacity() * size_of::<(DocId, u32)>();
    if (1 << 13..=KEPT_BYTES).contains(&bytes) {
        list.clear();
        LISTS.with_borrow_mut(|lists| {
            lists.push(list);
            if lists.len() > KEPT {
                let smallest = (0..lists.len()).min_by_key(|at| lists[*at].capacity());
                smallest.map(|at| lists.swap_remove(at));
            }
        });
    }
}

/// Two lists put together need their steps; nothing when there are none left.
fn goes_on(one: &List, other: &List, budget: &Budget) -> bool {
    budget.step(one.len() + other.len())
}

/// The units of either, mentions added up.
pub(in crate::engine::embedded) fn union(one: &List, other: &List, budget: &Budget) -> Vec<(DocId, u32)> {
    if goes_on(one, other, budget) { merged(one, other) } else { Vec::new() }
}

/// [`union`] for who has taken the steps already.
pub(in crate::engine::embedded) fn merged(one: &List, other: &List) -> Vec<(DocId, u32)> {
    let mut out = taken(one.len() + other.len());
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        let (a, b) = (one[i], other[j]);
        let (of_one, of_other) = (u32::from(a.0 <= b.0), u32::from(b.0 <= a.0));
        out.push((a.0.min(b.0), a.1 * of_one + b.1 * of_other));
        (i, j) = (i + of_one as usize, j + of_other as usize);
    }
    out.extend_from_slice(&one[i..]);
    out.extend_from_slice(&other[j..]);
    out
}

/// The units of both, mentions added up.
pub(in crate::engine::embedded) fn intersection(one: &List, other: &List, budget: &Budget) -> Vec<(DocId, u32)> {
    if !goes_on(one, other, budget) {
        return Vec::new();
    }
    // One more, for what is written before it is known to be in both.
    let mut out = vec![(0, 0); one.len().min(other.len()) + 1];
    let (mut i, mut j, mut next) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        let (a, b) = (one[i], other[j]);
        out[next] = (a.0, a.1 + b.1);
        next += usize::from(a.0 == b.0);
        (i, j) = (i + usize::from(a.0 <= b.0), j + usize::from(b.0 <= a.0));
    }
    out.truncate(next);
    out
}

/// The units of `one` that are not of `other`.
pub(in crate::engine::embedded) fn difference(one: &List, other: &List, budget: &Budget) -> Vec<(DocId, u32)> {
    if !goes_on(one, other, budget) {
        return Vec::new();
    }
    let mut j = 0;
    let mut out = Vec::with_capacity(one.len());
    for &(doc, count) in one {
        while j < other.len() && other[j].0 < doc {
            j += 1;
        }
        if other.get(j).is_none_or(|next| next.0 != doc) {
            out.push((doc, count));
        }
    }
    out
}
