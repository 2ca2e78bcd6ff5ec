//! Quotations over time: stretches from the first in which one of the people speaks to the last.

use super::spoken::Gathered;
use crate::day::{Day, Days};
use crate::engine::{Calendar, Printed};
use crate::timeline::{Every, MOST};
use std::collections::BTreeMap;

/// Months of more years than these are counted as years.
const MOST_MONTHS: usize = 72;

/// A stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// `2025`, `2025-03`, `2025-03-14`; of a week its Monday.
    pub name: String,
    /// Everything the index holds of it: of nothing, nothing can be said.
    pub printed: Printed,
    /// How much each of the people speaks.
    pub spoke: Vec<Spoke>,
}

impl Stretch {
    /// True where the index holds no article.
    pub fn is_gap(&self) -> bool {
        self.printed.articles == 0
    }
}

/// How much somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spoke {
    /// Quotations.
    pub quotations: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Quotations in first printings of a story alone.
    pub quotations_once: usize,
    /// Those articles.
    pub articles_once: usize,
}

impl Spoke {
    pub(super) fn add(&mut self, is_new: bool, is_first: bool) {
        self.quotations += 1;
        self.articles += usize::from(is_new);
        self.quotations_once += usize::from(is_first);
        self.articles_once += usize::from(is_new && is_first);
    }
}

impl std::ops::AddAssign for Spoke {
    fn add_assign(&mut self, other: Spoke) {
        self.quotations += other.quotations;
        self.articles += other.articles;
        self.quotations_once += other.quotations_once;
        self.articles_once += other.articles_once;
    }
}

impl std::iter::Sum for Spoke {
    fn sum<I: Iterator<Item = Spoke>>(all: I) -> Spoke {
        all.fold(Spoke::default(), |mut sum, next| {
            sum += next;
            sum
        })
    }
}

/// The stretches in which these people speak and those between, and how long they are.
pub(super) fn stretches(people: &[Gathered], wanted: Option<Every>, calendar: &Calendar) -> (Every, Vec<Stretch>) {
    let days: Vec<Days> = people.iter().flat_map(|person| person.days.keys().flatten().copied()).collect();
    let fits = |every: Every| -> Option<(Day, Day)> {
        let starts = days.iter().filter_map(|days| every.start_of(*days));
        starts.clone().min().zip(starts.max())
    };
    let many = |every: Every| fits(every).map_or(0, |(first, last)| every.between(first, last) + 1);
    let every = match wanted {
        Some(every) if many(every) <= MOST => every,
        None if many(Every::Month) <= MOST_MONTHS && many(Every::Month) > 0 => Every::Month,
        _ => Every::Year,
    };
    let Some((first, last)) = fits(every) else { return (every, Vec::new()) };
    let spoken: Vec<BTreeMap<Day, Spoke>> = people.iter().map(|person| by_start(every, &person.days)).collect();
    let mut printed: BTreeMap<Day, Printed> = BTreeMap::new();
    for (days, of) in &calendar.printed {
        if let Some(start) = days.and_then(|days| every.start_of(days)) {
            *printed.entry(start).or_default() += *of;
        }
    }
    let starts = std::iter::successors(Some(first), |start| every.next(*start)).take_while(|start| *start <= last).take(2 * MOST);
    let stretch = |start: Day| Stretch {
        name: every.name(start),
        printed: printed.get(&start).copied().unwrap_or_default(),
        spoke: spoken.iter().map(|of| of.get(&start).copied().unwrap_or_default()).collect(),
    };
    (every, starts.map(stretch).collect())
}

fn by_start(every: Every, days: &BTreeMap<Option<Days>, Spoke>) -> BTreeMap<Day, Spoke> {
    let mut of: BTreeMap<Day, Spoke> = BTreeMap::new();
    for (days, spoke) in days {
        if let Some(start) = days.and_then(|days| every.start_of(days)) {
            *of.entry(start).or_default() += *spoke;
        }
    }
    of
}
