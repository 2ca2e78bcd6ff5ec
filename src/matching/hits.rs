//! Places in a text, as word numbers, where patterns match.

use super::Patience;
use crate::query::{Path, Pattern, Slot};
use crate::words::{Form, Words};
use std::ops::Range;

/// One place: the words from `first` to `last`, both included, and the runs of words to mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub first: u32,
    pub last: u32,
    pub marks: Vec<(u32, u32)>,
}

/// Most slots of a loose phrase for which it is made sure that each has a word of its own.
const MOST_MATCHED: usize = 16;

/// Places in reading order, none twice.
pub(super) type Hits = Vec<Hit>;

/// Most places kept when parts are combined; a unit with more is marked at the first of them.
const MOST_PAIRS: usize = 20_000;

/// Where `pattern` matches, with all of its words among those numbered `within`.
pub(super) fn of_pattern(pattern: &Pattern, words: &Words, within: Range<u32>, patience: Patience) -> Hits {
    let mut hits = Vec::new();
    let text = Text { words, within, patience };
    for path in &pattern.paths {
        if !patience.lasts(1 + text.within.len() * path.first().map_or(1, cost)) {
            break;
        }
        if pattern.slop == 0 || path.len() < 2 {
            text.in_a_row(path, &mut hits);
        } else {
            text.within_a_window(path, pattern.slop, &mut hits);
        }
    }
    sorted(hits)
}

/// Steps to ask whether a slot accepts a word.
fn cost(slot: &Slot) -> usize {
    match slot {
        Slot::Key(_) | Slot::Capitals(_) | Slot::Prefix(_) | Slot::Anything => 1,
        Slot::Forms(..) => 2,
        Slot::Wildcard(_) | Slot::Fuzzy(..) | Slot::Misread(_) => 16,
        // Mostly a tenth of that; some are followed in many ways at once.
        Slot::Regex(_) => 256,
    }
}

fn sorted(mut hits: Hits) -> Hits {
    hits.sort_unstable();
    hits.dedup();
    hits
}

/// The words of a text that may be looked at.
struct Text<'a> {
    words: &'a Words,
    within: Range<u32>,
    patience: Patience<'a>,
}

/// Where the words of a row may end, and buffers to find that out.
#[derive(Default)]
struct Ends {
    here: Vec<u32>,
    next: Vec<u32>,
}

impl Text<'_> {
    fn each_form(&self, mut each: impl FnMut(&Form)) {
        if self.within == (0..self.words.len() as u32) {
            self.words.forms().iter().for_each(each);
        } else {
            let forms = self.within.clone().flat_map(|position| self.words.forms_at(position));
            forms.filter(|form| last_of(form) < self.within.end).for_each(&mut each);
        }
    }

    fn in_a_row(&self, path: &Path, hits: &mut Hits) {
        let Some(first) = path.first() else { return };
        let mut ends = Ends::default();
        if matches!(first, Slot::Anything) {
            for position in self.within.clone() {
                self.follow(path, position, position, &mut ends, hits);
            }
            return;
        }
        self.each_form(|form| {
            if first.accepts(self.words.key(form)) {
                self.follow(&path[1..], form.position, last_of(form) + 1, &mut ends, hits);
            }
        });
    }

    /// Goes on from word `at` with the slots of `rest`; `first` is where the match began.
    ///
    /// From slot to slot only the different places are kept that are reached: `no-no-no-no` stands in more ways for `n* n* n*` than a
    /// long row of it could ever be gone through.
    fn follow(&self, rest: &[Slot], first: u32, at: u32, ends: &mut Ends, hits: &mut Hits) {
        ends.here.clear();
        ends.here.push(at);
        for slot in rest {
            ends.next.clear();
            if !self.patience.lasts(ends.here.len()) {
                return;
            }
            for &at in &ends.here {
                self.step(slot, at, &mut ends.next);
            }
            if ends.next.len() > 1 {
                ends.next.sort_unstable();
                ends.next.dedup();
            }
            std::mem::swap(&mut ends.here, &mut ends.next);
        }
        hits.extend(ends.here.iter().map(|&end| Hit { first, last: end - 1, marks: vec![(first, end - 1)] }));
    }

    /// Where the words end that `slot` accepts from word `at` on.
    fn step(&self, slot: &Slot, at: u32, ends: &mut Vec<u32>) {
        if let Slot::Anything = slot {
            ends.extend((at < self.within.end).then_some(at + 1));
            return;
        }
        for form in self.words.forms_at(at) {
            if last_of(form) < self.within.end && slot.accepts(self.words.key(form)) {
                ends.push(last_of(form) + 1);
            }
        }
    }

    /// All slots of `path`, each with a word of its own, in any order in a window of as many words and `slop` more; each
    /// word is marked by itself. A slot for any word only makes the window wider.
    fn within_a_window(&self, path: &Path, slop: u32, hits: &mut Hits) {
        let groups = groups(path);
        let mut places: Vec<WindowPlace> = Vec::new();
        self.each_form(|form| {
            for (number, (slot, _)) in groups.iter().enumerate() {
                if slot.accepts(self.words.key(form)) {
                    places.push((form.position, last_of(form), number));
                }
            }
        });
        places.sort_unstable();
        places.dedup();
        let window = path.len() as u32 + slop;
        let mut inside: Vec<WindowPlace> = Vec::new();
        let mut marked = vec![false; places.len()];
        for (index, &(begin, _, _)) in places.iter().enumerate() {
            if index > 0 && places[index - 1].0 == begin {
                continue;
            }
            let end = begin + window;
            let reach = places[index..].iter().take_while(|place| place.0 < end).count();
            if !self.patience.lasts(reach * groups.len()) {
                return;
            }
            inside.clear();
            inside.extend(places[index..index + reach].iter().filter(|place| place.1 < end));
            if are_filled(&groups, &inside) {
                (index..index + reach).for_each(|at| marked[at] |= places[at].1 < end);
            }
        }
        let found = places.iter().zip(marked).filter(|(_, marked)| *marked);
        hits.extend(found.map(|(&(first, last, _), _)| Hit { first, last, marks: vec![(first, last)] }));
    }
}

