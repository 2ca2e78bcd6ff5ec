//! Reads dates as they are printed and as machines write them, and gives ISO 8601 exactly as precise as known.
//!
//! Takes a short text (a field, a line, a path) and answers `2025`, `2025-03`, `2025-03-14` or `2025-03-14T09:26:00+01:00`.
//! Which field holds the date of publication is left to the readers.

mod calendars;
mod clock;
mod months;
mod named;
mod words;

use crate::day::MONTHS;
use months::Named;
use unicode_normalization::char::is_combining_mark;
use words::{DateWords, epoch};

/// In which order day and month stand when both are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `03/04/2025` is 3 April.
    DayFirst,
    /// `03/04/2025` is March 4.
    MonthFirst,
}

impl std::str::FromStr for DateOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<DateOrder, String> {
        match text {
            "day-first" => Ok(DateOrder::DayFirst),
            "month-first" => Ok(DateOrder::MonthFirst),
            other => Err(format!("unknown order `{other}`; write day-first or month-first")),
        }
    }
}

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date {
    /// ISO 8601.
    pub iso: String,
    /// Day and month were both numbers up to 12, so the order was a guess.
    pub ambiguous: bool,
}

/// A day without its year, as in a dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MonthDay {
    /// 1-12.
    pub month: u8,
    /// 1-31, or nothing for `April` alone.
    pub day: Option<u8>,
    /// As printed.
    pub printed: String,
}

/// Month names of the archives seen, a row a month; newspapers cut these short as they like.
const CUT_MONTHS: [&str; 12] = [
    "januar jänner janvier enero gennaio janeiro januari",
    "februar février fevrier febrero febbraio fevereiro februari",
    "märz maerz mars marzo março maart",
    "avril abril aprile",
    "mai mayo maggio maio mei maj",
    "juni juin junio giugno junho",
    "juli juillet julio luglio julho",
    "août aout agosto augustus augusti",
    "sept septembre septiembre settembre setembro",
    "oktober octobre octubre ottobre outubro",
    "novembre noviembre novembro",
    "dezember décembre decembre diciembre dicembre dezembro desember",
];

/// The month a word names, in any case: in full, or cut short.
pub(crate) fn month(word: &str) -> Option<u8> {
    cut_month(word).or_else(|| months::named(word)?.month(false))
}

/// The same, with what other languages mean by the word.
fn named_month(word: &str) -> Option<Named> {
    cut_month(word).map(Named::numbered).or_else(|| months::named(word))
}

/// Letters, and the marks that stand above and below them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || (!c.is_ascii() && is_combining_mark(c))
}

/// The month whose name is cut to three letters or more.
fn cut_month(word: &str) -> Option<u8> {
    // Longest name: septiembre.
    if !(3..=12).contains(&word.len()) {
        return None;
    }
    let mut start = [0; 4];
    for (to, from) in start.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    let number = month_of_start(&start)?;
    let lower = word.to_lowercase();
    let row = usize::from(number) - 1;
    let begins = |name: &str| name.get(..lower.len()).is_some_and(|start| start.eq_ignore_ascii_case(&lower));
    (begins(MONTHS[row]) || CUT_MONTHS[row].split(' ').any(begins)).then_some(number)
}

/// The only month a word with this beginning can be. Nearly every word is ruled out here.
fn month_of_start(word: &[u8]) -> Option<u8> {
    Some(match word.get(..3)? {
        b"jan" | b"gen" | b"ene" | b"j\xc3\xa4" => 1,
        b"feb" | b"fev" | b"f\xc3\xa9" => 2,
        b"mar" | b"maa" | b"mae" | b"m\xc3\xa4" => 3,
        b"apr" | b"avr" | b"abr" => 4,
        b"may" | b"mai" | b"mei" | b"maj" | b"mag" => 5,
        b"jui" if word.get(3) == Some(&b'l') => 7,
        b"jun" | b"jui" | b"giu" => 6,
        b"jul" | b"lug" => 7,
        b"aug" | b"ago" | b"aou" | b"ao\xc3" => 8,
        b"sep" | b"set" => 9,
        b"oct" | b"okt" | b"ott" | b"out" => 10,
        b"nov" => 11,
        b"dec" | b"dez" | b"dic" | b"des" | b"d\xc3\xa9" => 12,
        _ => return None,
    })
}

