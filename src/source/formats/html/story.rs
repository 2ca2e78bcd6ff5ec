//! Finds the story on a page: which blocks are its paragraphs and sub-heads.
//!
//! Each block is weighed as running text or as furniture; the element whose blocks weigh most together holds the story; what
//! in it still looks like furniture is left out. (To trust the story that JSON-LD repeats was tried: F1 fell from .955 to .946.)

use super::blocks::{self, Block};
use super::furniture::{self, Hint};
use super::metadata::Metadata;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::source::desk::said::{Said, letters};
use std::collections::HashSet;

/// The numbers of the blocks that are the story, in order.
pub(crate) fn find(tree: &Tree<'_>, blocks: &[Block], metadata: &Metadata) -> Vec<usize> {
    let other = other_articles(tree, blocks, metadata);
    let weigh = |block: &Block| if other.get(block.node as usize).is_some_and(|other| *other) { -1.0 } else { weight(block) };
    let weights: Vec<f32> = blocks.iter().map(weigh).collect();
    let Some(best) = heaviest(tree, blocks, &weights) else { return Vec::new() };
    let mut kept: Vec<usize> = Vec::new();
    for part in alike(tree, best) {
        kept.extend(blocks::within(blocks, tree, part).filter(|at| is_story(tree, &blocks[*at])));
    }
    kept.sort_unstable();
    kept.dedup();
    let kept = with_short_parts(tree, blocks, best, kept);
    let mut kept = kept;
    kept.splice(0..0, standfirst(tree, blocks, &kept, metadata));
    without_pull_quotes(tree, blocks, without_loose_heads(blocks, kept))
}

/// Words set large in a figure are the story's own where they stand nowhere else in it; whose they are is told below them.
fn without_pull_quotes(tree: &Tree<'_>, blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let figure = |at: usize| {
        tree.around(blocks[at].node).find(|id| {
            tree.nodes[*id as usize].tag == Tag::Figure && tree.nodes[tree.nodes[*id as usize].parent as usize].tag != Tag::Figure
        })
    };
    let set_large: Vec<(usize, NodeId)> = kept.iter().filter_map(|at| Some((*at, figure(*at)?))).collect();
    if set_large.is_empty() {
        return kept;
    }
    let told = kept.iter().filter(|at| figure(**at).is_none()).map(|at| blocks::words(tree, &blocks[*at]));
    let mut said = Said::new("");
    told.for_each(|words| said.add(&words));
    let mut repeated = |at: usize| blocks[at].tag != Tag::Figure && said.has(&blocks::words(tree, &blocks[at]));
    let dropped: HashSet<NodeId> = set_large.iter().filter(|(at, _)| repeated(*at)).map(|(_, id)| *id).collect();
    kept.into_iter().filter(|at| figure(*at).is_none_or(|id| !dropped.contains(&id))).collect()
}

/// The nodes within `article` elements beside the one that holds the headline: the page goes on with other stories.
fn other_articles(tree: &Tree<'_>, blocks: &[Block], metadata: &Metadata) -> Vec<bool> {
    let headline = letters(metadata.headline.as_deref().unwrap_or_default());
    let is_headline =
        |block: &&Block| block.tag.is_heading() && !headline.is_empty() && letters(&blocks::words(tree, block)) == headline;
    let outermost = |block: &Block| tree.around(block.node).filter(|id| tree.nodes[*id as usize].tag == Tag::Article).last();
    let text = |id: NodeId| blocks[blocks::within(blocks, tree, id)].iter().map(|block| weight(block).max(0.0)).sum::<f32>();
    let holders = blocks.iter().filter(is_headline).take(20).filter_map(outermost).map(|id| (text(id), id));
    // A teaser repeats the headline too, but holds no story.
    let Some((_, own)) = holders.filter(|(text, _)| *text > 400.0).max_by(|a, b| a.0.total_cmp(&b.0)) else { return Vec::new() };
    let beside = |id: &NodeId| *id >= tree.nodes[own as usize].end || tree.nodes[*id as usize].end <= own;
    let mut other = vec![false; tree.nodes.len()];
    let mut end = 0;
    for id in tree.all(Tag::Article).filter(beside) {
        let range = id.max(end)..tree.nodes[id as usize].end;
        end = end.max(range.end);
        range.for_each(|inner| other[inner as usize] = true);
    }
    other
}

