//! The story of a page that is put together by a script: it stands as HTML within a string, or within a string of a string.

use super::tag::Tag;
use super::tree::Tree;

/// A string shorter than this (bytes) is a caption or a menu.
const SHORTEST: usize = 400;
/// Strings within strings that are looked into: a page's data is JSON within a call.
const WITHIN: usize = 3;

/// The HTML of the longest string in the page's scripts that holds paragraphs, if there is one.
pub(crate) fn story(tree: &Tree<'_>) -> Option<String> {
    let scripts = tree.all(Tag::Script).flat_map(|id| tree.within(id)).map(|inner| tree.words(inner));
    let mut best: Option<String> = None;
    for script in scripts {
        look(script, WITHIN, &mut best);
    }
    best
}

/// Looks into each string literal of `text`; what strings are found within one count before the whole.
fn look(text: &str, within: usize, best: &mut Option<String>) -> bool {
    let mut found = false;
    for literal in literals(text).filter(|literal| literal.len() > SHORTEST) {
        let Ok(words) = serde_json::from_str::<String>(literal) else { continue };
        if within > 0 && look(&words, within - 1, best) {
            found = true;
        } else if is_story(&words) {
            found = true;
            if best.as_ref().is_none_or(|best| best.len() < words.len()) {
                *best = Some(words);
            }
        }
    }
    found
}

/// Paragraphs, and nothing of a whole page or of data around them.
fn is_story(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let paragraphs = lower.matches("<p>").count() + lower.matches("<p ").count();
    let page = ["<html", "<script", "<form", "<nav", "function("].iter().any(|sign| lower.contains(sign));
    let opens = |c: char| c == '<' || c == '$' || c.is_alphabetic();
    paragraphs >= 2 && !page && words.trim_start().starts_with(opens)
}

/// The string literals in double marks, marks and all.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr::memchr(b'"', &text.as_bytes()[at..])?;
        let mut end = start + 1;
        loop {
            end += memchr::memchr2(b'"', b'\\', text.as_bytes().get(end..)?)?;
            if text.as_bytes()[end] == b'"' {
                break;
            }
            end += 2;
        }
        at = end + 1;
        text.get(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: &str) -> Option<String> {
        story(&Tree::parse(page, 64, 64))
    }

    #[test]
    fn the_story_of_a_script_is_its_longest_string_of_paragraphs() {
        let told = format!("<p class=\"t\">The ferry of Orlec {}</p><p>It was old.</p>", "waits and ".repeat(50));
        let once = serde_json::to_string(&told).unwrap();
        let twice = serde_json::to_string(&format!("5:{{\"html\":{once},\"id\":4}}")).unwrap();
        assert_eq!(of(&format!("<script>push([1,{once}])</script>")).as_deref(), Some(told.as_str()));
        assert_eq!(of(&format!("<script>push([1,{twice}])</script>")).as_deref(), Some(told.as_str()));
        assert_eq!(of(&format!("<p>{told}</p><script>let a = \"short\"</script>")), None);
        assert_eq!(of("<script>let a = \"not closed <p>a<p>b</script>"), None);
    }
}
