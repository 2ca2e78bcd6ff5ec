//! Which letters the codes of a font print, and how wide they are.
//!
//! The letters are those of the font's own table to Unicode; without one, those of its encoding.

use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

/// Bytes that a table to Unicode may unpack to.
const TABLE: usize = 4 << 20;

/// The most codes of one font.
const CODES: u32 = 1 << 16;

/// A font.
pub(crate) struct Font {
    /// Codes have two bytes.
    pub wide: bool,
    letters: HashMap<u32, String>,
    widths: HashMap<u32, f32>,
    /// Width of a code that has none of its own.
    usual: f32,
    /// Codes are Unicode.
    is_unicode: bool,
    /// Bytes that were unpacked to read it.
    pub cost: usize,
}

impl Font {
    /// Reads the font of this dictionary.
    pub fn new(document: &Document, font: &Dictionary) -> Font {
        let wide = named(font, b"Subtype") == Some(b"Type0");
        let is_unicode = wide && named(font, b"Encoding").is_some_and(|name| name.starts_with(b"Uni"));
        let table = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let table = table.and_then(|stream| stream.get_plain_content_with_limit(TABLE)).unwrap_or_default();
        let cost = table.len();
        let mut letters = to_unicode(&table);
        if !wide {
            for (code, text) in encoded(document, font) {
                letters.entry(code).or_insert(text);
            }
        }
        let (widths, usual) = if wide { wide_widths(document, font) } else { widths(document, font) };
        Font { wide, letters, widths, usual, is_unicode, cost }
    }

    /// The letters of a code; `None` where nothing tells them.
    pub fn letters(&self, code: u32) -> Option<String> {
        let known = self.letters.get(&code).cloned();
        known.or_else(|| self.is_unicode.then(|| char::from_u32(code).map(String::from)).flatten())
    }

    /// The width of a code, in thousandths of the size.
    pub fn width(&self, code: u32) -> f32 {
        self.widths.get(&code).copied().unwrap_or(self.usual)
    }
}

fn named<'a>(dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    dictionary.get(key).and_then(Object::as_name).ok()
}

/// The letters of the font's encoding, byte for byte.
fn encoded(document: &Document, font: &Dictionary) -> Vec<(u32, String)> {
    let mut plain = font.clone();
    plain.remove(b"ToUnicode");
    let Ok(encoding) = plain.get_font_encoding_with_limit(document, TABLE) else { return Vec::new() };
    let letters = (0..=255u8).filter_map(|byte| Some((u32::from(byte), encoding.bytes_to_string(&[byte]).ok()?)));
    letters.filter(|(_, text)| !text.is_empty()).collect()
}

/// The table to Unicode that a font brings: pairs and ranges of codes in angle brackets.
fn to_unicode(table: &[u8]) -> HashMap<u32, String> {
    let mut letters = HashMap::new();
    let text = String::from_utf8_lossy(table);
    // Ranges may say the same codes again and again.
    let mut left = 2 * CODES;
    for (begin, end) in [("beginbfchar", "endbfchar"), ("beginbfrange", "endbfrange")] {
        for section in text.split(begin).skip(1) {
            let section = section.split(end).next().unwrap_or_default();
            let tokens = tokens(section);
            if begin == "beginbfchar" {
                for pair in tokens.chunks_exact(2) {
                    letters.insert(code(pair[0]), decoded(pair[1], 0));
                }
            } else {
                ranges(&tokens, &mut letters, &mut left);
            }
            if letters.len() > CODES as usize {
                return letters;
            }
        }
    }
    letters
}

/// `<0041> <0043> <0061>`, or `<0041> <0043> [<0061> <0062> <0063>]`.
fn ranges(tokens: &[&str], letters: &mut HashMap<u32, String>, left: &mut u32) {
    let mut at = 0;
    while let [first, last, target, ..] = tokens[at..] {
        let (first, last) = (code(first), code(last).min(CODES));
        at += 3;
        if target != "[" {
            let Some(rest) = left.checked_sub(last.saturating_sub(first)) else { return };
            *left = rest;
            letters.extend((first..=last).map(|code| (code, decoded(target, code - first))));
            continue;
        }
        let listed = tokens[at..].iter().take_while(|token| **token != "]").count();
        letters.extend((first..).zip(tokens[at..at + listed].iter().map(|target| decoded(target, 0))));
        at += listed + 1;
    }
}

