//! The longest row of given words that an article has, whatever stands around it.

use super::Verdict;
use super::given::{FOREIGN, Given};
use super::judge::{Edits, Finding};
use super::printed::Token;
use crate::article::Span;

/// That row as a finding, all other words left out; the first of equals.
pub fn longest_row(given: &Given, tokens: &[Token], article: usize) -> Option<Finding> {
    let (end, printed_end, words) = longest(given, tokens);
    if words == 0 {
        return None;
    }
    let (range, printed) = (end - words..end, &tokens[printed_end - words..printed_end]);
    let weight = range.clone().map(|at| given.weight(at)).sum();
    let rest = [0..range.start, range.end..given.len()];
    Some(Finding {
        article,
        verdict: Verdict::Altered,
        interrupted: false,
        common: f64::from(weight) / f64::from(given.whole()),
        missing: given.len() - words,
        only_given: rest.into_iter().filter(|rest| !rest.is_empty()).map(|rest| given.extent(rest)).collect(),
        only_printed: Vec::new(),
        hidden: Vec::new(),
        pieces: vec![Span { start: printed[0].span.start, end: printed[words - 1].span.end }],
        part: given.extent(range),
        edits: Edits { cut_off: given.len() - words, in_a_row: words, weight, ..Edits::default() },
    })
}

/// Where it ends among the given words and among the printed ones, and how many words it has.
fn longest(given: &Given, tokens: &[Token]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    // For each given word how many in a row end with it and the printed word before.
    let mut rows = vec![0; given.len() + 1];
    for (printed, token) in tokens.iter().enumerate() {
        for at in (0..given.len()).rev() {
            let same = token.name != FOREIGN && given.name(at) == token.name;
            rows[at + 1] = if same { rows[at] + 1 } else { 0 };
            if rows[at + 1] > best.2 {
                best = (at + 1, printed + 1, rows[at + 1]);
            }
        }
    }
    best
}
