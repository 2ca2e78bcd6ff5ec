//! An article as the steps of attribution see it: its words, who is mentioned in it, and which mentions are one person.

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