/// What stands in angle brackets, and the square brackets around several.
fn tokens(section: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = section;
    while let Some(at) = rest.find(['<', '[', ']']) {
        let found = &rest[at..];
        let end = if found.starts_with('<') { found.find('>').unwrap_or(found.len() - 1) + 1 } else { 1 };
        tokens.push(found[..end].trim_matches(['<', '>']));
        rest = &found[end..];
    }
    tokens
}

fn code(hex: &str) -> u32 {
    u32::from_str_radix(hex.trim(), 16).unwrap_or(u32::MAX)
}

/// The UTF-16 in these figures, its last unit raised by so much.
fn decoded(hex: &str, more: u32) -> String {
    let figures: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).take(64).collect();
    let unit = |four: &[u8]| std::str::from_utf8(four).ok().and_then(|four| u16::from_str_radix(four, 16).ok()).unwrap_or(0);
    let mut units: Vec<u16> = figures.chunks(4).map(unit).collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(more as u16);
    }
    let text: String = char::decode_utf16(units).flatten().collect();
    text.trim_matches('\0').to_string()
}

/// The widths of a font with codes of one byte.
fn widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let first = number(font, b"FirstChar", document).unwrap_or(0.0).max(0.0) as u32;
    let listed = font.get_deref(b"Widths", document).and_then(Object::as_array);
    if let Ok(listed) = listed {
        let listed = listed.iter().take(256).map(|width| value(width, document).unwrap_or(0.0));
        let missing = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
        let missing = missing.and_then(|known| number(known, b"MissingWidth", document)).unwrap_or(0.0);
        return ((first..).zip(listed).collect(), missing);
    }
    // The fonts that every reader has need not say their widths.
    let name = named(font, b"BaseFont").unwrap_or_default();
    let has = |part: &[u8]| memchr::memmem::find(name, part).is_some();
    let known: &[u16] = match () {
        () if has(b"Courier") || has(b"Mono") => return (HashMap::new(), 600.0),
        () if has(b"Times") || has(b"Serif") => TIMES,
        () => HELVETICA,
    };
    ((32..).zip(known.iter().map(|width| f32::from(*width))).collect(), 500.0)
}

/// The widths of a font with codes of two bytes: `[1 [500 600] 10 20 450]`.
fn wide_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let inner = descendants.and_then(|fonts| fonts.first()).and_then(|inner| document.dereference(inner).ok());
    let Some(inner) = inner.and_then(|(_, inner)| inner.as_dict().ok()) else { return (HashMap::new(), 1000.0) };
    let usual = number(inner, b"DW", document).unwrap_or(1000.0);
    let mut widths = HashMap::new();
    let listed = inner.get_deref(b"W", document).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let (mut at, mut left) = (0, 2 * CODES);
    while at + 1 < listed.len() && widths.len() < CODES as usize {
        let first = value(&listed[at], document).unwrap_or(0.0).max(0.0) as u32;
        let second = document.dereference(&listed[at + 1]).map_or(&Object::Null, |(_, object)| object);
        if let Ok(each) = second.as_array() {
            let each = each.iter().take(CODES as usize).map(|width| value(width, document).unwrap_or(usual));
            widths.extend((first..).zip(each));
            at += 2;
            continue;
        }
        let last = (value(second, document).unwrap_or(0.0).max(0.0) as u32).min(CODES);
        let width = listed.get(at + 2).and_then(|width| value(width, document)).unwrap_or(usual);
        let Some(rest) = left.checked_sub(last.saturating_sub(first)) else { break };
        left = rest;
        widths.extend((first..=last).map(|code| (code, width)));
        at += 3;
    }
    (widths, usual)
}

fn number(dictionary: &Dictionary, key: &[u8], document: &Document) -> Option<f32> {
    value(dictionary.get(key).ok()?, document)
}

fn value(object: &Object, document: &Document) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok().filter(|value| value.is_finite())
}

/// The widths of Helvetica from the space on, as its metrics have them.
const HELVETICA: &[u16] = &[
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same of Times.
const TIMES: &[u16] = &[
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722,
    667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278,
    500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
