//! Replays the inputs that fuzzing found worth keeping (`fuzz/README.md`).

#[path = "../fuzzed/checks.rs"]
mod checks;

use std::io::Read;
use std::path::{Path, PathBuf};

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed").join(name)
}

/// Puts every input of an archive to the check.
fn replay(name: &str, check: impl Fn(&[u8])) {
    let file = std::fs::File::open(kept(&format!("{name}.tar.gz"))).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut count = 0;
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        if entry.header().entry_type().is_file() {
            let mut input = Vec::new();
            entry.read_to_end(&mut input).unwrap();
            check(&input);
            count += 1;
        }
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
    let mut formats = 0;
    for entry in std::fs::read_dir(kept("source")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let format = name.strip_suffix(".tar.gz").expect("nothing but archives");
        replay(&format!("source/{format}"), |input| checks::source(format, input));
        formats += 1;
    }
    assert!(formats >= 20, "the inputs of some formats are gone");
}
