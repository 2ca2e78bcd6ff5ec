//! Passages for people: headline, where and when, who speaks, the words with the matches marked, and the place.
//!
//! With colour, matches are bold and underlined; without, they stand in square brackets. Articles are foreign text: control
//! and bidirectional characters never reach the terminal.

mod alert;
mod dossier;
mod quoted;
mod trail;
mod verified;

pub use alert::alert;
pub use dossier::dossier;
pub use quoted::{quotation, speaker};
pub use trail::step;
pub use verified::verified;

use super::clean;
use crate::article::Span;
use crate::results::{Location, Printing, RankedPassage};
use std::fmt::Write;

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Use ANSI colours.
    pub colour: bool,
    /// Columns to wrap at; 0 for none.
    pub width: usize,
    /// Add why each passage ranks where it does.
    pub explain: bool,
}

/// Where the files of a corpus lie.
#[derive(Debug, Clone, Default)]
pub struct Root {
    /// What is printed before a path in the corpus, ending with `/`.
    pub shown: String,
    /// The same in whole, for links that a terminal opens.
    pub whole: Option<String>,
}

/// What stands beside the passage and not in it.
const DIM: &str = "2";

/// One passage, ending with an empty line. `root` is put before the path.
pub fn passage(passage: &RankedPassage, root: &Root, style: Style) -> String {
    let mut out = words_of(passage, &format!("{:>3}", passage.rank), root, style);
    if let Some(copies) = copies(&passage.copies) {
        let _ = writeln!(out, "     {}", paint(&clean(&copies), DIM, style));
    }
    if style.explain {
        let parts: Vec<String> = passage.why.iter().map(|(what, worth)| format!("{worth:.2} {what}")).collect();
        let _ = writeln!(out, "     score {:.2} = {}", passage.score, parts.join(" + "));
    }
    out.push('\n');
    out
}

/// Headline with what stands before it, where and when, who speaks, the words and the place.
fn words_of(passage: &RankedPassage, before: &str, root: &Root, style: Style) -> String {
    let mut out = String::new();
    let title = passage.facts.headline.as_deref().unwrap_or("(no headline)");
    let _ = writeln!(out, "{before}  {}", paint(&clean(title), "1", style));
    if let Some(line) = about(passage) {
        let _ = writeln!(out, "     {}", paint(&line, DIM, style));
    }
    let mut paragraph = |text: &str, code: &str| {
        for line in wrap(text, style.width.saturating_sub(5)) {
            let _ = writeln!(out, "     {}", paint(&line, code, style));
        }
    };
    passage.before.iter().for_each(|text| paragraph(&clean(text), DIM));
    paragraph(&marked(&passage.text, &passage.matches, style), "");
    passage.after.iter().for_each(|text| paragraph(&clean(text), DIM));
    let _ = writeln!(out, "     {}", place(&passage.location, root, style));
    out
}

/// `corpus/harbour.txt:12`; with colour a link to the file (OSC 8, which terminals that do not know it leave out).
fn place(location: &Location, root: &Root, style: Style) -> String {
    let line = location.line.map_or(String::new(), |line| format!(":{line}"));
    let printed = paint(&clean(&format!("{}{}{line}", root.shown, location.path)), "36", style);
    let Some(whole) = root.whole.as_ref().filter(|_| style.colour) else { return printed };
    // A member of an archive is opened with it.
    let file = location.path.split_once('!').map_or(location.path.as_str(), |(file, _)| file);
    let mut address = String::from("file://");
    for byte in whole.bytes().chain(file.bytes()) {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => address.push(byte as char),
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    format!("\u{1b}]8;;{address}\u{1b}\\{printed}\u{1b}]8;;\u{1b}\\")
}

/// Copies that are named.
const NAMED: usize = 3;

/// `the same in 5 others: Harlow Gazette, The Ostrand Post, wire/0317.txt ...`
fn copies(copies: &[Printing]) -> Option<String> {
    let names: Vec<&str> = copies.iter().take(NAMED).map(Printing::name).collect();
    let others = if copies.len() == 1 { "1 other".to_owned() } else { format!("{} others", copies.len()) };
    let more = if copies.len() > NAMED { " ..." } else { "" };
    (!copies.is_empty()).then(|| format!("the same in {others}: {}{more}", names.join(", ")))
}

/// Dateline, date, outlet and speakers on one line.
fn about(passage: &RankedPassage) -> Option<String> {
    let speakers: Vec<String> = passage
        .speakers
        .iter()
        .map(|speaker| {
            let doubt = if speaker.doubtful { " (?)" } else { "" };
            let how = if speaker.indirect { " (indirect)" } else { "" };
            format!("{}{doubt}{how}", speaker.name)
        })
        .collect();
    let speakers = (!speakers.is_empty()).then(|| format!("speaking: {}", speakers.join(", ")));
    let day = passage.facts.published.as_ref().map(|date| date.split('T').next().unwrap_or(date).to_owned());
    let parts: Vec<String> =
        [passage.facts.dateline.clone(), day, passage.facts.outlet.clone(), speakers].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| clean(&parts.join(" · ")))
}

fn marked(text: &str, matches: &[Span], style: Style) -> String {
    let (on, off) = if style.colour { ("\u{1b}[1;4;33m", "\u{1b}[0m") } else { ("[", "]") };
    let mut out = String::with_capacity(text.len() + matches.len() * 12);
    let mut at = 0;
    for span in merged(matches) {
        out.push_str(&clean(&text[at..span.start as usize]));
        let _ = write!(out, "{on}{}{off}", clean(span.of(text)));
        at = span.end as usize;
    }
    out.push_str(&clean(&text[at..]));
    out
}

/// Overlapping spans as one.
fn merged(spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(*span),
        }
    }
    out
}

fn paint(text: &str, code: &str, style: Style) -> String {
    if style.colour && !text.is_empty() && !code.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Lines of at most `width` columns, broken at spaces; escape sequences take no room.
fn wrap(text: &str, width: usize) -> Vec<String> {
    if width < 20 {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let columns = columns(word);
        if used > 0 && used + 1 + columns > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("never empty");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += columns;
    }
    lines
}

/// Columns a text takes on a terminal, one a character; escape sequences take none.
pub(super) fn columns(word: &str) -> usize {
    let mut escaped = false;
    word.chars()
        .filter(|&c| {
            escaped |= c == '\u{1b}';
            let counts = !escaped;
            escaped &= !(escaped && c == 'm');
            counts
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_its_file() {
        let path = "a b.zip!c.txt".into();
        let location = Location { path, record: 0, format: "text".into(), line: Some(3), matches: Vec::new() };
        let root = Root { shown: "corpus/".into(), whole: Some("/home/ö/corpus/".into()) };
        let style = |colour| Style { colour, width: 0, explain: false };
        assert_eq!(place(&location, &root, style(false)), "corpus/a b.zip!c.txt:3");
        let link = place(&location, &root, style(true));
        assert!(
            link.starts_with("\u{1b}]8;;file:///home/%C3%B6/corpus/a%20b.zip\u{1b}\\\u{1b}[36mcorpus/a b.zip!c.txt:3"),
            "{link:?}"
        );
        assert!(!place(&location, &Root::default(), style(true)).contains("]8;"));
    }

    #[test]
    fn overlapping_matches_are_marked_once() {
        let style = Style { colour: false, width: 0, explain: false };
        assert_eq!(marked("a b c", &[Span::new(0, 3), Span::new(2, 5)], style), "[a b c]");
    }
}
