//! JSON: lines, arrays and single objects, as crawlers and data sets write them.
//!
//! Takes the text of one object and sets an article from its fields, whatever they are called; where the object is a list of
//! stories (`items`, `articles`), each of them. How a stream is cut into objects is in [`super::json_stream`].

use super::body;
use super::ninjs;
use crate::article::ParagraphKind;
use crate::source::desk::cut::{Cut, Steps};
use crate::source::desk::desk::Desk;
use crate::source::desk::fields::{Sheet, Value};
use crate::source::desk::object::{Object, text};
use crate::source::desk::part::Part;
use crate::source::desk::records::{Line, Lines};
use crate::source::desk::unread::{DoubtKind, Reason};
use serde_json::value::RawValue;
use std::ops::ControlFlow;

/// Reads JSON Lines: an object a line.
pub(crate) fn read_lines(mut lines: Lines<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    loop {
        match lines.next() {
            Ok(Some(Line::Read(line, position))) => {
                if !line.trim().is_empty() {
                    record(Cut { text: &line, position }, desk)?;
                }
            }
            Ok(Some(Line::TooLong(bytes))) => {
                desk.refuse(Reason::TooLarge, format!("a line of {} MB, more than is read of one record", bytes >> 20))?;
            }
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => return desk.refuse_file(Reason::from_error(&error), error.to_string()),
        }
    }
}

/// Lists within lists looked into: stories stand at most three deep.
const DEPTH: usize = 6;

/// Reads one object.
pub(crate) fn record(cut: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    object(cut, desk, DEPTH)
}

fn object(cut: Cut<'_>, desk: &mut Desk<'_>, depth: usize) -> ControlFlow<()> {
    let object: Object<'_> = match serde_json::from_str(cut.text) {
        Ok(object) => object,
        Err(error) => return desk.refuse(Reason::Broken, format!("not valid JSON: {error}")),
    };
    if ninjs::is(&object) {
        return ninjs::read(cut, &object, desk);
    }
    let sheet = sheet(cut, &object, desk);
    // A feed has a title of its own: the list of its items goes before.
    if depth > 0
        && !sheet.has_body()
        && let Some(stories) = stories(&object)
    {
        let mut steps = cut.in_steps();
        for story in stories {
            self::object(steps.of_slice(story.get()), desk, depth - 1)?;
        }
        return ControlFlow::Continue(());
    }
    note_missing(&object, desk);
    let galley = sheet.set(desk, &body::IN_FIELDS);
    desk.hand_over(galley)
}

/// Names under which a list of stories stands in an object around it.
const LISTS: &[&str] =
    &["items", "articles", "results", "data", "documents", "docs", "response", "entries", "news", "stories", "hits"];

fn stories<'a>(object: &Object<'a>) -> Option<Vec<&'a RawValue>> {
    let list = LISTS.iter().find_map(|name| object.get(*name))?;
    if list.get().starts_with('{') {
        return Some(vec![list]);
    }
    let list: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
    list.first().is_some_and(|first| first.get().starts_with('{')).then_some(list)
}

fn sheet<'a>(cut: Cut<'a>, object: &Object<'a>, desk: &Desk<'_>) -> Sheet<'a> {
    let mut sheet = Sheet::default();
    let mut steps = cut.in_steps();
    // `article.body` named by the user: the key of that name, or the key `body` of the object `article`.
    for (part, named) in desk.said().fields.iter().filter(|(_, named)| !object.contains_key(&named.column)) {
        if let Some(value) = within(object, &named.column).and_then(|value| read_value(&mut steps, value, *part, DEPTH)) {
            sheet.offer(*part, 0, value);
        }
    }
    for (name, value) in object {
        let Some((part, rank)) = desk.said().part(name) else { continue };
        if let Some(value) = read_value(&mut steps, value, part, DEPTH) {
            sheet.offer(part, rank, value);
        }
    }
    sheet
}

/// The value at a path of keys with dots between them.
fn within<'a>(object: &Object<'a>, path: &str) -> Option<&'a RawValue> {
    let (key, rest) = path.split_once('.')?;
    let inner: Object<'a> = serde_json::from_str(object.get(key)?.get()).ok()?;
    inner.get(rest).copied().or_else(|| within(&inner, rest))
}

/// Notes the keys that the user names and the object does not have.
fn note_missing(object: &Object<'_>, desk: &mut Desk<'_>) {
    let has = |column: &str| object.contains_key(column) || within(object, column).is_some();
    let missing = desk.said().fields.iter().find(|(_, named)| !has(&named.column));
    let message = missing.map(|(part, named)| format!("no key `{}` for {}, named by {}", named.column, part.name(), named.by));
    if let Some(message) = message {
        desk.doubt(DoubtKind::Field, message);
    }
}

/// A string, number, list of these, or an object with a name or a body in it.
fn read_value<'a>(steps: &mut Steps<'a>, value: &'a RawValue, part: Part, depth: usize) -> Option<Value<'a>> {
    let inner = depth.checked_sub(1)?;
    match value.get().as_bytes().first()? {
        b'"' | b'0'..=b'9' => Some(Value::Text(text(steps, value))),
        b'[' => {
            let list: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            let mut texts = Vec::new();
            for one in list {
                match read_value(steps, one, part, inner)? {
                    Value::Text(text) => texts.push((ParagraphKind::Text, text)),
                    Value::List(list) => texts.extend(list),
                }
            }
            Some(Value::List(texts))
        }
        b'{' if part == Part::Body => body_object(steps, value),
        b'{' => {
            let object: Object<'_> = serde_json::from_str(value.get()).ok()?;
            let name = ["name", "main", "title", "rendered", "value", "text"].iter().find_map(|name| object.get(*name))?;
            read_value(steps, name, part, inner)
        }
        _ => None,
    }
}

/// The body as fundus keeps it: `{"summary": [...], "sections": [{"headline": [...], "paragraphs": [...]}]}`.
fn body_object<'a>(steps: &mut Steps<'a>, value: &'a RawValue) -> Option<Value<'a>> {
    let object: Object<'_> = serde_json::from_str(value.get()).ok()?;
    let mut texts = Vec::new();
    let mut push = |list: Option<&'a RawValue>, kind: ParagraphKind| {
        let Some(list) = list else { return };
        let many: Vec<&RawValue> = serde_json::from_str(list.get()).unwrap_or_else(|_| vec![list]);
        texts.extend(many.into_iter().map(|one| (kind, text(steps, one))));
    };
    push(object.get("summary").copied(), ParagraphKind::Text);
    let sections: Vec<Object<'a>> =
        object.get("sections").and_then(|list| serde_json::from_str(list.get()).ok()).unwrap_or_default();
    for section in &sections {
        push(section.get("headline").copied(), ParagraphKind::Subhead);
        push(section.get("paragraphs").copied(), ParagraphKind::Text);
    }
    if texts.is_empty() {
        let inner = ["text", "value", "content", "rendered"].iter().find_map(|name| object.get(*name))?;
        return Some(Value::Text(text(steps, inner)));
    }
    Some(Value::List(texts))
}
