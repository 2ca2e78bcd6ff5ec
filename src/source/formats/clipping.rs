//! The lines of an export's documents, as its readers take them: with labels, in blocks between empty lines.
//!
//! Takes traced text, of a file as it stands or of a page set as lines, and hands stretches of it to a galley. What a label means is left
//! to the reader of each database.

use super::text;
use crate::article::{ParagraphKind, Span};
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::{Galley, trimmed};
use crate::source::desk::traced::{Follower, Traced};
use crate::source::print::byline;
use std::ops::{ControlFlow, Range};

/// Lines of one text, blank ones among them.
pub(crate) struct Clipping<'a> {
    text: &'a Traced<'a>,
    from: Follower<'a>,
    lines: Vec<Line>,
}

struct Line {
    /// Without the space around it.
    bytes: Range<usize>,
    /// Is there space before it?
    indented: bool,
}

impl<'a> Clipping<'a> {
    /// The lines of `text`.
    pub fn new(text: &'a Traced<'a>) -> Clipping<'a> {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.text.split_inclusive('\n') {
            let bytes = trimmed(&text.text, start..start + line.len());
            lines.push(Line { indented: bytes.start > start + 1, bytes });
            start += line.len();
        }
        Clipping { text, from: text.follow(), lines }
    }

    /// The numbers of all lines.
    pub fn all(&self) -> Range<usize> {
        0..self.lines.len()
    }

    /// The words of a line; none beyond the end.
    pub fn words(&self, at: usize) -> &'a str {
        self.lines.get(at).map_or("", |line| &self.text.text[line.bytes.clone()])
    }

    /// Is there space before the line?
    pub fn is_indented(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.indented)
    }

    /// The first line with words in it, of these.
    pub fn first(&self, lines: Range<usize>) -> Option<usize> {
        lines.into_iter().find(|at| !self.words(*at).is_empty())
    }

    /// The lines with words in them, of these.
    pub fn printed(&self, lines: Range<usize>) -> Vec<usize> {
        lines.filter(|at| !self.words(*at).is_empty()).collect()
    }

    /// The lines from `at` to the next empty one, of those before `end`.
    pub fn block(&self, at: usize, end: usize) -> Range<usize> {
        at..(at..end).find(|at| self.words(*at).is_empty()).unwrap_or(end)
    }

    /// Where these lines stand in the text.
    pub fn bytes(&self, lines: Range<usize>) -> Range<usize> {
        match (self.lines.get(lines.start), self.lines.get(lines.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if !lines.is_empty() => first.bytes.start..last.bytes.end.max(first.bytes.start),
            _ => 0..0,
        }
    }

    /// Where `part`, a slice of this text, stands in it.
    pub fn bytes_of(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.text.as_ptr() as usize).min(self.text.text.len());
        start..(start + part.len()).min(self.text.text.len())
    }

    /// The text of these bytes.
    pub fn text_of(&self, bytes: Range<usize>) -> &'a str {
        &self.text.text[bytes]
    }

    /// Sets the headline, unless there is one.
    pub fn headline(&mut self, bytes: Range<usize>, galley: &mut Galley) {
        galley.headline(&mut self.from, bytes);
    }

    /// Sets a paragraph.
    pub fn paragraph(&mut self, bytes: Range<usize>, kind: ParagraphKind, galley: &mut Galley) {
        galley.paragraph(&mut self.from, bytes, kind);
    }

    /// Sets a line that is no paragraph.
    pub fn line(&mut self, bytes: Range<usize>, galley: &mut Galley) -> Option<Span> {
        galley.set(&mut self.from, bytes)
    }

    /// Sets a byline and credits whom it names.
    pub fn byline(&mut self, bytes: Range<usize>, galley: &mut Galley) {
        let names = signed(self.text_of(bytes.clone()));
        let span = self.line(bytes, galley);
        galley.credit(names, span);
    }

    /// Sets a dateline.
    pub fn dateline(&mut self, bytes: Range<usize>, galley: &mut Galley) {
        if let Some(span) = self.line(bytes, galley) {
            galley.dateline_at(span);
        }
    }

    /// Sets these bytes as the body, in whatever layout.
    pub fn body(&mut self, bytes: Range<usize>, galley: &mut Galley) {
        let part = self.copy(&[bytes]);
        text::set_body(galley, &part);
    }

    /// Sets these stretches as the body, a line after the other, without the margin that the text below a label has.
    pub fn body_below_labels(&mut self, stretches: &[Range<usize>], galley: &mut Galley) {
        let mut body = Traced::empty();
        for bytes in stretches.iter().filter(|bytes| !bytes.is_empty()) {
            let margin = margin(&self.text.text[bytes.clone()]);
            if !body.text.is_empty() {
                body.push_decoded("\n\n", self.from.place_at(bytes.start), 0);
            }
            let mut at = bytes.start;
            for line in self.text.text[bytes.clone()].split_inclusive('\n') {
                let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
                let range = at + indent.min(margin)..at + line.len();
                self.from.runs(range, |run, position, width| body.push_run(run, position, width));
                at += line.len();
            }
        }
        text::set_body(galley, &body);
    }

    /// Several stretches of the text, an empty line between two.
    pub fn copy(&mut self, stretches: &[Range<usize>]) -> Traced<'static> {
        let mut traced = Traced::empty();
        for bytes in stretches.iter().filter(|bytes| !bytes.is_empty()) {
            if !traced.text.is_empty() {
                traced.push_decoded("\n\n", self.from.place_at(bytes.start), 0);
            }
            self.from.runs(bytes.clone(), |run, position, width| traced.push_run(run, position, width));
        }
        traced
    }
}

