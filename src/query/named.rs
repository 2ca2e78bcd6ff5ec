//! Days that a question names: "the report of October 6, 2023" is about a day as well as about words.

use super::{Query, Word};
use crate::day::{Days, MONTHS};
use crate::words::fold;

/// The loose words of a query in the order they were typed.
pub fn loose_words(query: &Query) -> Vec<&str> {
    match query {
        Query::Any(parts) | Query::And(parts) => parts.iter().flat_map(loose_words).collect(),
        Query::Word(Word::Forms(text) | Word::Misread(text)) => vec![text],
        _ => Vec::new(),
    }
}

/// The single days named among words: `October 6 2023`, `6 Oct 2023`, `2023-10-06`. Months and years alone are too wide to
/// mean an article by them.
pub fn days_named(words: &[&str]) -> Vec<Days> {
    let mut days: Vec<Days> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let day = match words[at..] {
            [first, second, year, ..] => in_words(first, second, year).or_else(|| in_words(second, first, year)),
            _ => None,
        };
        let day = day.or_else(|| Days::read(word).filter(|days| days.single().is_some()));
        days.extend(day.filter(|day| !days.contains(day)));
    }
    days
}

/// `October`, `6th`, `2023`.
fn in_words(name: &str, day: &str, year: &str) -> Option<Days> {
    let name = fold(name);
    let begins = |month: &str| month.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(&name));
    let is_named = |month: &str| begins(month) && (name.len() == month.len() || matches!(name.len(), 3 | 4));
    let month = MONTHS.iter().position(|month| is_named(month))? + 1;
    let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &day[digits.len()..];
    if !matches!(ordinal, "" | "st" | "nd" | "rd" | "th") || year.len() != 4 {
        return None;
    }
    Days::read(&format!("{year}-{month}-{digits}"))
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
