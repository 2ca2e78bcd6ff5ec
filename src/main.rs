//! The `newshound` command: calls [`newshound::cli`] and turns the outcome into an exit status.

use std::process::ExitCode;

/// Gives memory back to the system while a long run goes on, and costs less than the system's own.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    newshound::cli::main()
}
