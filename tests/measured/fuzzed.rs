//! Replays the inputs that fuzzing found worth keeping (`fuzz/README.md`).

#[path = "../fuzzed/checks.rs"]
mod checks;

use std::path::Path;

fn replay(name: &str, check: impl Fn(&[u8])) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed").join(name);
    let mut count = 0;
    for entry in std::fs::read_dir(&dir).unwrap() {
        check(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    println!("{name}: {count} inputs");
    assert!(count >= 5, "the inputs of {name} are gone");
}

#[test]
fn queries_found_by_fuzzing_are_read_or_refused() {
    replay("query", checks::query);
}

#[test]
fn texts_found_by_fuzzing_are_marked_within_themselves() {
    replay("matcher", checks::matcher);
}

#[test]
fn quotations_found_by_fuzzing_are_slices_of_their_text() {
    replay("quotation", checks::quotation);
}

#[test]
fn files_found_by_fuzzing_are_read_or_refused() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/source");
    for entry in std::fs::read_dir(&dir).unwrap() {
        let format = entry.unwrap().file_name().into_string().unwrap();
        replay(&format!("source/{format}"), |input| checks::source(&format, input));
    }
}
