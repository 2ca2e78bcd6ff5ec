//! Finds who is quoted in an article.
//!
//! Takes an [`Article`] and returns its quotations in reading order, each a span of the article's own text. A quotation whose speaker
//! is not named nearby keeps `None`: a wrong name is worse than no name. Datelines and bylines are read by the article's source.
//!
//! The steps, in order: the text is split into `words` and `marks`; everybody who could speak is found (`mention`) and put together
//! with the other mentions of the same person (`names`); marks that hold no speech are set aside (`speech`); each quotation is given to
//! the likeliest mention (`evidence`, `speaker`), and that led back to a name (`reference`); speech without marks is added
//! (`indirect`). What is likely is decided with the `weights` of a model; docs/attribution.md says what it learned from.
//!
//! ```
//! use newshound::article::Article;
//! use newshound::quotation::quotations;
//!
//! let article = Article::plain("1", "\"We want peace,\" chancellor Ilse Brandauer said.", false);
//! let found = quotations(&article);
//! assert_eq!(found[0].speaker.as_ref().map(|s| s.name.as_str()), Some("Ilse Brandauer"));
//! ```

use crate::article::{Article, Span};
use serde::{Deserialize, Serialize};

mod words;
mod marks;
mod unmarked;
mod mention;
mod names;
mod reference;
mod repeated;
mod scene;
mod history;
mod speech;
mod evidence;
mod decision;
mod confidence;
mod eastern;
mod speaker;
mod indirect;
mod weights;
#[cfg(feature = "learning")]
pub mod learning;

pub use weights::Weights;

/// Words an article gives as somebody's, and whose they are.
///
/// ```
/// use newshound::quotation::Kind;
/// use newshound::{Article, quotations};
///
/// let article = Article::plain("1", "\"We want peace,\" said mayor Tilde Varga.", false);
/// let quotation = &quotations(&article)[0];
/// assert_eq!(quotation.span.of(&article.text), "We want peace,");
/// assert_eq!(quotation.kind, Kind::Direct);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The quoted words inside the marks; for [`Kind::Indirect`] the reported content.
    pub span: Span,
    /// How the words are given.
    pub kind: Kind,
    /// Who said them; `None` when the article does not tell, or not certainly.
    pub speaker: Option<Speaker>,
    /// The speaker as printed beside the quotation, also when it is a "he" the article leaves open.
    pub mention: Option<Span>,
    /// The word that reports the speech: "said", "according".
    pub cue: Option<Span>,
    /// Title or role printed beside the speaker's name: "Kremlin spokesman".
    pub role: Option<Span>,
    /// How sure the speaker is, from 0 to 1; for [`Kind::Indirect`] how sure it is that these words are reported.
    pub confidence: f32,
}

/// How an article gives somebody's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A whole sentence or clause in quotation marks.
    Direct,
    /// A few quoted words in a sentence of the reporter's: `called it "a farce"`.
    Partial,
    /// In quotation marks, but nobody's words: titles, nicknames, terms.
    NotSpeech,
    /// Reported without quotation marks: `said that he would go`.
    Indirect,
}

impl Kind {
    /// Whether a name given this sure is not certain, for words given so.
    pub(crate) fn is_doubtful(self, named: bool, confidence: f32) -> bool {
        named && self != Kind::Indirect && confidence < DOUBTFUL
    }
}

/// The person or body that is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest form of the name the article gives.
    pub name: String,
    /// The speaker as printed beside the quotation: "Peskov", "she".
    pub mention: Option<Span>,
}

/// A speaker less sure than this is shown as doubtful: of those given .8 to .9, some four in five are right, of those given more than .9 forty-nine in fifty (docs/attribution.md).
pub const DOUBTFUL: f32 = 0.88;

/// Speech reported without marks is shown unasked where it is this sure, says whose it is and is no shorter than
/// [`SHORTEST_REPORT`] bytes: there nine in ten are right (docs/attribution.md, "Reported speech").
pub const SURE_REPORT: f32 = 0.8;

/// About six words: of shorter reports one in six is none, however sure the model is.
pub const SHORTEST_REPORT: usize = 30;

impl Quotation {
    /// Whether the speaker's name is given, and is not certain. How sure a report is, says nothing of the speaker.
    pub fn is_doubtful(&self) -> bool {
        self.kind.is_doubtful(self.speaker.is_some(), self.confidence)
    }

    /// Whether it is shown unasked: somebody's words, and no report that may be none.
    pub fn is_shown(&self) -> bool {
        self.kind != Kind::NotSpeech && !self.is_unsure_report()
    }

    /// Whether this is reported speech that may be none: found when it is asked for, and not shown otherwise.
    pub fn is_unsure_report(&self) -> bool {
        self.would_be_unsure(self.confidence)
    }

    /// The same if its confidence were this.
    pub(crate) fn would_be_unsure(&self, confidence: f32) -> bool {
        let sure = confidence >= SURE_REPORT && self.mention.is_some() && self.span.len() >= SHORTEST_REPORT;
        self.kind == Kind::Indirect && !sure
    }
}

/// The names of those who are quoted within `span`, each once, in reading order.
pub fn quoted_in(quotations: &[Quotation], span: Span) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for quotation in quotations.iter().filter(|quotation| quotation.span.overlaps(span) && !quotation.is_unsure_report()) {
        if let Some(speaker) = quotation.speaker.as_ref().filter(|speaker| !names.contains(&speaker.name.as_str())) {
            names.push(&speaker.name);
        }
    }
    names
}

/// The quotations of an article, in reading order.
pub fn quotations(article: &Article) -> Vec<Quotation> {
    quotations_with(Weights::shipped(), article)
}

/// The quotations of an article by other weights than the shipped ones.
pub fn quotations_with(weights: &Weights, article: &Article) -> Vec<Quotation> {
    let reading = words::Reading::new(article);
    let mut mentions = mention::mentions(&reading);
    let people = names::people(&reading, &mut mentions);
    let scene = scene::Scene { reading: &reading, mentions: &mentions, people: &people };
    speaker::attributed(weights, scene)
}
