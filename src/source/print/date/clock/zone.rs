//! How far a clock is from Greenwich, from what is printed behind the time: `+0200`, `GMT+2`, `(MESZ)`, `p.m. ET`.

use jiff::civil::{DateTime, Weekday, date};

/// `+02:00`, `Z`, or the empty string where it is not said. `clock` decides what `ET` is on that day.
pub(super) fn offset(text: &str, clock: DateTime) -> String {
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{202f}', '(', ',']);
    if let Some(offset) = signed(text) {
        return offset;
    }
    let name = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let rest = &text[name.len()..];
    if matches!(name, "GMT" | "UTC" | "UT") {
        return signed(rest).filter(|offset| offset != "+00:00").unwrap_or_else(|| "Z".into());
    }
    if super::HOURS.contains(&name) && name.len() < text.len() && !rest.starts_with('+') {
        return offset(rest, clock);
    }
    match named(name) {
        "" => american(name, clock).unwrap_or_default(),
        known => known.into(),
    }
}

/// Does `text` begin with the name of a zone?
pub(super) fn is_named(text: &str) -> bool {
    let name = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(name, "GMT" | "UTC" | "ET" | "CT" | "MT" | "PT") || !named(name).is_empty()
}

/// `+0200`, `+02:00`, `+2`: no place is further than 14 hours away.
fn signed(text: &str) -> Option<String> {
    if text.starts_with('Z') && !text[1..].starts_with(char::is_alphabetic) {
        return Some("Z".into());
    }
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let digits: String = text[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "00"),
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return None,
    };
    let near = hours.parse::<u8>().is_ok_and(|hours| hours <= 14) && matches!(minutes, "00" | "15" | "30" | "45");
    near.then(|| format!("{sign}{hours:0>2}:{minutes}"))
}

fn named(name: &str) -> &'static str {
    match name {
        "WET" => "Z",
        "EST" | "CDT" => "-05:00",
        "EDT" | "AST" => "-04:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        "BRT" | "ART" => "-03:00",
        "BST" | "CET" | "MEZ" => "+01:00",
        "CEST" | "MESZ" | "EET" | "SAST" => "+02:00",
        "MSK" | "EEST" | "TRT" => "+03:00",
        "PKT" => "+05:00",
        "WIB" => "+07:00",
        "WITA" | "HKT" | "SGT" => "+08:00",
        "JST" | "KST" | "WIT" => "+09:00",
        "AEST" => "+10:00",
        "AEDT" => "+11:00",
        "NZST" => "+12:00",
        "NZDT" => "+13:00",
        _ => "",
    }
}

/// `ET` and its neighbours are another zone in summer.
fn american(name: &str, clock: DateTime) -> Option<String> {
    let hours = match name {
        "ET" => 5,
        "CT" => 6,
        "MT" => 7,
        "PT" => 8,
        _ => return None,
    };
    Some(format!("-{:02}:00", hours - i8::from(is_summer(clock)?)))
}

/// Is it summer time in the United States, by the law since 1987? Clocks change at two in the night.
fn is_summer(clock: DateTime) -> Option<bool> {
    let sunday = |month: i8, nth: i8| date(clock.year(), month, 1).nth_weekday_of_month(nth, Weekday::Sunday).ok();
    let (begins, ends) = match clock.year() {
        2007.. => (sunday(3, 2)?, sunday(11, 1)?),
        1987.. => (sunday(4, 1)?, sunday(10, -1)?),
        _ => return None,
    };
    Some((begins.at(2, 0, 0, 0)..ends.at(2, 0, 0, 0)).contains(&clock))
}
