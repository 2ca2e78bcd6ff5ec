//! The body of an article within another format: plain text or HTML.

use super::{html, text};
use crate::source::desk::entities;
use crate::source::desk::fields::SetFields;
use crate::source::desk::galley::Galley;
use crate::source::desk::limits::Limits;
use crate::source::desk::traced::Traced;
use std::borrow::Cow;

/// Sets a body that is plain text or HTML; entities that the exporting program left in plain text are decoded.
pub(crate) fn set_body(galley: &mut Galley, body: &Traced<'_>, limits: &Limits) {
    let body = &*entities::without_cdata(body);
    if html::is_markup(&body.text) {
        html::set_fragment(galley, body, limits);
    } else if has_entities(&body.text) {
        text::set_body(galley, &with_breaks(&html::with_entities(body)));
    } else {
        text::set_body(galley, &with_breaks(body));
    }
}

/// With `\n`, typed as two characters by programs that escape twice, as the line break it stands for.
fn with_breaks<'a>(body: &'a Traced<'_>) -> Cow<'a, Traced<'a>> {
    let text = &body.text;
    let is_break = |at: &usize| {
        let after = text[at + 2..].chars().next();
        after.is_none_or(|c| !c.is_lowercase()) && !text[..*at].ends_with('\\')
    };
    let breaks = || memchr::memmem::find_iter(text.as_bytes(), b"\\n").filter(is_break);
    if memchr::memchr(b'\n', text.as_bytes()).is_some() || breaks().next().is_none() {
        return Cow::Borrowed(body);
    }
    let mut broken = Traced::empty();
    let mut from = body.follow();
    let mut start = 0;
    for at in breaks() {
        from.runs(start..at, |run, position, width| broken.push_run(run, position, width));
        broken.push_decoded("\n", from.place_at(at), 2);
        start = at + 2;
    }
    from.runs(start..text.len(), |run, position, width| broken.push_run(run, position, width));
    Cow::Owned(broken)
}

/// How the fields of rows and objects are set.
pub(crate) const IN_FIELDS: SetFields = SetFields { headline: html::title, body: set_body };

/// Is there a closed reference in it (`&quot;`), that no writer types?
fn has_entities(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let length = entities::decode(&text[at..]).map_or(0, |(_, length)| length);
        length > 0 && text.as_bytes()[at + length - 1] == b';'
    })
}
