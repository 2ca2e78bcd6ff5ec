//! Reads dates as they are printed and as machines write them, and gives ISO 8601 exactly as precise as known.
//!
//! Takes a short text (a field, a line, a path) and answers `2025`, `2025-03`, `2025-03-14` or `2025-03-14T09:26:00+01:00`.
//! Which field holds the date of publication is left to the readers.

/// In which order day and month stand when both are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `03/04/2025` is 3 April.
    DayFirst,
    /// `03/04/2025` is March 4.
    MonthFirst,
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

/// Month names in the languages of the archives seen, a row a month.
const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero gennaio janeiro januari",
    "february februar février fevrier febrero febbraio fevereiro februari",
    "march märz maerz mars marzo março maart",
    "april avril abril aprile",
    "may mai mayo maggio maio mei maj",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus augusti",
    "september sept septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro desember",
];

/// The month a word names: in full, or cut to three letters or more. Any case.
pub(crate) fn month(word: &str) -> Option<u8> {
    // Longest name: septiembre.
    if !(3..=12).contains(&word.len()) {
        return None;
    }
    let lower = word.to_lowercase();
    let names = |row: &&str| row.split(' ').any(|name| name.starts_with(&lower));
    MONTHS.iter().position(names).map(|index| index as u8 + 1)
}

/// A month and day at the head of `text` (`March 3`, `Feb. 26`, `2 March`, `April` before a dash), and its length in bytes.
pub(crate) fn month_day(text: &str) -> Option<(MonthDay, usize)> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_digit() {
        let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        let day: u8 = text[..digits].parse().ok().filter(|day| (1..=31).contains(day))?;
        let rest = text[digits..].trim_start_matches([' ', '.']);
        let word = leading_word(rest);
        let month = month(word)?;
        let length = text.len() - rest.len() + word.len();
        return Some((MonthDay { month, day: Some(day), printed: text[..length].to_string() }, length));
    }
    let word = leading_word(text);
    let month = month(word)?;
    let mut length = word.len();
    length += usize::from(text[length..].starts_with('.'));
    let rest = text[length..].trim_start_matches([' ', '\u{a0}']);
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'O').count();
    let day = rest[..digits].replace('O', "0").parse().ok().filter(|day| (1..=31).contains(day));
    if digits > 0 {
        let day = day?;
        length = text.len() - rest.len() + digits;
        return Some((MonthDay { month, day: Some(day), printed: text[..length].to_string() }, length));
    }
    // `SYDNEY, April -`: a month alone counts only when the dateline closes behind it.
    rest.starts_with(['-', '\u{2013}', '\u{2014}', '('])
        .then(|| (MonthDay { month, day: None, printed: text[..length].to_string() }, length))
}

fn leading_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

/// Reads the date in `text`, whatever else is said there.
pub(crate) fn read(text: &str, order: Order) -> Option<Date> {
    let text = text.trim();
    if text.len() < 4 || text.len() > 200 {
        return None;
    }
    let words = Words::of(text);
    let (ymd, ambiguous, after) =
        epoch(text).or_else(|| words.year_first()).or_else(|| words.named_month()).or_else(|| words.numbers(order))?;
    let (year, month, day) = ymd;
    if !(1000..=2999).contains(&year) || !valid(year, month, day) {
        return None;
    }
    let mut iso = format!("{year:04}");
    if let Some(month) = month {
        iso += &format!("-{month:02}");
        if let Some(day) = day {
            iso += &format!("-{day:02}");
            iso += &super::clock::time_of_day(&text[after.min(text.len())..]);
        }
    }
    Some(Date { iso, ambiguous })
}

/// True when the whole line is a date and nothing else, but for a weekday or a label (`Published: 3 March 2025`).
pub(crate) fn is_line(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    if line.len() > 60 || digits < 4 {
        return false;
    }
    let allowed = |word: &str| {
        let lower = word.to_lowercase();
        month(&lower).is_some()
            || WEEKDAYS.iter().any(|day| lower.len() >= 3 && day.starts_with(&lower))
            || LINE_WORDS.contains(&lower.as_str())
    };
    line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(allowed)
        && read(line, Order::MonthFirst).is_some()
}

/// Is this the name of a day of the week or a month, in full or cut short?
pub(crate) fn is_day_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.len() >= 3 && (WEEKDAYS.iter().any(|day| day.starts_with(&lower)) || month(&lower).is_some())
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

/// Finds the day in a path such as `2025/03/14/story.txt` or `2025-03-14-story.txt`.
pub(crate) fn in_path(path: &str) -> Option<String> {
    let folders_end = path.rfind('/').map_or(0, |slash| slash + 1);
    let parts: Vec<&str> = path[..folders_end].split('/').collect();
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
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        None => return day.is_none(),
        Some(2) => 28 + u8::from(leap),
        Some(4 | 6 | 9 | 11) => 30,
        Some(1..=12) => 31,
        Some(_) => return false,
    };
    day.is_none_or(|day| (1..=last).contains(&day))
}

