//! Pages that are exports of news databases: LexisNexis, Factiva, Europresse, ProQuest.
//!
//! Told by words that stand in their markup; set as lines, and read by the readers of their texts.

use super::lines;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::source::desk::desk::Desk;
use crate::source::desk::traced::Traced;
use crate::source::formats::{europresse, exports, factiva};
use std::ops::{ControlFlow, Range};

/// Words in the markup of the exports of each database; a page without them is none.
const MARKS: &[(&str, &[&str])] = &[
    ("europresse", &["DocPublicationName"]),
    ("factiva", &["Factiva"]),
    ("lexisnexis", &["LOAD-DATE", "Load-Date", "<DOC NUMBER"]),
    ("proquest", &["ProQuest"]),
];

/// Reads the documents of the page, if it is an export.
pub(super) fn read(tree: &Tree<'_>, page: &Traced<'_>, desk: &mut Desk<'_>) -> Option<ControlFlow<()>> {
    let has = |mark: &&str| memchr::memmem::find(page.text.as_bytes(), mark.as_bytes()).is_some();
    let marked: Vec<&str> = MARKS.iter().filter(|(_, marks)| marks.iter().any(has)).map(|(name, _)| *name).collect();
    if marked.is_empty() {
        return None;
    }
    let papers = of_class(tree, |class| class.eq_ignore_ascii_case("DocPublicationName"));
    if !papers.is_empty() {
        return Some(read_europresse(tree, page, &papers, desk));
    }
    let articles = of_class(tree, |class| {
        class.len() == 9 && class.ends_with("Article") && class.bytes().take(2).all(|byte| byte.is_ascii_lowercase())
    });
    if !articles.is_empty() && marked.contains(&"factiva") {
        return Some(read_factiva(tree, page, &articles, desk));
    }
    let whole = 1..tree.nodes.len() as NodeId;
    let text = lines::set(tree, whole, &mut page.follow(), &|_| None);
    let (name, read) = exports::of(&text.text).filter(|(name, _)| marked.contains(name))?;
    desk.format(name);
    Some(read(&text, desk))
}

/// The outermost elements with a class of which this holds.
fn of_class(tree: &Tree<'_>, holds: impl Fn(&str) -> bool) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    for id in 1..tree.nodes.len() as NodeId {
        let is_within = found.last().is_some_and(|last| id < tree.nodes[*last as usize].end);
        if !is_within && tree.nodes[id as usize].tag != Tag::Text && has_class(tree, id, &holds) {
            found.push(id);
        }
    }
    found
}

fn has_class(tree: &Tree<'_>, id: NodeId, holds: &impl Fn(&str) -> bool) -> bool {
    tree.attribute(id, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(holds))
}

fn read_factiva(tree: &Tree<'_>, page: &Traced<'_>, articles: &[NodeId], desk: &mut Desk<'_>) -> ControlFlow<()> {
    desk.format("factiva");
    let mut from = page.follow();
    for article in articles {
        let within = tree.within(*article);
        let has_codes = within.clone().any(|id| has_class(tree, id, &|class: &str| class == "index"));
        let label = |id: NodeId| {
            let is_head = tree.attribute(id, "id") == Some("hd");
            let is_by = has_class(tree, id, &|class: &str| class == "author");
            match (has_codes, is_head, is_by) {
                (false, true, _) => Some("HD "),
                (false, _, true) => Some("BY "),
                _ => None,
            }
        };
        let text = lines::set(tree, within, &mut from, &label);
        factiva::read_text(&text, desk)?;
    }
    ControlFlow::Continue(())
}

fn read_europresse(tree: &Tree<'_>, page: &Traced<'_>, papers: &[NodeId], desk: &mut Desk<'_>) -> ControlFlow<()> {
    desk.format("europresse");
    let mut from = page.follow();
    let ends = papers.iter().skip(1).copied().chain(std::iter::once(tree.nodes.len() as NodeId));
    for (paper, end) in papers.iter().zip(ends) {
        let is = |id: NodeId, part: &str| {
            has_class(tree, id, &|class: &str| {
                class.len() >= part.len() && class.is_char_boundary(part.len()) && class[..part.len()].eq_ignore_ascii_case(part)
            })
        };
        // The title's words stand in an element within another of like name.
        let is_inner = |id: NodeId, part: &str| is(id, part) && !tree.within(id).any(|inner| is(inner, part));
        let within: Range<NodeId> = *paper..end;
        let has_text = within.clone().any(|id| is(id, "DocText"));
        let label = |id: NodeId| {
            if id == *paper {
                Some("")
            } else if is_inner(id, "titreArticle") {
                Some(europresse::TITLE)
            } else if is_inner(id, "docAuthors") {
                Some(europresse::AUTHOR)
            } else if is_inner(id, "DocText") || is(id, "docOcurrContainer") && !has_text {
                Some(europresse::TEXT)
            } else {
                None
            }
        };
        let text = lines::set(tree, within, &mut from, &label);
        europresse::read_text(&text, desk)?;
    }
    ControlFlow::Continue(())
}
