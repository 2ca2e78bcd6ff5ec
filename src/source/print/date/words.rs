//! The words and numbers of a date, and the orders in which numbers alone stand for year, month and day.

use super::DateOrder;
use super::months::Calendar;
use jiff::{Timestamp, tz::TimeZone};
use std::ops::Range;

pub(super) type Ymd = (i32, Option<u8>, Option<u8>);

/// A day that was read.
pub(super) struct FoundDate {
    pub ymd: Ymd,
    pub calendar: Calendar,
    /// The order of day and month was a guess.
    pub ambiguous: bool,
    /// Where it stands; the time of day is looked for after it, then before it.
    pub bytes: Range<usize>,
}

impl FoundDate {
    pub fn new(ymd: Ymd, bytes: Range<usize>) -> FoundDate {
        FoundDate { ymd, calendar: Calendar::Gregorian, ambiguous: false, bytes }
    }
}

/// Seconds or milliseconds since 1970, as some crawlers write.
pub(super) fn epoch(text: &str) -> Option<FoundDate> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let then = Timestamp::from_second(text[..10].parse().ok()?).ok()?;
    let date = TimeZone::UTC.to_datetime(then).date();
    Some(FoundDate::new((date.year().into(), Some(date.month() as u8), Some(date.day() as u8)), 0..text.len()))
}

/// The words and numbers of a text.
pub(super) struct DateWords<'a> {
    list: Vec<Range<usize>>,
    text: &'a str,
}

impl<'a> DateWords<'a> {
    pub fn new(text: &'a str) -> DateWords<'a> {
        let mut list: Vec<Range<usize>> = Vec::with_capacity(12);
        let mut last = Class::Other;
        for (at, c) in text.char_indices() {
            let class = Class::of(c);
            match list.last_mut() {
                _ if class == Class::Other => {}
                Some(word) if class == last => word.end = at + c.len_utf8(),
                _ => list.push(at..at + c.len_utf8()),
            }
            last = class;
        }
        DateWords { list, text }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Word `at`.
    pub fn word(&self, at: usize) -> Option<&'a str> {
        self.list.get(at).map(|word| &self.text[word.clone()])
    }

    /// Word `at` as a number, with how many digits it has.
    pub fn number(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.word(at)?;
        (word.len() <= 8).then_some(())?;
        Some((word.parse().ok()?, word.len()))
    }

    /// The same where it may be a day or a month.
    pub fn short_number(&self, at: usize) -> Option<u8> {
        self.number(at).filter(|(_, digits)| *digits <= 2).map(|(number, _)| number as u8)
    }

    /// What stands before word `at`, and what follows it.
    pub fn around(&self, at: usize) -> (&'a str, &'a str) {
        self.list.get(at).map_or(("", ""), |word| (&self.text[..word.start], &self.text[word.end..]))
    }

    /// What stands between word `at` and the next.
    pub fn gap(&self, at: usize) -> &'a str {
        match (self.list.get(at), self.list.get(at + 1)) {
            (Some(word), Some(next)) => &self.text[word.end..next.start],
            _ => "",
        }
    }

