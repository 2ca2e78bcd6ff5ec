//! A piece cut out of a record, exactly as it stands in the file, and the ways to decode it: entities, JSON escapes, doubled
//! quotes.

use super::entities;
use super::traced::{Position, Traced, characters};
use std::ops::Range;

/// Text as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut<'a> {
    /// As printed in the file.
    pub text: &'a str,
    /// Where it begins.
    pub position: Position,
}

impl<'a> Cut<'a> {
    /// A smaller cut.
    pub fn part(self, range: Range<usize>) -> Cut<'a> {
        Cut { text: &self.text[range.clone()], position: self.position.after(&self.text[..range.start]) }
    }

    /// The cut `part`, which must be a slice of this cut's own text.
    pub fn of_slice(self, part: &str) -> Cut<'a> {
        self.part(self.range_of(part))
    }

    fn range_of(self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        start..(start + part.len()).min(self.text.len())
    }

    /// For many parts of a long cut.
    pub fn in_steps(self) -> Steps<'a> {
        Steps { cut: self, at: 0, position: self.position }
    }

    /// What stands between `<name ...>` and `</name>`, from byte `from` on: the range of the content and the byte after.
    pub fn element(self, name: &str, from: usize) -> Option<(Range<usize>, usize)> {
        let start = self.opening(name, from)?;
        let close = format!("</{name}>");
        let end = self.closing(&close, start);
        Some(end.map_or_else(|| self.unclosed(start), |end| (start..end, end + close.len())))
    }

    /// All of that name, one after the other.
    pub fn elements(self, name: &str) -> Vec<Range<usize>> {
        let close = format!("</{name}>");
        let mut found = Vec::new();
        let mut from = 0;
        // Where one is not closed, none after it is.
        let mut closes = true;
        while let Some(start) = self.opening(name, from) {
            let end = closes.then(|| self.closing(&close, start)).flatten();
            closes = end.is_some();
            let (range, after) = end.map_or_else(|| self.unclosed(start), |end| (start..end, end + close.len()));
            found.push(range);
            from = after;
        }
        found
    }

    /// The byte after the next `<name ...>`.
    fn opening(self, name: &str, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += memchr::memchr(b'<', &bytes[at..])? + 1;
            let after = bytes[at..].strip_prefix(name.as_bytes());
            if after.is_some_and(|after| matches!(after.first(), Some(b'>' | b' ' | b'\n'))) {
                break;
            }
        }
        Some(at + memchr::memchr(b'>', &bytes[at..])? + 1)
    }

    /// Where `close` is. Hopping from one `<` to the next: there are few in a story, and nothing to prepare for.
    fn closing(self, close: &str, from: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[from..];
        memchr::memchr_iter(b'<', rest).find(|at| rest[*at..].starts_with(close.as_bytes())).map(|at| from + at)
    }

    /// Never closed: it ends where the next element begins.
    fn unclosed(self, start: usize) -> (Range<usize>, usize) {
        let end = memchr::memmem::find(&self.text.as_bytes()[start..], b"\n<").map_or(self.text.len(), |end| start + end);
        (start..end, end)
    }

    /// With entities decoded.
    pub fn with_entities(self) -> Traced<'a> {
        if memchr::memchr(b'&', self.text.as_bytes()).is_none() {
            return Traced::verbatim(self.text, self.position);
        }
        let mut traced = Traced::empty();
        self.push_with_entities(&mut traced);
        traced
    }

    /// Appends it to `traced`, with entities decoded.
    pub fn push_with_entities(self, traced: &mut Traced<'_>) {
        let mut rest = self.text;
        let mut position = self.position;
        while let Some(found) = memchr::memchr(b'&', rest.as_bytes()) {
            traced.push(&rest[..found], position);
            position = position.after(&rest[..found]);
            rest = &rest[found..];
            let (decoded, length) = entities::decode(rest).unwrap_or_else(|| ("&".into(), 1));
            traced.push_decoded(&decoded, position, length);
            position.file += length;
            rest = &rest[length..];
        }
        traced.push(rest, position);
    }

    /// The inside of a quoted CSV field, doubled quotes made one.
    pub fn with_doubled_quotes(self, quote: char) -> Traced<'a> {
        let doubled = format!("{quote}{quote}");
        let mut parts = self.text.split(&doubled);
        let first = parts.next().unwrap_or_default();
        if first.len() == self.text.len() {
            return Traced::verbatim(self.text, self.position);
        }
        let mut traced = Traced::empty();
        traced.push(first, self.position);
        let mut position = self.position.after(first);
        for part in parts {
            traced.push_decoded(doubled.get(..quote.len_utf8()).unwrap_or_default(), position, 2);
            position.file += 2;
            traced.push(part, position);
            position = position.after(part);
        }
        traced
    }

    /// The inside of a JSON string, escapes decoded. A lone surrogate becomes the replacement character.
    pub fn with_json_escapes(self) -> Traced<'a> {
        let mut rest = self.text;
        if memchr::memchr(b'\\', rest.as_bytes()).is_none() {
            return Traced::verbatim(self.text, self.position);
        }
        let mut traced = Traced::empty();
        let mut position = self.position;
        while let Some(found) = memchr::memchr(b'\\', rest.as_bytes()) {
            traced.push(&rest[..found], position);
            // A JSON string has no line breaks of its own.
            position.file += characters(&rest[..found]);
            rest = &rest[found..];
            let (decoded, length) = json_escape(rest);
            traced.push_decoded(decoded.encode_utf8(&mut [0; 4]), position, length);
            position.file += length;
            rest = &rest[length..];
        }
        traced.push(rest, position);
        traced
    }
}

/// Cuts one part after another. A part after the last one costs only the way between them, where [`Cut::part`] counts the characters
/// and lines from the beginning.
pub(crate) struct Steps<'a> {
    cut: Cut<'a>,
    at: usize,
    position: Position,
}

impl<'a> Steps<'a> {
    /// A smaller cut.
    pub fn part(&mut self, range: Range<usize>) -> Cut<'a> {
        if range.start < self.at {
            *self = self.cut.in_steps();
        }
        self.position = self.position.after(&self.cut.text[self.at..range.start]);
        self.at = range.start;
        Cut { text: &self.cut.text[range], position: self.position }
    }

    /// The cut `part`, which must be a slice of the whole cut's own text.
    pub fn of_slice(&mut self, part: &str) -> Cut<'a> {
        self.part(self.cut.range_of(part))
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
        Cut { text, position: Position::start() }
    }

    #[test]
    fn what_is_decoded_is_still_found() {
        assert_eq!(cut("A &lt;B> &amp; C").with_entities().text, "A <B> & C");
        assert_eq!(cut("say \"\"so\"\"").with_doubled_quotes('"').text, "say \"so\"");
        assert_eq!(cut(r#"a\nb \"c\" \u00e9 \ud83d\ude00 \ud83d!"#).with_json_escapes().text, "a\nb \"c\" é 😀 \u{fffd}!");
        let traced = cut(r"\u00e9 b").with_json_escapes();
        let mut seen = Vec::new();
        traced.follow().runs(2..4, |text, position, width| seen.push((text.to_string(), position.file, width)));
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
