//! What is looked at to tell whether a word reports speech without marks.

use super::Template;

/// What is looked at to tell whether a word reports speech without marks; the number of each is part of the hash by which its
/// weights are found.
///
/// **Word** is the word itself by hash, **ending** its last letters ("ed", "ing", ...); **symbol** and **printed** as for
/// [`super::SpeakerTemplate`]. **Subject** is the kind of the nearest mention before, **gap** how far it is; **object** the
/// kind of the one
/// right behind; **that** how soon a "that" follows; **finite** how soon a finite verb does; **opening** what stands before the
/// subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueTemplate {
    /// Always there: how often such a word reports at all.
    Always = 200,
    /// The word.
    Word = 201,
    /// The word and the symbol behind.
    WordNext = 202,
    /// The word and the symbol before.
    WordPrevious = 203,
    /// The symbols before and behind.
    Around = 204,
    /// Two symbols before, and ending.
    TwoPreviousEnding = 205,
    /// Two symbols behind, and ending.
    TwoNextEnding = 206,
    /// The word and two symbols behind.
    WordTwoNext = 207,
    /// The word and two symbols before.
    WordTwoPrevious = 208,
    /// The word, subject and gap.
    WordSubjectGap = 209,
    /// Subject, gap, ending, and the symbol behind.
    SubjectGapEndingNext = 210,
    /// The word and that.
    WordThat = 211,
    /// That, subject and gap.
    ThatSubjectGap = 212,
    /// The word and object.
    WordObject = 213,
    /// Object, subject, and the symbol behind.
    ObjectSubjectNext = 214,
    /// The symbol before, and ending.
    PreviousEnding = 215,
    /// The symbol behind, and ending.
    NextEnding = 216,
    /// Three symbols before.
    ThreePrevious = 217,
    /// Three symbols behind.
    ThreeNext = 218,
    /// The word behind as printed, and ending.
    NextPrintedEnding = 219,
    /// The word before as printed, and ending.
    PreviousPrintedEnding = 220,
    /// The word, and whether it stands near the beginning or the end of its sentence.
    WordEdge = 221,
    /// Whether quotations stand beside it or follow in the sentence, and the word.
    QuotesWord = 222,
    /// The same of quotations, and the symbols behind and before.
    QuotesAround = 223,
    /// The head of a subject close by (any name counts as one and the same).
    SubjectHead = 224,
    /// The head of a subject close by, and the word.
    SubjectHeadWord = 225,
    /// Its word class as far as it matters for reporting, the symbol behind, subject.
    ClassNextSubject = 226,
    /// How many verbs of saying stand before it in the sentence, and the word.
    OthersWord = 227,
    /// The word, and the words before and behind as printed.
    AroundPrintedWord = 228,
    /// The words before and behind as printed.
    AroundPrinted = 229,
    /// The word, the symbol behind, subject.
    WordNextSubject = 230,
    /// The symbols before and behind, ending and gap.
    AroundEndingGap = 231,
    /// The head of a subject close by, the symbol behind, ending.
    SubjectHeadNextEnding = 232,
    /// The word, and the second word before as printed.
    WordSecondPrevious = 233,
    /// The word, and the second word behind as printed.
    WordSecondNext = 234,
    /// Two symbols before and two behind.
    TwoAround = 235,
    /// The word and finite.
    WordFinite = 236,
    /// Finite, the symbol behind, subject.
    FiniteNextSubject = 237,
    /// Ending, finite, that and subject.
    EndingFiniteThatSubject = 238,
    /// Opening, subject, gap and ending.
    OpeningSubjectGapEnding = 239,
    /// Opening and the word.
    OpeningWord = 240,
    /// The auxiliaries right before ("would", "has been"), and the word.
    AuxiliariesWord = 241,
    /// The auxiliaries right before, the symbol before, ending.
    AuxiliariesPreviousEnding = 242,
    /// Whether the subject close by is a human being, and the word.
    HumanWord = 243,
    /// Whether the subject close by is a human being, gap, ending and finite.
    HumanGapEndingFinite = 244,
}

impl Template for CueTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
