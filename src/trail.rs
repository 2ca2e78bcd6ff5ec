//! Where were these words printed first, and what became of them?
//!
//! Takes words, or a passage by its id, and an engine, and gives a [`Trail`]: every article that prints the words or nearly these, in order
//! of time, with what was done to them there. Articles come from the engine, those with all the words in a row and those whose bodies share
//! sequences of words; each is aligned with the words as [`crate::verify`] aligns them, and that alone decides.
//!
//! ```
//! use newshound::{Article, IndexReader, IndexWriter, Intake, quotations};
//! use newshound::trail::{Asked, trail};
//!
//! let dir = tempfile::tempdir()?;
//! let mut writer = IndexWriter::open(dir.path(), 1, None)?;
//! for (name, text) in [
//!     ("1", "Talks end\n\"We want a long-term peace and we want it soon,\" chancellor Ilse Brandauer said."),
//!     ("2", "A year on\nBrandauer once said: \"We want a long-term peace and we want it now.\""),
//! ] {
//!     let article = Article::plain(name, text, true);
//!     writer.add(&article, &quotations(&article))?;
//! }
//! writer.commit(None, &[])?;
//! let archive = IndexReader::open(dir.path())?;
//!
//! let found = trail(&archive, &Asked::of_words("we want a long-term peace and we want it soon"))?;
//! let changed: Vec<usize> = found.steps.iter().map(|step| step.edits.replaced).collect();
//! assert_eq!(changed, [0, 1]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod found;
mod speaker;
mod steps;

pub use crate::verify::{Edits, Place};

use crate::article::Span;
use crate::engine::{Caller, Engine, Error};
use crate::results::{Printing, RankedPassage, RankedQuotation};
use crate::verify::{Given, LEAST};
use std::fmt;
use std::time::{Duration, Instant};

/// More words are not followed.
pub const MOST_WORDS: usize = 400;

/// So many words in a row are a printing of them; of fewer words all have to be there. Fewer in a row are what any two reports have in common.
pub const ROW: usize = 8;

/// What those have to say at least, a common word one and any other three: not "he said in a statement on Friday that the".
const ROW_WEIGHT: i32 = 16;

/// Articles that are read, of those with all the words in a row and of the others.
const MOST_READ: usize = 300;

/// Words to be followed.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The words.
    pub words: String,
    /// At most so many articles are read that have all of them in a row, and as many that may have some.
    pub most: usize,
    /// Time for all of it.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

impl Asked {
    /// These words, within two seconds.
    pub fn of_words(words: &str) -> Asked {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Asked { words, most: MOST_READ, deadline: Duration::from_secs(2), caller: Caller::default() }
    }

    /// The words of a passage (`ARTICLE.N`) or a quotation (`ARTICLE.qN`); nothing when the archive has none of this id.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    pub fn of_id(engine: &dyn Engine, id: &str) -> Result<Option<Asked>, Error> {
        let Some((of, number)) = id.split_once('.') else { return Ok(None) };
        let Some((article, quotations)) = of.parse().map_or(Ok(None), |of| engine.article(of))? else { return Ok(None) };
        let text = match number.strip_prefix('q') {
            Some(number) => number
                .parse()
                .ok()
                .and_then(|number| RankedQuotation::numbered(&article, &quotations, number))
                .map(|found| found.text),
            None => number
                .parse()
                .ok()
                .and_then(|number| RankedPassage::numbered(&article, &quotations, number))
                .map(|(found, _)| found.text),
        };
        Ok(text.map(|text| Asked::of_words(&text)))
    }
}

/// Whether something typed is an id and not words: 16 hexadecimal digits, a full stop, a number.
pub fn is_id(typed: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let of_article = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    typed.split_once('.').is_some_and(|(of, number)| of_article(of) && digits(number.strip_prefix('q').unwrap_or(number)))
}

