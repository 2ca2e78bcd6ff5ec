//! What pages print: datelines, bylines, dates, places, languages and boilerplate, told from lines of text alone.

pub mod date;
pub(super) mod places;
pub(super) mod language;
pub(super) mod boilerplate;
pub(super) mod byline;
pub(super) mod dateline;
pub(super) mod headline;
pub(super) mod opening;
