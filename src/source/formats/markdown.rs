//! Markdown with front matter, as static sites keep their stories.
//!
//! The front matter's fields are read by name; headings become sub-heads, and the marks of links and emphasis are left out.

use super::body;
use crate::article::ParagraphKind;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::fields::{Sheet, Value};
use crate::source::desk::galley::Galley;
use crate::source::desk::traced::Traced;
use std::ops::ControlFlow;

/// Bytes of a link's words that are looked for its end.
const LONGEST_LINK: usize = 1000;

/// Reads the one article of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let (front, body) = split(file);
    let mut sheet = Sheet::default();
    for line in front.text.lines() {
        let Some((name, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        if let Some((part, rank)) = desk.said().part(name.trim()).filter(|_| !line.starts_with([' ', '\t', '-'])) {
            sheet.offer(part, rank, value_of(front, value));
        }
    }
    let mut galley = sheet.set(desk, &body::IN_FIELDS);
    let mut block: Option<std::ops::Range<usize>> = None;
    let mut start = 0;
    let mut steps = body.in_steps();
    for line in body.text.split_inclusive('\n') {
        let words = line.trim();
        let heading = words.starts_with('#');
        let bullet = words.starts_with("- ") || words.starts_with("* ") || words.starts_with("> ");
        if (words.is_empty() || heading || bullet)
            && let Some(block) = block.take()
        {
            set(steps.part(block), &mut galley);
        }
        if heading {
            set_heading(steps.part(start..start + line.len()), &mut galley);
        } else if !words.is_empty() && !words.starts_with("```") {
            block = Some(block.map_or(start, |block| block.start)..start + line.len());
        }
        start += line.len();
    }
    if let Some(block) = block {
        set(steps.part(block), &mut galley);
    }
    desk.hand_over(galley)
}

fn value_of<'a>(front: Cut<'a>, value: &'a str) -> Value<'a> {
    let list = value.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
    let Some(list) = list else {
        let cut = front.of_slice(value);
        return Value::Text(Traced::verbatim(cut.text, cut.position));
    };
    let one = |item: &'a str| {
        let cut = front.of_slice(item.trim().trim_matches(['"', '\'']));
        (ParagraphKind::Text, Traced::verbatim(cut.text, cut.position))
    };
    Value::List(list.split(',').map(one).collect())
}

/// The front matter between two `---` (or `+++`), and what follows.
fn split(file: Cut<'_>) -> (Cut<'_>, Cut<'_>) {
    let text = file.text;
    for fence in ["---", "+++"] {
        if let Some(rest) = text.strip_prefix(fence)
            && let Some(end) = rest.find(&format!("\n{fence}"))
        {
            let body = (3 + end + 1 + 3).min(text.len());
            return (file.part(3..3 + end), file.part(body..text.len()));
        }
    }
    (file.part(0..0), file)
}

fn set_heading(line: Cut<'_>, galley: &mut Galley) {
    let marks = line.text.len() - line.text.trim_start().trim_start_matches('#').len();
    let top = line.text.trim_start().starts_with("# ");
    let traced = without_marks(line.part(marks..line.text.len()));
    let whole = 0..traced.text.len();
    if top && galley.article.headline.is_none() {
        galley.headline(&mut traced.follow(), whole);
    } else if traced.text.trim() != galley.article.headline() {
        galley.paragraph(&mut traced.follow(), whole, ParagraphKind::Subhead);
    }
}

fn set(block: Cut<'_>, galley: &mut Galley) {
    let lead = block.text.len() - block.text.trim_start_matches([' ', '-', '*', '>']).len();
    // `**Bold** opening` keeps its words: only a bullet is cut.
    let lead = if block.text.trim_start().starts_with("**") { 0 } else { lead };
    let traced = without_marks(block.part(lead..block.text.len()));
    galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Text);
}

/// True for `[words](`: the words of a link are no longer than a paragraph.
fn opens_link(text: &str) -> bool {
    let near = &text.as_bytes()[..text.len().min(LONGEST_LINK)];
    memchr::memmem::find(near, b"](").is_some()
}

/// `[words](address)` becomes `words`; pictures, `**` and back ticks go.
fn without_marks(cut: Cut<'_>) -> Traced<'static> {
    let mut traced = Traced::empty();
    let text = cut.text;
    let (mut at, mut from) = (0, 0);
    let mut steps = cut.in_steps();
    let mut keep = |traced: &mut Traced<'static>, from: usize, to: usize| {
        let part = steps.part(from..to);
        traced.push(part.text, part.position);
    };
    while at < text.len() {
        let rest = &text[at..];
        let skip = if rest.starts_with("![") {
            rest.find(')').map(|end| end + 1)
        } else if rest.starts_with("](") {
            rest.find(')').map(|end| end + 1)
        } else if rest.starts_with("**") || rest.starts_with("__") {
            Some(2)
        } else if rest.starts_with('`') || (rest.starts_with('[') && opens_link(rest)) {
            Some(1)
        } else {
            None
        };
        match skip {
            Some(length) => {
                keep(&mut traced, from, at);
                at += length;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    keep(&mut traced, from, text.len());
    traced
}
