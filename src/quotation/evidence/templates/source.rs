//! What is looked at to tell whose the reported words are.

use super::Template;

/// What is looked at to tell whose the reported words are; the number of each is part of the hash by which its weights are found.
///
/// **Side** is whether the mention stands behind the cue, **rivals** how many others stand between; **kind** is a name, a body,
/// a pronoun or a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceTemplate {
    /// For nobody: the cue.
    NobodyCue = 300,
    /// For nobody: the symbols before and behind the cue.
    NobodyAround = 301,
    /// Side, distance and rivals.
    SideGapRivals = 310,
    /// Side, rivals and kind.
    SideRivalsKind = 311,
    /// Side and the symbols between mention and cue (up to eight).
    SidePath = 312,
    /// Side, those symbols and the cue.
    SidePathCue = 313,
    /// Side, rivals and the cue.
    SideRivalsCue = 314,
    /// Side, rivals, commas between, the symbol behind the cue.
    SideRivalsCommasNext = 315,
    /// Side, the symbol before the mention, rivals.
    SidePreviousRivals = 316,
    /// Side, the symbol behind the mention, rivals.
    SideNextRivals = 317,
    /// Whether the mention begins the sentence, rivals and side.
    BeginsRivalsSide = 318,
    /// How far the cue is from the mention before it, rivals, side and kind.
    SubjectGapRivalsSideKind = 319,
    /// The word behind the mention as printed, and side.
    NextPrintedSide = 320,
}

impl Template for SourceTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
