//! From files on disk to articles.
//!
//! Takes a directory and gives every regular file below it ([`files`]); takes one file, tells its format by its content and hands
//! over its articles one at a time ([`read`]), however large the file is. Whatever gives no article is named with the
//! reason ([`Unread`]); whatever was read but leaves a question is a [`Doubt`]. Each format has its file in `source/formats`; what
//! pages print (datelines, bylines, dates) is read by modules of those names. Who is quoted is found in `quotation`.
//!
//! ```no_run
//! use newshound::source::{self, Options};
//! use std::ops::ControlFlow;
//!
//! for found in source::files(std::path::Path::new("corpus")).flatten() {
//!     source::read(&found, &Options::default(), &mut |article| {
//!         match article {
//!             Ok(article) => println!("{}", article.headline()),
//!             Err(unread) => eprintln!("{unread}"),
//!         }
//!         ControlFlow::Continue(())
//!     });
//! }
//! ```

pub mod inspect;

mod desk;
mod print;
mod file;
mod formats;

pub use desk::limits::Limits;
pub use desk::options::Options;
pub use desk::settings;
pub use desk::unread::{Doubt, DoubtKind, Reason, Unread};
pub(crate) use file::beside::is_of_issue;
pub(crate) use file::walk::files_at_once;
pub use file::walk::{CorpusFile, files, files_within};
pub use print::date::DateOrder;

use crate::article::Article;
use desk::cut::Cut;
use desk::desk::Desk;
use desk::format::Format;
use desk::records::Lines;
use desk::traced::Position;
use file::decode::Wide;
use file::input::{Input, Unholed};
use file::{beside, decode, recognise};
use formats::{
    alto, arc, citations, csv, cuttings, europresse, factiva, feed, har, html, json, json_stream, lexis, mail, markdown, mets,
    newsml, nitf, packed, pdf, proquest, rtf, sgml, smart, story_xml, teletype, text, warc,
};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;

/// Reads one file and hands its articles to `each`, in the order of the file. Stops when `each` breaks.
///
/// One bad record never costs its neighbours: it is handed over as [`Unread`] and reading goes on.
pub fn read(
    found: &CorpusFile,
    reading: &Options,
    each: &mut dyn FnMut(Result<Article, Unread>) -> ControlFlow<()>,
) -> Vec<Doubt> {
    read_once(found, reading, each).0
}

/// The same, and the file's fingerprint ([`CorpusFile::fingerprint`]) when the last byte was read on the way: a file that is refused by
/// its first bytes, or whose reading is broken off, has none.
pub fn read_once(
    found: &CorpusFile,
    reading: &Options,
    each: &mut dyn FnMut(Result<Article, Unread>) -> ControlFlow<()>,
) -> (Vec<Doubt>, Option<u128>) {
    let seen = RefCell::default();
    let mut desk = Desk::new(&found.name, reading, each);
    desk.lies_at(&found.path);
    let _ = match Input::open(found, &seen) {
        Ok(input) => read_input(input, &mut desk),
        Err(error) => desk.refuse_file(Reason::from_error(&error), error.to_string()),
    };
    (desk.doubts(), seen.borrow().fingerprint(found.bytes))
}

/// Reads what `reader` gives as the file called `name` would be read: standard input, or bytes in memory.
pub fn read_from(
    name: &str,
    reader: impl std::io::Read,
    reading: &Options,
    each: &mut dyn FnMut(Result<Article, Unread>) -> ControlFlow<()>,
) -> Vec<Doubt> {
    let mut desk = Desk::new(name, reading, each);
    let _ = read_input(Input::from_reader(Box::new(reader)), &mut desk);
    desk.doubts()
}