/// The bytes of space before every line but the first.
fn margin(text: &str) -> usize {
    let lines = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    lines.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).min().unwrap_or(0)
}

/// Reads the documents of a text, each with the line that `closes` it, by `read`.
pub(crate) fn each(
    text: &Traced<'_>,
    closes: fn(&str) -> bool,
    read: fn(&Traced<'_>, &mut Desk<'_>) -> ControlFlow<()>,
    desk: &mut Desk<'_>,
) -> ControlFlow<()> {
    let mut clipping = Clipping::new(text);
    let mut start = 0;
    let end = clipping.all().end;
    for at in clipping.all() {
        if !closes(clipping.words(at)) && at + 1 < end {
            continue;
        }
        let bytes = clipping.bytes(start..at + 1);
        start = at + 1;
        if !clipping.text_of(bytes.clone()).trim().is_empty() {
            read(&clipping.copy(&[bytes]), desk)?;
        }
    }
    ControlFlow::Continue(())
}

/// The names in a byline of an export, which says where they wrote (`Petra Lind in Tarsk`) and who helped.
pub(crate) fn signed(byline: &str) -> Vec<String> {
    let byline = &unwrapped(byline);
    let parts = byline.split([';', '\n']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" AND "));
    let parts = parts.map(str::trim).filter(|part| !is_help(part)).map(|part| {
        let at = place(part).unwrap_or(part.len());
        &part[..at]
    });
    byline::names(&parts.collect::<Vec<_>>().join("; "))
}

/// A byline of several lines, where a full line, or one that ends with "and", goes on in the next.
fn unwrapped(byline: &str) -> String {
    byline.lines().map(str::trim).fold(String::new(), |mut all, line| {
        let above = all.rsplit('\n').next().unwrap_or_default();
        let goes_on = above.len() >= 60 || above.to_lowercase().ends_with(" and");
        if !all.is_empty() {
            all.push(if goes_on { ' ' } else { '\n' });
        }
        all + line
    })
}

fn is_help(part: &str) -> bool {
    let lower = part.to_lowercase();
    lower.contains("contributed ") || lower.contains("contributing to") || lower.contains("additional reporting")
}

/// Where the place begins that stands after a name.
fn place(part: &str) -> Option<usize> {
    let lower = part.to_ascii_lowercase();
    [" in ", " à ", " en ", " from "]
        .iter()
        .filter_map(|word| {
            let at = lower.find(word)?;
            let after = part[at + word.len()..].chars().next();
            // `Petra in 't Veld` is a name.
            after.is_some_and(char::is_uppercase).then_some(at)
        })
        .filter(|at| part[..*at].trim().contains(' '))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_and_not_where_or_who_helped() {
        for (byline, names) in [
            ("PETRA LIND IN TARSK", &["Petra Lind"][..]),
            ("By Ada Quill in Novapol and Tom Brass", &["Ada Quill", "Tom Brass"]),
            ("By ADA QUILL; Tom Brass contributed reporting from Tarsk.", &["Ada Quill"]),
            ("Petra in 't Veld", &["Petra in 't Veld"]),
            ("Quill, Ada; Brass, Tom", &["Ada Quill", "Tom Brass"]),
            (
                "By ADA QUILL IN NOVAPOL AND TOM BRASS IN THE TOWN OF TARSK AND MIA\nPENNWORTH",
                &["Ada Quill", "Tom Brass", "Mia Pennworth"],
            ),
        ] {
            assert_eq!(signed(byline), names, "{byline}");
        }
    }
}
