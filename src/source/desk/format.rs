//! The formats, and those that are told by their first bytes alone because something else is inside.

/// The formats, one reader each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Html,
    Feed,
    Nitf,
    NewsMl,
    StoryXml,
    Markdown,
    Mail,
    Mbox,
    Lexis,
    Factiva,
    Europresse,
    Teletype,
    Cuttings,
    Ris,
    BibTex,
    ProQuest,
    Warc,
    Arc,
    Har,
    Rtf,
    Pdf,
    Alto,
    Mets,
    Gzip,
    Zstandard,
    Bzip2,
    Xz,
    Zip,
    Tar,
    ReutersSgml,
    TrecSgml,
    Smart,
    Csv,
    JsonLines,
    Json,
    Binary(&'static str),
}

impl Format {
    /// Every format that is read by itself, not for what is packed in it.
    const READ: &[Format] = &[
        Format::Text,
        Format::Html,
        Format::Feed,
        Format::Nitf,
        Format::NewsMl,
        Format::StoryXml,
        Format::Markdown,
        Format::Mail,
        Format::Mbox,
        Format::Lexis,
        Format::Factiva,
        Format::Europresse,
        Format::Teletype,
        Format::Cuttings,
        Format::Ris,
        Format::BibTex,
        Format::ProQuest,
        Format::Warc,
        Format::Arc,
        Format::Har,
        Format::Rtf,
        Format::Pdf,
        Format::Alto,
        Format::ReutersSgml,
        Format::TrecSgml,
        Format::Smart,
        Format::Csv,
        Format::JsonLines,
        Format::Json,
    ];

    /// The names of the formats that a user can say a file has.
    pub fn names() -> Vec<&'static str> {
        Format::READ.iter().map(|format| format.name()).collect()
    }

    /// The format a user says a file has.
    pub fn named(name: &str) -> Option<Format> {
        Format::READ.iter().copied().find(|format| format.name() == name)
    }

    /// The share of a file that is text of its articles, at the least: where it is less, something was not recognised. A guess, well
    /// below what is found in the collections; pages and XML count their words without the markup, and what is packed tells for itself.
    pub fn least_share(self) -> f64 {
        match self {
            Format::Text | Format::Smart => 0.8,
            Format::Markdown => 0.5,
            Format::Lexis
            | Format::Factiva
            | Format::Cuttings
            | Format::Teletype
            | Format::Europresse
            | Format::ProQuest
            | Format::ReutersSgml
            | Format::TrecSgml
            | Format::Csv => 0.25,
            Format::Json | Format::JsonLines => 0.03,
            _ => 0.0,
        }
    }

    /// The name shown to users and stored with the article.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::ReutersSgml => "reuters-sgml",
            Format::TrecSgml => "trec-sgml",
            Format::Html => "html",
            Format::Feed => "feed",
            Format::Nitf => "nitf",
            Format::NewsMl => "newsml",
            Format::StoryXml => "xml",
            Format::Markdown => "markdown",
            Format::Mail => "mail",
            Format::Mbox => "mbox",
            Format::Lexis => "lexisnexis",
            Format::Factiva => "factiva",
            Format::Europresse => "europresse",
            Format::Teletype => "wire",
            Format::Cuttings => "cuttings",
            Format::Ris => "ris",
            Format::BibTex => "bibtex",
            Format::ProQuest => "proquest",
            Format::Warc => "warc",
            Format::Arc => "arc",
            Format::Har => "har",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
            Format::Alto => "alto",
            Format::Mets => "mets",
            Format::Gzip => "gzip",
            Format::Zstandard => "zstd",
            Format::Bzip2 => "bzip2",
            Format::Xz => "xz",
            Format::Zip => "zip",
            Format::Tar => "tar",
            Format::Smart => "smart",
            Format::Csv => "csv",
            Format::JsonLines => "jsonl",
            Format::Json => "json",
            Format::Binary(_) => "binary",
        }
    }
}

/// Compressed files and archives, by their first bytes.
pub(crate) fn packed(head: &[u8]) -> Option<Format> {
    match head {
        [0x1f, 0x8b, ..] => Some(Format::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Format::Zstandard),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(Format::Bzip2),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Format::Xz),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Format::Zip),
        _ => (head.get(257..262) == Some(b"ustar")).then_some(Format::Tar),
    }
}