/// The formats that only their own readers know by the look of their text, in the order they are asked.
const TOLD_BY_TEXT: &[(recognise::Looks, Format)] = &[
    (teletype::is, Format::Teletype),
    (mail::is_mailbox, Format::Mbox),
    (mail::is, Format::Mail),
    (proquest::is, Format::ProQuest),
    (cuttings::is_marked, Format::Cuttings),
    (lexis::is, Format::Lexis),
    (factiva::is, Format::Factiva),
    (europresse::is, Format::Europresse),
    (cuttings::is, Format::Cuttings),
    (citations::is, Format::Ris),
    (citations::is_bibtex, Format::BibTex),
    (har::is, Format::Har),
];

/// Tells the format of `input` and passes it to its reader.
fn read_input(mut input: Input<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    if let Err(error) = input.look() {
        return desk.refuse_file(Reason::from_error(&error), error.to_string());
    }
    if input.head().is_empty() {
        return desk.refuse_file(Reason::Empty, "the file is empty".into());
    }
    if let Some(encoding) = desk.take_encoding(input.head()) {
        return in_encoding(input, encoding, desk);
    }
    if let Some(wide) = Wide::of(input.head()) {
        return in_wide(input, wide, desk);
    }
    let format = recognise::format(input.head(), desk.name(), desk.said(), TOLD_BY_TEXT);
    desk.format(format.name());
    if matches!(format, Format::Csv | Format::Json | Format::JsonLines) {
        desk.learn_order(input.head());
    }
    let before = desk.account();
    let read = input.count();
    hand_to_reader(input, format, desk)?;
    desk.settle(format, before, read.get())
}

/// Passes `input` to the reader of its format.
fn hand_to_reader(input: Input<'_>, format: Format, desk: &mut Desk<'_>) -> ControlFlow<()> {
    match format {
        Format::Binary(what) => desk.refuse_file(Reason::Binary, format!("{what}, not text")),
        Format::Text => one_article(input, desk, text::read),
        Format::ReutersSgml | Format::TrecSgml => sgml::read(lines(input, desk), desk),
        Format::Html => one_declared(input, desk, |cut, desk| html::read(cut.text, desk)),
        Format::Feed => declared(input, desk, feed::read),
        Format::Nitf => declared(input, desk, nitf::read),
        Format::NewsMl => declared(input, desk, newsml::read),
        Format::Alto => {
            divide(desk);
            declared(input, desk, alto::read)
        }
        Format::Mets => declared(input, desk, mets::refuse),
        Format::StoryXml => declared(input, desk, story_xml::read),
        Format::Markdown => one_declared(input, desk, markdown::read),
        Format::Mail => one_declared(input, desk, mail::article),
        Format::Mbox => mail::read(lines(input, desk), desk),
        Format::Lexis => lexis::read(lines(input, desk), desk),
        Format::Factiva => factiva::read(lines(input, desk), desk),
        Format::Teletype => teletype::read(lines(input, desk), desk),
        Format::Cuttings => cuttings::read(lines(input, desk), desk),
        Format::Ris => citations::read(lines(input, desk), desk),
        Format::BibTex => citations::read_bibtex(lines(input, desk), desk),
        Format::Europresse => europresse::read(lines(input, desk), desk),
        Format::ProQuest => proquest::read(lines(input, desk), desk),
        Format::Warc => warc::read(input.stream(), desk),
        Format::Arc => arc::read(input.stream(), desk),
        Format::Har => declared(input, desk, har::read),
        Format::Rtf => in_bytes(input, desk, rtf::read),
        Format::Pdf => in_bytes(input, desk, pdf::read),
        Format::Gzip | Format::Zstandard | Format::Bzip2 | Format::Xz => packed::compressed(input, format, desk, read_input),
        Format::Zip => packed::zip(input, desk, read_input),
        Format::Tar => packed::tar(input, desk, read_input),
        Format::Smart => smart::read(lines(input, desk), desk),
        Format::Csv => csv::read(lines(input, desk), desk),
        Format::JsonLines => json::read_lines(lines(input, desk), desk),
        Format::Json => json_stream::read(text_of(input), desk),
    }
}

