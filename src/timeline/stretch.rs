//! The stretches that time is cut into.

use crate::day::{Day, Days};

/// How long a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// A day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// Any Monday.
const MONDAY: Day = Day::constant(2024, 1, 1);

impl Every {
    /// The names of the stretches, on every command line and in every address.
    pub const NAMES: [&'static str; 4] = ["day", "week", "month", "year"];

    /// The stretch of this name.
    pub fn named(name: &str) -> Option<Every> {
        let at = Every::NAMES.iter().position(|known| *known == name)?;
        Some([Every::Day, Every::Week, Every::Month, Every::Year][at])
    }

    /// The first day of the stretch that `day` lies in.
    pub fn start(self, day: Day) -> Day {
        let first_of = |year: u32, month: u32| Day::new(year as u16, month as u8, 1).unwrap_or(day);
        match self {
            Every::Day => day,
            Every::Week => day.days_on(-day.days_since(MONDAY).rem_euclid(7)).unwrap_or(day),
            Every::Month => first_of(day.year(), day.month()),
            Every::Year => first_of(day.year(), 1),
        }
    }

    /// The first day of the stretch in which all of `days` lie, if there is one.
    pub fn start_of(self, days: Days) -> Option<Day> {
        let start = self.start(days.from);
        (self.start(days.to) == start).then_some(start)
    }

    /// The first day of the stretch after the one that begins with `start`.
    pub fn next(self, start: Day) -> Option<Day> {
        let days = match self {
            Every::Day => 1,
            Every::Week => 7,
            Every::Month => 31,
            Every::Year => 366,
        };
        start.days_on(days).map(|day| self.start(day))
    }

    /// How many stretches on the one that begins with `to` comes after the one that begins with `from`.
    pub fn between(self, from: Day, to: Day) -> usize {
        let days = to.days_since(from).max(0) as usize;
        let months = |day: Day| (day.year() * 12 + day.month()) as usize;
        match self {
            Every::Day => days,
            Every::Week => days / 7,
            Every::Month => months(to).saturating_sub(months(from)),
            Every::Year => (to.year() as usize).saturating_sub(from.year() as usize),
        }
    }

    /// What the stretch that begins with `start` is called: as precise as it is long, a week by its Monday.
    pub fn name(self, start: Day) -> String {
        match self {
            Every::Day | Every::Week => start.to_string(),
            Every::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Every::Year => format!("{:04}", start.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_follow_each_other_without_a_gap() {
        for every in [Every::Day, Every::Week, Every::Month, Every::Year] {
            let first = every.start(Day::constant(1999, 12, 31));
            let mut start = first;
            for number in 1..3_000 {
                let next = every.next(start).unwrap();
                // The day before is still of the one before.
                assert!(next > start && every.start(next.days_on(-1).unwrap()) == start && every.start(next) == next);
                assert_eq!(every.between(first, next), number, "{every:?} {next}");
                start = next;
            }
        }
        assert_eq!(Every::Week.start(Day::constant(2025, 3, 16)), Day::constant(2025, 3, 10));
    }

    #[test]
    fn a_month_is_of_no_week_and_of_one_year() {
        let days = |text: &str| Days::read(text).unwrap();
        assert_eq!(Every::Week.start_of(days("2025-03")), None);
        assert_eq!(Every::Year.start_of(days("2025-03")), Some(Day::constant(2025, 1, 1)));
        assert_eq!(Every::Month.start_of(days("2025")), None);
    }
}
