//! Days that a question names: "the report of October 6, 2023" is about a day as well as about words.

use super::{DateRange, Query, Word};
use crate::words::fold;

/// English months; the first three letters tell them apart.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The loose words of a query in the order they were typed.
pub fn loose_words(query: &Query) -> Vec<&str> {
    match query {
        Query::Any(parts) | Query::And(parts) => parts.iter().flat_map(loose_words).collect(),
        Query::Word(Word::Forms(text)) => vec![text],
        _ => Vec::new(),
    }
}

/// The single days named among words: `October 6 2023`, `6 Oct 2023`, `2023-10-06`. Months and years alone are too wide to
/// mean an article by them.
pub fn days_named(words: &[&str]) -> Vec<DateRange> {
    let mut days: Vec<DateRange> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let day = match words[at..] {
            [first, second, year, ..] => in_words(first, second, year).or_else(|| in_words(second, first, year)),
            _ => None,
        };
        let day = day.or_else(|| super::date::whole(word).filter(|range| range.from == range.to));
        days.extend(day.filter(|day| !days.contains(day)));
    }
    days
}

/// `October`, `6th`, `2023`.
fn in_words(name: &str, day: &str, year: &str) -> Option<DateRange> {
    let name = fold(name);
    let is_named = |month: &str| month == name || (name.len() >= 3 && name.len() <= 4 && month.starts_with(name.as_str()));
    let month = MONTHS.iter().position(|month| is_named(month))? + 1;
    let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &day[digits.len()..];
    if !matches!(ordinal, "" | "st" | "nd" | "rd" | "th") || year.len() != 4 {
        return None;
    }
    super::date::whole(&format!("{year}-{month}-{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_among_the_words_of_a_question() {
        let named = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            days_named(&words).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(named("report October 6 2023 harbour 17th Nov 2023"), ["2023-10-06", "2023-11-17"]);
        assert_eq!(named("report 2023-10-06 October 6 2023"), ["2023-10-06"]);
        for none in ["October 2023 harbour", "May 40 2023", "6 2023 October", "mayor 6 2023", "2023", ""] {
            assert_eq!(named(none), Vec::<String>::new(), "{none}");
        }
    }
}
