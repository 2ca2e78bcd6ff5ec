//! Cuts a page into blocks: stretches of text set apart by the layout, each with what tells a paragraph from a menu.

use super::furniture;
use super::inline::{self, Piece, Printed};
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use std::ops::Range;

/// A stretch of text on lines of its own.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The innermost element that sets it apart.
    pub node: NodeId,
    /// What that element is.
    pub tag: Tag,
    /// Its first text node with words in it.
    pub first: NodeId,
    /// What stands in it, white space between elements and line breaks included.
    pub pieces: Vec<Piece>,
    /// Letters in it, roughly: bytes without runs of white space.
    pub length: usize,
    /// Those within links.
    pub linked: usize,
    /// Commas and sentence ends.
    pub marks: usize,
    /// It stands in a part that looks like no story.
    pub aside: bool,
}

impl Block {
    /// Share of the text that is links.
    pub fn link_share(&self) -> f32 {
        self.linked as f32 / self.length.max(1) as f32
    }
}

/// Which names of elements are believed when they say that there is no story within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Believe {
    /// All that the development pages taught.
    All,
    /// Those that cannot mean anything else.
    Certain,
    /// The same, and that what browsers may not show (`noscript`, `template`) is part of the page.
    CertainOfAll,
}

/// All blocks of the page, without what can never be part of a story.
pub(crate) fn of(tree: &Tree<'_>, believe: Believe, language: Option<&str>) -> Vec<Block> {
    let mut walk = Walk {
        tree,
        language,
        blocks: Vec::new(),
        current: None,
        waiting: Vec::new(),
        breaks: 0,
        link_end: 0,
        ends: vec![(0, u32::MAX)],
        quoted: Vec::new(),
    };
    let asides = Asides::new(tree, believe);
    let mut id: NodeId = 1;
    let mut aside_end = 0;
    while (id as usize) < tree.nodes.len() {
        let node = &tree.nodes[id as usize];
        walk.leave(id);
        if node.tag == Tag::Text {
            walk.text(id, id < aside_end);
            id += 1;
            continue;
        }
        let unshown = believe == Believe::CertainOfAll && node.tag == Tag::Unshown;
        if furniture::is_never_story(tree, id) && !unshown && !furniture::is_quoting(tree, id) {
            if node.tag.is_block() {
                walk.flush();
            } else if matches!(node.tag, Tag::Control | Tag::Foreign) {
                // A button between two words is no reason to read them as one.
                walk.put(Piece::Break(node.range.start));
            }
            id = node.end;
            continue;
        }
        if id >= aside_end && asides.has(id) {
            aside_end = node.end;
        }
        walk.element(id);
        id += 1;
    }
    walk.flush();
    walk.blocks
}

/// Share of the page's paragraphs that no aside holds: what holds more is the story, whatever it is called. Tried on the
/// development pages from .3 to .7.
const MOST: f32 = 0.6;

/// An element that holds all this is the page, even if it is called `comments`.
const NEARLY_ALL: f32 = 0.95;

/// Letters in text that reads like sentences, summed from the beginning of the page.
struct Mass {
    sums: Vec<usize>,
}

impl Mass {
    fn new(tree: &Tree<'_>) -> Mass {
        let mut sums = Vec::with_capacity(tree.nodes.len() + 1);
        let (mut sum, mut paragraph_end, mut skip_end) = (0, 0, 0);
        for (id, node) in tree.nodes.iter().enumerate() {
            let id = id as NodeId;
            sums.push(sum);
            match node.tag {
                Tag::P => paragraph_end = node.end,
                Tag::A | Tag::Script | Tag::Style | Tag::Head | Tag::Foreign => skip_end = skip_end.max(node.end),
                Tag::Text if id < paragraph_end || id >= skip_end => {
                    let measure = measure(tree.words(id));
                    let reads = id < paragraph_end || (measure.length >= 60 && measure.marks > 0);
                    sum += if reads { measure.length } else { 0 };
                }
                _ => {}
            }
        }
        sums.push(sum);
        Mass { sums }
    }

