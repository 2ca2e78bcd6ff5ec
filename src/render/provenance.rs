//! What stands at the head of an export: what was asked, and of which index, so that a file tells by itself what it is.

use super::clean;
use super::json::SCHEMA;
use crate::query::Query;
use schemars::JsonSchema;
use serde::Serialize;

/// The head of an export.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Export")]
pub struct ProvenanceJson {
    /// `export`
    #[schemars(extend("const" = "export"))]
    pub r#type: &'static str,
    /// Version of the JSON.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: u32,
    /// The version of newshound.
    pub newshound: &'static str,
    /// The query as typed.
    pub query: String,
    /// The query as it was understood.
    pub understood_as: Option<String>,
    /// Names the commit of the index that was asked: the same commit has always the same name.
    pub commit: String,
    /// Articles in it.
    pub articles: u64,
}

impl ProvenanceJson {
    /// Of an answer to `query`, from the commit of that name with so many articles.
    pub fn new(typed: &str, query: Option<&Query>, commit: String, articles: u64) -> ProvenanceJson {
        ProvenanceJson {
            r#type: "export",
            schema: SCHEMA,
            newshound: env!("CARGO_PKG_VERSION"),
            query: typed.to_owned(),
            understood_as: query.map(ToString::to_string),
            commit,
            articles,
        }
    }

    /// The same as lines of remarks before a table: readers of CSV are told to skip lines with `#`.
    pub fn remarks(&self) -> String {
        let understood = self.understood_as.iter().map(|query| format!("# understood as: {}\r\n", clean(query)));
        format!(
            "# newshound {}, index {}, {} articles\r\n# query: {}\r\n{}",
            self.newshound,
            self.commit,
            self.articles,
            clean(&self.query),
            understood.collect::<String>()
        )
    }
}
