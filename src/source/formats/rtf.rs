//! RTF: the paragraphs of a word processor's file, or the documents of a news database's export in one.
//!
//! Gives the text as it is set, a paragraph a line, to [`typed`]. What a group hides (fonts, colours, styles, pictures, heads and feet of
//! pages, what is only for newer programs) is passed over.

use super::typed;
use crate::source::desk::desk::Desk;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Reads the story or stories of the file.
pub(crate) fn read(bytes: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut setter = Setter::new();
    let mut at = 0;
    while let Some((piece, length)) = piece(&bytes[at..]) {
        at += length;
        at = (at + setter.take(piece)).min(bytes.len());
    }
    setter.flush();
    typed::read(&setter.plain, desk)
}

/// A piece of the file.
#[derive(Debug, Clone, Copy)]
enum Piece<'a> {
    Open,
    Close,
    /// `\name` with the number behind it, if any.
    Word(&'a [u8], Option<i32>),
    /// `\*` and the like.
    Sign(u8),
    /// A byte in the code page of its font, typed or as `\'hh`.
    Byte(u8),
}

/// The piece at the head of `bytes`, and its length. Line ends mean nothing and are part of what stands before or after.
fn piece(bytes: &[u8]) -> Option<(Piece<'_>, usize)> {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | 0)).count();
    let rest = &bytes[blank..];
    let (piece, length) = match *rest.first()? {
        b'{' => (Piece::Open, 1),
        b'}' => (Piece::Close, 1),
        b'\\' => control(&rest[1..]),
        byte => (Piece::Byte(byte), 1),
    };
    Some((piece, blank + length))
}

