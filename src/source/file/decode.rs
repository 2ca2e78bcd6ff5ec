//! From bytes to text: byte order marks, UTF-8, UTF-16, and Windows-1252 for what is none of these.
//!
//! Offsets into the decoded file count every character but the byte order mark.

use crate::source::desk::format::packed;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Decoded text, and a note when the bytes left a doubt.
pub(crate) struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What was doubtful.
    pub note: Option<Cow<'static, str>>,
}

/// Decodes bytes that declare nothing.
pub(crate) fn text(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), note: None },
        Err(_) => undeclared(bytes),
    }
}

/// Decodes bytes that declare `label`, which is believed unless they are plainly UTF-8 or the label is unknown.
pub(crate) fn declared<'a>(bytes: &'a [u8], label: Option<&str>) -> Decoded<'a> {
    let utf8 = std::str::from_utf8(bytes).is_ok();
    match label.and_then(|label| Encoding::for_label(label.trim().as_bytes())) {
        Some(encoding) if encoding != UTF_8 && !utf8 && Encoding::for_bom(bytes).is_none() => {
            belied(bytes, encoding).unwrap_or_else(|| with(encoding, bytes))
        }
        None if !utf8 && bytes.trim_ascii_start().starts_with(b"<") && Encoding::for_bom(bytes).is_none() => detected(bytes),
        _ => text(bytes),
    }
}

/// The encoding that bytes look like.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(country(bytes), Utf8Detection::Deny)
}

/// Bytes that are looked at to tell whether the declared encoding makes words of them.
const SAMPLE: usize = 64 << 10;

/// Decodes bytes whose declared encoding makes no words of them, where another does, and says so: KOI8-R declared as Windows-1251.
fn belied(bytes: &[u8], label: &'static Encoding) -> Option<Decoded<'static>> {
    if !label.is_single_byte() {
        return None;
    }
    // A page's worth of it tells; only what is belied is decoded again as a whole.
    let some = &bytes[..bytes.len().min(SAMPLE)];
    let declared = label.decode_without_bom_handling(some).0;
    if oddness(&declared) <= MUCH {
        return None;
    }
    let encoding = guessed(bytes);
    let better = encoding != label && oddness(&encoding.decode_without_bom_handling(some).0) * 4.0 < oddness(&declared);
    let note = format!("declared as {}, read as {}, by the look of it", label.name(), encoding.name());
    better.then(|| Decoded {
        text: Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned()),
        note: Some(note.into()),
    })
}

/// Share of the words with letters beyond ASCII that look wrong in any text. A guess with much room: real pages have next to none, and those
/// in a wrong encoding next to nothing else.
const MUCH: f32 = 0.3;

/// The share of the words with letters beyond ASCII that have a capital behind a small letter, a mark among letters, or a control
/// character. Where there are such words, those in capitals count too: KOI8-R has small letters where Windows-1251 has capitals.
fn oddness(text: &str) -> f32 {
    let is_mark = |c: char| matches!(c, '\u{80}'..='\u{9f}' | '\u{a1}'..='\u{a9}' | '\u{ab}' | '\u{ac}' | '\u{ae}'..='\u{b4}' | '\u{b6}' | '\u{b8}' | '\u{bb}'..='\u{bf}' | '\u{2500}'..='\u{25ff}');
    let is_odd = |pair: &[char]| {
        pair[0].is_lowercase() && pair[1].is_uppercase() && !pair[1].is_ascii() || pair[0].is_alphabetic() && is_mark(pair[1])
    };
    let (mut all, mut odd, mut shouted) = (0, 0, 0);
    for word in text.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).filter(|word| !word.is_ascii()).take(2000) {
        let letters: Vec<char> = word.trim_matches(|c: char| !c.is_alphabetic()).chars().collect();
        all += usize::from(letters.len() > 2);
        odd += usize::from(letters.windows(2).any(is_odd));
        shouted += usize::from(letters.len() > 2 && letters.iter().all(|c| c.is_uppercase()));
    }
    let wrong = if odd * 20 > all { odd + shouted } else { odd };
    wrong as f32 / all.max(5) as f32
}

/// Decodes a page that declares nothing as a browser would guess, and says so.
fn detected(bytes: &[u8]) -> Decoded<'_> {
    if let Some(decoded) = mostly_utf8(bytes) {
        return decoded;
    }
    let encoding = guessed(bytes);
    let decoded = with(encoding, bytes);
    let note = format!("no encoding declared; read as {}, by the look of it", encoding.name());
    Decoded { note: decoded.note.or(Some(note.into())), ..decoded }
}