/// The paragraph above the story that the page also gives as its summary.
fn standfirst(tree: &Tree<'_>, blocks: &[Block], kept: &[usize], metadata: &Metadata) -> Option<usize> {
    let summary = letters(metadata.summary.as_deref()?);
    let first = *kept.first()?;
    let above = (first.saturating_sub(25)..first).rev();
    let mut found = above.filter(|at| {
        let block = &blocks[*at];
        let words = letters(&blocks::words(tree, block));
        let same = words.len() >= 40 && summary.len() >= 40 && (words.starts_with(&summary) || summary.starts_with(&words));
        same && block.link_share() < 0.3 && block.tag != Tag::H1
    });
    found.next()
}

/// How much a block speaks for the element around it.
fn weight(block: &Block) -> f32 {
    let length = block.length as f32;
    let share = block.link_share();
    if block.aside {
        return -1.0;
    }
    if share >= 0.4 {
        return -5.0 - length * 0.1;
    }
    let running = block.length >= 60 && block.marks >= 1 || block.length >= 120;
    match block.tag {
        tag if tag.is_heading() && !is_long(block) => -2.0,
        _ if block.tag.is_heading() => 0.0,
        Tag::P | Tag::Quote | Tag::Pre if running => length * (1.0 - share),
        Tag::Li | Tag::Definition | Tag::Row | Tag::Table | Tag::List => {
            if running {
                length * 0.2
            } else {
                -2.0
            }
        }
        _ if running => length * (1.0 - share) * 0.7,
        Tag::P => 0.0,
        // A table of results has hundreds.
        Tag::Cell => -0.5,
        _ => -3.0,
    }
}

/// What is left of a block's weight one container further out. The story's paragraphs stand close together; what is gathered
/// from far apart is a list of teasers. Tried from .6 to .95 on the development pages.
const FURTHER_OUT: f32 = 0.85;

/// The element whose blocks weigh most, near ones more than far ones.
fn heaviest(tree: &Tree<'_>, blocks: &[Block], weights: &[f32]) -> Option<NodeId> {
    let mut sums = vec![0.0f32; tree.nodes.len()];
    for (block, weight) in blocks.iter().zip(weights) {
        sums[block.node as usize] += weight;
    }
    let mut best: Option<(f32, NodeId)> = None;
    for id in (1..tree.nodes.len() as NodeId).rev() {
        let node = &tree.nodes[id as usize];
        let sum = sums[id as usize];
        let holds = node.tag.is_container() || node.tag == Tag::Other;
        sums[node.parent as usize] += if holds { sum * FURTHER_OUT } else { sum };
        if !holds || sum <= 0.0 {
            continue;
        }
        let hinted = match furniture::hint(tree, id) {
            Hint::Story => 1.3,
            Hint::NoStory(_) => 0.8,
            Hint::Nothing => 1.0,
        };
        let tagged = if matches!(node.tag, Tag::Article | Tag::Main) { 1.1 } else { 1.0 };
        let sum = sum * hinted * tagged;
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, id));
        }
    }
    best.map(|(_, id)| id)
}

/// The element and those made like it: a story is often cut into several by pictures and advertisements.
fn alike(tree: &Tree<'_>, best: NodeId) -> Vec<NodeId> {
    let made = make(tree, best);
    let named = made.iter().any(|(_, class)| !class.is_empty());
    if !named {
        return vec![best];
    }
    let same =
        |id: &NodeId| *id == best || (tree.nodes[*id as usize].tag == tree.nodes[best as usize].tag && make(tree, *id) == made);
    (1..tree.nodes.len() as NodeId).filter(same).collect()
}

/// Tag and class of an element and the two around it.
fn make<'a>(tree: &Tree<'a>, id: NodeId) -> Vec<(Tag, &'a str)> {
    let outwards = tree.around(id).take(3);
    outwards.map(|id| (tree.nodes[id as usize].tag, tree.attribute(id, "class").unwrap_or_default())).collect()
}

/// Within the story's element: is this block part of the story?
fn is_story(_tree: &Tree<'_>, block: &Block) -> bool {
    if block.aside {
        return false;
    }
    let share = block.link_share();
    match block.tag {
        tag if tag.is_heading() => share < 0.5,
        Tag::P | Tag::Quote | Tag::Pre => share < 0.6 && (block.length >= 20 || block.marks > 0),
        Tag::Li | Tag::Definition => share < 0.15 && block.length >= 20,
        Tag::Cell | Tag::Row => share < 0.3 && block.length >= 80,
        _ => share < 0.3 && block.length >= 60,
    }
}

