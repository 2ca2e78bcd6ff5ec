//! The words and numbers of a date, and the orders in which year, month and day stand among them.

use super::{DateOrder, month};
use jiff::{Timestamp, tz::TimeZone};

pub(super) type Ymd = (i32, Option<u8>, Option<u8>);
/// Year, month, day; whether the order was a guess; the byte after it.
pub(super) type FoundDate = (Ymd, bool, usize);

/// Seconds or milliseconds since 1970, as some crawlers write.
pub(super) fn epoch(text: &str) -> Option<FoundDate> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let then = Timestamp::from_second(text[..10].parse().ok()?).ok()?;
    let date = TimeZone::UTC.to_datetime(then).date();
    Some(((date.year().into(), Some(date.month() as u8), Some(date.day() as u8)), false, text.len()))
}

/// The words and numbers of a text, with the byte after each.
pub(super) struct DateWords<'a> {
    list: Vec<(&'a str, usize)>,
    text: &'a str,
}

impl<'a> DateWords<'a> {
    pub fn new(text: &'a str) -> DateWords<'a> {
        let mut list = Vec::with_capacity(12);
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            let class = class(c);
            if class == 0 {
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some(&(at, next)) = chars.peek() {
                if self::class(next) != class {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            list.push((&text[start..end], end));
        }
        DateWords { list, text }
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let (word, _) = self.list.get(at)?;
        (word.len() <= 8).then_some(())?;
        Some((word.parse().ok()?, word.len()))
    }

    fn end(&self, at: usize) -> usize {
        self.list.get(at).map_or(self.text.len(), |(_, end)| *end)
    }

    /// `2024-05-03`, `2024/5/3`, `2024年5月3日`, `20240503T...`, `2024-05`, `2024`.
    pub fn year_first(&self) -> Option<FoundDate> {
        for at in 0..self.list.len() {
            let Some((number, digits)) = self.number(at) else { continue };
            if digits == 8 {
                let (y, m, d) = (number / 10_000, number / 100 % 100, number % 100);
                return Some(((y as i32, Some(m as u8), Some(d as u8)), false, self.end(at)));
            }
            if digits == 4 && self.joined(at) {
                let (month, digits) = self.number_after(at)?;
                if digits > 2 {
                    return None;
                }
                let day_at = at + if self.number(at + 1).is_some() { 2 } else { 3 };
                let day_at = if self.number(day_at).is_some() { day_at } else { day_at + 1 };
                let day =
                    self.number(day_at).filter(|(_, digits)| *digits <= 2 && self.joined(day_at - 1) || self.text.contains('日'));
                let end = self.end(if day.is_some() { day_at } else { at + 1 });
                return Some(((number as i32, Some(month as u8), day.map(|(day, _)| day as u8)), false, end));
            }
        }
        let alone = self.list.len() == 1 && self.list[0].0.len() == 4;
        let (year, _) = self.number(0).filter(|_| alone)?;
        Some(((year as i32, None, None), false, self.text.len()))
    }

    fn number_after(&self, at: usize) -> Option<(u32, usize)> {
        self.number(at + 1).or_else(|| self.number(at + 2))
    }

    /// Is word `at` tied to the next one as in `2024-05` or `2024年5月`?
    fn joined(&self, at: usize) -> bool {
        let Some((_, end)) = self.list.get(at) else { return false };
        let tail = &self.text[*end..];
        let tie = tail.starts_with(['-', '/', '.', '年', '月']);
        let then = tail.chars().nth(1).is_some_and(|c| c.is_ascii_digit() || c == ' ');
        tie && then
    }

    /// `March 14, 2025`, `14 March 2025`, `26-FEB-1987`, `March 2025`.
    pub fn named_month(&self) -> Option<FoundDate> {
        for at in 0..self.list.len() {
            let Some(month) = month(self.list[at].0) else { continue };
            let before = at.checked_sub(1).and_then(|b| self.number(b).or_else(|| self.day_before_de(b)));
            let mut next = at + 1;
            if self.list.get(next).is_some_and(|(word, _)| matches!(*word, "de" | "del" | "of")) {
                next += 1;
            }
            if let Some((day, digits)) = before
                && digits <= 2
                && let Some(year) = self.year(next)
            {
                return Some(((year, Some(month), Some(day as u8)), false, self.end(next)));
            }
            let (first, digits) = self.number(next)?;
            if digits == 4 {
                return Some(((first as i32, Some(month), None), false, self.end(next)));
            }
            let mut year_at = next + 1;
            while self.list.get(year_at).is_some_and(|(word, _)| matches!(*word, "st" | "nd" | "rd" | "th")) {
                year_at += 1;
            }
            let year = self.long_year(year_at).or_else(|| self.year(year_at))?;
            return Some(((year, Some(month), Some(first as u8)), false, self.end(year_at)));
        }
        None
    }

    /// `14 de marzo`, `14th March`, `14. März`.
    fn day_before_de(&self, at: usize) -> Option<(u32, usize)> {
        let skip = matches!(self.list[at].0, "de" | "of" | "st" | "nd" | "rd" | "th");
        at.checked_sub(1).filter(|_| skip).and_then(|before| self.number(before).or_else(|| self.day_before_de(before)))
    }

    fn year(&self, at: usize) -> Option<i32> {
        let (number, digits) = self.number(at)?;
        match digits {
            4 => Some(number as i32),
            2 => Some(century(number)),
            _ => None,
        }
    }

    /// A year of four digits at `at`, or else anywhere after it (`May 03 10:00:00 +0000 2024`).
    fn long_year(&self, at: usize) -> Option<i32> {
        let mut years = (at..self.list.len()).filter(|&i| self.list[i].0.len() == 4).filter_map(|i| self.year(i));
        years.find(|year| (1000..2999).contains(year))
    }

    /// `08/30/63`, `3.5.2024`, `03/04/2025`.
    pub fn numbers(&self, order: DateOrder) -> Option<FoundDate> {
        let at = (0..self.list.len().saturating_sub(2)).find(|&at| self.joined(at) && self.joined(at + 1))?;
        let ((a, _), (b, _), year) = (self.number(at)?, self.number(at + 1)?, self.year(at + 2)?);
        let dotted = self.text[self.end(at)..].starts_with('.');
        let day_first = if a > 12 {
            true
        } else if b > 12 {
            false
        } else {
            dotted || order == DateOrder::DayFirst
        };
        let (day, month) = if day_first { (a, b) } else { (b, a) };
        let ambiguous = a <= 12 && b <= 12 && a != b && !dotted;
        Some(((year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?)), ambiguous, self.end(at + 2)))
    }
}

/// Two digits of a year: up to 40 this century, else the last. A guess that suits archives.
fn century(year: u32) -> i32 {
    (if year <= 40 { 2000 + year } else { 1900 + year }) as i32
}

fn class(c: char) -> u8 {
    if c.is_ascii_digit() {
        1
    } else if c.is_alphabetic() {
        2
    } else {
        0
    }
}
