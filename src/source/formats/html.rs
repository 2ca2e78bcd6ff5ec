//! Saved web pages: from the page a browser showed to the article in it.
//!
//! Takes a decoded page and gives one article: headline, authors and date from what the page says about itself
//! ([`metadata`]), the paragraphs from the blocks that are the story ([`story`]). Comments, menus and links to other
//! stories are left out. Everything is traced to its place in the page.

mod blocks;
mod exports;
mod inline;
mod lines;
mod furniture;
mod jsonld;
mod metadata;
mod printed;
mod scripted;
mod story;
mod tag;
mod tokens;
mod tree;

use crate::article::{FoundIn, ParagraphKind, Published};
use crate::source::desk::desk::Desk;
use crate::source::desk::entities;
use crate::source::desk::galley::{Galley, trimmed};
use crate::source::desk::host;
use crate::source::desk::limits::Limits;
use crate::source::desk::said::{Said, letters};
use crate::source::desk::traced::{Follower, Position, Traced};
use crate::source::desk::unread::{DoubtKind, Reason};
use crate::source::print::boilerplate;
use blocks::{Believe, Block};
use inline::Printed;
use metadata::Metadata;
use std::ops::ControlFlow;
use tag::Tag;
use tree::Tree;

pub(crate) use tree::decoded;

/// Reads the article of a whole page.
pub(crate) fn read(text: &str, desk: &mut Desk<'_>) -> ControlFlow<()> {
    read_from(text, None, desk)
}

/// Reads the article of a page fetched from `address`.
pub(crate) fn read_from(text: &str, address: Option<&str>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    read_page(&Traced::verbatim(text, Position::start()), address, desk)
}

/// Reads the article of a page that comes from another format, fetched from `address`.
pub(crate) fn read_page(page: &Traced<'_>, address: Option<&str>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let tree = Tree::parse(&page.text, desk.limits().nesting, desk.limits().attributes);
    if let Some(read) = exports::read(&tree, page, desk) {
        return read;
    }
    let mut galley = article(&tree, page, desk);
    galley.article.outlet = galley.article.outlet.or_else(|| host::host(address?));
    galley.article.url = galley.article.url.or_else(|| host::link(address?));
    if galley.article.paragraphs.is_empty() && galley.article.headline.is_none() {
        return desk.refuse(Reason::NoText, "a page without a story".into());
    }
    desk.hand_over(galley)
}

/// Sets what a summary says that is not said already, and notes it as said.
pub(crate) fn set_summary(galley: &mut Galley, summary: &Traced<'_>, said: &mut Said, limits: &Limits) {
    let summary = &*entities::without_cdata(summary);
    let tree = Tree::parse(&summary.text, limits.nesting, limits.attributes);
    let mut from = summary.follow();
    for block in blocks::of(&tree, Believe::Certain, None).iter().filter(|block| !block.aside && block.link_share() < 0.5) {
        let traced = traced(&tree, block, &mut from);
        if !said.has(&traced.text) {
            galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Subhead);
            said.add(&traced.text);
        }
    }
}

/// Sets every block of a fragment (the body of a feed's item, of a JSON field) as a paragraph.
pub(crate) fn set_fragment(galley: &mut Galley, fragment: &Traced<'_>, limits: &Limits) {
    let tree = Tree::parse(&fragment.text, limits.nesting, limits.attributes);
    if let Some(at) = tree.unclosed {
        galley.doubt = Some(unclosed(&tree, at));
    }
    let language = galley.article.language.clone();
    let blocks = blocks::of(&tree, Believe::Certain, language.as_deref());
    let mut from = fragment.follow();
    let mut row_end = 0;
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !block.aside) {
        if at < row_end {
            continue;
        }
        row_end = blocks::row(&tree, &blocks, at);
        if row_end > at + 1 {
            let traced = row(&tree, blocks[at..row_end].iter(), &mut from);
            galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Table);
            continue;
        }
        let traced = traced(&tree, block, &mut from);
        let kind = if block.tag.is_heading() { ParagraphKind::Subhead } else { ParagraphKind::Text };
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), kind);
    }
}

/// The word that a tag, comment or script may hide others.
fn unclosed(tree: &Tree<'_>, at: usize) -> String {
    let words: String = tree.text[at..].chars().take(30).collect();
    format!("a tag, comment or script that is not closed may hide words: `{words}`")
}

/// Does a field hold markup? A tag of HTML, in any case, is enough.
pub(crate) fn is_markup(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "p",
        "br",
        "div",
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "img",
        "h1",
        "h2",
        "h3",
        "h4",
        "section",
        "article",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "blockquote",
        "figure",
        "q",
        "u",
        "sup",
        "sub",
        "font",
        "small",
    ];
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = &text[at + 1..];
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let length = tag.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
        let after = tag.as_bytes().get(length);
        matches!(after, Some(b'>' | b' ' | b'/' | b'\n')) && NAMES.iter().any(|name| name.eq_ignore_ascii_case(&tag[..length]))
    })
}

