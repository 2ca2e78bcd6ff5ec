//! Which nouns an article prints beside which names: "the law firm Halden & Okri", "Okri, a law firm,", "Lee's letter", "Lee wrote in a letter".

use crate::lexicon::*;
use crate::quotation::mention::{Mention, MentionKind, is_subject};
use crate::quotation::scene::Scene;
use crate::quotation::words::Shape;

/// How a noun stands beside a name; the model has learned the numbers. 0 is not at all.
const RIGHT_BEFORE: u32 = 5;
const BEHIND: u32 = 4;
const OWNED: u32 = 3;
const DONE: u32 = 2;
const NEAR: u32 = 1;

/// The nouns asked for so far, each with the names beside it.
#[derive(Debug, Default)]
pub struct Beside {
    nouns: Vec<(u32, Vec<Companion>)>,
}

/// A name beside a noun.
#[derive(Debug, Clone, Copy)]
pub struct Companion {
    /// The word that is the noun.
    pub at: usize,
    /// Whose name.
    pub person: u32,
    /// How it stands there.
    pub how: u32,
}

/// The most nouns looked for, and the most names found beside one, the first of the article: keeps long articles linear.
const MOST_NOUNS: usize = 24;
const MOST_NAMES: usize = 120;

/// The most words between a noun and a name that are looked at.
const FAR: usize = 30;

impl Beside {
    /// The names beside a noun, in the order of the article.
    pub fn names(&mut self, scene: Scene, noun: u32) -> &[Companion] {
        if let Some(known) = self.nouns.iter().position(|(known, _)| *known == noun) {
            return &self.nouns[known].1;
        }
        if self.nouns.len() >= MOST_NOUNS {
            return &[];
        }
        self.nouns.push((noun, names(scene, noun)));
        self.nouns.last().map_or(&[], |(_, seen)| seen)
    }
}

fn names(scene: Scene, noun: u32) -> Vec<Companion> {
    let words = &scene.reading.words;
    let printed = (0..words.len()).filter(|k| words[*k].hash == noun && words[*k].quote == 0);
    let mut seen = Vec::new();
    for at in printed {
        if seen.len() >= MOST_NAMES {
            break;
        }
        let from = scene.mentions.partition_point(|m| m.head + FAR < at);
        let near = scene.mentions[from..].iter().take_while(|m| m.head < at + FAR);
        let named = near.filter(|m| matches!(m.kind, MentionKind::Name | MentionKind::Organisation));
        for mention in named.filter(|m| words[m.head].sentence == words[at].sentence && !m.words.contains(&at)) {
            if let Some(person) = mention.person {
                seen.push(Companion { at, person, how: how(scene, mention, at) });
            }
        }
    }
    seen
}

/// How the noun at `at` stands beside a mention of its sentence.
fn how(scene: Scene, mention: &Mention, at: usize) -> u32 {
    let words = &scene.reading.words;
    let plain = |k: usize| words[k].is_word() && !words[k].is(SAY | AUXILIARY | CONJUNCTION | PREPOSITION) && words[k].quote == 0;
    let (start, end) = (mention.words.start, mention.end());
    if at < start {
        let between = at + 1..start;
        let comma = between.len() == 1 && words[at + 1].is_point(b',');
        let titled = mention.role.as_ref().is_some_and(|role| role.contains(&at));
        if between.is_empty() || comma || titled {
            return RIGHT_BEFORE;
        }
        let of = words[at + 1].is(PREPOSITION) && between.len() <= 4 && (at + 2..start).all(plain);
        return if of { OWNED } else { NEAR };
    }
    let first = words.get(end);
    let own = first.is_some_and(|w| w.hash == known("'s"));
    if own && at - end <= 5 && (end + 1..at).all(plain) {
        return OWNED;
    }
    let told = first.is_some_and(|w| w.is_point(b',') || w.shape == Shape::Lower && w.is(AUXILIARY)) && !own;
    let opens = words.get(end + 1).is_some_and(|w| w.is(DETERMINER));
    if told && opens && at - end <= 8 && (end + 2..at).all(plain) {
        return BEHIND;
    }
    if mention.speaks || is_subject(words, mention) { DONE } else { NEAR }
}
