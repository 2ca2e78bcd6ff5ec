//! Trains the dictionary that stored articles are compressed with, on the sample corpus.
//!
//! ```text
//! cargo run --release --example train_dictionary
//! ```
//!
//! Writes `src/engine/embedded/store/dictionary.bin`. A change of the dictionary is a change of the index's format: raise the
//! schema's VERSION with it.

use newshound::engine::embedded::record_bytes;
use newshound::quotation::quotations;
use newshound::source::{Options, files, read};
use std::ops::ControlFlow;
use std::path::Path;

/// Bytes of the dictionary: larger ones compressed hardly better and took longer to load.
const SIZE: usize = 16 << 10;

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples: Vec<Vec<u8>> = Vec::new();
    for found in files(&root.join("corpus")).flatten() {
        read(&found, &Options::default(), &mut |article| {
            if let Ok(article) = article {
                let bytes = record_bytes(&article, &quotations(&article));
                // The trainer wants many samples: a record is a few.
                samples.extend(bytes.chunks(600).map(<[u8]>::to_vec));
            }
            ControlFlow::Continue(())
        });
    }
    let dictionary = zstd::dict::from_samples(&samples, SIZE)?;
    println!("{} samples, {} bytes -> {} bytes", samples.len(), samples.iter().map(Vec::len).sum::<usize>(), dictionary.len());
    std::fs::write(root.join("src/engine/embedded/store/dictionary.bin"), dictionary)?;
    Ok(())
}
