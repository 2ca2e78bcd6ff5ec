//! Files: which there are, what is in their first bytes, and which format that is.

pub(super) mod walk;
pub(super) mod input;
pub(super) mod decode;
pub(super) mod recognise;