/// What stands behind a backslash; its length with the backslash.
fn control(rest: &[u8]) -> (Piece<'_>, usize) {
    let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 {
        let hex = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
        return match (rest.first(), hex.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (Some(b'\''), Some(byte)) => (Piece::Byte(byte), 4),
            (Some(b'\r' | b'\n'), _) => (Piece::Word(b"par", None), 2),
            (Some(sign), _) => (Piece::Sign(*sign), 2),
            (None, _) => (Piece::Sign(b' '), 1),
        };
    }
    let after = &rest[letters..];
    let sign = usize::from(after.first() == Some(&b'-'));
    let digits = after[sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let end = if digits > 0 { sign + digits } else { 0 };
    let number = std::str::from_utf8(&after[..end]).ok().and_then(|number| number.parse().ok());
    let space = usize::from(after.get(end) == Some(&b' '));
    (Piece::Word(&rest[..letters], number), 1 + letters + end + space)
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct Group {
    hidden: bool,
    /// In the table of fonts.
    fonts: bool,
    encoding: &'static Encoding,
    /// Characters that stand behind a `\u` for programs that know none.
    fallback: usize,
}

struct Setter {
    plain: String,
    /// Bytes that are not decoded yet: a character may have several.
    bytes: Vec<u8>,
    groups: Vec<Group>,
    now: Group,
    fonts: HashMap<i32, &'static Encoding>,
    /// The font that the table is at.
    font: i32,
    document: &'static Encoding,
    /// The group has just begun: what follows says what it is.
    begun: bool,
    /// Characters still to be passed over after a `\u`.
    passing: usize,
    /// The first half of a character beyond the first 65,536.
    high: Option<u16>,
}

impl Setter {
    fn new() -> Setter {
        let now = Group { hidden: false, fonts: false, encoding: WINDOWS_1252, fallback: 1 };
        Setter {
            plain: String::new(),
            bytes: Vec::new(),
            groups: Vec::new(),
            now,
            fonts: HashMap::new(),
            font: 0,
            document: WINDOWS_1252,
            begun: false,
            passing: 0,
            high: None,
        }
    }

    /// Takes the next piece; gives how many bytes after it are data of a picture or the like.
    fn take(&mut self, piece: Piece<'_>) -> usize {
        let begun = std::mem::take(&mut self.begun);
        if !matches!(piece, Piece::Byte(_)) {
            self.flush();
        }
        match piece {
            Piece::Open => {
                self.groups.push(self.now);
                self.begun = true;
                self.passing = 0;
            }
            Piece::Close => {
                self.now = self.groups.pop().unwrap_or(self.now);
                self.passing = 0;
            }
            Piece::Sign(b'*') if begun => self.now.hidden = true,
            Piece::Sign(sign) => self.sign(sign),
            Piece::Byte(_) if self.passing > 0 => self.passing -= 1,
            Piece::Byte(byte) if !self.now.hidden => self.bytes.push(byte),
            Piece::Byte(_) => {}
            Piece::Word(b"bin", Some(length)) => return usize::try_from(length).unwrap_or(0),
            Piece::Word(word, number) => self.word(word, number),
        }
        0
    }

    fn sign(&mut self, sign: u8) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        match sign {
            b'\\' | b'{' | b'}' => self.push(char::from(sign)),
            b'~' => self.push('\u{a0}'),
            b'_' => self.push('\u{2011}'),
            b'\t' => self.push(' '),
            // `\-` is where a word may be broken.
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"par" | b"sect" | b"row" => self.push_str("\n\n"),
            b"line" | b"page" | b"column" => self.push('\n'),
            b"tab" | b"cell" | b"emspace" | b"enspace" | b"qmspace" => self.push_str("  "),
            b"emdash" => self.push('—'),
            b"endash" => self.push('–'),
            b"lquote" => self.push('‘'),
            b"rquote" => self.push('’'),
            b"ldblquote" => self.push('“'),
            b"rdblquote" => self.push('”'),
            b"bullet" => self.push('•'),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.now.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(16),
            // Text that is hidden, or struck out by whoever revised it.
            b"v" | b"deleted" => self.now.hidden |= number != Some(0),
            b"plain" => self.now.encoding = self.document,
            b"ansicpg" => {
                self.document = code_page(number.unwrap_or(0)).unwrap_or(WINDOWS_1252);
                self.now.encoding = self.document;
            }
            b"mac" => self.now.encoding = encoding_rs::MACINTOSH,
            b"f" if self.now.fonts => self.font = number.unwrap_or(0),
            b"f" => self.now.encoding = self.fonts.get(&number.unwrap_or(0)).copied().unwrap_or(self.document),
            b"fcharset" => drop(character_set(number.unwrap_or(0)).map(|known| self.fonts.insert(self.font, known))),
            b"fonttbl" => (self.now.hidden, self.now.fonts) = (true, true),
            word if APART.contains(&word) => self.now.hidden = true,
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32) {
        self.passing = self.now.fallback;
        // Written as a signed number of 16 bits.
        let unit = number.rem_euclid(0x1_0000) as u16;
        let units = [self.high.take(), Some(unit)];
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        for c in char::decode_utf16(units.into_iter().flatten()).flatten() {
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        self.push_str(c.encode_utf8(&mut [0; 4]));
    }

    fn push_str(&mut self, text: &str) {
        if !self.now.hidden {
            self.plain.push_str(text);
        }
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            self.plain.push_str(&self.now.encoding.decode_without_bom_handling(&self.bytes).0);
            self.bytes.clear();
        }
    }
}

/// Groups that hold no words of the story.
const APART: &[&[u8]] = &[
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"object",
    b"header",
    b"headerl",
    b"headerr",
    b"headerf",
    b"footer",
    b"footerl",
    b"footerr",
    b"footerf",
    b"listtable",
    b"listoverridetable",
    b"revtbl",
    b"fldinst",
    b"themedata",
    b"datastore",
    b"xmlnstbl",
    b"rsidtbl",
    b"generator",
    b"bkmkstart",
    b"bkmkend",
    b"listtext",
    b"pntext",
    b"nonshppict",
    b"annotation",
    b"atnid",
    b"atnauthor",
];

/// The encoding of a code page of Windows, where a browser knows it too.
fn code_page(number: i32) -> Option<&'static Encoding> {
    match number {
        10000 => Some(encoding_rs::MACINTOSH),
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        65001 => Some(encoding_rs::UTF_8),
        number => Encoding::for_label(format!("windows-{number}").as_bytes()),
    }
}

/// The encoding of a font's character set.
fn character_set(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}
