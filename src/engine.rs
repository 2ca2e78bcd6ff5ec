//! What any search engine behind newshound promises: [`Engine`] answers queries, [`Intake`] takes articles in.
//!
//! There are two: the embedded engine (tantivy) keeps an index in a directory, the other one on a cluster of OpenSearch. [`Place`] decides
//! which, and nobody outside this station names one. Whatever finds the candidates, the matcher in [`crate::matching`] decides what is a
//! mention, so every engine gives the same mentions.

#![cfg_attr(
    not(feature = "opensearch"),
    allow(dead_code, unused_imports, reason = "an excerpt is what only the engine on a cluster asks for")
)]

mod calendar;
pub mod embedded;
mod people;
#[cfg(feature = "opensearch")]
mod opensearch;
mod place;
mod plan;
mod reuse;
mod share;
mod standing;

pub use calendar::{Calendar, Dated, Printed};
pub use people::call;
pub use place::{Damage, Index, IndexEngine, IndexIntake, Place};
pub use reuse::{Reuse, Reusing};
pub use share::Share;
pub use standing::StandingQueries;

use crate::article::{Article, ArticleId};
use crate::day::{Day, Days};
use crate::directory::{BadPeople, filed};
pub use crate::directory::{FILE as PEOPLE, People};
use crate::query::{Query, Today};
use crate::quotation::{Kind, Quotation};
use crate::results::{QuotationSummary, QuotedSpeaker, RankedPassage, RankedQuotation, SpeakersSummary, Summary};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Who asks: whether they still wait for the answer, and how much memory it may take.
#[derive(Debug, Clone)]
pub struct Caller {
    gone: Arc<AtomicBool>,
    /// Bytes that one answer may hold while it is found. An engine may take more for a large archive, where one common word needs it.
    pub memory: usize,
}

impl Default for Caller {
    /// Four searches at once, as `newshound serve` runs on two cores, stay below a gigabyte.
    fn default() -> Caller {
        Caller { gone: Arc::default(), memory: 128 << 20 }
    }
}

impl Caller {
    /// Says that nobody waits any more: whatever is asked for this caller ends within milliseconds.
    pub fn leave(&self) {
        self.gone.store(true, Ordering::Relaxed);
    }

    /// Whether the caller has gone away.
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }
}

/// What to search for, and how much of it to give.
///
/// ```
/// use newshound::engine::{Search, Sort};
/// use newshound::query::loose;
///
/// let query = loose("peace talks").expect("two words");
/// let newest = Search { sort: Sort::Newest, ..Search::best(query, 10) };
/// assert_eq!(newest.limit, Some(10));
/// ```
#[derive(Debug, Clone)]
pub struct Search {
    /// The query.
    pub query: Query,
    /// At most so many passages; `None` for every one.
    pub limit: Option<usize>,
    /// In which order.
    pub sort: Sort,
    /// Go on after this passage of the same search (its id).
    pub after: Option<String>,
    /// Stop after this time and say that the answer is partial.
    pub deadline: Duration,
    /// Say of each passage why it ranks where it does.
    pub explain: bool,
    /// Give so many paragraphs before and after each passage.
    pub context: usize,
    /// Prefer newer articles in the order of relevance.
    pub recency: Option<Recency>,
    /// Leave out the passages of an article that is a copy of one further up ([`crate::duplicates`]), and name it there.
    pub fold: bool,
    /// Count what there is in all. Without that no more is looked at than the passages that are given need.
    pub totals: bool,
    /// Who asks.
    pub caller: Caller,
}

/// How much newer articles are preferred: the score of a passage is multiplied by `1/2 + 1/2 * 2^(-age / half_life)`, so that
/// an old article that answers twice as well as a new one still comes first. One without a date counts as old.
#[derive(Debug, Clone, Copy)]
pub struct Recency {
    /// The day that ages count from; what is published later has the age 0.
    pub today: Today,
    /// Days after which half of what age can take is taken; not 0.
    pub half_life: u32,
}

impl Recency {
    /// What an article first published on `day`, if that is known, keeps of its score: 1 down to 1/2.
    pub fn keeps(self, day: Option<Day>) -> f32 {
        let Some(day) = day else { return 0.5 };
        let age = self.today.0.days_since(day).max(0) as f32;
        0.5 + 0.5 * (-age / self.half_life.max(1) as f32).exp2()
    }
}

