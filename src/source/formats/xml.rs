//! XML as a tree of elements and texts, each traced to its place in the file.
//!
//! Parsed by quick-xml. Entities a document declares for itself are never expanded, nothing outside the file is ever fetched, and
//! what is nested deeper than the limit is refused.

use super::html;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::limits::Limits;
use crate::source::desk::traced::{Position, Traced};
use crate::source::desk::unread::{DoubtKind, Reason};
use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::ops::{ControlFlow, Range};

/// Number of an element or text; 0 is the document.
pub(crate) type ElementId = usize;

#[derive(Debug)]
struct Element {
    /// One past the last node within.
    end: ElementId,
    parent: ElementId,
    kind: ElementKind,
    /// The tag of an element, the text of a text.
    range: Range<usize>,
    position: Position,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ElementKind {
    Element,
    /// With entities in it.
    Text,
    /// `<![CDATA[...]]>`.
    Verbatim,
}

/// Elements and texts of one document: with its text they take half a gigabyte. News has a fifth as many in 256 MB.
const MOST_NODES: usize = 6 << 20;

/// Why a document was not read to its end.
pub(crate) struct Broken {
    reason: Reason,
    message: String,
}

/// A parsed document.
pub(crate) struct Xml<'a> {
    text: &'a str,
    nodes: Vec<Element>,
    /// What was not well-formed, if anything; the tree holds what came before.
    pub broken: Option<Broken>,
    /// Tags that did not fit and were read as well as they can be, and the line of the first.
    mended: usize,
    first_mended: usize,
}