/// Where words were printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    /// The words.
    pub words: String,
    /// The articles that print them, the first first; those without a day last.
    pub steps: Vec<Step>,
    /// Articles that print them, copies counted each.
    pub articles: usize,
    /// Stories those tell, copies counted once.
    pub stories: usize,
    /// Outlets they are of, as far as those are known.
    pub outlets: usize,
    /// Articles that may print them and were not read.
    pub unread: usize,
    /// Why this may not be all, when it may not.
    pub partial: Option<String>,
    /// Time for all of it.
    pub took: Duration,
}

/// An article that prints the words, or nearly these.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where, and whose words they are given as.
    pub place: Place,
    /// What was done to them.
    pub edits: Edits,
    /// Words with which the last sentence goes on there.
    pub goes_on: usize,
    /// See [`Change::OtherSpeaker`].
    pub other_speaker: bool,
    /// Words in common, weighed, as a part of one.
    pub common: f64,
    /// What of the words is not printed so, as spans of them.
    pub only_given: Vec<Span>,
    /// What is printed instead or besides, as spans of the place's text.
    pub only_printed: Vec<Span>,
    /// Other articles that tell the same story and print the words the same way, in order of time.
    pub copies: Vec<Printing>,
}

/// What was done to words on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Their beginning or end is not printed.
    Shorter,
    /// Their last sentence goes on.
    Longer,
    /// Some were left out or replaced, or others put in among them: one "not" is enough.
    Altered,
    /// They only look different.
    OtherPunctuation,
    /// They are surely given as the words of somebody else than where they were printed first.
    OtherSpeaker,
}

impl Change {
    /// Every change with its name in JSON.
    pub const NAMES: [(&'static str, Change); 5] = [
        ("shorter", Change::Shorter),
        ("longer", Change::Longer),
        ("altered", Change::Altered),
        ("other_punctuation", Change::OtherPunctuation),
        ("other_speaker", Change::OtherSpeaker),
    ];

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        Change::NAMES[self as usize].0
    }

    /// In words, as people are told it.
    pub fn in_words(self) -> &'static str {
        ["shorter", "longer", "altered", "other capitals or punctuation", "other speaker"][self as usize]
    }
}

impl Step {
    /// What was done to the words; nothing where they are printed word for word.
    pub fn changes(&self) -> Vec<Change> {
        let Edits { cut_off, left_out, put_in, replaced, looks_other, .. } = self.edits;
        let altered = left_out + put_in + replaced > 0;
        let is_so = |change: &Change| match change {
            Change::Shorter => cut_off > 0,
            Change::Longer => self.goes_on > 0,
            Change::Altered => altered,
            Change::OtherPunctuation => looks_other && !altered,
            Change::OtherSpeaker => self.other_speaker,
        };
        Change::NAMES.into_iter().map(|(_, change)| change).filter(is_so).collect()
    }
}

/// Why words are not followed.
#[derive(Debug)]
pub enum Failure {
    /// There are none.
    NoWords,
    /// There are so many.
    TooLong(usize),
    /// The index cannot be read.
    Engine(Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NoWords => write!(f, "no words to follow\nhint: give a sentence, or the id of a passage or quotation"),
            Failure::TooLong(words) => {
                write!(f, "{words} words are given; the limit is {MOST_WORDS}\nhint: give the sentence that matters")
            }
            Failure::Engine(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Engine(error)
    }
}

/// Follows words through an archive.
///
/// # Errors
/// [`Failure`] when there is nothing to follow, or too much, or the index cannot be read.
pub fn trail(engine: &dyn Engine, asked: &Asked) -> Result<Trail, Failure> {
    let began = Instant::now();
    let given = Given::new(&asked.words);
    match given.len() {
        0 => return Err(Failure::NoWords),
        words if words > MOST_WORDS => return Err(Failure::TooLong(words)),
        _ => {}
    }
    let found = found::found(engine, asked, &given)?;
    Ok(Trail { took: began.elapsed(), ..steps::trail(asked, found, &engine.people()) })
}

/// Whether an article with these words prints the given ones.
fn is_printing(given: &Given, edits: &Edits, common: f64) -> bool {
    let row = edits.in_a_row >= ROW && edits.weight >= ROW_WEIGHT;
    edits.in_a_row == given.len() || given.len() >= ROW && (row || common >= LEAST)
}