impl Search {
    /// The best `limit` passages, within two seconds.
    pub fn best(query: Query, limit: usize) -> Search {
        Search {
            query,
            limit: Some(limit),
            sort: Sort::Relevance,
            after: None,
            deadline: Duration::from_secs(2),
            explain: false,
            context: 0,
            recency: None,
            fold: false,
            totals: true,
            caller: Caller::default(),
        }
    }

    /// Every passage, however long it takes.
    pub fn all(query: Query) -> Search {
        Search { limit: None, deadline: Duration::MAX, ..Search::best(query, 0) }
    }
}

/// The order of an answer. Equal places keep the order of the article ids, then of the passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    Relevance,
    /// Oldest first; articles without a date last.
    Oldest,
    /// Newest first; articles without a date last.
    Newest,
}

impl Sort {
    /// The names of the orders, on every command line and in every address.
    pub const NAMES: [&'static str; 3] = ["relevance", "date", "-date"];

    /// The order of this name.
    pub fn named(name: &str) -> Option<Sort> {
        let at = Sort::NAMES.iter().position(|known| *known == name)?;
        Some([Sort::Relevance, Sort::Oldest, Sort::Newest][at])
    }
}

/// An answer of speakers.
#[derive(Debug, Clone, Default)]
pub struct Speakers {
    /// Those wanted, in order.
    pub speakers: Vec<QuotedSpeaker>,
    /// All that answer.
    pub summary: SpeakersSummary,
    /// Names spelt nearly like the one asked for, when nobody has it.
    pub near: Vec<String>,
}

/// Which quotations are wanted, and how many of them.
#[derive(Debug, Clone)]
pub struct Quoting {
    /// The passages they stand in; all of them if none. `said:` and `speaker:` parts are about each quotation itself.
    pub query: Option<Query>,
    /// Whose they are, as typed: a name in any form, in full or the last name alone.
    pub by: Option<String>,
    /// How the words may be given.
    pub speech: Speech,
    /// At most so many; `None` for every one.
    pub limit: Option<usize>,
    /// In which order their passages come; those of one passage stand in the order of the text.
    pub sort: Sort,
    /// Go on after this quotation of the same answer (its id).
    pub after: Option<String>,
    /// Stop counting after this time and say that the answer is partial.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

impl Quoting {
    /// The order unless asked otherwise: newest first where no words are asked for that could rank.
    pub fn usual_sort(query: Option<&Query>) -> Sort {
        if query.is_none_or(Query::is_of_article) { Sort::Newest } else { Sort::Relevance }
    }
}

/// What counts as somebody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    /// How they may be given.
    pub kinds: Vec<Kind>,
    /// Also reported speech that may be none ([`crate::Quotation::is_unsure_report`]).
    pub unsure: bool,
}

impl Speech {
    /// Unless asked otherwise: everything but unsure reports.
    pub fn usual() -> Speech {
        Speech { kinds: vec![Kind::Direct, Kind::Partial, Kind::Indirect], unsure: false }
    }

    /// What is asked for by kind, unsure reports with it.
    pub fn of(kinds: Vec<Kind>) -> Speech {
        Speech { kinds, unsure: true }
    }

    /// Whether words given in this way count; `unsure` tells a report that may be none.
    pub fn takes(&self, kind: Kind, unsure: bool) -> bool {
        self.kinds.contains(&kind) && (self.unsure || !unsure)
    }
}

/// Whose quotations are to be counted.
#[derive(Debug, Clone)]
pub struct Counting {
    /// The passages they stand in; all of them if none.
    pub query: Option<Query>,
    /// Only these people or bodies: a name as typed.
    pub by: Option<String>,
    /// How the words may be given.
    pub speech: Speech,
    /// At most so many speakers; `None` for every one.
    pub limit: Option<usize>,
    /// Leave out so many that come first.
    pub skip: usize,
    /// In which order.
    pub order: SpeakerOrder,
    /// How many characteristic words to give for each.
    pub terms: usize,
    /// Stop reading passages after this time and say that the answer is partial.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

/// The order of speakers. Equal places are ordered by count, then by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerOrder {
    /// Most quotations first.
    Count,
    /// Most articles first.
    Articles,
    /// By the alphabet, by last name.
    Name,
    /// Who was quoted last comes first.
    Last,
    /// Who was quoted first comes first.
    First,
}

impl SpeakerOrder {
    /// The names of the orders, on every command line and in every address.
    pub const NAMES: [&'static str; 5] = ["count", "articles", "name", "last", "first"];

    /// The order of this name.
    pub fn named(name: &str) -> Option<SpeakerOrder> {
        use SpeakerOrder::{Articles, Count, First, Last, Name};
        let at = SpeakerOrder::NAMES.iter().position(|known| *known == name)?;
        Some([Count, Articles, Name, Last, First][at])
    }
}

/// Answers queries.
///
/// ```no_run
/// use newshound::{Engine, IndexReader, Search, query::loose};
/// use std::ops::ControlFlow;
///
/// let engine: Box<dyn Engine> = Box::new(IndexReader::open("index".as_ref())?);
/// let query = loose("peace talks").expect("two words");
/// let summary = engine.search(&Search::best(query, 10), &mut |passage| {
///     println!("{}", passage.text);
///     ControlFlow::Continue(())
/// })?;
/// println!("{} in all", summary.passages);
/// # Ok::<(), newshound::Error>(())
/// ```
pub trait Engine: Send + Sync {
    /// Gives the passages that answer `search` to `each`, best first, until it breaks off; then the summary.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn search(&self, search: &Search, each: &mut dyn FnMut(RankedPassage) -> ControlFlow<()>) -> Result<Summary, Error>;

