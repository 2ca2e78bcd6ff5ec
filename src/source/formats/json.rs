//! JSON: lines, arrays and single objects, as crawlers and data sets write them.
//!
//! Takes the text of one object and sets an article from its fields, whatever they are called; where the object is a list of
//! stories (`items`, `articles`), each of them. How a stream is cut into objects is in [`super::json_stream`].

use super::body;
use super::ninjs;
use super::{json_mend, json_shapes};
use crate::article::ParagraphKind;
use crate::source::desk::cut::{Cut, Steps};
use crate::source::desk::desk::Desk;
use crate::source::desk::fields::{Sheet, Value};
use crate::source::desk::object::{Object, text};
use crate::source::desk::part::Part;
use crate::source::desk::records::{Line, Lines};
use crate::source::desk::traced::Position;
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

/// Reads objects that stand one behind the other (`{..}{..}`).
fn each_in(line: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let mut objects = serde_json::Deserializer::from_str(line.text).into_iter::<&RawValue>();
    let mut steps = line.in_steps();
    let mut read = 0;
    while let Some(Ok(object)) = objects.next() {
        read = objects.byte_offset();
        record(steps.of_slice(object.get()), desk)?;
    }
    // What is left is broken, and said to be.
    let rest = line.text[read..].trim();
    if rest.is_empty() { ControlFlow::Continue(()) } else { record(steps.of_slice(rest), desk) }
}

/// Lists within lists looked into: stories stand at most three deep.
const DEPTH: usize = 6;

/// Reads one object.
pub(crate) fn record(cut: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    match serde_json::from_str(cut.text) {
        Ok(found) => object(cut, &found, desk, DEPTH),
        Err(error) if error.to_string().starts_with("trailing characters") => each_in(cut, desk),
        Err(error) => {
            let mended = json_mend::mended(cut.text);
            match serde_json::from_str(&mended) {
                Ok(found) => {
                    desk.doubt(
                        DoubtKind::Markup,
                        format!("not valid JSON ({}); read as if it were", wrong(&error, cut.position)),
                    );
                    object(Cut { text: &mended, position: cut.position }, &found, desk, DEPTH)
                }
                Err(_) => desk.refuse(Reason::Broken, format!("not valid JSON: {}", wrong(&error, cut.position))),
            }
        }
    }
}

/// What is wrong with an object that begins at `position`, by the lines of the file; serde_json counts those of the object.
fn wrong(error: &serde_json::Error, position: Position) -> String {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    format!("{what} at line {}, column {}", position.line + error.line().saturating_sub(1), error.column())
}

fn object<'a>(cut: Cut<'a>, object: &Object<'a>, desk: &mut Desk<'_>, depth: usize) -> ControlFlow<()> {
    if ninjs::is(object) {
        return ninjs::read(cut, object, desk);
    }
    if object.get("format").is_some_and(|format| format.get().starts_with("\"json-pages")) {
        return desk.refuse(Reason::NotAnArticle, "the head of a list of pages".into());
    }
    let (sheet, unread) = sheet(cut, object, desk);
    // A feed has a title of its own: the list of its items goes before.
    if depth > 0 && !sheet.has_body() {
        if let Some(stories) = json_shapes::stories(object, desk) {
            let mut steps = cut.in_steps();
            for story in stories {
                let cut = steps.of_slice(story.get());
                match serde_json::from_str(cut.text) {
                    Ok(found) => self::object(cut, &found, desk, depth - 1)?,
                    Err(error) => desk.refuse(Reason::Broken, format!("no JSON object in a list of stories: {error}"))?,
                }
            }
            return ControlFlow::Continue(());
        }
        if let Some(rows) = json_shapes::rows(cut, object, desk) {
            for sheet in rows {
                let galley = sheet.set(desk, &body::IN_FIELDS);
                desk.hand_over(galley)?;
            }
            return ControlFlow::Continue(());
        }
    }
    note_missing(object, desk);
    let galley = sheet.set(desk, &body::IN_FIELDS);
    if let Some((name, _)) = unread.filter(|(_, length)| *length > MUCH.max(galley.article.text.len())) {
        let message = format!("the key `{name}` holds much text and is not read; name what it is with --field text=KEY");
        desk.doubt(DoubtKind::Partial, message);
    }
    desk.hand_over(galley)
}

