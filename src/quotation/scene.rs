//! What attribution looks at.

use super::mention::Mention;
use super::names::People;
use super::words::Reading;

/// Everything attribution looks at.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The article as words.
    pub reading: &'a Reading<'a>,
    /// Who could be speaking.
    pub mentions: &'a [Mention],
    /// Who they are.
    pub people: &'a People,
}
