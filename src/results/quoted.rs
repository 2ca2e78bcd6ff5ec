//! What is given back about quotations: each with who, where and when; and who is quoted how often.

use super::{Cost, Facts, Location, Unreadable, location_of};
use crate::article::{Article, ArticleId, Span};
use crate::passage::{Unit, UnitKind, passages, sentences, units};
use crate::quotation::{Kind, Quotation};
use std::time::Duration;

/// One quotation of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedQuotation {
    /// `ARTICLE.qN`: the article's id and the quotation's number in it, from 0.
    pub id: String,
    /// The article's id.
    pub article: ArticleId,
    /// 1 for the first of the answer.
    pub rank: usize,
    /// How well its passage answers the query; comparable within one answer only.
    pub score: f32,
    /// How the words are given.
    pub kind: Kind,
    /// Who said them, by the fullest name the article gives.
    pub speaker: Option<String>,
    /// Who that is in the whole archive: the name of its entry in the directory.
    pub known_as: Option<String>,
    /// The speaker as printed beside the quotation.
    pub mention: Option<String>,
    /// Title or role printed beside the name.
    pub role: Option<String>,
    /// How sure the speaker is, from 0 to 1.
    pub confidence: f32,
    /// Number of the paragraph in the article, from 1; 0 for headline and dateline.
    pub paragraph: usize,
    /// What is known of the article.
    pub facts: Facts,
    /// The words said.
    pub text: String,
    /// What matched in them, as byte spans of `text`.
    pub matches: Vec<Span>,
    /// The sentences the words stand in; the whole passage where what matched stands beside them.
    pub context: String,
    /// The words said, as bytes of `context`.
    pub said: Span,
    /// What matched, as byte spans of `context`.
    pub context_matches: Vec<Span>,
    /// Where the words stand in the source; its matches are the words said.
    pub location: Location,
}

impl RankedQuotation {
    /// Whether the speaker's name is given, and is not certain ([`Quotation::is_doubtful`](crate::quotation::Quotation::is_doubtful)).
    pub fn is_doubtful(&self) -> bool {
        self.kind.is_doubtful(self.speaker.is_some(), self.confidence)
    }
}

/// What an answer of quotations holds altogether.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QuotationSummary {
    /// Quotations that answer.
    pub quotations: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Quotations given.
    pub shown: usize,
    /// Whom the name asked for means: entries of the directory.
    pub meant: Vec<String>,
    /// Names spelt nearly like the one asked for, when nobody has it.
    pub near: Vec<String>,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// Articles that could not be read and are left out.
    pub unreadable: Unreadable,
    /// Time in the engine.
    pub took: Duration,
    /// What it has cost.
    pub cost: Cost,
}

/// Someone who is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotedSpeaker {
    /// 1 for the first of the answer.
    pub rank: usize,
    /// The name: the commonest full printing.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Other names they go by, as printed, the commonest first.
    pub names: Vec<String>,
    /// The title or role most often printed beside the name.
    pub role: Option<String>,
    /// Whom a name that is not certain may stand for.
    pub may_be: Vec<String>,
    /// Quotations of whatever kind.
    pub quotations: usize,
    /// Whole clauses between quotation marks.
    pub direct: usize,
    /// A few words between quotation marks.
    pub partial: usize,
    /// Reported without quotation marks.
    pub indirect: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Day of the first, ISO 8601, as precise as known.
    pub first: Option<String>,
    /// Day of the last.
    pub last: Option<String>,
    /// Words characteristic of what they say, the most characteristic first.
    pub terms: Vec<Term>,
}

/// What a speaker's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerKind {
    /// A full name.
    Name,
    /// One word that no full name could be found for.
    Single,
    /// An organisation, a place, a nation.
    Body,
}

/// A word characteristic of what somebody says.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As mostly printed.
    pub word: String,
    /// Quotations it stands in, of those that were read for the terms.
    pub quotations: usize,
    /// Log-likelihood ratio against the archive, see [`crate::directory::terms::log_likelihood`].
    pub worth: f64,
}

