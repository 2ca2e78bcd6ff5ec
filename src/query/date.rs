//! Days asked for: `2025`, `2025-03`, `2025-03-10..2025-03-14`, `>2024`, `last-week`.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::fmt;

/// An inclusive range of days, each written `yyyymmdd`, with the text it was asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRange {
    /// First day, `yyyymmdd`.
    pub from: u32,
    /// Last day, `yyyymmdd`.
    pub to: u32,
}

/// The day that relative dates count from, `yyyymmdd`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today(pub u32);

impl Today {
    /// The day by the system's clock, in UTC.
    pub fn from_clock() -> Today {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Today::at(since.map_or(0, |since| since.as_secs()))
    }

    /// Days from `day` (as 20250314) to this one; negative when it is later, 0 when one of them is no day.
    pub fn days_since(self, day: u32) -> i64 {
        let (Some(from), Some(to)) = (date(day), date(self.0)) else { return 0 };
        to.duration_since(from).as_hours() / 24
    }

    /// The day so many seconds after the beginning of 1970-01-01.
    fn at(seconds: u64) -> Today {
        let then = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        Today(written(TimeZone::UTC.to_datetime(then.unwrap_or_default()).date()).unwrap_or(LAST))
    }

    /// Reads `2025-03-14`.
    pub fn read(text: &str) -> Option<Today> {
        whole(text).filter(|days| days.from == days.to).map(|day| Today(day.from))
    }
}

const FIRST: u32 = 1_01_01;
const LAST: u32 = 9999_12_31;

impl DateRange {
    /// Reads what stands after `date:`; `None` when it is no date.
    pub fn read(text: &str, today: Today) -> Option<DateRange> {
        DateRange::read_any(text, today).filter(|range| range.from <= range.to)
    }

    /// The range as written, whichever end comes first.
    fn read_any(text: &str, today: Today) -> Option<DateRange> {
        if let Some(range) = relative(text, today) {
            return Some(range);
        }
        if let Some((from, to)) = text.split_once("..") {
            let from = if from.is_empty() { FIRST } else { whole(from)?.from };
            let to = if to.is_empty() { LAST } else { whole(to)?.to };
            return Some(DateRange { from, to });
        }
        if let Some(rest) = text.strip_prefix(">=") {
            return Some(DateRange { from: whole(rest)?.from, to: LAST });
        }
        if let Some(rest) = text.strip_prefix("<=") {
            return Some(DateRange { from: FIRST, to: whole(rest)?.to });
        }
        if let Some(rest) = text.strip_prefix('>') {
            return Some(DateRange { from: days_after(whole(rest)?.to, 1)?, to: LAST });
        }
        if let Some(rest) = text.strip_prefix('<') {
            return Some(DateRange { from: FIRST, to: days_after(whole(rest)?.from, -1)? });
        }
        whole(text)
    }

    /// The days a date of publication may mean: `2025-03` is the whole of March.
    pub fn of_published(date: &str) -> Option<DateRange> {
        whole(date.split('T').next()?)
    }

    /// True when every day of `other` is within this range.
    pub fn contains(&self, other: &DateRange) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |d: u32| format!("{:04}-{:02}-{:02}", d / 10_000, d / 100 % 100, d % 100);
        match (self.from, self.to) {
            (from, to) if from == to => write!(f, "{}", day(from)),
            (FIRST, to) => write!(f, "..{}", day(to)),
            (from, LAST) => write!(f, "{}..", day(from)),
            (from, to) => write!(f, "{}..{}", day(from), day(to)),
        }
    }
}

/// A year, a month or a day.
pub(super) fn whole(text: &str) -> Option<DateRange> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    if parts.len() > 3 || !parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())) || parts[0].len() != 4 {
        return None;
    }
    let number = |i: usize| parts.get(i).map(|p| p.parse::<u32>()).transpose().ok();
    let (year, month, day) = (number(0)??, number(1)?, number(2)?);
    match (month, day) {
        (None, _) => Some(DateRange { from: year * 10_000 + 101, to: year * 10_000 + 1231 }),
        (Some(m), None) if (1..=12).contains(&m) => {
            let first = date(year * 10_000 + m * 100 + 1)?;
            Some(DateRange { from: written(first)?, to: written(first.last_of_month())? })
        }
        (Some(m), Some(d)) if (1..=12).contains(&m) && (1..=31).contains(&d) => {
            let day = written(date(year * 10_000 + m * 100 + d)?)?;
            Some(DateRange { from: day, to: day })
        }
        _ => None,
    }
}

fn relative(text: &str, Today(today): Today) -> Option<DateRange> {
    let (from, to) = match text.to_ascii_lowercase().as_str() {
        "today" => (0, 0),
        "yesterday" => (-1, -1),
        "last-week" => (-7, 0),
        "last-month" => (-30, 0),
        "last-year" => (-365, 0),
        _ => return None,
    };
    Some(DateRange { from: days_after(today, from)?, to: days_after(today, to)? })
}

/// The day so many days after `day`; `None` outside the years 0 to 9999.
fn days_after(day: u32, days: i64) -> Option<u32> {
    written(date(day)?.checked_add(days.days()).ok()?)
}

/// The day that `yyyymmdd` means, if it is one.
fn date(day: u32) -> Option<Date> {
    let part = |number: u32| i8::try_from(number % 100).ok();
    Date::new(i16::try_from(day / 10_000).ok()?, part(day / 100)?, part(day)?).ok()
}

/// A day as `yyyymmdd`; `None` before the year 0.
fn written(date: Date) -> Option<u32> {
    let year = u32::try_from(date.year()).ok()?;
    Some(year * 10_000 + u32::from(date.month().unsigned_abs()) * 100 + u32::from(date.day().unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_gives_the_right_day() {
        for (days, expected) in [(0, 1970_01_01), (20_515, 2026_03_03), (11_016, 2000_02_29)] {
            assert_eq!(Today::at(days * 86_400), Today(expected));
            assert_eq!(Today::at(days * 86_400 + 86_399), Today(expected));
        }
    }

    #[test]
    fn days_between_dates() {
        assert_eq!(Today(2025_03_01).days_since(2025_02_28), 1);
        assert_eq!(Today(2024_03_01).days_since(2024_02_28), 2);
        assert_eq!(Today(2000_01_01).days_since(1900_01_01), 36_524);
        assert_eq!(Today(2024_12_31).days_since(2025_01_01), -1);
    }

    #[test]
    fn dates_are_read_as_typed() {
        for (text, expected) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-03-10..2025-03-14", "2025-03-10..2025-03-14"),
            (">2024", "2025-01-01.."),
            ("<2025-03", "..2025-02-28"),
            ("last-week", "2025-02-26..2025-03-05"),
            ("yesterday", "2025-03-04"),
        ] {
            let range = DateRange::read(text, Today(2025_03_05)).unwrap();
            assert_eq!(range.to_string(), expected, "{text}");
            assert_eq!(DateRange::read(expected, Today(2025_03_05)), Some(range));
        }
        for text in ["2025-13", "2025-02-30", "soon", "", "25", "2025..2024", ">9999", "<0001", "<0000"] {
            assert_eq!(DateRange::read(text, Today(2025_03_05)), None, "{text}");
        }
    }
}