/// A title that may hold HTML, as it is printed: without tags, entities decoded.
pub(crate) fn title(title: &Traced<'_>) -> Traced<'static> {
    let title = &*entities::without_cdata(title);
    if !is_markup(&title.text) {
        return with_entities(title);
    }
    let limits = Limits::default();
    let tree = Tree::parse(&title.text, limits.nesting, limits.attributes);
    let mut from = title.follow();
    let mut whole = Traced::empty();
    for block in blocks::of(&tree, Believe::Certain, None) {
        if !whole.text.is_empty() {
            whole.push_decoded(" ", from.place_at(tree.range(block.first).start), 0);
        }
        let part = traced(&tree, &block, &mut from);
        part.follow().runs(0..part.text.len(), |run, position, width| whole.push_run(run, position, width));
    }
    whole
}

fn article(tree: &Tree<'_>, page: &Traced<'_>, desk: &mut Desk<'_>) -> Galley {
    let limits = desk.limits();
    if tree.flattened {
        desk.doubt(DoubtKind::Limit, format!("elements nested deeper than {}; read as if side by side", limits.nesting));
    }
    if tree.shortened {
        let message = format!("an element with more than {} attributes; the rest was not looked at", limits.attributes);
        desk.doubt(DoubtKind::Limit, message);
    }
    if let Some(at) = tree.unclosed {
        desk.doubt(DoubtKind::Markup, unclosed(tree, at));
    }
    let metadata = metadata::read(tree);
    let (blocks, story) = story(tree, &metadata);
    let mut galley = Galley::with_room(8 << 10);
    let head = if metadata.titled { printed::head(tree, &blocks, &story) } else { Vec::new() };
    printed::set_headline(&mut galley, page, tree, &head, &blocks, metadata.headline.as_deref());
    galley.credit(metadata.authors, None);
    printed::set_head(&mut galley, page, tree, &head);
    galley.article.published = metadata.published.map(|date| Published { date, found_in: FoundIn::File });
    galley.article.outlet = metadata.outlet;
    galley.article.url = metadata.url;
    galley.article.section = metadata.section;
    galley.article.language = metadata.language;
    let told = metadata.body.or_else(|| if story.is_empty() { scripted::story(tree) } else { None });
    let story = match told {
        // The page shows nothing, or only the beginning, of the story it tells machines about.
        Some(body) if is_teaser(tree, &blocks, &story, &body) => {
            set_told(&mut galley, &body, title_place(page, tree), limits);
            Vec::new()
        }
        _ => {
            note_left_out(&blocks, &story, desk);
            story
        }
    };
    let mut from = page.follow();
    let headline = tree::folded(galley.article.headline());
    let mut row_end = 0;
    for at in story.iter().copied() {
        if at < row_end {
            continue;
        }
        let block = &blocks[at];
        row_end = blocks::row(tree, &blocks, at);
        if row_end > at + 1 {
            let cells = (at..row_end).filter(|at| story.binary_search(at).is_ok()).map(|at| &blocks[at]);
            let traced = row(tree, cells, &mut from);
            galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Table);
            continue;
        }
        let traced = traced(tree, block, &mut from);
        let folded = tree::folded(&traced.text);
        if folded == headline {
            continue;
        }
        let kind = if boilerplate::is_on_page(&folded) {
            ParagraphKind::Boilerplate
        } else if block.tag.is_heading() && !story::is_long(block) {
            ParagraphKind::Subhead
        } else {
            ParagraphKind::Text
        };
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), kind);
    }
    galley
}

/// The blocks of the page, and which of them are the story. Where little is found, names are believed less, and what a browser may not
/// show is looked into.
fn story(tree: &Tree<'_>, metadata: &Metadata) -> (Vec<Block>, Vec<usize>) {
    let length = |blocks: &[Block], story: &[usize]| story.iter().map(|at| blocks[*at].length).sum::<usize>();
    let language = metadata.language.as_deref();
    let mut blocks = blocks::of(tree, Believe::All, language);
    let mut story = story::find(tree, &blocks, metadata);
    // A short story is common; one that is a fraction of what else reads like a story is a mistake.
    for (less_than, believe) in [(1500, Believe::Certain), (200, Believe::CertainOfAll)] {
        let found = length(&blocks, &story);
        let may = believe == Believe::Certain || tree.all(Tag::Unshown).next().is_some();
        if found < less_than && may {
            let others = blocks::of(tree, believe, language);
            let other = story::find(tree, &others, metadata);
            let least = if believe == Believe::Certain { 200 } else { 60 };
            if length(&others, &other) > 3 * found + least {
                (blocks, story) = (others, other);
            }
        }
    }
    (blocks, story)
}

