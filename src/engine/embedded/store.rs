//! What lies on the disk: the fields of a unit, the stored article, and what a commit holds besides.
//!
//! `schema` names the fields and the version, `documents` makes an article into units, `intake` writes, `snapshot` reads, `units` says which article a unit is of, `bits` are one for each unit; `disk` seals each file, `record` makes an article into bytes, `packing` packs them
//! with a `dictionary`, //! `tokens` and `quoted` give tantivy its terms and columns, `kept`, `stories` and `champions` are files of our own;
//! `tantivy` holds what is known of its insides.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the index lies on the disk here")]

pub(super) mod schema;
pub(super) mod disk;
pub(super) mod record;
pub(super) mod packing;
pub(super) mod dictionary;
pub(super) mod kept;
pub(super) mod tokens;
pub(super) mod quoted;
pub(super) mod stories;
pub(super) mod champions;
pub(super) mod documents;
pub(super) mod intake;
pub(super) mod bits;
pub(super) mod units;
pub(super) mod snapshot;
pub(super) mod tantivy;
