//! What hostile input costs, in time, processor and memory: `cargo test --test measured`.
//!
//! A binary of its own: cargo runs one after the other, so that what is measured here does not share the machine with all other tests.

mod attribution;
mod fuzzed;
mod hostile;
mod memory;
mod queries;

#[path = "../given/mod.rs"]
mod given;
