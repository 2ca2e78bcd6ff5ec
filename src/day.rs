//! When was that? Days of the calendar, and stretches of them.
//!
//! A [`Day`] is one number, so that millions are compared without a look at the calendar; only its arithmetic asks jiff. What is not known is
//! `None`: no day stands for it.

mod months;

pub use months::MONTHS;

use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;
use std::num::NonZeroU32;

/// A day of the years 0 to 9999; the earlier is the less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NonZeroU32);

impl Day {
    /// The first day that an open beginning reaches back to.
    pub const FIRST: Day = Day::constant(1, 1, 1);
    /// The last day there is.
    pub const LAST: Day = Day::constant(9999, 12, 31);

    /// The day, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().and_then(Day::from_date)
    }

    /// The same for days written in a program.
    ///
    /// # Panics
    /// When the calendar has no such day.
    pub const fn constant(year: u16, month: u8, day: u8) -> Day {
        assert!(year <= 9999 && month <= 12 && day <= 31);
        let _there_is = jiff::civil::date(year as i16, month as i8, day as i8);
        Day(NonZeroU32::new(year as u32 * YEAR + month as u32 * 100 + day as u32).expect("a month is at least 1"))
    }

    /// The day of a date of jiff; `None` before the year 0.
    pub fn from_date(date: Date) -> Option<Day> {
        let year = u32::try_from(date.year()).ok()?;
        let (month, day) = (u32::from(date.month().unsigned_abs()), u32::from(date.day().unsigned_abs()));
        NonZeroU32::new(year * YEAR + month * 100 + day).map(Day)
    }

    /// The year.
    pub fn year(self) -> u32 {
        self.0.get() / YEAR
    }

    /// January is 1.
    pub fn month(self) -> u32 {
        self.0.get() / 100 % 100
    }

    /// The day so many days on, or back; `None` outside the years 0 to 9999.
    pub fn days_on(self, days: i64) -> Option<Day> {
        Day::from_date(self.date()?.checked_add(days.days()).ok()?)
    }

    /// Days from `earlier` to this one; negative when it is later.
    pub fn days_since(self, earlier: Day) -> i64 {
        let (Some(from), Some(to)) = (earlier.date(), self.date()) else { return 0 };
        to.duration_since(from).as_hours() / 24
    }

    /// `None` for what only a damaged index holds.
    fn date(self) -> Option<Date> {
        let part = |number: u32| i8::try_from(number % 100).ok();
        Date::new(i16::try_from(self.year()).ok()?, part(self.month())?, part(self.0.get())?).ok()
    }
}

/// What the number of a day, its digits read as one, grows by in a year.
const YEAR: u32 = 10_000;

impl fmt::Display for Day {
    /// `2025-03-14`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.0.get() % 100)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A date of publication (ISO 8601) as people write it: `14 March 2025`, as precise as it is known; the time of day is left out.
pub fn in_words(published: &str) -> String {
    let mut parts = published.get(..published.len().min(10)).unwrap_or(published).split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let day = parts.next().and_then(|day| day.parse::<u8>().ok());
    match (month, day) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => year.to_owned(),
    }
}

/// Days from one to another, both included: those asked for, or those on one of which an article was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

impl Days {
    /// Reads a year, a month or a day: `2025-03` is the whole of March.
    pub fn read(text: &str) -> Option<Days> {
        let parts: Vec<&str> = text.split(['-', '/']).collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.len() > 3 || parts[0].len() != 4 || !parts.iter().all(digits) {
            return None;
        }
        let year = parts[0].parse().ok()?;
        let number = |part: &&str| part.parse::<u8>().ok();
        match parts.get(1..)? {
            [] => Some(Days { from: Day::new(year, 1, 1)?, to: Day::new(year, 12, 31)? }),
            [month] => {
                let from = Day::new(year, number(month)?, 1)?;
                Some(Days { from, to: Day::from_date(from.date()?.last_of_month())? })
            }
            [month, day, ..] => Day::new(year, number(month)?, number(day)?).map(Days::from),
        }
    }

    /// The days that a date of publication may mean; the time of day is left out.
    pub fn of_published(date: &str) -> Option<Days> {
        Days::read(date.split('T').next()?)
    }

