//! What is looked at to tell whom a pronoun or a description stands for.

use super::Template;

/// What is looked at to tell whom a pronoun or a description stands for; the number of each is part of the hash by which its weights
/// are found.
///
/// **Class** is the pronoun, or what a description looks like (see [`crate::quotation::reference`]); **near** is how many sentences
/// and lines away the antecedent was last named; **human** how sure it is that it is a human being, **gender** whether its gender fits;
/// **rank** how many fitting ones were named since; **rule** whether the rules of grammar alone would choose it, another or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferentTemplate {
    /// For nobody: class.
    Nobody = 500,
    /// For nobody: class, how many fit, rule.
    NobodyFitting = 501,
    /// For the description itself: class, rule.
    Itself = 510,
    /// Itself: its head.
    ItselfHead = 511,
    /// Itself: its first word, class.
    ItselfFirst = 512,
    /// Itself: class, how many people and how many bodies there are.
    ItselfRivals = 513,
    /// Itself: its length, class, whether the phrase goes on behind it.
    ItselfLength = 514,
    /// Itself: the symbol behind it, class.
    ItselfNext = 515,
    /// Itself: whether the head stood in the article before, class.
    ItselfRepeated = 516,
    /// Itself: how well somebody fits, class.
    ItselfFit = 517,
    /// Itself: class, how many spoke so far, whether the head stood in the article before.
    ItselfSole = 518,
    /// Itself: its head, how many bodies there are, how many spoke so far.
    ItselfBodies = 519,
    /// Rule, class.
    Rule = 520,
    /// Rule, human, gender.
    RuleHuman = 521,
    /// Near, class.
    Near = 522,
    /// Near, whether it is a subject, class.
    NearSubject = 523,
    /// Rank, class, human.
    Rank = 524,
    /// Rank, subject, class.
    RankSubject = 525,
    /// Rank, rule, gender.
    RankRule = 526,
    /// Human, gender, class.
    Human = 527,
    /// Whether it spoke last, class, near.
    Last = 528,
    /// Whether it spoke last, gender, human, class.
    LastHuman = 529,
    /// Whether it spoke last, rank, class.
    LastRank = 530,
    /// How often it was named, whether it is named most, class.
    Count = 531,
    /// How often it spoke so far, class.
    Spoken = 532,
    /// How well the role or the name fits the description, class.
    Fit = 533,
    /// How well it fits, rank.
    FitRank = 534,
    /// How well it fits, whether it is alone in fitting so, class.
    FitAlone = 535,
    /// Kind of its last mention, class.
    Kind = 536,
    /// Symbol before its last mention, class.
    Previous = 537,
    /// Symbol behind its last mention, class.
    Next = 538,
    /// How many fit, rank, class.
    Fitting = 539,
    /// Head of the description, human.
    HeadHuman = 540,
    /// Whether it is named in the quotation, class.
    Inside = 541,
    /// For an antecedent that is a description: whether its head is the same, whether it is a person, whether it spoke last, class.
    Described = 543,
    /// For an antecedent that is a description: whether its head is the same, near, class.
    DescribedNear = 549,
    /// Kind, rank, near.
    KindRank = 544,
    /// Count, human, rank.
    CountRank = 545,
    /// Whether it was named first in the article, class.
    Order = 547,
    /// Head of the description and the kind of antecedent word before: a noun of a body and a body.
    HeadKind = 548,
    /// How long ago it said something and whether it is the last who did, class.
    Said = 550,
    /// The same with rank.
    SaidRank = 551,
    /// The same with whether it spoke last.
    SaidLast = 552,
    /// The same with subject and near.
    SaidSubject = 553,
    /// Whether it and whether anybody fitting said something since the quotation before; whether it spoke last; class.
    Since = 554,
    /// The same with rank.
    SinceRank = 555,
    /// The same with human and gender.
    SinceHuman = 556,
    /// Head of the description, whether it spoke last, human.
    HeadLast = 557,
    /// How many spoke so far, whether it spoke last, class, human.
    Sole = 558,
    /// Head of the description, the word of the name that tells what kind of body it is ("bank").
    NameKind = 559,
    /// Whether the head of the description stood in the article before, whether it spoke last, class.
    FirstUse = 560,
    /// How many bodies there are, rank, class, human.
    Bodies = 561,
    /// How well it fits, near, class.
    FitNear = 562,
    /// How well it fits, whether it spoke last, class.
    FitLast = 563,
    /// How the antecedent stands beside the head of the description anywhere in the article ([`crate::quotation::reference`]), kind of noun.
    Beside = 564,
    /// How it stands beside it where the head was last printed beside a name, kind of noun.
    BesideLately = 565,
    /// The first of these, human, rank.
    BesideKind = 566,
    /// Whether a name within the description is of the antecedent's name or role, kind of noun, human.
    Modifier = 567,
    /// What kind of body the description means, what kind the name tells, human.
    Family = 568,
    /// Whether the two are the same, human.
    FamilySame = 569,
    /// Kind of body, human, near.
    FamilyNear = 570,
    /// Kind of body, human, rank, whether the name tells the same.
    FamilyRank = 571,
    /// Kind of body, human, whether it said something, whether it is a subject.
    FamilySaid = 572,
    /// Kind of body, human, how often it was named, whether it is named most.
    FamilyCount = 573,
    /// Kind of body, human, whether it spoke last.
    FamilyLast = 574,
    /// Itself: the best of Beside, kind of noun.
    ItselfBeside = 575,
    /// Itself: the best of BesideLately, kind of noun.
    ItselfLately = 576,
    /// Itself: kind of body, how many bodies there are.
    ItselfFamily = 577,
}

impl Template for ReferentTemplate {
    fn number(self) -> u32 {
        self as u32
    }
}
