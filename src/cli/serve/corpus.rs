//! `newshound serve --watch`: the index kept up to date with its corpus while the service answers.

use crate::cli::alerts::Following;
use crate::cli::index::Job;
use crate::cli::options::ReadOptions;
use crate::cli::watch::{CorpusWatch, begin};
use crate::engine::Place;
use crate::render::clean;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set when the service ends.
static STOP: AtomicBool = AtomicBool::new(false);

/// Brings the index up to date with `corpus`, and keeps it so on a thread of its own; what is new in it is put to saved searches.
pub(super) fn follow(corpus: &Path, index: &Place, mut alerts: Option<Following>) -> anyhow::Result<()> {
    let follower = CorpusWatch::new(corpus, index, None)?;
    begin(&job_of(corpus, index), &mut alerts, &STOP)?;
    let (corpus, index) = (corpus.to_owned(), index.clone());
    std::thread::spawn(move || {
        if let Err(error) = follower.follow(&job_of(&corpus, &index), &mut alerts, &STOP) {
            eprintln!("newshound: the corpus is no longer followed: {}", clean(&format!("{error:#}")));
        }
        if let Some(alerts) = alerts {
            alerts.end();
        }
    });
    Ok(())
}

/// Breaks off a run over the corpus that is under way; the next one goes on from the last commit.
pub(super) fn stop() {
    STOP.store(true, Ordering::Relaxed);
}

/// Searches go on meanwhile: half the cores are theirs.
fn job_of<'a>(corpus: &'a Path, index: &'a Place) -> Job<'a> {
    let threads = crate::cli::threads().div_ceil(2);
    Job {
        corpus,
        index,
        threads,
        memory: None,
        options: ReadOptions::default(),
        rebuild: false,
        held: &[],
        share: None,
        prune: false,
        stop: &STOP,
    }
}
