//! Says of what somebody pastes whether it is printed so: who said it first, where, and what was changed.
//!
//! Takes a [`Claim`] (words, perhaps with a speaker and a day) and an engine, and gives a [`Checked`]: a [`Verdict`] and the places in
//! print. [`claim`] and [`draft`] read claims out of a pasted sentence or a whole draft. Candidates come from the engine; the words
//! are then aligned with the stored text of each, folded as [`crate::words`] folds them, and only then the speaker is looked at.
//!
//! ```
//! use newshound::{Article, IndexReader, IndexWriter, Intake, quotations};
//! use newshound::verify::{Bounds, Verdict, claim, verify};
//!
//! let dir = tempfile::tempdir()?;
//! let mut writer = IndexWriter::open(dir.path(), 1, None)?;
//! let article = Article::plain("1", "Talks end\n\"We want a long-term peace,\" chancellor Ilse Brandauer said.", true);
//! writer.add(&article, &quotations(&article))?;
//! writer.commit(None, &[])?;
//! let archive = IndexReader::open(dir.path())?;
//!
//! let pasted = claim("Brandauer said: \"We do not want a long-term peace.\"");
//! let checked = verify(&archive, &pasted[0], &Bounds::default())?;
//! assert_eq!(checked.verdict, Verdict::Altered);
//! assert_eq!(checked.places[0].speaker.as_deref(), Some("Ilse Brandauer"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod pasted;
mod given;
mod printed;
mod align;
mod signs;
mod runs;
mod bag;
mod judge;
mod row;
mod candidates;
mod splice;
mod name;
mod places;
mod many;

pub(crate) use given::Given;
pub use judge::Edits;
pub(crate) use judge::{Finding, judge};
pub use many::{LeftOut, MostClaims, verify_all};
pub use pasted::{Claim, claim, draft, draft_article};
pub(crate) use places::{place, relative, story_of};
pub(crate) use printed::Printed;
pub(crate) use row::longest_row;

use crate::article::{ArticleId, Span};
use crate::engine::{Caller, Engine, Error};
use crate::quotation::Kind;
use crate::results::Facts;
use candidates::Archive;
use std::time::{Duration, Instant};

/// What the archive has of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Printed word for word, with its capitals and punctuation; marks at its ends do not count.
    Verbatim,
    /// The same words in a row, with other capitals, accents or punctuation.
    OtherPunctuation,
    /// Printed, but as somebody else's words.
    SaidByAnother,
    /// An ellipsis in what is given hides words that are printed there.
    Cut,
    /// Each part is printed, but not together.
    Joined,
    /// Not printed so: words were changed, put in, left out or put in another order.
    Altered,
    /// Nothing like it in this archive; elsewhere it may be printed.
    NotInArchive,
}

impl Verdict {
    /// Every verdict, from the best to the worst, with its name in JSON.
    pub const NAMES: [(&'static str, Verdict); 7] = [
        ("verbatim", Verdict::Verbatim),
        ("other_punctuation", Verdict::OtherPunctuation),
        ("said_by_another", Verdict::SaidByAnother),
        ("cut", Verdict::Cut),
        ("joined", Verdict::Joined),
        ("altered", Verdict::Altered),
        ("not_in_archive", Verdict::NotInArchive),
    ];

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        Verdict::NAMES[self as usize].0
    }

    /// In words, as people are told it.
    pub fn in_words(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::OtherPunctuation => "other capitals or punctuation",
            Verdict::SaidByAnother => "said by somebody else",
            Verdict::Cut => "cut",
            Verdict::Joined => "joined from two places",
            Verdict::Altered => "altered",
            Verdict::NotInArchive => "not in this archive",
        }
    }

    /// Whether the words may be printed as they are given.
    pub fn is_printed_so(self) -> bool {
        matches!(self, Verdict::Verbatim | Verdict::OtherPunctuation)
    }
}

/// Whether the speaker is the one that is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerCheck {
    /// No speaker was claimed.
    NotClaimed,
    /// Somewhere the words are given as theirs.
    Same,
    /// Wherever the archive tells it, and is sure, it is somebody else.
    Other,
    /// The archive does not tell, or not surely.
    Untold,
}

