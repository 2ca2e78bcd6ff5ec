//! A piece cut out of a record, exactly as it stands in the file, and the ways to decode it: entities, JSON escapes, doubled
//! quotes.

use super::entities;
use super::traced::{Place, Traced, characters};
use std::ops::Range;

/// Text as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut<'a> {
    /// As printed in the file.
    pub text: &'a str,
    /// Where it begins.
    pub place: Place,
}

impl<'a> Cut<'a> {
    /// A smaller cut.
    pub fn part(self, range: Range<usize>) -> Cut<'a> {
        Cut { text: &self.text[range.clone()], place: self.place.after(&self.text[..range.start]) }
    }

    /// The cut `part`, which must be a slice of this cut's own text.
    pub fn of_slice(self, part: &str) -> Cut<'a> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let end = (start + part.len()).min(self.text.len());
        self.part(start..end)
    }

    /// What stands between `<name ...>` and `</name>`, from byte `from` on: the range of the content and the byte behind.
    pub fn element(self, name: &str, from: usize) -> Option<(Range<usize>, usize)> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += memchr::memchr(b'<', &bytes[at..])? + 1;
            let behind = bytes[at..].strip_prefix(name.as_bytes());
            if behind.is_some_and(|behind| matches!(behind.first(), Some(b'>' | b' ' | b'\n'))) {
                break;
            }
        }
        let start = at + memchr::memchr(b'>', &bytes[at..])? + 1;
        let close = format!("</{name}>");
        // Hopping from one `<` to the next: there are few in a story, and none to prepare for.
        let end = memchr::memchr_iter(b'<', &bytes[start..]).find(|at| bytes[start + at..].starts_with(close.as_bytes()));
        Some(match end {
            Some(end) => (start..start + end, start + end + close.len()),
            // Never closed: it ends where the next element begins.
            None => {
                let end = self.text[start..].find("\n<").map_or(self.text.len(), |end| start + end);
                (start..end, end)
            }
        })
    }

    /// With entities decoded.
    pub fn with_entities(self) -> Traced<'a> {
        if memchr::memchr(b'&', self.text.as_bytes()).is_none() {
            return Traced::verbatim(self.text, self.place);
        }
        let mut traced = Traced::empty();
        self.push_with_entities(&mut traced);
        traced
    }

    /// Appends it to `traced`, with entities decoded.
    pub fn push_with_entities(self, traced: &mut Traced<'_>) {
        let mut rest = self.text;
        let mut place = self.place;
        while let Some(found) = memchr::memchr(b'&', rest.as_bytes()) {
            traced.push(&rest[..found], place);
            place = place.after(&rest[..found]);
            rest = &rest[found..];
            let (decoded, length) = entities::decode(rest).unwrap_or_else(|| ("&".into(), 1));
            traced.push_decoded(&decoded, place, length);
            place.file += length;
            rest = &rest[length..];
        }
        traced.push(rest, place);
    }

    /// The inside of a quoted CSV field, doubled quotes made one.
    pub fn with_doubled_quotes(self, quote: char) -> Traced<'a> {
        let doubled = format!("{quote}{quote}");
        let mut parts = self.text.split(&doubled);
        let first = parts.next().unwrap_or_default();
        if first.len() == self.text.len() {
            return Traced::verbatim(self.text, self.place);
        }
        let mut traced = Traced::empty();
        traced.push(first, self.place);
        let mut place = self.place.after(first);
        for part in parts {
            traced.push_decoded(doubled.get(..quote.len_utf8()).unwrap_or_default(), place, 2);
            place.file += 2;
            traced.push(part, place);
            place = place.after(part);
        }
        traced
    }

    /// The inside of a JSON string, escapes decoded. A lone surrogate becomes the replacement character.
    pub fn with_json_escapes(self) -> Traced<'a> {
        let mut rest = self.text;
        if memchr::memchr(b'\\', rest.as_bytes()).is_none() {
            return Traced::verbatim(self.text, self.place);
        }
        let mut traced = Traced::empty();
        let mut place = self.place;
        while let Some(found) = memchr::memchr(b'\\', rest.as_bytes()) {
            traced.push(&rest[..found], place);
            // A JSON string has no line breaks of its own.
            place.file += characters(&rest[..found]);
            rest = &rest[found..];
            let (decoded, length) = json_escape(rest);
            traced.push_decoded(decoded.encode_utf8(&mut [0; 4]), place, length);
            place.file += length;
            rest = &rest[length..];
        }
        traced.push(rest, place);
        traced
    }
}

/// The character of the escape at the head of `text`, and the escape's length.
fn json_escape(text: &str) -> (char, usize) {
    let Some(letter) = text[1..].chars().next() else { return ('\\', 1) };
    let decoded = match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' | 'f' => ' ',
        'u' => return unicode_escape(text),
        other => other,
    };
    (decoded, 1 + letter.len_utf8())
}

fn unicode_escape(text: &str) -> (char, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(high) = unit(2) else { return (char::REPLACEMENT_CHARACTER, 2) };
    if (0xd800..0xdc00).contains(&high)
        && text.get(6..8) == Some("\\u")
        && let Some(low) = unit(8).filter(|low| (0xdc00..0xe000).contains(low))
    {
        let joined = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Cut<'_> {
        Cut { text, place: Place::start() }
    }

    #[test]
    fn what_is_decoded_is_still_found() {
        assert_eq!(cut("A &lt;B> &amp; C").with_entities().text, "A <B> & C");
        assert_eq!(cut("say \"\"so\"\"").with_doubled_quotes('"').text, "say \"so\"");
        assert_eq!(cut(r#"a\nb \"c\" \u00e9 \ud83d\ude00 \ud83d!"#).with_json_escapes().text, "a\nb \"c\" é 😀 \u{fffd}!");
        let traced = cut(r"\u00e9 b").with_json_escapes();
        let mut seen = Vec::new();
        traced.follow().runs(2..4, |text, place, width| seen.push((text.to_string(), place.file, width)));
        assert_eq!(seen, [(" b".to_string(), 6, 1)]);
    }

    #[test]
    fn elements_closed_and_unclosed() {
        let record = cut("<DOC>\n<HEAD>One</HEAD>\n<NOTE>two\n<TEXT>three</TEXT>");
        let (range, _) = record.element("HEAD", 0).unwrap();
        assert_eq!(&record.text[range], "One");
        let (range, _) = record.element("NOTE", 0).unwrap();
        assert_eq!(&record.text[range], "two");
    }
}