impl<'a> Xml<'a> {
    /// Parses `cut`; what is over the limits of nesting and attributes makes it broken. An element named in `records` never stands
    /// within another of its name: its beginning closes what was left open, so that one tag forgotten costs one record at most.
    pub fn parse(cut: Cut<'a>, records: &[&str], limits: &Limits) -> Xml<'a> {
        let document = Element { end: 0, parent: 0, kind: ElementKind::Element, range: 0..0, position: cut.position };
        let mut xml = Xml { text: cut.text, nodes: vec![document], broken: None, mended: 0, first_mended: 0 };
        let marks = marks_at(cut.text, 0);
        let mut open = vec![0];
        let mut position = cut.position.after(&cut.text[..marks]);
        let mut at = marks;
        // Where the reader began: it begins anew behind markup that it cannot read.
        let mut begun = marks;
        let mut spent = 0;
        let mut reader = reader(&cut.text[begun..]);
        loop {
            let read = reader.read_event();
            let mut end = (begun + reader.buffer_position() as usize).min(cut.text.len());
            let is_tag = matches!(read, Ok(Event::Start(_) | Event::Empty(_)));
            let event = match read {
                Ok(event) if !(is_tag && is_no_tag(&cut.text[at..end])) => event,
                failed => {
                    // What was looked at in vain is looked at again.
                    spent += if failed.is_ok() { end - at } else { cut.text.len() - at };
                    if spent > AGAIN * cut.text.len() + (1 << 20) {
                        xml.broken = Some(Broken { reason: Reason::Broken, message: "too many tags that do not fit".into() });
                        break;
                    }
                    if at == cut.text.len() {
                        break;
                    }
                    xml.mend(position);
                    end = at + xml.push_misread(&mut open, at, position, records);
                    end += marks_at(cut.text, end);
                    position = position.after(&cut.text[at..end]);
                    (at, begun) = (end, end);
                    reader = self::reader(&cut.text[begun..]);
                    continue;
                }
            };
            match event {
                Event::Start(_) => xml.start(&mut open, at..end, position, records),
                Event::Empty(_) => xml.push(&open, ElementKind::Element, at..end, position),
                Event::End(_) => xml.finish(&mut open, &cut.text[at..end], position),
                Event::Text(_) | Event::GeneralRef(_) => xml.push(&open, ElementKind::Text, at..end, position),
                Event::CData(_) => {
                    let inner = at + 9..end.saturating_sub(3).max(at + 9);
                    xml.push(&open, ElementKind::Verbatim, inner, Position { file: position.file + 9, line: position.line });
                }
                Event::Eof => break,
                _ => {}
            }
            if let Some(message) = too_much(&open, &cut.text[at..end], limits) {
                xml.broken = Some(Broken { reason: Reason::Hostile, message });
                break;
            }
            if xml.nodes.len() > MOST_NODES {
                let message = format!("more than {MOST_NODES} elements and texts; split the file");
                xml.broken = Some(Broken { reason: Reason::TooLarge, message });
                break;
            }
            position = position.after(&cut.text[at..end]);
            at = end;
        }
        if open.len() > 1 && xml.broken.is_none() {
            xml.mend(position);
        }
        let end = xml.nodes.len();
        for id in open {
            xml.nodes[id].end = end;
        }
        xml
    }

    /// Sets what stands at `at` and is no good markup, and gives its length: a tag whose quote is not closed ends at its `>`, anything
    /// else is text up to the next `<`.
    fn push_misread(&mut self, open: &mut Vec<ElementId>, at: usize, position: Position, records: &[&str]) -> usize {
        let rest = &self.text[at..];
        let next = rest[1..].find('<').map_or(rest.len(), |next| next + 1);
        match rest[..next].find('>').filter(|_| begins_tag(rest)) {
            Some(close) if rest[..close].ends_with('/') => self.push(open, ElementKind::Element, at..at + close + 1, position),
            Some(close) => self.start(open, at..at + close + 1, position, records),
            None => self.push(open, ElementKind::Text, at..at + next, position),
        }
        let node = &self.nodes[self.nodes.len() - 1];
        node.range.len()
    }

    /// Opens an element.
    fn start(&mut self, open: &mut Vec<ElementId>, range: Range<usize>, position: Position, records: &[&str]) {
        let name = local(tag_name(&self.text[range.clone()]));
        if records.contains(&name)
            && let Some(depth) = open.iter().rposition(|id| self.name(*id) == name)
        {
            self.close(open, depth);
            self.mend(position);
        }
        self.push(open, ElementKind::Element, range, position);
        open.push(self.nodes.len() - 1);
    }

    /// Closes the innermost open element of the end tag's name, and with it what was left open within.
    fn finish(&mut self, open: &mut Vec<ElementId>, tag: &str, position: Position) {
        let name = tag_name(tag);
        match open.iter().rposition(|id| *id != 0 && self.whole_name(*id) == name) {
            Some(depth) => {
                if depth + 1 < open.len() {
                    self.mend(position);
                }
                self.close(open, depth);
            }
            None => self.mend(position),
        }
    }

    fn close(&mut self, open: &mut Vec<ElementId>, depth: usize) {
        let end = self.nodes.len();
        for id in open.drain(depth..) {
            self.nodes[id].end = end;
        }
    }

    fn mend(&mut self, position: Position) {
        if self.mended == 0 {
            self.first_mended = position.line;
        }
        self.mended += 1;
    }

    fn push(&mut self, open: &[ElementId], kind: ElementKind, range: Range<usize>, position: Position) {
        let parent = open.last().copied().unwrap_or(0);
        self.nodes.push(Element { end: self.nodes.len() + 1, parent, kind, range, position });
    }

    /// The name of an element without its prefix; empty for texts.
    pub fn name(&self, id: ElementId) -> &'a str {
        local(self.whole_name(id))
    }

