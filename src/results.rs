//! What a search gives back: passages with where they are from, who speaks in them and what matched.
//!
//! Built from the stored article and the spans the matcher decided on; every text here is a slice of the article's text.

mod facts;
mod quoted;
mod tally;
mod unreadable;

pub use facts::Facts;
pub use quoted::{QuotationHit, QuotationSummary, QuotedSpeaker, RankedQuotation, SpeakerKind, SpeakersSummary, Term};
pub use tally::{Facet, Figures, Step, Tally};
pub use unreadable::Unreadable;

use crate::article::{Article, ArticleId, Span};
use crate::passage::{Unit, UnitKind, passages, passages_in, sentences, units};
use crate::quotation::{Kind, Quotation};
use std::time::Duration;

/// One passage of an answer.
///
/// ```
/// use newshound::RankedPassage;
///
/// /// The words that matched.
/// fn matched(passage: &RankedPassage) -> Vec<&str> {
///     passage.matches.iter().map(|span| span.of(&passage.text)).collect()
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RankedPassage {
    /// `ARTICLE.N`: the article's id and the passage's number in it, from 0.
    pub id: String,
    /// The article's id.
    pub article: ArticleId,
    /// 1 for the first of the answer.
    pub rank: usize,
    /// Comparable within one answer only.
    pub score: f32,
    /// Headline or kind of paragraph.
    pub kind: UnitKind,
    /// Number of the paragraph in the article, from 1; 0 for headline and dateline.
    pub paragraph: usize,
    /// What is known of the article.
    pub facts: Facts,
    /// Who speaks in the passage, each once, in order.
    pub speakers: Vec<PassageSpeaker>,
    /// The words of the passage.
    pub text: String,
    /// What matched, as byte spans of `text`, in order.
    pub matches: Vec<Span>,
    /// Those of `matches` that are the whole of a quotation: where a speaker is asked for, that is how it answers.
    pub speech: Vec<Span>,
    /// Who says the words that each of `matches` stands in; none where nobody is quoted with them, or nobody knows who.
    pub said_by: Vec<Option<PassageSpeaker>>,
    /// The paragraphs before the one the passage is of, in order; only when asked for.
    pub before: Vec<String>,
    /// The paragraphs after it.
    pub after: Vec<String>,
    /// Where it stands in the source.
    pub location: Location,
    /// Other articles that print the same story; only when copies are folded.
    pub copies: Vec<Printing>,
    /// Why it ranks where it does: what counted, and how much.
    pub why: Vec<(String, f32)>,
}

/// Someone who is quoted in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageSpeaker {
    /// The fullest name the article gives.
    pub name: String,
    /// As printed beside the quotation.
    pub mention: Option<String>,
    /// True when only indirect speech of this speaker stands in the passage.
    pub indirect: bool,
    /// True when none of these quotations is certainly this speaker's.
    pub doubtful: bool,
}

/// Another article that prints the same story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printing {
    /// The article's id.
    pub article: ArticleId,
    /// The newspaper, agency or site.
    pub outlet: Option<String>,
    /// ISO 8601, as precise as known.
    pub published: Option<String>,
    /// Path below the corpus directory.
    pub path: String,
}

impl Printing {
    /// The outlet's name, or the path where it is not known.
    pub fn name(&self) -> &str {
        self.outlet.as_deref().unwrap_or(&self.path)
    }
}

/// Where a passage and its matches stand in the source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Path below the corpus directory.
    pub path: String,
    /// 0-based number of the article in its file.
    pub record: u32,
    /// The reader's name for the file's format.
    pub format: String,
    /// 1-based line of the first match, or of the passage's beginning.
    pub line: Option<u32>,
    /// The matches as ranges of characters (Unicode scalar values) of the decoded file.
    pub matches: Vec<(usize, usize)>,
}

/// What an answer has cost: the same for the same question to the same index, on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// Steps through postings, words and units.
    pub steps: u64,
    /// Most bytes that it held at once.
    pub memory: usize,
    /// Articles whose passages were scored; those that cannot be among the best are not.
    pub scored: u64,
}

