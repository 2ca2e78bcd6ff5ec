//! What the model has learned: tables of small numbers, looked up by feature.
//!
//! The shipped weights were trained by `examples/train_attribution.rs` (see docs/attribution.md). The file is a header and, for each
//! [`Skill`], the base-2 logarithm of its size, its scale and that many signed bytes; a weight is its byte times the scale.

use std::borrow::Cow;
use std::sync::LazyLock;

/// One decision the model has learned to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skill {
    /// Which mention is the speaker.
    Speaker,
    /// Whether a stretch between marks is speech at all.
    Speech,
    /// Whether a word reports speech.
    Cue,
    /// Which words a cue reports.
    Content,
}

/// Every skill, with the base-2 logarithm of the number of its weights.
pub const SKILLS: [(Skill, u32); 4] = [(Skill::Speaker, 18), (Skill::Speech, 14), (Skill::Cue, 17), (Skill::Content, 16)];

const HEADER: &[u8] = b"newshound attribution 1\n";

/// A table of weights for one skill.
#[derive(Debug, Clone, Default)]
struct Table {
    scale: f32,
    shift: u32,
    bytes: Cow<'static, [u8]>,
}

/// The weights of all skills.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    tables: [Table; 4],
}

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_bytes!("weights.bin")).unwrap_or_default());

impl Weights {
    /// The weights that come with the library.
    pub fn shipped() -> &'static Weights {
        &SHIPPED
    }

    /// Reads what [`Weights::bytes`] wrote; `None` when it is something else.
    pub fn read(bytes: &'static [u8]) -> Option<Weights> {
        let mut rest = bytes.strip_prefix(HEADER)?;
        let mut weights = Weights::default();
        for (skill, _) in SKILLS {
            let (log, after) = rest.split_first()?;
            let (scale, after) = after.split_first_chunk::<4>()?;
            let size = 1usize.checked_shl(u32::from(*log))?;
            let table = after.get(..size)?;
            let shift = 32 - u32::from(*log);
            weights.tables[skill as usize] = Table { scale: f32::from_le_bytes(*scale), shift, bytes: Cow::Borrowed(table) };
            rest = &after[size..];
        }
        Some(weights)
    }

    /// The weights as a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = HEADER.to_vec();
        for table in &self.tables {
            out.push((32 - table.shift) as u8);
            out.extend(table.scale.to_le_bytes());
            out.extend(table.bytes.iter());
        }
        out
    }

    /// Replaces the weights of one skill, rounding each to a byte.
    pub fn set(&mut self, skill: Skill, weights: &[f32]) {
        let largest = weights.iter().fold(0f32, |most, w| most.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let bytes = weights.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8).collect();
        self.tables[skill as usize] = Table { scale, shift: 32 - weights.len().trailing_zeros(), bytes: Cow::Owned(bytes) };
    }

    /// The sum of the weights of some features.
    pub fn score(&self, skill: Skill, features: &[u32]) -> f32 {
        let table = &self.tables[skill as usize];
        if table.bytes.is_empty() {
            return 0.0;
        }
        let sum: i32 = features.iter().map(|f| i32::from(table.bytes[(f >> table.shift) as usize] as i8)).sum();
        sum as f32 * table.scale
    }
}

/// The logistic curve: a score as a probability.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
