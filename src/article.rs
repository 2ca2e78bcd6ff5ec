//! What a newspaper prints, as plain values: an article with its headline, dateline, bylines, date and paragraphs.
//!
//! Every [`Span`] is a half-open range of **byte** offsets into [`Article::text`], always on character boundaries. The text
//! itself is the article as a reader reads it (wrapped lines joined, entities decoded); [`SourceMap`] leads from any place
//! in it back to the characters and the line of the file it came from. Nothing here does any I/O: readers are in
//! [`crate::source`].

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into an article's text.
///
/// ```
/// use newshound::article::Span;
///
/// assert_eq!(Span::new(4, 9).of("The envoys left"), "envoy");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes. Article texts are limited to 16 MB, so `u32` always holds them.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The words this span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when nothing is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The number an article goes by in every answer: 16 hexadecimal digits when printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ArticleId(pub u64);

impl std::fmt::Display for ArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What was given is no [`ArticleId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoArticleId;

impl std::fmt::Display for NoArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an article's id is 16 hexadecimal digits")
    }
}

impl std::error::Error for NoArticleId {}

impl std::str::FromStr for ArticleId {
    type Err = NoArticleId;

    fn from_str(text: &str) -> Result<ArticleId, NoArticleId> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        u64::from_str_radix(text, 16).ok().filter(|_| digits).map(ArticleId).ok_or(NoArticleId)
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for ArticleId {
    type Error = NoArticleId;

    fn try_from(text: String) -> Result<ArticleId, NoArticleId> {
        text.parse()
    }
}

/// One article, whatever format it came in.
///
/// ```
/// use newshound::Article;
///
/// let article = Article::plain("1", "Talks end\nThe envoys left on Friday.", true);
/// assert_eq!(article.headline(), "Talks end");
/// assert_eq!(article.paragraphs[0].span.of(&article.text), "The envoys left on Friday.");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Stable across runs: derived from the source's path and record by [`Source::article_id`].
    pub id: ArticleId,
    /// Where it was read.
    pub source: Source,
    /// Everything printed, in reading order, one line (`\n`) between two parts. All spans slice this.
    pub text: String,
    /// The headline, if the source has one.
    pub headline: Option<Span>,
    /// Place, agency and day at the head of the story.
    pub dateline: Option<Dateline>,
    /// The people who wrote it, as printed and as names.
    pub bylines: Vec<Byline>,
    /// When it was published, and how surely that is known.
    pub published: Option<Published>,
    /// ISO 639-1 code, where known.
    pub language: Option<String>,
    /// The newspaper, agency or site.
    pub outlet: Option<String>,
    /// The desk or category ("business").
    pub section: Option<String>,
    /// Where the original is on the web, if the source tells.
    pub url: Option<String>,
    /// The paragraphs in reading order; the headline, dateline line and byline line are not among them.
    pub paragraphs: Vec<Paragraph>,
    /// From places in `text` to places in the source file.
    pub origin: SourceMap,
}

impl Article {
    /// An article made of raw text: every line that is not blank is a paragraph, the first one the headline when `headline` says so.
    pub fn plain(id: &str, text: &str, headline: bool) -> Article {
        let mut lines = lines(text).into_iter();
        let headline = if headline { lines.next() } else { None };
        let paragraphs = lines.map(|span| Paragraph { kind: ParagraphKind::Text, span }).collect();
        let source = Source { path: id.to_string(), record: 0, format: "text".to_string() };
        Article {
            id: source.article_id(),
            source,
            text: text.to_string(),
            headline,
            dateline: None,
            bylines: Vec::new(),
            published: None,
            language: None,
            outlet: None,
            section: None,
            url: None,
            paragraphs,
            origin: SourceMap::default(),
        }
    }

    /// The headline's words, or the empty string.
    pub fn headline(&self) -> &str {
        self.headline.map_or("", |span| span.of(&self.text))
    }
}

/// The lines of a text that hold anything, white space trimmed.
fn lines(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            spans.push(Span::new(start, start + trimmed.len()));
        }
        at += line.len() + 1;
    }
    spans
}

/// The file (and the place in it) an article was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path below the corpus directory, with `/` between its parts; a member of an archive follows after `!`.
    pub path: String,
    /// 0-based number of the article in its file.
    pub record: u32,
    /// The reader's name for the format: `text`, `html`, `jsonl`, `reuters-sgml`, ...
    pub format: String,
}

impl Source {
    /// The article's id: the 64-bit FNV-1a hash of `path`, `#` and `record`.
    ///
    /// FNV-1a (Fowler, Noll, Vo) is written out here because the id must never change with a library's version.
    pub fn article_id(&self) -> ArticleId {
        self.hash("#", &self.record.to_string())
    }

    /// The id of an article that its archive calls `name`: the same hash of `path`, `#=` and `name`, whatever its number.
    pub fn id_by_name(&self, name: &str) -> ArticleId {
        self.hash("#=", name)
    }

    fn hash(&self, mark: &str, last: &str) -> ArticleId {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in self.path.bytes().chain(mark.bytes()).chain(last.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        ArticleId(hash)
    }
}

/// Place, agency and day as printed at the head of a story: `MEXICO CITY, March 3 (AP) -`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// The whole dateline as printed, without the dash that closes it.
    pub span: Span,
    /// `MEXICO CITY`; two places joined by `/` stay one string. Empty when only the agency is printed.
    pub place: String,
    /// `Calif.`, `Ontario`: what follows the place to locate it.
    pub region: Option<String>,
    /// `AP`, `Reuters`.
    pub agency: Option<String>,
    /// The day as printed: `March 3`.
    pub day: Option<String>,
    /// Month (1-12) and day of the month (1-31) read from `day`; the day is `None` for `April` alone.
    pub month_day: Option<(u8, Option<u8>)>,
}