/// What an answer holds altogether.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Nobody wanted to know how much there is: passages, mentions and articles were not counted, and are 0.
    pub uncounted: bool,
    /// Passages that answer the query.
    pub passages: usize,
    /// Marked places in them.
    pub mentions: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Stories that these articles tell, each with its copies; only when copies are folded.
    pub stories: Option<usize>,
    /// Passages given.
    pub shown: usize,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// Articles that could not be read and are left out.
    pub unreadable: Unreadable,
    /// The shards of an index on a cluster that answered, where some did not.
    pub shards: Option<Shards>,
    /// Time in the engine.
    pub took: Duration,
    /// What it has cost.
    pub cost: Cost,
}

/// How many shards of an index on a cluster answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shards {
    /// Those that did.
    pub answered: u64,
    /// All of them.
    pub of: u64,
}

impl Shards {
    /// Why the answer is not whole, beside what is known of that already.
    pub fn beside(self, partial: Option<String>) -> String {
        let Shards { answered, of } = self;
        let missing = format!(
            "partial: {answered} of {of} shards answered, and what the others hold is missing; see to the nodes of the cluster"
        );
        partial.map_or(missing.clone(), |partial| format!("{missing}; {partial}"))
    }
}

impl Summary {
    /// Whether anything answers.
    pub fn has_answers(&self) -> bool {
        self.passages > 0 || self.shown > 0
    }

    /// The same for who did not ask how much there is.
    pub(crate) fn without_totals(self) -> Summary {
        Summary { uncounted: true, passages: 0, mentions: 0, articles: 0, stories: None, ..self }
    }
}

impl RankedPassage {
    /// The passages of one unit that hold `marks` (sorted spans of the article's text); the whole first one when there are none.
    /// `number` is the unit's number: 0 for the head. Rank and score are left for the engine to fill in.
    pub fn of_unit(article: &Article, quotations: &[Quotation], number: usize, marks: &[Span]) -> Vec<RankedPassage> {
        let Some((unit, before)) = unit_and_passages_before(article, number) else { return Vec::new() };
        let pieces = passages(&article.text, unit.span);
        if marks.is_empty() {
            return pieces
                .first()
                .map(|piece| build(article, quotations, unit, number, before, *piece, &[]))
                .into_iter()
                .collect();
        }
        let mut out = Vec::new();
        let mut rest = marks;
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            let own = if last { rest.len() } else { rest.partition_point(|mark| mark.start < piece.end) };
            let (inside, after) = rest.split_at(own);
            rest = after;
            if !inside.is_empty() {
                let span = widened(*piece, inside, &article.text, unit);
                out.push(build(article, quotations, unit, number, before + index, span, inside));
            }
        }
        out
    }
}

impl RankedPassage {
    /// Passage `wanted` of an article (from 0, as its id counts), without matches, and the number of its unit.
    pub fn numbered(article: &Article, quotations: &[Quotation], wanted: usize) -> Option<(RankedPassage, usize)> {
        let mut before = 0;
        for (number, unit) in units(article).enumerate() {
            let pieces = passages(&article.text, unit.span);
            if let Some(piece) = pieces.get(wanted - before) {
                return Some((build(article, quotations, unit, number, wanted, *piece, &[]), number));
            }
            before += pieces.len();
        }
        None
    }

    /// Adds up to `count` neighbouring paragraphs on both sides of unit `number` of `article`. Between the passages of a
    /// long paragraph nothing is added: the others are passages of their own.
    pub fn add_context(&mut self, article: &Article, number: usize, count: usize) {
        let paragraph = |unit: &Unit| matches!(unit.kind, UnitKind::Paragraph(_)) && !unit.span.is_empty();
        let all: Vec<(usize, Unit)> = units(article).enumerate().filter(|(_, unit)| paragraph(unit)).collect();
        let text = |(_, unit): &(usize, Unit)| unit.span.of(&article.text).to_owned();
        let own = all.partition_point(|(index, _)| *index < number);
        let next = all.partition_point(|(index, _)| *index <= number);
        self.before = all[own.saturating_sub(count)..own].iter().map(text).collect();
        self.after = all[next..(next + count).min(all.len())].iter().map(text).collect();
    }
}

/// The unit and how many passages stand before it in the article.
fn unit_and_passages_before(article: &Article, number: usize) -> Option<(Unit, usize)> {
    let mut before = 0;
    for (index, unit) in units(article).enumerate() {
        if index == number {
            return Some((unit, before));
        }
        before += passages_in(&article.text, unit.span);
    }
    None
}

