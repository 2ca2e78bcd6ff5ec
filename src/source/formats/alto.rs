//! ALTO, what text recognition finds on a scanned page: one article a page, or those that the METS file beside it names.
//!
//! The blocks of the page are its paragraphs, in the order of the file or of the article; margins are shown and are no passages. A place is
//! that of the word in the file, which says in which region of the scan it stands. So an article that goes on on another page is two, with
//! one headline. Which blocks make an article `mets` tells.

use super::xml::{ElementId, Xml};
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::division::{Division, Part};
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Reads every page of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let xml = Xml::parse(file, &["Page"], desk.limits());
    let division = desk.take_division();
    if let Some(division) = &division {
        desk.issue(division.issue.clone());
    }
    for page in xml.all(0, &["Page"]) {
        let (margins, printed): (Vec<_>, Vec<_>) = xml.all(page, &["TextBlock"]).partition(|block| is_margin(&xml, *block));
        let mut galleys = match &division {
            Some(division) => articles(&xml, page, printed, division),
            None => vec![set_all(&xml, &printed)],
        };
        if let Some(last) = galleys.last_mut() {
            margins.iter().for_each(|block| set(&xml, *block, ParagraphKind::Boilerplate, last));
        }
        galleys.retain(|galley| !galley.is_empty());
        if galleys.is_empty() {
            desk.refuse(Reason::NoText, "a scanned page on which no words were recognised".into())?;
        }
        galleys.into_iter().try_for_each(|galley| desk.hand_over(galley))?;
    }
    xml.settle(desk)
}

/// Sets these blocks as one article.
fn set_all(xml: &Xml<'_>, blocks: &[ElementId]) -> Galley {
    let mut galley = Galley::with_room(4096);
    blocks.iter().for_each(|block| set(xml, *block, ParagraphKind::Text, &mut galley));
    galley
}

/// The articles of a page as its issue divides them; what is left of it (advertisements, what was forgotten) is one more.
fn articles(xml: &Xml<'_>, page: ElementId, mut printed: Vec<ElementId>, division: &Division) -> Vec<Galley> {
    let named = blocks_by_id(xml, page);
    let mut take = |ids: &[String]| -> Vec<ElementId> {
        let asked: Vec<ElementId> = ids.iter().filter_map(|id| named.get(id)).flatten().copied().collect();
        let taken = asked
            .into_iter()
            .filter(|block| printed.iter().position(|left| left == block).map(|at| printed.remove(at)).is_some());
        taken.collect()
    };
    let mut galleys = Vec::new();
    for part in &division.parts {
        let (heading, body) = (take(&part.heading), take(&part.body));
        if !heading.is_empty() || !body.is_empty() {
            galleys.push(article(xml, part, &heading, &body));
        }
    }
    if !printed.is_empty() || galleys.is_empty() {
        galleys.push(set_all(xml, &printed));
    }
    galleys
}

/// The blocks of text that go by each id: a block's own, or that of the block it is composed into.
fn blocks_by_id(xml: &Xml<'_>, page: ElementId) -> HashMap<String, Vec<ElementId>> {
    let mut named: HashMap<String, Vec<ElementId>> = HashMap::new();
    for block in xml.all(page, &["TextBlock", "ComposedBlock"]) {
        let Some(id) = xml.attribute(block, "ID") else { continue };
        let is_one = xml.name(block) == "TextBlock";
        let blocks = if is_one { vec![block] } else { xml.all(block, &["TextBlock"]).collect() };
        named.entry(id).or_default().extend(blocks);
    }
    named
}

