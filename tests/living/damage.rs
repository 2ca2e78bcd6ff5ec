//! Files of an index with a bit flipped, or cut short: each must be found, and nothing panics.

use crate::archive::{files_of, run, said};
use crate::given::dice::Dice;
use std::path::Path;

/// Flips bits and cuts files of the index in `dir/index`, kind of file by kind of file; gives how many and what was not found.
pub fn missed(dir: &Path, flips: usize, cuts: usize, dice: &mut Dice) -> (usize, Vec<String>) {
    let mut missed = Vec::new();
    let mut tried = 0;
    let mut kinds: Vec<String> = Vec::new();
    for file in files_of(&dir.join("index")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let kind = if name.starts_with("ledger") { "ledger" } else { name.rsplit('.').next().unwrap() }.to_owned();
        // `.managed.json` and `meta.json` are different kinds.
        let kind = if kind == "json" { name } else { kind };
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        let whole = std::fs::read(&file).unwrap();
        let mut look = |damaged: &[u8], what: String| {
            tried += 1;
            std::fs::write(&file, damaged).unwrap();
            for command in [&["check", "--index", "index"][..], &["search", "ferry", "--index", "index", "--count"]] {
                let output = run(command, dir);
                let ended = output.status.code();
                if said(&output).contains("panicked") || ended.is_none() || ended == Some(101) {
                    missed.push(format!("{} panics: {what}: {}", command[0], said(&output)));
                } else if command[0] == "check" && ended == Some(0) {
                    missed.push(what.clone());
                }
            }
        };
        for _ in 0..flips {
            let mut damaged = whole.clone();
            let at = dice.below(whole.len() * 8);
            damaged[at / 8] ^= 1 << (at % 8);
            look(&damaged, format!("bit {at} of {}", file.display()));
        }
        for _ in 0..cuts {
            let kept = dice.below(whole.len());
            look(&whole[..kept], format!("{} cut to {kept} of {} bytes", file.display(), whole.len()));
        }
        std::fs::write(&file, &whole).unwrap();
    }
    assert!(kinds.len() >= 9, "{kinds:?}");
    (tried, missed)
}