/// Where the page's title stands: for words that stand nowhere in its text.
fn title_place(page: &Traced<'_>, tree: &Tree<'_>) -> Position {
    let words = tree.all(Tag::Title).next().and_then(|id| tree.nodes.get(id as usize + 1));
    page.follow().place_at(words.map_or(0, |words| words.range.start as usize))
}

/// Notes that more reads like a story on the page than was taken for one.
fn note_left_out(blocks: &[Block], story: &[usize], desk: &mut Desk<'_>) {
    let reads = |block: &Block| {
        let is_text = matches!(block.tag, Tag::P | Tag::Quote | Tag::Pre) && block.length >= 60 && block.marks > 0;
        is_text && !block.aside && block.link_share() < 0.2
    };
    let taken: usize = story.iter().map(|at| blocks[*at].length).sum();
    let left = blocks.iter().enumerate().filter(|(at, block)| reads(block) && story.binary_search(at).is_err());
    let left: usize = left.map(|(_, block)| block.length).sum();
    if left > taken + LEFT {
        desk.doubt(DoubtKind::Partial, format!("{left} letters on the page read like a story, {taken} were taken for it"));
    }
}

/// Letters beside the story that every page may have: a note on cookies, the beginnings of others.
const LEFT: usize = 1000;

/// The cells of a table's row, two spaces between.
fn row<'b>(tree: &Tree<'_>, cells: impl Iterator<Item = &'b Block>, from: &mut Follower<'_>) -> Traced<'static> {
    let mut whole = Traced::empty();
    for cell in cells {
        if !whole.text.is_empty() {
            whole.push_decoded("  ", from.place_at(tree.range(cell.first).start), 0);
        }
        let part = traced(tree, cell, from);
        let words = trimmed(&part.text, 0..part.text.len());
        part.follow().runs(words, |run, position, width| whole.push_run(run, position, width));
    }
    whole
}

/// Is the story on the page only the beginning of `told`, or a small part of what it says?
fn is_teaser(tree: &Tree<'_>, blocks: &[Block], story: &[usize], told: &str) -> bool {
    let shown: usize = story.iter().map(|at| blocks[*at].length).sum();
    if shown * 2 + 60 > told.len() {
        return story.is_empty() && !told.is_empty();
    }
    let told = letters(told);
    let texts = story.iter().map(|at| &blocks[*at]).filter(|block| !block.tag.is_heading() && block.length >= 20);
    let (all, known) = texts.fold((0, 0), |(all, known), block| {
        let same = told.contains(&letters(&blocks::words(tree, block)));
        (all + block.length, known + if same { block.length } else { 0 })
    });
    2 * known >= all
}

fn set_told(galley: &mut Galley, body: &str, position: Position, limits: &Limits) {
    let plain = decoded(body);
    let mut whole = Traced::empty();
    whole.push_decoded(&plain, position, 0);
    if is_markup(&plain) {
        return set_fragment(galley, &whole, limits);
    }
    for paragraph in plain.split('\n') {
        let mut traced = Traced::empty();
        traced.push_decoded(paragraph, position, 0);
        galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Text);
    }
}

/// The words of a block as they are printed, traced to the page.
fn traced(tree: &Tree<'_>, block: &Block, from: &mut Follower<'_>) -> Traced<'static> {
    let mut traced = Traced::empty();
    blocks::print(tree, block, |printed| match printed {
        Printed::Words(range) => decode(&tree.text[range.clone()], range.start, from, &mut traced),
        Printed::Put(characters, at) => traced.push_decoded(characters, from.place_at(at), 0),
    });
    traced
}

/// The entities that are left when those of the file are decoded: feeds hold titles as HTML within XML.
pub(crate) fn with_entities(title: &Traced<'_>) -> Traced<'static> {
    let mut traced = Traced::empty();
    decode(&title.text, 0, &mut title.follow(), &mut traced);
    traced
}

/// Appends `words`, which stand at byte `start` of the page, with entities decoded.
fn decode(words: &str, start: usize, from: &mut Follower<'_>, traced: &mut Traced<'static>) {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &words.as_bytes()[at..]) {
        from.runs(start + at..start + at + found, |run, position, width| traced.push_run(run, position, width));
        at += found;
        let (decoded, length) = entities::decode(&words[at..]).unwrap_or_else(|| ("&".into(), 1));
        let mut first = None;
        let mut characters = 0;
        from.runs(start + at..start + at + length, |run, position, width| {
            first = first.or(Some(position));
            characters += run.chars().count() * width;
        });
        traced.push_decoded(&decoded, first.unwrap_or(Position::start()), characters);
        at += length;
    }
    from.runs(start + at..start + words.len(), |run, position, width| traced.push_run(run, position, width));
}
