//! What is looked at to tell how sure an attribution is.

use super::Template;

/// What is looked at to tell how sure an attribution is; the number of each is part of the hash by which its weights are found.
///
/// **Odds** is the level of how likely the mention is, **sure** the level of how likely it stands for whom it was led to; **kind** what
/// the mention looks like, **who** what the speaker is (a person certainly or possibly, a body, a place, a description), **language**
/// English, German or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfidenceTemplate {
    /// Always there.
    Always = 600,
    /// Odds and sure.
    OddsSure = 601,
    /// Odds, kind, language.
    OddsKind = 602,
    /// Sure, kind, language.
    SureKind = 603,
    /// Who, kind, language.
    WhoKind = 604,
    /// Who and odds.
    WhoOdds = 605,
    /// Length of the name, whether it begins with a given name, language.
    Name = 606,
    /// Whether a word of the name is a common word, or stands in the article in small letters.
    NameWords = 607,
    /// How often the speaker is named, who.
    Count = 608,
    /// Lines between mention and quotation, kind.
    Lines = 609,
    /// Whether verbs of saying stand before and after, kind, direct or partial.
    Cues = 610,
    /// Level of how likely it is speech, direct or partial.
    Speech = 611,
    /// Whether the speaker is the one of the quotation before, kind, odds.
    Again = 612,
    /// Language and odds.
    Language = 613,
    /// Whether layout or grammar leave no choice, who.
    Settled = 614,
    /// Whether the rules of grammar alone say the same, kind, sure.
    Ruled = 615,
    /// Words between mention and quotation, which comes first, kind.
    Distance = 616,
    /// Whether commas stand before and behind the mention, kind.
    Commas = 617,
    /// Whether the quotation opens its line, is a fragment, follows another in its line; kind.
    Form = 618,
    /// Whether the speaker stands beside a verb of saying anywhere, who.
    Speaks = 619,
    /// The same, level of odds times sure.
    SpeaksBoth = 620,
    /// Words between the mention and the full name, which comes first, who.
    Introduced = 621,
    /// The same, kind.
    IntroducedKind = 622,
    /// What speaks for and against a human being, who.
    Signs = 623,
    /// Gender of the speaker, kind.
    Gender = 624,
    /// Nobody with a name: kind, level of odds times sure.
    NoPerson = 625,
    /// Who speaks next, level of odds times sure.
    NextBoth = 626,
    /// Who speaks next, who, kind.
    NextKind = 627,
}

impl Template for ConfidenceTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