/// Looks for what a file beside a scanned page says of it.
fn divide(desk: &mut Desk<'_>) {
    let Some((path, page)) = desk.path().and_then(|path| Some((path, path.file_name()?.to_str()?.to_owned()))) else { return };
    // Of what lies outside the corpus nothing is read.
    let folders = desk.name().matches('/').count() + 1;
    let division = beside::issues(path, folders).find_map(|text| mets::division(&text, page.trim_end_matches(".gz"), desk));
    if let Some(division) = division {
        desk.divide(division);
    }
}

/// A file in the encoding that the user names, decoded as a stream and read again.
fn in_encoding(input: Input<'_>, encoding: &'static encoding_rs::Encoding, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let broken = Rc::new(Cell::new(false));
    let decoded = decode::DecodedStream::new(input.stream(), encoding, Rc::clone(&broken));
    let result = read_input(Input::from_reader(Box::new(decoded)), desk);
    if broken.get() {
        desk.doubt(DoubtKind::Bytes, format!("bytes that are not {} were replaced", encoding.name()));
    }
    result
}

/// UTF-16 (tables that Excel saves as Unicode text) and UTF-32 are decoded as a whole and read again.
fn in_wide(input: Input<'_>, wide: Wide, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let bytes = match input.whole(desk.limits().file) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse_file(refusal.reason, refusal.message),
    };
    let decoded = wide.decode(&bytes);
    let result = read_input(Input::from_reader(Box::new(std::io::Cursor::new(decoded.text.into_owned().into_bytes()))), desk);
    if let Some(note) = decoded.note {
        desk.doubt(DoubtKind::Bytes, note.into_owned());
    }
    result
}

/// The lines of a format that is read record by record.
fn lines<'a>(input: Input<'a>, desk: &Desk<'_>) -> Lines<'a> {
    Lines::new(text_of(input), desk.limits().record)
}

/// The bytes of a file that is all text, as a stream.
fn text_of(input: Input<'_>) -> std::io::BufReader<Box<dyn std::io::Read + '_>> {
    std::io::BufReader::with_capacity(256 << 10, Box::new(Unholed::new(input.stream())))
}

/// A file of one article, decoded as it declares: no larger than one record.
fn one_declared(input: Input<'_>, desk: &mut Desk<'_>, reader: fn(Cut<'_>, &mut Desk<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    declared_within(desk.limits().record, input, desk, reader)
}

/// Any file that is read whole, decoded as it declares.
fn declared(input: Input<'_>, desk: &mut Desk<'_>, reader: fn(Cut<'_>, &mut Desk<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    declared_within(desk.limits().file, input, desk, reader)
}

/// Any file that is read whole, as the bytes it is.
fn in_bytes(input: Input<'_>, desk: &mut Desk<'_>, reader: fn(&[u8], &mut Desk<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    match input.whole(desk.limits().file) {
        Ok(bytes) => reader(&bytes, desk),
        Err(refusal) => desk.refuse_file(refusal.reason, refusal.message),
    }
}

fn declared_within(
    limit: u64,
    input: Input<'_>,
    desk: &mut Desk<'_>,
    reader: fn(Cut<'_>, &mut Desk<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let bytes = match input.whole(limit) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse_file(refusal.reason, refusal.message),
    };
    let decoded = decode::declared(&bytes, decode::declaration(&bytes).as_deref());
    if let Some(note) = decoded.note {
        desk.doubt(DoubtKind::Bytes, note.into_owned());
    }
    reader(Cut { text: &decoded.text, position: Position::start() }, desk)
}

/// The same of a file that declares nothing.
fn one_article(input: Input<'_>, desk: &mut Desk<'_>, reader: fn(&str, &mut Desk<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    let bytes = match input.whole(desk.limits().record) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse_file(refusal.reason, refusal.message),
    };
    let decoded = decode::text(&bytes);
    if let Some(note) = decoded.note {
        desk.doubt(DoubtKind::Bytes, note.into_owned());
    }
    reader(&decoded.text, desk)
}
