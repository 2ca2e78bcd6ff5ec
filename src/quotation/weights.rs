//! What the model has learned: tables of small numbers, looked up by feature.
//!
//! The shipped weights come from `examples/train_attribution.rs` (see docs/attribution.md). The file is a header; then for each
//! [`Skill`] one byte with the base-2 logarithm of the size of its table, four with its scale, and the table: signed bytes, each a weight
//! when multiplied by the scale; then the hashes of the words that can report speech without marks, four bytes each, ascending. All
//! numbers have their lowest byte first. A file of any other shape does not build.

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
    /// Whom a pronoun or a description stands for.
    Referent,
    /// How sure an attribution is.
    Confidence,
}

/// Every skill, with the base-2 logarithm of the number of its weights.
pub const SKILLS: [(Skill, u32); 7] = [
    (Skill::Speaker, 19),
    (Skill::Speech, 16),
    (Skill::Cue, 19),
    (Skill::Content, 17),
    (Skill::Source, 15),
    (Skill::Referent, 16),
    (Skill::Confidence, 13),
];

const HEADER: &[u8] = b"newshound attribution 1\n";

/// A table of weights for one skill, of the size that [`SKILLS`] says.
#[derive(Debug, Clone)]
struct Table {
    scale: f32,
    shift: u32,
    bytes: Cow<'static, [u8]>,
}

/// The weights of all skills.
#[derive(Debug, Clone)]
pub struct Weights {
    tables: [Table; 7],
    /// Hashes of the words that can report speech without marks, ascending.
    cues: Vec<u32>,
    /// The same in a table four times as large, by the lowest bits: a hash in the first empty place from its own on; 0 is empty.
    slots: Vec<u32>,
    /// A bit for each of them, by the highest bits: most words are told not to be there in a place so small that it stays near.
    gate: [u64; 256],
}

impl Default for Weights {
    /// Those of what nothing was learned of.
    fn default() -> Weights {
        let nothing = |(_, log): (Skill, u32)| Table { scale: 0.0, shift: 32 - log, bytes: Cow::Owned(vec![0; 1 << log]) };
        Weights { tables: SKILLS.map(nothing), cues: Vec::new(), slots: Vec::new(), gate: [0; 256] }
    }
}

/// The weights that come with the library.
static FILE: &[u8] = include_bytes!("weights.bin");

/// How long the file is, as the trainer prints it: a file cut short would still have the right shape.
// Rust 1.88 does not see that it is asked for below.
#[allow(dead_code)]
const LENGTH: usize = 1_355_359;

// The trainer has to build beside weights of other sizes than those it is about to write.
const _: () = assert!(
    cfg!(feature = "learning") || FILE.len() == LENGTH && is_whole(FILE),
    "src/quotation/weights.bin is damaged, or of another training than LENGTH"
);

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::read(FILE).unwrap_or_default());

/// Whether these bytes have the shape of a file of weights: header, a table of the right size for each skill with a scale that is a
/// number above 0, then hashes in ascending order and nothing else.
const fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < HEADER.len() {
        if at >= bytes.len() || bytes[at] != HEADER[at] {
            return false;
        }
        at += 1;
    }
    let mut skill = 0;
    while skill < SKILLS.len() {
        let log = SKILLS[skill].1;
        if bytes.len() < at + 5 + (1 << log) || bytes[at] as u32 != log {
            return false;
        }
        let scale = f32::from_bits(number_at(bytes, at + 1));
        if !(scale > 0.0 && scale.is_finite()) {
            return false;
        }
        at += 5 + (1 << log);
        skill += 1;
    }
    let mut least = 0;
    while at + 4 <= bytes.len() {
        let hash = number_at(bytes, at);
        if hash <= least {
            return false;
        }
        least = hash;
        at += 4;
    }
    at == bytes.len() && least > 0
}

const fn number_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

