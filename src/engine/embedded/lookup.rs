//! Which units hold the words of a query: from a query tree to lists of units and counts.
//!
//! `crate::engine::plan` turns the tree into leaves, `expand` (with `alike` and `misread`) a leaf's word into the terms of a segment's dictionary, `postings` reads and crosses their
//! lists, `pairs` shortens phrases of common words, `lists` puts two lists together, `evaluate` all leaves; all of them ask `budget` whether to go on.

pub(super) mod budget;
pub(super) mod expand;
mod alike;
mod misread;
pub(super) mod lists;
pub(super) mod postings;
pub(super) mod pairs;
pub(super) mod evaluate;
