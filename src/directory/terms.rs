//! Which words are characteristic of what somebody says.

use crate::words::{Stem, Words, is_stop_word};
use std::collections::{BTreeMap, HashSet};

/// A word must stand in this many quotations: one alone says nothing about a speaker.
const LEAST: usize = 2;

/// Least log-likelihood: chance gives more in one of a thousand words.
const CHANCE: f64 = 10.83;

/// What somebody says, as words.
#[derive(Debug, Clone, Default)]
pub struct Spoken {
    /// All of them.
    pub words: usize,
    /// For each folded word the quotations it stands in, and its printings.
    found: BTreeMap<String, (usize, BTreeMap<String, usize>)>,
}

/// A word that somebody says more often than others.
#[derive(Debug, Clone, PartialEq)]
pub struct Characteristic {
    /// As mostly printed.
    pub word: String,
    /// Quotations it stands in.
    pub quotations: usize,
    /// See [`log_likelihood`].
    pub worth: f64,
}

impl Spoken {
    /// Adds a quotation, whose words are `words`.
    pub fn add(&mut self, text: &str, words: &Words) {
        let mut seen = HashSet::new();
        for form in words.forms().iter().filter(|form| form.plain) {
            self.words += 1;
            let key = words.key(form);
            let says_something = key.chars().count() > 2 && key.chars().any(char::is_alphabetic) && !is_stop_word(key);
            if says_something && seen.insert(key) {
                let (count, printings) = self.found.entry(key.to_owned()).or_default();
                *count += 1;
                *printings.entry(form.of(text).to_owned()).or_default() += 1;
            }
        }
    }

    /// The folded words that may be characteristic.
    pub fn candidates(&self) -> impl Iterator<Item = &str> {
        self.found.iter().filter(|(_, (quotations, _))| *quotations >= LEAST).map(|(key, _)| key.as_str())
    }

    /// In how many quotations a folded word stands.
    pub fn count(&self, key: &str) -> usize {
        self.found.get(key).map_or(0, |(quotations, _)| *quotations)
    }

    /// The most characteristic words against an archive of so many, without those of `names`. `archive` tells how often it has a word;
    /// where it tells nothing, no more words are looked at.
    ///
    /// # Errors
    /// Those of `archive`.
    pub fn characteristic<E>(
        &self,
        names: &[String],
        most: usize,
        archive_words: f64,
        mut archive: impl FnMut(&str) -> Result<Option<f64>, E>,
    ) -> Result<Vec<Characteristic>, E> {
        let own = keys_of(names);
        let mut out = Vec::new();
        for (key, (quotations, printings)) in &self.found {
            if *quotations < LEAST || own.contains(key) {
                continue;
            }
            let Some(count) = archive(key)? else { break };
            let worth = log_likelihood(*quotations as f64, self.words as f64, count, archive_words);
            if worth >= CHANCE {
                let word = printings.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(*text)));
                let word = word.map_or_else(|| key.clone(), |(text, _)| text.clone());
                out.push((key.as_str(), Characteristic { word, quotations: *quotations, worth }));
            }
        }
        out.sort_by(|(_, a), (_, b)| b.worth.total_cmp(&a.worth).then_with(|| a.word.cmp(&b.word)));
        Ok(one_of_each(out, most))
    }
}

/// The folded words of names.
fn keys_of(names: &[String]) -> HashSet<String> {
    let mut own = HashSet::new();
    for name in names {
        let words = Words::of(name);
        own.extend(words.forms().iter().map(|form| words.key(form).to_owned()));
    }
    own
}

/// The first so many of which none is a form of another.
fn one_of_each(terms: Vec<(&str, Characteristic)>, most: usize) -> Vec<Characteristic> {
    let mut stems: Vec<Stem> = Vec::new();
    let mut out = Vec::new();
    for (key, term) in terms {
        if out.len() == most {
            break;
        }
        if !stems.iter().any(|stem| stem.covers(key)) {
            stems.push(Stem::of(key));
            out.push(term);
        }
    }
    out
}

/// Dunning's log-likelihood ratio G² of a word: how surely it is commoner in the words said than in the archive.
///
/// `said` of `said_words` are the word, against `archive` of `archive_words` altogether. 0 when it is not commoner. Ted Dunning,
/// "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993; the form with
/// expected counts is that of Rayson and Garside (2000). 3.84 is the usual bound at one in twenty, 10.83 at one in a thousand.
pub fn log_likelihood(said: f64, said_words: f64, archive: f64, archive_words: f64) -> f64 {
    let (rest, rest_words) = ((archive - said).max(0.0), (archive_words - said_words).max(1.0));
    if said <= 0.0 || said / said_words.max(1.0) <= rest / rest_words {
        return 0.0;
    }
    let share = (said + rest) / (said_words + rest_words);
    let part = |seen: f64, words: f64| if seen > 0.0 { seen * (seen / (words * share)).ln() } else { 0.0 };
    2.0 * (part(said, said_words) + part(rest, rest_words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_said_more_often_than_printed_is_characteristic() {
        // Worked by hand: 5 of 100 words against 10 of 10,000.
        let worth = log_likelihood(5.0, 100.0, 10.0, 10_000.0);
        assert!((worth - 32.29).abs() < 0.01, "{worth}");
        assert_eq!(log_likelihood(1.0, 1_000.0, 500.0, 10_000.0), 0.0);
        assert!(log_likelihood(10.0, 100.0, 10.0, 10_000.0) > worth);
    }
}
