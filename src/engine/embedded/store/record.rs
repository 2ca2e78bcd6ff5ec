//! An article and its quotations as bytes: compact numbers, in postcard. They are packed by [`super::packing`].
//!
//! Spans are stored as steps from one to the next, which are small numbers and take a byte or two. There are three layouts: the one with
//! quotations as bits ([`spoken`]) is what an index is written with, the one in rows ([`rows`]) what version 13 has; the one in lists is what a
//! cluster keeps, and what an index of version 12 has.

mod bits;
mod rows;
mod spoken;

use crate::article::{Article, ArticleId, Byline, Dateline, Paragraph, ParagraphKind, Piece, Published, Source, SourceMap, Span};
use crate::quotation::{Kind, Quotation, Speaker};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

/// Largest record that is packed, and so unpacked, in bytes: what is written can be read, and a broken record cannot ask for more. An
/// article of 16 MB, the most that is read of one by default, stays below it unless it is nothing but marks.
pub(in crate::engine::embedded) const LARGEST: usize = 64 << 20;

#[derive(Serialize, Deserialize)]
struct StoredArticle<'a, Pieces, Quotations> {
    text: Cow<'a, str>,
    source: Source,
    /// Only when it is not the one that follows from the source.
    id: Option<u64>,
    headline: Option<Span>,
    dateline: Option<Dateline>,
    bylines: Vec<Byline>,
    published: Option<Published>,
    language: Option<String>,
    outlet: Option<String>,
    section: Option<String>,
    url: Option<String>,
    /// For each paragraph its kind, the step from the end of the one before, and how far it ends from the next line break.
    paragraphs: Vec<(ParagraphKind, i32, i32)>,
    pieces: Pieces,
    /// The names of the speakers, each once; beside bits only those that do not follow from the text.
    names: Vec<String>,
    quotations: Quotations,
}

/// For each piece the step from the paragraph that begins next, how much further the step in the file is than in the text, the step in lines,
/// and the width.
type ListedPieces = Vec<(i32, i64, i32, u32)>;

type InLists<'a> = StoredArticle<'a, ListedPieces, Vec<StoredQuotation>>;
type InRows<'a> = StoredArticle<'a, Vec<u64>, Vec<u64>>;
type BesideBits<'a> = StoredArticle<'a, Vec<u64>, ()>;

/// A record that is not packed yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Plain {
    /// What zstd packs: the article, and names.
    pub words: Vec<u8>,
    /// The quotations as bits.
    pub bits: Vec<u8>,
}

/// Offsets are steps from the beginning of the quotation; that is a step from the end of the quotation before.
#[derive(Serialize, Deserialize)]
struct StoredQuotation {
    step: i32,
    length: u32,
    kind: Kind,
    /// In 15ths.
    confidence: u8,
    /// Number in `names`, from 1; 0 for nobody.
    name: u32,
    mention: Option<(i32, u32)>,
    /// The speaker's mention is the quotation's own.
    same_mention: bool,
    cue: Option<(i32, u32)>,
    role: Option<(i32, u32)>,
}

fn step(span: Span, from: u32) -> (i32, u32) {
    (span.start.wrapping_sub(from) as i32, span.end - span.start)
}

fn span((step, length): (i32, u32), from: u32) -> Span {
    let start = from.wrapping_add_signed(step);
    Span { start, end: start.wrapping_add(length) }
}

