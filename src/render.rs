//! Results to bytes: for a terminal, or for other programs.

pub mod concordance;
pub mod json;
pub mod page;
pub mod table;
pub mod terminal;
