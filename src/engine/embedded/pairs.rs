//! Phrases with frequent words, looked up by the pairs the index keeps of them.

use super::expand::Term;
use super::postings::{Place, Way};
use crate::query::Slot;
use crate::words::{is_frequent, pair_key};
use std::io;
use tantivy::index::InvertedIndexReader;

/// Most words of a phrase that may also be printed in several parts; with more its words are looked up one by one.
const MOST_JOINED: usize = 3;

/// The ways of a phrase: one with every frequent word covered by a pair where there is one beside it, and one for each word
/// that may also be printed in several parts (`I.T.` for `it`).
pub(super) fn by_pairs(slots: &[Slot], places: &[Place], index: &InvertedIndexReader) -> io::Result<Vec<Way>> {
    let pairs = pairs(slots, index)?;
    let joined: Vec<usize> = (0..places.len()).filter(|&at| parts(&places[at]).1).collect();
    let open = places.iter().any(|place| place.as_ref().is_none_or(|terms| terms.iter().filter(|t| t.width == 1).count() > 1));
    if pairs.iter().all(Option::is_none) || open || joined.len() > MOST_JOINED {
        return Ok(vec![Way::of(places.to_vec())]);
    }
    let mut ways = Vec::new();
    if let Some(fixed) = fixed(slots, places, &pairs) {
        ways.push(Way::Fixed(fixed, slots.len() as u32));
    }
    for at in joined {
        // Words before it in one part, so that no occurrence is found twice.
        let mut way = places.to_vec();
        for place in &mut way[..at] {
            *place = Some(parts(place).0);
        }
        way[at] = way[at].take().map(|terms| terms.into_iter().filter(|term| term.width > 1).collect());
        ways.push(Way::Row(way));
    }
    Ok(ways)
}

/// For each place the pair that begins there, if the words there and behind it are frequent: its term, or `None` when the
/// pair is nowhere in the segment.
fn pairs(slots: &[Slot], index: &InvertedIndexReader) -> io::Result<Vec<Option<Option<Term>>>> {
    let mut pairs = vec![None; slots.len()];
    for (at, two) in slots.windows(2).enumerate() {
        if let [Slot::Key(first), Slot::Key(second)] = two
            && is_frequent(first)
            && is_frequent(second)
        {
            let info = index.terms().get(pair_key(first, second).as_bytes())?;
            pairs[at] = Some(info.map(|info| Term { info, width: 2 }));
        }
    }
    Ok(pairs)
}

/// Every place by the rarer of the pairs it is in, or by its own word; `None` when one of them is nowhere.
fn fixed(slots: &[Slot], places: &[Place], pairs: &[Option<Option<Term>>]) -> Option<Vec<(u32, Term)>> {
    let size = |at: usize| match &pairs[at] {
        Some(Some(term)) => term.info.doc_freq,
        Some(None) => 0,
        None => u32::MAX,
    };
    let mut covered = vec![false; slots.len()];
    let mut terms = Vec::new();
    let mut order: Vec<usize> = (0..slots.len()).filter(|&at| pairs[at].is_some()).collect();
    order.sort_by_key(|&at| size(at));
    for at in order {
        if !covered[at] || !covered[at + 1] {
            terms.push((at as u32, pairs[at].clone()??));
            (covered[at], covered[at + 1]) = (true, true);
        }
    }
    for (at, place) in places.iter().enumerate().filter(|(at, _)| !covered[*at]) {
        terms.push((at as u32, parts(place).0.into_iter().next()?));
    }
    Some(terms)
}

/// The terms of a place that are one word of the text, and whether there are others.
fn parts(place: &Place) -> (Vec<Term>, bool) {
    let terms = place.as_deref().unwrap_or_default();
    (terms.iter().filter(|term| term.width == 1).cloned().collect(), terms.iter().any(|term| term.width > 1))
}