    /// As a date of publication: `2025-03-14`, or the month or the year alone where no more is known.
    pub fn as_published(self) -> String {
        let Days { from, to } = self;
        if from == to {
            from.to_string()
        } else if (from.year(), from.month()) == (to.year(), to.month()) {
            format!("{:04}-{:02}", from.year(), from.month())
        } else {
            format!("{:04}", from.year())
        }
    }

    /// The only day of these, if there is one alone.
    pub fn single(self) -> Option<Day> {
        (self.from == self.to).then_some(self.from)
    }

    /// True when every day of `other` is one of these.
    pub fn contains(self, other: Days) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// From the first of both to the last of both.
    pub fn and(self, other: Days) -> Days {
        Days { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// True when no more than a year lies between these and `other`.
    pub fn within_a_year(self, other: Days) -> bool {
        let year_on = |day: Day| day.0.get() + YEAR;
        self.from.0.get() <= year_on(other.to) && other.from.0.get() <= year_on(self.to)
    }

    /// Both days in one number, as an index stores them.
    pub fn packed(self) -> u64 {
        u64::from(self.from.0.get()) << 32 | u64::from(self.to.0.get())
    }

    /// The days that were [`packed`](Days::packed); `None` for 0.
    pub fn unpacked(number: u64) -> Option<Days> {
        let day = |number: u64| NonZeroU32::new(number as u32).map(Day);
        Some(Days { from: day(number >> 32)?, to: day(number)? })
    }
}

impl From<Day> for Days {
    fn from(day: Day) -> Days {
        Days { from: day, to: day }
    }
}

impl fmt::Display for Days {
    /// As a query has them after `date:`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (from, to) if from == to => write!(f, "{from}"),
            (Day::FIRST, to) => write!(f, "..{to}"),
            (from, Day::LAST) => write!(f, "{from}.."),
            (from, to) => write!(f, "{from}..{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Days {
        Days::read(text).unwrap()
    }

    #[test]
    fn a_year_a_month_or_a_day_is_read() {
        assert_eq!(days("2025"), Days { from: Day::constant(2025, 1, 1), to: Day::constant(2025, 12, 31) });
        assert_eq!(days("2024-02"), Days { from: Day::constant(2024, 2, 1), to: Day::constant(2024, 2, 29) });
        assert_eq!(days("2025/3/4").to_string(), "2025-03-04");
        assert_eq!(Days::of_published("2025-03-14T09:30:00Z"), Some(days("2025-03-14")));
        for text in ["", "25", "2025-13", "2025-02-30", "2025-00", "2025-3-4-5", "2025-", "2025-1000", "soon"] {
            assert_eq!(Days::read(text), None, "{text}");
        }
        for text in ["2025", "2025-02", "2025-02-03", "0000"] {
            assert_eq!(days(text).as_published(), text);
        }
    }

    #[test]
    fn days_are_counted_by_the_calendar() {
        let since = |later: (u16, u8, u8), earlier: (u16, u8, u8)| {
            Day::constant(later.0, later.1, later.2).days_since(Day::constant(earlier.0, earlier.1, earlier.2))
        };
        assert_eq!(since((2025, 3, 1), (2025, 2, 28)), 1);
        assert_eq!(since((2024, 3, 1), (2024, 2, 28)), 2);
        assert_eq!(since((2000, 1, 1), (1900, 1, 1)), 36_524);
        assert_eq!(since((2024, 12, 31), (2025, 1, 1)), -1);
        assert_eq!(Day::constant(2024, 2, 28).days_on(2), Some(Day::constant(2024, 3, 1)));
        assert_eq!(Day::LAST.days_on(1), None);
    }

    #[test]
    fn a_number_in_the_index_holds_both_days() {
        assert_eq!(size_of::<Option<Days>>(), size_of::<u64>());
        assert_eq!(days("2025-03").packed(), 2025_03_01 << 32 | 2025_03_31);
        assert_eq!(Days::unpacked(days("2025-03").packed()), Some(days("2025-03")));
        assert_eq!(Days::unpacked(0), None);
    }

    #[test]
    fn times_meet_when_a_year_or_less_lies_between() {
        assert!(days("2024-03-14").within_a_year(days("2025-03-14")));
        assert!(days("2025-03-14").within_a_year(days("2024-03-14")));
        assert!(!days("2024-03-14").within_a_year(days("2025-03-15")));
        assert!(!days("2025-03-15").within_a_year(days("2024-03-14")));
    }
}
