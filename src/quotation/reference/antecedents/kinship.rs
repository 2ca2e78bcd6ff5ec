//! Whether an antecedent is what a description says: printed beside its noun, a body of that kind, of a name within it.

use super::{Antecedent, Question, Seen, noun_of};
use crate::lexicon::DETERMINER;
use crate::quotation::evidence::templates::ReferentTemplate as T;
use crate::quotation::evidence::{Features, Gather, few};
use crate::quotation::history::Referent;
use crate::quotation::mention::{Mention, MentionKind};
use crate::quotation::reference::families;
use crate::quotation::scene::Scene;
use std::ops::Range;

impl Question<'_> {
    /// How the antecedent stands beside the head of the description elsewhere, and whether it is a body of the same kind.
    pub fn kinship(&self, antecedent: &Antecedent, seen: &Seen, f: &mut Features) {
        let &Question { scene, class, family, .. } = self;
        let Seen { rank, near, subject, last, person, .. } = *seen;
        let (kind, (ever, lately)) = (antecedent.kind, antecedent.beside);
        let noun = noun_of(class);
        f.add(T::Beside, &[ever, noun]);
        f.add(T::BesideLately, &[lately, noun]);
        f.add(T::BesideKind, &[ever, kind, rank]);
        f.add(T::Modifier, &[self.modifier(person), noun, kind]);
        if family == families::NONE {
            return;
        }
        let words = &scene.reading.words;
        let name = person.map(|p| scene.people.people[p as usize].name.clone());
        let other = name.map_or(families::NONE, |name| families::of_name(&words[name]));
        let same = if other == families::NONE { 2 } else { u32::from(other == family) };
        let count = person.map_or(0, |p| few(scene.people.people[p as usize].count as usize, 6));
        let most = u32::from(person.is_some() && self.known.topic == person);
        f.add(T::Family, &[family, other, kind]);
        f.add(T::FamilySame, &[same, kind]);
        f.add(T::FamilyNear, &[family, kind, near]);
        f.add(T::FamilyRank, &[family, kind, rank, same]);
        f.add(T::FamilySaid, &[family, kind, u32::from(antecedent.said.is_some()), subject]);
        f.add(T::FamilyCount, &[family, kind, count, most]);
        f.add(T::FamilyLast, &[family, kind, last]);
    }

    /// How somebody stands beside the head of the description anywhere in the article, and where it was last printed beside a name before.
    pub fn beside(&self, referent: Referent) -> (u32, u32) {
        let Referent::Person(person) = referent else { return (0, 0) };
        let all = self.known.beside;
        let own = self.own().head;
        let ever = all.iter().filter(|c| c.person == person && c.at != own).map(|c| c.how);
        let before = all[..all.partition_point(|c| c.at < own)].last().map(|c| c.at);
        let lately = all.iter().filter(|c| c.person == person && Some(c.at) == before).map(|c| c.how);
        (ever.max().unwrap_or(0), lately.max().unwrap_or(0))
    }

    /// Whether a name within the description ("the Halden chief") is of the antecedent's: 0 there is none, 1 its own name, 2 in its role, 3 neither,
    /// 4 the antecedent has no name.
    fn modifier(&self, person: Option<u32>) -> u32 {
        let words = &self.scene.reading.words;
        if self.inner.is_empty() {
            return 0;
        }
        let Some(person) = person.map(|person| &self.scene.people.people[person as usize]) else { return 4 };
        let has = |range: &Range<usize>| words[range.clone()].iter().any(|w| self.inner.contains(&w.hash));
        match has(&person.name) {
            true => 1,
            false if person.roles.iter().any(has) => 2,
            false => 3,
        }
    }
}

/// The names within a description, by their hashes; none within a pronoun.
pub fn inner(scene: Scene, mention: &Mention) -> Vec<u32> {
    let own = mention.words.clone().filter(|k| *k != mention.head && mention.kind == MentionKind::Description);
    let own = own.map(|k| &scene.reading.words[k]);
    own.filter(|w| w.is_capital() && !w.is(DETERMINER)).map(|w| w.hash).collect()
}