    /// Gives the quotations that answer `asked` to `each` until it breaks off; then the summary.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn quotations(
        &self,
        asked: &Quoting,
        each: &mut dyn FnMut(RankedQuotation) -> ControlFlow<()>,
    ) -> Result<QuotationSummary, Error>;

    /// Who is quoted, how often and when.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn speakers(&self, asked: &Counting) -> Result<Speakers, Error>;

    /// The article with this id and its quotations.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn article(&self, id: ArticleId) -> Result<Option<(Article, Vec<Quotation>)>, Error>;

    /// The same as [`Engine::quotations`], each with who else is quoted in its article: the names of their entries, each once, by the alphabet.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn quotations_in_company(&self, asked: &Quoting, each: &mut InCompany) -> Result<QuotationSummary, Error>;

    /// What is said by hand of who is who; nothing where nobody has said anything.
    fn people(&self) -> Arc<People> {
        Arc::default()
    }

    /// The names of [`Engine::people`] under which nobody is quoted in this archive, as they stand in the file.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn unprinted(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    /// How much there is to search.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn holdings(&self) -> Result<Holdings, Error>;

    /// How much was printed on each day, and which articles are copies of one printed before. Where these have to be found first, they are
    /// looked for no longer than `within`; who asks again goes on from there, and nobody looks for them in no time at all.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read.
    fn calendar(&self, within: Duration) -> Result<Arc<Calendar>, Error>;

    /// Which articles have sequences of words in common with a text.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be read, or keeps nothing that tells.
    fn reuse(&self, asked: &Reusing) -> Result<Reuse, Error>;

    /// Goes over to the last commit; searches under way finish on the one they began with. True when it is another one.
    ///
    /// # Errors
    /// [`Error`] when it cannot be read; the engine stays on the commit it has.
    fn reload(&self) -> Result<bool, Error>;
}

/// Takes a quotation and who else is quoted in its article.
pub type InCompany<'a> = dyn FnMut(RankedQuotation, &[String]) -> ControlFlow<()> + 'a;

/// Whether a printed speaker is named, so that an archive has an entry for it: "officials" and "a spokesman" are not.
pub fn is_named(printed: &str) -> bool {
    filed(printed).is_some()
}

/// How much an index holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holdings {
    /// Articles.
    pub articles: u64,
    /// Headlines and paragraphs.
    pub units: u64,
    /// Words in them.
    pub words: u64,
    /// Quotations, scare quotes not counted.
    pub quotations: u64,
    /// From the first day of publication known to the last.
    pub days: Option<Days>,
    /// Names the commit: another commit has another name, and the same commit always the same.
    pub commit: String,
}

/// Takes articles in. Nothing can be found before [`Intake::commit`].
///
/// ```
/// use newshound::{Article, Error, Intake, quotations};
///
/// /// Puts an article into an index in the place of the one with its id.
/// fn replace(intake: &mut impl Intake, article: &Article) -> Result<(), Error> {
///     intake.remove(article.id)?;
///     intake.add(article, &quotations(article))?;
///     intake.commit(None, &[])
/// }
/// ```
pub trait Intake {
    /// Adds an article. To replace one, remove it first.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the article is refused, which costs nothing but the article; otherwise the index cannot be written.
    fn add(&self, article: &Article, quotations: &[Quotation]) -> Result<(), Error>;

    /// Removes the article with this id, if there is one; those added later stay.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be written.
    fn remove(&self, id: ArticleId) -> Result<(), Error>;

