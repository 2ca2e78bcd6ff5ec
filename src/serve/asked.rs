//! The parameters of a request, checked against those its path knows.

use super::problem::Problem;
use crate::day::Days;
use crate::engine::Sort;
use crate::query::{Exactness, Today};
use axum::extract::Query as Pairs;
use axum::http::Uri;
use serde_json::{Map, Value, json};

/// A parameter as it may be given: its name, what it takes, what it does.
pub(super) type Known = (&'static str, Takes, &'static str);

/// Bytes of a text at most, as of a query.
const LONGEST_TEXT: usize = 4096;

/// Nothing, a year, a month or a day, as a regular expression; which years have a 29 February it does not tell.
const DATE: &str = r"^([0-9]{4}(-(0[1-9]|1[0-2])|-02-(0[1-9]|[12][0-9])|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))?)?$";

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any text.
    Text,
    /// The same, and it may be given several times, of which any will do.
    Texts,
    /// An integer from the first to the last of these.
    Number(usize, usize),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words, joined by commas.
    SomeOf(&'static [&'static str]),
    /// A day: `2025-03-14`.
    Day,
    /// A day, month or year: `2025-03-14`, `2025-03`, `2025`; or nothing.
    Date,
}

/// The parameters of one request.
#[derive(Debug, Default)]
pub(super) struct Asked(Vec<(String, String)>);

impl Asked {
    /// Reads the query part of `uri`. A parameter given twice, unknown or of another kind is refused by name.
    pub fn read(uri: &Uri, known: &[Known]) -> Result<Asked, Problem> {
        let Pairs(pairs) = Pairs::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| Problem::of_parameter("the part after ? is not name=value pairs in UTF-8, percent-encoded"))?;
        Asked::check(pairs, known)
    }

    /// Reads the members of a JSON object: texts, numbers, flags, and lists of texts.
    pub fn of_object(object: &Map<String, Value>, known: &[Known]) -> Result<Asked, Problem> {
        let mut pairs = Vec::new();
        for (name, value) in object {
            let text = match value {
                Value::Null => continue,
                // Assistants send what they leave out as nothing.
                Value::String(text) if text.is_empty() => continue,
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Bool(flag) => flag.to_string(),
                Value::Array(items) => items.iter().map(|item| item.as_str().unwrap_or("?")).collect::<Vec<_>>().join(","),
                Value::Object(_) => return Err(Problem::of_parameter(format!("`{name}` is an object; give a text or a number"))),
            };
            pairs.push((name.clone(), text));
        }
        Asked::check(pairs, known)
    }

    fn check(pairs: Vec<(String, String)>, known: &[Known]) -> Result<Asked, Problem> {
        for (at, (name, value)) in pairs.iter().enumerate() {
            let Some((_, takes, _)) = known.iter().find(|(known, ..)| known == name) else {
                return Err(Problem::of_parameter(unknown(name, known)));
            };
            let before = pairs[..at].iter().filter(|(earlier, _)| earlier == name).count();
            if before >= takes.times() {
                let detail = match takes.times() {
                    1 => format!("`{name}` is given twice; give it once"),
                    times => format!("`{name}` is given more than {times} times"),
                };
                return Err(Problem::of_parameter(detail));
            }
            takes.check(name, value)?;
        }
        Ok(Asked(pairs))
    }

    /// The parameter as text; none when it is absent or blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        found.filter(|value| !value.trim().is_empty())
    }

    /// All values of a parameter, one on each line.
    pub fn texts(&self, name: &str) -> String {
        let values = self.0.iter().filter(|(given, value)| given == name && !value.trim().is_empty());
        values.map(|(_, value)| value.replace(['\n', '\r'], " ")).collect::<Vec<_>>().join("\n")
    }

    /// The same with parameter `from` called `to`.
    pub fn renamed(&self, from: &str, to: &str) -> Asked {
        let renamed = |(name, value): &(String, String)| (if name == from { to } else { name }.to_owned(), value.clone());
        Asked(self.0.iter().map(renamed).collect())
    }

    /// The same with another value for parameter `name`.
    pub fn with(mut self, name: &str, value: String) -> Asked {
        self.0.retain(|(given, _)| given != name);
        self.0.push((name.to_owned(), value));
        self
    }

    /// The parameter as a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }

    /// Whether the parameter is `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// Whether it is to be counted what there is in all, as it is unless somebody says no.
    pub fn wants_totals(&self) -> bool {
        self.text("total") != Some("false")
    }

    /// The order of the answer; the best first if not given.
    pub fn sort(&self) -> Sort {
        self.text("sort").and_then(Sort::named).unwrap_or(Sort::Relevance)
    }

    /// How exact the words are to be.
    pub fn exactness(&self) -> Exactness {
        Exactness::from_switches(self.flag("exact"), self.flag("case_sensitive"), self.flag("ocr"))
    }

    /// The day relative dates count from.
    pub fn today(&self) -> Today {
        self.text("today").and_then(Today::read).unwrap_or_else(Today::from_clock)
    }
}

/// Values of one parameter at most.
const MOST_VALUES: usize = 20;

impl Takes {
    /// How often it may be given.
    fn times(self) -> usize {
        if self == Takes::Texts { MOST_VALUES } else { 1 }
    }