    /// The text from word `first` to word `last`, as it stands there.
    pub fn between(&self, first: usize, last: usize) -> Option<&'a str> {
        Some(&self.text[self.list.get(first)?.start..self.list.get(last)?.end])
    }

    /// What was read from the words `first` to `last`.
    pub fn found(&self, ymd: Ymd, first: usize, last: usize) -> FoundDate {
        let start = self.list.get(first).map_or(0, |word| word.start);
        FoundDate::new(ymd, start..self.list.get(last).map_or(self.text.len(), |word| word.end))
    }

    /// `2024-05-03`, `2024/5/3`, `2024年5月3日`, `2024년 5월 3일`, `20240503T...`, `2024-05`, `2024`.
    pub fn year_first(&self) -> Option<FoundDate> {
        for at in 0..self.len() {
            let Some((number, digits)) = self.number(at) else { continue };
            if digits == 8 {
                let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
                return Some(self.found((year as i32, Some(month as u8), Some(day as u8)), at, at));
            }
            // `3. svibnja 2024. 10:05`: the year ends the date, and a time follows.
            let ends_date = at > 0
                && self.around(at).1.starts_with(". ")
                && (self.number(at - 1).is_some() || self.word(at - 1).and_then(super::named_month).is_some());
            if digits == 4 && self.joined(at) && !ends_date {
                let month_at = self.number_after(at)?;
                let month = self.short_number(month_at)?;
                let day_at = self.number_after(month_at).filter(|day| self.is_day_after(month_at, *day));
                let day = day_at.and_then(|at| self.short_number(at));
                return Some(self.found((number as i32, Some(month), day), at, day_at.unwrap_or(month_at)));
            }
        }
        let alone = self.len() == 1 && self.word(0)?.len() == 4;
        let (year, _) = self.number(0).filter(|_| alone)?;
        Some(self.found((year as i32, None, None), 0, 0))
    }

    /// The next number, at most the word for a year or month away.
    fn number_after(&self, at: usize) -> Option<usize> {
        let unit = |at: usize| self.word(at).is_some_and(|word| word.starts_with(['年', '月', '년', '월']));
        if unit(at + 1) { Some(at + 2) } else { Some(at + 1) }.filter(|next| self.number(*next).is_some())
    }

    /// Is number `day` the day of the month at `month`? Where the month has its word, so has the day.
    fn is_day_after(&self, month: usize, day: usize) -> bool {
        let worded = day == month + 2;
        let has_word = self.around(day).1.trim_start().starts_with(['日', '일', '号', '號']);
        self.short_number(day).is_some() && if worded { has_word } else { self.joined(month) }
    }

    /// Is word `at` tied to the next one as in `2024-05` or `2024年5月`?
    fn joined(&self, at: usize) -> bool {
        let tail = self.around(at).1;
        let mut chars = tail.chars();
        let worded = tail.trim_start().starts_with(['年', '月', '년', '월']);
        let tied = chars.next().is_some_and(|tie| matches!(tie, '-' | '/' | '.'));
        worded || tied && chars.next().is_some_and(|c| c.is_ascii_digit() || c == ' ')
    }

    /// Word `at` as a year: two digits are one of ours.
    pub fn year(&self, at: usize) -> Option<i32> {
        let (number, digits) = self.number(at)?;
        match digits {
            4 => Some(number as i32),
            2 if self.text.contains(is_thai) => Some(2500 + number as i32),
            2 => Some(century(number)),
            _ => None,
        }
    }

    /// `08/30/63`, `3.5.2024`, `03/04/2025`.
    pub fn numbers(&self, order: DateOrder) -> Option<FoundDate> {
        let at = (0..self.len().saturating_sub(2)).find(|&at| self.joined(at) && self.joined(at + 1))?;
        let ((a, _), (b, _), year) = (self.number(at)?, self.number(at + 1)?, self.year(at + 2)?);
        let dotted = self.around(at).1.starts_with('.');
        let day_first = if a > 12 {
            true
        } else if b > 12 {
            false
        } else {
            dotted || order == DateOrder::DayFirst
        };
        let (day, month) = if day_first { (a, b) } else { (b, a) };
        let ambiguous = a <= 12 && b <= 12 && a != b && !dotted;
        let ymd = (year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?));
        Some(FoundDate { ambiguous, ..self.found(ymd, at, at + 2) })
    }
}

/// Thai letters.
pub(super) fn is_thai(c: char) -> bool {
    ('\u{e00}'..'\u{e50}').contains(&c)
}

/// Two digits of a year: up to 40 this century, else the last. A guess that suits archives.
fn century(year: u32) -> i32 {
    (if year <= 40 { 2000 + year } else { 1900 + year }) as i32
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Other,
}

impl Class {
    fn of(c: char) -> Class {
        match c {
            c if c.is_ascii_digit() => Class::Digit,
            c if super::is_letter(c) => Class::Letter,
            _ => Class::Other,
        }
    }
}
