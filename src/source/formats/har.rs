//! HAR, what the network panel of a browser saves: the pages among its answers.

use super::answer;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::object::Object;
use crate::source::desk::unread::Reason;
use crate::source::formats::mime;
use serde_json::value::RawValue;
use std::ops::ControlFlow;

/// Does a JSON text begin like one?
pub(crate) fn is(head: &str) -> bool {
    let inner = head.trim_start().strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"log\""));
    inner.is_some_and(|rest| rest.contains("\"creator\"") || rest.contains("\"entries\""))
}

/// Reads every page of the file.
pub(crate) fn read(file: Cut<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let entries = match entries(file.text) {
        Ok(entries) => entries,
        Err(error) => return desk.refuse_file(Reason::Broken, format!("not readable as HAR: {error}")),
    };
    for entry in entries {
        one(entry, desk)?;
    }
    ControlFlow::Continue(())
}

fn entries(text: &str) -> serde_json::Result<Vec<&RawValue>> {
    let file: Object<'_> = serde_json::from_str(text)?;
    let log: Object<'_> = file.get("log").map_or(Ok(Object::new()), |log| serde_json::from_str(log.get()))?;
    log.get("entries").map_or(Ok(Vec::new()), |entries| serde_json::from_str(entries.get()))
}

fn one(entry: &RawValue, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let entry = within(Some(entry));
    let response = within(entry.get("response").copied());
    let content = within(response.get("content").copied());
    let string = |object: &Object<'_>, key: &str| -> Option<String> { serde_json::from_str(object.get(key)?.get()).ok() };
    let address = string(&within(entry.get("request").copied()), "url");
    let kind = string(&content, "mimeType").unwrap_or_default();
    let found = response.get("status").is_none_or(|status| status.get() == "200");
    if !kind.contains("html") || !found {
        return desk.refuse(Reason::NotAnArticle, format!("an answer that is no page ({kind})"));
    }
    let text = string(&content, "text").unwrap_or_default();
    // As text it is decoded already, and UTF-8 whatever the type says.
    let (kind, body) = match string(&content, "encoding").as_deref() {
        Some("base64") => (kind, mime::base64(&text)),
        _ => ("text/html; charset=utf-8".into(), text.into_bytes()),
    };
    if body.len() as u64 > desk.limits().record {
        return desk.refuse(Reason::TooLarge, format!("a page of {} MB", body.len() >> 20));
    }
    answer::page(address.as_deref(), &[format!("content-type: {kind}")], body, desk)
}

/// The fields of an object; none of anything else.
fn within(value: Option<&RawValue>) -> Object<'_> {
    value.and_then(|value| serde_json::from_str(value.get()).ok()).unwrap_or_default()
}