/// The domain of the country whose language a page says it is in: the detector asks where a page comes from.
fn country(bytes: &[u8]) -> Option<&'static [u8]> {
    const COUNTRIES: &[(&str, &[u8])] = &[
        ("ar", b"sa"),
        ("be", b"by"),
        ("bg", b"bg"),
        ("cs", b"cz"),
        ("el", b"gr"),
        ("et", b"ee"),
        ("fa", b"ir"),
        ("he", b"il"),
        ("hr", b"hr"),
        ("hu", b"hu"),
        ("ja", b"jp"),
        ("ko", b"kr"),
        ("lt", b"lt"),
        ("lv", b"lv"),
        ("mk", b"mk"),
        ("pl", b"pl"),
        ("ro", b"ro"),
        ("ru", b"ru"),
        ("sk", b"sk"),
        ("sl", b"si"),
        ("sr", b"rs"),
        ("th", b"th"),
        ("tr", b"tr"),
        ("uk", b"ua"),
        ("vi", b"vn"),
        ("zh", b"cn"),
    ];
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let at = head.find("lang=")? + 5;
    let language = head[at..].trim_start_matches(['"', '\'']).get(..2)?;
    COUNTRIES.iter().find(|(code, _)| *code == language).map(|(_, country)| *country)
}

/// The encoding a page, XML file or mail names near its beginning.
pub(crate) fn declaration(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 << 10)]).to_ascii_lowercase();
    let label = |within: &str, mark: &str| {
        let label = within[within.find(mark)? + mark.len()..].trim_start_matches(['"', '\'', ' ', '=']);
        let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(label.len());
        (end > 0).then(|| label[..end].to_string())
    };
    if !head.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return label(&head, "charset=");
    }
    // A script may be in an encoding of its own: only the page's `meta` counts.
    let tags = head.split('<').map(|tag| tag.split('>').next().unwrap_or_default());
    let found = tags.filter_map(|tag| match tag.get(..5)? {
        "?xml " => label(tag, "encoding"),
        start if start.starts_with("meta") => label(tag, "charset"),
        _ => None,
    });
    found.into_iter().next()
}

/// An encoding of two or four bytes a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wide {
    /// Bytes of a unit: two or four.
    width: usize,
    big_endian: bool,
    /// Bytes of the mark that says so; none when only the text does.
    mark: usize,
}

impl Wide {
    /// The wide encoding of a file that begins with `head`: by its mark, or because it reads as text that way and no other.
    pub fn of(head: &[u8]) -> Option<Wide> {
        let marked = |width, big_endian| Some(Wide { width, big_endian, mark: width });
        match head {
            [0xff, 0xfe, 0, 0, ..] => return marked(4, false),
            [0, 0, 0xfe, 0xff, ..] => return marked(4, true),
            [0xff, 0xfe, ..] => return marked(2, false),
            [0xfe, 0xff, ..] => return marked(2, true),
            _ => {}
        }
        let start = &head[..head.len().min(4096) / 4 * 4];
        if start.len() < 8 || memchr::memchr(0, start).is_none() || packed(head).is_some() {
            return None;
        }
        let tries = [(4, false), (4, true), (2, false), (2, true)];
        tries.map(|(width, big_endian)| Wide { width, big_endian, mark: 0 }).into_iter().find(|wide| wide.reads(start))
    }

    /// Is it text, read this way? Nearly all of it letters, figures and the marks between them, and spaces among them.
    fn reads(self, start: &[u8]) -> bool {
        let (mut all, mut printed, mut spaces) = (0usize, 0usize, 0usize);
        for c in self.characters(start) {
            if all > 200 && printed * 2 < all {
                return false;
            }
            all += 1;
            spaces += usize::from(matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{3000}'..='\u{3002}' | '\u{ff0c}'));
            printed += usize::from(
                c.is_alphanumeric()
                    || matches!(c, ' '..='~' | '\n' | '\r' | '\t' | '\u{a0}'..='\u{bf}')
                    || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{2010}'..='\u{203a}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5e}'),
            );
        }
        printed * 100 >= all * 97 && spaces * 100 >= all * 2
    }

