//! Atom feeds (RFC 4287): a feed of entries, each a passage.

use quick_xml::escape::escape;
use serde_json::Value;
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_64;

/// When something without a date was published, for a feed has to say.
pub const UNKNOWN: &str = "1970-01-01T00:00:00Z";

/// What stands at the head of a feed.
pub struct Feed<'a> {
    /// What it is called.
    pub title: &'a str,
    /// An identifier that stays.
    pub id: &'a str,
    /// Its own address, where it has one.
    pub own: Option<&'a str>,
    /// The page that shows the same, where there is one.
    pub page: Option<&'a str>,
    /// When the newest entry was published, as RFC 3339 has it.
    pub updated: &'a str,
}

/// One entry.
pub struct Entry<'a> {
    /// What it is called.
    pub title: &'a str,
    /// An identifier that stays.
    pub id: &'a str,
    /// The page that shows it, where there is one.
    pub page: Option<&'a str>,
    /// The original.
    pub original: Option<&'a str>,
    /// When it was published, as RFC 3339 has it.
    pub updated: &'a str,
    /// Who printed it.
    pub outlet: Option<&'a str>,
    /// Its words.
    pub words: &'a str,
}

impl Feed<'_> {
    /// The head, up to the first entry.
    pub fn begin(&self) -> String {
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n<id>{}</id>\n",
            text(self.title),
            text(self.id),
        );
        if let Some(own) = self.own {
            let _ = writeln!(out, "<link rel=\"self\" href=\"{}\"/>", text(own));
        }
        if let Some(page) = self.page {
            let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(page));
        }
        let _ = writeln!(out, "<updated>{}</updated>\n<author><name>newshound</name></author>", text(self.updated));
        out
    }
}

/// What stands at the end of a feed.
pub const END: &str = "</feed>\n";

impl Entry<'_> {
    /// Adds it to a feed.
    pub fn write(&self, out: &mut String) {
        let _ = write!(out, "<entry>\n<title>{}</title>\n<id>{}</id>\n", text(self.title), text(self.id));
        if let Some(page) = self.page {
            let _ = writeln!(out, "<link href=\"{}\"/>", text(page));
        }
        let _ = writeln!(out, "<updated>{}</updated>", text(self.updated));
        // Only what a browser opens as a page: an address is foreign text.
        if let Some(original) = self.original.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
            let _ = writeln!(out, "<link rel=\"via\" href=\"{}\"/>", text(original));
        }
        if let Some(outlet) = self.outlet {
            let _ = writeln!(out, "<author><name>{}</name></author>", text(outlet));
        }
        let _ = write!(out, "<content type=\"text\">{}</content>\n</entry>\n", text(self.words));
    }
}

/// A feed of lines of the journal of saved searches, the newest first. `own` is its address, where it has one; `page` gives that of the page of
/// a passage by its id.
pub fn alerts<'a>(lines: impl Iterator<Item = &'a Value>, own: Option<&str>, page: &dyn Fn(&str) -> Option<String>) -> String {
    let mut lines = lines.peekable();
    let updated = lines.peek().and_then(|line| line["found"].as_str()).unwrap_or(UNKNOWN);
    let head = Feed { title: "newshound: saved searches", id: "urn:newshound:alerts", own, page: None, updated };
    let mut out = head.begin();
    for line in lines {
        let (passage, search) = (&line["passage"], line["search"].as_str().unwrap_or_default());
        let known = |name: &str| passage[name].as_str();
        let id = known("id").unwrap_or_default();
        let title = known("headline").or(known("dateline")).or(passage["source"]["path"].as_str()).unwrap_or_default();
        Entry {
            title: &format!("{search}: {title}"),
            // What is printed there is part of it: a passage that was changed is another entry.
            id: &format!("urn:newshound:alerts:{search}:{id}:{:016x}", xxh3_64(known("text").unwrap_or_default().as_bytes())),
            page: page(id).as_deref(),
            original: known("url"),
            updated: line["found"].as_str().unwrap_or(UNKNOWN),
            outlet: known("outlet"),
            words: known("text").unwrap_or_default(),
        }
        .write(&mut out);
    }
    out + END
}

/// Foreign text within XML: escaped, without the control characters that XML 1.0 cannot hold.
fn text(foreign: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    escape(foreign.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).filter(allowed).collect::<String>()).into_owned()
}
