//! From the names of an archive to its entries.

use super::form::{NameForm, NameShape, class, is_initial, may_be_short, shown};
use super::people::People;
use super::{Directory, EntryId, Gathering, Key, NameFacts, agree, meet, said};
use crate::lexicon::{MAN, NATION, ORGANISATION, PLACE, ROLE, SOURCE, TITLE, WOMAN};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// Articles that must print a full name before a shorter one may stand for it.
const ESTABLISHED: u32 = 2;

/// Articles that print the full name of somebody in the news.
const NEWS: u32 = 10;

/// A name that is not surely a person is no rival of one that this many times as many articles print: it is mostly a line's end
/// that a name was cut at ("Reuters Trump").
const SLIGHT: u32 = 20;

pub(super) fn settled(gathering: Gathering, people: &People) -> Directory {
    let mut directory = keyed(gathering);
    let before: Vec<NameFacts> = directory.entries.iter().map(|key| key.facts).collect();
    without_prefixes(&mut directory.entries);
    over_middles(&mut directory.entries, &before);
    over_initials(&mut directory.entries);
    follow(&mut directory.entries);
    if !people.is_empty() {
        said::join(&mut directory.entries, people);
    }
    gather_facts(&mut directory, &before);
    bare(&mut directory.entries);
    if !people.is_empty() {
        said::part(&mut directory.entries, people);
    }
    show(&mut directory);
    directory
}

/// Puts the printings of one folded name together. Keys are numbered in the order of the alphabet.
fn keyed(gathering: Gathering) -> Directory {
    let Gathering { texts, by_text, facts } = gathering;
    let mut by_key: BTreeMap<String, (NameForm, Vec<u32>)> = BTreeMap::new();
    for (name, text) in texts.iter().enumerate() {
        let form = NameForm::new(text);
        let (_, names) = match by_key.entry(form.key()) {
            Entry::Vacant(entry) => entry.insert((form, Vec::new())),
            Entry::Occupied(entry) => {
                let known = entry.into_mut();
                // "The Tories" are "Tories".
                if rank(&form) > rank(&known.0) {
                    known.0 = form;
                }
                known
            }
        };
        names.push(name as u32);
    }
    let mut keys = vec![0; texts.len()];
    let mut entries = Vec::with_capacity(by_key.len());
    for (number, (_, (form, names))) in by_key.into_iter().enumerate() {
        let mut sum = NameFacts::default();
        for name in &names {
            keys[*name as usize] = number as u32;
            sum.add(facts[*name as usize]);
        }
        let number = number as EntryId;
        entries.push(Key {
            form,
            facts: sum,
            names,
            entry: number,
            stands_for: None,
            mostly_personal: false,
            may_be: Vec::new(),
            shown: String::new(),
            listed: false,
            called: None,
        });
    }
    Directory { texts, facts, by_text, keys, entries }
}

/// Which of several readings of one folded name holds.
fn rank(form: &NameForm) -> u8 {
    match form.shape {
        NameShape::Description => 4,
        NameShape::Body => 3,
        NameShape::Person => 2,
        NameShape::Several => 1,
        NameShape::Single => 0,
    }
}

/// "Texas Republican Ann Lee", where "Ann Lee" is established: what stands before is her role.
fn without_prefixes(keys: &mut [Key]) {
    for number in 0..keys.len() {
        let form = &keys[number].form;
        if form.words.len() < 3 || matches!(form.shape, NameShape::Description) || form.suffix.is_some() {
            continue;
        }
        let prefix = |word: &str| {
            class(word) & (PLACE | NATION | ORGANISATION | ROLE | SOURCE | TITLE) != 0 && class(word) & (MAN | WOMAN) == 0
        };
        let cut = form.words.iter().take_while(|word| prefix(word)).count();
        if cut == 0 || form.words.len() - cut < 2 {
            continue;
        }
        let rest = form.words[cut..].join(" ");
        let rest = keys.binary_search_by(|key| key.form.key().cmp(&rest)).ok();
        if let Some(rest) = rest.filter(|rest| is_established(&keys[*rest]) && keys[*rest].form.shape == NameShape::Person) {
            keys[number].entry = rest as EntryId;
        }
    }
}

fn is_established(key: &Key) -> bool {
    key.facts.articles >= ESTABLISHED
}

/// True when a name is surely a person's.
fn is_person(key: &Key) -> bool {
    match key.form.shape {
        NameShape::Person => true,
        NameShape::Several => key.facts.personal >= ESTABLISHED,
        _ => false,
    }
}

/// The full names of each last name (and suffix).
fn by_last(keys: &[Key]) -> Vec<Vec<usize>> {
    let filed = |number: &usize| (keys[*number].form.last(), keys[*number].form.suffix.as_deref());
    let full = |number: &usize| keys[*number].form.is_full() && keys[*number].entry as usize == *number;
    let mut numbers: Vec<usize> = (0..keys.len()).filter(full).collect();
    numbers.sort_by(|one, other| filed(one).cmp(&filed(other)));
    numbers.chunk_by(|one, other| filed(one) == filed(other)).map(<[usize]>::to_vec).collect()
}