    fn share(&self, tree: &Tree<'_>, id: NodeId) -> f32 {
        let all = *self.sums.last().unwrap_or(&0);
        let within = self.sums[tree.nodes[id as usize].end as usize] - self.sums[id as usize];
        within as f32 / all.max(1) as f32
    }
}

/// The elements that are no part of the story, as far as their names tell.
struct Asides {
    found: std::collections::HashSet<NodeId>,
}

impl Asides {
    fn new(tree: &Tree<'_>, believe: Believe) -> Asides {
        let mass = Mass::new(tree);
        let mut by_word: Vec<(f32, NodeId)> = vec![(0.0, 0); furniture::WORDS_OF_NO_STORY];
        let mut hits: Vec<(NodeId, usize)> = Vec::new();
        let mut found = std::collections::HashSet::new();
        for (id, node) in tree.nodes.iter().enumerate() {
            let id = id as NodeId;
            if node.tag == Tag::Text {
                continue;
            }
            if (furniture::is_aside_by_tag(node.tag) || furniture::is_hidden(tree, id)) && mass.share(tree, id) < MOST {
                found.insert(id);
            } else if let Some(word) = furniture::word_of_no_story(tree, id)
                && (believe == Believe::All || furniture::is_certain(word))
                && mass.share(tree, id) < if furniture::is_certain(word) { NEARLY_ALL } else { MOST }
            {
                hits.push((id, word));
                let (share, end) = &mut by_word[word];
                if id >= *end {
                    (*share, *end) = (*share + mass.share(tree, id), node.end);
                }
            }
        }
        // A word that marks most of the page's text, all its elements taken together, means something else on this page.
        found.extend(
            hits.into_iter().filter(|(_, word)| furniture::is_certain(*word) || by_word[*word].0 < MOST).map(|(id, _)| id),
        );
        Asides { found }
    }

    fn has(&self, id: NodeId) -> bool {
        self.found.contains(&id)
    }
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The language of the page, where it does not say itself.
    language: Option<&'t str>,
    blocks: Vec<Block>,
    current: Option<Block>,
    /// The marks before the first word of a block.
    waiting: Vec<Piece>,
    /// Line breaks since the last text.
    breaks: usize,
    link_end: NodeId,
    /// The block elements around the current place, and where they end.
    ends: Vec<(NodeId, NodeId)>,
    /// The `q` around the current place: where each ends, and its closing mark.
    quoted: Vec<(NodeId, &'static str)>,
}

impl Walk<'_, '_> {
    /// Closes the blocks that end before `id`.
    fn leave(&mut self, id: NodeId) {
        while self.quoted.last().is_some_and(|(end, _)| *end <= id) {
            let (end, mark) = self.quoted.pop().unwrap_or_default();
            // Where the last word within it ends.
            self.put(Piece::Mark(mark, self.tree.nodes[end as usize - 1].range.end));
        }
        while self.ends.last().is_some_and(|(_, end)| *end <= id) {
            self.ends.pop();
            self.flush();
        }
    }

    fn element(&mut self, id: NodeId) {
        let node = &self.tree.nodes[id as usize];
        match node.tag {
            Tag::Br => {
                self.breaks += 1;
                if self.breaks >= 2 {
                    self.flush();
                } else {
                    self.put(Piece::Break(node.range.start));
                }
            }
            Tag::Q => self.quote(id),
            Tag::A if self.is_link(id) => self.link_end = self.link_end.max(node.end),
            tag if tag.is_block() => {
                self.flush();
                self.ends.push((id, node.end));
            }
            _ => {}
        }
    }

    /// A link around more than a teaser is a link never closed.
    fn is_link(&self, id: NodeId) -> bool {
        let mut length = 0;
        self.tree.within(id).all(|inner| {
            length += measure(self.tree.words(inner)).length;
            length < 600
        })
    }

    fn text(&mut self, id: NodeId, aside: bool) {
        let measure = measure(self.tree.words(id));
        if measure.length == 0 {
            return self.put(Piece::Text(id));
        }
        self.breaks = 0;
        let node = self.ends.last().map_or(0, |(node, _)| *node);
        let tag = self.tree.nodes[node as usize].tag;
        let waiting = &mut self.waiting;
        let begun = || Block { node, tag, first: id, pieces: std::mem::take(waiting), length: 0, linked: 0, marks: 0, aside };
        let block = self.current.get_or_insert_with(begun);
        block.pieces.push(Piece::Text(id));
        block.length += measure.length;
        block.marks += measure.marks;
        if id < self.link_end {
            block.linked += measure.length;
        }
        // A link marked as furniture within a paragraph does not make it one.
        block.aside &= aside;
    }

