//! What is looked at to tell which words a cue reports.

use super::Template;

/// What is looked at to tell which words a cue reports; the number of each is part of the hash by which its weights are found.
///
/// **Side** is whether the words stand behind the cue, and whether in two pieces; **whole** whether they run to the end of the
/// sentence; **gap**
/// the distance from the cue. **First** and **last** are the symbols of their first and last word, **previous** and **next**
/// those outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentTemplate {
    /// Side, gap and whole.
    SideGapWhole = 400,
    /// Side, the cue and whole.
    SideCueWhole = 401,
    /// Side, first and gap.
    SideFirstGap = 402,
    /// Side, previous and first.
    SidePreviousFirst = 403,
    /// Side and two symbols behind the words.
    SideTwoNext = 404,
    /// Side, last and next.
    SideLastNext = 405,
    /// Side, how many words, whole.
    SideLengthWhole = 406,
    /// Side and the symbols before and behind the cue.
    SideAroundCue = 407,
    /// Side, the cue and gap.
    SideCueGap = 408,
    /// Side, next and the cue.
    SideNextCue = 409,
    /// Side, how soon a "that" follows the cue, first.
    SideThatFirst = 410,
    /// Whether the words begin the sentence, side and whole.
    BeginsSideWhole = 411,
    /// Side, how many words, the symbol behind the cue, whole.
    SideLengthNextWhole = 412,
    /// Side and the two words behind as printed.
    SideTwoNextPrinted = 413,
    /// Side, commas inside, next.
    SideCommasNext = 414,
    /// Side, whether a finite verb is inside, next and whole.
    SideVerbNextWhole = 415,
    /// Side, what stands before the subject, whether a comma follows the cue, whole.
    SideOpeningCommaWhole = 416,
    /// Side, whether a second verb of saying behind a conjunction is inside ("and said"), whole.
    SideSaidWhole = 417,
    /// Side, how soon a "that" follows the cue, first and whole.
    SideThatFirstWhole = 418,
    /// Side, the auxiliaries before the cue, first.
    SideAuxiliariesFirst = 419,
    /// Side and three symbols behind the words.
    SideThreeNext = 420,
    /// Side, how many words, the cue.
    SideLengthCue = 421,
    /// Side, commas inside, whole, how soon a "that" follows the cue.
    SideCommasWholeThat = 422,
    /// Side, how many words are left of the sentence, whether a finite verb is among them, next.
    SideRestNext = 423,
    /// Side, the first word as printed, the cue.
    SideFirstPrintedCue = 424,
    /// Side, what stands before the subject, whether a comma follows the cue, distance from the cue, whether a finite verb is
    /// inside.
    SideOpeningCommaDistanceVerb = 425,
    /// Side, whether a finite verb is inside, first and previous.
    SideVerbFirstPrevious = 426,
}

impl Template for ContentTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