/// Bytes of an unknown key's text that may be a story.
const MUCH: usize = 400;

/// Objects within the record that hold parts of the story, as the Guardian, Elasticsearch and others give them.
const INNER: &[&str] = &["_source", "fields", "attributes"];

/// The parts of the record; and the longest text under a key that is no part, with its length.
fn sheet<'a>(cut: Cut<'a>, object: &Object<'a>, desk: &Desk<'_>) -> (Sheet<'a>, Option<(String, usize)>) {
    let mut sheet = Sheet::default();
    let mut unread: Option<(String, usize)> = None;
    let mut steps = cut.in_steps();
    // `article.body` named by the user: the key of that name, or the key `body` of the object `article`.
    for (part, named) in desk.said().fields.iter().filter(|(_, named)| !object.contains_key(&named.column)) {
        if let Some(value) = within(object, &named.column).and_then(|value| read_value(&mut steps, value, *part, DEPTH)) {
            sheet.offer(*part, 0, value);
        }
    }
    let inner = INNER.iter().filter_map(|name| serde_json::from_str::<Object<'a>>(object.get(*name)?.get()).ok());
    let inner: Vec<Object<'a>> = inner.collect();
    for (further, object) in std::iter::once(object).chain(&inner).enumerate() {
        for (name, value) in object {
            if further == 0 && INNER.contains(&name.as_str()) && value.get().starts_with('{') {
                continue;
            }
            let Some((part, rank)) = desk.said().part(name) else {
                let length = value.get().len();
                if is_prose(value.get()) && unread.as_ref().is_none_or(|(_, longest)| *longest < length) {
                    unread = Some((name.clone(), length));
                }
                continue;
            };
            if let Some(value) = read_value(&mut steps, value, part, DEPTH) {
                // What stands in the record itself goes before.
                sheet.offer(part, rank + 100 * further, value);
            }
        }
    }
    (sheet, unread)
}

/// Reads a JSON string like text, and not like an address or a page?
fn is_prose(raw: &str) -> bool {
    raw.len() > MUCH && raw.starts_with('"') && raw.matches(' ').count() * 20 > raw.len() && !raw.contains("<html")
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
pub(crate) fn read_value<'a>(steps: &mut Steps<'a>, value: &'a RawValue, part: Part, depth: usize) -> Option<Value<'a>> {
    let inner = depth.checked_sub(1)?;
    match value.get().as_bytes().first()? {
        b'"' | b'0'..=b'9' | b'-' => Some(Value::Text(text(steps, value))),
        b'[' => {
            let list: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            let mut texts = Vec::new();
            for one in list {
                // One that holds nothing known (a picture, `null`) says nothing about the others.
                match read_value(steps, one, part, inner) {
                    Some(Value::Text(text)) => texts.push((ParagraphKind::Text, text)),
                    Some(Value::List(list)) => texts.extend(list),
                    None => {}
                }
            }
            Some(Value::List(texts))
        }
        b'{' if part == Part::Body => body_object(steps, value),
        b'{' => {
            let object: Object<'_> = serde_json::from_str(value.get()).ok()?;
            const NAMES: &[&str] =
                &["name", "main", "title", "original", "rendered", "value", "text", "$date", "$numberLong", "$oid"];
            let name = NAMES.iter().find_map(|name| object.get(*name))?;
            read_value(steps, name, part, inner)
        }
        _ => None,
    }
}

/// Kinds of elements in a body of elements that are no paragraph of it: the Washington Post repeats its headline and credits there.
const NO_PARAGRAPH: &[&str] =
    &["kicker", "title", "headline", "byline", "date", "author_info", "deck", "image", "video", "gallery"];

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
        let kind = object.get("type").map_or("", |kind| kind.get().trim_matches('"'));
        if NO_PARAGRAPH.contains(&kind) {
            return None;
        }
        let inner = ["text", "value", "content", "rendered", "paragraph", "html"].iter().find_map(|name| object.get(*name))?;
        return Some(Value::Text(text(steps, inner)));
    }
    Some(Value::List(texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_by_the_line_of_the_file() {
        let error = serde_json::from_str::<serde_json::Value>("{\"headline\":\n\"A\",\n x}").unwrap_err();
        assert_eq!(wrong(&error, Position { file: 90, line: 7 }), "key must be a string at line 9, column 2");
    }
}
