//! A tree back to text that parses to the same tree.

use super::lex::is_field_name;
use super::{Exactness, Phrase, Query, Word};
use std::borrow::Cow;
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::Any(parts) => join(f, parts, " "),
            Query::And(parts) => join(f, parts, " AND "),
            Query::Or(parts) => join(f, parts, " OR "),
            Query::Not(part) => write!(f, "NOT {}", Atom(part)),
            Query::Word(word) => word.fmt(f),
            Query::Phrase(phrase) => phrase.fmt(f),
            Query::Near { left, right, distance, ordered } => {
                let name = if *ordered { "BEFORE" } else { "NEAR" };
                write!(f, "{} {name}/{distance} {}", Atom(left), Atom(right))
            }
            Query::Sentence(parts) => {
                f.write_str("SENTENCE(")?;
                join(f, parts, " ")?;
                f.write_str(")")
            }
            Query::Field(field, part) => write!(f, "{}:{}", field.name(), Atom(part)),
            Query::Date(range) => write!(f, "date:{range}"),
            Query::Article(part) => write!(f, "article:({part})"),
            Query::Boost(part, factor) => write!(f, "{}^{factor}", Atom(part)),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, parts: &[Query], between: &str) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write!(f, "{}", Atom(part))?;
    }
    Ok(())
}

/// A part in a place where only one term may stand: in parentheses unless it is one already.
struct Atom<'a>(&'a Query);

impl fmt::Display for Atom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Query::Any(_) | Query::And(_) | Query::Or(_) | Query::Near { .. } | Query::Not(_) | Query::Boost(..) => {
                write!(f, "({})", self.0)
            }
            part => part.fmt(f),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.exactness {
            Exactness::Misread => "ocr:",
            Exactness::Words => "",
            Exactness::Letters => "exact:",
            Exactness::Case => "case:",
        })?;
        let escaped = self.text.replace('\\', "\\\\").replace('"', "\\\"");
        // Any closing mark would end the phrase.
        let escaped: String = escaped.chars().flat_map(|c| closing(c).then_some('\\').into_iter().chain([c])).collect();
        write!(f, "\"{escaped}\"")?;
        if self.slop > 0 { write!(f, "~{}", self.slop) } else { Ok(()) }
    }
}

fn closing(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{201d}' | '\u{201f}')
}

/// A word such as `date:soon` with the colon escaped, so that it is not read as a field.
fn unlike_field(text: &str) -> Cow<'_, str> {
    match text.split_once(':') {
        Some((name, rest)) if is_field_name(name) && !rest.starts_with("//") => Cow::Owned(format!("{name}\\:{rest}")),
        _ => Cow::Borrowed(text),
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Forms(text) | Word::Wildcard(text) => write!(f, "{}", unlike_field(text)),
            Word::Misread(text) => write!(f, "ocr:{}", unlike_field(text)),
            Word::Fuzzy(text, distance) => write!(f, "{}~{distance}", unlike_field(text)),
            Word::Regex(text) => write!(f, "/{text}/"),
        }
    }
}
