//! What the model has learned: tables of small numbers, looked up by feature.
//!
//! The shipped weights were trained by `examples/train_attribution.rs` (see docs/attribution.md). The file is a header and, for each
//! [`Skill`], the base-2 logarithm of its size, its scale and that many signed bytes (a weight is its byte times the scale); then the hashes of
//! the words that can report speech without marks.

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
    /// Which mention is the source of reported words.
    Source,
}

/// Every skill, with the base-2 logarithm of the number of its weights.
pub const SKILLS: [(Skill, u32); 5] =
    [(Skill::Speaker, 18), (Skill::Speech, 15), (Skill::Cue, 19), (Skill::Content, 17), (Skill::Source, 15)];

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
    tables: [Table; 5],
    /// Hashes of the words that can report speech without marks, ascending.
    cues: Vec<u32>,
    /// The same as bits, by the upper half of the hash.
    gate: Vec<u64>,
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
        weights.set_cues(rest.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect());
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
        out.extend(self.cues.iter().flat_map(|cue| cue.to_le_bytes()));
        out
    }

    /// Replaces the words that can report speech without marks.
    pub fn set_cues(&mut self, mut cues: Vec<u32>) {
        cues.sort_unstable();
        self.gate = vec![0; 1024];
        cues.iter().for_each(|cue| self.gate[(cue >> 22) as usize] |= 1 << ((cue >> 16) & 63));
        self.cues = cues;
    }

    /// Whether a word (by hash) can report speech without marks.
    pub fn is_cue(&self, hash: u32) -> bool {
        let bit = self.gate.get((hash >> 22) as usize).is_some_and(|bits| bits >> ((hash >> 16) & 63) & 1 == 1);
        bit && self.cues.binary_search(&hash).is_ok()
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
