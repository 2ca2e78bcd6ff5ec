//! What a researcher asks, as a tree that knows no engine.
//!
//! [`parse`] takes the typed text and always gives a best reading beside its complaints; only a query over a [`QueryLimits`] is
//! refused. `Display` of a tree parses back to the same tree. The language is described in `docs/query.md`.
//!
//! A part of a tree speaks either of a **passage** (its words, its quotations) or of the whole **article** (headline,
//! date, outlet: see [`Query::is_of_article`]). Joined by AND, parts about the article narrow the passages down; alone,
//! they are answered with the head of each article.

mod date;
mod display;
mod lex;
mod misread;
mod named;
mod parse;
mod pattern;

use crate::day::Days;
pub use date::Today;
pub use misread::{Misread, Progress};
pub use named::{days_named, loose_words};
pub use parse::{Parsed, QueryLimits, QueryRefusal, asking, loose, parse, saying};
pub use pattern::{Path, Pattern, Slot, edits};

/// A query.
///
/// ```
/// use newshound::{Query, QueryLimits, Today, parse};
///
/// let parsed = parse("\"long-term peace\" NOT headline:truce", Today::from_clock(), &QueryLimits::default())?;
/// assert!(matches!(parsed.query, Some(Query::And(_))) && parsed.complaints.is_empty());
/// # Ok::<(), newshound::query::QueryRefusal>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Loose words: any of them, ranked by how many there are, how rare and how close together.
    Any(Vec<Query>),
    /// All of them.
    And(Vec<Query>),
    /// At least one of them.
    Or(Vec<Query>),
    /// Not this; only narrows what stands beside it.
    Not(Box<Query>),
    /// One word (or a pattern for one), not in quotation marks.
    Word(Word),
    /// Words in a row, as typed between quotation marks.
    Phrase(Phrase),
    /// Two parts at most `distance` words apart: neighbours are 1 apart. `ordered`: the left one first.
    Near {
        /// The part before the operator.
        left: Box<Query>,
        /// The part after it.
        right: Box<Query>,
        /// Largest difference of word numbers between the end of one and the beginning of the other.
        distance: u32,
        /// BEFORE instead of NEAR.
        ordered: bool,
    },
    /// All parts in one sentence.
    Sentence(Vec<Query>),
    /// A part that must hold in one field.
    Field(Field, Box<Query>),
    /// Published within these days.
    Date(Days),
    /// Holds of the article as a whole: each part may be in another passage.
    Article(Box<Query>),
    /// Counts `factor` times as much in the ranking.
    Boost(Box<Query>, f32),
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Every form of the word: `talk` finds talks.
    Forms(String),
    /// `ceasef*`, `wom?n`: `*` is any letters, `?` exactly one.
    Wildcard(String),
    /// `witkof~1`: up to that many letters added, left out, changed or swapped.
    Fuzzy(String, u8),
    /// `ocr:talk`: every form of the word, also as character recognition misreads it.
    Misread(String),
    /// `/regex/` over the folded word, from its beginning to its end.
    Regex(String),
}

/// Words between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What stood between the marks.
    pub text: String,
    /// 0: in a row and in order. Otherwise in any order, with at most so many other words between the first and the last.
    pub slop: u32,
    /// How closely the printed letters must agree.
    pub exactness: Exactness,
}

/// How closely printed text must agree with a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exactness {
    /// The same words, or what character recognition makes of them: see [`Misread`].
    Misread,
    /// The same words: see [`crate::words`] for what counts as the same.
    Words,
    /// The same letters and punctuation; white space, case and typographic variants of a mark do not matter.
    Letters,
    /// The same, and case matters.
    Case,
}

impl Exactness {
    /// By the switches of every command line and address: letters and punctuation as typed, case as well, or misread words too. The
    /// strictest counts.
    pub fn from_switches(exact: bool, case_sensitive: bool, ocr: bool) -> Exactness {
        match (case_sensitive, exact, ocr) {
            (true, ..) => Exactness::Case,
            (_, true, _) => Exactness::Letters,
            (.., true) => Exactness::Misread,
            _ => Exactness::Words,
        }
    }
}

/// The fields a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline of the article.
    Headline,
    /// The whole dateline: place, agency and day.
    Dateline,
    /// The place of the dateline.
    Place,
    /// Who wrote it.
    Byline,
    /// Who is quoted.
    Speaker,
    /// What stands between quotation marks.
    Quote,
    /// What somebody says, between quotation marks or reported without.
    Said,
    /// Everything but the headline.
    Body,
    /// The newspaper, agency or site.
    Outlet,
    /// The desk or category.
    Section,
    /// ISO 639-1 code of the language.
    Lang,
}

