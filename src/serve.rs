//! Searches for other tools over a connection: transport only.
//!
//! [`router`] gives the routes of the service, [`listen`] answers a socket with them. What is asked is read by
//! `asked`, held back by `guard` (who may ask) and `gate` (how much at once), and answered by `search`, `quotes` and
//! `articles` with the objects of [`crate::render::json`]; every refusal is a `problem`. `mcp` gives the same to assistants ([`over_stdio`]).

mod access;
mod alerts;
mod articles;
mod asked;
mod citations;
mod feed;
mod fresh;
mod gate;
mod guard;
mod http;
mod listen;
mod mcp;
mod mentions;
mod names;
mod openapi;
mod paced;
mod packed;
mod pages;
mod problem;
mod quotes;
mod rows;
mod search;
mod selection;
mod speaker;
mod spread;
mod status;
mod streams;
mod suggest;
mod timelines;
mod trail;
mod verify;

pub use alerts::AlertFolders;
pub use gate::ServiceLimits;
pub use guard::Doors;
pub use http::{Service, router};
pub use listen::{bind, listen, runtime};
pub use mcp::over_stdio;
