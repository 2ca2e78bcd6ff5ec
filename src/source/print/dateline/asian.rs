//! Datelines without a dash: Chinese runs place, day and agency together, Japanese and Korean put them in brackets.

use super::{Printed, date};

/// Longest bracket or run looked at, in characters.
const WINDOW: usize = 40;

/// The dateline at the head of `text`, if it has one of these forms.
pub(super) fn leading(text: &str) -> Option<Printed> {
    // Nearly every paragraph is ruled out here.
    if !text.starts_with(|c: char| !c.is_ascii() || matches!(c, '(' | '[')) {
        return None;
    }
    chinese(text).or_else(|| bracket(text))
}

/// Who reports from a place in Chinese: agencies, and `our paper`.
#[rustfmt::skip]
const CHINESE: &[&str] = &[
    "新华社", "新华网", "中新社", "中新网", "本报", "本刊", "本台", "人民网", "央视网", "法新社", "路透社", "美联社", "共同社", "韩联社", "塔斯社", "俄新社", "中央社", "新華社", "中新網",
    "美聯社",
];

/// `新华社北京4月24日电 题：...`: agency, place and day run together.
fn chinese(text: &str) -> Option<Printed> {
    let agency = CHINESE.iter().find(|agency| text.starts_with(**agency))?;
    let window = head(text);
    let end = window.find(['电', '電', '讯', '訊'])?;
    let digits = window[..end].find(|c: char| c.is_ascii_digit())?;
    let place = window.get(agency.len()..digits)?.trim();
    let days = &window[digits..end];
    let days = days.trim_end_matches(['综', '合', '外', '专', '專']);
    let day = month_day(days.split_once('年').map_or(days, |(_, day)| day))?;
    if !(1..=12).contains(&place.chars().count()) || !place.chars().all(char::is_alphabetic) || place.contains(['记', '記']) {
        return None;
    }
    Some(printed(end + '电'.len_utf8(), place, Some(agency), Some(day)))
}

/// `5月3日`.
fn month_day(text: &str) -> Option<date::MonthDay> {
    let (month, day) = text.strip_suffix('日')?.split_once('月')?;
    let (month, day) =
        (number(month).filter(|month| (1..=12).contains(month))?, number(day).filter(|day| (1..=31).contains(day))?);
    Some(date::MonthDay { month, day: Some(day), printed: text.to_string() })
}

/// A number in either width of figures.
fn number(text: &str) -> Option<u8> {
    let plain = |c: char| {
        if ('０'..='９').contains(&c) { char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c) } else { c }
    };
    text.chars().map(plain).collect::<String>().parse().ok()
}

/// Agencies that close a bracket in Japanese, and that stand behind `=` in Korean.
#[rustfmt::skip]
const JAPANESE: &[&str] =
    &["共同通信", "共同", "時事通信", "時事", "ロイター通信", "ロイター", "AFP", "ＡＦＰ", "AP", "ＡＰ", "CNN", "ＣＮＮ", "新華社", "聯合ニュース", "聯合", "中央社", "タス"];
#[rustfmt::skip]
const KOREAN: &[&str] = &["연합뉴스", "뉴시스", "뉴스1", "뉴스핌", "로이터", "신화", "교도", "타스", "AP", "AFP", "EPA", "UPI"];

/// `【ハルメレ共同】`, `[ハルメレ 3日 ロイター]`, `(할메레=연합뉴스)`: a place and an agency in brackets that open the story.
fn bracket(text: &str) -> Option<Printed> {
    const PAIRS: [(char, char); 6] = [('【', '】'), ('［', '］'), ('〔', '〕'), ('（', '）'), ('[', ']'), ('(', ')')];
    let (open, close) = PAIRS.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let window = head(text);
    let at = window.find(close)?;
    let (inside, end) = (&window[open.len_utf8()..at], at + close.len_utf8());
    if text[end..].trim().is_empty() {
        return None;
    }
    let (place, agency, day) = korean(inside).or_else(|| japanese(inside))?;
    is_place(place).then(|| printed(end, place, Some(agency), day))
}

