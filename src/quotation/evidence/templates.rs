//! What features look at, one list for each skill of the model.
//!
//! A **template** names the things that are looked at together; with the values found in an article it makes one feature. The numbers
//! are fixed: they go into the hash by which a feature's weight is found in `weights.bin`. A new template takes a number that no other
//! of its skill has; to take one away or to give it another number is to train the weights again.

mod confidence;
mod content;
mod cue;
mod referent;
mod source;
mod speaker;
mod speech;

pub use confidence::ConfidenceTemplate;
pub use content::ContentTemplate;
pub use cue::CueTemplate;
pub use referent::ReferentTemplate;
pub use source::SourceTemplate;
pub use speaker::SpeakerTemplate;
pub use speech::SpeechTemplate;

/// A set of things that are looked at together.
pub trait Template {
    /// Its number in the hash.
    fn number(self) -> u32;
}
