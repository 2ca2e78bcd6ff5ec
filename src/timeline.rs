//! How much is written about it, and how much is written at all?
//!
//! Takes queries and an engine and gives a [`Timeline`]: for each stretch of time what answers each query, beside all that was printed then. A
//! stretch in which nothing answers has zeroes; one from which the index holds no article at all has no figures, for nothing can be said of it.
//! Copies are counted each, and in [`Counts::once`] only where an article is the first printing of its story, if an engine can tell.

mod stretch;

pub use crate::engine::Printed;
pub use stretch::Every;

use crate::day::{Day, Days};
use crate::engine::{Calendar, Caller, Engine, Error, Search, Sort};
use crate::query::Query;
use crate::results::{RankedPassage, Summary};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

/// Most stretches of a timeline: thirteen years of days.
pub const MOST: usize = 5_000;

/// What is to be counted.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How long the stretches are.
    pub every: Every,
    /// Only these days; all that the index holds if none.
    pub within: Option<Days>,
    /// First printings are to be counted, too, where the engine has to find them first.
    pub once: bool,
    /// Time for each query, and to find first printings.
    pub deadline: Duration,
    /// Who asks.
    pub caller: Caller,
}

/// Queries over time.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// All stretches from the first to the last, those without an article too.
    pub stretches: Vec<Stretch>,
    /// What came of each query, in the order they were given.
    pub curves: Vec<Curve>,
    /// Why first printings are not counted, where they are not: then [`Counts::once`] is empty.
    pub untold: Option<String>,
}

/// A stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub from: Day,
    /// `2025`, `2025-03`, `2025-03-14`; of a week its Monday.
    pub name: String,
    /// Everything the index holds of it; nothing is a gap.
    pub printed: Printed,
}

/// What answers one query.
#[derive(Debug, Clone, Default)]
pub struct Curve {
    /// For each stretch.
    pub counts: Vec<Counts>,
    /// What has no date, or none as precise as the stretches.
    pub undated: Counts,
    /// All of the answer, whenever it was printed.
    pub summary: Summary,
}

/// How much of an answer there is, copies counted each and once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Of all articles.
    pub each: Figures,
    /// Of first printings alone.
    pub once: Figures,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Marked places.
    pub mentions: u64,
    /// Passages they stand in.
    pub passages: u64,
    /// Articles those are of.
    pub articles: u64,
}

/// The index holds articles of so many stretches that nobody could look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub usize);

impl std::fmt::Display for TooMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the time wanted has {} stretches; the limit is {MOST}\nhint: give longer stretches, or the days from and to",
            self.0
        )
    }
}

impl std::error::Error for TooMany {}

/// Why there is no timeline.
#[derive(Debug)]
pub enum Failure {
    /// It would be too long.
    TooMany(TooMany),
    /// The index cannot be read.
    Engine(Error),
}

impl Figures {
    fn add(&mut self, passage: &RankedPassage, is_new: bool) {
        self.mentions += passage.matches.len() as u64;
        self.passages += 1;
        self.articles += u64::from(is_new);
    }
}

/// All stretches of a timeline over an index.
///
/// # Errors
/// [`TooMany`] of them.
fn stretches(calendar: &Calendar, asked: &Asked) -> Result<Vec<Stretch>, TooMany> {
    let mut of: BTreeMap<Day, Printed> = BTreeMap::new();
    for (days, printed) in &calendar.printed {
        if let Some(start) = days.and_then(|days| asked.start_of(days)) {
            *of.entry(start).or_default() += *printed;
        }
    }
    let ends = of.keys().next().zip(of.keys().next_back()).map(|(first, last)| (*first, *last));
    let Some((mut first, mut last)) = ends else { return Ok(Vec::new()) };
    if let Some(within) = asked.within {
        // An end that is left open reaches as far as the index does.
        first = if within.from == Day::FIRST { first } else { asked.every.start(within.from) };
        last = if within.to == Day::LAST { last } else { asked.every.start(within.to) };
    }
    if last < first {
        return Ok(Vec::new());
    }
    let many = asked.every.between(first, last) + 1;
    if many > MOST {
        return Err(TooMany(many));
    }
    let starts = std::iter::successors(Some(first), |start| asked.every.next(*start)).take_while(|start| *start <= last);
    let printed = |start: &Day| of.get(start).copied().unwrap_or_default();
    Ok(starts.map(|from| Stretch { from, name: asked.every.name(from), printed: printed(&from) }).collect())
}

impl Asked {
    /// The days from the first of one to the last of another, where at least one of them is given.
    pub fn within(from: Option<Days>, to: Option<Days>) -> Option<Days> {
        from.or(to)?;
        Some(Days { from: from.map_or(Day::FIRST, |days| days.from), to: to.map_or(Day::LAST, |days| days.to) })
    }

    /// The first day of the stretch in which all of `days` lie, if they are wanted.
    fn start_of(&self, days: Days) -> Option<Day> {
        self.every.start_of(days).filter(|_| self.within.is_none_or(|within| within.contains(days)))
    }
}