    /// The JSON Schema of what is taken.
    pub fn schema(self, about: &str) -> Value {
        let mut schema = match self {
            Takes::Text => json!({"type": "string", "maxLength": LONGEST_TEXT}),
            Takes::Texts => {
                json!({"type": "array", "maxItems": MOST_VALUES, "items": {"type": "string", "maxLength": LONGEST_TEXT}})
            }
            Takes::Number(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
            Takes::Flag => json!({"type": "boolean"}),
            Takes::OneOf(words) => json!({"type": "string", "enum": words}),
            Takes::SomeOf(words) => json!({"type": "array", "minItems": 1, "items": {"type": "string", "enum": words}}),
            Takes::Day => json!({"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
            Takes::Date => json!({"type": "string", "pattern": DATE}),
        };
        schema["description"] = Value::from(about);
        schema
    }

    fn check(self, name: &str, value: &str) -> Result<(), Problem> {
        let wanted = match self {
            Takes::Text | Takes::Texts if value.len() <= LONGEST_TEXT => return Ok(()),
            Takes::Text | Takes::Texts => {
                return Err(Problem::of_parameter(format!("`{name}` has {} bytes; the limit is {LONGEST_TEXT}", value.len())));
            }
            Takes::Number(from, to) if is_number(value) && value.parse().is_ok_and(|number| (from..=to).contains(&number)) => {
                return Ok(());
            }
            Takes::Number(from, to) => format!("a number from {from} to {to}"),
            Takes::Flag if matches!(value, "true" | "false") => return Ok(()),
            Takes::Flag => "true or false".to_owned(),
            Takes::OneOf(words) if words.contains(&value) => return Ok(()),
            Takes::OneOf(words) => words.join(" or "),
            Takes::SomeOf(words) if value.split(',').all(|word| words.contains(&word)) => return Ok(()),
            Takes::SomeOf(words) => format!("some of {}, joined by commas", words.join(", ")),
            Takes::Day if Today::read(value).is_some() => return Ok(()),
            Takes::Day => "a day as 2025-03-14".to_owned(),
            Takes::Date if value.is_empty() || is_date(value) => return Ok(()),
            Takes::Date => "a day, month or year as 2025-03-14, 2025-03 or 2025".to_owned(),
        };
        Err(Problem::of_parameter(format!("`{name}={value}`: give {wanted}")))
    }
}

/// Digits alone: `+5` is a blank and a five in an address.
fn is_number(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_date(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && Days::of_published(value).is_some()
}

fn unknown(name: &str, known: &[Known]) -> String {
    let names: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
    let near = names.iter().min_by_key(|known| strsim::osa_distance(known, name));
    match near.filter(|near| strsim::osa_distance(near, name) <= 2) {
        Some(near) => format!("there is no parameter `{name}` here; did you mean `{near}`?"),
        None if names.is_empty() => format!("there is no parameter `{name}` here; this path takes none"),
        None => format!("there is no parameter `{name}` here; there are {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Known] = &[
        ("q", Takes::Text, ""),
        ("limit", Takes::Number(1, 200), ""),
        ("exact", Takes::Flag, ""),
        ("kind", Takes::SomeOf(&["direct", "partial"]), ""),
        ("today", Takes::Day, ""),
        ("from", Takes::Date, ""),
    ];

    fn read(query: &str) -> Result<Asked, String> {
        Asked::read(&format!("/v1/search?{query}").parse().unwrap(), KNOWN).map_err(|problem| problem.detail)
    }

    #[test]
    fn parameters_are_read_by_their_kind() {
        let asked = read("q=%22long-term+peace%22&limit=7&exact=true&kind=direct,partial&today=2025-03-14").unwrap();
        assert_eq!(asked.text("q"), Some("\"long-term peace\""));
        assert_eq!(asked.number("limit"), Some(7));
        assert_eq!(asked.exactness(), Exactness::Letters);
        assert_eq!(read("q=+").unwrap().text("q"), None);
        for date in ["", "2025", "2025-03", "2024-02-29"] {
            assert!(read(&format!("from={date}")).is_ok(), "{date}");
        }
    }

    #[test]
    fn a_wrong_parameter_is_named_with_the_way_out() {
        for (query, said) in [
            ("limt=5", "did you mean `limit`?"),
            ("colour=red", "there are q, limit"),
            ("q=a&q=b", "`q` is given twice"),
            ("limit=", "a number from 1 to 200"),
            ("today=", "a day as 2025-03-14"),
            ("limit=0", "a number from 1 to 200"),
            ("limit=201", "a number from 1 to 200"),
            ("limit=-1", "a number from 1 to 200"),
            ("exact=yes", "true or false"),
            ("kind=direct,loud", "some of direct, partial"),
            ("today=2025-13-40", "a day as 2025-03-14"),
            ("from=abc", "a day, month or year as 2025-03-14, 2025-03 or 2025"),
            ("from=2025-13", "a day, month or year"),
            ("from=2025-02-29", "a day, month or year"),
            ("from=2025/02", "a day, month or year"),
            ("from=last-week", "a day, month or year"),
            ("from=2025-01T10", "a day, month or year"),
        ] {
            let refused = read(query).unwrap_err();
            assert!(refused.contains(said), "{query}: {refused}");
        }
    }
}
