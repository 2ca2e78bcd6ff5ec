//! Places in a text, as word numbers, where patterns match.

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
pub(super) fn of_pattern(pattern: &Pattern, words: &Words, within: Range<u32>) -> Hits {
    let mut hits = Vec::new();
    let text = Text { words, within };
    for path in &pattern.paths {
        if pattern.slop == 0 || path.len() < 2 {
            text.in_a_row(path, &mut hits);
        } else {
            text.within_a_window(path, pattern.slop, &mut hits);
        }
    }
    sorted(hits)
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
        if matches!(first, Slot::Anything) {
            for position in self.within.clone() {
                self.follow(path, position, position, hits);
            }
            return;
        }
        self.each_form(|form| {
            if first.accepts(self.words.key(form)) {
                self.follow(&path[1..], form.position, last_of(form) + 1, hits);
            }
        });
    }

    /// Goes on from word `at` with the slots of `rest`; `first` is where the match began.
    fn follow(&self, rest: &[Slot], first: u32, at: u32, hits: &mut Hits) {
        let Some((slot, rest)) = rest.split_first() else {
            hits.push(Hit { first, last: at - 1, marks: vec![(first, at - 1)] });
            return;
        };
        if let Slot::Anything = slot {
            if at < self.within.end {
                self.follow(rest, first, at + 1, hits);
            }
            return;
        }
        for form in self.words.forms_at(at) {
            if last_of(form) < self.within.end && slot.accepts(self.words.key(form)) {
                self.follow(rest, first, last_of(form) + 1, hits);
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

/// Pairs of a left and a right hit at most `distance` words apart (neighbours are 1 apart) that do not overlap.
pub(super) fn near(left: Hits, right: Hits, distance: u32, ordered: bool) -> Hits {
    let mut pairs = Vec::new();
    pairs_in_order(&left, &right, distance, &mut pairs);
    if !ordered {
        pairs_in_order(&right, &left, distance, &mut pairs);
    }
    sorted(pairs)
}

fn pairs_in_order(before: &[Hit], after: &[Hit], distance: u32, pairs: &mut Hits) {
    for one in before {
        let from = after.partition_point(|other| other.first <= one.last);
        for other in after[from..].iter().take_while(|other| other.first - one.last <= distance) {
            if pairs.len() >= MOST_PAIRS {
                return;
            }
            let marks = one.marks.iter().chain(&other.marks).copied().collect();
            pairs.push(Hit { first: one.first, last: other.last, marks });
        }
    }
}

/// All hits of several parts, in reading order.
pub(super) fn merged(parts: Vec<Hits>) -> Hits {
    sorted(parts.into_iter().flatten().collect())
}