impl Weights {
    /// The weights that come with the library.
    pub fn shipped() -> &'static Weights {
        &SHIPPED
    }

    /// Reads what [`Weights::bytes`] wrote; `None` when it is something else.
    pub fn read(bytes: &'static [u8]) -> Option<Weights> {
        if !is_whole(bytes) {
            return None;
        }
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
        let size = (4 * cues.len()).next_power_of_two();
        self.slots = vec![0; size];
        self.gate = [0; 256];
        for cue in &cues {
            self.gate[(cue >> 24) as usize] |= 1 << (cue >> 18 & 63);
            let slot = (0..size).map(|step| (*cue as usize + step) & (size - 1)).find(|slot| self.slots[*slot] == 0);
            slot.into_iter().for_each(|slot| self.slots[slot] = *cue);
        }
        self.cues = cues;
    }

    /// Whether a word (by hash) can report speech without marks.
    #[inline]
    pub fn is_cue(&self, hash: u32) -> bool {
        self.gate[(hash >> 24) as usize] >> (hash >> 18 & 63) & 1 == 1 && self.is_among_cues(hash)
    }

    fn is_among_cues(&self, hash: u32) -> bool {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & last;
        while let Some(known) = self.slots.get(slot).filter(|known| **known != 0) {
            if *known == hash {
                return true;
            }
            slot = (slot + 1) & last;
        }
        false
    }

    /// Replaces the weights of one skill, rounding each to a byte.
    pub fn set(&mut self, skill: Skill, weights: &[f32]) {
        let largest = weights.iter().fold(0f32, |most, w| most.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let bytes = weights.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8).collect();
        self.tables[skill as usize] = Table { scale, shift: 32 - weights.len().trailing_zeros(), bytes: Cow::Owned(bytes) };
    }

    /// A sum of weights with nothing in it yet; `N` is how many weights the table of the skill has.
    pub fn adding<const N: usize>(&self, skill: Skill) -> Sum<'_, N> {
        let table = self.tables[skill as usize].bytes.first_chunk::<N>();
        Sum { table: table.expect("tables have the size of their skill"), steps: 0 }
    }

    /// The sum of the weights of some features.
    pub fn score(&self, skill: Skill, features: &[u32]) -> f32 {
        let Table { shift, bytes, .. } = &self.tables[skill as usize];
        let weight = |feature: &u32| bytes.get((feature >> shift) as usize).map_or(0, |weight| i32::from(*weight as i8));
        self.scaled(skill, features.iter().map(weight).sum())
    }

    /// What was summed up as a score.
    pub fn scaled(&self, skill: Skill, sum: i32) -> f32 {
        sum as f32 * self.tables[skill as usize].scale
    }
}

/// The size of the table of a skill, as [`Weights::adding`] asks for it.
pub const fn size(skill: Skill) -> usize {
    1 << SKILLS[skill as usize].1
}

/// A sum of weights of one skill, in steps of its table of `N`: sums of parts can be added before they are [`Weights::scaled`].
pub struct Sum<'w, const N: usize> {
    table: &'w [u8; N],
    /// What was added so far.
    pub steps: i32,
}

impl<const N: usize> Sum<'_, N> {
    /// Adds the weight of a feature: its first bits are the place in the table.
    #[inline(always)]
    pub fn add(&mut self, feature: u32) {
        let at = feature >> (32 - N.trailing_zeros());
        self.steps += i32::from(self.table[at as usize] as i8);
    }
}

/// The highest of some scores and how likely it is among them (the softmax of the scores); the first of none.
pub fn likeliest(scores: &[f32]) -> (usize, f32) {
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    let all: f32 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
    (best, 1.0 / all)
}

/// The logistic curve: a score as a probability.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    const SHA256: &str = "d77139e4d4b88531584ec3636433910bb6e00faedcc208a94f0219d0541f87ff";

    #[test]
    fn the_shipped_weights_are_those_that_training_gives() {
        let found: String = Sha256::digest(FILE).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            found, SHA256,
            "src/quotation/weights.bin is another file. The one meant comes from\n  \
             cargo run --release --features learning --example train_attribution -- --data ../shared/data/quotes --out src/quotation/weights.bin\n\
             with 10 passes in steps of .05, in 8 rounds with the seeds 7 to 14 (`Course::default`), from polnear-dev.jsonl: PolNeAR v1.0.0, train and \
             dev, 924 articles, 22,063 attributions, SHA-256 e7bc3b3a493cdb7adbf1ee05a414c1928524363b4076a8317c92e17c0cb770b8; the 700 articles of \
             the compartment train of german-dev.jsonl, SHA-256 773841cf3d01238b73262f9ce22808901f180f0a0b7b300cdd58f0bb32ede600; and the 742 \
             articles of labels/articles.jsonl, SHA-256 85eb1f03ce1eb9fbe7b7049b010c743a113da1f054046444ac3b16ddc417e6d7; the 2,069 of \
             labels/further.jsonl, SHA-256 6dac045a645127bdd51ff6d573e3a181a2051dc580f35a7c266f1d11f58fe0fa; and the mentions of \
             labels/references.jsonl, SHA-256 828713baf00f0f0cc3179e6ad124c1cdf264efface3c29105f9f99643038a09e.\n\
             If it was trained anew on purpose: put its hash here, and the new figures into docs/attribution.md."
        );
    }

    #[test]
    fn a_damaged_file_is_no_file_of_weights() {
        assert!(is_whole(FILE));
        for length in [0, 10, HEADER.len() + 3, FILE.len() / 2, FILE.len() - 4_000, FILE.len() - 1] {
            assert!(!is_whole(&FILE[..length]), "cut to {length} bytes");
        }
        assert!(!is_whole(&[FILE, &[0; 4]].concat()), "something behind it");
        for at in [0, HEADER.len(), HEADER.len() + 4, FILE.len() - 1] {
            let mut damaged = FILE.to_vec();
            damaged[at] ^= 0xFF;
            assert!(!is_whole(&damaged), "byte {at}");
        }
    }
}
