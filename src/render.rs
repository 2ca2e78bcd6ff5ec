//! Results to bytes: for a terminal, or for other programs.

pub mod json;
pub mod terminal;
