//! PDF with a layer of text: the words of its pages in the order they are read, one article a file.
//!
//! The objects are read by lopdf; where each word stands by [`content`] and [`font`]; columns, lines and paragraphs by [`layout`], and
//! what the pages repeat (heads, feet, page numbers) by [`furniture`]. The line of a place is the page. A scan has no words, and a file
//! that asks for a password none that can be read: both are refused by name.

mod content;
mod font;
mod furniture;
mod layout;

use super::text;
use crate::article::ParagraphKind;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::{Position, Traced, characters};
use crate::source::desk::unread::{DoubtKind, Reason};
use layout::Line;
use lopdf::{Document, LoadOptions};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most pages that are read of a file: a newspaper has a tenth as many.
const MOST_PAGES: usize = 2_000;

/// The most words that are read of a file; more than a record may hold are refused later.
const MOST_WORDS: usize = 2_000_000;

/// Bytes that one stream of objects may unpack to: programs put a hundred objects into one, some kilobytes.
const UNPACKED: usize = 8 << 20;

/// Bytes that all pages together may unpack to.
const UNPACKED_IN_ALL: usize = 256 << 20;

/// Bytes that the pages of a small file may unpack to.
const SMALL: usize = 1 << 20;

/// Reads the story of the file.
pub(crate) fn read(bytes: &[u8], desk: &mut Desk<'_>) -> ControlFlow<()> {
    // A crate that reads what strangers wrote may fail where nobody thought of; that costs the one file.
    let read =
        catch_unwind(AssertUnwindSafe(|| pages(bytes))).unwrap_or_else(|_| Err((Reason::Broken, "not readable as PDF".into())));
    let found = match read {
        Ok(found) => found,
        Err((reason, message)) => return desk.refuse_file(reason, message),
    };
    if let Some(doubt) = found.doubt {
        desk.doubt(DoubtKind::Partial, doubt);
    }
    let mut pages = found.pages;
    furniture::mark(&mut pages);
    let galley = set(&pages, desk);
    desk.hand_over(galley)
}

/// What was read of a file: the lines of each page, in reading order.
struct Found {
    pages: Vec<Vec<Line>>,
    doubt: Option<String>,
}

fn pages(bytes: &[u8]) -> Result<Found, (Reason, String)> {
    let options = LoadOptions { max_decompressed_size: Some(UNPACKED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| refusal(&error))?;
    if document.trailer.has(b"Encrypt") {
        return Err((Reason::Unreadable, LOCKED.into()));
    }
    let mut left = UNPACKED_IN_ALL.min(SMALL + bytes.len() * 200);
    let (mut pages, mut fonts, mut doubt) = (Vec::new(), content::Fonts::new(), None);
    let (mut words, mut pictures, mut unknown, mut letters, mut cut) = (0, 0, 0, 0, 0);
    for (number, page) in document.page_iter().enumerate() {
        if number >= MOST_PAGES || words > MOST_WORDS || left == 0 {
            doubt = Some(format!("only the first {number} pages were read; split the file"));
            break;
        }
        let read = content::read(&document, page, &mut fonts, &mut left);
        words += read.words.len();
        pictures += read.pictures;
        unknown += read.unknown;
        cut += usize::from(read.is_cut);
        letters += read.words.iter().map(|word| word.text.len()).sum::<usize>();
        pages.push(layout::lines(read.words, number));
    }
    if unknown * 50 > letters && doubt.is_none() {
        doubt = Some(format!("{unknown} characters in fonts that do not say which letters they are were not read"));
    }
    if cut > 0 && doubt.is_none() {
        doubt = Some(format!("{cut} pages were not read whole: broken, or larger than is read of a page"));
    }
    match (words, pages.len(), pictures) {
        (0, ..) if cut > 0 => Err((Reason::Broken, "a PDF whose pages are broken, or unpack to more than is read of one".into())),
        (0, ..) if unknown > 0 => Err((Reason::NoText, "a PDF whose fonts do not say which letters they are".into())),
        (0, 0, _) => Err((Reason::Broken, "a PDF without a page".into())),
        (0, _, 0) => Err((Reason::NoText, "a PDF without words".into())),
        (0, ..) => {
            Err((Reason::NoText, "a scan without a layer of text: pictures of pages (recognise the text first, with OCR)".into()))
        }
        _ => Ok(Found { pages, doubt }),
    }
}

const LOCKED: &str = "an encrypted PDF, which asks for a password (save it without one)";

fn refusal(error: &lopdf::Error) -> (Reason, String) {
    use lopdf::Error;
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            (Reason::Unreadable, LOCKED.into())
        }
        Error::Decompress(_) => (Reason::Hostile, format!("a stream that unpacks to more than {} MB", UNPACKED >> 20)),
        error => {
            let message: String = error.to_string().chars().take(120).collect();
            (Reason::Broken, format!("not readable as PDF: {message}"))
        }
    }
}

/// Sets the story: the headline, the paragraphs, and what the pages repeat at the end, where it parts no sentence.
fn set(pages: &[Vec<Line>], desk: &mut Desk<'_>) -> Galley {
    let mut galley = Galley::with_room(pages.iter().flatten().map(|line| line.text.len() + 1).sum());
    let mut place = Position::start();
    let headline = layout::headline(pages);
    let (mut head, mut story, mut repeated) = (Traced::empty(), Traced::empty(), Vec::new());
    let mut above: Option<&Line> = None;
    for (page, lines) in pages.iter().enumerate() {
        place.line = page + 1;
        for (number, line) in lines.iter().enumerate() {
            if line.is_furniture {
                repeated.push((line, place));
            } else if page == 0 && headline.contains(&number) {
                push(&mut head, line, place, "\n");
            } else {
                let parted = above.is_none_or(|above| layout::parts(above, line));
                push(&mut story, line, place, if parted { "\n\n" } else { "\n" });
                above = Some(line);
            }
            place.file += characters(&line.text) + 1;
        }
    }
    galley.headline(&mut head.follow(), 0..head.text.len());
    text::set_story(&mut galley, &story, desk);
    for (line, place) in repeated {
        let traced = Traced::verbatim(&line.text, place);
        galley.paragraph(&mut traced.follow(), 0..line.text.len(), ParagraphKind::Boilerplate);
    }
    galley
}

/// Appends a line after `joint`, which stands nowhere in the file.
fn push(traced: &mut Traced<'_>, line: &Line, place: Position, joint: &str) {
    if !traced.text.is_empty() {
        traced.push_decoded(joint, place, 0);
    }
    traced.push(&line.text, place);
}