    fn characters(self, bytes: &[u8]) -> impl Iterator<Item = char> + '_ {
        let value = move |unit: &[u8]| {
            let join = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
            if self.big_endian { unit.iter().fold(0, join) } else { unit.iter().rev().fold(0, join) }
        };
        let lone = char::REPLACEMENT_CHARACTER;
        let wide =
            bytes.chunks_exact(4).filter(move |_| self.width == 4).map(move |unit| char::from_u32(value(unit)).unwrap_or(lone));
        let units = bytes.chunks_exact(2).filter(move |_| self.width == 2).map(move |unit| value(unit) as u16);
        wide.chain(char::decode_utf16(units).map(move |c| c.unwrap_or(lone)))
    }

    /// All of a file, the byte order mark left out.
    pub fn decode(self, bytes: &[u8]) -> Decoded<'static> {
        let bytes = &bytes[self.mark..];
        let text: String = self.characters(bytes).filter(|c| *c != '\u{feff}').collect();
        let note = if text.contains(char::REPLACEMENT_CHARACTER) || !bytes.len().is_multiple_of(self.width) {
            Some("bytes that do not fit the encoding were replaced".into())
        } else {
            (self.mark == 0).then(|| format!("UTF-{} without a byte order mark, by the look of it", 8 * self.width).into())
        };
        Decoded { text: Cow::Owned(text), note }
    }
}

fn undeclared(bytes: &[u8]) -> Decoded<'_> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count() * 5;
    // Latin text in UTF-16 has a zero in nearly every second byte.
    if zeros(1) > head.len() {
        return with(UTF_16LE, bytes);
    }
    if zeros(0) > head.len() {
        return with(UTF_16BE, bytes);
    }
    mostly_utf8(bytes).unwrap_or_else(|| with(WINDOWS_1252, bytes))
}

/// A long UTF-8 text with a few broken bytes stays UTF-8, the bytes replaced.
fn mostly_utf8(bytes: &[u8]) -> Option<Decoded<'_>> {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // Five whole sequences to each broken one: by chance, Windows-1252 does not do that.
    (good > bad * 5).then(|| {
        let text = String::from_utf8_lossy(bytes);
        Decoded { text, note: Some("broken UTF-8 bytes were replaced".into()) }
    })
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, note: broken.then_some("bytes that do not fit the encoding were replaced".into()) }
}

/// A stream of bytes in any encoding, as UTF-8.
pub(crate) struct DecodedStream<R> {
    reader: R,
    decoder: Decoder,
    /// Decoded bytes, and how many of them are given away.
    decoded: Vec<u8>,
    given: usize,
    ended: bool,
    /// Set when bytes had to be replaced.
    broken: Rc<Cell<bool>>,
}

impl<R: BufRead> DecodedStream<R> {
    pub fn new(reader: R, encoding: &'static Encoding, broken: Rc<Cell<bool>>) -> DecodedStream<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        DecodedStream { reader, decoder, decoded: Vec::new(), given: 0, ended: false, broken }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let chunk = self.reader.fill_buf()?;
        self.ended = chunk.is_empty();
        self.decoded.resize(chunk.len().min(64 << 10) * 3 + 16, 0);
        let (_, read, written, broken) = self.decoder.decode_to_utf8(chunk, &mut self.decoded, self.ended);
        self.reader.consume(read);
        self.decoded.truncate(written);
        self.given = 0;
        self.broken.set(self.broken.get() || broken);
        Ok(())
    }
}

impl<R: BufRead> Read for DecodedStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.ended {
            self.decode_more()?;
        }
        let length = buffer.len().min(self.decoded.len() - self.given);
        buffer[..length].copy_from_slice(&self.decoded[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes).text, expected);
    }

    #[test]
    fn bytes_of_every_kind() {
        check(b"plain", "plain");
        check("£15.8m".as_bytes(), "£15.8m");
        check(b"\xef\xbb\xbfmarked", "marked");
        check(b"\xa315.8m \x93quoted\x94", "£15.8m “quoted”");
        check(b"\xff\xfeA\0b\0", "Ab");
        check(b"H\0e\0l\0l\0o\0\xe9\0", "Helloé");
        let koi8 = encoding_rs::KOI8_R.encode("Паромы Хальмере остановились в пятницу, сообщил начальник порта.").0.into_owned();
        let read = declared(&koi8, Some("windows-1251"));
        assert!(read.text.starts_with("Паромы Хальмере") && read.note.is_some(), "{}", read.text);
        let right =
            encoding_rs::WINDOWS_1251.encode("Паромы Хальмере остановились в пятницу, сообщил начальник порта.").0.into_owned();
        assert!(declared(&right, Some("windows-1251")).note.is_none());
        check("ééééééé é\u{0}".as_bytes(), "ééééééé é\u{0}");
        let mut broken = "éééééééé".as_bytes().to_vec();
        broken.push(0xff);
        check(&broken, "éééééééé\u{fffd}");
    }
}
