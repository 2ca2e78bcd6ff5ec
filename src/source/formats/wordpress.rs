//! What is special about the feeds that WordPress exports (WXR): posts as they were typed, with their state and the names of authors.

use super::body;
use super::xml::{ElementId, Xml};
use crate::source::desk::galley::Galley;
use crate::source::desk::limits::Limits;
use crate::source::desk::traced::Traced;
use std::collections::HashMap;
use std::ops::Range;

/// The names that authors show, by the ones they log in with.
pub(crate) type Authors = HashMap<String, String>;

/// Reads the list of authors.
pub(crate) fn authors(xml: &Xml<'_>) -> Authors {
    let listed = xml
        .all(0, &["author"])
        .filter_map(|author| Some((xml.words_of(author, &["author_login"])?, xml.words_of(author, &["author_display_name"])?)));
    listed.collect()
}

/// Is the item one of an export?
pub(crate) fn is_item(xml: &Xml<'_>, item: ElementId) -> bool {
    xml.children(item).any(|child| xml.name(child) == "post_type")
}

/// What the item is, if it is no printed story: a draft, a picture, an entry of a menu.
pub(crate) fn no_story(xml: &Xml<'_>, item: ElementId) -> Option<String> {
    let kind = xml.children(item).find(|child| xml.name(*child) == "post_type").map(|kind| xml.words(kind))?;
    let status = xml.words_of(item, &["status"]).unwrap_or_default();
    if matches!(kind.as_str(), "attachment" | "nav_menu_item" | "revision" | "custom_css" | "customize_changeset")
        || kind.starts_with("wp_")
    {
        return Some(format!("an item of the kind `{kind}`, not a story"));
    }
    let is_printed = status.is_empty() || status == "publish";
    (!is_printed).then(|| format!("a post that was not published (`{status}`)"))
}

/// Sets a post: blank lines part its paragraphs, as the site's own program reads them, and codes in brackets are no words of it.
pub(crate) fn set_body(post: &Traced<'_>, galley: &mut Galley, limits: &Limits) {
    let text = &post.text;
    let mut plain = Traced::empty();
    let mut from = post.follow();
    let mut start = 0;
    for code in shortcodes(text) {
        from.runs(start..code.start, |run, position, width| plain.push_run(run, position, width));
        start = code.end;
    }
    from.runs(start..text.len(), |run, position, width| plain.push_run(run, position, width));
    // Elements of a page part its paragraphs already.
    let is_set = ["<p>", "<p ", "<div", "<!-- wp:"].iter().any(|tag| plain.text.contains(tag));
    if is_set {
        return body::set_body(galley, &plain, limits);
    }
    let mut begin = 0;
    let mut marked = Traced::empty();
    let mut from = plain.follow();
    for blank in blank_lines(&plain.text) {
        from.runs(begin..blank.start, |run, position, width| marked.push_run(run, position, width));
        marked.push_decoded("<p>", from.place_at(blank.start), 0);
        begin = blank.end;
    }
    from.runs(begin..plain.text.len(), |run, position, width| marked.push_run(run, position, width));
    body::set_body(galley, &marked, limits);
}

/// Where lines of nothing but space stand between others.
fn blank_lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\n', &text.as_bytes()[from..]).map(|at| from + at) {
        let space = text[at..].bytes().take_while(u8::is_ascii_whitespace).count();
        if text[at..at + space].bytes().filter(|byte| *byte == b'\n').count() > 1 {
            found.push(at..at + space);
        }
        from = at + space.max(1);
    }
    found
}

/// Codes that hold no words of the story between their brackets: pictures, players, forms.
const EMPTIED: &[&str] = &["caption", "gallery", "audio", "video", "playlist", "embed", "contact-form"];

/// Where `[gallery ids="1,2"]`, `[/dropcap]` and the like stand; a caption or a player with all that is in it. A word in brackets that
/// an editor has put there (`[sic]`, `[the mayor]`) is none: a code has fields, an end, or a name of [`EMPTIED`].
fn shortcodes(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'[', &text.as_bytes()[from..]).map(|at| from + at) {
        from = at + 1;
        let Some(length) = text[at..].bytes().take(2_000).position(|byte| byte == b']') else { continue };
        let inner = text[at + 1..at + length].trim_start_matches('/');
        let closes = inner.len() < length - 1;
        let name: &str =
            &inner[..inner.bytes().take_while(|byte| byte.is_ascii_lowercase() || b"_-0123456789".contains(byte)).count()];
        let fields = inner[name.len()..].trim_end_matches('/').trim();
        let is_named = !name.is_empty() && (fields.is_empty() || inner[name.len()..].starts_with(' ') && fields.contains('='));
        let close = format!("[/{name}]");
        let end = is_named.then(|| text[at..].find(&close)).flatten();
        if !is_named || (fields.is_empty() && !closes && end.is_none() && !EMPTIED.contains(&name)) {
            continue;
        }
        let whole = end.filter(|_| EMPTIED.contains(&name)).map_or(at + length + 1, |end| at + end + close.len());
        found.push(at..whole);
        from = whole;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_words_in_brackets() {
        let left = |text: &str| {
            let mut left = String::new();
            let mut start = 0;
            for code in shortcodes(text) {
                left.push_str(&text[start..code.start]);
                start = code.end;
            }
            left + &text[start..]
        };
        assert_eq!(left("[dropcap]T[/dropcap]he port"), "The port");
        assert_eq!(left("Before.[gallery ids=\"1,2\"]After."), "Before.After.");
        assert_eq!(left("A [caption id=\"a\"]<img/> The quay[/caption]B"), "A B");
        assert_eq!(left("“He [the mayor] said so [sic].”"), "“He [the mayor] said so [sic].”");
    }
}
