#![no_main]

#[path = "../../tests/fuzzed/checks.rs"]
mod checks;

use std::sync::LazyLock;

static FORMAT: LazyLock<String> = LazyLock::new(|| std::env::var("FORMAT").expect("FORMAT names the reader"));

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::source(&FORMAT, input));
