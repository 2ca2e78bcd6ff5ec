//! The second engine: an index on a cluster of OpenSearch, for an archive larger than one machine.
//!
//! The cluster holds the articles and finds which may answer; it decides nothing. What it found is put together to an
//! [excerpt](super::embedded::excerpt) in memory, and that is asked as any index is, so that the passages, marks, quotations, speakers and
//! scores are the same by construction. `mapping` has the fields, `document` makes an article one document of them, `lower` turns a plan into
//! what finds every article that may answer; `intake` and `commit` write, `found`, `in_order`, `figures`, `calendar`, `names` and `reader` read; `client` talks HTTP to the
//! nodes that `address` names, and `trust` tells whose certificates are believed.

mod address;
mod trust;
mod client;
mod mapping;
mod document;
mod commit;
mod intake;
mod lower;
mod found;
mod figures;
mod calendar;
mod in_order;
mod names;
mod reader;
mod reuse;
mod index;

pub use address::Address;
pub use index::ClusterIndex;