/// A month and day at the head of `text` (`March 3`, `Feb. 26`, `2 March`, `April` before a dash), and its length in bytes.
pub(crate) fn month_day(text: &str) -> Option<(MonthDay, usize)> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_digit() {
        let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        let day: u8 = text[..digits].parse().ok().filter(|day| (1..=31).contains(day))?;
        if let Some(found) = numbered_day(text, digits, day) {
            return Some(found);
        }
        let rest = text[digits..].trim_start_matches([' ', '.']);
        let word = leading_word(rest);
        let month = month(word)?;
        let length = text.len() - rest.len() + word.len();
        return Some((MonthDay { month, day: Some(day), printed: text[..length].to_string() }, length));
    }
    let word = leading_word(text);
    let mut length = word.len();
    length += usize::from(text[length..].starts_with('.'));
    let rest = text[length..].trim_start_matches([' ', '\u{a0}']);
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'O').count();
    // `AUGUSTA (AP) -` is a place, though Latvian calls August so.
    let month = if digits > 0 { month(word) } else { cut_month(word) }?;
    let day = rest[..digits].replace('O', "0").parse().ok().filter(|day| (1..=31).contains(day));
    if digits > 0 {
        let day = day?;
        length = text.len() - rest.len() + digits;
        return Some((MonthDay { month, day: Some(day), printed: text[..length].to_string() }, length));
    }
    // `SYDNEY, April -`: a month alone counts only when the dateline closes after it.
    rest.starts_with(['-', '\u{2013}', '\u{2014}', '('])
        .then(|| (MonthDay { month, day: None, printed: text[..length].to_string() }, length))
}

/// `03.05.`: both are numbers, with a full stop behind each.
fn numbered_day(text: &str, digits: usize, day: u8) -> Option<(MonthDay, usize)> {
    let rest = text[digits..].strip_prefix('.')?;
    let more = rest.bytes().take_while(u8::is_ascii_digit).count();
    let month = rest[..more].parse().ok().filter(|month| (1..=12).contains(month))?;
    let length = digits + 1 + more + 1;
    rest[more..].starts_with('.').then(|| (MonthDay { month, day: Some(day), printed: text[..length].to_string() }, length))
}

fn leading_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

/// Reads the date in `text`, whatever else is said there.
pub(crate) fn read(text: &str, order: DateOrder) -> Option<Date> {
    let printed = text.trim();
    if printed.len() < 4 || printed.chars().count() > 200 {
        return None;
    }
    let text = calendars::plain(printed);
    let words = DateWords::new(&text);
    let found = epoch(&text).or_else(|| words.year_first()).or_else(|| named::date(&words)).or_else(|| words.numbers(order))?;
    let (year, month, day) = calendars::ours(found.ymd, found.calendar, printed)?;
    if !(1000..=2999).contains(&year) || !valid(year, month, day) {
        return None;
    }
    let mut iso = format!("{year:04}");
    if let Some(month) = month {
        iso += &format!("-{month:02}");
        if let Some(day) = day {
            iso += &format!("-{day:02}");
            let (before, after) = (&text[..found.bytes.start], &text[found.bytes.end..]);
            iso += &clock::time_of_day(before, after, jiff::civil::date(year as i16, month as i8, day as i8));
        }
    }
    Some(Date { iso, ambiguous: found.ambiguous })
}

/// True when the whole line is a date and nothing else, but for a weekday or a label (`Published: 3 March 2025`).
pub(crate) fn is_line(line: &str) -> bool {
    let digits = line.chars().filter(|c| c.is_numeric()).count();
    if line.chars().count() > 90 || digits < 4 {
        return false;
    }
    let allowed = |word: &str| {
        let lower = word.to_lowercase();
        month(&lower).is_some()
            || WEEKDAYS.iter().any(|day| lower.len() >= 3 && day.starts_with(&lower))
            || months::is_weekday(&lower)
            || LINE_WORDS.contains(&lower.as_str())
    };
    line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(allowed)
        && read(line, DateOrder::MonthFirst).is_some()
}

