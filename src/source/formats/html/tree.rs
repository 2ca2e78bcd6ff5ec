//! The page as a tree: elements with their attributes, and the text between them.
//!
//! Built in one pass with the implied end tags that matter for reading (`p`, `li`, table cells). Elements nested deeper than the
//! limit are laid flat: their text is kept, their nesting is not.

use super::tag::Tag;
use super::tokens::{Attribute, Token, Tokens};
use std::ops::Range;

/// Number of a node. 0 is the document.
pub(crate) type NodeId = u32;

/// An element or a text.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub parent: NodeId,
    /// One past the last node within this one: a subtree is a range of numbers.
    pub end: NodeId,
    pub tag: Tag,
    /// Attributes of an element.
    attributes: Range<u32>,
    /// Where a text stands, or the name of an element.
    pub range: Range<u32>,
}

/// A parsed page.
pub(crate) struct Tree<'a> {
    /// The page.
    pub text: &'a str,
    /// In the order of the page: an element before what it holds.
    pub nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Elements stood deeper than the limit and were laid flat.
    pub flattened: bool,
    /// An element had more attributes than the limit; the rest was not looked at.
    pub shortened: bool,
    /// The byte of the first tag, comment or script that is not closed and may hide words.
    pub unclosed: Option<usize>,
    /// The first `h1`; 0 where there is none.
    pub heading: NodeId,
}

impl<'a> Tree<'a> {
    /// Parses `text`.
    pub fn parse(text: &'a str, nesting: usize, most_attributes: usize) -> Tree<'a> {
        let mut tree = Tree {
            text,
            nodes: Vec::with_capacity(text.len() / 40 + 8),
            attributes: Vec::new(),
            flattened: false,
            shortened: false,
            unclosed: None,
            heading: 0,
        };
        tree.nodes.push(Node { parent: 0, end: 0, tag: Tag::Document, attributes: 0..0, range: 0..0 });
        let mut tokens = Tokens::new(text, most_attributes);
        let mut open: Vec<NodeId> = vec![0];
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(range) => tree.push(&open, Tag::Text, 0..0, range),
                Token::Start { name, closed } => {
                    let tag = Tag::from_name(&text[name.clone()]);
                    tree.close_implied(&mut open, tag);
                    let first = tree.attributes.len() as u32;
                    tree.attributes.append(&mut tokens.attributes);
                    tree.push(&open, tag, first..tree.attributes.len() as u32, name);
                    let holds = !tag.is_void() && (!closed || tag != Tag::Svg);
                    if holds && open.len() < nesting {
                        open.push(tree.nodes.len() as NodeId - 1);
                    } else {
                        tree.flattened |= holds;
                    }
                }
                Token::End { name } => {
                    let tag = Tag::from_name(&text[name.clone()]);
                    tree.close(&mut open, tag, &text[name]);
                }
            }
        }
        tree.close_to(&mut open, 0);
        tree.shortened = tokens.shortened;
        tree.unclosed = tokens.unclosed;
        let heading = tree.all(Tag::H1).next();
        tree.heading = heading.unwrap_or(0);
        tree
    }

    fn push(&mut self, open: &[NodeId], tag: Tag, attributes: Range<u32>, range: Range<usize>) {
        let end = self.nodes.len() as NodeId + 1;
        let parent = open.last().copied().unwrap_or(0);
        self.nodes.push(Node { parent, end, tag, attributes, range: range.start as u32..range.end as u32 });
    }

    /// Closes open elements until `keep` are left.
    fn close_to(&mut self, open: &mut Vec<NodeId>, keep: usize) {
        let end = self.nodes.len() as NodeId;
        for id in open.drain(keep..) {
            self.nodes[id as usize].end = end;
        }
    }

    fn close(&mut self, open: &mut Vec<NodeId>, tag: Tag, name: &str) {
        let same = |id: &NodeId| {
            let node = &self.nodes[*id as usize];
            node.tag == tag && (tag != Tag::Other || self.name(*id).eq_ignore_ascii_case(name))
        };
        let Some(at) = open.iter().rposition(same) else { return };
        // A stray `</p>` or `</a>` never closes the block around it.
        let barrier = open[at + 1..].iter().any(|id| self.nodes[*id as usize].tag.is_container());
        if at > 0 && (tag.is_container() || !barrier) {
            self.close_to(open, at);
        }
    }

    /// Closes what the start of `tag` closes without saying so.
    fn close_implied(&mut self, open: &mut Vec<NodeId>, tag: Tag) {
        let top = open.last().map_or(Tag::Document, |id| self.nodes[*id as usize].tag);
        let within = |tree: &Tree<'_>, open: &[NodeId], closes: fn(Tag) -> bool, stops: fn(Tag) -> bool| {
            let tags = open.iter().enumerate().rev().map(|(at, id)| (at, tree.nodes[*id as usize].tag));
            let mut before = tags.take_while(|(_, tag)| !stops(*tag));
            before.find(|(_, tag)| closes(*tag)).map(|(at, _)| at)
        };
        let found = match tag {
            Tag::Li => within(self, open, |tag| tag == Tag::Li, |tag| tag == Tag::List),
            Tag::Definition => within(self, open, |tag| tag == Tag::Definition, |tag| tag == Tag::List),
            Tag::Row => within(self, open, |tag| tag == Tag::Row, |tag| tag == Tag::Table),
            Tag::Cell => within(self, open, |tag| tag == Tag::Cell, |tag| matches!(tag, Tag::Row | Tag::Table)),
            Tag::A => within(self, open, |tag| tag == Tag::A, |_| false),
            Tag::Reading | Tag::Read => matches!(top, Tag::Reading | Tag::Read).then(|| open.len() - 1),
            Tag::Option => (top == Tag::Option).then(|| open.len() - 1),
            _ if tag.is_block() => within(self, open, |tag| tag == Tag::P, |tag| tag.is_container()),
            _ => None,
        };
        if let Some(at) = found.filter(|at| *at > 0) {
            self.close_to(open, at);
        }
    }

    fn name(&self, id: NodeId) -> &'a str {
        let range = &self.nodes[id as usize].range;
        &self.text[range.start as usize..range.end as usize]
    }

    /// The value of an attribute, as it stands in the page.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&'a str> {
        let range = &self.nodes[id as usize].attributes;
        let list = &self.attributes[range.start as usize..range.end as usize];
        let found = list.iter().find(|attribute| self.text[attribute.name.clone()].eq_ignore_ascii_case(name))?;
        Some(&self.text[found.value.clone()])
    }

    /// The words of a text node.
    pub fn words(&self, id: NodeId) -> &'a str {
        let node = &self.nodes[id as usize];
        if node.tag == Tag::Text { &self.text[node.range.start as usize..node.range.end as usize] } else { "" }
    }

    /// Where a text node stands in the page.
    pub fn range(&self, id: NodeId) -> Range<usize> {
        let range = &self.nodes[id as usize].range;
        range.start as usize..range.end as usize
    }

    /// The language that the page says the words of `id` are in.
    pub fn language(&self, id: NodeId) -> Option<&'a str> {
        self.around(id)
            .find_map(|id| self.attribute(id, "lang").or_else(|| self.attribute(id, "xml:lang")))
            .filter(|lang| !lang.is_empty())
    }

    /// The numbers of all nodes within `id`.
    pub fn within(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.nodes[id as usize].end
    }

    /// All text within `id`, entities decoded, white space folded.
    pub fn text_of(&self, id: NodeId) -> String {
        let mut text = String::new();
        let mut skip = 0;
        for inner in self.within(id) {
            let node = &self.nodes[inner as usize];
            if inner < skip {
                continue;
            }
            match node.tag {
                Tag::Script | Tag::Style | Tag::Reading => skip = node.end,
                Tag::Text => text.push_str(self.words(inner)),
                tag if tag.is_block() || tag == Tag::Br => text.push(' '),
                _ => {}
            }
        }
        folded(&decoded(&text))
    }

    /// The same of an element that holds little, as a name, a date or a heading does; empty for any other.
    pub fn short_text_of(&self, id: NodeId) -> String {
        // Nested without end, long texts would be put together again and again.
        if self.nodes[id as usize].end - id > 120 { String::new() } else { self.text_of(id) }
    }

    /// The elements with `tag`, in the order of the page.
    pub fn all(&self, tag: Tag) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.tag == tag).map(|(id, _)| id as NodeId)
    }

    /// The element and those around it, from the inside out.
    pub fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            next = (id != 0).then(|| self.nodes[id as usize].parent);
            Some(id)
        })
    }
}

