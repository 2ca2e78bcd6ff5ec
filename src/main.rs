//! The `newshound` command.
fn main() {}
