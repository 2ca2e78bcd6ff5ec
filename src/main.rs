//! The `newshound` command: calls [`newshound::cli`] and turns the outcome into an exit status.

use std::process::ExitCode;

/// Reading articles makes and drops many small strings on every thread; this allocator took a tenth off an index build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    newshound::cli::main()
}
