//! Places in a text, as word numbers, where patterns match.

use crate::query::{Path, Pattern, Slot};
use crate::words::{Form, Words};

/// One place: the words from `first` to `last`, both included, and the runs of words to mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub first: u32,
    pub last: u32,
    pub marks: Vec<(u32, u32)>,
}

/// Places in reading order, none twice.
pub(super) type Hits = Vec<Hit>;

/// Most places kept when parts are combined; a unit with more is marked at the first of them.
const MOST_PAIRS: usize = 20_000;

/// Where `pattern` matches.
pub(super) fn of_pattern(pattern: &Pattern, words: &Words) -> Hits {
    let mut hits = Vec::new();
    for path in &pattern.paths {
        if pattern.slop == 0 || path.len() < 2 {
            in_a_row(path, words, &mut hits);
        } else {
            within_a_window(path, pattern.slop, words, &mut hits);
        }
    }
    sorted(hits)
}

fn sorted(mut hits: Hits) -> Hits {
    hits.sort_unstable();
    hits.dedup();
    hits
}

fn in_a_row(path: &Path, words: &Words, hits: &mut Hits) {
    let Some(first) = path.first() else { return };
    if matches!(first, Slot::Anything) {
        for position in 0..words.len() as u32 {
            let _ = follow(path, position, position, words, hits);
        }
        return;
    }
    for form in words.forms() {
        if first.accepts(words.key(form)) {
            follow(&path[1..], form.position, form.position + u32::from(form.width), words, hits);
        }
    }
}

/// Goes on from word `at` with the slots of `rest`; `first` is where the match began.
fn follow(rest: &[Slot], first: u32, at: u32, words: &Words, hits: &mut Hits) {
    let Some((slot, rest)) = rest.split_first() else {
        hits.push(Hit { first, last: at - 1, marks: vec![(first, at - 1)] });
        return;
    };
    if let Slot::Anything = slot {
        if (at as usize) < words.len() {
            follow(rest, first, at + 1, words, hits);
        }
        return;
    }
    for form in words.forms_at(at) {
        if slot.accepts(words.key(form)) {
            follow(rest, first, at + u32::from(form.width), words, hits);
        }
    }
}

/// All slots of `path`, in any order, in a window of as many words and `slop` more; each word is marked by itself.
fn within_a_window(path: &Path, slop: u32, words: &Words, hits: &mut Hits) {
    let groups = groups(path);
    let mut places: Vec<(u32, u32, usize)> = Vec::new();
    for form in words.forms() {
        for (number, (slot, _)) in groups.iter().enumerate() {
            if slot.accepts(words.key(form)) {
                places.push((form.position, last_of(form), number));
            }
        }
    }
    places.sort_unstable();
    places.dedup();
    let window = path.len() as u32 + slop;
    for (index, &(begin, _, _)) in places.iter().enumerate() {
        let inside =
            || places[index..].iter().take_while(|place| place.0 < begin + window).filter(|place| place.1 < begin + window);
        let mut counts = vec![0usize; groups.len()];
        inside().for_each(|place| counts[place.2] += 1);
        if counts.iter().zip(&groups).all(|(count, (_, wanted))| count >= wanted) {
            hits.extend(inside().map(|&(first, last, _)| Hit { first, last, marks: vec![(first, last)] }));
        }
    }
}

fn last_of(form: &Form) -> u32 {
    form.position + u32::from(form.width) - 1
}

/// The different slots of a path and how often each is wanted: `"bye bye"~2` wants two.
fn groups(path: &Path) -> Vec<(&Slot, usize)> {
    let mut groups: Vec<(&Slot, usize)> = Vec::new();
    for slot in path {
        let same = |other: &Slot| matches!((slot, other), (Slot::Key(a), Slot::Key(b)) if a == b);
        match groups.iter_mut().find(|(other, _)| same(other)) {
            Some((_, wanted)) => *wanted += 1,
            None => groups.push((slot, 1)),
        }
    }
    groups
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