impl Field {
    /// Every field with the name it has in queries.
    pub const NAMES: &'static [(&'static str, Field)] = &[
        ("headline", Field::Headline),
        ("dateline", Field::Dateline),
        ("place", Field::Place),
        ("byline", Field::Byline),
        ("speaker", Field::Speaker),
        ("quote", Field::Quote),
        ("said", Field::Said),
        ("body", Field::Body),
        ("outlet", Field::Outlet),
        ("section", Field::Section),
        ("lang", Field::Lang),
    ];

    /// What people type instead, from other search engines and catalogues.
    pub const ALIASES: &'static [(&'static str, Field)] = &[
        ("title", Field::Headline),
        ("town", Field::Place),
        ("author", Field::Byline),
        ("by", Field::Speaker),
        ("source", Field::Outlet),
        ("site", Field::Outlet),
        ("language", Field::Lang),
    ];

    /// The field that goes by `name`, in small letters.
    pub fn named(name: &str) -> Option<Field> {
        Field::NAMES.iter().chain(Field::ALIASES).find(|(known, _)| *known == name).map(|(_, field)| *field)
    }

    /// Its name in queries.
    pub fn name(self) -> &'static str {
        Field::NAMES.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// True for fields an article has once; the others belong to a passage.
    pub fn is_of_article(self) -> bool {
        !matches!(self, Field::Speaker | Field::Quote | Field::Said | Field::Body)
    }

    /// True for fields that hold names, where a word stands for itself and not for its other forms.
    pub fn holds_names(self) -> bool {
        !matches!(self, Field::Headline | Field::Quote | Field::Said | Field::Body)
    }
}

impl Query {
    /// True when the whole tree speaks of the article and not of a passage.
    pub fn is_of_article(&self) -> bool {
        match self {
            Query::Field(field, _) => field.is_of_article(),
            Query::Date(_) => true,
            Query::And(parts) | Query::Or(parts) | Query::Any(parts) => parts.iter().all(Query::is_of_article),
            Query::Not(part) | Query::Boost(part, _) => part.is_of_article(),
            _ => false,
        }
    }
}

impl Query {
    /// True when some part asks who speaks.
    pub fn names_speakers(&self) -> bool {
        match self {
            Query::Field(field, part) => *field == Field::Speaker || part.names_speakers(),
            Query::And(parts) | Query::Or(parts) | Query::Any(parts) => parts.iter().any(Query::names_speakers),
            Query::Article(part) | Query::Boost(part, _) => part.names_speakers(),
            _ => false,
        }
    }

    /// The same query with every word and phrase as exact as asked for; loose words looked for by their letters become alternatives.
    pub fn with_exactness(self, exactness: Exactness) -> Query {
        if exactness == Exactness::Misread {
            return self.misread();
        }
        let all = |parts: Vec<Query>| parts.into_iter().map(|part| part.with_exactness(exactness)).collect();
        let boxed = |part: Box<Query>| Box::new(part.with_exactness(exactness));
        match self {
            Query::Word(Word::Forms(text)) => Query::Phrase(Phrase { text, slop: 0, exactness }),
            Query::Phrase(phrase) if phrase.slop == 0 => Query::Phrase(Phrase { exactness, ..phrase }),
            Query::Any(parts) | Query::Or(parts) => Query::Or(all(parts)),
            Query::And(parts) => Query::And(all(parts)),
            Query::Not(part) => Query::Not(boxed(part)),
            Query::Field(field, part) if !field.holds_names() => Query::Field(field, boxed(part)),
            Query::Article(part) => Query::Article(boxed(part)),
            Query::Boost(part, factor) => Query::Boost(boxed(part), factor),
            other => other,
        }
    }

    /// The same query with every word and phrase also as character recognition misreads it, in all fields. What is exact stays exact.
    pub(crate) fn misread(self) -> Query {
        let all = |parts: Vec<Query>| parts.into_iter().map(Query::misread).collect();
        let boxed = |part: Box<Query>| Box::new(part.misread());
        match self {
            Query::Word(Word::Forms(text)) => Query::Word(Word::Misread(text)),
            Query::Phrase(phrase) if phrase.exactness == Exactness::Words => {
                Query::Phrase(Phrase { exactness: Exactness::Misread, ..phrase })
            }
            Query::Any(parts) => Query::Any(all(parts)),
            Query::Or(parts) => Query::Or(all(parts)),
            Query::And(parts) => Query::And(all(parts)),
            Query::Sentence(parts) => Query::Sentence(all(parts)),
            Query::Near { left, right, distance, ordered } => {
                Query::Near { left: boxed(left), right: boxed(right), distance, ordered }
            }
            Query::Not(part) => Query::Not(boxed(part)),
            Query::Field(field, part) => Query::Field(field, boxed(part)),
            Query::Article(part) => Query::Article(boxed(part)),
            Query::Boost(part, factor) => Query::Boost(boxed(part), factor),
            other @ (Query::Word(_) | Query::Phrase(_) | Query::Date(_)) => other,
        }
    }
}

/// Something in the typed text that could not be taken as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// 1-based column, in characters, where it begins.
    pub column: usize,
    /// What was made of it: lower case, no full stop.
    pub message: String,
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, at column {}", self.message, self.column)
    }
}
