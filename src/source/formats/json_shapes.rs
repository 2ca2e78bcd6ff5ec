//! The shapes in which one JSON object holds many stories: lists under some key, objects by id, columns of a table.

use super::json::read_value;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::fields::Sheet;
use crate::source::desk::object::Object;
use crate::source::desk::part::Part;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Names under which a list of stories stands in an object around it.
const LISTS: &[&str] =
    &["items", "articles", "results", "data", "documents", "docs", "response", "entries", "news", "stories", "hits"];

/// The stories in `object`, in the order of the file: those of a list of a usual name, of any list whose first object reads like a
/// story, or the values of the object itself, when they do (`{"hp-1": {..}, "hp-2": {..}}`).
pub(crate) fn stories<'a>(object: &Object<'a>, desk: &Desk<'_>) -> Option<Vec<&'a RawValue>> {
    if let Some(list) = LISTS.iter().find_map(|name| listed(object.get(*name)?)) {
        return Some(list);
    }
    let is_list = |value: &&&'a RawValue| value.get().starts_with('[');
    let mut lists = object.values().filter(is_list).filter_map(|value| listed(value));
    if let Some(list) = lists.find(|list| list.first().is_some_and(|first| is_story(first, desk))) {
        return Some(list);
    }
    let mut values: Vec<&'a RawValue> = object.values().copied().collect();
    values.sort_by_key(|value| value.get().as_ptr() as usize);
    let all = !values.is_empty() && values.iter().all(|value| value.get().starts_with('{'));
    (all && is_story(values[0], desk)).then_some(values)
}

fn listed(value: &RawValue) -> Option<Vec<&RawValue>> {
    if value.get().starts_with('{') {
        return Some(vec![value]);
    }
    let list: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
    list.first().is_some_and(|first| first.get().starts_with('{')).then_some(list)
}

/// Has the object a text, as far as its keys tell? A headline alone is what lists of related stories have.
fn is_story(value: &RawValue, desk: &Desk<'_>) -> bool {
    let Ok(object) = serde_json::from_str::<Object<'_>>(value.get()) else { return false };
    let has = |wanted: Part| {
        let texts = object.iter().filter(|(name, _)| desk.said().part(name).is_some_and(|(part, _)| part == wanted));
        texts.into_iter().any(|(_, value)| value.get().len() > 2 && value.get().starts_with(['"', '[']))
    };
    let is_wire = object.contains_key("uri") && object.keys().any(|name| name.starts_with("body"));
    is_wire || has(Part::Body) || (has(Part::Headline) && has(Part::Lead))
}

/// The rows of a table that was written column by column, as pandas does: `{"title": {"0": "..", ..}, "text": {"0": "..", ..}}`, or
/// `{"columns": ["title", "text"], "data": [["..", ".."], ..]}`.
pub(crate) fn rows<'a>(cut: Cut<'a>, object: &Object<'a>, desk: &Desk<'_>) -> Option<Vec<Sheet<'a>>> {
    split(cut, object, desk).or_else(|| by_column(cut, object, desk))
}

fn by_column<'a>(cut: Cut<'a>, object: &Object<'a>, desk: &Desk<'_>) -> Option<Vec<Sheet<'a>>> {
    let columns = object.iter().filter_map(|(name, value)| Some((desk.said().part(name)?, *value)));
    let mut columns: Vec<((Part, usize), Object<'a>, &'a RawValue)> = columns
        .filter_map(|(part, value)| {
            let cells: Object<'a> = serde_json::from_str(value.get()).ok()?;
            Some((part, cells, value))
        })
        .collect();
    let told = |wanted| columns.iter().find(|((part, _), cells, _)| *part == wanted && cells.len() > 1);
    let keys = told(Part::Body).or(told(Part::Headline))?.1.clone();
    let is_row = |key: &str| keys.contains_key(key);
    if !keys.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()) || keys.len() > 20) {
        return None;
    }
    let mut rows: BTreeMap<usize, Sheet<'a>> = BTreeMap::new();
    let place: BTreeMap<&String, usize> = keys.iter().map(|(key, value)| (key, value.get().as_ptr() as usize)).collect();
    columns.sort_by_key(|(_, _, value)| value.get().as_ptr() as usize);
    let mut steps = cut.in_steps();
    for ((part, rank), cells, _) in columns {
        let mut cells: Vec<_> = cells.into_iter().filter(|(key, _)| is_row(key)).collect();
        cells.sort_by_key(|(_, value)| value.get().as_ptr() as usize);
        for (key, value) in cells {
            if let Some(value) = read_value(&mut steps, value, part, 3) {
                rows.entry(place[&key]).or_default().offer(part, rank, value);
            }
        }
    }
    Some(rows.into_values().collect())
}

fn split<'a>(cut: Cut<'a>, object: &Object<'a>, desk: &Desk<'_>) -> Option<Vec<Sheet<'a>>> {
    let columns: Vec<String> = serde_json::from_str(object.get("columns")?.get()).ok()?;
    let data: Vec<Vec<&'a RawValue>> = serde_json::from_str(object.get("data")?.get()).ok()?;
    let parts: Vec<Option<(Part, usize)>> = columns.iter().map(|name| desk.said().part(name)).collect();
    parts.iter().flatten().find(|(part, _)| matches!(part, Part::Headline | Part::Body))?;
    let mut steps = cut.in_steps();
    let row = |row: Vec<&'a RawValue>| {
        let mut sheet = Sheet::default();
        for (value, part) in row.into_iter().zip(&parts) {
            if let Some((part, rank)) = part
                && let Some(value) = read_value(&mut steps, value, *part, 3)
            {
                sheet.offer(*part, *rank, value);
            }
        }
        sheet
    };
    Some(data.into_iter().map(row).collect())
}
