//! Phrases with frequent words, looked up by the pairs the index keeps of them.

use super::expand::TermEntry;
use super::postings::{Spellings, Way};
use crate::query::Slot;
use crate::words::{is_frequent, pair_key};
use std::io;
use tantivy::index::InvertedIndexReader;

/// Most ways a phrase is looked up in, each with its own spellings of words that may be printed in several parts; with more of
/// them its words are looked up place by place.
const MOST_WAYS: usize = 8;

/// The ways of a phrase: one for each choice among the spellings of its words (`us`, `U.S.`), with every frequent word covered
/// by a pair where there is one beside it.
pub(in crate::engine::embedded) fn by_pairs(
    slots: &[Slot],
    places: &[Spellings],
    index: &InvertedIndexReader,
) -> io::Result<Vec<Way>> {
    if places.len() == 1 {
        return Ok(vec![Way::Row(places.to_vec())]);
    }
    let choices: Option<Vec<&[TermEntry]>> = places.iter().map(|place| place.as_deref()).collect();
    let Some(ways) = choices.and_then(|choices| ways(&choices)) else { return Ok(vec![Way::Row(places.to_vec())]) };
    let pairs = pairs(slots, index)?;
    Ok(ways.into_iter().filter_map(|way| fixed(&way, &pairs)).collect())
}

/// Each choice of a term for every place; `None` when these are too many, or of a kind that pairs say nothing of.
fn ways<'a>(choices: &[&'a [TermEntry]]) -> Option<Vec<Vec<&'a TermEntry>>> {
    // With a word that is nowhere there is no way at all, however many lead up to it.
    if choices.iter().any(|terms| terms.is_empty()) {
        return Some(Vec::new());
    }
    if !are_few(choices) {
        return None;
    }
    let mut ways = vec![Vec::new()];
    for terms in choices {
        ways = ways.iter().flat_map(|way| terms.iter().map(move |term| [way.as_slice(), &[term]].concat())).collect();
    }
    Some(ways)
}

/// True when no place has two words of the text to choose from (their pairs are others) and there are few ways to choose.
fn are_few(choices: &[&[TermEntry]]) -> bool {
    let single = |terms: &&[TermEntry]| terms.iter().filter(|term| term.width == 1).count() <= 1;
    // A phrase of seventy such words has more ways than a number holds.
    let ways = choices.iter().fold(1usize, |ways, terms| ways.saturating_mul(terms.len()));
    choices.iter().all(single) && ways <= MOST_WAYS
}

/// For each place the pair that begins there, if the words there and after it are frequent: its term, or `None` when the
/// pair is nowhere in the segment.
fn pairs(slots: &[Slot], index: &InvertedIndexReader) -> io::Result<Vec<Option<Option<TermEntry>>>> {
    let mut pairs = vec![None; slots.len()];
    for (at, two) in slots.windows(2).enumerate() {
        if let [Slot::Key(first), Slot::Key(second)] = two
            && is_frequent(first)
            && is_frequent(second)
        {
            let info = index.terms().get(pair_key(first, second).as_bytes())?;
            pairs[at] = Some(info.map(|info| TermEntry { info, width: 2 }));
        }
    }
    Ok(pairs)
}

/// Every term of `way` by the rarer of the pairs it is in, or by itself; `None` when one of them is nowhere.
fn fixed(way: &[&TermEntry], pairs: &[Option<Option<TermEntry>>]) -> Option<Way> {
    let size = |at: usize| match &pairs[at] {
        Some(Some(term)) => term.info.doc_freq,
        Some(None) => 0,
        None => u32::MAX,
    };
    let (mut starts, mut words) = (Vec::with_capacity(way.len()), 0);
    for term in way {
        starts.push(words);
        words += u32::from(term.width);
    }
    let mut covered = vec![false; way.len()];
    let mut terms = Vec::new();
    let in_one_part = |at: usize| way[at].width == 1 && way.get(at + 1).is_some_and(|next| next.width == 1);
    let mut order: Vec<usize> = (0..way.len()).filter(|&at| pairs[at].is_some() && in_one_part(at)).collect();
    order.sort_by_key(|&at| size(at));
    for at in order {
        if !covered[at] || !covered[at + 1] {
            terms.push((starts[at], pairs[at].clone()??));
            (covered[at], covered[at + 1]) = (true, true);
        }
    }
    terms.extend((0..way.len()).filter(|at| !covered[*at]).map(|at| (starts[at], way[at].clone())));
    Some(Way::Fixed(terms, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty words that may be printed in one part or in two are more ways than memory holds.
    #[test]
    fn a_phrase_with_a_word_that_is_nowhere_has_no_ways() {
        let term = |width| TermEntry { info: tantivy::postings::TermInfo::default(), width };
        let two = [term(1), term(2)];
        let mut choices: Vec<&[TermEntry]> = vec![&two; 60];
        assert!(ways(&choices).is_none());
        choices.push(&[]);
        assert_eq!(ways(&choices).map(|ways| ways.len()), Some(0));
        assert_eq!(ways(&[&two, &two]).map(|ways| ways.len()), Some(4));
    }
}
