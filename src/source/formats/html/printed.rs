//! The headline and byline of a page that tells them to nobody but its reader, as pages did before 2000: lines above the story, parted by `br`.

use super::blocks::{self, Block};
use super::inline::Piece;
use super::metadata;
use super::tag::Tag;
use super::tree::{Tree, folded};
use super::{title_place, traced};
use crate::article::ParagraphKind;
use crate::source::desk::galley::Galley;
use crate::source::desk::said::letters;
use crate::source::desk::traced::Traced;
use crate::source::print::byline;

/// The most letters of a block above the story that is its headline and who wrote it.
const HEAD: usize = 240;

/// The lines of the blocks above the first of `story`, as far as they stand in its element or in boxes beside it and have no links.
pub(super) fn head(tree: &Tree<'_>, blocks: &[Block], story: &[usize]) -> Vec<Block> {
    let Some(first) = story.first().copied() else { return Vec::new() };
    let around = tree.nodes[blocks[first].node as usize].parent;
    let is_head = |block: &Block| {
        let node = &tree.nodes[block.node as usize];
        let beside = block.node == around || node.parent == around && matches!(node.tag, Tag::Div | Tag::P);
        beside && !block.aside && block.linked == 0 && block.length <= HEAD
    };
    // Three: the headline, who wrote it, the day.
    let above = blocks[..first].iter().rev().take(3).take_while(|block| is_head(block));
    let mut above: Vec<&Block> = above.collect();
    above.reverse();
    above.into_iter().flat_map(lines).collect()
}

/// The lines of a block.
fn lines(block: &Block) -> Vec<Block> {
    let lines = block.pieces.split(|piece| matches!(piece, Piece::Break(_)));
    let lines = lines.filter_map(|pieces| {
        let first = pieces.iter().find_map(|piece| if let Piece::Text(id) = piece { Some(*id) } else { None })?;
        Some(Block { first, pieces: pieces.to_vec(), ..block.clone() })
    });
    lines.collect()
}

/// Is the line the headline that a page's title names, alone or beside the outlet?
fn is_of_title(tree: &Tree<'_>, line: &Block, title: &str) -> bool {
    let line = letters(&blocks::words(tree, line));
    let parts = metadata::parts(title);
    parts
        .iter()
        .filter(|part| part.len() >= 6)
        .any(|part| line.contains(part.as_str()) || part.contains(&line) && line.len() >= 6)
}

/// Sets the headline where the page prints it, or, printed nowhere, at the place of its title.
pub(super) fn set_headline(
    galley: &mut Galley,
    page: &Traced<'_>,
    tree: &Tree<'_>,
    head: &[Block],
    blocks: &[Block],
    headline: Option<&str>,
) {
    let Some(headline) = headline else { return };
    let above = head.first().filter(|line| is_of_title(tree, line, headline));
    let printed = above.or_else(|| {
        blocks.iter().find(|block| block.length.abs_diff(headline.len()) < 40 && blocks::words(tree, block) == headline)
    });
    let traced = match printed {
        Some(block) => traced(tree, block, &mut page.follow()),
        None => {
            let mut traced = Traced::empty();
            traced.push_decoded(headline, title_place(page, tree), 0);
            traced
        }
    };
    galley.headline(&mut traced.follow(), 0..traced.text.len());
}

/// Sets what else is printed above the story: who wrote it, and lines that are neither.
pub(super) fn set_head(galley: &mut Galley, page: &Traced<'_>, tree: &Tree<'_>, head: &[Block]) {
    let mut from = page.follow();
    for line in head {
        let traced = traced(tree, line, &mut from);
        let words = folded(&traced.text);
        if folded(galley.article.headline()) == words {
            continue;
        }
        match byline::line(&words) {
            Some(names) => {
                let span = galley.set_all(&traced);
                galley.credit(names, span);
            }
            None => galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Boilerplate),
        }
    }
}