/// White space runs made one space, trimmed.
pub(crate) fn folded(text: &str) -> String {
    text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Entities decoded.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..found]);
        rest = &rest[found..];
        let (decoded, length) = crate::source::desk::entities::decode(rest).unwrap_or_else(|| ("&".into(), 1));
        out.push_str(&decoded);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(html: &str) -> String {
        let tree = Tree::parse(html, 256, 100);
        let mut out = String::new();
        for id in 1..tree.nodes.len() as NodeId {
            let depth = tree.around(id).count() - 2;
            let node = &tree.nodes[id as usize];
            let label = if node.tag == Tag::Text { format!("{:?}", tree.words(id)) } else { format!("{:?}", node.tag) };
            out += &format!("{}{label}\n", " ".repeat(depth));
        }
        out
    }

    #[test]
    fn tags_that_close_themselves_and_each_other() {
        assert_eq!(show("<p>One<p>Two <b>b</b><div>x</div>"), "P\n \"One\"\nP\n \"Two \"\n Inline\n  \"b\"\nDiv\n \"x\"\n");
        assert_eq!(show("<ul><li>a<li>b</ul>c"), "List\n Li\n  \"a\"\n Li\n  \"b\"\n\"c\"\n");
        assert_eq!(show("<script>if (a<b) x()</script>1 < 2"), "Script\n \"if (a<b) x()\"\n\"1 < 2\"\n");
        assert_eq!(show("<!-- <p> --><br/>a</p>b"), "Br\n\"a\"\n\"b\"\n");
    }

    #[test]
    fn a_hundred_thousand_nested_elements_cost_little() {
        let html = "<div>".repeat(100_000) + "deep";
        let tree = Tree::parse(&html, 256, 100);
        assert_eq!(tree.text_of(0), "deep");
        assert!(tree.around(tree.nodes.len() as NodeId - 1).count() <= 258);
    }
}