type Parts<'a> = (&'a str, &'a str, Option<date::MonthDay>);

fn korean(inside: &str) -> Option<Parts<'_>> {
    let (place, agency) = inside.split_once(['=', '＝'])?;
    let known = agency.split(['/', '=', '·']).any(|part| KOREAN.contains(&part.trim()));
    (known && place.chars().any(|c| ('가'..='힣').contains(&c))).then_some((place.trim(), agency.trim(), None))
}

fn japanese(inside: &str) -> Option<Parts<'_>> {
    const BETWEEN: [char; 7] = [' ', '　', '＝', '=', '・', '、', '/'];
    let mut rest = inside;
    while let Some(shorter) = JAPANESE.iter().find_map(|agency| rest.strip_suffix(agency)) {
        rest = shorter.trim_end_matches(BETWEEN);
    }
    let agency = inside[rest.len()..].trim_start_matches(BETWEEN);
    let is_of_day = |c: char| matches!(c, '月' | '日' | '0'..='9' | '０'..='９');
    let place = if rest.ends_with('日') { rest.trim_end_matches(is_of_day) } else { rest };
    let day = month_day(&rest[place.len()..]);
    let place = place.trim_end_matches(BETWEEN);
    let in_japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    (!agency.is_empty() && place.chars().any(in_japanese)).then_some((place, agency, day))
}

/// What credits a picture, and opens a bracket as a place does.
const PICTURES: &[&str] = &["사진", "자료", "제공", "출처", "그래픽", "영상", "写真", "画像", "提供", "動画", "資料"];

/// Letters and what joins two places; no label that has a figure in it, no sentence.
fn is_place(place: &str) -> bool {
    let of_place = |c: char| c.is_alphabetic() || matches!(c, '·' | '・' | '/' | ' ' | 'ー');
    (1..=20).contains(&place.chars().count())
        && place.chars().all(of_place)
        && !PICTURES.iter().any(|label| place.contains(label))
}

fn printed(end: usize, place: &str, agency: Option<&str>, day: Option<date::MonthDay>) -> Printed {
    Printed { start: 0, end, place: place.to_string(), region: None, agency: agency.map(str::to_string), day }
}

fn head(text: &str) -> &str {
    text.char_indices().nth(WINDOW).map_or(text, |(at, _)| &text[..at])
}

/// Who signs behind such a dateline, up to the byte where the story goes on: `홍길동 기자 =`, `（记者王芳、李明）`, `记者李明报道：`.
pub(crate) fn signed(text: &str) -> Option<(Vec<String>, usize)> {
    let window = head(text);
    let trimmed = window.trim_start_matches([' ', '　']);
    let skipped = window.len() - trimmed.len();
    let (names, length) = korean_names(trimmed).or_else(|| chinese_names(trimmed))?;
    let people: Vec<String> =
        names.split([' ', '　', '、', '·', ',', '，']).filter(|name| !name.is_empty()).map(str::to_string).collect();
    let named = people.iter().all(|name| (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic));
    (named && !people.is_empty()).then_some((people, skipped + length))
}

fn korean_names(text: &str) -> Option<(&str, usize)> {
    let (before, _) = text.split_once('=')?;
    let title = ["인턴기자", "특파원", "통신원", "기자"].into_iter().find(|title| before.trim_end().ends_with(title))?;
    Some((before.trim_end().strip_suffix(title)?.trim_end(), before.len() + 1))
}

fn chinese_names(text: &str) -> Option<(&str, usize)> {
    let open = text.starts_with(['（', '(']);
    let inner = text.trim_start_matches(['（', '(']);
    let rest = inner.strip_prefix("记者").or_else(|| inner.strip_prefix("記者"))?;
    let ends: &[&str] = if open { &["）", ")"] } else { &["报道：", "報道：", "报道:"] };
    let (names, found) =
        ends.iter().filter_map(|end| rest.find(end).map(|at| (&rest[..at], *end))).min_by_key(|(names, _)| names.len())?;
    let length = text.len() - rest.len() + names.len() + found.len();
    Some((names.trim().trim_end_matches("摄").trim_end_matches("文"), length))
}
