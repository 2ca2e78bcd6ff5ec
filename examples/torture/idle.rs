//! What a run costs that finds nothing changed, beside `find` looking at the same files.

use crate::archive::newshound;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs of each; the quickest counts.
const RUNS: usize = 7;

/// Makes a corpus of so many small files, indexes it, and compares.
pub fn compare(files: usize) -> anyhow::Result<()> {
    let dir = tempfile::tempdir()?;
    for number in 0..files {
        let folder = dir.path().join(format!("corpus/{:03}", number / 1_000));
        if number % 1_000 == 0 {
            std::fs::create_dir_all(&folder)?;
        }
        let text = format!("Ferry item {number}\n\nThe council of ward {number} met about the ferry.\n");
        std::fs::write(folder.join(format!("{number}.txt")), text)?;
    }
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    // Times of files are believed once they are two seconds old.
    std::thread::sleep(Duration::from_secs(3));
    newshound(&["index", "corpus", "--index", "index"], dir.path());
    let ours = quickest(|| drop(newshound(&["index", "corpus", "--index", "index"], dir.path())));
    let find = |arguments: &[&str]| found(dir.path(), arguments);
    let (looked, named) = (quickest(|| find(&["-size", "+1000k"])), quickest(|| find(&["-name", "*.doc"])));
    println!(
        "{files} files, none changed: {:.3} s; find -size: {:.3} s ({:.2} times); find -name: {:.3} s",
        ours.as_secs_f64(),
        looked.as_secs_f64(),
        ours.as_secs_f64() / looked.as_secs_f64(),
        named.as_secs_f64()
    );
    Ok(())
}

fn found(dir: &Path, arguments: &[&str]) {
    let find = Command::new("find").arg("corpus").args(arguments).current_dir(dir).stdout(Stdio::null()).status();
    assert!(find.is_ok_and(|status| status.success()), "find {arguments:?}");
}

fn quickest(run: impl Fn()) -> Duration {
    let one = |_| {
        let began = Instant::now();
        run();
        began.elapsed()
    };
    (0..RUNS).map(one).min().unwrap_or_default()
}
