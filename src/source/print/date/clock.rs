//! The time of day beside a date: hours, minutes, seconds and the zone, as ISO 8601 writes them.

mod zone;

use jiff::civil::Date;

/// `T09:26:00+01:00` from what follows the day, or else from what stands before it; the empty string where there is none.
pub(crate) fn time_of_day(before: &str, after: &str, day: Date) -> String {
    let time = compact(after).or_else(|| match (first_time(before), first_time(after)) {
        // `6:15 a.m. May 3, 2024 | Updated 7:01 p.m.`: the second is another day's.
        (Some(first), Some(second)) => Some(if second.is_apart { first } else { second }),
        (first, second) => second.or(first),
    });
    let Some(Time { hour, minute, second, rest, .. }) = time else { return String::new() };
    let seconds = second.map_or(String::new(), |second| format!(":{second:02}"));
    let clock = day.at(hour as i8, minute as i8, 0, 0);
    format!("T{hour:02}:{minute:02}{seconds}{}", zone::offset(rest, clock))
}

struct Time<'a> {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// What follows it.
    rest: &'a str,
    /// A bar or a long word stands before it.
    is_apart: bool,
}

impl<'a> Time<'a> {
    fn checked(self) -> Option<Time<'a>> {
        (self.hour < 24 && self.minute < 60 && self.second.is_none_or(|second| second < 60)).then_some(self)
    }
}

/// `T101010+0200`, as NITF and NewsML write.
fn compact(text: &str) -> Option<Time<'_>> {
    let digits = text.strip_prefix('T').filter(|d| d.len() >= 6 && d.as_bytes()[..6].iter().all(u8::is_ascii_digit))?;
    let two = |at: usize| digits[at..at + 2].parse().ok();
    Time { hour: two(0)?, minute: two(2)?, second: Some(two(4)?), rest: &digits[6..], is_apart: false }.checked()
}

/// The first number that is an hour, with what belongs to it.
fn first_time(text: &str) -> Option<Time<'_>> {
    let mut at = 0;
    while let Some(from) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
        at = from + digits;
        if digits <= 2
            && !text[..from].ends_with([':', '.', '/', '+', '-'])
            && let Some(time) = time_at(&text[..from], &text[from..at], &text[at..])
        {
            return time.checked();
        }
    }
    None
}

/// The time whose hour is `hour`. A number is one by what ties it to its minutes, or by `p.m.` beside it.
fn time_at<'a>(before: &str, hour: &str, after: &'a str) -> Option<Time<'a>> {
    // Only Chinese, Japanese and Korean say it before the hour; `Amsterdam 12:15` does not.
    let half_before = half(before, |text, name| name > "\u{3000}" && text.trim_end().ends_with(name));
    let (minute, mut rest) = minutes(before, after).or_else(|| bare_hour(after))?;
    let mut second = None;
    if let Some((number, more)) = rest.strip_prefix(':').or_else(|| rest.strip_prefix('.')).and_then(two) {
        second = Some(number);
        rest = more.trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
    }
    let tail = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let half_after = half(tail, |text, name| {
        let any_case = name.starts_with(['a', 'p']);
        text.get(..name.len()).is_some_and(|head| head == name || any_case && head.eq_ignore_ascii_case(name))
    });
    let half_after = half_after.filter(|(_, name)| !tail[name.len()..].starts_with(char::is_alphabetic));
    let rest = half_after.map_or(tail, |(_, name)| &tail[name.len()..]);
    let hour: u8 = hour.parse().ok()?;
    let hour = match half_before.or(half_after) {
        Some((Half::Second, _)) if hour < 12 => hour + 12,
        Some((Half::First, _)) if hour == 12 => 0,
        _ => hour,
    };
    let is_apart = before.contains('|') || before.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() >= 5);
    Some(Time { hour, minute, second, rest, is_apart })
}

/// The minutes after an hour and what ties them to it: `10:05`, `10h05`, `10時05分`, `klo 10.05`.
fn minutes<'a>(before: &str, after: &'a str) -> Option<(u8, &'a str)> {
    if let Some(found) = after.strip_prefix(':').and_then(two) {
        return Some(found);
    }
    if let Some(rest) = after.trim_start().strip_prefix(['時', '时', '點', '点', '시']) {
        let tail = rest.trim_start();
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        let minute = tail[..digits].parse().ok().filter(|_| tail[digits..].trim_start().starts_with(['分', '분']) || digits == 2);
        return Some(minute.map_or((0, rest), |minute| (minute, tail[digits..].trim_start_matches(['分', '분']))));
    }
    if let Some(rest) = after.trim_start().strip_prefix(['h', 'H']).filter(|rest| !rest.starts_with(char::is_alphabetic)) {
        return Some(two(rest.trim_start()).unwrap_or((0, rest)));
    }
    let (minute, rest) = after.strip_prefix('.').and_then(two)?;
    // A full stop ties other numbers too.
    let told =
        before.trim_end_matches([' ', '.']).rsplit(' ').next().is_some_and(|word| AT.contains(&word.to_lowercase().as_str()));
    let tail = rest.trim_start();
    let is_time = told || zone::is_named(tail) || HOURS.iter().any(|name| tail.starts_with(name)) || bare_hour(rest).is_some();
    is_time.then_some((minute, rest))
}

/// Words before an hour and its minutes, and after them.
const AT: &[&str] = &[
    "klo",
    "kl",
    "kello",
    "pukul",
    "om",
    "ora",
    "ore",
    "ob",
    "u",
    "alle",
    "godz",
    "um",
    "at",
    "às",
    "as",
    "jam",
    "เวลา",
    "στις",
    "o",
];
const HOURS: &[&str] = &["Uhr", "uur", "น.", "hs", "hrs", "wib", "WIB"];

/// `9 p.m.`: an hour without minutes.
fn bare_hour(after: &str) -> Option<(u8, &str)> {
    let tail = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let begins = |name: &&str| tail.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let name = ["a.m.", "p.m.", "am", "pm", "a. m.", "p. m."].into_iter().find(begins)?;
    (!tail[name.len()..].starts_with(char::is_alphabetic)).then_some((0, after))
}

fn two(text: &str) -> Option<(u8, &str)> {
    let number = text.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_digit()))?;
    (!text[2..].starts_with(|c: char| c.is_ascii_digit())).then_some((number.parse().ok()?, &text[2..]))
}

/// A half of the day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    First,
    Second,
}

/// What the halves of the day are called: English, Korean, Chinese, Japanese, Arabic, Persian, Greek, Vietnamese, Hindi.
#[rustfmt::skip]
const HALVES: &[(Half, &[&str])] = &[
    (Half::First, &["a.m.", "am", "a. m.", "오전", "上午", "凌晨", "早上", "清晨", "午前", "صباحا", "صباحاً", "ص", "قبل‌ازظهر", "ق.ظ", "π.μ.", "πμ", "SA", "पूर्वाह्न"]),
    (Half::Second, &["p.m.", "pm", "p. m.", "오후", "下午", "晚上", "傍晚", "午後", "مساء", "مساءً", "م", "بعدازظهر", "ب.ظ", "μ.μ.", "μμ", "CH", "अपराह्न"]),
];

/// The half of the day named in `text`, where `stands` says, and the name.
fn half(text: &str, stands: impl Fn(&str, &str) -> bool) -> Option<(Half, &'static str)> {
    let each = HALVES.iter().flat_map(|(half, names)| names.iter().map(|name| (*half, *name)));
    each.filter(|(_, name)| stands(text, name)).max_by_key(|(_, name)| name.len())
}
