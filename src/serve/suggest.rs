//! `/v1/suggest`: names, outlets and places that go on as somebody types, each with the query that finds it.

use super::asked::{Asked, Known, Takes};
use super::gate::Gate;
use super::names::Names;
use super::problem::Problem;
use axum::Json;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// What `/v1/suggest` takes.
pub(super) const SUGGEST: &[Known] = &[
    ("q", Takes::Text, "what is typed so far; its last word, or what follows speaker:, outlet: or place:, is completed"),
    ("limit", Takes::Number(1, 50), "at most so many suggestions, 10 if not given"),
];

const USUAL: usize = 10;

/// Fewer letters go on as too many names.
const SHORTEST: usize = 2;

/// From so many letters on a name may begin with another letter than typed.
const NEAR: usize = 4;

/// Names that go on as typed.
#[derive(Serialize, JsonSchema)]
pub(super) struct Suggestions {
    /// Those with most quotations or articles first, one kind after another.
    suggestions: Vec<Suggestion>,
    /// The archive is so large that only the names of its newest articles are known.
    partial: bool,
}

/// A name of the archive.
#[derive(Serialize, JsonSchema)]
pub(super) struct Suggestion {
    /// `speaker`, `outlet` or `place`.
    kind: &'static str,
    /// As it is printed.
    name: String,
    /// Quotations of a speaker, articles of the others.
    count: usize,
    /// What is typed, with the name in the place of its last word.
    query: String,
}

/// `/v1/suggest`
pub(super) async fn suggest(gate: Arc<Gate>, uri: Uri) -> Response {
    let asked = match Asked::read(&uri, SUGGEST) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let Some(typed) = asked.text("q").map(str::to_owned) else {
        return Problem::of_parameter("`q` is missing; give what is typed so far: ?q=brand").into_response();
    };
    let at = Arc::clone(&gate);
    gate.respond(move |engine, gone| {
        let names = at.names.of(engine, gone)?;
        let limit = asked.number("limit").unwrap_or(USUAL);
        Ok(Json(Suggestions { suggestions: suggestions(&names, &typed, limit), partial: names.partial }).into_response())
    })
    .await
}

/// The names that go on as `typed`; where none does, those that do but for a letter.
fn suggestions(names: &Names, typed: &str, limit: usize) -> Vec<Suggestion> {
    let beginnings = beginnings(typed);
    let going_on = beginnings.iter().map(|begun| begun.found(names, limit, |begun, rest| rest.starts_with(begun)));
    if let Some(found) = going_on.into_iter().find(|found| !found.is_empty()) {
        return found;
    }
    let last = beginnings.last().filter(|begun| begun.name.chars().count() >= NEAR);
    last.map_or_else(Vec::new, |begun| begun.found(names, limit, is_near))
}

/// A name that is being typed.
struct Begun<'a> {
    /// What stands before it.
    before: &'a str,
    /// What it names, where that is said.
    kind: Option<&'static str>,
    name: &'a str,
}

impl Begun<'_> {
    /// The names with a word from which on they fit, most first.
    fn found(&self, names: &Names, limit: usize, fits: impl Fn(&str, &str) -> bool) -> Vec<Suggestion> {
        let begun = self.name.to_lowercase();
        let kinds = [("speaker", &names.speakers), ("outlet", &names.outlets), ("place", &names.places)];
        let wanted: Vec<_> = kinds.into_iter().filter(|(kind, _)| self.kind.is_none_or(|wanted| wanted == *kind)).collect();
        // Each kind has its share, so that a hundred speakers leave room for a place.
        let share = limit.div_ceil(wanted.len().max(1));
        let mut found = Vec::new();
        for (kind, all) in wanted {
            let fitting = all.iter().filter(|(name, _)| words(&name.to_lowercase()).any(|rest| fits(&begun, rest)));
            found.extend(fitting.take(share).map(|(name, count)| {
                let query = format!("{}{kind}:\"{}\"", self.before, name.replace('"', " "));
                Suggestion { kind, name: name.clone(), count: *count, query }
            }));
        }
        found.truncate(limit);
        found
    }
}

/// What may be the beginning of a name at the end of `typed`: its last three words, the last two, the last. Within quotation marks a phrase
/// is typed, no name.
fn beginnings(typed: &str) -> Vec<Begun<'_>> {
    for kind in ["speaker", "outlet", "place"] {
        let Some((before, rest)) = typed.rsplit_once(&format!("{kind}:")) else { continue };
        let name = rest.trim_start_matches('"');
        let is_open = rest.starts_with('"') || !rest.contains(char::is_whitespace);
        if is_open && !name.contains('"') {
            return if name.chars().count() < SHORTEST { Vec::new() } else { vec![Begun { before, kind: Some(kind), name }] };
        }
    }
    if typed.matches('"').count() % 2 == 1 {
        return Vec::new();
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | ':');
    let starts = typed.char_indices().filter(|(at, c)| !is_end(*c) && typed[..*at].chars().next_back().is_none_or(is_end));
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let last = &starts[starts.len().saturating_sub(3)..];
    let begun = last.iter().map(|at| Begun { before: &typed[..*at], kind: None, name: &typed[*at..] });
    begun.filter(|begun| begun.name.chars().count() >= SHORTEST && !begun.name.contains(['"', '(', ')', ':'])).collect()
}

/// A name from each of its words on.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let begins =
        |(at, c): (usize, char)| c.is_alphanumeric() && !name[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    name.char_indices().filter(move |at| begins(*at)).map(|(at, _)| &name[at..])
}

fn is_near(begun: &str, name: &str) -> bool {
    let count = begun.chars().count();
    let begin: String = name.chars().take(count).collect();
    strsim::osa_distance(begun, &begin) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_completed_by_its_kind() {
        let of = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 1)).collect::<Vec<_>>();
        let names = Names {
            speakers: of(&["Ilse Brandauer", "Brano Velde", "Ada \u{c9}tienne"]),
            outlets: of(&["Velden Courier"]),
            places: of(&["VELDEN"]),
            ..Names::default()
        };
        let queries = |typed: &str| suggestions(&names, typed, 10).into_iter().map(|found| found.query).collect::<Vec<_>>();
        assert_eq!(queries("bran"), ["speaker:\"Ilse Brandauer\"", "speaker:\"Brano Velde\""]);
        assert_eq!(
            queries("truce vel"),
            ["truce speaker:\"Brano Velde\"", "truce outlet:\"Velden Courier\"", "truce place:\"VELDEN\""]
        );
        assert_eq!(queries("truce ilse bra"), ["truce speaker:\"Ilse Brandauer\""]);
        assert_eq!(queries("place:vel"), ["place:\"VELDEN\""]);
        assert_eq!(queries("truce speaker:\"ilse b"), ["truce speaker:\"Ilse Brandauer\""]);
        assert_eq!(queries("brandaur"), ["speaker:\"Ilse Brandauer\""]);
        assert_eq!(queries("\u{e9}ti"), ["speaker:\"Ada \u{c9}tienne\""]);
        for nothing in ["", "b", "\"bran", "\"bran\" ", "zeppelin"] {
            assert_eq!(queries(nothing), Vec::<String>::new(), "{nothing}");
        }
        assert_eq!(suggestions(&names, "vel", 2).len(), 2);
    }
}