impl<'a> InLists<'a> {
    fn new(article: &'a Article, quotations: &[Quotation]) -> InLists<'a> {
        let (names, quotations) = quotations_out(quotations);
        StoredArticle::of(article, pieces_out(&article.origin.pieces, &article.paragraphs), names, quotations)
    }

    fn restore(self) -> Option<(Article, Vec<Quotation>)> {
        self.restore_with(|pieces, paragraphs| Some(pieces_in(pieces, paragraphs)), |row, names, _| Some((row, names)))
    }
}

impl<'a> InRows<'a> {
    #[cfg(test)]
    fn new(article: &'a Article, quotations: &[Quotation]) -> InRows<'a> {
        let (names, quotations) = quotations_out(quotations);
        let pieces = rows::of_pieces(&article.origin.pieces, &article.paragraphs);
        StoredArticle::of(article, pieces, names, rows::of_quotations(&quotations))
    }

    fn restore(self) -> Option<(Article, Vec<Quotation>)> {
        let quotations = |row: Vec<u64>, names, _: &str| Some((rows::quotations(&row)?, names));
        self.restore_with(|pieces, paragraphs| rows::pieces(&pieces, paragraphs), quotations)
    }
}

impl<'a> BesideBits<'a> {
    fn new(article: &'a Article, quotations: &[Quotation]) -> (BesideBits<'a>, Vec<u8>) {
        let (names, quotations) = quotations_out(quotations);
        let pieces = rows::of_pieces(&article.origin.pieces, &article.paragraphs);
        let (bits, names) = spoken::of_quotations(&quotations, names, &article.text);
        (StoredArticle::of(article, pieces, names, ()), bits)
    }

    fn restore(self, bits: &[u8]) -> Option<(Article, Vec<Quotation>)> {
        let quotations = |(), names, text: &str| spoken::quotations(bits, names, text);
        self.restore_with(|pieces, paragraphs| rows::pieces(&pieces, paragraphs), quotations)
    }
}

impl<'a, Pieces, Quotations> StoredArticle<'a, Pieces, Quotations> {
    fn of(article: &'a Article, pieces: Pieces, names: Vec<String>, quotations: Quotations) -> Self {
        StoredArticle {
            id: (article.id != article.source.article_id()).then_some(article.id.0),
            text: Cow::Borrowed(&article.text),
            source: article.source.clone(),
            headline: article.headline,
            dateline: article.dateline.clone(),
            bylines: article.bylines.clone(),
            published: article.published.clone(),
            language: article.language.clone(),
            outlet: article.outlet.clone(),
            section: article.section.clone(),
            url: article.url.clone(),
            paragraphs: paragraphs_out(&article.paragraphs, &article.text),
            pieces,
            names,
            quotations,
        }
    }

    /// The article and quotations again; `None` when a span does not fit the text, so that nothing can panic on it.
    fn restore_with(
        self,
        pieces: impl Fn(Pieces, &[Paragraph]) -> Option<Vec<Piece>>,
        quotations: impl Fn(Quotations, Vec<String>, &str) -> Option<(Vec<StoredQuotation>, Vec<String>)>,
    ) -> Option<(Article, Vec<Quotation>)> {
        let (quotations, names) = quotations(self.quotations, self.names, &self.text)?;
        let quotations = quotations_in(quotations, &names);
        let paragraphs = paragraphs_in(self.paragraphs, &self.text);
        let article = Article {
            id: self.id.map_or_else(|| self.source.article_id(), ArticleId),
            source: self.source,
            headline: self.headline,
            dateline: self.dateline,
            bylines: self.bylines,
            published: self.published,
            language: self.language,
            outlet: self.outlet,
            section: self.section,
            url: self.url,
            origin: SourceMap { pieces: pieces(self.pieces, &paragraphs)? },
            paragraphs,
            text: self.text.into_owned(),
        };
        fits(&article, &quotations).then_some((article, quotations))
    }
}

/// Where the line that begins at `start` ends: where most paragraphs end.
fn line_end(text: &str, start: u32) -> u32 {
    let rest = text.as_bytes().get(start as usize..).unwrap_or_default();
    start.wrapping_add(memchr::memchr(b'\n', rest).unwrap_or(rest.len()) as u32)
}

fn paragraphs_out(paragraphs: &[Paragraph], text: &str) -> Vec<(ParagraphKind, i32, i32)> {
    let mut end = 0;
    let mut out = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let Span { start, end: own_end } = paragraph.span;
        out.push((paragraph.kind, start.wrapping_sub(end) as i32, own_end.wrapping_sub(line_end(text, start)) as i32));
        end = own_end;
    }
    out
}

fn paragraphs_in(stored: Vec<(ParagraphKind, i32, i32)>, text: &str) -> Vec<Paragraph> {
    let mut end: u32 = 0;
    let restore = |(kind, step, from_line_end)| {
        let start = end.wrapping_add_signed(step);
        end = line_end(text, start).wrapping_add_signed(from_line_end);
        Paragraph { kind, span: Span { start, end } }
    };
    stored.into_iter().map(restore).collect()
}

const NO_PIECE: Piece = Piece { text: 0, file: 0, line: 0, width: 0 };

/// Where the first paragraph after the piece `last` begins: where most pieces begin.
fn next_paragraph(paragraphs: &[Paragraph], last: Option<&Piece>) -> u32 {
    let Some(last) = last else { return 0 };
    let next = paragraphs.partition_point(|paragraph| paragraph.span.start <= last.text);
    paragraphs.get(next).map_or(last.text, |paragraph| paragraph.span.start)
}

fn pieces_out(pieces: &[Piece], paragraphs: &[Paragraph]) -> ListedPieces {
    let mut last: Option<&Piece> = None;
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let before = last.unwrap_or(&NO_PIECE);
        let in_text = piece.text.wrapping_sub(before.text);
        let further = piece.file.wrapping_sub(before.file).wrapping_sub(u64::from(in_text)) as i64;
        let step = piece.text.wrapping_sub(next_paragraph(paragraphs, last)) as i32;
        out.push((step, further, piece.line.wrapping_sub(before.line) as i32, piece.width));
        last = Some(piece);
    }
    out
}

