//! What an answer can be narrowed by, beside it.

use super::PageView;
use maud::{Markup, html};

/// What an answer can be narrowed by.
#[derive(Debug)]
pub struct Filter {
    /// The field of the [`PageView`].
    pub name: &'static str,
    /// What stands above the values.
    pub title: &'static str,
    /// The values and how many passages each has.
    pub values: Vec<(String, usize)>,
}

impl Filter {
    /// Its values as queries.
    pub(super) fn queries(&self) -> impl Iterator<Item = String> {
        self.values.iter().map(|(value, _)| format!("{}:\"{}\"", self.name, value.replace('"', " ")))
    }
}

/// The filters of an answer; where not everything was counted they say so.
pub(super) fn rail(view: &PageView, filters: &[Filter], partial: bool) -> Markup {
    html! {
        nav.rail #narrow aria-label="Narrow the answer" hidden[filters.iter().all(|filter| filter.values.is_empty())] {
            a.skip href="#answers" { "Skip to the answers" }
            details {
                summary { "Narrow by speaker, place or outlet" }
                @if partial { p.beside { "Counting stopped early: there are more." } }
                @for filter in filters.iter().filter(|filter| !filter.values.is_empty()) { (section(view, filter)) }
            }
        }
    }
}

fn section(view: &PageView, Filter { name, title, values }: &Filter) -> Markup {
    let is_chosen = view.filters().iter().any(|(known, ..)| known == name);
    html! {
        section {
            h2 { (title) @if is_chosen { span.how { " \u{b7} any of" } } }
            ul {
                @for (value, count) in values {
                    li { (choice(view, name, value, is_chosen)) " " span.number { (count) } }
                }
            }
        }
    }
}

/// A value to choose, to choose beside another, or to leave out again.
fn choice(view: &PageView, name: &str, value: &str, beside: bool) -> Markup {
    let chosen = view.filters().into_iter().find(|(known, _, chosen)| *known == name && chosen.eq_ignore_ascii_case(value));
    html! {
        @match chosen {
            Some((_, words, chosen)) => {
                b { (value) } " "
                a.out href=(view.without(name, chosen).address("/")) aria-label=(format!("Without {words} {value}")) { "\u{d7}" }
            }
            None if beside => a href=(view.with_also(name, value).address("/")) aria-label=(format!("or {value}")) { "+ " (value) },
            None => a href=(view.with(name, value).address("/")) { (value) },
        }
    }
}
