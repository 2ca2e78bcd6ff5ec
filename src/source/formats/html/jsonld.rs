//! What a page says about its article in JSON-LD: `NewsArticle` and its kin, also within `@graph`, arrays and references.

use super::tag::Tag;
use super::tree::{Tree, decoded, folded};
use serde_json::{Map, Value};

/// What was said, as far as it was said.
#[derive(Debug, Default)]
pub(crate) struct LinkedData {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub section: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub body: Option<String>,
}

/// Reads every JSON-LD script of the page; the best article among them wins.
pub(crate) fn read(tree: &Tree<'_>) -> LinkedData {
    let mut said = LinkedData::default();
    let mut best = 0;
    let values: Vec<Value> = scripts(tree);
    for value in &values {
        each_object(value, 0, &mut |object| {
            let rank = rank(object);
            if rank > best {
                best = rank;
                said = article(object, &values);
            }
        });
    }
    said
}

fn scripts(tree: &Tree<'_>) -> Vec<Value> {
    let mut values = Vec::new();
    for id in tree.all(Tag::Script) {
        let kind = tree.attribute(id, "type").unwrap_or_default();
        if !kind.to_ascii_lowercase().contains("ld+json") {
            continue;
        }
        let text: String = tree.within(id).map(|inner| tree.words(inner)).collect();
        values.extend(parsed(&text));
    }
    values
}

/// JSON as sites print it: with comment marks around it, raw line breaks in strings, entities for quotes.
fn parsed(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text = text.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let trimmed = spaced.trim_end_matches([';', ' ']);
    let without_commas = trimmed.replace(",]", "]").replace(", ]", "]").replace(",}", "}").replace(", }", "}");
    let tries = [trimmed.to_string(), without_commas, decoded(trimmed)];
    let strict = tries.iter().find_map(|text| serde_json::from_str(text).ok());
    // Something after the object: the first value is enough.
    strict.or_else(|| serde_json::Deserializer::from_str(trimmed).into_iter::<Value>().next()?.ok())
}

/// Nesting looked into: deeper than any page seen.
const DEPTH: usize = 12;

fn each_object<'v>(value: &'v Value, depth: usize, see: &mut dyn FnMut(&'v Map<String, Value>)) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|one| each_object(one, depth + 1, see)),
        Value::Object(object) => {
            see(object);
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "subjectOf"] {
                if let Some(inner) = object.get(name) {
                    each_object(inner, depth + 1, see);
                }
            }
        }
        _ => {}
    }
}

/// How surely an object is the article of the page: its type, and what it says.
fn rank(object: &Map<String, Value>) -> usize {
    let types: Vec<&str> = match object.get("@type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => return 0,
    };
    let kind = |one: &&str| match *one {
        one if one.ends_with("NewsArticle") || one == "LiveBlogPosting" => 30,
        one if one.ends_with("Article") || one.ends_with("Posting") || one == "Report" || one == "Review" => 20,
        "WebPage" | "ItemPage" | "VideoObject" => 2,
        _ => 0,
    };
    let best = types.iter().map(kind).max().unwrap_or(0);
    let said = ["headline", "datePublished", "author", "articleBody"].iter().filter(|name| object.contains_key(**name)).count();
    if best == 0 || (best == 2 && said == 0) { 0 } else { best + said }
}

fn article(object: &Map<String, Value>, all: &[Value]) -> LinkedData {
    let text = |name: &str| object.get(name).and_then(first_text);
    let mut authors = Vec::new();
    for name in ["author", "authors", "creator"] {
        if let Some(value) = object.get(name).filter(|_| authors.is_empty()) {
            names(value, all, 0, &mut authors);
        }
    }
    LinkedData {
        headline: text("headline").or_else(|| text("name")),
        authors,
        published: text("datePublished").or_else(|| text("uploadDate")).or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        section: text("articleSection"),
        publisher: object.get("publisher").and_then(|publisher| publisher.get("name")).and_then(first_text),
        language: text("inLanguage"),
        body: body(object),
    }
}

/// The story, and the entries of a live blog one after the other.
fn body(object: &Map<String, Value>) -> Option<String> {
    let text = |object: &Map<String, Value>, name: &str| object.get(name).and_then(Value::as_str).map(str::to_string);
    let updates = match object.get("liveBlogUpdate") {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(one)) => vec![one],
        _ => Vec::new(),
    };
    let parts = text(object, "articleBody").into_iter();
    let parts =
        parts.chain(updates.into_iter().flat_map(|update| [text(update, "headline"), text(update, "articleBody")]).flatten());
    let whole = parts.collect::<Vec<_>>().join("\n");
    (!whole.trim().is_empty()).then_some(whole)
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(folded(&decoded(&decoded(text)))).filter(|text| !text.is_empty()),
        Value::Array(list) => list.iter().find_map(first_text),
        Value::Object(object) => object.get("@value").or_else(|| object.get("name")).and_then(first_text),
        _ => None,
    }
}

/// Names of people: strings, objects with a name, lists of these, references by `@id`.
fn names(value: &Value, all: &[Value], depth: usize, out: &mut Vec<String>) {
    // More people than any story has authors.
    if depth > DEPTH || out.len() > 50 {
        return;
    }
    match value {
        Value::String(name) => out.push(folded(&decoded(name))),
        Value::Array(list) => list.iter().for_each(|one| names(one, all, depth + 1, out)),
        Value::Object(object) => {
            if let Some(name) = object.get("name") {
                return names(name, all, depth + 1, out);
            }
            if let Some(id) = object.get("@id").and_then(Value::as_str) {
                let mut found = None;
                for value in all {
                    each_object(value, 0, &mut |other| {
                        if other.get("@id").and_then(Value::as_str) == Some(id) && other.contains_key("name") {
                            found = other.get("name");
                        }
                    });
                }
                if let Some(name) = found {
                    names(name, all, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}