/// A place where the words are printed, or those that come nearest.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The article's id.
    pub article: ArticleId,
    /// What is known of the article.
    pub facts: Facts,
    /// Path below the corpus directory.
    pub path: String,
    /// 0-based number of the article in its file.
    pub record: u32,
    /// 1-based line of the file.
    pub line: Option<u32>,
    /// Number of the paragraph, from 1; 0 for the headline.
    pub paragraph: usize,
    /// What is printed, from the first word to the last.
    pub text: String,
    /// The part of the given words that stands here.
    pub part: Span,
    /// Whose words they are given as.
    pub speaker: Option<String>,
    /// How sure the speaker is, from 0 to 1; 0 when nobody is quoted here.
    pub confidence: f32,
    /// How the words are given; `None` where they are the reporter's own.
    pub kind: Option<Kind>,
}

/// What came of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What was claimed.
    pub claim: Claim,
    /// What the archive has of it.
    pub verdict: Verdict,
    /// Given as one, but printed with "she said" or a new paragraph in between.
    pub interrupted: bool,
    /// Whether the speaker is the one that is claimed.
    pub speaker: SpeakerCheck,
    /// Words in common with what is printed, weighed, as a part of one; 0 when nothing was found.
    pub common: f64,
    /// What is given and not printed so, as spans of the claim's words.
    pub only_given: Vec<Span>,
    /// What is printed and not given, as spans of the text of the first place.
    pub only_printed: Vec<Span>,
    /// What an ellipsis hides.
    pub hidden: Vec<String>,
    /// Where it is printed, the earliest first, then those without a day.
    pub places: Vec<Place>,
    /// Articles that print it: as many as there are places, unless there are too many to be read.
    pub articles: usize,
    /// Stories they tell, copies counted once.
    pub stories: usize,
    /// With a day claimed: whether a place is of that time, or of the week after it.
    pub of_that_day: Option<bool>,
    /// Why the answer may not be all, when it is not.
    pub partial: Option<String>,
}

/// How much may be read for one claim.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Most words of a claim; a longer one is refused by [`verify_all`].
    pub words: usize,
    /// Most places that are read and given.
    pub places: usize,
    /// Most articles that are aligned when the words are nowhere in a row.
    pub candidates: usize,
    /// Least part of the words in common, weighed, that is called altered: [`LEAST`] unless it is measured.
    pub least: f64,
    /// Time for one claim.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            words: 400,
            places: 50,
            candidates: 24,
            least: LEAST,
            deadline: Duration::from_secs(2),
            caller: Caller::default(),
        }
    }
}

/// Least part of the words, weighed, that an altered sentence and its print have in common: below that they only share their subject
/// (`examples/verify_scores` prints how the figures move with it).
pub const LEAST: f64 = 0.6;

/// Fewer words are looked for in a row only: with others among them they say nothing.
pub const FEWEST: usize = 4;

/// Looks a claim up in an archive.
///
/// # Errors
/// [`Error`] when the index cannot be read.
pub fn verify(engine: &dyn Engine, claim: &Claim, bounds: &Bounds) -> Result<Checked, Error> {
    let whole = verify_words(engine, claim, bounds)?;
    if whole.verdict.is_printed_so() || claim.speaker.is_some() || claim.span.is_some() {
        return Ok(whole);
    }
    let Some(split) = pasted::unmarked(claim) else { return Ok(whole) };
    let split = verify_words(engine, &split, bounds)?;
    Ok(if (split.verdict, -split.common) < (whole.verdict, -whole.common) { split } else { whole })
}

/// The same of words that are taken as they are.
fn verify_words(engine: &dyn Engine, claim: &Claim, bounds: &Bounds) -> Result<Checked, Error> {
    let given = Given::new(&claim.words);
    let mut archive = Archive::new(engine, bounds, Instant::now() + bounds.deadline);
    if given.len() == 0 {
        return Ok(places::nothing(claim, None));
    }
    archive.take_phrase(&given, 0..given.len())?;
    let mut best = archive.best(&given);
    if !best.as_ref().is_some_and(|best| best.verdict.is_printed_so()) && given.len() >= FEWEST {
        archive.take_alike(&given)?;
        best = archive.best(&given);
        if let Some(joined) = splice::joined(&mut archive, &given, best.as_ref())? {
            return Ok(places::checked(&archive, claim, &given, joined));
        }
        if let Some(found) = best.as_ref().filter(|best| best.common >= bounds.least) {
            archive.take_printings(found)?;
            best = archive.best(&given);
        }
    }
    let best = best.filter(|best| best.common >= bounds.least && (given.len() >= FEWEST || best.verdict.is_printed_so()));
    let Some(best) = best else { return Ok(places::nothing(claim, archive.partial())) };
    let alike: Vec<Finding> = archive.findings(&given).into_iter().filter(|finding| finding.is_like(&best)).collect();
    Ok(places::checked(&archive, claim, &given, alike))
}
