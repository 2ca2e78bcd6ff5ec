//! An index that is met by others: another user, another version, another directory.

use crate::archive::{archive, content, files_of, newshound, run, said, story};
use crate::disks::Small;
use crate::given::archive::{Archive, program};
use crate::given::dice::Dice;
use crate::given::served::Served;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

/// Nobody, as most systems number them.
const NOBODY: u32 = 65_534;

fn set(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Runs the program as a user who may only read. Where that cannot be had the answer is none.
fn as_reader(arguments: &[&str], dir: &Path) -> Option<Output> {
    let root = Command::new("id").arg("-u").output().ok()?.stdout == b"0\n";
    let mut command = Command::new(program());
    command.args(arguments).current_dir(dir);
    if root {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().map_err(|error| println!("skipped: {error}")).ok()?;
    Some(output)
}

#[test]
fn what_one_user_builds_another_reads() {
    let mut dice = Dice::new(53);
    let dir = Archive::new();
    dir.write("kept.txt", story(&mut dice));
    dir.build();
    set(dir.path(), 0o755);
    for file in files_of(&dir.index()) {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "{}: {mode:o}", file.display());
    }
    for lock in [".tantivy-meta.lock", ".tantivy-writer.lock"] {
        let _ = std::fs::remove_file(dir.index().join("segments").join(lock));
    }
    for part in ["", "segments"] {
        set(&dir.index().join(part), 0o555);
    }
    for arguments in [&["search", "ferry"][..], &["check"], &["status"], &["quotes"], &["speakers"]] {
        let Some(read) = as_reader(arguments, dir.path()) else { return };
        assert_eq!(read.status.code(), Some(0), "{arguments:?}: {}", said(&read));
    }
    dir.write("fresh.txt", story(&mut dice));
    let Some(written) = as_reader(&["index"], dir.path()) else { return };
    for part in ["", "segments"] {
        set(&dir.index().join(part), 0o755);
    }
    let said = said(&written);
    assert_eq!(written.status.code(), Some(2), "{said}");
    assert!(said.contains("may not write") && !said.contains("full"), "{said}");
}

#[test]
fn an_index_on_a_disk_that_takes_nothing_is_searched_checked_and_served() {
    let mut dice = Dice::new(57);
    let dir = archive(&mut dice);
    let Some(disk) = Small::new(20_000) else { return };
    let index = disk.path().join("index");
    let at = ["--index", index.to_str().unwrap()];
    newshound(&[&["index", "corpus"], &at[..]].concat(), dir.path());
    disk.close();
    let before = content(&index);
    for arguments in [&["search", "ferry"][..], &["check"], &["status"], &["quotes"], &["speakers"]] {
        let read = run(&[arguments, &at[..]].concat(), dir.path());
        assert_eq!(read.status.code(), Some(0), "{arguments:?}: {}", said(&read));
    }
    let served = Served::over(dir, &at);
    for path in ["/v1/search?q=ferry", "/v1/speakers", "/v1/search?q=ferry&duplicates=group", "/?q=ferry", "/v1/status"] {
        let (status, _, body) = served.get(path);
        assert_eq!(status, 200, "{path}: {body}");
    }
    let written = run(&[&["index", "corpus", "--rebuild"], &at[..]].concat(), served.dir.path());
    assert_eq!(written.status.code(), Some(2), "{}", said(&written));
    assert!(!said(&written).contains("panicked") && !said(&written).contains("full"), "{}", said(&written));
    assert_eq!(content(&index), before);
}

#[test]
fn a_rebuild_reads_every_corpus_or_says_which_is_missing() {
    let mut dice = Dice::new(59);
    let dir = archive(&mut dice);
    std::fs::create_dir(dir.path().join("agency")).unwrap();
    std::fs::write(dir.path().join("agency/kept.txt"), story(&mut dice)).unwrap();
    for corpus in ["corpus", "agency"] {
        newshound(&["index", corpus], dir.path());
    }
    let both = content(&dir.index());
    let other_version = || std::fs::write(dir.index().join("newshound.json"), "{\"schema_version\":8}").unwrap();
    for corpus in ["corpus", "agency"] {
        newshound(&["index", corpus, "--rebuild"], dir.path());
        assert_eq!(content(&dir.index()), both, "{corpus}");
        other_version();
        let refused = run(&["index", corpus], dir.path());
        let told = said(&refused);
        assert_eq!(refused.status.code(), Some(2), "{told}");
        let named = ["schema version 8", "--rebuild", "agency"].iter().all(|part| told.contains(part));
        assert!(named, "{told}");
        newshound(&["index", corpus, "--rebuild"], dir.path());
        assert_eq!(content(&dir.index()), both, "{corpus}");
    }
    std::fs::rename(dir.path().join("agency"), dir.path().join("elsewhere")).unwrap();
    for is_other in [false, true] {
        if is_other {
            other_version();
        }
        let refused = run(&["index", "corpus", "--rebuild"], dir.path());
        assert_eq!(refused.status.code(), Some(2));
        assert!(said(&refused).contains("agency") && said(&refused).contains("--prune"), "{}", said(&refused));
    }
    newshound(&["index", "corpus", "--rebuild", "--prune"], dir.path());
    assert!(content(&dir.index()).iter().all(|line| !line.contains("agency")));
}

#[test]
fn files_that_changed_places_are_found_and_repaired() {
    let mut dice = Dice::new(61);
    let dir = archive(&mut dice);
    newshound(&["index", "--threads", "4"], dir.path());
    std::fs::write(dir.corpus().join("more.txt"), story(&mut dice)).unwrap();
    newshound(&["index"], dir.path());
    let before = content(&dir.index());
    let check = |arguments: &[&str]| run(&[&["check"], arguments].concat(), dir.path()).status.code();
    assert_eq!(check(&[]), Some(0));
    let mut swapped = 0;
    for kind in ["store", "term", "idx", "fast", "pos", "fieldnorm"] {
        let files: Vec<_> =
            files_of(&dir.index()).into_iter().filter(|file| file.extension().is_some_and(|end| end == kind)).collect();
        let [one, other, ..] = files.as_slice() else { continue };
        let (first, second) = (std::fs::read(one).unwrap(), std::fs::read(other).unwrap());
        std::fs::write(one, &second).unwrap();
        std::fs::write(other, &first).unwrap();
        swapped += usize::from(first != second);
        assert_eq!(check(&[]), Some(usize::from(first != second) as i32), "{kind}");
        std::fs::write(one, &first).unwrap();
        std::fs::write(other, &second).unwrap();
    }
    assert!(swapped > 0, "the index has one segment only: the test has to make more");
    // A list of files of the same name from another index.
    let other = archive(&mut dice);
    newshound(&["index"], other.path());
    let ledger = |dir: &Archive| {
        let named = |file: &std::path::PathBuf| file.file_name().unwrap().to_string_lossy().starts_with("ledger.");
        files_of(&dir.index()).into_iter().find(named).unwrap()
    };
    std::fs::copy(ledger(&other), ledger(&dir)).unwrap();
    assert_eq!(check(&[]), Some(1));
    newshound(&["index", "--rebuild"], dir.path());
    assert_eq!((check(&[]), content(&dir.index())), (Some(0), before.clone()));
    // A manifest that is no JSON.
    std::fs::write(dir.index().join("newshound.json"), "{\"schema").unwrap();
    assert_eq!(check(&[]), Some(1));
    assert_eq!(check(&["--repair"]), Some(0));
    assert_eq!(content(&dir.index()), before);
}

#[test]
fn an_index_within_its_corpus_is_not_read_as_news() {
    let dir = Archive::of(&[("a.txt", "Ferry news\n\nThe ferry is late.\n")]);
    for _ in 0..2 {
        let ran = newshound(&["index", "."], &dir.corpus());
        assert!(!said(&ran).contains("meta.json") && !said(&ran).contains("segments"), "{}", said(&ran));
    }
    let found = newshound(&["search", "ferry", "--count"], &dir.corpus());
    assert!(String::from_utf8_lossy(&found.stdout).contains("1 article"), "{}", said(&found));
}
