//! Days asked for: `2025`, `2025-03`, `2025-03-10..2025-03-14`, `>2024`, `last-week`.

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
        Today::of_days(since.map_or(0, |since| since.as_secs() / 86_400))
    }

    /// Days from `day` (as 20250314) to this one; negative when it is later.
    pub fn days_since(self, day: u32) -> i64 {
        day_number(self.0) - day_number(day)
    }

    /// The day so many days after 1970-01-01: Howard Hinnant's `civil_from_days`, for days of the common era.
    fn of_days(days: u64) -> Today {
        let days = days + 719_468;
        let era_day = days % 146_097;
        let era_year = (era_day - era_day / 1460 + era_day / 36_524 - era_day / 146_096) / 365;
        let year_day = era_day - (365 * era_year + era_year / 4 - era_year / 100);
        let month = (5 * year_day + 2) / 153;
        let day = year_day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era_year + days / 146_097 * 400 + u64::from(month <= 2);
        Today((year * 10_000 + month * 100 + day) as u32)
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
            return Some(DateRange { from: next_day(whole(rest)?.to), to: LAST });
        }
        if let Some(rest) = text.strip_prefix('<') {
            return Some(DateRange { from: FIRST, to: previous_day(whole(rest)?.from) });
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
            let month = year * 10_000 + m * 100;
            Some(DateRange { from: month + 1, to: month + days_in(year, m) })
        }
        (Some(m), Some(d)) if (1..=12).contains(&m) && (1..=days_in(year, m)).contains(&d) => {
            let day = year * 10_000 + m * 100 + d;
            Some(DateRange { from: day, to: day })
        }
        _ => None,
    }
}

fn relative(text: &str, Today(today): Today) -> Option<DateRange> {
    let back = |days: u32| (0..days).fold(today, |day, _| previous_day(day));
    let (from, to) = match text.to_ascii_lowercase().as_str() {
        "today" => (today, today),
        "yesterday" => (back(1), back(1)),
        "last-week" => (back(7), today),
        "last-month" => (back(30), today),
        "last-year" => (back(365), today),
        _ => return None,
    };
    Some(DateRange { from, to })
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1 March of the year 0 to `day` (as 20250314), by the algorithm of H. Hinnant, "chrono-compatible low-level date
/// algorithms" (2014): years begin in March, so that the leap day comes last.
fn day_number(day: u32) -> i64 {
    let (year, month, day) = (i64::from(day / 10_000), i64::from(day / 100 % 100), i64::from(day % 100));
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
}

fn next_day(day: u32) -> u32 {
    let (y, m, d) = (day / 10_000, day / 100 % 100, day % 100);
    if d < days_in(y, m) {
        day + 1
    } else if m < 12 {
        y * 10_000 + (m + 1) * 100 + 1
    } else {
        (y + 1) * 10_000 + 101
    }
}

fn previous_day(day: u32) -> u32 {
    let (y, m, d) = (day / 10_000, day / 100 % 100, day % 100);
    if d > 1 {
        day - 1
    } else if m > 1 {
        y * 10_000 + (m - 1) * 100 + days_in(y, m - 1)
    } else {
        y.saturating_sub(1) * 10_000 + 1231
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_gives_the_right_day() {
        assert_eq!(Today::of_days(0), Today(1970_01_01));
        assert_eq!(Today::of_days(20_515), Today(2026_03_03));
        assert_eq!(Today::of_days(11_016), Today(2000_02_29));
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
        for text in ["2025-13", "2025-02-30", "soon", "", "25", "2025..2024", ">9999", "<0001"] {
            assert_eq!(DateRange::read(text, Today(2025_03_05)), None, "{text}");
        }
    }
}