/// A form in a window that a group of slots accepts: first word, last word, number of the group.
type WindowPlace = (u32, u32, usize);

fn last_of(form: &Form) -> u32 {
    form.position + u32::from(form.width) - 1
}

/// The different slots of a path and how often each is wanted: `"bye bye"~2` wants two.
fn groups(path: &Path) -> Vec<(&Slot, usize)> {
    let mut groups: Vec<(&Slot, usize)> = Vec::new();
    for slot in path.iter().filter(|slot| !matches!(slot, Slot::Anything)) {
        let same = |other: &Slot| match (slot, other) {
            (Slot::Key(a), Slot::Key(b)) | (Slot::Prefix(a), Slot::Prefix(b)) | (Slot::Wildcard(a), Slot::Wildcard(b)) => a == b,
            (Slot::Misread(a), Slot::Misread(b)) => a == b,
            _ => false,
        };
        match groups.iter_mut().find(|(other, _)| same(other)) {
            Some((_, wanted)) => *wanted += 1,
            None => groups.push((slot, 1)),
        }
    }
    groups
}

/// True when every slot has a word of its own among `places`, which are in reading order.
fn are_filled(groups: &[(&Slot, usize)], places: &[WindowPlace]) -> bool {
    let mut counts = vec![0usize; groups.len()];
    places.iter().for_each(|place| counts[place.2] += 1);
    if counts.iter().zip(groups).any(|(count, (_, wanted))| count < wanted) {
        return false;
    }
    if places.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return true;
    }
    // `"peac* peace"~2`: a word that two slots accept serves only one of them.
    let slots: Vec<usize> =
        groups.iter().enumerate().flat_map(|(number, (_, wanted))| std::iter::repeat_n(number, *wanted)).collect();
    if slots.len() > MOST_MATCHED {
        return true;
    }
    let mut taken = Vec::new();
    (0..slots.len()).all(|slot| takes_a_word(slot, &slots, places, &mut taken, &mut Vec::new()))
}

/// Finds a word for `slot`, moving the slots that have one already where that helps (Kuhn's matching).
fn takes_a_word(
    slot: usize,
    slots: &[usize],
    places: &[WindowPlace],
    taken: &mut Vec<(u32, usize)>,
    seen: &mut Vec<u32>,
) -> bool {
    for place in places.iter().filter(|place| place.2 == slots[slot]) {
        if seen.contains(&place.0) {
            continue;
        }
        seen.push(place.0);
        match taken.iter().position(|(word, _)| *word == place.0) {
            None => {
                taken.push((place.0, slot));
                return true;
            }
            Some(at) => {
                if takes_a_word(taken[at].1, slots, places, taken, seen) {
                    taken[at].1 = slot;
                    return true;
                }
            }
        }
    }
    false
}

