//! What is somebody quoted with, over time, and beside whom?
//!
//! Takes one name or two and an engine and gives a [`Dossier`]: for each person every quotation counted, by kind, by article, by stretch of
//! time, by outlet and by who else is quoted there; the words that are theirs, each with a quotation that holds it; the newest quotations. Of
//! two people also what tells them apart, and the articles in which both speak. Who is meant, and whose a quotation is, the engine decides.
//!
//! ```
//! use newshound::{Article, IndexReader, IndexWriter, Intake, quotations};
//! use newshound::dossier::{Asked, dossier};
//!
//! let dir = tempfile::tempdir()?;
//! let mut writer = IndexWriter::open(dir.path(), 1, None)?;
//! let text = "Talks end\n\"We want peace,\" chancellor Ilse Brandauer said. \"So do we all,\" said Matteus Orlan.";
//! let article = Article::plain("1", text, true);
//! writer.add(&article, &quotations(&article))?;
//! writer.commit(None, &[])?;
//!
//! let found = dossier(&IndexReader::open(dir.path())?, &Asked::about(&["Brandauer"]))?;
//! let person = &found.people[0];
//! assert_eq!((person.counts.quotations, person.beside[0].name.as_str()), (1, "Matteus Orlan"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod spoken;
mod time;

pub use crate::timeline::Every;
pub use time::{Spoke, Stretch};

use crate::article::ArticleId;
use crate::engine::{Calendar, Caller, Counting, Engine, Error, Quoting, Sort, SpeakerOrder, Speech};
use crate::query::Query;
use crate::results::{Facts, QuotedSpeaker, RankedQuotation, Term};
use spoken::Gathered;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Part of the time (one in so many) in which copies may be looked for, where they are not known.
const FOR_COPIES: u32 = 4;

/// Whose dossier is wanted, and how much of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// One name, or two to be compared: each in any form.
    pub names: Vec<String>,
    /// Only quotations in passages that answer this.
    pub query: Option<Query>,
    /// How the words may be given.
    pub speech: Speech,
    /// How long the stretches of time are; months, or years where those would be many, if not told.
    pub every: Option<Every>,
    /// At most so many of the newest quotations, and of the articles in which both speak.
    pub latest: usize,
    /// At most so many words, names and outlets.
    pub most: usize,
    /// Time for all of it.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

impl Asked {
    /// Parts of a query that all have to hold, as one; nothing of none.
    pub fn all_of(mut parts: Vec<Query>) -> Option<Query> {
        if parts.len() > 1 { Some(Query::And(parts)) } else { parts.pop() }
    }

    /// What there is of these people, within two seconds.
    pub fn about(names: &[&str]) -> Asked {
        Asked {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            query: None,
            speech: Speech::usual(),
            every: None,
            latest: 5,
            most: 10,
            deadline: Duration::from_secs(2),
            caller: Caller::default(),
        }
    }
}

/// What there is of one person, or of two.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// In the order they were asked for.
    pub people: Vec<Person>,
    /// How long the stretches are.
    pub every: Every,
    /// From the first in which one of them speaks to the last, those without any quotation too.
    pub stretches: Vec<Stretch>,
    /// Of two people, what they have in common.
    pub both: Option<Both>,
    /// Why the figures are only the least there is, when they are.
    pub partial: Option<String>,
    /// Time for all of it.
    pub took: Duration,
}

/// Somebody who is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who it is. Its figures are those of [`Person::counts`].
    pub speaker: QuotedSpeaker,
    /// Others whom the name may mean, most quotations first.
    pub others: Vec<String>,
    /// Copies of a story counted each.
    pub counts: Counts,
    /// Of each story the first printing alone; nothing where copies are not told apart.
    pub once: Option<Counts>,
    /// What has no date as precise as the stretches.
    pub undated: Spoke,
    /// Words characteristic of them against the archive, each with a quotation.
    pub topics: Vec<Topic>,
    /// Words characteristic of them against the other one, where there is one.
    pub against: Vec<Term>,
    /// Who is quoted in the same articles, those of most articles first.
    pub beside: Vec<Beside>,
    /// How many there are of those.
    pub beside_all: usize,
    /// The outlets that quote them, those of most quotations first.
    pub outlets: Vec<Outlet>,
    /// How many there are of those.
    pub outlets_all: usize,
    /// The newest quotations, newest first.
    pub latest: Vec<RankedQuotation>,
}

/// How much there is of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
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
    /// Those of them that give no word between quotation marks.
    pub reported_only: usize,
}

/// A word characteristic of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The word, and how surely it is theirs.
    pub term: Term,
    /// The quotations it stands in, all of them counted.
    pub quotations: usize,
    /// The newest of them that is between quotation marks, or else the newest.
    pub example: Option<RankedQuotation>,
}

/// Somebody else who is quoted there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The name.
    pub name: String,
    /// Articles in which both are quoted.
    pub articles: usize,
}

/// A newspaper, agency or site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// The name.
    pub name: String,
    /// Articles in which it quotes them.
    pub articles: usize,
    /// Quotations in those.
    pub quotations: usize,
}

