//! The time of day after a date: hours, minutes, seconds and the zone, as ISO 8601 writes them.

/// `T09:26:00+01:00` from what follows the day, or the empty string.
pub(crate) fn time_of_day(rest: &str) -> String {
    let Some(colon) = rest.find(':') else { return compact_time(rest) };
    let hour_text = rest[..colon].trim_start_matches(|c: char| !c.is_ascii_digit());
    let hour_text = hour_text.get(hour_text.len().saturating_sub(2)..).unwrap_or_default();
    let two =
        |text: &str| text.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_digit())).and_then(|two| two.parse::<u8>().ok());
    let (Ok(mut hour), Some(minute)) = (hour_text.parse::<u8>(), two(&rest[colon + 1..])) else { return String::new() };
    let mut tail = rest.get(colon + 3..).unwrap_or_default();
    let second = tail.strip_prefix(':').and_then(two);
    if second.is_some() {
        tail = tail.get(3..).unwrap_or_default().trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
    }
    let tail = tail.trim_start();
    let lower = tail.get(..2).map(str::to_ascii_lowercase).unwrap_or_default();
    if lower == "pm" && hour < 12 {
        hour += 12;
    } else if lower == "am" && hour == 12 {
        hour = 0;
    }
    let tail = if lower == "pm" || lower == "am" { tail[2..].trim_start() } else { tail };
    if hour > 23 || minute > 59 || second.is_some_and(|second| second > 59) {
        return String::new();
    }
    let seconds = second.map_or(String::new(), |second| format!(":{second:02}"));
    format!("T{hour:02}:{minute:02}{seconds}{}", zone(tail))
}

/// `T101010+0200`, as NITF and NewsML write.
fn compact_time(rest: &str) -> String {
    let Some(digits) = rest.strip_prefix('T').filter(|d| d.len() >= 6 && d.as_bytes()[..6].iter().all(u8::is_ascii_digit)) else {
        return String::new();
    };
    format!("T{}:{}:{}{}", &digits[..2], &digits[2..4], &digits[4..6], zone(digits[6..].trim_start()))
}

fn zone(text: &str) -> String {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'Z') => "Z".into(),
        Some(sign @ (b'+' | b'-')) => {
            let digits: String = text[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
            match digits.len() {
                2 => format!("{}{digits}:00", *sign as char),
                4 => format!("{}{}:{}", *sign as char, &digits[..2], &digits[2..]),
                _ => String::new(),
            }
        }
        _ => named_zone(text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()).into(),
    }
}

fn named_zone(name: &str) -> &'static str {
    match name {
        "GMT" | "UTC" | "UT" | "WET" => "Z",
        "EST" | "CDT" => "-05:00",
        "EDT" | "AST" => "-04:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        "BST" | "CET" | "MEZ" => "+01:00",
        "CEST" | "MESZ" | "EET" | "SAST" => "+02:00",
        "MSK" | "EEST" => "+03:00",
        "JST" | "KST" => "+09:00",
        _ => "",
    }
}