/// What an answer of speakers holds altogether.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpeakersSummary {
    /// Speakers that answer, shown or not.
    pub speakers: usize,
    /// Quotations of theirs.
    pub quotations: usize,
    /// Articles in which anybody is quoted.
    pub articles: usize,
    /// Quotations of somebody who is not named ("officials"); they are no entry.
    pub unnamed: usize,
    /// Quotations whose speaker the article does not tell.
    pub unattributed: usize,
    /// Speakers given.
    pub shown: usize,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// Articles that could not be read and are left out.
    pub unreadable: Unreadable,
    /// Time in the engine.
    pub took: Duration,
    /// What it has cost.
    pub cost: Cost,
}

/// A quotation of an article that answers.
#[derive(Debug, Clone)]
pub struct QuotationHit {
    /// Its number in the article.
    pub number: usize,
    /// The unit it begins in.
    pub unit: Unit,
    /// The number of that unit in the article.
    pub unit_number: usize,
    /// What to mark of the article's text.
    pub marks: Vec<Span>,
}

impl RankedQuotation {
    /// Quotation `number` of an article (from 0, as its id counts), without matches.
    pub fn numbered(article: &Article, quotations: &[Quotation], number: usize) -> Option<RankedQuotation> {
        let quotation = quotations.get(number)?;
        let at = quotation.span.start;
        let begins_in = |(_, unit): &(usize, Unit)| unit.span.start <= at && at < unit.span.end;
        let aside = (0, Unit { kind: UnitKind::Head, span: quotation.span });
        let (unit_number, unit) = units(article).enumerate().find(begins_in).unwrap_or(aside);
        let hit = QuotationHit { number, unit, unit_number, marks: Vec::new() };
        Some(RankedQuotation::new(article, quotation, &hit))
    }

    /// The quotation that `hit` speaks of. Rank, score and `known_as` are left for the engine to fill in.
    pub fn new(article: &Article, quotation: &Quotation, hit: &QuotationHit) -> RankedQuotation {
        let text = &article.text;
        let QuotationHit { number, unit, unit_number, ref marks } = *hit;
        let said = quotation.span;
        let inside: Vec<Span> = marks.iter().copied().filter(|mark| said.contains(*mark)).collect();
        let beside = marks.iter().any(|mark| !mark.overlaps(said));
        let context = context(text, unit, said, beside && inside.is_empty());
        let own = |span: Option<Span>| span.map(|span| span.of(text).to_owned());
        let in_context = marks.iter().copied().filter(|mark| context.contains(*mark));
        RankedQuotation {
            id: format!("{}.q{number}", article.id),
            article: article.id,
            rank: 0,
            score: 0.0,
            kind: quotation.kind,
            speaker: quotation.speaker.as_ref().map(|speaker| speaker.name.clone()),
            known_as: None,
            mention: own(quotation.mention),
            role: own(quotation.role),
            confidence: quotation.confidence,
            paragraph: if matches!(unit.kind, UnitKind::Paragraph(_)) { unit_number } else { 0 },
            facts: Facts::about(article),
            text: said.of(text).to_owned(),
            matches: inside.into_iter().map(|mark| within(mark, said)).collect(),
            context: context.of(text).to_owned(),
            said: within(said, context),
            context_matches: in_context.map(|mark| within(mark, context)).collect(),
            location: location_of(article, said.start, &[said]),
        }
    }
}

fn within(span: Span, outer: Span) -> Span {
    Span { start: span.start - outer.start, end: span.end - outer.start }
}

/// The sentences that `said` stands in, or the passage.
fn context(text: &str, unit: Unit, said: Span, whole_passage: bool) -> Span {
    let pieces = if whole_passage { passages(text, unit.span) } else { sentences(text, unit.span) };
    let mut around = pieces.into_iter().filter(|piece| piece.overlaps(said));
    let first = around.next().unwrap_or(said);
    let last = around.next_back().unwrap_or(first);
    Span { start: first.start.min(said.start), end: last.end.max(said.end) }
}