    /// Makes everything done since the last commit durable and findable, all or nothing; with it is kept where the paths of the
    /// articles begin, and the `ledger`, bytes that the next run asks for.
    ///
    /// # Errors
    /// [`Error`] when the index cannot be written; the last commit stays as it was.
    fn commit(&mut self, corpus: Option<&Path>, ledger: &[u8]) -> Result<(), Error>;

    /// The same where other runs, each with its share of the corpus, may have committed since this one began: `ledger` takes the bytes that
    /// one of them left (none where nobody did), and gives those to keep. It may be called again.
    ///
    /// # Errors
    /// As [`Intake::commit`], and what `ledger` says.
    fn commit_beside(&mut self, corpus: Option<&Path>, ledger: &mut Merge) -> Result<(), Error> {
        let ledger = ledger(None)?;
        self.commit(corpus, &ledger)
    }
}

/// Makes the ledger to keep of the one that another run left.
pub type Merge<'a> = dyn FnMut(Option<&[u8]>) -> Result<Vec<u8>, Error> + 'a;

/// What a caller can act on.
///
/// ```
/// use newshound::{Error, IndexReader};
///
/// let dir = tempfile::tempdir()?;
/// assert!(matches!(IndexReader::open(dir.path()), Err(Error::NoIndex(_))));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub enum Error {
    /// There is no index in this directory.
    NoIndex(PathBuf),
    /// The index was written by another version of newshound.
    OtherVersion {
        /// The directory.
        path: PathBuf,
        /// The version of the index's schema.
        found: u32,
        /// The version this newshound reads and writes.
        wanted: u32,
    },
    /// Another process is writing to the index.
    Locked(PathBuf),
    /// Another process committed meanwhile what this run cannot stand beside.
    Overtaken(String),
    /// An article is larger than an index takes; it was not added, and the index is as it was.
    TooLarge(ArticleId, String),
    /// The index may not be written to by this user, or lies where nothing may be written.
    Forbidden(PathBuf, String),
    /// The disk failed or is full; the index is as it was at its last commit.
    Disk(PathBuf, String),
    /// Nothing answers at this address, or what answers refuses.
    Unreachable(String, String),
    /// So many of the shards of an index on a cluster did not answer.
    Shards {
        /// The index.
        path: PathBuf,
        /// Those that did not answer.
        failed: u64,
        /// All of them.
        of: u64,
    },
    /// What is said by hand of who is who is not understood.
    People(BadPeople),
    /// Anything else that went wrong with the index, with the place.
    Broken(PathBuf, String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::NoIndex(path) => {
                write!(
                    f,
                    "no index in {}\nhint: build one with `newshound index CORPUS --index {}`",
                    path.display(),
                    path.display()
                )
            }
            Error::OtherVersion { path, found, wanted } => write!(
                f,
                "the index in {} has schema version {found}, this newshound reads version {wanted}\nhint: rebuild with `newshound index CORPUS --index {} --rebuild`",
                path.display(),
                path.display()
            ),
            Error::Locked(path) => write!(
                f,
                "another newshound is writing to the index in {}\nhint: wait for it to finish, or give another --index",
                path.display()
            ),
            Error::Overtaken(why) => write!(f, "{why}; nothing of this run was kept\nhint: say the same command again"),
            Error::TooLarge(article, why) => write!(f, "article {article} is too large: {why}"),
            Error::Forbidden(path, why) => write!(
                f,
                "this user may not write to the index in {}: {why}\nhint: ask whoever built it, or give another --index; it is as it was at its last commit",
                path.display()
            ),
            Error::Disk(path, why) => write!(
                f,
                "the disk with the index in {} failed: {why}\nhint: the index is as it was at its last commit; see to the disk (is it full?), then say the same command again",
                path.display()
            ),
            Error::Unreachable(address, why) => write!(
                f,
                "{address} cannot be asked: {why}\nhint: is the cluster running, and is this its address? Others of its nodes may be named beside it: opensearch+http://one:9200,two:9200/NAME"
            ),
            Error::People(bad) => write!(f, "{bad}\nhint: docs/speakers.md tells what may stand there"),
            Error::Shards { path, failed, of } => write!(
                f,
                "{failed} of {of} shards of {} did not answer, and an answer without them might be wrong\nhint: see to the nodes of the cluster, then ask again",
                path.display()
            ),
            Error::Broken(path, why) => {
                write!(
                    f,
                    "the index in {} cannot be used: {why}\nhint: rebuild with `newshound index CORPUS --index {}`",
                    path.display(),
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for Error {}
