//! What was found for a saved search, as the journal keeps it.

use super::{Style, marked, wrap};
use crate::article::Span;
use crate::render::clean;
use serde_json::Value;
use std::fmt::Write;

/// One line of the journal, ending with an empty line.
pub fn alert(line: &Value, style: Style) -> String {
    let passage = &line["passage"];
    let said = |of: &Value| clean(of.as_str().unwrap_or_default());
    let mut out = String::new();
    let _ = writeln!(out, "{}   {}", said(&line["search"]), said(&line["found"]));
    let headline = passage["headline"].as_str().unwrap_or("(no headline)");
    let _ = writeln!(out, "     {}", clean(headline));
    let about: Vec<&str> = ["dateline", "published", "outlet"].iter().filter_map(|name| passage[*name].as_str()).collect();
    let speakers: Vec<&str> =
        passage["speakers"].as_array().into_iter().flatten().filter_map(|who| who["name"].as_str()).collect();
    let speaking = (!speakers.is_empty()).then(|| format!("speaking: {}", speakers.join(", ")));
    let about: Vec<&str> = about.into_iter().chain(speaking.as_deref()).collect();
    if !about.is_empty() {
        let _ = writeln!(out, "     {}", clean(&about.join(" · ")));
    }
    let text = passage["text"].as_str().unwrap_or_default();
    for row in wrap(&marked(text, &matches(passage, text), style), style.width.saturating_sub(5)) {
        let _ = writeln!(out, "     {row}");
    }
    let source = &passage["source"];
    let line = source["line"].as_u64().map_or(String::new(), |line| format!(":{line}"));
    let _ = writeln!(out, "     {}{line}\n", said(&source["path"]));
    out
}

/// The matches as bytes of the text; in the journal they are counted in characters.
fn matches(passage: &Value, text: &str) -> Vec<Span> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |of: &Value| of.as_u64().and_then(|at| starts.get(at as usize)).copied();
    let all = passage["matches"].as_array().into_iter().flatten();
    all.filter_map(|pair| Some(Span::new(byte(&pair[0])?, byte(&pair[1])?))).filter(|span| span.start <= span.end).collect()
}