fn pieces_in(stored: ListedPieces, paragraphs: &[Paragraph]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(stored.len());
    for (step, further, line, width) in stored {
        let before = *out.last().unwrap_or(&NO_PIECE);
        let text = next_paragraph(paragraphs, out.last()).wrapping_add_signed(step);
        let in_text = text.wrapping_sub(before.text);
        let file = before.file.wrapping_add(u64::from(in_text)).wrapping_add_signed(further);
        out.push(Piece { text, file, line: before.line.wrapping_add_signed(line), width });
    }
    out
}

fn quotations_out(quotations: &[Quotation]) -> (Vec<String>, Vec<StoredQuotation>) {
    let mut names: Vec<String> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut last = 0;
    let mut out = Vec::with_capacity(quotations.len());
    for quotation in quotations {
        let start = quotation.span.start;
        let own = |span: Option<Span>| span.map(|span| step(span, start));
        let name = quotation.speaker.as_ref().map_or(0, |speaker| {
            let number = *numbers.entry(&speaker.name).or_insert_with(|| {
                names.push(speaker.name.clone());
                names.len()
            });
            number as u32
        });
        out.push(StoredQuotation {
            step: start.wrapping_sub(last) as i32,
            length: quotation.span.end - start,
            kind: quotation.kind,
            confidence: fifteenths(quotation.confidence),
            name,
            mention: own(quotation.mention),
            same_mention: quotation.speaker.as_ref().is_some_and(|speaker| speaker.mention == quotation.mention),
            cue: own(quotation.cue),
            role: own(quotation.role),
        });
        last = quotation.span.end;
    }
    (names, out)
}

fn quotations_in(stored: Vec<StoredQuotation>, names: &[String]) -> Vec<Quotation> {
    let mut last: u32 = 0;
    let restore = |stored: StoredQuotation| {
        let start = last.wrapping_add_signed(stored.step);
        let own = Span { start, end: start.wrapping_add(stored.length) };
        last = own.end;
        let near = |steps: Option<(i32, u32)>| steps.map(|steps| span(steps, start));
        let mention = near(stored.mention);
        let name = (stored.name as usize).checked_sub(1).and_then(|number| names.get(number));
        Quotation {
            span: own,
            kind: stored.kind,
            speaker: name.map(|name| Speaker { name: name.clone(), mention: mention.filter(|_| stored.same_mention) }),
            mention,
            cue: near(stored.cue),
            role: near(stored.role),
            confidence: of_fifteenths(stored.confidence),
        }
    };
    stored.into_iter().map(restore).collect()
}

