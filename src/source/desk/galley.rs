//! Sets an article: takes stretches of decoded text in reading order and gives the finished [`Article`].
//!
//! This is where the rules of `Article::text` live: one line for each headline, dateline, byline and paragraph; hard-wrapped
//! lines joined by one space, but a break after a hyphen kept as a line break; control characters turned into
//! spaces; everything traced back to the file. What a stretch is (headline, paragraph, credit) is decided by the readers.

use super::traced::{Follower, Position, Traced};
use crate::article::{Article, ArticleId, Byline, Dateline, Paragraph, ParagraphKind, Source, SourceMap, Span};
use crate::source::print::{boilerplate, byline, dateline, opening};
use std::ops::Range;

/// An article being set.
pub(crate) struct Galley {
    /// What is set so far. `id` and `source` are filled in when it is handed over.
    pub article: Article,
    /// What the archive calls the article, where a field holds an id.
    pub name: Option<String>,
    /// What is doubtful about its markup.
    pub doubt: Option<String>,
    /// How far the text leads back to its source: so many bytes of it, to this character of the file.
    traced: (usize, usize),
}

impl Galley {
    /// An empty galley with room for about `bytes` of text.
    pub fn with_room(bytes: usize) -> Galley {
        let source = Source { path: String::new(), record: 0, format: String::new() };
        Galley {
            article: Article {
                id: ArticleId::default(),
                source,
                text: String::with_capacity(bytes),
                headline: None,
                dateline: None,
                bylines: Vec::new(),
                published: None,
                language: None,
                outlet: None,
                section: None,
                url: None,
                paragraphs: Vec::new(),
                origin: SourceMap::default(),
            },
            name: None,
            doubt: None,
            traced: (0, 0),
        }
    }

    /// True when nothing is printed in it.
    pub fn is_empty(&self) -> bool {
        self.article.text.is_empty()
    }

    /// Sets `range` as one line of the article, and says where it now stands; `None` when there is nothing in it but space.
    pub fn set(&mut self, from: &mut Follower<'_>, range: Range<usize>) -> Option<Span> {
        let text = from.text();
        let range = trimmed(text, range);
        if range.is_empty() {
            return None;
        }
        if !self.article.text.is_empty() {
            self.article.text.push('\n');
        }
        let start = self.article.text.len();
        let mut begin = range.start;
        while let Some(found) = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[begin..range.end]) {
            let line = trimmed(text, begin..begin + found);
            if !line.is_empty() {
                let after_hyphen = ends_in_hyphen(&text[line.clone()]);
                self.copy(from, line.clone());
                self.join(from, line.end, if after_hyphen { '\n' } else { ' ' });
            }
            begin += found + 1;
        }
        self.copy(from, trimmed(text, begin..range.end));
        Some(Span::new(start, self.article.text.len()))
    }

    /// Sets the whole of `traced` as one line.
    pub fn set_all(&mut self, traced: &Traced<'_>) -> Option<Span> {
        self.set(&mut traced.follow(), 0..traced.text.len())
    }

    /// Sets the headline, unless there is one already.
    pub fn headline(&mut self, from: &mut Follower<'_>, range: Range<usize>) {
        if self.article.headline.is_none() {
            self.article.headline = self.set(from, range);
        }
    }

    /// Sets a paragraph; credits and links to other stories are recognised as boilerplate.
    pub fn paragraph(&mut self, from: &mut Follower<'_>, range: Range<usize>, kind: ParagraphKind) {
        let Some(span) = self.set(from, range) else { return };
        let text = span.of(&self.article.text);
        let kind = match kind {
            ParagraphKind::Text | ParagraphKind::Subhead if boilerplate::is(text) => ParagraphKind::Boilerplate,
            kind => kind,
        };
        self.article.paragraphs.push(Paragraph { kind, span });
    }

    /// Reads the dateline and the byline at the head of the story, unless they are known: in the first paragraph, or after notes
    /// and bylines that fill paragraphs of their own.
    pub fn find_dateline(&mut self) {
        if self.article.dateline.is_some() {
            return;
        }
        let mut signed = None;
        let is_point = |p: &Paragraph| p.span.of(&self.article.text).starts_with(['*', '•']);
        let is_byline = |p: &Paragraph| byline::line(p.span.of(&self.article.text)).is_some();
        let is_read = |p: &&Paragraph| p.kind == ParagraphKind::Text || (p.kind == ParagraphKind::Subhead && is_byline(p));
        let texts = self.article.paragraphs.iter().filter(is_read);
        // Three: a note, a byline, the story; agencies put the main points before these, at most half a dozen.
        let head = texts.enumerate().filter(|(at, p)| *at >= 10 || !is_point(p)).map(|(_, p)| p).take(3);
        for paragraph in head {
            let start = paragraph.span.start as usize;
            let opening = opening::read(paragraph.span.of(&self.article.text));
            signed = signed.or(opening.byline.map(|(names, range)| (names, Span::new(start + range.start, start + range.end))));
            self.article.dateline = opening.dateline.map(|(printed, at)| printed.at(start + at));
            if !opening.story_follows {
                break;
            }
        }
        if let Some((names, span)) = signed.filter(|_| self.article.bylines.is_empty()) {
            self.credit(names, Some(span));
        }
    }

    /// Reads the names and the date that close the story, unless they are known; gives the date as printed.
    pub fn find_closing_credit(&mut self) -> Option<String> {
        let text = |p: &&Paragraph| matches!(p.kind, ParagraphKind::Text | ParagraphKind::Boilerplate);
        let last = self.article.paragraphs.iter().rfind(text)?.span;
        let (names, day) = opening::closing(last.of(&self.article.text))?;
        let day = day.to_owned();
        if self.article.bylines.is_empty() {
            self.credit(names, None);
        }
        Some(day)
    }

    /// Takes `span`, already set, for the dateline; false when it does not read as one.
    pub fn dateline_at(&mut self, span: Span) -> bool {
        let printed = dateline::tagged(span.of(&self.article.text));
        let found: Option<Dateline> = printed.map(|printed| printed.at(span.start as usize));
        let is_one = found.is_some();
        self.article.dateline = self.article.dateline.take().or(found);
        is_one
    }

    /// Takes `span`, already set, for the place, because the user says that it is one.
    pub fn place_at(&mut self, span: Span) {
        let place = span.of(&self.article.text).to_owned();
        let dateline = Dateline { span, place, region: None, agency: None, day: None, month_day: None };
        self.article.dateline = self.article.dateline.take().or(Some(dateline));
    }

    /// Adds people who wrote it; `span` is where they are printed, if they are.
    pub fn credit(&mut self, names: Vec<String>, span: Option<Span>) {
        for name in names {
            if !self.article.bylines.iter().any(|known| known.name == name) {
                self.article.bylines.push(Byline { name, span });
            }
        }
    }

    fn copy(&mut self, from: &mut Follower<'_>, range: Range<usize>) {
        let (article, traced) = (&mut self.article, &mut self.traced);
        from.runs(range, |run, position, width| {
            trace(article, traced, position, width);
            push_clean(&mut article.text, run);
        });
    }

    /// Puts `joint` between two lines: it stands for the line break at `byte` of the source.
    fn join(&mut self, from: &mut Follower<'_>, byte: usize, joint: char) {
        let (article, traced) = (&mut self.article, &mut self.traced);
        let width = from.text()[byte..].chars().next().map_or(0, char::len_utf8);
        from.runs(byte..byte + width, |_, position, width| trace(article, traced, position, width));
        article.text.push(joint);
    }
}

