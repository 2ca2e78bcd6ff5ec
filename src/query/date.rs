//! Days asked for: `2025`, `2025-03`, `2025-03-10..2025-03-14`, `>2024`, `last-week`.

use crate::day::{Day, Days};
use jiff::{Timestamp, tz::TimeZone};

/// The day that relative dates count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today(pub Day);

impl Today {
    /// The day by the system's clock, in UTC.
    pub fn from_clock() -> Today {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Today::at(since.map_or(0, |since| since.as_secs()))
    }

    /// The day so many seconds after the beginning of 1970-01-01.
    fn at(seconds: u64) -> Today {
        let then = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        Today(Day::from_date(TimeZone::UTC.to_datetime(then.unwrap_or_default()).date()).unwrap_or(Day::LAST))
    }

    /// Reads `2025-03-14`.
    pub fn read(text: &str) -> Option<Today> {
        Days::read(text)?.single().map(Today)
    }
}

/// Reads what stands after `date:`; `None` when it is no date.
pub(super) fn asked(text: &str, today: Today) -> Option<Days> {
    as_written(text, today).filter(|days| days.from <= days.to)
}

/// The days as written, whichever end comes first.
fn as_written(text: &str, today: Today) -> Option<Days> {
    let (first, last) = (Day::FIRST, Day::LAST);
    if let Some((from, to)) = text.split_once("..") {
        let from = if from.is_empty() { first } else { Days::read(from)?.from };
        let to = if to.is_empty() { last } else { Days::read(to)?.to };
        return Some(Days { from, to });
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return Some(Days { from: limit(rest, today)?.from, to: last });
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Some(Days { from: first, to: limit(rest, today)?.to });
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Some(Days { from: limit(rest, today)?.to.days_on(1)?, to: last });
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some(Days { from: first, to: limit(rest, today)?.from.days_on(-1)? });
    }
    relative(text, today).or_else(|| Days::read(text))
}

/// What stands after a sign. `last-week` reaches up to today, and nothing is later; so it is the day a week ago that a sign compares with.
fn limit(text: &str, today: Today) -> Option<Days> {
    relative(text, today).map(|days| days.from.into()).or_else(|| Days::read(text))
}

fn relative(text: &str, Today(today): Today) -> Option<Days> {
    let (from, to) = match text.to_ascii_lowercase().as_str() {
        "today" => (0, 0),
        "yesterday" => (-1, -1),
        "last-week" => (-7, 0),
        "last-month" => (-30, 0),
        "last-year" => (-365, 0),
        _ => return None,
    };
    Some(Days { from: today.days_on(from)?, to: today.days_on(to)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_gives_the_right_day() {
        for (days, expected) in [(0, "1970-01-01"), (20_515, "2026-03-03"), (11_016, "2000-02-29")] {
            assert_eq!(Today::at(days * 86_400), Today::read(expected).unwrap());
            assert_eq!(Today::at(days * 86_400 + 86_399), Today::read(expected).unwrap());
        }
    }

    #[test]
    fn dates_are_read_as_typed() {
        let today = Today(Day::constant(2025, 3, 5));
        for (text, expected) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-03-10..2025-03-14", "2025-03-10..2025-03-14"),
            (">2024", "2025-01-01.."),
            ("<2025-03", "..2025-02-28"),
            ("last-week", "2025-02-26..2025-03-05"),
            ("yesterday", "2025-03-04"),
            // Beside a sign these words are the day they begin with.
            (">=last-week", "2025-02-26.."),
            (">last-week", "2025-02-27.."),
            (">Yesterday", "2025-03-05.."),
            ("<last-month", "..2025-02-02"),
            ("<=yesterday", "..2025-03-04"),
        ] {
            let days = asked(text, today).unwrap();
            assert_eq!(days.to_string(), expected, "{text}");
            assert_eq!(asked(expected, today), Some(days));
        }
        for text in ["2025-13", "2025-02-30", "soon", "", "25", "2025..2024", ">9999", "<0001", "<0000", ">soon"] {
            assert_eq!(asked(text, today), None, "{text}");
        }
    }
}