/// One person credited with the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// The name alone: no `By`, title, agency or address.
    pub name: String,
    /// Where it is printed, when it is printed in the text.
    pub span: Option<Span>,
}

/// The date of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// ISO 8601, exactly as precise as known: `2025`, `2025-03`, `2025-03-14`, `2025-03-14T09:26:00+01:00`
    /// (no zone when the source gives none).
    pub date: String,
    /// Where it was found.
    pub found_in: FoundIn,
}

impl Published {
    /// The parts before the time of day: year, month (1-12), day (1-31), as far as known.
    pub fn ymd(&self) -> Option<(i32, Option<u8>, Option<u8>)> {
        let day = self.date.split('T').next()?;
        let mut parts = day.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().and_then(|m| m.parse().ok());
        let day = parts.next().and_then(|d| d.parse().ok());
        Some((year, month, day))
    }
}

/// Where a date of publication was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FoundIn {
    /// A field of the record or a line of the file.
    File,
    /// The dateline (its year, if printed there or known from elsewhere).
    Dateline,
    /// The file's path, such as `2025/03/14/story.txt`.
    Path,
}

/// A stretch of text set apart by the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is for.
    pub kind: ParagraphKind,
    /// Its words, white space trimmed at both ends.
    pub span: Span,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// Running text.
    Text,
    /// A heading within the story.
    Subhead,
    /// A line of a table or list of figures: never joined to its neighbours.
    Table,
    /// Credits, copyright notes, links to other stories: kept and shown, but no passage.
    Boilerplate,
}

/// Leads from byte offsets in an article's text to the decoded source file.
///
/// The pieces are in ascending order of `text`; each holds until the next begins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceMap {
    /// The pieces, in reading order.
    pub pieces: Vec<Piece>,
}

/// A run of the article's text that came from consecutive characters of one line of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where the run begins in the article's text, in bytes.
    pub text: u32,
    /// Where it begins in the decoded file, in characters (Unicode scalar values). A dump may have more than fit 32 bits.
    pub file: u64,
    /// 1-based line of the decoded file it begins on.
    pub line: u32,
    /// Characters of the file for each character of the text: 1, except for a single decoded character such as
    /// the `<` that was printed `&lt;` (4).
    pub width: u32,
}

impl SourceMap {
    /// Adds a piece: from byte `text` of the article on, characters come from character `file`, line `line`, of the source.
    /// A piece that only continues its predecessor should not be added by the caller.
    pub fn push(&mut self, text: usize, file: usize, line: usize, width: usize) {
        let piece = Piece { text: text as u32, file: file as u64, line: line as u32, width: width as u32 };
        match self.pieces.last_mut() {
            Some(last) if last.text == piece.text => *last = piece,
            _ => self.pieces.push(piece),
        }
    }

    fn piece_at(&self, offset: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.text <= offset);
        self.pieces[..after].last()
    }

    /// The characters of the decoded file that `span` of `text` came from: `[start, end)` in Unicode scalar values.
    ///
    /// `None` when the map is empty (the reader could not trace this article).
    pub fn in_file(&self, text: &str, span: Span) -> Option<(usize, usize)> {
        let start = self.place(text, span.start)?.0;
        if span.is_empty() {
            return Some((start, start));
        }
        let last = text[span.range()].chars().next_back()?;
        let (begin, width) = self.place(text, span.end - last.len_utf8() as u32)?;
        Some((start, begin + width))
    }

    /// Where the character at byte `offset` begins in the file, and how many characters it took there.
    fn place(&self, text: &str, offset: u32) -> Option<(usize, usize)> {
        let piece = self.piece_at(offset)?;
        let before = text[piece.text as usize..offset as usize].chars().count();
        let width = piece.width as usize;
        Some((piece.file as usize + before * width, width))
    }

    /// The 1-based line of the decoded file on which the character at byte `offset` of the text stands.
    pub fn line(&self, offset: u32) -> Option<u32> {
        self.piece_at(offset).map(|piece| piece.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_after_an_entity_is_found_in_the_file() {
        // The file reads `A &lt; B`: the text is `A < B`.
        let mut map = SourceMap::default();
        map.push(0, 0, 1, 1);
        map.push(2, 2, 1, 4);
        map.push(3, 6, 1, 1);
        let text = "A < B";
        assert_eq!(map.in_file(text, Span::new(4, 5)), Some((7, 8)));
        assert_eq!(map.in_file(text, Span::new(2, 3)), Some((2, 6)));
        assert_eq!(map.in_file(text, Span::new(0, 5)), Some((0, 8)));
    }

    #[test]
    fn a_match_beyond_four_gigabytes_is_found_in_the_file() {
        let mut map = SourceMap::default();
        map.push(0, 10_000_000_000, 90_000_000, 1);
        let text = "Rain in Ostrand";
        assert_eq!(map.in_file(text, Span::new(8, 15)), Some((10_000_000_008, 10_000_000_015)));
        assert_eq!(map.line(8), Some(90_000_000));
    }

    #[test]
    fn an_article_keeps_its_id_for_ever() {
        let source = Source { path: "2025/truce.txt".into(), record: 0, format: "text".into() };
        assert_eq!(source.article_id().to_string(), "4ca8dca46acf1d41");
        assert_eq!("4ca8dca46acf1d41".parse(), Ok(source.article_id()));
        for foreign in ["", "1", "4ca8dca46acf1d4", "4ca8dca46acf1d410", "+ca8dca46acf1d41", "the-first-story!"] {
            assert_eq!(foreign.parse::<ArticleId>(), Err(NoArticleId), "{foreign}");
        }
    }
}