/// What two people have in common.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Both {
    /// Articles in which both speak.
    pub articles: usize,
    /// Those of them that are the first printing of their story; nothing where copies are not told apart.
    pub stories: Option<usize>,
    /// The newest of them, newest first.
    pub latest: Vec<Shared>,
}

/// An article in which both speak.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Its id.
    pub article: ArticleId,
    /// What is known of it.
    pub facts: Facts,
    /// Its path below the corpus directory.
    pub path: String,
}

/// Why there is no dossier.
#[derive(Debug)]
pub enum Failure {
    /// Nobody of this name is quoted in what was asked for.
    Nobody {
        /// As typed.
        name: String,
        /// Names spelt nearly like it.
        near: Vec<String>,
        /// Only a part of the archive was asked.
        narrowed: bool,
        /// Why there may be somebody all the same.
        partial: Option<String>,
    },
    /// Two names mean one person.
    OnePerson(String),
    /// Neither one name nor two.
    Names(usize),
    /// The index cannot be read.
    Engine(Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Nobody { name, near, narrowed, .. } => {
                write!(f, "nobody called {name} is quoted")?;
                match (near.is_empty(), narrowed) {
                    (false, _) => write!(f, "\nhint: did you mean {}?", near.join(", ")),
                    (_, true) => write!(f, " in what was asked for\nhint: fewer conditions find more"),
                    _ => Ok(()),
                }
            }
            Failure::OnePerson(name) => write!(f, "both names mean {name}\nhint: give two people to compare"),
            Failure::Names(names) => write!(f, "{names} names are given; one is told of, or two are compared"),
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

/// What an archive has of one person, or of two.
///
/// # Errors
/// [`Failure`] when there is nobody of that name, or the index cannot be read.
pub fn dossier(engine: &dyn Engine, asked: &Asked) -> Result<Dossier, Failure> {
    let began = Instant::now();
    if !(1..=2).contains(&asked.names.len()) {
        return Err(Failure::Names(asked.names.len()));
    }
    let calendar = engine.calendar(asked.deadline / FOR_COPIES)?;
    let mut partial = None;
    let mut all: Vec<Gathered> = Vec::new();
    for (number, name) in asked.names.iter().enumerate() {
        // Whoever comes later has what is left.
        let left = asked.deadline.saturating_sub(began.elapsed()) / (asked.names.len() - number) as u32;
        let gathered = gathered(engine, asked, name, left, &calendar, &mut partial)?;
        if all.iter().any(|other| other.speaker.name == gathered.speaker.name) {
            return Err(Failure::OnePerson(gathered.speaker.name));
        }
        all.push(gathered);
    }
    let (every, stretches) = time::stretches(&all, asked.every, &calendar);
    let both = match all.as_slice() {
        [one, other] => Some(one.shared_with(other, engine, asked.latest)?),
        _ => None,
    };
    let against: Vec<Vec<Term>> = (0..all.len()).map(|at| spoken::against(&all, at, asked.most)).collect();
    let people = all.into_iter().zip(against).map(|(gathered, against)| Person { against, ..gathered.person(every, asked.most) });
    Ok(Dossier { people: people.collect(), every, stretches, both, partial, took: began.elapsed() })
}

/// Reads all that one person is quoted with.
fn gathered(
    engine: &dyn Engine,
    asked: &Asked,
    name: &str,
    left: Duration,
    calendar: &Arc<Calendar>,
    partial: &mut Option<String>,
) -> Result<Gathered, Failure> {
    let began = Instant::now();
    let counting = Counting {
        query: asked.query.clone(),
        by: Some(name.to_owned()),
        speech: asked.speech.clone(),
        limit: Some(MOST_OTHERS + 1),
        skip: 0,
        order: SpeakerOrder::Count,
        terms: asked.most,
        deadline: left / 2,
        caller: asked.caller.clone(),
    };
    let known = engine.speakers(&counting)?;
    let mut speakers = known.speakers.into_iter();
    let Some(speaker) = speakers.next() else {
        // Somebody may be quoted otherwise, or in other words.
        let (name, narrowed) = (name.to_owned(), asked.query.is_some() || asked.speech != Speech::usual());
        return Err(Failure::Nobody { name, near: known.near, narrowed, partial: known.summary.partial });
    };
    *partial = partial.take().or(known.summary.partial);
    let others = speakers.map(|other| other.name).collect();
    let mut gathered = Gathered::new(speaker, others, asked.latest, Arc::clone(calendar));
    let quoting = Quoting {
        query: asked.query.clone(),
        by: Some(gathered.speaker.name.clone()),
        speech: asked.speech.clone(),
        limit: None,
        sort: Sort::Newest,
        after: None,
        deadline: left.saturating_sub(began.elapsed()),
        caller: asked.caller.clone(),
    };
    let summary = engine.quotations_in_company(&quoting, &mut |quotation, others| {
        gathered.take(quotation, others);
        if asked.caller.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    *partial = partial.take().or(summary.partial);
    if asked.caller.is_gone() {
        partial.get_or_insert_with(|| "nobody waits for the answer any more".to_owned());
    }
    Ok(gathered)
}

/// Others of a name that are told of.
const MOST_OTHERS: usize = 9;
