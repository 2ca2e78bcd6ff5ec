//! Years that are not counted from the birth of Christ, and figures of other scripts, as everybody else writes them.

use super::months::Calendar;
use super::words::Ymd;
use std::borrow::Cow;

/// `text` with figures as `0` to `9` and the years of emperors as ours: `令和6年5月3日` is `2024年5月3日`.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out: String = text.chars().map(|c| figure(c).map_or(c, |figure| (b'0' + figure) as char)).collect();
    if out.contains(['年', '月']) {
        out = with_our_years(&with_figures(&out));
    }
    Cow::Owned(out)
}

/// The first of ten figures in a row, for each script that has its own.
const ZEROS: [u32; 20] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040,
    0x17e0, 0x1810, 0xff10,
];

fn figure(c: char) -> Option<u8> {
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&(c as u32)))?;
    Some((c as u32 - zero) as u8)
}

/// `二〇二四年五月十三日` in figures. Only what stands before a year, a month or a day is a number.
fn with_figures(text: &str) -> String {
    let (mut out, mut run) = (String::with_capacity(text.len()), String::new());
    for c in text.chars() {
        if numeral(c).is_some() {
            run.push(c);
            continue;
        }
        match number(&run).filter(|_| matches!(c, '年' | '月' | '日' | '号' | '號')) {
            Some(number) => out += &number,
            None => out += &run,
        }
        run.clear();
        out.push(c);
    }
    out + &run
}

/// 0-9, or 10 for ten itself.
fn numeral(c: char) -> Option<u32> {
    "〇一二三四五六七八九十".chars().position(|numeral| numeral == c).map(|at| at as u32).or_else(|| (c == '零').then_some(0))
}

fn number(run: &str) -> Option<String> {
    let (tens, ones) = match run.split_once('十') {
        None => return (!run.is_empty()).then(|| run.chars().filter_map(numeral).map(|figure| figure.to_string()).collect()),
        Some(parts) => parts,
    };
    let one = |part: &str, empty: u32| match part.chars().count() {
        0 => Some(empty),
        1 => part.chars().next().and_then(numeral).filter(|figure| *figure < 10),
        _ => None,
    };
    Some((one(tens, 1)? * 10 + one(ones, 0)?).to_string())
}

/// Emperors of Japan and the republic in Taiwan, and the year before their first.
const ERAS: [(&str, u32); 8] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("中華民國", 1911),
    ("民國", 1911),
    ("民国", 1911),
];

fn with_our_years(text: &str) -> String {
    for (era, before) in ERAS {
        let Some((head, rest)) = text.split_once(era) else { continue };
        let rest = rest.trim_start();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (year, rest) = match rest.strip_prefix('元') {
            Some(rest) => (Some(1), rest),
            None => (rest[..digits].parse::<u32>().ok(), &rest[digits..]),
        };
        if let Some(year) = year.filter(|year| (1..=150).contains(year)).filter(|_| rest.trim_start().starts_with('年')) {
            return format!("{head}{}{}", before + year, rest.trim_start());
        }
    }
    text.to_owned()
}

/// The day as our calendar has it; `text` tells whose years these are.
pub(super) fn ours((year, month, day): Ymd, calendar: Calendar, text: &str) -> Option<Ymd> {
    let persian_figures = text.contains(|c| ('\u{6f0}'..='\u{6f9}').contains(&c));
    if calendar == Calendar::Persian || (persian_figures && (1300..1500).contains(&year)) {
        return of_persian(year, month?, day?);
    }
    let thai = text.contains(super::words::is_thai);
    // Thailand counts from 543 BC.
    Some((if thai && (2400..2700).contains(&year) { year - 543 } else { year }, month, day))
}

/// The arithmetic form of the Persian calendar, which agrees with the sun from 1178 to 1633: eight leap years in 33.
fn of_persian(year: i32, month: u8, day: u8) -> Option<Ymd> {
    let leap = (25 * year + 11).rem_euclid(33) < 8;
    let last = if month <= 6 { 31 } else { 29 + u8::from(month < 12 || leap) };
    if !(1..=12).contains(&month) || !(1178..=1633).contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    let month_begins = i32::from(month - 1) * 30 + i32::from(month - 1).min(6);
    let days = 365 * (year - 1) + (8 * year + 21).div_euclid(33) + month_begins + i32::from(day);
    // 1 Farvardin 1403 was 20 March 2024.
    let first = 365 * 1402 + (8 * 1403 + 21) / 33 + 1;
    let date = jiff::civil::date(2024, 3, 20).checked_add(jiff::Span::new().days(days - first)).ok()?;
    Some((date.year().into(), Some(date.month() as u8), Some(date.day() as u8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_eras() {
        for (text, expected) in [
            ("令和6年5月3日", "2024年5月3日"),
            ("平成元年1月8日", "1989年1月8日"),
            ("昭和 63 年 1月8日", "1988年 1月8日"),
            ("民國113年5月3日", "2024年5月3日"),
            ("二〇二四年五月十三日", "2024年5月13日"),
            ("二零二四年十二月三十日", "2024年12月30日"),
            ("３ ٣ ३ ๓", "3 3 3 3"),
            ("一方 5月3日", "一方 5月3日"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn persian_days() {
        for ((y, m, d), expected) in [
            ((1403, 2, 14), Some((2024, Some(5), Some(3)))),
            ((1403, 12, 30), Some((2025, Some(3), Some(20)))),
            ((1402, 12, 30), None),
            ((1403, 0, 5), None),
            ((1403, 13, 1), None),
            ((1402, 1, 1), Some((2023, Some(3), Some(21)))),
            ((1357, 11, 22), Some((1979, Some(2), Some(11)))),
            ((1399, 12, 30), Some((2021, Some(3), Some(20)))),
        ] {
            assert_eq!(of_persian(y, m, d), expected, "{y} {m} {d}");
        }
    }
}