fn fifteenths(confidence: f32) -> u8 {
    (confidence.clamp(0.0, 1.0) * 15.0).round() as u8
}

fn of_fifteenths(confidence: u8) -> f32 {
    f32::from(confidence) / 15.0
}

/// Whether a quotation will be an unsure report when it is read again: whatever else is kept of it must say the same.
pub(in crate::engine::embedded) fn is_unsure_once_stored(quotation: &Quotation) -> bool {
    quotation.would_be_unsure(of_fifteenths(fifteenths(quotation.confidence)))
}

/// True when every span is a slice of the text.
fn fits(article: &Article, quotations: &[Quotation]) -> bool {
    let text = &article.text;
    let whole = |span: Span| text.get(span.range()).is_some();
    let paragraphs = article.paragraphs.iter().map(|paragraph| paragraph.span);
    let heads = article.headline.into_iter().chain(article.dateline.as_ref().map(|dateline| dateline.span));
    let quoted = quotations.iter().flat_map(|quotation| {
        let mention = quotation.speaker.as_ref().and_then(|speaker| speaker.mention);
        [Some(quotation.span), mention, quotation.mention, quotation.cue, quotation.role].into_iter().flatten()
    });
    let pieces = article.origin.pieces.iter().all(|piece| text.is_char_boundary(piece.text as usize));
    pieces && paragraphs.chain(heads).chain(quoted).all(whole)
}

/// A stored article before it is packed; its words are what a dictionary is trained on.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] for an article that could not be read again.
pub(in crate::engine::embedded) fn to_plain(article: &Article, quotations: &[Quotation]) -> io::Result<Plain> {
    let (stored, bits) = BesideBits::new(article, quotations);
    let words = postcard::to_allocvec(&stored).map_err(io::Error::other)?;
    readable(words.len() + bits.len())?;
    Ok(Plain { words, bits })
}

/// The same in lists.
///
/// # Errors
/// As [`to_plain`].
pub(in crate::engine::embedded) fn to_listed_bytes(article: &Article, quotations: &[Quotation]) -> io::Result<Vec<u8>> {
    let plain = postcard::to_allocvec(&InLists::new(article, quotations)).map_err(io::Error::other)?;
    readable(plain.len())?;
    Ok(plain)
}

fn readable(bytes: usize) -> io::Result<()> {
    if bytes > LARGEST {
        let (own, most) = (bytes >> 20, LARGEST >> 20);
        let why = format!("with its quotations it takes {own} MB of an index, and the most is {most} MB; split it");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    Ok(())
}

/// What [`to_plain`] was given.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] for bytes that are none.
pub(in crate::engine::embedded) fn from_plain(words: &[u8], bits: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
    postcard::from_bytes::<BesideBits>(words).ok().and_then(|stored| stored.restore(bits)).ok_or_else(damaged)
}

/// The same of an article in rows.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] for bytes that are none.
pub(in crate::engine::embedded) fn from_rows(plain: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
    postcard::from_bytes::<InRows>(plain).ok().and_then(InRows::restore).ok_or_else(damaged)
}

/// What [`to_listed_bytes`] was given.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] for bytes that are none.
pub(in crate::engine::embedded) fn from_listed_bytes(plain: &[u8]) -> io::Result<(Article, Vec<Quotation>)> {
    postcard::from_bytes::<InLists>(plain).ok().and_then(InLists::restore).ok_or_else(damaged)
}

/// What is said of a record that cannot be read.
pub(in crate::engine::embedded) fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a stored article is damaged")
}

/// The bytes of a stored article before they are packed, for who trains the dictionary that is built in.
pub fn record_bytes(article: &Article, quotations: &[Quotation]) -> Vec<u8> {
    to_listed_bytes(article, quotations).unwrap_or_default()
}