/// What is short between the paragraphs of a story is part of it when it stands among them: items of a list, rows of a table, a line that is
/// a sub-head or somebody's words, text without an element of its own. (At the end of a story lists of links begin, so that only lists
/// without any are taken there.)
fn with_short_parts(tree: &Tree<'_>, blocks: &[Block], best: NodeId, mut kept: Vec<usize>) -> Vec<usize> {
    // Above the first paragraph stand the day and the author.
    let first = kept.iter().copied().find(|at| !blocks[*at].tag.is_heading());
    let (Some(first), Some(last)) = (first, kept.last().copied()) else { return kept };
    let mut flow: Vec<NodeId> = Vec::new();
    for at in kept.iter().filter(|at| blocks[**at].tag == Tag::P) {
        flow.push(tree.nodes[blocks[*at].node as usize].parent);
    }
    flow.sort_unstable();
    flow.dedup();
    let beside_paragraphs = |id: NodeId| flow.binary_search(&tree.nodes[id as usize].parent).is_ok();
    // Where each paragraph stands in a box of its own, they are made alike.
    let boxes = kept.iter().map(|at| &blocks[*at]).filter(|block| matches!(block.tag, Tag::P | Tag::Div));
    let made: HashSet<_> = boxes.map(|block| make(tree, block.node)).collect();
    let is_among = |block: &Block| {
        is_line(block) && (is_sentence(block) || beside_paragraphs(block.node) || made.contains(&make(tree, block.node)))
    };
    let inside = blocks::within(blocks, tree, best);
    // A list is judged once: is it one of links?
    let mut judged = (0, false);
    for at in first..inside.end {
        let block = &blocks[at];
        let told = at < last && is_told(block);
        let text = !block.aside && block.length > 0 && (block.linked == 0 || told);
        if at > last && !text {
            break;
        }
        let holder = holder(tree, block);
        let listed = holder != block.node;
        if listed && judged.0 != holder {
            judged = (holder, has_links(tree, blocks, holder));
        }
        if !text || (listed && judged.1 && !told) {
            continue;
        }
        let is_part = if listed {
            beside_paragraphs(holder) && matches!(block.tag, Tag::Li | Tag::Definition | Tag::Cell | Tag::Row)
        } else {
            let is_loose = flow.binary_search(&holder).is_ok() && !block.tag.is_heading() && block.tag != Tag::P;
            is_loose || at < last && is_among(block)
        };
        let names_the_speaker = block.tag == Tag::Figure && block.linked == 0 && at > 0 && kept.contains(&(at - 1));
        if is_part || names_the_speaker {
            kept.push(at);
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// A short block of words and no link: a sub-head, an answer.
fn is_line(block: &Block) -> bool {
    block.linked == 0 && matches!(block.tag, Tag::P | Tag::Div | Tag::Quote | Tag::Pre)
}

/// A block of its own that reads like a sentence.
fn is_sentence(block: &Block) -> bool {
    block.marks > 0 && block.length >= 20 && block.tag == Tag::Div
}

/// An item that begins with a link to what it tells of: a link to another story has little more than its link.
fn is_told(block: &Block) -> bool {
    block.tag == Tag::Li && block.link_share() < 0.6 && block.marks > 1 && block.length - block.linked >= 60
}

/// The outermost list or table that a block stands in, within its part of the page; else the block's own element.
fn holder(tree: &Tree<'_>, block: &Block) -> NodeId {
    let around = tree.around(block.node).take_while(|id| {
        matches!(
            tree.nodes[*id as usize].tag,
            Tag::Li | Tag::Definition | Tag::List | Tag::Cell | Tag::Row | Tag::Table | Tag::Other
        )
    });
    let holders = around.filter(|id| matches!(tree.nodes[*id as usize].tag, Tag::List | Tag::Table));
    holders.last().unwrap_or(block.node)
}

fn has_links(tree: &Tree<'_>, blocks: &[Block], id: NodeId) -> bool {
    let of = &blocks[blocks::within(blocks, tree, id)];
    let (linked, length) = of.iter().fold((0, 0), |(linked, length), block| (linked + block.linked, length + block.length));
    linked * 5 > length
}

/// A paragraph set as a heading: a standfirst.
pub(crate) fn is_long(block: &Block) -> bool {
    block.length >= 140
}

/// A heading stays only above a paragraph that stays.
fn without_loose_heads(blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let last_text = kept.iter().rposition(|at| !blocks[*at].tag.is_heading() || is_long(&blocks[*at]));
    let end = last_text.map_or(0, |last| last + 1);
    kept.into_iter().take(end).collect()
}
