//! What was found for a saved search.

use super::{ComplaintJson, PassageJson};
use crate::article::{ParagraphKind, Span};
use crate::passage::UnitKind;
use crate::query::Complaint;
use crate::results::{Facts, Location, PassageSpeaker, RankedPassage};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A line of the journal: one passage of a new article.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Alert")]
pub struct AlertJson {
    /// `alert`
    #[schemars(extend("const" = "alert"))]
    pub r#type: &'static str,
    /// The name of the saved search.
    pub search: String,
    /// Its query.
    pub query: String,
    /// When the passage was found, as RFC 3339 writes it.
    pub found: String,
    /// The passage as `newshound search --json` prints it, without `rank` and `score`, which are of an answer as a whole.
    pub passage: Value,
}

impl AlertJson {
    /// The line for a passage.
    pub fn new(search: &str, query: &str, found: &str, passage: &RankedPassage) -> AlertJson {
        let mut shown = serde_json::to_value(PassageJson::new(passage, false)).unwrap_or_default();
        if let Some(members) = shown.as_object_mut() {
            members.remove("rank");
            members.remove("score");
        }
        AlertJson { r#type: "alert", search: search.to_owned(), query: query.to_owned(), found: found.to_owned(), passage: shown }
    }
}

/// The passage of a line of the journal, as it was when it was found; nothing where the line holds none.
pub fn passage_of(line: &Value) -> Option<RankedPassage> {
    let passage = &line["passage"];
    let known = |of: &Value, name: &str| of[name].as_str().map(str::to_owned);
    let text = known(passage, "text")?;
    let number = |of: &Value| of.as_u64().and_then(|number| usize::try_from(number).ok());
    let speaker = |who: &Value| {
        let (indirect, doubtful) = (who["indirect"] == true, who["doubtful"] == true);
        Some(PassageSpeaker { name: known(who, "name")?, mention: known(who, "mention"), indirect, doubtful })
    };
    let all = |of: &Value| of.as_array().cloned().unwrap_or_default();
    let source = &passage["source"];
    let facts = Facts {
        headline: known(passage, "headline"),
        dateline: known(passage, "dateline"),
        place: known(passage, "place"),
        published: known(passage, "published"),
        outlet: known(passage, "outlet"),
        url: known(passage, "url"),
        ..Facts::default()
    };
    Some(RankedPassage {
        id: known(passage, "id")?,
        article: known(passage, "article")?.parse().ok()?,
        rank: 0,
        score: 0.0,
        kind: UnitKind::Paragraph(ParagraphKind::Text),
        paragraph: number(&passage["paragraph"]).unwrap_or_default(),
        facts,
        speakers: all(&passage["speakers"]).iter().filter_map(speaker).collect(),
        matches: in_bytes(&text, &all(&passage["matches"])),
        text,
        speech: Vec::new(),
        said_by: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
        location: Location {
            path: known(source, "path").unwrap_or_default(),
            record: number(&source["record"]).unwrap_or_default() as u32,
            format: known(source, "format").unwrap_or_default(),
            line: number(&source["line"]).map(|line| line as u32),
            matches: Vec::new(),
        },
        copies: Vec::new(),
        why: Vec::new(),
    })
}

/// Pairs of characters of `text` as spans of bytes; what is no span of it is left out.
fn in_bytes(text: &str, pairs: &[Value]) -> Vec<Span> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |of: &Value| of.as_u64().and_then(|at| starts.get(usize::try_from(at).ok()?)).copied();
    let spans = pairs.iter().filter_map(|pair| Some((byte(&pair[0])?, byte(&pair[1])?)));
    spans.filter(|(start, end)| start <= end).map(|(start, end)| Span::new(start, end)).collect()
}

/// A saved search.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SavedSearch")]
pub struct SavedSearchJson {
    /// `saved_search`
    #[schemars(extend("const" = "saved_search"))]
    pub r#type: &'static str,
    /// Its name: the path of its file without the ending.
    pub search: String,
    /// What it is for.
    pub comment: String,
    /// The query as it was written.
    pub query: String,
    /// As it was understood.
    pub understood_as: String,
    /// What was not taken as typed.
    pub complaints: Vec<ComplaintJson>,
}

impl SavedSearchJson {
    /// The wire form of a saved search: its name, its comment, its query as written and as understood, and the complaints.
    pub fn new(name: &str, comment: &str, typed: &str, understood: String, complaints: &[Complaint]) -> SavedSearchJson {
        let complaints = complaints.iter().map(|c| ComplaintJson { column: c.column, message: c.message.clone() }).collect();
        let (search, comment, query) = (name.to_owned(), comment.to_owned(), typed.to_owned());
        SavedSearchJson { r#type: "saved_search", search, comment, query, understood_as: understood, complaints }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_is_read_back_and_a_damaged_one_marks_nothing() {
        let id = "9b0371c1c431c7e4";
        let line = |matches: Value| json!({"passage": {"id": format!("{id}.1"), "article": id, "text": "Möll rät: Fähre", "matches": matches}});
        let found = passage_of(&line(json!([[0, 4], [10, 15]]))).expect("a passage");
        let marked: Vec<&str> = found.matches.iter().map(|span| span.of(&found.text)).collect();
        assert_eq!(marked, ["Möll", "Fähre"]);
        for damaged in [json!([[2, 1]]), json!([[0, 99]]), json!([["a", 1], 7]), json!("x"), json!(null)] {
            assert_eq!(passage_of(&line(damaged)).expect("a passage").matches, []);
        }
        assert!(passage_of(&json!({"passage": "no"})).is_none());
    }
}