/// Names that differ in their middle alone are one when all of them agree and their times meet.
fn over_middles(keys: &mut [Key], facts: &[NameFacts]) {
    for group in by_last(keys) {
        let mut by_given: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for number in group {
            let given = keys[number].form.given().unwrap_or_default();
            if !is_initial(given) {
                by_given.entry(given.to_owned()).or_default().push(number);
            }
        }
        for same in by_given.into_values().filter(|same| same.len() > 1) {
            if !same.iter().any(|number| is_person(&keys[*number])) {
                continue;
            }
            let pairs = |test: &dyn Fn(usize, usize) -> bool| same.iter().all(|a| same.iter().all(|b| test(*a, *b)));
            let agreed = pairs(&|a, b| agree(keys[a].form.middle(), keys[b].form.middle()) && meet(facts[a].days, facts[b].days));
            let longest = same.iter().map(|number| keys[*number].form.middle().len()).max().unwrap_or(0);
            if agreed && longest <= 2 {
                let most = same.iter().copied().max_by_key(|number| (facts[*number].articles, std::cmp::Reverse(*number)));
                same.iter().for_each(|number| keys[*number].entry = most.unwrap_or(*number) as EntryId);
            } else {
                let others: Vec<EntryId> = same.iter().map(|number| *number as EntryId).collect();
                let gap = same.iter().copied().find(|number| keys[*number].form.middle().is_empty());
                if let Some(gap) = gap {
                    keys[gap].may_be = others.into_iter().filter(|other| *other as usize != gap).collect();
                }
            }
        }
    }
}

/// `J. Smith` is the one Smith whose given name begins so.
fn over_initials(keys: &mut [Key]) {
    for group in by_last(keys) {
        let (short, full): (Vec<usize>, Vec<usize>) =
            group.into_iter().partition(|number| keys[*number].form.given().is_some_and(is_initial));
        for number in short {
            let fits = |other: &&usize| {
                let (own, other) = (&keys[number].form, &keys[**other].form);
                may_be_short(own.given().unwrap_or(""), other.given().unwrap_or("")) && agree(own.middle(), other.middle())
            };
            let found: Vec<usize> = full.iter().filter(fits).copied().collect();
            match found.as_slice() {
                [only]
                    if is_established(&keys[*only])
                        && is_person(&keys[*only])
                        && meet(keys[number].facts.days, keys[*only].facts.days) =>
                {
                    keys[number].entry = keys[*only].entry;
                }
                _ => keys[number].may_be = found.iter().map(|other| keys[*other].entry).collect(),
            }
        }
    }
}

/// A name that is short for a short one is short for what that stands for.
fn follow(keys: &mut [Key]) {
    for number in 0..keys.len() {
        while keys[number].entry != keys[keys[number].entry as usize].entry {
            keys[number].entry = keys[keys[number].entry as usize].entry;
        }
    }
}

/// Adds up what is known of the keys of each entry.
fn gather_facts(directory: &mut Directory, before: &[NameFacts]) {
    for (number, facts) in before.iter().enumerate() {
        let entry = directory.entries[number].entry as usize;
        if entry != number {
            directory.entries[entry].facts.add(*facts);
        }
    }
}

/// A bare last name stands for the only person who has it.
fn bare(keys: &mut [Key]) {
    let mut full: HashMap<String, Vec<EntryId>> = HashMap::new();
    // Somebody may have several last names only where that is said.
    let stands = |number: usize, key: &Key| key.entry as usize == number || keys[key.entry as usize].called.is_some();
    for (_, key) in keys.iter().enumerate().filter(|(number, key)| key.form.is_full() && stands(*number, key)) {
        full.entry(key.form.last().to_owned()).or_default().push(key.entry);
    }
    for namesakes in full.values_mut() {
        namesakes.sort_unstable();
        namesakes.dedup();
    }
    for number in 0..keys.len() {
        if keys[number].form.shape != NameShape::Single || keys[number].listed {
            continue;
        }
        let Some(namesakes) = full.get(keys[number].form.last()) else { continue };
        let people: Vec<EntryId> = namesakes.iter().copied().filter(|entry| is_person(&keys[*entry as usize])).collect();
        // A junior is called so in print.
        let seniors: Vec<EntryId> = people.iter().copied().filter(|entry| keys[*entry as usize].form.suffix.is_none()).collect();
        let Some(only) = (if seniors.len() == 1 { seniors.first() } else { None }).copied() else {
            let somebody = |entry: &EntryId| keys[*entry as usize].facts.personal > 0;
            let mut may_be = if people.is_empty() { namesakes.iter().copied().filter(somebody).collect() } else { people };
            may_be.sort_by_key(|entry| (std::cmp::Reverse(keys[*entry as usize].facts.articles), *entry));
            keys[number].may_be = may_be;
            continue;
        };
        let articles = keys[only as usize].facts.articles;
        let rivals = namesakes.iter().filter(|entry| !people.contains(entry));
        let slight = rivals.clone().all(|entry| keys[*entry as usize].facts.articles * SLIGHT <= articles);
        // A word of the language is more likely that word, and a given name somebody called by it.
        if articles >= ESTABLISHED && slight && class(keys[number].form.last()) == 0 {
            keys[number].stands_for = Some(only);
            let own = keys[number].facts;
            keys[number].mostly_personal = articles >= NEWS && (own.personal * 3 >= own.articles || own.articles * 3 <= articles);
        }
        keys[number].may_be = vec![only];
    }
}

/// Chooses the printing that an entry is shown by.
fn show(directory: &mut Directory) {
    for number in 0..directory.entries.len() {
        let worth = |name: &u32| {
            let text = &directory.texts[*name as usize];
            let shouted = !text.chars().any(char::is_lowercase);
            (!shouted, directory.facts[*name as usize].articles, std::cmp::Reverse(text.as_str()))
        };
        let best = directory.entries[number].names.iter().copied().max_by_key(|name| worth(name)).unwrap_or(0);
        let printed = || shown(&directory.texts[best as usize]);
        directory.entries[number].shown = directory.entries[number].called.clone().unwrap_or_else(printed);
    }
}
