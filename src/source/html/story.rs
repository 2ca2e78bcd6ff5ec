//! Finds the story on a page: which blocks are its paragraphs and sub-heads.
//!
//! Each block is weighed as running text or as furniture; the element whose blocks weigh most together holds the story; what
//! in it still looks like furniture is left out. Where JSON-LD repeats the story, blocks found there are the story.

use super::blocks::{self, Block};
use super::furniture::{self, Hint};
use super::metadata::Metadata;
use super::tag::Tag;
use super::tree::{Id, Tree};
use std::collections::HashSet;

/// The numbers of the blocks that are the story, in order.
pub(crate) fn find(tree: &Tree<'_>, blocks: &[Block], metadata: &Metadata) -> Vec<usize> {
    if let Some(told) = told_by_body(tree, blocks, metadata) {
        return told;
    }
    let weights: Vec<f32> = blocks.iter().map(weight).collect();
    let Some(best) = heaviest(tree, blocks, &weights) else { return Vec::new() };
    let mut kept: Vec<usize> = Vec::new();
    for part in alike(tree, best) {
        kept.extend(blocks::within(blocks, tree, part).filter(|at| is_story(tree, &blocks[*at])));
    }
    kept.sort_unstable();
    kept.dedup();
    without_loose_heads(blocks, kept)
}

/// How much a block speaks for the element around it.
pub(crate) fn weight(block: &Block) -> f32 {
    let length = block.length as f32;
    let share = block.link_share();
    if block.aside {
        return -1.0;
    }
    if share >= 0.4 {
        return -5.0 - length * 0.2;
    }
    let running = block.length >= 60 && block.marks >= 1 || block.length >= 120;
    match block.tag {
        tag if tag.is_heading() => -2.0,
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
        _ => -3.0,
    }
}

/// What is left of a block's weight one container further out. The story's paragraphs stand close together; what is gathered
/// from far apart is a list of teasers. Tried from .6 to .95 on the development pages.
const FURTHER_OUT: f32 = 0.8;

/// The element whose blocks weigh most, near ones more than far ones.
fn heaviest(tree: &Tree<'_>, blocks: &[Block], weights: &[f32]) -> Option<Id> {
    let mut sums = vec![0.0f32; tree.nodes.len()];
    for (block, weight) in blocks.iter().zip(weights) {
        sums[block.node as usize] += weight;
    }
    let mut best: Option<(f32, Id)> = None;
    for id in (1..tree.nodes.len() as Id).rev() {
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
fn alike(tree: &Tree<'_>, best: Id) -> Vec<Id> {
    let made = make(tree, best);
    let named = made.iter().any(|(_, class)| !class.is_empty());
    if !named {
        return vec![best];
    }
    let same =
        |id: &Id| *id == best || (tree.nodes[*id as usize].tag == tree.nodes[best as usize].tag && make(tree, *id) == made);
    (1..tree.nodes.len() as Id).filter(same).collect()
}

/// Tag and class of an element and the two around it.
fn make<'a>(tree: &Tree<'a>, id: Id) -> Vec<(Tag, &'a str)> {
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
        tag if tag.is_heading() => share < 0.5 && block.length <= 200,
        Tag::P | Tag::Quote | Tag::Pre => share < 0.6 && (block.length >= 20 || block.marks > 0),
        Tag::Li | Tag::Definition => share < 0.3 && block.length >= 20,
        Tag::Cell | Tag::Row => share < 0.3 && block.length >= 80,
        _ => share < 0.3 && block.length >= 60,
    }
}

/// A heading stays only above a paragraph that stays.
fn without_loose_heads(blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let last_text = kept.iter().rposition(|at| !blocks[*at].tag.is_heading());
    let end = last_text.map_or(0, |last| last + 1);
    kept.into_iter().take(end).collect()
}

/// Words in a row that make a match sure.
const SHINGLE: usize = 4;

/// The blocks whose words stand in the body that JSON-LD repeats, if they make up most of it.
fn told_by_body(tree: &Tree<'_>, blocks: &[Block], metadata: &Metadata) -> Option<Vec<usize>> {
    let body = metadata.body.as_deref().filter(|body| body.len() >= 400)?;
    let body_words = tokens(&super::tree::decoded(body));
    let known: HashSet<u64> = shingles(&body_words).collect();
    let mut told = Vec::new();
    let mut seen = HashSet::new();
    for (at, block) in blocks.iter().enumerate() {
        if block.length < 8 {
            continue;
        }
        let words = tokens(&blocks::words(tree, block));
        let mine: Vec<u64> = shingles(&words).collect();
        let found = mine.iter().filter(|hash| known.contains(*hash)).count();
        if !mine.is_empty() && found * 10 >= mine.len() * 6 && mine.iter().any(|hash| seen.insert(*hash)) {
            told.push(at);
        }
    }
    let covered = seen.len();
    if covered * 10 < known.len() * 7 {
        return None;
    }
    Some(without_loose_heads(blocks, with_heads_between(blocks, told)))
}

fn tokens(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn shingles(words: &[String]) -> impl Iterator<Item = u64> + '_ {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    let size = SHINGLE.min(words.len()).max(1);
    words.windows(size).map(|window| BuildHasherDefault::<DefaultHasher>::default().hash_one(window))
}

/// Adds headings that stand directly between two paragraphs of the story.
fn with_heads_between(blocks: &[Block], told: Vec<usize>) -> Vec<usize> {
    let mut all = Vec::with_capacity(told.len());
    for (number, at) in told.iter().enumerate() {
        if number > 0 {
            let between = told[number - 1] + 1..*at;
            if between.len() == 1 && blocks[between.start].tag.is_heading() && !blocks[between.start].aside {
                all.push(between.start);
            }
        }
        all.push(*at);
    }
    all
}
