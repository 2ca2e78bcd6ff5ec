//! The `newshound` command: calls [`newshound::cli`] and turns the outcome into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    newshound::cli::main()
}
