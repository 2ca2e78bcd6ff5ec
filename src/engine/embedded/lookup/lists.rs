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

/// Units that are looked up together: what stands in them fits into the nearest cache of a processor.
const STRETCH: DocId = 1 << 12;

/// Of a list that is so many times longer than another, units are looked for one by one.
const FAR: usize = 16;

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
    if goes_on(one, other, budget) { common(one, other, |count, more| count + more) } else { Vec::new() }
}

/// The units of `one` that are of `other` too, with the mentions of `one`; for who has taken the steps already.
pub(in crate::engine::embedded) fn kept_of(one: &List, other: &List) -> Vec<(DocId, u32)> {
    if one.len() <= FAR * other.len() {
        return common(one, other, |count, _| count);
    }
    let place = |doc: DocId| one.binary_search_by_key(&doc, |(doc, _)| *doc).ok().map(|at| one[at]);
    other.iter().filter_map(|(doc, _)| place(*doc)).collect()
}

/// The units of both, each with what `mentions` makes of those in one and in the other.
fn common(one: &List, other: &List, mentions: impl Fn(u32, u32) -> u32) -> Vec<(DocId, u32)> {
    // One more, for what is written before it is known to be in both.
    let mut out = vec![(0, 0); one.len().min(other.len()) + 1];
    let next = match one.len().min(other.len()) > STRETCH as usize / FAR {
        true => by_stretches(one, other, mentions, &mut out),
        false => step_by_step(one, other, mentions, &mut out),
    };
    out.truncate(next);
    out
}

/// Writes them to `out`, and gives how many there are.
fn step_by_step(one: &List, other: &List, mentions: impl Fn(u32, u32) -> u32, out: &mut List) -> usize {
    let (mut i, mut j, mut next) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        let (a, b) = (one[i], other[j]);
        out[next] = (a.0, mentions(a.1, b.1));
        next += usize::from(a.0 == b.0);
        (i, j) = (i + usize::from(a.0 <= b.0), j + usize::from(b.0 <= a.0));
    }
    next
}

/// The same by an array of what stands in `one`. To find the next step in two lists takes as long as it takes to wait for both; to look up what
/// does not depend on each other is done at the same time.
fn by_stretches(one: &List, other: &List, mentions: impl Fn(u32, u32) -> u32, out: &mut List) -> usize {
    let mut there = [0; STRETCH as usize];
    let (mut i, mut j, mut next) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        let start = one[i].0.max(other[j].0);
        let at = |doc: DocId| ((doc - start) % STRETCH) as usize;
        let is_in = |list: &List, at: usize| list.get(at).is_some_and(|(doc, _)| doc - start < STRETCH);
        i += one[i..].iter().take_while(|(doc, _)| *doc < start).count();
        j += other[j..].iter().take_while(|(doc, _)| *doc < start).count();
        let from = i;
        while is_in(one, i) {
            there[at(one[i].0)] = one[i].1 + 1;
            i += 1;
        }
        while is_in(other, j) {
            let (doc, count) = other[j];
            let with = there[at(doc)];
            out[next] = (doc, mentions(with.saturating_sub(1), count));
            next += usize::from(with > 0);
            j += 1;
        }
        one[from..i].iter().for_each(|(doc, _)| there[at(*doc)] = 0);
    }
    next
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_have_the_same_in_common_as_step_by_step() {
        let mut state = 5u64;
        let mut next = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % most
        };
        for (one_in, other_in) in [(1, 1), (2, 3), (30, 2), (3, 300), (700, 700), (40_000, 1)] {
            let mut list = |one_in, from| -> Vec<(DocId, u32)> {
                (from..from + 5 * STRETCH).filter(|_| next(one_in) == 0).map(|doc| (doc, doc % 4)).collect()
            };
            let (one, other) = (list(one_in, 3), list(other_in, 9_000));
            let mut expected = vec![(0, 0); one.len() + 1];
            let count = step_by_step(&one, &other, |count, more| 10 * count + more, &mut expected);
            let mut found = vec![(0, 0); one.len().min(other.len()) + 1];
            assert_eq!(by_stretches(&one, &other, |count, more| 10 * count + more, &mut found), count);
            assert_eq!(found[..count], expected[..count]);
            let is_kept = |unit: &&(DocId, u32)| other.binary_search_by_key(&unit.0, |(doc, _)| *doc).is_ok();
            assert_eq!(kept_of(&one, &other), one.iter().filter(is_kept).copied().collect::<Vec<_>>());
        }
    }
}