/// Counts what answers each of `queries` over time; nothing answers one in which nothing could be looked for.
///
/// # Errors
/// [`Failure::TooMany`] stretches, or when the index cannot be read.
pub fn timeline<'a>(
    engine: &dyn Engine,
    queries: impl Iterator<Item = Option<&'a Query>>,
    asked: &Asked,
) -> Result<Timeline, Failure> {
    let for_copies = if asked.once { asked.deadline } else { Duration::ZERO };
    let calendar = engine.calendar(for_copies).map_err(Failure::Engine)?;
    let stretches = stretches(&calendar, asked).map_err(Failure::TooMany)?;
    let curves = queries.map(|query| match query {
        Some(query) => curve(engine, &calendar, &stretches, query, asked).map_err(Failure::Engine),
        None => Ok(Curve { counts: vec![Counts::default(); stretches.len()], ..Curve::default() }),
    });
    Ok(Timeline { curves: curves.collect::<Result<_, _>>()?, stretches, untold: calendar.repeated.as_ref().err().cloned() })
}

/// Counts what answers `query` in each of `stretches`.
///
/// # Errors
/// [`Error`] when the index cannot be read.
fn curve(engine: &dyn Engine, calendar: &Calendar, stretches: &[Stretch], query: &Query, asked: &Asked) -> Result<Curve, Error> {
    let mut counts: BTreeMap<Day, Counts> = BTreeMap::new();
    let (mut undated, mut last) = (Counts::default(), None);
    // By date, so that the passages of an article come one after another.
    let (sort, deadline, caller) = (Sort::Oldest, asked.deadline, asked.caller.clone());
    let search = Search { sort, deadline, caller: caller.clone(), ..Search::all(query.clone()) };
    let summary = engine.search(&search, &mut |passage| {
        let is_new = last.replace(passage.article) != Some(passage.article);
        let days = passage.facts.published.as_deref().and_then(Days::of_published);
        let counted = match days.map(|days| (days, asked.every.start_of(days))) {
            // Outside of what is wanted.
            Some((days, Some(_))) if asked.start_of(days).is_none() => return go_on(&caller),
            Some((_, Some(start))) => counts.entry(start).or_default(),
            _ => &mut undated,
        };
        counted.each.add(&passage, is_new);
        if calendar.is_first(passage.article) == Some(true) {
            counted.once.add(&passage, is_new);
        }
        go_on(&caller)
    })?;
    let counts = stretches.iter().map(|stretch| counts.get(&stretch.from).copied().unwrap_or_default()).collect();
    Ok(Curve { counts, undated, summary })
}

fn go_on(caller: &Caller) -> ControlFlow<()> {
    if caller.is_gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

impl Timeline {
    /// The same in at most so many stretches: neighbours are added up, and are called as the first of them.
    pub fn narrowed(&self, most: usize) -> Timeline {
        let each = self.stretches.len().div_ceil(most.max(1)).max(1);
        let stretches = self.stretches.chunks(each).map(|some| {
            let mut all = some[0].clone();
            some[1..].iter().for_each(|other| all.printed += other.printed);
            all
        });
        let counts = |curve: &Curve| curve.counts.chunks(each).map(|some| some.iter().copied().sum()).collect();
        let curves = self.curves.iter().map(|curve| Curve { counts: counts(curve), ..curve.clone() });
        Timeline { stretches: stretches.collect(), curves: curves.collect(), untold: self.untold.clone() }
    }

    /// The values of a curve, none where there is a gap. `once`: of first printings alone; none at all where those are not told.
    pub fn values(&self, curve: &Curve, measure: Measure, once: bool) -> Vec<Option<f64>> {
        let both = curve.counts.iter().zip(&self.stretches);
        both.map(|(counts, stretch)| measure.of(counts, &stretch.printed, once)).collect()
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(all: I) -> Counts {
        let add = |one: Figures, other: Figures| Figures {
            mentions: one.mentions + other.mentions,
            passages: one.passages + other.passages,
            articles: one.articles + other.articles,
        };
        all.fold(Counts::default(), |sum, next| Counts { each: add(sum.each, next.each), once: add(sum.once, next.once) })
    }
}

/// What of a curve is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Marked places.
    Mentions,
    /// Passages.
    Passages,
    /// Articles.
    Articles,
    /// Articles, of a hundred that were printed.
    Share,
    /// Marked places in a million words that were printed.
    PerMillion,
}

impl Measure {
    /// The names of the measures, on every command line and in every address.
    pub const NAMES: [&'static str; 5] = ["mentions", "passages", "articles", "share", "per-million"];

    /// The measure of this name.
    pub fn named(name: &str) -> Option<Measure> {
        use Measure::{Articles, Mentions, Passages, PerMillion, Share};
        let at = Measure::NAMES.iter().position(|known| *known == name)?;
        Some([Mentions, Passages, Articles, Share, PerMillion][at])
    }

    /// What it counts, as people are told it.
    pub fn in_words(self) -> &'static str {
        ["mentions", "passages", "articles", "% of all articles", "mentions in a million words"][self as usize]
    }

    /// The value of a stretch; none of a gap, or where first printings are not told. `once`: of first printings alone.
    pub fn of(self, counts: &Counts, printed: &Printed, once: bool) -> Option<f64> {
        let (figures, articles, words) = if once {
            (counts.once, printed.stories, printed.story_words)
        } else {
            (counts.each, printed.articles, printed.words)
        };
        if articles == 0 {
            return None;
        }
        let part = |count: u64, of: u64, times: f64| if of == 0 { 0.0 } else { count as f64 * times / of as f64 };
        Some(match self {
            Measure::Mentions => figures.mentions as f64,
            Measure::Passages => figures.passages as f64,
            Measure::Articles => figures.articles as f64,
            Measure::Share => part(figures.articles, articles, 100.0),
            Measure::PerMillion => part(figures.mentions, words, 1e6),
        })
    }
}
