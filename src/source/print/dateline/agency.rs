//! Agencies in datelines: in brackets after the place, and run together with it in Chinese.

use super::{Printed, date, is_caps, places};

/// The length of a short bracket at the head of `text`, brackets included.
pub(super) fn bracketed(text: &str) -> Option<usize> {
    let close = text.strip_prefix('(')?.find(')')?;
    (close <= 40).then_some(close + 2)
}

/// May a bracket without a place before it be an agency? `(Reuters) - `, but not `(Adds quotes) - `.
pub(super) fn is_agency(name: &str) -> bool {
    let short = name.split(' ').count() <= 3 && name.chars().all(|c| c.is_alphabetic() || " ./&'-".contains(c));
    short && name.chars().next().is_some_and(char::is_uppercase) && !places::is_label(name) && {
        let known = ["Reuters", "Reuter", "Bloomberg", "Yonhap", "Xinhua", "Kyodo", "Interfax", "Agencies"];
        known.contains(&name) || is_caps(name) || name.contains("Reuters")
    }
}

/// `新华社北京4月24日电 题：...`: agency, place and day run together.
pub(super) fn chinese(text: &str) -> Option<Printed> {
    let agency = ["新华社", "中新社"].into_iter().find(|agency| text.starts_with(agency))?;
    let window: String = text.chars().take(30).collect();
    let end = window.find('电')?;
    let digits = window[..end].find(|c: char| c.is_ascii_digit())?;
    let place = &window[agency.len()..digits];
    let (month, rest) = window[digits..end].split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let (month, day_number) = (month.parse().ok()?, day.parse().ok()?);
    if place.is_empty() || !(1..=12).contains(&month) || !(1..=31).contains(&day_number) {
        return None;
    }
    let printed = window[digits..end].to_string();
    Some(Printed {
        start: 0,
        end: end + '电'.len_utf8(),
        place: place.to_string(),
        region: None,
        agency: Some(agency.to_string()),
        day: Some(date::MonthDay { month, day: Some(day_number), printed }),
    })
}
