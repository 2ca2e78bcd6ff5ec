//! Files that say something about another one: the METS file of the issue that a scanned page belongs to.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most entries of a folder that are looked at: one with more is no folder of an issue, and to list it for each of its pages would cost
/// the square of their number.
const MOST_ENTRIES: usize = 1_000;

/// Most bytes of such a file.
const MOST_BYTES: u64 = 16 << 20;

/// Most such files that are opened for one page.
const MOST_TRIED: usize = 4;

/// True for the name of a file that may say something about the pages beside it and below.
pub(crate) fn is_of_issue(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    file.contains("mets") && file.ends_with(".xml")
}

/// The texts of the METS files in the folder of `page` and in the one above, if that is one of its last `folders`: those first whose
/// names begin as the page's does.
pub(crate) fn issues(page: &Path, folders: usize) -> impl Iterator<Item = String> + use<> {
    let folders = page.ancestors().skip(1).take(folders.min(2));
    let mut found: Vec<PathBuf> = folders.flat_map(issues_in).collect();
    found.sort_by_cached_key(|issue| (std::cmp::Reverse(alike(issue, page)), issue.clone()));
    found.into_iter().take(MOST_TRIED).filter_map(|path| {
        let mut text = Vec::new();
        File::open(path).ok()?.take(MOST_BYTES).read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    })
}

/// How many letters the names of two files begin alike with.
fn alike(one: &Path, other: &Path) -> usize {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name(one).chars().zip(name(other).chars()).take_while(|(a, b)| a == b).count()
}

fn issues_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_ENTRIES);
    let is_issue = |entry: &std::fs::DirEntry| {
        is_of_issue(&entry.file_name().to_string_lossy()) && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    entries.filter(is_issue).map(|entry| entry.path()).collect()
}
