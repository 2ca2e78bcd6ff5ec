//! The desk every reader hands its articles to: what may be said of a file, what an article is put together from, what is refused.
//!
//! Readers of formats know this room and nothing above it. `desk` takes articles and doubts, `galley` sets an article from pieces of
//! traced text, `fields` an article from named values; `limits`, `options` and `settings` say how to read.

pub(super) mod limits;
pub(super) mod options;
pub(super) mod unread;
pub(super) mod format;
pub mod settings;
pub(super) mod traced;
pub(super) mod entities;
pub(super) mod cut;
pub(super) mod records;
pub(super) mod host;
pub(super) mod object;
pub(super) mod said;
pub(super) mod part;
pub(super) mod galley;
#[allow(clippy::module_inception)] // the room is named for the one thing in it that every reader holds
pub(super) mod desk;
pub(super) mod division;
pub(super) mod fields;
