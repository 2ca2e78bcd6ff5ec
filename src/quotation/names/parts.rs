//! Parts and forms of one name, in languages where people have several last names or names are inflected.
//!
//! `Homero Marín` and `Homero Marín Salcedo`, `Maria Alba` and `Maria Alba Reis` are one person where nobody else fits. Of inflected forms
//! (`Климова`, `Климов`) the one that a sentence would begin with is shown, if it is printed at all.

use super::{Gender, Mention, Person};
use crate::lexicon::{MAN, PARTICLE, WOMAN, classes, hash};
use crate::quotation::words::Reading;
use std::collections::HashMap;
use std::ops::Range;

/// The most people looked at: keeps long articles linear.
const MOST: usize = 300;

/// Makes a person whose name begins one fuller name that person.
pub fn join(reading: &Reading, mentions: &mut [Mention], people: &mut [Person]) {
    let names: Vec<Vec<u32>> = people.iter().take(MOST).map(|person| hashes(reading, &person.name)).collect();
    let mut same: HashMap<u32, u32> = HashMap::new();
    for (number, name) in names.iter().enumerate().filter(|(_, name)| name.len() > 1) {
        let longer = |other: &[u32]| (1..=2).contains(&other.len().saturating_sub(name.len())) && other.starts_with(name);
        let whole = |k: usize| !reading.words[people[k].name.clone()].iter().any(|w| w.is(PARTICLE));
        // The full form is printed first; a longer one that comes later is as often a caption run together.
        let mut fuller = names.iter().enumerate().take(number).filter(|(k, other)| longer(other) && whole(*k));
        if let (Some((only, _)), None) = (fuller.next(), fuller.next()) {
            same.insert(number as u32, only as u32);
        }
    }
    for (part, whole) in &same {
        let part = people[*part as usize].clone();
        let whole = &mut people[*whole as usize];
        whole.count += part.count;
        whole.signs |= part.signs;
        if whole.gender == Gender::Untold {
            whole.gender = part.gender;
        }
        let room = 8usize.saturating_sub(whole.roles.len());
        whole.roles.extend(part.roles.into_iter().take(room));
    }
    for mention in mentions.iter_mut() {
        mention.person = mention.person.map(|person| same.get(&person).copied().unwrap_or(person));
    }
}

fn hashes(reading: &Reading, name: &Range<usize>) -> Vec<u32> {
    reading.words[name.clone()].iter().filter(|w| w.is_word() && !w.is(PARTICLE)).map(|w| w.hash).collect()
}

/// Whether a name is printed more like its plain form than another of as many words: with a given name as lists have it, else with fewer
/// letters.
pub fn is_plainer(reading: &Reading, name: &Range<usize>, other: &Range<usize>) -> bool {
    if !reading.grammar.inflects() {
        return false;
    }
    let rank = |name: &Range<usize>| {
        let text = |k: usize| reading.words[k].span().of(reading.text);
        let listed = name.len() > 1 && classes(hash(text(name.start))) & (MAN | WOMAN) != 0;
        let letters: usize = name.clone().map(|k| text(k).chars().count()).sum();
        (!listed, letters)
    };
    rank(name) < rank(other)
}
