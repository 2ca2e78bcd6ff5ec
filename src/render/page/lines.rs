//! Each mention in the middle of a line, with what stands before and after it (KWIC, key word in context).

use super::PageView;
use super::clipping::passage_address;
use super::parts::day;
use crate::render::concordance;
use crate::results::RankedPassage;
use maud::{Markup, html};

/// Characters on either side of a mention: what a wide screen has room for.
const BESIDE: usize = 90;

/// The lines of these passages.
pub(super) fn lines(view: &PageView, passages: &[RankedPassage]) -> Markup {
    html! {
        ul.lines {
            @for passage in passages {
                @for line in concordance::lines(passage, "") {
                    li.line {
                        span.left { span { (last(&line.left)) } }
                        mark { (line.keyword) }
                        span.right { (first(&line.right)) }
                        " " a.number href=(passage_address(&view.q, passage)) { (place(passage)) }
                    }
                }
            }
        }
    }
}

/// What stands before the mention, with the blank between them: none after an opening sign.
fn last(text: &str) -> String {
    let blank = if text.ends_with(|c: char| !matches!(c, '(' | '"' | '-' | '\u{201c}' | '\u{2018}' | '/')) { " " } else { "" };
    let end: String = text.chars().skip(text.chars().count().saturating_sub(BESIDE)).collect();
    end + blank
}

/// What stands after it: no blank before a full stop.
fn first(text: &str) -> String {
    let blank = if text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '\u{201c}' | '\u{2013}' | '\u{2014}')) {
        " "
    } else {
        ""
    };
    blank.to_owned() + &text.chars().take(BESIDE).collect::<String>()
}

/// Outlet and day; the path where neither is known.
fn place(passage: &RankedPassage) -> String {
    let known = [passage.facts.outlet.clone(), passage.facts.published.as_deref().map(day)];
    let known: Vec<String> = known.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { passage.location.path.clone() } else { known.join(", ") }
}
