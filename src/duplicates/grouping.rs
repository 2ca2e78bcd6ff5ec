//! From sketches to groups of copies: a sketch is compared with those that share several of its keys, the longest body first.

use super::Sketch;
use std::borrow::Cow;
use std::cmp::Reverse;

/// Of its keys, how many two copies must share to be compared at all: two with half of their shingles in common share fewer once in
/// 500 times, with a third in common once in 20; two other stories seldom share more than a stock phrase.
const MET: u8 = 3;

/// So many of the next shorter bodies with the same hash are looked at: thousands may share a stock phrase. A story in more variants
/// than that (copies that are the same to the letter count as one) may fall into several groups.
const NEXT: usize = 64;

/// For each sketch the number of its group's first member (its longest body), or its own number when it is alone: as [`groups_of`].
pub fn groups<N: Ord>(sketches: &[Sketch], names: &[N]) -> Vec<usize> {
    let keys = sketches.iter().zip(0..).flat_map(|(sketch, at)| sketch.keys.iter().map(move |key| (*key, at))).collect();
    let found = groups_of(names, keys, |at| Cow::Borrowed(&sketches[at]), || true);
    found.unwrap_or_else(|| (0..sketches.len()).collect())
}

/// The same of sketches that are read when they are needed, by their number: a large archive has more of them than memory.
/// `keys` are the [`Sketch::keys`] of all, each with the number of its sketch, in any order.
///
/// Every member is a copy of the longest: a chain of small changes never joins two stories. `names` (article ids) break ties
/// between bodies of one length, so that the same articles in another order give the same groups. An article that
/// [`meeting`] leaves out is alone, whether it is among the sketches or not.
///
/// Asks `go_on` before each sketch it reads; nothing when it is told not to.
pub fn groups_of<'a, N: Ord>(
    names: &[N],
    keys: Vec<(u32, u32)>,
    sketch: impl Fn(usize) -> Cow<'a, Sketch>,
    mut go_on: impl FnMut() -> bool,
) -> Option<Vec<usize>> {
    let length_and_content = |at: usize| {
        let sketch = sketch(at);
        (Reverse(sketch.all), sketch.content())
    };
    let mut order: Vec<((Reverse<u32>, u64), u32)> = Vec::with_capacity(names.len());
    for at in 0..names.len() {
        if !go_on() {
            return None;
        }
        order.push((length_and_content(at), at as u32));
    }
    order.sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| names[*a as usize].cmp(&names[*b as usize])));
    let mut first: Vec<usize> = (0..names.len()).collect();
    // The same to the letter, and next to each other: only one of them is looked up.
    for same in order.chunk_by(|one, other| one.0 == other.0) {
        same.iter().for_each(|(_, at)| first[*at as usize] = same[0].1 as usize);
    }
    let mut distinct: Vec<u32> = order.into_iter().map(|(_, at)| at).collect();
    distinct.retain(|at| first[*at as usize] == *at as usize);
    let holders = Holders::new(keys, &distinct);
    let mut met = Met { times: vec![0; distinct.len()], touched: Vec::new() };
    for (number, &leader) in distinct.iter().enumerate() {
        let leader = leader as usize;
        if !go_on() {
            return None;
        }
        if first[leader] != leader {
            continue;
        }
        // Whoever comes before the leader leads itself.
        met.count(&holders, number);
        let mut own = None;
        for other in met.touched.drain(..) {
            let (at, times) = (distinct[other as usize] as usize, std::mem::take(&mut met.times[other as usize]));
            let may_be = times >= MET && first[at] == at;
            if may_be && own.get_or_insert_with(|| sketch(leader)).likeness(&sketch(at)).is_copy() {
                first[at] = leader;
            }
        }
    }
    // A copy to the letter follows the one that was looked up.
    Some((0..names.len()).map(|at| first[first[at]]).collect())
}

/// Which sketches have a key.
struct Holders {
    /// For each key, one after another, the numbers of the sketches that have it, ascending, each with where those of its key end.
    all: Vec<(u32, u32)>,
    /// For each sketch, one after another, where it stands in `all`.
    places: Vec<u32>,
    /// Where the places of each sketch begin.
    from: Vec<u32>,
}

impl Holders {
    /// Of keys with the numbers of their sketches; a sketch that is not among `distinct` is left out, and counts by its place there.
    fn new(mut all: Vec<(u32, u32)>, distinct: &[u32]) -> Holders {
        const NONE: u32 = u32::MAX;
        let mut numbers = vec![NONE; all.iter().map(|(_, at)| *at as usize + 1).max().unwrap_or(0)];
        for (at, number) in distinct.iter().zip(0..) {
            if let Some(place) = numbers.get_mut(*at as usize) {
                *place = number;
            }
        }
        all.iter_mut().for_each(|(_, at)| *at = numbers[*at as usize]);
        all.retain(|(_, number)| *number != NONE);
        all.sort_unstable();
        let mut from = vec![0u32; distinct.len() + 1];
        all.iter().for_each(|(_, number)| from[*number as usize + 1] += 1);
        for number in 0..distinct.len() {
            from[number + 1] += from[number];
        }
        let (mut filled, mut places) = (from.clone(), vec![0; all.len()]);
        let mut start = 0;
        for sharing in all.chunk_by_mut(|one, other| one.0 == other.0) {
            let end = start + sharing.len() as u32;
            for (at, (key, number)) in (start..).zip(sharing) {
                let place = &mut filled[*number as usize];
                places[*place as usize] = at;
                *place += 1;
                *key = end;
            }
            start = end;
        }
        Holders { all, places, from }
    }

    /// Of each key of a sketch the next ones after it that have it too.
    fn after(&self, number: usize) -> impl Iterator<Item = &[(u32, u32)]> {
        let places = &self.places[self.from[number] as usize..self.from[number + 1] as usize];
        places.iter().map(|place| {
            let (place, (end, _)) = (*place as usize, self.all[*place as usize]);
            &self.all[place + 1..(place + 1 + NEXT).min(end as usize)]
        })
    }
}

/// How many keys the sketches after one share with it.
struct Met {
    times: Vec<u8>,
    touched: Vec<u32>,
}

impl Met {
    fn count(&mut self, holders: &Holders, number: usize) {
        for &(_, other) in holders.after(number).flatten() {
            let times = &mut self.times[other as usize];
            if *times == 0 {
                self.touched.push(other);
            }
            *times += 1;
        }
    }
}

/// Of keys, each with the number of its sketch, leaves those that several share; gives the numbers of their sketches, ascending:
/// the rest have no copy.
pub fn meeting(keys: &mut Vec<(u32, u32)>) -> Vec<u32> {
    keys.sort_unstable();
    let mut at = 0;
    let alone = |keys: &[(u32, u32)], at: usize| {
        let key = |at: usize| keys.get(at).map(|(key, _)| *key);
        key(at) != key(at + 1) && (at == 0 || key(at) != key(at - 1))
    };
    let is_alone: Vec<bool> = (0..keys.len()).map(|at| alone(keys, at)).collect();
    keys.retain(|_| {
        at += 1;
        !is_alone[at - 1]
    });
    let mut met: Vec<u32> = keys.iter().map(|(_, number)| *number).collect();
    met.sort_unstable();
    met.dedup();
    met
}
