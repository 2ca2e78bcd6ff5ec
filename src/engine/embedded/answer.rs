//! What a question is answered with: the best passages, quotations and speakers of a snapshot, with their totals.
//!
//! `search` holds the reader that all questions go through, `finding` puts in order what may answer, `frequent` without reading all of it; `passages`, `quoting`, `register` and `counting` each give one kind of
//! answer, `reusing` finds who has words of a text, `folding` puts copies of a story under the one shown, `coterms` reads which names stand beside a name.

pub(super) mod search;
pub(super) mod finding;
mod frequent;
pub(super) mod passages;
pub(super) mod folding;
pub(super) mod quoting;
pub(super) mod register;
pub(super) mod coterms;
pub(super) mod counting;
pub(super) mod reusing;