/// Sets what stands of an article on the page. Where its headline stands on another, it has the one that the issue gives it.
fn article(xml: &Xml<'_>, part: &Part, heading: &[ElementId], body: &[ElementId]) -> Galley {
    let mut galley = Galley::with_room(4096);
    match (heading.split_first(), &part.title) {
        (Some((first, others)), _) => {
            let (mut headline, mut begun) = (Traced::empty(), None);
            xml.all(*first, &["TextLine"]).for_each(|line| push_line(xml, line, &mut headline, &mut begun));
            galley.headline(&mut headline.follow(), 0..headline.text.len());
            others.iter().for_each(|block| set(xml, *block, ParagraphKind::Subhead, &mut galley));
        }
        (None, Some(title)) => {
            let first = body.first().and_then(|block| xml.first(*block, &["String"]));
            if let Some(printed) = first.and_then(|word| xml.attribute_cut(word, "CONTENT")) {
                let mut headline = Traced::empty();
                headline.push_decoded(title, printed.position, 0);
                galley.headline(&mut headline.follow(), 0..headline.text.len());
            }
        }
        (None, None) => {}
    }
    body.iter().for_each(|block| set(xml, *block, ParagraphKind::Text, &mut galley));
    galley
}

fn is_margin(xml: &Xml<'_>, block: ElementId) -> bool {
    ["TopMargin", "BottomMargin", "LeftMargin", "RightMargin"].iter().any(|name| xml.is_within(block, name))
}

/// Sets a block: a paragraph, or several where lines are indented.
fn set(xml: &Xml<'_>, block: ElementId, kind: ParagraphKind, galley: &mut Galley) {
    let lines: Vec<ElementId> = xml.all(block, &["TextLine"]).collect();
    let mut paragraph = Traced::empty();
    // The second half of a word that was set whole.
    let mut begun = None;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && is_indented(xml, &lines, at) {
            let whole = std::mem::replace(&mut paragraph, Traced::empty());
            galley.paragraph(&mut whole.follow(), 0..whole.text.len(), kind);
        }
        push_line(xml, *line, &mut paragraph, &mut begun);
    }
    galley.paragraph(&mut paragraph.follow(), 0..paragraph.text.len(), kind);
}

/// Does the line begin further in than the lines beside it, by half its height at least?
fn is_indented(xml: &Xml<'_>, lines: &[ElementId], at: usize) -> bool {
    let number = |line: &ElementId, name| xml.attribute(*line, name).and_then(|value| value.parse::<f64>().ok());
    let left = |line: &ElementId| number(line, "HPOS");
    let Some((here, above)) = left(&lines[at]).zip(left(&lines[at - 1])) else { return false };
    let below = lines.get(at + 1).and_then(left).unwrap_or(above);
    let step = number(&lines[at], "HEIGHT").unwrap_or(0.0) / 2.0;
    step > 0.0 && here - above > step && here - below > step
}

/// Appends the words of a line. A word that is parted between two lines is set whole where it begins, as the file gives it; the hyphen
/// of any other is kept.
fn push_line(xml: &Xml<'_>, line: ElementId, paragraph: &mut Traced<'static>, begun: &mut Option<String>) {
    let mut first = true;
    for id in xml.all(line, &["String", "HYP"]) {
        if xml.name(id) == "HYP" {
            if begun.is_none() {
                push(xml, id, "CONTENT", paragraph, "");
            }
            continue;
        }
        let whole = xml.attribute(id, "SUBS_CONTENT").filter(|whole| !whole.trim().is_empty());
        let part = xml.attribute(id, "SUBS_TYPE").unwrap_or_default();
        let is_rest = begun.take().is_some_and(|begun| part == "HypPart2" && whole.as_ref() == Some(&begun));
        if !is_rest {
            let is_begun = part == "HypPart1" && whole.is_some();
            push(xml, id, if is_begun { "SUBS_CONTENT" } else { "CONTENT" }, paragraph, if first { "\n" } else { " " });
            *begun = whole.filter(|_| is_begun);
        }
        first = false;
    }
}

/// Appends what an attribute holds, after `joint`.
fn push(xml: &Xml<'_>, id: ElementId, attribute: &str, paragraph: &mut Traced<'static>, joint: &str) {
    let Some(printed) = xml.attribute_cut(id, attribute) else { return };
    if !paragraph.text.is_empty() {
        paragraph.push_decoded(joint, printed.position, 0);
    }
    printed.push_with_entities(paragraph);
}
