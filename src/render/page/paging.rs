//! Links to the pages before and after.

use super::PageView;
use maud::{Markup, html};

/// Pages on either side of this one that are named.
const BESIDE: usize = 2;

/// Which page this is, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// The number of this page, from 1.
    pub at: usize,
    /// There is one after it.
    pub more: bool,
    /// The last page, where that is known.
    pub last: Option<usize>,
}

impl Default for Paging {
    fn default() -> Paging {
        Paging { at: 1, more: false, last: None }
    }
}

impl Paging {
    /// Page `at` of so many things, of which each page has `each`.
    pub fn of(at: usize, things: usize, each: usize) -> Paging {
        let last = things.div_ceil(each).max(1);
        Paging { at, more: at < last, last: Some(last) }
    }

    /// The numbers to name, in order; where one is missing between them stands none.
    fn numbers(self) -> Vec<Option<usize>> {
        let last = self.last.unwrap_or(self.at + usize::from(self.more)).max(self.at);
        let near = self.at.saturating_sub(BESIDE).max(1)..=(self.at + BESIDE).min(last);
        let mut numbers = Vec::new();
        for number in [1].into_iter().chain(near).chain([last]) {
            match numbers.last().copied().flatten() {
                Some(before) if number <= before => continue,
                Some(before) if number > before + 1 => numbers.push(None),
                _ => {}
            }
            numbers.push(Some(number));
        }
        numbers
    }

    /// The links.
    pub(super) fn links(self, path: &str, view: &PageView) -> Markup {
        let address =
            |number: usize| view.with("page", &if number > 1 { number.to_string() } else { String::new() }).address(path);
        html! {
            @if self.at > 1 || self.more {
                nav.pages aria-label="Pages" {
                    @if self.at > 1 { a rel="prev" href=(address(self.at - 1)) { "Previous" } }
                    @for number in self.numbers() {
                        @match number {
                            Some(number) if number == self.at => b aria-current="page" { (number) },
                            Some(number) => a href=(address(number)) aria-label=(format!("Page {number}")) { (number) },
                            None => span { "\u{2026}" },
                        }
                    }
                    @if self.more { a rel="next" href=(address(self.at + 1)) { "Next" } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_the_last_and_those_beside_are_named() {
        let named = |at, things| {
            let numbers = Paging::of(at, things, 10).numbers();
            numbers.iter().map(|number| number.map_or("-".to_owned(), |number| number.to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(named(1, 0), "1");
        assert_eq!(named(1, 35), "1 2 3 4");
        assert_eq!(named(6, 100), "1 - 4 5 6 7 8 - 10");
        assert_eq!(named(10, 100), "1 - 8 9 10");
        let unknown = Paging { at: 4, more: true, last: None };
        assert_eq!(unknown.numbers().len(), 5);
        assert!(unknown.links("/", &PageView::default()).into_string().contains("<a rel=\"next\" href=\"/?page=5\">"));
    }
}
