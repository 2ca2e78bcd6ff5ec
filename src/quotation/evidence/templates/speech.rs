//! What is looked at to tell whether a stretch between marks is speech.

use super::Template;

/// What is looked at to tell whether a stretch between marks is speech; the number of each is part of the hash by which its
/// weights are found.
///
/// **Size** is the number of words in classes, **case** how many of them have a capital, **shape** both with whether there is a
/// pronoun or an
/// auxiliary among them; **symbol** and **printed** as for [`super::SpeakerTemplate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeechTemplate {
    /// Always there: how often marks hold speech at all.
    Always = 100,
    /// Size and case.
    SizeCase = 101,
    /// Shape and the mark at the end.
    ShapeEnding = 102,
    /// Shape, and whether the marks open and end their line.
    ShapeLine = 103,
    /// The word before, as printed.
    Before = 104,
    /// The word before, case, size up to four.
    BeforeCaseSize = 105,
    /// The two words before.
    TwoBefore = 106,
    /// The symbol after, case, the mark at the end.
    AfterCaseEnding = 107,
    /// The symbols before and after, and case.
    AroundCase = 108,
    /// The word after, as printed.
    After = 109,
    /// Whether verbs of saying stand after and before, and shape.
    CuesShape = 110,
    /// The verb of saying after, and case.
    CueAfterCase = 111,
    /// The verb of saying before, and case.
    CueBeforeCase = 112,
    /// Whether a pronoun and an auxiliary are inside, and case.
    PersonVerbCase = 113,
    /// The mark at the end, case, and whether another quotation stands before in the line.
    EndingCaseFollows = 114,
    /// Whether the marks are single ones, and case.
    SingleCase = 115,
    /// Whether the marks are closed, size, and whether they open their line.
    ClosedSizeOpens = 116,
    /// The first word inside.
    FirstInside = 117,
    /// The last word inside, and size up to four.
    LastInside = 118,
    /// Whether the line is a heading, and case.
    HeadingCase = 119,
    /// Each of the five words before, and whether anything inside has a capital.
    NearbyWord = 120,
    /// Each of the first four words inside in small letters.
    Inside = 121,
    /// Whether one of the five words before is a work, a naming, a noun or verb of saying, and case.
    NearbyClass = 122,
    /// The symbols before and after, size up to four, and whether a verb of saying stands before.
    AroundSizeCue = 123,
    /// How far before the verb of saying stands, size up to four, case.
    CueGapSizeCase = 124,
    /// How far before the verb of saying stands, the word before, size up to four.
    CueGapBeforeSize = 125,
    /// What the nearest word before that governs the marks is (a work, a naming, a noun or verb of saying), how far away, case, size up
    /// to four.
    Governor = 126,
    /// How many auxiliaries and pasts are inside, whether there is "I" or "we", the mark at the end, case.
    Clause = 127,
    /// Whether only commas and conjunctions part it from the quotation before and from the next, case, whether a verb of saying stands before.
    Listed = 128,
    /// How often its words are quoted again, and how often printed without marks, size up to four.
    Echoes = 129,
    /// How often its words are quoted again, and printed without marks, and case.
    EchoesCase = 130,
    /// A determiner before and a plain word behind, as in `the "..." formula`; size up to four, case.
    Attribute = 131,
    /// Whether the article is English, size, case.
    EnglishSizeCase = 132,
}

impl Template for SpeechTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
