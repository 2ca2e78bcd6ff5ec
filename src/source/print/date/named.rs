//! Dates whose month is a name: `March 14, 2025`, `14. März 2025`, `2024. május 3.`, `ngày 3 tháng 5 năm 2024`.

use super::months::{Calendar, Named};
use super::words::{DateWords, FoundDate, Ymd};

/// Words between day and month, or month and year, in any language.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "de", "del", "of", "d", "da", "di", "do", "dal", "ng", "the", "st", "nd", "rd", "th", "พ", "ศ", "ค", "năm", "г", "р", "года", "року",
    "оны", "жылы", "m", "gada", "urteko", "e", "ko", "a", "al", "anul",
];

/// A month among the words: what its name says, and the words that are it.
#[derive(Clone, Copy)]
struct MonthWords {
    named: Named,
    first: usize,
    next: usize,
}

/// The date whose month is a name. Day, month and year in this order say most; `mar. 3 mai` is a Tuesday in May.
pub(super) fn date(words: &DateWords) -> Option<FoundDate> {
    let months: Vec<MonthWords> = (0..words.len()).filter_map(|at| month_at(words, at)).collect();
    let each = |read: fn(&DateWords, MonthWords) -> Option<FoundDate>| months.iter().find_map(|month| read(words, *month));
    each(day_first).or_else(|| each(year_first)).or_else(|| each(month_first))
}

/// The month that begins with word `at`: up to three words are one name (`พ.ค.`), and Vietnamese numbers its months.
fn month_at(words: &DateWords, at: usize) -> Option<MonthWords> {
    let first = words.word(at)?;
    if matches!(first.to_lowercase().as_str(), "tháng" | "thg") {
        let number = words.short_number(at + 1).filter(|month| (1..=12).contains(month))?;
        return Some(MonthWords { named: Named::numbered(number), first: at, next: at + 2 });
    }
    let parted = |last: usize| {
        (at..last).all(|word| matches!(words.gap(word), " " | "." | ". " | "\u{a0}") && words.number(word + 1).is_none())
    };
    let long =
        |last: usize| super::months::named(words.between(at, last).filter(|_| parted(last))?).map(|named| (named, last + 1));
    let is_word = first.starts_with(super::is_letter);
    let (named, next) = is_word
        .then(|| long(at + 2).or_else(|| long(at + 1)).or_else(|| super::named_month(first).map(|named| (named, at + 1))))
        .flatten()?;
    Some(MonthWords { named, first: at, next })
}

/// `14 March 2025`, `26-FEB-1987`, `1er mai 2024`, `3 de mayo de 2024`.
fn day_first(words: &DateWords, month: MonthWords) -> Option<FoundDate> {
    let day_at = back(words, month.first)?;
    let day = words.short_number(day_at).filter(|_| !words.around(day_at).0.ends_with(':'))?;
    let year_at = on(words, month.next);
    let year = words.year(year_at).filter(|_| is_year(words, year_at))?;
    let after_dot = words.around(day_at).1.starts_with('.');
    found(words, month, (year, month.named.month(after_dot), Some(day)), (day_at, year_at))
}

/// `2024. május 3.`, `2024 m. gegužės 3 d.`, `2024. gada 3. maijā`.
fn year_first(words: &DateWords, month: MonthWords) -> Option<FoundDate> {
    let before = back(words, month.first)?;
    if let Some(day) = words.short_number(before) {
        let year_at = back(words, before)?;
        let (year, digits) = words.number(year_at)?;
        let ymd = (year as i32, month.named.month(words.around(before).1.starts_with('.')), Some(day));
        return (digits == 4).then(|| found(words, month, ymd, (year_at, month.next - 1)))?;
    }
    let (year, _) = words.number(before).filter(|(_, digits)| *digits == 4)?;
    let day = words.short_number(month.next).filter(|_| !is_time(words, month.next))?;
    found(words, month, (year as i32, month.named.month(false), Some(day)), (before, month.next))
}

/// `March 14, 2025`, `May 03 10:00:00 +0000 2024`, `March 2025`.
fn month_first(words: &DateWords, month: MonthWords) -> Option<FoundDate> {
    // `Pro`, `set` and `out` are months somewhere, and words everywhere.
    let name = words.between(month.first, month.next - 1)?;
    if month.first > 0 && name.len() <= 3 && super::cut_month(name).is_none() {
        return None;
    }
    let next = on(words, month.next);
    let (first, digits) = words.number(next)?;
    if digits == 4 {
        return found(words, month, (first as i32, month.named.month(false), None), (month.first, next));
    }
    let day = words.short_number(next)?;
    let year_at = on(words, next + 1);
    if let Some(year) = words.year(year_at).filter(|_| words.word(year_at).is_some_and(|word| word.len() == 4)) {
        return found(words, month, (year, month.named.month(false), Some(day)), (month.first, year_at));
    }
    let last = (year_at..words.len()).find(|at| is_long_year(words, *at));
    let (year, last) = match last {
        // The time of day stands between the day and the year.
        Some(far) => (words.year(far)?, next),
        None => (words.year(year_at).filter(|_| is_year(words, year_at))?, year_at),
    };
    found(words, month, (year, month.named.month(false), Some(day)), (month.first, last))
}

fn found(words: &DateWords, month: MonthWords, ymd: Ymd, (first, last): (usize, usize)) -> Option<FoundDate> {
    let calendar = month.named.calendar;
    let whole = calendar == Calendar::Gregorian || ymd.2.is_some();
    ymd.1.filter(|_| whole)?;
    Some(FoundDate { calendar, ..words.found(ymd, first, last) })
}

/// The word before `at` that is not one of those between the parts of a date, nor the end of a number (`1er`, `3-го`).
fn back(words: &DateWords, at: usize) -> Option<usize> {
    let mut at = at.checked_sub(1)?;
    // Three: `3rd of the May`.
    for _ in 0..3 {
        if words.number(at).is_some() || !(is_between(words, at) || is_ordinal(words, at)) {
            break;
        }
        at = at.checked_sub(1)?;
    }
    Some(at)
}

/// The same for the words from `at` on.
fn on(words: &DateWords, at: usize) -> usize {
    (at..at + 3).find(|at| !is_between(words, *at)).unwrap_or(at)
}

fn is_between(words: &DateWords, at: usize) -> bool {
    words.word(at).is_some_and(|word| BETWEEN.contains(&word.to_lowercase().as_str()))
}

/// `er` in `1er`, `го` in `3-го`: at most three letters that hang on a number.
fn is_ordinal(words: &DateWords, at: usize) -> bool {
    let hangs = at > 0 && matches!(words.gap(at - 1), "" | "-") && words.number(at - 1).is_some();
    hangs && words.word(at).is_some_and(|word| word.chars().count() <= 3)
}

/// Two digits are a year where they are no hour and the year does not follow.
fn is_year(words: &DateWords, at: usize) -> bool {
    let long_follows = words.number(at + 1).is_some_and(|(_, digits)| digits == 4);
    words.word(at).is_some_and(|word| word.len() == 4) || !is_time(words, at) && !long_follows
}

fn is_time(words: &DateWords, at: usize) -> bool {
    let mut tail = words.around(at).1.chars();
    matches!(tail.next(), Some(':' | '.' | 'h' | 'H')) && tail.next().is_some_and(|c| c.is_ascii_digit())
}

/// A year of four digits; `+0530` is none.
fn is_long_year(words: &DateWords, at: usize) -> bool {
    let offset = words.around(at).0.ends_with(['+', '-']);
    !offset && words.number(at).is_some_and(|(number, digits)| digits == 4 && (1000..2999).contains(&number))
}
