//! An article as the steps of attribution see it: its words, who is mentioned in it, and which mentions are one person.

use super::history::Referent;
use super::mention::Mention;
use super::names::People;
use super::words::Reading;

/// An article read, with its mentions and people; made once and handed to every step.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The article as words.
    pub reading: &'a Reading<'a>,
    /// Who could be speaking.
    pub mentions: &'a [Mention],
    /// Who they are.
    pub people: &'a People,
}

impl Scene<'_> {
    /// What somebody meant is: 0 a human being certainly, 1 surely enough, 2 possibly; 3 a body, 4 a description, 5 a place.
    pub fn kind(&self, who: Referent) -> u32 {
        match who {
            Referent::Person(person) => self.people.kind(self.reading, person),
            Referent::Described(_) => 4,
        }
    }
}
