//! Concordance lines (KWIC, key word in context): each mention in the middle of a line, aligned, with what stands on either side.

use super::clean;
use crate::article::Span;
use crate::results::RankedPassage;

/// One mention with its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcordanceLine {
    /// What stands before the mention in its passage, on one line.
    pub left: String,
    /// The mention.
    pub keyword: String,
    /// What stands after it.
    pub right: String,
    /// `path:line`
    pub place: String,
}

/// The mentions of a passage; one that has none gives none. `root` is put before the path. The line of the place is that of
/// the passage's first mention.
pub fn lines(passage: &RankedPassage, root: &str) -> Vec<ConcordanceLine> {
    let line = passage.location.line.map_or(String::new(), |line| format!(":{line}"));
    let place = clean(&format!("{root}{}{line}", passage.location.path));
    let flat = |text: &str| clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let of_span = |span: &Span| ConcordanceLine {
        left: flat(&passage.text[..span.start as usize]),
        keyword: flat(span.of(&passage.text)),
        right: flat(&passage.text[span.end as usize..]),
        place: place.clone(),
    };
    passage.matches.iter().map(of_span).collect()
}

#[cfg(feature = "cli")]
pub use printed::{By, print, sort};

/// The lines as a terminal has them.
#[cfg(feature = "cli")]
mod printed {
    use super::ConcordanceLine;
    use crate::render::terminal::columns;
    use crate::words::fold;
    use std::fmt::Write;

    /// What lines are ordered by.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum By {
        /// The words before the mention, the nearest first.
        Left,
        /// The words after it.
        Right,
    }

    /// Orders lines by the words on one side, as a dictionary would; equal ones keep their order.
    pub fn sort(lines: &mut [ConcordanceLine], by: By) {
        lines.sort_by_cached_key(|line| match by {
            By::Left => line.left.split(' ').rev().map(fold).collect::<Vec<_>>(),
            By::Right => line.right.split(' ').map(fold).collect(),
        });
    }

    /// The line as printed, `width` columns without the place, the mention in the middle; with `colour` it is bold.
    pub fn print(line: &ConcordanceLine, width: usize, colour: bool) -> String {
        let (on, off) = if colour { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("", "") };
        let sides = width.saturating_sub(columns(&line.keyword) + 4) / 2;
        let left: String = last(&line.left, sides);
        let right: String = line.right.chars().take(sides).collect();
        let mut out = String::new();
        let _ = write!(out, "{left:>sides$}  {on}{}{off}  {right:<sides$}  {}", line.keyword, line.place);
        out
    }

    /// The last `count` characters.
    fn last(text: &str, count: usize) -> String {
        let all = text.chars().count();
        text.chars().skip(all.saturating_sub(count)).collect()
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    fn line(left: &str, right: &str) -> ConcordanceLine {
        ConcordanceLine { left: left.into(), keyword: "peace".into(), right: right.into(), place: "a.txt:3".into() }
    }

    #[test]
    fn mentions_stand_below_each_other() {
        let printed = [line("talks on", "and its price"), line("a", ""), line(&"long ".repeat(40), &"more ".repeat(40))];
        let at = |line: &ConcordanceLine| print(line, 60, false).find("  peace  ").map(|at| at + 2);
        assert_eq!(printed.iter().map(at).collect::<Vec<_>>(), [Some(27); 3]);
        assert!(print(&printed[0], 60, false).ends_with("  a.txt:3"));
    }

    #[test]
    fn lines_are_ordered_by_the_nearest_words() {
        let mut lines = vec![line("the a", "b z"), line("a z", "a"), line("b a", "B a")];
        sort(&mut lines, By::Left);
        assert_eq!(lines.iter().map(|line| line.left.as_str()).collect::<Vec<_>>(), ["b a", "the a", "a z"]);
        sort(&mut lines, By::Right);
        assert_eq!(lines.iter().map(|line| line.right.as_str()).collect::<Vec<_>>(), ["a", "B a", "b z"]);
    }
}
