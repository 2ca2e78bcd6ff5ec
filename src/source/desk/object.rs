//! What the readers of JSON share: an object whose values are not read yet, and a string of it with its place in the file.

use super::cut::Steps;
use super::traced::Traced;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The fields of an object, their values unread.
pub(crate) type Object<'a> = BTreeMap<String, &'a RawValue>;

/// A JSON string or number, decoded.
pub(crate) fn text<'a>(steps: &mut Steps<'a>, value: &'a RawValue) -> Traced<'a> {
    let raw = value.get();
    let inside = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw);
    steps.of_slice(inside).with_json_escapes()
}
