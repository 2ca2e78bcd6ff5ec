//! Searches for other tools over a connection: transport only.

pub mod http;
