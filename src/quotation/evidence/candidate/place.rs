//! Where a candidate stands, and what it looks like. The model has learned the numbers of the enums.

use crate::lexicon::*;
use crate::quotation::evidence::features::few;
use crate::quotation::mention::MentionKind;
use crate::quotation::scene::Scene;
use crate::quotation::words::Reading;

/// Where the candidate stands, seen from the quotation.
#[derive(Clone, Copy)]
pub struct Place {
    pub side: Side,
    /// How many candidates on that side are nearer, up to six.
    pub rank: u32,
    /// Words between.
    pub words: usize,
    /// Other quotations between, up to three.
    pub quotes: u32,
    /// The side, with the number of sentences between, up to three.
    pub coarse: u32,
}

impl Place {
    /// Where mention `candidate` stands, seen from the quotation.
    pub fn new(scene: Scene, quote: usize, candidate: usize, rank: usize) -> Place {
        let reading = scene.reading;
        let quoted = &reading.quotes[quote];
        let mention = &scene.mentions[candidate];
        let word = &reading.words[mention.head];
        let after = mention.words.start >= quoted.words.start;
        let up = quoted.line as i64 - i64::from(word.line);
        let side = match up {
            0 if after => Side::After,
            0 => Side::Before,
            1 => Side::LineAbove,
            2 => Side::TwoAbove,
            3.. => Side::FarAbove,
            _ => Side::Below,
        };
        let here = &reading.words[quoted.words.start];
        let there = if after { reading.words[quoted.words.end - 1].sentence } else { here.sentence };
        let sentences = few(there.abs_diff(word.sentence) as usize, 3);
        let words = if after {
            mention.begins(&reading.words).saturating_sub(quoted.words.end)
        } else {
            quoted.words.start.saturating_sub(mention.end())
        };
        let quotes = quotes_between(reading, quote, mention.head, after);
        Place { side, rank: few(rank, 6), words, quotes, coarse: side as u32 * 4 + sentences }
    }
}

/// On which side of the quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it in its line.
    Before = 0,
    /// After it in its line.
    After = 1,
    /// One line up.
    LineAbove = 2,
    /// Two lines up.
    TwoAbove = 3,
    /// Further up.
    FarAbove = 4,
    /// In a line below.
    Below = 5,
}

fn quotes_between(reading: &Reading, quote: usize, head: usize, after: bool) -> u32 {
    let quotes = &reading.quotes;
    let between = if after {
        quotes[quote + 1..].iter().take(3).take_while(|q| q.words.start < head).count()
    } else {
        quotes[..quote].iter().rev().take(3).take_while(|q| q.words.end > head).count()
    };
    few(between, 3)
}

/// Its [`Appearance`], or the hash of a pronoun other than "he" and "she".
pub fn kind(scene: Scene, candidate: usize) -> u32 {
    let reading = scene.reading;
    let mention = &scene.mentions[candidate];
    let word = &reading.words[mention.head];
    let appearance = match mention.kind {
        MentionKind::Pronoun if mention.implied || word.is(HE | SHE) => Appearance::HeOrShe,
        MentionKind::Pronoun => return word.hash,
        MentionKind::Description if word.is(ROLE) => Appearance::Role,
        MentionKind::Description if word.is(SOURCE) => Appearance::Source,
        MentionKind::Description if word.is(SPOKEN) => Appearance::Spoken,
        MentionKind::Description => Appearance::OtherDescription,
        MentionKind::Organisation if word.is(NATION) => Appearance::Nation,
        MentionKind::Organisation if word.is(PLACE) => Appearance::Place,
        MentionKind::Organisation => Appearance::OtherBody,
        MentionKind::Name if mention.words.len() > 1 => Appearance::FullName,
        MentionKind::Name if mention.person.is_some_and(|p| scene.people.people[p as usize].name.len() > 1) => {
            Appearance::ShortName
        }
        MentionKind::Name => Appearance::OnlyName,
    };
    appearance as u32
}

/// What a candidate looks like. A pronoun other than "he" and "she" is its own hash instead.
#[derive(Clone, Copy)]
pub enum Appearance {
    HeOrShe = 0,
    /// "the spokesman"
    Role = 1,
    /// "the report", "police"
    Source = 2,
    /// "the claim"
    Spoken = 3,
    OtherDescription = 4,
    /// "Russians"
    Nation = 5,
    Place = 6,
    OtherBody = 7,
    /// A name of several words.
    FullName = 8,
    /// One word of a name that the article prints in full elsewhere.
    ShortName = 9,
    /// One word, and the article never prints more.
    OnlyName = 11,
}