type Ymd = (i32, Option<u8>, Option<u8>);
/// Year, month, day; whether the order was a guess; the byte behind it.
type Found = (Ymd, bool, usize);

/// Seconds or milliseconds since 1970, as some crawlers write.
fn epoch(text: &str) -> Option<Found> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days = text[..10].parse::<i64>().ok()? / 86_400;
    // Days to civil date, after Howard Hinnant's `civil_from_days`.
    let z = days + 719_468;
    let era = z / 146_097;
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let day = doy - (153 * mp + 2) / 5 + 1;
    Some(((year as i32, Some(month as u8), Some(day as u8)), false, text.len()))
}

/// The words and numbers of a text, with the byte behind each.
struct Words<'a> {
    list: Vec<(&'a str, usize)>,
    text: &'a str,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Words<'a> {
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
        Words { list, text }
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
    fn year_first(&self) -> Option<Found> {
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
    fn named_month(&self) -> Option<Found> {
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

    /// A year of four digits at `at`, or else anywhere behind it (`May 03 10:00:00 +0000 2024`).
    fn long_year(&self, at: usize) -> Option<i32> {
        let mut years = (at..self.list.len()).filter(|&i| self.list[i].0.len() == 4).filter_map(|i| self.year(i));
        years.find(|year| (1000..2999).contains(year))
    }

    /// `08/30/63`, `3.5.2024`, `03/04/2025`.
    fn numbers(&self, order: Order) -> Option<Found> {
        let at = (0..self.list.len().saturating_sub(2)).find(|&at| self.joined(at) && self.joined(at + 1))?;
        let ((a, _), (b, _), year) = (self.number(at)?, self.number(at + 1)?, self.year(at + 2)?);
        let dotted = self.text[self.end(at)..].starts_with('.');
        let day_first = if a > 12 {
            true
        } else if b > 12 {
            false
        } else {
            dotted || order == Order::DayFirst
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = read(text, Order::MonthFirst).map(|date| date.iso);
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn dates_as_machines_and_people_write_them() {
        check("2025", "2025");
        check("2025-03", "2025-03");
        check("2025-03-14", "2025-03-14");
        check("2025-03-14T09:26:00+01:00", "2025-03-14T09:26:00+01:00");
        check("2024-05-03 23:47:42.389000+00:00", "2024-05-03T23:47:42+00:00");
        check("2024-05-03T23:47:42.389Z", "2024-05-03T23:47:42Z");
        check("2011-05-23T10:00:00+0200", "2011-05-23T10:00:00+02:00");
        check("20240503T101010+0200", "2024-05-03T10:10:10+02:00");
        check("20240503T101010Z", "2024-05-03T10:10:10Z");
        check("19870226", "1987-02-26");
        check("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00Z");
        check(" 26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
        check("December 31, 2017 ", "2017-12-31");
        check("Dec. 31st, 2017", "2017-12-31");
        check("3 May 2024 at 9:05 pm", "2024-05-03T21:05");
        check("31 de diciembre de 2017", "2017-12-31");
        check("14. März 2025", "2025-03-14");
        check("08/30/63", "1963-08-30");
        check("30/08/1963", "1963-08-30");
        check("3.5.2024", "2024-05-03");
        check("2024/5/3", "2024-05-03");
        check("2024年5月3日", "2024-05-03");
        check("1714752000", "2024-05-03");
        check("May 2024", "2024-05");
        check("Wednesday, March 5, 2025 7:15 AM EST", "2025-03-05T07:15-05:00");
        check("Tue May 03 10:00:00 +0000 2024", "2024-05-03");
        check("soon", "none");
        check("2025-13-40", "none");
        check("None", "none");
    }

    #[test]
    fn an_ambiguous_day_is_said_to_be_so() {
        assert!(read("03/04/2025", Order::DayFirst).is_some_and(|date| date.ambiguous && date.iso == "2025-04-03"));
        assert!(read("13/04/2025", Order::MonthFirst).is_some_and(|date| !date.ambiguous));
    }

    #[test]
    fn a_line_that_is_only_a_date() {
        assert!(is_line("2017-04-04") && is_line("Published: Monday, 3 March 2025") && is_line("March 3, 2025 10:15 AM"));
        assert!(!is_line("The talks of March 3, 2025") && !is_line("1986 profits rise 21 pct") && !is_line("LAGOS, June 5"));
    }

    #[test]
    fn dates_in_paths() {
        assert_eq!(in_path("nyt/2025/03/14/story.txt").as_deref(), Some("2025-03-14"));
        assert_eq!(in_path("nyt/2025-03-14-story.txt").as_deref(), Some("2025-03-14"));
        assert_eq!(in_path("vexia/20250314/story.txt").as_deref(), Some("2025-03-14"));
        assert_eq!(in_path("bbc/business/001.txt"), None);
        assert_eq!(in_path("a/Paper_2024_05_03.html"), None);
    }
}
