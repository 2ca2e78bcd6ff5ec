//! In which order: what a unit, its headline and its article have to do with the query, as one number.
//!
//! `weights` holds every constant and how it was found, `about` and `scores` add up what the postings say, `found` is a scored
//! candidate; of loose words `seen` counts, and `bounds`, `several`, `stretch`, `loose`, `champions` and `best` score no more articles than they must; `rerank` looks at the best of them once more with the text at hand,
//! and `likeness` says which are like the first.

pub(super) mod weights;
pub(super) mod about;
pub(super) mod scores;
pub(super) mod found;
pub(super) mod bounds;
mod stretch;
mod several;
pub(super) mod seen;
pub(super) mod loose;
pub(super) mod best;
pub(super) mod champions;
mod likeness;
pub(super) mod rerank;
