//! What is said by hand, put into the directory: names joined and kept apart, before and after the bare last names are led back.

use super::form::{NameShape, is_initial};
use super::people::People;
use super::{EntryId, Key};
use std::collections::HashSet;

/// Groups of keys that are one, none of which holds two that must not be.
struct Clusters {
    /// The group of each key.
    of: Vec<usize>,
    groups: Vec<Cluster>,
}

#[derive(Default)]
struct Cluster {
    keys: Vec<usize>,
    /// Who it is, by the file.
    person: Option<usize>,
    /// The sets of different names that one of its names stands in.
    sets: HashSet<usize>,
}

impl Cluster {
    /// Two persons of the file are two, and of a set of different names each is somebody else.
    fn differs(&self, other: &Cluster) -> bool {
        let two = self.person.zip(other.person).is_some_and(|(one, other)| one != other);
        two || !self.sets.is_disjoint(&other.sets)
    }
}

impl Clusters {
    fn new(keys: &[Key], people: &People) -> Clusters {
        let of = |(number, key): (usize, &Key)| {
            let key = key.form.key();
            Cluster {
                keys: vec![number],
                person: people.person_of_key(&key),
                sets: people.sets_of(&key).iter().copied().collect(),
            }
        };
        Clusters { of: (0..keys.len()).collect(), groups: keys.iter().enumerate().map(of).collect() }
    }

    fn of(&self, key: usize) -> &Cluster {
        &self.groups[self.of[key]]
    }

    fn differ(&self, one: usize, other: usize) -> bool {
        self.of[one] != self.of[other] && self.of(one).differs(self.of(other))
    }

    /// Makes two keys one, unless they must not be.
    fn join(&mut self, one: usize, other: usize) {
        let (mut from, mut to) = (self.of[one], self.of[other]);
        if from == to || self.groups[from].differs(&self.groups[to]) {
            return;
        }
        // The smaller one moves.
        if self.groups[from].keys.len() > self.groups[to].keys.len() {
            (from, to) = (to, from);
        }
        let Cluster { keys, person, sets } = std::mem::take(&mut self.groups[from]);
        keys.iter().for_each(|key| self.of[*key] = to);
        let group = &mut self.groups[to];
        group.keys.extend(keys);
        group.person = group.person.or(person);
        group.sets.extend(sets);
    }
}

/// Joins the names that are said to be one, and undoes what joined names that are said to differ.
pub(super) fn join(keys: &mut [Key], people: &People) {
    let mut clusters = Clusters::new(keys, people);
    // Of each person the first full name that is printed, or else the first name: it stands for all of them.
    let mut first: Vec<Option<(Rank, usize)>> = vec![None; people.counts().0];
    for (number, key) in keys.iter_mut().enumerate() {
        let Some(person) = clusters.groups[number].person else { continue };
        key.listed = true;
        let own = (rank(key, people), number);
        first[person] = Some(first[person].map_or(own, |first| first.min(own)));
    }
    for (number, key) in keys.iter().enumerate().filter(|(_, key)| key.listed) {
        if let Some((_, first)) = people.person_of_key(&key.form.key()).and_then(|person| first[person]) {
            clusters.join(number, first);
        }
    }
    for (number, key) in keys.iter().enumerate() {
        let full = key.entry as usize;
        // Whom a short name is short for, the file has said.
        let is_short = key.form.given().is_none_or(is_initial);
        if full != number && !(key.listed && is_short) {
            clusters.join(number, full);
        }
    }
    let roots: Vec<usize> = (0..keys.len())
        .map(|number| {
            let full = keys[number].entry as usize;
            let said = clusters.of(number).person.and_then(|person| first[person]).map(|(_, first)| first);
            said.unwrap_or(if clusters.of[full] == clusters.of[number] { full } else { number })
        })
        .collect();
    for (number, root) in roots.into_iter().enumerate() {
        keys[number].entry = root as EntryId;
        if number == root
            && let Some(person) = clusters.of(number).person
        {
            keys[number].called = Some(people.called_of(person).to_owned());
        }
    }
}

/// What stands for a person rather than another name of theirs: the least.
type Rank = (u8, usize);

fn rank(key: &Key, people: &People) -> Rank {
    let shape = match key.form.shape {
        NameShape::Person => 0,
        NameShape::Several => 1,
        _ => 2,
    };
    (shape, people.place_of_key(&key.form.key()))
}

/// Takes back what leads a short name to whom it is said not to be.
pub(super) fn part(keys: &mut [Key], people: &People) {
    let mut clusters = Clusters::new(keys, people);
    for (number, key) in keys.iter().enumerate() {
        clusters.join(number, key.entry as usize);
    }
    for number in 0..keys.len() {
        if let Some(full) = keys[number].stands_for.map(|full| full as usize) {
            if clusters.differ(number, full) {
                keys[number].stands_for = None;
                keys[number].mostly_personal = false;
            } else {
                // Another short name of the same person must not differ from this one.
                let (sets, group) = (clusters.of(number).sets.clone(), clusters.of[full]);
                clusters.groups[group].sets.extend(sets);
            }
        }
        let mut may_be: Vec<EntryId> = Vec::new();
        for other in keys[number].may_be.iter().filter(|_| !keys[number].listed) {
            let entry = keys[*other as usize].entry;
            if entry != keys[number].entry && !may_be.contains(&entry) && !differ_by_name(&clusters, keys, number, entry) {
                may_be.push(entry);
            }
        }
        keys[number].may_be = may_be;
    }
}

/// Whether a name is said to differ from somebody; what stands for somebody does not differ from them.
fn differ_by_name(clusters: &Clusters, keys: &[Key], number: usize, entry: EntryId) -> bool {
    keys[number].stands_for != Some(entry) && clusters.differ(number, entry as usize)
}
