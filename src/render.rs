//! Results to bytes: for a terminal, or for other programs.

#[cfg(any(feature = "serve", feature = "watch"))]
pub(crate) mod atom;
pub mod cite;
mod clean;
#[cfg(any(feature = "cli", feature = "serve"))]
pub(crate) mod concordance;
pub mod curves;
pub mod json;
#[cfg(feature = "serve")]
pub(crate) mod page;
#[cfg(any(feature = "cli", feature = "serve"))]
pub(crate) mod provenance;
#[cfg(any(feature = "cli", feature = "serve"))]
pub(crate) mod table;
#[cfg(feature = "cli")]
pub(crate) mod terminal;

pub(crate) use clean::clean;
