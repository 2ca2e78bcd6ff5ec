//! Character references of SGML, XML and HTML.

use super::traced::Traced;
use html_escape::NAMED_ENTITIES;
use std::borrow::Cow;

/// Decodes the reference at the head of `text` (which begins with `&`): the characters, and the length of the reference in
/// bytes. `None` when it is only an ampersand.
pub(crate) fn decode(text: &str) -> Option<(String, usize)> {
    let body = text.get(1..)?;
    if let Some(number) = body.strip_prefix('#') {
        return numeric(number).map(|(c, length)| (c.to_string(), length + 2));
    }
    // Longest name in use: CounterClockwiseContourIntegral; news needs less.
    let end = body.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
    if end == 0 {
        return None;
    }
    let name = &body[..end];
    let closed = body[end..].starts_with(';');
    let decoded = match name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => "\u{a0}".into(),
        _ if closed => named(name)?.into(),
        _ => return None,
    };
    Some((decoded, 1 + end + usize::from(closed)))
}

/// What HTML 5 calls by this name: the crate's table stands in order of the names' bytes.
fn named(name: &str) -> Option<&'static str> {
    let at = NAMED_ENTITIES.binary_search_by(|(known, _)| known.cmp(&name.as_bytes())).ok()?;
    Some(NAMED_ENTITIES[at].1)
}

fn numeric(number: &str) -> Option<(char, usize)> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let length = digits.bytes().take(8).take_while(|byte| (*byte as char).is_digit(radix)).count();
    let value = u32::from_str_radix(&digits[..length], radix).ok()?;
    let closed = digits[length..].starts_with(';');
    let prefix = number.len() - digits.len();
    Some((character(value), prefix + length + usize::from(closed)))
}

/// Numbers 128-159 mean Windows-1252, as in every browser.
fn character(value: u32) -> char {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match value {
        128..=159 => WINDOWS[value as usize - 128],
        _ => char::from_u32(value).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// Without the marks of CDATA, which programs that escape twice leave in the text.
pub(crate) fn without_cdata<'a>(text: &'a Traced<'a>) -> Cow<'a, Traced<'a>> {
    const MARKS: &[&str] = &["<![CDATA[", "]]>"];
    if !text.text.contains(MARKS[0]) {
        return Cow::Borrowed(text);
    }
    let mut marks: Vec<_> = MARKS.iter().flat_map(|mark| text.text.match_indices(mark)).collect();
    marks.sort_unstable();
    let mut bare = Traced::empty();
    let mut from = text.follow();
    let mut start = 0;
    for (at, mark) in marks {
        from.runs(start..at, |run, position, width| bare.push_run(run, position, width));
        start = at + mark.len();
    }
    from.runs(start..text.text.len(), |run, position, width| bare.push_run(run, position, width));
    Cow::Owned(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_kind() {
        for (text, expected) in [
            ("&lt;B", Some(("<", 4))),
            ("&#3;", Some(("\u{3}", 4))),
            ("&#x2019;s", Some(("’", 8))),
            ("&#146;s", Some(("’", 6))),
            ("&eacute;", Some(("é", 8))),
            ("&hellip;", Some(("…", 8))),
            ("&lcub;", Some(("{", 6))),
            ("&Zcaron;", Some(("Ž", 8))),
            ("&CounterClockwiseContourIntegral;", Some(("∳", 33))),
            ("&nosuch;", None),
            ("& B", None),
            ("&B", None),
            ("&", None),
        ] {
            let seen = decode(text);
            assert_eq!(seen.as_ref().map(|(text, length)| (text.as_str(), *length)), expected, "{text}");
        }
    }
}
