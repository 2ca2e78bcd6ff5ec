//! The query language for readers: `docs/query.md` as a page.

use super::{PageView, frame};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::html::push_html;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::sync::LazyLock;

const QUERY: &str = include_str!("../../../docs/query.md");

/// The page.
pub fn help() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let body = html! { main #content.browsed.help { (written(QUERY)) } };
        frame::framed("How to ask \u{b7} newshound", &PageView::default(), None, &body)
    });
    &PAGE
}

/// Around a table. Wider than a phone: whoever has no pointer moves it by the arrow keys.
const WIDE: &str = r#"<div class="wide" tabindex="0" role="group" aria-label="Table">"#;

/// Markdown as a page has it: headings can be linked to, examples show what they find, and a link to another file of the documentation is its words.
fn written(text: &str) -> Markup {
    let mut parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let (mut events, mut leaves) = (Vec::new(), false);
    while let Some(event) = parser.next() {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let title: Vec<Event> =
                    parser.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                let id = Some(anchor(&plain(&title)).into());
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
                events.extend(title);
                events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if &*kind == "query" => {
                let lines: Vec<Event> =
                    parser.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::CodeBlock))).collect();
                events.push(Event::Html(example(&plain(&lines)).into_string().into()));
            }
            Event::Start(Tag::Link { ref dest_url, .. }) if !dest_url.starts_with('#') => leaves = true,
            Event::End(TagEnd::Link) if leaves => leaves = false,
            Event::Start(Tag::Table(_)) => events.extend([Event::Html(CowStr::Borrowed(WIDE)), event]),
            Event::End(TagEnd::Table) => events.extend([event, Event::Html(CowStr::Borrowed("</div>"))]),
            event => events.push(event),
        }
    }
    let mut out = String::new();
    push_html(&mut out, events.into_iter());
    PreEscaped(out)
}

fn plain(events: &[Event]) -> String {
    let words = events.iter().map(|event| match event {
        Event::Text(words) | Event::Code(words) => words,
        _ => "",
    });
    words.collect()
}

/// An example with what it finds.
fn example(text: &str) -> Markup {
    let (found, typed): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("=> "));
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
            ("## Other scripts", "<h2 id=\"other-scripts\">Other scripts</h2>\n"),
            ("see [there](#words), [json](json.md)", "<p>see <a href=\"#words\">there</a>, json</p>\n"),
            (
                "```query\n<b>\n=> a [b] c\n```",
                "<div class=\"example\"><code>&lt;b&gt;</code><ul><li>a <mark>b</mark> c</li></ul></div>",
            ),
        ] {
            assert_eq!(written(text).into_string(), wanted);
        }
        assert!(written("| a |\n|---|\n| 1 |").into_string().starts_with("<div class=\"wide\" tabindex=\"0\""));
        assert!(help().contains("<h2 id=\"phrases\">Phrases</h2>") && !help().contains("```"));
    }
}
