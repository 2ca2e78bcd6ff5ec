//! A page set as lines: what exports of news databases print on it, for the readers of their texts.
//!
//! Takes a range of the page's nodes and gives its words, white space folded: a paragraph or heading between empty lines, any other block and
//! what follows a `br` on a line of its own.

use super::inline::is_space;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::source::desk::traced::{Follower, Traced};
use std::ops::Range;

/// A word that is put above an element, for the reader of the text: what the page says by the class of the element alone.
pub(crate) type Label<'l> = &'l dyn Fn(NodeId) -> Option<&'static str>;

/// The nodes `within` as lines.
pub(crate) fn set(tree: &Tree<'_>, within: Range<NodeId>, from: &mut Follower<'_>, label: Label<'_>) -> Traced<'static> {
    let mut lines = Lines { text: Traced::empty(), space: false, ends: Vec::new() };
    let mut id = within.start;
    while id < within.end {
        let node = &tree.nodes[id as usize];
        let at = node.range.start as usize;
        while let Some((_, breaks)) = lines.ends.pop_if(|(end, _)| *end <= id) {
            lines.break_line(breaks, at, from);
        }
        match node.tag {
            Tag::Head | Tag::Script | Tag::Style | Tag::Title | Tag::Reading | Tag::Control | Tag::Svg => {
                id = node.end;
                continue;
            }
            Tag::Text => lines.words(tree.text, tree.range(id), from),
            tag => {
                let breaks = breaks(tag);
                lines.break_line(breaks, at, from);
                if tag == Tag::Rule {
                    lines.put("____________________\n", at, from);
                }
                if let Some(word) = label(id) {
                    lines.break_line(1, at, from);
                    lines.put(word, at, from);
                    lines.ends.push((node.end, breaks.max(1)));
                } else if breaks > 0 && !tag.is_void() {
                    lines.ends.push((node.end, breaks));
                }
            }
        }
        id += 1;
    }
    lines.text
}

/// Line breaks before and after an element.
fn breaks(tag: Tag) -> usize {
    match tag {
        Tag::P | Tag::H1 | Tag::H2 | Tag::Heading | Tag::Quote | Tag::Pre | Tag::Table | Tag::List | Tag::Rule => 2,
        Tag::Br => 1,
        tag => usize::from(tag.is_block()),
    }
}

struct Lines {
    text: Traced<'static>,
    /// White space stands before the next word.
    space: bool,
    /// Open blocks: where each ends, and the breaks after it.
    ends: Vec<(NodeId, usize)>,
}

impl Lines {
    /// Sees that the line ends, with an empty one below where `breaks` is two.
    fn break_line(&mut self, breaks: usize, at: usize, from: &mut Follower<'_>) {
        if breaks > 0 {
            self.space = false;
        }
        let have = self.text.text.bytes().rev().take(2).take_while(|byte| *byte == b'\n').count();
        if breaks > have && !self.text.text.is_empty() {
            self.put(&"\n\n"[..breaks - have], at, from);
        }
    }

    fn put(&mut self, characters: &str, at: usize, from: &mut Follower<'_>) {
        self.text.push_decoded(characters, from.place_at(at), 0);
    }

    fn words(&mut self, page: &str, range: Range<usize>, from: &mut Follower<'_>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &page.as_bytes()[at..range.end];
            let length = rest.iter().position(|byte| is_space(*byte)).unwrap_or(rest.len());
            if length > 0 {
                let begins = self.text.text.is_empty() || self.text.text.ends_with('\n');
                if self.space && !begins {
                    self.put(" ", at, from);
                }
                super::decode(&page[at..at + length], at, from, &mut self.text);
                self.space = false;
            }
            at += length;
            let spaces = page.as_bytes()[at..range.end].iter().take_while(|byte| is_space(**byte)).count();
            self.space |= spaces > 0;
            at += spaces;
        }
    }
}