    /// The name with its prefix.
    fn whole_name(&self, id: ElementId) -> &'a str {
        let node = &self.nodes[id];
        if node.kind == ElementKind::Element { tag_name(&self.text[node.range.clone()]) } else { "" }
    }

    /// The value of an attribute, entities decoded; prefixes of its name do not matter.
    pub fn attribute(&self, id: ElementId, name: &str) -> Option<String> {
        let node = &self.nodes[id];
        if node.kind != ElementKind::Element {
            return None;
        }
        let tag = self.text[node.range.clone()].trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let mut attributes = Attributes::new(tag, self.whole_name(id).len());
        let found = attributes.with_checks(false).flatten().find(|attribute| {
            let key = attribute.key.as_ref();
            key.rsplit(':').next() == Some(name)
        })?;
        Some(html::decoded(&found.value))
    }

    /// The value of an attribute as it stands in the file.
    pub fn attribute_cut(&self, id: ElementId, name: &str) -> Option<Cut<'a>> {
        let node = &self.nodes[id];
        let tag = Cut { text: &self.text[node.range.clone()], position: node.position };
        let (mut at, mut quote) = (0, None);
        // Outside quotes, after a space.
        for (byte, pair) in tag.text.as_bytes().windows(2).enumerate() {
            match (quote, pair[0]) {
                (None, b'"' | b'\'') => quote = Some(pair[0]),
                (Some(open), close) if open == close => quote = None,
                (None, b' ' | b'\n' | b'\t')
                    if tag.text[byte + 1..].strip_prefix(name).is_some_and(|rest| rest.starts_with("=")) =>
                {
                    at = byte + 1 + name.len() + 2;
                    break;
                }
                _ => {}
            }
        }
        let open = tag.text.as_bytes().get(at.checked_sub(1)?).copied().filter(|quote| b"\"'".contains(quote))?;
        let length = memchr::memchr(open, &tag.text.as_bytes()[at..])?;
        Some(tag.part(at..at + length))
    }

    /// Passes on the word that the document was not read to its end, has tags that do not fit, or more text than was handed over.
    pub fn settle(&self, desk: &mut Desk<'_>) -> ControlFlow<()> {
        desk.weigh_text(self.letters());
        if self.mended > 0 {
            let message =
                format!("{} tags that do not fit, the first on line {}; read as if they did", self.mended, self.first_mended);
            desk.doubt(DoubtKind::Markup, message);
        }
        match &self.broken {
            Some(Broken { reason, message }) => desk.refuse(*reason, format!("not read from here on: {message}")),
            None => ControlFlow::Continue(()),
        }
    }

    /// All elements within `id` that have one of these names, in the order of the file.
    pub fn all<'s>(&'s self, id: ElementId, names: &'s [&'s str]) -> impl Iterator<Item = ElementId> + 's {
        (id + 1..self.nodes[id].end).filter(move |inner| names.contains(&self.name(*inner)))
    }

    /// Those of them that stand in no other one of them.
    pub fn outermost(&self, names: &[&str]) -> Vec<ElementId> {
        let mut end = 0;
        let mut found = Vec::new();
        for id in self.all(0, names) {
            if id >= end {
                end = self.nodes[id].end;
                found.push(id);
            }
        }
        found
    }

    /// The first element within `id` with the first of these names that occurs.
    pub fn first(&self, id: ElementId, names: &[&str]) -> Option<ElementId> {
        names.iter().find_map(|name| self.all(id, &[*name]).next())
    }

    /// The elements directly within `id`.
    pub fn children(&self, id: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        (id + 1..self.nodes[id].end)
            .filter(move |inner| self.nodes[*inner].parent == id && self.nodes[*inner].kind == ElementKind::Element)
    }

    /// Is `id` within an element of this name?
    pub fn is_within(&self, mut id: ElementId, name: &str) -> bool {
        while id != 0 {
            id = self.nodes[id].parent;
            if self.name(id) == name {
                return true;
            }
        }
        false
    }

    /// All text within `id`, decoded and traced.
    pub fn text(&self, id: ElementId) -> Traced<'static> {
        self.text_in(id + 1..self.nodes[id].end)
    }

    /// The same of the elements and texts of these numbers: elements that stand on lines of their own part the words around them.
    pub fn text_in(&self, range: Range<ElementId>) -> Traced<'static> {
        const LINES: &[&str] = &["p", "P", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "para"];
        let mut traced = Traced::empty();
        let mut ends = Vec::new();
        for id in range {
            let inner = &self.nodes[id];
            let text = &self.text[inner.range.clone()];
            let parts = inner.kind == ElementKind::Element && LINES.contains(&self.name(id));
            let ended = ends.last().is_some_and(|end| *end <= id);
            ends.retain(|end| *end > id);
            if (parts || ended) && !traced.text.is_empty() && !traced.text.ends_with('\n') {
                traced.push_decoded("\n", inner.position, 0);
            }
            if matches!(self.name(id), "br" | "BR") {
                traced.push_decoded(" ", inner.position, 0);
            }
            match inner.kind {
                ElementKind::Element if parts => ends.push(inner.end),
                ElementKind::Element => {}
                ElementKind::Verbatim => traced.push(text, inner.position),
                ElementKind::Text => Cut { text, position: inner.position }.push_with_entities(&mut traced),
            }
        }
        traced
    }

    /// The cells of a table's row, two spaces between.
    pub fn row(&self, id: ElementId) -> Traced<'static> {
        let mut traced = Traced::empty();
        for cell in self.children(id) {
            if !traced.text.is_empty() {
                traced.push_decoded("  ", self.nodes[cell].position, 0);
            }
            let text = self.text(cell);
            text.follow().runs(0..text.text.len(), |run, position, width| traced.push_run(run, position, width));
        }
        traced
    }

    /// One past the last node within `id`.
    pub fn end(&self, id: ElementId) -> ElementId {
        self.nodes[id].end
    }

    /// Bytes of text in the document, as far as it is not white space between elements.
    fn letters(&self) -> usize {
        let texts = self.nodes.iter().filter(|node| node.kind != ElementKind::Element);
        texts.map(|node| self.text[node.range.clone()].trim_ascii().len()).sum()
    }

    /// The same as a plain string, white space folded.
    pub fn words(&self, id: ElementId) -> String {
        self.text(id).text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of the first element of these names.
    pub fn words_of(&self, id: ElementId, names: &[&str]) -> Option<String> {
        self.first(id, names).map(|found| self.words(found)).filter(|words| !words.is_empty())
    }
}

