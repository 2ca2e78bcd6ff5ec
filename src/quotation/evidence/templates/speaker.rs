//! What is looked at to tell the speaker of a quotation.

use super::Template;

/// What is looked at to tell the speaker of a quotation; the number of each is part of the hash by which its weights are found.
///
/// Every feature of a candidate is one of these templates filled with values. The words used below:
///
/// - **place**: where the candidate stands, as a side (before or after the quotation in its line, one or two lines up, further
///   up, below) with the number of sentences between, up to three;
/// - **rank**: how many candidates on that side are nearer;
/// - **style**: what the quotation looks like (see [`super::super::Context::style`]), **fragment**: whether it is a piece of a
///   sentence;
/// - **kind**: what the candidate looks like, from "he or she" to "full name";
/// - **symbol**: a word reduced to its grammar ([`crate::quotation::words::Symbol`]), **printed**: a word in small letters as
///   it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerTemplate {
    /// For nobody: the style of the quotation.
    NobodyStyle = 1,
    /// For nobody: the symbol before the quotation, and fragment.
    NobodyBefore = 2,
    /// For nobody: the symbol after the quotation, and fragment.
    NobodyAfter = 3,
    /// For nobody: how many words the quotation has.
    NobodyLength = 4,
    /// For nobody: always there, so that its weight says how often articles do not tell.
    Nobody = 5,
    /// For nobody: whether the quotation before has a speaker, whether this one opens its line, whether both share a line.
    NobodyHistory = 6,
    /// Place and style.
    PlaceStyle = 10,
    /// Place, rank and style.
    PlaceRankStyle = 11,
    /// Place and kind.
    PlaceKind = 12,
    /// Side, rank and kind.
    SideRankKind = 13,
    /// Place, the number of words between candidate and quotation, fragment.
    PlaceDistanceFragment = 14,
    /// Side, how many quotations stand between, style.
    SideQuotesStyle = 15,
    /// Place, how many quotations stand between, kind.
    PlaceQuotesKind = 16,
    /// Place and the symbols before and after the quotation.
    PlaceBeforeAfter = 17,
    /// Place, rank and the symbol before the quotation.
    PlaceRankBefore = 18,
    /// Place, rank and two symbols after the quotation.
    PlaceRankTwoAfter = 19,
    /// Place and three symbols after the quotation.
    PlaceThreeAfter = 20,
    /// Place and two symbols before the quotation.
    PlaceTwoBefore = 21,
    /// Kind alone.
    Kind = 22,
    /// Place, how many words the quotation has, rank.
    PlaceLengthRank = 23,
    /// The symbol behind the candidate, and place.
    NextPlace = 30,
    /// Two symbols behind the candidate, and place.
    TwoNextPlace = 31,
    /// Three symbols behind the candidate, and side.
    ThreeNextSide = 32,
    /// The symbol before the candidate, and place.
    PreviousPlace = 33,
    /// Two symbols before the candidate, and side.
    TwoPreviousSide = 34,
    /// The symbols on both sides of the candidate, side and fragment.
    AroundSideFragment = 35,
    /// The symbols on both sides of the candidate, and kind.
    AroundKind = 36,
    /// The word behind the candidate as printed, and side.
    NextPrintedSide = 37,
    /// The head of the candidate (any name counts as one and the same), and side.
    HeadSide = 38,
    /// The head of the candidate alone.
    Head = 39,
    /// The symbol behind the candidate, kind and place.
    NextKindPlace = 40,
    /// The symbol before the candidate, kind and place.
    PreviousKindPlace = 41,
    /// Two words behind the candidate as printed.
    TwoNextPrinted = 42,
    /// The symbol behind an insertion between commas or brackets that follows the candidate, place and fragment.
    BehindAppositive = 43,
    /// Whether the candidate begins its sentence, place and kind.
    BeginsPlaceKind = 44,
    /// Whether a title or role is printed before the candidate, place, and the symbol behind.
    RolePlaceNext = 45,
    /// The first verb behind the candidate, place and fragment.
    VerbPlaceFragment = 46,
    /// The first verb behind the candidate, kind and side.
    VerbKindSide = 47,
    /// All symbols between candidate and quotation (up to eight), side and fragment.
    PathSideFragment = 50,
    /// All symbols between candidate and quotation (up to eight), side and kind.
    PathSideKind = 51,
    /// The kinds of function words and marks between candidate and quotation (up to twenty words), side and fragment.
    StepsSideFragment = 52,
    /// The kinds of function words and marks between candidate and quotation, side, and how the quotation ends.
    StepsSideEnding = 53,
    /// How many verbs of saying and capitals stand between, place and fragment.
    CrossedPlaceFragment = 54,
    /// No verb of saying on this side of the quotation: which side, place and style.
    NoCuePlaceStyle = 60,
    /// Which verb of saying (after or before the quotation), how near the candidate stands to it, place.
    CueNearPlace = 61,
    /// Which verb of saying, how near, and the verb itself.
    CueNearWord = 62,
    /// Which verb of saying, how near, kind and style.
    CueNearKindStyle = 63,
    /// Which verb of saying, on which side of it and behind how many others the candidate stands, place and fragment.
    CueRivalsPlaceFragment = 64,
    /// How the candidate stands to both verbs of saying at once, place and style.
    BothCuesPlaceStyle = 65,
    /// Whether the verb before the quotation is a participle ("saying"), how many others stand nearer to it, the symbol before
    /// the candidate, place.
    ParticipleRivalsPreviousPlace = 66,
    /// The same participle and number, whether the candidate looks like a subject, kind.
    ParticipleRivalsSubjectKind = 67,
    /// The same participle, rank, whether the candidate looks like a subject, place.
    ParticipleRankSubjectPlace = 68,
    /// Whether a verb follows the candidate and no other such one comes before the verb of saying; participle, place, fragment.
    ActsParticiplePlaceFragment = 69,
    /// Whether the candidate is the mention or the person who spoke last, lines since then, style, and whether nobody was found
    /// for the quotation before.
    SameGapStyleFresh = 70,
    /// Same as the last speaker, lines since then, place, and whether the quotation before shares the line.
    SameGapPlaceFollows = 71,
    /// Same as the last speaker, lines since then, kind.
    SameGapKind = 72,
    /// Same as the last speaker, lines since then, the symbols before and after the quotation.
    SameGapBeforeAfter = 73,
    /// How many quotations the person was given already, and place.
    SpokenPlace = 74,
    /// How often the article names the person, side and kind.
    CountSideKind = 75,
    /// Whether the quotation itself names the person, which speakers seldom do, and place.
    NamedInsidePlace = 76,
    /// For a pronoun: gender of the last speaker, whether it is "he", whether it is "she", lines since then.
    LastGenderPronoun = 77,
    /// Same as the last speaker, lines since then, quotations between, the symbol before the quotation.
    SameGapQuotesBefore = 79,
    /// Whether a verb follows the candidate (as above), participle, kind, and whether a verb of saying follows the quotation.
    ActsParticipleKindCue = 80,
    /// Whether a verb follows the candidate (as above), the verb of saying before the quotation, place.
    ActsCuePlace = 81,
    /// Whether a verb follows the candidate (as above), the symbol before the candidate, participle.
    ActsPreviousParticiple = 82,
    /// Which verb of saying, how near, the symbol before that verb, and whether it is a participle.
    CueNearPrevious = 83,
    /// Which verb of saying, on which side and behind how many others, the symbol before that verb, kind.
    CueRivalsPreviousKind = 84,
}

impl Template for SpeakerTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
