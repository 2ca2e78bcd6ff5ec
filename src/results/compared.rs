//! How far a sentence somebody gives is the one that is printed.

use crate::article::Span;
use crate::words::Words;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A given text beside a printed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Words in both, in order, of all words of the two, as a part of one (Dice); what is printed before the first and after the last
    /// of them does not count.
    pub common: f64,
    /// What is given and not printed, as byte spans of the given text.
    pub only_given: Vec<Span>,
    /// What is printed and not given, as byte spans of the printed text.
    pub only_printed: Vec<Span>,
}

/// Compares word by word, without case, accents and punctuation; `None` when no word is in both.
pub fn compared(given: &str, printed: &str) -> Option<Compared> {
    let (one, other) = (Words::of(given), Words::of(printed));
    let keys =
        |words: &Words| -> Vec<String> { (0..words.len() as u32).map(|at| words.key(words.word(at)).to_owned()).collect() };
    let (given, printed) = (keys(&one), keys(&other));
    let operations = capture_diff_slices(Algorithm::Myers, &given, &printed);
    let is_same = |operation: &DiffOp| matches!(operation, DiffOp::Equal { .. });
    let first = operations.iter().find(|operation| is_same(operation))?.new_range().start;
    let last = operations.iter().rev().find(|operation| is_same(operation))?.new_range().end;
    let same: usize = operations.iter().filter(|operation| is_same(operation)).map(|operation| operation.new_range().len()).sum();
    let span = |words: &Words, range: std::ops::Range<usize>| {
        let (start, end) = words.extent(range.start as u32, range.end as u32 - 1);
        Span { start: start as u32, end: end as u32 }
    };
    let (mut only_given, mut only_printed) = (Vec::new(), Vec::new());
    for operation in operations.iter().filter(|operation| !is_same(operation)) {
        let printed = operation.new_range();
        let within = printed.start.max(first)..printed.end.min(last);
        if !operation.old_range().is_empty() {
            only_given.push(span(&one, operation.old_range()));
        }
        if within.start < within.end {
            only_printed.push(span(&other, within));
        }
    }
    let common = 2.0 * same as f64 / (given.len() + last - first) as f64;
    Some(Compared { common, only_given, only_printed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(given: &str, printed: &str) -> (f64, Vec<String>, Vec<String>) {
        let compared = compared(given, printed).unwrap();
        let of = |text: &str, spans: &[Span]| spans.iter().map(|span| span.of(text).to_owned()).collect();
        ((compared.common * 100.0).round() / 100.0, of(given, &compared.only_given), of(printed, &compared.only_printed))
    }

    #[test]
    fn what_differs_is_named_on_both_sides() {
        let printed = "On Monday the mayor said: \"We want a long-term peace, not a pause.\" Nobody asked.";
        assert_eq!(parts("We want a LONG-TERM peace not a pause", printed), (1.0, vec![], vec![]));
        let (common, given, only) = parts("We want a lasting peace, never a pause", printed);
        assert_eq!((given, only), (vec!["lasting".into(), "never".into()], vec!["long-term".to_owned(), "not".into()]));
        assert!(common > 0.6 && common < 0.8, "{common}");
        assert_eq!(parts("We want peace", printed), (0.67, vec![], vec!["a long-term".to_owned()]));
        assert_eq!(compared("ferries sail", printed), None);
    }
}
