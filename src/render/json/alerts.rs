//! What was found for a saved search.

use super::{ComplaintJson, PassageJson};
use crate::query::Complaint;
use crate::results::RankedPassage;
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