    /// Puts what is no word into the block, if one has begun.
    fn put(&mut self, piece: Piece) {
        if let Some(block) = &mut self.current {
            block.pieces.push(piece);
        }
    }

    /// Prints the marks of a `q`, unless the page prints them itself.
    fn quote(&mut self, id: NodeId) {
        let node = &self.tree.nodes[id as usize];
        let within = self.tree.within(id).map(|inner| self.tree.words(inner).trim_ascii()).find(|words| !words.is_empty());
        let Some(words) = within else { return };
        let before = (id > 0).then(|| self.tree.words(id - 1).trim_end_matches(' ').chars().next_back()).flatten();
        if words.starts_with(inline::is_mark) || words.starts_with("&quot;") || before.is_some_and(inline::is_mark) {
            return;
        }
        let [open, close] = inline::marks(self.tree.language(id).or(self.language), self.quoted.len());
        let open = Piece::Mark(open, node.range.start);
        match &mut self.current {
            Some(block) => block.pieces.push(open),
            None => self.waiting.push(open),
        }
        self.quoted.push((node.end, close));
    }

    fn flush(&mut self) {
        self.breaks = 0;
        self.waiting.clear();
        self.blocks.extend(self.current.take());
    }
}

struct Measure {
    length: usize,
    marks: usize,
}

fn measure(text: &str) -> Measure {
    let mut measure = Measure { length: 0, marks: 0 };
    let mut space = true;
    for byte in text.bytes() {
        let is_space = byte.is_ascii_whitespace();
        measure.length += usize::from(!is_space || !space);
        space = is_space;
        measure.marks += usize::from(matches!(byte, b',' | b'.' | b';' | b'?' | b'!'));
    }
    measure.length -= usize::from(space && measure.length > 0);
    // Full-width marks of Chinese and Japanese.
    if !text.is_ascii() {
        measure.marks += text.matches(['，', '。', '、', '؟', '،']).count();
    }
    if text.trim().is_empty() || text.trim() == "&nbsp;" {
        measure.length = 0;
    }
    measure
}

/// The words of a block as they are printed, on one line.
pub(crate) fn words(tree: &Tree<'_>, block: &Block) -> String {
    let mut text = String::new();
    print(tree, block, |printed| match printed {
        Printed::Words(range) => text.push_str(&tree.text[range]),
        Printed::Put(characters, _) => text.push_str(characters),
    });
    super::tree::folded(&super::tree::decoded(&text))
}

/// Hands over what is printed of a block.
pub(crate) fn print(tree: &Tree<'_>, block: &Block, each: impl FnMut(Printed)) {
    inline::print(tree, &block.pieces, block.tag == Tag::Pre, each);
}

/// Numbers of the blocks within an element: blocks are in the order of the page.
pub(crate) fn within(blocks: &[Block], tree: &Tree<'_>, id: NodeId) -> Range<usize> {
    let inner = tree.within(id);
    let first = blocks.partition_point(|block| block.first < inner.start);
    let last = blocks.partition_point(|block| block.first < inner.end);
    first..last
}

/// The number after the last block of the table row that block `at` begins: of short cells only, for many old pages are laid out in
/// tables and have their story in cells.
pub(crate) fn row(tree: &Tree<'_>, blocks: &[Block], at: usize) -> usize {
    const SHORT: usize = 100;
    if blocks[at].tag != Tag::Cell {
        return at + 1;
    }
    let row = tree.nodes[blocks[at].node as usize].parent;
    let in_row = |block: &&Block| block.tag == Tag::Cell && tree.nodes[block.node as usize].parent == row && block.length < SHORT;
    let cells = blocks[at..].iter().take_while(in_row).count();
    if tree.nodes[row as usize].tag == Tag::Row { at + cells.max(1) } else { at + 1 }
}
