//! Concordance lines (KWIC, key word in context): each mention in the middle of a line, aligned, with what stands on either side.

use super::clean;
use crate::article::Span;
use crate::results::{PassageSpeaker, RankedPassage};
use crate::words::Words;

/// One mention with its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcordanceLine {
    /// What stands before the mention in its passage, on one line; a blank at its end where one is printed.
    pub left: String,
    /// The mention.
    pub keyword: String,
    /// What stands after it; a blank at its beginning where one is printed.
    pub right: String,
    /// `path:line`
    pub place: String,
    /// Who says the words that the mention stands in, if that is known.
    pub speaker: Option<PassageSpeaker>,
}

#[cfg(feature = "cli")]
impl ConcordanceLine {
    /// The speaker's name, on one line, with a sign where it is not certain; empty where there is none.
    pub fn voice(&self) -> String {
        let shown = |speaker: &PassageSpeaker| clean(&speaker.name) + if speaker.doubtful { " (?)" } else { "" };
        self.speaker.as_ref().map_or(String::new(), shown)
    }
}

/// The mentions of a passage; one that has none gives none. `root` is put before the path. The line of the place is that of
/// the passage's first mention.
pub fn lines(passage: &RankedPassage, root: &str) -> Vec<ConcordanceLine> {
    let line = passage.location.line.map_or(String::new(), |line| format!(":{line}"));
    let place = clean(&format!("{root}{}{line}", passage.location.path));
    let flat = |text: &str| clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let blank = |beside: Option<char>| if beside.is_some_and(char::is_whitespace) { " " } else { "" };
    let of_span = |(at, span): (usize, &Span)| ConcordanceLine {
        left: flat(&passage.text[..span.start as usize]) + blank(passage.text[..span.start as usize].chars().next_back()),
        keyword: flat(span.of(&passage.text)),
        right: blank(passage.text[span.end as usize..].chars().next()).to_owned() + &flat(&passage.text[span.end as usize..]),
        place: place.clone(),
        speaker: passage.said_by.get(at).cloned().flatten(),
    };
    passage.matches.iter().enumerate().map(of_span).collect()
}

/// What lines are ordered by, beside the order of their passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineOrder {
    /// The words before the mention, the nearest first.
    Before,
    /// The words after it.
    After,
    /// Who says it, by last name; what nobody is quoted with comes last.
    Speaker,
}

impl LineOrder {
    /// The names of the orders, on the command line and in addresses.
    pub const NAMES: [&'static str; 3] = ["before", "after", "speaker"];

    /// The order of this name.
    pub fn named(name: &str) -> Option<LineOrder> {
        let at = LineOrder::NAMES.iter().position(|known| *known == name)?;
        Some([LineOrder::Before, LineOrder::After, LineOrder::Speaker][at])
    }

    /// What is told of lines in this order: they are "sorted by ..."
    pub fn in_words(self) -> &'static str {
        match self {
            LineOrder::Before => "the words before the mention, the nearest first",
            LineOrder::After => "the words after the mention",
            LineOrder::Speaker => "the last name of who says it, then what nobody is quoted with",
        }
    }
}

/// Words that are compared on one side of a mention: what is the same for so long keeps its order.
const COMPARED: usize = 16;

/// Orders lines, which `line` gives, as a dictionary would: letters alone count, without case and accents. Equal ones keep their order.
pub fn sort<T>(lines: &mut [T], order: LineOrder, line: impl Fn(&T) -> &ConcordanceLine) {
    lines.sort_by_cached_key(|one| {
        let line = line(one);
        match order {
            LineOrder::Before => (false, letters(&line.left, true)),
            LineOrder::After => (false, letters(&line.right, false)),
            LineOrder::Speaker => (line.speaker.is_none(), line.speaker.as_ref().map_or(Vec::new(), filed_under)),
        }
    });
}

/// The words of a text as they are compared, from its beginning or from its end.
fn letters(text: &str, from_end: bool) -> Vec<String> {
    let words = Words::of(text);
    let count = words.len().min(COMPARED);
    let places = (0..count).map(|at| if from_end { words.len() - 1 - at } else { at });
    places.map(|at| words.key(words.word(at as u32)).to_owned()).collect()
}