/// The date in a line that says where a story is from and when: `Source: Xinhua   2018-03-05 23:11:14`.
pub(crate) fn of_credit(line: &str) -> Option<&str> {
    let rest = ["Source:", "Editor:", "来源：", "來源：", "来源:"].iter().find_map(|label| line.trim().strip_prefix(label))?;
    let day = &rest[rest.find(|c: char| c.is_ascii_digit())?..];
    (rest.chars().count() <= 80 && is_line(day)).then_some(day)
}

/// Is this the name of a day of the week or a month, in full or cut short?
pub(crate) fn is_day_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    // Not the months of every language: `augusta` is one in Latvian.
    lower.len() >= 3 && (WEEKDAYS.iter().any(|day| day.starts_with(&lower)) || cut_month(&lower).is_some())
}

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "thurs", "tues"];
const LINE_WORDS: &[&str] = &[
    "published",
    "updated",
    "posted",
    "date",
    "on",
    "at",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "et",
    "ct",
    "pt",
    "gmt",
    "utc",
    "t",
    "z",
    "est",
    "edt",
    "bst",
    "cet",
    "of",
    "th",
    "st",
    "nd",
    "rd",
    "the",
];

/// The order of day and month that the dates in `text` (a table's or export's beginning) leave no doubt about, if they agree.
pub(crate) fn order_in(text: &str) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for word in text.split(|c: char| !(c.is_ascii_digit() || c == '/' || c == '-')).filter(|word| (6..=10).contains(&word.len()))
    {
        let mut parts = word.split(['/', '-']).map(str::parse::<u16>);
        let (Some(Ok(first)), Some(Ok(second)), Some(Ok(_)), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        day_first |= (13..=31).contains(&first) && (1..=12).contains(&second);
        month_first |= (13..=31).contains(&second) && (1..=12).contains(&first);
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Finds the day in a path such as `2025/03/14/story.txt` or `2025-03-14-story.txt`.
pub(crate) fn in_path(path: &str) -> Option<String> {
    // Members of an archive follow after `!`.
    let folders_end = path.rfind(['/', '!']).map_or(0, |slash| slash + 1);
    let parts: Vec<&str> = path[..folders_end].split(['/', '!']).collect();
    for three in parts.windows(3) {
        if three[0].len() == 4 && three[1].len() <= 2 && three[2].len() <= 2 {
            let ymd = (three[0].parse().ok(), three[1].parse().ok(), three[2].parse().ok());
            if let (Some(year), Some(month), Some(day)) = ymd
                && (1700..2100).contains(&year)
                && valid(year, Some(month), Some(day))
            {
                return Some(format!("{year:04}-{month:02}-{day:02}"));
            }
        }
    }
    parts.iter().copied().chain(std::iter::once(&path[folders_end..])).find_map(opening_day)
}

/// `2025-03-14-story`, `20250314_story`, `2025_03_14`.
fn opening_day(part: &str) -> Option<String> {
    let digits: String = part.chars().filter(|c| !matches!(c, '-' | '_')).take_while(char::is_ascii_digit).collect();
    let whole = digits.len() == 8 && part.starts_with(|c: char| c.is_ascii_digit());
    let (year, month, day) = (digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?);
    (whole && (1700..2100).contains(&year) && valid(year, Some(month), Some(day)))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn valid(year: i32, month: Option<u8>, day: Option<u8>) -> bool {
    let Ok(year) = i16::try_from(year) else { return false };
    match (month, day) {
        (None, day) => day.is_none(),
        (Some(month), day) => jiff::civil::Date::new(year, month as i8, day.unwrap_or(1) as i8).is_ok(),
    }
}

#[cfg(test)]
mod tests;
