//! `alerts.atom`: the newest lines of the journal for readers of feeds.

use crate::alerts::Journal;
use crate::render::atom;
use anyhow::Context;
use std::path::Path;

/// Entries of the feed.
const ENTRIES: usize = 100;

/// Writes it anew.
pub(super) fn write(dir: &Path) -> anyhow::Result<()> {
    let lines = Journal::of(dir).newest(None, ENTRIES, None)?.lines;
    let feed = atom::alerts(lines.iter().map(|(_, line)| line), None, &|_| None);
    let (path, new) = (dir.join("alerts.atom"), dir.join("alerts.atom.new"));
    std::fs::write(&new, feed).and_then(|()| std::fs::rename(&new, &path)).with_context(|| path.display().to_string())
}
