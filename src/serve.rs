//! Searches for other tools over a connection: transport only.

mod guard;
pub mod http;
