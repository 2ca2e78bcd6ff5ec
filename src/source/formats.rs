//! One file for each format.
//!
//! To add a format: one file here with `pub(in crate::source) fn read`, one line in `recognise` (`file/recognise.rs`, or the list `TOLD_BY_TEXT` in
//! `source.rs`) and in `read_input` (`source.rs`), its name in `desk/format.rs`, and two files below `tests/formats` with their golden lines. A reader gets its text from
//! the dispatcher, hands articles to the desk, and opens no file.

pub(super) mod clipping;
pub(super) mod exports;
pub(super) mod text;
pub(super) mod wire;
pub(super) mod teletype;
pub(super) mod html;
pub(super) mod body;
pub(super) mod xml;
pub(super) mod nitf;
pub(super) mod newsml;
pub(super) mod story_xml;
pub(super) mod alto;
pub(super) mod mets;
pub(super) mod feed;
pub(super) mod wordpress;
pub(super) mod parts;
pub(super) mod csv;
pub(super) mod json;
pub(super) mod json_stream;
pub(super) mod json_shapes;
pub(super) mod json_mend;
pub(super) mod ninjs;
pub(super) mod lexis;
pub(super) mod factiva;
pub(super) mod europresse;
pub(super) mod proquest;
pub(super) mod cuttings;
pub(super) mod citations;
pub(super) mod typed;
pub(super) mod docx;
pub(super) mod odt;
pub(super) mod rtf;
pub(super) mod pdf;
pub(super) mod epub;
pub(super) mod packages;
pub(super) mod mail;
pub(super) mod mime;
pub(super) mod markdown;
pub(super) mod sgml;
pub(super) mod smart;
pub(super) mod answer;
pub(super) mod warc;
pub(super) mod arc;
pub(super) mod har;
pub(super) mod bounded;
pub(super) mod packed;
