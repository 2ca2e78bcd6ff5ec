//! What was found for a saved search.

use super::PassageJson;
use crate::results::RankedPassage;
use serde::Serialize;
use serde_json::Value;

/// A line of the journal: one passage of a new article.
#[derive(Debug, Serialize)]
pub struct AlertJson {
    /// `alert`
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