/// Adds a piece, unless it says what its predecessor says already. What is `traced` is not counted again: a text of many short runs would
/// cost the square of its length.
fn trace(article: &mut Article, traced: &mut (usize, usize), position: Position, width: usize) {
    let text = &article.text;
    let goes_on = article.origin.pieces.last().is_some_and(|last| {
        let on_one_line = last.line as usize == position.line && last.width == 1 && width == 1;
        let (begin, file) = if traced.0 >= last.text as usize { *traced } else { (last.text as usize, last.file as usize) };
        on_one_line && text.get(begin..).is_some_and(|since| file + super::traced::characters(since) == position.file)
    });
    *traced = (text.len(), position.file);
    if !goes_on {
        article.origin.push(text.len(), position.file, position.line, width);
    }
}

/// Appends `run`, every control character as a space.
fn push_clean(text: &mut String, run: &str) {
    // 0xC2 leads the C1 control characters (and much harmless Latin-1).
    // Every byte is looked at, without leaving early: so it is done many at a time.
    if run.bytes().fold(false, |found, byte| found | (byte < 0x20) | (byte == 0x7f) | (byte == 0xc2)) {
        text.extend(run.chars().map(|c| if c.is_control() { ' ' } else { c }));
    } else {
        text.push_str(run);
    }
}

/// `range` without the white space and control characters at both ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let is_print = |byte: &u8| (0x21..0x7f).contains(byte);
    if let [first, .., last] = &text.as_bytes()[range.clone()]
        && is_print(first)
        && is_print(last)
    {
        return range;
    }
    let inner = &text[range.clone()];
    let from_start = inner.trim_start_matches(is_blank);
    let start = range.start + inner.len() - from_start.len();
    start..start + from_start.trim_end_matches(is_blank).len()
}

/// White space, control characters, and the byte order mark in the wrong place.
pub(crate) fn is_blank(c: char) -> bool {
    c == ' ' || c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}'
}

fn ends_in_hyphen(line: &str) -> bool {
    let mut back = line.chars().rev();
    let hyphen = matches!(back.next(), Some('-' | '\u{2010}' | '\u{ad}'));
    hyphen && back.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(source: &str) -> Article {
        let traced = Traced::verbatim(source, Position::start());
        let mut galley = Galley::with_room(0);
        galley.paragraph(&mut traced.follow(), 0..source.len(), ParagraphKind::Text);
        galley.article
    }

    #[test]
    fn wrapped_lines_are_joined_and_still_found_in_the_file() {
        let article = set("  The govern-\r\nment of\r\n  Vexia ");
        assert_eq!(article.text, "The govern-\nment of Vexia");
        let at = article.text.find("Vexia").unwrap();
        let span = Span::new(at, at + 5);
        assert_eq!(article.origin.in_file(&article.text, span), Some((26, 31)));
        assert_eq!(article.origin.line(span.start), Some(3));
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(set("a\u{3}b\u{85}c\u{a0}d").text, "a b c\u{a0}d");
    }
}
