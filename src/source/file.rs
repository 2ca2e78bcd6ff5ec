//! Files: which there are, what is in their first bytes, and which format that is.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the files of a corpus are found and opened here")]

pub(super) mod walk;
pub(super) mod beside;
pub(super) mod input;
pub(super) mod decode;
pub(super) mod recognise;
