//! ninjs, the JSON of news agencies, 1.x to 3.x: `headline`, `body_text` there, `headlines`, `bodies` here.
//!
//! Pictures, sound and packages without a body of text are named and passed over.

use super::body;
use crate::source::desk::cut::Cut;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::Galley;
use crate::source::desk::object::{self, Object};
use crate::source::desk::traced::Traced;
use crate::source::desk::unread::Reason;
use crate::source::print::byline;
use serde_json::value::RawValue;
use std::ops::ControlFlow;

/// Is this an object of ninjs?
pub(crate) fn is(object: &Object<'_>) -> bool {
    let has = |name: &str| object.contains_key(name);
    let versioned = ["versioncreated", "versionCreated", "firstcreated", "firstCreated", "pubstatus", "pubStatus", "standard"]
        .iter()
        .any(|name| has(name));
    has("uri") && (versioned || has("bodies") || has("headlines") || has("body_text") || has("renditions"))
}

/// Reads the item.
pub(crate) fn read(cut: Cut<'_>, object: &Object<'_>, desk: &mut Desk<'_>) -> ControlFlow<()> {
    desk.format("ninjs");
    let text = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| object.get(*name))
            .filter(|value| value.get().starts_with('"'))
            .map(|value| object::text(&mut cut.in_steps(), value))
    };
    let plain = |names: &[&str]| text(names).map(|traced| traced.text.trim().to_string()).filter(|text| !text.is_empty());
    let kind = plain(&["type"]).unwrap_or_default();
    let status = plain(&["pubstatus", "pubStatus"]).unwrap_or_default();
    if status == "canceled" || status == "withheld" {
        return desk.refuse(Reason::NotAnArticle, format!("marked `{status}` by its agency"));
    }
    let body = body(cut, object);
    if body.is_none() && !matches!(kind.as_str(), "" | "text") {
        return desk.refuse(Reason::NotAnArticle, format!("an item of type `{kind}` without text"));
    }
    let mut galley = Galley::with_room(4096);
    let headline = text(&["headline"])
        .or_else(|| best(cut, object.get("headlines")?, &["main", "short"]))
        .or_else(|| text(&["title", "slugline"]));
    if let Some(headline) = headline {
        galley.headline(&mut headline.follow(), 0..headline.text.len());
    }
    galley.credit(plain(&["byline", "by"]).map(|by| byline::names(&by)).unwrap_or_default(), None);
    galley.article.published =
        plain(&["firstcreated", "firstCreated", "versioncreated", "versionCreated"]).and_then(|date| desk.date(&date));
    galley.article.language = plain(&["language"]).and_then(|language| crate::source::print::language::code(&language));
    galley.article.outlet = plain(&["copyrightholder", "copyrightHolder", "rightsinfo"]);
    if let Some(body) = body {
        body::set_body(&mut galley, &body, desk.limits());
    }
    // Where it was written: the text's own dateline says it better.
    galley.find_dateline();
    if galley.article.dateline.is_none()
        && let Some(span) = text(&["located"]).and_then(|located| galley.set_all(&located))
    {
        galley.place_at(span);
    }
    desk.hand_over(galley)
}

/// `body_text`, else `body_html` and its like, else the best of `bodies`.
fn body<'a>(cut: Cut<'a>, object: &Object<'a>) -> Option<Traced<'a>> {
    let names = ["body_text", "body_html", "body_html5", "body_xhtml", "body_sportsml", "description_text", "description_html"];
    let one = names.iter().find_map(|name| object.get(*name)).or_else(|| {
        let other = object.iter().find(|(name, _)| name.starts_with("body_"))?;
        Some(other.1)
    });
    let one = one.filter(|value| value.get().starts_with('"')).map(|value| object::text(&mut cut.in_steps(), value));
    one.or_else(|| best(cut, object.get("bodies")?, &["main", "html", "text"]))
}

/// Of a list of objects with `role` and `value`: the one with the role wanted most, else the first.
fn best<'a>(cut: Cut<'a>, list: &'a RawValue, roles: &[&str]) -> Option<Traced<'a>> {
    let list: Vec<Object<'a>> = serde_json::from_str(list.get()).ok()?;
    let role = |object: &Object<'a>| object.get("role").map(|role| role.get().trim_matches('"').to_string()).unwrap_or_default();
    let wanted = roles.iter().find_map(|wanted| list.iter().find(|object| role(object) == *wanted));
    let value = wanted.or(list.first())?.get("value")?;
    Some(object::text(&mut cut.in_steps(), value))
}
