//! What the pages of a file repeat: heads, feet, page numbers.
//!
//! A line is one when another page has the same at the same height, figures aside, at the head or the foot of the page; and so is a page
//! number there.

use super::layout::Line;
use std::collections::HashMap;

/// Lines at the head and at the foot of a page that may be furniture.
const EDGE: usize = 3;

/// Points by which the height may differ.
const HEIGHT: f32 = 4.0;

/// Marks the lines that are furniture.
pub(crate) fn mark(pages: &mut [Vec<Line>]) {
    let edges: Vec<Vec<usize>> = pages.iter().map(|lines| edge(lines)).collect();
    let mut seen: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    for (page, at) in edges.iter().enumerate().flat_map(|(page, edge)| edge.iter().map(move |at| (page, *at))) {
        seen.entry(without_figures(&pages[page][at].text)).or_default().push((page, pages[page][at].y));
    }
    for (page, at) in edges.iter().enumerate().flat_map(|(page, edge)| edge.iter().map(move |at| (page, *at))) {
        let line = &mut pages[page][at];
        let others = seen.get(&without_figures(&line.text)).map(Vec::as_slice).unwrap_or_default();
        // The nearest pages are enough to look at: heads alternate between left and right.
        let from = others.partition_point(|(other, _)| other + 4 < page);
        let near = others[from..].iter().take_while(|(other, _)| *other <= page + 4).take(32);
        let repeats = near.into_iter().any(|(other, y)| *other != page && (y - line.y).abs() < HEIGHT);
        line.is_furniture = repeats || is_page_number(&line.text);
    }
}

/// The lines at the head and at the foot of a page, by their height.
fn edge(lines: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].y.total_cmp(&lines[*b].y));
    let mut edge: Vec<usize> = order.iter().take(EDGE).chain(order.iter().rev().take(EDGE)).copied().collect();
    edge.sort_unstable();
    edge.dedup();
    edge
}

/// The line with every number as one sign.
fn without_figures(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '0'..='9' if plain.ends_with('#') => {}
            '0'..='9' => plain.push('#'),
            c => plain.push(c),
        }
    }
    plain
}

/// `12`, `- 12 -`, `Page 3 of 4`, `Seite 12`.
fn is_page_number(text: &str) -> bool {
    let plain = without_figures(text);
    let words: Vec<&str> =
        plain.split(|c: char| c.is_whitespace() || "-–—|/.".contains(c)).filter(|word| !word.is_empty()).collect();
    let is_word =
        |word: &&str| matches!(*word, "#" | "page" | "p" | "of" | "seite" | "von" | "s" | "página" | "de" | "sur" | "pagina");
    words.contains(&"#") && words.len() <= 4 && words.iter().all(is_word) && text.chars().count() <= 20
}