/// The last name, and the rest of it; who is not certain comes after who is.
fn filed_under(speaker: &PassageSpeaker) -> Vec<String> {
    let words = letters(&speaker.name, false);
    let last = words.iter().rposition(|word| !AFTER_A_NAME.contains(&word.as_str())).unwrap_or(0);
    let certain = String::from(if speaker.doubtful { "1" } else { "0" });
    words.get(last).cloned().into_iter().chain([words.join(" "), certain]).collect()
}

/// What stands behind a last name and is none.
const AFTER_A_NAME: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "phd"];

#[cfg(feature = "cli")]
pub use printed::print;

/// The lines as a terminal has them.
#[cfg(feature = "cli")]
mod printed {
    use super::ConcordanceLine;
    use crate::render::terminal::columns;
    use std::fmt::Write;

    /// The line as printed, `width` columns without the place, the mention in the middle; with `colour` it is bold.
    pub fn print(line: &ConcordanceLine, width: usize, colour: bool) -> String {
        let (on, off) = if colour { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("", "") };
        let sides = width.saturating_sub(columns(&line.keyword) + 4) / 2;
        let left: String = last(line.left.trim_end(), sides);
        let right: String = line.right.trim_start().chars().take(sides).collect();
        let mut out = String::new();
        let _ = write!(out, "{left:>sides$}  {on}{}{off}  {right:<sides$}  {}", line.keyword, line.place);
        let voice = line.voice();
        if !voice.is_empty() {
            let _ = write!(out, "  {voice}");
        }
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
        let sides = (left.to_owned(), right.to_owned());
        ConcordanceLine { left: sides.0, keyword: "peace".into(), right: sides.1, place: "a.txt:3".into(), speaker: None }
    }

    fn said(name: &str, doubtful: bool) -> ConcordanceLine {
        let speaker = PassageSpeaker { name: name.into(), mention: None, indirect: false, doubtful };
        ConcordanceLine { speaker: Some(speaker), ..line("", "") }
    }

    /// The lines in this order, each as `show` shows it.
    fn sorted(mut lines: Vec<ConcordanceLine>, order: LineOrder, show: impl Fn(&ConcordanceLine) -> String) -> Vec<String> {
        sort(&mut lines, order, |line| line);
        lines.iter().map(show).collect()
    }

    #[test]
    fn mentions_stand_below_each_other() {
        let printed = [line("talks on", "and its price"), line("a", ""), line(&"long ".repeat(40), &"more ".repeat(40))];
        let at = |line: &ConcordanceLine| print(line, 60, false).find("  peace  ").map(|at| at + 2);
        assert_eq!(printed.iter().map(at).collect::<Vec<_>>(), [Some(27); 3]);
        assert!(print(&printed[0], 60, false).ends_with("  a.txt:3"));
        assert!(print(&said("Ada Quill", true), 60, false).ends_with("  a.txt:3  Ada Quill (?)"));
    }

    #[test]
    fn lines_are_ordered_by_the_nearest_words() {
        let lines = || vec![line("the a", "b z"), line("a z", "a"), line("b a", "B a")];
        assert_eq!(sorted(lines(), LineOrder::Before, |line| line.left.clone()), ["b a", "the a", "a z"]);
        assert_eq!(sorted(lines(), LineOrder::After, |line| line.right.clone()), ["a", "B a", "b z"]);
    }

    #[test]
    fn letters_alone_are_compared_and_equal_lines_keep_their_order() {
        let lines = vec![line("", "zone"), line("", "\u{201c}\u{c9}tat"), line("", ", etat"), line("", "eta"), line("", ".")];
        let right = |line: &ConcordanceLine| line.right.clone();
        assert_eq!(sorted(lines, LineOrder::After, right), [".", "eta", "\u{201c}\u{c9}tat", ", etat", "zone"]);
        // Chinese stands without blanks: the nearest sign counts.
        let lines = vec![line("\u{4e00}\u{4e59}", ""), line("\u{4e59}\u{4e00}", "")];
        assert_eq!(sorted(lines, LineOrder::Before, |line| line.left.clone()), ["\u{4e59}\u{4e00}", "\u{4e00}\u{4e59}"]);
    }

    #[test]
    fn speakers_come_by_last_name_and_what_nobody_says_comes_last() {
        let lines = vec![line("", ""), said("Ada Zorn Jr.", false), said("Zeno Abel", true), said("Zeno Abel", false)];
        assert_eq!(sorted(lines, LineOrder::Speaker, ConcordanceLine::voice), ["Zeno Abel", "Zeno Abel (?)", "Ada Zorn Jr.", ""]);
    }
}
