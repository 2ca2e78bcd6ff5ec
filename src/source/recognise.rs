//! Tells the format of a file: by its content first, by its name second.

/// The formats, one reader each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Binary(&'static str),
}

impl Format {
    /// The name shown to users and stored with the article.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Binary(_) => "binary",
        }
    }
}

/// The format of a file that begins with `head` and is called `name`.
pub(crate) fn format(head: &[u8], _name: &str) -> Format {
    if let Some(what) = binary(head) {
        return Format::Binary(what);
    }
    Format::Text
}

/// First bytes of files that are no text, and what to call them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file (make text of it first, for example with pdftotext)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (save it as DOCX or text)"),
    (b"{\\rtf", "an RTF file (save it as DOCX or text)"),
];

fn binary(head: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Some(what);
    }
    let head = &head[..head.len().min(8192)];
    if encoding_rs::Encoding::for_bom(head).is_some() {
        return None;
    }
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    let odd_zeros = head.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    let controls = head.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0c\x1b\0".contains(byte)).count();
    let utf16 = zeros * 5 > head.len() * 2 && (odd_zeros * 20 > zeros * 19 || odd_zeros * 20 < zeros) && controls == 0;
    if zeros > 0 && !utf16 && zeros * 50 > head.len() || controls * 10 > head.len() {
        return Some("unknown bytes");
    }
    None
}