/// Pairs of a left and a right hit at most `distance` words apart (neighbours are 1 apart) that do not overlap. Those that span the same
/// words are one place: whatever comes near one of them comes near all. Without that, a chain has as many places as there are ways to
/// choose a word for each of its links.
pub(super) fn near(left: Hits, right: Hits, distance: u32, ordered: bool, patience: Patience) -> Hits {
    let mut pairs = Vec::new();
    pairs_in_order(&left, &right, distance, &mut pairs);
    if !ordered {
        let from = pairs.len();
        pairs_in_order(&right, &left, distance, &mut pairs);
        pairs[from..].iter_mut().for_each(|pair| std::mem::swap(&mut pair.left, &mut pair.right));
    }
    pairs.sort_unstable();
    let of_one_place = pairs.chunk_by(|one, other| (one.first, one.last) == (other.first, other.last));
    let hits = of_one_place.map_while(|pairs| patience.lasts(4 * pairs.len()).then(|| put_together(pairs, &left, &right)));
    hits.collect()
}

/// A left and a right hit, by their numbers, and the words they span together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    first: u32,
    last: u32,
    left: u32,
    right: u32,
}

fn pairs_in_order(before: &[Hit], after: &[Hit], distance: u32, pairs: &mut Vec<Pair>) {
    for (left, one) in (0..).zip(before) {
        let from = after.partition_point(|other| other.first <= one.last);
        for (right, other) in (from as u32..).zip(&after[from..]).take_while(|(_, other)| other.first - one.last <= distance) {
            if pairs.len() >= MOST_PAIRS {
                return;
            }
            pairs.push(Pair { first: one.first, last: other.last, left, right });
        }
    }
}

/// One hit of pairs that span the same words, with the marks of all.
fn put_together(pairs: &[Pair], left: &[Hit], right: &[Hit]) -> Hit {
    let marks_of = |numbers: fn(&Pair) -> u32, hits: &[Hit], marks: &mut Vec<(u32, u32)>| {
        let mut numbers: Vec<u32> = pairs.iter().map(numbers).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().for_each(|number| marks.extend(&hits[*number as usize].marks));
    };
    let mut marks = Vec::new();
    marks_of(|pair| pair.left, left, &mut marks);
    marks_of(|pair| pair.right, right, &mut marks);
    marks.sort_unstable();
    marks.dedup();
    Hit { first: pairs[0].first, last: pairs[0].last, marks }
}

/// All hits of several parts, in reading order.
pub(super) fn merged(parts: Vec<Hits>) -> Hits {
    sorted(parts.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Word;
    use std::cell::Cell;

    fn hits(typed: &str, words: &Words, patience: Patience) -> Hits {
        of_pattern(&Pattern::of_word(&Word::Wildcard(typed.into()), true), words, 0..words.len() as u32, patience)
    }

    /// Steps, not time: a chain of a paragraph's words, each link with a choice of twenty.
    #[test]
    fn a_chain_is_as_many_places_as_it_spans_different_words() {
        let text: String = (0..100).map(|number| format!("{}{number} ", ["a", "b", "c", "d", "e"][number % 5])).collect();
        let words = Words::of(&text);
        let steps = Cell::new(0);
        let count = |more: usize| {
            steps.set(steps.get() + more);
            true
        };
        let patience = Patience::of(&count);
        let mut chain = hits("a*", &words, patience);
        for link in ["b*", "c*", "d*", "e*", "a*", "b*", "c*", "d*", "e*"] {
            chain = near(chain, hits(link, &words, patience), 100, false, patience);
            assert!(chain.len() <= 100 * 100 / 2, "{} places", chain.len());
        }
        assert!(!chain.is_empty() && steps.get() < 2_000_000, "{} steps", steps.get());
    }

    #[test]
    fn a_chain_marks_every_word_that_is_in_one_of_its_ways() {
        let words = Words::of("red cat red dog red");
        let one =
            near(hits("re*", &words, Patience::ENDLESS), hits("ca*", &words, Patience::ENDLESS), 5, false, Patience::ENDLESS);
        let both = near(one, hits("do*", &words, Patience::ENDLESS), 5, false, Patience::ENDLESS);
        // `red cat` and `cat red` are followed by `dog`; the last `red` is no neighbour of a pair that `dog` is not within.
        let mut marks: Vec<(u32, u32)> = both.iter().flat_map(|hit| hit.marks.clone()).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks, [(0, 0), (1, 1), (2, 2), (3, 3)]);
        assert_eq!(both.iter().map(|hit| (hit.first, hit.last)).collect::<Vec<_>>(), [(0, 3), (1, 3)]);
    }

    #[test]
    fn who_has_no_patience_left_is_told_nothing_more() {
        let words = Words::of("no no no no");
        let never = |_: usize| false;
        assert_eq!(hits("n*", &words, Patience::of(&never)), []);
        assert_eq!(hits("n*", &words, Patience::ENDLESS).len(), 4);
    }
}
