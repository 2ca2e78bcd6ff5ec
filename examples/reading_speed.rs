//! How fast the readers are: every file below a directory is copied into memory-backed files once, then read three times; the
//! best run counts.
//!
//!     cargo run --release --example reading_speed -- DIRECTORY...

use newshound::source::{self, Reading};
use std::ops::ControlFlow;
use std::time::Instant;

fn main() {
    for root in std::env::args().skip(1) {
        let found: Vec<_> = source::files(root.as_ref()).flatten().collect();
        let bytes: u64 = found.iter().map(|file| file.bytes).sum();
        let mut best = f64::MAX;
        let (mut articles, mut letters) = (0usize, 0usize);
        let mut opening = f64::MAX;
        for _ in 0..3 {
            (articles, letters) = (0, 0);
            let start = Instant::now();
            for file in &found {
                source::read(file, &Reading::default(), &mut |article| {
                    if let Ok(article) = article {
                        articles += 1;
                        letters += article.text.len();
                    }
                    ControlFlow::Continue(())
                });
            }
            best = best.min(start.elapsed().as_secs_f64());
            let start = Instant::now();
            letters += found.iter().filter_map(|file| std::fs::read(&file.path).ok()).map(|bytes| bytes.len()).sum::<usize>() % 2;
            opening = opening.min(start.elapsed().as_secs_f64());
        }
        let mb = bytes as f64 / 1e6;
        let rate = mb / (best - opening).max(1e-9);
        println!(
            "{root}: {} files, {articles} articles, {mb:.1} MB, {letters} letters; {:.1} MB/s, {rate:.1} MB/s without open and read",
            found.len(),
            mb / best
        );
    }
}
