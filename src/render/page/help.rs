//! The query language for readers: `docs/query.md` as a page.
//!
//! Of Markdown it knows what that file has: headings, paragraphs, lists, tables, code, and the examples with what they find.

use super::{PageView, frame};
use maud::{Markup, html};
use std::iter::Peekable;
use std::str::Lines;
use std::sync::LazyLock;

const QUERY: &str = include_str!("../../../docs/query.md");

/// The page.
pub fn help() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let body = html! { main #content.browsed.help { (blocks(QUERY)) } };
        frame::framed("How to ask \u{b7} newshound", &PageView::default(), None, &body)
    });
    &PAGE
}

fn blocks(text: &str) -> Markup {
    let mut lines = text.lines().peekable();
    html! {
        @while let Some(line) = lines.next() {
            @if let Some(title) = line.strip_prefix("# ") { h1 { (inline(title)) } }
            @else if let Some(title) = line.strip_prefix("## ") { h2 id=(anchor(title)) { (inline(title)) } }
            @else if let Some(kind) = line.strip_prefix("```") { (fenced(kind, &taken(&mut lines, |line| line != "```"))) @let _ = lines.next(); }
            @else if line.starts_with('|') { (table(line, &taken(&mut lines, |line| line.starts_with('|')))) }
            @else if let Some(code) = line.strip_prefix("    ") { pre { code { (code) "\n" @for line in taken(&mut lines, |line| line.starts_with("    ")) { (line.trim_start()) "\n" } } } }
            @else if let Some(first) = line.strip_prefix("- ") { (list(first, &taken(&mut lines, |line| line.starts_with("- ") || line.starts_with("  ")))) }
            @else if !line.is_empty() { p { (inline(&[&[line][..], &taken(&mut lines, is_plain)].concat().join(" "))) } }
        }
    }
}

/// The lines from here on for which `is_part` holds.
fn taken<'a>(lines: &mut Peekable<Lines<'a>>, is_part: impl Fn(&str) -> bool) -> Vec<&'a str> {
    let mut taken = Vec::new();
    while let Some(line) = lines.next_if(|line| is_part(line)) {
        taken.push(line);
    }
    taken
}

fn is_plain(line: &str) -> bool {
    !line.is_empty() && !line.starts_with("```") && !line.starts_with("- ") && !line.starts_with('|') && !line.starts_with('#')
}

/// An example with what it finds, or anything else as it stands.
fn fenced(kind: &str, lines: &[&str]) -> Markup {
    if kind != "query" {
        return html! { pre { code { (lines.join("\n")) } } };
    }
    let (found, typed): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with("=> "));
    html! {
        div.example {
            code { (typed.join("\n")) }
            ul { @for passage in found { li { (bracketed(passage.trim_start_matches("=> "))) } } }
        }
    }
}

/// The words in square brackets marked.
fn bracketed(text: &str) -> Markup {
    html! {
        @for (number, piece) in text.split('[').enumerate() {
            @match piece.split_once(']') {
                Some((marked, rest)) if number > 0 => { mark { (marked) } (rest) }
                _ => (piece),
            }
        }
    }
}

fn table(head: &str, rows: &[&str]) -> Markup {
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| inline(cell.trim())).collect::<Vec<_>>();
    html! {
        // Wider than a phone: whoever has no pointer moves it by the arrow keys.
        div.wide tabindex="0" role="group" aria-label="Table" {
            table {
                thead { tr { @for cell in cells(head) { th scope="col" { (cell) } } } }
                tbody { @for row in rows.iter().skip(1) { tr { @for cell in cells(row) { td { (cell) } } } } }
            }
        }
    }
}

fn list(first: &str, rest: &[&str]) -> Markup {
    let mut items = vec![first.to_owned()];
    for line in rest {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(next), _) => items.push(next.to_owned()),
            (None, Some(last)) => *last = format!("{last} {}", line.trim()),
            (None, None) => {}
        }
    }
    html! { ul { @for item in items { li { (inline(&item)) } } } }
}

/// Code, strong words and links within a line; a link to another file of the documentation is its words.
fn inline(text: &str) -> Markup {
    html! {
        @for (number, piece) in text.split('`').enumerate() {
            @if number % 2 == 1 { code { (piece) } } @else { (linked(piece)) }
        }
    }
}

fn linked(text: &str) -> Markup {
    let link = text.split_once('[').and_then(|(before, rest)| {
        let (words, rest) = rest.split_once("](")?;
        let (target, after) = rest.split_once(')')?;
        Some((before, words, target, after))
    });
    html! {
        @match link {
            Some((before, words, target, after)) => {
                (strong(before))
                @if target.starts_with('#') { a href=(target) { (words) } } @else { (words) }
                (linked(after))
            }
            None => (strong(text)),
        }
    }
}

fn strong(text: &str) -> Markup {
    html! { @for (number, piece) in text.split("**").enumerate() { @if number % 2 == 1 { strong { (piece) } } @else { (piece) } } }
}

/// What a heading is called in an address.
fn anchor(title: &str) -> String {
    let kept = title.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>();
    kept.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_file_has_becomes_tags() {
        for (text, wanted) in [
            ("## Other scripts", "<h2 id=\"other-scripts\">Other scripts</h2>"),
            ("one `a*b`\n**two**", "<p>one <code>a*b</code> <strong>two</strong></p>"),
            ("see [there](#words), [json](json.md)", "<p>see <a href=\"#words\">there</a>, json</p>"),
            ("- one\n  more\n- two", "<ul><li>one more</li><li>two</li></ul>"),
            (
                "```query\n<b>\n=> a [b] c\n```",
                "<div class=\"example\"><code>&lt;b&gt;</code><ul><li>a <mark>b</mark> c</li></ul></div>",
            ),
            (
                "| a | b |\n|---|---|\n| 1 | `2` |",
                "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\
                 <tbody><tr><td>1</td><td><code>2</code></td></tr></tbody></table></div>",
            ),
        ] {
            assert_eq!(blocks(text).into_string(), wanted);
        }
        assert!(help().contains("<h2 id=\"phrases\">Phrases</h2>") && !help().contains("```"));
    }
}