/// Bytes of the byte order marks that stand at `at`: quick-xml leaves one with which it begins out of its count.
fn marks_at(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    rest.len() - rest.trim_start_matches('\u{feff}').len()
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// How many times its length may be read again of a document for tags that do not fit, before it is given up.
const AGAIN: usize = 16;

/// The name in `<name ...>` or `</name>`, with its prefix.
fn tag_name(tag: &str) -> &str {
    tag.trim_start_matches(['<', '/']).split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// Is what was read as a tag none? It has no name, or holds another tag, for a quote of its attributes is not closed.
fn is_no_tag(tag: &str) -> bool {
    !begins_tag(tag) || memchr::memchr(b'<', &tag.as_bytes()[1..]).is_some()
}

fn begins_tag(text: &str) -> bool {
    text.chars().nth(1).is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'))
}

/// The complaint about a tag too deep within others, or with too many attributes.
fn too_much(open: &[ElementId], tag: &str, limits: &Limits) -> Option<String> {
    if open.len() > limits.nesting {
        return Some(format!("elements nested deeper than {}", limits.nesting));
    }
    // An attribute takes four bytes at least (` a=x`): few tags are ever counted.
    let many = tag.starts_with('<') && tag.len() / 4 > limits.attributes;
    let count = || Attributes::new(tag, 1).with_checks(false).take(limits.attributes + 1).count();
    (many && count() > limits.attributes).then(|| format!("an element with more than {} attributes", limits.attributes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_never_expanded() {
        let text = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"bomb\">]><a b=\"1 &amp; 2\"><n:t>A &lt; &x; </n:t><![CDATA[<c>]]></a>";
        let xml = Xml::parse(Cut { text, position: Position::start() }, &[], &Limits::default());
        let a = xml.first(0, &["a"]).unwrap();
        assert_eq!(xml.attribute(a, "b").as_deref(), Some("1 & 2"));
        assert_eq!(xml.text(a).text, "A < &x; <c>");
        assert!(xml.broken.is_none());
    }

    #[test]
    fn a_byte_order_mark_behind_markup_that_cannot_be_read_moves_nothing() {
        for misread in ["<a b=\"c>", "< ", "<a><b c=\"d>", "<!x <y=\">"] {
            let text = format!("{misread}\u{feff}<p>It rained.</p>\u{feff}<p>It rained again.</p><q r=\"s>");
            let xml = Xml::parse(Cut { text: &text, position: Position::start() }, &[], &Limits::default());
            let all: Vec<String> =
                (0..xml.nodes.len()).filter(|id| xml.name(*id) == "p").map(|id| xml.text(id).text.into_owned()).collect();
            assert!(all.iter().any(|words| words == "It rained again."), "{misread}: {all:?}");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "<a>".repeat(10_000);
        assert!(Xml::parse(Cut { text: &text, position: Position::start() }, &[], &Limits::default()).broken.is_some());
    }
}
