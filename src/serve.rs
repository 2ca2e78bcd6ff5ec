//! Searches for other tools over a connection: transport only.
//!
//! [`http::router`] gives the routes of the service, [`listen::listen`] answers a socket with them. What is asked is read by
//! `asked`, held back by `guard` (who may ask) and `gate` (how much at once), and answered by `search`, `quotes` and
//! `articles` with the objects of [`crate::render::json`]; every refusal is a `problem`. [`mcp`] gives the same to assistants.

mod access;
mod articles;
mod asked;
mod feed;
mod gate;
mod guard;
pub mod http;
pub mod listen;
pub mod mcp;
mod openapi;
mod pages;
mod problem;
mod quotes;
mod search;
mod spread;
mod status;

pub use gate::ServiceLimits;
pub use guard::Doors;
