//! What tests are given: an archive with its index, a service over it, the examples of a page of the documentation, throws of dice.

#![allow(dead_code, reason = "each test binary, and the example that shares this, uses its part")]

pub mod archive;
pub mod dice;
pub mod page;
pub mod questions;
pub mod served;

use std::path::{Path, PathBuf};

/// A file or folder of the collections that lie beside the repository; none, and a word on it, where it is missing.
pub fn shared(below: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(below);
    if !path.exists() {
        println!("skipped: no ../shared/data/{below}");
    }
    path.exists().then_some(path)
}
