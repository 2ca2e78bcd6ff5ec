//! How fast the readers are: every file below a directory is read three times; the best run counts. The second rate is of CPU time
//! (of this one thread, from `/proc`), the third leaves out opening the files and reading their bytes.
//!
//!     cargo run --release --example reading_speed -- DIRECTORY...

use newshound::source::{self, Options};
use std::ops::ControlFlow;
use std::time::Instant;

fn main() {
    for root in std::env::args().skip(1) {
        let found: Vec<_> = source::files(root.as_ref()).flatten().collect();
        let bytes: u64 = found.iter().map(|file| file.bytes).sum();
        let (mut best, mut best_cpu) = (f64::MAX, f64::MAX);
        let (mut articles, mut letters) = (0usize, 0usize);
        let mut opening = f64::MAX;
        for _ in 0..3 {
            (articles, letters) = (0, 0);
            let (start, spent) = (Instant::now(), cpu());
            for file in &found {
                source::read(file, &Options::default(), &mut |article| {
                    if let Ok(article) = article {
                        articles += 1;
                        letters += article.text.len();
                    }
                    ControlFlow::Continue(())
                });
            }
            best = best.min(start.elapsed().as_secs_f64());
            best_cpu = best_cpu.min(cpu() - spent);
            let start = Instant::now();
            letters += found.iter().filter_map(|file| std::fs::read(&file.path).ok()).map(|bytes| bytes.len()).sum::<usize>() % 2;
            opening = opening.min(start.elapsed().as_secs_f64());
        }
        let mb = bytes as f64 / 1e6;
        let rate = mb / (best - opening).max(1e-9);
        println!(
            "{root}: {} files, {articles} articles, {mb:.1} MB, {letters} letters; {:.1} MB/s, {:.1} of CPU time, {rate:.1} without open and read",
            found.len(),
            mb / best,
            mb / best_cpu.max(1e-9)
        );
    }
}

/// Seconds of CPU time of this process so far; 0 where the system does not tell.
fn cpu() -> f64 {
    let schedstat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    schedstat.split(' ').next().and_then(|spent| spent.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