/// The passage, longer by a sentence when a match goes on after its end.
fn widened(piece: Span, marks: &[Span], text: &str, unit: Unit) -> Span {
    let end = marks.iter().map(|mark| mark.end).max().unwrap_or(piece.end);
    if end <= piece.end {
        return piece;
    }
    let sentence = sentences(text, unit.span).into_iter().find(|sentence| sentence.end >= end);
    Span { start: piece.start, end: sentence.map_or(unit.span.end, |sentence| sentence.end) }
}

fn build(
    article: &Article,
    quotations: &[Quotation],
    unit: Unit,
    number: usize,
    passage: usize,
    span: Span,
    marks: &[Span],
) -> RankedPassage {
    let text = &article.text;
    let first = marks.first().map_or(span.start, |mark| mark.start);
    RankedPassage {
        id: format!("{}.{passage}", article.id),
        article: article.id,
        rank: 0,
        score: 0.0,
        kind: unit.kind,
        paragraph: if matches!(unit.kind, UnitKind::Paragraph(_)) { number } else { 0 },
        facts: Facts::about(article),
        speakers: speakers(text, quotations, span),
        text: span.of(text).to_owned(),
        matches: marks.iter().map(|mark| Span { start: mark.start - span.start, end: mark.end - span.start }).collect(),
        speech: speech(quotations, unit.span, span.start, marks),
        said_by: said_by(text, quotations, span, marks),
        before: Vec::new(),
        after: Vec::new(),
        location: location_of(article, first, marks),
        copies: Vec::new(),
        why: Vec::new(),
    }
}

/// Those of `marks` that are a whole quotation, as far as it stands in the unit; as bytes from `start` on.
fn speech(quotations: &[Quotation], unit: Span, start: u32, marks: &[Span]) -> Vec<Span> {
    let is_whole = |mark: &Span, said: Span| mark.start == said.start.max(unit.start) && mark.end == said.end.min(unit.end);
    let whole = marks.iter().filter(|mark| quotations.iter().any(|quotation| is_whole(mark, quotation.span)));
    whole.map(|mark| Span { start: mark.start - start, end: mark.end - start }).collect()
}

/// Whose words each of `marks` stands in: of quotations within each other, the innermost tells.
fn said_by(text: &str, quotations: &[Quotation], span: Span, marks: &[Span]) -> Vec<Option<PassageSpeaker>> {
    let here: Vec<&Quotation> = quotations.iter().filter(|one| one.span.overlaps(span) && one.is_shown()).collect();
    let holds = |said: Span, mark: &Span| said.start <= mark.start && mark.end <= said.end;
    let innermost = |mark: &Span| here.iter().filter(|one| holds(one.span, mark)).min_by_key(|one| one.span.len());
    marks.iter().map(|mark| speaker_of(text, innermost(mark)?)).collect()
}

/// Who says a quotation, as printed in a passage.
fn speaker_of(text: &str, quotation: &Quotation) -> Option<PassageSpeaker> {
    let speaker = quotation.speaker.as_ref()?;
    Some(PassageSpeaker {
        name: speaker.name.clone(),
        mention: speaker.mention.map(|span| span.of(text).to_owned()),
        indirect: quotation.kind == Kind::Indirect,
        doubtful: quotation.is_doubtful(),
    })
}

/// Where `marks` stand in the source; the line is that of byte `first`.
fn location_of(article: &Article, first: u32, marks: &[Span]) -> Location {
    Location {
        path: article.source.path.clone(),
        record: article.source.record,
        format: article.source.format.clone(),
        line: article.origin.line(first),
        matches: marks.iter().filter_map(|mark| article.origin.in_file(&article.text, *mark)).collect(),
    }
}

fn speakers(text: &str, quotations: &[Quotation], span: Span) -> Vec<PassageSpeaker> {
    let mut out: Vec<PassageSpeaker> = Vec::new();
    for quotation in quotations.iter().filter(|quotation| quotation.span.overlaps(span) && !quotation.is_unsure_report()) {
        let Some(speaker) = &quotation.speaker else { continue };
        match out.iter_mut().find(|known| known.name == speaker.name) {
            Some(known) => {
                known.indirect &= quotation.kind == Kind::Indirect;
                known.doubtful &= quotation.is_doubtful();
            }
            None => out.extend(speaker_of(text, quotation)),
        }
    }
    out
}
